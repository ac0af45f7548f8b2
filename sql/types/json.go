package types

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"millrace/sql/pgerr"
)

// maxJSONDepth bounds the nesting of JSON values, so that hostile text cannot
// exhaust the stack.
const maxJSONDepth = 6000

// ValidateJSON checks text for json, which is stored as it is given.
func ValidateJSON(s string) error {
	p := jsonParser{text: s}
	return p.document()
}

// NormalizeJSONB returns the stored form of jsonb: the text as PostgreSQL prints
// it, with ": " and ", ", keys ordered by length and then bytes, the last of equal
// keys, numbers as numeric prints them.
func NormalizeJSONB(s string) (string, error) {
	p := jsonParser{text: s, normalize: true, out: make([]byte, 0, len(s)+len(s)/8)}
	if err := p.document(); err != nil {
		return "", err
	}
	return string(p.out), nil
}

func parseJSON(s string) (Datum, error) {
	if err := CheckUTF8(s); err != nil {
		return Null, err
	}
	return BytesDatum(s), ValidateJSON(s)
}

func parseJSONB(s string) (Datum, error) {
	if err := CheckUTF8(s); err != nil {
		return Null, err
	}
	out, err := NormalizeJSONB(s)
	return BytesDatum(out), err
}

// jsonParser checks JSON text and, if asked, writes its normal form to out.
type jsonParser struct {
	text      string
	at        int
	depth     int
	normalize bool
	out       []byte
}

func jsonError(format string, args ...any) error {
	return pgerr.New(pgerr.InvalidTextRepresentation, "invalid input syntax for type json").WithDetail(format, args...)
}

func errJSONEnd() error { return jsonError("The input string ended unexpectedly.") }

// expected is the error for the token at the current position; what names what
// should be there.
func (p *jsonParser) expected(what string) error {
	token, valid := p.token()
	switch {
	case token == "":
		return errJSONEnd()
	case !valid:
		return jsonError("Token \"%s\" is invalid.", token)
	}
	return jsonError("Expected %s, but found \"%s\".", what, token)
}

// token returns the token at the current position and whether it is one of JSON.
func (p *jsonParser) token() (text string, valid bool) {
	p.space()
	rest := p.text[p.at:]
	if rest == "" {
		return "", true
	}
	switch c := rest[0]; {
	case strings.IndexByte("{}[],:", c) >= 0:
		return rest[:1], true
	case c == '"':
		q := jsonParser{text: p.text, at: p.at}
		if q.scanString() != nil {
			return rest, false
		}
		return p.text[p.at:q.at], true
	case c == '-' || isDigit(c):
		n, ok := jsonNumber(rest)
		return rest[:n], ok
	}
	n := wordLength(rest)
	return rest[:n], rest[:n] == "true" || rest[:n] == "false" || rest[:n] == "null"
}

// wordLength returns the length of what PostgreSQL shows of an unknown token.
func wordLength(s string) int {
	n := 0
	for n < len(s) && (isAlnum(s[n]) || s[n] == '_' || s[n] >= 0x80) {
		n++
	}
	if n == 0 {
		_, n = utf8.DecodeRuneInString(s)
	}
	return n
}

func (p *jsonParser) space() {
	for p.at < len(p.text) {
		switch p.text[p.at] {
		case ' ', '\t', '\n', '\r':
			p.at++
		default:
			return
		}
	}
}

func (p *jsonParser) document() error {
	if err := p.value(); err != nil {
		return err
	}
	p.space()
	if p.at < len(p.text) {
		return p.expected("end of input")
	}
	return nil
}

func (p *jsonParser) value() error {
	p.space()
	if p.at >= len(p.text) {
		return errJSONEnd()
	}
	switch c := p.text[p.at]; {
	case c == '{':
		return p.nested(p.object)
	case c == '[':
		return p.nested(p.array)
	case c == '"':
		return p.str()
	case c == '-' || isDigit(c):
		return p.number()
	}
	for _, w := range [...]string{"true", "false", "null"} {
		if strings.HasPrefix(p.text[p.at:], w) && wordLength(p.text[p.at:]) == len(w) {
			p.at += len(w)
			p.emit(w)
			return nil
		}
	}
	return p.expected("JSON value")
}

