package types

import (
	"math"

	"millrace/sql/pgerr"
)

// intRange returns the least and the greatest value of an integer type.
func intRange(k Kind) (low, high int64) {
	switch k {
	case KindInt2:
		return math.MinInt16, math.MaxInt16
	case KindInt4:
		return math.MinInt32, math.MaxInt32
	}
	return math.MinInt64, math.MaxInt64
}

// toInteger returns x as a value of an integer type, or PostgreSQL's error.
func toInteger(t Type, x int64) (Datum, error) {
	if low, high := intRange(t.Kind); x < low || x > high {
		return Null, outOfRange(t)
	}
	return FixedDatum(x), nil
}

func isOIDKind(k Kind) bool {
	switch k {
	case KindOID, KindRegclass, KindRegtype, KindRegproc, KindRegnamespace, KindRegprocedure, KindRegoper,
		KindRegoperator:
		return true
	}
	return false
}

// fromIntegerCast casts int2, int4 and int8.
func fromIntegerCast(from, to Type, _ *Format) castFunc {
	if !from.IsInteger() {
		return nil
	}
	switch {
	case to.IsInteger():
		return func(i int64, _ []byte) (Datum, error) { return toInteger(to, i) }
	case to.Kind == KindFloat8:
		return func(i int64, _ []byte) (Datum, error) { return FloatDatum(float64(i)), nil }
	case to.Kind == KindFloat4:
		return func(i int64, _ []byte) (Datum, error) { return FloatDatum(float64(float32(i))), nil }
	case to.Kind == KindNumeric:
		return func(i int64, _ []byte) (Datum, error) { return FromInt64(i, 0).Datum(), nil }
	case to.Kind == KindBool:
		return func(i int64, _ []byte) (Datum, error) { return BoolDatum(i != 0), nil }
	case to.Kind == KindChar:
		return intToChar
	case isOIDKind(to.Kind) && from.Kind == KindInt8:
		return func(i int64, _ []byte) (Datum, error) {
			if i < 0 || i > math.MaxUint32 {
				return Null, pgerr.New(pgerr.NumericValueOutOfRange, "OID out of range")
			}
			return FixedDatum(i), nil
		}
	case isOIDKind(to.Kind):
		return func(i int64, _ []byte) (Datum, error) { return FixedDatum(int64(uint32(i))), nil }
	}
	return nil
}

func intToChar(i int64, _ []byte) (Datum, error) {
	if i < math.MinInt8 || i > math.MaxInt8 {
		return Null, pgerr.New(pgerr.NumericValueOutOfRange, "\"char\" out of range")
	}
	return FixedDatum(int64(uint8(i))), nil
}

// fromOtherFixedCast casts bool, "char", oid and the reg types.
func fromOtherFixedCast(from, to Type, _ *Format) castFunc {
	switch {
	case from.Kind == KindBool:
		return keepFixed
	case from.Kind == KindChar:
		return func(i int64, _ []byte) (Datum, error) { return FixedDatum(int64(int8(i))), nil }
	case isOIDKind(from.Kind) && to.Kind == KindInt4:
		return func(i int64, _ []byte) (Datum, error) { return FixedDatum(int64(int32(i))), nil }
	case isOIDKind(from.Kind):
		return keepFixed
	}
	return nil
}

// fromFloatCast casts float4 and float8.
func fromFloatCast(from, to Type, _ *Format) castFunc {
	if !from.IsFloat() {
		return nil
	}
	bits := 64
	if from.Kind == KindFloat4 {
		bits = 32
	}
	switch {
	case to.Kind == KindFloat8:
		return keepFixed
	case to.Kind == KindFloat4:
		return func(i int64, _ []byte) (Datum, error) { return ToFloat4(math.Float64frombits(uint64(i))) }
	case to.Kind == KindNumeric:
		return func(i int64, _ []byte) (Datum, error) {
			return FromFloat(math.Float64frombits(uint64(i)), bits).Datum(), nil
		}
	case to.IsInteger():
		return func(i int64, _ []byte) (Datum, error) {
			return floatToInteger(to, math.RoundToEven(math.Float64frombits(uint64(i))))
		}
	}
	return nil
}

func floatToInteger(t Type, x float64) (Datum, error) {
	if !(x >= -0x1p63 && x < 0x1p63) {
		return Null, outOfRange(t)
	}
	return toInteger(t, int64(x))
}

// ToFloat4 rounds to a float4; what overflows or underflows is an error.
func ToFloat4(x float64) (Datum, error) {
	y := float64(float32(x))
	switch {
	case math.IsInf(y, 0) && !math.IsInf(x, 0):
		return Null, pgerr.New(pgerr.NumericValueOutOfRange, "value out of range: overflow")
	case y == 0 && x != 0:
		return Null, pgerr.New(pgerr.NumericValueOutOfRange, "value out of range: underflow")
	}
	return FloatDatum(y), nil
}

// fromNumericCast casts numeric.
func fromNumericCast(from, to Type, _ *Format) castFunc {
	if from.Kind != KindNumeric {
		return nil
	}
	return func(_ int64, b []byte) (Datum, error) { return decimalTo(DecodeDecimal(b), to) }
}

// decimalTo converts to an integer or float type, or to numeric.
func decimalTo(d Decimal, to Type) (Datum, error) {
	switch to.Kind {
	case KindNumeric:
		return d.Datum(), nil
	case KindFloat8:
		x, ok := d.Float64()
		if !ok {
			return Null, floatRange(d, to)
		}
		return FloatDatum(x), nil
	case KindFloat4:
		return decimalToFloat4(d)
	}
	if d.form != formFinite {
		name := "infinity"
		if d.IsNaN() {
			name = "NaN"
		}
		return Null, pgerr.Newf(pgerr.FeatureNotSupported, "cannot convert %s to %s", name, to)
	}
	n, ok := d.ToInt64()
	if !ok {
		return Null, outOfRange(to)
	}
	return toInteger(to, n)
}

func floatRange(d Decimal, to Type) error {
	return pgerr.Newf(pgerr.NumericValueOutOfRange, "\"%s\" is out of range for type %s", d.String(), to)
}

func decimalToFloat4(d Decimal) (Datum, error) {
	if d.form != formFinite {
		x, _ := d.Float64()
		return FloatDatum(x), nil
	}
	return parseFloat(Float4, d.String(), 32)
}
