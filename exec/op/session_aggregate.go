package op

import (
	"encoding/binary"
	"slices"

	"millrace/exec/state"
	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/types"
)

// SessionAggregateSpec defines a SessionAggregate; see plan.SessionAggregate.
type SessionAggregateSpec struct {
	In             []types.Type
	Time           int // column
	Keys           []int
	Aggs           []AggSpec // mergeable, without DISTINCT and ORDER BY
	Gap            int64
	Inclusive      bool
	Bounded        bool
	Late, Close    int64
	RowWatermark   int // column, -1 for none
	Final, Retract bool
}

// SessionAggregate groups append-only rows by session. It keeps no rows: a session is
// its bounds and its accumulators, and sessions that grow together merge theirs.
//
// The sessions of a key are a list, latest first. Rows are taken in order, and a session
// that had ended by the watermark of a row takes it no more, so that the result does
// not depend on how rows are cut into epochs.
type SessionAggregate struct {
	spec  SessionAggregateSpec
	parts state.Keys
	rep   state.Cells // exact key columns, by part
	head  []int32     // by part: session+1, that with the latest start
	sess  state.Keys  // session number -> session; the key is the number
	s     []session
	made  int64 // sessions ever made
	aggs  []mergeAgg
	ends  buckets // sessions by the last row they had when it was noted
	mark  int64

	key     keyer
	slots   []int32 // sessions of the rows of a batch
	out     rowOut
	closing []int32
	// of this epoch: what touched sessions were, by position in sess.Touched
	old     []session
	oldVals []*col.Builder
}

type session struct {
	start, last int64
	noted       int64 // the last row as of when ends got it
	part, next  int32 // next is session+1
	rows        int64
	shown       bool
	ending      bool // in closing
}

// mergeAgg is the accumulators of one aggregate.
type mergeAgg struct {
	acc  builtin.Merger
	spec AggSpec
	add  aggregator
}

// NewSessionAggregate returns an aggregation by session.
func NewSessionAggregate(spec SessionAggregateSpec) Op {
	out := append(pickTypes(spec.In, spec.Keys), spec.In[spec.Time], spec.In[spec.Time])
	o := &SessionAggregate{spec: spec, key: keyer{cols: spec.Keys}, mark: NoTime}
	for _, a := range spec.Aggs {
		m := mergeAgg{acc: a.Agg.New(a.ArgTypes).(builtin.Merger), spec: a}
		m.add = linear{m.acc}
		if a.Filter >= 0 {
			m.add = &filtered{aggregator: m.add}
		}
		o.aggs = append(o.aggs, m)
		out = append(out, a.Type)
	}
	o.out = newRowOut(out)
	if spec.Bounded {
		return &boundedSessions{o}
	}
	return o
}

// Push implements Op.
func (o *SessionAggregate) Push(c *Ctx, _ int, b *col.Batch, _ Emit) {
	if c.Err() != nil {
		return
	}
	if b = o.timely(c, b); b.N == 0 {
		return
	}
	arena, off := o.key.keys(b)
	parts := o.parts.FindOrAddAll(nil, arena, off)
	for _, i := range o.parts.Added() {
		o.rep.Put(parts[i], col.AppendRow(nil, o.key.vecs, int(i)))
		o.head = growTo(o.head, int(parts[i])+1)
		o.head[parts[i]] = 0
	}
	ts := b.Cols[o.spec.Time].Fix
	o.slots = o.slots[:0]
	from := 0
	for i := range b.N {
		at, other := o.find(parts[i], ts[i], o.markOf(b, i))
		if other >= 0 {
			// The rows before belong to the two sessions as they were.
			o.accumulate(b.Slice(from, i))
			from, o.slots = i, o.slots[:0]
			o.touch(c, other)
			o.touch(c, at)
			o.merge(at, other)
		}
		if at < 0 {
			at = o.open(parts[i], ts[i])
		}
		o.touch(c, at)
		s := &o.s[at]
		s.start, s.last = min(s.start, ts[i]), max(s.last, ts[i])
		s.rows += int64(b.Weight(i))
		o.slots = append(o.slots, at)
	}
	o.accumulate(b.Slice(from, b.N))
}

// timely returns the rows that have a time and are not late.
func (o *SessionAggregate) timely(c *Ctx, b *col.Batch) *col.Batch {
	ts := b.Cols[o.spec.Time]
	var keep []int32
	for i := range b.N {
		mark := o.markOf(b, i)
		ok := !ts.IsNull(i) && !types.IsInfinite(ts.Fix[i])
		if ok && (!o.spec.Bounded || !passed(ts.Fix[i], o.spec.Late, mark)) {
			if keep != nil {
				keep = append(keep, int32(i))
			}
			continue
		}
		if keep == nil {
			keep = make([]int32, 0, b.N)
			for j := range i {
				keep = append(keep, int32(j))
			}
		}
		t := ts.Fix[i]
		if !ok {
			t, mark = NoTime, NoTime
		}
		c.lateRow("session", withoutMark(b, o.spec.RowWatermark), i, t, mark)
	}
	if keep == nil {
		return b
	}
	return b.Gather(keep)
}

