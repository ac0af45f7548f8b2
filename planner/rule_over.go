package planner

import (
	"slices"
	"strings"

	"millrace/planner/plan"
	"millrace/sql/builtin"
	"millrace/sql/types"
)

var rankToTopN = Rule{
	Name: "RankToTopN",
	Doc: "Keeps the first rows of each partition only, where a filter on row_number() or rank() " +
		"lets no others pass.",
	Apply: func(_ *ruleContext, n plan.Node) plan.Node {
		f, ok := n.(*plan.Filter)
		if !ok {
			return n
		}
		over, ok := f.Input.(*plan.Over)
		if !ok || !looksBack(over) || isTopN(over.Input) {
			return n
		}
		for i, c := range plan.Conjuncts(f.Pred) {
			if top, ok := rankLimit(over, c); ok {
				return cutAbove(f, over, i, top)
			}
		}
		return n
	},
}

// topLimit is the rows that a condition on a rank lets pass.
type topLimit struct {
	rows     int64
	withTies bool
	// exact: the condition does nothing else, so that it need not be tested again.
	exact bool
}

// looksBack reports whether the results of a row depend on the rows before it and its
// own peers' number only, so that the rows behind a cut do not matter.
func looksBack(n *plan.Over) bool {
	for i := range n.Calls {
		c := &n.Calls[i]
		if c.Func == nil || c.Func.Sight != builtin.SeesBefore {
			return false
		}
	}
	return true
}

func isTopN(n plan.Node) bool {
	s, ok := n.(*plan.Sort)
	return ok && s.Limit != nil
}

// rankLimit reads a conjunct as rank <= constant.
func rankLimit(over *plan.Over, c plan.Expr) (topLimit, bool) {
	call, ok := c.(*plan.Call)
	if !ok || len(call.Args) != 2 {
		return topLimit{}, false
	}
	op, x, y := call.Func.Name, call.Args[0], call.Args[1]
	if _, isConst := x.(*plan.Const); isConst {
		x, y = y, x
		op = strings.NewReplacer("<", ">", ">", "<").Replace(op)
	}
	column, ok := x.(*plan.Col)
	k, isConst := y.(*plan.Const)
	if !ok || !isConst || !k.Value.Set || !k.T.IsInteger() || column.Index < width(over.Input) {
		return topLimit{}, false
	}
	top := topLimit{rows: k.Value.I, exact: true}
	switch op {
	case "<=":
	case "<":
		top.rows--
	case "=":
		top.exact = top.rows == 1 // no rank is below 1
	default:
		return topLimit{}, false
	}
	switch over.Calls[column.Index-width(over.Input)].Func.Name {
	case "row_number":
	case "rank":
		if over.Unordered { // every row is the first
			return topLimit{}, false
		}
		top.withTies = true
	default:
		return topLimit{}, false
	}
	return top, top.rows > 0
}

// cutAbove puts the Top-N below the window functions, which number what is left as
// before; conjunct i of the filter has done its work.
func cutAbove(f *plan.Filter, over *plan.Over, i int, top topLimit) plan.Node {
	cut := &plan.Sort{
		Input: over.Input, Keys: over.Order, Limit: int8Const(top.rows), WithTies: top.withTies,
		Partition: over.Partition,
	}
	rest := plan.Conjuncts(f.Pred)
	if top.exact {
		rest = slices.Delete(slices.Clone(rest), i, i+1)
	}
	return filter(plan.WithInputs(over, []plan.Node{cut}), rest...)
}

var pushFilterBelowOver = Rule{
	Name: "PushFilterBelowOver",
	Doc:  "Moves conditions on PARTITION BY columns below the window functions.",
	Apply: func(_ *ruleContext, n plan.Node) plan.Node {
		f, ok := n.(*plan.Filter)
		if !ok || isVolatile(f.Pred) {
			return n
		}
		over, ok := f.Input.(*plan.Over)
		if !ok {
			return n
		}
		return pushBelow(f, over, func(c plan.Expr) bool { return readsAmong(c, over.Partition) })
	},
}

