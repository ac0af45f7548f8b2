package sql

import (
	"strings"

	"millrace/sql/pgerr"
)

// Levels of precedence, loosest first, as in PostgreSQL.
const (
	levelOr = iota + 1
	levelAnd
	levelNot
	levelIs
	levelCompare
	levelMatch // BETWEEN, IN, LIKE
	levelOther // any other operator
	levelAdd
	levelMultiply
	levelPower
	levelAt
	levelCollate
	levelSign
	levelPostfix
)

// levels are the levels of the operators that have one of their own.
var levels = map[string]int{
	"<": levelCompare, ">": levelCompare, "=": levelCompare,
	"<=": levelCompare, ">=": levelCompare, "<>": levelCompare,
	"+": levelAdd, "-": levelAdd,
	"*": levelMultiply, "/": levelMultiply, "%": levelMultiply,
	"^": levelPower,
}

// left is the operand to the left while an expression is read.
type left struct {
	// start is the atom it begins with.
	start int
	// level is the level of its outermost operator in the emitted text; calls are
	// closed in themselves and count as levelPostfix.
	level int
	// open is the level of its outermost operator if that is one of those which do
	// not associate (a < b < c) and ended with an operand; 0 otherwise.
	open int
	// simple expressions allow only what PostgreSQL calls b_expr: no AND, OR, NOT,
	// IN, LIKE, BETWEEN, COLLATE, AT TIME ZONE.
	simple bool
	// indirect: subscripts and fields may follow.
	indirect bool
}

// expr reads and emits an expression.
func (r *rewriter) expr() { r.operand(levelOr, false) }

// simpleExpr reads an expression of PostgreSQL's smaller grammar b_expr, as in
// DEFAULT and BETWEEN.
func (r *rewriter) simpleExpr() { r.operand(levelIs, true) }

// operand reads an expression whose operators bind at least as tight as level.
func (r *rewriter) operand(level int, simple bool) {
	r.enter()
	l := &left{start: len(r.atoms), level: levelPostfix, simple: simple}
	r.prefix(level, l)
	for chain := 0; r.infix(level, l); chain++ {
		if chain > maxChain {
			r.tooDeep()
		}
	}
	r.leave()
}

// exprs reads expr, expr, ... and returns how many there were.
func (r *rewriter) exprs() int {
	for n := 1; ; n++ {
		r.expr()
		if !r.acceptPunct(",") {
			return n
		}
		r.emit(",")
	}
}

// prefix reads prefix operators and the first operand.
func (r *rewriter) prefix(level int, l *left) {
	t := r.tok()
	pos := Pos(t.pos)
	switch {
	case t.kind == tokOp:
		r.prefixOperator(t, l)
	case t.kind == tokIdent && t.text == "not" && !l.simple:
		r.not(level, l)
	case t.kind == tokIdent && t.text == "operator" && r.isAt(1, "("):
		schema, op := r.operatorName()
		r.open(pos, func(a []Expr) Expr { return &Unary{Pos: pos, Op: op, Schema: schema, X: a[0]} })
		r.operand(levelOther+1, l.simple)
		r.emit(")")
	default:
		l.indirect = r.primary()
	}
}

func (r *rewriter) prefixOperator(t token, l *left) {
	pos, op := Pos(t.pos), t.text
	switch {
	case op == "+" || op == "-":
		r.p++
		r.emitAt(op, pos)
		r.operand(levelSign, l.simple)
		l.level = levelSign
	case levels[op] != 0:
		r.fail()
	default:
		r.p++
		r.open(pos, func(a []Expr) Expr { return &Unary{Pos: pos, Op: op, X: a[0]} })
		r.operand(levelOther+1, l.simple)
		r.emit(")")
	}
}

// not emits NOT; where the grammar expects a tighter operand it gets parentheses.
func (r *rewriter) not(level int, l *left) {
	tight := level > levelNot
	if tight {
		r.emit("(")
	}
	r.emit("NOT")
	r.p++
	r.operand(levelNot, false)
	if tight {
		r.emit(")")
		return
	}
	l.level = levelNot
}

// infix reads one infix or postfix operator with what follows it; false when the
// expression ends here.
func (r *rewriter) infix(level int, l *left) bool {
	t := r.tok()
	switch t.kind {
	case tokOp:
		l.indirect = false
		return r.infixOperator(level, l, t)
	case tokPunct:
		return r.postfix(l, t)
	case tokIdent:
		l.indirect = false
		if l.simple {
			return t.text == "is" && r.is2(level, l)
		}
		return r.infixWord(level, l, t.text)
	}
	return false
}

