package planner

import (
	"math"

	"millrace/catalog"
	"millrace/planner/plan"
	"millrace/sql/types"
)

// boundJoins finds the joins whose state event time bounds: both sides are only added
// to, and the condition holds their event times together.
func boundJoins(n plan.Node) plan.Node {
	return plan.Rewrite(n, func(n plan.Node) plan.Node {
		j, ok := n.(*plan.Join)
		if !ok {
			return n
		}
		t := joinBounds(j)
		if t == nil {
			return n
		}
		c := *j
		c.Time = t
		return &c
	})
}

// joinBounds is what is known of a join's event times; nil if they do not bound it.
func joinBounds(n *plan.Join) *plan.JoinTime {
	if n.Kind > plan.Full || n.Temporal || !AppendOnly(n.L) || !AppendOnly(n.R) ||
		n.Time == nil && !(declaresTime(n.L) && declaresTime(n.R)) {
		return nil
	}
	ls, rs := eventTimes(n.L), eventTimes(n.R)
	var best *plan.JoinTime
	for _, l := range ls {
		for _, r := range rs {
			low, high, ok := timeRange(n, l.col, r.col)
			if !ok || best != nil && high-low >= best.High-best.Low {
				continue
			}
			best = &plan.JoinTime{Bounded: true, LTime: l.col, RTime: r.col, Low: low, High: high, LLag: l.lag, RLag: r.lag}
		}
	}
	if best != nil && n.Time != nil {
		best.Within, best.Grace = n.Time.Within, n.Time.Grace
		best.LLag += best.Grace
		best.RLag += best.Grace
	}
	return best
}

// declaresTime reports whether all streams below n have a declared watermark. Without
// one, rows that come late must still find their matches where nobody wrote WITHIN.
func declaresTime(n plan.Node) bool {
	all := true
	plan.Walk(n, func(n plan.Node) bool {
		s, ok := n.(*plan.Scan)
		all = all && (!ok || s.Object.Kind != catalog.KindStream || s.Object.Watermark.Set)
		return all
	})
	return all
}

// timeRange is how far column r of the right side is from column l of the left one in
// every pair, in microseconds.
func timeRange(n *plan.Join, l, r int) (low, high int64, ok bool) {
	for i, k := range n.LKeys {
		if k == l && n.RKeys[i] == r && (n.NullSafe == nil || !n.NullSafe[i]) {
			return 0, 0, true
		}
	}
	wl := width(n.L)
	low, high = math.MinInt64, math.MaxInt64
	for _, c := range plan.Conjuncts(n.Residual) {
		lo, hi := conjunctRange(c, l, wl+r)
		low, high = max(low, lo), min(high, hi)
	}
	return low, high, low != math.MinInt64 && high != math.MaxInt64 && low <= high
}

// conjunctRange reads a comparison of two times as bounds of r - l.
func conjunctRange(c plan.Expr, l, r int) (low, high int64) {
	low, high = math.MinInt64, math.MaxInt64
	call, ok := c.(*plan.Call)
	if !ok || len(call.Args) != 2 {
		return low, high
	}
	op := call.Func.Name
	a, p, okA := shiftedTime(call.Args[0])
	b, q, okB := shiftedTime(call.Args[1])
	if !okA || !okB {
		return low, high
	}
	if a == r && b == l {
		a, b, p, q, op = b, a, q, p, mirrored[op]
	}
	if a != l || b != r {
		return low, high
	}
	// l + p op r + q
	d := p - q
	switch op {
	case "<":
		low = d + 1
	case "<=":
		low = d
	case ">":
		high = d - 1
	case ">=":
		high = d
	}
	return low, high
}

// shiftedTime reads a timestamp column with a constant length added or taken away.
func shiftedTime(x plan.Expr) (col int, by int64, ok bool) {
	if k := x.Type().Kind; k != types.KindTimestamp && k != types.KindTimestamptz {
		return 0, 0, false
	}
	switch x := x.(type) {
	case *plan.Col:
		return x.Index, 0, true
	case *plan.Call:
		if len(x.Args) != 2 || x.Func.Name != "+" && x.Func.Name != "-" {
			return 0, 0, false
		}
		c, isConst := x.Args[1].(*plan.Const)
		if !isConst || !c.Value.Set || c.T.Kind != types.KindInterval {
			return 0, 0, false
		}
		v := types.DecodeInterval([]byte(c.Value.S))
		if v.Months != 0 || v.Days != 0 && x.T.Kind == types.KindTimestamptz {
			return 0, 0, false
		}
		n := int64(v.Days)*microsPerDay + v.Micros
		if x.Func.Name == "-" {
			n = -n
		}
		col, by, ok = shiftedTime(x.Args[0])
		return col, by + n, ok
	}
	return 0, 0, false
}

// boundTimes are the event times of a join that is bounded: a pair comes with the later
// of its rows, and a row without a match when none can come.
func boundTimes(n *plan.Join, t *plan.JoinTime) []eventTime {
	var out []eventTime
	if n.Kind == plan.Inner || n.Kind == plan.Left {
		out = append(out, eventTime{col: t.LTime, lag: max(t.LLag, t.High+t.RLag)})
	}
	if n.Kind == plan.Inner || n.Kind == plan.Right {
		out = append(out, eventTime{col: width(n.L) + t.RTime, lag: max(t.RLag, t.LLag-t.Low)})
	}
	return out
}

// joinTimeText is the bound for EXPLAIN.
func joinTimeText(n *plan.Join) string {
	t := n.Time
	if t == nil || !t.Bounded {
		return ""
	}
	span := func(n int64) string {
		d := types.IntervalValue{Micros: n}.Datum()
		return string(types.AppendText(nil, types.Interval, d.I, []byte(d.S), nil))
	}
	return namer(n.R)(t.RTime) + " - " + namer(n.L)(t.LTime) + " in [" + span(t.Low) + ", " + span(t.High) + "]"
}
