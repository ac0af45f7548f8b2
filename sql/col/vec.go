package col

import (
	"math"

	"millrace/sql/types"
)

// Vec is a column of N values of one type.
type Vec struct {
	Type types.Type
	N    int
	// Nulls has a set bit for each NULL row; nil means none is NULL.
	Nulls Bitmap
	// Fix holds the words of a fixed type, len N. NULL rows hold 0.
	Fix []int64
	// Off and Buf hold a bytes type: row i is Buf[Off[i]:Off[i+1]]; len(Off) is
	// N+1. Off[0] need not be 0 (slices share Buf). NULL rows are empty.
	Off []uint32
	Buf []byte
	// Errs holds the error of each row whose evaluation failed; nil means none.
	Errs map[int]error
}

// NewFixed wraps words as a vector without NULLs; it keeps fix.
func NewFixed(t types.Type, fix []int64) *Vec { return &Vec{Type: t, N: len(fix), Fix: fix} }

// IsNull reports whether row i is NULL.
func (v *Vec) IsNull(i int) bool { return v.Nulls != nil && v.Nulls.Get(i) }

// Int returns row i of a fixed type.
func (v *Vec) Int(i int) int64 { return v.Fix[i] }

// Float returns row i of a float type.
func (v *Vec) Float(i int) float64 { return math.Float64frombits(uint64(v.Fix[i])) }

// Bool returns row i of a bool vector; NULL is false.
func (v *Vec) Bool(i int) bool { return v.Fix[i] != 0 && !v.IsNull(i) }

// Bytes returns row i of a bytes type. It is valid as long as the vector and
// must not be changed.
func (v *Vec) Bytes(i int) []byte { return v.Buf[v.Off[i]:v.Off[i+1]:v.Off[i+1]] }

// Str returns a copy of row i of a bytes type as a string.
func (v *Vec) Str(i int) string { return string(v.Bytes(i)) }

// Datum returns row i.
func (v *Vec) Datum(i int) types.Datum {
	if v.IsNull(i) {
		return types.Null
	}
	if v.Type.IsFixed() {
		return types.FixedDatum(v.Fix[i])
	}
	return types.BytesDatum(v.Str(i))
}

// Err returns the error of row i, or nil.
func (v *Vec) Err(i int) error {
	if v.Errs == nil {
		return nil
	}
	return v.Errs[i]
}

// SetErr records that row i failed. Only the function that builds v may call it.
func (v *Vec) SetErr(i int, err error) {
	if v.Errs == nil {
		v.Errs = make(map[int]error)
	}
	if _, ok := v.Errs[i]; !ok {
		v.Errs[i] = err
	}
}

// Slice returns rows from..to-1, sharing memory.
func (v *Vec) Slice(from, to int) *Vec {
	if from == 0 && to == v.N {
		return v
	}
	out := &Vec{Type: v.Type, N: to - from, Nulls: v.Nulls.slice(from, to)}
	if v.Type.IsFixed() {
		out.Fix = v.Fix[from:to:to]
	} else {
		out.Off, out.Buf = v.Off[from:to+1:to+1], v.Buf
	}
	for i, err := range v.Errs {
		if i >= from && i < to {
			out.SetErr(i-from, err)
		}
	}
	return out
}

// Gather returns the rows at the given indexes, in that order.
func (v *Vec) Gather(rows []int32) *Vec {
	out := &Vec{Type: v.Type, N: len(rows)}
	if v.Type.IsFixed() {
		out.Fix = make([]int64, len(rows))
		for i, r := range rows {
			out.Fix[i] = v.Fix[r]
		}
	} else {
		out.gatherBytes(v, rows)
	}
	if v.Nulls != nil {
		out.Nulls = v.Nulls.gather(rows)
	}
	if v.Errs != nil {
		for i, r := range rows {
			if err := v.Errs[int(r)]; err != nil {
				out.SetErr(i, err)
			}
		}
	}
	return out
}

func (v *Vec) gatherBytes(from *Vec, rows []int32) {
	total := 0
	for _, r := range rows {
		total += int(from.Off[r+1] - from.Off[r])
	}
	v.Off = make([]uint32, len(rows)+1)
	v.Buf = make([]byte, 0, total)
	for i, r := range rows {
		v.Buf = append(v.Buf, from.Buf[from.Off[r]:from.Off[r+1]]...)
		v.Off[i+1] = uint32(len(v.Buf))
	}
}

// WithType returns v with another type of the same layout (a cast that changes
// nothing but the name), sharing memory.
func (v *Vec) WithType(t types.Type) *Vec {
	out := *v
	out.Type = t
	return &out
}

// MemBytes returns the memory the vector's slices take, counting shared buffers fully.
func (v *Vec) MemBytes() int64 {
	return int64(8*cap(v.Fix) + 4*cap(v.Off) + cap(v.Buf) + 8*cap(v.Nulls))
}
