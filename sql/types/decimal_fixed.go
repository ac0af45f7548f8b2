package types

import (
	"math"
	"math/big"
)

// fixed computes with binary fixed-point numbers: integers scaled by 2^prec. It
// serves exp and ln, whose results are then rounded to decimals.
type fixed struct {
	prec uint
	one  *big.Int
}

// guardBits make room for the errors of a few hundred roundings.
const guardBits = 64

// newFixed returns an engine for so many decimals after the point.
func newFixed(digits int) fixed {
	prec := uint(float64(max(digits, 1))*3.3219280948873626) + guardBits
	return fixed{prec, new(big.Int).Lsh(big.NewInt(1), prec)}
}

// from converts a finite decimal.
func (f fixed) from(d Decimal) *big.Int {
	n := new(big.Int).Lsh(d.Coefficient(), f.prec)
	if d.scale > 0 {
		n.Quo(n, pow10Big(int(d.scale)))
	}
	return n
}

// decimal rounds x to scale decimals.
func (f fixed) decimal(x *big.Int, scale int) Decimal {
	n := new(big.Int).Mul(x, pow10Big(scale))
	return FromBig(quoRound(n, new(big.Int).Set(f.one)), scale)
}

func (f fixed) mul(a, b *big.Int) *big.Int {
	p := new(big.Int).Mul(a, b)
	return p.Rsh(p, f.prec)
}

func (f fixed) div(a, b *big.Int) *big.Int {
	n := new(big.Int).Lsh(a, f.prec)
	return n.Quo(n, b)
}

// ln2 returns ln(2) = 2 atanh(1/3).
func (f fixed) ln2() *big.Int {
	return f.atanh2(new(big.Int).Quo(f.one, big.NewInt(3)))
}

// atanh2 returns 2 atanh(y) by its series; y is small.
func (f fixed) atanh2(y *big.Int) *big.Int {
	square, term := f.mul(y, y), new(big.Int).Set(y)
	sum := new(big.Int).Set(y)
	for k := int64(3); ; k += 2 {
		term = f.mul(term, square)
		part := new(big.Int).Quo(term, big.NewInt(k))
		if part.Sign() == 0 {
			return sum.Lsh(sum, 1)
		}
		sum.Add(sum, part)
	}
}

// ln returns the logarithm of d > 0.
func (f fixed) ln(d Decimal) *big.Int {
	// d = m * 2^k with 1 <= m < 2.
	c, den := d.Coefficient(), pow10Big(int(d.scale))
	k := c.BitLen() - den.BitLen()
	m := f.ratio(c, den, k)
	if m.Cmp(f.one) < 0 {
		k--
		m = f.ratio(c, den, k)
	}
	// Square roots bring m close to 1, where the series is short.
	const roots = 8
	for range roots {
		m.Lsh(m, f.prec)
		m.Sqrt(m)
	}
	y := f.div(new(big.Int).Sub(m, f.one), new(big.Int).Add(m, f.one))
	sum := f.atanh2(y)
	sum.Lsh(sum, roots)
	return sum.Add(sum, new(big.Int).Mul(f.ln2(), big.NewInt(int64(k))))
}

// ratio returns a/b / 2^k.
func (f fixed) ratio(a, b *big.Int, k int) *big.Int {
	shift := int(f.prec) - k
	if shift >= 0 {
		n := new(big.Int).Lsh(a, uint(shift))
		return n.Quo(n, b)
	}
	return new(big.Int).Quo(a, new(big.Int).Lsh(b, uint(-shift)))
}

// exp returns e^x.
func (f fixed) exp(x *big.Int) *big.Int {
	// x = k ln2 + r with 0 <= r < ln2, and r is halved until the series is short.
	wide := fixed{f.prec + 2*guardBits, new(big.Int).Lsh(f.one, 2*guardBits)}
	x = new(big.Int).Lsh(x, 2*guardBits)
	ln2 := wide.ln2()
	k, r := new(big.Int).DivMod(x, ln2, new(big.Int))
	halvings := uint(math.Sqrt(float64(wide.prec))) / 2
	halvings = min(halvings, guardBits)
	r.Rsh(r, halvings)
	sum, term := new(big.Int).Add(wide.one, r), new(big.Int).Set(r)
	for n := int64(2); term.Sign() != 0; n++ {
		term = wide.mul(term, r)
		term.Quo(term, big.NewInt(n))
		sum.Add(sum, term)
	}
	for range halvings {
		sum = wide.mul(sum, sum)
	}
	shift := k.Int64() - 2*guardBits
	if shift >= 0 {
		return sum.Lsh(sum, uint(shift))
	}
	return sum.Rsh(sum, uint(-shift))
}
