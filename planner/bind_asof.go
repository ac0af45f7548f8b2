package planner

import (
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/pgerr"
)

// joinAsof binds ASOF JOIN: equalities, and one comparison that says in which
// direction the nearest row is looked for. With USING the last column is compared by >=.
func (l *level) joinAsof(j *sql.Join, a, b *fromItem) *fromItem {
	if j.Kind != sql.JoinInner && j.Kind != sql.JoinLeft || j.Natural {
		unsupported(j.Pos, "ASOF JOIN is supported as INNER and LEFT JOIN only")
	}
	if treeRefersTo(b.node, l) {
		unsupported(j.Pos, "ASOF JOIN with a lateral right side is not supported")
	}
	if len(j.Using) > 0 {
		return l.joinUsing(j, a, b, j.Using)
	}
	saved := l.scope
	l.scope = concat(a.scope, b.scope.shifted(width(a.node)))
	on := l.b.coerceBool(l.in("JOIN conditions", false, j.On), "JOIN/ON", startOf(j.On))
	l.scope = saved
	return l.asof(j, a, b, plan.Conjuncts(on))
}

func (l *level) asof(j *sql.Join, a, b *fromItem, conds []plan.Expr) *fromItem {
	wl, wr := width(a.node), width(b.node)
	n := &plan.Asof{L: a.node, R: b.node, Outer: j.Kind == sql.JoinLeft}
	var lx, rx []plan.Expr
	var order *asofOrder
	var ofRight []plan.Expr
	for _, c := range conds {
		if k, ok := splitKeyAs(c, wl, false); ok && !k.nullSafe {
			lx, rx = append(lx, k.l), append(rx, k.r)
			continue
		}
		if o, ok := splitOrder(c, wl); ok && order == nil {
			order = o
			continue
		}
		if sideOf(c, wl) != rightSide {
			raise(startOf(j.On), pgerr.New(pgerr.FeatureNotSupported,
				"ASOF JOIN takes equalities, one comparison between its sides, and conditions on the right side").
				WithHint("Put other conditions into WHERE."))
		}
		ofRight = append(ofRight, plan.MapCols(c, func(i int) int { return i - wl }))
	}
	if order == nil {
		fail(j.Pos, pgerr.SyntaxError, "ASOF JOIN needs a comparison by <, <=, > or >= between its sides")
	}
	n.R = filter(n.R, ofRight...)
	n.Later, n.Strict = order.later, order.strict
	n.L, n.LKeys = extend(n.L, append(lx, order.l))
	n.R, n.RKeys = extend(n.R, append(rx, order.r))
	last := len(lx)
	n.LTime, n.RTime = n.LKeys[last], n.RKeys[last]
	n.LKeys, n.RKeys = n.LKeys[:last], n.RKeys[:last]
	kind := plan.Inner
	if n.Outer {
		kind = plan.Left
	}
	n.Out = joinSchema(kind, n.L.Schema(), n.R.Schema())
	all := identity(n)
	wide := width(n.L)
	if wide > wl || len(all) > wl+wr {
		out := append(all[:wl:wl], all[wide:wide+wr]...)
		return &fromItem{node: project(n, out), scope: concat(a.scope, b.scope.shifted(wl))}
	}
	return &fromItem{node: n, scope: concat(a.scope, b.scope.shifted(wl))}
}

// asofOrder is the comparison of an ASOF join; r is over the right side's columns.
type asofOrder struct {
	l, r          plan.Expr
	later, strict bool
}

func splitOrder(c plan.Expr, wl int) (*asofOrder, bool) {
	call, ok := c.(*plan.Call)
	if !ok || len(call.Args) != 2 {
		return nil, false
	}
	op := call.Func.Name
	switch op {
	case "<", "<=", ">", ">=":
	default:
		return nil, false
	}
	o := &asofOrder{l: call.Args[0], r: call.Args[1], later: op[0] == '<', strict: len(op) == 1}
	if sideOf(o.l, wl) == rightSide {
		o.l, o.r, o.later = o.r, o.l, !o.later
	}
	if sideOf(o.l, wl) != leftSide || sideOf(o.r, wl) != rightSide {
		return nil, false
	}
	t, ok := keyType(o.l.Type(), o.r.Type())
	if !ok {
		return nil, false
	}
	o.r = castTo(plan.MapCols(o.r, func(i int) int { return i - wl }), t)
	o.l = castTo(o.l, t)
	return o, true
}

// asof prunes the left side. Of right rows at one time the whole row decides, so they
// keep their columns unless there can be only one.
func (p *pruner) asof(n *plan.Asof, need []bool) (plan.Node, []int) {
	wl := width(n.L)
	both := append([]bool(nil), need...)
	unique := UniqueKey(n.R)
	for i := range width(n.R) {
		both[wl+i] = both[wl+i] || unique == nil || !covers(append([]int{n.RTime}, n.RKeys...), unique)
	}
	both[n.LTime], both[wl+n.RTime] = true, true
	for i := range n.LKeys {
		both[n.LKeys[i]], both[wl+n.RKeys[i]] = true, true
	}
	l, lat := p.prune(n.L, both[:wl])
	r, rat := p.prune(n.R, both[wl:])
	kind := plan.Inner
	if n.Outer {
		kind = plan.Left
	}
	at := joinPositions(kind, width(l), lat, rat)
	if l == n.L && r == n.R {
		return n, at
	}
	c := *n
	c.L, c.R = l, r
	c.LKeys, c.RKeys = movedInts(n.LKeys, lat), movedInts(n.RKeys, rat)
	c.LTime, c.RTime = lat[n.LTime], rat[n.RTime]
	c.Out = joinSchema(kind, l.Schema(), r.Schema())
	return &c, at
}

// asofText is the comparison for EXPLAIN.
func asofText(n *plan.Asof) string {
	op := ">="
	if n.Later {
		op = "<="
	}
	if n.Strict {
		op = op[:1]
	}
	return namer(n.L)(n.LTime) + " " + op + " " + namer(n.R)(n.RTime)
}
