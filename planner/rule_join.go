package planner

import "millrace/planner/plan"

var extractJoinKeys = Rule{
	Name: "ExtractJoinKeys",
	Doc:  "Turns equalities between the sides of a join, also those of WHERE over an inner join, into join keys.",
	Apply: func(_ *ruleContext, n plan.Node) plan.Node {
		switch n := n.(type) {
		case *plan.Filter:
			if j, ok := n.Input.(*plan.Join); ok && j.Kind == plan.Inner {
				return absorbFilter(n, j)
			}
		case *plan.Join:
			wl := width(n.L)
			for _, c := range plan.Conjuncts(n.Residual) {
				if _, ok := splitKey(c, wl); ok {
					return newJoin(specOf(n), n.L, n.R, joinConds(n))
				}
			}
		}
		return n
	},
}

// absorbFilter makes conditions over both sides part of an inner join.
func absorbFilter(f *plan.Filter, j *plan.Join) plan.Node {
	wl := width(j.L)
	var both, rest []plan.Expr
	for _, c := range plan.Conjuncts(f.Pred) {
		if sideOf(c, wl) == bothSides && !isVolatile(c) {
			both = append(both, c)
		} else {
			rest = append(rest, c)
		}
	}
	if len(both) == 0 {
		return f
	}
	return filter(newJoin(specOf(j), j.L, j.R, append(joinConds(j), both...)), rest...)
}

var outerToInner = Rule{
	Name: "OuterToInner",
	Doc:  "Makes an outer join inner, or one-sided, when the filter above drops the rows it adds.",
	Apply: func(_ *ruleContext, n plan.Node) plan.Node {
		f, ok := n.(*plan.Filter)
		if !ok {
			return n
		}
		j, ok := f.Input.(*plan.Join)
		if !ok {
			return n
		}
		wl := width(j.L)
		noL, noR := false, false // rows with a NULL side are dropped
		for _, c := range plan.Conjuncts(f.Pred) {
			noL = noL || rejectsNull(c, func(i int) bool { return i < wl })
			noR = noR || rejectsNull(c, func(i int) bool { return i >= wl })
		}
		kind := strengthen(j.Kind, noL, noR)
		if kind == j.Kind {
			return n
		}
		c := *j
		c.Kind = kind
		c.Out = joinSchema(kind, j.L.Schema(), j.R.Schema())
		return &plan.Filter{Input: &c, Pred: f.Pred}
	},
}

// strengthen is the kind of join left when rows whose left (noL) or right (noR) side
// is all NULL do not count.
func strengthen(kind plan.JoinKind, noL, noR bool) plan.JoinKind {
	switch {
	case kind == plan.Left && noR, kind == plan.Right && noL, kind == plan.Full && noL && noR:
		return plan.Inner
	case kind == plan.Full && noR:
		return plan.Right
	case kind == plan.Full && noL:
		return plan.Left
	}
	return kind
}

// rejectsNull reports whether e is never true when all columns in are NULL.
func rejectsNull(e plan.Expr, in func(int) bool) bool {
	switch e := e.(type) {
	case *plan.Logic:
		return logicRejects(e, in)
	case *plan.IsNull:
		return e.Not && nullWith(e.X, in)
	}
	return nullWith(e, in)
}

func logicRejects(e *plan.Logic, in func(int) bool) bool {
	switch e.Op {
	case plan.Not:
		return nullWith(e.Args[0], in)
	case plan.And:
		for _, a := range e.Args {
			if rejectsNull(a, in) {
				return true
			}
		}
		return false
	}
	for _, a := range e.Args {
		if !rejectsNull(a, in) {
			return false
		}
	}
	return true
}

// nullWith reports whether e is NULL when all columns in are.
func nullWith(e plan.Expr, in func(int) bool) bool {
	switch e := e.(type) {
	case *plan.Col:
		return in(e.Index)
	case *plan.Cast:
		return nullWith(e.X, in)
	case *plan.Call:
		if e.Func.NotStrict {
			return false
		}
		for _, a := range e.Args {
			if nullWith(a, in) {
				return true
			}
		}
	case *plan.Coalesce:
		for _, a := range e.Args {
			if !nullWith(a, in) {
				return false
			}
		}
		return true
	}
	return false
}