// markOf is the watermark that a row meets.
func (o *SessionAggregate) markOf(b *col.Batch, i int) int64 {
	if at := o.spec.RowWatermark; at >= 0 && !b.Cols[at].IsNull(i) {
		return max(o.mark, b.Cols[at].Fix[i])
	}
	return o.mark
}

// find returns the session that a row belongs to, and a second one when the row joins
// two; -1 for none.
func (o *SessionAggregate) find(part int32, ts, mark int64) (at, other int32) {
	at, other = -1, -1
	for n := o.head[part]; n != 0; n = o.s[n-1].next {
		s := &o.s[n-1]
		if ts-s.last > o.spec.Gap {
			break
		}
		if s.start-ts > o.spec.Gap || o.spec.Bounded && passed(s.last, o.spec.Late, mark) {
			continue
		}
		if at >= 0 {
			return n - 1, at
		}
		at = n - 1
	}
	return at, other
}

// open makes a session of one moment and puts it into the list of its key.
func (o *SessionAggregate) open(part int32, ts int64) int32 {
	var number [8]byte
	binary.BigEndian.PutUint64(number[:], uint64(o.made))
	o.made++
	at, _ := o.sess.FindOrAdd(number[:])
	o.grow(int(at) + 1)
	o.s[at] = session{start: ts, last: ts, noted: ts, part: part}
	o.link(at)
	if o.spec.Bounded {
		o.ends.add(at, ts)
	}
	return at
}

func (o *SessionAggregate) grow(n int) {
	o.s = growTo(o.s, n)
	for i := range o.aggs {
		o.aggs[i].acc.Grow(n)
	}
}

// link puts a session into its list behind those that start later.
func (o *SessionAggregate) link(at int32) {
	s := &o.s[at]
	p := &o.head[s.part]
	for *p != 0 && o.s[*p-1].start > s.start {
		p = &o.s[*p-1].next
	}
	s.next = *p
	*p = at + 1
}

func (o *SessionAggregate) unlink(at int32) {
	p := &o.head[o.s[at].part]
	for *p != at+1 {
		p = &o.s[*p-1].next
	}
	*p = o.s[at].next
}

// merge makes two neighbours one: other goes into at, and stays without rows until it
// is freed.
func (o *SessionAggregate) merge(at, other int32) {
	for i := range o.aggs {
		o.aggs[i].acc.Merge(at, other)
	}
	a, b := &o.s[at], &o.s[other]
	o.unlink(other)
	a.start, a.last = min(a.start, b.start), max(a.last, b.last)
	a.rows += b.rows
	b.rows = 0
}

// accumulate adds rows to the sessions of o.slots.
func (o *SessionAggregate) accumulate(b *col.Batch) {
	if b.N == 0 {
		return
	}
	for i := range o.aggs {
		args := make([]*col.Vec, 0, 4)
		for _, at := range o.aggs[i].spec.argCols() {
			args = append(args, b.Cols[at])
		}
		o.aggs[i].add.add(o.slots, args, b.W)
	}
}

// touch notes what a session was before this epoch.
func (o *SessionAggregate) touch(c *Ctx, at int32) {
	if o.spec.Final {
		o.sess.MarkDirty(at)
		return
	}
	if !o.sess.Touch(at) {
		return
	}
	o.old = append(o.old, o.s[at])
	if o.oldVals == nil {
		o.oldVals = builders(o.out.types[len(o.spec.Keys)+2:], 0)
	}
	for i := range o.aggs {
		o.aggs[i].acc.Result(at, o.oldVals[i])
	}
}

// EndEpoch implements Op.
func (o *SessionAggregate) EndEpoch(c *Ctx, out Emit) {
	if c.Err() != nil {
		return
	}
	o.out.start(out)
	o.emitTouched(c)
	o.endClosing(c)
	o.out.flush()
	o.sess.EndEpoch()
	o.old, o.oldVals, o.closing = o.old[:0], nil, o.closing[:0]
}

