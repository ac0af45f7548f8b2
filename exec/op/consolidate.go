package op

import (
	"millrace/exec/state"
	"millrace/sql/col"
	"millrace/sql/types"
)

// Consolidate sums the weights of equal rows of an epoch and emits those that are
// not 0, in the order of their first appearance.
type Consolidate struct {
	rows state.Keys
	w    []int64
	buf  rower
	out  rowOut
}

// NewConsolidate returns a consolidation of rows of the given types.
func NewConsolidate(ts []types.Type) *Consolidate { return &Consolidate{out: newRowOut(ts)} }

// Push implements Op.
func (o *Consolidate) Push(_ *Ctx, _ int, b *col.Batch, _ Emit) {
	arena, off := o.buf.rows(b.Cols, b.N)
	for i := range b.N {
		slot, added := o.rows.FindOrAdd(arena[off[i]:off[i+1]])
		if added {
			o.w = growTo(o.w, int(slot)+1)
			o.w[slot] = 0
		}
		o.w[slot] += int64(b.Weight(i))
	}
}

// EndEpoch implements Op.
func (o *Consolidate) EndEpoch(_ *Ctx, out Emit) {
	o.out.start(out)
	for slot := range int32(o.rows.Cap()) {
		if w := o.w[slot]; w != 0 {
			o.out.exact(o.rows.Get(slot), 0, len(o.out.types), w)
		}
	}
	o.out.flush()
	o.rows.Reset()
}

// MemBytes implements Op.
func (o *Consolidate) MemBytes() int64 {
	return o.rows.MemBytes() + int64(8*cap(o.w)) + o.buf.memBytes()
}

// Save implements Op: between epochs there is nothing to save.
func (*Consolidate) Save(*state.Saver) {}

// Load implements Op.
func (*Consolidate) Load(*state.Loader) error { return nil }

var _ Op = (*Consolidate)(nil)
