package builtin

import (
	"strings"
	"unicode/utf8"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

var quoteFuncs = concat(formatStringFuncs, []Func{
	text("quote_ident", "The string as an SQL identifier, quoted where it must be.", `quote_ident('Foo bar') = '"Foo bar"'`,
		func(dst, s []byte) ([]byte, error) { return append(dst, QuoteIdent(string(s))...), nil }),
	text("quote_literal", "The string as an SQL literal.", "quote_literal('O''Reilly') = '''O''''Reilly'''",
		func(dst, s []byte) ([]byte, error) { return append(dst, QuoteLiteral(string(s))...), nil }),
	{
		Name: "quote_literal", Args: list(types.AnyElement), Returns: types.Text, Volatility: Stable, Doc: "The text form of the value as an SQL literal.",
		Example: "quote_literal(42.5) = '''42.5'''", Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			out.Str(QuoteLiteral(string(appendCast(nil, c, 0, i))))
			return nil
		}),
	},
	{
		Name: "quote_nullable", Args: list(types.Text), Returns: types.Text, NotStrict: true, Doc: "The string as an SQL literal, NULL being the word NULL.",
		Example: "quote_nullable(null) = 'NULL'", Kernel: rowsKernel(quoteNullable),
	},
	{
		Name: "quote_nullable", Args: list(types.AnyElement), Returns: types.Text, Volatility: Stable, NotStrict: true,
		Doc:     "The text form of the value as an SQL literal, NULL being the word NULL.",
		Example: "quote_nullable(42.5) = '''42.5'''", Kernel: rowsKernel(quoteNullable),
	},
})

func quoteNullable(c *Call, i int, out *col.Builder) error {
	if c.Args[0].IsNull(i) {
		out.Str("NULL")
	} else {
		out.Str(QuoteLiteral(string(appendCast(nil, c, 0, i))))
	}
	return nil
}

