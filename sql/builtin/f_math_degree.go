package builtin

import (
	"math"

	"millrace/sql/types"
)

// degreeFuncs are the inverse functions in degrees: exact at the multiples of 30 and
// 45 degrees, as those of PostgreSQL.
var degreeFuncs = []Func{
	f8("asind", "Inverse sine, result in degrees.", "asind(0.5::float8) = 30", within1(asinDegrees)),
	f8("acosd", "Inverse cosine, result in degrees.", "acosd(0.5::float8) = 60", within1(acosDegrees)),
	f8("atand", "Inverse tangent, result in degrees.", "atand(1::float8) = 45", total(func(x float64) float64 {
		return math.Atan(x) / math.Atan(1) * 45
	})),
	f8("cotd", "Cotangent, argument in degrees.", "cotd(45::float8) = 1", finite(cotDegrees)),
	{
		Name: "atan2d", Args: list(types.Float8, types.Float8), Returns: types.Float8,
		Doc: "Inverse tangent of the quotient of the arguments, in degrees.", Example: "atan2d(1::float8, 0::float8) = 90",
		Kernel: float2(func(y, x float64) (float64, error) { return math.Atan2(y, x) / math.Atan(1) * 45, nil }),
	},
}

// asin0 and acos0 are the functions in degrees for 0 to 1.
func asin0(x float64) float64 {
	if x <= 0.5 {
		return math.Asin(x) / math.Asin(0.5) * 30
	}
	return 90 - float64(acos(x)/acos(0.5)*60)
}

func acos0(x float64) float64 {
	if x <= 0.5 {
		return 90 - float64(math.Asin(x)/math.Asin(0.5)*30)
	}
	return acos(x) / acos(0.5) * 60
}

func asinDegrees(x float64) float64 {
	if x < 0 {
		return -asin0(-x)
	}
	return asin0(x)
}

func acosDegrees(x float64) float64 {
	if x < 0 {
		return 90 + asin0(-x)
	}
	return acos0(x)
}

func cotDegrees(x float64) float64 {
	switch math.Mod(x, 180) {
	case 90, -90:
		return 0
	case 45, -135:
		return 1
	case -45, 135:
		return -1
	}
	return cosDegrees(x) / sinDegrees(x)
}
