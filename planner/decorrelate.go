package planner

import (
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/builtin"
	"millrace/sql/types"
)

// pulled is a sub-query whose references to the level around it stand apart: node
// has none, outs are its columns and preds the predicates that it was filtered by,
// both over the columns of node and outerRefs.
type pulled struct {
	node  plan.Node
	outs  []plan.Expr
	preds []plan.Expr
}

// pullUp takes the outerRefs to l out of a sub-query made of filters, projections
// and inner joins; ok is false where other operators depend on them.
func (l *level) pullUp(n plan.Node) (p pulled, ok bool) {
	if !treeRefersTo(n, l) {
		return pulled{node: n, outs: identity(n)}, true
	}
	switch n := n.(type) {
	case *plan.Filter:
		if p, ok = l.pullUp(n.Input); ok {
			p.addPreds(l, plan.Conjuncts(plan.Substitute(n.Pred, p.outs)))
		}
		return p, ok
	case *plan.Project:
		if p, ok = l.pullUp(n.Input); ok {
			outs := make([]plan.Expr, len(n.Exprs))
			for i, e := range n.Exprs {
				outs[i] = plan.Substitute(e, p.outs)
			}
			p.outs = outs
		}
		return p, ok
	case *plan.Join:
		return l.pullJoin(n)
	case *plan.Sort:
		if n.Limit == nil && n.Offset == nil {
			return l.pullUp(n.Input)
		}
		return l.pullKeyed(n)
	case *plan.Distinct:
		return l.pullKeyed(n)
	case *plan.Aggregate:
		if len(n.Keys) > 0 {
			return l.pullKeyed(n)
		}
	}
	return pulled{}, false
}

// pullKeyed pulls equalities up through an operator that looks at several rows: it then
// works within each value of their inner sides, which it hands on as columns.
func (l *level) pullKeyed(n plan.Node) (pulled, bool) {
	p, ok := l.pullUp(n.Inputs()[0])
	if !ok || anyRefers(p.outs, l) || !l.independent(n) {
		return pulled{}, false
	}
	inner, outer, ok := l.splitEqualities(p.preds)
	if !ok {
		return pulled{}, false
	}
	w, wi := len(p.outs), len(inner)
	in := project(p.node, append(append([]plan.Expr(nil), p.outs...), inner...))
	extra := positions(w + wi)[w:]
	out := pulled{}
	at := w // where the inner sides are in the result
	switch n := n.(type) {
	case *plan.Sort:
		c := *n
		c.Input, c.Partition = in, append(append([]int(nil), n.Partition...), extra...)
		out.node, out.outs = &c, identity(&c)[:w:w]
	case *plan.Distinct:
		d := &plan.Distinct{Input: in}
		out.node, out.outs = d, identity(d)[:w:w]
	case *plan.Aggregate:
		agg := keyedBy(n, in, extra)
		at = len(n.Keys)
		all := identity(agg)
		out.node, out.outs = agg, append(all[:at:at], all[at+wi:]...)
	}
	for i := range inner {
		out.preds = append(out.preds, binaryCall("=", colOf(out.node, at+i), outer[i]))
	}
	return out, true
}

// independent reports whether n's own expressions (a limit) do without outer values.
func (l *level) independent(n plan.Node) bool { return !anyRefers(plan.NodeExprs(n), l) }

// keyedBy is the aggregate over in, with more keys behind its own.
func keyedBy(n *plan.Aggregate, in plan.Node, extra []int) *plan.Aggregate {
	c := *n
	k := len(n.Keys)
	c.Input = in
	c.Keys = append(append([]int(nil), n.Keys...), extra...)
	c.Out = append(types.Schema(nil), n.Out[:k]...)
	for _, i := range extra {
		c.Out = append(c.Out, in.Schema()[i])
	}
	c.Out = append(c.Out, n.Out[k:]...)
	return &c
}

// addPreds filters by those predicates that do not depend on l and keeps the others.
func (p *pulled) addPreds(l *level, preds []plan.Expr) {
	var own []plan.Expr
	for _, c := range preds {
		if refersTo(c, l) {
			p.preds = append(p.preds, c)
		} else {
			own = append(own, c)
		}
	}
	p.node = filter(p.node, own...)
}

