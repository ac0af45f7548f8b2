package regex

import (
	"strings"
	"unicode/utf8"

	"millrace/sql/pgerr"
)

// op is the kind of a node.
type op uint8

const (
	opEmpty   op = iota
	opClass      // one character of a class
	opCat        // kids one after the other
	opAlt        // one of kids
	opRepeat     // kids[0], min to max times
	opGroup      // kids[0], captured
	opBackref    // what a group took
	opAssert     // a place: see assertion
	opLook       // look-ahead or look-behind at kids[0]
)

// preference is whether a quantifier takes as much or as little as it can.
type preference uint8

const (
	longer  preference = 1
	shorter preference = 2
)

// assertion is a condition on a place between characters.
type assertion uint8

const (
	atTextStart assertion = iota
	atTextEnd
	atLineStart
	atLineEnd
	atWordStart
	atWordEnd
	atWordEdge
	notAtWordEdge
)

// node is a node of the syntax tree.
type node struct {
	op       op
	kids     []*node
	class    *class
	min, max int // max -1 is no limit
	prefer   preference
	group    int // of opGroup and opBackref
	assert   assertion
	behind   bool // of opLook
	negated  bool // of opLook
	fold     bool // of opBackref
}

// unlimited is the upper bound of * and +.
const unlimited = -1

// repeatMax is the largest count in braces.
const repeatMax = 255

// depthMax bounds the nesting of groups.
const depthMax = 1000

type parser struct {
	in     string
	at     int
	o      Options
	root   *node
	groups int
	// groupNodes are the finished groups by number; nil while one is open.
	groupNodes []*node
	look       int // depth of look-around, in which nothing is captured
	depth      int
	err        error
}

func problem(what string) error {
	return pgerr.New(pgerr.InvalidRegularExpression, "invalid regular expression: "+what)
}

func parse(pattern string, o Options) (*parser, error) {
	p := &parser{in: pattern, o: o, groupNodes: []*node{nil}}
	p.directors()
	if p.o.Literal {
		p.root = p.literal()
		return p, p.err
	}
	if p.err == nil {
		p.root = p.alternatives()
	}
	if p.err == nil && p.at < len(p.in) {
		p.fail("parentheses () not balanced")
	}
	return p, p.err
}

func (p *parser) fail(what string) {
	if p.err == nil {
		p.err = problem(what)
	}
}

// directors reads what may stand at the start only: ***= for plain text, ***: for this
// syntax, and options in (?...).
func (p *parser) directors() {
	switch {
	case strings.HasPrefix(p.in, "***="):
		p.at, p.o.Literal = 4, true
		return
	case strings.HasPrefix(p.in, "***:"):
		p.at = 4
	case strings.HasPrefix(p.in, "***"):
		p.fail("invalid regexp (reg version 0.8)")
		return
	}
	rest := p.in[p.at:]
	if p.o.Literal || !strings.HasPrefix(rest, "(?") || len(rest) < 3 || !isLetter(rest[2]) {
		return
	}
	end := strings.IndexByte(rest, ')')
	letters := strings.TrimRight(rest[2:max(end, 2)], "")
	for i := 0; i < len(letters); i++ {
		if !isLetter(letters[i]) {
			end = -1
		}
	}
	if end < 0 {
		p.fail("invalid embedded option")
		return
	}
	for i := range len(letters) {
		if !p.o.set(letters[i]) {
			p.fail("invalid embedded option")
			return
		}
	}
	p.at += end + 1
}

func isLetter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }

// set applies one option letter.
func (o *Options) set(letter byte) bool {
	switch letter {
	case 'i':
		o.Fold = true
	case 'c':
		o.Fold = false
	case 'n', 'm':
		o.DotLine, o.Lines = true, true
	case 'p':
		o.DotLine, o.Lines = true, false
	case 'w':
		o.DotLine, o.Lines = false, true
	case 's':
		o.DotLine, o.Lines = false, false
	case 'q':
		o.Literal = true
	case 'x':
		o.Expanded = true
	case 't':
		o.Expanded = false
	case 'b', 'e':
	default:
		return false
	}
	return true
}

