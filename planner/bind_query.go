package planner

import (
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// rel is a bound query: the columns of its result, then hidden ones that ORDER BY needs.
type rel struct {
	node   plan.Node
	hidden int
	// fields are hidden columns that a query around may name as fields.
	fields []int
}

// visible is the query's result without the hidden columns.
func (r rel) visible() plan.Node { return narrow(r.node, width(r.node)-r.hidden) }

// composite is the result with the fields of its composite columns behind it, and
// the number of columns before those.
func (r rel) composite() (plan.Node, int) {
	w := width(r.node) - r.hidden
	if len(r.fields) == 0 {
		return r.visible(), w
	}
	all := identity(r.node)
	exprs := all[:w:w]
	for _, i := range r.fields {
		exprs = append(exprs, all[i])
	}
	return project(r.node, exprs), w
}

// cteEnv is the WITH queries that can be named, innermost first.
type cteEnv struct {
	name string
	node plan.Node
	// self: node is the previous iteration of the recursive query that is being bound.
	self bool
	next *cteEnv
}

// find returns the WITH query that an unqualified name means.
func (c *cteEnv) find(name sql.Name) *cteEnv {
	if len(name.Parts) != 1 {
		return nil
	}
	for ; c != nil; c = c.next {
		if c.name == name.Parts[0] {
			return c
		}
	}
	return nil
}

// query binds a query inside the level parent (nil for the outermost). resolve makes
// columns that stayed unknown text; set operations and INSERT decide later.
func (b *binder) query(q *sql.Query, parent *level, ctes *cteEnv, resolve bool) rel {
	if b.queryDepth > 0 && q.Emit != sql.EmitNone {
		unsupported(q.EmitPos, "EMIT is allowed at the end of the outermost query only")
	}
	b.queryDepth++
	out := b.body(q, parent, b.with(q.With, parent, ctes), resolve)
	b.queryDepth--
	return out
}

// with binds the queries of WITH, each seeing those before it.
func (b *binder) with(w *sql.With, parent *level, ctes *cteEnv) *cteEnv {
	if w == nil {
		return ctes
	}
	order := w.CTEs
	if w.Recursive {
		order = orderCTEs(w)
	}
	for i, c := range order {
		for _, d := range order[:i] {
			if d.Name == c.Name {
				fail(c.Pos, pgerr.DuplicateAlias, "WITH query name \"%s\" specified more than once", c.Name)
			}
		}
		sel, ok := c.Statement.(*sql.SelectStmt)
		if !ok {
			unsupported(c.Pos, "data-modifying statements in WITH are not supported")
		}
		if c.Search != nil || c.Cycle != nil {
			unsupported(c.Pos, "SEARCH and CYCLE are not supported")
		}
		if w.Recursive && countRefs(c.Name, sel) > 0 {
			ctes = &cteEnv{name: c.Name, node: b.recursive(c, sel.Query, parent, ctes), next: ctes}
			continue
		}
		later := len(b.laterCTEs)
		for _, d := range order[i:] {
			b.laterCTEs = append(b.laterCTEs, d.Name)
		}
		node := b.query(sel.Query, parent, ctes, true).visible()
		b.laterCTEs = b.laterCTEs[:later]
		ctes = &cteEnv{name: c.Name, node: renamed(node, c), next: ctes}
	}
	return ctes
}

// renamed applies the column list of a WITH query.
func renamed(node plan.Node, c *sql.CTE) plan.Node {
	if len(c.Columns) == 0 {
		return node
	}
	if len(c.Columns) > width(node) {
		fail(c.Pos, pgerr.InvalidColumnReference, "WITH query \"%s\" has %d columns available but %d columns specified",
			c.Name, width(node), len(c.Columns))
	}
	names := make([]string, width(node))
	for i, col := range node.Schema() {
		names[i] = col.Name
	}
	copy(names, c.Columns)
	return projectAs(node, identity(node), names)
}

func (l *level) cteRef(c *cteEnv, t *sql.Table) *fromItem {
	l.readsSelf = l.readsSelf || c.self
	name := c.name
	if t.Alias.Name != "" {
		name = t.Alias.Name
	}
	r := newRange(name, c.node.Schema(), 0, width(c.node))
	renameColumns(r, t.Alias.Columns)
	return &fromItem{node: c.node, scope: scopeOf(r)}
}

// body binds what ORDER BY and LIMIT apply to, and then them.
func (b *binder) body(q *sql.Query, parent *level, ctes *cteEnv, resolve bool) rel {
	if s, ok := q.Body.(*sql.Select); ok {
		return b.selectQuery(q, s, parent, ctes, resolve)
	}
	node := b.operand(q.Body, parent, ctes, resolve)
	if len(q.OrderBy) == 0 && q.Limit == nil && q.Offset == nil {
		return rel{node: node}
	}
	var keys []plan.SortKey
	for _, o := range q.OrderBy {
		keys = append(keys, plan.SortKey{Col: outputColumn(node, o), Desc: descending(o), NullsFirst: nullsFirst(o)})
	}
	return rel{node: b.sorted(node, keys, q, nil)}
}

// operand binds VALUES, a set operation, or a query in parentheses.
func (b *binder) operand(body sql.QueryBody, parent *level, ctes *cteEnv, resolve bool) plan.Node {
	switch body := body.(type) {
	case *sql.Query:
		return b.query(body, parent, ctes, resolve).visible()
	case *sql.Select:
		return b.selectQuery(&sql.Query{Pos: body.Pos, Body: body}, body, parent, ctes, resolve).visible()
	case *sql.Values:
		return b.values(body, parent, ctes, resolve)
	case *sql.SetOp:
		return b.setOp(body, parent, ctes, resolve)
	}
	panic(pgerr.Bug("query body %T has no case in the binder", body))
}

// outputColumn finds what ORDER BY of a set operation or VALUES names: an output
// column by name or position.
func outputColumn(node plan.Node, o *sql.OrderItem) int {
	switch e := o.Expr.(type) {
	case *sql.Literal:
		return ordinal(e, "ORDER BY", width(node))
	case *sql.ColumnRef:
		if len(e.Parts) != 1 || e.Star {
			break
		}
		found := -1
		for i, c := range node.Schema() {
			if c.Name != e.Parts[0] {
				continue
			}
			if found >= 0 {
				fail(e.Pos, pgerr.AmbiguousColumn, "ORDER BY \"%s\" is ambiguous", c.Name)
			}
			found = i
		}
		if found < 0 {
			fail(e.Pos, pgerr.UndefinedColumn, "column \"%s\" does not exist", e.Parts[0])
		}
		return found
	}
	raise(startOf(o.Expr), pgerr.New(pgerr.FeatureNotSupported, "invalid UNION/INTERSECT/EXCEPT ORDER BY clause").
		WithDetail("Only result column names can be used, not expressions or functions.").
		WithHint("Add the expression/function to every SELECT, or move the UNION into a FROM clause."))
	return 0
}

// ordinal reads a position in the select list, counted from 1.
func ordinal(e *sql.Literal, clause string, n int) int {
	if e.Kind != sql.LitInt {
		fail(e.Pos, pgerr.SyntaxError, "non-integer constant in %s", clause)
	}
	d, err := types.ParseText(types.Int4, e.Text, nil)
	if err != nil || d.I < 1 || d.I > int64(n) {
		fail(e.Pos, pgerr.InvalidColumnReference, "%s position %s is not in select list", clause, e.Text)
	}
	return int(d.I) - 1
}

// sorted puts ORDER BY, LIMIT and OFFSET above node.
func (b *binder) sorted(node plan.Node, keys []plan.SortKey, q *sql.Query, l *level) plan.Node {
	limit := b.limitExpr(q.Limit, "LIMIT", l)
	offset := b.limitExpr(q.Offset, "OFFSET", l)
	if q.WithTies && len(q.OrderBy) == 0 {
		fail(q.Pos, pgerr.SyntaxError, "WITH TIES cannot be specified without ORDER BY clause")
	}
	if len(keys) == 0 && limit == nil && offset == nil {
		return node
	}
	return &plan.Sort{Input: node, Keys: keys, Limit: limit, Offset: offset, WithTies: q.WithTies}
}

// limitExpr binds LIMIT or OFFSET: a bigint without columns. They are looked for in l,
// where there is one, only to be refused.
func (b *binder) limitExpr(e sql.Expr, clause string, l *level) plan.Expr {
	if e == nil {
		return nil
	}
	if l == nil {
		l = b.newLevel(nil, nil)
	}
	x := l.in(clause, false, e)
	out, ok := b.coerce(x, types.Int8, types.Assignment, startOf(e))
	if !ok {
		fail(startOf(e), pgerr.DatatypeMismatch, "argument of %s must be type bigint, not type %s", clause, x.Type().Base())
	}
	plan.ColsOf(out, func(int) {
		fail(startOf(e), pgerr.InvalidColumnReference, "argument of %s must not contain variables", clause)
	})
	if hasOwn(out) {
		unsupported(startOf(e), "a sub-query in %s is not supported", clause)
	}
	if isNullConst(out) {
		return nil
	}
	if c, ok := out.(*plan.Cast); ok && c.X.Type().IsInteger() {
		return castConst(c.X, types.Int8)
	}
	return out
}

func isNullConst(e plan.Expr) bool {
	c, ok := e.(*plan.Const)
	return ok && !c.Value.Set
}

func descending(o *sql.OrderItem) bool {
	switch o.Using {
	case "":
		return o.Desc
	case "<", "<=":
		return false
	case ">", ">=":
		return true
	}
	raise(o.Pos, pgerr.Newf(pgerr.WrongObjectType, "operator %s is not a valid ordering operator", o.Using).
		WithHint("Ordering operators must be \"<\" or \">\" members of btree operator families."))
	return false
}

func nullsFirst(o *sql.OrderItem) bool {
	if o.Nulls == sql.NullsDefault {
		return descending(o)
	}
	return o.Nulls == sql.NullsFirst
}
