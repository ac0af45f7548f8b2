package builtin

import (
	"bytes"
	"unicode/utf8"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

var cutFuncs = concat(substrings("substring"), substrings("substr"), []Func{
	{
		Name: "left", Args: list(types.Text, types.Int4), Returns: types.Text,
		Doc: "The first n characters, or all but the last |n| when n is negative.", Example: "left('abcde', 2) = 'ab'",
		Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			s, n := c.Args[0].Bytes(i), c.Args[1].Fix[i]
			if n < 0 {
				n = max(int64(utf8.RuneCount(s))+n, 0)
			}
			out.Raw(s[:charOffset(s, n)])
			return nil
		}),
	},
	{
		Name: "right", Args: list(types.Text, types.Int4), Returns: types.Text,
		Doc: "The last n characters, or all but the first |n| when n is negative.", Example: "right('abcde', 2) = 'de'",
		Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			s, n := c.Args[0].Bytes(i), c.Args[1].Fix[i]
			if n < 0 {
				out.Raw(s[charOffset(s, -n):])
			} else {
				out.Raw(s[charOffset(s, max(int64(utf8.RuneCount(s))-n, 0)):])
			}
			return nil
		}),
	},
	{
		Name: "overlay", Args: list(types.Text, types.Text, types.Int4), Returns: types.Text,
		Doc: "Replaces the characters from a place on by the second argument.", Example: "overlay('Txxxxas' placing 'hom' from 2) = 'Thomxas'",
		Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			return overlay(c, i, int64(utf8.RuneCount(c.Args[1].Bytes(i))), out)
		}),
	},
	{
		Name: "overlay", Args: list(types.Text, types.Text, types.Int4, types.Int4), Returns: types.Text,
		Doc: "Replaces the given number of characters from a place on by the second argument.", Example: "overlay('Txxxxas' placing 'hom' from 2 for 4) = 'Thomas'",
		Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error { return overlay(c, i, c.Args[3].Fix[i], out) }),
	},
	{
		Name: "repeat", Args: list(types.Text, types.Int4), Returns: types.Text, Doc: "The string the given number of times.",
		Example: "repeat('Pg', 4) = 'PgPgPgPg'", Kernel: rowsKernel(repeat),
	},
})

func substrings(name string) []Func {
	call := func(args string) string { return name + "(" + args + ")" }
	return []Func{
		{
			Name: name, Args: list(types.Text, types.Int4), Returns: types.Text, Doc: "The characters from a place on, counted from 1.",
			Example: call("'Thomas', 3") + " = 'omas'",
			Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
				s := c.Args[0].Bytes(i)
				out.Raw(s[charOffset(s, c.Args[1].Fix[i]-1):])
				return nil
			}),
		},
		{
			Name: name, Args: list(types.Text, types.Int4, types.Int4), Returns: types.Text, Doc: "The given number of characters from a place on, counted from 1.",
			Example: call("'Thomas', 2, 3") + " = 'hom'",
			Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
				from, to, err := window(c.Args[1].Fix[i], c.Args[2].Fix[i])
				if err != nil {
					return err
				}
				s := c.Args[0].Bytes(i)
				start := charOffset(s, from)
				out.Raw(s[start : start+charOffset(s[start:], to-from)])
				return nil
			}),
		},
		{
			Name: name, Args: list(types.Bytea, types.Int4), Returns: types.Bytea, Doc: "The bytes from a place on, counted from 1.",
			Example: call(`'\x1234567890'::bytea, 3`) + ` = '\x567890'`,
			Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
				s := c.Args[0].Bytes(i)
				out.Raw(s[min(max(c.Args[1].Fix[i]-1, 0), int64(len(s))):])
				return nil
			}),
		},
		{
			Name: name, Args: list(types.Bytea, types.Int4, types.Int4), Returns: types.Bytea, Doc: "The given number of bytes from a place on, counted from 1.",
			Example: call(`'\x1234567890'::bytea, 3, 2`) + ` = '\x5678'`,
			Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
				from, to, err := window(c.Args[1].Fix[i], c.Args[2].Fix[i])
				if err != nil {
					return err
				}
				s := c.Args[0].Bytes(i)
				out.Raw(s[min(from, int64(len(s))):min(to, int64(len(s)))])
				return nil
			}),
		},
	}
}

