package builtin

import (
	"encoding/base64"
	"encoding/hex"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

var ksqlTextFuncs = concat([]Func{
	{
		Name: "elt", Args: list(types.Int4, types.Text), Variadic: true, Returns: types.Text, NotStrict: true,
		Doc: "ksqlDB: the n-th of the strings behind n; NULL when there is none.", Example: "elt(2, 'a', 'b') = 'b'", Kernel: datums(elt),
	},
	{
		Name: "field", Args: list(types.Text, types.Text), Variadic: true, Returns: types.Int4, NotStrict: true,
		Doc: "ksqlDB: which of the further arguments the first one is, counted from 1; 0 when none.", Example: "field('b', 'a', 'b') = 2", Kernel: datums(fieldOf),
	},
	{
		Name: "split", Args: list(types.Text, types.Text), Returns: textArray,
		Doc: "ksqlDB: splits at a delimiter, into characters when it is empty.", Example: "split('a,b,,', ',') = array['a', 'b', '', '']",
		Kernel: datums(func(_ *Call, args []types.Datum) (types.Datum, error) {
			return textsDatum(strings.Split(args[0].S, args[1].S)), nil
		}),
	},
	{
		Name: "split_to_map", Args: list(types.Text, types.Text, types.Text), Returns: types.JSONB,
		Doc: "ksqlDB: a map (jsonb) of entries split at the second argument, each into key and value at the third.", Example: `split_to_map('a=1;b=2', ';', '=') = '{"a": "1", "b": "2"}'`,
		Kernel: datums(splitToMap),
	},
	{
		Name: "regexp_extract", Args: list(types.Text, types.Text), Returns: types.Text,
		Doc: "ksqlDB: the first match of the first argument, a regular expression, in the second.", Example: "regexp_extract('l.o', 'hello') = 'llo'", Kernel: datums(ksqlExtract),
	},
	{
		Name: "regexp_extract", Args: list(types.Text, types.Text, types.Int4), Returns: types.Text,
		Doc: "ksqlDB: a group of the first match of the first argument, a regular expression, in the second.", Example: "regexp_extract('(l)(.)', 'hello', 2) = 'l'", Kernel: datums(ksqlExtract),
	},
	{
		Name: "regexp_extract_all", Args: list(types.Text, types.Text), Returns: textArray,
		Doc: "ksqlDB: all matches of the first argument, a regular expression, in the second.", Example: "regexp_extract_all('.a', 'banana') = array['ba', 'na', 'na']", Kernel: datums(ksqlExtractAll),
	},
	{
		Name: "regexp_extract_all", Args: list(types.Text, types.Text, types.Int4), Returns: textArray,
		Doc: "ksqlDB: a group of all matches of the first argument, a regular expression, in the second.", Example: "regexp_extract_all('(.)a', 'banana', 1) = array['b', 'n', 'n']", Kernel: datums(ksqlExtractAll),
	},
	{
		Name: "instr", Args: list(types.Text, types.Text, types.Int4), Returns: types.Int4,
		Doc: "ksqlDB: place of the second argument in the first from a place on, backwards from the end when that is negative; 0 when there is none.", Example: "instr('corporate floor', 'or', -3) = 5", Kernel: rowsKernel(ksqlInstr),
	},
	{
		Name: "instr", Args: list(types.Text, types.Text, types.Int4, types.Int4), Returns: types.Int4,
		Doc: "ksqlDB: as instr, for the n-th occurrence.", Example: "instr('corporate floor', 'or', 3, 2) = 14", Kernel: rowsKernel(ksqlInstr),
	},
	{
		Name: "uuid", Args: list(), Returns: types.Text, Volatility: Volatile, Doc: "ksqlDB: a random (version 4) UUID as text.",
		Example: "length(uuid()) = 36", Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			b := col.NewBuilder(types.UUID, 1)
			if err := randomUUID(c, i, b); err != nil {
				return err
			}
			out.Str(types.DatumText(types.UUID, b.Vec().Datum(0), nil))
			return nil
		}),
	},
	{
		Name: "to_bytes", Args: list(types.Text, types.Text), Returns: types.Bytea, Doc: "ksqlDB: bytes from text in hex, utf8, ascii or base64.",
		Example: `to_bytes('6869', 'hex') = '\x6869'`, Kernel: datums(func(_ *Call, args []types.Datum) (types.Datum, error) {
			b, err := ksqlDecode(args[0].S, args[1].S)
			return types.BytesDatum(string(b)), err
		}),
	},
	{
		Name: "from_bytes", Args: list(types.Bytea, types.Text), Returns: types.Text, Doc: "ksqlDB: bytes as text in hex, utf8, ascii or base64.",
		Example: `from_bytes('\x6869'::bytea, 'base64') = 'aGk='`, Kernel: datums(func(_ *Call, args []types.Datum) (types.Datum, error) {
			s, err := ksqlEncode([]byte(args[0].S), args[1].S)
			return types.BytesDatum(s), err
		}),
	},
	{
		Name: "encode", Args: list(types.Text, types.Text, types.Text), Returns: types.Text, Doc: "ksqlDB: text from one of the encodings hex, utf8, ascii and base64 in another.",
		Example: "encode('hello', 'utf8', 'hex') = '68656c6c6f'", Kernel: datums(func(_ *Call, args []types.Datum) (types.Datum, error) {
			b, err := ksqlDecode(args[0].S, args[1].S)
			if err != nil {
				return types.Null, err
			}
			s, err := ksqlEncode(b, args[2].S)
			return types.BytesDatum(s), err
		}),
	},
}, maskFuncs(), fromBytesFuncs())

