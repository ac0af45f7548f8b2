package col

import (
	"math"
	"slices"

	"millrace/sql/types"
)

// Builder makes a Vec row by row.
type Builder struct{ v Vec }

// NewBuilder returns a builder for values of type t with room for n rows.
func NewBuilder(t types.Type, n int) *Builder {
	b := &Builder{v: Vec{Type: t}}
	if t.IsFixed() {
		b.v.Fix = make([]int64, 0, n)
	} else {
		b.v.Off = make([]uint32, 1, n+1)
	}
	return b
}

// Len returns the number of rows so far.
func (b *Builder) Len() int { return b.v.N }

// Bytes returns the size of the values so far, in bytes.
func (b *Builder) Bytes() int { return 8*len(b.v.Fix) + 4*len(b.v.Off) + len(b.v.Buf) }

// Reserve makes room for n rows in all, as long as those so far on average.
func (b *Builder) Reserve(n int) {
	if b.v.N == 0 || len(b.v.Buf) == 0 || n <= b.v.N {
		return
	}
	want := len(b.v.Buf) / b.v.N * n
	b.v.Buf = slices.Grow(b.v.Buf, max(want+want/8-len(b.v.Buf), 0))
}

// Null appends NULL.
func (b *Builder) Null() {
	i := b.v.N
	b.blank()
	for len(b.v.Nulls)*64 <= i {
		b.v.Nulls = append(b.v.Nulls, 0)
	}
	b.v.Nulls.Set(i)
}

func (b *Builder) blank() {
	if b.v.Type.IsFixed() {
		b.v.Fix = append(b.v.Fix, 0)
	} else {
		b.v.Off = append(b.v.Off, uint32(len(b.v.Buf)))
	}
	b.v.N++
}

// Err appends a failed row.
func (b *Builder) Err(err error) {
	b.v.SetErr(b.v.N, err)
	b.blank()
}

// Int appends a value of a fixed type.
func (b *Builder) Int(x int64) { b.v.Fix = append(b.v.Fix, x); b.v.N++ }

// Float appends a value of a float type.
func (b *Builder) Float(x float64) { b.Int(int64(math.Float64bits(x))) }

// Bool appends a bool.
func (b *Builder) Bool(x bool) {
	if x {
		b.Int(1)
	} else {
		b.Int(0)
	}
}

// Raw appends a value of a bytes type; x is copied.
func (b *Builder) Raw(x []byte) {
	b.v.Buf = append(b.v.Buf, x...)
	b.v.Off = append(b.v.Off, uint32(len(b.v.Buf)))
	b.v.N++
}

// Str appends a value of a bytes type.
func (b *Builder) Str(x string) {
	b.v.Buf = append(b.v.Buf, x...)
	b.v.Off = append(b.v.Off, uint32(len(b.v.Buf)))
	b.v.N++
}

// Grow lets f append the bytes of one value to the buffer and ends the row.
func (b *Builder) Grow(f func(buf []byte) []byte) {
	b.v.Buf = f(b.v.Buf)
	b.v.Off = append(b.v.Off, uint32(len(b.v.Buf)))
	b.v.N++
}

// Datum appends d.
func (b *Builder) Datum(d types.Datum) {
	switch {
	case !d.Set:
		b.Null()
	case b.v.Type.IsFixed():
		b.Int(d.I)
	default:
		b.Str(d.S)
	}
}

// From appends row i of v, which has the same layout; a failed row stays failed.
func (b *Builder) From(v *Vec, i int) {
	switch {
	case v.Errs != nil && v.Errs[i] != nil:
		b.Err(v.Errs[i])
	case v.IsNull(i):
		b.Null()
	case b.v.Type.IsFixed():
		b.Int(v.Fix[i])
	default:
		b.Raw(v.Bytes(i))
	}
}

// Vec returns the vector; the builder must not be used afterwards.
func (b *Builder) Vec() *Vec {
	if b.v.Nulls != nil {
		for len(b.v.Nulls)*64 < b.v.N {
			b.v.Nulls = append(b.v.Nulls, 0)
		}
	}
	v := b.v
	b.v = Vec{}
	return &v
}

// Const returns a vector of n copies of d.
func Const(t types.Type, d types.Datum, n int) *Vec {
	v := &Vec{Type: t, N: n}
	if !d.Set && n > 0 {
		v.Nulls = NewBitmap(n)
		for i := range n {
			v.Nulls.Set(i)
		}
	}
	if t.IsFixed() {
		v.Fix = make([]int64, n)
		for i := range v.Fix {
			v.Fix[i] = d.I
		}
		return v
	}
	v.Off = make([]uint32, n+1)
	if d.Set && d.S != "" {
		v.Buf = make([]byte, 0, n*len(d.S))
		for i := range n {
			v.Buf = append(v.Buf, d.S...)
			v.Off[i+1] = uint32(len(v.Buf))
		}
	}
	return v
}
