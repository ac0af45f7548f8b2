package codec

import (
	"math"
	"unsafe"

	"millrace/sql/col"
	"millrace/sql/types"
)

// parser is how the text of a field becomes a value. The common types have fast
// paths that take the usual spellings; anything else, errors included, is left to
// types.ParseText.
type parser uint8

const (
	parseGeneral parser = iota
	parseRaw            // text: the bytes themselves, checked to be UTF-8 with the line
	parseInt
	parseFloat4
	parseFloat8
	parseNumeric
	parseBool
	parseDate
	parseTimestamp
	parseTimestamptz      // with an offset
	parseTimestamptzLocal // in UTC when it has none
)

// chooseParser returns the parser of a type, and the length up to which
// varchar(n) needs no look.
func chooseParser(t types.Type, f *types.Format) (parser, int) {
	switch t.Kind {
	case types.KindText:
		return parseRaw, math.MaxInt
	case types.KindVarchar:
		if t.Mod == types.NoMod {
			return parseRaw, math.MaxInt
		}
		return parseRaw, int(t.Mod) - 4
	case types.KindInt2, types.KindInt4, types.KindInt8:
		return parseInt, 0
	case types.KindBool:
		return parseBool, 0
	case types.KindDate:
		return parseDate, 0
	}
	if t.Mod != types.NoMod {
		return parseGeneral, 0
	}
	switch t.Kind {
	case types.KindFloat4:
		return parseFloat4, 0
	case types.KindFloat8:
		return parseFloat8, 0
	case types.KindNumeric:
		return parseNumeric, 0
	case types.KindTimestamp:
		return parseTimestamp, 0
	case types.KindTimestamptz:
		if f.Location().String() == "UTC" {
			return parseTimestamptzLocal, 0
		}
		return parseTimestamptz, 0
	}
	return parseGeneral, 0
}

// append parses b and appends the value to its column.
func (c *inCell) append(b []byte, f *types.Format, to *col.Builder) error {
	if word, ok := c.fixed(b); ok {
		to.Int(word)
		return nil
	}
	switch {
	case c.parse == parseRaw && len(b) <= c.lengthMax:
		to.Raw(b)
		return nil
	case c.parse == parseNumeric:
		return appendNumeric(b, to)
	}
	d, err := types.ParseText(c.typ, alias(b), f)
	if err != nil {
		return err
	}
	to.Datum(d)
	return nil
}

// fixed is the fast path of the types that are words.
func (c *inCell) fixed(b []byte) (int64, bool) {
	switch c.parse {
	case parseInt:
		return fastInt(b, c.typ.Kind)
	case parseFloat8:
		return fastFloat8(b)
	case parseFloat4:
		return fastFloat4(b)
	case parseDate:
		days, ok := fastDate(b)
		return days, ok && len(b) == dateLength
	case parseTimestamp:
		micros, rest, ok := fastTimestamp(b)
		return micros, ok && len(rest) == 0
	case parseTimestamptz, parseTimestamptzLocal:
		return fastTimestamptz(b, c.parse == parseTimestamptzLocal)
	case parseBool:
		if len(b) == 1 && b[0] == 't' {
			return 1, true
		}
		return 0, len(b) == 1 && b[0] == 'f'
	}
	return 0, false
}

func appendNumeric(b []byte, to *col.Builder) error {
	d, err := types.ParseDecimal(alias(b))
	if err != nil {
		return err
	}
	var stored [40]byte
	to.Raw(d.AppendStored(stored[:0]))
	return nil
}

// alias returns b as a string without a copy. The callees keep no part of it
// beyond the call, except in a Datum that is copied at once.
func alias(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// fastInt reads an optional minus and up to 18 digits, in the range of the type.
func fastInt(b []byte, kind types.Kind) (int64, bool) {
	neg := len(b) > 0 && b[0] == '-'
	if neg {
		b = b[1:]
	}
	if len(b) == 0 || len(b) > 18 {
		return 0, false
	}
	n := int64(0)
	for _, c := range b {
		c -= '0'
		if c > 9 {
			return 0, false
		}
		n = n*10 + int64(c)
	}
	if neg {
		n = -n
	}
	switch kind {
	case types.KindInt2:
		return n, int64(int16(n)) == n
	case types.KindInt4:
		return n, int64(int32(n)) == n
	}
	return n, true
}

// mantissa reads [-]digits[.digits] with at most 18 digits in all.
func mantissa(b []byte) (n int64, scale int, neg, ok bool) {
	neg = len(b) > 0 && b[0] == '-'
	if neg {
		b = b[1:]
	}
	digits, point := 0, -1
	for i, c := range b {
		if c == '.' && point < 0 {
			point = i
			continue
		}
		if c -= '0'; c > 9 {
			return 0, 0, false, false
		}
		n = n*10 + int64(c)
		digits++
	}
	if digits == 0 || digits > 18 {
		return 0, 0, false, false
	}
	if point >= 0 {
		scale = len(b) - 1 - point
	}
	return n, scale, neg, true
}

// The powers of ten that a float64 and a float32 hold exactly.
var (
	pow10Float64 = [...]float64{
		1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12,
		1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
	}
	pow10Float32 = [...]float32{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10}
)

// fastFloat8 reads a number whose digits fit a float64 exactly: one division then
// rounds it correctly.
func fastFloat8(b []byte) (int64, bool) {
	n, scale, neg, ok := mantissa(b)
	if !ok || n > 1<<53 {
		return 0, false
	}
	x := float64(n) / pow10Float64[scale]
	if neg {
		x = -x
	}
	return int64(math.Float64bits(x)), true
}

func fastFloat4(b []byte) (int64, bool) {
	n, scale, neg, ok := mantissa(b)
	if !ok || n > 1<<24 || scale >= len(pow10Float32) {
		return 0, false
	}
	x := float32(n) / pow10Float32[scale]
	if neg {
		x = -x
	}
	return int64(math.Float64bits(float64(x))), true
}
