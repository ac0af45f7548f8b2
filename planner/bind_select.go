package planner

import (
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/pgerr"
)

// target is one output column of a SELECT.
type target struct {
	name string
	x    plan.Expr
	pos  sql.Pos
}

// selection is one SELECT with everything bound, before its plan is built.
type selection struct {
	l       *level
	targets []target // those of the select list, then hidden ones for ORDER BY
	visible int
	where   plan.Expr
	having  plan.Expr
	keys    []plan.Expr
	sets    []groupingSet // more than one, or nil: all keys are one set
	grouped bool
	order   []orderItem
	// distinctOn are positions in targets.
	distinctOn []int
	// fields are positions of hidden targets that are fields of composite columns.
	fields []int
	// clause is set for RETURNING, which is no select list and has no aggregates.
	clause string
}

// orderItem is an ORDER BY item as a position in the targets.
type orderItem struct {
	target           int
	desc, nullsFirst bool
	pos              sql.Pos
}

// selectQuery binds a SELECT together with the ORDER BY and LIMIT around it, in the
// order in which PostgreSQL looks at the clauses.
func (b *binder) selectQuery(q *sql.Query, s *sql.Select, parent *level, ctes *cteEnv, resolve bool) rel {
	if s.Into != nil {
		unsupported(s.Pos, "SELECT INTO is not supported")
	}
	l := b.newLevel(parent, ctes)
	l.from(s.From)
	l.streamWindow(s)
	l.defineWindows(s)
	sel := &selection{l: l}
	sel.bindTargets(s)
	if s.Where != nil {
		sel.where = b.coerceBool(l.in("WHERE", false, s.Where), "WHERE", startOf(s.Where))
	}
	if s.Having != nil {
		sel.having = b.coerceBool(l.in("HAVING", true, s.Having), "HAVING", startOf(s.Having))
	}
	sel.visible = len(sel.targets)
	sel.bindOrder(q.OrderBy, s.Distinct && len(s.DistinctOn) == 0)
	sel.bindGroups(s)
	sel.bindDistinctOn(s)
	sel.bindPartition(s)
	l.bindWindows()
	if resolve {
		sel.resolveUnknown()
	}
	if !s.Distinct {
		sel.addFields()
	}
	node := sel.build(s)
	return sel.finish(node, q)
}

// bindTargets binds the select list, expanding stars.
func (sel *selection) bindTargets(s *sql.Select) {
	l := sel.l
	for _, t := range s.Targets {
		if c, ok := t.Expr.(*sql.ColumnRef); ok && c.Star {
			sel.targets = append(sel.targets, l.star(c)...)
			continue
		}
		if f, ok := t.Expr.(*sql.Field); ok && f.Star {
			sel.targets = append(sel.targets, sel.fieldStar(f)...)
			continue
		}
		x := sel.bindTarget(t.Expr)
		name := t.Alias
		if name == "" {
			name = sql.OutputName(t.Expr)
		}
		sel.targets = append(sel.targets, target{name: name, x: x, pos: startOf(t.Expr)})
	}
}

// fieldStar expands (t).* and (f(x)).*.
func (sel *selection) fieldStar(f *sql.Field) []target {
	if c, ok := f.X.(*sql.ColumnRef); ok && !c.Star && !sel.l.hasColumn(c.Parts) {
		return sel.l.star(&sql.ColumnRef{Pos: c.Pos, Parts: c.Parts, Star: true})
	}
	x := sel.bindTarget(f.X)
	s, ok := x.(*srfRef)
	if !ok || s.col != wholeRowCol {
		return sel.l.allFields(x, f.Pos)
	}
	var out []target
	for i, c := range s.call.cols {
		out = append(out, target{name: c.Name, x: &srfRef{call: s.call, col: i}, pos: f.Pos})
	}
	return out
}

func (sel *selection) bindTarget(e sql.Expr) plan.Expr {
	if sel.clause != "" {
		return sel.l.in(sel.clause, false, e)
	}
	sel.l.srfsAllowed = true
	x := sel.l.in("SELECT", true, e)
	sel.l.srfsAllowed = false
	return x
}

// star expands * and t.*.
func (l *level) star(c *sql.ColumnRef) []target {
	cols := l.scope.cols
	lv := l
	if len(c.Parts) > 0 {
		lv, cols = l.starTable(c)
	} else if len(l.scope.tables) == 0 {
		fail(c.Pos, pgerr.SyntaxError, "SELECT * with no tables specified is not valid")
	}
	var out []target
	for _, col := range cols {
		if !col.hidden {
			out = append(out, target{name: col.name, x: l.refer(lv, col.x, c.Pos), pos: c.Pos})
		}
	}
	return out
}

