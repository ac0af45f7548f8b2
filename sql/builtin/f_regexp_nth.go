package builtin

import (
	"unicode/utf8"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/regex"
	"millrace/sql/types"
)

// regexpNthFuncs are the regular expression functions that take a start and the number
// of a match. What is before the start counts for ^, \m and look-behind.
func regexpNthFuncs() []Func {
	three := list(types.Text, types.Text, types.Int4)
	more := func(ts ...types.Type) []types.Type { return append(append([]types.Type(nil), three...), ts...) }
	entry := func(name string, args []types.Type, returns types.Type, doc, example string, k func(c *Call, i int, out *col.Builder) error) Func {
		return Func{Name: name, Args: args, Returns: returns, Doc: doc, Example: example, Scalars: true, Kernel: rowsKernel(k)}
	}
	const (
		count  = "Number of matches of a regular expression from a place on."
		substr = "The n-th match of a regular expression from a place on, or a group of it."
		instr  = "Where the n-th match of a regular expression from a place on begins, or ends if the fifth argument is 1; 0 when there is none."
		with   = "Replaces the n-th match of a regular expression from a place on, all when n is 0."
	)
	replaceArgs := list(types.Text, types.Text, types.Text, types.Int4)
	return []Func{
		entry("regexp_count", three, types.Int4, count, "regexp_count('ABCABCAXY', 'A.', 3) = 2", regexpCountFrom),
		entry("regexp_count", more(types.Text), types.Int4, count, "regexp_count('ABCABCAXY', 'a.', 3, 'i') = 2", regexpCountFrom),
		entry("regexp_substr", three, types.Text, substr, "regexp_substr('ABCDEF', 'C.', 1) = 'CD'", regexpSubstrNth),
		entry("regexp_substr", more(types.Int4), types.Text, substr, "regexp_substr('ABCABD', 'A..', 1, 2) = 'ABD'", regexpSubstrNth),
		entry("regexp_substr", more(types.Int4, types.Text), types.Text, substr, "regexp_substr('ABCABD', 'a..', 1, 2, 'i') = 'ABD'", regexpSubstrNth),
		entry("regexp_substr", more(types.Int4, types.Text, types.Int4), types.Text, substr, "regexp_substr('ABCDEF', 'c(.)(..)', 1, 1, 'i', 2) = 'EF'", regexpSubstrNth),
		entry("regexp_instr", list(types.Text, types.Text), types.Int4, instr, "regexp_instr('ABCDEF', 'C.') = 3", regexpInstr),
		entry("regexp_instr", three, types.Int4, instr, "regexp_instr('ABCABC', 'C', 4) = 6", regexpInstr),
		entry("regexp_instr", more(types.Int4), types.Int4, instr, "regexp_instr('ABCABC', 'C', 1, 2) = 6", regexpInstr),
		entry("regexp_instr", more(types.Int4, types.Int4), types.Int4, instr, "regexp_instr('ABCABC', 'C', 1, 1, 1) = 4", regexpInstr),
		entry("regexp_instr", more(types.Int4, types.Int4, types.Text), types.Int4, instr, "regexp_instr('ABCABC', 'c', 1, 2, 0, 'i') = 6", regexpInstr),
		entry("regexp_instr", more(types.Int4, types.Int4, types.Text, types.Int4), types.Int4, instr,
			"regexp_instr('ABCDEF', 'c(.)(..)', 1, 1, 0, 'i', 2) = 5", regexpInstr),
		entry("regexp_replace", replaceArgs, types.Text, with, "regexp_replace('abcabc', 'b', 'X', 3) = 'abcaXc'", regexpReplaceNth),
		entry("regexp_replace", append(replaceArgs[:4:4], types.Int4), types.Text, with, "regexp_replace('abcabc', 'b', 'X', 1, 2) = 'abcaXc'", regexpReplaceNth),
		entry("regexp_replace", append(replaceArgs[:4:4], types.Int4, types.Text), types.Text, with, "regexp_replace('abcabc', 'B', 'X', 1, 0, 'i') = 'aXcaXc'", regexpReplaceNth),
	}
}

// nthCall is the arguments of such a function, NULLs being out of the question.
type nthCall struct {
	re    *regex.Regexp
	s     []byte
	from  int64 // byte offset of the start
	n     int64
	ends  int64
	group int64
	// behind: the start is behind the end of the string, where nothing matches.
	behind bool
}

