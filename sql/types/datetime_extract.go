package types

import (
	"math/big"
	"strings"
	"time"

	"millrace/sql/pgerr"
)

// extractField is a field of a date, time or interval that is no plain unit.
type extractField uint8

const (
	fieldNone extractField = iota
	fieldEpoch
	fieldJulian
	fieldDow
	fieldIsodow
	fieldDoy
	fieldIsoyear
	fieldTimezone
	fieldTimezoneHour
	fieldTimezoneMinute
)

var extractFields = map[string]extractField{
	"epoch": fieldEpoch, "julian": fieldJulian, "dow": fieldDow, "isodow": fieldIsodow, "doy": fieldDoy,
	"isoyear": fieldIsoyear, "timezone": fieldTimezone, "timezone_hour": fieldTimezoneHour,
	"timezone_h": fieldTimezoneHour, "timezone_minute": fieldTimezoneMinute, "timezone_m": fieldTimezoneMinute,
}

func errFieldUnknown(name string, t Type) error {
	return pgerr.Newf(pgerr.InvalidParameterValue, "unit \"%s\" not recognized for type %s", name, t.Base())
}

func errFieldUnsupported(name string, t Type) *pgerr.Error {
	return pgerr.Newf(pgerr.FeatureNotSupported, "unit \"%s\" not supported for type %s", name, t.Base())
}

// Extract returns extract(field from value) as a numeric datum; NULL for fields of
// the ends of time that have no limit. The value is of type t, one of date, time,
// timestamp, timestamptz and interval.
func Extract(t Type, i int64, b []byte, field string, f *Format) (Datum, error) {
	name := strings.ToLower(field)
	unit, special := lookupUnit(name), extractFields[name]
	if unit == unitNone && special == fieldNone {
		return Null, errFieldUnknown(name, t)
	}
	var d Decimal
	var ok bool
	switch t.Kind {
	case KindInterval:
		d, ok = extractInterval(DecodeInterval(b), unit, special)
	case KindTime:
		d, ok = extractClock(i, unit)
		if special == fieldEpoch {
			d, ok = FromInt64(i, 6), true
		}
	default:
		if IsInfinite(i) {
			return extractInfinite(t, i, name, unit, special)
		}
		d, ok = extractMoment(t, i, unit, special, f)
	}
	if !ok {
		return Null, errFieldUnsupported(name, t)
	}
	return d.Datum(), nil
}

// extractInfinite gives the fields that grow without end; the others are NULL.
func extractInfinite(t Type, i int64, name string, unit intervalUnit, special extractField) (Datum, error) {
	if t.Kind == KindDate && (unit != unitNone && unit < unitDay || special >= fieldTimezone) {
		return Null, errFieldUnsupported(name, t)
	}
	if unit >= unitYear || special == fieldEpoch || special == fieldJulian || special == fieldIsoyear {
		if i == PosInfinity {
			return DecimalPosInf.Datum(), nil
		}
		return DecimalNegInf.Datum(), nil
	}
	return Null, nil
}

// extractClock gives the fields of a time of day.
func extractClock(micros int64, unit intervalUnit) (Decimal, bool) {
	switch unit {
	case unitMicrosecond:
		return FromInt64(micros%microsPerMinute, 0), true
	case unitMillisecond:
		return FromInt64(micros%microsPerMinute, 3), true
	case unitSecond:
		return FromInt64(micros%microsPerMinute, 6), true
	case unitMinute:
		return FromInt64(micros/microsPerMinute%60, 0), true
	case unitHour:
		return FromInt64(micros/microsPerHour, 0), true
	}
	return Decimal{}, false
}

// extractMoment gives the fields of a date or timestamp.
func extractMoment(t Type, i int64, unit intervalUnit, special extractField, f *Format) (Decimal, bool) {
	days, micros := i, int64(0)
	local := i
	if t.Kind == KindTimestamptz {
		local = ToLocal(i, f.Location())
	}
	if t.Kind != KindDate {
		days, micros = SplitTimestamp(local)
	}
	switch {
	case special == fieldEpoch && t.Kind == KindDate:
		return FromInt64((days-unixEpochDays)*secondsPerDay, 0), true
	case special == fieldEpoch:
		return epochOf(i), true
	case special == fieldJulian:
		return julianOf(t, days, micros), true
	case special >= fieldTimezone:
		return extractZone(t, i, special, f.Location())
	case special != fieldNone:
		return FromInt64(calendarField(days, special), 0), true
	case unit < unitDay:
		if t.Kind == KindDate {
			return Decimal{}, false
		}
		return extractClock(micros, unit)
	}
	n, ok := dateField(days, unit)
	return FromInt64(n, 0), ok
}

