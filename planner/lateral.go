package planner

import (
	"strings"

	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// joinNodes joins two FROM items under conditions over the columns of both. The
// right one may be lateral: then its outerRefs to l are over the left node.
func (l *level) joinNodes(spec joinSpec, left, right plan.Node, conds []plan.Expr, pos sql.Pos) plan.Node {
	if !treeRefersTo(right, l) {
		return newJoin(spec, left, right, conds)
	}
	kind := spec.kind
	if kind != plan.Inner && kind != plan.Left {
		table, at := l.firstReference(right, pos)
		raise(at, pgerr.Newf(pgerr.InvalidColumnReference,
			"invalid reference to FROM-clause entry for table \"%s\"", table).
			WithDetail("The combining JOIN type must be INNER or LEFT for a LATERAL reference."))
	}
	conds = dropTrue(conds)
	if f, ok := right.(*plan.TableFunc); ok && isEmptyRow(f.Input) && (kind == plan.Inner || len(conds) == 0) {
		return filter(l.lateralFunc(kind, left, f), conds...)
	}
	if n, ok := l.lateralAggregate(kind, left, right, conds); ok {
		return n
	}
	if kind == plan.Inner {
		if n, ok := l.lateralPulled(left, right, conds); ok {
			return n
		}
	}
	return l.lateralDependent(kind, left, right, conds)
}

// firstReference is the table and place of a reference that n makes to l.
func (l *level) firstReference(n plan.Node, pos sql.Pos) (string, sql.Pos) {
	table := ""
	plan.MapExprs(n, func(e plan.Expr) plan.Expr {
		return l.mapOuter(e, func(x plan.Expr) plan.Expr {
			if c, ok := x.(*plan.Col); ok && table == "" {
				table, _, _ = strings.Cut(l.nameOf(c), ".")
				if at, ok := l.b.colPos[x]; ok {
					pos = at
				}
			}
			return x
		})
	})
	return table, pos
}

func dropTrue(conds []plan.Expr) []plan.Expr {
	var out []plan.Expr
	for _, c := range conds {
		if !isTrue(c) {
			out = append(out, c)
		}
	}
	return out
}

func isEmptyRow(n plan.Node) bool {
	v, ok := n.(*plan.Values)
	return ok && len(v.Out) == 0 && len(v.Rows) == 1
}

// lateralFunc calls a table function for each row of left.
func (l *level) lateralFunc(kind plan.JoinKind, left plan.Node, f *plan.TableFunc) plan.Node {
	c := *f
	c.Input = left
	c.Args = make([]plan.Expr, len(f.Args))
	for i, a := range f.Args {
		c.Args[i] = l.resolveOuter(a, func(x plan.Expr) plan.Expr { return x })
	}
	c.Outer = kind == plan.Left
	c.Out = append(append(types.Schema(nil), left.Schema()...), f.Out...)
	if c.Outer {
		for i := width(left); i < len(c.Out); i++ {
			c.Out[i].NotNull = false
		}
	}
	return &c
}

// lateralAggregate joins a lateral query of one aggregated row.
func (l *level) lateralAggregate(kind plan.JoinKind, left, right plan.Node, conds []plan.Expr) (plan.Node, bool) {
	node, xs, having, ok := l.attachAggregate(left, right)
	if !ok {
		return nil, false
	}
	w := width(left)
	row := append(identity(node)[:w:w], xs...)
	for _, c := range conds {
		having = append(having, plan.Substitute(c, row))
	}
	if kind == plan.Inner {
		node = filter(node, having...)
	} else {
		for i, x := range row[w:] {
			row[w+i] = onlyIf(having, x)
		}
	}
	return projectAs(node, row, append(schemaNames(left.Schema()), schemaNames(right.Schema())...)), true
}

// lateralPulled joins a lateral query whose references could be pulled up.
func (l *level) lateralPulled(left, right plan.Node, conds []plan.Expr) (plan.Node, bool) {
	p, ok := l.pullUp(right)
	if !ok {
		return nil, false
	}
	w := width(left)
	preds := make([]plan.Expr, len(p.preds))
	for i, c := range p.preds {
		preds[i] = l.against(c, w)
	}
	j := newJoin(joinSpec{kind: plan.Inner}, left, p.node, preds)
	exprs := identity(j)[:w:w]
	for _, o := range p.outs {
		exprs = append(exprs, l.against(o, w))
	}
	names := append(schemaNames(left.Schema()), schemaNames(right.Schema())...)
	return filter(projectAs(j, exprs, names), conds...), true
}

// lateralDependent computes the lateral query for each distinct value that it reads.
func (l *level) lateralDependent(kind plan.JoinKind, left, right plan.Node, conds []plan.Expr) plan.Node {
	d, dep := l.dependent(left, right)
	w := width(left)
	on := append([]plan.Expr(nil), conds...)
	for _, c := range d.match(dep) {
		on = append(on, l.against(c, w))
	}
	return narrow(newJoin(joinSpec{kind: kind}, left, dep, on), w+width(right))
}
