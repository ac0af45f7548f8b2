package builtin

import (
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/regex"
	"millrace/sql/types"
)

var regexpFuncs = concat(matchOperators(), []Func{
	{
		Name: "substring", Args: list(types.Text, types.Text), Returns: types.Text,
		Doc:     "The first match of a regular expression, or of its first group.",
		Example: "substring('Thomas' from '...$') = 'mas'", Scalars: true, Kernel: rowsKernel(regexpSubstring),
	},
	{
		Name: "regexp_substr", Args: list(types.Text, types.Text), Returns: types.Text, Doc: "The first match of a regular expression.",
		Example: "regexp_substr('ABCDEF', 'C.') = 'CD'", Scalars: true, Kernel: rowsKernel(regexpSubstr),
	},
	{
		Name: "regexp_like", Args: list(types.Text, types.Text), Returns: types.Bool, Doc: "Whether a regular expression matches.",
		Example: "regexp_like('Hello World', 'world$') = false", Scalars: true, Kernel: matchKernel(false, false),
	},
	{
		Name: "regexp_like", Args: list(types.Text, types.Text, types.Text), Returns: types.Bool, Doc: "Whether a regular expression matches, with flags.",
		Example: "regexp_like('Hello World', 'world$', 'i') = true", Scalars: true, Kernel: rowsKernel(regexpLike),
	},
	{
		Name: "regexp_count", Args: list(types.Text, types.Text), Returns: types.Int4, Doc: "Number of matches of a regular expression.",
		Example: "regexp_count('ABCABC', 'A.') = 2", Scalars: true, Kernel: rowsKernel(regexpCount),
	},
	{
		Name: "regexp_replace", Args: list(types.Text, types.Text, types.Text), Returns: types.Text,
		Doc:     `Replaces the first match of a regular expression; \1 to \9 and \& stand for groups and the match.`,
		Example: "regexp_replace('Thomas', '.[mN]a.', 'M') = 'ThM'", Scalars: true, Kernel: rowsKernel(regexpReplace),
	},
	{
		Name: "regexp_replace", Args: list(types.Text, types.Text, types.Text, types.Text), Returns: types.Text,
		Doc:     "Replaces the first match of a regular expression, with flag g all.",
		Example: "regexp_replace('abc abc', 'B', 'x', 'gi') = 'axc axc'", Scalars: true, Kernel: rowsKernel(regexpReplace),
	},
	{
		Name: "regexp_match", Args: list(types.Text, types.Text), Returns: types.ArrayOf(types.KindText),
		Doc: "The groups of the first match, or the match.", Example: "regexp_match('foobarbequebaz', '(bar)(beque)') = array['bar', 'beque']",
		Scalars: true, Kernel: rowsKernel(regexpMatch),
	},
	{
		Name: "regexp_match", Args: list(types.Text, types.Text, types.Text), Returns: types.ArrayOf(types.KindText),
		Doc: "The groups of the first match, or the match, with flags.", Example: "regexp_match('FOO', 'o+', 'i') = array['OO']",
		Scalars: true, Kernel: rowsKernel(regexpMatch),
	},
	{
		Name: "regexp_split_to_array", Args: list(types.Text, types.Text), Returns: types.ArrayOf(types.KindText),
		Doc: "Splits at the matches of a regular expression.", Example: `regexp_split_to_array('hello world', '\s+') = array['hello', 'world']`,
		Scalars: true, Kernel: rowsKernel(regexpSplit),
	},
	{
		Name: "regexp_split_to_array", Args: list(types.Text, types.Text, types.Text), Returns: types.ArrayOf(types.KindText),
		Doc: "Splits at the matches of a regular expression, with flags.", Example: `regexp_split_to_array('aXbxc', 'x', 'i') = array['a', 'b', 'c']`,
		Scalars: true, Kernel: rowsKernel(regexpSplit),
	},
})

