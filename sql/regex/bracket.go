package regex

import (
	"strings"
	"unicode/utf8"
)

// bracket reads [...]. A ] behind the start is plain, and so is [ where it begins no
// class.
func (p *parser) bracket() (n *node, quantifiable bool) {
	for text, place := range map[string]assertion{"[[:<:]]": atWordStart, "[[:>:]]": atWordEnd} {
		if strings.HasPrefix(p.in[p.at:], text) {
			p.at += len(text)
			return &node{op: opAssert, assert: place}, false
		}
	}
	p.at++
	c := &class{}
	if p.next() == '^' {
		p.at++
		c.negated = true
	}
	for first := true; ; first = false {
		if p.at >= len(p.in) {
			p.fail("brackets [] not balanced")
		}
		if p.err != nil {
			return nil, false
		}
		if p.in[p.at] == ']' && !first {
			p.at++
			break
		}
		p.bracketItem(c)
	}
	if c.negated && p.o.DotLine {
		c.add('\n', '\n')
	}
	return p.classNode(c), true
}

// bracketItem reads a character, a range or a class.
func (p *parser) bracketItem(c *class) {
	if strings.HasPrefix(p.in[p.at:], "[:") {
		name := p.named(":]", "invalid character class")
		set, ok := namedSets[name]
		if !ok {
			p.fail("invalid character class")
		}
		c.sets = append(c.sets, set)
		return
	}
	if p.next() == '\\' && p.at+1 < len(p.in) {
		if set, ok := bracketEscapes[p.in[p.at+1]]; ok {
			p.at += 2
			c.sets = append(c.sets, set)
			return
		}
	}
	from, single := p.bracketChar()
	to := from
	if p.err == nil && strings.HasPrefix(p.in[p.at:], "-") && !strings.HasPrefix(p.in[p.at:], "-]") && p.at+1 < len(p.in) {
		p.at++
		if p.next() == '\\' && p.at+1 < len(p.in) {
			if _, ok := bracketEscapes[p.in[p.at+1]]; ok {
				p.fail("invalid character range")
				return
			}
		}
		if strings.HasPrefix(p.in[p.at:], "[:") || !single {
			p.fail("invalid character range")
			return
		}
		if to, single = p.bracketChar(); p.err == nil && (to < from || !single) {
			p.fail("invalid character range")
		}
	}
	c.add(from, to)
}

var bracketEscapes = map[byte]named{
	'd': setDigit, 's': setSpace, 'w': setWord, 'D': setNotDigit, 'S': setNotSpace, 'W': setNotWord,
}

// bracketChar reads one character, also as [.x.] or [=x=]; single is false for the
// latter, which begin no range.
func (p *parser) bracketChar() (r rune, single bool) {
	rest := p.in[p.at:]
	switch {
	case strings.HasPrefix(rest, "[."):
		return p.collating(p.named(".]", "invalid collating element")), true
	case strings.HasPrefix(rest, "[="):
		return p.collating(p.named("=]", "invalid collating element")), false
	case rest != "" && rest[0] == '\\':
		if p.at+1 < len(p.in) && strings.IndexByte("AmMyYZ", p.in[p.at+1]) >= 0 {
			p.fail("invalid escape \\ sequence")
			return 0, false
		}
		return p.charEscape(), true
	}
	r, size := utf8.DecodeRuneInString(rest)
	p.at += size
	return r, true
}

// named reads the name between a two-character opening and its closing.
func (p *parser) named(closing, wrong string) string {
	rest := p.in[p.at+2:]
	end := strings.Index(rest, closing)
	if end < 0 {
		p.fail("brackets [] not balanced")
		return ""
	}
	if end == 0 {
		p.fail(wrong)
	}
	p.at += end + 4
	return rest[:end]
}

// collatingNames are some of the names that POSIX gives to characters.
var collatingNames = map[string]rune{
	"NUL": 0, "tab": '\t', "newline": '\n', "space": ' ', "hyphen": '-', "hyphen-minus": '-', "period": '.', "full-stop": '.',
	"slash": '/', "backslash": '\\', "comma": ',', "underscore": '_', "circumflex": '^', "left-square-bracket": '[',
	"right-square-bracket": ']', "asterisk": '*', "plus-sign": '+', "question-mark": '?', "dollar-sign": '$',
}

func (p *parser) collating(name string) rune {
	if r, size := utf8.DecodeRuneInString(name); size == len(name) && size > 0 {
		return r
	}
	r, ok := collatingNames[name]
	if !ok {
		p.fail("invalid collating element")
	}
	return r
}
