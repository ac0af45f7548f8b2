package builtin

import (
	"math"
	"math/big"
	"math/bits"
	"unsafe"
)

// exactSums holds exact sums of floats (or of their squares), one for each slot: a
// window of windowWords words in two's complement whose bit 0 has the weight
// 2^base. Sums that no window holds move to a wide accumulator, which covers every
// float and every square of one. Being exact, the sums do not depend on the order of
// additions and retractions (I3).
type exactSums struct {
	slots[exactWindow]
	wide []uint64 // wideWords for each wide slot
	free []int32
}

const (
	windowWords = 3
	windowBits  = 64 * windowWords
	// A square of a float has bits from 2^-2148 to 2^2047; 2^63 of them may be added.
	wideBase  = -2148
	wideWords = 67
	// guardBits below the first value's lowest bit let smaller values follow.
	guardBits = 24
)

// windowMode says where a slot's sum is.
type windowMode uint8

const (
	modeEmpty windowMode = iota
	modeWindow
	modeWide
)

// term is a non-negative number words * 2^exp to add or subtract.
type term struct {
	words [windowWords]uint64
	exp   int
	neg   bool
}

// exactWindow is the sum of one slot. In wide mode base is the index of its accumulator.
type exactWindow struct {
	acc  [windowWords]uint64
	base int32
	mode windowMode
}

// floatTerm is x * w, and with square x * x * w, exactly. x is finite.
func floatTerm(x float64, w int64, square bool) term {
	b := math.Float64bits(x)
	mant, exp := b&(1<<52-1), int(b>>52&0x7ff)
	if exp == 0 {
		exp = 1
	} else {
		mant |= 1 << 52
	}
	t := term{exp: exp - 1075, neg: (b>>63 == 1 && !square) != (w < 0)}
	if mant == 0 || w == 0 {
		return term{}
	}
	zeros := bits.TrailingZeros64(mant)
	mant >>= uint(zeros)
	t.exp += zeros
	magnitude := uint64(max(w, -w))
	if !square {
		t.words[1], t.words[0] = bits.Mul64(mant, magnitude)
		return t
	}
	t.exp *= 2
	hi, lo := bits.Mul64(mant, mant)
	var c1, c2 uint64
	c1, t.words[0] = bits.Mul64(lo, magnitude)
	c2, t.words[1] = bits.Mul64(hi, magnitude)
	var carry uint64
	t.words[1], carry = bits.Add64(t.words[1], c1, 0)
	t.words[2] = c2 + carry
	return t
}

// headroom is how large the top word of a window may be for addSmall to need no look
// at the size of the sum.
const headroom = 1 << 60

// addSmall adds the finite float x to a slot where the window takes it as it is, and
// reports whether it did: the common case, without the general one's bookkeeping.
func (a *exactSums) addSmall(slot int32, x float64) bool {
	w := &a.s[slot]
	b := math.Float64bits(x)
	exp := int(b >> 52 & 0x7ff)
	if w.mode != modeWindow || exp == 0 || exp == 0x7ff {
		return false
	}
	mant := b&(1<<52-1) | 1<<52
	zeros := bits.TrailingZeros64(mant)
	shift := uint(exp - 1075 + zeros - int(w.base)) // huge when negative
	if top := int64(w.acc[2]); shift > windowBits-64-4 || top >= headroom || top < -headroom {
		return false
	}
	mant >>= uint(zeros)
	k, n := shift/64, shift%64
	var add [windowWords]uint64
	add[k] = mant << n
	add[k+1] = mant >> (64 - n) // a shift by 64 gives 0
	var c uint64
	if int64(b) < 0 {
		w.acc[0], c = bits.Sub64(w.acc[0], add[0], 0)
		w.acc[1], c = bits.Sub64(w.acc[1], add[1], c)
		w.acc[2], _ = bits.Sub64(w.acc[2], add[2], c)
		return true
	}
	w.acc[0], c = bits.Add64(w.acc[0], add[0], 0)
	w.acc[1], c = bits.Add64(w.acc[1], add[1], c)
	w.acc[2], _ = bits.Add64(w.acc[2], add[2], c)
	return true
}

