package builtin

import "math"

// dd is a number as the unevaluated sum of two floats, about 106 bits. exp, ln, log10
// and power compute with it and round once, which gives the digits that PostgreSQL's
// C library gives; Go's math package is off by one in the last place here and there.
type dd struct{ hi, lo float64 }

// ln2 is the natural logarithm of 2.
var ln2 = dd{0.6931471805599453, 2.3190468138462996e-17}

func quickSum(a, b float64) dd {
	s := a + b
	return dd{s, b - (s - a)}
}

func (x dd) add(y dd) dd {
	s := x.hi + y.hi
	v := s - x.hi
	err := (x.hi - (s - v)) + (y.hi - v)
	return quickSum(s, err+x.lo+y.lo)
}

func (x dd) mul(y dd) dd {
	p := x.hi * y.hi
	err := math.FMA(x.hi, y.hi, -p)
	return quickSum(p, err+(x.hi*y.lo+x.lo*y.hi))
}

func (x dd) div(y dd) dd {
	q := x.hi / y.hi
	r := x.add(y.mul(dd{hi: -q}))
	q2 := r.hi / y.hi
	r = r.add(y.mul(dd{hi: -q2}))
	return quickSum(q, q2).add(dd{hi: r.hi / y.hi})
}

func (x dd) float() float64 { return x.hi + x.lo }

// lnTerms of the series leave an error below 2^-110 for arguments of reduced size.
const lnTerms = 24

// lnDD returns the logarithm of a positive finite number, by the series of the
// inverse hyperbolic tangent of (m-1)/(m+1), m being near 1.
func lnDD(x float64) dd {
	m, k := math.Frexp(x)
	if m < math.Sqrt2/2 {
		m, k = m*2, k-1
	}
	s := dd{hi: m - 1}.div(dd{hi: m}.add(dd{hi: 1}))
	square := s.mul(s)
	sum := dd{}
	for i := lnTerms; i >= 0; i-- {
		sum = sum.mul(square).add(dd{hi: 1}.div(dd{hi: float64(2*i + 1)}))
	}
	return s.mul(sum).mul(dd{hi: 2}).add(ln2.mul(dd{hi: float64(k)}))
}

const (
	expHalvings = 6
	expTerms    = 14
)

// expDD returns e to the power x, rounded: the series for x without its whole powers
// of 2, halved a few times and squared back.
func expDD(x dd) float64 {
	if x.hi > 710 || x.hi < -746 {
		return math.Exp(x.hi)
	}
	k := math.Round(x.hi / ln2.hi)
	r := x.add(ln2.mul(dd{hi: -k}))
	scale := math.Ldexp(1, -expHalvings)
	r = dd{r.hi * scale, r.lo * scale}
	sum := dd{hi: 1}
	for i := expTerms; i >= 1; i-- {
		sum = sum.mul(r).mul(dd{hi: 1}.div(dd{hi: float64(i)})).add(dd{hi: 1})
	}
	for range expHalvings {
		sum = sum.mul(sum)
	}
	return math.Ldexp(sum.float(), int(k))
}

func exactExp(x float64) float64 {
	if x-x != 0 {
		return math.Exp(x)
	}
	return expDD(dd{hi: x})
}

func exactLn(x float64) float64 {
	if x-x != 0 || x <= 0 {
		return math.Log(x)
	}
	return lnDD(x).float()
}

// ln10 is the natural logarithm of 10.
var ln10 = dd{2.302585092994046, -2.1707562233822494e-16}

func exactLog10(x float64) float64 {
	if x-x != 0 || x <= 0 {
		return math.Log10(x)
	}
	return lnDD(x).div(ln10).float()
}

// exactPow is x to the power y; the special cases are math.Pow's.
func exactPow(x, y float64) float64 {
	rough := math.Pow(x, y)
	if rough-rough != 0 || rough == 0 || rough == 1 || y == 1 || x == 0 || math.IsInf(y, 0) {
		return rough
	}
	if math.Abs(rough) < 1e-300 {
		return rough // near the denormal numbers rounding twice would not be better
	}
	r := expDD(lnDD(math.Abs(x)).mul(dd{hi: y}))
	return math.Copysign(r, rough)
}
