package types

import (
	"time"

	"millrace/sql/pgerr"
)

// AddInterval returns a timestamp plus an interval: months first (to the last day
// of a shorter month), then days, then time. With a location ts is an instant and
// months and days are counted on its calendar; nil is for timestamps without zone.
func AddInterval(ts int64, v IntervalValue, loc *time.Location) (int64, error) {
	if IsInfinite(ts) {
		return ts, nil
	}
	if v.Months != 0 || v.Days != 0 {
		local := ts
		if loc != nil {
			local = ToLocal(ts, loc)
		}
		local, ok := addCalendar(local, v)
		if !ok {
			return 0, errTimestampRange()
		}
		ts = local
		if loc != nil {
			ts = FromLocal(local, loc)
		}
	}
	sum := ts + v.Micros
	if (sum > ts) != (v.Micros > 0) || !validTimestamp(sum) {
		return 0, errTimestampRange()
	}
	return sum, nil
}

// addCalendar adds months and days to a clock reading.
func addCalendar(local int64, v IntervalValue) (int64, bool) {
	days, micros := SplitTimestamp(local)
	if v.Months != 0 {
		days = AddMonths(days, int64(v.Months))
	}
	ts, ok := timestampOf(days+int64(v.Days), micros)
	return ts, ok && validTimestamp(ts)
}

// AddMonths returns the date so many months later, the last day of the month where
// that month is too short.
func AddMonths(days, months int64) int64 {
	year, month, day := CivilFromDate(days)
	total := int64(year)*monthsPerYear + int64(month-1) + months
	y := floorDiv64(total, monthsPerYear)
	m := int(total-y*monthsPerYear) + 1
	return DateFromCivil(int(y), m, min(day, daysInMonth(int(y), m)))
}

// SubInterval returns a timestamp minus an interval, as AddInterval.
func SubInterval(ts int64, v IntervalValue, loc *time.Location) (int64, error) {
	n, err := v.Neg()
	if err != nil {
		return 0, err
	}
	return AddInterval(ts, n, loc)
}

// AddDays returns a date plus a number of days.
func AddDays(date, n int64) (int64, error) {
	if IsInfinite(date) {
		return date, nil
	}
	if sum := date + n; validDate(sum) {
		return sum, nil
	}
	return 0, pgerr.New(pgerr.DatetimeFieldOverflow, "date out of range")
}

// SubDates returns the days between two dates.
func SubDates(a, b int64) (int64, error) {
	if IsInfinite(a) || IsInfinite(b) {
		return 0, pgerr.New(pgerr.DatetimeFieldOverflow, "cannot subtract infinite dates")
	}
	return a - b, nil
}

// SubTimestamps returns a - b in days and time.
func SubTimestamps(a, b int64) (IntervalValue, error) {
	if IsInfinite(a) || IsInfinite(b) {
		return IntervalValue{}, pgerr.New(pgerr.DatetimeFieldOverflow, "cannot subtract infinite timestamps")
	}
	return IntervalValue{Micros: a - b}.JustifyHours()
}

// AddTime returns a time of day plus an interval, modulo a day.
func AddTime(micros int64, v IntervalValue) int64 {
	_, out := SplitTimestamp(micros + v.Micros%microsPerDay)
	return out
}

// Age returns a - b in years, months, days and time, as the calendar counts them.
func Age(a, b int64) (IntervalValue, error) {
	if IsInfinite(a) || IsInfinite(b) {
		return IntervalValue{}, errTimestampRange()
	}
	if a < b {
		v, err := ageAscending(b, a)
		if err != nil {
			return v, err
		}
		return v.Neg()
	}
	return ageAscending(a, b)
}

// ageAscending subtracts field by field, a >= b; missing days are borrowed from
// the month of b.
func ageAscending(a, b int64) (IntervalValue, error) {
	days1, micros1 := SplitTimestamp(a)
	days2, micros2 := SplitTimestamp(b)
	y1, m1, d1 := CivilFromDate(days1)
	y2, m2, d2 := CivilFromDate(days2)
	months, days, micros := int64(y1-y2)*monthsPerYear+int64(m1-m2), int64(d1-d2), micros1-micros2
	if micros < 0 {
		days, micros = days-1, micros+microsPerDay
	}
	for days < 0 {
		days += int64(daysInMonth(y2, m2))
		months--
	}
	return IntervalValue{Micros: micros}.with(months, days)
}

// DateBin returns the start of the bin that ts lies in, bins being stride wide and
// one of them beginning at origin.
func DateBin(stride IntervalValue, ts, origin int64) (int64, error) {
	if IsInfinite(ts) {
		return ts, nil
	}
	switch {
	case IsInfinite(origin):
		return 0, pgerr.New(pgerr.DatetimeFieldOverflow, "origin out of range")
	case stride.Months != 0:
		return 0, pgerr.New(pgerr.FeatureNotSupported,
			"timestamps cannot be binned into intervals containing months or years")
	}
	width, ok := addMulMicros(stride.Micros, int64(stride.Days), microsPerDay)
	if !ok && stride.Days != 0 {
		return 0, pgerr.New(pgerr.DatetimeFieldOverflow, "interval out of range")
	}
	if width <= 0 {
		return 0, pgerr.New(pgerr.DatetimeFieldOverflow, "stride must be greater than zero")
	}
	return origin + floorDiv64(ts-origin, width)*width, nil
}
