package planner

import (
	"slices"

	"millrace/catalog"
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// boundTimes is the last pass over a continuous query: it gives aggregates over windows
// of event time the moment at which their groups end. With EMIT FINAL all such aggregates
// give their groups only then.
func (b *binder) boundTimes(n plan.Node, final bool, pos sql.Pos) plan.Node {
	found := false
	n = plan.Rewrite(n, func(n plan.Node) plan.Node {
		a, ok := n.(*plan.Aggregate)
		if !ok {
			return n
		}
		out := b.boundAggregate(a, final)
		found = found || out.Time != nil && out.Time.Final
		return fuseSessions(out)
	})
	if !final {
		return n
	}
	if !found || !AppendOnly(n) {
		raise(pos, pgerr.New(pgerr.FeatureNotSupported, "EMIT FINAL needs GROUP BY over windows of event time").
			WithHint("Group by window_end of TUMBLE, HOP or CUMULATE over the time column of a stream, or use a WINDOW clause."))
	}
	return markAppendOnly(n)
}

func (b *binder) boundAggregate(a *plan.Aggregate, final bool) *plan.Aggregate {
	given := plan.AggTime{Grace: -1, Retention: -1}
	if a.Time != nil {
		given = *a.Time
	}
	if !final && given.Grace < 0 && given.Retention < 0 {
		return a
	}
	key, lag := endKey(a)
	if key < 0 {
		return a
	}
	if final && a.Time != nil && given.Grace < 0 {
		b.notices = append(b.notices, "EMIT FINAL without GRACE PERIOD leaves out rows that come after the end of their window")
	}
	c := *a
	t := given
	t.Bounded, t.Key, t.Final = true, key, final
	t.Late = lag + max(given.Grace, 0)
	t.Close = t.Late
	if !final && given.Retention >= 0 {
		t.Close, t.Retract = lag+given.Retention, true
		if given.Grace < 0 {
			t.Late = t.Close
		}
	}
	c.Input, t.RowWatermark = withRowWatermark(a.Input)
	if s := sessionUnder(a.Input); s != nil {
		c.Input = boundSession(a.Input, t.Late+s.Gap-endLag(s.Gap, s.Inclusive))
	}
	c.Time = &t
	return &c
}

// endKey is the group key by which groups end first.
func endKey(a *plan.Aggregate) (key int, lag int64) {
	key = -1
	for _, t := range eventTimes(a.Input) {
		i := slices.Index(a.Keys, t.col)
		if i >= 0 && (key < 0 || t.lag < lag) {
			key, lag = i, t.lag
		}
	}
	return key, lag
}

// withRowWatermark appends the watermark of each row's partition to the columns of n;
// -1 where the rows are not those of one stream any more.
func withRowWatermark(n plan.Node) (plan.Node, int) {
	if at := rowWatermarkOf(n); at < 0 {
		return n, -1
	}
	w := width(n)
	out := addRowWatermark(n)
	return out, w
}

// rowWatermarkOf is 0 where each row of n stems from one row of a stream, else -1.
func rowWatermarkOf(n plan.Node) int {
	switch n := n.(type) {
	case *plan.Scan:
		if n.Object.Kind == catalog.KindStream {
			return 0
		}
	case *plan.Filter, *plan.Project, *plan.TimeWindow:
		return rowWatermarkOf(n.Inputs()[0])
	}
	return -1
}

// addRowWatermark is n with the watermark as its last column.
func addRowWatermark(n plan.Node) plan.Node {
	switch n := n.(type) {
	case *plan.Scan:
		c := *n
		o := n.Object
		t := types.Timestamptz
		if o.Watermark.Set {
			t = o.Columns[o.Watermark.Column].Type.Base()
		}
		c.Cols = append(slices.Clone(n.Cols), len(o.Columns)+3)
		c.Out = append(slices.Clone(n.Out), types.Column{Name: "rowwatermark", Type: t})
		return &c
	case *plan.Filter:
		return &plan.Filter{Input: addRowWatermark(n.Input), Pred: n.Pred}
	case *plan.Project:
		in := addRowWatermark(n.Input)
		last := width(in) - 1
		c := *n
		c.Input = in
		c.Exprs = append(slices.Clone(n.Exprs), colOf(in, last))
		c.Out = append(slices.Clone(n.Out), in.Schema()[last])
		return &c
	case *plan.TimeWindow:
		return addBelowWindow(n)
	}
	panic(pgerr.Bug("no watermark of rows through %T", n))
}

// addBelowWindow moves the watermark behind the bounds of the window.
func addBelowWindow(n *plan.TimeWindow) plan.Node {
	w := width(n.Input)
	c := *n
	c.Input = addRowWatermark(n.Input)
	c.Out = slices.Concat(c.Input.Schema(), n.Out[w:])
	exprs := identity(&c)
	order := append(slices.Delete(slices.Clone(exprs), w, w+1), exprs[w])
	return project(&c, order)
}

// aggTimeText says when groups end.
func aggTimeText(n *plan.Aggregate) string {
	t := n.Time
	if t == nil || !t.Bounded {
		return ""
	}
	text := "when the watermark passes " + namesAt(n.Input, n.Keys[t.Key:t.Key+1])
	if t.Close != 0 {
		text += " + " + types.IntervalValue{Micros: t.Close}.String()
	}
	switch {
	case t.Final:
		text += ", and are given then"
	case t.Retract:
		text += ", and are removed then"
	}
	return text
}