func matchOperators() []Func {
	ops := []struct {
		name, doc, example string
		fold, not          bool
	}{
		{"~", "Matches a regular expression.", "('thomas' ~ 't.*ma') = true", false, false},
		{"!~", "Does not match a regular expression.", "('thomas' !~ 't.*ma') = false", false, true},
		{"~*", "Matches a regular expression without regard to case.", "('thomas' ~* 'T.*ma') = true", true, false},
		{"!~*", "Does not match a regular expression without regard to case.", "('thomas' !~* 'T.*ma') = false", true, true},
	}
	var out []Func
	for _, op := range ops {
		for _, t := range []types.Type{types.Text, types.Bpchar, types.Name} {
			out = append(out, Func{
				Name: op.name, Args: list(t, types.Text), Returns: types.Bool, Doc: op.doc,
				Example: op.example, Scalars: true, Kernel: matchKernel(op.fold, op.not),
			})
		}
	}
	return out
}

func matchKernel(fold, not bool) Kernel {
	return rowsKernel(func(c *Call, i int, out *col.Builder) error {
		re, err := regexpOf(c, c.Args[1].Bytes(c.Row(1, i)), fold)
		if err != nil {
			return err
		}
		out.Bool(re.Match(c.Args[0].Bytes(c.Row(0, i))) != not)
		return nil
	})
}

// compiledRegexp is what a call site keeps between rows and batches.
type compiledRegexp struct {
	pattern, flags string
	re             *regex.Regexp
	global         bool
}

func regexpOf(c *Call, pattern []byte, fold bool) (*regex.Regexp, error) {
	flags := ""
	if fold {
		flags = "i"
	}
	m, err := regexpWith(c, pattern, []byte(flags), "")
	if err != nil {
		return nil, err
	}
	return m.re, nil
}

// regexpWith returns the compiled pattern, from the last row where it is the same.
// name is the function's if it refuses the flag g.
func regexpWith(c *Call, pattern, flags []byte, name string) (*compiledRegexp, error) {
	if m, ok := (*c.Memo).(*compiledRegexp); ok && m.pattern == string(pattern) && m.flags == string(flags) {
		return m, nil
	}
	m := &compiledRegexp{pattern: string(pattern), flags: string(flags)}
	var o regex.Options
	for _, f := range m.flags {
		switch {
		case f == 'g' && name == "":
			m.global = true
		case f == 'g':
			return nil, errGlobal(name)
		case f > 0x7f || !o.Set(byte(f)):
			return nil, pgerr.Newf(pgerr.InvalidParameterValue, "invalid regular expression option: \"%c\"", f)
		}
	}
	var err error
	if m.re, err = regex.Compile(m.pattern, o); err != nil {
		return nil, err
	}
	*c.Memo = m
	return m, nil
}

func errGlobal(name string) error {
	err := pgerr.Newf(pgerr.InvalidParameterValue, "%s() does not support the \"global\" option", name)
	if name == "regexp_match" {
		return err.WithHint("Use the regexp_matches function instead.")
	}
	return err
}

// argRegexp compiles argument 1 with the flags of argument k, where there is one.
func argRegexp(c *Call, i, k int, name string) (*compiledRegexp, error) {
	var flags []byte
	if k < len(c.Args) {
		flags = c.Args[k].Bytes(c.Row(k, i))
	}
	return regexpWith(c, c.Args[1].Bytes(c.Row(1, i)), flags, name)
}

func regexpLike(c *Call, i int, out *col.Builder) error {
	m, err := argRegexp(c, i, 2, "regexp_like")
	if err == nil {
		out.Bool(m.re.Match(c.Args[0].Bytes(c.Row(0, i))))
	}
	return err
}

func regexpCount(c *Call, i int, out *col.Builder) error {
	m, err := argRegexp(c, i, 2, "regexp_count")
	if err == nil {
		out.Int(int64(len(m.re.All(c.Args[0].Bytes(c.Row(0, i)), 0, -1))))
	}
	return err
}

