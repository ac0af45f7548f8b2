package sql

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"millrace/sql/pgerr"
)

// plainString reads '...' whose first byte inside the quotes is at inside.
func (l *lexer) plainString(start, inside int) bool {
	text, ok := l.quoted(inside, '\'', true)
	if !ok {
		return l.fail(start, len(l.src), pgerr.SyntaxError, "unterminated quoted string")
	}
	return l.add(tokString, start, text)
}

func (l *lexer) bitString(start int) bool {
	text, ok := l.quoted(start+2, '\'', true)
	if !ok {
		message := "unterminated bit string literal"
		if l.src[start]|0x20 == 'x' {
			message = "unterminated hexadecimal string literal"
		}
		return l.fail(start, len(l.src), pgerr.SyntaxError, message)
	}
	return l.add(tokBit, start, string(l.src[start]|0x20)+text)
}

func (l *lexer) quotedIdent(start int, quote byte) bool {
	text, ok := l.quoted(start+1, quote, false)
	if !ok {
		return l.fail(start, len(l.src), pgerr.SyntaxError, "unterminated quoted identifier")
	}
	if text == "" {
		return l.fail(start, l.i, pgerr.SyntaxError, "zero-length delimited identifier")
	}
	return l.add(tokQuoted, start, cutName(text))
}

// quoted reads up to the closing quote; a doubled quote stands for one. With
// joins set, the string goes on after white space that contains a line break.
func (l *lexer) quoted(inside int, quote byte, joins bool) (string, bool) {
	var joined []byte
	first, copied := true, false
	for i := inside; ; {
		n := strings.IndexByte(l.src[i:], quote)
		if n < 0 {
			l.i = len(l.src)
			return "", false
		}
		end := i + n
		next := end + 1
		doubled := next < len(l.src) && l.src[next] == quote
		if doubled {
			joined = append(joined, l.src[i:next]...)
			i, first, copied = next+1, false, true
			continue
		}
		again := 0
		if joins {
			again = l.continuation(next)
		}
		if again == 0 {
			l.i = next
			if first && !copied {
				return l.src[i:end], true
			}
			return string(append(joined, l.src[i:end]...)), true
		}
		joined = append(joined, l.src[i:end]...)
		i, first, copied = again, false, true
	}
}

// continuation returns the offset behind the quote that continues a string which
// ended at i, or 0.
func (l *lexer) continuation(i int) int {
	lineBreak := false
	for i < len(l.src) {
		switch c := l.src[i]; {
		case c == '\n' || c == '\r':
			lineBreak = true
			i++
		case isSpace(c):
			i++
		case strings.HasPrefix(l.src[i:], "--"):
			i += lineLength(l.src[i:])
		case c == '\'' && lineBreak:
			return i + 1
		default:
			return 0
		}
	}
	return 0
}

// escapeString reads E'...'.
func (l *lexer) escapeString(start int) bool {
	var out []byte
	i := start + 2
	for {
		if i >= len(l.src) {
			return l.fail(start, len(l.src), pgerr.SyntaxError, "unterminated quoted string")
		}
		c := l.src[i]
		switch {
		case c == '\'' && i+1 < len(l.src) && l.src[i+1] == '\'':
			out = append(out, c)
			i += 2
		case c == '\'':
			if again := l.continuation(i + 1); again > 0 {
				i = again
				continue
			}
			l.i = i + 1
			return l.addDecoded(start, out)
		case c == '\\' && i+1 < len(l.src):
			next, err := l.escape(i, &out)
			if err != nil {
				return l.failWith(i, err) // unless it has a position already
			}
			i = next
		default:
			out = append(out, c)
			i++
		}
	}
}

// addDecoded adds a string made of escapes, which may not be valid UTF-8.
func (l *lexer) addDecoded(start int, out []byte) bool {
	if err := checkUTF8(string(out)); err != nil {
		return l.failWith(start, err)
	}
	return l.add(tokString, start, string(out))
}

