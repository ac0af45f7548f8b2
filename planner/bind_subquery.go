package planner

import (
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/builtin"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// subquery binds a sub-query that stands as a value.
func (l *level) subquery(e sql.Expr) plan.Expr {
	switch e := e.(type) {
	case *sql.Exists:
		return &subExpr{kind: subAny, lv: l, node: l.innerQuery(e.Query), t: types.Bool}
	case *sql.Subquery:
		return l.scalarSub(e)
	case *sql.ArraySubquery:
		r := l.b.query(e.Query, l, l.ctes, true)
		oneColumn(r.visible(), e.Pos)
		node := r.node // hidden columns serve the order of the elements
		t := node.Schema()[0].Type
		if t.ArrayOID() == 0 {
			fail(e.Pos, pgerr.UndefinedObject, "could not find array type for data type %s", t.Base())
		}
		return &subExpr{kind: subArray, lv: l, node: node, t: t.Array()}
	case *sql.InSubquery:
		in := l.membership("=", e.Pos, e.X, e.Query, sql.QuantAny)
		if e.Not {
			return not(in)
		}
		return in
	}
	panic(pgerr.Bug("sub-query %T has no case in the binder", e))
}

func (l *level) innerQuery(q *sql.Query) plan.Node {
	return l.b.query(q, l, l.ctes, true).visible()
}

func (l *level) scalarSub(e *sql.Subquery) plan.Expr {
	node := l.innerQuery(e.Query)
	oneColumn(node, e.Pos)
	return &subExpr{kind: subScalar, lv: l, node: node, t: node.Schema()[0].Type}
}

func oneColumn(n plan.Node, pos sql.Pos) {
	if width(n) != 1 {
		fail(pos, pgerr.SyntaxError, "subquery must return only one column")
	}
}

func (l *level) quantifiedQuery(e *sql.Quantified) plan.Expr {
	return l.membership(e.Op, e.Pos, e.X, e.Query, e.Quant)
}

// membership binds X op ANY|ALL (query), X being a value or a row.
func (l *level) membership(op string, pos sql.Pos, x sql.Expr, q *sql.Query, quant sql.Quantifier) plan.Expr {
	items := []sql.Expr{x}
	if r, ok := x.(*sql.Row); ok {
		items = r.Items
	}
	left := l.exprs(items)
	rel := l.b.query(q, l, l.ctes, false)
	node := rel.visible()
	switch {
	case width(node) > len(left):
		fail(pos, pgerr.SyntaxError, "subquery has too many columns")
	case width(node) < len(left):
		fail(pos, pgerr.SyntaxError, "subquery has too few columns")
	}
	node = l.settleMembers(node, left, pos)
	right := identity(node)
	refs := make([]plan.Expr, len(left))
	for i, e := range left {
		e = l.typedOperand(op, pos, e, right[i])
		refs[i] = &outerRef{lv: l, x: e}
	}
	kind := subAny
	if quant == sql.QuantAll {
		kind = subAll
	}
	return &subExpr{kind: kind, lv: l, node: node, cond: l.rowOp2(op, pos, refs, right), t: types.Bool}
}

// settleMembers decides columns of the sub-query that are still unknown: they take
// the type of what they are compared with.
func (l *level) settleMembers(node plan.Node, left []plan.Expr, pos sql.Pos) plan.Node {
	ts := node.Schema().Types()
	for i, t := range ts {
		if t.Kind != types.KindUnknown {
			continue
		}
		ts[i] = textType
		if !isUnknown(left[i]) {
			ts[i] = left[i].Type().Base()
		}
	}
	return l.b.coerceOutput(node, ts, pos)
}

// typedOperand gives the left operand its final type before it is wrapped, since
// literals cannot be read through a reference.
func (l *level) typedOperand(op string, pos sql.Pos, e, right plan.Expr) plan.Expr {
	if !isUnknown(e) {
		return e
	}
	_, want, _, err := builtin.ResolveOperator(op, e.Type(), right.Type())
	check(pos, err)
	return l.b.mustCoerce(e, want[0], pos)
}

// rowOp2 is rowOp that allows any operator for a single pair.
func (l *level) rowOp2(op string, pos sql.Pos, a, b []plan.Expr) plan.Expr {
	if len(a) == 1 {
		return l.operator(op, pos, a[0], b[0])
	}
	return l.rowOp(op, pos, a, b)
}

// rowSubquery binds (a, b) op (SELECT x, y), which gives at most one row.
func (l *level) rowSubquery(e *sql.Binary, row *sql.Row, sub *sql.Subquery) plan.Expr {
	left := l.exprs(row.Items)
	node := l.innerQuery(sub.Query)
	if width(node) != len(left) {
		fail(e.Pos, pgerr.SyntaxError, "subquery has too %s columns",
			map[bool]string{true: "many", false: "few"}[width(node) > len(left)])
	}
	right := make([]plan.Expr, len(left))
	for i := range left {
		right[i] = typedSub(l, node, i)
	}
	return l.rowOp2(e.Op, e.Pos, left, right)
}

// typedSub is column i of a sub-query as a scalar.
func typedSub(l *level, node plan.Node, i int) plan.Expr {
	one := project(node, identity(node)[i:i+1])
	return &subExpr{kind: subScalar, lv: l, node: one, t: one.Schema()[0].Type}
}

// mapSub applies fn to what a sub-query reads of its level.
func (l *level) mapSub(s *subExpr, fn func(plan.Expr) plan.Expr) plan.Expr {
	inside := func(e plan.Expr) plan.Expr { return l.mapOuter(e, fn) }
	c := *s
	c.node = plan.MapExprs(s.node, inside)
	if s.cond != nil {
		c.cond = inside(s.cond)
	}
	return &c
}

// where filters node by pred; conjuncts that are sub-queries become semi and anti
// joins.
func (l *level) where(node plan.Node, pred plan.Expr) plan.Node {
	if pred == nil {
		return node
	}
	pred = l.b.fixParams(pred)
	var plain []plan.Expr
	var subs []plan.Expr
	for _, c := range plan.Conjuncts(pushNot(pred)) {
		if hasSub(c) {
			subs = append(subs, c)
		} else if !isTrue(c) {
			plain = append(plain, c)
		}
	}
	node = filter(node, plain...)
	for _, c := range subs {
		node = l.whereSub(node, c)
	}
	return node
}

// pushNot turns NOT (a OR b) into NOT a AND NOT b, so that conjuncts show.
func pushNot(e plan.Expr) plan.Expr {
	lg, ok := e.(*plan.Logic)
	if !ok {
		return e
	}
	if lg.Op == plan.And {
		out := &plan.Logic{Op: plan.And}
		for _, a := range lg.Args {
			out.Args = append(out.Args, pushNot(a))
		}
		return out
	}
	inner, ok := lg.Args[0].(*plan.Logic)
	if lg.Op != plan.Not || !ok || inner.Op != plan.Or {
		return e
	}
	out := &plan.Logic{Op: plan.And}
	for _, a := range inner.Args {
		out.Args = append(out.Args, pushNot(not(a)))
	}
	return out
}

// whereSub filters node by one conjunct that holds a sub-query.
func (l *level) whereSub(node plan.Node, c plan.Expr) plan.Node {
	negated := false
	x := c
	if lg, ok := c.(*plan.Logic); ok && lg.Op == plan.Not {
		negated, x = true, lg.Args[0]
	}
	s, ok := x.(*subExpr)
	if !ok || s.kind != subAny && s.kind != subAll || s.cond != nil && hasSub(s.cond) || condSub(l, s) {
		w := width(node)
		node, es := l.attach(node, []plan.Expr{c})
		return narrow(filter(node, es[0]), w)
	}
	switch {
	case s.kind == subAny && !negated:
		return l.joinSub(plan.Semi, node, s.node, plan.Conjuncts(s.cond), false)
	case s.kind == subAny:
		return l.notAny(node, s)
	case !negated: // ALL: no row for which cond is not true
		return l.joinSub(plan.Anti, node, s.node, []plan.Expr{not(orElse(s.cond, boolConst(false)))}, false)
	}
	return l.joinSub(plan.Semi, node, s.node, []plan.Expr{not(s.cond)}, false)
}

// condSub reports whether the left operand of a membership holds a sub-query.
func condSub(l *level, s *subExpr) bool {
	found := false
	if s.cond != nil {
		l.mapOuter(s.cond, func(x plan.Expr) plan.Expr {
			found = found || hasSub(x)
			return x
		})
	}
	return found
}

// notAny is NOT EXISTS and NOT IN. NOT IN over an uncorrelated query is a null-aware
// anti join; otherwise a row must not exist for which the comparison is true or NULL.
func (l *level) notAny(node plan.Node, s *subExpr) plan.Node {
	if s.cond == nil {
		return l.joinSub(plan.Anti, node, s.node, nil, false)
	}
	conds := plan.Conjuncts(s.cond)
	if !l.canBeNull(s, node) {
		return l.joinSub(plan.Anti, node, s.node, conds, false)
	}
	if !treeRefersTo(s.node, nil) && allEquality(conds) {
		return l.joinSub(plan.Anti, node, s.node, conds, true)
	}
	return l.joinSub(plan.Anti, node, s.node, []plan.Expr{orElse(s.cond, boolConst(true))}, false)
}

// canBeNull reports whether the comparison of a membership may be NULL.
func (l *level) canBeNull(s *subExpr, node plan.Node) bool {
	for _, c := range plan.Conjuncts(s.cond) {
		call, ok := c.(*plan.Call)
		if !ok || call.Func.NotStrict {
			return true
		}
		for _, a := range call.Args {
			if l.sideNullable(a, s.node, node) {
				return true
			}
		}
	}
	return false
}

func (l *level) sideNullable(a plan.Expr, sub, node plan.Node) bool {
	if c, ok := a.(*plan.Cast); ok {
		a = c.X
	}
	if o, ok := a.(*outerRef); ok && o.lv == l {
		return !notNull(o.x, node.Schema())
	}
	return refersTo(a, nil) || !notNull(a, sub.Schema())
}

// allEquality reports whether each conjunct is an equality of an outer value and a
// column, so that it becomes a join key.
func allEquality(conds []plan.Expr) bool {
	for _, c := range conds {
		call, ok := c.(*plan.Call)
		if !ok || call.Func.Name != "=" {
			return false
		}
		if _, ok := keyType(call.Args[0].Type(), call.Args[1].Type()); !ok {
			return false
		}
		if refersTo(call.Args[0], nil) == refersTo(call.Args[1], nil) {
			return false
		}
	}
	return true
}

// joinSub joins node with a sub-query by a Semi, Anti or Mark join under conds, which
// are over the sub-query's columns and outerRefs.
func (l *level) joinSub(kind plan.JoinKind, node, sub plan.Node, conds []plan.Expr, nullAware bool) plan.Node {
	sub = l.existenceOnly(sub)
	if treeRefersTo(sub, l) {
		if p, ok := l.pullUp(sub); ok {
			all := append([]plan.Expr(nil), p.preds...)
			for _, c := range conds {
				all = append(all, plan.Substitute(c, p.outs))
			}
			sub, conds = p.node, all
		} else {
			var d *domain
			d, sub = l.dependent(node, sub)
			conds = append(append([]plan.Expr(nil), conds...), d.match(sub)...)
		}
	}
	w := width(node)
	resolved := make([]plan.Expr, len(conds))
	for i, c := range conds {
		resolved[i] = l.against(c, w)
	}
	return newJoin(joinSpec{kind: kind, nullAware: nullAware}, node, sub, resolved)
}

// against turns an expression over a sub-query's columns and outerRefs to l into one
// over the columns of a join: w columns of the level's node, then the sub-query's.
func (l *level) against(e plan.Expr, w int) plan.Expr {
	return plan.MapExpr(e, func(e plan.Expr) plan.Expr {
		switch e := e.(type) {
		case *outerRef:
			if e.lv == l {
				return e.x
			}
		case *plan.Col:
			return &plan.Col{Index: e.Index + w, T: e.T}
		}
		return nil
	})
}

// existenceOnly drops what does not matter where only the existence of rows does:
// order, DISTINCT, and that a semi join does not repeat rows. An inner join instead of
// a semi join keeps the columns that correlated predicates read.
func (l *level) existenceOnly(n plan.Node) plan.Node {
	switch n := n.(type) {
	case *plan.Sort:
		if n.Offset == nil && n.Limit == nil {
			return l.existenceOnly(n.Input)
		}
	case *plan.Distinct:
		return l.existenceOnly(n.Input)
	case *plan.Project, *plan.Filter:
		in := n.Inputs()[0]
		if out := l.existenceOnly(in); out != in {
			return plan.WithInputs(n, []plan.Node{out})
		}
	case *plan.Join:
		if n.Kind == plan.Semi && treeRefersTo(n, l) {
			w := width(n.L)
			left := l.existenceOnly(n.L)
			return narrow(newJoin(joinSpec{kind: plan.Inner}, left, l.existenceOnly(n.R), joinConds(n)), w)
		}
	}
	return n
}

// attach replaces the sub-queries in exprs by columns, which it joins to node.
func (l *level) attach(node plan.Node, exprs []plan.Expr) (plan.Node, []plan.Expr) {
	done := map[*subExpr]plan.Expr{}
	out := make([]plan.Expr, len(exprs))
	for i, e := range exprs {
		out[i] = plan.MapExpr(e, func(e plan.Expr) plan.Expr {
			s, ok := e.(*subExpr)
			if !ok {
				return nil
			}
			if done[s] == nil {
				s2 := l.attachOperand(&node, s)
				node, done[s] = l.attachOne(node, s2)
			}
			return done[s]
		})
	}
	return node, out
}

// attachOperand first attaches the sub-queries inside the left operand of a membership.
func (l *level) attachOperand(node *plan.Node, s *subExpr) *subExpr {
	if !condSub(l, s) {
		return s
	}
	c := *s
	c.cond = l.mapOuter(s.cond, func(x plan.Expr) plan.Expr {
		n, xs := l.attach(*node, []plan.Expr{x})
		*node = n
		return xs[0]
	})
	return &c
}

func (l *level) attachOne(node plan.Node, s *subExpr) (plan.Node, plan.Expr) {
	switch s.kind {
	case subScalar:
		return l.attachScalar(node, s.node)
	case subArray:
		return l.attachArray(node, s)
	}
	if s.cond == nil {
		node, m := l.mark(node, s.node, nil)
		return node, orElse(m, boolConst(false))
	}
	conds := plan.Conjuncts(s.cond)
	if s.kind == subAny && !treeRefersTo(s.node, nil) && allEquality(conds) {
		return l.mark(node, s.node, conds)
	}
	decisive, result := s.cond, true
	if s.kind == subAll {
		decisive, result = not(s.cond), false
	}
	node, hit := l.mark(node, s.node, []plan.Expr{decisive})
	node, null := l.mark(node, s.node, []plan.Expr{&plan.IsNull{X: s.cond}})
	return node, &plan.Case{T: types.Bool, Else: boolConst(!result), Whens: []plan.When{
		{Cond: orElse(hit, boolConst(false)), Then: boolConst(result)},
		{Cond: orElse(null, boolConst(false)), Then: nullConst(types.Bool)},
	}}
}

// mark adds the column that tells whether the sub-query has a row under conds.
func (l *level) mark(node, sub plan.Node, conds []plan.Expr) (plan.Node, plan.Expr) {
	w := width(node)
	node = l.joinSub(plan.Mark, node, sub, conds, false)
	return node, &plan.Col{Index: w, T: types.Bool}
}

// attachArray computes ARRAY(query) as array_agg, empty where there are no rows.
func (l *level) attachArray(node plan.Node, s *subExpr) (plan.Node, plan.Expr) {
	in, order := s.node, []plan.SortKey(nil)
	if sorted, ok := in.(*plan.Sort); ok && sorted.Partition == nil {
		order = sorted.Keys
	}
	agg, _, _, err := builtin.ResolveAgg("array_agg", []types.Type{in.Schema()[0].Type})
	check(sql.NoPos, err)
	sum := &plan.Aggregate{
		Input: in, Aggs: []plan.AggCall{{
			Agg: agg, Args: []int{0}, Filter: -1,
			ArgTypes: []types.Type{in.Schema()[0].Type}, OrderBy: order, T: s.t,
		}},
		Out: types.Schema{{Name: "array", Type: s.t}},
	}
	node, x := l.attachScalar(node, sum)
	empty, err := types.ParseText(s.t, "{}", nil)
	check(sql.NoPos, err)
	return node, orElse(x, &plan.Const{Value: empty, T: s.t})
}

// attachScalar joins the one value of a scalar sub-query.
func (l *level) attachScalar(node, sub plan.Node) (plan.Node, plan.Expr) {
	if treeRefersTo(sub, l) {
		return l.attachCorrelated(node, sub)
	}
	if !isOneRow(sub) {
		sub = &plan.MaxOneRow{Input: sub}
	}
	w := width(node)
	node = newJoin(joinSpec{kind: plan.Inner}, node, sub, nil)
	return node, colOf(node, w)
}

// isOneRow reports whether n always gives exactly one row.
func isOneRow(n plan.Node) bool {
	switch n := n.(type) {
	case *plan.Aggregate:
		return len(n.Keys) == 0
	case *plan.Project:
		return isOneRow(n.Input)
	case *plan.Values:
		return len(n.Rows) == 1
	case *plan.MaxOneRow:
		return true
	case *plan.Join:
		return n.Kind == plan.Inner && len(n.LKeys) == 0 && n.Residual == nil && isOneRow(n.L) && isOneRow(n.R)
	}
	return false
}
