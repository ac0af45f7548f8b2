package op

import (
	"bytes"
	"slices"

	"millrace/exec/state"
	"millrace/sql/col"
	"millrace/sql/types"
)

// AsofSpec defines an ASOF join; see plan.Asof.
type AsofSpec struct {
	L, R         []types.Type
	LKeys, RKeys []int
	LTime, RTime int // of one type
	// Later takes the nearest right row that is not before the left one, else the
	// nearest that is not after it. Strict leaves out one at the same time.
	Later, Strict bool
	// Left keeps left rows without a match.
	Left bool
	// Once: there is a single epoch, whose rows are only added.
	Once bool
}

// Asof joins each left row with the right row of its key that is nearest in time. Of
// right rows at one time the last in the order of the whole row is taken.
//
// Both sides are in trees by key and time, time descending with Later: the match is
// then always the last right row up to the left one's time. Changes of the right side
// wait for the end of the epoch. They cut time into intervals, in each of which all
// left rows have one match before and one after; where those differ, the left rows
// inside are emitted again. Left rows that come in the epoch see the right side as it
// then is.
type Asof struct {
	spec        AsofSpec
	left, right asofSide
	changes     []asofChange
	arena       []byte
	lefts       []*col.Batch

	row  []byte
	key  []byte
	pair []byte
	out  rowOut
}

// asofSide makes the tree keys of one side.
type asofSide struct {
	tree  state.Tree
	types []types.Type
	keys  []int
	time  int
	later bool
	all   []*col.Vec
}

// asofChange is a change of the right side: arena[off:time] is its key and time,
// arena[off:key] its key in the tree, arena[key:end] its row.
type asofChange struct {
	off, time, key, end int
	prefix              int // end of the key without time
	w                   int64
	// Of the first change at a time: the row of the match before, none if empty.
	was, wasEnd int
}

// NewAsof returns an ASOF join: port 0 is the left input, port 1 the right one.
func NewAsof(spec AsofSpec) *Asof {
	return &Asof{
		spec: spec, out: newRowOut(concat(spec.L, spec.R)),
		left:  asofSide{types: spec.L, keys: spec.LKeys, time: spec.LTime, later: spec.Later},
		right: asofSide{types: spec.R, keys: spec.RKeys, time: spec.RTime, later: spec.Later},
	}
}

// matchable reports whether row i has all that a match needs.
func (s *asofSide) matchable(b *col.Batch, i int) bool {
	if b.Cols[s.time].IsNull(i) {
		return false
	}
	for _, c := range s.keys {
		if b.Cols[c].IsNull(i) {
			return false
		}
	}
	return true
}

// appendKey appends key and time of row i and returns where the key ends.
func (s *asofSide) appendKey(dst []byte, b *col.Batch, i int) (out []byte, prefix int) {
	s.all = s.all[:0]
	for _, c := range s.keys {
		s.all = append(s.all, b.Cols[c])
	}
	dst = col.AppendKey(dst, s.all, i)
	prefix = len(dst)
	return col.AppendSortKey(dst, b.Cols[s.time], i, s.later, false), prefix
}

// Push implements Op.
func (o *Asof) Push(c *Ctx, port int, b *col.Batch, _ Emit) {
	if c.Err() != nil {
		return
	}
	if port == 0 {
		o.lefts = append(o.lefts, b)
		return
	}
	for i := range b.N {
		if !o.right.matchable(b, i) {
			continue
		}
		ch := asofChange{off: len(o.arena), w: int64(b.Weight(i))}
		o.arena, ch.prefix = o.right.appendKey(o.arena, b, i)
		ch.time = len(o.arena)
		o.arena = col.AppendKey(o.arena, b.Cols, i)
		ch.key = len(o.arena)
		o.arena = col.AppendRow(o.arena, b.Cols, i)
		ch.end = len(o.arena)
		o.changes = append(o.changes, ch)
	}
}

// EndEpoch implements Op.
func (o *Asof) EndEpoch(c *Ctx, out Emit) {
	if c.Err() != nil {
		return
	}
	o.out.start(out)
	o.noteMatches()
	for i := range o.changes {
		ch := &o.changes[i]
		o.right.tree.Add(o.arena[ch.off:ch.key], o.arena[ch.key:ch.end], ch.w)
	}
	o.settle(c)
	for _, b := range o.lefts {
		o.addLeft(c, b)
	}
	o.out.flush()
	o.changes, o.arena, o.lefts = o.changes[:0], o.arena[:0], nil
}

// noteMatches sorts the changes and notes at the first one of each time what matched
// there before.
func (o *Asof) noteMatches() {
	slices.SortFunc(o.changes, func(a, b asofChange) int {
		return bytes.Compare(o.arena[a.off:a.key], o.arena[b.off:b.key])
	})
	if o.left.tree.Len() == 0 {
		return
	}
	for i := range o.changes {
		ch := &o.changes[i]
		if !o.startsTime(i) {
			continue
		}
		match := o.matchUpTo(o.arena[ch.off:ch.time], ch.prefix-ch.off, false)
		ch.was = len(o.arena)
		o.arena = append(o.arena, match...)
		ch.wasEnd = len(o.arena)
	}
}

