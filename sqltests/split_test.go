package sqltests

import (
	"strings"
	"testing"
)

// scriptStatement is one statement of a directive, with the lines that follow a
// COPY FROM STDIN.
type scriptStatement struct {
	text  string
	input string
	copy  bool
}

// splitStatements cuts a text at its semicolons, outside quotes and comments. After
// COPY ... FROM STDIN; the lines up to \. are its input, as in psql.
func splitStatements(text string) []scriptStatement {
	var out []scriptStatement
	for {
		end := statementEnd(text)
		one := strings.TrimSpace(text[:end])
		text = strings.TrimPrefix(text[end:], ";")
		if one != "" {
			s := scriptStatement{text: one}
			if isCopyIn(one) {
				s.copy = true
				s.input, text = copyInput(text)
			}
			out = append(out, s)
		}
		if text == "" {
			return out
		}
	}
}

func isCopyIn(s string) bool {
	up := strings.ToUpper(s)
	return strings.HasPrefix(up, "COPY") && strings.Contains(up, "FROM STDIN")
}

func copyInput(text string) (input, rest string) {
	text = strings.TrimPrefix(text, "\n")
	var b strings.Builder
	for text != "" {
		line, after, _ := strings.Cut(text, "\n")
		text = after
		if line == `\.` {
			break
		}
		b.WriteString(line + "\n")
	}
	return b.String(), text
}

// statementEnd returns where the first statement ends: its semicolon or the end.
func statementEnd(s string) int {
	for i := 0; i < len(s); {
		switch {
		case s[i] == ';':
			return i
		case s[i] == '\'':
			i += quotedLen(s[i:], '\'', i > 0 && (s[i-1] == 'E' || s[i-1] == 'e'))
		case s[i] == '"':
			i += quotedLen(s[i:], '"', false)
		case strings.HasPrefix(s[i:], "--"):
			i += lengthTo(s[i:], "\n")
		case strings.HasPrefix(s[i:], "/*"):
			i += lengthTo(s[i:], "*/")
		case s[i] == '$':
			i += dollarLen(s[i:])
		default:
			i++
		}
	}
	return len(s)
}

func quotedLen(s string, quote byte, escapes bool) int {
	for i := 1; i < len(s); i++ {
		if escapes && s[i] == '\\' {
			i++
		} else if s[i] == quote {
			return i + 1
		}
	}
	return len(s)
}

func lengthTo(s, end string) int {
	if i := strings.Index(s, end); i >= 0 {
		return i + len(end)
	}
	return len(s)
}

func dollarLen(s string) int {
	end := strings.IndexByte(s[1:], '$')
	if end < 0 || strings.ContainsAny(s[1:end+1], " \n;,)(") || (end > 0 && s[1] >= '0' && s[1] <= '9') {
		return 1
	}
	tag := s[:end+2]
	if i := strings.Index(s[len(tag):], tag); i >= 0 {
		return i + 2*len(tag)
	}
	return len(s)
}

func TestSplitStatements(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []string
	}{
		{"a; b", []string{"a", "b"}},
		{"select ';' ; x", []string{"select ';'", "x"}},
		{`select E'\';' ; x`, []string{`select E'\';'`, "x"}},
		{"select 'it''s;' -- ;\n; y", []string{"select 'it''s;' -- ;", "y"}},
		{`"a;b" /* ; */ ; z;`, []string{`"a;b" /* ; */`, "z"}},
		{"select $$;$$, $1; $x$ ;$$ $x$", []string{"select $$;$$, $1", "$x$ ;$$ $x$"}},
		{"copy t from stdin;\n1;2\n\\.\nselect 1", []string{"copy t from stdin<1;2\n>", "select 1"}},
		{" ; ;", nil},
	} {
		var got []string
		for _, s := range splitStatements(c.in) {
			if s.copy {
				s.text += "<" + s.input + ">"
			}
			got = append(got, s.text)
		}
		if strings.Join(got, "\x00") != strings.Join(c.want, "\x00") {
			t.Errorf("%q splits into %q, want %q", c.in, got, c.want)
		}
	}
}
