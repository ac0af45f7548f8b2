package sqltests

import (
	"flag"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"

	"millrace/server"
)

// generatedFlag is how many random queries TestGenerated asks.
var generatedFlag = flag.Int("generated", 0, "number of random queries; 0 is 100, or 20,000 with PostgreSQL or at night")

// genSetup is the relations of the generator: few rows with NULLs, duplicates and edges,
// but no values so large that sums overflow.
var genSetup = []string{
	"CREATE TABLE r1 (id int PRIMARY KEY, i int, b bigint, n numeric, t text, f bool, d date, s timestamp, a int[], j jsonb)",
	`INSERT INTO r1 VALUES (1, 1, 10, 1.5, 'a', true, '2020-01-01', '2020-01-01 10:00', '{1,2}', '{"a": 1}'),
		(2, 2, -10, 1.50, 'b', false, '2020-02-29', '2020-02-29 00:00', '{}', '[1, 2]'), (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
		(4, 0, 0, 0, '', NULL, '1999-12-31', '1999-12-31 23:59:59.999', '{NULL}', 'null'),
		(5, -7, 5000000000, -0.001, 'Äb c', true, 'infinity', '2020-01-01 10:00', '{{1,2},{3,4}}', '"x"'),
		(6, 1, 10, 100.10, 'a', false, '2020-01-01', '2024-02-29 12:00', '{1,2}', '{"a": 1, "b": [5, 6]}'),
		(7, 100, 1, 12345.678, 'a%b_c', NULL, NULL, '2020-01-01 10:00', '{3,2,1}', '{}')`,
	"CREATE TABLE r2 (id int PRIMARY KEY, i int, n numeric(8,2), t text, f bool, d date)",
	`INSERT INTO r2 VALUES (1, 1, 1.5, 'a', true, '2020-01-01'), (2, 2, 2.25, 'x', NULL, '2020-02-29'), (3, 2, NULL, 'b', false, NULL),
		(4, NULL, 0, NULL, true, '1999-12-31'), (5, 100, -3.5, '', false, '2020-01-01')`,
	"CREATE TABLE r3 (k text, v int, s timestamp, PRIMARY KEY (k, v))",
	`INSERT INTO r3 VALUES ('a', 1, '2020-01-01'), ('a', 2, NULL), ('b', 1, '2020-02-29 12:30:45.5'), ('', 7, '1999-12-31 23:59:59')`,
	"CREATE VIEW r4 AS SELECT i AS g, count(*)::int AS c, max(t) AS m FROM r1 GROUP BY i",
}

// genTables are the columns of these relations.
var genTables = map[string][]genColumn{
	"r1": {{"id", kInt}, {"i", kInt}, {"b", kBig}, {"n", kNum}, {"t", kText}, {"f", kBool}, {"d", kDate}, {"s", kStamp}, {"a", kArray}, {"j", kJSON}},
	"r2": {{"id", kInt}, {"i", kInt}, {"n", kNum}, {"t", kText}, {"f", kBool}, {"d", kDate}},
	"r3": {{"k", kText}, {"v", kInt}, {"s", kStamp}},
	"r4": {{"g", kInt}, {"c", kInt}, {"m", kText}},
}

// TestGenerated asks random queries. What PostgreSQL answers must come out, or an error
// of the same code; without it the plan as written must give what the optimised one does.
func TestGenerated(t *testing.T) {
	s, count := seed(t), *generatedFlag
	if count == 0 && (oracle() || night()) {
		count = 20_000
	} else if count == 0 {
		s, count = 1, 100 // the same ones each time: a push must not meet what is new
	}
	queries := make([]string, count)
	for i := range queries {
		g := newGenerator(s, uint64(i))
		queries[i] = g.query()
	}
	want := make([]string, count)
	if oracle() {
		pg := startPostgres(t)
		c := pg.connect(pg.newDatabase())
		defer c.close()
		answerAll(t, c, queries, want)
	} else {
		answerGenerated(t, server.Options{Settings: map[string]string{"millrace.optimizer": "off"}}, queries, want)
	}
	got := make([]string, count)
	answerGenerated(t, server.Options{}, queries, got)
	wrong, failed := 0, 0
	for i := range queries {
		if strings.HasPrefix(want[i], "ERROR") {
			failed++
		}
		if got[i] == want[i] && !strings.Contains(got[i], "XX000") {
			continue
		}
		if wrong++; wrong <= 20 || testing.Verbose() {
			t.Errorf("query %d of MILLRACE_SEED=%d:\n%s;\n%s", i, s, queries[i], firstDifference(got[i], want[i]))
		}
	}
	t.Logf("%d queries, %d of them fail, %d differ", count, failed, wrong)
	if failed > count/5 {
		t.Errorf("%d of %d queries fail: that tests little", failed, count)
	}
}

