package op

import (
	"millrace/sql/col"
	"millrace/sql/pgerr"
)

// Collect is the end of a pull query: it keeps the result's batches, in order.
type Collect struct {
	stateless
	// Batches is the result; all weights are positive, and a row of weight n stands
	// for n rows.
	Batches []*col.Batch
	// Rows counts them, with their weights.
	Rows int64
}

// NewCollect returns an empty collection.
func NewCollect() *Collect { return &Collect{} }

// Push implements Op.
func (o *Collect) Push(_ *Ctx, _ int, b *col.Batch, _ Emit) {
	for i := range b.N {
		w := b.Weight(i)
		if w < 0 {
			panic(pgerr.Bug("a pull query retracts a row"))
		}
		o.Rows += int64(w)
	}
	o.Batches = append(o.Batches, b)
}

// Expand returns b with each row as often as its weight says, weights being 1.
func Expand(b *col.Batch) *col.Batch {
	if b.W == nil {
		return b
	}
	rows := make([]int32, 0, b.N)
	for i, w := range b.W {
		for range w {
			rows = append(rows, int32(i))
		}
	}
	out := b.Gather(rows)
	out.W = nil
	return out
}

var _ Op = (*Collect)(nil)
