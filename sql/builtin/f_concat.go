package builtin

import (
	"strconv"

	"millrace/sql/col"
	"millrace/sql/types"
)

var concatFuncs = []Func{
	{
		Name: "||", Args: list(types.Text, types.Text), Returns: types.Text, Doc: "Concatenation.", Example: "'Post' || 'gres' = 'Postgres'",
		Kernel: joinBytes,
	},
	{
		Name: "||", Args: list(types.Bytea, types.Bytea), Returns: types.Bytea, Doc: "Concatenation.",
		Example: `'\x12'::bytea || '\x34'::bytea = '\x1234'`, Kernel: joinBytes,
	},
	{
		Name: "||", Args: list(types.Text, types.Any), Returns: types.Text, Volatility: Stable, Doc: "Concatenation with the text form of a value that is no array.",
		Example: "'Value: ' || 42 = 'Value: 42'", Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			out.Grow(func(buf []byte) []byte { return appendCast(append(buf, c.Args[0].Bytes(i)...), c, 1, i) })
			return nil
		}),
	},
	{
		Name: "||", Args: list(types.Any, types.Text), Returns: types.Text, Volatility: Stable, Doc: "Concatenation with the text form of a value that is no array.",
		Example: "42 || ' is it' = '42 is it'", Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			out.Grow(func(buf []byte) []byte { return append(appendCast(buf, c, 0, i), c.Args[1].Bytes(i)...) })
			return nil
		}),
	},
	{
		Name: "concat", Args: list(types.Any), Variadic: true, Returns: types.Text, Volatility: Stable, NotStrict: true,
		Doc: "The text forms of all arguments one after the other, NULL being nothing.", Example: "concat('abcde', 2, null, 22) = 'abcde222'",
		Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error { return concatRow(c, i, 0, nil, out) }),
	},
	{
		Name: "concat_ws", Args: list(types.Text, types.Any), Variadic: true, Returns: types.Text, Volatility: Stable, NotStrict: true,
		Doc: "The text forms of all arguments but the first that are not NULL, with the first between them.", Example: "concat_ws(',', 'abcde', 2, null, 22) = 'abcde,2,22'",
		Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			if c.Args[0].IsNull(i) {
				out.Null()
				return nil
			}
			return concatRow(c, i, 1, c.Args[0].Bytes(i), out)
		}),
	},
}

func joinBytes(c *Call) *col.Vec {
	a, b := c.Args[0], c.Args[1]
	out := &col.Vec{Type: c.Result, N: c.N, Off: make([]uint32, c.N+1)}
	out.Buf = make([]byte, 0, int(a.Off[c.N]-a.Off[0])+int(b.Off[c.N]-b.Off[0]))
	for i := range c.N {
		if c.Nulls == nil || !c.Nulls.Get(i) {
			out.Buf = append(append(out.Buf, a.Bytes(i)...), b.Bytes(i)...)
		}
		out.Off[i+1] = uint32(len(out.Buf))
	}
	return out
}

// appendValue appends the text form of argument k.
func appendValue(dst []byte, c *Call, k, i int) []byte {
	a := c.Args[k]
	i = c.Row(k, i)
	if a.Type.IsFixed() {
		return types.AppendText(dst, a.Type, a.Fix[i], nil, c.Env.Format)
	}
	return types.AppendText(dst, a.Type, 0, a.Bytes(i), c.Env.Format)
}

// appendCast appends argument k cast to text, which spells booleans out.
func appendCast(dst []byte, c *Call, k, i int) []byte {
	if a := c.Args[k]; a.Type.Kind == types.KindBool {
		return strconv.AppendBool(dst, a.Fix[i] != 0)
	}
	return appendValue(dst, c, k, i)
}

func concatRow(c *Call, i, first int, sep []byte, out *col.Builder) error {
	out.Grow(func(buf []byte) []byte {
		some := false
		for k := first; k < len(c.Args); k++ {
			if c.Args[k].IsNull(i) {
				continue
			}
			if some {
				buf = append(buf, sep...)
			}
			some = true
			buf = appendValue(buf, c, k, i)
		}
		return buf
	})
	return nil
}