func answerGenerated(t *testing.T, o server.Options, queries, out []string) {
	synctest.Test(t, func(t *testing.T) {
		n := newNode(t, o)
		answerAll(t, n.open(), queries, out)
	})
}

// answerAll runs the set-up and the queries. Of an error only the code counts: which row
// fails first is open.
func answerAll(t *testing.T, c *client, queries, out []string) {
	t.Helper()
	for _, s := range genSetup {
		if got := answerOf(t, c, s); strings.HasPrefix(got, "ERROR") {
			t.Fatalf("%s: %s", s, got)
		}
	}
	for i, q := range queries {
		out[i] = answerOf(t, c, q)
		if strings.HasPrefix(out[i], "ERROR") && !strings.Contains(out[i], "XX000") {
			out[i], _, _ = strings.Cut(out[i], ":")
		}
		out[i] = settled(out[i])
	}
}

var (
	headModifier  = regexp.MustCompile(`numeric\(\d+,\d+\)`)
	trailingZeros = regexp.MustCompile(`(\.\d*?)0+(\D|$)`)
	bareDot       = regexp.MustCompile(`(\d)\.(\D|$)`)
)

// settled takes out what is open: which of 1.5 and 1.50, which are equal, stands for both
// in a group, a set or a maximum; and the modifier of an expression's type, of which
// PostgreSQL tells what is left after constants are folded.
func settled(s string) string {
	s = trailingZeros.ReplaceAllString(headModifier.ReplaceAllString(s, "numeric"), "$1$2")
	return bareDot.ReplaceAllString(s, "$1$2")
}

// query is a whole random query.
func (g *generator) query() string {
	ks := make([]kind, 1+g.n(3))
	for i := range ks {
		ks[i] = g.kind()
	}
	with := ""
	if g.chance(15) {
		with = g.sprintf("WITH c1 AS %s(%s) ", g.pick("", "MATERIALIZED ", "NOT MATERIALIZED "), g.named([]kind{kInt, kText}, 2))
		g.ctes = map[string][]genColumn{"c1": {{"x1", kInt}, {"x2", kText}}}
	}
	q := g.body(ks, 3)
	if g.chance(25) {
		q = g.sprintf("%s %s %s", q, g.pick("UNION", "UNION ALL", "INTERSECT", "EXCEPT", "EXCEPT ALL", "INTERSECT ALL"), g.body(ks, 2))
	}
	if g.chance(40) {
		var order []string
		for i := range ks {
			order = append(order, fmt.Sprint(i+1)+g.pick("", " DESC", " NULLS FIRST", " DESC NULLS LAST"))
		}
		q += " ORDER BY " + joinExprs(order)
		if g.chance(50) {
			q += g.sprintf(" LIMIT %d", g.n(6))
		}
		if g.chance(30) {
			q += g.sprintf(" OFFSET %d", g.n(3))
		}
	}
	return with + q
}

// body is a SELECT with columns of the kinds.
func (g *generator) body(ks []kind, d int) string {
	switch g.n(8) {
	case 0, 1:
		return g.grouped(ks, d)
	case 2:
		return g.windowed(ks, d)
	case 3:
		return "SELECT DISTINCT" + strings.TrimPrefix(g.simpleQuery(ks, d), "SELECT")
	}
	return g.simpleQuery(ks, d)
}

// simpleQuery has neither groups nor windows.
func (g *generator) simpleQuery(ks []kind, d int) string {
	from, cols := g.from(d)
	defer g.enter(cols)()
	out := make([]string, len(ks))
	for i, k := range ks {
		out[i] = g.expr(k, d)
	}
	q := "SELECT " + joinExprs(out) + " FROM " + from
	if g.chance(60) {
		q += " WHERE " + g.expr(kBool, d)
	}
	return q
}

// named is simpleQuery with column names x1, x2 and so on.
func (g *generator) named(ks []kind, d int) string {
	from, cols := g.from(d)
	defer g.enter(cols)()
	out := make([]string, len(ks))
	for i, k := range ks {
		out[i] = fmt.Sprintf("%s AS x%d", g.expr(k, d), i+1)
	}
	return "SELECT " + joinExprs(out) + " FROM " + from + " WHERE " + g.expr(kBool, d-1)
}

