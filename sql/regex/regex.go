package regex

import (
	"regexp"
	"unicode/utf8"
)

// Options are PostgreSQL's flags. The zero value is how the operator ~ matches.
type Options struct {
	// Fold ignores case (flag i).
	Fold bool
	// Literal takes the pattern as plain text (flag q).
	Literal bool
	// Expanded ignores white space and comments in the pattern (flag x).
	Expanded bool
	// DotLine keeps . and negated brackets from matching a newline (flags n, p);
	// Lines lets ^ and $ match at newlines (flags n, w).
	DotLine, Lines bool
}

// Regexp is a compiled expression. It keeps its working memory between calls and must
// not be used by two goroutines at once.
type Regexp struct {
	root   *node
	groups int
	prog   *program
	tree   *part
	fast   *regexp.Regexp // answers Match; nil where Go has no syntax for it
	plain  *plain         // answers what it can; nil for most expressions
	work   matcher
}

// Compile reads a pattern. Errors have code 2201B (or 2201B's kin of PostgreSQL).
func Compile(pattern string, o Options) (*Regexp, error) {
	p, err := parse(pattern, o)
	if err != nil {
		return nil, err
	}
	r := &Regexp{root: p.root, groups: p.groups, plain: newPlain(p.root)}
	b := builder{groups: p.groupNodes}
	if r.prog, err = b.program(p.root); err != nil {
		return nil, err
	}
	if r.tree, err = b.dissection(p.root); err != nil {
		return nil, err
	}
	if source, ok := goSource(p.root); ok {
		r.fast, _ = regexp.Compile(source)
	}
	return r, nil
}

// Groups returns how many capturing groups the expression has.
func (r *Regexp) Groups() int { return r.groups }

// Match reports whether the expression matches anywhere in s.
func (r *Regexp) Match(s []byte) bool {
	if r.plain != nil {
		var memory [20]int
		if at := memory[:]; 2*r.groups+2 <= len(at) {
			found, _ := r.plain.find(s, at[:2*r.groups+2])
			return found
		}
	}
	if r.fast != nil {
		return r.fast.Match(s)
	}
	return r.Find(s, 0) != nil
}

// Find returns the first match that begins at byte from or later: the bounds of the
// match and of each group as byte offsets, -1 for a group that took no part. The text
// before from counts as context. The result is nil without a match, and belongs to the
// caller.
func (r *Regexp) Find(s []byte, from int) []int {
	if r.plain != nil && from == 0 {
		at := make([]int, 2*r.groups+2)
		if found, sure := r.plain.find(s, at); sure {
			if !found {
				return nil
			}
			return at
		}
	}
	m := &r.work
	m.begin(s)
	for at := m.index(from); at <= len(m.text); {
		start, end, ok := m.search(r, at)
		if !ok {
			return nil
		}
		if end >= 0 {
			return m.offsets(start, end, r.groups)
		}
		at = start + 1
	}
	return nil
}

// All returns up to limit matches, or all when limit is negative. A search goes on at
// the end of the last match, or one character later when that was empty.
func (r *Regexp) All(s []byte, from, limit int) [][]int {
	var out [][]int
	for limit < 0 || len(out) < limit {
		at := r.Find(s, from)
		if at == nil {
			break
		}
		out = append(out, at)
		from = at[1]
		if at[0] == at[1] {
			if from >= len(s) {
				break
			}
			_, n := utf8.DecodeRune(s[from:])
			from += n
		}
	}
	return out
}
