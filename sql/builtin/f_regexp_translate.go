package builtin

import (
	"strings"

	"millrace/sql/pgerr"
)

// translateRegexp rewrites a PostgreSQL advanced regular expression into Go's
// syntax. Both agree on most; back references and look-around have no counterpart
// and are refused (0A000).
func translateRegexp(pattern string) (string, error) {
	rest, isLiteral := strings.CutPrefix(pattern, "***=")
	if isLiteral {
		return quoteAll(rest), nil
	}
	t := regexpTranslator{in: strings.TrimPrefix(pattern, "***:")}
	for t.at < len(t.in) {
		if err := t.step(); err != nil {
			return "", err
		}
	}
	return t.out.String(), nil
}

func quoteAll(s string) string {
	var out strings.Builder
	for i := range len(s) {
		if strings.IndexByte(`\.+*?()|[]{}^$`, s[i]) >= 0 {
			out.WriteByte('\\')
		}
		out.WriteByte(s[i])
	}
	return out.String()
}

type regexpTranslator struct {
	in  string
	at  int
	out strings.Builder
	// quantifiable tells that a quantifier may follow.
	quantifiable bool
}

func errRegexp(format string, args ...any) error {
	return pgerr.Newf(pgerr.InvalidRegularExpression, "invalid regular expression: "+format, args...)
}

func errRegexpFeature(what string) error {
	return pgerr.Newf(pgerr.FeatureNotSupported, "%s in regular expressions are not supported", what)
}

func (t *regexpTranslator) step() error {
	switch b := t.in[t.at]; b {
	case '\\':
		return t.escape()
	case '[':
		return t.bracket()
	case '(':
		return t.group()
	case '*', '+', '?':
		if !t.quantifiable {
			return errRegexp("quantifier operand invalid")
		}
		t.take(1, false)
		if t.at < len(t.in) && t.in[t.at] == '?' {
			t.take(1, false)
		}
	case '{':
		return t.bound()
	case '$':
		// Without flag m, Go's $ is the end of the text only, as PostgreSQL's.
		t.take(1, false)
	case '^', '|':
		t.take(1, false)
	default:
		t.take(1, true)
	}
	return nil
}

// take copies n bytes.
func (t *regexpTranslator) take(n int, quantifiable bool) {
	t.out.WriteString(t.in[t.at : t.at+n])
	t.at += n
	t.quantifiable = quantifiable
}

// put writes s in place of n bytes.
func (t *regexpTranslator) put(s string, n int, quantifiable bool) {
	t.out.WriteString(s)
	t.at += n
	t.quantifiable = quantifiable
}

func (t *regexpTranslator) group() error {
	rest := t.in[t.at:]
	switch {
	case strings.HasPrefix(rest, "(?:"):
		t.take(3, false)
	case strings.HasPrefix(rest, "(?="), strings.HasPrefix(rest, "(?!"),
		strings.HasPrefix(rest, "(?<="), strings.HasPrefix(rest, "(?<!"):
		return errRegexpFeature("look-around constraints")
	case strings.HasPrefix(rest, "(?") && t.at == 0:
		return t.options()
	case strings.HasPrefix(rest, "(?"):
		return errRegexp("quantifier operand invalid")
	default:
		t.take(1, false)
	}
	return nil
}

// options reads embedded options (?i) at the start.
func (t *regexpTranslator) options() error {
	end := strings.IndexByte(t.in, ')')
	if end < 0 {
		return errRegexp("parentheses () not balanced")
	}
	goFlags, literal, _, err := regexpFlags(t.in[2:end], false)
	if err != nil {
		return err
	}
	switch {
	case literal:
		t.out.WriteString(quoteAll(t.in[end+1:]))
		t.at = len(t.in)
	case strings.Contains(goFlags, "i"):
		t.put("(?"+goFlags+")", end+1, false)
	default:
		t.put("(?-i)(?"+goFlags+")", end+1, false)
	}
	return nil
}

// bound reads {m}, {m,} and {m,n}; a brace that begins none is a literal only when
// no digit follows.
func (t *regexpTranslator) bound() error {
	rest := t.in[t.at:]
	if len(rest) < 2 || rest[1] < '0' || rest[1] > '9' {
		t.put(`\{`, 1, true)
		return nil
	}
	end := strings.IndexByte(rest, '}')
	if end < 0 {
		return errRegexp("braces {} not balanced")
	}
	if !t.quantifiable {
		return errRegexp("quantifier operand invalid")
	}
	t.take(end+1, false)
	if t.at < len(t.in) && t.in[t.at] == '?' {
		t.take(1, false)
	}
	return nil
}

// regexpEscapes maps the letters of escapes that Go spells otherwise.
var regexpEscapes = map[byte]string{
	'y': `\b`, 'Y': `\B`, 'm': `\b`, 'M': `\b`, 'A': `\A`, 'Z': `\z`,
	'e': `\x1b`, 'B': `\\`, 'b': `\x08`, '0': `\x00`,
	'd': `[0-9]`, 'D': `[^0-9]`, 's': `[\s\v]`, 'S': `[^\s\v]`,
	'w': `[\p{L}\p{N}_]`, 'W': `[^\p{L}\p{N}_]`,
}