// Set applies a flag of PostgreSQL's functions; false if there is no such flag.
func (o *Options) Set(letter byte) bool { return o.set(letter) }

func (p *parser) literal() *node {
	out := &node{op: opCat}
	for _, r := range p.in[p.at:] {
		out.kids = append(out.kids, p.char(r))
	}
	return out
}

func (p *parser) char(r rune) *node {
	c := &class{}
	c.add(r, r)
	return p.classNode(c)
}

func (p *parser) classNode(c *class) *node {
	if p.o.Fold {
		c.foldCase()
	}
	return &node{op: opClass, class: c}
}

// next returns the character at the place of reading, 0 at the end.
func (p *parser) next() byte {
	if p.at < len(p.in) {
		return p.in[p.at]
	}
	return 0
}

func (p *parser) more() bool { return p.err == nil && p.at < len(p.in) }

func (p *parser) alternatives() *node {
	if p.depth++; p.depth > depthMax {
		p.fail("regular expression is too complex")
	}
	defer func() { p.depth-- }()
	branches := []*node{p.branch()}
	for p.more() && p.next() == '|' {
		p.at++
		branches = append(branches, p.branch())
	}
	if len(branches) == 1 {
		return branches[0]
	}
	return &node{op: opAlt, kids: branches}
}

func (p *parser) branch() *node {
	out := &node{op: opCat}
	for p.more() {
		if p.skipIgnored(); !p.more() {
			break
		}
		if b := p.next(); b == '|' || b == ')' && p.depth > 1 {
			break
		}
		n, quantifiable := p.atom()
		if p.err != nil {
			break
		}
		if n = p.quantified(n, quantifiable); n != nil {
			out.kids = append(out.kids, n)
		}
	}
	return out
}

// skipIgnored passes comments (?#...), and white space and # comments when expanded.
func (p *parser) skipIgnored() {
	for p.more() {
		switch b := p.next(); {
		case strings.HasPrefix(p.in[p.at:], "(?#"):
			end := strings.IndexByte(p.in[p.at:], ')')
			if end < 0 {
				p.at = len(p.in)
				return
			}
			p.at += end + 1
		case p.o.Expanded && strings.IndexByte(" \t\n\v\f\r", b) >= 0:
			p.at++
		case p.o.Expanded && b == '#':
			end := strings.IndexByte(p.in[p.at:], '\n')
			if end < 0 {
				p.at = len(p.in)
				return
			}
			p.at += end + 1
		default:
			return
		}
	}
}

