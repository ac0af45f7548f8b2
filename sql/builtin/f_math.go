package builtin

import (
	"math"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

var mathFuncs = concat(roundingFuncs, logFuncs, integerFuncs, randomFuncs, trigFuncs())

// f8 and num start an entry of a function of one float8 or one numeric.
func f8(name, doc, example string, f func(x float64) (float64, error)) Func {
	return Func{Name: name, Args: list(types.Float8), Returns: types.Float8, Doc: doc, Example: example, Kernel: float1(f)}
}

func num(name, doc, example string, f func(x types.Decimal) (types.Decimal, error)) Func {
	return Func{Name: name, Args: list(types.Numeric), Returns: types.Numeric, Doc: doc, Example: example, Kernel: dec1(f)}
}

// total makes a function that may fail of one that cannot.
func total[T any](f func(T) T) func(T) (T, error) { return func(x T) (T, error) { return f(x), nil } }

var roundingFuncs = []Func{
	f8("ceil", "Nearest whole number not less than the argument.", "ceil(-42.8::float8) = -42", total(math.Ceil)),
	f8("ceiling", "Same as ceil.", "ceiling(42.2::float8) = 43", total(math.Ceil)),
	f8("floor", "Nearest whole number not greater than the argument.", "floor(-42.8::float8) = -43", total(math.Floor)),
	f8("round", "Nearest whole number, ties to even.", "round(2.5::float8) = 2", total(math.RoundToEven)),
	f8("trunc", "The argument without its fraction.", "trunc(-42.8::float8) = -42", total(math.Trunc)),
	num("ceil", "Nearest whole number not less than the argument.", "ceil(-42.8) = -42", total(types.Decimal.Ceil)),
	num("ceiling", "Same as ceil.", "ceiling(42.2) = 43", total(types.Decimal.Ceil)),
	num("floor", "Nearest whole number not greater than the argument.", "floor(-42.8) = -43", total(types.Decimal.Floor)),
	num("round", "Nearest whole number, ties away from zero.", "round(2.5) = 3",
		func(x types.Decimal) (types.Decimal, error) { return x.Round(0), nil }),
	num("trunc", "The argument without its fraction.", "trunc(-42.8) = -42",
		func(x types.Decimal) (types.Decimal, error) { return x.Trunc(0), nil }),
	{
		Name: "round", Args: list(types.Numeric, types.Int4), Returns: types.Numeric,
		Doc: "Rounds to the given number of decimals, ties away from zero.", Example: "round(42.4382, 2) = 42.44",
		Kernel: decScaled(types.Decimal.Round),
	},
	{
		Name: "trunc", Args: list(types.Numeric, types.Int4), Returns: types.Numeric,
		Doc: "Cuts to the given number of decimals.", Example: "trunc(42.4382, 2) = 42.43",
		Kernel: decScaled(types.Decimal.Trunc),
	},
	f8("sign", "Sign of the argument: -1, 0 or 1.", "sign(-8.4::float8) = -1", total(floatSignOf)),
	num("sign", "Sign of the argument: -1, 0 or 1.", "sign(-8.4) = -1", total(types.Decimal.SignDecimal)),
	{
		Name: "scale", Args: list(types.Numeric), Returns: types.Int4, Doc: "Number of decimals of the argument.",
		Example: "scale(8.4100) = 4", Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			x := decimalAt(c, 0, i)
			if x.IsNaN() || x.IsInf() {
				out.Null()
				return nil
			}
			out.Int(int64(x.Scale()))
			return nil
		}),
	},
	{
		Name: "min_scale", Args: list(types.Numeric), Returns: types.Int4,
		Doc: "Least number of decimals that holds the argument exactly.", Example: "min_scale(8.4100) = 2",
		Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			x := decimalAt(c, 0, i)
			if x.IsNaN() || x.IsInf() {
				out.Null()
				return nil
			}
			out.Int(int64(x.TrimScale().Scale()))
			return nil
		}),
	},
	num("trim_scale", "The argument without trailing zeros after the point.", "trim_scale(8.4100) = 8.41", total(types.Decimal.TrimScale)),
}

func floatSignOf(x float64) float64 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return 0
}

// maxScale bounds the decimals that round and trunc accept, as PostgreSQL does.
const maxScale = 2000

func decScaled(f func(types.Decimal, int) types.Decimal) Kernel {
	return rowsKernel(func(c *Call, i int, out *col.Builder) error {
		n := max(-maxScale, min(maxScale, c.Args[1].Fix[i]))
		return putDecimal(out, f(decimalAt(c, 0, i), int(n)), nil)
	})
}

