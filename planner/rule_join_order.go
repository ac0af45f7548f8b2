package planner

import "millrace/planner/plan"

var orderJoins = Rule{
	Name: "OrderJoins",
	Doc:  "Joins tables in an order in which equalities connect them, where the written order makes all pairs of rows.",
	Apply: func(_ *ruleContext, n plan.Node) plan.Node {
		if !isPlainJoin(n) {
			return n
		}
		t := &joinTree{}
		outs := t.add(n)
		if t.crosses == 0 || len(t.leaves) < 3 {
			return n
		}
		for _, c := range t.conds {
			if isVolatile(c) {
				return n
			}
		}
		joined, crosses := t.order()
		if crosses >= min(t.crosses, t.written()) {
			return n
		}
		exprs := make([]plan.Expr, len(outs))
		for i, g := range outs {
			exprs[i] = colOf(joined.node, joined.at[g])
		}
		return projectAs(joined.node, exprs, schemaNames(n.Schema()))
	},
	// A continuous query keeps the order in which it was written: its state depends on it.
	PullOnly: true,
}

// joinTree is a tree of inner joins, taken apart. Columns are counted through all leaves
// in the order in which they were found.
type joinTree struct {
	leaves  []plan.Node
	first   []int // the first column of each leaf
	width   int
	conds   []plan.Expr
	crosses int // joins without an equality
}

func isPlainJoin(n plan.Node) bool {
	j, ok := n.(*plan.Join)
	return ok && j.Kind == plan.Inner && !j.NullAware && !j.Temporal && j.Lookup == nil
}

// add takes n apart and returns which column of the tree each of its columns is.
func (t *joinTree) add(n plan.Node) []int {
	switch n := n.(type) {
	case *plan.Join:
		if !isPlainJoin(n) {
			break
		}
		cols := append(t.add(n.L), t.add(n.R)...)
		t.keep(joinConds(n), cols)
		if len(n.LKeys) == 0 {
			t.crosses++
		}
		return cols
	case *plan.Filter:
		if isPlainJoin(n.Input) {
			cols := t.add(n.Input)
			t.keep(plan.Conjuncts(n.Pred), cols)
			return cols
		}
	case *plan.Project:
		if isPlainJoin(n.Input) && onlyColumns(n.Exprs) {
			cols := t.add(n.Input)
			out := make([]int, len(n.Exprs))
			for i, e := range n.Exprs {
				out[i] = cols[e.(*plan.Col).Index]
			}
			return out
		}
	}
	t.leaves, t.first = append(t.leaves, n), append(t.first, t.width)
	cols := positions(t.width + width(n))[t.width:]
	t.width += width(n)
	return cols
}

func onlyColumns(es []plan.Expr) bool {
	for _, e := range es {
		if _, ok := e.(*plan.Col); !ok {
			return false
		}
	}
	return true
}

func (t *joinTree) keep(conds []plan.Expr, cols []int) {
	for _, c := range conds {
		t.conds = append(t.conds, plan.MapCols(c, func(i int) int { return cols[i] }))
	}
}

// joinedLeaves is what has been joined so far.
type joinedLeaves struct {
	node plan.Node
	at   map[int]int // where a column of the tree is in node
}

// order joins the leaves again: it begins with one that a constant picks rows of, and
// goes on with those that an equality connects, in the written order.
func (t *joinTree) order() (joined joinedLeaves, crosses int) {
	done := make([]bool, len(t.leaves))
	used := make([]bool, len(t.conds))
	for range t.leaves {
		next, connected := t.next(joined, done)
		if joined.node != nil && !connected {
			crosses++
		}
		done[next] = true
		t.join(&joined, next, used)
	}
	return joined, crosses
}

// written counts the joins without an equality in the written order, all conditions
// being where they can be.
func (t *joinTree) written() (crosses int) {
	joined := joinedLeaves{at: map[int]int{}}
	for leaf, n := range t.leaves {
		if leaf > 0 && !t.connects(joined, leaf) {
			crosses++
		}
		w := len(joined.at)
		for i := range width(n) {
			joined.at[t.first[leaf]+i] = w + i
		}
	}
	return crosses
}

// next chooses a leaf: connected before not, picked by a constant before not.
func (t *joinTree) next(joined joinedLeaves, done []bool) (leaf int, connected bool) {
	best := -1
	for i := range t.leaves {
		if done[i] {
			continue
		}
		score := 0
		if t.connects(joined, i) {
			score += 2
		}
		if isPicked(t.leaves[i]) {
			score++
		}
		if score > best {
			best, leaf = score, i
		}
	}
	return leaf, best >= 2
}

// connects reports whether an equality has one side over the leaf and the other over
// what is joined.
func (t *joinTree) connects(joined joinedLeaves, leaf int) bool {
	for _, c := range t.conds {
		mapped, ok := t.place(c, joined, leaf)
		if !ok {
			continue
		}
		if _, ok := splitKey(mapped, len(joined.at)); ok {
			return true
		}
	}
	return false
}

// place writes a condition over the columns of what is joined followed by those of the
// leaf; ok is false when it reads others.
func (t *joinTree) place(c plan.Expr, joined joinedLeaves, leaf int) (out plan.Expr, ok bool) {
	ok = true
	first, end := t.first[leaf], t.first[leaf]+width(t.leaves[leaf])
	out = plan.MapCols(c, func(g int) int {
		if at, found := joined.at[g]; found {
			return at
		}
		ok = ok && g >= first && g < end
		return len(joined.at) + g - first
	})
	return out, ok
}

// join adds a leaf with all conditions that can be checked from then on.
func (t *joinTree) join(joined *joinedLeaves, leaf int, used []bool) {
	var conds []plan.Expr
	for i, c := range t.conds {
		if mapped, ok := t.place(c, *joined, leaf); ok && !used[i] {
			conds, used[i] = append(conds, mapped), true
		}
	}
	n, w := t.leaves[leaf], len(joined.at)
	if joined.node == nil {
		joined.node, joined.at = filter(n, conds...), map[int]int{}
	} else {
		joined.node = newJoin(joinSpec{kind: plan.Inner}, joined.node, n, conds)
	}
	for i := range width(n) {
		joined.at[t.first[leaf]+i] = w + i
	}
}

// isPicked reports whether a filter compares a column of n with a constant.
func isPicked(n plan.Node) bool {
	f, ok := n.(*plan.Filter)
	if !ok {
		return false
	}
	for _, c := range plan.Conjuncts(f.Pred) {
		call, ok := c.(*plan.Call)
		if !ok || call.Func.Name != "=" {
			continue
		}
		for _, a := range call.Args {
			if _, ok := a.(*plan.Const); ok {
				return true
			}
		}
	}
	return false
}
