package builtin

import (
	"fmt"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

var integerFuncs = concat(modFuncs(), []Func{
	{
		Name: "div", Args: list(types.Numeric, types.Numeric), Returns: types.Numeric, Doc: "Whole part of the quotient, truncated towards zero.",
		Example: "div(9, 4) = 2", Kernel: dec2(types.Decimal.DivTrunc),
	},
	{
		Name: "gcd", Args: list(types.Numeric, types.Numeric), Returns: types.Numeric, Doc: "Greatest common divisor.",
		Example: "gcd(10.5, 4.5) = 1.5", Kernel: dec2(decGCD),
	},
	{
		Name: "lcm", Args: list(types.Numeric, types.Numeric), Returns: types.Numeric, Doc: "Least common multiple.",
		Example: "lcm(1.5, 2.5) = 7.5", Kernel: dec2(decLCM),
	},
	{
		Name: "factorial", Args: list(types.Int8), Returns: types.Numeric, Doc: "Factorial.", Example: "factorial(5) = 120",
		Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			r, err := factorial(c.Args[0].Fix[i])
			return putDecimal(out, r, err)
		}),
	},
	{
		Name: "width_bucket", Args: list(types.Float8, types.Float8, types.Float8, types.Int4), Returns: types.Int4,
		Doc:     "Number of the bucket that the first argument falls into, for equal buckets between the second and the third.",
		Example: "width_bucket(5.35::float8, 0.024::float8, 10.06::float8, 5) = 3",
		Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			r, err := floatBucket(c.Args[0].Float(i), c.Args[1].Float(i), c.Args[2].Float(i), c.Args[3].Fix[i])
			if err == nil {
				out.Int(r)
			}
			return err
		}),
	},
	{
		Name: "width_bucket", Args: list(types.Numeric, types.Numeric, types.Numeric, types.Int4), Returns: types.Int4,
		Doc:     "Number of the bucket that the first argument falls into, for equal buckets between the second and the third.",
		Example: "width_bucket(5.35, 0.024, 10.06, 5) = 3",
		Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			r, err := decBucket(decimalAt(c, 0, i), decimalAt(c, 1, i), decimalAt(c, 2, i), c.Args[3].Fix[i])
			if err == nil {
				out.Int(r)
			}
			return err
		}),
	},
})

func modFuncs() []Func {
	out := []Func{{
		Name: "mod", Args: list(types.Numeric, types.Numeric), Returns: types.Numeric,
		Doc: "Remainder, with the sign of the dividend.", Example: "mod(9.5, 4) = 1.5", Kernel: dec2(decMod),
	}}
	for _, t := range integers {
		n := t.InternalName()
		out = append(out, Func{
			Name: "mod", Args: list(t, t), Returns: t, Doc: "Remainder, with the sign of the dividend.",
			Example: fmt.Sprintf("mod(9::%s, 4::%s) = 1", n, n), Kernel: words2(intMod),
		})
		if t.Kind == types.KindInt2 {
			continue
		}
		out = append(out,
			Func{
				Name: "gcd", Args: list(t, t), Returns: t, Doc: "Greatest common divisor.",
				Example: fmt.Sprintf("gcd(1071::%s, 462::%s) = 21", n, n), Kernel: words2(intGCD(t)),
			},
			Func{
				Name: "lcm", Args: list(t, t), Returns: t, Doc: "Least common multiple.",
				Example: fmt.Sprintf("lcm(4::%s, 6::%s) = 12", n, n), Kernel: words2(intLCM(t)),
			})
	}
	return out
}

func intGCD(t types.Type) func(x, y int64) (int64, error) {
	low, _ := intRange(t)
	return func(x, y int64) (int64, error) {
		for y != 0 {
			if y == -1 {
				return 1, nil
			}
			x, y = y, x%y
		}
		switch {
		case x == low:
			return 0, outOfRange(t)
		case x < 0:
			return -x, nil
		}
		return x, nil
	}
}