func (l *level) starTable(c *sql.ColumnRef) (*level, []scopeCol) {
	schema, name := "", c.Parts[len(c.Parts)-1]
	if len(c.Parts) > 1 {
		schema = c.Parts[len(c.Parts)-2]
	}
	for lv := l; lv != nil; lv = lv.parent {
		switch ts := lv.scope.table(schema, name); len(ts) {
		case 0:
		case 1:
			return lv, ts[0].cols
		default:
			fail(c.Pos, pgerr.DuplicateAlias, "table reference \"%s\" is ambiguous", name)
		}
	}
	raise(c.Pos, l.missingTable(schema, name))
	return nil, nil
}

func (sel *selection) resolveUnknown() {
	for i := range sel.targets {
		t := &sel.targets[i]
		t.x = sel.l.b.resolveText(t.x, t.pos)
	}
}

// bindGroups binds GROUP BY and decides whether the SELECT is grouped at all.
func (sel *selection) bindGroups(s *sql.Select) {
	l := sel.l
	sel.bindGroupItems(s)
	sel.grouped = len(s.GroupBy) > 0 || len(l.aggs) > 0 || s.Having != nil || l.grouping
	if l.window != nil {
		if len(s.GroupBy) == 0 {
			fail(s.Window.Pos, pgerr.SyntaxError, "WINDOW requires a GROUP BY clause")
		}
		sel.keys = append(sel.keys, l.window.start, l.window.end)
		for i, set := range sel.sets {
			sel.sets[i] = set.with(groupingSet{len(sel.keys) - 2, len(sel.keys) - 1})
		}
	}
}

// groupKey binds one GROUP BY expression: a position, an input column, an output
// name, or an expression over the input.
func (sel *selection) groupKey(e sql.Expr) plan.Expr {
	l := sel.l
	switch e := e.(type) {
	case *sql.Literal:
		if e.Kind != sql.LitNull {
			return sel.groupTarget(ordinal(e, "GROUP BY", sel.visible), e.Pos)
		}
	case *sql.ColumnRef:
		if len(e.Parts) == 1 && !e.Star && len(findCols(l.scope.cols, e.Parts[0])) == 0 {
			if i, ok := sel.byName(e, "GROUP BY"); ok {
				return sel.groupTarget(i, e.Pos)
			}
		}
	}
	return l.b.resolveText(l.in("GROUP BY", false, e), startOf(e))
}

func (sel *selection) groupTarget(i int, pos sql.Pos) plan.Expr {
	x := sel.targets[i].x
	plan.WalkExpr(x, func(e plan.Expr) bool {
		switch e.(type) {
		case *aggRef:
			fail(sel.targets[i].pos, pgerr.GroupingError, "aggregate functions are not allowed in GROUP BY")
		case *srfRef:
			unsupported(pos, "set-returning functions are not supported in GROUP BY")
		case *overRef:
			fail(sel.targets[i].pos, pgerr.WindowingError, "window functions are not allowed in GROUP BY")
		}
		return true
	})
	return x
}

// byName finds an output column by its name; two of one name must be the same.
func (sel *selection) byName(e *sql.ColumnRef, clause string) (int, bool) {
	found := -1
	for i, t := range sel.targets[:sel.visible] {
		if t.name != e.Parts[0] {
			continue
		}
		if found >= 0 && !plan.Equal(sel.targets[found].x, t.x) {
			fail(e.Pos, pgerr.AmbiguousColumn, "%s \"%s\" is ambiguous", clause, t.name)
		}
		if found < 0 {
			found = i
		}
	}
	return found, found >= 0
}

// bindOrder binds ORDER BY; expressions that are no output column become hidden
// targets.
func (sel *selection) bindOrder(items []*sql.OrderItem, distinct bool) {
	for _, o := range items {
		i := sel.outputTarget(o.Expr, "ORDER BY")
		if distinct && i >= sel.visible {
			fail(startOf(o.Expr), pgerr.InvalidColumnReference,
				"for SELECT DISTINCT, ORDER BY expressions must appear in select list")
		}
		sel.targets[i].x = sel.l.b.resolveText(sel.targets[i].x, startOf(o.Expr))
		checkOrderable(sel.targets[i].x, startOf(o.Expr))
		sel.order = append(sel.order, orderItem{
			target: i, desc: descending(o), nullsFirst: nullsFirst(o),
			pos: startOf(o.Expr),
		})
	}
}

// outputTarget finds or adds the target that an expression of ORDER BY or DISTINCT
// ON means: an output name before an input column.
func (sel *selection) outputTarget(e sql.Expr, clause string) int {
	switch e := e.(type) {
	case *sql.Literal:
		if e.Kind != sql.LitNull {
			return ordinal(e, clause, sel.visible)
		}
	case *sql.ColumnRef:
		if len(e.Parts) == 1 && !e.Star {
			if i, ok := sel.byName(e, clause); ok {
				return i
			}
		}
	}
	x := sel.l.b.resolveText(sel.l.in(clause, true, e), startOf(e))
	for i, t := range sel.targets {
		if plan.Equal(t.x, x) {
			return i
		}
	}
	sel.targets = append(sel.targets, target{x: x, pos: startOf(e)})
	return len(sel.targets) - 1
}

