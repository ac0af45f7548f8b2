package op

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"math"
	"slices"

	"millrace/exec/state"
	"millrace/sql/col"
	"millrace/sql/types"
)

// WithinSpec defines a join of rows that are near each other in event time; see
// plan.JoinTime. Both inputs only add rows.
type WithinSpec struct {
	Kind         JoinKind // Inner, Left, Right or Full
	L, R         []types.Type
	LKeys, RKeys []int
	NullSafe     []bool
	Residual     Pred
	// LTime and RTime are timestamp columns: a pair has RTime in LTime + [Low, High],
	// in microseconds.
	LTime, RTime int
	Low, High    int64
	// LLag and RLag are how far behind the watermark of its input a time may be without
	// being late, in microseconds; what comes later has no match.
	LLag, RLag int64
	// Eager gives a row without a match in its own epoch, and takes it back when a match
	// comes. Else it is given once, when none can come any more.
	Eager bool
}

// Within keeps each row until the watermark of the other side says that no match of it
// can come, and only then gives it as a row without a match.
type Within struct {
	spec WithinSpec
	// keys are join keys together with a stretch of time as long as a row reaches: the
	// matches of a row are in two stretches at most, however many rows its key has.
	keys    state.Keys
	stretch int64
	sides   [2]withinSide
	marks   [2]int64

	exact rower
	key   []byte
	pairs withinPairs
	out   rowOut
}

// withinSide is one input. Rows that are equal share an id.
type withinSide struct {
	types    []types.Type
	keys     keyer
	safe     []bool
	time     int
	at       int   // of its columns in a pair
	lag      int64 // of its own input
	low      int64 // of the other side's times against its own
	high     int64
	otherLag int64
	// outer: rows without a match are given.
	outer bool

	rows    state.Multimap
	times   []int64 // by row
	matched []bool
	shown   []bool // given as without a match, with Eager
	ends    buckets
	fresh   []int32 // rows of this epoch that may have no match, with Eager
	closing []int32
}

// withinPairs are pairs that wait to be emitted; own ids are of the delta's side.
type withinPairs struct {
	own, other []int32
	w          []int32
}

// NewWithin returns a join within a span of time: port 0 is the left input, port 1 the
// right one.
func NewWithin(spec WithinSpec) *Within {
	o := &Within{spec: spec, stretch: max(satAdd(spec.High-spec.Low, 1), 1), marks: [2]int64{NoTime, NoTime}, out: newRowOut(concat(spec.L, spec.R))}
	o.sides[0] = withinSide{
		types: spec.L, keys: keyer{cols: spec.LKeys}, safe: spec.NullSafe, time: spec.LTime, lag: spec.LLag,
		low: spec.Low, high: spec.High, otherLag: spec.RLag, outer: spec.Kind == Left || spec.Kind == Full,
	}
	o.sides[1] = withinSide{
		types: spec.R, keys: keyer{cols: spec.RKeys}, safe: spec.NullSafe, time: spec.RTime, lag: spec.RLag,
		at: len(spec.L), low: -spec.High, high: -spec.Low, otherLag: spec.LLag,
		outer: spec.Kind == Right || spec.Kind == Full,
	}
	return o
}

// Push implements Op.
func (o *Within) Push(c *Ctx, port int, b *col.Batch, out Emit) {
	if c.Err() != nil {
		return
	}
	own := &o.sides[port]
	b = o.timely(c, port, b, out)
	if b.N == 0 {
		return
	}
	arena, off := own.keys.keys(b)
	rows, at := o.exact.rows(b.Cols, b.N)
	o.out.start(out)
	for i := range b.N {
		o.key = append(o.key[:0], arena[off[i]:off[i+1]]...)
		t := b.Cols[own.time].Fix[i]
		slot, _ := o.keys.FindOrAdd(o.keyAt(t))
		id := own.add(slot, rows[at[i]:at[i+1]], b.Weight(i), t, o.spec.Eager)
		if own.shown[id] {
			o.out.exact(own.rows.Row(id), own.at, len(own.types), int64(b.Weight(i)))
		}
		o.meet(c, port, id, b.Weight(i))
		if c.Err() != nil {
			return
		}
	}
	o.flushPairs(c, port)
	o.out.flush()
}

// timely returns the rows that can have matches. Those that cannot are given at once,
// if rows without a match are given at all, or are late.
func (o *Within) timely(c *Ctx, port int, b *col.Batch, out Emit) *col.Batch {
	s := &o.sides[port]
	ts := b.Cols[s.time]
	var keep, lone []int32
	for i := range b.N {
		late := !ts.IsNull(i) && passed(ts.Fix[i], s.lag, o.marks[port])
		switch {
		case !late && !ts.IsNull(i) && !s.nullKey(b, i):
			keep = append(keep, int32(i))
		case s.outer:
			lone = append(lone, int32(i))
		case late:
			c.lateRow("join", b, i, ts.Fix[i], o.marks[port])
		}
	}
	if len(keep) == b.N {
		return b
	}
	if len(lone) > 0 {
		out(o.extended(s, b.Gather(lone)))
	}
	return b.Gather(keep)
}

