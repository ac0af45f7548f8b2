package sql

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

// TestOutputName checks the names of columns without an alias; the wanted ones are
// those of PostgreSQL 15.
func TestOutputName(t *testing.T) {
	cases := []struct{ expr, want string }{
		{"1", "?column?"},
		{"'x'", "?column?"},
		{"null", "?column?"},
		{"a + b", "?column?"},
		{"not a", "?column?"},
		{"a", "a"},
		{"t.a", "a"},
		{`t."A b"`, "A b"},
		{"a[1]", "a"},
		{"(c).f", "f"},
		{"(c).f[1]", "f"},
		{"(f(a)).b", "b"},
		{"f(a)", "f"},
		{"pg_catalog.f(a)", "f"},
		{"count(*)", "count"},
		{"sum(a) over ()", "sum"},
		{"1::int", "int4"},
		{"'x'::text", "text"},
		{"a::int", "a"},
		{"f(a)::text", "f"},
		{"cast(1 as char(3))", "bpchar"},
		{"date '2020-01-01'", "date"},
		{"interval '1' day", "interval"},
		{"1::double precision::text", "text"},
		{"'{}'::pg_catalog.int4[]", "int4"},
		{"(1::int)::text", "text"},
		{`1::"char"`, "char"},
		{"timestamp with time zone '2020-01-01'", "timestamptz"},
		{"1.5::decimal(3,1)", "numeric"},
		{"case when a then 1 end", "case"},
		{"case when a then b else c end", "c"},
		{"case when a then b else 1::int end", "case"},
		{"case when a then 1 else f(a) end", "f"},
		{"case when a then 1 else t.b end::text", "b"},
		{"exists (select 1)", "exists"},
		{"(select a)", "a"},
		{"(select 1)", "?column?"},
		{"(select 1 as x)", "x"},
		{"(values (1))", "column1"},
		{"(select a union select b)", "a"},
		{"(select max(a) from t)", "max"},
		{"array[1]", "array"},
		{"array(select 1)", "array"},
		{"row(1)", "row"},
		{"(1, 2)", "row"},
		{"coalesce(a, b)", "coalesce"},
		{"nullif(a, b)", "nullif"},
		{"greatest(a)", "greatest"},
		{"least(a)", "least"},
		{"current_date", "current_date"},
		{"current_timestamp(3)", "current_timestamp"},
		{"current_user", "current_user"},
		{"user", "user"},
		{"session_user", "session_user"},
		{"current_schema", "current_schema"},
		{"localtime", "localtime"},
		{"extract(year from a)", "extract"},
		{"position('a' in b)", "position"},
		{"substring(a from 2)", "substring"},
		{"trim(a)", "btrim"},
		{"trim(leading from a)", "ltrim"},
		{"overlay(a placing b from 1)", "overlay"},
		{"a at time zone 'x'", "timezone"},
		{"a collate \"C\"", "a"},
		{"a is null", "?column?"},
		{"a in (1)", "?column?"},
		{"a like 'x'", "?column?"},
		{"a between 1 and 2", "?column?"},
		{"a = any (b)", "?column?"},
		{"-a", "?column?"},
		{"a is normalized", "is_normalized"},
		{"$1", "?column?"},
		{"$1::int", "int4"},
		{"grouping(a)", "grouping"},
		{"(a, b) overlaps (c, d)", "overlaps"},
		{"collation for (a)", "pg_collation_for"},
		{"a[1:2]", "a"},
		{"a is distinct from b", "?column?"},
		{"true", "?column?"},
		{"true::bool", "bool"},
		{"a -> 'b'", "?column?"},
	}
	for _, c := range cases {
		e, err := ParseExpr(c.expr)
		if err != nil {
			t.Errorf("%s: %v", c.expr, err)
			continue
		}
		if got := OutputName(e); got != c.want {
			t.Errorf("%s: name %q, want %q", c.expr, got, c.want)
		}
	}
}

