package builtin

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

var stringFuncs = concat(concatFuncs, lengthFuncs, caseFuncs, trimFuncs, cutFuncs, padFuncs, searchFuncs, quoteFuncs)

// text starts an entry of a function of text to text.
func text(name, doc, example string, f func(dst, s []byte) ([]byte, error)) Func {
	return Func{Name: name, Args: list(types.Text), Returns: types.Text, Doc: doc, Example: example, Kernel: text1(f)}
}

// count starts an entry of a function of a bytes type to an integer.
func count(name string, t types.Type, doc, example string, f func(s []byte) int) Func {
	return Func{
		Name: name, Args: list(t), Returns: types.Int4, Doc: doc, Example: example,
		Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			out.Int(int64(f(c.Args[0].Bytes(i))))
			return nil
		}),
	}
}

var lengthFuncs = []Func{
	count("length", types.Text, "Number of characters.", "length('jose') = 4", utf8.RuneCount),
	count("char_length", types.Text, "Number of characters.", "char_length('jose') = 4", utf8.RuneCount),
	count("character_length", types.Text, "Number of characters.", "character_length('jose') = 4", utf8.RuneCount),
	count("octet_length", types.Text, "Number of bytes.", "octet_length('jose') = 4", func(s []byte) int { return len(s) }),
	count("octet_length", types.Bpchar, "Number of bytes, trailing blanks included.", "octet_length('jo'::char(4)) = 4", func(s []byte) int { return len(s) }),
	count("bit_length", types.Text, "Number of bits.", "bit_length('jose') = 32", func(s []byte) int { return 8 * len(s) }),
	count("ascii", types.Text, "Code point of the first character.", "ascii('x') = 120", func(s []byte) int {
		if len(s) == 0 {
			return 0
		}
		r, _ := utf8.DecodeRune(s)
		return int(r)
	}),
	{
		Name: "chr", Args: list(types.Int4), Returns: types.Text, Doc: "The character with the given code point.", Example: "chr(65) = 'A'",
		Kernel: rowsKernel(chr),
	},
}

func chr(c *Call, i int, out *col.Builder) error {
	switch x := c.Args[0].Fix[i]; {
	case x < 0:
		return pgerr.New(pgerr.InvalidParameterValue, "character number must be positive")
	case x == 0:
		return pgerr.New(pgerr.ProgramLimitExceeded, "null character not permitted")
	case x > unicode.MaxRune:
		return pgerr.Newf(pgerr.ProgramLimitExceeded, "requested character too large for encoding: %d", x)
	case x >= 0xd800 && x < 0xe000:
		return pgerr.Newf(pgerr.ProgramLimitExceeded, "requested character not valid for encoding: %d", x)
	default:
		out.Str(string(rune(x)))
	}
	return nil
}

var caseFuncs = []Func{
	text("lower", "All letters in lower case.", "lower('TOM') = 'tom'", func(dst, s []byte) ([]byte, error) { return appendLower(dst, s), nil }),
	text("upper", "All letters in upper case.", "upper('tom') = 'TOM'", func(dst, s []byte) ([]byte, error) { return appendUpper(dst, s), nil }),
	text("initcap", "The first letter of each word in upper case, the rest in lower case.", "initcap('hi THOMAS') = 'Hi Thomas'", initcap),
	text("reverse", "The characters in reverse order.", "reverse('abcde') = 'edcba'", func(dst, s []byte) ([]byte, error) {
		for len(s) > 0 {
			_, n := utf8.DecodeLastRune(s)
			dst = append(dst, s[len(s)-n:]...)
			s = s[:len(s)-n]
		}
		return dst, nil
	}),
}

func appendLower(dst, s []byte) []byte { return appendMapped(dst, s, 'A', 'Z', unicode.ToLower) }
func appendUpper(dst, s []byte) []byte { return appendMapped(dst, s, 'a', 'z', unicode.ToUpper) }

// appendMapped changes the case of each character alone, as the C library does.
func appendMapped(dst, s []byte, from, to byte, f func(rune) rune) []byte {
	for i := 0; i < len(s); {
		if b := s[i]; b < utf8.RuneSelf {
			if b >= from && b <= to {
				b ^= 0x20
			}
			dst = append(dst, b)
			i++
			continue
		}
		r, n := utf8.DecodeRune(s[i:])
		dst = utf8.AppendRune(dst, f(r))
		i += n
	}
	return dst
}

func initcap(dst, s []byte) ([]byte, error) {
	inWord := false
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRune(s[i:])
		if inWord {
			r = unicode.ToLower(r)
		} else {
			r = unicode.ToUpper(r)
		}
		inWord = unicode.IsLetter(r) || unicode.IsDigit(r)
		dst = utf8.AppendRune(dst, r)
		i += n
	}
	return dst, nil
}

var trimFuncs = concat(
	trims("btrim", "Removes blanks, or the characters of the second argument, from both ends.", "btrim('  trim ') = 'trim'", "btrim('xyxtrimyyx', 'xyz') = 'trim'", true, true),
	trims("ltrim", "Removes blanks, or the characters of the second argument, from the start.", "ltrim('  trim') = 'trim'", "ltrim('zzzytest', 'xyz') = 'test'", true, false),
	trims("rtrim", "Removes blanks, or the characters of the second argument, from the end.", "rtrim('trim  ') = 'trim'", "rtrim('testxxzx', 'xyz') = 'test'", false, true),
)

