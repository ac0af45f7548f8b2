package op

import (
	"bytes"

	"millrace/exec/state"
	"millrace/sql/col"
)

// MarkJoin computes, for each left row, the three-valued "left keys IN (right keys
// of the rows that satisfy the residual condition)": as one more column (Mark), or
// as the condition NOT IN (null-aware Anti), which keeps the rows for which it is
// FALSE.
//
// IN is TRUE when some comparison is TRUE, else NULL when some comparison is NULL, else
// FALSE. Comparisons with TRUE are found by key. With one key column at most and
// no residual, whether some comparison is NULL follows from two counts: right rows
// with a NULL key, and all right rows. Otherwise each left row counts the right rows
// that compare as NULL, for which rows with a NULL key meet all rows of the other side.
type MarkJoin struct {
	spec   JoinSpec
	keys   state.Keys
	sides  [2]joinSide
	simple bool
	out    rowOut

	trues, unknowns []int64 // by left row, unless simple
	total           markCounts
	oldTotal        markCounts
	open            bool // the epoch has begun: oldTotal is set
	dirty           bool

	slots []int32
	exact rower
	pairs pairs
	key   [2][]byte
}

// markCounts are weights of right rows.
type markCounts struct{ nulls, all int64 }

// mark is a three-valued truth value.
type mark uint8

const (
	markFalse mark = iota
	markTrue
	markNull
)

// nullSlotKey is the key of all rows with a NULL key; no key form begins so.
var nullSlotKey = []byte{2}

func newMark(spec JoinSpec) *MarkJoin {
	m := &MarkJoin{spec: spec, simple: len(spec.LKeys) <= 1 && spec.Residual == nil}
	m.sides[0] = joinSide{types: spec.L, keys: keyer{cols: spec.LKeys}, safe: spec.NullSafe, track: true}
	m.sides[1] = joinSide{types: spec.R, keys: keyer{cols: spec.RKeys}, safe: spec.NullSafe, at: len(spec.L)}
	ts := spec.L
	if spec.Kind == Mark {
		ts = concat(spec.L, markType)
	}
	m.out = newRowOut(ts)
	m.pairs.types = concat(spec.L, spec.R)
	m.keys.FindOrAdd(nullSlotKey) // slot 0
	m.growCounts()
	return m
}

func (m *MarkJoin) growCounts() {
	for s := range m.sides {
		side := &m.sides[s]
		side.count, side.oldCount = growTo(side.count, m.keys.Cap()), growTo(side.oldCount, m.keys.Cap())
	}
}

// Push implements Op.
func (m *MarkJoin) Push(c *Ctx, port int, b *col.Batch, _ Emit) {
	if c.Err() != nil {
		return
	}
	if !m.open {
		m.oldTotal, m.open = m.total, true
	}
	own := &m.sides[port]
	m.findSlots(own, b)
	m.growCounts()
	arena, off := m.exact.rows(b.Cols, b.N)
	m.pairs.start(port, b)
	for i, slot := range m.slots {
		w := b.Weight(i)
		if m.keys.Touch(slot) {
			m.sides[1].oldCount[slot] = m.sides[1].count[slot]
		}
		own.count[slot] += int64(w)
		if port == 1 {
			m.countRight(slot, w)
		}
		id, added := own.rows.Ref(slot, arena[off[i]:off[i+1]])
		if port == 0 {
			m.touchLeft(id, added)
		}
		own.rows.AddWeight(id, w)
		if !m.simple {
			m.meet(c, port, b, i, id, added)
		}
	}
	m.comparePairs(c, port, b)
}

func (m *MarkJoin) findSlots(own *joinSide, b *col.Batch) {
	arena, off := own.keys.keys(b)
	m.slots = m.slots[:0]
	for i := range b.N {
		key := arena[off[i]:off[i+1]]
		if own.nullKey(b, i) {
			key = nullSlotKey
		}
		slot, _ := m.keys.FindOrAdd(key)
		m.slots = append(m.slots, slot)
	}
}

