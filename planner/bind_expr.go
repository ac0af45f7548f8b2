package planner

import (
	"strings"

	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/builtin"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// expr binds an expression over the level's scope. The result may still be of
// type unknown: an untyped literal or an open parameter.
func (l *level) expr(e sql.Expr) plan.Expr {
	switch e := e.(type) {
	case *sql.Literal:
		return l.literal(e)
	case *sql.Param:
		return l.b.param(e)
	case *sql.ColumnRef:
		if e.Star {
			return l.starRow(e)
		}
		if x := l.lambdaParam(e); x != nil {
			return x
		}
		return l.column(e)
	case *sql.Binary:
		return l.binary(e)
	case *sql.Unary:
		return l.unary(e)
	case *sql.Call:
		return l.call(e)
	case *sql.Cast:
		return l.cast(e)
	case *sql.Case:
		var x plan.Expr
		l.withoutSRF("CASE", func() { x = l.caseExpr(e) })
		return x
	case *sql.KeywordFunc:
		return l.keyword(e)
	case *sql.Subquery, *sql.Exists, *sql.InSubquery, *sql.ArraySubquery:
		return l.subquery(e)
	}
	return l.predicate(e)
}

// predicate binds the forms of expression that are conditions.
func (l *level) predicate(e sql.Expr) plan.Expr {
	switch e := e.(type) {
	case *sql.IsTest:
		return l.isTest(e)
	case *sql.IsDistinct:
		return l.isDistinct(e)
	case *sql.Like:
		return l.like(e)
	case *sql.Between:
		return l.between(e)
	case *sql.InList:
		return l.inList(e)
	case *sql.Quantified:
		return l.quantified(e)
	}
	return l.composite(e)
}

// composite binds rows, arrays and their parts.
func (l *level) composite(e sql.Expr) plan.Expr {
	switch e := e.(type) {
	case *sql.Row:
		return l.row(e)
	case *sql.Array:
		return l.array(e, types.Unknown)
	case *sql.Subscript:
		return l.subscript(e)
	case *sql.Field:
		return l.field(e)
	case *sql.AtTimeZone:
		return l.function("timezone", e.Pos, []sql.Expr{e.Zone, e.X})
	case *sql.Collate:
		return l.collate(e)
	case *sql.Default:
		fail(e.Pos, pgerr.SyntaxError, "DEFAULT is not allowed in this context")
	case *sql.TableArg:
		fail(e.Pos, pgerr.SyntaxError, "a table is not allowed as an argument here")
	case *sql.MapLiteral:
		return l.mapLiteral(e)
	case *sql.Lambda:
		raise(e.Pos, pgerr.New(pgerr.SyntaxError, "a lambda function is not allowed here").
			WithHint("It is an argument of TRANSFORM, FILTER and REDUCE."))
	}
	panic(pgerr.Bug("expression %T has no case in the binder", e))
}

// literal gives numbers PostgreSQL's type: integer where it fits, then bigint,
// then numeric. Quoted literals stay unknown.
func (l *level) literal(e *sql.Literal) plan.Expr {
	switch e.Kind {
	case sql.LitNull:
		return nullConst(types.Unknown)
	case sql.LitBool:
		return boolConst(e.Text == "true")
	case sql.LitString:
		x := &plan.Const{Value: types.BytesDatum(e.Text), T: types.Unknown}
		l.b.colPos[x] = e.Pos
		return x
	case sql.LitInt:
		for _, t := range []types.Type{types.Int4, types.Int8} {
			if d, err := types.ParseText(t, e.Text, nil); err == nil {
				return &plan.Const{Value: d, T: t}
			}
		}
	case sql.LitBit:
		unsupported(e.Pos, "bit string literals are not supported")
	}
	d, err := types.ParseText(types.Numeric, e.Text, nil)
	check(e.Pos, err)
	return &plan.Const{Value: d, T: types.Numeric}
}

// starRow binds t.* as a value: the whole row.
func (l *level) starRow(e *sql.ColumnRef) plan.Expr {
	if len(e.Parts) == 0 {
		fail(e.Pos, pgerr.SyntaxError, "row expansion via \"*\" is not supported here")
	}
	lv, _ := l.starTable(e)
	schema, name := splitParts(e.Parts)
	return l.refer(lv, lv.wholeRow(lv.scope.table(schema, name)[0]), e.Pos)
}

// starFields are the columns of t.* within ROW(...).
func (l *level) starFields(e *sql.ColumnRef) []plan.Expr {
	lv, cols := l.starTable(e)
	var out []plan.Expr
	for _, c := range cols {
		if !c.hidden {
			out = append(out, l.refer(lv, c.x, e.Pos))
		}
	}
	return out
}

func (l *level) cast(e *sql.Cast) plan.Expr {
	to, domain := l.b.declaredType(e.Type)
	if a, ok := e.X.(*sql.Array); ok && to.Kind == types.KindArray {
		return l.b.domainValue(l.castTo(l.array(a, to.ElemType()), to, e.Pos, startOf(e.X)), domain)
	}
	return l.b.domainValue(l.castTo(l.expr(e.X), to, e.Pos, startOf(e.X)), domain)
}

// castTo is an explicit cast.
func (l *level) castTo(x plan.Expr, to types.Type, pos, xpos sql.Pos) plan.Expr {
	if to.Kind == types.KindRegclass && x.Type().IsString() {
		return l.apply("to_regclass", pos, []plan.Expr{x}, nil)
	}
	if out, ok := l.b.coerceRow(x, to, types.Explicit, pos); ok {
		return out
	}
	out, ok := l.b.coerce(x, to, types.Explicit, xpos)
	if !ok {
		fail(pos, pgerr.CannotCoerce, "cannot cast type %s to %s", x.Type().Base(), to.Base())
	}
	return out
}

func (l *level) caseExpr(e *sql.Case) plan.Expr {
	var operand plan.Expr
	if e.Operand != nil {
		operand = l.b.resolveText(l.expr(e.Operand), startOf(e.Operand))
	}
	conds := make([]plan.Expr, len(e.Whens))
	results := make([]plan.Expr, 0, len(e.Whens)+1)
	for i, w := range e.Whens {
		if operand != nil {
			conds[i] = l.operator("=", w.Pos, operand, l.expr(w.Cond))
		} else {
			conds[i] = l.b.coerceBool(l.expr(w.Cond), "CASE/WHEN", startOf(w.Cond))
		}
		results = append(results, l.expr(w.Result))
	}
	otherwise := plan.Expr(nullConst(types.Unknown))
	if e.Else != nil {
		otherwise = l.expr(e.Else)
	}
	// PostgreSQL takes ELSE first when it looks for the common type.
	all, t := l.b.common("CASE", append([]plan.Expr{otherwise}, results...), func(i int) sql.Pos {
		switch {
		case i > 0:
			return startOf(e.Whens[i-1].Result)
		case e.Else != nil:
			return startOf(e.Else)
		}
		return e.Pos
	})
	out := &plan.Case{T: t, Else: all[0]}
	for i, c := range conds {
		out.Whens = append(out.Whens, plan.When{Cond: c, Then: all[i+1]})
	}
	return out
}

// keyword binds CURRENT_TIMESTAMP and its kin; a precision is a cast of the result.
func (l *level) keyword(e *sql.KeywordFunc) plan.Expr {
	out := l.apply(e.Name, e.Pos, nil, nil)
	if e.Precision >= 0 {
		t := out.Type()
		t.Mod = int32(min(e.Precision, 6))
		return &plan.Cast{X: out, To: t, Explicit: true}
	}
	return out
}

func (l *level) exprs(es []sql.Expr) []plan.Expr {
	out := make([]plan.Expr, len(es))
	for i, e := range es {
		out[i] = l.expr(e)
	}
	return out
}

// array binds ARRAY[...]; elem is the element type when a cast around it tells.
func (l *level) array(e *sql.Array, elem types.Type) plan.Expr {
	if len(e.Items) == 0 {
		return l.emptyArray(e, elem)
	}
	xs := make([]plan.Expr, len(e.Items))
	for i, item := range e.Items {
		if a, ok := item.(*sql.Array); ok {
			xs[i] = l.array(a, elem)
			continue
		}
		xs[i] = l.expr(item)
		if elem.Kind != types.KindUnknown && xs[i].Type().Kind != types.KindArray {
			xs[i] = l.castTo(xs[i], elem, startOf(item), startOf(item))
		}
	}
	xs, _ = l.b.common("ARRAY", xs, func(i int) sql.Pos { return startOf(e.Items[i]) })
	return l.apply("array", e.Pos, xs, nil)
}

func (l *level) emptyArray(e *sql.Array, elem types.Type) plan.Expr {
	if elem.Kind == types.KindUnknown {
		raise(e.Pos, pgerr.New(pgerr.IndeterminateDatatype, "cannot determine type of empty array").
			WithHint("Explicitly cast to the desired type, for example ARRAY[]::integer[]."))
	}
	t := elem.Array()
	d, err := types.ParseText(t, "{}", nil)
	check(e.Pos, err)
	return &plan.Const{Value: d, T: t}
}

// collate accepts the collations under which text compares as we compare it.
func (l *level) collate(e *sql.Collate) plan.Expr {
	x := l.expr(e.X)
	switch e.Collation.Last() {
	case "C", "POSIX", "default", "ucs_basic", "C.UTF-8":
	default:
		fail(e.Pos, pgerr.UndefinedObject, "collation \"%s\" for encoding \"UTF8\" does not exist",
			e.Collation.Last())
	}
	if t := x.Type(); !t.IsString() && !isUnknown(x) {
		fail(e.Pos, pgerr.DatatypeMismatch, "collations are not supported by type %s", t.Base())
	}
	return x
}

// apply calls a scalar function by name on bound arguments; argPos gives their
// places for errors in literals.
func (l *level) apply(name string, pos sql.Pos, args []plan.Expr, argPos func(int) sql.Pos) plan.Expr {
	f, want, result, err := builtin.Resolve(name, typesOf(args))
	check(pos, err)
	out := make([]plan.Expr, len(args))
	for i, a := range args {
		at := pos
		if argPos != nil {
			at = argPos(i)
		}
		out[i] = l.b.mustCoerce(a, want[i], at)
	}
	l.checkVolatility(f.Name, f.Volatility, pos)
	return &plan.Call{Func: f, Args: out, T: result}
}

// checkVolatility refuses what a continuous query cannot maintain.
func (l *level) checkVolatility(name string, v builtin.Volatility, pos sql.Pos) {
	if !l.b.continuous || v == builtin.Immutable {
		return
	}
	if v == builtin.Volatile {
		raise(pos, pgerr.Newf(pgerr.FeatureNotSupported, "function %s is not allowed in a continuous query", name).
			WithHint("Its result differs from call to call, so the stored result could not be maintained."))
	}
	if clockFuncs[name] && !l.clockAllowed() {
		raise(pos, pgerr.Newf(pgerr.FeatureNotSupported, "function %s is not allowed in a continuous query", name).
			WithHint("The stored result would have to change without any new row. "+
				"Use rowtime for the time of a row, or compare a time of the row with now() in WHERE."))
	}
	if sessionFunc(name) && !clockFuncs[name] {
		raise(pos, pgerr.Newf(pgerr.FeatureNotSupported, "function %s is not allowed in a continuous query", name).
			WithHint("Its result depends on the session or the catalog."))
	}
}

// clockFuncs are the stable functions that read the statement's clock. The other
// stable ones depend on settings; a continuous query has the settings' defaults.
var clockFuncs = map[string]bool{
	"now": true, "current_timestamp": true, "current_date": true, "current_time": true, "localtime": true,
	"localtimestamp": true, "transaction_timestamp": true, "statement_timestamp": true, "unix_timestamp": true,
}

func sessionFunc(name string) bool {
	return strings.HasPrefix(name, "pg_") && name != "pg_typeof" || strings.HasPrefix(name, "current_") ||
		name == "session_user" || name == "user" || name == "to_regclass"
}
