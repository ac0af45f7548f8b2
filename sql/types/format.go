package types

import (
	"time"

	"millrace/sql/pgerr"
)

// Format is the session settings that the text forms depend on. A nil *Format
// and the zero values of its fields mean PostgreSQL's defaults, in UTC.
type Format struct {
	TimeZone      *time.Location
	DateStyle     string // style and field order, "ISO, MDY" for example
	IntervalStyle string // postgres, postgres_verbose, sql_standard or iso_8601
	// ExtraFloatDigits as in PostgreSQL: above 0 the shortest exact form, else
	// 15 (float4: 6) significant digits plus this (negative) number. The zero
	// value counts as 1 unless FloatDigitsSet says that it is meant.
	ExtraFloatDigits int
	FloatDigitsSet   bool
	ByteaOutput      string // hex or escape
	// RegName names the object of a regclass, regproc or regnamespace; nil, or false,
	// prints its oid.
	RegName func(t Type, oid uint32) (name string, ok bool)
	// Now is the transaction's time, for the inputs now, today, tomorrow and
	// yesterday; the zero time refuses them.
	Now time.Time
}

// Location returns the session's time zone, UTC when f is nil or has none.
func (f *Format) Location() *time.Location {
	if f == nil || f.TimeZone == nil {
		return time.UTC
	}
	return f.TimeZone
}

// floatDigits returns 0 for the shortest exact form, else a number of digits.
func (f *Format) floatDigits(base int) int {
	if f == nil || f.ExtraFloatDigits > 0 || (f.ExtraFloatDigits == 0 && !f.FloatDigitsSet) {
		return 0
	}
	return max(base+f.ExtraFloatDigits, 1)
}

// badSyntax is the error for text that is no value of the type.
func badSyntax(typeName, s string) error {
	return pgerr.Newf(pgerr.InvalidTextRepresentation, "invalid input syntax for type %s: \"%s\"", typeName, s)
}

func badBinary(t Type) error {
	return pgerr.Newf(pgerr.InvalidBinaryRepresentation, "incorrect binary data format for type %s", t)
}

func outOfRange(t Type) error {
	return pgerr.Newf(pgerr.NumericValueOutOfRange, "%s out of range", t)
}
