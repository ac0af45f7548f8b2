package types

import (
	"cmp"
	"encoding/binary"
	"math"
	"math/bits"

	"millrace/sql/pgerr"
)

// IntervalValue is a value of interval: months, days and microseconds are kept apart,
// since neither a month nor a day has a fixed length.
type IntervalValue struct {
	Months, Days int32
	Micros       int64
}

const (
	intervalBytes = 16

	microsPerSecond = int64(1e6)
	microsPerMinute = 60 * microsPerSecond
	microsPerHour   = 60 * microsPerMinute
	microsPerDay    = 24 * microsPerHour
	daysPerMonth    = 30
	monthsPerYear   = 12
	secondsPerDay   = 86400
)

func errIntervalRange() error {
	return pgerr.New(pgerr.DatetimeFieldOverflow, "interval out of range")
}

// AppendStored appends the stored form: months, days (int32) and microseconds
// (int64), little-endian.
func (v IntervalValue) AppendStored(dst []byte) []byte {
	dst = binary.LittleEndian.AppendUint32(dst, uint32(v.Months))
	dst = binary.LittleEndian.AppendUint32(dst, uint32(v.Days))
	return binary.LittleEndian.AppendUint64(dst, uint64(v.Micros))
}

// DecodeInterval reads the stored form; bytes of another length give zero.
func DecodeInterval(b []byte) IntervalValue {
	if len(b) != intervalBytes {
		return IntervalValue{}
	}
	return IntervalValue{
		Months: int32(binary.LittleEndian.Uint32(b)),
		Days:   int32(binary.LittleEndian.Uint32(b[4:])),
		Micros: int64(binary.LittleEndian.Uint64(b[8:])),
	}
}

// Datum returns the stored form as a datum.
func (v IntervalValue) Datum() Datum {
	var buf [intervalBytes]byte
	return BytesDatum(string(v.AppendStored(buf[:0])))
}

// canonical returns the value as whole days of 24 hours, months having 30 days,
// and the rest in microseconds, 0 <= rest < a day. It is what SQL compares.
func (v IntervalValue) canonical() (days, rest int64) {
	days = int64(v.Months)*daysPerMonth + int64(v.Days)
	whole := v.Micros / microsPerDay
	rest = v.Micros % microsPerDay
	if rest < 0 {
		whole, rest = whole-1, rest+microsPerDay
	}
	return days + whole, rest
}

// Cmp compares by value: a month is 30 days and a day 24 hours.
func (v IntervalValue) Cmp(o IntervalValue) int {
	d1, r1 := v.canonical()
	d2, r2 := o.canonical()
	if d1 != d2 {
		return cmp.Compare(d1, d2)
	}
	return cmp.Compare(r1, r2)
}

// AppendKey appends 16 bytes whose order is Cmp's.
func (v IntervalValue) AppendKey(dst []byte) []byte {
	days, rest := v.canonical()
	return appendOrderedInt(appendOrderedInt(dst, days), rest)
}

// Neg returns -v.
func (v IntervalValue) Neg() (IntervalValue, error) {
	if v.Months == math.MinInt32 || v.Days == math.MinInt32 || v.Micros == math.MinInt64 {
		return v, errIntervalRange()
	}
	return IntervalValue{-v.Months, -v.Days, -v.Micros}, nil
}

// Add returns v + o field by field.
func (v IntervalValue) Add(o IntervalValue) (IntervalValue, error) {
	months, days := int64(v.Months)+int64(o.Months), int64(v.Days)+int64(o.Days)
	micros := v.Micros + o.Micros
	if months != int64(int32(months)) || days != int64(int32(days)) || (micros > v.Micros) != (o.Micros > 0) {
		return v, errIntervalRange()
	}
	return IntervalValue{int32(months), int32(days), micros}, nil
}

// Sub returns v - o field by field.
func (v IntervalValue) Sub(o IntervalValue) (IntervalValue, error) {
	n, err := o.Neg()
	if err != nil {
		return v, err
	}
	return v.Add(n)
}

// Mul returns v * factor; fractions of months become days (30 to the month) and
// fractions of days become time, as in PostgreSQL.
func (v IntervalValue) Mul(factor float64) (IntervalValue, error) {
	return v.scale(func(x float64) float64 { return x * factor })
}

// Div returns v / divisor, fractions as in Mul.
func (v IntervalValue) Div(divisor float64) (IntervalValue, error) {
	if divisor == 0 {
		return v, errDivisionByZero()
	}
	return v.scale(func(x float64) float64 { return x / divisor })
}