// escape decodes the backslash sequence at i and returns the offset behind it.
func (l *lexer) escape(i int, out *[]byte) (int, *pgerr.Error) {
	c := l.src[i+1]
	switch {
	case c >= '0' && c <= '7':
		value, n := parseDigits(l.src[i+1:], 3, 8)
		*out = append(*out, byte(value))
		return i + 1 + n, nil
	case c == 'x':
		value, n := parseDigits(l.src[i+2:], 2, 16)
		if n == 0 {
			*out = append(*out, 'x')
		} else {
			*out = append(*out, byte(value))
		}
		return i + 2 + n, nil
	case c == 'u' || c == 'U':
		return l.unicodeEscape(i, out)
	}
	if k := strings.IndexByte("bfnrtv", c); k >= 0 {
		c = "\b\f\n\r\t\v"[k]
	}
	*out = append(*out, c)
	return i + 2, nil
}

// unicodeEscape decodes \uXXXX or \UXXXXXXXX at i, or a pair of surrogates.
func (l *lexer) unicodeEscape(i int, out *[]byte) (int, *pgerr.Error) {
	r, next, err := l.unicodeUnit(i)
	if err != nil {
		return 0, err
	}
	if utf16.IsSurrogate(r) {
		low := rune(-1)
		after := next
		if next+1 < len(l.src) && l.src[next] == '\\' && l.src[next+1]|0x20 == 'u' {
			low, after, err = l.unicodeUnit(next)
		}
		if err != nil {
			return 0, err
		}
		if r = utf16.DecodeRune(r, low); r == utf8.RuneError {
			near := l.src[next:min(len(l.src), l.runeEnd(next))]
			return 0, pgerr.Newf(pgerr.SyntaxError, "invalid Unicode surrogate pair at or near \"%s\"", near).At(next)
		}
		next = after
	}
	*out = utf8.AppendRune(*out, r)
	return next, nil
}

func (l *lexer) unicodeUnit(i int) (rune, int, *pgerr.Error) {
	length := 4
	if l.src[i+1] == 'U' {
		length = 8
	}
	value, n := parseDigits(l.src[i+2:], length, 16)
	if n != length {
		return 0, 0, pgerr.New(pgerr.InvalidEscapeSequence, "invalid Unicode escape").
			WithHint("Unicode escapes must be \\uXXXX or \\UXXXXXXXX.")
	}
	if value == 0 || value > utf8.MaxRune {
		return 0, 0, pgerr.New(pgerr.SyntaxError, "invalid Unicode escape value")
	}
	return rune(value), i + 2 + n, nil
}

// unicodeString reads U&'...' and U&"...", with an optional UESCAPE.
func (l *lexer) unicodeString(start int) bool {
	quote := l.src[start+2]
	text, ok := l.quoted(start+3, quote, quote == '\'')
	if !ok {
		what := "unterminated quoted string"
		if quote == '"' {
			what = "unterminated quoted identifier"
		}
		return l.fail(start, len(l.src), pgerr.SyntaxError, what)
	}
	mark, err := l.uescape()
	if err != nil {
		return l.failWith(start, err)
	}
	text, offset, err := decodeUnicode(text, mark)
	if err != nil {
		return l.failWith(start+3+offset, err)
	}
	if quote == '\'' {
		return l.add(tokString, start, text)
	}
	if text == "" {
		return l.fail(start, l.i, pgerr.SyntaxError, "zero-length delimited identifier")
	}
	return l.add(tokQuoted, start, cutName(text))
}

