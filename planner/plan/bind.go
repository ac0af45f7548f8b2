package plan

import (
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// BindParams replaces the parameters of a tree by the values params, whose types
// are ts. The tree itself stays as it is, so that a prepared plan serves again.
func BindParams(root Node, params []types.Datum, ts []types.Type) Node {
	if len(params) == 0 {
		return root
	}
	return MapExprs(root, paramBinder(params, ts))
}

// BindExpr is BindParams for one expression; nil stays nil.
func BindExpr(e Expr, params []types.Datum, ts []types.Type) Expr {
	if e == nil || len(params) == 0 {
		return e
	}
	return paramBinder(params, ts)(e)
}

func paramBinder(params []types.Datum, ts []types.Type) func(Expr) Expr {
	return func(e Expr) Expr {
		return MapExpr(e, func(e Expr) Expr {
			p, ok := e.(*Param)
			if !ok {
				return nil
			}
			if p.Index >= len(params) {
				panic(pgerr.Bug("no value for parameter $%d", p.Index+1))
			}
			if p.Index < len(ts) && !ts[p.Index].Same(p.T) {
				panic(pgerr.Bug("parameter $%d is %s, planned as %s", p.Index+1, ts[p.Index], p.T))
			}
			return &Const{Value: params[p.Index], T: p.T}
		})
	}
}

// Bind returns the query with its parameters replaced.
func (q *Query) Bind(params []types.Datum) *Query {
	if len(params) == 0 {
		return q
	}
	c := *q
	c.Root = BindParams(q.Root, params, q.Params)
	c.Limit = BindExpr(q.Limit, params, q.Params)
	return &c
}

// Bind returns the write with its parameters replaced.
func (w *Write) Bind(params []types.Datum) *Write {
	if len(params) == 0 {
		return w
	}
	c := *w
	bind := paramBinder(params, w.Params)
	m := exprMapper{fn: bind}
	c.Source = BindParams(w.Source, params, w.Params)
	c.ConflictSet, c.Returning = m.list(w.ConflictSet), m.list(w.Returning)
	c.ConflictWhere = m.one(w.ConflictWhere)
	return &c
}
