package sqltests

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// kind is a type that the generator of queries knows.
type kind int

const (
	kInt kind = iota
	kBig
	kNum
	kText
	kBool
	kDate
	kStamp
	kArray
	kJSON
	kinds
)

var kindNames = [kinds]string{"int", "bigint", "numeric", "text", "bool", "date", "timestamp", "int[]", "jsonb"}

// genColumn is a column that an expression may name.
type genColumn struct {
	name string
	kind kind
}

// generator makes random queries of the supported grammar. What PostgreSQL leaves open
// is left out: the order of rows and of what aggregates collect, whether an error of a
// row that a condition excludes shows up, the last digits of floating point.
type generator struct {
	random         *rand.Rand
	aliases, joins int
	// scopes are the columns in reach, those of the query around last.
	scopes [][]genColumn
	// subs counts the sub-queries in expressions. The plan of a correlated one may read
	// what is around it twice, so that many of them make a very large plan.
	subs int
	// noSub: no sub-queries here.
	noSub bool
	// ctes are the columns of WITH queries.
	ctes map[string][]genColumn
}

func newGenerator(seed, stream uint64) *generator {
	return &generator{random: rand.New(rand.NewPCG(seed, stream))}
}

func (g *generator) n(n int) int                       { return g.random.IntN(n) }
func (g *generator) chance(percent int) bool           { return g.random.IntN(100) < percent }
func (g *generator) pick(list ...string) string        { return list[g.n(len(list))] }
func (g *generator) kind() kind                        { return kind(g.n(int(kinds))) }
func (g *generator) sprintf(f string, a ...any) string { return fmt.Sprintf(f, a...) }

func (g *generator) alias() string {
	g.aliases++
	return fmt.Sprintf("t%d", g.aliases)
}

// expr is a random expression of a kind.
func (g *generator) expr(k kind, depth int) string {
	if depth <= 0 || g.chance(25) {
		return g.leaf(k)
	}
	switch g.n(12) {
	case 0:
		return g.sprintf("CASE WHEN %s THEN %s ELSE %s END", g.expr(kBool, depth-1), g.expr(k, depth-1), g.expr(k, depth-1))
	case 1:
		return g.sprintf("coalesce(%s, %s)", g.expr(k, depth-1), g.expr(k, depth-1))
	case 2:
		if k != kJSON {
			return g.sprintf("nullif(%s, %s)", g.expr(k, depth-1), g.expr(k, depth-1))
		}
	case 3:
		if k != kJSON {
			return g.sprintf("%s(%s, %s)", g.pick("greatest", "least"), g.expr(k, depth-1), g.expr(k, depth-1))
		}
	case 4:
		if !g.noSub {
			return g.scalarQuery(k, depth-1)
		}
	}
	return g.operation(k, depth-1)
}

func (g *generator) leaf(k kind) string {
	if g.chance(65) {
		if c, ok := g.column(k); ok {
			return c
		}
	}
	if g.chance(10) {
		return "NULL::" + kindNames[k]
	}
	return g.literal(k)
}

// column picks a column of the kind, rather of the innermost query.
func (g *generator) column(k kind) (string, bool) {
	for _, scope := range g.scopes {
		var fit []string
		for _, c := range scope {
			if c.kind == k {
				fit = append(fit, c.name)
			}
		}
		if len(fit) > 0 && g.chance(80) {
			return g.pick(fit...), true
		}
	}
	return "", false
}

func (g *generator) literal(k kind) string {
	switch k {
	case kInt:
		return g.pick("0", "1", "2", "-1", "7", "(-3)", "10")
	case kBig:
		return g.pick("0", "1", "100", "(-5)", "3000000000") + "::bigint"
	case kNum:
		return g.pick("0.0", "1.5", "2.50", "(-0.1)", "100.00", "3::numeric")
	case kText:
		return g.pick("''", "'a'", "'b'", "'abc'", "'A b'", "'ä'", "'10'", "'%'") + g.pick("", "::text")
	case kBool:
		return g.pick("true", "false")
	case kDate:
		return "date '" + g.pick("2020-01-01", "2020-02-29", "1999-12-31", "infinity") + "'"
	case kStamp:
		return "timestamp '" + g.pick("2020-01-01 00:00", "2020-02-29 12:30:45.5", "1999-12-31 23:59:59") + "'"
	case kArray:
		return g.pick("'{}'", "'{1,2,3}'", "'{NULL,2}'", "'{5}'", "'{{1,2},{3,4}}'") + "::int[]"
	}
	return g.pick(`'{}'`, `'{"a": 1, "b": [1, 2]}'`, `'[1, "x", null]'`, `'null'`, `'"s"'`, `'1.50'`) + "::jsonb"
}

