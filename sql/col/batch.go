package col

import "millrace/sql/types"

// BatchRows is the number of rows that operators aim for in one batch: columns of
// a few fields then stay in the second-level cache.
const BatchRows = 4096

// Batch is rows as columns, each row with a Z-set weight. Batches are immutable
// once emitted and may share columns.
type Batch struct {
	N    int
	Cols []*Vec
	// W holds the weight of each row; nil means +1 for all (append-only).
	W []int32
}

// NewBatch wraps columns of equal length, all weights +1.
func NewBatch(cols ...*Vec) *Batch {
	b := &Batch{Cols: cols}
	if len(cols) > 0 {
		b.N = cols[0].N
	}
	return b
}

// Weight returns the weight of row i.
func (b *Batch) Weight(i int) int32 {
	if b.W == nil {
		return 1
	}
	return b.W[i]
}

// Gather returns the rows at the given indexes, in that order.
func (b *Batch) Gather(rows []int32) *Batch {
	out := &Batch{N: len(rows), Cols: make([]*Vec, len(b.Cols))}
	for i, c := range b.Cols {
		out.Cols[i] = c.Gather(rows)
	}
	if b.W != nil {
		out.W = make([]int32, len(rows))
		for i, r := range rows {
			out.W[i] = b.W[r]
		}
	}
	return out
}

// Slice returns rows from..to-1, sharing memory.
func (b *Batch) Slice(from, to int) *Batch {
	out := &Batch{N: to - from, Cols: make([]*Vec, len(b.Cols))}
	for i, c := range b.Cols {
		out.Cols[i] = c.Slice(from, to)
	}
	if b.W != nil {
		out.W = b.W[from:to:to]
	}
	return out
}

// Project returns the batch with the columns at the given positions.
func (b *Batch) Project(cols []int) *Batch {
	out := &Batch{N: b.N, W: b.W, Cols: make([]*Vec, len(cols))}
	for i, c := range cols {
		out.Cols[i] = b.Cols[c]
	}
	return out
}

// MemBytes returns the memory of the batch, counting shared columns fully. Columns
// may be nil.
func (b *Batch) MemBytes() int64 {
	total := int64(4 * cap(b.W))
	for _, c := range b.Cols {
		if c != nil {
			total += c.MemBytes()
		}
	}
	return total
}

// BatchBuilder makes a Batch row by row.
type BatchBuilder struct {
	Cols    []*Builder
	w       []int32
	n       int
	hasMore bool // some weight is not +1
	types   []types.Type
}

// NewBatchBuilder returns a builder for rows of the given types.
func NewBatchBuilder(ts []types.Type, n int) *BatchBuilder {
	b := &BatchBuilder{types: ts}
	b.reset(n)
	return b
}

func (b *BatchBuilder) reset(n int) {
	b.Cols = make([]*Builder, len(b.types))
	for i, t := range b.types {
		b.Cols[i] = NewBuilder(t, n)
	}
	b.w, b.n, b.hasMore = nil, 0, false
}

// Len returns the number of rows so far.
func (b *BatchBuilder) Len() int { return b.n }

// EndRow ends a row whose values were appended to each of Cols.
func (b *BatchBuilder) EndRow(w int32) {
	b.n++
	b.w = append(b.w, w)
	b.hasMore = b.hasMore || w != 1
}

// Row appends a row of datums.
func (b *BatchBuilder) Row(w int32, row ...types.Datum) {
	for i, d := range row {
		b.Cols[i].Datum(d)
	}
	b.EndRow(w)
}

// From appends row i of src with weight w.
func (b *BatchBuilder) From(src *Batch, i int, w int32) {
	for c, v := range src.Cols {
		b.Cols[c].From(v, i)
	}
	b.EndRow(w)
}

// Batch returns the rows and starts anew.
func (b *BatchBuilder) Batch() *Batch {
	out := &Batch{N: b.n, Cols: make([]*Vec, len(b.Cols))}
	for i, c := range b.Cols {
		out.Cols[i] = c.Vec()
	}
	if b.hasMore {
		out.W = b.w
	}
	b.reset(0)
	return out
}
