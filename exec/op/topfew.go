package op

import (
	"bytes"
	"encoding/binary"

	"millrace/exec/state"
	"millrace/sql/col"
	"millrace/sql/pgerr"
)

// topFewMax is the largest limit that TopFew is for.
const topFewMax = 64

// TopFew keeps the first rows of each partition, a few, of an input that never
// retracts: what falls behind them can never come back and is forgotten. A row that
// does not make it costs a comparison.
type TopFew struct {
	spec SortSpec
	n    int // rows of a partition
	// numbered: each row has its place behind its columns.
	numbered bool
	parts    state.Keys
	// By partition: how many rows it has, and their numbers within it, in order.
	count []uint8
	order []uint8
	// By entry (partition * n + number): the first bytes of the sort key, the key's
	// length, and key and row, one behind the other.
	prefix []uint64
	keyLen []uint32
	rows   state.Cells

	part  keyer
	slots []int32
	full  []byte // scratch: key and row
	out   rowOut
	old   window // rows of the touched partitions as they were
	begin []int  // where each touched partition begins in old
}

func newTopFew(spec SortSpec) *TopFew {
	return &TopFew{spec: spec, n: int(spec.Limit), part: keyer{cols: spec.Partition}, out: newRowOut(spec.Types)}
}

// Push implements Op.
func (o *TopFew) Push(c *Ctx, _ int, b *col.Batch, _ Emit) {
	if c.Err() != nil {
		return
	}
	arena, off := o.part.keys(b)
	o.slots = o.parts.FindOrAddAll(o.slots[:0], arena, off)
	o.grow(o.parts.Cap())
	for i, slot := range o.slots {
		o.full = appendSortKeys(o.full[:0], o.spec.Keys, b, i)
		keyLen := len(o.full)
		if o.isBehind(slot, o.full, keyLen) {
			continue
		}
		o.full = col.AppendRow(o.full, b.Cols, i)
		w := b.Weight(i)
		if w < 0 {
			panic(pgerr.Bug("retraction of a row that may be forgotten"))
		}
		for range min(int(w), o.n) {
			o.insert(slot, keyLen)
		}
	}
}

func (o *TopFew) grow(n int) {
	o.count = growTo(o.count, n)
	o.order = growTo(o.order, n*o.n)
	o.prefix = growTo(o.prefix, n*o.n)
	o.keyLen = growTo(o.keyLen, n*o.n)
}

func (o *TopFew) entry(slot int32, place int) int32 {
	at := int(slot) * o.n
	return int32(at) + int32(o.order[at+place])
}

// isBehind reports whether a row with this key is certainly not among the first.
func (o *TopFew) isBehind(slot int32, full []byte, keyLen int) bool {
	if int(o.count[slot]) < o.n {
		return false
	}
	last := o.entry(slot, o.n-1)
	if p := prefix8(full); p != o.prefix[last] {
		return p > o.prefix[last]
	}
	return bytes.Compare(full[:keyLen], o.rows.Get(last)[:o.keyLen[last]]) > 0
}

// insert puts the row in o.full at its place, if it is among the first.
func (o *TopFew) insert(slot int32, keyLen int) {
	at, count := int(slot)*o.n, int(o.count[slot])
	p := prefix8(o.full[:keyLen])
	place := count
	for place > 0 {
		e := o.entry(slot, place-1)
		if o.prefix[e] < p || o.prefix[e] == p && bytes.Compare(o.rows.Get(e), o.full) <= 0 {
			break
		}
		place--
	}
	if place == o.n {
		return
	}
	if o.parts.Touch(slot) {
		o.keepOld(slot)
	}
	number := uint8(count)
	if count == o.n {
		number = o.order[at+count-1] // the last one's place is free now
		count--
	} else {
		o.count[slot]++
	}
	copy(o.order[at+place+1:at+count+1], o.order[at+place:at+count])
	o.order[at+place] = number
	e := int32(at) + int32(number)
	o.prefix[e], o.keyLen[e] = p, uint32(keyLen)
	o.rows.Put(e, o.full)
}

// keepOld copies the rows of a partition before its first change in the epoch.
func (o *TopFew) keepOld(slot int32) {
	o.begin = append(o.begin, len(o.old.ent))
	for place := range int(o.count[slot]) {
		e := o.entry(slot, place)
		off := len(o.old.buf)
		o.old.buf = append(o.old.buf, o.rows.Get(e)...)
		o.old.ent = append(o.old.ent, windowRow{off: off, key: off + int(o.keyLen[e]), end: len(o.old.buf)})
	}
}

