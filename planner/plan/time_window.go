package plan

import (
	"millrace/sql/builtin"
	"millrace/sql/types"
)

// TimeWindow gives each input row once for every window of time that Time falls into
// (HOP, CUMULATE): the input's columns followed by the window's start and end, of
// Time's type. A row whose time is NULL comes once, with NULLs.
type TimeWindow struct {
	Input Node
	// Time is a timestamp over the input.
	Time Expr
	Spec builtin.WindowSpec
	// Slice lists the input's columns that are read further on, when those of Time are
	// not: rows that agree in them and fall into the same windows may then become one,
	// with their weights added. Nil: all rows stay as they are.
	Slice []int
	Out   types.Schema
}

// Schema implements Node.
func (n *TimeWindow) Schema() types.Schema { return n.Out }

// Inputs implements Node.
func (n *TimeWindow) Inputs() []Node { return []Node{n.Input} }

func (d *digest) timeWindow(n *TimeWindow) {
	d.text("timewindow")
	d.flag(n.Slice != nil)
	d.int(int64(n.Spec.Kind))
	for _, v := range []types.IntervalValue{n.Spec.Size, n.Spec.Step, n.Spec.Offset} {
		d.int(int64(v.Months))
		d.int(int64(v.Days))
		d.int(v.Micros)
	}
	d.text(n.Spec.Zone)
}