func textsDatum(ss []string) types.Datum {
	elems := make([]types.Datum, len(ss))
	for i, s := range ss {
		elems[i] = types.BytesDatum(s)
	}
	return types.ArrayDatum(types.Text, elems)
}

func elt(_ *Call, args []types.Datum) (types.Datum, error) {
	if !args[0].Set || args[0].I < 1 || args[0].I >= int64(len(args)) {
		return types.Null, nil
	}
	return args[args[0].I], nil
}

func fieldOf(_ *Call, args []types.Datum) (types.Datum, error) {
	for k, d := range args[1:] {
		if d.Set && d == args[0] {
			return types.FixedDatum(int64(k + 1)), nil
		}
	}
	return types.FixedDatum(0), nil
}

func splitToMap(_ *Call, args []types.Datum) (types.Datum, error) {
	if args[1].S == "" || args[2].S == "" {
		return types.Null, nil
	}
	members := jsonList{}
	for _, entry := range strings.Split(args[0].S, args[1].S) {
		if key, value, ok := strings.Cut(entry, args[2].S); ok {
			members.member(key, types.AppendJSONString(nil, value))
		}
	}
	return normalized(members.close('{', '}'), true)
}

// ksqlRegexp is what a call site keeps between rows.
type ksqlRegexp struct {
	pattern string
	re      *regexp.Regexp
}

// ksqlPattern compiles the pattern, which is ksqlDB's first argument, and reads the
// group; ok is false when there is no such group. ksqlDB's expressions are Java's, whose
// alternatives are tried in order: Go's are nearer to them than PostgreSQL's.
func ksqlPattern(c *Call, args []types.Datum) (m *ksqlRegexp, group int, ok bool, err error) {
	m, ok = (*c.Memo).(*ksqlRegexp)
	if !ok || m.pattern != args[0].S {
		re, err := regexp.Compile(args[0].S)
		if err != nil {
			return nil, 0, false, pgerr.Newf(pgerr.InvalidRegularExpression, "invalid regular expression: %q", args[0].S)
		}
		m = &ksqlRegexp{args[0].S, re}
		*c.Memo = m
	}
	if len(args) > 2 {
		group = int(args[2].I)
	}
	return m, group, group >= 0 && group <= m.re.NumSubexp(), nil
}

func groupText(s string, at []int, group int) types.Datum {
	if at[2*group] < 0 {
		return types.Null
	}
	return types.BytesDatum(s[at[2*group]:at[2*group+1]])
}

func ksqlExtract(c *Call, args []types.Datum) (types.Datum, error) {
	m, group, ok, err := ksqlPattern(c, args)
	if err != nil || !ok {
		return types.Null, err
	}
	at := m.re.FindStringSubmatchIndex(args[1].S)
	if at == nil {
		return types.Null, nil
	}
	return groupText(args[1].S, at, group), nil
}

func ksqlExtractAll(c *Call, args []types.Datum) (types.Datum, error) {
	m, group, ok, err := ksqlPattern(c, args)
	if err != nil || !ok {
		return types.Null, err
	}
	var out []types.Datum
	for _, at := range m.re.FindAllStringSubmatchIndex(args[1].S, -1) {
		out = append(out, groupText(args[1].S, at, group))
	}
	return types.ArrayDatum(types.Text, out), nil
}

