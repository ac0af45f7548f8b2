package types

import "millrace/sql/pgerr"

// timeCast casts dates, times, timestamps and intervals.
func timeCast(from, to Type, f *Format) castFunc {
	loc := f.Location()
	switch (castPair{from.Kind, to.Kind}) {
	case castPair{KindDate, KindTimestamp}:
		return func(i int64, _ []byte) (Datum, error) { return fixedOrError(DateToTimestamp(i)) }
	case castPair{KindDate, KindTimestamptz}:
		return func(i int64, _ []byte) (Datum, error) {
			ts, err := DateToTimestamp(i)
			if err != nil {
				return Null, err
			}
			return fixedOrError(LocalToInstant(ts, f))
		}
	case castPair{KindTimestamp, KindTimestamptz}:
		return func(i int64, _ []byte) (Datum, error) { return fixedOrError(LocalToInstant(i, f)) }
	case castPair{KindTimestamp, KindDate}:
		return func(i int64, _ []byte) (Datum, error) { return FixedDatum(TimestampToDate(i)), nil }
	case castPair{KindTimestamp, KindTime}:
		return func(i int64, _ []byte) (Datum, error) { return timeOfDay(i), nil }
	case castPair{KindTimestamptz, KindTimestamp}:
		return func(i int64, _ []byte) (Datum, error) { return FixedDatum(ToLocal(i, loc)), nil }
	case castPair{KindTimestamptz, KindDate}:
		return func(i int64, _ []byte) (Datum, error) { return FixedDatum(TimestampToDate(ToLocal(i, loc))), nil }
	case castPair{KindTimestamptz, KindTime}:
		return func(i int64, _ []byte) (Datum, error) { return timeOfDay(ToLocal(i, loc)), nil }
	case castPair{KindTime, KindInterval}:
		return func(i int64, _ []byte) (Datum, error) { return IntervalValue{Micros: i}.Datum(), nil }
	case castPair{KindInterval, KindTime}:
		return func(_ int64, b []byte) (Datum, error) {
			_, micros := SplitTimestamp(DecodeInterval(b).Micros)
			return FixedDatum(micros), nil
		}
	}
	return nil
}

func fixedOrError(x int64, err error) (Datum, error) {
	if err != nil {
		return Null, err
	}
	return FixedDatum(x), nil
}

func errTimestampRange() error {
	return pgerr.New(pgerr.DatetimeFieldOverflow, "timestamp out of range")
}

// DateToTimestamp returns midnight of a date.
func DateToTimestamp(days int64) (int64, error) {
	if IsInfinite(days) {
		return days, nil
	}
	ts, ok := timestampOf(days, 0)
	if !ok || !validTimestamp(ts) {
		return 0, pgerr.New(pgerr.DatetimeFieldOverflow, "date out of range for timestamp")
	}
	return ts, nil
}

// TimestampToDate returns the day of a timestamp.
func TimestampToDate(ts int64) int64 {
	if IsInfinite(ts) {
		return ts
	}
	days, _ := SplitTimestamp(ts)
	return days
}

// LocalToInstant converts a timestamp to a timestamptz in the session's zone.
func LocalToInstant(ts int64, f *Format) (int64, error) {
	out := FromLocal(ts, f.Location())
	if !IsInfinite(out) && !validTimestamp(out) {
		return 0, errTimestampRange()
	}
	return out, nil
}

// timeOfDay returns the time of a timestamp, NULL for the ends of time.
func timeOfDay(ts int64) Datum {
	if IsInfinite(ts) {
		return Null
	}
	_, micros := SplitTimestamp(ts)
	return FixedDatum(micros)
}
