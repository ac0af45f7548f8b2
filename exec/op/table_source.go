package op

import (
	"bytes"
	"slices"

	"millrace/exec/state"
	"millrace/sql/col"
	"millrace/sql/types"
)

// The operations in the first column of a table's log records.
const (
	TableUpsert = 0
	TableDelete = 1
)

// TableSource turns the log records of a table into deltas. A record is an operation
// (see TableUpsert) and a whole row, of which a deletion needs the key only. Records
// of one key take effect in order; what an epoch leaves of a key is compared with the
// row before it.
type TableSource struct {
	types []types.Type
	get   func(key []byte) (row []byte, ok bool, err error)
	keys  state.Keys
	rows  state.Cells // by key: the row after the epoch's records; absent: deleted
	key   keyer
	row   []byte
	order []int32
	olds  state.Cells
	out   rowOut
}

// TableSourceSpec defines a TableSource.
type TableSourceSpec struct {
	Types []types.Type // of a row
	Key   []int        // positions of the key in the row, without the operation
	// Get returns the row of a key, in exact form, as it was before the epoch.
	Get func(key []byte) (row []byte, ok bool, err error)
}

// NewTableSource returns a source.
func NewTableSource(spec TableSourceSpec) *TableSource {
	at := make([]int, len(spec.Key))
	for i, k := range spec.Key {
		at[i] = k + 1
	}
	return &TableSource{types: spec.Types, get: spec.Get, key: keyer{cols: at}, out: newRowOut(spec.Types)}
}

// Push implements Op.
func (o *TableSource) Push(_ *Ctx, _ int, b *col.Batch, _ Emit) {
	arena, off := o.key.keys(b)
	for i := range b.N {
		slot, _ := o.keys.FindOrAdd(arena[off[i]:off[i+1]])
		o.keys.Touch(slot)
		if b.Cols[0].Int(i) == TableDelete {
			o.rows.Clear(slot)
			continue
		}
		o.row = col.AppendRow(o.row[:0], b.Cols[1:], i)
		o.rows.Put(slot, o.row)
	}
}

// EndEpoch implements Op.
func (o *TableSource) EndEpoch(c *Ctx, out Emit) {
	if c.Err() != nil {
		return
	}
	if err := o.lookUp(); err != nil {
		c.Fail(err)
		return
	}
	o.out.start(out)
	for _, slot := range o.keys.Touched() {
		had, has := o.olds.Has(slot), o.rows.Has(slot)
		if had && has && bytes.Equal(o.olds.Get(slot), o.rows.Get(slot)) {
			continue
		}
		if had {
			o.out.exact(o.olds.Get(slot), 0, len(o.types), -1)
		}
		if has {
			o.out.exact(o.rows.Get(slot), 0, len(o.types), 1)
		}
	}
	o.out.flush()
	o.keys.Reset()
	o.rows.Reset()
	o.olds.Reset()
}

// lookUp reads the old rows, in key order: the store is faster at that.
func (o *TableSource) lookUp() error {
	o.order = append(o.order[:0], o.keys.Touched()...)
	slices.SortFunc(o.order, func(a, b int32) int { return bytes.Compare(o.keys.Get(a), o.keys.Get(b)) })
	for _, slot := range o.order {
		row, ok, err := o.get(o.keys.Get(slot))
		if err != nil {
			return err
		}
		if ok {
			o.olds.Put(slot, row)
		}
	}
	return nil
}

// MemBytes implements Op.
func (o *TableSource) MemBytes() int64 {
	return o.keys.MemBytes() + o.rows.MemBytes() + o.olds.MemBytes() + o.key.memBytes() +
		int64(cap(o.row)+4*cap(o.order))
}

// Save implements Op: between epochs there is nothing to save.
func (*TableSource) Save(*state.Saver) {}

// Load implements Op.
func (*TableSource) Load(*state.Loader) error { return nil }

var _ Op = (*TableSource)(nil)
