package planner

import (
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/builtin"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// binary binds an infix operator.
func (l *level) binary(e *sql.Binary) plan.Expr {
	if e.Schema != "" && e.Schema != "pg_catalog" {
		fail(e.Pos, pgerr.UndefinedFunction, "operator does not exist: %s.%s", e.Schema, e.Op)
	}
	if e.Op == "AND" || e.Op == "OR" {
		return l.logic(e)
	}
	lrow, lok := e.L.(*sql.Row)
	rrow, rok := e.R.(*sql.Row)
	if lok && rok {
		return l.rowCompare(e.Op, e.Pos, lrow, rrow)
	}
	if sub, ok := e.R.(*sql.Subquery); ok && lok {
		return l.rowSubquery(e, lrow, sub)
	}
	if x := l.arrow(e); x != nil {
		return x
	}
	return l.operatorOf(e.Op, e.Pos, e.L, e.R)
}

// logic flattens a chain of AND or OR; chains are long in generated SQL.
func (l *level) logic(e *sql.Binary) plan.Expr {
	op := plan.And
	if e.Op == "OR" {
		op = plan.Or
	}
	var terms []sql.Expr
	var collect func(sql.Expr)
	collect = func(x sql.Expr) {
		if b, ok := x.(*sql.Binary); ok && b.Op == e.Op {
			collect(b.L)
			collect(b.R)
			return
		}
		terms = append(terms, x)
	}
	collect(e)
	out := &plan.Logic{Op: op}
	for _, t := range terms {
		out.Args = append(out.Args, l.b.coerceBool(l.expr(t), e.Op, startOf(t)))
	}
	return out
}

func (l *level) operatorOf(op string, pos sql.Pos, a, b sql.Expr) plan.Expr {
	x, y := l.expr(a), l.expr(b)
	return l.operatorAt(op, pos, x, y, func(i int) sql.Pos {
		if i == 0 {
			return startOf(a)
		}
		return startOf(b)
	})
}

// operator applies an infix operator to bound operands.
func (l *level) operator(op string, pos sql.Pos, a, b plan.Expr) plan.Expr {
	return l.operatorAt(op, pos, a, b, func(int) sql.Pos { return pos })
}

func (l *level) operatorAt(op string, pos sql.Pos, a, b plan.Expr, at func(int) sql.Pos) plan.Expr {
	f, want, result, err := builtin.ResolveOperator(op, a.Type(), b.Type())
	check(pos, err)
	return &plan.Call{Func: f, T: result, Args: []plan.Expr{
		l.b.mustCoerce(a, want[0], at(0)), l.b.mustCoerce(b, want[1], at(1)),
	}}
}

func (l *level) unary(e *sql.Unary) plan.Expr {
	if e.Op == "NOT" {
		return not(l.b.coerceBool(l.expr(e.X), "NOT", startOf(e.X)))
	}
	if lit, ok := e.X.(*sql.Literal); ok && e.Op == "-" && (lit.Kind == sql.LitInt || lit.Kind == sql.LitNumeric) {
		// PostgreSQL folds the sign into the literal, so that the smallest bigint can be written.
		return l.literal(&sql.Literal{Pos: lit.Pos, Kind: lit.Kind, Text: "-" + lit.Text})
	}
	x := l.expr(e.X)
	f, want, result, err := builtin.ResolveOperator(e.Op, types.Type{}, x.Type())
	check(e.Pos, err)
	return &plan.Call{Func: f, T: result, Args: []plan.Expr{l.b.mustCoerce(x, want[0], startOf(e.X))}}
}

// rowCompare binds (a, b) op (c, d): equality by pairs, order by the first pair
// that differs.
func (l *level) rowCompare(op string, pos sql.Pos, a, b *sql.Row) plan.Expr {
	if len(a.Items) != len(b.Items) {
		fail(pos, pgerr.SyntaxError, "unequal number of entries in row expressions")
	}
	if len(a.Items) == 0 {
		fail(pos, pgerr.FeatureNotSupported, "cannot compare rows of zero length")
	}
	return l.rowOp(op, pos, l.exprs(a.Items), l.exprs(b.Items))
}

func (l *level) rowOp(op string, pos sql.Pos, a, b []plan.Expr) plan.Expr {
	switch op {
	case "=", "<>":
		pairs := make([]plan.Expr, len(a))
		for i := range a {
			pairs[i] = l.operator(op, pos, a[i], b[i])
		}
		if len(pairs) == 1 {
			return pairs[0]
		}
		logic := plan.And
		if op == "<>" {
			logic = plan.Or
		}
		return &plan.Logic{Op: logic, Args: pairs}
	case "<", "<=", ">", ">=":
		return l.rowOrder(op, pos, a, b)
	}
	fail(pos, pgerr.FeatureNotSupported, "could not determine interpretation of row comparison operator %s", op)
	return nil
}

// rowOrder is a[0] < b[0] OR (a[0] = b[0] AND the rest).
func (l *level) rowOrder(op string, pos sql.Pos, a, b []plan.Expr) plan.Expr {
	if len(a) == 1 {
		return l.operator(op, pos, a[0], b[0])
	}
	strict := op[:1]
	return &plan.Logic{Op: plan.Or, Args: []plan.Expr{
		l.operator(strict, pos, a[0], b[0]),
		&plan.Logic{Op: plan.And, Args: []plan.Expr{
			l.operator("=", pos, a[0], b[0]),
			l.rowOrder(op, pos, a[1:], b[1:]),
		}},
	}}
}

func (l *level) isTest(e *sql.IsTest) plan.Expr {
	switch e.Kind {
	case sql.TestNull:
		if r, ok := e.X.(*sql.Row); ok {
			return l.rowIsNull(r, e.Not)
		}
		x := l.b.resolveText(l.expr(e.X), startOf(e.X))
		if len(x.Type().Fields()) > 0 {
			return l.recordIsNull(x, e.Not)
		}
		return &plan.IsNull{X: x, Not: e.Not}
	case sql.TestTrue, sql.TestFalse, sql.TestUnknown:
		return l.truthTest(e)
	case sql.TestNormalized:
		return l.isNormalized(e)
	}
	x := l.b.resolveText(l.expr(e.X), startOf(e.X))
	fail(startOf(e.X), pgerr.DatatypeMismatch, "argument of IS DOCUMENT must be type xml, not type %s", x.Type().Base())
	return nil
}

// isNormalized binds IS [NOT] [form] NORMALIZED.
func (l *level) isNormalized(e *sql.IsTest) plan.Expr {
	args := []sql.Expr{e.X}
	if e.Form != "" {
		args = append(args, &sql.Literal{Pos: e.Pos, Kind: sql.LitString, Text: e.Form})
	}
	x := l.function("is_normalized", e.Pos, args)
	if e.Not {
		return &plan.Logic{Op: plan.Not, Args: []plan.Expr{x}}
	}
	return x
}

// rowIsNull: a row IS NULL when all fields are, IS NOT NULL when none is.
func (l *level) rowIsNull(r *sql.Row, isNot bool) plan.Expr {
	out := &plan.Logic{Op: plan.And}
	for i, x := range l.exprs(r.Items) {
		out.Args = append(out.Args, &plan.IsNull{X: l.b.resolveText(x, startOf(r.Items[i])), Not: isNot})
	}
	if len(out.Args) == 1 {
		return out.Args[0]
	}
	return out
}

func (l *level) truthTest(e *sql.IsTest) plan.Expr {
	names := map[sql.TestKind]string{sql.TestTrue: "IS TRUE", sql.TestFalse: "IS FALSE", sql.TestUnknown: "IS UNKNOWN"}
	x := l.b.coerceBool(l.expr(e.X), names[e.Kind], startOf(e.X))
	var out plan.Expr
	switch e.Kind {
	case sql.TestTrue:
		out = orElse(x, boolConst(false))
	case sql.TestFalse:
		out = orElse(not(x), boolConst(false))
	default:
		return &plan.IsNull{X: x, Not: e.Not}
	}
	if e.Not {
		return not(out)
	}
	return out
}

func (l *level) isDistinct(e *sql.IsDistinct) plan.Expr {
	op := "is distinct from"
	if e.Not {
		op = opNotDistinct
	}
	a, aok := e.L.(*sql.Row)
	b, bok := e.R.(*sql.Row)
	if aok && bok && len(a.Items) == len(b.Items) {
		return l.rowDistinct(e, a, b)
	}
	x, y := l.expr(e.L), l.expr(e.R)
	if isNullLiteral(y) {
		return &plan.IsNull{X: l.b.resolveText(x, startOf(e.L)), Not: !e.Not}
	}
	return l.distinctOp(op, e, x, y)
}

// distinctOp compares like "=", in the one type that both operands have then.
func (l *level) distinctOp(op string, e *sql.IsDistinct, x, y plan.Expr) plan.Expr {
	_, want, _, err := builtin.ResolveOperator("=", x.Type(), y.Type())
	check(e.Pos, err)
	t, err := builtin.CommonType(want)
	check(e.Pos, err)
	x, y = l.b.mustCoerce(x, t, startOf(e.L)), l.b.mustCoerce(y, t, startOf(e.R))
	return l.operator(op, e.Pos, x, y)
}

func (l *level) rowDistinct(e *sql.IsDistinct, a, b *sql.Row) plan.Expr {
	out := &plan.Logic{Op: plan.And}
	for i := range a.Items {
		pair := &sql.IsDistinct{Pos: e.Pos, L: a.Items[i], R: b.Items[i], Not: true}
		out.Args = append(out.Args, l.isDistinct(pair))
	}
	if e.Not {
		return out
	}
	return not(out)
}

// like binds LIKE and its kin as the operators behind them.
func (l *level) like(e *sql.Like) plan.Expr {
	op := map[sql.LikeKind]string{sql.LikePlain: "~~", sql.LikeFold: "~~*", sql.LikeSimilar: "~"}[e.Kind]
	if e.Quant != sql.QuantNone {
		if e.Not {
			op = "!" + op
		}
		q := &sql.Quantified{Pos: e.Pos, X: e.X, Op: op, Quant: e.Quant}
		if s, ok := e.Pattern.(*sql.Subquery); ok {
			q.Query = s.Query
		} else {
			q.Array = e.Pattern
		}
		return l.quantified(q)
	}
	if e.Not {
		op = "!" + op
	}
	x, pattern := l.expr(e.X), l.expr(e.Pattern)
	switch {
	case e.Kind == sql.LikeSimilar && e.Escape != nil:
		pattern = l.apply("similar_to_escape", e.Pos, []plan.Expr{pattern, l.expr(e.Escape)}, nil)
	case e.Kind == sql.LikeSimilar:
		pattern = l.apply("similar_to_escape", e.Pos, []plan.Expr{pattern}, nil)
	case e.Escape != nil:
		pattern = l.apply("like_escape", e.Pos, []plan.Expr{pattern, l.expr(e.Escape)}, nil)
	}
	return l.operatorAt(op, e.Pos, x, pattern, func(i int) sql.Pos {
		if i == 0 {
			return startOf(e.X)
		}
		return startOf(e.Pattern)
	})
}

func (l *level) between(e *sql.Between) plan.Expr {
	if row, ok := e.X.(*sql.Row); ok {
		return l.rowBetween(e, row)
	}
	// Each operand is bound once, so that a sub-query in it is computed once.
	x, low, high := l.expr(e.X), l.expr(e.Low), l.expr(e.High)
	test := func(op string, bound plan.Expr, text sql.Expr) plan.Expr {
		if isUnknown(x) {
			x = l.expr(e.X) // a parameter has the type now that the first test gave it
		}
		return l.operatorAt(op, e.Pos, x, bound, func(side int) sql.Pos {
			if side == 0 {
				return startOf(e.X)
			}
			return startOf(text)
		})
	}
	out := &plan.Logic{Op: plan.And, Args: []plan.Expr{test(">=", low, e.Low), test("<=", high, e.High)}}
	if e.Symmetric {
		turned := &plan.Logic{Op: plan.And, Args: []plan.Expr{test(">=", high, e.High), test("<=", low, e.Low)}}
		out = &plan.Logic{Op: plan.Or, Args: []plan.Expr{out, turned}}
	}
	if e.Not {
		return not(out)
	}
	return out
}

// rowBetween binds (a, b) BETWEEN row AND row.
func (l *level) rowBetween(e *sql.Between, x *sql.Row) plan.Expr {
	inside := func(low, high sql.Expr) plan.Expr {
		return &plan.Logic{Op: plan.And, Args: []plan.Expr{
			l.operatorOf(">=", e.Pos, x, low), l.operatorOf("<=", e.Pos, x, high),
		}}
	}
	out := inside(e.Low, e.High)
	if e.Symmetric {
		out = &plan.Logic{Op: plan.Or, Args: []plan.Expr{out, inside(e.High, e.Low)}}
	}
	if e.Not {
		return not(out)
	}
	return out
}

// inListMin is the length from which a list of constants is compared as an array.
const inListMin = 4

// inList binds X IN (a, b, ...) as a chain of equalities, or for a longer list of
// constants as a comparison with an array.
func (l *level) inList(e *sql.InList) plan.Expr {
	op, logic := "=", plan.Or
	if e.Not {
		op, logic = "<>", plan.And
	}
	if row, ok := e.X.(*sql.Row); ok {
		return l.rowInList(e, row, op, logic)
	}
	x := l.expr(e.X)
	items := l.exprs(e.List)
	if out := l.inArray(e, x, items); out != nil {
		return out
	}
	terms := make([]plan.Expr, len(items))
	for i, item := range items {
		terms[i] = l.operatorAt(op, e.Pos, x, item, func(side int) sql.Pos {
			if side == 0 {
				return startOf(e.X)
			}
			return startOf(e.List[i])
		})
	}
	if len(terms) == 1 {
		return terms[0]
	}
	return &plan.Logic{Op: logic, Args: terms}
}

func (l *level) rowInList(e *sql.InList, row *sql.Row, op string, logic plan.LogicOp) plan.Expr {
	out := &plan.Logic{Op: logic}
	for _, item := range e.List {
		r, ok := item.(*sql.Row)
		if !ok {
			unsupported(startOf(item), "a row can be compared with rows only")
		}
		out.Args = append(out.Args, l.rowCompare(op, e.Pos, row, r))
	}
	if len(out.Args) == 1 {
		return out.Args[0]
	}
	return out
}

// inArray gives x = ANY (array) for a long list of constants, or nil.
func (l *level) inArray(e *sql.InList, x plan.Expr, items []plan.Expr) plan.Expr {
	if len(items) < inListMin {
		return nil
	}
	for _, item := range items {
		if _, ok := item.(*plan.Const); !ok {
			return nil
		}
	}
	t, err := builtin.CommonType(append([]types.Type{x.Type()}, typesOf(items)...))
	if err != nil || t.ArrayOID() == 0 {
		return nil
	}
	t = t.Base()
	xs := make([]plan.Expr, len(items))
	for i, item := range items {
		xs[i] = l.b.mustCoerce(item, t, startOf(e.List[i]))
	}
	name := "any ="
	if e.Not {
		name = "all <>"
	}
	x = l.b.mustCoerce(x, t, startOf(e.X))
	return l.apply(name, e.Pos, []plan.Expr{x, l.apply("array", e.Pos, xs, nil)}, nil)
}

// quantified binds X op ANY|ALL (array or sub-query).
func (l *level) quantified(e *sql.Quantified) plan.Expr {
	if e.Query != nil {
		return l.quantifiedQuery(e)
	}
	x, arr := l.expr(e.X), l.expr(e.Array)
	if isUnknown(arr) {
		t := x.Type()
		if isUnknown(x) {
			t = textType
			x = l.b.resolveText(x, startOf(e.X))
		}
		arr = l.b.coerceUnknown(arr, t.Array(), types.Implicit, startOf(e.Array))
	}
	switch arr.Type().Kind {
	case types.KindArray, types.KindInt2vector, types.KindOidvector:
	default:
		fail(e.Pos, pgerr.WrongObjectType, "op ANY/ALL (array) requires array on right side")
	}
	elem := arr.Type().ElemType().Base()
	if arr.Type().Kind != types.KindArray {
		elem = types.OID
		if arr.Type().Kind == types.KindInt2vector {
			elem = types.Int2
		}
		arr = &plan.Cast{X: arr, To: elem.Array(), Explicit: true}
	}
	_, want, _, err := builtin.ResolveOperator(e.Op, x.Type(), elem)
	check(e.Pos, err)
	if !want[0].Same(want[1]) {
		if t, err := builtin.CommonType(want); err == nil {
			want[0], want[1] = t, t
		}
	}
	x = l.b.mustCoerce(x, want[0], startOf(e.X))
	if !want[1].Same(elem) {
		arr = &plan.Cast{X: arr, To: want[1].Array(), Explicit: true}
	}
	word := "any "
	if e.Quant == sql.QuantAll {
		word = "all "
	}
	return l.apply(word+e.Op, e.Pos, []plan.Expr{x, arr}, nil)
}