func (p *jsonParser) nested(f func() error) error {
	if p.depth++; p.depth > maxJSONDepth {
		return pgerr.New(pgerr.StatementTooComplex, "stack depth limit exceeded")
	}
	err := f()
	p.depth--
	return err
}

func (p *jsonParser) emit(s string) {
	if p.normalize {
		p.out = append(p.out, s...)
	}
}

// accept takes the character c if it is next.
func (p *jsonParser) accept(c byte) bool {
	p.space()
	if p.at < len(p.text) && p.text[p.at] == c {
		p.at++
		return true
	}
	return false
}

func (p *jsonParser) array() error {
	p.at++
	p.emit("[")
	if p.accept(']') {
		p.emit("]")
		return nil
	}
	for {
		if err := p.value(); err != nil {
			return err
		}
		switch {
		case p.accept(','):
			p.emit(", ")
		case p.accept(']'):
			p.emit("]")
			return nil
		default:
			return p.expected("\",\" or \"]\"")
		}
	}
}

// number reads a number; jsonb keeps it as numeric prints it.
func (p *jsonParser) number() error {
	n, ok := jsonNumber(p.text[p.at:])
	s := p.text[p.at : p.at+n]
	if !ok {
		return jsonError("Token \"%s\" is invalid.", s)
	}
	p.at += n
	if !p.normalize {
		return nil
	}
	if strings.ContainsAny(s, "eE") || (s[0] == '-' && !hasNonZeroDigit(s)) || len(s) > maxDecimalScale {
		d, err := ParseDecimal(s)
		if err != nil {
			return err
		}
		p.out = d.AppendText(p.out)
		return nil
	}
	p.out = append(p.out, s...)
	return nil
}

// jsonNumber returns the length of the number at the front of s, or of the token
// that is none.
func jsonNumber(s string) (n int, ok bool) {
	digits := func() bool {
		from := n
		for n < len(s) && isDigit(s[n]) {
			n++
		}
		return n > from
	}
	if s[0] == '-' {
		n++
	}
	if n < len(s) && s[n] == '0' {
		n, ok = n+1, true
	} else {
		ok = digits()
	}
	if n < len(s) && s[n] == '.' {
		n++
		ok = digits() && ok
	}
	if n < len(s) && lower(s[n]) == 'e' {
		if n++; n < len(s) && (s[n] == '+' || s[n] == '-') {
			n++
		}
		ok = digits() && ok
	}
	end := n
	for end < len(s) && (isAlnum(s[end]) || s[end] == '_' || s[end] >= 0x80) {
		end++
	}
	return end, ok && end == n
}

// str reads a string; jsonb keeps it with the fewest escapes.
func (p *jsonParser) str() error {
	start := p.at
	if err := p.scanString(); err != nil {
		return err
	}
	if !p.normalize {
		return nil
	}
	raw := p.text[start:p.at]
	if strings.IndexByte(raw, '\\') < 0 {
		p.out = append(p.out, raw...)
		return nil
	}
	s, err := JSONUnquote(raw)
	if err != nil {
		return err
	}
	p.out = AppendJSONString(p.out, s)
	return nil
}

// scanString moves behind the string that begins here, checking its form.
func (p *jsonParser) scanString() error {
	for p.at++; p.at < len(p.text); p.at++ {
		switch c := p.text[p.at]; {
		case c == '"':
			p.at++
			return nil
		case c < 0x20:
			return jsonError("Character with value 0x%02x must be escaped.", c)
		case c == '\\':
			if err := p.scanEscape(); err != nil {
				return err
			}
		}
	}
	return jsonError("Token \"%s\" is invalid.", p.text[min(p.lastQuote(), len(p.text)):])
}

// lastQuote finds where the unterminated string at the end of the text begins.
func (p *jsonParser) lastQuote() int {
	q := jsonParser{text: p.text}
	start := 0
	for q.at < len(q.text) {
		if q.text[q.at] != '"' {
			q.at++
			continue
		}
		start = q.at
		for q.at++; q.at < len(q.text) && q.text[q.at] != '"'; q.at++ {
			if q.text[q.at] == '\\' {
				q.at++
			}
		}
		q.at++
	}
	return start
}