func (t *regexpTranslator) escape() error {
	if t.at+1 == len(t.in) {
		return errRegexp("invalid escape \\ sequence")
	}
	b := t.in[t.at+1]
	if s, ok := regexpEscapes[b]; ok {
		t.put(s, 2, !strings.ContainsRune("yYmMAZ", rune(b)))
		return nil
	}
	switch {
	case b >= '1' && b <= '9':
		return errRegexpFeature("back references")
	case b == 'u' || b == 'U':
		return t.codePoint(map[byte]int{'u': 4, 'U': 8}[b])
	case b == 'x':
		return t.hexByte()
	case strings.IndexByte("aftnrv", b) >= 0:
		t.take(2, true)
	case b == 'c':
		return errRegexpFeature("control character escapes")
	case b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z':
		return errRegexp("invalid escape \\ sequence")
	case b < 0x80:
		t.take(2, true)
	default:
		t.at++ // a backslash before a character that needs none
	}
	return nil
}

func (t *regexpTranslator) codePoint(digits int) error {
	if t.at+2+digits > len(t.in) {
		return errRegexp("invalid escape \\ sequence")
	}
	t.put(`\x{`+t.in[t.at+2:t.at+2+digits]+`}`, 2+digits, true)
	return nil
}

// hexByte reads \xhhh: any number of digits, of which the last two count.
func (t *regexpTranslator) hexByte() error {
	end := t.at + 2
	for end < len(t.in) && strings.IndexByte("0123456789abcdefABCDEF", t.in[end]) >= 0 {
		end++
	}
	digits := t.in[t.at+2 : end]
	if digits == "" {
		return errRegexp("invalid escape \\ sequence")
	}
	t.put(`\x{`+digits[max(0, len(digits)-2):]+`}`, end-t.at, true)
	return nil
}

// bracket reads a bracket expression. In PostgreSQL a ] right behind the start is a
// literal, as is [ anywhere that begins no class.
func (t *regexpTranslator) bracket() error {
	t.out.WriteByte('[')
	t.at++
	if t.at < len(t.in) && t.in[t.at] == '^' {
		t.take(1, false)
	}
	for first := true; ; first = false {
		if t.at >= len(t.in) {
			return errRegexp("brackets [] not balanced")
		}
		switch b := t.in[t.at]; {
		case b == ']' && !first:
			t.take(1, true)
			return nil
		case b == ']':
			t.put(`\]`, 1, true)
		case b == '[':
			if err := t.bracketClass(); err != nil {
				return err
			}
		case b == '\\':
			if err := t.bracketEscape(); err != nil {
				return err
			}
		case b == '^' || b == '&' || b == '~':
			t.put(`\`+string(b), 1, true)
		default:
			t.take(1, true)
		}
	}
}

// bracketClass reads [:class:], [.x.] and [=x=] inside a bracket expression.
func (t *regexpTranslator) bracketClass() error {
	rest := t.in[t.at:]
	if len(rest) < 2 || strings.IndexByte(":.=", rest[1]) < 0 {
		t.put(`\[`, 1, true)
		return nil
	}
	end := strings.Index(rest[2:], rest[1:2]+"]")
	if end < 0 {
		return errRegexp("brackets [] not balanced")
	}
	name := rest[2 : 2+end]
	if rest[1] != ':' {
		t.put(quoteAll(name), end+4, true)
		return nil
	}
	class, ok := regexpClasses[name]
	if !ok {
		return errRegexp("invalid character class")
	}
	t.put(class, end+4, true)
	return nil
}

var regexpClasses = map[string]string{
	"alpha": `\p{L}`, "alnum": `\p{L}\p{N}`, "upper": `\p{Lu}`, "lower": `\p{Ll}`,
	"digit": `0-9`, "xdigit": `0-9A-Fa-f`, "space": `\s\v`, "blank": ` \t`,
	"punct": `[:punct:]`, "cntrl": `[:cntrl:]`, "print": `[:print:]`, "graph": `[:graph:]`,
	"word": `\p{L}\p{N}_`, "ascii": `[:ascii:]`,
}

var bracketEscapes = map[byte]string{
	'd': `0-9`, 's': `\s\v`, 'w': `\p{L}\p{N}_`, 'e': `\x1b`, 'b': `\x08`, 'B': `\\`, '0': `\x00`,
}

func (t *regexpTranslator) bracketEscape() error {
	if t.at+1 == len(t.in) {
		return errRegexp("brackets [] not balanced")
	}
	b := t.in[t.at+1]
	if s, ok := bracketEscapes[b]; ok {
		t.put(s, 2, true)
		return nil
	}
	if strings.IndexByte("DSWAmMyYZ", b) >= 0 || b >= '1' && b <= '9' {
		return errRegexp("invalid escape \\ sequence")
	}
	return t.escape()
}
