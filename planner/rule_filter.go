package planner

import (
	"slices"

	"millrace/planner/plan"
	"millrace/sql/builtin"
)

var mergeFilters = Rule{
	Name: "MergeFilters",
	Doc:  "Makes two filters in a row one.",
	Apply: func(_ *ruleContext, n plan.Node) plan.Node {
		f, ok := n.(*plan.Filter)
		if !ok {
			return n
		}
		in, ok := f.Input.(*plan.Filter)
		if !ok {
			return n
		}
		return filter(in.Input, append(plan.Conjuncts(in.Pred), plan.Conjuncts(f.Pred)...)...)
	},
}

var pushFilterThroughProject = Rule{
	Name: "PushFilterThroughProject",
	Doc:  "Filters before computing columns.",
	Apply: func(_ *ruleContext, n plan.Node) plan.Node {
		f, ok := n.(*plan.Filter)
		if !ok {
			return n
		}
		p, ok := f.Input.(*plan.Project)
		if !ok {
			return n
		}
		for _, e := range p.Exprs {
			if isVolatile(e) {
				return n
			}
		}
		return &plan.Project{Input: filter(p.Input, plan.Substitute(f.Pred, p.Exprs)), Exprs: p.Exprs, Out: p.Out}
	},
}

// isVolatile reports whether a second evaluation of e may differ.
func isVolatile(e plan.Expr) bool {
	volatile := false
	plan.WalkExpr(e, func(e plan.Expr) bool {
		if c, ok := e.(*plan.Call); ok && c.Func.Volatility == builtin.Volatile {
			volatile = true
		}
		return !volatile
	})
	return volatile
}

var pushFilterBelowJoin = Rule{
	Name: "PushFilterBelowJoin",
	Doc:  "Moves conditions on one side of a join to that side, where unmatched rows allow it.",
	Apply: func(_ *ruleContext, n plan.Node) plan.Node {
		switch n := n.(type) {
		case *plan.Filter:
			if j, ok := n.Input.(*plan.Join); ok {
				return pushAboveJoin(n, j)
			}
		case *plan.Join:
			return pushResidual(n)
		}
		return n
	},
}

// sidesBelow tells to which sides a condition above a join may move.
func sidesBelow(kind plan.JoinKind) side {
	switch kind {
	case plan.Inner:
		return bothSides
	case plan.Left, plan.Semi, plan.Anti, plan.Mark:
		return leftSide
	case plan.Right:
		return rightSide
	}
	return noSide
}

func pushAboveJoin(f *plan.Filter, j *plan.Join) plan.Node {
	wl, wr := width(j.L), width(j.R)
	allowed := sidesBelow(j.Kind)
	var l, r, rest []plan.Expr
	for _, c := range plan.Conjuncts(f.Pred) {
		s := sideOf(c, wl)
		switch {
		case isVolatile(c):
			rest = append(rest, c)
		case s == leftSide && allowed&leftSide != 0:
			l = append(l, c)
		case s == rightSide && allowed&rightSide != 0 && wr > 0:
			r = append(r, plan.MapCols(c, func(i int) int { return i - wl }))
		default:
			rest = append(rest, c)
		}
	}
	if len(l)+len(r) == 0 {
		return f
	}
	return filter(plan.WithInputs(j, []plan.Node{filter(j.L, l...), filter(j.R, r...)}), rest...)
}

// pushResidual moves one-sided parts of a join condition below the side whose
// unmatched rows are not kept.
func pushResidual(j *plan.Join) plan.Node {
	wl := width(j.L)
	var allowed side
	switch j.Kind {
	case plan.Inner, plan.Semi:
		allowed = bothSides
	case plan.Left:
		allowed = rightSide
	case plan.Right:
		allowed = leftSide
	case plan.Anti:
		if !j.NullAware {
			allowed = rightSide
		}
	}
	var l, r, rest []plan.Expr
	for _, c := range plan.Conjuncts(j.Residual) {
		s := sideOf(c, wl)
		switch {
		case s == leftSide && allowed&leftSide != 0 && !isVolatile(c):
			l = append(l, c)
		case s == rightSide && allowed&rightSide != 0 && !isVolatile(c):
			r = append(r, plan.MapCols(c, func(i int) int { return i - wl }))
		default:
			rest = append(rest, c)
		}
	}
	if len(l)+len(r) == 0 {
		return j
	}
	out := *j
	out.L, out.R, out.Residual = filter(j.L, l...), filter(j.R, r...), plan.Conj(rest)
	return &out
}

