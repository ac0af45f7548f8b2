package builtin

import (
	"math"

	"millrace/sql/pgerr"
	"millrace/sql/types"
)

func errInputRange() error {
	return pgerr.New(pgerr.NumericValueOutOfRange, "input is out of range")
}

// finite refuses infinite arguments.
func finite(f func(float64) float64) func(x float64) (float64, error) {
	return func(x float64) (float64, error) {
		if math.IsInf(x, 0) {
			return 0, errInputRange()
		}
		return f(x), nil
	}
}

// within1 refuses arguments outside [-1, 1].
func within1(f func(float64) float64) func(x float64) (float64, error) {
	return func(x float64) (float64, error) {
		if x < -1 || x > 1 {
			return 0, errInputRange()
		}
		return f(x), nil
	}
}

// from1 refuses arguments below 1.
func from1(f func(float64) float64) func(x float64) (float64, error) {
	return func(x float64) (float64, error) {
		if x < 1 {
			return 0, errInputRange()
		}
		return f(x), nil
	}
}

// acos rounds better than math.Acos.
func acos(x float64) float64 { return math.Atan2(math.Sqrt((1-x)*(1+x)), x) }

func trigFuncs() []Func {
	return []Func{
		f8("degrees", "Radians to degrees.", "degrees(0.5::float8) = 28.64788975654116", func(x float64) (float64, error) {
			return checkFloat(x/(math.Pi/180), math.IsInf(x, 0), true)
		}),
		f8("radians", "Degrees to radians.", "radians(45::float8) = 0.7853981633974483", func(x float64) (float64, error) {
			return x * (math.Pi / 180), nil
		}),
		f8("sin", "Sine, argument in radians.", "sin(0::float8) = 0", finite(math.Sin)),
		f8("cos", "Cosine, argument in radians.", "cos(0::float8) = 1", finite(math.Cos)),
		f8("tan", "Tangent, argument in radians.", "tan(0::float8) = 0", finite(math.Tan)),
		f8("cot", "Cotangent, argument in radians.", "round(cot(0.5::float8)::numeric, 6) = 1.830488", finite(func(x float64) float64 { return 1 / math.Tan(x) })),
		f8("asin", "Inverse sine, result in radians.", "asin(1::float8) = 1.5707963267948966", within1(math.Asin)),
		f8("acos", "Inverse cosine, result in radians.", "acos(1::float8) = 0", within1(acos)),
		f8("atan", "Inverse tangent, result in radians.", "atan(1::float8) = 0.7853981633974483", total(math.Atan)),
		f8("sinh", "Hyperbolic sine.", "sinh(0::float8) = 0", total(math.Sinh)),
		f8("cosh", "Hyperbolic cosine.", "cosh(0::float8) = 1", total(math.Cosh)),
		f8("tanh", "Hyperbolic tangent.", "tanh(0::float8) = 0", total(math.Tanh)),
		f8("asinh", "Inverse hyperbolic sine.", "asinh(0::float8) = 0", total(math.Asinh)),
		f8("acosh", "Inverse hyperbolic cosine.", "acosh(1::float8) = 0", from1(math.Acosh)),
		f8("atanh", "Inverse hyperbolic tangent.", "atanh(0::float8) = 0", within1(math.Atanh)),
		f8("sind", "Sine, argument in degrees.", "sind(30::float8) = 0.5", finite(sinDegrees)),
		f8("cosd", "Cosine, argument in degrees.", "cosd(60::float8) = 0.5", finite(cosDegrees)),
		f8("tand", "Tangent, argument in degrees.", "tand(45::float8) = 1", finite(tanDegrees)),
		{
			Name: "atan2", Args: list(types.Float8, types.Float8), Returns: types.Float8,
			Doc: "Inverse tangent of the quotient of the arguments, in radians.", Example: "atan2(1::float8, 0::float8) = 1.5707963267948966",
			Kernel: float2(func(y, x float64) (float64, error) { return math.Atan2(y, x), nil }),
		},
	}
}

// sinDegrees is exact at the multiples of 30 degrees.
func sinDegrees(x float64) float64 {
	x = math.Mod(x, 360)
	sign := 1.0
	if x < 0 {
		x, sign = -x, -1
	}
	if x > 180 {
		x, sign = 360-x, -sign
	}
	if x > 90 {
		x = 180 - x
	}
	if x <= 30 {
		return sign * sinTo30(x)
	}
	return sign * cosTo60(90-x)
}

// toRadians is a function so that its result is rounded for constants too.
func toRadians(x float64) float64 { return x * (math.Pi / 180) }

// sinTo30 is the sine of 0 to 30 degrees, exact at both ends.
func sinTo30(x float64) float64 {
	return math.Sin(toRadians(x)) / math.Sin(toRadians(30)) / 2
}

// cosTo60 is the cosine of 0 to 60 degrees, exact at both ends.
func cosTo60(x float64) float64 {
	return 1 - (1-math.Cos(toRadians(x)))/(1-math.Cos(toRadians(60)))/2
}

func cosDegrees(x float64) float64 { return sinDegrees(90 - math.Abs(math.Mod(x, 360))) }

func tanDegrees(x float64) float64 {
	switch math.Mod(x, 180) {
	case 0:
		return 0
	case 45, -135:
		return 1
	case -45, 135:
		return -1
	}
	return sinDegrees(x) / cosDegrees(x)
}
