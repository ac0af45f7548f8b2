package types

import "math"

// Dates are days and timestamps microseconds since 2000-01-01. These are the
// values that stand for the ends of time.
const (
	PosInfinity = math.MaxInt64
	NegInfinity = math.MinInt64
)

// PostgreSQL's ranges: from Julian day 0 (4714-11-24 BC).
const (
	minDate      = -2451545
	endDate      = 2145031949 // first day that is no date, 5874898-01-01
	minTimestamp = -211813488000000000
	endTimestamp = 9223371331200000000 // first microsecond that is none, 294277-01-01

	julianEpoch    = 2451545 // Julian day of 2000-01-01
	unixEpochDays  = -10957  // 1970-01-01
	unixEpochSecs  = unixEpochDays * secondsPerDay
	daysPer400Year = 146097
	// marchEpoch is the day 0000-03-01; a year that begins in March ends with
	// the leap day.
	marchEpoch = -730425
)

// IsInfinite reports whether a date or timestamp is an end of time.
func IsInfinite(x int64) bool { return x == PosInfinity || x == NegInfinity }

// DateFromCivil returns the day number of a date of the proleptic Gregorian
// calendar; year 0 is 1 BC, and day may lie outside the month.
func DateFromCivil(year, month, day int) int64 {
	y, m := int64(year), int64(month)-3
	if m < 0 {
		y, m = y-1, m+12
	}
	era := floorDiv64(y, 400)
	yearOfEra := y - era*400
	dayOfYear := (153*m+2)/5 + int64(day) - 1
	return marchEpoch + era*daysPer400Year + yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear
}

// CivilFromDate is the inverse of DateFromCivil.
func CivilFromDate(days int64) (year, month, day int) {
	z := days - marchEpoch
	era := floorDiv64(z, daysPer400Year)
	dayOfEra := z - era*daysPer400Year
	yearOfEra := (dayOfEra - dayOfEra/1460 + dayOfEra/36524 - dayOfEra/146096) / 365
	dayOfYear := dayOfEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	m := (5*dayOfYear + 2) / 153
	day = int(dayOfYear - (153*m+2)/5 + 1)
	y := yearOfEra + era*400
	if m += 3; m > 12 {
		m, y = m-12, y+1
	}
	return int(y), int(m), day
}

func floorDiv64(a, b int64) int64 {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

// SplitTimestamp returns the day and the microseconds since its midnight.
func SplitTimestamp(ts int64) (days, micros int64) {
	days = floorDiv64(ts, microsPerDay)
	return days, ts - days*microsPerDay
}

func isLeap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

func daysInMonth(year, month int) int {
	switch month {
	case 2:
		if isLeap(year) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	}
	return 31
}

func validTimestamp(ts int64) bool { return ts >= minTimestamp && ts < endTimestamp }

func validDate(d int64) bool { return d >= minDate && d < endDate }