// intArg returns integer argument k, or what it is when absent.
func intArg(c *Call, k, i int, absent int64) int64 {
	if k >= len(c.Args) {
		return absent
	}
	return c.Args[k].Fix[c.Row(k, i)]
}

func errParameter(name string, value int64) error {
	return pgerr.Newf(pgerr.InvalidParameterValue, "invalid value for parameter \"%s\": %d", name, value)
}

// nthOf reads the arguments; start is the place of the argument with the start, and
// flags that of the flags. name is the function's if it refuses the flag g.
func nthOf(c *Call, i int, name string, start, n, ends, flags, group int) (r nthCall, err error) {
	r.s = c.Args[0].Bytes(c.Row(0, i))
	from := intArg(c, start, i, 1)
	r.n, r.ends, r.group = intArg(c, n, i, 1), intArg(c, ends, i, 0), intArg(c, group, i, 0)
	switch {
	case from < 1:
		return r, errParameter("start", from)
	case r.n < 0 || r.n == 0 && start != 3: // replacing, 0 means all
		return r, errParameter("n", r.n)
	case r.ends != 0 && r.ends != 1:
		return r, errParameter("endoption", r.ends)
	case r.group < 0:
		return r, errParameter("subexpr", r.group)
	}
	m, err := argRegexp(c, i, flags, name)
	if err != nil {
		return r, err
	}
	r.re, r.from = m.re, charOffset(r.s, from-1)
	r.behind = from-1 > int64(utf8.RuneCount(r.s))
	return r, nil
}

// absent is the place of an argument that a function does not have.
const absent = 1 << 20

func regexpCountFrom(c *Call, i int, out *col.Builder) error {
	r, err := nthOf(c, i, "regexp_count", 2, absent, absent, 3, absent)
	if err == nil {
		out.Int(int64(len(r.all(-1))))
	}
	return err
}

// all returns at most limit matches from the start on.
func (r nthCall) all(limit int) [][]int {
	if r.behind {
		return nil
	}
	return r.re.All(r.s, int(r.from), limit)
}

// find returns the bounds of the match or group that is meant, within s.
func (r nthCall) find() (from, to int64, ok bool) {
	if r.n > int64(len(r.s))+1 {
		return 0, 0, false
	}
	matches := r.all(int(r.n))
	if int64(len(matches)) < r.n {
		return 0, 0, false
	}
	at := matches[r.n-1]
	if r.group == 1 && len(at) == 2 {
		r.group = 0
	}
	if 2*r.group+1 >= int64(len(at)) || at[2*r.group] < 0 {
		return 0, 0, false
	}
	return int64(at[2*r.group]), int64(at[2*r.group+1]), true
}

func regexpSubstrNth(c *Call, i int, out *col.Builder) error {
	r, err := nthOf(c, i, "regexp_substr", 2, 3, absent, 4, 5)
	if err != nil {
		return err
	}
	if from, to, ok := r.find(); ok {
		out.Raw(r.s[from:to])
	} else {
		out.Null()
	}
	return nil
}

func regexpInstr(c *Call, i int, out *col.Builder) error {
	r, err := nthOf(c, i, "regexp_instr", 2, 3, 4, 5, 6)
	if err != nil {
		return err
	}
	from, to, ok := r.find()
	switch {
	case !ok:
		out.Int(0)
	case r.ends == 1:
		out.Int(int64(utf8.RuneCount(r.s[:to])) + 1)
	default:
		out.Int(int64(utf8.RuneCount(r.s[:from])) + 1)
	}
	return nil
}

func regexpReplaceNth(c *Call, i int, out *col.Builder) error {
	r, err := nthOf(c, i, "", 3, 4, absent, 5, absent)
	if err != nil {
		return err
	}
	with, s := c.Args[2].Bytes(c.Row(2, i)), r.s
	var dst []byte
	last := 0
	for k, at := range r.all(-1) {
		if r.n == 0 || int64(k) == r.n-1 {
			dst = appendReplacement(append(dst, s[last:at[0]]...), with, s, at)
			last = at[1]
		}
	}
	out.Raw(append(dst, s[last:]...))
	return nil
}