var pushFilterBelowAggregate = Rule{
	Name: "PushFilterBelowAggregate",
	Doc:  "Moves conditions on group keys below the aggregation.",
	Apply: func(_ *ruleContext, n plan.Node) plan.Node {
		f, ok := n.(*plan.Filter)
		if !ok {
			return n
		}
		a, ok := f.Input.(*plan.Aggregate)
		if !ok || len(a.Keys) == 0 {
			return n
		}
		var below, rest []plan.Expr
		for _, c := range plan.Conjuncts(f.Pred) {
			if readsOnly(c, len(a.Keys)) && !isVolatile(c) {
				below = append(below, plan.MapCols(c, func(i int) int { return a.Keys[i] }))
			} else {
				rest = append(rest, c)
			}
		}
		if len(below) == 0 {
			return n
		}
		return filter(plan.WithInputs(a, []plan.Node{filter(a.Input, below...)}), rest...)
	},
}

// readsOnly reports whether e reads columns below limit only, and at least one.
func readsOnly(e plan.Expr, limit int) bool {
	some, ok := false, true
	plan.ColsOf(e, func(i int) {
		some = true
		ok = ok && i < limit
	})
	return some && ok
}

var pushFilterBelowUnion = Rule{
	Name: "PushFilterBelowUnion",
	Doc:  "Filters each input of a union.",
	Apply: func(_ *ruleContext, n plan.Node) plan.Node {
		f, ok := n.(*plan.Filter)
		if !ok {
			return n
		}
		u, ok := f.Input.(*plan.Union)
		if !ok || isVolatile(f.Pred) {
			return n
		}
		out := &plan.Union{Out: u.Out}
		for _, in := range u.Ins {
			out.Ins = append(out.Ins, filter(in, f.Pred))
		}
		return out
	},
}

var pushFilterBelowDistinct = Rule{
	Name: "PushFilterBelowDistinct",
	Doc:  "Moves conditions below DISTINCT, below a table function or windows of time, and below a Top-N per group that they select.",
	Apply: func(_ *ruleContext, n plan.Node) plan.Node {
		f, ok := n.(*plan.Filter)
		if !ok || isVolatile(f.Pred) {
			return n
		}
		switch in := f.Input.(type) {
		case *plan.Distinct:
			return &plan.Distinct{Input: filter(in.Input, f.Pred)}
		case *plan.Temporal:
			return plan.WithInputs(in, []plan.Node{filter(in.Input, f.Pred)})
		case *plan.TimeWindow:
			return pushBelow(f, in, func(c plan.Expr) bool { return readsOnly(c, width(in.Input)) })
		case *plan.TableFunc:
			return pushBelow(f, in, func(c plan.Expr) bool { return readsOnly(c, width(in.Input)) })
		case *plan.Sort:
			if in.Limit == nil && in.Offset == nil {
				return plan.WithInputs(in, []plan.Node{filter(in.Input, f.Pred)})
			}
			return pushBelow(f, in, func(c plan.Expr) bool { return readsAmong(c, in.Partition) })
		}
		return n
	},
}

// readsAmong reports whether e reads some of cols and nothing else.
func readsAmong(e plan.Expr, cols []int) bool {
	some, ok := false, true
	plan.ColsOf(e, func(i int) {
		some = true
		ok = ok && slices.Contains(cols, i)
	})
	return some && ok
}

// pushBelow moves the conjuncts that fit below a node which passes its input's
// columns on in place.
func pushBelow(f *plan.Filter, in plan.Node, fits func(plan.Expr) bool) plan.Node {
	var below, rest []plan.Expr
	for _, c := range plan.Conjuncts(f.Pred) {
		if fits(c) {
			below = append(below, c)
		} else {
			rest = append(rest, c)
		}
	}
	if len(below) == 0 {
		return f
	}
	return filter(plan.WithInputs(in, []plan.Node{filter(in.Inputs()[0], below...)}), rest...)
}
