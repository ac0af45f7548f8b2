package builtin

import (
	"encoding/binary"
	"math/bits"
	"unsafe"

	"millrace/sql/pgerr"
)

// slots is the dense state of an aggregate: one T for each group. T has no pointers.
type slots[T any] struct{ s []T }

// Grow makes slots 0..n-1 usable.
func (a *slots[T]) Grow(n int) {
	if n <= cap(a.s) {
		if n > len(a.s) {
			a.s = a.s[:n]
		}
		return
	}
	grown := make([]T, n, max(n, 2*cap(a.s)))
	copy(grown, a.s)
	a.s = grown
}

// Reset empties a slot.
func (a *slots[T]) Reset(slot int32) {
	var zero T
	a.s[slot] = zero
}

// MemBytes is the memory of the slice.
func (a *slots[T]) MemBytes() int64 {
	var zero T
	return int64(cap(a.s)) * int64(unsafe.Sizeof(zero))
}

// stateReader reads what an accumulator appended; the first fault stays.
type stateReader struct {
	b   []byte
	bad bool
}

func (r *stateReader) uint64() uint64 {
	if len(r.b) < 8 {
		r.bad = true
		return 0
	}
	x := binary.LittleEndian.Uint64(r.b)
	r.b = r.b[8:]
	return x
}

func (r *stateReader) int64() int64 { return int64(r.uint64()) }

func (r *stateReader) byte() byte {
	if len(r.b) == 0 {
		r.bad = true
		return 0
	}
	x := r.b[0]
	r.b = r.b[1:]
	return x
}

func (r *stateReader) bytes() []byte {
	n, size := binary.Uvarint(r.b)
	if size <= 0 || n > uint64(len(r.b)-size) {
		r.bad = true
		return nil
	}
	x := r.b[size : size+int(n)]
	r.b = r.b[size+int(n):]
	return x
}

func (r *stateReader) rest() ([]byte, error) {
	if r.bad {
		return nil, pgerr.New(pgerr.DataCorrupted, "aggregate state ends too early")
	}
	return r.b, nil
}

func appendWords(dst []byte, xs ...uint64) []byte {
	for _, x := range xs {
		dst = binary.LittleEndian.AppendUint64(dst, x)
	}
	return dst
}

func appendSized(dst, b []byte) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(b))), b...)
}

// weight returns the weight of row i; nil weights are +1.
func weight(w []int32, i int) int64 {
	if w == nil {
		return 1
	}
	return int64(w[i])
}

// product128 returns x * w in 128 bits.
func product128(x, w int64) (hi int64, lo uint64) {
	h, l := bits.Mul64(uint64(x), uint64(w))
	return int64(h) - x>>63&w - w>>63&x, l
}

// add128 returns (hi, lo) + (h, l) and whether that left 128 bits.
func add128(hi int64, lo uint64, h int64, l uint64) (int64, uint64, bool) {
	sum, carry := bits.Add64(lo, l, 0)
	top := hi + h
	over := (hi^top)&(h^top) < 0
	with := top + int64(carry)
	over = over != (with < top)
	return with, sum, over
}