func (l *level) pullJoin(n *plan.Join) (pulled, bool) {
	if n.Kind == plan.Inner {
		return l.pullInner(n)
	}
	// Rows of the left side stay or go by themselves in these kinds only.
	left := n.Kind == plan.Left || n.Kind == plan.Semi || n.Kind == plan.Anti || n.Kind == plan.Mark
	if !left || treeRefersTo(n.R, l) || n.Residual != nil && refersTo(n.Residual, l) {
		return pulled{}, false
	}
	p, ok := l.pullUp(n.L)
	if !ok || anyRefers(p.outs, l) {
		return pulled{}, false
	}
	// Below the join stand the left columns as they were, then all that preds need.
	wl, extra := width(n.L), width(p.node)
	lnode := project(p.node, append(append([]plan.Expr(nil), p.outs...), identity(p.node)...))
	j := *n
	j.L = lnode
	if n.Residual != nil {
		j.Residual = plan.MapCols(n.Residual, func(i int) int { return shiftFrom(i, wl, extra) })
	}
	j.Out = joinSchema(n.Kind, lnode.Schema(), n.R.Schema())
	outs := identity(&j)
	outs = append(outs[:wl:wl], outs[wl+extra:]...)
	preds := make([]plan.Expr, len(p.preds))
	for i, c := range p.preds {
		preds[i] = plan.MapCols(c, func(i int) int { return i + wl })
	}
	return pulled{node: &j, outs: outs, preds: preds}, true
}

func anyRefers(es []plan.Expr, l *level) bool {
	for _, e := range es {
		if refersTo(e, l) {
			return true
		}
	}
	return false
}

func (l *level) pullInner(n *plan.Join) (pulled, bool) {
	a, ok := l.pullUp(n.L)
	if !ok {
		return a, false
	}
	b, ok := l.pullUp(n.R)
	if !ok {
		return b, false
	}
	w := width(a.node)
	shift := func(es []plan.Expr) []plan.Expr {
		out := make([]plan.Expr, len(es))
		for i, e := range es {
			out[i] = plan.MapCols(e, func(i int) int { return i + w })
		}
		return out
	}
	outs := append(append([]plan.Expr(nil), a.outs...), shift(b.outs)...)
	var own []plan.Expr
	p := pulled{outs: outs, preds: append(append([]plan.Expr(nil), a.preds...), shift(b.preds)...)}
	for _, c := range joinConds(n) {
		c = plan.Substitute(c, outs)
		if refersTo(c, l) {
			p.preds = append(p.preds, c)
		} else {
			own = append(own, c)
		}
	}
	p.node = newJoin(specOf(n), a.node, b.node, own)
	return p, true
}

// joinConds is the condition of a join as conjuncts over the columns of both sides.
func joinConds(n *plan.Join) []plan.Expr {
	wl := width(n.L)
	var out []plan.Expr
	for i := range n.LKeys {
		a, b := colOf(n.L, n.LKeys[i]), colOf(n.R, n.RKeys[i])
		b.Index += wl
		op := "="
		if n.NullSafe != nil && n.NullSafe[i] {
			op = opNotDistinct
		}
		out = append(out, binaryCall(op, a, b))
	}
	return append(out, plan.Conjuncts(n.Residual)...)
}

// binaryCall applies an operator whose overload for the operands must exist.
func binaryCall(op string, a, b plan.Expr) plan.Expr {
	f, want, result, err := builtin.ResolveOperator(op, a.Type(), b.Type())
	if err != nil {
		panic(err)
	}
	return &plan.Call{Func: f, Args: []plan.Expr{castTo(a, want[0]), castTo(b, want[1])}, T: result}
}

// domain is the distinct values of the outer expressions that a sub-query reads.
// The sub-query is computed once for each of them.
type domain struct {
	// recursions are the iterations read by the recursive terms being pushed, by the id
	// of their recursion before.
	recursions map[int]*plan.RecursiveRef
	l          *level
	refs       []plan.Expr // over the level's node
	node       plan.Node   // one column for each of refs
}

// dependent computes sub for all values of what it reads of node: the result has the
// columns of sub, then those of the domain.
func (l *level) dependent(node, sub plan.Node) (*domain, plan.Node) {
	d := &domain{l: l}
	seen := map[plan.Node]bool{}
	plan.Walk(sub, func(n plan.Node) bool {
		if seen[n] {
			return false
		}
		seen[n] = true
		for _, e := range plan.NodeExprs(n) {
			d.collect(e)
		}
		return true
	})
	d.node = &plan.Distinct{Input: project(node, d.refs)}
	return d, d.push(sub)
}

func (d *domain) collect(e plan.Expr) {
	plan.WalkExpr(e, func(e plan.Expr) bool {
		if o, ok := e.(*outerRef); ok && o.lv == d.l && indexOfExpr(d.refs, o.x) < 0 {
			d.refs = append(d.refs, o.x)
		}
		return true
	})
}

