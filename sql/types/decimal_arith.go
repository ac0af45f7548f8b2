package types

import (
	"cmp"
	"math"
	"math/big"
	"math/bits"

	"millrace/sql/pgerr"
)

// Neg returns -d.
func (d Decimal) Neg() Decimal {
	switch {
	case d.form == formPosInf:
		return DecimalNegInf
	case d.form == formNegInf:
		return DecimalPosInf
	case d.form == formNaN:
		return d
	case d.large != nil || d.small == math.MinInt64:
		return FromBig(new(big.Int).Neg(d.Coefficient()), int(d.scale))
	}
	d.small = -d.small
	return d
}

// Abs returns the absolute value.
func (d Decimal) Abs() Decimal {
	if d.form != formNaN && d.Sign() < 0 {
		return d.Neg()
	}
	return d
}

// SignDecimal returns PostgreSQL's sign(d): -1, 0, 1 or NaN.
func (d Decimal) SignDecimal() Decimal {
	if d.form == formNaN {
		return d
	}
	return FromInt64(int64(d.Sign()), 0)
}

// Add returns d + o with the larger of both scales.
func (d Decimal) Add(o Decimal) Decimal {
	if d.form|o.form != formFinite {
		return addSpecial(d, o)
	}
	if d.large == nil && o.large == nil {
		if a, b, scale, ok := align64(d, o); ok {
			if sum := a + b; (sum > a) == (b > 0) {
				return Decimal{small: sum, scale: scale}
			}
		}
	}
	a, b, scale := alignBig(d, o)
	return FromBig(a.Add(a, b), scale)
}

// Sub returns d - o with the larger of both scales.
func (d Decimal) Sub(o Decimal) Decimal {
	return d.Add(o.Neg())
}

func addSpecial(d, o Decimal) Decimal {
	switch {
	case d.form == formNaN || o.form == formNaN:
		return DecimalNaN
	case d.form == formFinite:
		return o
	case o.form == formFinite || o.form == d.form:
		return d
	}
	return DecimalNaN
}

// align64 brings two small decimals to one scale; ok is false when that overflows.
func align64(d, o Decimal) (a, b int64, scale int32, ok bool) {
	switch {
	case d.scale == o.scale:
		return d.small, o.small, d.scale, true
	case d.scale < o.scale:
		a, ok = mulPow10(d.small, int(o.scale-d.scale))
		return a, o.small, o.scale, ok
	}
	b, ok = mulPow10(o.small, int(d.scale-o.scale))
	return d.small, b, d.scale, ok
}

// mulPow10 returns x * 10^n; ok is false when it overflows.
func mulPow10(x int64, n int) (r int64, ok bool) {
	if x == 0 {
		return 0, true
	}
	if n > pow10Int64 {
		return 0, false
	}
	hi, lo := bits.Mul64(magnitude(x), pow10[n])
	if hi != 0 || lo > math.MaxInt64 {
		return 0, false
	}
	if x < 0 {
		return -int64(lo), true
	}
	return int64(lo), true
}

// alignBig brings two finite decimals to one scale; the results may be changed.
func alignBig(d, o Decimal) (a, b *big.Int, scale int) {
	scale = int(max(d.scale, o.scale))
	return d.coefficientAt(scale), o.coefficientAt(scale), scale
}

// coefficientAt returns a new integer d * 10^scale; scale is at least d.scale.
func (d Decimal) coefficientAt(scale int) *big.Int {
	c := new(big.Int)
	if d.large != nil {
		c.Set(d.large)
	} else {
		c.SetInt64(d.small)
	}
	if n := scale - int(d.scale); n > 0 {
		c.Mul(c, pow10Big(n))
	}
	return c
}

// Mul returns d * o with the sum of both scales.
func (d Decimal) Mul(o Decimal) Decimal {
	if d.form|o.form != formFinite {
		return mulSpecial(d, o)
	}
	scale := d.scale + o.scale
	if d.large == nil && o.large == nil && scale <= maxDecimalScale {
		hi, lo := bits.Mul64(magnitude(d.small), magnitude(o.small))
		if hi == 0 && lo <= math.MaxInt64 {
			r := int64(lo)
			if (d.small < 0) != (o.small < 0) {
				r = -r
			}
			return Decimal{small: r, scale: scale}
		}
	}
	r := FromBig(new(big.Int).Mul(d.Coefficient(), o.Coefficient()), int(scale))
	if scale > maxDecimalScale {
		return r.rescale(maxDecimalScale, true)
	}
	return r
}

func mulSpecial(d, o Decimal) Decimal {
	if d.form == formNaN || o.form == formNaN {
		return DecimalNaN
	}
	switch d.Sign() * o.Sign() {
	case 1:
		return DecimalPosInf
	case -1:
		return DecimalNegInf
	}
	return DecimalNaN
}

func errDivisionByZero() error { return pgerr.New(pgerr.DivisionByZero, "division by zero") }

