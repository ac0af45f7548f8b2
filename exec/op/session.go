package op

import (
	"bytes"
	"encoding/binary"
	"math"

	"millrace/exec/state"
	"millrace/sql/col"
	"millrace/sql/types"
)

// SessionSpec defines a Session; see plan.Session.
type SessionSpec struct {
	In        []types.Type
	Time      Expr
	Keys      []Expr
	Bound     types.Type // of the time and of the bounds
	Gap       int64
	Inclusive bool
	// Bounded: the watermark ends sessions. Late and RowWatermark are as in
	// plan.SessionLife.
	Bounded      bool
	Late         int64
	RowWatermark int
}

// Session gives rows with the bounds of their sessions. All rows are kept, ordered by
// key and time. At the end of an epoch each touched key compares its sessions before
// and after, from the first to the last that the epoch's rows may have touched.
type Session struct {
	spec  SessionSpec
	parts state.Keys
	tree  state.Tree // slot of the key, time -> row
	delta state.Tree // changes of the tree in this epoch
	// by slot of a touched key: the least and the largest time that changed
	lo, hi []int64

	ends buckets // keys by the last row of their first session, when bounded
	mark int64

	arena []byte
	off   []uint32
	key   []byte
	row   []byte
	list  []sessionRow
	buf   []byte
	out   rowOut
}

// sessionRow is a row of a touched stretch with its weights and sessions before and
// after the epoch.
type sessionRow struct {
	ts               int64
	from, to         int // of the row, in buf
	old, new         int64
	oldStart, oldEnd int64
	newStart, newEnd int64
}

// BoundedSession is a Session whose sessions the watermark ends.
type BoundedSession struct{ Session }

// NewSession returns an operator that finds sessions.
func NewSession(spec SessionSpec) Op {
	out := append(spec.In[:len(spec.In):len(spec.In)], spec.Bound, spec.Bound)
	s := Session{spec: spec, out: newRowOut(out), mark: NoTime}
	if spec.Bounded {
		return &BoundedSession{s}
	}
	return &s
}

// sessionKey begins the key of a row in the tree: slot and time in byte order.
func sessionKey(dst []byte, slot int32, ts int64) []byte {
	dst = binary.BigEndian.AppendUint32(dst, uint32(slot))
	return binary.BigEndian.AppendUint64(dst, uint64(ts)^1<<63)
}

func sessionTime(key []byte) int64 { return int64(binary.BigEndian.Uint64(key[4:]) ^ 1<<63) }

// Push implements Op.
func (o *Session) Push(c *Ctx, _ int, b *col.Batch, _ Emit) {
	if c.Err() != nil {
		return
	}
	ts := o.spec.Time.Eval(c.Env, b)
	errs := mergeErrs(nil, ts.Errs)
	keys := make([]*col.Vec, len(o.spec.Keys))
	for i, k := range o.spec.Keys {
		keys[i] = k.Eval(c.Env, b)
		errs = mergeErrs(errs, keys[i].Errs)
	}
	o.arena, o.off = col.Keys(keys, b.N, o.arena[:0], o.off[:0])
	for i := range b.N {
		w := int64(b.Weight(i))
		switch {
		case errs[i] != nil:
			c.rowError(RowError{Op: "session", Err: errs[i], Weight: w, Batch: b, Row: i})
		case ts.IsNull(i) || types.IsInfinite(ts.Fix[i]):
			c.lateRow("session", b, i, NoTime, NoTime)
		case o.isLate(c, b, i, ts.Fix[i]):
		default:
			o.add(b, i, ts.Fix[i], w)
		}
	}
}

// isLate reports a row whose session has ended.
func (o *Session) isLate(c *Ctx, b *col.Batch, i int, ts int64) bool {
	if !o.spec.Bounded {
		return false
	}
	mark := o.mark
	if at := o.spec.RowWatermark; at >= 0 && !b.Cols[at].IsNull(i) {
		mark = max(mark, b.Cols[at].Fix[i])
	}
	if !passed(ts, o.spec.Late, mark) {
		return false
	}
	c.lateRow("session", withoutMark(b, o.spec.RowWatermark), i, ts, mark)
	return true
}

func (o *Session) add(b *col.Batch, i int, ts, w int64) {
	slot, _ := o.parts.FindOrAdd(o.arena[o.off[i]:o.off[i+1]])
	o.lo, o.hi = growTo(o.lo, int(slot)+1), growTo(o.hi, int(slot)+1)
	if o.parts.Touch(slot) {
		o.lo[slot], o.hi[slot] = ts, ts
	}
	o.lo[slot], o.hi[slot] = min(o.lo[slot], ts), max(o.hi[slot], ts)
	o.key = sessionKey(o.key[:0], slot, ts)
	o.row = col.AppendRow(o.row[:0], b.Cols, i)
	o.tree.Add(o.key, o.row, w)
	o.delta.Add(o.key, o.row, w)
}

