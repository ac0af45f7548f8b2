package op

import (
	"millrace/sql/col"
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

func (p *pairs) memBytes() int64 {
	return int64(4*(cap(p.row)+cap(p.own)+cap(p.other)+cap(p.w)) + cap(p.fresh))
}