// Div returns d / o with as many decimals as PostgreSQL gives: at least 16
// significant digits, and no fewer decimals than either operand has.
func (d Decimal) Div(o Decimal) (Decimal, error) {
	if d.form|o.form != formFinite {
		return divSpecial(d, o)
	}
	if o.Sign() == 0 {
		return Decimal{}, errDivisionByZero()
	}
	return d.divScale(o, divisionScale(d, o)).Checked()
}

func divSpecial(d, o Decimal) (Decimal, error) {
	switch {
	case d.form == formNaN || o.form == formNaN:
		return DecimalNaN, nil
	case o.IsInf() && d.IsInf():
		return DecimalNaN, nil
	case o.IsInf():
		return Decimal{}, nil
	case o.Sign() == 0:
		return Decimal{}, errDivisionByZero()
	}
	return mulSpecial(d, o), nil
}

// divisionScale is the number of decimals of a quotient. PostgreSQL estimates the
// quotient's size from the leading groups of four digits.
func divisionScale(d, o Decimal) int {
	w1, first1 := d.leadingGroup()
	w2, first2 := o.leadingGroup()
	weight := w1 - w2
	if first1 <= first2 {
		weight--
	}
	scale := minSignificant - weight*decimalGroup
	return min(max(scale, int(d.scale), int(o.scale), 0), maxDisplayScale)
}

// leadingGroup returns the weight (power of 10000) and the value (1..9999) of the
// most significant group of four digits, groups being aligned at the decimal
// point; 0, 0 for zero.
func (d Decimal) leadingGroup() (weight, first int) {
	n := d.digitCount()
	if n == 0 {
		return 0, 0
	}
	exponent := n - int(d.scale) - 1
	weight = floorDiv(exponent, decimalGroup)
	keep := exponent - weight*decimalGroup + 1
	return weight, int(d.leadingDigits(n, keep))
}

