package auth

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// prepare brings a password into the form of SASLprep (RFC 4013): odd spaces become
// spaces, what is mapped to nothing goes, and the rest is normalised by NFKC. A password
// that SASLprep refuses is taken as it is, as PostgreSQL does.
func prepare(password string) string {
	if isASCII(password) || !utf8.ValidString(password) {
		return password
	}
	var b strings.Builder
	for _, r := range password {
		switch {
		case isOddSpace(r):
			b.WriteByte(' ')
		case isMappedToNothing(r):
		default:
			b.WriteRune(r)
		}
	}
	out := norm.NFKC.String(b.String())
	if out == "" || strings.ContainsFunc(out, isProhibited) || mixesDirections(out) {
		return password
	}
	return out
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

// isOddSpace is table C.1.2 of RFC 3454.
func isOddSpace(r rune) bool { return r != ' ' && unicode.Is(unicode.Zs, r) || r == 0x200b }

// isMappedToNothing is table B.1.
func isMappedToNothing(r rune) bool {
	switch {
	case r == 0xad, r == 0x34f, r == 0x1806, r >= 0x180b && r <= 0x180d, r >= 0x200c && r <= 0x200d,
		r == 0x2060, r >= 0xfe00 && r <= 0xfe0f, r == 0xfeff:
		return true
	}
	return false
}

// isProhibited is tables C.2.1 to C.9: control characters, private use, surrogates,
// tags, and what has no meaning in plain text.
func isProhibited(r rune) bool {
	switch {
	case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Co, r), unicode.Is(unicode.Cs, r):
		return true
	case r >= 0xfff9 && r <= 0xfffd, r >= 0x2ff0 && r <= 0x2ffb, r >= 0xfdd0 && r <= 0xfdef, r&0xfffe == 0xfffe:
		return true
	case r == 0x340, r == 0x341, r == 0x200e, r == 0x200f, r >= 0x2028 && r <= 0x202e, r >= 0x206a && r <= 0x206f,
		r == 0x6dd, r == 0x70f, r == 0x180e, r >= 0x2061 && r <= 0x2063, r >= 0xe0001 && r <= 0xe007f:
		return true
	}
	return false
}

// mixesDirections is the rule about text from right to left: with any of it, the text
// begins and ends with it and has nothing from left to right.
func mixesDirections(s string) bool {
	isRight := func(r rune) bool {
		return unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana)
	}
	if !strings.ContainsFunc(s, isRight) {
		return false
	}
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	isLeft := func(r rune) bool { return unicode.IsLetter(r) && !isRight(r) }
	return !isRight(first) || !isRight(last) || strings.ContainsFunc(s, isLeft)
}