// grouped groups by simple expressions and aggregates others.
func (g *generator) grouped(ks []kind, d int) string {
	from, cols := g.from(d)
	defer g.enter(cols)()
	old := g.noSub
	g.noSub = true
	defer func() { g.noSub = old }()
	var out, by []string
	for _, k := range ks {
		if g.chance(40) {
			e := g.expr(k, 1)
			if column(cols, e) {
				by, out = append(by, e), append(out, e)
				continue
			}
		}
		out = append(out, g.aggregate(k))
	}
	q := "SELECT " + joinExprs(out) + " FROM " + from
	if g.chance(40) {
		q += " WHERE " + g.expr(kBool, d-1)
	}
	if len(by) > 0 {
		q += " GROUP BY " + g.pick("%s", "%s", "%s", "ROLLUP (%s)", "CUBE (%s)")
		q = strings.Replace(q, "%s", joinExprs(by), 1)
	}
	if g.chance(25) {
		q += " HAVING " + g.pick("count(*) > 1", "count(*) <> 2", "max("+g.columnOr(kInt, 0)+") > 0", "bool_or("+g.columnOr(kBool, 0)+")")
	}
	return q
}

func column(cols []genColumn, e string) bool {
	for _, c := range cols {
		if c.name == e {
			return true
		}
	}
	return false
}

// aggregate is an aggregate call with a result of the kind.
func (g *generator) aggregate(k kind) string {
	arg := func(k kind) string { return g.columnOr(k, 0) }
	filter := ""
	if g.chance(20) {
		filter = " FILTER (WHERE " + g.expr(kBool, 1) + ")"
	}
	switch k {
	case kInt:
		return g.pick("count(*)", "count("+arg(g.kind())+")", "count(DISTINCT "+arg(kInt)+")", "max("+arg(kInt)+")", "min("+arg(kInt)+")") + filter + "::int"
	case kBig:
		return g.pick("sum("+arg(kInt)+")", "count(*)", "max("+arg(kBig)+")", "sum(DISTINCT "+arg(kInt)+")") + filter
	case kNum:
		return g.pick("sum("+arg(kNum)+")", "avg("+arg(kInt)+")", "avg("+arg(kNum)+")", "min("+arg(kNum)+")", "sum("+arg(kBig)+")", "variance("+arg(kInt)+")", "stddev("+arg(kNum)+")") + filter
	case kText:
		t := arg(kText)
		return g.pick("max("+t+")", "min("+t+")", "string_agg("+t+", ',' ORDER BY "+t+")", "string_agg(DISTINCT "+t+", '-' ORDER BY "+t+")") + filter
	case kBool:
		return g.pick("bool_and", "bool_or", "every") + "(" + arg(kBool) + ")" + filter
	case kArray:
		i := arg(kInt)
		return g.sprintf("array_agg(%s ORDER BY %s%s)", i, i, g.pick("", " DESC", " NULLS FIRST")) + filter
	case kJSON:
		i := arg(kInt)
		return g.sprintf("jsonb_agg(%s ORDER BY %s)", i, i) + filter
	}
	return g.pick("max", "min") + "(" + arg(k) + ")" + filter
}

// windowed has window functions over a total order.
func (g *generator) windowed(ks []kind, d int) string {
	name := g.pick("r1", "r2")
	a := g.alias()
	cols := prefixed(a, genTables[name])
	defer g.enter(cols)()
	old := g.noSub
	g.noSub = true
	defer func() { g.noSub = old }()
	out := make([]string, len(ks))
	for i, k := range ks {
		out[i] = g.over(k, a)
	}
	q := g.sprintf("SELECT %s FROM %s %s", joinExprs(out), name, a)
	if g.chance(40) {
		q += " WHERE " + g.expr(kBool, d-1)
	}
	return q
}

func (g *generator) over(k kind, a string) string {
	order := "ORDER BY " + g.pick("", g.columnOr(g.kind(), 0)+g.pick("", " DESC", " NULLS FIRST")+", ") + a + ".id"
	window := order
	if g.chance(40) {
		window = "PARTITION BY " + g.columnOr(g.kind(), 0) + " " + order
	}
	frame := ""
	if g.chance(50) {
		frame = " " + g.pick("ROWS", "ROWS", "GROUPS") + " BETWEEN " + g.pick("UNBOUNDED PRECEDING", "1 PRECEDING", "2 PRECEDING", "CURRENT ROW") + " AND " +
			g.pick("CURRENT ROW", "1 FOLLOWING", "UNBOUNDED FOLLOWING") + g.pick("", "", " EXCLUDE CURRENT ROW", " EXCLUDE TIES", " EXCLUDE GROUP")
	}
	switch c := g.columnOr(k, 0); {
	case g.chance(25):
		return g.sprintf("%s(%s) OVER (%s)", g.pick("lag", "lead"), g.pick(c, c+", 2"), window)
	case g.chance(25):
		return g.sprintf("%s(%s) OVER (%s%s)", g.pick("first_value", "last_value"), c, window, frame)
	case k == kBig:
		return g.sprintf("%s OVER (%s%s)", g.pick("row_number()", "rank()", "dense_rank()", "count(*)", "sum("+g.columnOr(kInt, 0)+")"), window, frame)
	}
	if k == kArray || k == kJSON || k == kText {
		return g.columnOr(k, 0)
	}
	return g.aggregateOver(k) + g.sprintf(" OVER (%s%s)", window, frame)
}

