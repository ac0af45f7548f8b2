package planner

import (
	"millrace/planner/plan"
	"millrace/sql/builtin"
	"millrace/sql/types"
)

// newTimeWindow puts the rows of n into windows.
func newTimeWindow(n plan.Node, ts plan.Expr, spec builtin.WindowSpec) plan.Node {
	known := notNull(ts, n.Schema())
	out := append(types.Schema(nil), n.Schema()...)
	for _, name := range []string{"window_start", "window_end"} {
		out = append(out, types.Column{Name: name, Type: ts.Type().Base(), NotNull: known})
	}
	return &plan.TimeWindow{Input: n, Time: ts, Spec: spec, Out: out}
}

// timeWindow keeps the bounds and the input's columns that are used.
func (p *pruner) timeWindow(n *plan.TimeWindow, need []bool) (plan.Node, []int) {
	w := width(n.Input)
	in, inAt := p.prune(n.Input, withCols(need[:w:w], n.Time))
	at := append(append([]int(nil), inAt...), width(in), width(in)+1)
	if in == n.Input {
		return n, at
	}
	c := *n
	c.Input, c.Time = in, moved(n.Time, inAt)
	c.Out = append(append(types.Schema(nil), in.Schema()...), n.Out[w:]...)
	return &c, at
}

func timeWindowTitle(n *plan.TimeWindow) string {
	if n.Spec.Kind == builtin.CumulateWindows {
		return "Cumulating Windows"
	}
	return "Hopping Windows"
}

func timeWindowText(n *plan.TimeWindow) string {
	text := "size " + n.Spec.Size.String() + ", step " + n.Spec.Step.String()
	if n.Spec.Offset != (types.IntervalValue{}) {
		text += ", offset " + n.Spec.Offset.String()
	}
	if n.Spec.Zone != "" {
		text += ", in " + n.Spec.Zone
	}
	return text
}
