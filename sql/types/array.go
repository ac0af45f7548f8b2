package types

import (
	"encoding/binary"
	"math"

	"millrace/sql/pgerr"
)

// PostgreSQL's limits of arrays.
const (
	maxArrayDims  = 6
	maxArrayElems = math.MaxInt32 / 16
)

// The first byte of a stored array: the number of dimensions and two flags.
const (
	arrayDimsMask = 0x0f
	arrayHasLower = 0x40 // lower bounds follow the lengths
	arrayHasNulls = 0x80 // a bitmap of NULL elements follows
)

// ArrayValue is an array taken apart: elements in row-major order. Dims is empty
// for an empty array; Lower nil means that all lower bounds are 1.
type ArrayValue struct {
	Elem  Type
	Dims  []int32
	Lower []int32
	Elems []Datum
}

// NewArray returns the one-dimensional array of elems.
func NewArray(elem Type, elems []Datum) ArrayValue {
	a := ArrayValue{Elem: elem, Elems: elems}
	if len(elems) > 0 {
		a.Dims = []int32{int32(len(elems))}
	}
	return a
}

// ArrayDatum returns the datum of a one-dimensional array of elems.
func ArrayDatum(elem Type, elems []Datum) Datum { return NewArray(elem, elems).Datum() }

// Datum returns the stored form as a datum.
func (a ArrayValue) Datum() Datum { return BytesDatum(string(a.AppendStored(nil))) }

// LowerBound returns the lower bound of a dimension.
func (a ArrayValue) LowerBound(dim int) int32 {
	if a.Lower == nil {
		return 1
	}
	return a.Lower[dim]
}

// AppendStored appends the stored form; FORMAT.md has the table.
func (a ArrayValue) AppendStored(dst []byte) []byte {
	if len(a.Elems) == 0 {
		return append(dst, 0)
	}
	head := byte(len(a.Dims))
	for _, l := range a.Lower {
		if l != 1 {
			head |= arrayHasLower
		}
	}
	for _, e := range a.Elems {
		if !e.Set {
			head |= arrayHasNulls
		}
	}
	dst = append(dst, head)
	for _, n := range a.Dims {
		dst = binary.AppendUvarint(dst, uint64(n))
	}
	if head&arrayHasLower != 0 {
		for _, l := range a.Lower {
			dst = binary.AppendVarint(dst, int64(l))
		}
	}
	if head&arrayHasNulls != 0 {
		dst = appendNullBits(dst, a.Elems)
	}
	return appendElems(dst, a.Elem, a.Elems)
}

func appendNullBits(dst []byte, elems []Datum) []byte {
	at := len(dst)
	dst = append(dst, make([]byte, (len(elems)+7)/8)...)
	for i, e := range elems {
		if !e.Set {
			dst[at+i/8] |= 1 << (i % 8)
		}
	}
	return dst
}

func appendElems(dst []byte, elem Type, elems []Datum) []byte {
	fixed := elem.IsFixed()
	for _, e := range elems {
		switch {
		case !e.Set:
		case fixed:
			dst = binary.LittleEndian.AppendUint64(dst, uint64(e.I))
		default:
			dst = append(binary.AppendUvarint(dst, uint64(len(e.S))), e.S...)
		}
	}
	return dst
}

// ArrayReader walks over the elements of a stored array without copying.
type ArrayReader struct {
	Dims  []int32 // lengths, outermost first
	Lower []int32 // nil: all 1
	N     int     // number of elements

	fixed bool
	next  int
	nulls []byte
	data  []byte
}

// OpenArray returns a reader of a stored array of type t; ok is false, and the
// reader empty, when the bytes are no array.
func OpenArray(t Type, b []byte) (r ArrayReader, ok bool) {
	if r, ok = openArray(b); !ok {
		r = ArrayReader{}
	}
	r.fixed = t.ElemType().IsFixed()
	return r, ok
}

func openArray(b []byte) (r ArrayReader, ok bool) {
	if len(b) == 0 {
		return r, false
	}
	head, dims := b[0], int(b[0]&arrayDimsMask)
	b = b[1:]
	if dims == 0 {
		return r, head == 0 && len(b) == 0
	}
	if dims > maxArrayDims || head&^(arrayDimsMask|arrayHasLower|arrayHasNulls) != 0 {
		return r, false
	}
	if b, ok = r.readDims(dims, b); !ok {
		return r, false
	}
	if head&arrayHasLower != 0 {
		if b, ok = r.readLower(dims, b); !ok {
			return r, false
		}
	}
	if head&arrayHasNulls != 0 {
		n := (r.N + 7) / 8
		if len(b) < n {
			return r, false
		}
		r.nulls, b = b[:n], b[n:]
	}
	r.data = b
	return r, true
}

