package exec

import (
	"millrace/exec/expr"
	"millrace/exec/op"
	"millrace/planner/plan"
	"millrace/sql/builtin"
)

func newTimeWindow(n *plan.TimeWindow) (op.Op, error) {
	p, err := expr.Compile(n.Time)
	if err != nil {
		return nil, err
	}
	w, err := builtin.NewTimeWindows(n.Spec)
	if err != nil {
		return nil, err
	}
	return op.NewTimeWindow(p, w, n.Time.Type().Base()), nil
}

// anyAggregate makes the operator of an aggregation whose groups may end by time.
func (c *compiler) anyAggregate(n *plan.Aggregate) op.Op {
	spec := c.aggregate(n)
	if n.Time == nil || !n.Time.Bounded || c.pull {
		return op.NewAggregate(spec)
	}
	t := n.Time
	return op.NewWindowAggregate(spec, op.TimeSpec{Key: t.Key, Late: t.Late, Close: t.Close,
		RowWatermark: t.RowWatermark, Final: t.Final, Retract: t.Retract})
}
