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
