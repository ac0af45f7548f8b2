package op

import (
	"bytes"
	"encoding/binary"

	"github.com/cespare/xxhash/v2"

	"millrace/exec/state"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// MaterializeSpec defines a Materialize.
type MaterializeSpec struct {
	Object uint64 // its id in the store
	Types  []types.Type
	// Key is the columns that identify a row; none: rows are kept by their whole with a
	// weight.
	Key     []int
	Indexes []IndexSpec
}

// IndexSpec is a secondary index to maintain.
type IndexSpec struct {
	ID   uint64
	Cols []int
}

// Materialize is the end of a continuous query: it writes the epoch's change of the
// result to the store, with its indexes, and emits it for subscribers: consolidated,
// for each key the old row before the new one.
type Materialize struct {
	spec  MaterializeSpec
	keys  state.Keys     // of the epoch
	rows  state.Multimap // of the epoch: changed rows by key
	key   keyer
	slots []int32
	buf   rower
	out   rowOut

	ids        []int32
	indexes    []state.IndexEntry
	oldIndexes []state.IndexEntry
	cols       []*col.Vec
}

// NewMaterialize returns a sink.
func NewMaterialize(spec MaterializeSpec) *Materialize {
	o := &Materialize{spec: spec, key: keyer{cols: spec.Key}, out: newRowOut(spec.Types)}
	if len(spec.Key) == 0 {
		o.key.cols = allCols(len(spec.Types))
	}
	o.SetIndexes(spec.Indexes)
	return o
}

// SetIndexes changes the indexes to maintain, between epochs.
func (o *Materialize) SetIndexes(ix []IndexSpec) {
	o.spec.Indexes = ix
	o.indexes, o.oldIndexes = make([]state.IndexEntry, len(ix)), make([]state.IndexEntry, len(ix))
}

// Push implements Op.
func (o *Materialize) Push(_ *Ctx, _ int, b *col.Batch, _ Emit) {
	arena, off := o.key.keys(b)
	o.slots = o.keys.FindOrAddAll(o.slots[:0], arena, off)
	for _, slot := range o.slots {
		o.keys.Touch(slot)
	}
	arena, off = o.buf.rows(b.Cols, b.N)
	for i, slot := range o.slots {
		o.rows.Add(slot, arena[off[i]:off[i+1]], b.Weight(i))
	}
}

// EndEpoch implements Op.
func (o *Materialize) EndEpoch(c *Ctx, out Emit) {
	if c.Err() != nil || len(o.keys.Touched()) == 0 {
		return
	}
	o.out.start(func(b *col.Batch) {
		o.write(c.Out, b)
		out(b)
	})
	for _, slot := range o.keys.Touched() {
		o.change(slot)
	}
	o.out.flush()
	o.keys.Reset()
	o.rows.Reset()
}

// change emits what the epoch did to the rows of a key: retractions first.
func (o *Materialize) change(slot int32) {
	plus := int64(0)
	o.ids = o.ids[:0]
	for id := o.rows.First(slot); id >= 0; id = o.rows.Next(id) {
		switch w := o.rows.Weight(id); {
		case w < 0:
			o.out.exact(o.rows.Row(id), 0, len(o.spec.Types), int64(w))
		case w > 0:
			plus += int64(w)
			o.ids = append(o.ids, id)
		}
	}
	if plus > 1 && len(o.spec.Key) > 0 {
		panic(pgerr.Bug("object %d gets %d rows with one key", o.spec.Object, plus))
	}
	for _, id := range o.ids {
		o.out.exact(o.rows.Row(id), 0, len(o.spec.Types), int64(o.rows.Weight(id)))
	}
}

// write brings consolidated changes into the store. Within a key the retraction
// comes before the insertion, so deleting and putting in order is right.
func (o *Materialize) write(dst *state.Batch, b *col.Batch) {
	if dst == nil {
		return
	}
	arena, off := o.key.keys(b)
	rows, at := o.buf.rows(b.Cols, b.N)
	for i := 0; i < b.N; i++ {
		key, row := arena[off[i]:off[i+1]], rows[at[i]:at[i+1]]
		w := int64(b.Weight(i))
		switch {
		case len(o.spec.Key) == 0:
			o.indexKeys(b, i, o.indexes)
			dst.AddRow(o.spec.Object, wholeRowKey(key, row, o.spec.Types), row, w, o.indexes...)
		case w > 0:
			dst.PutRow(o.spec.Object, key, row)
			o.moveIndexes(dst, b, -1, i, key)
		case i+1 < b.N && bytes.Equal(key, arena[off[i+1]:off[i+2]]):
			// The new row follows and overwrites the old one.
			dst.PutRow(o.spec.Object, key, rows[at[i+1]:at[i+2]])
			o.moveIndexes(dst, b, i, i+1, key)
			i++
		default:
			dst.DeleteRow(o.spec.Object, key)
			o.moveIndexes(dst, b, i, -1, key)
		}
	}
}

// moveIndexes brings the index entries of a key from those of row was to those of row
// is; -1 is none.
func (o *Materialize) moveIndexes(dst *state.Batch, b *col.Batch, was, is int, key []byte) {
	if len(o.spec.Indexes) == 0 {
		return
	}
	if was >= 0 {
		o.indexKeys(b, was, o.oldIndexes)
	}
	if is >= 0 {
		o.indexKeys(b, is, o.indexes)
	}
	for n, ix := range o.spec.Indexes {
		if was >= 0 && is >= 0 && bytes.Equal(o.oldIndexes[n].Key, o.indexes[n].Key) {
			continue
		}
		if was >= 0 {
			dst.DeleteIndex(ix.ID, o.oldIndexes[n].Key, key)
		}
		if is >= 0 {
			dst.PutIndex(ix.ID, o.indexes[n].Key, key)
		}
	}
}

// indexKeys makes the index keys of row i.
func (o *Materialize) indexKeys(b *col.Batch, i int, into []state.IndexEntry) {
	for n, ix := range o.spec.Indexes {
		o.cols = o.cols[:0]
		for _, c := range ix.Cols {
			o.cols = append(o.cols, b.Cols[c])
		}
		into[n].Index = ix.ID
		into[n].Key = col.AppendKey(into[n].Key[:0], o.cols, i)
	}
}

// wholeRowKey is the store key of a row without a primary key: the key form of all
// columns, and where rows of one key form may differ (1.0 and 1.00) a hash of the
// exact row.
func wholeRowKey(key, row []byte, ts []types.Type) []byte {
	for _, t := range ts {
		if !t.IdentityEqual() {
			return binary.BigEndian.AppendUint64(key[:len(key):len(key)], xxhash.Sum64(row))
		}
	}
	return key
}

// WholeRowKey returns the key under which Materialize stores row i of b when the
// object has no primary key.
func WholeRowKey(b *col.Batch, i int) []byte {
	ts := make([]types.Type, len(b.Cols))
	for c, v := range b.Cols {
		ts[c] = v.Type
	}
	return wholeRowKey(col.AppendKey(nil, b.Cols, i), col.AppendRow(nil, b.Cols, i), ts)
}

// MemBytes implements Op.
func (o *Materialize) MemBytes() int64 {
	return o.keys.MemBytes() + o.rows.MemBytes() + o.key.memBytes() + o.buf.memBytes() + int64(4*cap(o.slots))
}

// Save implements Op: between epochs there is nothing to save.
func (*Materialize) Save(*state.Saver) {}

// Load implements Op.
func (*Materialize) Load(*state.Loader) error { return nil }

var _ Op = (*Materialize)(nil)
