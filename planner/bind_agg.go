package planner

import (
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/builtin"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// aggregate binds an aggregate call and collects it in the level.
func (l *level) aggregate(name string, e *sql.Call) plan.Expr {
	l.checkAggPlace(name, e)
	l.inAgg = true
	a := &aggCall{distinct: e.Distinct}
	texts := e.Args
	if e.WithinGroup {
		texts = withinGroupArgs(e)
	}
	args := l.exprs(texts)
	l.inAgg = false
	refuseSRF("aggregate function calls", args, texts)
	agg, want, result, err := builtin.ResolveAgg(name, typesOf(args))
	check(e.Pos, err)
	checkWithinGroup(agg, e)
	for i, x := range args {
		a.args = append(a.args, l.b.mustCoerce(x, want[i], startOf(texts[i])))
	}
	a.agg, a.t = agg, result
	l.inAgg = true
	for _, o := range e.OrderBy {
		a.order = append(a.order, l.aggOrder(o))
	}
	l.inAgg = false
	if agg.ByOffset && len(a.order) == 0 {
		a.order = l.offsetOrder(name, e.Pos)
	}
	if e.Filter != nil {
		a.filter = l.b.coerceBool(l.in("FILTER", false, e.Filter), "FILTER", startOf(e.Filter))
	}
	l.checkAggDistinct(a, e)
	l.checkAggLevel(a, e.Pos)
	if l.readsSelf {
		fail(e.Pos, pgerr.InvalidRecursion, "aggregate functions are not allowed in a recursive query's recursive term")
	}
	return l.addAgg(a)
}

func (l *level) checkAggPlace(name string, e *sql.Call) {
	switch {
	case l.inAgg:
		fail(e.Pos, pgerr.GroupingError, "aggregate function calls cannot be nested")
	case !l.aggsAllowed:
		fail(e.Pos, pgerr.GroupingError, "aggregate functions are not allowed in %s", l.clause)
	case e.WithinGroup:
	case len(e.Args) == 0 && !e.Star:
		fail(e.Pos, pgerr.WrongObjectType, "%s(*) must be used to call a parameterless aggregate function", name)
	case e.Star && name != "count":
		raise(e.Pos, pgerr.Newf(pgerr.UndefinedFunction, "function %s() does not exist", name).
			WithHint("No function matches the given name and argument types. You might need to add explicit type casts."))
	}
}

// withinGroupArgs are the direct arguments and what ORDER BY names.
func withinGroupArgs(e *sql.Call) []sql.Expr {
	out := append([]sql.Expr(nil), e.Args...)
	for _, o := range e.OrderBy {
		out = append(out, o.Expr)
	}
	return out
}

// refuseOrderedSet refuses an ordered-set aggregate that is called with OVER.
func (l *level) refuseOrderedSet(name string, e *sql.Call) {
	_, _, _, err := builtin.ResolveAgg(name, typesOf(l.exprs(e.Args)))
	check(e.Pos, err)
	fail(e.Pos, pgerr.WrongObjectType, "WITHIN GROUP is required for ordered-set aggregate %s", name)
}

func checkWithinGroup(agg *builtin.Agg, e *sql.Call) {
	switch {
	case agg.WithinGroup && !e.WithinGroup:
		fail(e.Pos, pgerr.WrongObjectType, "WITHIN GROUP is required for ordered-set aggregate %s", agg.Name)
	case e.WithinGroup && !agg.WithinGroup:
		fail(e.Pos, pgerr.WrongObjectType, "%s is not an ordered-set aggregate, so it cannot have WITHIN GROUP", agg.Name)
	}
}

func (l *level) aggOrder(o *sql.OrderItem) orderExpr {
	x := l.b.resolveText(l.expr(o.Expr), startOf(o.Expr))
	checkOrderable(x, startOf(o.Expr))
	return orderExpr{x: x, desc: descending(o), nullsFirst: nullsFirst(o)}
}

func (l *level) checkAggDistinct(a *aggCall, e *sql.Call) {
	if !a.distinct {
		return
	}
	for i, x := range a.args {
		checkGroupable(x, startOf(e.Args[i]))
	}
	for i, o := range a.order {
		if indexOfExpr(a.args, o.x) < 0 {
			fail(startOf(e.OrderBy[i].Expr), pgerr.InvalidColumnReference,
				"in an aggregate with DISTINCT, ORDER BY expressions must appear in argument list")
		}
	}
}

// checkAggLevel refuses an aggregate that reads columns of an outer query only:
// PostgreSQL computes it there.
func (l *level) checkAggLevel(a *aggCall, pos sql.Pos) {
	outer, own := false, false
	for _, x := range a.args {
		plan.WalkExpr(x, func(e plan.Expr) bool {
			switch e.(type) {
			case *plan.Col:
				own = true
			case *outerRef:
				outer = true
			}
			return true
		})
	}
	if outer && !own {
		unsupported(pos, "an aggregate over columns of an outer query only is not supported")
	}
}

func (l *level) addAgg(a *aggCall) plan.Expr {
	for i, b := range l.aggs {
		if sameAgg(a, b) {
			return &aggRef{lv: l, index: i}
		}
	}
	l.aggs = append(l.aggs, a)
	return &aggRef{lv: l, index: len(l.aggs) - 1}
}

func sameAgg(a, b *aggCall) bool {
	if a.agg != b.agg || a.t != b.t || a.distinct != b.distinct || len(a.args) != len(b.args) ||
		len(a.order) != len(b.order) || !plan.Equal(a.filter, b.filter) {
		return false
	}
	for i := range a.args {
		if !plan.Equal(a.args[i], b.args[i]) {
			return false
		}
	}
	for i, o := range a.order {
		p := b.order[i]
		if o.desc != p.desc || o.nullsFirst != p.nullsFirst || !plan.Equal(o.x, p.x) {
			return false
		}
	}
	return true
}

// grouper turns expressions over the rows of a level into expressions over its groups.
type grouper struct {
	lv   *level
	keys []plan.Expr
	sets []groupingSet // nil: all keys are one set
	// outer is set while references of sub-queries are mapped.
	outer bool
	// direct is set while direct arguments of ordered-set aggregates are checked.
	direct bool
}

// addDependent makes columns that the primary key in GROUP BY determines keys, too,
// where some of the expressions use them.
func (g *grouper) addDependent(es []plan.Expr) {
	for _, t := range g.lv.scope.tables {
		if !g.covers(t) {
			continue
		}
		for _, e := range es {
			g.lv.mapLevel(e, func(e plan.Expr) plan.Expr {
				if indexOfExpr(g.keys, e) >= 0 {
					return e
				}
				if c, ok := e.(*plan.Col); ok && hasColumn(t, c) {
					g.keys = append(g.keys, c)
				}
				return nil
			})
		}
	}
}

func (g *grouper) covers(t *rangeVar) bool {
	if g.sets != nil {
		return false
	}
	for _, k := range t.keyed {
		if indexOfExpr(g.keys, k) < 0 {
			return false
		}
	}
	return len(t.keyed) > 0
}

func hasColumn(t *rangeVar, c *plan.Col) bool {
	for _, tc := range t.cols {
		if plan.Equal(tc.x, c) {
			return true
		}
	}
	return false
}

// apply maps e: a key or an aggregate becomes a column of the groups, any other
// column is an error.
func (g *grouper) apply(e plan.Expr) plan.Expr {
	if e == nil {
		return nil
	}
	return g.lv.mapLevel(e, func(e plan.Expr) plan.Expr {
		if i := indexOfExpr(g.keys, e); i >= 0 {
			return &plan.Col{Index: i, T: g.keys[i].Type()}
		}
		switch e := e.(type) {
		case *aggRef:
			if e.lv == g.lv {
				return &plan.Col{Index: len(g.keys) + g.extra() + e.index, T: e.Type()}
			}
		case *groupingRef:
			if e.lv == g.lv {
				return g.groupingValue(e)
			}
		case *plan.Col:
			g.refuse(e)
		case *subExpr:
			inner := *g
			inner.outer = true
			return g.lv.mapSub(e, inner.apply)
		}
		return nil
	})
}

func (g *grouper) refuse(c *plan.Col) {
	pos, ok := g.lv.b.colPos[c]
	if !ok {
		pos = sql.NoPos
	}
	name := g.lv.nameOf(c)
	if g.outer {
		fail(pos, pgerr.GroupingError, "subquery uses ungrouped column \"%s\" from outer query", name)
	}
	err := pgerr.Newf(pgerr.GroupingError,
		"column \"%s\" must appear in the GROUP BY clause or be used in an aggregate function", name)
	if g.direct {
		err = err.WithDetail("Direct arguments of an ordered-set aggregate must use only grouped columns.")
	}
	raise(pos, err)
}

// nameOf is a column's name for messages.
func (l *level) nameOf(c *plan.Col) string {
	for _, t := range l.scope.tables {
		for _, tc := range t.cols {
			if plan.Equal(tc.x, c) {
				return t.name + "." + tc.name
			}
		}
	}
	return l.node.Schema()[c.Index].Name
}

// build makes the Aggregate over node.
func (g *grouper) build(node plan.Node) plan.Node {
	l := g.lv
	var in []plan.Expr
	in = append(in, g.keys...)
	order := sortedBy(l.node)
	for _, a := range l.aggs {
		switch {
		case len(a.order) > 0 || !orderMatters[a.agg.Name]:
		case a.distinct:
			a.order = []orderExpr{{x: a.args[0]}} // PostgreSQL sorts to find duplicates
		default:
			a.order = order
		}
		if a.agg.WithinGroup {
			g.refuseColumns(a.args[:len(a.args)-1])
		}
		in = append(in, a.inputs()...)
	}
	node, in = l.attach(node, in)
	pre := &preAgg{at: make([]int, len(in))}
	for i, e := range in {
		pre.add(i, e, i < len(g.keys))
	}
	node = project(node, pre.exprs)
	out := &plan.Aggregate{Input: node, Keys: pre.at[:len(g.keys):len(g.keys)]}
	if l.window != nil {
		out.Time = l.window.life
	}
	next := len(g.keys)
	for _, k := range out.Keys {
		out.Out = append(out.Out, node.Schema()[k])
	}
	for _, a := range l.aggs {
		n := len(a.inputs())
		out.Aggs = append(out.Aggs, a.spec(pre.at[next:next+n]))
		out.Out = append(out.Out, types.Column{Name: a.agg.Name, Type: a.t, NotNull: a.agg.Name == "count"})
		next += n
	}
	if g.sets != nil {
		return g.overSets(out)
	}
	return out
}

// refuseColumns refuses direct arguments that differ between the rows of a group.
func (g *grouper) refuseColumns(direct []plan.Expr) {
	own := *g
	own.direct = true
	for _, x := range direct {
		own.apply(x)
	}
}

// orderMatters are the aggregates whose result shows the order of the rows.
var orderMatters = map[string]bool{
	"array_agg": true, "string_agg": true, "json_agg": true, "jsonb_agg": true,
	"json_object_agg": true, "jsonb_object_agg": true,
}

// sortedBy is the order of the rows of n where a sorted sub-query stands in FROM:
// PostgreSQL's users count on aggregates seeing it.
func sortedBy(n plan.Node) []orderExpr {
	switch n := n.(type) {
	case *plan.Sort:
		var out []orderExpr
		for _, k := range n.Keys {
			out = append(out, orderExpr{x: colOf(n, k.Col), desc: k.Desc, nullsFirst: k.NullsFirst})
		}
		return out
	case *plan.Filter:
		return sortedBy(n.Input)
	case *plan.Project:
		var out []orderExpr
		for _, o := range sortedBy(n.Input) {
			i := indexOfExpr(n.Exprs, o.x)
			if i < 0 {
				break
			}
			o.x = colOf(n, i)
			out = append(out, o)
		}
		return out
	}
	return nil
}

// preAgg is the columns computed below an Aggregate, each once. Keys keep a column
// each, in order.
type preAgg struct {
	exprs []plan.Expr
	at    []int
}

func (p *preAgg) add(i int, e plan.Expr, key bool) {
	p.at[i] = indexOfExpr(p.exprs, e)
	if p.at[i] < 0 || key {
		p.at[i] = len(p.exprs)
		p.exprs = append(p.exprs, e)
	}
}

// inputs are the expressions the aggregate needs below it, in the order of spec.
func (a *aggCall) inputs() []plan.Expr {
	out := append([]plan.Expr(nil), a.args...)
	if a.filter != nil {
		out = append(out, a.filter)
	}
	for _, o := range a.order {
		out = append(out, o.x)
	}
	return out
}

// spec is the aggregate over columns at.
func (a *aggCall) spec(at []int) plan.AggCall {
	out := plan.AggCall{
		Agg: a.agg, Distinct: a.distinct, Filter: -1, T: a.t,
		Args: at[:len(a.args):len(a.args)], ArgTypes: typesOf(a.args),
	}
	at = at[len(a.args):]
	if a.filter != nil {
		out.Filter, at = at[0], at[1:]
	}
	for i, o := range a.order {
		out.OrderBy = append(out.OrderBy, plan.SortKey{Col: at[i], Desc: o.desc, NullsFirst: o.nullsFirst})
	}
	return out
}

// checkOrderable and checkGroupable refuse types without order or equality.
func checkOrderable(x plan.Expr, pos sql.Pos) {
	if !comparable(x.Type()) {
		raise(pos, pgerr.Newf(pgerr.UndefinedFunction,
			"could not identify an ordering operator for type %s", x.Type().Base()).
			WithHint("Use an explicit ordering operator or modify the query."))
	}
}

func checkGroupable(x plan.Expr, pos sql.Pos) {
	if !comparable(x.Type()) {
		fail(pos, pgerr.UndefinedFunction, "could not identify an equality operator for type %s", x.Type().Base())
	}
}

// comparable reports whether a type has equality and order: json has none.
func comparable(t types.Type) bool {
	if t.Kind == types.KindArray {
		t = t.ElemType()
	}
	return t.Kind != types.KindJSON && t.Kind != types.KindVoid
}