func (p *jsonParser) scanEscape() error {
	if p.at++; p.at >= len(p.text) {
		return errJSONToken(p)
	}
	switch c := p.text[p.at]; {
	case c == 'u':
		for i := 1; i <= 4; i++ {
			if p.at+i >= len(p.text) {
				return errJSONToken(p)
			}
			if _, ok := hexDigit(p.text[p.at+i]); !ok {
				return jsonError(`"\u" must be followed by four hexadecimal digits.`)
			}
		}
		p.at += 4
	case strings.IndexByte(`"\/bfnrt`, c) < 0:
		_, n := utf8.DecodeRuneInString(p.text[p.at:])
		return jsonError("Escape sequence \"\\%s\" is invalid.", p.text[p.at:p.at+n])
	}
	return nil
}

func errJSONToken(p *jsonParser) error {
	return jsonError("Token \"%s\" is invalid.", p.text[p.lastQuote():])
}

// JSONUnquote returns the text of a JSON string that is given with its quotes.
func JSONUnquote(raw string) (string, error) {
	raw = raw[1 : len(raw)-1]
	if strings.IndexByte(raw, '\\') < 0 {
		return raw, nil
	}
	out := make([]byte, 0, len(raw))
	for i := 0; i < len(raw); i++ {
		if raw[i] != '\\' {
			out = append(out, raw[i])
			continue
		}
		if i++; i == len(raw) {
			return "", errJSONEnd()
		}
		if raw[i] != 'u' {
			out = append(out, unescaped(raw[i]))
			continue
		}
		r, size, err := unicodeEscape(raw[i+1:])
		if err != nil {
			return "", err
		}
		out = utf8.AppendRune(out, r)
		i += size
	}
	return string(out), nil
}

func unescaped(c byte) byte {
	switch c {
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	}
	return c
}

// unicodeEscape reads the digits behind \u, and the second half of a surrogate
// pair; size is the number of bytes read.
func unicodeEscape(s string) (r rune, size int, err error) {
	first, err := strconv.ParseUint(s[:min(4, len(s))], 16, 32)
	switch {
	case err != nil || len(s) < 4:
		return 0, 0, jsonError(`"\u" must be followed by four hexadecimal digits.`)
	case first == 0:
		return 0, 0, pgerr.New(pgerr.UntranslatableCharacter, "unsupported Unicode escape sequence").
			WithDetail(`\u0000 cannot be converted to text.`)
	case first >= 0xdc00 && first < 0xe000:
		return 0, 0, jsonError("Unicode low surrogate must follow a high surrogate.")
	case first < 0xd800 || first >= 0xe000:
		return rune(first), 4, nil
	}
	if len(s) < 10 || s[4] != '\\' || s[5] != 'u' {
		return 0, 0, jsonError("Unicode low surrogate must follow a high surrogate.")
	}
	second, err := strconv.ParseUint(s[6:10], 16, 32)
	switch {
	case err != nil:
		return 0, 0, jsonError(`"\u" must be followed by four hexadecimal digits.`)
	case second >= 0xd800 && second < 0xdc00:
		return 0, 0, jsonError("Unicode high surrogate must not follow a high surrogate.")
	case second < 0xdc00 || second >= 0xe000:
		return 0, 0, jsonError("Unicode low surrogate must follow a high surrogate.")
	}
	return rune(0x10000 + (first-0xd800)<<10 + (second - 0xdc00)), 10, nil
}

// AppendJSONString appends s as a JSON string, escaping what JSON requires.
func AppendJSONString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	from := 0
	for i := range len(s) {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' {
			continue
		}
		dst = append(dst, s[from:i]...)
		from = i + 1
		switch c {
		case '\b':
			dst = append(dst, `\b`...)
		case '\f':
			dst = append(dst, `\f`...)
		case '\n':
			dst = append(dst, `\n`...)
		case '\r':
			dst = append(dst, `\r`...)
		case '\t':
			dst = append(dst, `\t`...)
		case '"', '\\':
			dst = append(dst, '\\', c)
		default:
			const digits = "0123456789abcdef"
			dst = append(dst, '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
		}
	}
	return append(append(dst, s[from:]...), '"')
}