// EndEpoch implements Op.
func (o *Session) EndEpoch(c *Ctx, out Emit) {
	if c.Err() != nil {
		return
	}
	touched := o.parts.Touched()
	o.out.start(out)
	for _, slot := range touched {
		o.collect(slot)
		o.bounds()
		for i := range o.list {
			o.emit(&o.list[i])
		}
		o.settle(slot)
	}
	o.out.flush()
	o.parts.EndEpoch()
	if len(touched) > 0 {
		o.delta = state.Tree{}
	}
}

// settle frees a key without rows, and notes when its first session ends.
func (o *Session) settle(slot int32) {
	o.ends.remove(slot)
	prefix := binary.BigEndian.AppendUint32(nil, uint32(slot))
	c := o.tree.Seek(prefix)
	if !c.Valid() || !bytes.HasPrefix(c.Key(), prefix) {
		o.parts.Remove(slot)
		return
	}
	if !o.spec.Bounded {
		return
	}
	last := sessionTime(c.Key())
	for c.Next(); c.Valid() && bytes.HasPrefix(c.Key(), prefix); c.Next() {
		ts := sessionTime(c.Key())
		if ts-last > o.spec.Gap {
			break
		}
		last = ts
	}
	o.ends.add(slot, last)
}

// collect lists the rows, there or gone in this epoch, around what changed of a key:
// from where no session reaches over the begin to where none reaches over the end.
func (o *Session) collect(slot int32) {
	o.list, o.buf = o.list[:0], o.buf[:0]
	from := o.begin(slot)
	prefix := binary.BigEndian.AppendUint32(nil, uint32(slot))
	a := o.tree.Seek(sessionKey(nil, slot, from))
	d := o.delta.Seek(sessionKey(nil, slot, from))
	last := int64(math.MaxInt64)
	for {
		inA := a.Valid() && bytes.HasPrefix(a.Key(), prefix)
		inD := d.Valid() && bytes.HasPrefix(d.Key(), prefix)
		if !inA && !inD {
			return
		}
		cmp := 0
		switch {
		case !inA:
			cmp = 1
		case !inD:
			cmp = -1
		default:
			if cmp = bytes.Compare(a.Key(), d.Key()); cmp == 0 {
				cmp = bytes.Compare(a.Payload(), d.Payload())
			}
		}
		r := sessionRow{from: len(o.buf)}
		cur := &a
		if cmp > 0 {
			cur = &d
		}
		r.ts = sessionTime(cur.Key())
		if r.ts > o.hi[slot] && last != math.MaxInt64 && r.ts-last > o.spec.Gap {
			return
		}
		last = r.ts
		o.buf = append(o.buf, cur.Payload()...)
		r.to = len(o.buf)
		if cmp <= 0 {
			r.new = a.Weight()
			r.old = r.new
		}
		if cmp >= 0 {
			r.old = r.new - d.Weight()
			d.Next()
		}
		if cmp <= 0 {
			a.Next()
		}
		o.list = append(o.list, r)
	}
}

// begin is the time of the first row to look at.
func (o *Session) begin(slot int32) int64 {
	at := o.lo[slot]
	prefix := binary.BigEndian.AppendUint32(nil, uint32(slot))
	a := o.tree.SeekBefore(sessionKey(nil, slot, at))
	d := o.delta.SeekBefore(sessionKey(nil, slot, at))
	for {
		before := int64(math.MinInt64)
		inA := a.Valid() && bytes.HasPrefix(a.Key(), prefix)
		inD := d.Valid() && bytes.HasPrefix(d.Key(), prefix)
		if inA {
			before = sessionTime(a.Key())
		}
		if inD {
			before = max(before, sessionTime(d.Key()))
		}
		if !inA && !inD || at-before > o.spec.Gap {
			return at
		}
		at = before
		if inA && sessionTime(a.Key()) == before {
			a.Prev()
		}
		if inD && sessionTime(d.Key()) == before {
			d.Prev()
		}
	}
}

// bounds finds the sessions of the listed rows, before and after.
func (o *Session) bounds() {
	o.sessions(func(r *sessionRow) bool { return r.old != 0 }, func(r *sessionRow, start, end int64) {
		r.oldStart, r.oldEnd = start, end
	})
	o.sessions(func(r *sessionRow) bool { return r.new != 0 }, func(r *sessionRow, start, end int64) {
		r.newStart, r.newEnd = start, end
	})
}