// QuoteLiteral writes s as an SQL string literal.
func QuoteLiteral(s string) string {
	q := "'" + strings.ReplaceAll(s, "'", "''") + "'"
	if strings.Contains(s, `\`) {
		return "E" + strings.ReplaceAll(q, `\`, `\\`)
	}
	return q
}

// QuoteIdent writes s as an SQL identifier, with quotes where PostgreSQL's
// quote_ident puts them.
func QuoteIdent(s string) string {
	if isPlainIdent(s) && !needsQuotes[s] {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}

func isPlainIdent(s string) bool {
	for i := range len(s) {
		b := s[i]
		if b != '_' && (b < 'a' || b > 'z') && (i == 0 || b < '0' || b > '9') {
			return false
		}
	}
	return s != ""
}

// needsQuotes holds the key words of PostgreSQL 15 that are not free as identifiers.
var needsQuotes = wordSet(`
all analyse analyze and any array as asc asymmetric authorization between bigint binary
bit boolean both case cast char character check coalesce collate collation column
concurrently constraint create cross current_catalog current_date current_role
current_schema current_time current_timestamp current_user dec decimal default deferrable
desc distinct do else end except exists extract false fetch float for foreign freeze from
full grant greatest group grouping having ilike in initially inner inout int integer
intersect interval into is isnull join lateral leading least left like limit localtime
localtimestamp national natural nchar none normalize not notnull null nullif numeric
offset on only or order out outer overlaps overlay placing position precision primary
real references returning right row select session_user setof similar smallint some
substring symmetric table tablesample then time timestamp to trailing treat trim true
union unique user using values varchar variadic verbose when where window with
xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi
xmlroot xmlserialize xmltable`)

func wordSet(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

var formatStringFuncs = []Func{
	{
		Name: "format", Args: list(types.Text), Returns: types.Text, Volatility: Stable, Doc: "Text with %% for a percent sign.",
		Example: "format('100%%') = '100%'", NotStrict: true, Kernel: rowsKernel(formatRow),
	},
	{
		Name: "format", Args: list(types.Text, types.Any), Variadic: true, Returns: types.Text, Volatility: Stable, NotStrict: true,
		Doc:     "Text with its arguments put in: %s as they are, %I as identifiers, %L as literals; with place, flag and width as in %2$-10s.",
		Example: "format('Hello %s, %1$s', 'World') = 'Hello World, World'", Kernel: rowsKernel(formatRow),
	},
}

func formatRow(c *Call, i int, out *col.Builder) error {
	if c.Args[0].IsNull(c.Row(0, i)) {
		out.Null()
		return nil
	}
	return grow(out, func(dst []byte) ([]byte, error) {
		f := formatter{c: c, row: i, text: string(c.Args[0].Bytes(i)), dst: dst}
		return f.run()
	})
}

// formatter runs one format() call.
type formatter struct {
	c    *Call
	row  int
	text string
	dst  []byte
	next int // the last argument used
}

// formatSpec is one conversion: its argument (0: the next), width and kind.
type formatSpec struct {
	arg, width int
	widthArg   bool // width is taken from argument width (0: the next)
	left       bool
	kind       byte
}

func errFormat(message string) error { return pgerr.New(pgerr.InvalidParameterValue, message) }

func (f *formatter) run() ([]byte, error) {
	for f.text != "" {
		at := strings.IndexByte(f.text, '%')
		if at < 0 {
			break
		}
		f.dst = append(f.dst, f.text[:at]...)
		f.text = f.text[at+1:]
		if strings.HasPrefix(f.text, "%") {
			f.dst, f.text = append(f.dst, '%'), f.text[1:]
			continue
		}
		spec, err := f.spec()
		if err != nil {
			return nil, err
		}
		if err := f.convert(spec); err != nil {
			return nil, err
		}
	}
	return append(f.dst, f.text...), nil
}

func (f *formatter) number() (n int, found bool) {
	for f.text != "" && f.text[0] >= '0' && f.text[0] <= '9' && n < maxString {
		n, found = n*10+int(f.text[0]-'0'), true
		f.text = f.text[1:]
	}
	return n, found
}

func (f *formatter) eat(s string) bool {
	rest, ok := strings.CutPrefix(f.text, s)
	f.text = rest
	return ok
}

// spec reads what follows a percent sign: [n$][-][width|*|*n$]kind.
func (f *formatter) spec() (s formatSpec, err error) {
	n, found := f.number()
	switch {
	case found && f.eat("$"):
		if s.arg = n; n == 0 {
			return s, errFormat("format specifies argument 0, but arguments are numbered from 1")
		}
	case found:
		s.width = n
		return f.kind(s)
	}
	for f.eat("-") {
		s.left = true
	}
	if f.eat("*") {
		s.widthArg = true
		n, found = f.number()
		if found {
			if s.width = n; !f.eat("$") {
				return s, errFormat("width argument position must be ended by \"$\"")
			}
			if n == 0 {
				return s, errFormat("format specifies argument 0, but arguments are numbered from 1")
			}
		}
		return f.kind(s)
	}
	s.width, _ = f.number()
	return f.kind(s)
}

func (f *formatter) kind(s formatSpec) (formatSpec, error) {
	if f.text == "" {
		return s, pgerr.New(pgerr.InvalidParameterValue, "unterminated format() type specifier").
			WithHint("For a single \"%%\" use \"%%%%\".")
	}
	s.kind = f.text[0]
	if !strings.ContainsRune("sIL", rune(s.kind)) {
		return s, pgerr.Newf(pgerr.InvalidParameterValue, "unrecognized format() type specifier \"%c\"", s.kind).
			WithHint("For a single \"%%\" use \"%%%%\".")
	}
	f.text = f.text[1:]
	return s, nil
}

func (f *formatter) take(n int) (k int, err error) {
	if n == 0 {
		n = f.next + 1
	}
	if f.next = n; n >= len(f.c.Args) {
		return 0, errFormat("too few arguments for format()")
	}
	return n, nil
}

func (f *formatter) convert(s formatSpec) error {
	if s.widthArg {
		if err := f.widthFrom(&s); err != nil {
			return err
		}
	}
	k, err := f.take(s.arg)
	if err != nil {
		return err
	}
	value, err := f.value(k, s.kind)
	if err != nil {
		return err
	}
	fill := s.width - utf8.RuneCountInString(value)
	if s.left {
		f.dst = append(f.dst, value...)
	}
	f.dst = appendFill(f.dst, []byte(" "), int64(max(fill, 0)))
	if !s.left {
		f.dst = append(f.dst, value...)
	}
	return nil
}

// widthFrom reads the width from an argument; a negative one means the left.
func (f *formatter) widthFrom(s *formatSpec) error {
	k, err := f.take(s.width)
	if err != nil {
		return err
	}
	a := f.c.Args[k]
	s.width = 0
	if a.IsNull(f.row) {
		return nil
	}
	if !a.Type.IsInteger() {
		d, err := types.ParseText(types.Int4, string(appendValue(nil, f.c, k, f.row)), nil)
		if err != nil {
			return err
		}
		s.width = int(d.I)
	} else {
		s.width = int(a.Fix[f.row])
	}
	if s.width < 0 {
		s.width, s.left = -s.width, true
	}
	if s.width > maxString {
		return errTooLong()
	}
	return nil
}

func (f *formatter) value(k int, kind byte) (string, error) {
	if f.c.Args[k].IsNull(f.row) {
		switch kind {
		case 'L':
			return "NULL", nil
		case 'I':
			return "", pgerr.New(pgerr.NullValueNotAllowed, "null values cannot be formatted as an SQL identifier")
		}
		return "", nil
	}
	s := string(appendValue(nil, f.c, k, f.row))
	switch kind {
	case 'I':
		return QuoteIdent(s), nil
	case 'L':
		return QuoteLiteral(s), nil
	}
	return s, nil
}
