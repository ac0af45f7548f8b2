package types

import (
	"strings"
	"time"
)

// Trunc returns date_trunc(field, ts). With a location ts is an instant, cut on
// that zone's calendar; nil is for timestamps without zone.
func Trunc(field string, ts int64, loc *time.Location) (int64, error) {
	t := Timestamp
	if loc != nil {
		t = Timestamptz
	}
	name := strings.ToLower(field)
	unit := lookupUnit(name)
	switch {
	case IsInfinite(ts):
		return ts, nil
	case unit == unitNone:
		return 0, errFieldUnknown(name, t)
	case loc == nil:
		return truncLocal(unit, ts), nil
	}
	local := ToLocal(ts, loc)
	cut := truncLocal(unit, local)
	if unit < unitDay { // the offset stays what it is, whatever the clock did
		return ts - (local - cut), nil
	}
	return FromLocal(cut, loc), nil
}

// truncLocal cuts a clock reading to a unit.
func truncLocal(unit intervalUnit, ts int64) int64 {
	days, _ := SplitTimestamp(ts)
	if unit < unitDay {
		return ts - (ts-days*microsPerDay)%microsOf[unit]
	}
	return truncDate(unit, days) * microsPerDay
}

// truncDate returns the first day of the unit that a day lies in.
func truncDate(unit intervalUnit, days int64) int64 {
	year, month, _ := CivilFromDate(days)
	switch unit {
	case unitDay:
		return days
	case unitWeek:
		return days - int64(weekday(days)+6)%7
	case unitMonth:
		return DateFromCivil(year, month, 1)
	case unitQuarter:
		return DateFromCivil(year, (month-1)/3*3+1, 1)
	case unitDecade:
		year = int(floorDiv64(int64(year), 10) * 10)
	case unitCentury:
		year = firstYear(year, 100)
	case unitMillennium:
		year = firstYear(year, 1000)
	}
	return DateFromCivil(year, 1, 1)
}

// firstYear returns the first year of a century or millennium.
func firstYear(year int, size int64) int {
	n := yearGroup(year, size)
	if n > 0 {
		return int(n*size - size + 1)
	}
	return int(n*size + 1)
}

// TruncInterval returns date_trunc(field, v).
func TruncInterval(field string, v IntervalValue) (IntervalValue, error) {
	name := strings.ToLower(field)
	unit := lookupUnit(name)
	switch {
	case unit == unitNone:
		return v, errFieldUnknown(name, Interval)
	case unit == unitWeek:
		return v, errFieldUnsupported(name, Interval).WithDetail("Months usually have fractional weeks.")
	case unit < unitDay:
		v.Micros -= v.Micros % microsOf[unit]
		return v, nil
	case unit == unitDay:
		return IntervalValue{Months: v.Months, Days: v.Days}, nil
	case unit == unitMonth:
		return IntervalValue{Months: v.Months}, nil
	case unit == unitQuarter:
		return IntervalValue{Months: v.Months / 3 * 3}, nil
	}
	size := int32(monthsOf[unit])
	return IntervalValue{Months: v.Months / size * size}, nil
}
