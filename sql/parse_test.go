package sql

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/cockroachdb/datadriven"

	"millrace/sql/pgerr"
)

// TestParse runs testdata/parse: a text, and the canonical print of each statement
// in it with the type of its node. The print must parse to the same tree.
func TestParse(t *testing.T) {
	datadriven.Walk(t, "testdata/parse", func(t *testing.T, path string) {
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			stmts, err := Parse(d.Input)
			if err != nil {
				return describeError(d.Input, err)
			}
			var out strings.Builder
			for _, stmt := range stmts {
				checkRoundTrip(t, stmt)
				checkPositions(t, d.Input, stmt)
				fmt.Fprintf(&out, "%s: %s\n", strings.TrimPrefix(fmt.Sprintf("%T", stmt), "*sql."), Format(stmt))
			}
			return out.String()
		})
	})
}

// TestErrors runs testdata/errors: wrong texts with SQLSTATE, position in
// characters and message. Those marked "pg" were compared with PostgreSQL 15.
func TestErrors(t *testing.T) {
	datadriven.Walk(t, "testdata/errors", func(t *testing.T, path string) {
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			_, err := Parse(d.Input)
			if err == nil {
				return "no error"
			}
			return describeError(d.Input, err)
		})
	})
}

// describeError prints an error as SQLSTATE, character position and message.
func describeError(text string, err error) string {
	if errors.Is(err, errGrammar) {
		return "normalised text was refused: " + err.Error()
	}
	e := pgerr.As(err)
	position := 0
	if e.Position > 0 {
		position = utf8.RuneCountInString(text[:e.Position-1]) + 1
	}
	out := fmt.Sprintf("%s at %d: %s\n", e.Code, position, e.Message)
	if e.Hint != "" {
		out += "hint: " + e.Hint + "\n"
	}
	return out
}

// checkRoundTrip checks that the print of a statement parses to an equal tree.
func checkRoundTrip(t *testing.T, stmt Statement) {
	t.Helper()
	text := Format(stmt)
	again, err := ParseOne(text)
	if err != nil {
		t.Errorf("%s\nprints as\n%s\nwhich does not parse: %v", stmt.Text(), text, err)
		return
	}
	if d := difference(stmt, again); d != "" {
		t.Errorf("%s\nprints as\n%s\nwhich is another tree: %s", stmt.Text(), text, d)
	}
}

// checkPositions checks that all nodes lie inside the text.
func checkPositions(t *testing.T, text string, stmt Statement) {
	t.Helper()
	Walk(stmt, func(n Node) bool {
		if n == nil {
			t.Errorf("%s: nil node", text)
			return false
		}
		if pos := n.Position(); pos != NoPos && (pos < 0 || int(pos) > len(text)) {
			t.Errorf("%s: %T at %d", text, n, pos)
		}
		return true
	})
}