func ksqlInstr(c *Call, i int, out *col.Builder) error {
	s, part := []rune(c.Args[0].Str(i)), []rune(c.Args[1].Str(i))
	from, n := c.Args[2].Fix[i], intArg(c, 3, i, 1)
	at, step := from-1, int64(1)
	if from < 0 {
		at, step = int64(len(s))+from, -1
	}
	for ; from != 0 && at >= 0 && at < int64(len(s)); at += step {
		if hasRunes(s[at:], part) {
			if n--; n == 0 {
				out.Int(at + 1)
				return nil
			}
		}
	}
	out.Int(0)
	return nil
}

func hasRunes(s, prefix []rune) bool {
	return len(s) >= len(prefix) && string(s[:len(prefix)]) == string(prefix)
}

func errKsqlEncoding(name string) error {
	return pgerr.Newf(pgerr.InvalidParameterValue, "unrecognized encoding: \"%s\"", name).
		WithHint("The encodings are hex, utf8, ascii and base64.")
}

func ksqlDecode(s, name string) ([]byte, error) {
	switch strings.ToLower(name) {
	case "utf8", "ascii":
		return []byte(s), nil
	case "hex":
		s = strings.TrimPrefix(strings.TrimPrefix(s, "0x"), "X'")
		return types.DecodeHex(strings.TrimSuffix(s, "'"))
	case "base64":
		return decodeBase64(s)
	}
	return nil, errKsqlEncoding(name)
}

func ksqlEncode(b []byte, name string) (string, error) {
	switch strings.ToLower(name) {
	case "utf8":
		return string(b), types.CheckUTF8(string(b))
	case "ascii":
		out := make([]byte, len(b))
		for i, x := range b {
			if out[i] = x; x >= utf8.RuneSelf {
				out[i] = '?'
			}
		}
		return string(out), nil
	case "hex":
		return hex.EncodeToString(b), nil
	case "base64":
		return base64.StdEncoding.EncodeToString(b), nil
	}
	return "", errKsqlEncoding(name)
}

// maskFuncs replace letters, digits and other characters; NULL for a replacement
// leaves its kind as it is.
func maskFuncs() []Func {
	four := list(types.Text, types.Text, types.Text, types.Text)
	const with = " The last four arguments are what upper case, lower case, digits and others become; NULL keeps them."
	entries := []struct {
		name, doc, example, longer string
		region                     func(n, length int) (from, to int)
	}{
		{
			"mask_left", "ksqlDB: the first n characters replaced by X, x, n and -.", "mask_left('My Test', 4) = 'Xx-Xest'", "mask_left('Ab1', 2, 'U', 'l', '0', '_') = 'Ul1'",
			func(n, length int) (int, int) { return 0, min(n, length) },
		},
		{
			"mask_right", "ksqlDB: the last n characters replaced by X, x, n and -.", "mask_right('My Test', 4) = 'My Xxxx'", "mask_right('Ab1', 2, 'U', 'l', '0', '_') = 'Al0'",
			func(n, length int) (int, int) { return max(0, length-n), length },
		},
		{
			"mask_keep_left", "ksqlDB: all but the first n characters replaced by X, x, n and -.", "mask_keep_left('My Test', 4) = 'My Txxx'", "mask_keep_left('Ab1', 2, 'U', 'l', '0', '_') = 'Ab0'",
			func(n, length int) (int, int) { return min(n, length), length },
		},
		{
			"mask_keep_right", "ksqlDB: all but the last n characters replaced by X, x, n and -.", "mask_keep_right('My Test', 4) = 'Xx-Test'", "mask_keep_right('Ab1', 2, 'U', 'l', '0', '_') = 'Ub1'",
			func(n, length int) (int, int) { return 0, max(0, length-n) },
		},
	}
	all := func(_, length int) (int, int) { return 0, length }
	out := []Func{
		{
			Name: "mask", Args: list(types.Text), Returns: types.Text, Doc: "ksqlDB: upper case letters replaced by X, lower case by x, digits by n, others by -.",
			Example: "mask('My Test $123') = 'Xx-Xxxx--nnn'", Kernel: datums(mask(1, all)),
		},
		{
			Name: "mask", Args: append(list(types.Text), four...), Returns: types.Text, NotStrict: true, Doc: "ksqlDB: the characters replaced by kind." + with,
			Example: "mask('My Test $123', '*', null, '1', null) = '*y *est $111'", Kernel: datums(mask(1, all)),
		},
	}
	for _, e := range entries {
		out = append(out,
			Func{Name: e.name, Args: list(types.Text, types.Int4), Returns: types.Text, Doc: e.doc, Example: e.example, Kernel: datums(mask(2, e.region))},
			Func{
				Name: e.name, Args: append(list(types.Text, types.Int4), four...), Returns: types.Text, NotStrict: true, Doc: e.doc + with,
				Example: e.longer, Kernel: datums(mask(2, e.region)),
			})
	}
	return out
}