func trims(name, doc, example1, example2 string, left, right bool) []Func {
	return []Func{
		text(name, doc, example1, func(dst, s []byte) ([]byte, error) {
			return append(dst, trim(s, []byte(" "), left, right)...), nil
		}),
		{
			Name: name, Args: list(types.Text, types.Text), Returns: types.Text, Doc: doc, Example: example2,
			Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
				out.Raw(trim(c.Args[0].Bytes(i), c.Args[1].Bytes(i), left, right))
				return nil
			}),
		},
	}
}

// trim cuts characters of set from the ends of s.
func trim(s, set []byte, left, right bool) []byte {
	if left {
		s = bytes.TrimLeft(s, string(set))
	}
	if right {
		s = bytes.TrimRight(s, string(set))
	}
	return s
}

var searchFuncs = []Func{
	{
		Name: "position", Args: list(types.Text, types.Text), Returns: types.Int4, Doc: "First place of the second argument in the first, counted from 1; 0 when there is none.",
		Example: "position('om' in 'Thomas') = 3", Kernel: rowsKernel(strpos),
	},
	{
		Name: "strpos", Args: list(types.Text, types.Text), Returns: types.Int4, Doc: "First place of the second argument in the first, counted from 1; 0 when there is none.",
		Example: "strpos('high', 'ig') = 2", Kernel: rowsKernel(strpos),
	},
	{
		Name: "starts_with", Args: list(types.Text, types.Text), Returns: types.Bool, Doc: "Whether the first argument begins with the second.",
		Example: "starts_with('alphabet', 'alph') = true", Kernel: rowsKernel(startsWith),
	},
	{
		Name: "^@", Args: list(types.Text, types.Text), Returns: types.Bool, Doc: "Whether the left operand begins with the right one.",
		Example: "('alphabet' ^@ 'alph') = true", Kernel: rowsKernel(startsWith),
	},
	{
		Name: "replace", Args: list(types.Text, types.Text, types.Text), Returns: types.Text, Doc: "Replaces every occurrence of the second argument by the third.",
		Example: "replace('abcdefabcdef', 'cd', 'XX') = 'abXXefabXXef'", Kernel: rowsKernel(replace),
	},
	{
		Name: "translate", Args: list(types.Text, types.Text, types.Text), Returns: types.Text,
		Doc:     "Replaces each character of the second argument by the one at the same place in the third; those without one are removed.",
		Example: "translate('12345', '143', 'ax') = 'a2x5'", Kernel: rowsKernel(translate),
	},
	{
		Name: "split_part", Args: list(types.Text, types.Text, types.Int4), Returns: types.Text,
		Doc:     "The n-th field of the first argument split at the second; negative n counts from the end.",
		Example: "split_part('abc~@~def~@~ghi', '~@~', 2) = 'def'", Kernel: rowsKernel(splitPart),
	},
}

func strpos(c *Call, i int, out *col.Builder) error {
	s := c.Args[0].Bytes(i)
	at := bytes.Index(s, c.Args[1].Bytes(i))
	if at < 0 {
		out.Int(0)
	} else {
		out.Int(int64(utf8.RuneCount(s[:at])) + 1)
	}
	return nil
}

func startsWith(c *Call, i int, out *col.Builder) error {
	out.Bool(bytes.HasPrefix(c.Args[0].Bytes(i), c.Args[1].Bytes(i)))
	return nil
}

func replace(c *Call, i int, out *col.Builder) error {
	s, from := c.Args[0].Bytes(i), c.Args[1].Bytes(i)
	if len(from) > 0 {
		s = bytes.ReplaceAll(s, from, c.Args[2].Bytes(i))
	}
	out.Raw(s)
	return nil
}

func translate(c *Call, i int, out *col.Builder) error {
	from, to := []rune(string(c.Args[1].Bytes(i))), []rune(string(c.Args[2].Bytes(i)))
	var dst []byte
	for _, r := range string(c.Args[0].Bytes(i)) {
		at := -1
		for k, x := range from {
			if x == r {
				at = k
				break
			}
		}
		switch {
		case at < 0:
			dst = utf8.AppendRune(dst, r)
		case at < len(to):
			dst = utf8.AppendRune(dst, to[at])
		}
	}
	out.Raw(dst)
	return nil
}

func splitPart(c *Call, i int, out *col.Builder) error {
	s, sep, n := c.Args[0].Bytes(i), c.Args[1].Bytes(i), int(c.Args[2].Fix[i])
	if n == 0 {
		return pgerr.New(pgerr.InvalidParameterValue, "field position must not be zero")
	}
	if len(sep) == 0 || len(s) == 0 {
		if n == 1 || n == -1 {
			out.Raw(s)
		} else {
			out.Str("")
		}
		return nil
	}
	if n < 0 {
		if n += bytes.Count(s, sep) + 2; n < 1 {
			out.Str("")
			return nil
		}
	}
	out.Raw(nthPart(s, sep, n))
	return nil
}

// nthPart is part n, from 1, of s split at sep; empty when there are less.
func nthPart(s, sep []byte, n int) []byte {
	for ; n > 1; n-- {
		at := bytes.Index(s, sep)
		if at < 0 {
			return nil
		}
		s = s[at+len(sep):]
	}
	if at := bytes.Index(s, sep); at >= 0 {
		return s[:at]
	}
	return s
}
