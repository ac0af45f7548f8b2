package planner

import "millrace/planner/plan"

var removeDistinct = Rule{
	Name: "RemoveDistinct",
	Doc:  "Removes DISTINCT where a unique key already makes the rows different.",
	Apply: func(_ *ruleContext, n plan.Node) plan.Node {
		d, ok := n.(*plan.Distinct)
		if !ok || UniqueKey(d.Input) == nil {
			return n
		}
		return d.Input
	},
}

var removeMaxOneRow = Rule{
	Name: "RemoveMaxOneRow",
	Doc:  "Removes the check for one row where there always is exactly one.",
	Apply: func(_ *ruleContext, n plan.Node) plan.Node {
		m, ok := n.(*plan.MaxOneRow)
		if !ok || !isOneRow(m.Input) {
			return n
		}
		return m.Input
	},
}

var eliminateLimit = Rule{
	Name: "EliminateLimit",
	Doc:  "Removes a sort or limit over at most one row, and a sort whose order nobody sees.",
	Apply: func(_ *ruleContext, n plan.Node) plan.Node {
		if s, ok := n.(*plan.Sort); ok {
			if out := eliminateSort(s); out != n {
				return out
			}
		}
		if !forgetsOrder(n) {
			return n
		}
		ins := n.Inputs()
		next := make([]plan.Node, len(ins))
		changed := false
		for i, in := range ins {
			next[i] = withoutSort(in)
			changed = changed || next[i] != in
		}
		if !changed {
			return n
		}
		return plan.WithInputs(n, next)
	},
}

// withoutSort drops a sort whose order is forgotten above, through filters and
// projections.
func withoutSort(n plan.Node) plan.Node {
	switch n := n.(type) {
	case *plan.Sort:
		if n.Limit == nil && n.Offset == nil {
			return withoutSort(n.Input)
		}
	case *plan.Filter, *plan.Project:
		in := n.Inputs()[0]
		if out := withoutSort(in); out != in {
			return plan.WithInputs(n, []plan.Node{out})
		}
	}
	return n
}

// forgetsOrder reports whether the order of the inputs of n makes no difference.
func forgetsOrder(n plan.Node) bool {
	switch n := n.(type) {
	case *plan.Aggregate, *plan.Distinct, *plan.Join, *plan.SetOp:
		return true
	case *plan.Sort:
		return len(n.Keys) > 0
	}
	return false
}

// eliminateSort removes a sort over at most one row that its limit cannot cut.
func eliminateSort(s *plan.Sort) plan.Node {
	key := UniqueKey(s.Input)
	if key == nil || len(key) > 0 || s.Offset != nil {
		return s
	}
	if s.Limit == nil {
		return s.Input
	}
	if c, ok := s.Limit.(*plan.Const); ok && c.Value.Set && c.Value.I >= 1 {
		return s.Input
	}
	return s
}
