package regex

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// goSource writes an expression in Go's syntax, where that can be done: without look-around
// and back references. The groups and preferences are left out.
func goSource(n *node) (string, bool) {
	var b strings.Builder
	ok := writeGo(&b, n)
	return "(?s)" + b.String(), ok
}

func writeGo(b *strings.Builder, n *node) bool {
	switch n.op {
	case opEmpty:
	case opClass:
		return writeGoClass(b, n.class)
	case opCat:
		for _, k := range n.kids {
			if !writeGo(b, k) {
				return false
			}
		}
	case opGroup, opAlt:
		b.WriteString("(?:")
		for i, k := range n.kids {
			if i > 0 {
				b.WriteByte('|')
			}
			if !writeGo(b, k) {
				return false
			}
		}
		b.WriteByte(')')
	case opRepeat:
		return writeGoRepeat(b, n)
	case opAssert:
		s, ok := goAssertions[n.assert]
		b.WriteString(s)
		return ok
	default:
		return false
	}
	return true
}

// goAssertions lack those on words: Go's words are of ASCII letters.
var goAssertions = map[assertion]string{
	atTextStart: `\A`, atTextEnd: `\z`, atLineStart: `(?m:^)`, atLineEnd: `(?m:$)`,
}

func writeGoRepeat(b *strings.Builder, n *node) bool {
	b.WriteString("(?:")
	if !writeGo(b, n.kids[0]) {
		return false
	}
	b.WriteByte(')')
	switch {
	case n.min == 0 && n.max == unlimited:
		b.WriteByte('*')
	case n.max == unlimited:
		fmt.Fprintf(b, "{%d,}", n.min)
	default:
		fmt.Fprintf(b, "{%d,%d}", n.min, n.max)
	}
	return true
}

// goSets are the sets that mean the same in Go.
var goSets = map[named]string{
	setDigit: "0-9", setXdigit: "0-9A-Fa-f", setASCII: `\x00-\x7f`, setNotDigit: `\D`, setUpper: `\p{Lu}`, setLower: `\p{Ll}`,
}

func writeGoClass(b *strings.Builder, c *class) bool {
	if len(c.ranges) == 0 && len(c.sets) == 0 && c.negated {
		b.WriteByte('.')
		return true
	}
	if c.folded {
		b.WriteString("(?i:")
		defer b.WriteByte(')')
	}
	b.WriteByte('[')
	if c.negated {
		b.WriteByte('^')
	}
	for i := 0; i < len(c.ranges); i += 2 {
		fmt.Fprintf(b, `\x{%x}-\x{%x}`, c.ranges[i], min(c.ranges[i+1], utf8.MaxRune))
	}
	for _, s := range c.sets {
		text, ok := goSets[s]
		if !ok {
			return false
		}
		b.WriteString(text)
	}
	b.WriteByte(']')
	return true
}
