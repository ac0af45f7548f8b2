package sql

import (
	"errors"
	"os"
	"strings"
	"testing"

	"millrace/sql/pgerr"
)

// FuzzParse feeds any text: no panic and no hang, errors have a SQLSTATE and a
// position inside the text, the grammar never refuses what the rewriter passed,
// and what parses prints as SQL that parses to the same tree.
func FuzzParse(f *testing.F) {
	for _, file := range []string{
		"testdata/clients.txt", "testdata/parse/expressions.txt", "testdata/parse/queries.txt",
		"testdata/parse/ddl.txt", "testdata/parse/dml.txt", "testdata/parse/session.txt",
		"testdata/parse/stream.txt", "testdata/errors/postgres.txt",
	} {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, line := range strings.Split(string(data), "\n") {
			f.Add(line)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		stmts, err := Parse(text)
		if err != nil {
			checkError(t, text, err)
			return
		}
		for _, stmt := range stmts {
			checkRoundTrip(t, stmt)
			checkPositions(t, text, stmt)
			MaxParam(stmt)
		}
	})
}

func checkError(t *testing.T, text string, err error) {
	t.Helper()
	if errors.Is(err, errGrammar) {
		t.Errorf("%q: %v", text, err)
	}
	var e *pgerr.Error
	if !errors.As(err, &e) || e.Code == pgerr.InternalError || e.Message == "" {
		t.Fatalf("%q: error %v", text, err)
	}
	if e.Position < 0 || e.Position > len(text)+1 {
		t.Errorf("%q: position %d", text, e.Position)
	}
}

// FuzzLex checks that tokens cover the text in order.
func FuzzLex(f *testing.F) {
	for _, text := range []string{`e'\u0041'`, `U&"\0041" uescape '!'`, "$a$x$a$", "1.5e3", "'a'\n'b'", "a->>'b'", "/*/**/*/ --"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		l := lex(text)
		end := int32(0)
		for _, token := range l.toks {
			if token.pos < end || token.end < token.pos || int(token.end) > len(text) {
				t.Fatalf("%q: token %q at %d..%d behind %d", text, token.text, token.pos, token.end, end)
			}
			end = token.end
		}
		if last := l.toks[len(l.toks)-1].kind; last != tokEOF && last != tokLexerError {
			t.Fatalf("%q: the last token is %v", text, last)
		}
	})
}