func (m *MarkJoin) countRight(slot, w int32) {
	m.dirty = true
	m.total.all += int64(w)
	if slot == 0 {
		m.total.nulls += int64(w)
	}
}

// touchLeft notes what a left row was at the begin of the epoch.
func (m *MarkJoin) touchLeft(id int32, added bool) {
	left := &m.sides[0]
	if !m.simple && added {
		m.trues, m.unknowns = growTo(m.trues, int(id)+1), growTo(m.unknowns, int(id)+1)
		m.trues[id], m.unknowns[id] = 0, 0
	}
	if !left.rows.Rows().Touch(id) {
		return
	}
	left.old = growTo(left.old, int(id)+1)
	left.old[id] = oldRow{w: left.rows.Weight(id), mark: m.mark(id, true)}
}

// mark computes the value for a left row, now or as of the begin of the epoch (for
// rows that count for themselves: when asked at the first touch).
func (m *MarkJoin) mark(id int32, old bool) mark {
	left, right := &m.sides[0], &m.sides[1]
	if !m.simple {
		return markOf(m.trues[id] > 0, m.unknowns[id] > 0)
	}
	slot, total, count := left.rows.Slot(id), m.total, right.count
	if old {
		total, count = m.oldTotal, right.oldCount
	}
	if slot == 0 {
		return markOf(false, total.all > 0)
	}
	return markOf(count[slot] > 0, total.nulls > 0)
}

func markOf(isTrue, isUnknown bool) mark {
	switch {
	case isTrue:
		return markTrue
	case isUnknown:
		return markNull
	}
	return markFalse
}

// meet compares row i of the delta, which has the given id, with the rows of the
// other side that can compare as TRUE or NULL.
func (m *MarkJoin) meet(c *Ctx, port int, b *col.Batch, i int, id int32, added bool) {
	if port == 0 && !added {
		return
	}
	other := &m.sides[1-port]
	pair := func(o int32) {
		m.pairs.add(int32(i), id, o, 1, added)
		if len(m.pairs.row) >= col.BatchRows {
			m.comparePairs(c, port, b)
		}
	}
	if m.slots[i] == 0 {
		for o := range int32(other.rows.Rows().Cap()) {
			if other.rows.Rows().Used(o) {
				pair(o)
			}
		}
	} else {
		for _, slot := range []int32{m.slots[i], 0} {
			for o := other.rows.First(slot); o >= 0; o = other.rows.Next(o) {
				pair(o)
			}
		}
	}
}

// comparePairs counts the gathered pairs for their left rows.
func (m *MarkJoin) comparePairs(c *Ctx, port int, b *col.Batch) {
	p := &m.pairs
	if len(p.row) == 0 {
		return
	}
	both := p.batch(b, &m.sides[1-port])
	for _, r := range m.residual(c, both) {
		res := m.compare(both, int(r))
		if res == markFalse {
			continue
		}
		var l, w int32
		if port == 0 {
			l, w = p.own[r], m.sides[1].rows.Weight(p.other[r])
		} else {
			l, w = p.other[r], b.Weight(int(p.row[r]))
			m.touchLeft(l, false)
		}
		m.sides[0].rows.Rows().MarkDirty(l)
		if res == markTrue {
			m.trues[l] += int64(w)
		} else {
			m.unknowns[l] += int64(w)
		}
	}
	p.clear()
}

func (m *MarkJoin) residual(c *Ctx, both *col.Batch) []int32 {
	if m.spec.Residual == nil {
		rows := make([]int32, both.N)
		for i := range rows {
			rows[i] = int32(i)
		}
		return rows
	}
	rows, errs := m.spec.Residual.Filter(c.Env, both)
	reportErrs(c, "join", errs, both)
	return rows
}