// bindDistinctOn binds DISTINCT ON; its expressions must be the first of ORDER BY.
func (sel *selection) bindDistinctOn(s *sql.Select) {
	for _, e := range s.DistinctOn {
		sel.distinctOn = append(sel.distinctOn, sel.outputTarget(e, "DISTINCT ON"))
	}
	if len(sel.distinctOn) == 0 {
		return
	}
	on := map[int]bool{}
	for _, i := range sel.distinctOn {
		on[i] = true
	}
	matched := map[int]bool{}
	for _, o := range sel.order {
		if len(matched) == len(on) {
			break
		}
		if !on[o.target] {
			fail(startOf(s.DistinctOn[0]), pgerr.InvalidColumnReference,
				"SELECT DISTINCT ON expressions must match initial ORDER BY expressions")
		}
		matched[o.target] = true
	}
}

// bindPartition notes ksqlDB's PARTITION BY of the outermost SELECT.
func (sel *selection) bindPartition(s *sql.Select) {
	if len(s.PartitionBy) == 0 {
		return
	}
	b := sel.l.b
	if b.queryDepth > 1 || !b.continuous {
		unsupported(startOf(s.PartitionBy[0]), "PARTITION BY is allowed in a continuous query only")
	}
	b.partitionBy = []int{}
	for _, e := range s.PartitionBy {
		if lit, ok := e.(*sql.Literal); ok && lit.Kind == sql.LitNull && len(s.PartitionBy) == 1 {
			return
		}
		i := sel.outputTarget(e, "PARTITION BY")
		if i >= sel.visible {
			fail(startOf(e), pgerr.InvalidColumnReference, "PARTITION BY expressions must appear in select list")
		}
		b.partitionBy = append(b.partitionBy, i)
	}
}

// build makes the plan up to the projection of the targets and DISTINCT.
func (sel *selection) build(s *sql.Select) plan.Node {
	l := sel.l
	node := l.where(l.node, sel.where)
	if l.window != nil && l.window.session != nil {
		node = l.sessions(node, sel)
	}
	exprs := make([]plan.Expr, len(sel.targets))
	for i, t := range sel.targets {
		exprs[i] = l.b.fixParams(t.x)
	}
	if sel.grouped {
		node, exprs = sel.group(node, exprs)
	}
	node, exprs = l.computeOvers(node, exprs)
	node, exprs = l.expandSRF(node, exprs)
	node, exprs = l.attach(node, exprs)
	names := make([]string, len(exprs))
	for i, t := range sel.targets {
		names[i] = t.name
	}
	node = projectAs(node, exprs, names)
	if s.Distinct && len(s.DistinctOn) == 0 {
		sel.checkDistinct()
		node = &plan.Distinct{Input: node}
	}
	return node
}

func (sel *selection) checkDistinct() {
	for _, t := range sel.targets {
		checkGroupable(t.x, t.pos)
	}
}

// group makes the Aggregate and HAVING, and maps exprs to it.
func (sel *selection) group(node plan.Node, exprs []plan.Expr) (plan.Node, []plan.Expr) {
	l := sel.l
	g := &grouper{lv: l, keys: sel.keys, sets: sel.sets}
	all := append([]plan.Expr(nil), exprs...)
	if sel.having != nil {
		all = append(all, sel.having)
	}
	for _, s := range l.srfs {
		all = append(all, s.args...)
	}
	l.mapOvers(func(e plan.Expr) plan.Expr {
		all = append(all, e)
		return e
	})
	g.addDependent(all)
	out := make([]plan.Expr, len(exprs))
	for i, e := range exprs {
		out[i] = g.apply(e)
	}
	for _, s := range l.srfs {
		for i, a := range s.args {
			s.args[i] = g.apply(a)
		}
	}
	l.mapOvers(g.apply)
	having := g.apply(sel.having)
	node = g.build(node)
	return l.where(node, having), out
}

// finish applies DISTINCT ON, ORDER BY and LIMIT.
func (sel *selection) finish(node plan.Node, q *sql.Query) rel {
	var keys []plan.SortKey
	for _, o := range sel.order {
		keys = append(keys, plan.SortKey{Col: o.target, Desc: o.desc, NullsFirst: o.nullsFirst})
	}
	if len(sel.distinctOn) > 0 {
		node = &plan.Sort{Input: node, Keys: keys, Limit: int8Const(1), Partition: sel.distinctOn}
	}
	node = sel.l.b.sorted(node, keys, q, sel.l)
	return rel{node: node, hidden: len(sel.targets) - sel.visible, fields: sel.fields}
}
