package builtin

import (
	"encoding/binary"
	"math/big"
	"math/bits"

	"millrace/sql/col"
	"millrace/sql/types"
)

// numericSum is a sum of numerics: a 128-bit coefficient with the scale of the
// values, and the number of values.
type numericSum struct {
	lo    uint64
	hi    int64
	n     int64
	scale int32
}

// numericExtra is what a slot needs when its values have several scales, do not fit
// or are not finite.
type numericExtra struct {
	coefficient *big.Int // the sum, in place of the 128 bits; nil: those hold it
	scales      []scaleCount
	special     specials
}

// scaleCount is how many values have a scale. The sum is shown with the largest
// scale of its values, so that retracting the longest value shortens it again.
type scaleCount struct {
	scale int32
	n     int64
}

// numericSums sums numerics exactly.
type numericSums struct {
	slots[numericSum]
	extra   map[int32]*numericExtra
	average bool
}

func newNumericSum(average bool) func([]types.Type) Accumulators {
	return func([]types.Type) Accumulators {
		return &numericSums{extra: map[int32]*numericExtra{}, average: average}
	}
}

// Add implements Accumulators.
func (a *numericSums) Add(slots []int32, args []*col.Vec, w []int32) {
	v := args[0]
	for i, s := range slots {
		if v.Nulls == nil || !v.Nulls.Get(i) {
			a.add(s, types.DecodeDecimal(v.Bytes(i)), weight(w, i))
		}
	}
}

func (a *numericSums) add(slot int32, d types.Decimal, w int64) {
	st := &a.s[slot]
	if st.n == 0 && a.extra[slot] == nil {
		*st = numericSum{scale: int32(d.Scale())}
	}
	st.n += w
	c, small := d.Int64Coefficient()
	if small && int32(d.Scale()) == st.scale && len(a.extra) == 0 {
		if a.add128(st, c, w) {
			return
		}
	}
	a.addSlow(slot, d, w)
}

// add128 adds c * w and reports whether that fits.
func (a *numericSums) add128(st *numericSum, c, w int64) bool {
	h, l := product128(c, w)
	hi, lo, over := add128(st.hi, st.lo, h, l)
	if !over {
		st.hi, st.lo = hi, lo
	}
	return !over
}

func (a *numericSums) addSlow(slot int32, d types.Decimal, w int64) {
	st := &a.s[slot]
	x := a.extra[slot]
	special := d.IsNaN() || d.IsInf()
	if c, small := d.Int64Coefficient(); x == nil && small && int32(d.Scale()) == st.scale && a.add128(st, c, w) {
		return
	}
	if x == nil {
		x = &numericExtra{}
		if n := st.n - w; n != 0 {
			x.scales = []scaleCount{{st.scale, n}}
		}
		a.extra[slot] = x
	}
	if special {
		x.addSpecial(d, w)
	} else {
		x.count(int32(d.Scale()), w)
		a.addBig(st, x, d, w)
	}
	if st.n == 0 && x.isZero() {
		a.Reset(slot)
	}
}

func (x *numericExtra) addSpecial(d types.Decimal, w int64) {
	switch {
	case d.IsNaN():
		x.special.nan += w
	case d.Sign() > 0:
		x.special.posInf += w
	default:
		x.special.negInf += w
	}
}

func (x *numericExtra) isZero() bool { return len(x.scales) == 0 && x.special == (specials{}) }

// count keeps the scales in ascending order.
func (x *numericExtra) count(scale int32, w int64) {
	at := 0
	for at < len(x.scales) && x.scales[at].scale < scale {
		at++
	}
	if at == len(x.scales) || x.scales[at].scale != scale {
		x.scales = append(x.scales, scaleCount{})
		copy(x.scales[at+1:], x.scales[at:])
		x.scales[at] = scaleCount{scale: scale}
	}
	if x.scales[at].n += w; x.scales[at].n == 0 {
		x.scales = append(x.scales[:at], x.scales[at+1:]...)
	}
}