// epochOf returns the seconds since 1970 of a timestamp.
func epochOf(ts int64) Decimal {
	if d := ts - unixEpochSecs*microsPerSecond; (d > ts) || ts < 0 {
		return FromInt64(d, 6)
	}
	return FromInt64(ts, 6).Add(FromInt64(-unixEpochSecs, 0))
}

// julianOf returns the Julian day; a timestamp's has the part of the day.
func julianOf(t Type, days, micros int64) Decimal {
	day := FromInt64(days+julianEpoch, 0)
	if t.Kind == KindDate {
		return day
	}
	part, err := FromInt64(micros, 0).Div(FromInt64(microsPerDay, 0))
	if err != nil {
		panic(pgerr.Bug("julian day: %v", err))
	}
	return day.Add(part)
}

func extractZone(t Type, ts int64, field extractField, loc *time.Location) (Decimal, bool) {
	offset := offsetAt(ts, loc)
	switch field {
	case fieldTimezoneHour:
		offset /= 3600
	case fieldTimezoneMinute:
		offset = offset / 60 % 60
	}
	return FromInt64(offset, 0), t.Kind == KindTimestamptz
}

// calendarField gives the day in the week and in the year, and the ISO year.
func calendarField(days int64, field extractField) int64 {
	year, _, _ := CivilFromDate(days)
	switch field {
	case fieldDow:
		return int64(weekday(days))
	case fieldIsodow:
		return int64(weekday(days)+6)%7 + 1
	case fieldDoy:
		return days - DateFromCivil(year, 1, 1) + 1
	}
	isoYear, _ := isoWeek(days)
	if isoYear <= 0 {
		return int64(isoYear) - 1
	}
	return int64(isoYear)
}

// isoWeek returns the ISO 8601 year and week: the week belongs to the year of its
// Thursday.
func isoWeek(days int64) (year, week int) {
	thursday := days - int64(weekday(days)+6)%7 + 3
	year, _, _ = CivilFromDate(thursday)
	return year, int(thursday-DateFromCivil(year, 1, 1))/7 + 1
}

// dateField gives the fields of a date from days to millennia.
func dateField(days int64, unit intervalUnit) (int64, bool) {
	year, month, day := CivilFromDate(days)
	switch unit {
	case unitDay:
		return int64(day), true
	case unitWeek:
		_, week := isoWeek(days)
		return int64(week), true
	case unitMonth:
		return int64(month), true
	case unitQuarter:
		return int64(month-1)/3 + 1, true
	case unitYear:
		if year <= 0 {
			year--
		}
		return int64(year), true
	case unitDecade:
		return floorDiv64(int64(year), 10), true
	case unitCentury:
		return yearGroup(year, 100), true
	case unitMillennium:
		return yearGroup(year, 1000), true
	}
	return 0, false
}

// yearGroup counts centuries and millennia, which begin with year 1 and have no
// number 0.
func yearGroup(year int, size int64) int64 {
	if year > 0 {
		return (int64(year) + size - 1) / size
	}
	return -((size - 1 - (int64(year) - 1)) / size)
}

func extractInterval(v IntervalValue, unit intervalUnit, special extractField) (Decimal, bool) {
	if special != fieldNone {
		return intervalEpoch(v), special == fieldEpoch
	}
	years, months := int64(v.Months/monthsPerYear), int64(v.Months%monthsPerYear)
	switch unit {
	case unitDay:
		return FromInt64(int64(v.Days), 0), true
	case unitMonth:
		return FromInt64(months, 0), true
	case unitQuarter:
		return FromInt64(months/3+1, 0), true
	case unitYear:
		return FromInt64(years, 0), true
	case unitDecade:
		return FromInt64(years/10, 0), true
	case unitCentury:
		return FromInt64(years/100, 0), true
	case unitMillennium:
		return FromInt64(years/1000, 0), true
	}
	return extractClock(v.Micros, unit)
}

// intervalEpoch returns the seconds of an interval, a year having 365.25 days and
// a month 30.
func intervalEpoch(v IntervalValue) Decimal {
	const quarterDays = 4 // a year is a whole number of quarter days
	quarters := int64(v.Months/monthsPerYear)*1461 + int64(v.Months%monthsPerYear)*daysPerMonth*quarterDays +
		int64(v.Days)*quarterDays
	seconds := quarters * (secondsPerDay / quarterDays)
	total := new(big.Int).Mul(big.NewInt(seconds), big.NewInt(microsPerSecond))
	return FromBig(total.Add(total, big.NewInt(v.Micros)), 6)
}