// extended is rows of one side with NULLs for the other.
func (o *Within) extended(s *withinSide, b *col.Batch) *col.Batch {
	res := &col.Batch{N: b.N, W: b.W}
	for c, t := range o.out.types {
		if c >= s.at && c < s.at+len(s.types) {
			res.Cols = append(res.Cols, b.Cols[c-s.at])
		} else {
			res.Cols = append(res.Cols, col.Const(t, types.Null, b.N))
		}
	}
	return res
}

func (s *withinSide) nullKey(b *col.Batch, i int) bool {
	for k, c := range s.keys.cols {
		if (s.safe == nil || !s.safe[k]) && b.Cols[c].IsNull(i) {
			return true
		}
	}
	return false
}

// add keeps a row and returns its id.
func (s *withinSide) add(slot int32, row []byte, w int32, t int64, eager bool) int32 {
	id, added := s.rows.Ref(slot, row)
	s.rows.AddWeight(id, w)
	if added {
		n := int(id) + 1
		s.times, s.matched, s.shown = growTo(s.times, n), growTo(s.matched, n), growTo(s.shown, n)
		s.times[id], s.matched[id], s.shown[id] = t, false, false
		s.ends.add(id, s.end(t))
	}
	if eager && s.outer && !s.matched[id] && !s.shown[id] {
		s.fresh = append(s.fresh, id)
	}
	return id
}

// end is the watermark of the other side from which on a row at t has all its matches.
func (s *withinSide) end(t int64) int64 { return satAdd(satAdd(t, s.high), s.otherLag) }

// satAdd adds without going beyond the largest time.
func satAdd(a, b int64) int64 {
	switch {
	case b > 0 && a > math.MaxInt64-b:
		return math.MaxInt64
	case b < 0 && a < math.MinInt64+1-b:
		return math.MinInt64 + 1
	}
	return a + b
}

// keyAt is the key in o.key in the stretch of time t; valid until the next call.
func (o *Within) keyAt(t int64) []byte {
	n := len(o.key)
	return binary.BigEndian.AppendUint64(o.key, uint64(o.stretchOf(t)))[: n+8 : n+8]
}

// stretchOf numbers the stretches of time.
func (o *Within) stretchOf(t int64) int64 {
	n := t / o.stretch
	if t%o.stretch < 0 {
		n--
	}
	return n
}

// meet gathers the pairs of a new row of weight w, whose key is in o.key.
func (o *Within) meet(c *Ctx, port int, id, w int32) {
	own, other := &o.sides[port], &o.sides[1-port]
	low, high := satAdd(own.times[id], own.low), satAdd(own.times[id], own.high)
	last := o.stretchOf(high)
	for at := o.stretchOf(low); at <= last; at++ {
		n := len(o.key)
		slot := o.keys.Find(binary.BigEndian.AppendUint64(o.key, uint64(at))[:n+8])
		for x := other.rows.First(slot); x >= 0; x = other.rows.Next(x) {
			if t := other.times[x]; t >= low && t <= high {
				o.pairs.own, o.pairs.other = append(o.pairs.own, id), append(o.pairs.other, x)
				o.pairs.w = append(o.pairs.w, w*other.rows.Weight(x))
			}
			if len(o.pairs.own) >= col.BatchRows {
				o.flushPairs(c, port)
				if c.Poll() != nil {
					return
				}
			}
		}
	}
}

// flushPairs emits the gathered pairs that satisfy the residual condition.
func (o *Within) flushPairs(c *Ctx, port int) {
	p := &o.pairs
	if len(p.own) == 0 {
		return
	}
	l, r := p.own, p.other
	if port == 1 {
		l, r = r, l
	}
	both := &col.Batch{N: len(l), Cols: concat(o.sides[0].columns(l), o.sides[1].columns(r)), W: slices.Clone(p.w)}
	if !slices.ContainsFunc(p.w, func(w int32) bool { return w != 1 }) {
		both.W = nil
	}
	if o.spec.Residual == nil {
		for i := range l {
			o.match(0, l[i])
			o.match(1, r[i])
		}
		o.out.flush()
		o.out.out(both)
	} else {
		rows, errs := o.spec.Residual.Filter(c.Env, both)
		reportErrs(c, "join", errs, both)
		for _, i := range rows {
			o.match(0, l[i])
			o.match(1, r[i])
		}
		o.out.flush()
		if len(rows) > 0 {
			o.out.out(both.Gather(rows))
		}
	}
	p.own, p.other, p.w = p.own[:0], p.other[:0], p.w[:0]
}

// columns are rows by id.
func (s *withinSide) columns(ids []int32) []*col.Vec {
	bs := builders(s.types, len(ids))
	for _, id := range ids {
		mustDecode(s.rows.Row(id), bs)
	}
	return vecs(bs)
}

