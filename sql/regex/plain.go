package regex

import (
	"bytes"
	"slices"
	"unicode/utf8"
)

// plain is an expression that is little more than literals ("(&|^)id=([^&]*)"): it is
// matched by search for the literals, which is many times faster than the automaton.
// Where two ways through it end at the same place, the automaton has to say which one
// it is.
type plain struct {
	variants []variant
}

// variant is a straight line of steps without choices: how far a repetition goes does
// not depend on what follows it.
type variant struct {
	// head is the literal that a match begins with; anchored ones begin at the start of
	// the text.
	head     []byte
	anchored bool
	steps    []step
}

// step matches a literal, a repeated set of bytes or an end of the text, or notes the
// place of a group.
type step struct {
	kind stepKind
	text []byte
	set  *[256]bool
	min  int
	slot int
}

type stepKind uint8

const (
	stepText stepKind = iota
	stepRepeat
	stepBegin
	stepEnd
	stepNote
)

// variantsMax bounds the ways to match of a plain expression.
const variantsMax = 16

// newPlain returns nil if the expression is not plain.
func newPlain(root *node) *plain {
	lines, ok := straighten(root)
	if !ok {
		return nil
	}
	p := &plain{}
	for _, steps := range lines {
		v, ok := newVariant(joinTexts(steps))
		if !ok {
			return nil
		}
		p.variants = append(p.variants, v)
	}
	return p
}

// straighten lists the ways through an expression.
func straighten(n *node) (lines [][]step, ok bool) {
	switch n.op {
	case opEmpty:
		return [][]step{nil}, true
	case opClass:
		r, ok := onlyRune(n.class)
		return [][]step{{{kind: stepText, text: utf8.AppendRune(nil, r)}}}, ok
	case opAssert:
		switch n.assert {
		case atTextStart:
			return [][]step{{{kind: stepBegin}}}, true
		case atTextEnd:
			return [][]step{{{kind: stepEnd}}}, true
		}
		return nil, false
	case opRepeat:
		return straightenRepeat(n)
	case opGroup:
		inner, ok := straighten(n.kids[0])
		for _, steps := range inner {
			line := append([]step{{kind: stepNote, slot: 2 * n.group}}, steps...)
			lines = append(lines, append(line, step{kind: stepNote, slot: 2*n.group + 1}))
		}
		return lines, ok
	case opCat:
		return straightenAll(n.kids)
	case opAlt:
		for _, k := range n.kids {
			ways, ok := straighten(k)
			if !ok || len(lines)+len(ways) > variantsMax {
				return nil, false
			}
			lines = append(lines, ways...)
		}
		return lines, true
	}
	return nil, false
}

// straightenRepeat takes repetitions without upper bound of one character.
func straightenRepeat(n *node) (lines [][]step, ok bool) {
	if n.prefer != longer || n.max != unlimited || n.min > 1 || n.kids[0].op != opClass {
		return nil, false
	}
	set, ok := byteSet(n.kids[0].class)
	return [][]step{{{kind: stepRepeat, set: set, min: n.min}}}, ok
}

func straightenAll(list []*node) (lines [][]step, ok bool) {
	lines = [][]step{nil}
	for _, k := range list {
		ways, ok := straighten(k)
		if !ok || len(lines)*len(ways) > variantsMax {
			return nil, false
		}
		var more [][]step
		for _, line := range lines {
			for _, way := range ways {
				more = append(more, append(slices.Clone(line), way...))
			}
		}
		lines = more
	}
	return lines, true
}

// joinTexts makes literals in a row one.
func joinTexts(steps []step) []step {
	var out []step
	for _, s := range steps {
		if k := len(out) - 1; k >= 0 && s.kind == stepText && out[k].kind == stepText {
			out[k].text = append(slices.Clone(out[k].text), s.text...)
			continue
		}
		out = append(out, s)
	}
	return out
}

// onlyRune is the one character of a class.
func onlyRune(c *class) (rune, bool) {
	if len(c.sets) > 0 || c.negated || c.folded || len(c.ranges) != 2 || c.ranges[0] != c.ranges[1] {
		return 0, false
	}
	return c.ranges[0], true
}

// byteSet is a class as a set of bytes. Characters of several bytes must be in it all or
// not at all; repeated, they may then be taken byte by byte.
func byteSet(c *class) (*[256]bool, bool) {
	if len(c.sets) > 0 || c.folded {
		return nil, false
	}
	set := new([256]bool)
	for i := 0; i < len(c.ranges); i += 2 {
		if c.ranges[i+1] >= utf8.RuneSelf {
			return nil, false
		}
		for r := c.ranges[i]; r <= c.ranges[i+1]; r++ {
			set[r] = true
		}
	}
	if c.negated {
		for b := range set {
			set[b] = !set[b]
		}
	}
	return set, true
}

// newVariant checks that a line needs no way back, and takes its head off.
func newVariant(steps []step) (v variant, ok bool) {
	for i, s := range steps {
		if s.kind == stepRepeat && !endsClearly(s.set, steps[i+1:]) {
			return v, false
		}
	}
	v.steps = steps
	for _, s := range steps {
		switch s.kind {
		case stepNote:
			continue
		case stepBegin:
			v.anchored = true
			return v, true
		case stepText:
			v.head = s.text
			return v, true
		}
		break
	}
	return v, false
}

// endsClearly reports whether what follows a repetition cannot begin within it.
func endsClearly(set *[256]bool, rest []step) bool {
	for _, s := range rest {
		switch s.kind {
		case stepNote:
		case stepText:
			return !set[s.text[0]]
		case stepEnd:
			return true
		default:
			return false
		}
	}
	return true
}

// find sets at to the places of the first match. It reports whether there is one, and
// whether it can tell.
func (p *plain) find(s []byte, at []int) (found, sure bool) {
	var memory [20]int
	if len(at) > len(memory) {
		return false, false
	}
	try := memory[:len(at)]
	best := -1
	sure = true
	for i := range p.variants {
		if !p.variants[i].find(s, best, try) {
			continue
		}
		switch {
		case best < 0 || try[0] < best || try[1] > at[1]:
			copy(at, try)
			best, sure = at[0], true
		case try[1] == at[1]:
			sure = false
		}
	}
	return best >= 0, sure
}

// find looks for the variant's first match, which must begin at or before limit if that
// is not negative.
func (v *variant) find(s []byte, limit int, at []int) bool {
	if v.anchored {
		return v.match(s, 0, at)
	}
	for from := 0; ; from++ {
		i := bytes.Index(s[from:], v.head)
		if i < 0 {
			return false
		}
		if from += i; limit >= 0 && from > limit {
			return false
		}
		if v.match(s, from, at) {
			return true
		}
	}
}

func (v *variant) match(s []byte, from int, at []int) bool {
	for i := range at {
		at[i] = -1
	}
	i := from
	for k := range v.steps {
		switch step := &v.steps[k]; step.kind {
		case stepText:
			if !bytes.HasPrefix(s[i:], step.text) {
				return false
			}
			i += len(step.text)
		case stepRepeat:
			start := i
			for i < len(s) && step.set[s[i]] {
				i++
			}
			if i-start < step.min {
				return false
			}
		case stepBegin:
			if i != 0 {
				return false
			}
		case stepEnd:
			if i != len(s) {
				return false
			}
		case stepNote:
			at[step.slot] = i
		}
	}
	at[0], at[1] = from, i
	return true
}
