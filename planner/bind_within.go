package planner

import (
	"fmt"

	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// withinTime binds WITHIN of a join: conditions on the event times of both sides, which
// are event times again in the result.
type withinTime struct {
	conds []plan.Expr
	time  *plan.JoinTime
}

func (l *level) within(j *sql.Join, a, b *fromItem) *withinTime {
	w := j.Within
	switch {
	case j.Kind == sql.JoinCross || j.Natural || j.Asof:
		unsupported(w.Pos, "WITHIN is supported with JOIN ... ON or USING only")
	case treeRefersTo(b.node, l):
		unsupported(w.Pos, "WITHIN with a lateral right side is not supported")
	}
	lt, rt := l.withinColumn(w, a, "left"), l.withinColumn(w, b, "right")
	if !lt.T.Same(rt.T) {
		fail(w.Pos, pgerr.DatatypeMismatch, "the event times of a join WITHIN are of different types: %s and %s", lt.T, rt.T)
	}
	rt = &plan.Col{Index: rt.Index + width(a.node), T: rt.T}
	out := &withinTime{time: &plan.JoinTime{Within: true}}
	out.conds = []plan.Expr{
		binaryCall(">=", rt, binaryCall("-", lt, spanConst(w.Before))),
		binaryCall("<=", rt, binaryCall("+", lt, spanConst(w.After))),
	}
	if w.Grace != nil {
		out.time.Grace = withinMicros(*w.Grace)
	} else if l.b.continuous {
		l.b.notices = append(l.b.notices, "WITHIN without GRACE PERIOD: rows behind the watermark have no match")
	}
	return out
}

// withinColumn is the event time of one side.
func (l *level) withinColumn(w *sql.Within, item *fromItem, name string) *plan.Col {
	ts := eventTimes(item.node)
	if len(ts) == 0 || l.b.continuous && !AppendOnly(item.node) {
		raise(w.Pos, pgerr.Newf(pgerr.FeatureNotSupported, "the %s side of a join WITHIN must be a stream with its event time", name).
			WithHint("A sub-query must hand on the column with the event time, or rowtime."))
	}
	best := ts[0]
	for _, t := range ts[1:] {
		if t.lag < best.lag {
			best = t
		}
	}
	return colOf(item.node, best.col)
}

// withinMicros is the length of a span of WITHIN in microseconds.
func withinMicros(s sql.Span) int64 {
	v := spanInterval(s)
	if v.Months != 0 {
		fail(s.Pos, pgerr.InvalidParameterValue, "a join WITHIN cannot be over months or years, whose lengths vary")
	}
	return int64(v.Days)*microsPerDay + v.Micros
}

func spanConst(s sql.Span) plan.Expr {
	text := fmt.Sprintf("%d microseconds", withinMicros(s))
	d, err := types.ParseText(types.Interval, text, nil)
	check(s.Pos, err)
	return &plan.Const{Value: d, T: types.Interval}
}
