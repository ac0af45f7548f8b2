package types

import (
	"math"
	"math/big"
	"math/bits"

	"millrace/sql/pgerr"
)

// scaleFor returns the decimals of a function's result whose size is about
// 10^weight: at least 16 significant digits and no fewer decimals than the
// operands have.
func scaleFor(weight int, operands ...Decimal) int {
	scale := minSignificant - weight
	for _, d := range operands {
		scale = max(scale, int(d.scale))
	}
	return min(max(scale, 0), maxDisplayScale)
}

// Sqrt returns the square root.
func (d Decimal) Sqrt() (Decimal, error) {
	switch {
	case d.form == formNaN || d.form == formPosInf:
		return d, nil
	case d.Sign() < 0:
		return Decimal{}, pgerr.New(pgerr.InvalidPowerArgument, "cannot take square root of a negative number")
	}
	group, _ := d.leadingGroup()
	scale := scaleFor(group*decimalGroup/2+1, d)
	if d.Sign() == 0 {
		return Decimal{scale: int32(scale)}, nil
	}
	// The root is taken with one digit more than asked for. That digit decides the
	// rounding alone: a root that ends in 5 there, exactly, rounds up as well.
	n := new(big.Int).Set(d.Coefficient())
	if shift := 2*(scale+1) - int(d.scale); shift >= 0 {
		n.Mul(n, pow10Big(shift))
	} else {
		n.Quo(n, pow10Big(-shift))
	}
	return FromBig(n.Sqrt(n), scale+1).rescale(scale, true), nil
}

// Exp returns e to the power d.
func (d Decimal) Exp() (Decimal, error) {
	switch d.form {
	case formNaN, formPosInf:
		return d, nil
	case formNegInf:
		return Decimal{}, nil
	}
	x := d.approx()
	weight := x * log10E
	weight = min(max(weight, -maxResultScale), maxResultScale)
	scale := scaleFor(int(weight), d)
	if math.Abs(x) >= maxResultScale*3 {
		if x > 0 {
			return Decimal{}, errNumericOverflow()
		}
		return Decimal{scale: int32(scale)}, nil
	}
	return expScaled(d, scale)
}

const log10E = 0.434294481903252

// approx returns d as a float64, 0 or infinite where it does not fit.
func (d Decimal) approx() float64 {
	x, ok := d.Float64()
	switch {
	case ok:
		return x
	case d.intDigits() < 0:
		return 0
	}
	return math.Copysign(math.Inf(1), float64(d.Sign()))
}

// expScaled returns e^d rounded to scale decimals.
func expScaled(d Decimal, scale int) (Decimal, error) {
	x := d.approx()
	digits := scale + 12
	if x > 0 {
		digits += int(x*log10E) + 1
	}
	f := newFixed(digits)
	return f.decimal(f.exp(f.from(d)), scale).Checked()
}

// Ln returns the natural logarithm.
func (d Decimal) Ln() (Decimal, error) {
	if err := d.checkLog(); err != nil {
		return Decimal{}, err
	}
	if d.form != formFinite {
		return d, nil
	}
	return lnScaled(d, scaleFor(lnWeight(d), d)), nil
}

func (d Decimal) checkLog() error {
	switch {
	case d.form == formNaN:
		return nil
	case d.Sign() < 0:
		return pgerr.New(pgerr.InvalidLogArgument, "cannot take logarithm of a negative number")
	case d.Sign() == 0:
		return pgerr.New(pgerr.InvalidLogArgument, "cannot take logarithm of zero")
	}
	return nil
}

// lnScaled returns ln(d), d > 0, rounded to scale decimals.
func lnScaled(d Decimal, scale int) Decimal {
	digits := max(scale, 0) + 16 + d.digitCount()/1000
	if n := d.intDigits(); n < 0 { // a small number needs its leading zeros, too
		digits -= n
	}
	f := newFixed(digits)
	return f.decimal(f.ln(d), scale)
}