func (r *ArrayReader) readDims(dims int, b []byte) ([]byte, bool) {
	total := uint64(1)
	for range dims {
		n, size := binary.Uvarint(b)
		if size <= 0 || n == 0 || n > maxArrayElems || total*n > maxArrayElems {
			return nil, false
		}
		total *= n
		r.Dims = append(r.Dims, int32(n))
		b = b[size:]
	}
	r.N = int(total)
	return b, true
}

func (r *ArrayReader) readLower(dims int, b []byte) ([]byte, bool) {
	for range dims {
		l, size := binary.Varint(b)
		if size <= 0 || l != int64(int32(l)) {
			return nil, false
		}
		r.Lower = append(r.Lower, int32(l))
		b = b[size:]
	}
	return b, true
}

// Next returns the next element: i for a fixed element type, b (which shares the
// array's memory) otherwise. ok is false at the end, and where bytes are missing.
func (r *ArrayReader) Next() (i int64, b []byte, null, ok bool) {
	if r.next >= r.N {
		return 0, nil, false, false
	}
	at := r.next
	r.next++
	switch {
	case r.nulls != nil && r.nulls[at/8]&(1<<(at%8)) != 0:
		return 0, nil, true, true
	case r.fixed:
		if len(r.data) < 8 {
			return 0, nil, false, false
		}
		i = int64(binary.LittleEndian.Uint64(r.data))
		r.data = r.data[8:]
		return i, nil, false, true
	}
	n, size := binary.Uvarint(r.data)
	if size <= 0 || n > uint64(len(r.data)-size) {
		return 0, nil, false, false
	}
	b, r.data = r.data[size:size+int(n):size+int(n)], r.data[size+int(n):]
	return 0, b, false, true
}

// NextDatum returns the next element as a datum.
func (r *ArrayReader) NextDatum() (Datum, bool) {
	i, b, null, ok := r.Next()
	switch {
	case !ok || null:
		return Null, ok
	case r.fixed:
		return FixedDatum(i), true
	}
	return BytesDatum(string(b)), true
}

// DecodeArray takes a stored array of type t apart; ok is false when the bytes
// are no array.
func DecodeArray(t Type, b []byte) (a ArrayValue, ok bool) {
	r, ok := OpenArray(t, b)
	if !ok {
		return a, false
	}
	a = ArrayValue{Elem: t.ElemType(), Dims: r.Dims, Lower: r.Lower}
	a.Elems = make([]Datum, 0, min(r.N, 8*len(b)))
	for range r.N {
		d, ok := r.NextDatum()
		if !ok {
			return ArrayValue{Elem: a.Elem}, false
		}
		a.Elems = append(a.Elems, d)
	}
	return a, len(r.data) == 0
}

// mustArray is DecodeArray for bytes that were checked when they came in; others
// read as an empty array.
func mustArray(t Type, b []byte) ArrayValue {
	a, ok := DecodeArray(t, b)
	if !ok {
		return ArrayValue{Elem: t.ElemType()}
	}
	return a
}

// Concat returns a || o for arrays of equal dimensions but the first.
func (a ArrayValue) Concat(o ArrayValue) (ArrayValue, error) {
	switch {
	case len(a.Elems) == 0:
		return o, nil
	case len(o.Elems) == 0:
		return a, nil
	}
	out := ArrayValue{Elem: a.Elem, Lower: a.Lower}
	out.Elems = append(append(out.Elems, a.Elems...), o.Elems...)
	switch {
	case equalDims(a.Dims[1:], o.Dims[1:]):
		out.Dims = append([]int32{a.Dims[0] + o.Dims[0]}, a.Dims[1:]...)
	case len(a.Dims) == len(o.Dims)+1 && equalDims(a.Dims[1:], o.Dims):
		out.Dims = append([]int32{a.Dims[0] + 1}, a.Dims[1:]...)
	case len(o.Dims) == len(a.Dims)+1 && equalDims(o.Dims[1:], a.Dims):
		out.Dims = append([]int32{o.Dims[0] + 1}, o.Dims[1:]...)
		out.Lower = o.Lower
	default:
		return a, pgerr.New(pgerr.ArraySubscriptError, "cannot concatenate incompatible arrays")
	}
	return out, nil
}

func equalDims(a, b []int32) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}