// leadingDigits returns the first keep of the n digits of the coefficient, filled
// with zeros when there are fewer.
func (d Decimal) leadingDigits(n, keep int) uint64 {
	if d.large == nil {
		u := magnitude(d.small)
		if n >= keep {
			return u / pow10[n-keep]
		}
		return u * pow10[keep-n]
	}
	c := new(big.Int).Abs(d.large)
	return c.Quo(c, pow10Big(n-keep)).Uint64()
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

// divScale returns d / o, finite and o not 0, rounded to the given scale.
func (d Decimal) divScale(o Decimal, scale int) Decimal {
	shift := scale + int(o.scale) - int(d.scale)
	if d.large == nil && o.large == nil && shift >= 0 && shift < len(pow10) {
		if q, ok := div64(magnitude(d.small), magnitude(o.small), shift); ok {
			if (d.small < 0) != (o.small < 0) {
				q = -q
			}
			return Decimal{small: q, scale: int32(scale)}
		}
	}
	a, b := new(big.Int).Set(d.Coefficient()), new(big.Int).Set(o.Coefficient())
	if shift >= 0 {
		a.Mul(a, pow10Big(shift))
	} else {
		b.Mul(b, pow10Big(-shift))
	}
	return FromBig(quoRound(a, b), scale)
}

// div64 returns a * 10^shift / b rounded half up, if it fits.
func div64(a, b uint64, shift int) (int64, bool) {
	hi, lo := bits.Mul64(a, pow10[shift])
	if hi >= b {
		return 0, false
	}
	q, r := bits.Div64(hi, lo, b)
	if q >= math.MaxInt64 {
		return 0, false
	}
	if r >= b-r {
		q++
	}
	return int64(q), true
}

// quoRound returns a / b rounded half away from zero, changing a and b.
func quoRound(a, b *big.Int) *big.Int {
	neg := a.Sign()*b.Sign() < 0
	a.Abs(a)
	b.Abs(b)
	q, r := new(big.Int).QuoRem(a, b, new(big.Int))
	if r.Lsh(r, 1).Cmp(b) >= 0 {
		q.Add(q, big.NewInt(1))
	}
	if neg {
		q.Neg(q)
	}
	return q
}

// DivTrunc returns d / o without its fraction, as PostgreSQL's div(d, o).
func (d Decimal) DivTrunc(o Decimal) (Decimal, error) {
	if d.form|o.form != formFinite {
		return divSpecial(d, o)
	}
	if o.Sign() == 0 {
		return Decimal{}, errDivisionByZero()
	}
	a, b, _ := alignBig(d, o)
	return FromBig(a.Quo(a, b), 0), nil
}

// Mod returns the remainder of d / o; it has the sign of d.
func (d Decimal) Mod(o Decimal) (Decimal, error) {
	switch {
	case d.form == formNaN || o.form == formNaN:
		return DecimalNaN, nil
	case d.IsInf():
		if o.form == formFinite && o.Sign() == 0 {
			return Decimal{}, errDivisionByZero()
		}
		return DecimalNaN, nil
	case o.IsInf():
		return d, nil
	case o.Sign() == 0:
		return Decimal{}, errDivisionByZero()
	}
	if d.large == nil && o.large == nil {
		if a, b, scale, ok := align64(d, o); ok && b != -1 {
			return Decimal{small: a % b, scale: scale}, nil
		}
	}
	a, b, scale := alignBig(d, o)
	return FromBig(a.Rem(a, b), scale), nil
}

// Cmp returns -1, 0 or 1. NaN equals NaN and is larger than everything else.
func (d Decimal) Cmp(o Decimal) int {
	if d.form|o.form != formFinite {
		return cmp.Compare(d.rank(), o.rank())
	}
	if d.large == nil && o.large == nil {
		if a, b, _, ok := align64(d, o); ok {
			switch {
			case a < b:
				return -1
			case a > b:
				return 1
			}
			return 0
		}
	}
	if s1, s2 := d.Sign(), o.Sign(); s1 != s2 {
		if s1 < s2 {
			return -1
		}
		return 1
	}
	a, b, _ := alignBig(d, o)
	return a.Cmp(b)
}

// rank orders the forms; all finite values have the same.
func (d Decimal) rank() int {
	switch d.form {
	case formNegInf:
		return -1
	case formPosInf:
		return 1
	case formNaN:
		return 2
	}
	return 0
}

// Round returns d rounded half away from zero to n decimals; negative n rounds
// before the point. More decimals than d has are filled with zeros.
func (d Decimal) Round(n int) Decimal {
	return d.rescale(min(max(n, -maxResultScale), maxResultScale), true)
}

// Trunc returns d cut to n decimals, as Round.
func (d Decimal) Trunc(n int) Decimal {
	return d.rescale(min(max(n, -maxResultScale), maxResultScale), false)
}

func (d Decimal) rescale(n int, round bool) Decimal {
	drop := int(d.scale) - n
	switch {
	case d.form != formFinite || drop == 0:
		return d
	case drop < 0:
		if r, ok := mulPow10(d.small, -drop); ok && d.large == nil {
			return Decimal{small: r, scale: int32(n)}
		}
		return FromBig(d.coefficientAt(n), n)
	case d.large == nil && drop <= pow10Int64:
		return Decimal{small: dropDigits(d.small, drop, round), scale: int32(n)}.wholeScale()
	}
	a, b := new(big.Int).Set(d.Coefficient()), pow10Big(drop)
	if round {
		a = quoRound(a, b)
	} else {
		a.Quo(a, b)
	}
	r := FromBig(a, 0)
	r.scale = int32(n)
	return r.wholeScale()
}

func dropDigits(x int64, drop int, round bool) int64 {
	p := int64(pow10[drop])
	q, r := x/p, x%p
	if !round {
		return q
	}
	switch {
	case r >= p-r:
		q++
	case r < 0 && -r >= p+r:
		q--
	}
	return q
}

// wholeScale turns a negative scale into zeros before the point.
func (d Decimal) wholeScale() Decimal {
	if d.scale >= 0 {
		return d
	}
	n := int(-d.scale)
	d.scale = 0
	if r, ok := mulPow10(d.small, n); ok && d.large == nil {
		d.small = r
		return d
	}
	return FromBig(new(big.Int).Mul(d.Coefficient(), pow10Big(n)), 0)
}

// Ceil returns the least integer not below d.
func (d Decimal) Ceil() Decimal {
	t := d.Trunc(0)
	if d.form == formFinite && t.Cmp(d) < 0 {
		return t.Add(FromInt64(1, 0))
	}
	return t
}

// Floor returns the greatest integer not above d.
func (d Decimal) Floor() Decimal {
	t := d.Trunc(0)
	if d.form == formFinite && t.Cmp(d) > 0 {
		return t.Sub(FromInt64(1, 0))
	}
	return t
}

// ToInt64 returns d rounded half away from zero; ok is false for NaN, infinities
// and what does not fit.
func (d Decimal) ToInt64() (n int64, ok bool) {
	if d.form != formFinite {
		return 0, false
	}
	r := d.Round(0)
	return r.small, r.large == nil
}

// Float64 returns the nearest float8; ok is false when d is too
// large or too small for one.
func (d Decimal) Float64() (x float64, ok bool) {
	switch d.form {
	case formNaN:
		return math.NaN(), true
	case formPosInf:
		return math.Inf(1), true
	case formNegInf:
		return math.Inf(-1), true
	}
	const exact = 1 << 53
	if d.large == nil && d.small > -exact && d.small < exact && d.scale <= 22 {
		return float64(d.small) / float64Pow10[d.scale], true
	}
	x, ok = parseFinite(d.String())
	return x, ok && (x != 0 || d.Sign() == 0)
}

// TrimScale returns d without trailing zeros after the point.
func (d Decimal) TrimScale() Decimal {
	for d.form == formFinite && d.scale > 0 {
		t := d.Trunc(int(d.scale) - 1)
		if t.Cmp(d) != 0 {
			break
		}
		d = t
	}
	return d
}