// uescape reads UESCAPE 'c' if it follows, and returns the escape character.
func (l *lexer) uescape() (byte, *pgerr.Error) {
	behind := l.i
	if !l.skipBlanks() || len(l.src)-l.i < 7 || !strings.EqualFold(l.src[l.i:l.i+7], "uescape") {
		if l.err == nil {
			l.i = behind
		}
		return '\\', nil
	}
	l.i += 7
	l.skipBlanks()
	if rest := l.src[l.i:]; len(rest) >= 3 && rest[0] == '\'' && rest[2] == '\'' {
		c := rest[1]
		if hexValue(c) < 0 && !isSpace(c) && strings.IndexByte(`+'"`, c) < 0 {
			l.i += 3
			return c, nil
		}
	}
	return 0, pgerr.New(pgerr.SyntaxError, "invalid Unicode escape character")
}

// decodeUnicode resolves \XXXX and \+XXXXXX, where mark stands for the backslash.
// With an error it returns the offset of the sequence at fault.
func decodeUnicode(s string, mark byte) (string, int, *pgerr.Error) {
	var out []byte
	high := rune(0)
	for i := 0; i < len(s); {
		if s[i] != mark {
			out, i = append(out, s[i]), i+1
			continue
		}
		if i+1 < len(s) && s[i+1] == mark {
			out, i = append(out, mark), i+2
			continue
		}
		length, digits := 4, s[i+1:]
		if strings.HasPrefix(digits, "+") {
			length, digits = 6, digits[1:]
		}
		value, n := parseDigits(digits, length, 16)
		if n != length || value == 0 || value > utf8.MaxRune {
			return "", i, pgerr.New(pgerr.SyntaxError, "invalid Unicode escape").
				WithHint("Unicode escapes must be \\XXXX or \\+XXXXXX.")
		}
		i = len(s) - len(digits) + n
		r := rune(value)
		switch {
		case high != 0:
			if r, high = utf16.DecodeRune(high, r), 0; r == utf8.RuneError {
				return "", i, pgerr.New(pgerr.SyntaxError, "invalid Unicode surrogate pair")
			}
		case utf16.IsSurrogate(r):
			if high = r; i >= len(s) || s[i] != mark {
				return "", i, pgerr.New(pgerr.SyntaxError, "invalid Unicode surrogate pair")
			}
			continue
		}
		out = utf8.AppendRune(out, r)
	}
	if high != 0 {
		return "", len(s), pgerr.New(pgerr.SyntaxError, "invalid Unicode surrogate pair")
	}
	return string(out), 0, nil
}

// parseDigits reads at most limit digits of the base and returns how many.
func parseDigits(s string, limit, base int) (value, count int) {
	for count < limit && count < len(s) {
		digit := hexValue(s[count])
		if digit < 0 || digit >= base {
			break
		}
		value = value*base + digit
		count++
	}
	return value, count
}

func hexValue(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

// checkUTF8 refuses NUL bytes and broken characters, as PostgreSQL does.
func checkUTF8(s string) *pgerr.Error {
	if utf8.ValidString(s) && strings.IndexByte(s, 0) < 0 {
		return nil
	}
	for i := 0; i < len(s); {
		r, width := utf8.DecodeRuneInString(s[i:])
		if r == 0 || r == utf8.RuneError && width == 1 {
			end := min(len(s), i+max(1, brokenLength(s[i])))
			if r == 0 {
				end = i + 1
			}
			return pgerr.Newf(pgerr.CharacterNotInRepertoire,
				"invalid byte sequence for encoding \"UTF8\": %s", hexBytes(s[i:end]))
		}
		i += width
	}
	return nil
}

// brokenLength is the length that the first byte of a character claims.
func brokenLength(c byte) int {
	switch {
	case c >= 0xF0 && c < 0xF8:
		return 4
	case c >= 0xE0 && c < 0xF0:
		return 3
	case c >= 0xC0 && c < 0xE0:
		return 2
	}
	return 1
}

func hexBytes(s string) string {
	const digits = "0123456789abcdef"
	var out []byte
	for i := 0; i < len(s); i++ {
		if i > 0 {
			out = append(out, ' ')
		}
		out = append(out, '0', 'x', digits[s[i]>>4], digits[s[i]&15])
	}
	return string(out)
}
