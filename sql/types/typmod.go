package types

import (
	"strconv"
	"strings"

	"millrace/sql/pgerr"
)

// modHeader is what PostgreSQL adds to the modifiers of variable length types.
const modHeader = 4

// Limits of declared modifiers, PostgreSQL's.
const (
	maxNumericPrecision = 1000
	maxCharLength       = 10485760
	maxTimePrecision    = 6
)

// VarcharN returns varchar(n).
func VarcharN(n int) Type { return Type{Kind: KindVarchar, Mod: int32(n) + modHeader} }

// BpcharN returns char(n).
func BpcharN(n int) Type { return Type{Kind: KindBpchar, Mod: int32(n) + modHeader} }

// NumericN returns numeric(precision, scale).
func NumericN(precision, scale int) Type {
	return Type{Kind: KindNumeric, Mod: int32(precision<<16|scale&0x7ff) + modHeader}
}

// CharLength returns n of varchar(n) and char(n), and false without modifier.
func (t Type) CharLength() (int, bool) {
	if t.Mod < modHeader {
		return 0, false
	}
	return int(t.Mod - modHeader), true
}

// NumericMod returns p and s of numeric(p, s), and false without modifier.
func (t Type) NumericMod() (precision, scale int, ok bool) {
	if t.Mod < modHeader {
		return 0, 0, false
	}
	m := int(t.Mod - modHeader)
	return m >> 16 & 0xffff, (m&0x7ff ^ 1024) - 1024, true
}

// The interval modifier is range<<16 | precision, as in PostgreSQL.
const (
	intervalFullRange     = 0x7fff
	intervalFullPrecision = 0xffff

	fieldMonth  = 1 << 1
	fieldYear   = 1 << 2
	fieldDay    = 1 << 3
	fieldHour   = 1 << 10
	fieldMinute = 1 << 11
	fieldSecond = 1 << 12
)

var intervalRanges = map[string]int32{
	"year":             fieldYear,
	"month":            fieldMonth,
	"day":              fieldDay,
	"hour":             fieldHour,
	"minute":           fieldMinute,
	"second":           fieldSecond,
	"year to month":    fieldYear | fieldMonth,
	"day to hour":      fieldDay | fieldHour,
	"day to minute":    fieldDay | fieldHour | fieldMinute,
	"day to second":    fieldDay | fieldHour | fieldMinute | fieldSecond,
	"hour to minute":   fieldHour | fieldMinute,
	"hour to second":   fieldHour | fieldMinute | fieldSecond,
	"minute to second": fieldMinute | fieldSecond,
}

// IntervalMod returns the modifier of an interval with a field qualifier such as
// "day to second" ("" for none) and a precision of seconds (-1 for none).
func IntervalMod(fields string, precision int) (int32, error) {
	r := int32(intervalFullRange)
	if fields != "" {
		var ok bool
		if r, ok = intervalRanges[strings.ToLower(fields)]; !ok {
			return 0, pgerr.Newf(pgerr.SyntaxError, "invalid interval fields %q", fields)
		}
	}
	p := int32(intervalFullPrecision)
	if precision >= 0 {
		p = min(int32(precision), maxTimePrecision)
	}
	if r == intervalFullRange && p == intervalFullPrecision {
		return NoMod, nil
	}
	return r<<16 | p, nil
}

func (t Type) intervalMod() (fields, precision int32) {
	if t.Mod < 0 {
		return intervalFullRange, intervalFullPrecision
	}
	return t.Mod >> 16 & 0x7fff, t.Mod & 0xffff
}

// String returns the type's SQL name as format_type prints it:
// "timestamp(3) with time zone", "numeric(10,2)", "integer[]".
func (t Type) String() string {
	if t.Kind == KindArray {
		return t.ElemType().String() + "[]"
	}
	if d := t.defined(); d != nil {
		return d.Display
	}
	name := kindTable[t.Kind].display
	if t.Mod < 0 {
		return name
	}
	switch t.Kind {
	case KindVarchar, KindBpchar:
		if n, ok := t.CharLength(); ok {
			return name + "(" + strconv.Itoa(n) + ")"
		}
	case KindNumeric:
		if p, s, ok := t.NumericMod(); ok {
			return name + "(" + strconv.Itoa(p) + "," + strconv.Itoa(s) + ")"
		}
	case KindTime, KindTimestamp, KindTimestamptz:
		first, rest, _ := strings.Cut(name, " ")
		return first + "(" + strconv.Itoa(int(t.Mod)) + ") " + rest
	case KindInterval:
		return t.intervalName()
	}
	return name
}

func (t Type) intervalName() string {
	name := "interval"
	fields, precision := t.intervalMod()
	for text, r := range intervalRanges { // at most one matches
		if r == fields {
			name += " " + text
		}
	}
	if precision != intervalFullPrecision {
		name += "(" + strconv.Itoa(int(precision)) + ")"
	}
	return name
}