func (g *generator) aggregateOver(k kind) string {
	switch k {
	case kNum:
		return g.pick("sum("+g.columnOr(kNum, 0)+")", "avg("+g.columnOr(kInt, 0)+")")
	case kBool:
		return "bool_or(" + g.columnOr(kBool, 0) + ")"
	}
	return g.pick("max", "min") + "(" + g.columnOr(k, 0) + ")"
}

func prefixed(alias string, cols []genColumn) []genColumn {
	out := make([]genColumn, len(cols))
	for i, c := range cols {
		out[i] = genColumn{alias + "." + c.name, c.kind}
	}
	return out
}

// table is one relation with an alias.
func (g *generator) table() (from string, cols []genColumn) {
	a := g.alias()
	if len(g.ctes) > 0 && g.chance(40) {
		return "c1 " + a, prefixed(a, g.ctes["c1"])
	}
	name := g.pick("r1", "r1", "r2", "r2", "r3", "r4")
	return name + " " + a, prefixed(a, genTables[name])
}

// joinsMax bounds the joins of a query, and so the rows of its products.
const joinsMax = 4

// from is a FROM list with its columns.
func (g *generator) from(d int) (from string, cols []genColumn) {
	from, cols = g.fromItem(d)
	for range 2 {
		if !g.chance(35) || g.joins >= joinsMax {
			break
		}
		g.joins++
		right, more := g.fromItem(d)
		join := g.pick("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "CROSS JOIN", ",")
		leave := g.enter(append(cols[:len(cols):len(cols)], more...))
		switch join {
		case "CROSS JOIN", ",":
			from += " " + join + " " + right
		case "FULL JOIN":
			from += g.sprintf(" FULL JOIN %s ON %s", right, g.equality(cols, more))
		default:
			on := g.equality(cols, more)
			if g.chance(30) {
				old, outer := g.noSub, g.scopes
				g.noSub, g.scopes = true, g.scopes[:1]
				on += " AND " + g.expr(kBool, 1)
				g.noSub, g.scopes = old, outer
			}
			from += g.sprintf(" %s %s ON %s", join, right, on)
		}
		leave()
		cols = append(cols, more...)
		if join == "," {
			break
		}
	}
	return from, cols
}

// equality is a condition that can be hashed.
func (g *generator) equality(left, right []genColumn) string {
	for range 20 {
		l, r := left[g.n(len(left))], right[g.n(len(right))]
		if l.kind == r.kind && l.kind != kJSON {
			return l.name + " = " + r.name
		}
	}
	return "1 = 1"
}

func (g *generator) fromItem(d int) (from string, cols []genColumn) {
	if d <= 0 || g.chance(65) {
		return g.table()
	}
	a := g.alias()
	switch g.n(4) {
	case 0:
		return g.sprintf("generate_series(%s, %s) %s(v)", g.pick("1", "0", "-1"), g.pick("2", "3", "4"), a), []genColumn{{a + ".v", kInt}}
	case 1:
		return g.sprintf("unnest(%s) %s(v)", g.literal(kArray), a), []genColumn{{a + ".v", kInt}}
	case 2:
		return g.sprintf("(VALUES (1, 'a'), (2, NULL), (NULL, '%s')) %s(v, w)", g.pick("b", "", "ä"), a), []genColumn{{a + ".v", kInt}, {a + ".w", kText}}
	}
	// Columns of the queries around would end up below an outer join, which is refused.
	outer := g.scopes
	g.scopes = nil
	ks := []kind{g.kind(), kInt}
	sub := g.named(ks, d-1)
	g.scopes = outer
	return g.sprintf("(%s) %s", sub, a), []genColumn{{a + ".x1", ks[0]}, {a + ".x2", kInt}}
}