// operation is an operator or a function with a result of the kind.
func (g *generator) operation(k kind, d int) string {
	e := func(k kind) string { return g.expr(k, d) }
	switch k {
	case kInt:
		switch g.n(12) {
		case 0, 1:
			return g.sprintf("(%s %s %s)", e(kInt), g.pick("+", "-", "&", "|", "#"), e(kInt))
		case 2:
			return g.sprintf("(%s %% 100 * %s)", e(kInt), g.pick("2", "3", "-1"))
		case 3:
			return g.sprintf("(%s / %s)", e(kInt), g.pick("2", "3", "7", "nullif("+e(kInt)+", 0)"))
		case 4:
			return g.sprintf("%s(%s)", g.pick("length", "ascii", "octet_length", "char_length"), e(kText))
		case 5:
			return g.sprintf("(%s - date '2020-01-15') %% 1000", g.pick("date '2020-03-01'", "date '2019-01-01'"))
		case 6:
			return g.sprintf("%s(%s)", g.pick("abs", "-", "+"), e(kInt))
		case 7:
			return g.sprintf("position(%s in %s)", e(kText), e(kText))
		case 8:
			return g.sprintf("(%s)[%s]", e(kArray), g.pick("1", "2", e(kInt)))
		case 9:
			return g.sprintf("%s", g.pick("cardinality("+e(kArray)+")", "array_length("+e(kArray)+", 1)", "array_position('{1,2,1}'::int[], "+e(kInt)+")"))
		case 10:
			return g.sprintf("mod(%s, 5)", e(kInt))
		}
		return g.sprintf("(%s)::int", g.pick("("+e(kNum)+") % 1000", "("+e(kBig)+") % 1000", e(kBool)))
	case kBig:
		switch g.n(4) {
		case 0:
			return g.sprintf("(%s %% 100000 + %s)", e(kBig), e(kInt))
		case 1:
			return g.sprintf("(%s)::bigint", e(kInt))
		case 2:
			return g.sprintf("(%s / %s)", e(kBig), g.pick("2", "-7", "1000"))
		}
		return g.sprintf("(%s - %s %% 1000)", e(kInt), e(kBig))
	case kNum:
		switch g.n(8) {
		case 0, 1:
			return g.sprintf("(%s %s %s)", e(kNum), g.pick("+", "-"), g.pick(e(kNum), e(kInt)))
		case 2:
			return g.sprintf("(%s * %s)", e(kNum), g.pick("2", "0.5", "1.25", "-1"))
		case 3:
			return g.sprintf("(%s / %s)", e(kNum), g.pick("3", "0.7", "nullif("+e(kNum)+", 0)"))
		case 4:
			return g.sprintf("round(%s, %s)", e(kNum), g.pick("0", "1", "2", "-1"))
		case 5:
			return g.sprintf("%s(%s)", g.pick("trunc", "abs", "ceil", "floor", "sign", "-", "trim_scale"), e(kNum))
		case 6:
			return g.sprintf("extract(%s FROM %s)", g.pick("year", "month", "dow", "epoch", "week"), e(kStamp))
		}
		return g.sprintf("(%s)::numeric", g.pick(e(kInt), e(kBig)))
	case kText:
		return g.textOperation(d)
	case kBool:
		return g.condition(d)
	case kDate:
		switch g.n(4) {
		case 0:
			return g.sprintf("(%s %s %s)", g.pick("date '2020-02-28'", "date '2020-12-31'"), g.pick("+", "-"), g.pick("1", "30", e(kInt)))
		case 1:
			return g.sprintf("(%s)::date", e(kStamp))
		}
		return g.sprintf("date_trunc(%s, %s)::date", g.pick("'year'", "'month'", "'week'"), e(kStamp))
	case kStamp:
		switch g.n(4) {
		case 0:
			return g.sprintf("(%s %s interval '%s')", e(kStamp), g.pick("+", "-"), g.pick("1 day", "1 month", "2 hours 30 min", "1 year -1 day"))
		case 1:
			return g.sprintf("date_trunc('%s', %s)", g.pick("year", "month", "day", "hour"), e(kStamp))
		case 2:
			return g.sprintf("(%s)::timestamp", e(kDate))
		}
		return g.sprintf("(%s + interval '1 min' * %s)", e(kStamp), e(kInt))
	case kArray:
		switch g.n(6) {
		case 0:
			return g.sprintf("ARRAY[%s, %s]", e(kInt), e(kInt))
		case 1:
			return g.sprintf("array_append('{9}'::int[], %s)", e(kInt))
		case 2:
			return g.sprintf("(ARRAY[%s] || %s)", e(kInt), g.pick("'{4,5}'::int[]", "6", "ARRAY["+e(kInt)+"]"))
		case 3:
			return g.sprintf("(%s)[%s:%s]", e(kArray), g.pick("1", "2", ""), g.pick("2", "1", ""))
		case 4:
			return g.sprintf("array_remove('{1,2,NULL}'::int[], %s)", e(kInt))
		}
		return g.sprintf("ARRAY(SELECT generate_series(1, %s %% 4))", e(kInt))
	}
	switch g.n(5) {
	case 0:
		return g.sprintf("to_jsonb(%s)", g.pick(e(kInt), e(kNum), e(kBool), e(kDate), e(kArray)))
	case 1:
		return g.sprintf("jsonb_build_object('k', %s, 'v', %s)", e(kInt), e(kText)+"::text")
	case 2:
		return g.sprintf("(%s -> %s)", e(kJSON), g.pick("'a'", "0", "-1", "'b'"))
	case 3:
		return g.sprintf("jsonb_build_array(%s, %s)", e(kInt), e(kJSON))
	}
	return g.sprintf("(%s #> '{b,0}')", e(kJSON))
}