// scale multiplies each field by means of f and hands fractions down.
func (v IntervalValue) scale(f func(float64) float64) (IntervalValue, error) {
	months, days := f(float64(v.Months)), f(float64(v.Days))
	if !fitsInt32(months) || !fitsInt32(days) {
		return v, errIntervalRange()
	}
	out := IntervalValue{Months: int32(months), Days: int32(days)}
	monthDays := roundMicro((months - float64(out.Months)) * daysPerMonth)
	seconds := roundMicro((days - float64(out.Days) + monthDays - math.Trunc(monthDays)) * secondsPerDay)
	if math.Abs(seconds) >= secondsPerDay {
		whole := math.Trunc(seconds / secondsPerDay)
		out.Days += int32(whole)
		seconds -= whole * secondsPerDay
	}
	out.Days += int32(monthDays)
	micros := math.RoundToEven(f(float64(v.Micros)) + seconds*1e6)
	if !(micros >= -0x1p63 && micros < 0x1p63) {
		return v, errIntervalRange()
	}
	out.Micros = int64(micros)
	return out, nil
}

func fitsInt32(x float64) bool { return x >= math.MinInt32 && x <= math.MaxInt32 }

// roundMicro rounds to six decimals, half to even.
func roundMicro(x float64) float64 { return math.RoundToEven(x*1e6) / 1e6 }

// JustifyHours turns 24 hours into days.
func (v IntervalValue) JustifyHours() (IntervalValue, error) {
	whole := v.Micros / microsPerDay
	days := int64(v.Days) + whole
	v.Micros -= whole * microsPerDay
	switch {
	case days > 0 && v.Micros < 0:
		days, v.Micros = days-1, v.Micros+microsPerDay
	case days < 0 && v.Micros > 0:
		days, v.Micros = days+1, v.Micros-microsPerDay
	}
	return v.with(int64(v.Months), days)
}

// JustifyDays turns 30 days into months.
func (v IntervalValue) JustifyDays() (IntervalValue, error) {
	whole := int64(v.Days) / daysPerMonth
	months, days := int64(v.Months)+whole, int64(v.Days)-whole*daysPerMonth
	switch {
	case months > 0 && days < 0:
		months, days = months-1, days+daysPerMonth
	case months < 0 && days > 0:
		months, days = months+1, days-daysPerMonth
	}
	return v.with(months, days)
}

// JustifyInterval does both, so that all fields have the same sign.
func (v IntervalValue) JustifyInterval() (IntervalValue, error) {
	whole := v.Micros / microsPerDay
	v.Micros -= whole * microsPerDay
	days := int64(v.Days) + whole
	months := int64(v.Months) + days/daysPerMonth
	days %= daysPerMonth
	switch {
	case months > 0 && (days < 0 || (days == 0 && v.Micros < 0)):
		months, days = months-1, days+daysPerMonth
	case months < 0 && (days > 0 || (days == 0 && v.Micros > 0)):
		months, days = months+1, days-daysPerMonth
	}
	switch {
	case days > 0 && v.Micros < 0:
		days, v.Micros = days-1, v.Micros+microsPerDay
	case days < 0 && v.Micros > 0:
		days, v.Micros = days+1, v.Micros-microsPerDay
	}
	return v.with(months, days)
}

func (v IntervalValue) with(months, days int64) (IntervalValue, error) {
	if months != int64(int32(months)) || days != int64(int32(days)) {
		return v, errIntervalRange()
	}
	v.Months, v.Days = int32(months), int32(days)
	return v, nil
}

// ApplyTypmod drops the fields that t does not keep and rounds the seconds.
func (v IntervalValue) ApplyTypmod(t Type) IntervalValue {
	fields, precision := t.intervalMod()
	if fields != intervalFullRange {
		v = v.keepFields(fields)
	}
	if precision < maxTimePrecision {
		v.Micros = roundMicros(v.Micros, precision)
	}
	return v
}

// keepFields cuts v at the smallest of the given fields.
func (v IntervalValue) keepFields(fields int32) IntervalValue {
	smallest := int64(0)
	switch {
	case fields&fieldSecond != 0:
		return v
	case fields&fieldMinute != 0:
		smallest = microsPerMinute
	case fields&fieldHour != 0:
		smallest = microsPerHour
	case fields&fieldDay != 0:
		v.Micros = 0
		return v
	case fields&fieldMonth != 0:
		return IntervalValue{Months: v.Months}
	default:
		return IntervalValue{Months: v.Months / monthsPerYear * monthsPerYear}
	}
	v.Micros -= v.Micros % smallest
	return v
}

// roundMicros rounds microseconds to a number of decimals of a second, half away
// from zero.
func roundMicros(micros int64, precision int32) int64 {
	unit := int64(pow10[maxTimePrecision-precision])
	if micros >= 0 {
		return (micros + unit/2) / unit * unit
	}
	return -((-micros + unit/2) / unit * unit)
}

// addMulMicros returns total + n*unit; ok is false on overflow.
func addMulMicros(total, n, unit int64) (sum int64, ok bool) {
	hi, lo := bits.Mul64(magnitude(n), uint64(unit))
	if hi != 0 || lo > math.MaxInt64 {
		return 0, false
	}
	p := int64(lo)
	if n < 0 {
		p = -p
	}
	sum = total + p
	return sum, (sum > total) == (p > 0)
}
