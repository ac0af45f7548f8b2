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
	if n, x, ok := l.attachAggregate(node, sub); ok {
		return n, x
	}
	if n, x, ok := l.attachUnique(node, sub); ok {
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

// scalarAgg is a sub-query that computes from one aggregate without keys.
type scalarAgg struct {
	agg    *plan.Aggregate
	out    plan.Expr   // over the aggregate's columns and outerRefs
	having []plan.Expr // likewise
}

func peelAggregate(n plan.Node) (scalarAgg, bool) {
	switch n := n.(type) {
	case *plan.Aggregate:
		return scalarAgg{agg: n, out: colOfMaybe(n)}, len(n.Keys) == 0 && width(n) > 0
	case *plan.Project:
		s, ok := peelAggregate(n.Input)
		if !ok || len(s.having) > 0 && width(n.Input) != width(s.agg) {
			return s, false
		}
		if _, direct := n.Input.(*plan.Project); direct {
			return s, false
		}
		s.out = n.Exprs[0]
		return s, true
	case *plan.Filter:
		s, ok := peelAggregate(n.Input)
		if _, direct := n.Input.(*plan.Project); direct {
			return s, false
		}
		s.having = append(s.having, plan.Conjuncts(n.Pred)...)
		return s, ok
	}
	return scalarAgg{}, false
}

func colOfMaybe(n plan.Node) plan.Expr {
	if width(n) == 0 {
		return nil
	}
	return colOf(n, 0)
}

// attachAggregate plans SELECT agg(..) FROM .. WHERE inner = outer: group by the inner
// side, left join on the outer one, and compute the result above the join.
func (l *level) attachAggregate(node, sub plan.Node) (plan.Node, plan.Expr, bool) {
	s, ok := peelAggregate(sub)
	if !ok {
		return nil, nil, false
	}
	p, ok := l.pullUp(s.agg.Input)
	if !ok || anyRefers(p.outs, l) {
		return nil, nil, false
	}
	inner, outer, ok := l.splitEqualities(p.preds)
	if !ok || len(inner) == 0 {
		return nil, nil, false
	}
	in := project(p.node, append(append([]plan.Expr(nil), p.outs...), inner...))
	agg := *s.agg
	agg.Input = in
	agg.Keys, agg.Out = nil, nil
	for i := range inner {
		agg.Keys = append(agg.Keys, len(p.outs)+i)
		agg.Out = append(agg.Out, in.Schema()[len(p.outs)+i])
	}
	agg.Out = append(agg.Out, s.agg.Out...)
	w := width(node)
	conds := make([]plan.Expr, len(inner))
	for i := range inner {
		k := colOf(&agg, i)
		k.Index += w
		conds[i] = binaryCall("=", outer[i], k)
	}
	node = newJoin(joinSpec{kind: plan.Left}, node, &agg, conds)
	cols := make([]plan.Expr, len(s.agg.Aggs))
	for i := range cols {
		cols[i] = emptyAgg(&s.agg.Aggs[i], colOf(node, w+len(inner)+i))
	}
	return node, l.aggregateValue(s, cols), true
}

// aggregateValue computes the sub-query's value from the aggregates cols.
func (l *level) aggregateValue(s scalarAgg, cols []plan.Expr) plan.Expr {
	at := func(e plan.Expr) plan.Expr {
		return plan.MapExpr(e, func(e plan.Expr) plan.Expr {
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
	out := at(s.out)
	if len(s.having) == 0 {
		return out
	}
	conds := make([]plan.Expr, len(s.having))
	for i, h := range s.having {
		conds[i] = at(h)
	}
	return &plan.Case{T: out.Type(), Else: nullConst(out.Type()),
		Whens: []plan.When{{Cond: plan.Conj(conds), Then: out}}}
}

// splitEqualities reads correlated predicates as inner = outer; ok is false when one
// is something else.
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
		inner = append(inner, a)
		outer = append(outer, l.resolveOuter(b, func(x plan.Expr) plan.Expr { return x }))
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

// attachUnique plans SELECT col FROM .. WHERE key = outer, where the key makes sure
// that there is at most one row: a plain left join.
func (l *level) attachUnique(node, sub plan.Node) (plan.Node, plan.Expr, bool) {
	p, ok := l.pullUp(sub)
	if !ok || anyRefers(p.outs, l) {
		return nil, nil, false
	}
	if !l.fixesKey(p) {
		return nil, nil, false
	}
	in := project(p.node, append(append([]plan.Expr(nil), p.outs[0]), identity(p.node)...))
	w := width(node)
	conds := make([]plan.Expr, len(p.preds))
	for i, c := range p.preds {
		c = plan.MapCols(c, func(i int) int { return i + 1 })
		conds[i] = l.against(c, w)
	}
	node = newJoin(joinSpec{kind: plan.Left}, node, in, conds)
	return node, colOf(node, w), true
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
	s := n.Schema()
	agg := &plan.Aggregate{Input: n}
	for i := w; i < len(s); i++ {
		agg.Keys = append(agg.Keys, i)
		agg.Out = append(agg.Out, s[i])
	}
	k := len(agg.Keys)
	for i := range w {
		a, _, t, err := builtin.ResolveAgg("array_agg", []types.Type{s[i].Type.Base()})
		check(sql.NoPos, err)
		agg.Aggs = append(agg.Aggs, plan.AggCall{Agg: a, Args: []int{i}, ArgTypes: []types.Type{s[i].Type}, Filter: -1, T: t})
		agg.Out = append(agg.Out, types.Column{Name: s[i].Name, Type: t, NotNull: true})
	}
	var outs []plan.Expr
	for i := range w {
		arr := colOf(agg, k+i)
		one := &plan.Const{Value: types.FixedDatum(1), T: types.Int4}
		outs = append(outs, call("subscript", &plan.Call{Func: singleRow, Args: []plan.Expr{arr}, T: arr.T}, one))
	}
	return project(agg, append(outs, identity(agg)[:k]...))
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