func (g *generator) textOperation(d int) string {
	e := func(k kind) string { return g.expr(k, d) }
	switch g.n(13) {
	case 0:
		return g.sprintf("(%s || %s)", e(kText), e(kText))
	case 1:
		return g.sprintf("%s(%s)", g.pick("upper", "lower", "initcap", "reverse", "trim", "md5"), e(kText))
	case 2:
		return g.sprintf("%s(%s, %s)", g.pick("left", "right"), e(kText), g.pick("1", "2", "-1"))
	case 3:
		return g.sprintf("substring(%s FROM %s FOR 2)", e(kText), g.pick("1", "2", "0"))
	case 4:
		return g.sprintf("replace(%s, %s, 'x')", e(kText), e(kText))
	case 5:
		return g.sprintf("(%s)::text", e(g.kind()))
	case 6:
		return g.sprintf("concat(%s, %s, %s)", e(kText), e(kInt), e(kBool))
	case 7:
		return g.sprintf("to_char(%s, '%s')", e(kStamp), g.pick("YYYY-MM-DD", "Mon DD", "HH24:MI:SS", "IYYY-IW"))
	case 8:
		return g.sprintf("%s(%s, 5, '*')", g.pick("lpad", "rpad"), e(kText))
	case 9:
		return g.sprintf("split_part(%s, 'b', %s)", e(kText), g.pick("1", "2", "-1"))
	case 10:
		return g.sprintf("regexp_replace(%s, '%s', '<\\&>', 'g')", e(kText), g.pick("[a-c]", "(.)b", "^.", "\\s"))
	case 11:
		return g.sprintf("(%s %s %s)", e(kJSON), g.pick("->>", "->>"), g.pick("'a'", "0", "'b'"))
	}
	return g.sprintf("array_to_string(%s, ',', 'N')", e(kArray))
}

