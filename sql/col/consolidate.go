package col

import (
	"bytes"
	"math/bits"

	"millrace/sql/types"
)

// Consolidate adds up the weights of identical rows (exact form) and drops rows
// whose weights cancel. Rows come in the order of their first occurrence.
func Consolidate(b *Batch) *Batch {
	if b.N == 0 || (b.N == 1 && b.Weight(0) != 0) {
		return b
	}
	s := newRowSet(b)
	for i := range b.N {
		s.add(i, int64(b.Weight(i)))
	}
	return s.result()
}

// rowSet finds equal rows by their exact form.
type rowSet struct {
	batch  *Batch
	arena  []byte
	off    []uint32
	slots  []int32 // index into first plus one; 0 is free
	mask   uint64
	first  []int32 // first occurrence of each distinct row
	weight []int64
}

func newRowSet(b *Batch) *rowSet {
	s := &rowSet{batch: b, off: make([]uint32, 1, b.N+1)}
	size := 1 << bits.Len(uint(2*b.N))
	s.slots, s.mask = make([]int32, size), uint64(size-1)
	for i := range b.N {
		s.arena = AppendRow(s.arena, b.Cols, i)
		s.off = append(s.off, uint32(len(s.arena)))
	}
	return s
}

func (s *rowSet) row(i int32) []byte { return s.arena[s.off[i]:s.off[i+1]] }

func (s *rowSet) add(i int, w int64) {
	row := s.row(int32(i))
	for at := Hash(row) & s.mask; ; at = (at + 1) & s.mask {
		slot := s.slots[at]
		if slot == 0 {
			s.first, s.weight = append(s.first, int32(i)), append(s.weight, w)
			s.slots[at] = int32(len(s.first))
			return
		}
		if bytes.Equal(s.row(s.first[slot-1]), row) {
			s.weight[slot-1] += w
			return
		}
	}
}

func (s *rowSet) result() *Batch {
	rows := make([]int32, 0, len(s.first))
	weights := make([]int32, 0, len(s.first))
	plain := true
	for n, w := range s.weight {
		for w != 0 { // more than one round only beyond the range of a weight
			part := min(max(w, -maxWeight), maxWeight)
			rows, weights = append(rows, s.first[n]), append(weights, int32(part))
			plain = plain && part == 1
			w -= part
		}
	}
	if len(rows) == s.batch.N && plain && s.batch.W == nil {
		return s.batch
	}
	out := &Batch{N: s.batch.N, Cols: s.batch.Cols}
	if len(rows) != s.batch.N {
		out = out.Gather(rows)
	}
	out.W = weights
	if plain {
		out.W = nil
	}
	return out
}

// Concat returns the rows of all batches, which have columns of types ts.
func Concat(ts []types.Type, bs ...*Batch) *Batch {
	if len(bs) == 1 {
		return bs[0]
	}
	out := &Batch{Cols: make([]*Vec, len(ts))}
	weighted := false
	for _, b := range bs {
		out.N += b.N
		weighted = weighted || b.W != nil
	}
	for c, t := range ts {
		out.Cols[c] = concatCol(t, c, out.N, bs)
	}
	if weighted {
		out.W = make([]int32, 0, out.N)
		for _, b := range bs {
			for i := range b.N {
				out.W = append(out.W, b.Weight(i))
			}
		}
	}
	return out
}

func concatCol(t types.Type, c, n int, bs []*Batch) *Vec {
	out := &Vec{Type: t, N: n}
	if t.IsFixed() {
		out.Fix = make([]int64, 0, n)
	} else {
		out.Off = make([]uint32, 1, n+1)
	}
	at := 0
	for _, b := range bs {
		v := b.Cols[c]
		if t.IsFixed() {
			out.Fix = append(out.Fix, v.Fix...)
		} else {
			out.appendBytesOf(v)
		}
		out.addMarks(v, at)
		at += v.N
	}
	return out
}

// appendBytesOf appends the values of a bytes column.
func (v *Vec) appendBytesOf(from *Vec) {
	if from.N == 0 {
		return
	}
	base, start := uint32(len(v.Buf)), from.Off[0]
	v.Buf = append(v.Buf, from.Buf[start:from.Off[from.N]]...)
	for _, o := range from.Off[1 : from.N+1] {
		v.Off = append(v.Off, base+o-start)
	}
}

// addMarks copies NULLs and errors of a column that begins at row at.
func (v *Vec) addMarks(from *Vec, at int) {
	if from.Nulls != nil {
		if v.Nulls == nil {
			v.Nulls = NewBitmap(v.N)
		}
		for i := range from.N {
			if from.Nulls.Get(i) {
				v.Nulls.Set(at + i)
			}
		}
	}
	for i, err := range from.Errs {
		v.SetErr(at+i, err)
	}
}
