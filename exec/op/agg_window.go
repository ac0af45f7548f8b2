package op

import (
	"encoding/binary"
	"math"
	"slices"

	"millrace/exec/state"
	"millrace/sql/col"
)

// TimeSpec bounds the life of an aggregate's groups by event time.
type TimeSpec struct {
	// Key is the position among the group's keys of an event-time column.
	Key int
	// Late is how far the watermark is past a row's key column when the row is left out,
	// Close how far it is when the group is closed; in microseconds, Late <= Close.
	Late, Close int64
	// RowWatermark is a column of the input with the watermark of each row's partition
	// when the row came, -1 if there is none. By it, what is late does not depend on how
	// the input is cut into epochs.
	RowWatermark int
	// Final: groups are emitted when they are closed, and never change; else at once.
	Final bool
	// Retract: what was emitted of a group is taken back when it is closed.
	Retract bool
}

// WindowAggregate is an Aggregate whose groups end when the watermark has passed them.
// State of closed groups is freed.
type WindowAggregate struct {
	agg  *Aggregate
	time TimeSpec
	col  int // of the input: that of time.Key
	ends buckets

	mark    int64 // the watermark as of the last Advance
	closing []int32
	keep    []int32
}

// NewWindowAggregate returns an aggregation over groups with an end.
func NewWindowAggregate(spec AggregateSpec, time TimeSpec) *WindowAggregate {
	o := &WindowAggregate{agg: NewAggregate(spec), time: time, col: spec.Keys[time.Key], mark: NoTime}
	o.agg.freed = o.ends.remove
	return o
}

// Push implements Op.
func (o *WindowAggregate) Push(c *Ctx, _ int, b *col.Batch, out Emit) {
	if c.Err() != nil {
		return
	}
	b = o.timely(c, b)
	if b.N == 0 {
		return
	}
	a := o.agg
	if o.time.Final {
		a.slotsOf(b)
		for i, slot := range a.slots {
			a.keys.MarkDirty(slot)
			a.count[slot] += int64(b.Weight(i))
		}
		a.accumulate(b)
	} else {
		a.Push(c, 0, b, out)
	}
	ts := b.Cols[o.col]
	for _, i := range a.keys.Added() {
		if !ts.IsNull(int(i)) {
			o.ends.add(a.slots[i], ts.Fix[i])
		}
	}
}

// timely returns the rows that are not late.
func (o *WindowAggregate) timely(c *Ctx, b *col.Batch) *col.Batch {
	ts := b.Cols[o.col]
	var marks *col.Vec
	if o.time.RowWatermark >= 0 {
		marks = b.Cols[o.time.RowWatermark]
	}
	late, shown := 0, withoutMark(b, o.time.RowWatermark)
	o.keep = o.keep[:0]
	for i := range b.N {
		mark, isLate := o.mark, o.isClosed(ts.Fix[i])
		if !isLate && marks != nil && !marks.IsNull(i) {
			mark = marks.Fix[i]
			isLate = passed(ts.Fix[i], o.time.Late, mark)
		}
		if ts.IsNull(i) {
			mark, isLate = NoTime, o.time.Final
		}
		if !isLate {
			o.keep = append(o.keep, int32(i))
			continue
		}
		late++
		t := ts.Fix[i]
		if ts.IsNull(i) {
			t = NoTime
		}
		c.lateRow("aggregate", shown, i, t, mark)
	}
	if late == 0 {
		return b
	}
	return b.Gather(o.keep)
}

// isClosed reports whether a row with this key would be late by the watermark of the
// epochs before.
func (o *WindowAggregate) isClosed(t int64) bool {
	lag := o.time.Close
	if o.time.RowWatermark < 0 {
		lag = o.time.Late
	}
	return passed(t, lag, o.mark)
}

// passed reports whether a watermark is past t by lag.
func passed(t, lag, mark int64) bool { return mark != NoTime && t <= mark-lag }

// withoutMark is b without the watermark of each row, the last column if there is one.
func withoutMark(b *col.Batch, at int) *col.Batch {
	if at < 0 {
		return b
	}
	return &col.Batch{N: b.N, W: b.W, Cols: b.Cols[:at]}
}

// lateRow reports a row that is left out because it came too late.
func (c *Ctx) lateRow(name string, b *col.Batch, i int, t, mark int64) {
	if c.Late == nil {
		return
	}
	c.Late(LateRow{
		Op: name, Time: t, Watermark: mark,
		RowError: RowError{Op: name, Weight: int64(b.Weight(i)), Batch: b, Row: i},
	})
}

// timeMax is past all timestamps, and far enough from the largest number for sums.
const timeMax = math.MaxInt64 / 2

// Advance implements Timed.
func (o *WindowAggregate) Advance(_ *Ctx, marks []int64) {
	o.mark = max(o.mark, min(marks[0], timeMax))
	if o.mark != NoTime {
		o.closing = o.ends.take(o.closing[:0], o.mark-o.time.Close)
	}
}

// Wake implements Timed.
func (o *WindowAggregate) Wake() (watermark, clock int64) {
	end := o.ends.least()
	if end == NoTime || end > math.MaxInt64-o.time.Close {
		return NoTime, NoTime
	}
	return end + o.time.Close, NoTime
}

// EndEpoch implements Op.
func (o *WindowAggregate) EndEpoch(c *Ctx, out Emit) {
	if c.Err() != nil {
		return
	}
	if o.time.Retract {
		o.agg.empty(c, o.closing)
		o.closing = o.closing[:0]
	}
	if !o.time.Final {
		o.agg.EndEpoch(c, out)
	}
	if len(o.closing) == 0 {
		return
	}
	// A group that lost its last row in this epoch may be gone already.
	o.closing = slices.DeleteFunc(o.closing, func(slot int32) bool { return !o.agg.keys.Used(slot) })
	if o.time.Final {
		o.agg.emitAll(c, o.closing, out)
	}
	o.agg.forget(o.closing)
	o.closing = o.closing[:0]
}

// MemBytes implements Op.
func (o *WindowAggregate) MemBytes() int64 {
	return o.agg.MemBytes() + o.ends.memBytes() + int64(4*cap(o.closing)+4*cap(o.keep))
}

// Save implements Op.
func (o *WindowAggregate) Save(w *state.Saver) {
	o.agg.Save(w)
	w.Put(tagTimes, nil, binary.AppendVarint(nil, o.mark))
}

// Load implements Op.
func (o *WindowAggregate) Load(r *state.Loader) error {
	b, err := r.Get(tagTimes, nil)
	if b == nil || err != nil {
		return err
	}
	if err := varints(b, "aggregate", &o.mark); err != nil {
		return err
	}
	if err := o.agg.Load(r); err != nil {
		return err
	}
	a := o.agg
	for slot := range int32(a.keys.Cap()) {
		if !a.keys.Used(slot) {
			continue
		}
		keys := builders(a.out.types[:len(a.spec.Keys)], 1)
		mustDecode(a.rep.Get(slot), keys)
		if v := keys[o.time.Key].Vec(); !v.IsNull(0) {
			o.ends.add(slot, v.Fix[0])
		}
	}
	return nil
}

var _ Timed = (*WindowAggregate)(nil)