// match is the condition that joins a pushed sub-query back: outer value = domain column.
func (d *domain) match(sub plan.Node) []plan.Expr {
	at := width(sub) - len(d.refs)
	out := make([]plan.Expr, len(d.refs))
	for i, r := range d.refs {
		// The reference is wrapped without its type being read through, as both
		// sides have the same type.
		out[i] = binaryCall(opNotDistinct, &outerRef{lv: d.l, x: r}, colOf(sub, at+i))
	}
	return out
}

// resolve replaces outerRefs by the domain's columns, which begin at position at.
func (d *domain) resolve(e plan.Expr, at int) plan.Expr {
	if e == nil {
		return nil
	}
	return d.l.resolveOuter(e, func(x plan.Expr) plan.Expr {
		i := indexOfExpr(d.refs, x)
		return &plan.Col{Index: at + i, T: d.refs[i].Type()}
	})
}

// push computes n once for each value of the domain: the result is the columns of n,
// then the domain's.
func (d *domain) push(n plan.Node) plan.Node {
	if !d.dependent(n) {
		return newJoin(joinSpec{kind: plan.Inner}, n, d.node, nil)
	}
	switch n := n.(type) {
	case *plan.Filter:
		return d.pushFilter(n)
	case *plan.Project:
		return d.pushProject(n)
	case *plan.Join:
		return d.pushJoin(n)
	case *plan.Aggregate:
		return d.pushAggregate(n)
	case *plan.Distinct:
		return &plan.Distinct{Input: d.push(n.Input)}
	case *plan.Sort:
		return d.pushSort(n)
	case *plan.Union:
		u := &plan.Union{}
		for _, in := range n.Ins {
			u.Ins = append(u.Ins, d.push(in))
		}
		u.Out = append(append(u.Out, n.Out...), d.node.Schema()...)
		return u
	case *plan.SetOp:
		c := *n
		c.L, c.R = d.push(n.L), d.push(n.R)
		c.Out = append(append(types.Schema(nil), n.Out...), d.node.Schema()...)
		return &c
	case *plan.TableFunc:
		return d.pushTableFunc(n)
	case *plan.Over:
		return d.pushOver(n)
	case *plan.MaxOneRow:
		return d.pushMaxOneRow(n)
	case *plan.Values:
		return d.pushValues(n)
	case *plan.Recursive:
		return d.pushRecursive(n)
	case *plan.RecursiveRef:
		return d.pushRecursiveRef(n)
	}
	unsupported(sql.NoPos, "this form of correlated sub-query is not supported")
	return nil
}

func (d *domain) pushFilter(n *plan.Filter) plan.Node {
	w := width(n.Input)
	var conds []plan.Expr
	for _, c := range plan.Conjuncts(n.Pred) {
		conds = append(conds, d.resolve(c, w))
	}
	if !d.dependent(n.Input) {
		return newJoin(joinSpec{kind: plan.Inner}, n.Input, d.node, conds)
	}
	return filter(d.push(n.Input), conds...)
}

func (d *domain) pushProject(n *plan.Project) plan.Node {
	in := d.push(n.Input)
	w := width(n.Input)
	exprs := make([]plan.Expr, 0, len(n.Exprs)+len(d.refs))
	for _, e := range n.Exprs {
		exprs = append(exprs, d.resolve(e, w))
	}
	exprs = append(exprs, identity(in)[w:]...)
	return projectAs(in, exprs, append(schemaNames(n.Out), schemaNames(d.node.Schema())...))
}

// pushJoin computes both sides per domain value where both need it, else the left
// one; the domain's columns move to the end.
func (d *domain) pushJoin(n *plan.Join) plan.Node {
	if n.Kind == plan.Right || n.Kind == plan.Full {
		return d.pushOuterJoin(n)
	}
	wl, wr, wd := width(n.L), width(n.R), len(d.refs)
	left, right := d.push(n.L), n.R
	// Conditions over [L, D, R (, D2)].
	var conds []plan.Expr
	for _, c := range joinConds(n) {
		c = plan.MapCols(c, func(i int) int { return shiftFrom(i, wl, wd) })
		conds = append(conds, d.resolve(c, wl))
	}
	if d.dependent(n.R) {
		right = d.push(n.R)
		for i := range d.refs {
			a, b := colOf(left, wl+i), colOf(right, wr+i)
			b.Index += wl + wd
			conds = append(conds, binaryCall(opNotDistinct, a, b))
		}
	}
	j := newJoin(specOf(n), left, right, conds)
	all := identity(j)
	var outs []plan.Expr
	outs = append(outs, all[:wl]...)
	switch n.Kind {
	case plan.Semi, plan.Anti:
	case plan.Mark:
		outs = append(outs, all[wl+wd])
	default:
		outs = append(outs, all[wl+wd:wl+wd+wr]...)
	}
	return project(j, append(outs, all[wl:wl+wd]...))
}

