package sql

import (
	"strings"
	"testing"

	"millrace/sql/pgerr"
)

// TestLimits checks that texts which would cost too much stack or time are
// refused with the right code, and that those just inside the limits are not.
func TestLimits(t *testing.T) {
	nest := func(open, middle, closing string, n int) string {
		return "select " + strings.Repeat(open, n) + middle + strings.Repeat(closing, n)
	}
	cases := []struct {
		name, text, code string
	}{
		{"parentheses", nest("(", "1", ")", 100), ""},
		{"deep parentheses", nest("(", "1", ")", 100_000), pgerr.StatementTooComplex},
		{"open parentheses", nest("(", "1", "", 100_000), pgerr.StatementTooComplex},
		{"subqueries", nest("(select ", "1", ")", 100), ""},
		{"deep subqueries", nest("(select ", "1", ")", 50_000), pgerr.StatementTooComplex},
		{"calls", nest("f(", "1", ")", 100_000), pgerr.StatementTooComplex},
		{"arrays", nest("array[", "1", "]", 100_000), pgerr.StatementTooComplex},
		{"cases", nest("case when true then ", "1", " end", 20_000), pgerr.StatementTooComplex},
		{"not", nest("not ", "true", "", 100_000), pgerr.StatementTooComplex},
		{"minus", nest("- ", "1", "", 100_000), pgerr.StatementTooComplex},
		{"prefix operators", nest("@ ", "1", "", 100_000), pgerr.StatementTooComplex},
		{"joins", "select from " + strings.Repeat("(a join ", 50_000), pgerr.StatementTooComplex},
		{"nested joins", "select from a " + strings.Repeat("join b ", 50_000), pgerr.StatementTooComplex},
		{"from subqueries", strings.Repeat("select * from (", 50_000), pgerr.StatementTooComplex},
		{"nested with", strings.Repeat("with a as (", 50_000), pgerr.StatementTooComplex},
		{"grouping sets", "select from t group by " + strings.Repeat("grouping sets (", 50_000), pgerr.StatementTooComplex},
		{"types", "select cast(a as " + strings.Repeat("array<", 50_000), pgerr.StatementTooComplex},
		{"explain", strings.Repeat("explain ", 50_000), pgerr.SyntaxError},
		{"chain", "select 1" + strings.Repeat(" + 1", 5_000), ""},
		{"long chain", "select 1" + strings.Repeat(" + 1", 50_000), pgerr.StatementTooComplex},
		{"long chain of calls", "select 1" + strings.Repeat(" || 1", 50_000), pgerr.StatementTooComplex},
		{"casts", "select 1" + strings.Repeat("::int", 50_000), pgerr.StatementTooComplex},
		{"unions", "select 1" + strings.Repeat(" union all select 1", 1_000), ""},
		{"long unions", "select 1" + strings.Repeat(" union all select 1", 40_000), pgerr.StatementTooComplex},
		{"in list", "select a in (1" + strings.Repeat(",1", 20_000) + ")", ""},
		{"joins in a row", "select from a" + strings.Repeat(" cross join b", 300), ""},
		{"many joins", "select from a" + strings.Repeat(" cross join b", 50_000), pgerr.StatementTooComplex},
		{"long query", "select '" + strings.Repeat("x", maxStatementBytes) + "'", pgerr.ProgramLimitExceeded},
		{"long insert", "insert into t values ('" + strings.Repeat("x", maxStatementBytes) + "')", ""},
		{"long insert of expressions", "insert into t values ('" + strings.Repeat("x", maxStatementBytes) + "', now())", pgerr.ProgramLimitExceeded},
		{"long text", strings.Repeat(" ", maxTextBytes+1), pgerr.ProgramLimitExceeded},
		{"invalid UTF-8", "select '\xff'", pgerr.CharacterNotInRepertoire},
		{"NUL", "select '\x00'", pgerr.CharacterNotInRepertoire},
		{"escaped NUL", `select E'\000'`, pgerr.CharacterNotInRepertoire},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			stmts, err := Parse(c.text)
			if c.code == "" {
				if err != nil {
					t.Fatal(err)
				}
				checkRoundTrip(t, stmts[0])
				return
			}
			if err == nil || pgerr.Code(err) != c.code {
				t.Fatalf("error %v (%s), want %s", err, codeOf(err), c.code)
			}
		})
	}
}

func codeOf(err error) string {
	if err == nil {
		return "none"
	}
	return pgerr.Code(err)
}