// condition is a random boolean operation.
func (g *generator) condition(d int) string {
	e := func(k kind) string { return g.expr(k, d) }
	k := g.kind()
	switch g.n(16) {
	case 0, 1, 2:
		return g.sprintf("(%s %s %s)", e(k), g.pick("=", "<>", "<", "<=", ">", ">="), e(k))
	case 3:
		return g.sprintf("(%s %s %s)", e(kBool), g.pick("AND", "OR"), e(kBool))
	case 4:
		return g.sprintf("(NOT %s)", e(kBool))
	case 5:
		return g.sprintf("(%s IS %sNULL)", e(k), g.pick("", "NOT "))
	case 6:
		return g.sprintf("(%s IS %sDISTINCT FROM %s)", e(k), g.pick("", "NOT "), e(k))
	case 7:
		return g.sprintf("(%s %sBETWEEN %s%s AND %s)", e(k), g.pick("", "NOT "), g.pick("", "SYMMETRIC "), e(k), e(k))
	case 8:
		return g.sprintf("(%s %sIN (%s, %s))", e(k), g.pick("", "NOT "), e(k), e(k))
	case 9:
		return g.sprintf("(%s %s %s)", e(kText), g.pick("LIKE", "NOT LIKE", "ILIKE", "~", "!~*", "SIMILAR TO"), g.pick("'a%'", "'%b%'", "'_'", "'ab?c'", "'[ab]'"))
	case 10:
		return g.sprintf("(%s IS %s%s)", e(kBool), g.pick("", "NOT "), g.pick("TRUE", "FALSE", "UNKNOWN"))
	case 11:
		return g.sprintf("(%s = %s (%s))", e(kInt), g.pick("ANY", "ALL"), e(kArray))
	case 12:
		return g.sprintf("(%s %s %s)", e(kArray), g.pick("@>", "<@", "&&"), e(kArray))
	case 13:
		return g.sprintf("(%s %s %s)", e(kJSON), g.pick("@>", "<@"), e(kJSON))
	case 14:
		return g.sprintf("((%s, %s) %s (%s, %s))", e(kInt), e(kText), g.pick("=", "<", "<>", ">="), e(kInt), e(kText))
	}
	if g.noSub {
		return g.sprintf("starts_with(%s, 'a')", e(kText))
	}
	return g.subCondition(d)
}

func (g *generator) subCondition(d int) string {
	k := g.kind()
	if g.subs++; g.subs > subsMax {
		return g.leaf(kBool)
	}
	switch g.n(4) {
	case 0:
		return g.sprintf("%sEXISTS (%s)", g.pick("", "NOT "), g.simpleQuery([]kind{k}, d))
	case 1:
		return g.sprintf("(%s %sIN (%s))", g.expr(k, d), g.pick("", "NOT "), g.simpleQuery([]kind{k}, d))
	case 2:
		return g.sprintf("(%s %s %s (%s))", g.expr(k, d), g.pick("=", "<", ">="), g.pick("ANY", "ALL"), g.simpleQuery([]kind{k}, d))
	}
	return g.sprintf("((%s) %s %s)", g.scalarQuery(kInt, d), g.pick("=", "<"), g.expr(kInt, d))
}

// subsMax is how many sub-queries the expressions of a query hold.
const subsMax = 3

// scalarQuery gives one row at most.
func (g *generator) scalarQuery(k kind, d int) string {
	if g.subs++; g.subs > subsMax {
		return g.leaf(k)
	}
	if g.chance(50) && k == kInt {
		return "(" + g.aggregateQuery("count(*)::int", d) + ")"
	}
	if k == kJSON || k == kBool {
		return "(SELECT " + g.expr(k, d-1) + ")"
	}
	from, cols := g.table()
	defer g.enter(cols)()
	return g.sprintf("(SELECT %s(%s) FROM %s WHERE %s)", g.pick("max", "min"), g.columnOr(k, d), from, g.expr(kBool, d-1))
}

func (g *generator) aggregateQuery(what string, d int) string {
	from, cols := g.table()
	defer g.enter(cols)()
	return g.sprintf("SELECT %s FROM %s WHERE %s", what, from, g.expr(kBool, d-1))
}

// columnOr is a column of the innermost query: an aggregate that names columns of the
// query around only would belong to that one.
func (g *generator) columnOr(k kind, d int) string {
	for _, c := range g.scopes[0] {
		if c.kind == k {
			return c.name
		}
	}
	// With a type: what an untyped literal is, differs from place to place.
	return g.literal(k) + "::" + kindNames[k]
}

// enter brings columns into reach until the returned function is called.
func (g *generator) enter(cols []genColumn) func() {
	g.scopes = append([][]genColumn{cols}, g.scopes...)
	return func() { g.scopes = g.scopes[1:] }
}

func joinExprs(list []string) string { return strings.Join(list, ", ") }