// lnWeight estimates the decimal weight of ln(d) in PostgreSQL's way, which the
// number of decimals of results hangs on.
func lnWeight(d Decimal) int {
	low, high := FromInt64(9, 1), FromInt64(11, 1)
	if d.Cmp(low) >= 0 && d.Cmp(high) <= 0 {
		x := d.Sub(FromInt64(1, 0))
		if x.Sign() == 0 {
			return 0
		}
		group, first := x.leadingGroup()
		return group*decimalGroup + int(math.Log10(float64(first)))
	}
	digits, weight := d.leadingEight()
	if digits == 0 {
		return 0
	}
	ln := math.Log(float64(digits)) + float64(weight)*math.Ln10
	return int(math.Log10(math.Abs(ln)))
}

// leadingEight returns the first two groups of four digits, or the one there is,
// and the power of ten of their last digit.
func (d Decimal) leadingEight() (digits uint64, weight int) {
	group, first := d.leadingGroup()
	if first == 0 {
		return 0, 0
	}
	groups, _ := d.groups()
	if len(groups) == 1 {
		return uint64(first), group * decimalGroup
	}
	return uint64(first)*wireBase + uint64(groups[1]), (group - 1) * decimalGroup
}

// Log returns the logarithm of d to a base.
func (d Decimal) Log(base Decimal) (Decimal, error) {
	if d.form == formNaN || base.form == formNaN {
		return DecimalNaN, nil
	}
	if err := base.checkLog(); err != nil {
		return Decimal{}, err
	}
	if err := d.checkLog(); err != nil {
		return Decimal{}, err
	}
	switch {
	case d.IsInf() && base.IsInf():
		return DecimalNaN, nil
	case base.IsInf():
		return Decimal{}, nil
	case d.IsInf():
		return d, nil
	}
	baseWeight, numWeight := lnWeight(base), lnWeight(d)
	scale := scaleFor(numWeight-baseWeight, base, d)
	work := scale + 16 + max(0, -baseWeight) + max(0, -numWeight) + max(0, baseWeight) + max(0, numWeight)
	lnBase := lnScaled(base, work)
	if lnBase.Sign() == 0 {
		return Decimal{}, errDivisionByZero()
	}
	return lnScaled(d, work).divScale(lnBase, scale), nil
}

// Pow returns d to the power of exponent.
func (d Decimal) Pow(exponent Decimal) (Decimal, error) {
	if d.form|exponent.form != formFinite {
		return powSpecial(d, exponent)
	}
	switch {
	case d.Sign() == 0 && exponent.Sign() < 0:
		return Decimal{}, pgerr.New(pgerr.InvalidPowerArgument, "zero raised to a negative power is undefined")
	case d.Sign() < 0 && exponent.Cmp(exponent.Trunc(0)) != 0:
		return Decimal{}, pgerr.New(pgerr.InvalidPowerArgument,
			"a negative number raised to a non-integer power yields a complex result")
	}
	if n, ok := exponent.ToInt64(); ok && exponent.Cmp(FromInt64(n, 0)) == 0 && n == int64(int32(n)) {
		return d.powInt(n)
	}
	if d.Sign() == 0 {
		return Decimal{scale: minSignificant}, nil
	}
	return d.powReal(exponent)
}

// powSpecial gives powers of and to NaN and infinities, as POSIX's pow.
func powSpecial(d, exponent Decimal) (Decimal, error) {
	one := FromInt64(1, 0)
	switch {
	case d.form == formFinite && d.Cmp(one) == 0:
		return one, nil
	case exponent.form == formFinite && exponent.Sign() == 0:
		return one, nil
	case d.form == formNaN || exponent.form == formNaN:
		return DecimalNaN, nil
	case d.Sign() == 0 && exponent.Sign() < 0:
		return Decimal{}, pgerr.New(pgerr.InvalidPowerArgument, "zero raised to a negative power is undefined")
	case exponent.IsInf():
		size := d.Abs().Cmp(one)
		switch {
		case size == 0:
			return one, nil
		case (size > 0) == (exponent.Sign() > 0):
			return DecimalPosInf, nil
		}
		return Decimal{}, nil
	case d.Sign() < 0 && exponent.Cmp(exponent.Trunc(0)) != 0:
		return Decimal{}, pgerr.New(pgerr.InvalidPowerArgument,
			"a negative number raised to a non-integer power yields a complex result")
	case exponent.Sign() < 0:
		return Decimal{}, nil
	case d.Sign() < 0 && exponent.Trunc(0).Coefficient().Bit(0) == 1:
		return DecimalNegInf, nil
	}
	return DecimalPosInf, nil
}

