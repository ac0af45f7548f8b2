package builtin

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

var unicodeFuncs = []Func{
	{
		Name: "normalize", Args: list(types.Text), Returns: types.Text, Doc: "The string in Unicode's normal form NFC.",
		Example: `normalize(unistr('a\0308bc')) = 'äbc'`, Kernel: rowsKernel(normalize),
	},
	{
		Name: "normalize", Args: list(types.Text, types.Text), Returns: types.Text, Doc: "The string in a normal form of Unicode: NFC, NFD, NFKC or NFKD.",
		Example: `length(normalize('ä', 'NFD')) = 2`, Kernel: rowsKernel(normalize),
	},
	{
		Name: "is_normalized", Args: list(types.Text), Returns: types.Bool, Doc: "Whether the string is in Unicode's normal form NFC.",
		Example: `is_normalized(unistr('a\0308')) = false`, Kernel: rowsKernel(isNormalized),
	},
	{
		Name: "is_normalized", Args: list(types.Text, types.Text), Returns: types.Bool, Doc: "Whether the string is in a normal form of Unicode: NFC, NFD, NFKC or NFKD.",
		Example: `is_normalized('ä', 'NFD') = false`, Kernel: rowsKernel(isNormalized),
	},
	text("unistr", "The string with escapes of Unicode characters replaced: \\XXXX, \\+XXXXXX, \\uXXXX, \\UXXXXXXXX.",
		`unistr('d\0061t\+000061') = 'data'`, unistr),
	{
		Name: "parse_ident", Args: list(types.Text), Returns: textArray, Doc: "The parts of a qualified name, folded unless they are quoted.",
		Example: `parse_ident('"SomeSchema".someTable') = array['SomeSchema', 'sometable']`, Kernel: datums(parseIdent),
	},
	{
		Name: "parse_ident", Args: list(types.Text, types.Bool), Returns: textArray, Doc: "The parts of a qualified name; what follows is ignored if the last argument is false.",
		Example: `parse_ident('a.b[]', false) = array['a', 'b']`, Kernel: datums(parseIdent),
	},
	{
		Name: "pg_size_bytes", Args: list(types.Text), Returns: types.Int8, Doc: "Number of bytes of a size with a unit (bytes, kB, MB, GB, TB, PB).",
		Example: "pg_size_bytes('1.5 kB') = 1536", Kernel: datums(func(_ *Call, args []types.Datum) (types.Datum, error) { return sizeBytes(args[0].S) }),
	},
}

func normalForm(c *Call, i int) (norm.Form, error) {
	if len(c.Args) == 1 {
		return norm.NFC, nil
	}
	switch name := c.name(1, i); strings.ToUpper(name) {
	case "NFC":
		return norm.NFC, nil
	case "NFD":
		return norm.NFD, nil
	case "NFKC":
		return norm.NFKC, nil
	case "NFKD":
		return norm.NFKD, nil
	default:
		return 0, pgerr.Newf(pgerr.InvalidParameterValue, "invalid normalization form: %s", name)
	}
}

func normalize(c *Call, i int, out *col.Builder) error {
	form, err := normalForm(c, i)
	if err == nil {
		out.Raw(form.Bytes(c.Args[0].Bytes(i)))
	}
	return err
}

func isNormalized(c *Call, i int, out *col.Builder) error {
	form, err := normalForm(c, i)
	if err == nil {
		out.Bool(form.IsNormal(c.Args[0].Bytes(i)))
	}
	return err
}

func errUnicodeEscape() error {
	return pgerr.New(pgerr.SyntaxError, "invalid Unicode escape").
		WithHint("Unicode escapes must be \\XXXX, \\+XXXXXX, \\uXXXX, or \\UXXXXXXXX.")
}

func errSurrogates() error { return pgerr.New(pgerr.SyntaxError, "invalid Unicode surrogate pair") }

func unistr(dst, s []byte) ([]byte, error) {
	high := uint32(0)
	for i := 0; i < len(s); {
		if s[i] != '\\' || i+1 < len(s) && s[i+1] == '\\' {
			if high != 0 {
				return nil, errSurrogates()
			}
			dst = append(dst, s[i])
			i++
			if s[i-1] == '\\' {
				i++
			}
			continue
		}
		r, n, ok := escapedRune(s[i+1:])
		switch {
		case !ok:
			return nil, errUnicodeEscape()
		case r == 0 || r > utf8.MaxRune:
			return nil, pgerr.Newf(pgerr.InvalidParameterValue, "invalid Unicode code point: %04X", r)
		case high != 0 && r>>10 == 0xdc00>>10:
			r, high = (high-0xd800)<<10+(r-0xdc00)+0x10000, 0
			dst = utf8.AppendRune(dst, rune(r))
		case high != 0 || r>>10 == 0xdc00>>10:
			return nil, errSurrogates()
		case r>>10 == 0xd800>>10:
			high = r
		default:
			dst = utf8.AppendRune(dst, rune(r))
		}
		i += 1 + n
	}
	if high != 0 {
		return nil, errSurrogates()
	}
	return dst, nil
}