// EndEpoch implements Op.
func (o *TopFew) EndEpoch(c *Ctx, out Emit) {
	if c.Err() != nil {
		return
	}
	o.out.start(out)
	for i, slot := range o.parts.Touched() {
		end := len(o.old.ent)
		if i+1 < len(o.begin) {
			end = o.begin[i+1]
		}
		if o.numbered {
			o.diffNumbered(slot, o.begin[i], end)
		} else {
			o.diff(slot, o.begin[i], end)
		}
	}
	o.out.flush()
	o.parts.EndEpoch()
	o.old.buf, o.old.ent, o.begin = o.old.buf[:0], o.old.ent[:0], o.begin[:0]
}

// diff emits what changed in a partition, whose old rows are old.ent[from:to].
func (o *TopFew) diff(slot int32, from, to int) {
	place, count := 0, int(o.count[slot])
	for from < to || place < count {
		cmp := 1
		if from < to {
			cmp = -1
			if place < count {
				cmp = bytes.Compare(o.old.full(from), o.rows.Get(o.entry(slot, place)))
			}
		}
		if cmp < 0 {
			o.out.exact(o.old.payload(from), 0, len(o.spec.Types), -1)
		}
		if cmp > 0 {
			e := o.entry(slot, place)
			o.out.exact(o.rows.Get(e)[o.keyLen[e]:], 0, len(o.spec.Types), 1)
		}
		if cmp <= 0 {
			from++
		}
		if cmp >= 0 {
			place++
		}
	}
}

// diffNumbered emits what changed at each place of a partition.
func (o *TopFew) diffNumbered(slot int32, from, to int) {
	count := int(o.count[slot])
	for place := range max(count, to-from) {
		var was, is []byte
		if from+place < to {
			was = o.old.full(from + place)
		}
		e := int32(0)
		if place < count {
			e = o.entry(slot, place)
			is = o.rows.Get(e)
		}
		if was != nil && is != nil && bytes.Equal(was, is) {
			continue
		}
		if was != nil {
			o.emitNumbered(o.old.payload(from+place), place, -1)
		}
		if is != nil {
			o.emitNumbered(is[o.keyLen[e]:], place, 1)
		}
	}
}

func (o *TopFew) emitNumbered(row []byte, place int, w int64) {
	b := o.out.builder()
	n := len(o.spec.Types)
	mustDecode(row, b.Cols[:n])
	b.Cols[n].Int(int64(place) + 1)
	o.out.end(w, len(row))
}

// MemBytes implements Op.
func (o *TopFew) MemBytes() int64 {
	return o.parts.MemBytes() + o.rows.MemBytes() + o.part.memBytes() +
		int64(cap(o.count)+cap(o.order)+8*cap(o.prefix)+4*cap(o.keyLen)+4*cap(o.slots)+cap(o.full)) +
		int64(cap(o.old.buf)+32*cap(o.old.ent)+8*cap(o.begin))
}

// Save implements Op.
func (o *TopFew) Save(w *state.Saver) {
	o.parts.Save(w, tagKeys, func(dst []byte, slot int32) []byte {
		for place := range int(o.count[slot]) {
			e := o.entry(slot, place)
			full := o.rows.Get(e)
			dst = binary.AppendUvarint(dst, uint64(o.keyLen[e]))
			dst = binary.AppendUvarint(dst, uint64(len(full)))
			dst = append(dst, full...)
		}
		return dst
	})
}

// Load implements Op.
func (o *TopFew) Load(r *state.Loader) error {
	return o.parts.Load(r, tagKeys, func(slot int32, b []byte) error {
		o.grow(int(slot) + 1)
		for len(b) > 0 {
			keyLen, k := binary.Uvarint(b)
			if k <= 0 {
				return errTopFew
			}
			size, l := binary.Uvarint(b[k:])
			if l <= 0 || size > uint64(len(b)-k-l) || keyLen > size || int(o.count[slot]) == o.n {
				return errTopFew
			}
			full := b[k+l : k+l+int(size)]
			b = b[k+l+int(size):]
			number := o.count[slot]
			e := slot*int32(o.n) + int32(number)
			o.order[e] = number
			o.prefix[e], o.keyLen[e] = prefix8(full[:keyLen]), uint32(keyLen)
			o.rows.Put(e, full)
			o.count[slot]++
		}
		return nil
	})
}

var errTopFew = pgerr.New(pgerr.DataCorrupted, "state of a Top-N is damaged")

var _ Op = (*TopFew)(nil)