// mask replaces the characters of a region; the replacements begin at argument first.
func mask(first int, region func(n, length int) (from, to int)) func(*Call, []types.Datum) (types.Datum, error) {
	return func(_ *Call, args []types.Datum) (types.Datum, error) {
		if !args[0].Set || !args[first-1].Set {
			return types.Null, nil
		}
		with := []types.Datum{types.BytesDatum("X"), types.BytesDatum("x"), types.BytesDatum("n"), types.BytesDatum("-")}
		if len(args) > first {
			with = args[first:]
		}
		s := []rune(args[0].S)
		n := 0
		if first == 2 {
			if n = int(args[1].I); n < 0 {
				return types.Null, pgerr.New(pgerr.InvalidParameterValue, "number of characters must not be negative")
			}
		}
		from, to := region(n, len(s))
		out := []byte(string(s[:from]))
		for _, r := range s[from:to] {
			if d := with[maskKind(r)]; d.Set {
				out = append(out, d.S...)
			} else {
				out = utf8.AppendRune(out, r)
			}
		}
		return types.BytesDatum(string(append(out, string(s[to:])...))), nil
	}
}

func maskKind(r rune) int {
	switch {
	case unicode.IsUpper(r) || unicode.IsTitle(r):
		return 0
	case unicode.IsLower(r):
		return 1
	case unicode.IsDigit(r):
		return 2
	}
	return 3
}

// fromBytesFuncs read a number from bytes of exactly its size.
func fromBytesFuncs() []Func {
	var out []Func
	for _, f := range []struct {
		name                string
		t                   types.Type
		size                int
		big, little, result string
		word                func(u uint64) int64
	}{
		{"int_from_bytes", types.Int4, 4, `\x00000102`, `\x02010000`, "258", func(u uint64) int64 { return int64(int32(u)) }},
		{"bigint_from_bytes", types.Int8, 8, `\x0000000000000102`, `\x0201000000000000`, "258", func(u uint64) int64 { return int64(u) }},
		{"double_from_bytes", types.Float8, 8, `\x3ff8000000000000`, `\x000000000000f83f`, "1.5", func(u uint64) int64 { return int64(u) }},
	} {
		kernel := datums(func(_ *Call, args []types.Datum) (types.Datum, error) { return numberOf(args, f.size, f.word) })
		out = append(out,
			Func{
				Name: f.name, Args: list(types.Bytea), Returns: f.t, Doc: "ksqlDB: the number in bytes, the highest first.",
				Example: f.name + "('" + f.big + "'::bytea) = " + f.result, Kernel: kernel,
			},
			Func{
				Name: f.name, Args: list(types.Bytea, types.Text), Returns: f.t, Doc: "ksqlDB: the number in bytes, in the order BIG_ENDIAN or LITTLE_ENDIAN.",
				Example: f.name + "('" + f.little + "'::bytea, 'LITTLE_ENDIAN') = " + f.result, Kernel: kernel,
			})
	}
	return out
}

func numberOf(args []types.Datum, size int, word func(u uint64) int64) (types.Datum, error) {
	b := []byte(args[0].S)
	if len(b) != size {
		return types.Null, pgerr.Newf(pgerr.InvalidParameterValue, "number of bytes must be %d, but is %d", size, len(b))
	}
	order := "BIG_ENDIAN"
	if len(args) > 1 {
		order = strings.ToUpper(args[1].S)
	}
	var u uint64
	for k := range b {
		switch order {
		case "BIG_ENDIAN":
			u = u<<8 | uint64(b[k])
		case "LITTLE_ENDIAN":
			u = u<<8 | uint64(b[size-1-k])
		default:
			return types.Null, pgerr.Newf(pgerr.InvalidParameterValue, "byte order must be BIG_ENDIAN or LITTLE_ENDIAN, not \"%s\"", args[1].S)
		}
	}
	return types.FixedDatum(word(u)), nil
}
