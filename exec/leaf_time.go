package exec

import (
	"encoding/binary"
	"math"
	"time"

	"millrace/catalog"
	"millrace/exec/op"
	"millrace/exec/state"
	"millrace/sql/col"
	"millrace/sql/types"
)

// idleDefault is the idle_timeout of a stream that does not set one: long enough for
// the pauses of a producer, short enough for a person who waits for a window to close.
const idleDefault = time.Minute

// leafTime is the event time of one stream as one scan of it sees it.
//
// Each partition has the largest time among its rows; the watermark of the leaf is the
// least of them, less the declared delay. A partition without rows does not count, nor
// does one that has had none for the idle timeout. When all are idle, time goes on with
// the clock, the timeout behind, so that windows close without another row.
//
// All of it is a function of the rows and of the clocks of epochs (E1). A flow reads a
// stream from its start, so it does not matter when the flow was made.
type leafTime struct {
	delay, idle int64 // microseconds; idle 0: never
	// mark is the position, in the scan's columns, of the watermark of each row (that of
	// its partition up to the row); -1 when the plan does not read it.
	mark  int
	t     types.Type
	parts []partTime
	// watermark is the last one told to the operators.
	watermark int64
}

type partTime struct {
	max  int64 // op.NoTime before the first row
	seen int64 // clock of the epoch that brought the last row
}

// rowWatermark is the pseudo column, behind the three of plan.Scan, which only the
// planner's timing pass reads.
func rowWatermark(o *catalog.Object) int { return len(o.Columns) + 3 }

// keepTime makes a leaf follow the event time of its stream.
func (l *leaf) keepTime() {
	o := l.scan.Object
	t := &leafTime{mark: -1, watermark: op.NoTime, idle: idleTimeout(o), parts: make([]partTime, o.Partitions)}
	for i := range t.parts {
		t.parts[i].max = op.NoTime
	}
	timeCol := len(o.Columns)
	t.t = types.Timestamptz
	if o.Watermark.Set {
		timeCol, t.delay = o.Watermark.Column, o.Watermark.DelayMicros
		t.t = o.Columns[timeCol].Type
	}
	take := make([]int, 0, len(l.take)+2)
	for i, c := range l.take {
		if c == rowWatermark(o) {
			t.mark, c = i, timeCol
		}
		take = append(take, c)
	}
	l.take = append(take, timeCol, len(o.Columns)+1)
	l.time = t
}

// idleTimeout reads a stream's option, which was checked when it was declared.
func idleTimeout(o *catalog.Object) int64 {
	text, ok := o.Options["idle_timeout"]
	if !ok {
		return idleDefault.Microseconds()
	}
	d, err := types.ParseText(types.Interval, text, nil)
	if err != nil {
		return idleDefault.Microseconds()
	}
	v := types.DecodeInterval([]byte(d.S))
	return int64(v.Days)*86_400_000_000 + v.Micros
}

// observe takes the event time of a delta, whose last two columns are the time and the
// partition, and returns it without them.
func (t *leafTime) observe(b *col.Batch, clock int64) *col.Batch {
	n := len(b.Cols) - 2
	ts, part := b.Cols[n], b.Cols[n+1]
	out := &col.Batch{N: b.N, W: b.W, Cols: b.Cols[:n:n]}
	var marks *col.Vec
	if t.mark >= 0 {
		marks = col.NewFixed(t.t, make([]int64, b.N))
		out.Cols = append([]*col.Vec(nil), out.Cols...)
		out.Cols[t.mark] = marks
	}
	for i := range b.N {
		p := &t.parts[part.Fix[i]]
		if x := ts.Fix[i]; x > p.max && !ts.IsNull(i) && !types.IsInfinite(x) {
			p.max = x
		}
		p.seen = clock
		if marks == nil {
			continue
		}
		if p.max == op.NoTime {
			setNull(marks, i)
			continue
		}
		marks.Fix[i] = p.max - t.delay
	}
	return out
}

func setNull(v *col.Vec, i int) {
	if v.Nulls == nil {
		v.Nulls = col.NewBitmap(v.N)
	}
	v.Nulls.Set(i)
}

// advance returns the watermark as of an epoch; it never goes back.
func (t *leafTime) advance(clock int64) int64 {
	t.watermark = max(t.watermark, t.at(clock))
	return t.watermark
}

// at is the watermark that the partitions give at a clock.
func (t *leafTime) at(clock int64) int64 {
	slowest, fastest, seen := int64(math.MaxInt64), int64(op.NoTime), int64(op.NoTime)
	for _, p := range t.parts {
		if p.max == op.NoTime {
			continue
		}
		fastest, seen = max(fastest, p.max), max(seen, p.seen)
		if !t.isIdle(p, clock) {
			slowest = min(slowest, p.max)
		}
	}
	switch {
	case fastest == op.NoTime:
		return op.NoTime
	case slowest == math.MaxInt64:
		return fastest - t.delay + clock - seen - t.idle
	}
	return slowest - t.delay
}

func (t *leafTime) isIdle(p partTime, clock int64) bool { return t.idle > 0 && clock-p.seen >= t.idle }

// clockFor returns the clock at which to look again for the watermark to reach a
// target without any row, op.NoTime if it never will.
func (t *leafTime) clockFor(target, clock int64) int64 {
	if t.idle == 0 || target <= t.watermark {
		return op.NoTime
	}
	fastest, seen, next := int64(op.NoTime), int64(op.NoTime), int64(math.MaxInt64)
	for _, p := range t.parts {
		if p.max == op.NoTime {
			continue
		}
		fastest, seen = max(fastest, p.max), max(seen, p.seen)
		if !t.isIdle(p, clock) {
			next = min(next, p.seen+t.idle)
		}
	}
	if fastest == op.NoTime {
		return op.NoTime
	}
	whenAllIdle := seen + t.idle + max(target-(fastest-t.delay), 0)
	if next != math.MaxInt64 && t.at(next) >= target {
		return next
	}
	if next < whenAllIdle && next > clock && len(t.parts) > 1 {
		return next // one partition more is idle then: see what that gives
	}
	return whenAllIdle
}

// leafOps is where the numbers of leaves begin in saved state, behind those of
// operators.
const leafOps = 1 << 20

// save writes the event time with a flow's state.
func (t *leafTime) save(w *state.Saver) {
	b := binary.AppendVarint(nil, t.watermark)
	for _, p := range t.parts {
		b = binary.AppendVarint(binary.AppendVarint(b, p.max), p.seen)
	}
	w.Put(0, nil, b)
}

func (t *leafTime) load(r *state.Loader) error {
	b, err := r.Get(0, nil)
	if err != nil || b == nil {
		return err
	}
	d := decoder{b: b}
	t.watermark = d.varint()
	for i := range t.parts {
		t.parts[i] = partTime{max: d.varint(), seen: d.varint()}
	}
	return d.err
}