func (r *rewriter) infixOperator(level int, l *left, t token) bool {
	own, native := levels[t.text]
	if !native {
		own = levelOther
	}
	if own < level {
		return false
	}
	pos, op := Pos(t.pos), t.text
	if own == levelCompare && l.open == levelCompare {
		r.fail()
	}
	r.p++
	switch {
	case r.quantified(l, &Quantified{Pos: pos, Op: op}):
	case op == "->*":
		r.wrap(l.start, pos, func(a []Expr) Expr { return &Field{Pos: pos, X: a[0], Star: true} })
		r.emit(")")
	case native:
		r.native(l, own, op, pos)
	default:
		r.binary(l, own, func(a []Expr) Expr { return &Binary{Pos: pos, Op: op, L: a[0], R: a[1]} }, pos)
	}
	return true
}

// native emits an operator that the grammar knows with PostgreSQL's precedence.
func (r *rewriter) native(l *left, own int, text string, pos Pos) {
	if l.level < own {
		r.prepend(l.start, pos, "(")
		r.emitAt(")", pos)
	}
	r.emitAt(text, pos)
	r.operand(own+1, l.simple)
	l.level, l.open = own, 0
	if own == levelCompare {
		l.open = own
	}
}

// binary emits an infix operator as a call of build(left, right).
func (r *rewriter) binary(l *left, own int, build builder, pos Pos) {
	r.wrap(l.start, pos, build)
	r.emit(",")
	r.operand(own+1, l.simple)
	r.emit(")")
	l.level, l.open = levelPostfix, 0
}

// matched is binary for the operators of levelMatch, which do not associate.
func (r *rewriter) matched(l *left) {
	l.level, l.open = levelPostfix, levelMatch
}

// quantified reads ANY, SOME or ALL (...) behind an operator.
func (r *rewriter) quantified(l *left, q *Quantified) bool {
	word := r.kwIn("any", "some", "all")
	if word == "" {
		return false
	}
	if !r.isAt(1, "(") {
		r.failAt(1)
	}
	q.Quant = QuantAny
	if word == "all" {
		q.Quant = QuantAll
	}
	r.p++
	r.wrap(l.start, q.Pos, func(a []Expr) Expr {
		q.X = a[0]
		if sub, ok := a[1].(*Subquery); ok && q.Array == nil {
			q.Query = sub.Query
		} else {
			q.Array = a[1]
		}
		return q
	})
	r.emit(",")
	r.arrayOrQuery()
	r.emit(")")
	l.level, l.open = levelPostfix, 0
	return true
}

// arrayOrQuery reads (array) or (query) behind ANY or ALL.
func (r *rewriter) arrayOrQuery() {
	if r.queryInside(0) {
		r.subquery()
		return
	}
	r.wantPunct("(")
	pos := r.pos()
	// A call around it tells the array ANY((SELECT a)) from the query ANY(SELECT a).
	r.open(pos, func(a []Expr) Expr { return a[0] })
	r.expr()
	r.emit(")")
	r.wantPunct(")")
}

func (r *rewriter) postfix(l *left, t token) bool {
	pos := Pos(t.pos)
	switch t.text {
	case "::":
		r.p++
		typ := r.typeName()
		r.wrap(l.start, pos, func(a []Expr) Expr { return &Cast{Pos: pos, X: a[0], Type: typ} })
		r.emit(")")
		l.indirect = false
	case "[", ".":
		if !l.indirect {
			return false
		}
		r.indirection(l.start, t.text, pos)
	default:
		return false
	}
	l.level, l.open = levelPostfix, 0
	return true
}

func (r *rewriter) indirection(start int, punct string, pos Pos) {
	if punct == "[" {
		r.subscript(start)
		return
	}
	r.p++
	r.field(start, pos)
}

func (r *rewriter) field(start int, pos Pos) {
	node := &Field{Pos: pos}
	if r.acceptOp("*") {
		node.Star = true
	} else {
		node.Name = r.label()
	}
	r.wrap(start, pos, func(a []Expr) Expr { node.X = a[0]; return node })
	r.emit(")")
}

// operatorName reads OPERATOR ( schema . op ).
func (r *rewriter) operatorName() (schema, op string) {
	r.p += 2
	for r.isLabel(0) {
		schema = r.label()
		r.wantPunct(".")
	}
	if r.tok().kind != tokOp {
		r.fail()
	}
	op = r.take()
	r.wantPunct(")")
	return schema, op
}

