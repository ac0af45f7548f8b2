package regex

import (
	"strings"
	"unicode/utf8"
)

// escape reads a backslash outside brackets.
func (p *parser) escape() (n *node, quantifiable bool) {
	if p.at+1 >= len(p.in) {
		p.fail("invalid escape \\ sequence")
		return nil, false
	}
	b := p.in[p.at+1]
	if place, ok := placeEscapes[b]; ok {
		p.at += 2
		return &node{op: opAssert, assert: place}, false
	}
	if set, ok := classEscapes[b|0x20]; ok {
		p.at += 2
		c := &class{sets: []named{set}}
		c.negated = b < 'a'
		if c.negated && p.o.DotLine && b != 'D' && b != 'W' {
			c.add('\n', '\n')
		}
		return &node{op: opClass, class: c}, true
	}
	if b >= '1' && b <= '9' {
		if n := p.backref(); n != nil || p.err != nil {
			return n, true
		}
	}
	r := p.charEscape()
	return p.char(r), true
}

var placeEscapes = map[byte]assertion{
	'A': atTextStart, 'Z': atTextEnd, 'm': atWordStart, 'M': atWordEnd, 'y': atWordEdge, 'Y': notAtWordEdge,
}

var classEscapes = map[byte]named{'d': setDigit, 's': setSpace, 'w': setWord}

// backref reads \m or \mnn, unless the number is that of an octal character: one of
// several digits that is larger than the number of groups so far.
func (p *parser) backref() *node {
	end := p.at + 1
	for end < len(p.in) && isDigit(p.in[end]) && end < p.at+4 {
		end++
	}
	number := 0
	for _, d := range []byte(p.in[p.at+1 : end]) {
		number = number*10 + int(d-'0')
	}
	if end > p.at+2 && number > p.groups {
		return nil
	}
	p.at = end
	if number > p.groups || p.groupNodes[number] == nil || p.look > 0 {
		p.fail("invalid backreference number")
		return nil
	}
	return &node{op: opBackref, group: number, fold: p.o.Fold}
}

// letterEscapes stand for one character each.
var letterEscapes = map[byte]rune{
	'a': 7, 'b': 8, 'B': '\\', 'e': 27, 'f': 12, 'n': 10, 'r': 13, 't': 9, 'v': 11,
}

// charEscape reads an escape that stands for one character.
func (p *parser) charEscape() rune {
	if p.at+1 >= len(p.in) {
		p.fail("invalid escape \\ sequence")
		return 0
	}
	b := p.in[p.at+1]
	if r, ok := letterEscapes[b]; ok {
		p.at += 2
		return r
	}
	switch {
	case b == 'c' && p.at+2 < len(p.in):
		r, size := utf8.DecodeRuneInString(p.in[p.at+2:])
		p.at += 2 + size
		return r & 0x1f
	case b == 'u':
		return p.digits(2, 4, 4, 16)
	case b == 'U':
		return p.digits(2, 8, 8, 16)
	case b == 'x':
		return p.digits(2, 1, 255, 16)
	case b >= '0' && b <= '9':
		if r := p.digits(1, 1, 3, 8); p.err == nil {
			return r
		}
		return 0
	case isLetter(b):
		p.fail("invalid escape \\ sequence")
		return 0
	}
	r, size := utf8.DecodeRuneInString(p.in[p.at+1:])
	p.at += 1 + size
	return r
}

// digits reads a number of least to most digits that begins skip bytes further.
func (p *parser) digits(skip, least, most, base int) rune {
	p.at += skip
	var r int64
	n := 0
	for ; n < most && p.at < len(p.in); n++ {
		d := strings.IndexByte("0123456789abcdef", lowerASCII(p.in[p.at]))
		if d < 0 || d >= base {
			break
		}
		if r = r*int64(base) + int64(d); r > utf8.MaxRune {
			p.fail("invalid escape \\ sequence")
			return 0
		}
		p.at++
	}
	if n < least {
		p.fail("invalid escape \\ sequence")
	}
	return rune(r)
}

func lowerASCII(b byte) byte {
	if b >= 'A' && b <= 'Z' {
		return b + 'a' - 'A'
	}
	return b
}
