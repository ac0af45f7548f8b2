package planner

import (
	"slices"

	"millrace/catalog"
	"millrace/planner/plan"
	"millrace/sql/builtin"
	"millrace/sql/types"
)

// eventTime says of a column that rows to come have column + lag > watermark, but for
// rows that are late; lag is in microseconds. Retractions and changes of rows count as
// rows to come.
type eventTime struct {
	col int
	lag int64
}

// eventTimes are the event-time columns of n as a continuous query. The watermark is the
// one that the executor carries to n: the least of its streams'.
func eventTimes(n plan.Node) []eventTime {
	switch n := n.(type) {
	case *plan.Scan:
		return scanTimes(n)
	case *plan.Filter, *plan.Distinct, *plan.TableFunc:
		return eventTimes(n.Inputs()[0])
	case *plan.Project:
		return projectTimes(n)
	case *plan.TimeWindow:
		return windowTimes(n)
	case *plan.Session:
		return sessionTimes(n)
	case *plan.SessionAggregate:
		return sessionAggregateTimes(n)
	case *plan.Aggregate:
		return aggregateTimes(n)
	case *plan.Union:
		return unionTimes(n)
	case *plan.Join:
		return joinTimes(n)
	}
	return nil
}

// timeColumnOf is the event time of a stream: its watermark column, else rowtime.
func timeColumnOf(o *catalog.Object) int {
	if o.Watermark.Set {
		return o.Watermark.Column
	}
	return len(o.Columns)
}

// scanTimes: no row to come is before the watermark, so one microsecond more is past it.
func scanTimes(n *plan.Scan) []eventTime {
	if n.Object.Kind != catalog.KindStream {
		return nil
	}
	var out []eventTime
	for i, c := range n.Cols {
		if c == timeColumnOf(n.Object) {
			out = append(out, eventTime{col: i, lag: 1})
		}
	}
	return out
}

func projectTimes(n *plan.Project) []eventTime {
	in := eventTimes(n.Input)
	if len(in) == 0 {
		return nil
	}
	var out []eventTime
	for i, x := range n.Exprs {
		if lag, ok := exprLag(x, in); ok {
			out = append(out, eventTime{col: i, lag: lag})
		}
	}
	return out
}

// exprLag is the lag of an expression that grows with one event-time column.
func exprLag(x plan.Expr, in []eventTime) (int64, bool) {
	switch x := x.(type) {
	case *plan.Col:
		i := slices.IndexFunc(in, func(t eventTime) bool { return t.col == x.Index })
		if i < 0 {
			return 0, false
		}
		return in[i].lag, true
	case *plan.Call:
		if len(x.Args) < 2 {
			return 0, false
		}
		return callLag(x, in)
	}
	return 0, false
}

// callLag knows the functions that keep the order of times.
func callLag(x *plan.Call, in []eventTime) (int64, bool) {
	switch x.Func.Name {
	case "tumble_start", "tumble_end":
		lag, ok := exprLag(x.Args[0], in)
		size, known := tumbleSize(x)
		if !ok || !known {
			return 0, false
		}
		if x.Func.Name == "tumble_end" {
			return lag - 1, true
		}
		return lag - 1 + size, true
	case "date_trunc":
		unit, ok := x.Args[0].(*plan.Const)
		if len(x.Args) != 2 || !ok {
			return 0, false
		}
		lag, ok := exprLag(x.Args[1], in)
		size, known := truncSize[unit.Value.S]
		return lag - 1 + size, ok && known
	case "+", "-":
		lag, ok := exprLag(x.Args[0], in)
		c, isConst := x.Args[1].(*plan.Const)
		if !ok || !isConst || !c.Value.Set || c.T.Kind != types.KindInterval {
			return 0, false
		}
		v := types.DecodeInterval([]byte(c.Value.S))
		if v.Months != 0 || v.Days != 0 && x.T.Kind == types.KindTimestamptz {
			return 0, false
		}
		by := int64(v.Days)*microsPerDay + v.Micros
		if x.Func.Name == "-" {
			by = -by
		}
		return lag - by, true
	}
	return 0, false
}

