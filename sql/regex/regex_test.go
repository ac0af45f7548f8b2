package regex

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"millrace/sql/pgerr"
)

// found writes the first match with its groups as PostgreSQL's regexp_match would.
func found(t *testing.T, pattern, text string, o Options) string {
	t.Helper()
	r, err := Compile(pattern, o)
	if err != nil {
		var e *pgerr.Error
		if !errors.As(err, &e) || e.Code != pgerr.InvalidRegularExpression {
			t.Fatalf("%q: %v", pattern, err)
		}
		return strings.TrimPrefix(e.Message, "invalid regular expression: ")
	}
	at := r.Find([]byte(text), 0)
	if r.Match([]byte(text)) != (at != nil) {
		t.Errorf("%q on %q: Match and Find disagree", pattern, text)
	}
	if at == nil {
		return "none"
	}
	var out []string
	for g := 0; g < len(at); g += 2 {
		if at[g] < 0 {
			out = append(out, "-")
			continue
		}
		out = append(out, text[at[g]:at[g+1]])
	}
	return strings.Join(out, "|")
}

// The answers are PostgreSQL 15's.
func TestFind(t *testing.T) {
	for _, c := range []struct{ pattern, text, want string }{
		{"b", "abc", "b"},
		{"o|oo", "foo", "oo"},
		{"(.*?)(o+)", "foobar", "fo|f|o"},
		{"(a|ab)(c|bcd)?", "abcd", "abcd|a|bcd"},
		{"Y*?([0-9]{1,3})", "XY1234Z", "Y1|1"},
		{"Y*([0-9]{1,3})", "XY1234Z", "Y123|123"},
		{`(.*?)(\d+)(.*)`, "abc01234xyz", "abc0|abc|0|"},
		{`(?:(.*?)(\d+)(.*)){1,1}`, "abc01234xyz", "abc01234xyz|abc|01234|xyz"},
		{`^(a)(b)\2\1$`, "abba", "abba|a|b"},
		{`(.)(\1)`, "apple", "pp|p|p"},
		{`(\w)\1`, "abc", "none"},
		{`foo(?=bar)`, "foobaz foobar", "foo"},
		{`(?<!x)b`, "xbb", "b"},
		{`(?<=\d)[a-z]+`, "ab1cd", "cd"},
		{`(a*)(ab)?b`, "aab", "aab|aa|-"},
		{`(x)?b`, "abc", "b|-"},
		{`(a)|(b)`, "b", "b|-|b"},
		{`((a)|b)+`, "ab", "ab|b|-"},
		{`(a{0})b`, "b", "b|"},
		{`\mbar\M`, "foo bar", "bar"},
		{`[[:<:]]b`, "ab b", "b"},
		{`[]a]+`, "x]a]", "]a]"},
		{`(?i)É`, "é", "é"},
		{`***=a.c`, "abc a.c", "a.c"},
		{`(?x) a  b # comment`, "ab", "ab"},
		{`\x41\u0042\103`, "ABC", "ABC"},
		{`(`, "", "parentheses () not balanced"},
		{`a)`, "", "parentheses () not balanced"},
		{`[a`, "", "brackets [] not balanced"},
		{`a{1`, "", "braces {} not balanced"},
		{`a{2,1}`, "", "invalid repetition count(s)"},
		{`a**`, "", "quantifier operand invalid"},
		{`^*`, "", "quantifier operand invalid"},
		{`\1`, "", "invalid backreference number"},
		{`[b-a]`, "", "invalid character range"},
		{`[[:no:]]`, "", "invalid character class"},
		{`[[.no.]]`, "", "invalid collating element"},
		{`\q`, "", `invalid escape \ sequence`},
		{`(?z)a`, "", "invalid embedded option"},
	} {
		if got := found(t, c.pattern, c.text, Options{}); got != c.want {
			t.Errorf("%q on %q gives %q, want %q", c.pattern, c.text, got, c.want)
		}
	}
}

func TestAll(t *testing.T) {
	r, err := Compile("a*", Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(r.All([]byte("bäaac"), 0, -1)); got != "[[0 0] [1 1] [3 5] [5 5] [6 6]]" {
		t.Error(got)
	}
	if got := fmt.Sprint(r.All([]byte("baa"), 2, 1)); got != "[[2 3]]" {
		t.Error(got)
	}
}

// A pattern over a long text takes time in proportion to it.
func TestFindIsLinear(t *testing.T) {
	r, err := Compile(`(a+)+(?=b)b`, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if at := r.Find([]byte(strings.Repeat("a", 50_000)), 0); at != nil {
		t.Error(at)
	}
}

// FuzzCompile looks for panics, and for patterns where the fast answer is another one.
func FuzzCompile(f *testing.F) {
	for _, s := range []string{`(a|b)*?\1{2,3}`, `(?<=x)[^[:alpha:]]`, `(?x)a #c`, `\u00e9(?!b)`, `***=x`, `(((a)?)+)*`} {
		f.Add(s, "abxab1é\n")
	}
	f.Fuzz(func(t *testing.T, pattern, text string) {
		if len(pattern) > 60 || len(text) > 60 || strings.Count(pattern, "{") > 2 {
			return
		}
		r, err := Compile(pattern, Options{})
		if err != nil {
			return
		}
		at := r.Find([]byte(text), 0)
		if r.Match([]byte(text)) != (at != nil) {
			t.Errorf("%q on %q: Match and Find disagree", pattern, text)
		}
		r.All([]byte(text), 0, 100)
	})
}

func BenchmarkFind(b *testing.B) {
	text := []byte(strings.Repeat("some words and 2024-02-29 dates, ", 10))
	for name, pattern := range map[string]string{"groups": `(\d+)-(\d+)-(\d+)`, "word": `\mdates\M`, "backref": `(\w)\1`} {
		r, err := Compile(pattern, Options{})
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				r.Find(text, 0)
			}
		})
	}
}