// infixWord reads the operators that are words.
func (r *rewriter) infixWord(level int, l *left, word string) bool {
	switch word {
	case "and":
		return r.logical(level, levelAnd, l, "AND")
	case "or":
		return r.logical(level, levelOr, l, "OR")
	case "is":
		return r.is2(level, l)
	case "isnull", "notnull":
		return r.isNullWord(level, l, word == "notnull")
	case "in", "like", "ilike", "similar", "between", "not":
		return r.match(level, l, word)
	case "collate":
		return r.collate(level, l)
	case "at":
		return r.atTimeZone(level, l)
	case "operator":
		return r.namedOperator(level, l)
	case "overlaps":
		return r.overlaps(level, l)
	}
	return false
}

func (r *rewriter) logical(level, own int, l *left, text string) bool {
	if own < level {
		return false
	}
	pos := r.pos()
	r.p++
	r.native(l, own, text, pos)
	return true
}

// is2 reads IS [NOT] followed by a test.
func (r *rewriter) is2(level int, l *left) bool {
	if levelIs < level {
		return false
	}
	if l.open == levelIs {
		r.fail()
	}
	pos := r.pos()
	r.p++
	not := r.accept("not")
	if r.accept("distinct", "from") {
		build := func(a []Expr) Expr { return &IsDistinct{Pos: pos, L: a[0], R: a[1], Not: not} }
		r.binary(l, levelIs, build, pos)
		l.open = levelIs
		return true
	}
	test := &IsTest{Pos: pos, Not: not}
	r.testKind(test)
	r.wrap(l.start, pos, func(a []Expr) Expr { test.X = a[0]; return test })
	r.emit(")")
	l.level, l.open = levelPostfix, 0
	return true
}

func (r *rewriter) testKind(test *IsTest) {
	switch word := r.acceptIn("null", "true", "false", "unknown", "document", "normalized",
		"nfc", "nfd", "nfkc", "nfkd"); word {
	case "null":
		test.Kind = TestNull
	case "true":
		test.Kind = TestTrue
	case "false":
		test.Kind = TestFalse
	case "unknown":
		test.Kind = TestUnknown
	case "document":
		test.Kind = TestDocument
	case "normalized":
		test.Kind = TestNormalized
	case "":
		r.fail()
	default:
		test.Kind, test.Form = TestNormalized, strings.ToUpper(word)
		r.want("normalized")
	}
}

func (r *rewriter) isNullWord(level int, l *left, not bool) bool {
	if levelIs < level {
		return false
	}
	if l.open == levelIs {
		r.fail()
	}
	pos := r.pos()
	r.p++
	r.wrap(l.start, pos, func(a []Expr) Expr { return &IsTest{Pos: pos, X: a[0], Kind: TestNull, Not: not} })
	r.emit(")")
	l.level, l.open = levelPostfix, 0
	return true
}

func (r *rewriter) collate(level int, l *left) bool {
	if levelCollate < level {
		return false
	}
	pos := r.pos()
	r.p++
	name := r.anyQualified()
	r.wrap(l.start, pos, func(a []Expr) Expr { return &Collate{Pos: pos, X: a[0], Collation: name} })
	r.emit(")")
	l.level, l.open = levelPostfix, 0
	return true
}

func (r *rewriter) atTimeZone(level int, l *left) bool {
	if levelAt < level || !r.kwAt(1, "time") {
		return false
	}
	pos := r.pos()
	r.p += 2
	r.want("zone")
	r.binary(l, levelAt, func(a []Expr) Expr { return &AtTimeZone{Pos: pos, X: a[0], Zone: a[1]} }, pos)
	return true
}

func (r *rewriter) namedOperator(level int, l *left) bool {
	if levelOther < level || !r.isAt(1, "(") {
		return false
	}
	pos := r.pos()
	schema, op := r.operatorName()
	if r.quantified(l, &Quantified{Pos: pos, Op: op, Schema: schema}) {
		return true
	}
	build := func(a []Expr) Expr { return &Binary{Pos: pos, Op: op, Schema: schema, L: a[0], R: a[1]} }
	r.binary(l, levelOther, build, pos)
	return true
}

// overlaps reads (a, b) OVERLAPS (c, d), which is a call with four arguments.
func (r *rewriter) overlaps(level int, l *left) bool {
	if levelMatch < level {
		return false
	}
	pos := r.pos()
	r.p++
	build := func(a []Expr) Expr {
		call := &Call{Pos: pos, Name: Name{Pos: pos, Parts: []string{"overlaps"}}}
		for i, side := range a {
			row, ok := side.(*Row)
			if !ok || len(row.Items) != 2 {
				which := "left"
				if i == 1 {
					which = "right"
				}
				panic(bail{pgerr.Newf(pgerr.SyntaxError,
					"wrong number of parameters on %s side of OVERLAPS expression", which).At(int(side.Position()))})
			}
			call.Args = append(call.Args, row.Items...)
		}
		return call
	}
	r.binary(l, levelMatch, build, pos)
	return true
}