const microsPerDay = 86_400_000_000

// truncSize is how long the units of date_trunc are at most, a change of clocks included.
var truncSize = map[string]int64{
	"microseconds": 1, "milliseconds": 1000, "second": 1_000_000, "minute": 60_000_000,
	"hour": 3_600_000_000, "day": microsPerDay, "week": 7 * microsPerDay, "month": 31 * microsPerDay,
	"quarter": 92 * microsPerDay, "year": 366 * microsPerDay,
}

// tumbleSize is the longest window of a call of tumble_start or tumble_end.
func tumbleSize(x *plan.Call) (int64, bool) {
	var s builtin.WindowSpec
	for i, a := range x.Args[1:] {
		c, ok := a.(*plan.Const)
		if !ok || !c.Value.Set {
			return 0, false
		}
		switch i {
		case 0:
			s.Size = types.DecodeInterval([]byte(c.Value.S))
		case 1:
			s.Offset = types.DecodeInterval([]byte(c.Value.S))
		case 2:
			s.Zone = c.Value.S
		}
	}
	w, err := builtin.NewTimeWindows(s)
	if err != nil {
		return 0, false
	}
	return w.MaxSize(), true
}

func windowTimes(n *plan.TimeWindow) []eventTime {
	in := eventTimes(n.Input)
	out := append([]eventTime(nil), in...)
	w, err := builtin.NewTimeWindows(n.Spec)
	if lag, ok := exprLag(n.Time, in); ok && err == nil {
		at := width(n.Input)
		out = append(out, eventTime{col: at, lag: lag - 1 + w.MaxSize()}, eventTime{col: at + 1, lag: lag - 1})
	}
	return out
}

// aggregateTimes: a group changes only when a row of it comes. Groups that wait for
// their end come that much later.
func aggregateTimes(n *plan.Aggregate) []eventTime {
	var out []eventTime
	in := eventTimes(n.Input)
	wait := int64(0)
	if n.Time != nil && n.Time.Final {
		wait = n.Time.Close - lagOf(in, n.Keys[n.Time.Key])
	}
	for i, k := range n.Keys {
		for _, t := range in {
			if t.col == k {
				out = append(out, eventTime{col: i, lag: t.lag + wait})
			}
		}
	}
	return out
}

func lagOf(ts []eventTime, col int) int64 {
	for _, t := range ts {
		if t.col == col {
			return t.lag
		}
	}
	return 0
}

// unionTimes are the columns that are event time in all inputs.
func unionTimes(n *plan.Union) []eventTime {
	var out []eventTime
	for i, in := range n.Ins {
		ts := eventTimes(in)
		if i == 0 {
			out = append(out, ts...)
			continue
		}
		out = slices.DeleteFunc(out, func(t eventTime) bool {
			return !slices.ContainsFunc(ts, func(u eventTime) bool { return u.col == t.col })
		})
		for j := range out {
			out[j].lag = max(out[j].lag, lagOf(ts, out[j].col))
		}
	}
	return out
}

// joinTimes: a row of a join on equal event times comes, changes and goes only when one
// of its two rows does.
func joinTimes(n *plan.Join) []eventTime {
	if t := joinBounds(n); t != nil {
		return boundTimes(n, t)
	}
	l, r := eventTimes(n.L), eventTimes(n.R)
	both := n.Kind == plan.Inner || n.Kind == plan.Left || n.Kind == plan.Right || n.Kind == plan.Full
	var out []eventTime
	for i, k := range n.LKeys {
		lt := slices.IndexFunc(l, func(t eventTime) bool { return t.col == k })
		rt := slices.IndexFunc(r, func(t eventTime) bool { return t.col == n.RKeys[i] })
		if lt < 0 || rt < 0 {
			continue
		}
		lag := max(l[lt].lag, r[rt].lag)
		out = append(out, eventTime{col: k, lag: lag})
		if both {
			out = append(out, eventTime{col: width(n.L) + n.RKeys[i], lag: lag})
		}
	}
	return out
}