// TestPositions checks the place of each kind of node; "^" marks it.
func TestPositions(t *testing.T) {
	cases := []struct{ text, mark, node string }{
		{"select a + b", "         ^", "*sql.Binary"},
		{"select a + b * c", "         ^", "*sql.Binary"},
		{"select a + (b) and c", "               ^", "*sql.Binary"},
		{"select -a", "       ^", "*sql.Unary"},
		{"select 1 - -5", "           ^", "*sql.Literal -5"},
		{"select a || b", "         ^", "*sql.Binary"},
		{"select a and not b", "             ^", "*sql.Unary"},
		{"select t.a", "       ^", "*sql.ColumnRef"},
		{"select x, f(a) over w", "          ^", "*sql.Call"},
		{"select a::int", "        ^", "*sql.Cast"},
		{"select a::int", "          ^", "*sql.TypeName"},
		{"select cast(a as int)", "       ^", "*sql.Cast"},
		{"select int '5'", "           ^", "*sql.Literal 5"},
		{"select $1", "       ^", "*sql.Param"},
		{"select a is null", "         ^", "*sql.IsTest"},
		{"select a not in (1)", "         ^", "*sql.InList"},
		{"select a between 1 and 2", "         ^", "*sql.Between"},
		{"select a not like b", "         ^", "*sql.Like"},
		{"select case when a then b end", "       ^", "*sql.Case"},
		{"select 1 + (select 2)", "           ^", "*sql.Subquery"},
		{"select not exists (select 2)", "           ^", "*sql.Exists"},
		{"select a[1]", "        ^", "*sql.Subscript"},
		{"select (a).b", "          ^", "*sql.Field"},
		{"select row(1)", "       ^", "*sql.Row"},
		{"select 1 union select 2", "         ^", "*sql.SetOp"},
		{"select 1 from t as x", "              ^", "*sql.Table"},
		{"select 1 from a join b on c", "                ^", "*sql.Join"},
		{"select 1 from f(1)", "              ^", "*sql.FuncRef"},
		{"select 1 order by 2 desc", "                  ^", "*sql.OrderItem"},
		{"  select 1", "  ^", "*sql.SelectStmt"},
		{"select 1; select 2", "          ^", "*sql.SelectStmt"},
		{"select é + b", "         ^", "*sql.Binary"},
		{"insert into t values (1, 'x')", "                         ^", "*sql.Literal x"},
	}
	for _, c := range cases {
		stmts, err := Parse(c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		want := len(string([]rune(c.text)[:strings.IndexByte(c.mark, '^')]))
		var found []Pos
		for _, stmt := range stmts {
			found = append(found, positionsOf(stmt, c.node)...)
		}
		if !containsPos(found, Pos(want)) {
			t.Errorf("%s: %s at %v, want %d", c.text, c.node, found, want)
		}
	}
}

// positionsOf returns where nodes of a type, or literals "type text", stand.
func positionsOf(stmt Statement, node string) []Pos {
	var found []Pos
	Walk(stmt, func(n Node) bool {
		name := fmt.Sprintf("%T", n)
		if cast, ok := n.(*Cast); ok && node == "*sql.TypeName" {
			found = append(found, cast.Type.Pos)
		}
		if literal, ok := n.(*Literal); ok {
			if name+" "+literal.Text == node {
				found = append(found, n.Position())
			}
		}
		if name == node {
			found = append(found, n.Position())
		}
		return true
	})
	return found
}

func containsPos(list []Pos, pos Pos) bool {
	for _, p := range list {
		if p == pos {
			return true
		}
	}
	return false
}

// TestStatementText checks that each statement has its own part of the text.
func TestStatementText(t *testing.T) {
	stmts, err := Parse(" select 1 ; ;; /* x */ explain select 2 -- y\n;prepare p as values (3)")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"select 1", "explain select 2", "prepare p as values (3)"}
	if len(stmts) != len(want) {
		t.Fatalf("%d statements", len(stmts))
	}
	for i, stmt := range stmts {
		if stmt.Text() != want[i] {
			t.Errorf("text %q, want %q", stmt.Text(), want[i])
		}
	}
	if inner := stmts[1].(*Explain).Statement.Text(); inner != "select 2" {
		t.Errorf("text inside EXPLAIN %q", inner)
	}
	for _, text := range []string{"", " ", ";", ";;", "-- ping", "/* x */ ; "} {
		if stmts, err := Parse(text); err != nil || len(stmts) != 0 {
			t.Errorf("%q: %d statements, error %v", text, len(stmts), err)
		}
	}
}

