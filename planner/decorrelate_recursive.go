package planner

import "millrace/planner/plan"

// dependent reports whether n has to be computed for each value of the domain: it
// refers to the level around, or reads the iteration of a recursion that does.
func (d *domain) dependent(n plan.Node) bool {
	if treeRefersTo(n, d.l) {
		return true
	}
	for id := range d.recursions {
		if plan.ReadsRecursion(n, id) {
			return true
		}
	}
	return false
}

// pushRecursive runs a recursion for all values of the domain at once: its rows carry
// the value that they belong to, before the number of the iteration.
func (d *domain) pushRecursive(n *plan.Recursive) plan.Node {
	base := d.push(n.Base)
	d.l.b.recursions++
	out := &plan.Recursive{ID: d.l.b.recursions, Base: base, Distinct: n.Distinct, Out: base.Schema()}
	if d.recursions == nil {
		d.recursions = map[int]*plan.RecursiveRef{}
	}
	d.recursions[n.ID] = &plan.RecursiveRef{ID: out.ID, Out: withIteration(out.Out)}
	step := d.push(n.Step) // columns, iteration, domain
	delete(d.recursions, n.ID)
	out.Step = project(step, moveToEnd(identity(step), width(n)))
	return out
}

func (d *domain) pushRecursiveRef(n *plan.RecursiveRef) plan.Node {
	ref := d.recursions[n.ID] // columns, domain, iteration
	own := width(n) - 1
	all := identity(ref)
	last := len(all) - 1
	outs := append(append(append([]plan.Expr(nil), all[:own]...), all[last]), all[own:last]...)
	return project(ref, outs)
}
