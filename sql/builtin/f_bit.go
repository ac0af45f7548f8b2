package builtin

import (
	"fmt"

	"millrace/sql/types"
)

var bitFuncs = makeBitFuncs()

func makeBitFuncs() []Func {
	ops := []struct {
		name, doc, example string
		f                  func(x, y int64) (int64, error)
	}{
		{"&", "Bitwise AND.", "91::%s & 15::%s = 11", func(x, y int64) (int64, error) { return x & y, nil }},
		{"|", "Bitwise OR.", "32::%s | 3::%s = 35", func(x, y int64) (int64, error) { return x | y, nil }},
		{"#", "Bitwise exclusive OR.", "17::%s # 5::%s = 20", func(x, y int64) (int64, error) { return x ^ y, nil }},
	}
	var out []Func
	for _, t := range integers {
		name := t.InternalName()
		for _, op := range ops {
			out = append(out, Func{
				Name: op.name, Args: list(t, t), Returns: t, Doc: op.doc,
				Example: fmt.Sprintf(op.example, name, name), Kernel: words2(op.f),
			})
		}
		out = append(out,
			Func{
				Name: "~", Args: list(t), Returns: t, Doc: "Bitwise NOT.",
				Example: fmt.Sprintf("~ 1::%s = -2", name), Kernel: words(func(x int64) int64 { return ^x }),
			},
			Func{
				Name: "<<", Args: list(t, types.Int4), Returns: t, Doc: "Bits shifted left.",
				Example: fmt.Sprintf("1::%s << 4 = 16", name), Kernel: words2(shiftLeft(t)),
			},
			Func{
				Name: ">>", Args: list(t, types.Int4), Returns: t, Doc: "Bits shifted right, the sign staying.",
				Example: fmt.Sprintf("8::%s >> 2 = 2", name), Kernel: words2(shiftRight(t)),
			},
		)
	}
	return out
}

// shiftMask is what PostgreSQL's C code, compiled for x86, takes of a shift count.
func shiftMask(t types.Type) int64 {
	if t.Kind == types.KindInt8 {
		return 63
	}
	return 31
}

func shiftLeft(t types.Type) func(x, n int64) (int64, error) {
	mask := shiftMask(t)
	return func(x, n int64) (int64, error) { return narrow(t, x<<uint(n&mask)), nil }
}

func shiftRight(t types.Type) func(x, n int64) (int64, error) {
	mask := shiftMask(t)
	return func(x, n int64) (int64, error) { return x >> uint(n&mask), nil }
}

// narrow cuts x to the bits of t, extending the sign.
func narrow(t types.Type, x int64) int64 {
	switch t.Kind {
	case types.KindInt2:
		return int64(int16(x))
	case types.KindInt4:
		return int64(int32(x))
	}
	return x
}