// window returns the 0-based bounds of substring(s, start, length).
func window(start, length int64) (from, to int64, err error) {
	if length < 0 {
		return 0, 0, pgerr.New(pgerr.SubstringError, "negative substring length not allowed")
	}
	from, to = max(start-1, 0), start-1+length
	return from, max(to, from), nil
}

// charOffset returns the byte offset behind the first n characters of s.
func charOffset(s []byte, n int64) int64 {
	i := 0
	for ; n > 0 && i < len(s); n-- {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		_, size := utf8.DecodeRune(s[i:])
		i += size
	}
	return int64(i)
}

func overlay(c *Call, i int, length int64, out *col.Builder) error {
	s, start := c.Args[0].Bytes(i), c.Args[2].Fix[i]
	if start <= 0 {
		return pgerr.New(pgerr.SubstringError, "negative substring length not allowed")
	}
	head := s[:charOffset(s, start-1)]
	tail := s[charOffset(s, start-1+length):]
	out.Grow(func(buf []byte) []byte {
		buf = append(buf, head...)
		buf = append(buf, c.Args[1].Bytes(i)...)
		return append(buf, tail...)
	})
	return nil
}

// maxString is the longest string a function makes, in bytes. PostgreSQL's limit is
// 1 GB; here a column of a whole batch has to stay below 4 GB.
const maxString = 1<<26 - 1

func errTooLong() error {
	return pgerr.New(pgerr.ProgramLimitExceeded, "requested length too large")
}

func repeat(c *Call, i int, out *col.Builder) error {
	s, n := c.Args[0].Bytes(i), max(c.Args[1].Fix[i], 0)
	if int64(len(s))*n > maxString {
		return errTooLong()
	}
	out.Raw(bytes.Repeat(s, int(n)))
	return nil
}

var padFuncs = concat(pads("lpad", "left", "lpad('hi', 5) = '   hi'", "lpad('hi', 5, 'xy') = 'xyxhi'", true),
	pads("rpad", "right", "rpad('hi', 5) = 'hi   '", "rpad('hi', 5, 'xy') = 'hixyx'", false))

func pads(name, side, example1, example2 string, left bool) []Func {
	doc := "Fills up to the given length on the " + side + " with blanks or the third argument; cuts what is longer."
	return []Func{
		{
			Name: name, Args: list(types.Text, types.Int4), Returns: types.Text, Doc: doc, Example: example1,
			Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error { return pad(c, i, []byte(" "), left, out) }),
		},
		{
			Name: name, Args: list(types.Text, types.Int4, types.Text), Returns: types.Text, Doc: doc, Example: example2,
			Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error { return pad(c, i, c.Args[2].Bytes(i), left, out) }),
		},
	}
}

func pad(c *Call, i int, fill []byte, left bool, out *col.Builder) error {
	s, want := c.Args[0].Bytes(i), max(c.Args[1].Fix[i], 0)
	if want > maxString/utf8.UTFMax {
		return errTooLong()
	}
	s = s[:charOffset(s, want)]
	missing := want - int64(utf8.RuneCount(s))
	out.Grow(func(buf []byte) []byte {
		if !left {
			buf = append(buf, s...)
		}
		buf = appendFill(buf, fill, missing)
		if left {
			buf = append(buf, s...)
		}
		return buf
	})
	return nil
}

// appendFill appends n characters of fill, repeated.
func appendFill(buf, fill []byte, n int64) []byte {
	chars := int64(utf8.RuneCount(fill))
	if chars == 0 {
		return buf
	}
	buf = append(buf, bytes.Repeat(fill, int(max(n, 0)/chars))...)
	return append(buf, fill[:charOffset(fill, max(n, 0)%chars)]...)
}
