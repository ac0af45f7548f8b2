package planner

import (
	"millrace/catalog"
	"millrace/planner/plan"
)

var lookupJoin = Rule{
	Name: "LookupJoin",
	Doc: "Lets a join look the rows of a table up by key or index for the left rows that there are, " +
		"with the side that reads little on the left.",
	PullOnly: true,
	Late:     true,
	Apply: func(_ *ruleContext, n plan.Node) plan.Node {
		j, ok := n.(*plan.Join)
		if !ok || len(j.LKeys) == 0 || j.Lookup != nil || j.NullAware {
			return n
		}
		switch j.Kind {
		case plan.Inner:
			if readsLittle(j.R) && !readsLittle(j.L) {
				j = swapped(j)
				if out := withLookup(j); out != nil {
					return swapBack(out)
				}
				return n
			}
		case plan.Left, plan.Semi, plan.Anti:
		default:
			return n
		}
		if out := withLookup(j); out != nil {
			return out
		}
		return n
	},
}

// readsLittle reports whether a plan reads a few rows by key only.
func readsLittle(n plan.Node) bool {
	switch n := n.(type) {
	case *plan.Scan:
		a := n.Access
		return a != nil && !a.ByJoin && (len(a.Eq) > 0 || a.Any != nil)
	case *plan.Values:
		return true
	case *plan.TableFunc, *plan.Recursive, *plan.RecursiveRef:
		return false
	case *plan.Join:
		return readsLittle(n.L) && (n.Lookup != nil || readsLittle(n.R))
	}
	for _, in := range n.Inputs() {
		if !readsLittle(in) {
			return false
		}
	}
	return true
}

// swapped is an inner join with its sides exchanged.
func swapped(j *plan.Join) *plan.Join {
	wl, wr := width(j.L), width(j.R)
	c := *j
	c.L, c.R, c.LKeys, c.RKeys = j.R, j.L, j.RKeys, j.LKeys
	c.Residual = plan.MapCols(j.Residual, func(i int) int {
		if i < wl {
			return i + wr
		}
		return i - wl
	})
	c.Out = joinSchema(plan.Inner, c.L.Schema(), c.R.Schema())
	return &c
}

// swapBack puts the columns of a swapped join in the order that they had.
func swapBack(j *plan.Join) plan.Node {
	all := identity(j)
	w := width(j.L)
	return project(j, append(append([]plan.Expr(nil), all[w:]...), all[:w]...))
}

// withLookup is j with its right side read by its keys; nil if that cannot be.
func withLookup(j *plan.Join) *plan.Join {
	s, cols := lookupScan(j.R, j.RKeys)
	if s == nil {
		return nil
	}
	index, keys := lookupKeys(s.Object, cols, j)
	if len(keys) == 0 {
		return nil
	}
	read := *s
	read.Access = &plan.Access{Index: index, ByJoin: true}
	c := *j
	c.Lookup = keys
	c.R = plan.Rewrite(j.R, func(n plan.Node) plan.Node {
		if n == plan.Node(s) {
			return &read
		}
		return n
	})
	return &c
}

// lookupScan follows columns of n down to a table that is read whole: it returns the scan
// and for each column that of the object, -1 where it is none.
func lookupScan(n plan.Node, cols []int) (*plan.Scan, []int) {
	switch n := n.(type) {
	case *plan.Scan:
		if n.Access != nil || !n.Object.IsStored() {
			return nil, nil
		}
		out := make([]int, len(cols))
		for i, c := range cols {
			out[i] = -1
			if c >= 0 && n.Cols[c] < len(n.Object.Columns) {
				out[i] = n.Cols[c]
			}
		}
		return n, out
	case *plan.Filter:
		return lookupScan(n.Input, cols)
	case *plan.Project:
		below := make([]int, len(cols))
		for i, c := range cols {
			below[i] = -1
			if c < 0 {
				continue
			}
			if x, ok := n.Exprs[c].(*plan.Col); ok {
				below[i] = x.Index
			}
		}
		return lookupScan(n.Input, below)
	}
	return nil, nil
}

// lookupKeys chooses the primary key or an index of which the join gives the first
// columns, the more the better: positions among the join's keys, in the order of the
// key. cols are the object's columns of the join's keys.
func lookupKeys(o *catalog.Object, cols []int, j *plan.Join) (index *catalog.Index, keys []int) {
	l := j.L.Schema()
	try := func(x *catalog.Index, of []int) {
		var found []int
		for _, c := range of {
			at := -1
			for i := range cols {
				if cols[i] == c && (j.NullSafe == nil || !j.NullSafe[i]) && l[j.LKeys[i]].Type.Same(o.Columns[c].Type) {
					at = i
				}
			}
			if at < 0 {
				break
			}
			found = append(found, at)
		}
		if len(found) > len(keys) {
			index, keys = x, found
		}
	}
	try(nil, o.Key)
	for _, x := range o.Indexes {
		try(x, x.Cols)
	}
	return index, keys
}