func (t *term) bitLen() int {
	for k := windowWords - 1; k >= 0; k-- {
		if t.words[k] != 0 {
			return 64*k + bits.Len64(t.words[k])
		}
	}
	return 0
}

// add adds t to a slot.
func (a *exactSums) add(slot int32, t term) {
	size := t.bitLen()
	if size == 0 {
		return
	}
	w := &a.s[slot]
	if w.mode == modeEmpty {
		w.mode, w.base = modeWindow, int32(t.exp-guardBits)
	}
	if w.mode == modeWindow && !w.reach(t.exp, size) {
		a.promote(w)
	}
	if w.mode == modeWide {
		addShifted(a.wideAt(w.base), t, uint(t.exp-wideBase))
		return
	}
	addShifted(w.acc[:], t, uint(t.exp-int(w.base)))
}

// reach makes room in the window for a number with bits exp..exp+size-1, moving the
// window down where the sum allows it; it reports whether the number fits.
func (w *exactWindow) reach(exp, size int) bool {
	used := w.bitLen()
	if used == 0 {
		w.base = int32(exp - guardBits)
	}
	if down := int(w.base) - exp; down > 0 {
		if used+down > windowBits-2 {
			return false
		}
		shiftLeft192(&w.acc, uint(down))
		w.base -= int32(down)
		used += down
	}
	return max(used, exp-int(w.base)+size) <= windowBits-2
}

// bitLen returns the bits that the sum takes, without its sign.
func (w *exactWindow) bitLen() int {
	sign := uint64(int64(w.acc[windowWords-1]) >> 63)
	for k := windowWords - 1; k >= 0; k-- {
		if x := w.acc[k] ^ sign; x != 0 {
			return 64*k + bits.Len64(x)
		}
	}
	return 0
}

func shiftLeft192(x *[windowWords]uint64, n uint) {
	for ; n >= 64; n -= 64 {
		copy(x[1:], x[:windowWords-1])
		x[0] = 0
	}
	if n == 0 {
		return
	}
	for k := windowWords - 1; k > 0; k-- {
		x[k] = x[k]<<n | x[k-1]>>(64-n)
	}
	x[0] <<= n
}

// addShifted adds t, shifted left by shift bits, to acc in two's complement.
func addShifted(acc []uint64, t term, shift uint) {
	k, n := int(shift/64), shift%64
	var carry, below uint64
	for j := 0; k < len(acc); j, k = j+1, k+1 {
		var x uint64
		if j < windowWords {
			x = t.words[j]
		}
		part := x<<n | below
		below = 0
		if n > 0 {
			below = x >> (64 - n)
		}
		if j > windowWords && carry == 0 {
			return
		}
		if t.neg {
			acc[k], carry = bits.Sub64(acc[k], part, carry)
		} else {
			acc[k], carry = bits.Add64(acc[k], part, carry)
		}
	}
}

func (a *exactSums) wideAt(index int32) []uint64 {
	from := int(index) * wideWords
	return a.wide[from : from+wideWords]
}

// promote moves a window to a wide accumulator.
func (a *exactSums) promote(w *exactWindow) {
	var index int32
	if n := len(a.free); n > 0 {
		index, a.free = a.free[n-1], a.free[:n-1]
		clear(a.wideAt(index))
	} else {
		index = int32(len(a.wide) / wideWords)
		a.wide = append(a.wide, make([]uint64, wideWords)...)
	}
	t := term{words: w.acc, exp: int(w.base)}
	if int64(w.acc[windowWords-1]) < 0 {
		t.neg = true
		negate(t.words[:])
	}
	// A window may begin below the smallest bit; what it has there is zero.
	if low := wideBase - t.exp; low > 0 {
		shiftRight192(&t.words, uint(low))
		t.exp = wideBase
	}
	addShifted(a.wideAt(index), t, uint(t.exp-wideBase))
	*w = exactWindow{mode: modeWide, base: index}
}

func shiftRight192(x *[windowWords]uint64, n uint) {
	for ; n >= 64; n -= 64 {
		copy(x[:], x[1:])
		x[windowWords-1] = 0
	}
	if n == 0 {
		return
	}
	for k := range windowWords - 1 {
		x[k] = x[k]>>n | x[k+1]<<(64-n)
	}
	x[windowWords-1] >>= n
}