func (o *Session) sessions(there func(*sessionRow) bool, set func(r *sessionRow, start, end int64)) {
	first, last := -1, -1
	finish := func() {
		if first < 0 {
			return
		}
		end := o.list[last].ts
		if !o.spec.Inclusive {
			end += o.spec.Gap
		}
		for i := first; i <= last; i++ {
			set(&o.list[i], o.list[first].ts, end)
		}
	}
	for i := range o.list {
		if !there(&o.list[i]) {
			continue
		}
		if first < 0 || o.list[i].ts-o.list[last].ts > o.spec.Gap {
			finish()
			first = i
		}
		last = i
	}
	finish()
}

func (o *Session) emit(r *sessionRow) {
	if r.old != 0 && r.new != 0 && r.oldStart == r.newStart && r.oldEnd == r.newEnd {
		o.emitRow(r, r.newStart, r.newEnd, r.new-r.old)
		return
	}
	o.emitRow(r, r.oldStart, r.oldEnd, -r.old)
	o.emitRow(r, r.newStart, r.newEnd, r.new)
}

func (o *Session) emitRow(r *sessionRow, start, end, w int64) {
	if w == 0 {
		return
	}
	b, n := o.out.builder(), len(o.spec.In)
	mustDecode(o.buf[r.from:r.to], b.Cols[:n])
	b.Cols[n].Int(start)
	b.Cols[n+1].Int(end)
	o.out.end(w, r.to-r.from+16)
}

// MemBytes implements Op.
func (o *Session) MemBytes() int64 {
	return o.parts.MemBytes() + o.tree.MemBytes() + o.delta.MemBytes() + o.ends.memBytes() +
		int64(8*cap(o.lo)+8*cap(o.hi)+cap(o.arena)+4*cap(o.off)+cap(o.key)+cap(o.row)+cap(o.buf)+96*cap(o.list))
}

// Save implements Op.
func (o *Session) Save(w *state.Saver) {
	o.parts.Save(w, tagKeys, nil)
	o.tree.Save(w, tagTree)
	w.Put(tagTimes, nil, binary.AppendVarint(nil, o.mark))
}

// Load implements Op.
func (o *Session) Load(r *state.Loader) error {
	b, err := r.Get(tagTimes, nil)
	if b == nil || err != nil {
		return err
	}
	if err := varints(b, "session", &o.mark); err != nil {
		return err
	}
	if err := o.parts.Load(r, tagKeys, nil); err != nil {
		return err
	}
	if err := o.tree.Load(r, tagTree); err != nil {
		return err
	}
	o.lo, o.hi = growTo(o.lo, o.parts.Cap()), growTo(o.hi, o.parts.Cap())
	for slot := range int32(o.parts.Cap()) {
		if o.parts.Used(slot) {
			o.settle(slot)
		}
	}
	return nil
}

// Advance implements Timed.
func (o *BoundedSession) Advance(_ *Ctx, marks []int64) { o.mark = max(o.mark, min(marks[0], timeMax)) }

// Wake implements Timed: to free memory is no reason to run.
func (o *BoundedSession) Wake() (watermark, clock int64) { return NoTime, NoTime }

// EndEpoch implements Op: when the rows of the epoch are in their sessions, those that
// have ended are forgotten. They stay in the result.
func (o *BoundedSession) EndEpoch(c *Ctx, out Emit) {
	o.Session.EndEpoch(c, out)
	if o.mark == NoTime {
		return
	}
	for {
		ended := o.ends.take(nil, o.mark-o.spec.Late)
		for _, slot := range ended {
			o.forget(slot)
			o.settle(slot)
		}
		if len(ended) == 0 {
			return
		}
	}
}

// forget removes the first session of a key.
func (o *BoundedSession) forget(slot int32) {
	prefix := binary.BigEndian.AppendUint32(nil, uint32(slot))
	last := int64(math.MaxInt64)
	for {
		c := o.tree.Seek(prefix)
		if !c.Valid() || !bytes.HasPrefix(c.Key(), prefix) {
			return
		}
		ts := sessionTime(c.Key())
		if last != math.MaxInt64 && ts-last > o.spec.Gap {
			return
		}
		last = ts
		o.tree.Add(bytes.Clone(c.Key()), bytes.Clone(c.Payload()), -c.Weight())
	}
}

var (
	_ Op    = (*Session)(nil)
	_ Timed = (*BoundedSession)(nil)
)