// compare is the row comparison of the keys of a pair.
func (m *MarkJoin) compare(both *col.Batch, r int) mark {
	res := markTrue
	for k, lc := range m.spec.LKeys {
		l, rv := both.Cols[lc], both.Cols[len(m.spec.L)+m.spec.RKeys[k]]
		safe := m.spec.NullSafe != nil && m.spec.NullSafe[k]
		if !safe && (l.IsNull(r) || rv.IsNull(r)) {
			res = markNull
			continue
		}
		m.key[0] = col.AppendKey(m.key[0][:0], []*col.Vec{l}, r)
		m.key[1] = col.AppendKey(m.key[1][:0], []*col.Vec{rv}, r)
		if !bytes.Equal(m.key[0], m.key[1]) {
			return markFalse
		}
	}
	return res
}

// EndEpoch implements Op.
func (m *MarkJoin) EndEpoch(c *Ctx, out Emit) {
	if c.Err() != nil || !m.open {
		return
	}
	left := &m.sides[0]
	if m.simple {
		m.touchFlipped()
	}
	m.out.start(out)
	for _, id := range left.rows.Rows().Touched() {
		old := left.old[id]
		m.change(id, old.w, old.mark, m.mark(id, false))
	}
	m.out.flush()
	m.sweep()
	m.open = false
}

// touchFlipped touches the left rows whose value may have changed through the right
// side: those of keys that came or went, and when one of the totals did, all.
func (m *MarkJoin) touchFlipped() {
	left, right := &m.sides[0], &m.sides[1]
	touch := func(slot int32) {
		for id := left.rows.First(slot); id >= 0; id = left.rows.Next(id) {
			m.touchLeft(id, false)
		}
	}
	if (m.oldTotal.all > 0) != (m.total.all > 0) {
		touch(0)
	}
	nullsFlipped := (m.oldTotal.nulls > 0) != (m.total.nulls > 0)
	if nullsFlipped {
		// Slots that were not touched have the counts of before.
		for slot := range int32(m.keys.Cap()) {
			if slot != 0 && m.keys.Used(slot) {
				if m.keys.Touch(slot) {
					right.oldCount[slot] = right.count[slot]
				}
				touch(slot)
			}
		}
		return
	}
	for _, slot := range m.keys.Touched() {
		if (right.oldCount[slot] > 0) != (right.count[slot] > 0) {
			touch(slot)
		}
	}
}

// change emits what becomes of a left row.
func (m *MarkJoin) change(id, oldW int32, was, is mark) {
	left := &m.sides[0]
	w := left.rows.Weight(id)
	if m.spec.Kind != Mark {
		var d int64
		if is == markFalse {
			d += int64(w)
		}
		if was == markFalse {
			d -= int64(oldW)
		}
		if d != 0 {
			m.out.exact(left.rows.Row(id), 0, len(left.types), d)
		}
		return
	}
	if was == is {
		m.emit(id, is, int64(w)-int64(oldW))
		return
	}
	m.emit(id, was, -int64(oldW))
	m.emit(id, is, int64(w))
}

// emit emits a left row with its mark.
func (m *MarkJoin) emit(id int32, is mark, w int64) {
	if w == 0 {
		return
	}
	left, b := &m.sides[0], m.out.builder()
	row := left.rows.Row(id)
	mustDecode(row, b.Cols[:len(left.types)])
	last := b.Cols[len(left.types)]
	if is == markNull {
		last.Null()
	} else {
		last.Bool(is == markTrue)
	}
	m.out.end(w, len(row))
}

func (m *MarkJoin) sweep() {
	freed := append([]int32(nil), m.keys.Touched()...)
	for s := range m.sides {
		m.sides[s].rows.Sweep(func(_, slot int32) { freed = append(freed, slot) })
	}
	m.keys.EndEpoch()
	for _, slot := range freed {
		if slot != 0 && m.keys.Used(slot) && m.sides[0].rows.Empty(slot) && m.sides[1].rows.Empty(slot) {
			m.keys.Remove(slot)
		}
	}
}

var _ Op = (*MarkJoin)(nil)
