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
	return op.NewTimeWindow(p, w, n.Time.Type().Base(), n.Slice), nil
}

// anyAggregate makes the operator of an aggregation whose groups may end by time.
func (c *compiler) anyAggregate(n *plan.Aggregate) op.Op {
	spec := c.aggregate(n)
	if n.Time == nil || !n.Time.Bounded || c.pull {
		return op.NewAggregate(spec)
	}
	t := n.Time
	return op.NewWindowAggregate(spec, op.TimeSpec{
		Key: t.Key, Late: t.Late, Close: t.Close,
		RowWatermark: t.RowWatermark, Final: t.Final, Retract: t.Retract,
	})
}

func newSession(n *plan.Session) (op.Op, error) {
	spec := op.SessionSpec{
		In: n.Input.Schema().Types(), Bound: n.Time.Type().Base(), Gap: n.Gap, Inclusive: n.Inclusive,
		Bounded: n.Life.Bounded, Late: n.Life.Late, RowWatermark: n.Life.RowWatermark,
	}
	p, err := expr.Compile(n.Time)
	if err != nil {
		return nil, err
	}
	spec.Time = p
	for _, k := range n.Keys {
		p, err := expr.Compile(k)
		if err != nil {
			return nil, err
		}
		spec.Keys = append(spec.Keys, p)
	}
	return op.NewSession(spec), nil
}

func (c *compiler) sessionAggregate(n *plan.SessionAggregate) op.Op {
	a := c.aggregate(&plan.Aggregate{Input: n.Input, Keys: n.Keys, Aggs: n.Aggs})
	return op.NewSessionAggregate(op.SessionAggregateSpec{
		In: a.In, Time: n.Time, Keys: n.Keys, Aggs: a.Aggs, Gap: n.Gap, Inclusive: n.Inclusive,
		Bounded: n.Life.Bounded, Late: n.Life.Late, Close: n.Close, RowWatermark: n.Life.RowWatermark,
		Final: n.Final, Retract: n.Retract,
	})
}

func newTemporal(n *plan.Temporal) (op.Op, error) {
	moments := func(list []plan.Moment) ([]op.Moment, error) {
		var out []op.Moment
		for _, m := range list {
			p, err := expr.Compile(m.X)
			if err != nil {
				return nil, err
			}
			out = append(out, op.Moment{X: p, Offset: m.Offset})
		}
		return out, nil
	}
	from, err := moments(n.From)
	if err != nil {
		return nil, err
	}
	until, err := moments(n.Until)
	if err != nil {
		return nil, err
	}
	return op.NewTemporal(n.Schema().Types(), from, until), nil
}
