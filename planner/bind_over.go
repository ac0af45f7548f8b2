package planner

import (
	"slices"

	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/builtin"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// overCall is a call with OVER over expressions of the level's node.
type overCall struct {
	name   string
	w      *window
	fn     *builtin.WindowFunc // nil for an aggregate
	agg    *builtin.Agg
	args   []plan.Expr
	filter plan.Expr
	t      types.Type
	ref    *overRef
	// reach is the distance of lag and lead.
	reach int64
	// at is the column of its result, once the level's node computes it.
	at int
}

// overRef stands for the result of a call with OVER. There is one for each call, so
// that equal calls are equal expressions.
type overRef struct {
	plan.Expr
	call *overCall
}

// Type implements plan.Expr.
func (e *overRef) Type() types.Type { return e.call.t }

// overCall binds a call with OVER and collects it in the level.
func (l *level) overCall(name string, e *sql.Call) plan.Expr {
	l.checkOverPlace(e)
	l.checkOverSyntax(name, e)
	c := &overCall{name: name}
	l.inOver = true
	args := l.exprs(e.Args)
	l.inOver = false
	refuseSRF("window function calls", args, e.Args)
	want := c.resolve(name, e, typesOf(args))
	for i, x := range args {
		c.args = append(c.args, l.b.mustCoerce(x, want[i], startOf(e.Args[i])))
	}
	if e.Filter != nil {
		c.filter = l.b.coerceBool(l.in("FILTER", false, e.Filter), "FILTER", startOf(e.Filter))
	}
	c.w, c.reach = l.overWindow(e.Over), c.distance()
	return l.addOver(c)
}

// resolve finds the function: a window function, or an aggregate.
func (c *overCall) resolve(name string, e *sql.Call, args []types.Type) (want []types.Type) {
	var err error
	if builtin.IsWindow(name) {
		c.fn, want, c.t, err = builtin.ResolveWindow(name, args)
	} else {
		c.agg, want, c.t, err = builtin.ResolveAgg(name, args)
	}
	check(e.Pos, err)
	return want
}

// refuseSRF refuses set-returning functions in the arguments of calls that read rows.
func refuseSRF(what string, args []plan.Expr, texts []sql.Expr) {
	for i, x := range args {
		if hasSRF(x) {
			raise(startOf(texts[i]), pgerr.Newf(pgerr.FeatureNotSupported,
				"%s cannot contain set-returning function calls", what).
				WithHint("You might be able to move the set-returning function into a LATERAL FROM item."))
		}
	}
}

func hasSRF(e plan.Expr) bool {
	found := false
	plan.WalkExpr(e, func(e plan.Expr) bool {
		if _, ok := e.(*srfRef); ok {
			found = true
		}
		return !found
	})
	return found
}

// checkOverPlace refuses a call with OVER where there is no row of a window yet.
func (l *level) checkOverPlace(e *sql.Call) {
	switch {
	case l.inAgg:
		fail(e.Pos, pgerr.GroupingError, "aggregate function calls cannot contain window function calls")
	case l.inOver:
		fail(e.Pos, pgerr.WindowingError, "window function calls cannot be nested")
	case l.aggsAllowed && (l.clause == "SELECT" || l.clause == "ORDER BY" || l.clause == "DISTINCT ON"):
	default:
		fail(e.Pos, pgerr.WindowingError, "window functions are not allowed in %s", l.clause)
	}
}

func (l *level) checkOverSyntax(name string, e *sql.Call) {
	isAgg, isWindow := builtin.IsAgg(name), builtin.IsWindow(name)
	switch {
	case !isAgg && !isWindow && builtin.Exists(name):
		if len(builtin.Lookup(name)) > 0 {
			l.function(name, e.Pos, e.Args) // a wrong call is the first fault
		}
		fail(e.Pos, pgerr.WrongObjectType,
			"OVER specified, but %s is not a window function nor an aggregate function", name)
	case e.WithinGroup:
		unsupported(e.Pos, "OVER is not supported for ordered-set aggregate %s", name)
	case isAgg && builtin.LookupAgg(name)[0].WithinGroup:
		l.refuseOrderedSet(name, e)
	case e.Distinct:
		unsupported(e.Pos, "DISTINCT is not implemented for window functions")
	case isAgg && len(e.Args) == 0 && !e.Star:
		fail(e.Pos, pgerr.WrongObjectType, "%s(*) must be used to call a parameterless aggregate function", name)
	case len(e.OrderBy) > 0:
		unsupported(e.Pos, "aggregate ORDER BY is not implemented for window functions")
	case e.Filter != nil && !isAgg:
		unsupported(e.Pos, "FILTER is not implemented for non-aggregate window functions")
	case e.IgnoreNulls:
		unsupported(e.Pos, "IGNORE NULLS is not supported for window functions")
	}
}

func (l *level) addOver(c *overCall) plan.Expr {
	for _, o := range l.overs {
		if c.equal(o) {
			return o.ref
		}
	}
	c.ref = &overRef{call: c}
	l.overs = append(l.overs, c)
	return c.ref
}

func (c *overCall) equal(o *overCall) bool {
	return c.fn == o.fn && c.agg == o.agg && c.t == o.t && equalLists(c.args, o.args) &&
		plan.Equal(c.filter, o.filter) && c.w.sameRows(o.w) && c.w.sameFrame(o.w)
}

// distance is how many rows away lag and lead look, -1 when that is not constant.
func (c *overCall) distance() int64 {
	if c.fn == nil || c.fn.Sight != builtin.SeesDistance {
		return 0
	}
	if len(c.args) == 1 {
		return 1
	}
	if k, ok := c.args[1].(*plan.Const); ok {
		return max(k.Value.I, -k.Value.I)
	}
	return -1
}

// mapOvers replaces the expressions of the calls with OVER.
func (l *level) mapOvers(fn func(plan.Expr) plan.Expr) {
	done := map[*window]bool{}
	each := func(es []plan.Expr) {
		for i, e := range es {
			es[i] = fn(e)
		}
	}
	for _, c := range l.overs {
		each(c.args)
		if c.filter != nil {
			c.filter = fn(c.filter)
		}
		if done[c.w] {
			continue
		}
		done[c.w] = true
		each(c.w.partition)
		for i := range c.w.order {
			c.w.order[i].x = fn(c.w.order[i].x)
		}
	}
}

// computeOvers puts the calls with OVER above node, one operator for each PARTITION BY
// and ORDER BY, and maps exprs to their results.
func (l *level) computeOvers(node plan.Node, exprs []plan.Expr) (plan.Node, []plan.Expr) {
	if len(l.overs) == 0 {
		return node, exprs
	}
	l.mapOvers(l.b.fixParams)
	var in []plan.Expr
	l.mapOvers(func(e plan.Expr) plan.Expr {
		in = append(in, e)
		return e
	})
	node, in = l.attach(node, in)
	rows := rowOrder(node)
	node, at := extend(node, in)
	next := 0
	l.mapOvers(func(plan.Expr) plan.Expr { // in the same order
		next++
		return colOf(node, at[next-1])
	})
	for _, calls := range l.overGroups() {
		node = overNode(node, calls, rows)
	}
	value := func(e plan.Expr) plan.Expr {
		if r, ok := e.(*overRef); ok {
			return colOf(node, r.call.at)
		}
		return nil
	}
	out := make([]plan.Expr, len(exprs))
	for i, e := range exprs {
		out[i] = l.mapLevel(e, value)
	}
	for _, s := range l.srfs {
		for i, a := range s.args {
			s.args[i] = l.mapLevel(a, value)
		}
	}
	return node, out
}

// overGroups gathers the calls whose windows have the same rows in the same order.
func (l *level) overGroups() [][]*overCall {
	var out [][]*overCall
next:
	for _, c := range l.overs {
		for i, g := range out {
			if g[0].w.sameRows(c.w) {
				out[i] = append(g, c)
				continue next
			}
		}
		out = append(out, []*overCall{c})
	}
	return out
}

// rowOrder is the order in which windows without ORDER BY take the rows of n: that of a
// sorted sub-query, on which users count, then that of the key.
func rowOrder(n plan.Node) []plan.SortKey {
	var out []plan.SortKey
	for _, o := range sortedBy(n) {
		out = append(out, plan.SortKey{Col: o.x.(*plan.Col).Index, Desc: o.desc, NullsFirst: o.nullsFirst})
	}
	for _, k := range UniqueKey(n) {
		if comparable(n.Schema()[k].Type) {
			out = append(out, plan.SortKey{Col: k})
		}
	}
	return out
}

// seesOrder reports whether the order of peers makes a difference to the call.
func (c *overCall) seesOrder() bool {
	if c.fn == nil {
		return orderMatters[c.agg.Name] || c.w.frame.Mode == builtin.FrameRows
	}
	switch c.fn.Name {
	case "rank", "dense_rank", "percent_rank", "cume_dist":
		return false
	}
	return true
}

// overNode computes calls of one window, whose expressions are columns of node by now.
// rows is the order of rows where the window has none.
func overNode(node plan.Node, calls []*overCall, rows []plan.SortKey) plan.Node {
	column := func(e plan.Expr) int { return e.(*plan.Col).Index }
	columns := func(es []plan.Expr) []int {
		out := make([]int, len(es))
		for i, e := range es {
			out[i] = column(e)
		}
		return out
	}
	w := calls[0].w
	n := &plan.Over{Input: node, Partition: columns(w.partition), Out: append(types.Schema(nil), node.Schema()...)}
	for _, o := range w.order {
		n.Order = append(n.Order, plan.SortKey{Col: column(o.x), Desc: o.desc, NullsFirst: o.nullsFirst})
	}
	if len(w.order) == 0 {
		n.Unordered = true
		if slices.ContainsFunc(calls, (*overCall).seesOrder) {
			n.Order = rows
		}
	}
	for _, c := range calls {
		call := plan.WindowCall{
			Func: c.fn, Agg: c.agg, Args: columns(c.args), ArgTypes: typesOf(c.args), Filter: -1,
			Frame: c.w.frame, StartOffset: c.w.start, EndOffset: c.w.end, Distance: c.reach, T: c.t,
		}
		if c.filter != nil {
			call.Filter = column(c.filter)
		}
		c.at = len(n.Out)
		n.Calls = append(n.Calls, call)
		n.Out = append(n.Out, types.Column{Name: c.name, Type: c.t, NotNull: neverNull(c)})
	}
	return n
}

// neverNull reports whether a call gives a value for each row.
func neverNull(c *overCall) bool {
	if c.fn != nil {
		return len(c.fn.Args) == 0
	}
	return c.agg.Name == "count"
}

// refuseWindow reports a window function without OVER.
func (l *level) refuseWindow(name string, e *sql.Call) {
	args := l.exprs(e.Args)
	_, _, _, err := builtin.ResolveWindow(name, typesOf(args))
	check(e.Pos, err)
	fail(e.Pos, pgerr.WrongObjectType, "window function %s requires an OVER clause", name)
}
