package planner

import (
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/builtin"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// param is $n; its type may still be open.
func (b *binder) param(e *sql.Param) plan.Expr {
	for len(b.params) < e.N {
		b.params = append(b.params, types.Unknown)
		b.paramPos = append(b.paramPos, sql.NoPos)
	}
	if b.paramPos[e.N-1] == sql.NoPos {
		b.paramPos[e.N-1] = e.Pos
	}
	return &plan.Param{Index: e.N - 1, T: b.params[e.N-1]}
}

// paramAs gives the open parameter p the type t, unless another place of the
// statement has already given it a different one.
func (b *binder) paramAs(p *plan.Param, t types.Type, pos sql.Pos) plan.Expr {
	known := b.params[p.Index]
	t = t.Base()
	if known.Kind == types.KindUnknown {
		b.params[p.Index] = t
		return &plan.Param{Index: p.Index, T: t}
	}
	if !known.Same(t) {
		raise(pos, pgerr.Newf(pgerr.AmbiguousParameter, "inconsistent types deduced for parameter $%d", p.Index+1).
			WithDetail("%s versus %s", known, t))
	}
	return &plan.Param{Index: p.Index, T: t}
}

// finishParams gives the error for a parameter whose type nothing determined.
func (b *binder) finishParams() {
	for i, t := range b.params {
		if t.Kind == types.KindUnknown {
			fail(b.paramPos[i], pgerr.IndeterminateDatatype, "could not determine data type of parameter $%d", i+1)
		}
	}
}

// fixParams replaces parameters that were bound before their type was known.
func (b *binder) fixParams(e plan.Expr) plan.Expr {
	return plan.MapExpr(e, func(e plan.Expr) plan.Expr {
		if p, ok := e.(*plan.Param); ok && p.T.Kind == types.KindUnknown {
			return &plan.Param{Index: p.Index, T: b.params[p.Index]}
		}
		return nil
	})
}

// isUnknown reports whether e is an untyped literal, NULL or an open parameter.
func isUnknown(e plan.Expr) bool { return e.Type().Kind == types.KindUnknown }

// isNullLiteral reports whether e is a bare NULL.
func isNullLiteral(e plan.Expr) bool {
	c, ok := e.(*plan.Const)
	return ok && !c.Value.Set && c.T.Kind == types.KindUnknown
}

// castAllowed reports whether values of type from may become to in a context.
func castAllowed(from, to types.Type, ctx types.CastContext) bool {
	if from.Same(to) || from.Kind == types.KindUnknown || to.Kind == types.KindAny {
		return true
	}
	path := types.CastPath(from.Base(), to.Base())
	switch ctx {
	case types.Implicit:
		return path == types.Implicit
	case types.Assignment:
		return path == types.Implicit || path == types.Assignment
	}
	return path != types.None
}

// coerce converts e to t; ok is false when the context does not allow it.
func (b *binder) coerce(e plan.Expr, t types.Type, ctx types.CastContext, pos sql.Pos) (plan.Expr, bool) {
	if t.Kind == types.KindAny || t.Kind == types.KindUnknown {
		return e, true
	}
	if isUnknown(e) {
		return b.coerceUnknown(e, t, ctx, pos), true
	}
	if out, ok := b.coerceRow(e, t, ctx, pos); ok {
		return out, true
	}
	if !castAllowed(e.Type(), t, ctx) {
		return nil, false
	}
	return b.convert(e, t, ctx), true
}

// convert casts e, which may become t, dropping casts that change nothing.
func (b *binder) convert(e plan.Expr, t types.Type, ctx types.CastContext) plan.Expr {
	from := e.Type()
	if from.Same(t) && (t.Mod < 0 || t.Mod == from.Mod) {
		if from == t {
			return e
		}
		return relabel(e, t)
	}
	return &plan.Cast{X: e, To: t, Explicit: ctx == types.Explicit}
}

// relabel drops the modifier of a type where the expression can carry it itself.
func relabel(e plan.Expr, t types.Type) plan.Expr {
	switch e := e.(type) {
	case *plan.Const:
		return &plan.Const{Value: e.Value, T: t}
	case *plan.Cast:
		if e.To.Mod < 0 {
			return e
		}
	}
	return &plan.Cast{X: e, To: t}
}

// coerceUnknown reads an untyped literal as t, or gives an open parameter the type.
func (b *binder) coerceUnknown(e plan.Expr, t types.Type, ctx types.CastContext, pos sql.Pos) plan.Expr {
	switch e := e.(type) {
	case *plan.Param:
		p := b.paramAs(e, t, pos)
		return b.convert(p, t, ctx)
	case *plan.Const:
		if !e.Value.Set {
			return nullConst(t)
		}
		if at, ok := b.colPos[e]; ok {
			pos = at
		}
		return b.readLiteral(e.Value.S, t, ctx, pos)
	}
	// A column of a sub-query that was left unknown is text.
	return &plan.Cast{X: &plan.Cast{X: e, To: textType, Explicit: true}, To: t, Explicit: true}
}

// textType is what unknown values become.
var textType = types.Of(types.KindText)

// readLiteral parses a quoted literal as t. The length of varchar(n) is applied as
// the context says: a cast cuts, an assignment refuses.
func (b *binder) readLiteral(s string, t types.Type, ctx types.CastContext, pos sql.Pos) plan.Expr {
	if isReg(t) {
		return b.readReg(s, t, pos)
	}
	read := t
	if lengthCoercion(t) {
		read = t.Base()
	}
	d, err := types.ParseText(read, s, b.o.Format)
	check(pos, err)
	if read != t {
		fitted, err := types.CastFunc(read, t, ctx == types.Explicit, b.o.Format)(d.I, []byte(d.S))
		if err != nil {
			// Too long: that is for the row to report when it is stored.
			return &plan.Cast{X: &plan.Const{Value: d, T: read}, To: t}
		}
		d = fitted
	}
	return &plan.Const{Value: d, T: t}
}

func lengthCoercion(t types.Type) bool {
	return t.Mod >= 0 && (t.Kind == types.KindVarchar || t.Kind == types.KindBpchar)
}

// mustCoerce is coerce for places where a failure is a mistake of ours.
func (b *binder) mustCoerce(e plan.Expr, t types.Type, pos sql.Pos) plan.Expr {
	out, ok := b.coerce(e, t, types.Implicit, pos)
	if !ok {
		panic(pgerr.Bug("no implicit cast from %s to %s", e.Type(), t))
	}
	return out
}

// coerceBool makes e a condition of a clause: WHERE, a CASE branch, AND ...
func (b *binder) coerceBool(e plan.Expr, clause string, pos sql.Pos) plan.Expr {
	out, ok := b.coerce(e, types.Bool, types.Assignment, pos)
	if !ok {
		fail(pos, pgerr.DatatypeMismatch, "argument of %s must be type boolean, not type %s", clause, e.Type().Base())
	}
	return out
}

// common converts expressions to the one type that a construct needs. at gives the
// position of each.
func (b *binder) common(construct string, es []plan.Expr, at func(int) sql.Pos) ([]plan.Expr, types.Type) {
	ts := typesOf(es)
	t, err := builtin.CommonType(ts, construct)
	if err != nil {
		raise(at(mismatch(ts)), err)
	}
	out := make([]plan.Expr, len(es))
	for i, e := range es {
		out[i] = b.mustCoerce(e, t, at(i))
	}
	return out, t
}

// mismatch is the first expression whose type does not go with those before it:
// PostgreSQL points there.
func mismatch(ts []types.Type) int {
	for i := 1; i < len(ts); i++ {
		if _, err := builtin.CommonType(ts[:i+1]); err != nil {
			return i
		}
	}
	return len(ts) - 1
}

// resolveText makes a value that stayed unknown text, as PostgreSQL does for the
// output of a query.
func (b *binder) resolveText(e plan.Expr, pos sql.Pos) plan.Expr {
	if !isUnknown(e) {
		return e
	}
	return b.coerceUnknown(e, textType, types.Implicit, pos)
}
