package col

// Bitmap is a set of row numbers, bit i of word i/64.
type Bitmap []uint64

// NewBitmap returns an empty bitmap for n rows.
func NewBitmap(n int) Bitmap { return make(Bitmap, (n+63)/64) }

// Get reports whether row i is in the set.
func (b Bitmap) Get(i int) bool { return b[i>>6]&(1<<(uint(i)&63)) != 0 }

// Set puts row i into the set.
func (b Bitmap) Set(i int) { b[i>>6] |= 1 << (uint(i) & 63) }

// Clear takes row i out of the set.
func (b Bitmap) Clear(i int) { b[i>>6] &^= 1 << (uint(i) & 63) }

// Any reports whether the set is not empty.
func (b Bitmap) Any() bool {
	for _, w := range b {
		if w != 0 {
			return true
		}
	}
	return false
}

// Or returns the union of two sets for the same rows; either may be nil. The
// result may be one of the arguments.
func (b Bitmap) Or(o Bitmap) Bitmap {
	if b == nil {
		return o
	}
	if o == nil {
		return b
	}
	out := make(Bitmap, len(b))
	for i := range b {
		out[i] = b[i] | o[i]
	}
	return out
}

func (b Bitmap) slice(from, to int) Bitmap {
	if b == nil {
		return nil
	}
	if from&63 == 0 {
		out := append(Bitmap(nil), b[from>>6:(to+63)>>6]...)
		if r := uint(to-from) & 63; r != 0 && len(out) > 0 {
			out[len(out)-1] &= 1<<r - 1
		}
		return out.orNil()
	}
	out := NewBitmap(to - from)
	for i := from; i < to; i++ {
		if b.Get(i) {
			out.Set(i - from)
		}
	}
	return out.orNil()
}

func (b Bitmap) gather(rows []int32) Bitmap {
	out := NewBitmap(len(rows))
	for i, r := range rows {
		if b.Get(int(r)) {
			out.Set(i)
		}
	}
	return out.orNil()
}

func (b Bitmap) orNil() Bitmap {
	if b.Any() {
		return b
	}
	return nil
}