var rootFuncs = []Func{
	{Name: "|/", Args: list(types.Float8), Returns: types.Float8, Doc: "Square root.", Example: "|/ 25.0::float8 = 5", Kernel: float1(floatSqrt)},
	{Name: "||/", Args: list(types.Float8), Returns: types.Float8, Doc: "Cube root.", Example: "||/ 64.0::float8 = 4", Kernel: float1(total(math.Cbrt))},
	f8("sqrt", "Square root.", "sqrt(25::float8) = 5", floatSqrt),
	num("sqrt", "Square root.", "sqrt(2.25) = 1.5", types.Decimal.Sqrt),
	f8("cbrt", "Cube root.", "cbrt(64::float8) = 4", total(math.Cbrt)),
	{Name: "^", Args: list(types.Float8, types.Float8), Returns: types.Float8, Doc: "Power.", Example: "2::float8 ^ 3::float8 = 8", Kernel: float2(floatPow)},
	{Name: "^", Args: list(types.Numeric, types.Numeric), Returns: types.Numeric, Doc: "Power.", Example: "2.0 ^ 3 = 8", Kernel: dec2(types.Decimal.Pow)},
	{Name: "power", Args: list(types.Float8, types.Float8), Returns: types.Float8, Doc: "Power.", Example: "power(9::float8, 3::float8) = 729", Kernel: float2(floatPow)},
	{Name: "power", Args: list(types.Numeric, types.Numeric), Returns: types.Numeric, Doc: "Power.", Example: "power(9.0, 3) = 729", Kernel: dec2(types.Decimal.Pow)},
	{Name: "pow", Args: list(types.Float8, types.Float8), Returns: types.Float8, Doc: "Same as power.", Example: "pow(9::float8, 3::float8) = 729", Kernel: float2(floatPow)},
	{Name: "pow", Args: list(types.Numeric, types.Numeric), Returns: types.Numeric, Doc: "Same as power.", Example: "pow(9.0, 3) = 729", Kernel: dec2(types.Decimal.Pow)},
}

func floatSqrt(x float64) (float64, error) {
	if x < 0 {
		return 0, pgerr.New(pgerr.InvalidPowerArgument, "cannot take square root of a negative number")
	}
	return math.Sqrt(x), nil
}

func floatPow(x, y float64) (float64, error) {
	switch {
	case math.IsNaN(x):
		if y == 0 {
			return 1, nil
		}
		return x, nil
	case math.IsNaN(y):
		if x == 1 {
			return 1, nil
		}
		return y, nil
	case x == 0 && y < 0:
		return 0, pgerr.New(pgerr.InvalidPowerArgument, "zero raised to a negative power is undefined")
	case x < 0 && math.Floor(y) != y:
		return 0, pgerr.New(pgerr.InvalidPowerArgument, "a negative number raised to a non-integer power yields a complex result")
	}
	infinite := math.IsInf(x, 0) || math.IsInf(y, 0)
	return checkFloat(exactPow(x, y), infinite, infinite || x == 0)
}

var logFuncs = []Func{
	f8("exp", "Exponential.", "exp(0::float8) = 1", func(x float64) (float64, error) {
		return checkFloat(exactExp(x), math.IsInf(x, 0), math.IsInf(x, 0))
	}),
	num("exp", "Exponential.", "exp(1.0) = 2.7182818284590452", types.Decimal.Exp),
	f8("ln", "Natural logarithm.", "ln(1::float8) = 0", floatLog(exactLn)),
	num("ln", "Natural logarithm.", "ln(2.0) = 0.6931471805599453", types.Decimal.Ln),
	f8("log", "Logarithm to base 10.", "log(100::float8) = 2", floatLog(exactLog10)),
	f8("log10", "Logarithm to base 10.", "log10(100::float8) = 2", floatLog(exactLog10)),
	num("log", "Logarithm to base 10.", "log(100.0) = 2", log10),
	num("log10", "Logarithm to base 10.", "log10(100.0) = 2", log10),
	{
		Name: "log", Args: list(types.Numeric, types.Numeric), Returns: types.Numeric, Doc: "Logarithm of the second argument to the base of the first.",
		Example: "log(2.0, 64.0) = 6", Kernel: dec2(logBase),
	},
}

func log10(x types.Decimal) (types.Decimal, error) { return logBase(types.FromInt64(10, 0), x) }

func floatLog(f func(float64) float64) func(x float64) (float64, error) {
	return func(x float64) (float64, error) {
		switch {
		case x == 0:
			return 0, pgerr.New(pgerr.InvalidLogArgument, "cannot take logarithm of zero")
		case x < 0:
			return 0, pgerr.New(pgerr.InvalidLogArgument, "cannot take logarithm of a negative number")
		}
		return f(x), nil
	}
}

var randomFuncs = []Func{
	{
		Name: "random", Args: list(), Returns: types.Float8, Volatility: Volatile, Doc: "Random number from 0 up to but not including 1.",
		Example: "(random() < 1) = true", Kernel: rowsKernel(func(c *Call, _ int, out *col.Builder) error {
			if c.Env.Random == nil {
				return pgerr.New(pgerr.FeatureNotSupported, "random() cannot be used here")
			}
			out.Float(c.Env.Random())
			return nil
		}),
	},
	{
		Name: "pi", Args: list(), Returns: types.Float8, Doc: "The number pi.", Example: "pi() = 3.141592653589793",
		Kernel: rowsKernel(func(_ *Call, _ int, out *col.Builder) error { out.Float(math.Pi); return nil }),
	},
}

func logBase(base, x types.Decimal) (types.Decimal, error) { return x.Log(base) }