func negate(x []uint64) {
	carry := uint64(1)
	for k := range x {
		x[k], carry = bits.Add64(^x[k], 0, carry)
	}
}

// words returns the slot's accumulator and the exponent of its bit 0.
func (a *exactSums) words(slot int32) (acc []uint64, base int) {
	w := &a.s[slot]
	if w.mode == modeWide {
		return a.wideAt(w.base), wideBase
	}
	return w.acc[:], int(w.base)
}

// int returns the sum as n * 2^exp.
func (a *exactSums) int(slot int32) (n *big.Int, exp int) {
	acc, base := a.words(slot)
	x := append([]uint64(nil), acc...)
	neg := int64(x[len(x)-1]) < 0
	if neg {
		negate(x)
	}
	n = new(big.Int)
	for k := len(x) - 1; k >= 0; k-- {
		n.Lsh(n, 64)
		n.Or(n, new(big.Int).SetUint64(x[k]))
	}
	if neg {
		n.Neg(n)
	}
	return n, base
}

// float returns the sum rounded to the nearest float.
func (a *exactSums) float(slot int32) float64 {
	w := &a.s[slot]
	if w.mode == modeEmpty {
		return 0
	}
	if w.mode == modeWindow {
		if f, ok := w.float(); ok {
			return f
		}
	}
	n, exp := a.int(slot)
	f := new(big.Float).SetInt(n)
	r, _ := f.SetMantExp(f, exp).Float64()
	return r
}

// float rounds a window whose result is a normal float: the top 64 bits, the lowest
// of which says whether anything was cut, round as the whole would.
func (w *exactWindow) float() (float64, bool) {
	x := w.acc
	neg := int64(x[windowWords-1]) < 0
	if neg {
		negate(x[:])
	}
	top := windowWords - 1
	for top > 0 && x[top] == 0 {
		top--
	}
	if x[top] == 0 {
		return 0, true
	}
	lead := uint(bits.LeadingZeros64(x[top]))
	m := x[top] << lead
	rest := uint64(0)
	if top > 0 {
		m |= x[top-1] >> (64 - lead) // a shift by 64 gives 0
		rest = x[top-1] << lead
	}
	if top > 1 {
		rest |= x[0]
	}
	if rest != 0 {
		m |= 1
	}
	exp := int(w.base) + 64*top - int(lead)
	if exp+63 < -1000 || exp+64 > 1000 {
		return 0, false
	}
	f := math.Ldexp(float64(m), exp)
	if neg {
		f = -f
	}
	return f, true
}

// Reset empties a slot.
func (a *exactSums) Reset(slot int32) {
	if w := &a.s[slot]; w.mode == modeWide {
		a.free = append(a.free, w.base)
	}
	a.slots.Reset(slot)
}

// MemBytes is the memory held.
func (a *exactSums) MemBytes() int64 {
	return a.slots.MemBytes() + int64(8*cap(a.wide)) + int64(cap(a.free))*int64(unsafe.Sizeof(int32(0)))
}

func (a *exactSums) appendState(dst []byte, slot int32) []byte {
	w := &a.s[slot]
	dst = append(dst, byte(w.mode))
	switch w.mode {
	case modeWindow:
		dst = appendWords(dst, uint64(int64(w.base)))
		dst = appendWords(dst, w.acc[:]...)
	case modeWide:
		dst = appendWords(dst, a.wideAt(w.base)...)
	}
	return dst
}

func (a *exactSums) loadState(slot int32, r *stateReader) {
	a.Reset(slot)
	w := &a.s[slot]
	switch windowMode(r.byte()) {
	case modeEmpty:
	case modeWindow:
		w.mode, w.base = modeWindow, int32(r.int64())
		for k := range w.acc {
			w.acc[k] = r.uint64()
		}
	case modeWide:
		*w = exactWindow{mode: modeWindow}
		a.promote(w)
		acc := a.wideAt(w.base)
		for k := range acc {
			acc[k] = r.uint64()
		}
	default:
		r.bad = true
	}
}
