package builtin

import (
	"bytes"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

var patternFuncs = concat(likeFuncs(), []Func{
	{
		Name: "like_escape", Args: list(types.Text, types.Text), Returns: types.Text,
		Doc:     "Rewrites a LIKE pattern with another escape character to one with a backslash; what ESCAPE stands for.",
		Example: `like_escape('10#%', '#') = '10\%'`, Kernel: rowsKernel(likeEscape),
	},
	{
		Name: "similar_to_escape", Args: list(types.Text), Returns: types.Text, Doc: "The regular expression of a SIMILAR TO pattern.",
		Example: "similar_to_escape('a%') = '^(?:a.*)$'", Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			return similar(c.Args[0].Bytes(i), []byte(`\`), out)
		}),
	},
	{
		Name: "similar_to_escape", Args: list(types.Text, types.Text), Returns: types.Text, Doc: "The regular expression of a SIMILAR TO pattern with its escape character.",
		Example: "similar_to_escape('a#%', '#') = '^(?:a\\%)$'", Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			return similar(c.Args[0].Bytes(i), c.Args[1].Bytes(i), out)
		}),
	},
})

func likeFuncs() []Func {
	ops := []struct {
		name, doc, example string
		fold, not          bool
	}{
		{"~~", "LIKE.", "('abc' ~~ 'a%') = true", false, false},
		{"!~~", "NOT LIKE.", "('abc' !~~ 'a%') = false", false, true},
		{"~~*", "ILIKE: LIKE without regard to case.", "('ABC' ~~* 'a%') = true", true, false},
		{"!~~*", "NOT ILIKE.", "('ABC' !~~* 'a%') = false", true, true},
	}
	var out []Func
	for _, op := range ops {
		for _, t := range []types.Type{types.Text, types.Bpchar, types.Name, types.Bytea} {
			pattern := types.Text
			if t == types.Bytea {
				if op.fold {
					continue
				}
				pattern = t
			}
			out = append(out, Func{
				Name: op.name, Args: list(t, pattern), Returns: types.Bool, Doc: op.doc,
				Example: op.example, Scalars: true, Kernel: likeKernel(op.fold, op.not, t == types.Bytea),
			})
		}
	}
	return out
}

func likeKernel(fold, not, binary bool) Kernel {
	return func(c *Call) *col.Vec {
		var lowered []byte
		return eachRow(c, func(i int, out *col.Builder) error {
			p := likePatternOf(c, c.Args[1].Bytes(c.Row(1, i)), fold, binary)
			s := c.Args[0].Bytes(c.Row(0, i))
			if fold {
				lowered = appendLower(lowered[:0], s)
				s = lowered
			}
			is, err := p.test(s)
			if err == nil {
				out.Bool(is != not)
			}
			return err
		})
	}
}

// likePatternOf returns the compiled pattern, from the last row where it is the same.
func likePatternOf(c *Call, pattern []byte, fold, binary bool) *likePattern {
	if p, ok := (*c.Memo).(*likePattern); ok && p.source == string(pattern) {
		return p
	}
	source := string(pattern)
	if fold {
		pattern = appendLower(nil, pattern)
	}
	p := compileLike(pattern, binary)
	p.source = source
	*c.Memo = p
	return p
}

// likePattern is a LIKE pattern cut at its percent signs. The first segment stands at
// the start of the string and the last at its end.
type likePattern struct {
	source   string
	segments []likeSegment
	binary   bool // underscore is one byte, not one character
	// dangling: the pattern ends with an escape character, which is an error for
	// strings that reach it. The segments then match just those strings.
	dangling bool
}

// likeSegment is literal bytes with, where hasAny, places for any one character.
type likeSegment struct {
	literal []byte
	any     []bool
	hasAny  bool
}

func (s *likeSegment) add(b byte, isAny bool) {
	s.literal = append(s.literal, b)
	s.any = append(s.any, isAny)
	s.hasAny = s.hasAny || isAny
}

func compileLike(pattern []byte, binary bool) *likePattern {
	p := &likePattern{segments: []likeSegment{{}}, binary: binary}
	for i := 0; i < len(pattern); i++ {
		last := &p.segments[len(p.segments)-1]
		switch pattern[i] {
		case '%':
			p.segments = append(p.segments, likeSegment{})
		case '_':
			last.add(0, true)
		case '\\':
			if i++; i == len(pattern) {
				last.add(0, true)
				p.segments = append(p.segments, likeSegment{})
				p.dangling = true
				return p
			}
			last.add(pattern[i], false)
		default:
			last.add(pattern[i], false)
		}
	}
	return p
}

// test matches s, or returns the error of a pattern that ends too early.
func (p *likePattern) test(s []byte) (bool, error) {
	is := p.matches(s)
	if is && p.dangling {
		return false, pgerr.New(pgerr.InvalidEscapeSequence, "LIKE pattern must not end with escape character")
	}
	return is, nil
}

func (p *likePattern) matches(s []byte) bool {
	first := &p.segments[0]
	n := p.matchAt(first, s)
	if n < 0 {
		return false
	}
	if len(p.segments) == 1 {
		return n == len(s)
	}
	s = s[n:]
	for i := 1; i < len(p.segments)-1; i++ {
		end := p.find(&p.segments[i], s)
		if end < 0 {
			return false
		}
		s = s[end:]
	}
	return p.matchesEnd(&p.segments[len(p.segments)-1], s)
}

// matchAt returns the number of bytes of s that seg takes at its start, or -1.
func (p *likePattern) matchAt(seg *likeSegment, s []byte) int {
	if !seg.hasAny {
		if bytes.HasPrefix(s, seg.literal) {
			return len(seg.literal)
		}
		return -1
	}
	at := 0
	for k, b := range seg.literal {
		switch {
		case at >= len(s):
			return -1
		case seg.any[k]:
			at += p.charLen(s[at:])
		case s[at] != b:
			return -1
		default:
			at++
		}
	}
	return at
}

func (p *likePattern) charLen(s []byte) int {
	if p.binary {
		return 1
	}
	return int(charOffset(s, 1))
}

// find returns the end of the first place in s where seg matches, or -1.
func (p *likePattern) find(seg *likeSegment, s []byte) int {
	if !seg.hasAny {
		at := bytes.Index(s, seg.literal)
		if at < 0 {
			return -1
		}
		return at + len(seg.literal)
	}
	for at := 0; at <= len(s); {
		if n := p.matchAt(seg, s[at:]); n >= 0 {
			return at + n
		}
		if at == len(s) {
			break
		}
		at += p.charLen(s[at:])
	}
	return -1
}

func (p *likePattern) matchesEnd(seg *likeSegment, s []byte) bool {
	if !seg.hasAny {
		return bytes.HasSuffix(s, seg.literal)
	}
	for at := 0; at < len(s); at += p.charLen(s[at:]) {
		if p.matchAt(seg, s[at:]) == len(s)-at {
			return true
		}
	}
	return false
}

func escapeChar(esc []byte) error {
	if len(esc) > 0 && int(charOffset(esc, 1)) != len(esc) {
		return pgerr.New(pgerr.InvalidEscapeSequence, "invalid escape string").
			WithHint("Escape string must be empty or one character.")
	}
	return nil
}

func likeEscape(c *Call, i int, out *col.Builder) error {
	pattern, esc := c.Args[0].Bytes(i), c.Args[1].Bytes(i)
	if err := escapeChar(esc); err != nil {
		return err
	}
	var dst []byte
	for len(pattern) > 0 {
		n := charOffset(pattern, 1)
		switch ch := pattern[:n]; {
		case len(esc) > 0 && bytes.Equal(ch, esc):
			dst = append(dst, '\\')
			pattern = pattern[n:]
			n = charOffset(pattern, 1)
			dst = append(dst, pattern[:n]...)
		case ch[0] == '\\':
			dst = append(dst, `\\`...)
		default:
			dst = append(dst, ch...)
		}
		pattern = pattern[n:]
	}
	out.Raw(dst)
	return nil
}

// similar writes the regular expression of a SIMILAR TO pattern: % and _ are wild,
// the rest of the SQL meta characters are those of regular expressions.
func similar(pattern, esc []byte, out *col.Builder) error {
	if err := escapeChar(esc); err != nil {
		return err
	}
	dst := []byte("^(?:")
	inClass := false
	for len(pattern) > 0 {
		n := charOffset(pattern, 1)
		ch := pattern[:n]
		pattern = pattern[n:]
		switch {
		case len(esc) > 0 && bytes.Equal(ch, esc):
			n = charOffset(pattern, 1)
			dst = append(append(dst, '\\'), pattern[:n]...)
			pattern = pattern[n:]
		case inClass:
			inClass = ch[0] != ']'
			if ch[0] == '\\' {
				dst = append(dst, '\\')
			}
			dst = append(dst, ch...)
		default:
			inClass = ch[0] == '['
			dst = appendSimilar(dst, ch)
		}
	}
	out.Raw(append(dst, ")$"...))
	return nil
}

func appendSimilar(dst, ch []byte) []byte {
	switch ch[0] {
	case '%':
		return append(dst, ".*"...)
	case '_':
		return append(dst, '.')
	case '(':
		return append(dst, "(?:"...)
	case '\\', '.', '^', '$':
		return append(dst, '\\', ch[0])
	}
	return append(dst, ch...)
}
