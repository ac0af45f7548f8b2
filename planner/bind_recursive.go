package planner

import (
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/builtin"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// recursive binds a query of WITH RECURSIVE that names itself.
func (b *binder) recursive(c *sql.CTE, q *sql.Query, parent *level, ctes *cteEnv) plan.Node {
	union, ok := q.Body.(*sql.SetOp)
	if !ok || union.Op != sql.Union {
		fail(c.Pos, pgerr.InvalidRecursion,
			"recursive query \"%s\" does not have the form non-recursive-term UNION [ALL] recursive-term", c.Name)
	}
	checkRecursion(c.Name, union)
	refuseOrdered(q)
	b.queryDepth++
	defer func() { b.queryDepth-- }()
	ctes = b.with(q.With, parent, ctes)
	base := renamed(b.operand(union.Left, parent, ctes, true), c)
	b.recursions++
	ref := &plan.RecursiveRef{ID: b.recursions}
	for _, col := range base.Schema() {
		ref.Out = append(ref.Out, types.Column{Name: col.Name, Type: col.Type})
	}
	step := b.operand(union.Right, parent, &cteEnv{name: c.Name, node: ref, self: true, next: ctes}, false)
	if width(base) != width(step) {
		fail(firstTarget(union.Right), pgerr.SyntaxError, "each UNION query must have the same number of columns")
	}
	step = b.coerceOutput(step, b.recursiveTypes(c, union, base, step), union.Right.Position())
	out := &plan.Recursive{ID: ref.ID, Base: base, Distinct: !union.All, Out: ref.Out}
	out.Step = (&carrier{id: ref.ID, done: map[plan.Node]plan.Node{}}).push(step)
	return out
}

// refuseOrdered refuses what PostgreSQL has not for a recursive query as a whole.
func refuseOrdered(q *sql.Query) {
	switch {
	case len(q.OrderBy) > 0:
		unsupported(startOf(q.OrderBy[0].Expr), "ORDER BY in a recursive query is not implemented")
	case q.Offset != nil:
		unsupported(startOf(q.Offset), "OFFSET in a recursive query is not implemented")
	case q.Limit != nil:
		unsupported(startOf(q.Limit), "LIMIT in a recursive query is not implemented")
	}
}

// recursiveTypes are the types of the non-recursive term, which those of the recursive
// one must fit.
func (b *binder) recursiveTypes(c *sql.CTE, union *sql.SetOp, base, step plan.Node) []types.Type {
	ts := base.Schema().Types()
	for i, t := range ts {
		all, err := builtin.CommonType([]types.Type{t, step.Schema()[i].Type}, "UNION")
		check(targetPos(union.Right, i), err)
		if all.Kind != t.Kind {
			raise(targetPos(union.Left, i), pgerr.Newf(pgerr.DatatypeMismatch,
				"recursive query \"%s\" column %d has type %s in non-recursive term but type %s overall", c.Name, i+1, t, all).
				WithHint("Cast the output of the non-recursive term to the correct type."))
		}
		if !union.All && !comparable(t) {
			checkGroupable(&plan.Col{Index: i, T: t}, targetPos(union.Left, i))
		}
	}
	return ts
}

// carrier makes a recursive term hand on, behind its columns, the number of the
// iteration from which each row comes. Whatever sees more than one row at a time
// (grouping, DISTINCT, Top-N, window functions, joins of the iteration with itself)
// then works within each iteration.
type carrier struct {
	id   int
	done map[plan.Node]plan.Node
}

var iterationColumn = types.Column{Name: "iteration", Type: types.Int8, NotNull: true}

// push returns n with the number as its last column; n reads the previous iteration.
func (c *carrier) push(n plan.Node) plan.Node {
	if out, ok := c.done[n]; ok {
		return out
	}
	out := c.node(n)
	c.done[n] = out
	return out
}

func (c *carrier) reads(n plan.Node) bool { return plan.ReadsRecursion(n, c.id) }

func (c *carrier) node(n plan.Node) plan.Node {
	switch n := n.(type) {
	case *plan.RecursiveRef:
		return &plan.RecursiveRef{ID: n.ID, Out: withIteration(n.Out)}
	case *plan.Filter:
		return &plan.Filter{Input: c.push(n.Input), Pred: n.Pred}
	case *plan.Project:
		in := c.push(n.Input)
		exprs := append(n.Exprs[:len(n.Exprs):len(n.Exprs)], colOf(in, width(n.Input)))
		return projectAs(in, exprs, append(schemaNames(n.Out), iterationColumn.Name))
	case *plan.Join:
		return c.join(n)
	case *plan.Aggregate:
		if len(n.Keys) == 0 {
			break
		}
		agg := keyedBy(n, c.push(n.Input), []int{width(n.Input)})
		return project(agg, moveToEnd(identity(agg), len(n.Keys)))
	case *plan.Distinct:
		return &plan.Distinct{Input: c.push(n.Input)}
	case *plan.Sort:
		return c.sort(n)
	case *plan.Union:
		return c.union(n)
	case *plan.TableFunc:
		f := *n
		f.Input = c.push(n.Input)
		f.Out = append(append(types.Schema(nil), f.Input.Schema()...), n.Out[width(n.Input):]...)
		return project(&f, moveToEnd(identity(&f), width(n.Input)))
	case *plan.TimeWindow:
		w := *n
		w.Input = c.push(n.Input)
		w.Out = append(append(types.Schema(nil), w.Input.Schema()...), n.Out[width(n.Input):]...)
		return project(&w, moveToEnd(identity(&w), width(n.Input)))
	case *plan.Over:
		o := *n
		o.Input = c.push(n.Input)
		o.Partition = append(append([]int(nil), n.Partition...), width(n.Input))
		o.Out = append(append(types.Schema(nil), o.Input.Schema()...), n.Out[width(n.Input):]...)
		return project(&o, moveToEnd(identity(&o), width(n.Input)))
	}
	unsupported(sql.NoPos, "this form of recursive query is not supported")
	return nil
}

func withIteration(s types.Schema) types.Schema {
	return append(append(types.Schema(nil), s...), iterationColumn)
}

// moveToEnd puts expression i behind the others.
func moveToEnd(es []plan.Expr, i int) []plan.Expr {
	out := append([]plan.Expr(nil), es[:i]...)
	return append(append(out, es[i+1:]...), es[i])
}

// join: rows of one side only that read the iteration keep its number; where both do,
// rows of one iteration meet.
func (c *carrier) join(n *plan.Join) plan.Node {
	wl, wr := width(n.L), width(n.R)
	l, r := c.reads(n.L), c.reads(n.R)
	ofLeft := n.Kind == plan.Semi || n.Kind == plan.Anti || n.Kind == plan.Mark
	if n.Kind == plan.Full || !l && n.Kind != plan.Inner && n.Kind != plan.Right || l && n.Kind == plan.Right {
		unsupported(sql.NoPos, "this form of recursive query is not supported")
	}
	left, right := n.L, n.R
	conds := joinConds(n)
	if l {
		left = c.push(n.L)
		for i, e := range conds {
			conds[i] = plan.MapCols(e, func(i int) int { return shiftFrom(i, wl, 1) })
		}
	}
	if r {
		right = c.push(n.R)
	}
	if l && r {
		a, b := colOf(left, wl), colOf(right, wr)
		b.Index += wl + 1
		conds = append(conds, binaryCall("=", a, b))
	}
	j := newJoin(specOf(n), left, right, conds)
	all := identity(j)
	switch {
	case !l:
		return j // the number is behind the right columns
	case ofLeft:
		return project(j, moveToEnd(all, wl))
	}
	return project(j, moveToEnd(all[:wl+1+wr], wl))
}

func (c *carrier) sort(n *plan.Sort) plan.Node {
	in := c.push(n.Input)
	if n.Limit == nil && n.Offset == nil {
		return in
	}
	s := *n
	s.Input = in
	s.Partition = append(append([]int(nil), n.Partition...), width(n.Input))
	return &s
}

func (c *carrier) union(n *plan.Union) plan.Node {
	u := &plan.Union{Out: withIteration(n.Out)}
	for _, in := range n.Ins {
		if !c.reads(in) {
			unsupported(sql.NoPos, "rows that do not come from the recursion are not supported in a UNION inside a recursive term")
		}
		u.Ins = append(u.Ins, c.push(in))
	}
	return u
}