// addBig adds d * w to a coefficient of any size.
func (a *numericSums) addBig(st *numericSum, x *numericExtra, d types.Decimal, w int64) {
	if x.coefficient == nil {
		x.coefficient = new(big.Int).Set(types.FromInt128(st.hi, st.lo, 0).Coefficient())
		st.hi, st.lo = 0, 0
	}
	c := new(big.Int).Mul(d.Coefficient(), big.NewInt(w))
	if up := int64(d.Scale()) - int64(st.scale); up > 0 {
		x.coefficient.Mul(x.coefficient, pow10(up))
		st.scale = int32(d.Scale())
	} else if up < 0 {
		c.Mul(c, pow10(-up))
	}
	x.coefficient.Add(x.coefficient, c)
}

func pow10(n int64) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(n), nil) }

// value returns the sum with the scale of the longest value.
func (a *numericSums) value(slot int32) types.Decimal {
	st, x := &a.s[slot], a.extra[slot]
	if x == nil {
		return types.FromInt128(st.hi, st.lo, int(st.scale))
	}
	if f, ok := x.special.value(); ok {
		return types.FromFloat(f, 64)
	}
	d := types.FromInt128(st.hi, st.lo, int(st.scale))
	if x.coefficient != nil {
		d = types.FromBig(new(big.Int).Set(x.coefficient), int(st.scale))
	}
	if len(x.scales) == 0 {
		return d
	}
	return d.Round(int(x.scales[len(x.scales)-1].scale))
}

// Result implements Accumulators.
func (a *numericSums) Result(slot int32, out *col.Builder) {
	n := a.s[slot].n
	if n == 0 {
		out.Null()
		return
	}
	d := a.value(slot)
	if !a.average {
		resultDecimal(out, d, nil)
		return
	}
	r, err := d.Div(types.FromInt64(n, 0))
	resultDecimal(out, r, err)
}

// Reset implements Accumulators.
func (a *numericSums) Reset(slot int32) {
	a.slots.Reset(slot)
	delete(a.extra, slot)
}

// MemBytes implements Accumulators.
func (a *numericSums) MemBytes() int64 {
	total := a.slots.MemBytes()
	for _, x := range a.extra {
		total += 96 + 16*int64(cap(x.scales))
		if x.coefficient != nil {
			total += int64(len(x.coefficient.Bits()) * bits.UintSize / 8)
		}
	}
	return total
}

// AppendState implements Accumulators.
func (a *numericSums) AppendState(dst []byte, slot int32) []byte {
	st, x := &a.s[slot], a.extra[slot]
	dst = appendWords(dst, st.lo, uint64(st.hi), uint64(st.n), uint64(int64(st.scale)))
	if x == nil {
		return append(dst, 0)
	}
	form := byte(1)
	if x.coefficient != nil {
		form = 2
		if x.coefficient.Sign() < 0 {
			form = 3
		}
	}
	dst = append(dst, form)
	if form > 1 {
		dst = appendSized(dst, x.coefficient.Bytes())
	}
	dst = appendWords(dst, uint64(x.special.nan), uint64(x.special.posInf), uint64(x.special.negInf))
	dst = binary.LittleEndian.AppendUint64(dst, uint64(len(x.scales)))
	for _, s := range x.scales {
		dst = appendWords(dst, uint64(int64(s.scale)), uint64(s.n))
	}
	return dst
}

// LoadState implements Accumulators.
func (a *numericSums) LoadState(slot int32, b []byte) ([]byte, error) {
	r := stateReader{b: b}
	delete(a.extra, slot)
	a.s[slot] = numericSum{lo: r.uint64(), hi: r.int64(), n: r.int64(), scale: int32(r.int64())}
	form := r.byte()
	if form == 0 {
		return r.rest()
	}
	x := &numericExtra{}
	if form > 1 {
		x.coefficient = new(big.Int).SetBytes(r.bytes())
		if form == 3 {
			x.coefficient.Neg(x.coefficient)
		}
	}
	x.special = specials{r.int64(), r.int64(), r.int64()}
	for n := r.uint64(); n > 0 && !r.bad; n-- {
		x.scales = append(x.scales, scaleCount{int32(r.int64()), r.int64()})
	}
	a.extra[slot] = x
	return r.rest()
}