// pushAggregate groups by the domain, too. Without keys there must be a row for each
// value of the domain, also where there is nothing to aggregate.
func (d *domain) pushAggregate(n *plan.Aggregate) plan.Node {
	in := d.push(n.Input)
	w, k, wd := width(n.Input), len(n.Keys), len(d.refs)
	agg := keyedBy(n, in, positions(w + wd)[w:])
	if k > 0 {
		all := identity(agg)
		outs := append(append(all[:k:k], all[k+wd:]...), all[k:k+wd]...)
		return project(agg, outs)
	}
	// [D, D2, aggs]
	var conds []plan.Expr
	for i := range d.refs {
		a, b := colOf(d.node, i), colOf(agg, i)
		b.Index += wd
		conds = append(conds, binaryCall(opNotDistinct, a, b))
	}
	j := newJoin(joinSpec{kind: plan.Left}, d.node, agg, conds)
	var outs []plan.Expr
	for i := range n.Aggs {
		outs = append(outs, emptyAgg(&n.Aggs[i], colOf(j, 2*wd+i)))
	}
	return project(j, append(outs, identity(j)[:wd]...))
}

// emptyAgg is an aggregate's result with the value it has for no rows where the
// join found none.
func emptyAgg(a *plan.AggCall, x plan.Expr) plan.Expr {
	if a.Agg.Name == "count" {
		return orElse(x, int8Const(0))
	}
	return x
}

func (d *domain) pushSort(n *plan.Sort) plan.Node {
	if n.Limit != nil && refersTo(n.Limit, nil) || n.Offset != nil && refersTo(n.Offset, nil) {
		unsupported(sql.NoPos, "LIMIT that depends on an outer query is not supported")
	}
	if n.Limit == nil && n.Offset == nil {
		return d.push(n.Input)
	}
	c := *n
	c.Input = d.push(n.Input)
	c.Partition = append([]int(nil), n.Partition...)
	for i := range d.refs {
		c.Partition = append(c.Partition, width(n.Input)+i)
	}
	return &c
}

func (d *domain) pushTableFunc(n *plan.TableFunc) plan.Node {
	in := d.push(n.Input)
	w, wd := width(n.Input), len(d.refs)
	c := *n
	c.Input = in
	c.Args = make([]plan.Expr, len(n.Args))
	for i, a := range n.Args {
		c.Args[i] = d.resolve(a, w)
	}
	c.Out = append(append(types.Schema(nil), in.Schema()...), n.Out[w:]...)
	all := identity(&c)
	outs := append(all[:w:w], all[w+wd:]...)
	return project(&c, append(outs, all[w:w+wd]...))
}

// pushMaxOneRow keeps the check for each domain value, and the row of NULLs.
func (d *domain) pushMaxOneRow(n *plan.MaxOneRow) plan.Node {
	in := single(d.push(n.Input), width(n.Input))
	w, wd := width(n.Input), len(d.refs)
	var conds []plan.Expr
	for i := range d.refs {
		a, b := colOf(d.node, i), colOf(in, w+i)
		b.Index += wd
		conds = append(conds, binaryCall(opNotDistinct, a, b))
	}
	j := newJoin(joinSpec{kind: plan.Left}, d.node, in, conds)
	all := identity(j)
	return project(j, append(all[wd:wd+w:wd+w], all[:wd]...))
}

// pushValues makes rows that read outer values projections of the domain.
func (d *domain) pushValues(n *plan.Values) plan.Node {
	u := &plan.Union{Out: append(append(types.Schema(nil), n.Out...), d.node.Schema()...)}
	for _, row := range n.Rows {
		var exprs []plan.Expr
		for _, e := range row {
			exprs = append(exprs, d.resolve(e, 0))
		}
		u.Ins = append(u.Ins, projectAs(d.node, append(exprs, identity(d.node)...), schemaNames(u.Out)))
	}
	if len(u.Ins) == 1 {
		return u.Ins[0]
	}
	return u
}