// match notes that a row has a match, and takes it back if it was given without.
func (o *Within) match(port int, id int32) {
	s := &o.sides[port]
	if s.matched[id] {
		return
	}
	s.matched[id] = true
	s.rows.Rows().MarkDirty(id)
	if s.shown[id] {
		s.shown[id] = false
		o.out.exact(s.rows.Row(id), s.at, len(s.types), -int64(s.rows.Weight(id)))
	}
}

// Advance implements Timed.
func (o *Within) Advance(_ *Ctx, marks []int64) {
	for p := range o.sides {
		o.marks[p] = max(o.marks[p], min(marks[p], timeMax))
	}
	for p := range o.sides {
		if mark := o.marks[1-p]; mark != NoTime {
			s := &o.sides[p]
			s.closing = s.ends.take(s.closing[:0], mark)
		}
	}
}

// Wake implements Timed: only rows that are still to be given need time to go on.
func (o *Within) Wake() (watermark, clock int64) {
	watermark = NoTime
	for p := range o.sides {
		s := &o.sides[p]
		if end := s.ends.least(); s.outer && !o.spec.Eager && end != NoTime && (watermark == NoTime || end < watermark) {
			watermark = end
		}
	}
	return watermark, NoTime
}

// EndEpoch implements Op.
func (o *Within) EndEpoch(c *Ctx, out Emit) {
	if c.Err() != nil {
		return
	}
	o.out.start(out)
	for p := range o.sides {
		s := &o.sides[p]
		o.showFresh(s)
		o.close(s)
	}
	o.out.flush()
	for p := range o.sides {
		o.sides[p].rows.Sweep(func(_, slot int32) {
			if o.keys.Used(slot) && o.sides[0].rows.Empty(slot) && o.sides[1].rows.Empty(slot) {
				o.keys.Remove(slot)
			}
		})
	}
}

// showFresh gives the rows of this epoch that have no match yet.
func (o *Within) showFresh(s *withinSide) {
	for _, id := range s.fresh {
		if s.matched[id] || s.shown[id] {
			continue
		}
		s.shown[id] = true
		s.rows.Rows().MarkDirty(id)
		o.out.exact(s.rows.Row(id), s.at, len(s.types), int64(s.rows.Weight(id)))
	}
	s.fresh = s.fresh[:0]
}

// close gives the rows that ended without a match, in the order of time, and forgets
// all that ended.
func (o *Within) close(s *withinSide) {
	slices.SortFunc(s.closing, func(a, b int32) int {
		return cmp.Or(cmp.Compare(s.times[a], s.times[b]), bytes.Compare(s.rows.Row(a), s.rows.Row(b)))
	})
	for _, id := range s.closing {
		w := s.rows.Weight(id)
		if s.outer && !s.matched[id] && !s.shown[id] {
			o.out.exact(s.rows.Row(id), s.at, len(s.types), int64(w))
		}
		s.rows.AddWeight(id, -w)
	}
	s.closing = s.closing[:0]
}

// MemBytes implements Op.
func (o *Within) MemBytes() int64 {
	total := o.keys.MemBytes() + o.exact.memBytes() + int64(cap(o.key)+4*(cap(o.pairs.own)+cap(o.pairs.other)+cap(o.pairs.w)))
	for p := range o.sides {
		s := &o.sides[p]
		total += s.rows.MemBytes() + s.keys.memBytes() + s.ends.memBytes() +
			int64(8*cap(s.times)+cap(s.matched)+cap(s.shown)+4*cap(s.fresh)+4*cap(s.closing))
	}
	return total
}

// Save implements Op.
func (o *Within) Save(w *state.Saver) {
	o.keys.Save(w, tagKeys, nil)
	for p := range o.sides {
		s := &o.sides[p]
		s.rows.Save(w, tagRows+byte(p), func(dst []byte, id int32) []byte {
			flags := byte(0)
			if s.matched[id] {
				flags |= 1
			}
			if s.shown[id] {
				flags |= 2
			}
			return binary.AppendVarint(append(dst, flags), s.times[id])
		})
	}
	w.Put(tagTimes, nil, binary.AppendVarint(binary.AppendVarint(nil, o.marks[0]), o.marks[1]))
}

// Load implements Op.
func (o *Within) Load(r *state.Loader) error {
	b, err := r.Get(tagTimes, nil)
	if b == nil || err != nil {
		return err
	}
	if err := varints(b, "join within", &o.marks[0], &o.marks[1]); err != nil {
		return err
	}
	if err := o.keys.Load(r, tagKeys, nil); err != nil {
		return err
	}
	for p := range o.sides {
		s := &o.sides[p]
		err := s.rows.Load(r, tagRows+byte(p), func(id int32, b []byte) error {
			if len(b) < 2 {
				return errState("join within")
			}
			n := int(id) + 1
			s.times, s.matched, s.shown = growTo(s.times, n), growTo(s.matched, n), growTo(s.shown, n)
			s.matched[id], s.shown[id] = b[0]&1 != 0, b[0]&2 != 0
			if err := varints(b[1:], "join within", &s.times[id]); err != nil {
				return err
			}
			s.ends.add(id, s.end(s.times[id]))
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

var _ Timed = (*Within)(nil)