func intLCM(t types.Type) func(x, y int64) (int64, error) {
	gcd := intGCD(t)
	low, high := intRange(t)
	return func(x, y int64) (int64, error) {
		if x == 0 || y == 0 {
			return 0, nil
		}
		g, err := gcd(x, y)
		if err != nil {
			return 0, err
		}
		r, ok := mulChecked(x/g, y)
		if !ok || r == low || r < low || r > high {
			return 0, outOfRange(t)
		}
		if r < 0 {
			r = -r
		}
		return r, nil
	}
}

func decGCD(x, y types.Decimal) (types.Decimal, error) {
	scale := max(x.Scale(), y.Scale())
	if isSpecial(x) || isSpecial(y) {
		return types.ParseDecimal("NaN")
	}
	for y.Sign() != 0 {
		r, err := x.Mod(y)
		if err != nil {
			return types.Decimal{}, err
		}
		x, y = y, r
	}
	return x.Abs().Round(scale), nil
}

func isSpecial(x types.Decimal) bool { return x.IsNaN() || x.IsInf() }

func decLCM(x, y types.Decimal) (types.Decimal, error) {
	scale := max(x.Scale(), y.Scale())
	if isSpecial(x) || isSpecial(y) {
		return types.ParseDecimal("NaN")
	}
	if x.Sign() == 0 || y.Sign() == 0 {
		return types.FromInt64(0, 0).Round(scale), nil
	}
	g, err := decGCD(x, y)
	if err != nil {
		return types.Decimal{}, err
	}
	q, err := x.DivTrunc(g)
	if err != nil {
		return types.Decimal{}, err
	}
	return q.Mul(y).Abs().Round(scale), nil
}

// maxFactorial is where the result exceeds what numeric holds.
const maxFactorial = 32177

func factorial(n int64) (types.Decimal, error) {
	switch {
	case n < 0:
		return types.Decimal{}, pgerr.New(pgerr.NumericValueOutOfRange, "factorial of a negative number is undefined")
	case n > maxFactorial:
		return types.Decimal{}, pgerr.New(pgerr.NumericValueOutOfRange, "value overflows numeric format")
	}
	r := types.FromInt64(1, 0)
	for i := int64(2); i <= n; i++ {
		r = r.Mul(types.FromInt64(i, 0))
	}
	return r, nil
}

func bucketError(message string) error { return pgerr.New("2201G", message) }

func floatBucket(x, low, high float64, count int64) (int64, error) {
	switch {
	case count <= 0:
		return 0, bucketError("count must be greater than zero")
	case x != x || low != low || high != high:
		return 0, bucketError("operand, lower bound, and upper bound cannot be NaN")
	case low-low != 0 || high-high != 0:
		return 0, bucketError("lower and upper bounds must be finite")
	case low == high:
		return 0, bucketError("lower bound cannot equal upper bound")
	}
	sign := 1.0
	if low > high {
		sign = -1
	}
	switch {
	case sign*x < sign*low:
		return 0, nil
	case sign*x >= sign*high:
		if count == 1<<31-1 {
			return 0, outOfRange(types.Int4)
		}
		return count + 1, nil
	}
	return min(int64(float64(count)*((x-low)/(high-low)))+1, count), nil
}

func decBucket(x, low, high types.Decimal, count int64) (int64, error) {
	switch {
	case count <= 0:
		return 0, bucketError("count must be greater than zero")
	case x.IsNaN() || low.IsNaN() || high.IsNaN():
		return 0, bucketError("operand, lower bound, and upper bound cannot be NaN")
	case low.IsInf() || high.IsInf():
		return 0, bucketError("lower and upper bounds must be finite")
	case low.Cmp(high) == 0:
		return 0, bucketError("lower bound cannot equal upper bound")
	}
	sign := high.Cmp(low)
	switch {
	case x.Cmp(low)*sign < 0:
		return 0, nil
	case x.Cmp(high)*sign >= 0:
		if count == 1<<31-1 {
			return 0, outOfRange(types.Int4)
		}
		return count + 1, nil
	}
	bucket, err := x.Sub(low).Mul(types.FromInt64(count, 0)).DivTrunc(high.Sub(low))
	if err != nil {
		return 0, err
	}
	n, _ := bucket.ToInt64()
	return n + 1, nil
}
