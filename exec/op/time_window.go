package op

import (
	"encoding/binary"

	"millrace/exec/state"
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
	slice   *slicer // nil: rows stay as they are
	// scratch of one batch
	from         []int32
	starts, ends []int64
}

// NewTimeWindow returns an operator that puts rows into windows by the timestamp time.
// Slice, if not nil, is the columns that somebody reads: rows of a batch that agree in
// them and in their windows become one.
func NewTimeWindow(time Expr, windows *builtin.TimeWindows, bound types.Type, slice []int) *TimeWindow {
	o := &TimeWindow{time: time, windows: windows, bound: bound}
	if _, ok := windows.Slice(0); ok && slice != nil {
		o.slice = &slicer{cols: slice, windows: windows}
	}
	return o
}

// Push implements Op.
func (o *TimeWindow) Push(c *Ctx, _ int, b *col.Batch, out Emit) {
	if c.Err() != nil {
		return
	}
	ts := o.time.Eval(c.Env, b)
	if o.slice != nil && ts.Errs == nil {
		rows, w := o.slice.merge(b, ts)
		ts, b = ts.Gather(rows), b.Gather(rows)
		b.N, b.W = len(rows), w
	}
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

// slicer makes rows with the same windows one.
type slicer struct {
	cols    []int
	windows *builtin.TimeWindows
	vecs    []*col.Vec
	seen    state.Keys
	key     []byte
	sums    []int64
}

// merge returns the first of each kind of row, and their weights; nil: all 1.
func (s *slicer) merge(b *col.Batch, ts *col.Vec) (rows, w []int32) {
	s.vecs = s.vecs[:0]
	for _, c := range s.cols {
		s.vecs = append(s.vecs, b.Cols[c])
	}
	s.sums = s.sums[:0]
	for i := range b.N {
		s.key = s.place(s.key[:0], ts, i)
		s.key = col.AppendRow(s.key, s.vecs, i)
		slot, added := s.seen.FindOrAdd(s.key)
		if added {
			rows, s.sums = append(rows, int32(i)), append(s.sums, 0)
		}
		s.sums[slot] += int64(b.Weight(i))
	}
	s.seen.Reset()
	return s.weights(rows)
}

// place appends what tells the windows of row i apart from those of others.
func (s *slicer) place(dst []byte, ts *col.Vec, i int) []byte {
	if ts.IsNull(i) {
		return append(dst, 0)
	}
	if start, ok := s.windows.Slice(ts.Fix[i]); ok {
		return binary.LittleEndian.AppendUint64(append(dst, 1), uint64(start))
	}
	return binary.LittleEndian.AppendUint64(append(dst, 2), uint64(ts.Fix[i]))
}

// weights drops the rows that cancel.
func (s *slicer) weights(rows []int32) (kept, w []int32) {
	kept = rows[:0]
	for k, sum := range s.sums {
		if sum != 0 {
			kept, w = append(kept, rows[k]), append(w, int32(sum))
		}
	}
	return kept, w
}

var _ Op = (*TimeWindow)(nil)
