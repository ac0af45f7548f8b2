package op

import (
	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/types"
)

// TimeWindow gives each row once for every window of time that it falls into, with the
// window's bounds behind its columns.
type TimeWindow struct {
	stateless
	time    Expr
	windows *builtin.TimeWindows
	bound   types.Type
	// scratch of one batch
	from         []int32
	starts, ends []int64
}

// NewTimeWindow returns an operator that puts rows into windows by the timestamp time.
func NewTimeWindow(time Expr, windows *builtin.TimeWindows, bound types.Type) *TimeWindow {
	return &TimeWindow{time: time, windows: windows, bound: bound}
}

// Push implements Op.
func (o *TimeWindow) Push(c *Ctx, _ int, b *col.Batch, out Emit) {
	if c.Err() != nil {
		return
	}
	ts := o.time.Eval(c.Env, b)
	o.from, o.starts, o.ends = o.from[:0], o.starts[:0], o.ends[:0]
	var nulls []int // positions in from
	for i := range b.N {
		n := len(o.starts)
		err := ts.Err(i)
		switch {
		case err != nil:
		case ts.IsNull(i):
			nulls = append(nulls, n)
			o.starts, o.ends = append(o.starts, 0), append(o.ends, 0)
		default:
			o.starts, o.ends, err = o.windows.Append(o.starts, o.ends, ts.Fix[i])
		}
		if err != nil {
			o.starts, o.ends = o.starts[:n], o.ends[:n]
			c.rowError(RowError{Op: "window", Err: err, Weight: int64(b.Weight(i)), Batch: b, Row: i})
			continue
		}
		for range len(o.starts) - n {
			o.from = append(o.from, int32(i))
		}
		if len(o.from) >= col.BatchRows {
			o.flush(b, nulls, out)
			nulls = nulls[:0]
		}
	}
	o.flush(b, nulls, out)
}

func (o *TimeWindow) flush(b *col.Batch, nulls []int, out Emit) {
	if len(o.from) == 0 {
		return
	}
	g := b.Gather(o.from)
	g.N = len(o.from)
	g.Cols = append(g.Cols[:len(g.Cols):len(g.Cols)], o.bounds(o.starts, nulls), o.bounds(o.ends, nulls))
	o.from, o.starts, o.ends = o.from[:0], o.starts[:0], o.ends[:0]
	out(g)
}

func (o *TimeWindow) bounds(at []int64, nulls []int) *col.Vec {
	v := col.NewFixed(o.bound, append([]int64(nil), at...))
	if len(nulls) > 0 {
		v.Nulls = col.NewBitmap(v.N)
		for _, i := range nulls {
			v.Nulls.Set(i)
		}
	}
	return v
}

var _ Op = (*TimeWindow)(nil)
