package types

import "strings"

// dateToken is a piece of a date or time in text; letters are lower case.
type dateToken struct {
	kind tokenKind
	text string
}

type tokenKind uint8

const (
	tokNumber tokenKind = iota // digits, perhaps with one point
	tokDate                    // parts joined by - / . or a name with such characters
	tokTime                    // digits with colons
	tokZone                    // a sign and digits
	tokWord                    // letters
	tokSigned                  // a sign and letters: -infinity
)

// dateWords are the words of dates that digits may follow directly, as in J2451545.
var dateWords = map[string]bool{"t": true, "j": true, "jd": true, "julian": true}

// dateScanner cuts the text of a date or time into tokens, by the same rules as
// PostgreSQL: what a token is follows from its first character and the first
// separator in it.
type dateScanner struct {
	text   string
	at     int
	tokens []dateToken
}

// scanDate returns the tokens; ok is false for text that can be no date.
func scanDate(s string) (tokens []dateToken, ok bool) {
	sc := dateScanner{text: strings.ToLower(s)}
	for sc.at < len(sc.text) {
		c := sc.text[sc.at]
		switch {
		case isSpace(c):
			sc.at++
		case isDigit(c):
			sc.number()
		case c == '.':
			sc.take(tokNumber, func(c byte) bool { return isDigit(c) || c == '.' })
		case isLetter(c):
			sc.word()
		case c == '+' || c == '-':
			if !sc.signed(c) {
				return nil, false
			}
		case isPunctuation(c):
			sc.at++
		default:
			return nil, false
		}
	}
	return sc.tokens, true
}

func isPunctuation(c byte) bool {
	return c > ' ' && c < 0x7f && !isDigit(c) && !isLetter(c)
}

func isAlnum(c byte) bool { return isDigit(c) || isLetter(c) }

// take makes a token of the characters that accept takes, at least one.
func (sc *dateScanner) take(kind tokenKind, accept func(byte) bool) {
	start := sc.at
	for sc.at++; sc.at < len(sc.text) && accept(sc.text[sc.at]); sc.at++ {
	}
	sc.tokens = append(sc.tokens, dateToken{kind, sc.text[start:sc.at]})
}

func (sc *dateScanner) peek() byte {
	if sc.at < len(sc.text) {
		return sc.text[sc.at]
	}
	return 0
}

func (sc *dateScanner) skip(accept func(byte) bool) {
	for sc.at < len(sc.text) && accept(sc.text[sc.at]) {
		sc.at++
	}
}

func (sc *dateScanner) number() {
	start, kind := sc.at, tokNumber
	sc.skip(isDigit)
	switch c := sc.peek(); c {
	case ':':
		kind = tokTime
		sc.skip(func(c byte) bool { return isDigit(c) || c == ':' || c == '.' })
	case '-', '/', '.':
		sc.at++
		if isDigit(sc.peek()) {
			if c != '.' {
				kind = tokDate
			}
			sc.skip(isDigit)
			if sc.peek() == c { // a date has the same separator twice
				kind = tokDate
				sc.skip(func(d byte) bool { return isDigit(d) || d == c })
			}
		} else {
			kind = tokDate
			sc.skip(func(d byte) bool { return isAlnum(d) || d == c })
		}
	}
	sc.tokens = append(sc.tokens, dateToken{kind, sc.text[start:sc.at]})
}

func (sc *dateScanner) word() {
	start, kind := sc.at, tokWord
	sc.skip(isLetter)
	c := sc.peek()
	joined := c == '-' || c == '/' || c == '.'
	if (c == '+' || isDigit(c)) && c != 0 {
		joined = !dateWords[sc.text[start:sc.at]] && lookupDateWord(sc.text[start:sc.at]).kind == wordNone
	}
	if joined {
		kind = tokDate
		sc.skip(func(c byte) bool { return isAlnum(c) || strings.IndexByte("+-/_.:", c) >= 0 })
	}
	sc.tokens = append(sc.tokens, dateToken{kind, sc.text[start:sc.at]})
}

// signed reads an offset or a signed word; spaces after the sign are skipped.
func (sc *dateScanner) signed(sign byte) bool {
	sc.at++
	sc.skip(isSpace)
	start, kind := sc.at, tokZone
	switch c := sc.peek(); {
	case isDigit(c):
		sc.skip(func(c byte) bool { return isDigit(c) || c == ':' || c == '.' || c == '-' })
	case isLetter(c):
		kind = tokSigned
		sc.skip(isLetter)
	default:
		return false
	}
	sc.tokens = append(sc.tokens, dateToken{kind, string(sign) + sc.text[start:sc.at]})
	return true
}

// wordKind says what a word in a date is.
type wordKind uint8

const (
	wordNone wordKind = iota
	wordMonth
	wordWeekday
	wordMeridian // value 0: am, 12: pm
	wordEra      // value 1: BC
	wordSpecial  // epoch, infinity, now, ...: the text decides
	wordIgnored
	wordTimeNext // t: a time follows
	wordJulian   // j: a Julian day follows
)

type dateWord struct {
	kind  wordKind
	value int
}

var dateWordTable = map[string]dateWord{
	"am": {wordMeridian, 0}, "pm": {wordMeridian, 12},
	"ad": {wordEra, 0}, "bc": {wordEra, 1},
	"epoch": {kind: wordSpecial}, "infinity": {kind: wordSpecial}, "now": {kind: wordSpecial},
	"today": {kind: wordSpecial}, "tomorrow": {kind: wordSpecial}, "yesterday": {kind: wordSpecial},
	"allballs": {kind: wordSpecial},
	"at":       {kind: wordIgnored}, "on": {kind: wordIgnored},
	"t": {kind: wordTimeNext}, "j": {kind: wordJulian}, "jd": {kind: wordJulian}, "julian": {kind: wordJulian},
	"sept": {wordMonth, 9},
	"tues": {kind: wordWeekday}, "wednes": {kind: wordWeekday}, "weds": {kind: wordWeekday},
	"thur": {kind: wordWeekday}, "thurs": {kind: wordWeekday},
}

var longMonths = [...]string{
	"january", "february", "march", "april", "may", "june", "july", "august", "september",
	"october", "november", "december",
}

var longWeekdays = [...]string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

func lookupDateWord(w string) dateWord {
	if d, ok := dateWordTable[w]; ok {
		return d
	}
	for i, name := range longMonths {
		if w == name || w == name[:3] {
			return dateWord{wordMonth, i + 1}
		}
	}
	for _, name := range longWeekdays {
		if w == name || w == name[:3] {
			return dateWord{kind: wordWeekday}
		}
	}
	return dateWord{}
}
