package builtin

import (
	"math"
	"math/bits"

	"millrace/sql/col"
	"millrace/sql/types"
)

// intOp is an operator of integers: fast computes all rows and returns 0 when none
// can have failed; row computes one with its error.
type intOp struct {
	fast func(out, a, b []int64) uint64
	row  func(x, y int64) (r int64, ok bool)
}

var (
	intAdd = intOp{addWords, addChecked}
	intSub = intOp{subWords, subChecked}
	intMul = intOp{mulWords, mulChecked}
)

// kernel makes the kernel whose result is of type t.
func (op intOp) kernel(t types.Type) Kernel {
	if t.Kind == types.KindInt8 {
		return func(c *Call) *col.Vec {
			out := c.Words()
			if op.fast(out, c.Args[0].Fix, c.Args[1].Fix) == 0 {
				return col.NewFixed(t, out)
			}
			return op.careful(c, t)
		}
	}
	low, high := intRange(t)
	return func(c *Call) *col.Vec {
		out := c.Words()
		op.fast(out, c.Args[0].Fix, c.Args[1].Fix)
		if inRange(out, low, high) {
			return col.NewFixed(t, out)
		}
		return op.careful(c, t)
	}
}

func (op intOp) careful(c *Call, t types.Type) *col.Vec {
	low, high := intRange(t)
	return words2(func(x, y int64) (int64, error) {
		r, ok := op.row(x, y)
		if !ok || r < low || r > high {
			return 0, outOfRange(t)
		}
		return r, nil
	})(c)
}

func intRange(t types.Type) (low, high int64) {
	switch t.Kind {
	case types.KindInt2:
		return math.MinInt16, math.MaxInt16
	case types.KindInt4:
		return math.MinInt32, math.MaxInt32
	}
	return math.MinInt64, math.MaxInt64
}

func inRange(xs []int64, low, high int64) bool {
	span, out := uint64(high-low), uint64(0)
	for _, x := range xs {
		if uint64(x-low) > span {
			out |= 1
		}
	}
	return out == 0
}

func addWords(out, a, b []int64) uint64 {
	b, out = b[:len(a)], out[:len(a)]
	overflow := int64(0)
	for i, x := range a {
		y := b[i]
		r := x + y
		out[i] = r
		overflow |= (x ^ r) & (y ^ r)
	}
	return uint64(overflow) >> 63
}

func subWords(out, a, b []int64) uint64 {
	b, out = b[:len(a)], out[:len(a)]
	overflow := int64(0)
	for i, x := range a {
		y := b[i]
		r := x - y
		out[i] = r
		overflow |= (x ^ y) & (x ^ r)
	}
	return uint64(overflow) >> 63
}

// mulWords reports a possible overflow when any operand needs more than 32 bits.
func mulWords(out, a, b []int64) uint64 {
	b, out = b[:len(a)], out[:len(a)]
	wide := uint64(0)
	for i, x := range a {
		y := b[i]
		out[i] = x * y
		wide |= uint64(x+1<<31) | uint64(y+1<<31)
	}
	return wide >> 32
}

func addChecked(x, y int64) (int64, bool) {
	r := x + y
	return r, (x^r)&(y^r) >= 0
}

func subChecked(x, y int64) (int64, bool) {
	r := x - y
	return r, (x^y)&(x^r) >= 0
}

func mulChecked(x, y int64) (int64, bool) {
	hi, lo := bits.Mul64(uint64(x), uint64(y))
	// The signed high word is the unsigned one less what each sign bit added.
	high := int64(hi) - x>>63&y - y>>63&x
	return int64(lo), high == int64(lo)>>63
}

// intDiv makes the kernel of integer division, truncating towards zero.
func intDiv(t types.Type) Kernel {
	_, high := intRange(t)
	return words2(func(x, y int64) (int64, error) {
		switch {
		case y == 0:
			return 0, divisionByZero()
		case y == -1:
			if x == -high-1 {
				return 0, outOfRange(t)
			}
			return -x, nil
		}
		return x / y, nil
	})
}

func intMod(x, y int64) (int64, error) {
	switch y {
	case 0:
		return 0, divisionByZero()
	case -1:
		return 0, nil
	}
	return x % y, nil
}

// intNeg makes the kernel of unary minus and, with onlyNegative, of the absolute value.
func intNeg(t types.Type, onlyNegative bool) Kernel {
	low, _ := intRange(t)
	return words1(func(x int64) (int64, error) {
		switch {
		case onlyNegative && x >= 0:
			return x, nil
		case x == low:
			return 0, outOfRange(t)
		}
		return -x, nil
	})
}

// same is the kernel that returns its argument.
func same(c *Call) *col.Vec { return c.Args[0].WithType(c.Result) }

func floatAdd(x, y float64) (float64, error) {
	return checkFloat(x+y, math.IsInf(x, 0) || math.IsInf(y, 0), true)
}

func floatSub(x, y float64) (float64, error) {
	return checkFloat(x-y, math.IsInf(x, 0) || math.IsInf(y, 0), true)
}

func floatMul(x, y float64) (float64, error) {
	return checkFloat(x*y, math.IsInf(x, 0) || math.IsInf(y, 0), x == 0 || y == 0)
}

func floatDiv(x, y float64) (float64, error) {
	if y == 0 && !math.IsNaN(x) {
		return 0, divisionByZero()
	}
	return checkFloat(x/y, math.IsInf(x, 0), x == 0 || math.IsInf(y, 0))
}

// single rounds the result of a float8 function to float4.
func single(f func(x, y float64) (float64, error)) func(x, y float64) (float64, error) {
	return func(x, y float64) (float64, error) {
		r, err := f(x, y)
		if err != nil {
			return 0, err
		}
		return checkFloat(float64(float32(r)), math.IsInf(r, 0), r == 0)
	}
}

func decAdd(x, y types.Decimal) (types.Decimal, error) { return x.Add(y), nil }
func decSub(x, y types.Decimal) (types.Decimal, error) { return x.Sub(y), nil }
func decMul(x, y types.Decimal) (types.Decimal, error) { return x.Mul(y), nil }
func decDiv(x, y types.Decimal) (types.Decimal, error) { return x.Div(y) }
func decMod(x, y types.Decimal) (types.Decimal, error) { return x.Mod(y) }
