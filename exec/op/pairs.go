package op

import (
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// pairs gathers pairs of a row of a delta and a row of the other side.
type pairs struct {
	types []types.Type // left then right columns
	port  int          // side of the delta
	row   []int32      // row of the delta
	own   []int32      // its id
	other []int32      // id of the other side's row
	w     []int32
	fresh []bool // the delta's row was not there before
	plain bool   // all weights are 1
}

func (p *pairs) start(port int, b *col.Batch) {
	p.port, p.plain = port, b.W == nil
	p.clear()
}

func (p *pairs) clear() {
	p.row, p.own, p.other = p.row[:0], p.own[:0], p.other[:0]
	p.w, p.fresh = p.w[:0], p.fresh[:0]
}

func (p *pairs) add(row, own, other, w int32, fresh bool) {
	p.row, p.own, p.other = append(p.row, row), append(p.own, own), append(p.other, other)
	p.w, p.fresh = append(p.w, w), append(p.fresh, fresh)
	p.plain = p.plain && w == 1
}

// batch returns the pairs as rows; b is the delta.
func (p *pairs) batch(b *col.Batch, other *joinSide) *col.Batch {
	mine := make([]*col.Vec, len(b.Cols))
	for i, v := range b.Cols {
		mine[i] = v.Gather(p.row)
	}
	bs := builders(other.types, len(p.other))
	for _, id := range p.other {
		mustDecode(other.rows.Row(id), bs)
	}
	out := &col.Batch{N: len(p.row)}
	if p.port == 0 {
		out.Cols = concat(mine, vecs(bs))
	} else {
		out.Cols = concat(vecs(bs), mine)
	}
	if !p.plain {
		out.W = append([]int32(nil), p.w...)
	}
	return out
}

// some is batch with the given columns only; the others are nil. Nil asks for all.
func (p *pairs) some(b *col.Batch, other *joinSide, cols []int) *col.Batch {
	if cols == nil {
		return p.batch(b, other)
	}
	out := &col.Batch{N: len(p.row), Cols: make([]*col.Vec, len(p.types))}
	at := len(p.types) - len(b.Cols) // of the delta's columns
	if p.port == 0 {
		at = 0
	}
	var theirs []int
	for _, c := range cols {
		if c >= at && c < at+len(b.Cols) {
			out.Cols[c] = b.Cols[c-at].Gather(p.row)
		} else {
			theirs = append(theirs, c-other.at)
		}
	}
	bs := make([]*col.Builder, len(theirs))
	for k, c := range theirs {
		bs[k] = col.NewBuilder(other.types[c], len(p.other))
	}
	for _, id := range p.other {
		if _, err := col.DecodeRowCols(other.rows.Row(id), other.types, theirs, bs); err != nil {
			panic(pgerr.Bug("row in operator state: %v", err))
		}
	}
	for k, c := range theirs {
		out.Cols[other.at+c] = bs[k].Vec()
	}
	return out
}

// keep drops all pairs but the given ones, and those of weight 0.
func (p *pairs) keep(rows []int32) {
	n := 0
	for _, r := range rows {
		if p.w[r] != 0 {
			p.row[n], p.own[n], p.other[n], p.w[n], p.fresh[n] = p.row[r], p.own[r], p.other[r], p.w[r], p.fresh[r]
			n++
		}
	}
	p.row, p.own, p.other, p.w, p.fresh = p.row[:n], p.own[:n], p.other[:n], p.w[:n], p.fresh[:n]
}

func (p *pairs) memBytes() int64 {
	return int64(4*(cap(p.row)+cap(p.own)+cap(p.other)+cap(p.w)) + cap(p.fresh))
}
