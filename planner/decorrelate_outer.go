package planner

import "millrace/planner/plan"

// pushOuterJoin computes both sides of a RIGHT or FULL JOIN per domain value. The value of
// a row is that of the side which is there.
func (d *domain) pushOuterJoin(n *plan.Join) plan.Node {
	wl, wr, wd := width(n.L), width(n.R), len(d.refs)
	left, right := d.push(n.L), d.push(n.R)
	var conds []plan.Expr
	for _, c := range joinConds(n) {
		c = plan.MapCols(c, func(i int) int { return shiftFrom(i, wl, wd) })
		conds = append(conds, d.resolve(c, wl))
	}
	for i := range d.refs {
		a, b := colOf(left, wl+i), colOf(right, wr+i)
		b.Index += wl + wd
		conds = append(conds, binaryCall(opNotDistinct, a, b))
	}
	j := newJoin(specOf(n), left, right, conds)
	all := identity(j)
	outs := append(all[:wl:wl], all[wl+wd:wl+wd+wr]...)
	for i := range d.refs {
		outs = append(outs, orElse(all[wl+i], all[wl+wd+wr+i]))
	}
	return project(j, outs)
}
