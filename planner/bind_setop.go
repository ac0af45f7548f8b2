package planner

import (
	"fmt"

	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/builtin"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// setOp binds UNION, INTERSECT and EXCEPT. Names come from the left side; types are
// common to both.
func (b *binder) setOp(s *sql.SetOp, parent *level, ctes *cteEnv, resolve bool) plan.Node {
	name := map[sql.SetOpKind]string{sql.Union: "UNION", sql.Intersect: "INTERSECT", sql.Except: "EXCEPT"}[s.Op]
	left := b.operand(s.Left, parent, ctes, false)
	right := b.operand(s.Right, parent, ctes, false)
	if width(left) != width(right) {
		fail(firstTarget(s.Right), pgerr.SyntaxError, "each %s query must have the same number of columns", name)
	}
	ts := make([]types.Type, width(left))
	for i := range ts {
		pair := []types.Type{left.Schema()[i].Type, right.Schema()[i].Type}
		if pair[0].Kind == types.KindUnknown && pair[1].Kind == types.KindUnknown && !resolve {
			ts[i] = types.Unknown
			continue
		}
		t, err := builtin.CommonType(pair, name)
		check(targetPos(s.Right, i), err)
		ts[i] = t
	}
	if s.Op != sql.Union || !s.All {
		b.settleUnknown(ts)
	}
	left = b.coerceOutput(left, ts, s.Left.Position())
	right = b.coerceOutput(right, ts, s.Right.Position())
	return combine(s, left, right, ts)
}

// settleUnknown makes columns text that are compared now.
func (b *binder) settleUnknown(ts []types.Type) {
	for i, t := range ts {
		if t.Kind == types.KindUnknown {
			ts[i] = textType
		}
	}
}

func combine(s *sql.SetOp, left, right plan.Node, ts []types.Type) plan.Node {
	out := append(types.Schema(nil), left.Schema()...)
	for i := range out {
		out[i].Type = ts[i]
		out[i].NotNull = out[i].NotNull && (s.Op == sql.Except || right.Schema()[i].NotNull)
		if (s.Op != sql.Union || !s.All) && !comparable(ts[i]) {
			checkGroupable(&plan.Col{Index: i, T: ts[i]}, targetPos(s.Left, i))
		}
	}
	if s.Op != sql.Union {
		return &plan.SetOp{Except: s.Op == sql.Except, All: s.All, L: left, R: right, Out: out}
	}
	u := &plan.Union{Ins: []plan.Node{left, right}, Out: out}
	if l, ok := left.(*plan.Union); ok && isUnionAll(s.Left) {
		u.Ins = append(append([]plan.Node(nil), l.Ins...), right)
	}
	if !s.All {
		return &plan.Distinct{Input: u}
	}
	return u
}

func isUnionAll(b sql.QueryBody) bool {
	s, ok := b.(*sql.SetOp)
	return ok && s.Op == sql.Union && s.All
}

// firstTarget and targetPos place the errors about an operand's columns.
func firstTarget(b sql.QueryBody) sql.Pos { return targetPos(b, 0) }

func targetPos(b sql.QueryBody, i int) sql.Pos {
	switch b := b.(type) {
	case *sql.Select:
		if i < len(b.Targets) {
			return startOf(b.Targets[i].Expr)
		}
		if n := len(b.Targets); n > 0 {
			return startOf(b.Targets[n-1].Expr) // a star that was expanded
		}
	case *sql.Values:
		if len(b.Rows) > 0 && i < len(b.Rows[0]) {
			return startOf(b.Rows[0][i])
		}
	case *sql.SetOp:
		return targetPos(b.Left, i)
	case *sql.Query:
		return targetPos(b.Body, i)
	}
	return b.Position()
}

// coerceOutput gives the columns of n the types ts, reading literals that are still
// unknown where they stand.
func (b *binder) coerceOutput(n plan.Node, ts []types.Type, pos sql.Pos) plan.Node {
	if sameTypes(n.Schema(), ts) {
		return n
	}
	switch n := n.(type) {
	case *plan.Project:
		exprs := make([]plan.Expr, len(n.Exprs))
		for i, e := range n.Exprs {
			exprs[i] = e
			if i < len(ts) {
				exprs[i] = b.coerceTarget(e, ts[i], pos)
			}
		}
		return projectAs(n.Input, exprs, schemaNames(n.Out))
	case *plan.Union:
		c := &plan.Union{Out: retyped(n.Out, ts)}
		for _, in := range n.Ins {
			c.Ins = append(c.Ins, b.coerceOutput(in, ts, pos))
		}
		return c
	case *plan.Values:
		return b.coerceValues(n, ts, pos)
	case *plan.Sort:
		if hasUnknown(n.Schema()) {
			c := *n
			c.Input = b.coerceOutput(n.Input, ts, pos)
			return &c
		}
	case *plan.Distinct:
		if hasUnknown(n.Schema()) {
			return &plan.Distinct{Input: b.coerceOutput(n.Input, ts, pos)}
		}
	}
	exprs := identity(n)
	for i := range exprs {
		if i < len(ts) {
			exprs[i] = b.coerceTarget(exprs[i], ts[i], pos)
		}
	}
	return projectAs(n, exprs, schemaNames(n.Schema()))
}

func (b *binder) coerceTarget(e plan.Expr, t types.Type, pos sql.Pos) plan.Expr {
	if t.Kind == types.KindUnknown {
		return e
	}
	out, ok := b.coerce(e, t, types.Implicit, pos)
	if !ok {
		panic(pgerr.Bug("column of type %s does not become %s", e.Type(), t))
	}
	return out
}

func hasUnknown(s types.Schema) bool {
	for i := range s {
		if s[i].Type.Kind == types.KindUnknown {
			return true
		}
	}
	return false
}

func sameTypes(s types.Schema, ts []types.Type) bool {
	for i := range ts {
		if !s[i].Type.Is(ts[i]) {
			return false
		}
	}
	return true
}

func retyped(s types.Schema, ts []types.Type) types.Schema {
	out := append(types.Schema(nil), s...)
	for i := range ts {
		out[i].Type = ts[i]
	}
	return out
}

func schemaNames(s types.Schema) []string {
	out := make([]string, len(s))
	for i := range s {
		out[i] = s[i].Name
	}
	return out
}

// values binds VALUES as a query.
func (b *binder) values(v *sql.Values, parent *level, ctes *cteEnv, resolve bool) plan.Node {
	l := b.newLevel(parent, ctes)
	rows := make([][]plan.Expr, len(v.Rows))
	for i, row := range v.Rows {
		if len(row) != len(v.Rows[0]) {
			fail(startOf(row[0]), pgerr.SyntaxError, "VALUES lists must all be the same length")
		}
		for _, e := range row {
			rows[i] = append(rows[i], l.in("VALUES", false, e))
		}
	}
	n := len(v.Rows[0])
	for c := range n {
		b.valuesColumn(v, rows, c, resolve)
	}
	return l.rowsNode(rows, valuesNames(n))
}

// valuesColumn gives column c of all rows one type.
func (b *binder) valuesColumn(v *sql.Values, rows [][]plan.Expr, c int, resolve bool) {
	col := make([]plan.Expr, len(rows))
	unknown := true
	for i := range rows {
		col[i] = rows[i][c]
		unknown = unknown && isUnknown(col[i])
	}
	if unknown && !resolve {
		return
	}
	col, _ = b.common("VALUES", col, func(i int) sql.Pos { return startOf(v.Rows[i][c]) })
	for i := range rows {
		rows[i][c] = col[i]
	}
}

func valuesNames(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("column%d", i+1)
	}
	return out
}

