package planner

import (
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// attachCorrelated joins the value of a scalar sub-query that reads the level's rows.
func (l *level) attachCorrelated(node, sub plan.Node) (plan.Node, plan.Expr) {
	if n, xs, having, ok := l.attachAggregate(node, sub); ok {
		return n, onlyIf(having, xs[0])
	}
	if n, x, ok := l.attachByKey(node, sub); ok {
		return n, x
	}
	d, dep := l.dependent(node, sub)
	dep = single(dep, 1)
	w := width(node)
	conds := d.match(dep)
	for i, c := range conds {
		conds[i] = l.against(c, w)
	}
	node = newJoin(joinSpec{kind: plan.Left}, node, dep, conds)
	return node, colOf(node, w)
}

// scalarAgg is a sub-query that computes its one row from an aggregate without keys.
type scalarAgg struct {
	agg    *plan.Aggregate
	outs   []plan.Expr // over the aggregate's columns and outerRefs
	having []plan.Expr // likewise
}

func peelAggregate(n plan.Node) (scalarAgg, bool) {
	switch n := n.(type) {
	case *plan.Aggregate:
		return scalarAgg{agg: n, outs: identity(n)}, len(n.Keys) == 0
	case *plan.Project:
		s, ok := peelAggregate(n.Input)
		if !ok {
			return s, false
		}
		outs := make([]plan.Expr, len(n.Exprs))
		for i, e := range n.Exprs {
			outs[i] = plan.Substitute(e, s.outs)
		}
		s.outs = outs
		return s, true
	case *plan.Filter:
		s, ok := peelAggregate(n.Input)
		if !ok {
			return s, false
		}
		s.having = append(s.having, plan.Conjuncts(plan.Substitute(n.Pred, s.outs))...)
		return s, true
	}
	return scalarAgg{}, false
}

// attachAggregate plans SELECT agg(..) FROM .. WHERE inner = outer: group by the inner
// side, left join on the outer one, and compute the row above the join. The results
// are the row's columns, and the predicates of HAVING, over the new node.
func (l *level) attachAggregate(node, sub plan.Node) (out plan.Node, xs, having []plan.Expr, ok bool) {
	s, ok := peelAggregate(sub)
	if !ok {
		return nil, nil, nil, false
	}
	p, ok := l.pullUp(s.agg.Input)
	if !ok || anyRefers(p.outs, l) {
		return nil, nil, nil, false
	}
	inner, outer, ok := l.splitEqualities(p.preds)
	if !ok || len(inner) == 0 {
		return nil, nil, nil, false
	}
	in := project(p.node, append(append([]plan.Expr(nil), p.outs...), inner...))
	agg := keyedBy(s.agg, in, positions(width(in))[len(p.outs):])
	w := width(node)
	conds := make([]plan.Expr, len(inner))
	for i := range inner {
		conds[i] = l.against(binaryCall("=", outer[i], colOf(agg, i)), w)
	}
	node = newJoin(joinSpec{kind: plan.Left}, node, agg, conds)
	cols := make([]plan.Expr, len(s.agg.Aggs))
	for i := range cols {
		cols[i] = emptyAgg(&s.agg.Aggs[i], colOf(node, w+len(inner)+i))
	}
	return node, l.overAggregates(s.outs, cols), l.overAggregates(s.having, cols), true
}

// overAggregates puts the aggregates cols and the level's own columns into expressions
// of a scalarAgg.
func (l *level) overAggregates(es, cols []plan.Expr) []plan.Expr {
	out := make([]plan.Expr, len(es))
	for i, e := range es {
		out[i] = plan.MapExpr(e, func(e plan.Expr) plan.Expr {
			switch e := e.(type) {
			case *outerRef:
				if e.lv == l {
					return e.x
				}
			case *plan.Col:
				return cols[e.Index]
			}
			return nil
		})
	}
	return out
}

// onlyIf is x where conds hold, else NULL.
func onlyIf(conds []plan.Expr, x plan.Expr) plan.Expr {
	if len(conds) == 0 {
		return x
	}
	return &plan.Case{T: x.Type(), Else: nullConst(x.Type()), Whens: []plan.When{{Cond: plan.Conj(conds), Then: x}}}
}

// splitEqualities reads correlated predicates as inner = outer; ok is false when one
// is something else. The outer sides are still made of outerRefs.
func (l *level) splitEqualities(preds []plan.Expr) (inner, outer []plan.Expr, ok bool) {
	for _, c := range preds {
		call, isCall := c.(*plan.Call)
		if !isCall || call.Func.Name != "=" {
			return nil, nil, false
		}
		a, b := call.Args[0], call.Args[1]
		if refersTo(a, l) {
			a, b = b, a
		}
		if refersTo(a, nil) || !pureOuter(b, l) {
			return nil, nil, false
		}
		if _, ok := keyType(a.Type(), b.Type()); !ok {
			return nil, nil, false
		}
		inner, outer = append(inner, a), append(outer, b)
	}
	return inner, outer, true
}

// pureOuter reports whether e reads the level l and nothing else.
func pureOuter(e plan.Expr, l *level) bool {
	pure := true
	plan.WalkExpr(e, func(e plan.Expr) bool {
		switch e := e.(type) {
		case *plan.Col:
			pure = false
		case *outerRef:
			pure = pure && e.lv == l
		}
		return true
	})
	return pure
}

// attachByKey plans SELECT x FROM .. WHERE inner = outer as a left join. Where the inner
// sides are no unique key, each of their values is checked for having one row only.
func (l *level) attachByKey(node, sub plan.Node) (plan.Node, plan.Expr, bool) {
	p, ok := l.pullUp(sub)
	if !ok || anyRefers(p.outs, l) {
		return nil, nil, false
	}
	w := width(node)
	if l.fixesKey(p) {
		in := project(p.node, append(append([]plan.Expr(nil), p.outs[0]), identity(p.node)...))
		conds := make([]plan.Expr, len(p.preds))
		for i, c := range p.preds {
			c = plan.MapCols(c, func(i int) int { return i + 1 })
			conds[i] = l.against(c, w)
		}
		node = newJoin(joinSpec{kind: plan.Left}, node, in, conds)
		return node, colOf(node, w), true
	}
	inner, outer, ok := l.splitEqualities(p.preds)
	if !ok || len(inner) == 0 {
		return nil, nil, false
	}
	// Checked above the join: a value that no outer row asks for may have many rows.
	in := collected(project(p.node, append([]plan.Expr{p.outs[0]}, inner...)), 1)
	conds := make([]plan.Expr, len(inner))
	for i := range inner {
		conds[i] = l.against(binaryCall("=", outer[i], colOf(in, i)), w)
	}
	node = newJoin(joinSpec{kind: plan.Left}, node, in, conds)
	return node, theOnly(colOf(node, w+len(inner))), true
}

// fixesKey reports whether the predicates of p give every column of a unique key a
// value of the outer query.
func (l *level) fixesKey(p pulled) bool {
	key := UniqueKey(p.node)
	if key == nil {
		return false
	}
	fixed := map[int]bool{}
	for _, c := range p.preds {
		inner, _, ok := l.splitEqualities([]plan.Expr{c})
		if !ok {
			continue
		}
		e := inner[0]
		if cast, isCast := e.(*plan.Cast); isCast {
			e = cast.X
		}
		if col, isCol := e.(*plan.Col); isCol {
			fixed[col.Index] = true
		}
	}
	for _, k := range key {
		if !fixed[k] {
			return false
		}
	}
	return true
}

// single checks that n has at most one row for each value of its columns from w on,
// where that does not follow from a key: more than one is error 21000.
func single(n plan.Node, w int) plan.Node {
	if coversKey(n, w) {
		return n
	}
	agg := collected(n, w)
	k := width(n) - w
	var outs []plan.Expr
	for i := range w {
		outs = append(outs, theOnly(colOf(agg, k+i)))
	}
	return project(agg, append(outs, identity(agg)[:k]...))
}

// collected groups n by its columns from w on and collects the others in arrays.
func collected(n plan.Node, w int) *plan.Aggregate {
	s := n.Schema()
	agg := &plan.Aggregate{Input: n}
	for i := w; i < len(s); i++ {
		agg.Keys = append(agg.Keys, i)
		agg.Out = append(agg.Out, s[i])
	}
	for i := range w {
		a, _, t, err := builtin.ResolveAgg("array_agg", []types.Type{s[i].Type.Base()})
		check(sql.NoPos, err)
		agg.Aggs = append(agg.Aggs, plan.AggCall{Agg: a, Args: []int{i}, ArgTypes: []types.Type{s[i].Type}, Filter: -1, T: t})
		agg.Out = append(agg.Out, types.Column{Name: s[i].Name, Type: t, NotNull: true})
	}
	return agg
}

// theOnly is the element of an array of collected values; it fails when there are more.
func theOnly(arr plan.Expr) plan.Expr {
	one := &plan.Const{Value: types.FixedDatum(1), T: types.Int4}
	return call("subscript", &plan.Call{Func: singleRow, Args: []plan.Expr{arr}, T: arr.Type()}, one)
}

func coversKey(n plan.Node, w int) bool {
	key := UniqueKey(n)
	if key == nil {
		return false
	}
	for _, k := range key {
		if k < w {
			return false
		}
	}
	return true
}

// singleRow passes an array on and fails when it has more than one element: the
// check of a scalar sub-query, for each row of the query around it.
var singleRow = &builtin.Func{
	Name: "single_row", Args: []types.Type{types.AnyArray}, Returns: types.AnyArray, NotStrict: true,
	Doc:    "Fails when the array of a sub-query's rows has more than one element.",
	Kernel: singleRowKernel,
}

func singleRowKernel(c *builtin.Call) *col.Vec {
	b := col.NewBuilder(c.Result, c.N)
	in := c.Args[0]
	for i := range c.N {
		b.From(in, i)
	}
	out := b.Vec()
	for i := range c.N {
		if in.IsNull(i) {
			continue
		}
		if a, ok := types.DecodeArray(c.Result, in.Bytes(i)); ok && len(a.Elems) > 1 {
			out.SetErr(i, pgerr.New(pgerr.CardinalityViolation,
				"more than one row returned by a subquery used as an expression"))
		}
	}
	return out
}
