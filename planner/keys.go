package planner

import (
	"slices"

	"millrace/catalog"
	"millrace/planner/plan"
)

// UniqueKey returns columns of n whose values no two rows share: nil when none are
// known, empty (not nil) when there is at most one row.
func UniqueKey(n plan.Node) []int {
	switch n := n.(type) {
	case *plan.Scan:
		return scanKey(n)
	case *plan.Values:
		if len(n.Rows) <= 1 {
			return []int{}
		}
	case *plan.Filter:
		return filterKey(n)
	case *plan.Project:
		return projectKey(n)
	case *plan.Join:
		return joinKeys(n)
	case *plan.Aggregate:
		return positions(len(n.Keys))
	case *plan.Distinct:
		if k := UniqueKey(n.Input); k != nil {
			return k
		}
		return positions(width(n))
	case *plan.SetOp:
		if !n.All {
			return positions(width(n))
		}
		if n.Except {
			return UniqueKey(n.L)
		}
	case *plan.Sort:
		return sortKey(n)
	case *plan.MaxOneRow:
		return []int{}
	case *plan.Over:
		return UniqueKey(n.Input)
	case *plan.Session:
		return UniqueKey(n.Input)
	case *plan.Temporal:
		return UniqueKey(n.Input)
	case *plan.SessionAggregate:
		return positions(len(n.Keys) + 1)
	case *plan.TimeWindow:
		if k := UniqueKey(n.Input); k != nil {
			w := width(n.Input)
			return append(slices.Clone(k), w, w+1)
		}
	case *plan.Asof:
		return UniqueKey(n.L)
	case *plan.Recursive:
		if n.Distinct {
			return positions(width(n))
		}
	}
	return nil
}

// scanKey is the primary key, or a stream's partition and offset.
func scanKey(n *plan.Scan) []int {
	o := n.Object
	var want []int
	switch {
	case o.Kind == catalog.KindStream:
		want = []int{len(o.Columns) + 1, len(o.Columns) + 2}
	case (o.Kind == catalog.KindTable || o.Kind == catalog.KindMatView) && len(o.Key) > 0:
		want = o.Key
	case o.Kind == catalog.KindTable:
		want = []int{len(o.Columns)}
	default:
		return nil
	}
	key := []int{}
	for _, c := range want {
		i := slices.Index(n.Cols, c)
		if i < 0 {
			return nil
		}
		key = append(key, i)
	}
	return key
}

// filterKey leaves out key columns that the predicate holds constant.
func filterKey(n *plan.Filter) []int {
	in := UniqueKey(n.Input)
	if len(in) == 0 {
		return in
	}
	fixed := map[int]bool{}
	for _, c := range plan.Conjuncts(n.Pred) {
		if i, ok := constEquality(c); ok {
			fixed[i] = true
		}
	}
	out := []int{}
	for _, k := range in {
		if !fixed[k] {
			out = append(out, k)
		}
	}
	if len(out) == 0 && len(in) > 0 {
		// All key columns are constant: still name them, so that a stored result has a key.
		return in
	}
	return out
}

// constEquality reads a conjunct as column = constant.
func constEquality(c plan.Expr) (int, bool) {
	call, ok := c.(*plan.Call)
	if !ok || call.Func.Name != "=" {
		return 0, false
	}
	for i := range call.Args {
		col, isCol := call.Args[i].(*plan.Col)
		if isCol && isConstant(call.Args[1-i]) {
			return col.Index, true
		}
	}
	return 0, false
}

// isConstant reports whether e has one value for the whole statement.
func isConstant(e plan.Expr) bool {
	constant := true
	plan.WalkExpr(e, func(e plan.Expr) bool {
		switch e := e.(type) {
		case *plan.Const, *plan.Param, *plan.Cast:
		case *plan.Call:
			constant = constant && e.Func.Volatility == 0
		default:
			constant = constant && len(plan.Children(e)) > 0
		}
		return constant
	})
	return constant
}

func projectKey(n *plan.Project) []int {
	in := UniqueKey(n.Input)
	if in == nil {
		return nil
	}
	out := []int{}
	for _, k := range in {
		i := slices.IndexFunc(n.Exprs, func(e plan.Expr) bool {
			c, ok := e.(*plan.Col)
			if m, isCall := e.(*plan.Call); isCall && m.Func.Name == "window_millis" {
				// Bounds of windows of one group differ by a millisecond at least.
				c, ok = m.Args[0].(*plan.Col)
			}
			return ok && c.Index == k
		})
		if i < 0 {
			return nil
		}
		out = append(out, i)
	}
	return out
}

// joinKeys: a side whose partner rows are unique keeps its own key, else both keys
// together identify a pair.
func joinKeys(n *plan.Join) []int {
	l := UniqueKey(n.L)
	switch n.Kind {
	case plan.Semi, plan.Anti, plan.Mark:
		return l
	}
	r := UniqueKey(n.R)
	wl := width(n.L)
	shifted := make([]int, len(r))
	for i, k := range r {
		shifted[i] = k + wl
	}
	if n.Kind != plan.Full {
		if l != nil && r != nil && n.Kind != plan.Right && covers(n.RKeys, r) {
			return l
		}
		if l != nil && r != nil && n.Kind != plan.Left && covers(n.LKeys, l) {
			return shifted
		}
	}
	// An outer join may give NULLs for a whole key, on one side at a time.
	if l == nil || r == nil {
		return nil
	}
	return append(slices.Clone(l), shifted...)
}

// covers reports whether the join keys include all columns of a unique key.
func covers(keys, unique []int) bool {
	for _, u := range unique {
		if !slices.Contains(keys, u) {
			return false
		}
	}
	return true
}

// sortKey: the first row per group is identified by the group.
func sortKey(n *plan.Sort) []int {
	if c, ok := n.Limit.(*plan.Const); ok && c.Value.Set && c.Value.I == 1 && !n.WithTies && n.Offset == nil {
		return append([]int{}, n.Partition...)
	}
	return UniqueKey(n.Input)
}

// AppendOnly reports whether n, as a continuous query, never retracts a row.
func AppendOnly(n plan.Node) bool {
	switch n := n.(type) {
	case *plan.Scan:
		return n.Object.Kind == catalog.KindStream
	case *plan.Values:
		return true
	case *plan.Filter:
		return !readsClock(n.Pred) && AppendOnly(n.Input)
	case *plan.Project, *plan.Distinct, *plan.TableFunc, *plan.TimeWindow:
		return AppendOnly(n.Inputs()[0])
	case *plan.Union:
		for _, in := range n.Ins {
			if !AppendOnly(in) {
				return false
			}
		}
		return true
	case *plan.Join:
		switch {
		case n.Temporal:
			return AppendOnly(n.L)
		case n.Time != nil && n.Time.Within && n.Kind <= plan.Full:
			return AppendOnly(n.L) && AppendOnly(n.R)
		}
		return (n.Kind == plan.Inner || n.Kind == plan.Semi) && AppendOnly(n.L) && AppendOnly(n.R)
	case *plan.Aggregate:
		return n.Time != nil && n.Time.Final
	case *plan.SessionAggregate:
		return n.Final
	case *plan.Temporal:
		return len(n.Until) == 0 && AppendOnly(n.Input)
	case *plan.SetOp:
		return !n.Except && AppendOnly(n.L) && AppendOnly(n.R)
	}
	return false
}
