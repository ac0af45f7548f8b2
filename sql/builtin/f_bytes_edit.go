package builtin

import (
	"bytes"
	"math/bits"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

var bytesEditFuncs = concat([]Func{
	{
		Name: "set_byte", Args: list(types.Bytea, types.Int4, types.Int4), Returns: types.Bytea, Doc: "With another byte at a place, counted from 0.",
		Example: `set_byte('\x1234567890'::bytea, 4, 64) = '\x1234567840'`, Kernel: rowsKernel(setByte),
	},
	{
		Name: "get_bit", Args: list(types.Bytea, types.Int8), Returns: types.Int4, Doc: "The bit at a place, counted from 0, the lowest of a byte first.",
		Example: `get_bit('\x1234567890'::bytea, 30) = 1`, Kernel: rowsKernel(getBit),
	},
	{
		Name: "set_bit", Args: list(types.Bytea, types.Int8, types.Int4), Returns: types.Bytea, Doc: "With another bit at a place, counted from 0, the lowest of a byte first.",
		Example: `set_bit('\x1234567890'::bytea, 30, 0) = '\x1234563890'`, Kernel: rowsKernel(setBit),
	},
	{
		Name: "bit_count", Args: list(types.Bytea), Returns: types.Int8, Doc: "Number of bits that are set.",
		Example: `bit_count('\x1234567890'::bytea) = 15`, Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			n := 0
			for _, b := range c.Args[0].Bytes(i) {
				n += bits.OnesCount8(b)
			}
			out.Int(int64(n))
			return nil
		}),
	},
	{
		Name: "overlay", Args: list(types.Bytea, types.Bytea, types.Int4), Returns: types.Bytea,
		Doc:     "Replaces the bytes from a place on, counted from 1, by the second argument.",
		Example: `overlay('\x1234567890'::bytea placing '\x0203'::bytea from 2) = '\x1202037890'`,
		Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			return overlayBytes(c, i, int64(len(c.Args[1].Bytes(i))), out)
		}),
	},
	{
		Name: "overlay", Args: list(types.Bytea, types.Bytea, types.Int4, types.Int4), Returns: types.Bytea,
		Doc:     "Replaces the given number of bytes from a place on, counted from 1, by the second argument.",
		Example: `overlay('\x1234567890'::bytea placing '\x0203'::bytea from 2 for 3) = '\x12020390'`,
		Kernel:  rowsKernel(func(c *Call, i int, out *col.Builder) error { return overlayBytes(c, i, c.Args[3].Fix[i], out) }),
	},
	{
		Name: "convert", Args: list(types.Bytea, types.Name, types.Name), Returns: types.Bytea, Doc: "Bytes from one encoding in another; UTF8 and SQL_ASCII are known.",
		Example: `convert('\x616263'::bytea, 'UTF8', 'SQL_ASCII') = '\x616263'`, Kernel: rowsKernel(convert),
	},
}, byteTrims())

func byteTrims() []Func {
	var out []Func
	for _, f := range []struct {
		name, doc, result string
		left, right       bool
	}{
		{"btrim", "Removes the bytes of the second argument from both ends.", `\x345678`, true, true},
		{"ltrim", "Removes the bytes of the second argument from the start.", `\x34567890`, true, false},
		{"rtrim", "Removes the bytes of the second argument from the end.", `\x12345678`, false, true},
	} {
		out = append(out, Func{
			Name: f.name, Args: list(types.Bytea, types.Bytea), Returns: types.Bytea, Doc: f.doc,
			Example: f.name + `('\x1234567890'::bytea, '\x9012'::bytea) = '` + f.result + `'`,
			Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
				out.Raw(trimBytes(c.Args[0].Bytes(i), c.Args[1].Bytes(i), f.left, f.right))
				return nil
			}),
		})
	}
	return out
}

func trimBytes(b, set []byte, left, right bool) []byte {
	for left && len(b) > 0 && bytes.IndexByte(set, b[0]) >= 0 {
		b = b[1:]
	}
	for right && len(b) > 0 && bytes.IndexByte(set, b[len(b)-1]) >= 0 {
		b = b[:len(b)-1]
	}
	return b
}

func errByteIndex(at int64, n int) error {
	return pgerr.Newf(pgerr.ArraySubscriptError, "index %d out of valid range, 0..%d", at, n-1)
}

func setByte(c *Call, i int, out *col.Builder) error {
	b, at := c.Args[0].Bytes(i), c.Args[1].Fix[i]
	if at < 0 || at >= int64(len(b)) {
		return errByteIndex(at, len(b))
	}
	changed := bytes.Clone(b)
	changed[at] = byte(c.Args[2].Fix[i])
	out.Raw(changed)
	return nil
}

func getBit(c *Call, i int, out *col.Builder) error {
	b, at := c.Args[0].Bytes(i), c.Args[1].Fix[i]
	if at < 0 || at >= 8*int64(len(b)) {
		return errByteIndex(at, 8*len(b))
	}
	out.Int(int64(b[at/8] >> (at % 8) & 1))
	return nil
}

func setBit(c *Call, i int, out *col.Builder) error {
	b, at, x := c.Args[0].Bytes(i), c.Args[1].Fix[i], c.Args[2].Fix[i]
	switch {
	case at < 0 || at >= 8*int64(len(b)):
		return errByteIndex(at, 8*len(b))
	case x != 0 && x != 1:
		return pgerr.New(pgerr.InvalidParameterValue, "new bit must be 0 or 1")
	}
	changed := bytes.Clone(b)
	mask := byte(1) << (at % 8)
	changed[at/8] &^= mask
	if x == 1 {
		changed[at/8] |= mask
	}
	out.Raw(changed)
	return nil
}

func overlayBytes(c *Call, i int, length int64, out *col.Builder) error {
	b, start := c.Args[0].Bytes(i), c.Args[2].Fix[i]
	if start <= 0 {
		return pgerr.New(pgerr.SubstringError, "negative substring length not allowed")
	}
	n := int64(len(b))
	head, tail := b[:min(start-1, n)], b[max(0, min(start-1+length, n)):]
	out.Raw(bytes.Join([][]byte{head, c.Args[1].Bytes(i), tail}, nil))
	return nil
}

func convert(c *Call, i int, out *col.Builder) error {
	if err := knownEncoding(c.name(1, i), "source"); err != nil {
		return err
	}
	if err := knownEncoding(c.name(2, i), "destination"); err != nil {
		return err
	}
	if err := types.CheckUTF8(c.Args[0].Str(i)); err != nil {
		return err
	}
	out.Raw(c.Args[0].Bytes(i))
	return nil
}
