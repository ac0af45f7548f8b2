package planner

import "millrace/planner/plan"

// Rule is one rewriting of plans. It must keep the result, for every input and for a
// continuous query at every moment.
type Rule struct {
	Name string
	// Doc says what it does in one sentence.
	Doc string
	// Apply returns n, or another node for it. The inputs of n have been rewritten.
	// Rules on whole trees have Tree instead.
	Apply func(x *ruleContext, n plan.Node) plan.Node
	// Tree rewrites the tree from its root.
	Tree func(x *ruleContext, root plan.Node) plan.Node
	// PullOnly rules serve queries that run once.
	PullOnly bool
	// Late rules come when the others have settled, together with those that tidy up
	// after them (Tidy): the way to read a table is chosen when all filters have arrived.
	Late, Tidy bool
}

// ruleContext is what rules may ask.
type ruleContext struct {
	b *binder
}

// Rules is all rules in the order in which they are tried.
func Rules() []Rule {
	return []Rule{
		foldConstants, mergeFilters, outerToInner, extractJoinKeys, inferKeyConstants,
		pushFilterThroughProject, pushFilterBelowJoin, pushFilterBelowAggregate, pushFilterBelowUnion,
		pushFilterBelowDistinct, pushFilterBelowOver, orderJoins, rankToTopN, removeDistinct, removeMaxOneRow, pruneEmpty, eliminateLimit,
		splitInList, useIndex, lookupJoin, mergeProjects, removeIdentity, pruneColumns,
	}
}

// maxRounds bounds the repetition of the rules; plans settle in two to five rounds.
const maxRounds = 20

// optimize applies the rules until nothing changes.
func (b *binder) optimize(n plan.Node) plan.Node {
	checkFinished(n)
	if !b.o.NoOptimize {
		n = b.settle(n, func(r Rule) bool { return !r.Late })
		n = b.settle(n, func(r Rule) bool { return r.Late || r.Tidy })
	}
	if b.continuous {
		n = b.temporal(n)
	}
	return markAppendOnly(n)
}

// settle applies some of the rules until nothing changes.
func (b *binder) settle(n plan.Node, some func(Rule) bool) plan.Node {
	x := &ruleContext{b: b}
	for range maxRounds {
		before := n
		for _, r := range Rules() {
			if b.o.DisableRules[r.Name] || r.PullOnly && b.continuous || !some(r) {
				continue
			}
			n = b.applyRule(x, r, n)
		}
		if n == before {
			break
		}
	}
	return n
}

func (b *binder) applyRule(x *ruleContext, r Rule, n plan.Node) plan.Node {
	var out plan.Node
	if r.Tree != nil {
		out = r.Tree(x, n)
	} else {
		out = plan.Rewrite(n, func(n plan.Node) plan.Node { return r.Apply(x, n) })
	}
	if out != n && b.o.OnRule != nil {
		b.o.OnRule(r.Name)
	}
	return out
}

// sharedNodes are the nodes with more than one reader.
func sharedNodes(n plan.Node) map[plan.Node]bool {
	seen := map[plan.Node]bool{}
	shared := map[plan.Node]bool{}
	plan.Walk(n, func(n plan.Node) bool {
		if seen[n] {
			shared[n] = true
			return false
		}
		seen[n] = true
		return true
	})
	return shared
}

// markSlices tells overlapping windows which columns their reader needs.
func markSlices(n plan.Node) plan.Node {
	return plan.Rewrite(n, func(n plan.Node) plan.Node {
		if len(n.Inputs()) != 1 {
			return n
		}
		w, ok := n.Inputs()[0].(*plan.TimeWindow)
		if !ok || w.Slice != nil {
			return n
		}
		need := make([]bool, width(w))
		switch n := n.(type) {
		case *plan.Project:
			need = withCols(need, n.Exprs...)
		case *plan.Aggregate:
			if n.Time != nil { // which rows are late depends on each one
				return n
			}
			for _, c := range n.Keys {
				need[c] = true
			}
			for i := range n.Aggs {
				markAgg(&n.Aggs[i], need)
			}
		default:
			return n
		}
		c := *w
		c.Slice = []int{}
		for i := range width(w.Input) {
			if need[i] {
				c.Slice = append(c.Slice, i)
			}
		}
		read := false
		plan.ColsOf(w.Time, func(i int) { read = read || need[i] })
		if read {
			return n
		}
		return plan.WithInputs(n, []plan.Node{&c})
	})
}

// markAppendOnly tells the aggregates, joins and sorts whose input never retracts.
func markAppendOnly(n plan.Node) plan.Node {
	return plan.Rewrite(n, func(n plan.Node) plan.Node {
		switch n := n.(type) {
		case *plan.Aggregate:
			if !n.AppendOnly && AppendOnly(n.Input) {
				c := *n
				c.AppendOnly = true
				return &c
			}
		case *plan.Join:
			if only := [2]bool{AppendOnly(n.L), AppendOnly(n.R)}; only != n.AppendOnly {
				c := *n
				c.AppendOnly = only
				return &c
			}
		case *plan.Sort:
			if !n.AppendOnly && AppendOnly(n.Input) {
				c := *n
				c.AppendOnly = true
				return &c
			}
		}
		return n
	})
}