// atom reads one atom or condition; conditions take no quantifier.
func (p *parser) atom() (n *node, quantifiable bool) {
	switch b := p.next(); b {
	case '(':
		return p.paren()
	case '[':
		return p.bracket()
	case '\\':
		return p.escape()
	case '.':
		p.at++
		c := &class{negated: true}
		if p.o.DotLine {
			c.add('\n', '\n')
		}
		return &node{op: opClass, class: c}, true
	case '^':
		p.at++
		return p.place(atTextStart, atLineStart), false
	case '$':
		p.at++
		return p.place(atTextEnd, atLineEnd), false
	case '*', '+', '?':
		p.fail("quantifier operand invalid")
		return nil, false
	case ')':
		p.fail("parentheses () not balanced")
		return nil, false
	case '{':
		if p.at+1 < len(p.in) && isDigit(p.in[p.at+1]) {
			p.fail("quantifier operand invalid")
			return nil, false
		}
	}
	r, size := utf8.DecodeRuneInString(p.in[p.at:])
	p.at += size
	return p.char(r), true
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func (p *parser) place(text, line assertion) *node {
	if p.o.Lines {
		text = line
	}
	return &node{op: opAssert, assert: text}
}

// paren reads a group, a look-around condition or plain parentheses.
func (p *parser) paren() (n *node, quantifiable bool) {
	rest := p.in[p.at:]
	for _, l := range []struct {
		text            string
		behind, negated bool
	}{{"(?=", false, false}, {"(?!", false, true}, {"(?<=", true, false}, {"(?<!", true, true}} {
		if strings.HasPrefix(rest, l.text) {
			p.at += len(l.text)
			p.look++
			inner := p.closed()
			p.look--
			return &node{op: opLook, kids: []*node{inner}, behind: l.behind, negated: l.negated}, false
		}
	}
	if strings.HasPrefix(rest, "(?:") {
		p.at += 3
		return p.closed(), true
	}
	if strings.HasPrefix(rest, "(?") {
		p.fail("quantifier operand invalid")
		return nil, false
	}
	p.at++
	if p.look > 0 {
		return p.closed(), true
	}
	p.groups++
	g := &node{op: opGroup, group: p.groups}
	p.groupNodes = append(p.groupNodes, nil)
	g.kids = []*node{p.closed()}
	p.groupNodes[g.group] = g
	return g, true
}

// closed reads up to the closing parenthesis.
func (p *parser) closed() *node {
	n := p.alternatives()
	if p.err == nil && p.next() != ')' {
		p.fail("parentheses () not balanced")
	}
	p.at++
	return n
}

// quantified reads the quantifier behind n; nil when it takes n away.
func (p *parser) quantified(n *node, quantifiable bool) *node {
	if p.skipIgnored(); !p.more() {
		return n
	}
	var lo, hi int
	var prefer preference
	switch p.next() {
	case '*':
		lo, hi, prefer = 0, unlimited, longer
		p.at++
	case '+':
		lo, hi, prefer = 1, unlimited, longer
		p.at++
	case '?':
		lo, hi, prefer = 0, 1, longer
		p.at++
	case '{':
		if p.at+1 >= len(p.in) || !isDigit(p.in[p.at+1]) {
			return n
		}
		if lo, hi, prefer = p.bounds(); p.err != nil {
			return nil
		}
	default:
		return n
	}
	if !quantifiable {
		p.fail("quantifier operand invalid")
		return nil
	}
	if p.next() == '?' && p.at < len(p.in) {
		p.at++
		if prefer != 0 {
			prefer = shorter
		}
	}
	p.noSecond()
	if hi == 0 {
		return nil
	}
	return &node{op: opRepeat, kids: []*node{n}, min: lo, max: hi, prefer: prefer}
}

// noSecond refuses a quantifier behind a quantifier.
func (p *parser) noSecond() {
	p.skipIgnored()
	b := p.next()
	if p.at < len(p.in) && (strings.IndexByte("*+?", b) >= 0 || b == '{' && p.at+1 < len(p.in) && isDigit(p.in[p.at+1])) {
		p.fail("quantifier operand invalid")
	}
}

// bounds reads {m}, {m,} or {m,n}.
func (p *parser) bounds() (lo, hi int, prefer preference) {
	p.at++
	lo = p.count()
	hi = lo
	if p.next() == ',' {
		p.at++
		hi, prefer = unlimited, longer
		if isDigit(p.next()) {
			if hi = p.count(); lo > hi {
				p.fail("invalid repetition count(s)")
			}
		}
	}
	switch {
	case p.at >= len(p.in):
		p.fail("braces {} not balanced")
	case p.in[p.at] != '}':
		p.fail("invalid repetition count(s)")
	}
	p.at++
	return lo, hi, prefer
}

func (p *parser) count() int {
	n := 0
	for isDigit(p.next()) {
		if n = n*10 + int(p.next()-'0'); n > repeatMax {
			p.fail("invalid repetition count(s)")
			n = 0
		}
		p.at++
	}
	return n
}