// escapedRune reads the digits behind a backslash; n is what they and their mark take.
func escapedRune(s []byte) (r uint32, n int, ok bool) {
	skip, digits := 0, 4
	if len(s) > 0 {
		switch s[0] {
		case 'u':
			skip = 1
		case '+':
			skip, digits = 1, 6
		case 'U':
			skip, digits = 1, 8
		}
	}
	if len(s) < skip+digits {
		return 0, 0, false
	}
	for _, b := range s[skip : skip+digits] {
		if !isDigit(b) && (b|0x20 < 'a' || b|0x20 > 'f') {
			return 0, 0, false
		}
	}
	x, err := strconv.ParseUint(string(s[skip:skip+digits]), 16, 32)
	return uint32(x), skip + digits, err == nil
}

func errIdent(s, detail string) error {
	err := pgerr.Newf(pgerr.InvalidParameterValue, "string is not a valid identifier: \"%s\"", s)
	if detail != "" {
		err = err.WithDetail("%s", detail)
	}
	return err
}

func parseIdent(_ *Call, args []types.Datum) (types.Datum, error) {
	isStrict := len(args) < 2 || args[1].I != 0
	s := args[0].S
	rest := strings.TrimLeft(s, " \t\n\r\v\f")
	var parts []types.Datum
	afterDot := false
	for {
		part, tail, err := identPart(s, rest, afterDot)
		if err != nil {
			return types.Null, err
		}
		parts = append(parts, types.BytesDatum(part))
		rest = strings.TrimLeft(tail, " \t\n\r\v\f")
		if !strings.HasPrefix(rest, ".") {
			break
		}
		rest = strings.TrimLeft(rest[1:], " \t\n\r\v\f")
		afterDot = true
	}
	if rest != "" && isStrict {
		return types.Null, errIdent(s, "")
	}
	return types.ArrayDatum(types.Text, parts), nil
}

// identPart reads one name at the front of rest, a part of s.
func identPart(s, rest string, afterDot bool) (part, tail string, err error) {
	if strings.HasPrefix(rest, `"`) {
		return quotedPart(s, rest[1:])
	}
	n := 0
	for n < len(rest) && (rest[n] == '_' || isLetter(rest[n]) || rest[n] >= utf8.RuneSelf || n > 0 && (isDigit(rest[n]) || rest[n] == '$')) {
		n++
	}
	switch {
	case n > 0:
		return string(appendLowerASCII(rest[:n])), rest[n:], nil
	case strings.HasPrefix(rest, "."):
		return "", "", errIdent(s, `No valid identifier before ".".`)
	case afterDot:
		return "", "", errIdent(s, `No valid identifier after ".".`)
	}
	return "", "", errIdent(s, "")
}

func appendLowerASCII(s string) []byte {
	b := []byte(s)
	for i, x := range b {
		if x >= 'A' && x <= 'Z' {
			b[i] = x | 0x20
		}
	}
	return b
}

func quotedPart(s, rest string) (part, tail string, err error) {
	var out strings.Builder
	for {
		end := strings.IndexByte(rest, '"')
		if end < 0 {
			return "", "", errIdent(s, "String has unclosed double quotes.")
		}
		out.WriteString(rest[:end])
		if rest = rest[end+1:]; !strings.HasPrefix(rest, `"`) {
			break
		}
		out.WriteByte('"')
		rest = rest[1:]
	}
	if out.Len() == 0 {
		return "", "", errIdent(s, "Quoted identifier must not be empty.")
	}
	return out.String(), rest, nil
}

// sizeUnits are the powers of 1024 of the units.
var sizeUnits = map[string]int{"": 0, "bytes": 0, "kb": 1, "mb": 2, "gb": 3, "tb": 4, "pb": 5}

func sizeBytes(s string) (types.Datum, error) {
	trimmed := strings.Trim(s, " \t\n\r\v\f")
	n := numberLength(trimmed)
	if n == 0 {
		return types.Null, pgerr.Newf(pgerr.InvalidParameterValue, "invalid size: \"%s\"", s)
	}
	d, err := types.ParseDecimal(trimmed[:n])
	if err != nil {
		return types.Null, err
	}
	unit := strings.TrimLeft(trimmed[n:], " \t\n\r\v\f")
	power, ok := sizeUnits[strings.ToLower(unit)]
	if !ok {
		return types.Null, pgerr.Newf(pgerr.InvalidParameterValue, "invalid size: \"%s\"", s).
			WithDetail("Invalid size unit: \"%s\".", unit).
			WithHint("Valid units are \"bytes\", \"kB\", \"MB\", \"GB\", \"TB\", and \"PB\".")
	}
	x, ok := d.Mul(types.FromInt64(1<<(10*power), 0)).ToInt64()
	if !ok {
		return types.Null, outOfRange(types.Int8)
	}
	return types.FixedDatum(x), nil
}

// numberLength is the length of the decimal number at the front of s, 0 for none.
func numberLength(s string) int {
	n := 0
	if n < len(s) && (s[n] == '-' || s[n] == '+') {
		n++
	}
	start, digits := n, 0
	for n < len(s) && (isDigit(s[n]) || s[n] == '.' && !strings.Contains(s[start:n], ".")) {
		if isDigit(s[n]) {
			digits++
		}
		n++
	}
	if digits == 0 {
		return 0
	}
	if e := n + 1; n < len(s) && s[n]|0x20 == 'e' {
		if e < len(s) && (s[e] == '-' || s[e] == '+') {
			e++
		}
		if e < len(s) && isDigit(s[e]) {
			for n = e; n < len(s) && isDigit(s[n]); n++ {
			}
		}
	}
	return n
}