// TestConstantRows checks that VALUES read without the grammar are those that the
// grammar gives.
func TestConstantRows(t *testing.T) {
	for _, rows := range []string{
		"(1)", "(1, 'a', null, true, false, default, $1, -5, -1.5, 1e5, b'1', x'ff')", "(1, 2), (3, 4), ($1, $2)",
		"('it''s', E'a\\n')", "(-0)",
	} {
		fast, err := ParseOne("insert into t values " + rows)
		if err != nil {
			t.Fatal(err)
		}
		// A sum in one more row makes the fast path give up.
		slow, err := ParseOne("insert into t values " + rows + ", (1 + 1)")
		if err != nil {
			t.Fatal(err)
		}
		values := slow.(*Insert).Query.Body.(*Values)
		values.Rows = values.Rows[:len(values.Rows)-1]
		if d := difference(fast.(*Insert).Query, slow.(*Insert).Query); d != "" {
			t.Errorf("%s: %s", rows, d)
		}
	}
}

// TestParseExpr checks expressions and types that are stored alone.
func TestParseExpr(t *testing.T) {
	for _, text := range []string{"1", "now()", "ts - '5 seconds'::interval", "a > 0 AND b IS NOT NULL", "(SELECT 1)", "-1", "'x'"} {
		e, err := ParseExpr(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
		} else if got := Format(e); got != text {
			t.Errorf("%s prints as %s", text, got)
		}
	}
	for _, text := range []string{"", "1 2", "1;", "1; select 2", "select 1", "a,", "a as b", "'"} {
		if e, err := ParseExpr(text); err == nil {
			t.Errorf("%q parses as %s", text, Format(e))
		}
	}
	for text, want := range map[string]string{
		"integer": "int4", "varchar(10)[]": "varchar(10)[]", "timestamp(3) with time zone": "timestamptz(3)",
		`"char"`: `"char"`, "char": "bpchar(1)", "interval day to second(2)": "interval day to second(2)",
		"array<struct<a int, b map<string, double>>>": "struct<a int4, b map<text, float8>>[]",
	} {
		typ, err := ParseTypeName(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
		} else if got := Format(typ); got != want {
			t.Errorf("%s prints as %s, want %s", text, got, want)
		}
	}
}

func TestMaxParam(t *testing.T) {
	for text, want := range map[string]int{
		"select 1": 0, "select $1, $3": 3, "insert into t values ($2) on conflict (a) do update set b = $7 returning $4": 7,
		"with x as (select $9) select * from x limit $2":                                             9,
		"update t set a = $1 from (select $5) s where b = $2":                                        5,
		"select sum(a) filter (where b = $3) over (order by $8) from t":                              8,
		"select 1 where a in (select $6)":                                                            6,
		"select 1 group by rollup ($4)":                                                              4,
		"select * from f($3) g, lateral (select $2) x join u on $11 where case $5 when 1 then 2 end": 11,
		"explain select $2": 2, "declare c cursor for select $1": 1, "copy (select $3) to stdout": 3,
	} {
		stmt, err := ParseOne(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
		} else if got := MaxParam(stmt); got != want {
			t.Errorf("%s: %d, want %d", text, got, want)
		}
	}
}

// TestConcurrentParse parses in several goroutines: TiDB's parsers are shared.
func TestConcurrentParse(t *testing.T) {
	const text = "select a, sum(b) over (partition by c) from t join u using (a) where a in (1, 2) order by 1"
	want, err := ParseOne(text)
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 50 {
				got, err := ParseOne(text)
				if err != nil {
					t.Error(err)
					return
				}
				if d := difference(want, got); d != "" {
					t.Error(d)
					return
				}
			}
		})
	}
	group.Wait()
}
