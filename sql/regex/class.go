package regex

import (
	"unicode"
)

// named is one of the character sets that have a name.
type named uint8

const (
	setAlpha named = iota
	setAlnum
	setUpper
	setLower
	setDigit
	setXdigit
	setSpace
	setBlank
	setPunct
	setCntrl
	setPrint
	setGraph
	setWord
	setASCII
	// The complements, for escapes within brackets.
	setNotDigit
	setNotSpace
	setNotWord
)

var namedSets = map[string]named{
	"alpha": setAlpha, "alnum": setAlnum, "upper": setUpper, "lower": setLower, "digit": setDigit, "xdigit": setXdigit,
	"space": setSpace, "blank": setBlank, "punct": setPunct, "cntrl": setCntrl, "print": setPrint, "graph": setGraph,
	"word": setWord, "ascii": setASCII,
}

// class is a set of characters.
type class struct {
	ranges  []rune // pairs
	sets    []named
	negated bool
	// folded: a character is in the class when it or its other case is.
	folded bool
}

func (c *class) add(from, to rune) { c.ranges = append(c.ranges, from, to) }

func (c *class) foldCase() {
	for i, s := range c.sets {
		if s == setUpper || s == setLower {
			c.sets[i] = setAlpha
		}
	}
	for i := 0; i < len(c.ranges) && !c.folded; i += 2 {
		from, to := c.ranges[i], c.ranges[i+1]
		c.folded = from != to || unicode.ToLower(from) != from || unicode.ToUpper(from) != from
	}
}

func (c *class) has(r rune) bool {
	in := c.holds(r)
	if !in && c.folded {
		if l := unicode.ToLower(r); l != r {
			in = c.holds(l)
		}
		if u := unicode.ToUpper(r); !in && u != r {
			in = c.holds(u)
		}
	}
	return in != c.negated
}

func (c *class) holds(r rune) bool {
	for i := 0; i < len(c.ranges); i += 2 {
		if c.ranges[i] <= r && r <= c.ranges[i+1] {
			return true
		}
	}
	for _, s := range c.sets {
		if s.has(r) {
			return true
		}
	}
	return false
}

func isDigitRune(r rune) bool { return r >= '0' && r <= '9' }

func isWord(r rune) bool {
	return r == '_' || isAlnum(r)
}

func isAlnum(r rune) bool {
	return isDigitRune(r) || unicode.IsLetter(r) || unicode.IsNumber(r) && !isOtherNumber(r)
}

// isOtherNumber is superscripts, fractions and the like, which are punctuation to the
// C library.
func isOtherNumber(r rune) bool { return unicode.Is(unicode.No, r) }

// isSpace leaves out the spaces that do not break lines, as the C library does.
func isSpace(r rune) bool {
	return unicode.IsSpace(r) && r != 0x85 && r != 0xa0 && r != 0x2007 && r != 0x202f
}

func (s named) has(r rune) bool {
	switch s {
	case setAlpha:
		return isAlnum(r) && !isDigitRune(r)
	case setAlnum:
		return isAlnum(r)
	case setUpper:
		return unicode.IsUpper(r)
	case setLower:
		return unicode.IsLower(r)
	case setDigit:
		return isDigitRune(r)
	case setXdigit:
		return isDigitRune(r) || r >= 'a' && r <= 'f' || r >= 'A' && r <= 'F'
	case setSpace:
		return isSpace(r)
	case setBlank:
		return r == '\t' || isSpace(r) && unicode.Is(unicode.Zs, r)
	case setWord:
		return isWord(r)
	case setASCII:
		return r < 0x80
	case setNotDigit:
		return !isDigitRune(r)
	case setNotSpace:
		return !isSpace(r)
	case setNotWord:
		return !isWord(r)
	}
	return s.visible(r)
}

func (s named) visible(r rune) bool {
	graph := unicode.IsGraphic(r) && !unicode.IsSpace(r) && r != 0x2007 && r != 0x202f
	switch s {
	case setPunct:
		return graph && !isAlnum(r)
	case setCntrl:
		return unicode.IsControl(r) || r == 0x2028 || r == 0x2029
	case setGraph:
		return graph
	}
	return graph || unicode.Is(unicode.Zs, r)
}
