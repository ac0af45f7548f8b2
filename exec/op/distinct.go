package op

import (
	"encoding/binary"

	"millrace/exec/state"
	"millrace/sql/col"
	"millrace/sql/types"
)

// Distinct removes duplicates by SQL equality.
type Distinct struct {
	types []types.Type
	keys  state.Keys
	count []int64
	old   []int64     // count at the epoch's begin, of touched keys
	rep   state.Cells // the row that stands for the key
	key   keyer
	row   []byte
	out   rowOut
}

// NewDistinct returns a Distinct for rows of the given types.
func NewDistinct(ts []types.Type) *Distinct {
	return &Distinct{types: ts, key: keyer{cols: allCols(len(ts))}, out: newRowOut(ts)}
}

// Push implements Op.
func (o *Distinct) Push(_ *Ctx, _ int, b *col.Batch, _ Emit) {
	arena, off := o.key.keys(b)
	for i := range b.N {
		slot, added := o.keys.FindOrAdd(arena[off[i]:off[i+1]])
		if added {
			o.count, o.old = growTo(o.count, int(slot)+1), growTo(o.old, int(slot)+1)
			o.count[slot] = 0
			o.row = col.AppendRow(o.row[:0], b.Cols, i)
			o.rep.Put(slot, o.row)
		}
		if o.keys.Touch(slot) {
			o.old[slot] = o.count[slot]
		}
		o.count[slot] += int64(b.Weight(i))
	}
}

// EndEpoch implements Op.
func (o *Distinct) EndEpoch(_ *Ctx, out Emit) {
	o.out.start(out)
	for _, slot := range o.keys.Touched() {
		was, is := o.old[slot] > 0, o.count[slot] > 0
		switch {
		case is && !was:
			o.out.exact(o.rep.Get(slot), 0, len(o.types), 1)
		case was && !is:
			o.out.exact(o.rep.Get(slot), 0, len(o.types), -1)
		}
		if o.count[slot] == 0 {
			o.keys.Remove(slot)
			o.rep.Clear(slot)
		}
	}
	o.out.flush()
	o.keys.EndEpoch()
}

// MemBytes implements Op.
func (o *Distinct) MemBytes() int64 {
	return o.keys.MemBytes() + o.rep.MemBytes() + int64(8*cap(o.count)+8*cap(o.old)+cap(o.row)) + o.key.memBytes()
}

// Save implements Op.
func (o *Distinct) Save(w *state.Saver) {
	o.keys.Save(w, tagKeys, func(dst []byte, slot int32) []byte {
		return append(binary.AppendVarint(dst, o.count[slot]), o.rep.Get(slot)...)
	})
}

// Load implements Op.
func (o *Distinct) Load(r *state.Loader) error {
	return o.keys.Load(r, tagKeys, func(slot int32, b []byte) error {
		n, k := binary.Varint(b)
		if k <= 0 {
			return errState("distinct")
		}
		o.count, o.old = growTo(o.count, int(slot)+1), growTo(o.old, int(slot)+1)
		o.count[slot] = n
		o.rep.Put(slot, b[k:])
		return nil
	})
}

var _ Op = (*Distinct)(nil)
