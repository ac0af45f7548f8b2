package types

import "math"

// Datum is one value of any type, or NULL (the zero Datum). It is for constants,
// the catalog and the edges; columns hold values as slices. The type is known
// from beside it. Which field is used follows from Type.IsFixed.
type Datum struct {
	Set bool   // false: NULL
	I   int64  // fixed types; floats as math.Float64bits
	S   string // bytes types, in their stored form
}

// Null is the NULL datum.
var Null Datum

// FixedDatum returns the datum of a fixed type.
func FixedDatum(i int64) Datum { return Datum{Set: true, I: i} }

// nanBits is the one NaN that we make and send, PostgreSQL's.
const nanBits = 0x7ff8000000000000

// FloatDatum returns the datum of a float type.
func FloatDatum(f float64) Datum {
	if f != f {
		return Datum{Set: true, I: nanBits}
	}
	return Datum{Set: true, I: int64(math.Float64bits(f))}
}

// BoolDatum returns the datum of a bool.
func BoolDatum(b bool) Datum {
	if b {
		return Datum{Set: true, I: 1}
	}
	return Datum{Set: true}
}

// BytesDatum returns the datum of a bytes type, s being its stored form.
func BytesDatum(s string) Datum { return Datum{Set: true, S: s} }

// Float returns the value of a float datum.
func (d Datum) Float() float64 { return math.Float64frombits(uint64(d.I)) }

// Bool returns the value of a bool datum; NULL is false.
func (d Datum) Bool() bool { return d.Set && d.I != 0 }