// over drops the calls that nobody reads. The columns that decide between rows which
// ORDER BY leaves equal may go with them: which of them comes first is open anyway.
func (p *pruner) over(n *plan.Over, need []bool) (plan.Node, []int) {
	w := width(n.Input)
	inNeed := append([]bool(nil), need[:w]...)
	var calls []int
	for i := range n.Calls {
		if need[w+i] {
			calls = append(calls, i)
			markCall(&n.Calls[i], inNeed)
		}
	}
	if len(calls) == 0 {
		in, at := p.prune(n.Input, need[:w:w])
		return in, append(at, missing(len(n.Calls))...)
	}
	for _, k := range n.Partition {
		inNeed[k] = true
	}
	for _, k := range n.Order {
		inNeed[k.Col] = true
	}
	in, inAt := p.prune(n.Input, inNeed)
	if in == n.Input && len(calls) == len(n.Calls) {
		return n, positions(width(n))
	}
	c := *n
	c.Input, c.Partition, c.Order, c.Calls = in, movedInts(n.Partition, inAt), movedKeys(n.Order, inAt), nil
	c.Out = append(types.Schema(nil), in.Schema()...)
	at := append(append([]int(nil), inAt...), missing(len(n.Calls))...)
	for _, i := range calls {
		at[w+i] = len(c.Out)
		c.Calls = append(c.Calls, movedCall(n.Calls[i], inAt))
		c.Out = append(c.Out, n.Out[w+i])
	}
	return &c, at
}

// missing is the positions of n columns that are gone.
func missing(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = -1
	}
	return out
}

func markCall(c *plan.WindowCall, need []bool) {
	for _, a := range c.Args {
		need[a] = true
	}
	if c.Filter >= 0 {
		need[c.Filter] = true
	}
}

func movedCall(c plan.WindowCall, at []int) plan.WindowCall {
	c.Args = movedInts(c.Args, at)
	if c.Filter >= 0 {
		c.Filter = at[c.Filter]
	}
	return c
}

// pushOver computes window functions for each domain value apart.
func (d *domain) pushOver(n *plan.Over) plan.Node {
	in := d.push(n.Input)
	w, wd := width(n.Input), len(d.refs)
	c := *n
	c.Input = in
	c.Partition = append(append([]int(nil), n.Partition...), positions(w + wd)[w:]...)
	c.Out = append(append(types.Schema(nil), in.Schema()...), n.Out[w:]...)
	all := identity(&c)
	outs := append(all[:w:w], all[w+wd:]...)
	return project(&c, append(outs, all[w:w+wd]...))
}

// overText is the calls of an Over for EXPLAIN.
func overText(n *plan.Over) string {
	name := namer(n.Input)
	parts := make([]string, len(n.Calls))
	for i := range n.Calls {
		c := &n.Calls[i]
		args := namesAt(n.Input, c.Args)
		if c.Agg != nil && len(c.Args) == 0 {
			args = "*"
		}
		parts[i] = c.Name() + "(" + args + ")"
		if c.Filter >= 0 {
			parts[i] += " FILTER (WHERE " + name(c.Filter) + ")"
		}
		parts[i] += frameText(c)
	}
	return strings.Join(parts, ", ")
}

// frameText is the frame of a call where it matters and is not the default.
func frameText(c *plan.WindowCall) string {
	f := c.Frame
	if f == builtin.DefaultFrame || c.Func != nil && c.Func.Sight != builtin.SeesFrame {
		return ""
	}
	bound := func(b builtin.FrameBound, offset plan.Expr) string {
		text := [...]string{"UNBOUNDED PRECEDING", " PRECEDING", "CURRENT ROW", " FOLLOWING", "UNBOUNDED FOLLOWING"}[b]
		if b.HasOffset() {
			text = plan.FormatExpr(offset, nil) + text
		}
		return text
	}
	text := " " + [...]string{"RANGE", "ROWS", "GROUPS"}[f.Mode] + " BETWEEN " + bound(f.Start, c.StartOffset) +
		" AND " + bound(f.End, c.EndOffset)
	if f.Exclude != builtin.ExcludeNothing {
		text += " EXCLUDE " + [...]string{"NO OTHERS", "CURRENT ROW", "GROUP", "TIES"}[f.Exclude]
	}
	return text
}