func (o *Asof) startsTime(i int) bool {
	if i == 0 {
		return true
	}
	a, b := &o.changes[i-1], &o.changes[i]
	return !bytes.Equal(o.arena[a.off:a.time], o.arena[b.off:b.time])
}

// matchUpTo returns the last right row with the key full[:prefix] and a time up to
// that of full, or before it if strict; empty when there is none.
func (o *Asof) matchUpTo(full []byte, prefix int, strict bool) []byte {
	o.key = append(o.key[:0], full...)
	if !strict {
		o.key = state.Successor(o.key)
	}
	var c state.Cursor
	if c = o.right.tree.SeekBefore(o.key); !c.Valid() || !bytes.HasPrefix(c.Key(), full[:prefix]) {
		return nil
	}
	return c.Payload()
}

// settle emits the left rows again whose match the changes replaced.
func (o *Asof) settle(c *Ctx) {
	if o.left.tree.Len() == 0 {
		return
	}
	for i := range o.changes {
		if !o.startsTime(i) {
			continue
		}
		if c.Poll() != nil {
			return
		}
		ch := &o.changes[i]
		was := o.arena[ch.was:ch.wasEnd]
		is := o.matchUpTo(o.arena[ch.off:ch.time], ch.prefix-ch.off, false)
		if !bytes.Equal(was, is) {
			o.replace(i, was, append([]byte(nil), is...))
		}
	}
}

// replace gives the left rows from the time of change i up to the next right row
// another match. With Strict a left row at the time of a right row has the one before.
func (o *Asof) replace(i int, was, is []byte) {
	ch := &o.changes[i]
	from, prefix := o.arena[ch.off:ch.time], o.arena[ch.off:ch.prefix]
	to := o.intervalEnd(i)
	if o.spec.Strict {
		from = state.Successor(from)
	}
	for c := o.left.tree.Seek(from); c.Valid() && bytes.HasPrefix(c.Key(), prefix); c.Next() {
		if to != nil && o.ends(c.Key(), to) {
			return
		}
		o.emit(c.Payload(), was, -c.Weight())
		o.emit(c.Payload(), is, c.Weight())
	}
}

// ends reports whether a left row is behind an interval that ends at the time of the
// right row to, whose key may go on behind the time.
func (o *Asof) ends(left, to []byte) bool {
	if bytes.HasPrefix(to, left) { // at that time
		return !o.spec.Strict
	}
	return bytes.Compare(left, to) > 0
}

// intervalEnd is the key of the next right row after change i, which was there before
// or is there now; nil when there is none.
func (o *Asof) intervalEnd(i int) []byte {
	ch := &o.changes[i]
	prefix := o.arena[ch.off:ch.prefix]
	var end []byte
	for j := i + 1; j < len(o.changes); j++ {
		if next := &o.changes[j]; o.startsTime(j) {
			if bytes.HasPrefix(o.arena[next.off:next.time], prefix) {
				end = o.arena[next.off:next.time]
			}
			break
		}
	}
	c := o.right.tree.Seek(state.Successor(o.arena[ch.off:ch.time]))
	if !c.Valid() || !bytes.HasPrefix(c.Key(), prefix) {
		return end
	}
	if end != nil && bytes.Compare(c.Key(), end) >= 0 {
		return end
	}
	return append([]byte(nil), c.Key()...)
}

// addLeft joins new left rows and keeps them.
func (o *Asof) addLeft(c *Ctx, b *col.Batch) {
	for i := range b.N {
		o.row = col.AppendRow(o.row[:0], b.Cols, i)
		w := int64(b.Weight(i))
		if !o.left.matchable(b, i) {
			o.emit(o.row, nil, w)
			continue
		}
		var prefix int
		o.pair, prefix = o.left.appendKey(o.pair[:0], b, i)
		o.emit(o.row, o.matchUpTo(o.pair, prefix, o.spec.Strict), w)
		if !o.spec.Once {
			o.left.tree.Add(o.pair, o.row, w)
		}
	}
	_ = c.Poll()
}

// emit gives a left row with its match, none if empty.
func (o *Asof) emit(left, match []byte, w int64) {
	if len(match) == 0 {
		if o.spec.Left {
			o.out.exact(left, 0, len(o.spec.L), w)
		}
		return
	}
	b := o.out.builder()
	n := len(o.spec.L)
	mustDecode(left, b.Cols[:n])
	mustDecode(match, b.Cols[n:])
	o.out.end(w, len(left)+len(match))
}

// MemBytes implements Op.
func (o *Asof) MemBytes() int64 {
	total := o.left.tree.MemBytes() + o.right.tree.MemBytes() +
		int64(72*cap(o.changes)+cap(o.arena)+cap(o.row)+cap(o.key)+cap(o.pair))
	for _, b := range o.lefts {
		total += b.MemBytes()
	}
	return total
}

// Save implements Op.
func (o *Asof) Save(w *state.Saver) {
	o.left.tree.Save(w, tagTree)
	o.right.tree.Save(w, tagTree2)
}

// Load implements Op.
func (o *Asof) Load(r *state.Loader) error {
	if err := o.left.tree.Load(r, tagTree); err != nil {
		return err
	}
	return o.right.tree.Load(r, tagTree2)
}

var _ Op = (*Asof)(nil)