// rowsNode makes a node of rows of expressions: Values where they need nothing
// else, else one projection for each row.
func (l *level) rowsNode(rows [][]plan.Expr, names []string) plan.Node {
	out := make(types.Schema, len(names))
	plain := true
	for i := range out {
		out[i] = types.Column{Name: names[i], Type: rows[0][i].Type(), NotNull: true}
		for _, row := range rows {
			out[i].NotNull = out[i].NotNull && notNull(row[i], nil)
			plain = plain && !hasOwn(row[i])
		}
	}
	if plain {
		return &plan.Values{Rows: rows, Out: out}
	}
	u := &plan.Union{Out: out}
	for _, row := range rows {
		node, exprs := l.attach(oneRow(), row)
		u.Ins = append(u.Ins, projectAs(node, exprs, names))
	}
	if len(u.Ins) == 1 {
		return u.Ins[0]
	}
	return u
}

func (b *binder) coerceValues(n *plan.Values, ts []types.Type, pos sql.Pos) plan.Node {
	c := &plan.Values{Out: retyped(n.Out, ts), Rows: make([][]plan.Expr, len(n.Rows))}
	for i, row := range n.Rows {
		c.Rows[i] = make([]plan.Expr, len(row))
		for j, e := range row {
			c.Rows[i][j] = b.coerceTarget(e, ts[j], pos)
		}
	}
	return c
}
