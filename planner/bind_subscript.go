package planner

import (
	"math"

	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// subscript binds a[i] and a[i:j]; a chain a[i][j] is one access.
func (l *level) subscript(e *sql.Subscript) plan.Expr {
	chain := []*sql.Subscript{e}
	base := e.X
	for !chain[0].Apart {
		inner, ok := base.(*sql.Subscript)
		if !ok {
			break
		}
		chain = append([]*sql.Subscript{inner}, chain...)
		base = inner.X
	}
	x := l.expr(base)
	if x.Type().Kind == types.KindJSONB {
		return l.jsonSubscript(chain, x, e.Pos)
	}
	switch x.Type().Kind {
	case types.KindArray, types.KindInt2vector, types.KindOidvector, types.KindName:
	default:
		fail(startOf(base), pgerr.DatatypeMismatch, "cannot subscript type %s because it does not support subscripting",
			x.Type().Base())
	}
	for _, s := range chain {
		if s.Slice {
			return l.slice(chain, x, e.Pos)
		}
	}
	args := []plan.Expr{x}
	for _, s := range chain {
		args = append(args, l.subscriptIndex(s.Index, 0))
	}
	return l.apply("subscript", e.Pos, args, nil)
}

// jsonSubscript binds j['a'][0]: a path of keys and numbers.
func (l *level) jsonSubscript(chain []*sql.Subscript, x plan.Expr, pos sql.Pos) plan.Expr {
	args := []plan.Expr{x}
	for _, s := range chain {
		if s.Slice {
			at := s.High
			if at == nil {
				at = s.Low
			}
			if at == nil {
				fail(sql.NoPos, pgerr.DatatypeMismatch, "jsonb subscript does not support slices")
			}
			fail(startOf(at), pgerr.DatatypeMismatch, "jsonb subscript does not support slices")
		}
		index := l.b.resolveText(l.expr(s.Index), startOf(s.Index))
		switch t := index.Type(); {
		case t.IsString(), t.Kind == types.KindInt4, t.Kind == types.KindInt2:
		default:
			raise(startOf(s.Index), pgerr.Newf(pgerr.DatatypeMismatch, "subscript type %s is not supported", t.Base()).
				WithHint("jsonb subscript must be coercible to either integer or text."))
		}
		args = append(args, index)
	}
	return l.apply("subscript", pos, args, nil)
}

// slice binds a[i:j][k:l]...; a plain index in a slice means 1:index, and a bound that
// is not there is as far out as can be.
func (l *level) slice(chain []*sql.Subscript, x plan.Expr, pos sql.Pos) plan.Expr {
	args := []plan.Expr{x}
	for _, s := range chain {
		low, high := s.Low, s.High
		if !s.Slice {
			low, high = &sql.Literal{Pos: s.Pos, Kind: sql.LitInt, Text: "1"}, s.Index
		}
		args = append(args, l.subscriptIndex(low, math.MinInt32), l.subscriptIndex(high, math.MaxInt32))
	}
	return l.apply("slice", pos, args, nil)
}

func (l *level) subscriptIndex(e sql.Expr, absent int64) plan.Expr {
	if e == nil {
		return &plan.Const{Value: types.FixedDatum(absent), T: types.Int4}
	}
	x, ok := l.b.coerce(l.expr(e), types.Int4, types.Assignment, startOf(e))
	if !ok {
		fail(startOf(e), pgerr.DatatypeMismatch, "array subscript must have type integer")
	}
	return x
}