// powInt returns d^n with the decimals PostgreSQL gives.
func (d Decimal) powInt(n int64) (Decimal, error) {
	scale := min(max(minSignificant, int(d.scale)), maxDisplayScale)
	weight := d.log10Estimate() * float64(n)
	if d.Sign() == 0 {
		weight = 0
	}
	switch {
	case weight > (math.MaxInt16+1)*decimalGroup:
		return Decimal{}, errNumericOverflow()
	case weight+1 < -float64(scale):
		return Decimal{scale: int32(scale)}, nil
	}
	switch {
	case n == 0:
		return FromInt64(1, 0).rescale(scale, true), nil
	case n == 1:
		return d.rescale(scale, true), nil
	case n == -1:
		return FromInt64(1, 0).divScale(d, scale), nil
	case n == 2:
		return d.Mul(d).rescale(scale, true).Checked()
	case d.Sign() == 0:
		return Decimal{scale: int32(scale)}, nil
	}
	return d.powDigits(n, scale, weight)
}

// log10Estimate returns log10(|d|) from the leading sixteen digits.
func (d Decimal) log10Estimate() float64 {
	groups, weight := d.groups()
	f, power := 0.0, (weight+1)*decimalGroup
	for _, g := range groups[:min(len(groups), minSignificant/decimalGroup)] {
		f = f*wireBase + float64(g)
		power -= decimalGroup
	}
	return math.Log10(f) + float64(power)
}

// powDigits multiplies with as many significant digits as the result needs.
func (d Decimal) powDigits(n int64, scale int, weight float64) (Decimal, error) {
	mask := magnitude(n)
	significant := max(scale+int(weight), 0) + 24 + digits64(mask)
	base := d
	if n < 0 {
		base = FromInt64(1, 0).divScale(d, significant+max(d.intDigits(), 0))
	}
	result := FromInt64(1, 0)
	for bit := range bits.Len64(mask) {
		if mask&(1<<bit) != 0 {
			result = result.mulSignificant(base, significant)
		}
		if mask>>(bit+1) != 0 {
			base = base.mulSignificant(base, significant)
		}
	}
	return result.rescale(scale, true).Checked()
}

// mulSignificant multiplies and drops decimals beyond so many significant digits.
func (d Decimal) mulSignificant(o Decimal, significant int) Decimal {
	p := d.Mul(o)
	if excess := p.digitCount() - significant; excess > 0 && p.scale > 0 {
		return p.rescale(max(int(p.scale)-excess, 0), true)
	}
	return p
}

// powReal returns d^exponent, d > 0, as exp(exponent * ln(d)).
func (d Decimal) powReal(exponent Decimal) (Decimal, error) {
	roughScale := max(8-lnWeight(d), 0)
	rough := lnScaled(d, roughScale).Mul(exponent).rescale(roughScale, true).approx()
	if math.Abs(rough) > maxResultScale*3.01 {
		if rough > 0 {
			return Decimal{}, errNumericOverflow()
		}
		return Decimal{scale: maxDisplayScale}, nil
	}
	weight := int(rough * log10E)
	scale := scaleFor(weight, d, exponent)
	work := max(scale+weight, 0) + 24 + max(exponent.intDigits(), 0)
	return expScaled(lnScaled(d, work).Mul(exponent), scale)
}
