package op

import (
	"encoding/binary"
	"fmt"
	"slices"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// batchBytes ends an output batch early when its rows are large.
const batchBytes = 8 << 20

// keyer makes the key form of some columns for all rows of a batch.
type keyer struct {
	cols  []int
	vecs  []*col.Vec
	arena []byte
	off   []uint32
}

// keys returns the keys of all rows; valid until the next call.
func (k *keyer) keys(b *col.Batch) (arena []byte, off []uint32) {
	k.pick(b)
	k.arena, k.off = col.Keys(k.vecs, b.N, k.arena[:0], k.off[:0])
	return k.arena, k.off
}

func (k *keyer) pick(b *col.Batch) {
	k.vecs = k.vecs[:0]
	for _, c := range k.cols {
		k.vecs = append(k.vecs, b.Cols[c])
	}
}

func (k *keyer) memBytes() int64 {
	return int64(cap(k.arena) + 4*cap(k.off) + 8*cap(k.vecs))
}

// rower makes the exact form of rows of a batch.
type rower struct {
	arena []byte
	off   []uint32
}

// rows returns the exact form of all rows; valid until the next call.
func (r *rower) rows(cols []*col.Vec, n int) (arena []byte, off []uint32) {
	r.arena, r.off = r.arena[:0], append(r.off[:0], 0)
	for i := range n {
		r.arena = col.AppendRow(r.arena, cols, i)
		r.off = append(r.off, uint32(len(r.arena)))
	}
	return r.arena, r.off
}

func (r *rower) memBytes() int64 { return int64(cap(r.arena) + 4*cap(r.off)) }

// rowOut gathers rows and emits them in batches of a good size.
type rowOut struct {
	types []types.Type
	b     *col.BatchBuilder
	bytes int
	last  int // rows of the last batch: the next will have about as many
	out   Emit
}

func newRowOut(ts []types.Type) rowOut { return rowOut{types: ts} }

// start directs the rows that follow to out.
func (o *rowOut) start(out Emit) { o.out = out }

func (o *rowOut) builder() *col.BatchBuilder {
	if o.b == nil {
		o.b = col.NewBatchBuilder(o.types, o.last)
	}
	return o.b
}

// exact adds a row given in exact form, whose columns begin at column at; columns
// outside it are NULL.
func (o *rowOut) exact(row []byte, at, n int, w int64) {
	b := o.builder()
	for i := range at {
		b.Cols[i].Null()
	}
	mustDecode(row, b.Cols[at:at+n])
	for i := at + n; i < len(b.Cols); i++ {
		b.Cols[i].Null()
	}
	o.end(w, len(row))
}

// end ends a row whose values were appended to the builder. Weights beyond int32
// make several rows.
func (o *rowOut) end(w int64, bytes int) {
	if int64(int32(w)) != w {
		panic(pgerr.Bug("weight %d of a row", w))
	}
	o.b.EndRow(int32(w))
	o.bytes += bytes
	if o.b.Len() >= col.BatchRows || o.bytes >= batchBytes {
		o.flush()
	}
}

// flush emits what is left.
func (o *rowOut) flush() {
	if o.b == nil || o.b.Len() == 0 {
		return
	}
	b := o.b.Batch()
	o.b, o.bytes, o.last = nil, 0, b.N
	o.out(b)
}

// mustDecode appends the values of an exact row that this process made.
func mustDecode(row []byte, into []*col.Builder) {
	if _, err := col.DecodeRow(row, into); err != nil {
		panic(pgerr.Bug("row in operator state: %v", err))
	}
}

// growTo makes s at least n long.
func growTo[T any](s []T, n int) []T {
	if len(s) >= n {
		return s
	}
	return append(s, make([]T, n-len(s))...)
}

// builders returns one builder per type.
func builders(ts []types.Type, n int) []*col.Builder {
	out := make([]*col.Builder, len(ts))
	for i, t := range ts {
		out[i] = col.NewBuilder(t, n)
	}
	return out
}

// vecs ends builders.
func vecs(bs []*col.Builder) []*col.Vec {
	out := make([]*col.Vec, len(bs))
	for i, b := range bs {
		out[i] = b.Vec()
	}
	return out
}

// pickTypes returns the types at the given positions.
func pickTypes(ts []types.Type, at []int) []types.Type {
	out := make([]types.Type, len(at))
	for i, c := range at {
		out[i] = ts[c]
	}
	return out
}

// allCols is 0..n-1.
func allCols(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// concat returns the columns of a followed by those of b.
func concat[T any](a, b []T) []T { return slices.Concat(a, b) }

// errState says that an operator's saved state is not what it saves.
func errState(name string) error {
	return fmt.Errorf("saved state of operator %s is corrupt", name)
}

// markType is the type of the column that a mark join adds.
var markType = []types.Type{types.Bool}

// varints reads numbers written with binary.AppendVarint.
func varints(b []byte, name string, into ...*int64) error {
	for _, p := range into {
		n, k := binary.Varint(b)
		if k <= 0 {
			return errState(name)
		}
		*p, b = n, b[k:]
	}
	return nil
}