func regexpSubstring(c *Call, i int, out *col.Builder) error {
	m, err := argRegexp(c, i, 2, "substring")
	if err != nil {
		return err
	}
	s := c.Args[0].Bytes(c.Row(0, i))
	at := m.re.Find(s, 0)
	switch {
	case at == nil || len(at) > 2 && at[2] < 0:
		out.Null()
	case len(at) > 2:
		out.Raw(s[at[2]:at[3]])
	default:
		out.Raw(s[at[0]:at[1]])
	}
	return nil
}

func regexpSubstr(c *Call, i int, out *col.Builder) error {
	m, err := argRegexp(c, i, 2, "regexp_substr")
	if err != nil {
		return err
	}
	s := c.Args[0].Bytes(c.Row(0, i))
	if at := m.re.Find(s, 0); at != nil {
		out.Raw(s[at[0]:at[1]])
	} else {
		out.Null()
	}
	return nil
}

func regexpReplace(c *Call, i int, out *col.Builder) error {
	m, err := argRegexp(c, i, 3, "")
	if err != nil {
		return err
	}
	s, with := c.Args[0].Bytes(c.Row(0, i)), c.Args[2].Bytes(c.Row(2, i))
	limit := 1
	if m.global {
		limit = -1
	}
	matches := m.re.All(s, 0, limit)
	out.Grow(func(buf []byte) []byte {
		last := 0
		for _, at := range matches {
			buf = appendReplacement(append(buf, s[last:at[0]]...), with, s, at)
			last = at[1]
		}
		return append(buf, s[last:]...)
	})
	return nil
}

// appendReplacement appends the replacement text with its groups put in.
func appendReplacement(dst, with, s []byte, at []int) []byte {
	for k := 0; k < len(with); k++ {
		if with[k] != '\\' || k+1 == len(with) {
			dst = append(dst, with[k])
			continue
		}
		k++
		group := -1
		switch b := with[k]; {
		case b == '&':
			group = 0
		case b >= '1' && b <= '9':
			group = int(b - '0')
		case b == '\\':
			dst = append(dst, b)
		default:
			dst = append(dst, '\\', b)
		}
		if group >= 0 && 2*group+1 < len(at) && at[2*group] >= 0 {
			dst = append(dst, s[at[2*group]:at[2*group+1]]...)
		}
	}
	return dst
}

func regexpMatch(c *Call, i int, out *col.Builder) error {
	m, err := argRegexp(c, i, 2, "regexp_match")
	if err != nil {
		return err
	}
	s := c.Args[0].Bytes(c.Row(0, i))
	if at := m.re.Find(s, 0); at != nil {
		out.Datum(groups(s, at))
	} else {
		out.Null()
	}
	return nil
}

// groups returns the groups of a match, or the match when there are none, as an array.
func groups(s []byte, at []int) types.Datum {
	first := 1
	if len(at) == 2 {
		first = 0
	}
	var elems []types.Datum
	for g := first; g < len(at)/2; g++ {
		if at[2*g] < 0 {
			elems = append(elems, types.Null)
			continue
		}
		elems = append(elems, types.BytesDatum(string(s[at[2*g]:at[2*g+1]])))
	}
	return types.ArrayDatum(types.Text, elems)
}

func regexpSplit(c *Call, i int, out *col.Builder) error {
	m, err := argRegexp(c, i, 2, "regexp_split_to_array")
	if err != nil {
		return err
	}
	var elems []types.Datum
	for _, part := range splitAt(m.re, c.Args[0].Bytes(c.Row(0, i))) {
		elems = append(elems, types.BytesDatum(part))
	}
	out.Datum(types.ArrayDatum(types.Text, elems))
	return nil
}

// splitAt splits s at the matches of re; empty matches at the ends or next to a
// match do not split.
func splitAt(re *regex.Regexp, s []byte) []string {
	var out []string
	last := 0
	for _, at := range re.All(s, 0, -1) {
		if at[1] == at[0] && (at[0] == last || at[0] == len(s)) {
			continue
		}
		out = append(out, string(s[last:at[0]]))
		last = at[1]
	}
	return append(out, string(s[last:]))
}