func (o *SessionAggregate) emitTouched(c *Ctx) {
	touched := o.sess.Touched()
	if len(touched) == 0 {
		return
	}
	old, now := vecs(o.oldVals), o.results(touched)
	for i, at := range touched {
		was, is := &o.old[i], &o.s[at]
		gone := is.rows == 0 || o.spec.Retract && is.ending
		if was.shown && !gone && was.start == is.start && was.last == is.last && sameResult(old, i, now, i) {
			continue
		}
		if was.shown {
			o.emit(c, was, old, i, -1)
		}
		if is.shown = !gone; is.shown {
			o.emit(c, is, now, i, 1)
		}
	}
	for _, at := range touched {
		if o.s[at].rows == 0 {
			o.free(at)
		}
	}
}

// endClosing gives or takes back what has ended, and frees it.
func (o *SessionAggregate) endClosing(c *Ctx) {
	there := slices.DeleteFunc(slices.Clone(o.closing), func(at int32) bool {
		return !o.sess.Used(at) || o.s[at].rows == 0
	})
	var vals []*col.Vec
	if len(there) > 0 && (o.spec.Final || o.spec.Retract) {
		vals = o.results(there)
	}
	for i, at := range there {
		switch {
		case o.spec.Final:
			o.emit(c, &o.s[at], vals, i, 1)
		case o.spec.Retract && o.s[at].shown:
			o.emit(c, &o.s[at], vals, i, -1)
		}
		o.unlink(at)
		o.free(at)
	}
	// Sessions that were merged away stand in no list.
	for _, at := range o.closing {
		if o.sess.Used(at) && o.s[at].rows == 0 {
			o.free(at)
		}
	}
}

func (o *SessionAggregate) results(of []int32) []*col.Vec {
	vals := builders(o.out.types[len(o.spec.Keys)+2:], len(of))
	for i := range o.aggs {
		for _, at := range of {
			o.aggs[i].acc.Result(at, vals[i])
		}
	}
	return vecs(vals)
}

func (o *SessionAggregate) emit(c *Ctx, s *session, vals []*col.Vec, i int, w int64) {
	if err := rowErr(vals, i); err != nil {
		c.rowError(RowError{Op: "session", Err: err, Weight: w})
		return
	}
	b, n := o.out.builder(), len(o.spec.Keys)
	rep := o.rep.Get(s.part)
	mustDecode(rep, b.Cols[:n])
	end := s.last
	if !o.spec.Inclusive {
		end += o.spec.Gap
	}
	b.Cols[n].Int(s.start)
	b.Cols[n+1].Int(end)
	for k, v := range vals {
		b.Cols[n+2+k].From(v, i)
	}
	o.out.end(w, len(rep)+16+32*len(vals))
}

// free forgets a session that stands in no list, and its key with the last session.
func (o *SessionAggregate) free(at int32) {
	o.ends.remove(at)
	for i := range o.aggs {
		o.aggs[i].acc.Reset(at)
	}
	part := o.s[at].part
	o.s[at] = session{}
	o.sess.Remove(at)
	if o.head[part] == 0 && o.parts.Used(part) {
		o.rep.Clear(part)
		o.parts.Remove(part)
	}
}

// MemBytes implements Op.
func (o *SessionAggregate) MemBytes() int64 {
	total := o.parts.MemBytes() + o.rep.MemBytes() + o.sess.MemBytes() + o.ends.memBytes() + o.key.memBytes() +
		int64(4*cap(o.head)+40*cap(o.s)+4*cap(o.slots)+4*cap(o.closing)+40*cap(o.old))
	for i := range o.aggs {
		total += o.aggs[i].add.memBytes()
	}
	return total
}

// boundedSessions is a SessionAggregate whose sessions the watermark ends.
type boundedSessions struct{ *SessionAggregate }

// Advance implements Timed.
func (o *boundedSessions) Advance(_ *Ctx, marks []int64) {
	o.mark = max(o.mark, min(marks[0], timeMax))
	if o.mark == NoTime {
		return
	}
	limit := o.mark - o.spec.Close
	for _, at := range o.ends.take(nil, limit) {
		s := &o.s[at]
		if s.last > limit { // it has grown since it was noted
			s.noted = s.last
			o.sess.MarkDirty(at)
			o.ends.add(at, s.last)
			continue
		}
		s.ending = true
		o.closing = append(o.closing, at)
	}
	// In the order of their ends, whenever they were noted (O2).
	slices.SortStableFunc(o.closing, func(a, b int32) int {
		if d := o.s[a].last - o.s[b].last; d != 0 {
			return int(min(max(d, -1), 1))
		}
		return int(a - b)
	})
}

// Wake implements Timed.
func (o *boundedSessions) Wake() (watermark, clock int64) {
	if end := o.ends.least(); end != NoTime {
		return end + o.spec.Close, NoTime
	}
	return NoTime, NoTime
}

var (
	_ Op    = (*SessionAggregate)(nil)
	_ Timed = (*boundedSessions)(nil)
)
