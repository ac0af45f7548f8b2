package types

import (
	"time"

	"millrace/sql/pgerr"
)

// readDate scans and parses the text of a date, time or timestamp.
func readDate(typeName, s string, f *Format) (*dateParser, error) {
	p := &dateParser{order: f.dateStyle().order}
	tokens, ok := scanDate(s)
	if !ok || len(tokens) == 0 {
		return nil, dateError(faultFormat, typeName, s, p)
	}
	if fault := p.parseFields(tokens); fault != faultNone {
		return nil, dateError(fault, typeName, s, p)
	}
	return p, nil
}

// specialDay returns the local midnight (in days) of today and its neighbours.
func specialDay(word string, f *Format) (days int64, ok bool) {
	now, ok := nowMicros(f)
	if !ok {
		return 0, false
	}
	days, _ = SplitTimestamp(ToLocal(now, f.Location()))
	switch word {
	case "today", "now":
	case "tomorrow":
		days++
	case "yesterday":
		days--
	default:
		return 0, false
	}
	return days, true
}

// nowMicros returns f.Now as a timestamptz.
func nowMicros(f *Format) (int64, bool) {
	if f == nil || f.Now.IsZero() {
		return 0, false
	}
	return FromTime(f.Now), true
}

// FromTime returns the timestamptz of a time.
func FromTime(t time.Time) int64 { return t.UnixMicro() + unixEpochSecs*microsPerSecond }

// ToTime returns the time of a timestamptz, in UTC.
func ToTime(ts int64) time.Time { return time.UnixMicro(ts - unixEpochSecs*microsPerSecond).UTC() }

func parseDate(s string, f *Format) (Datum, error) {
	if days, ok := fastDate(s); ok {
		return FixedDatum(days), nil
	}
	p, err := readDate("date", s, f)
	if err != nil {
		return Null, err
	}
	if p.special != "" {
		return specialDate(p, s, f)
	}
	if p.got&gotDate != gotDate {
		return Null, dateError(faultFormat, "date", s, p)
	}
	days := DateFromCivil(p.year, p.month, p.day)
	if !validDate(days) {
		return Null, pgerr.Newf(pgerr.DatetimeFieldOverflow, "date out of range: \"%s\"", s)
	}
	return FixedDatum(days), nil
}

func specialDate(p *dateParser, s string, f *Format) (Datum, error) {
	switch p.special {
	case "infinity":
		return FixedDatum(PosInfinity), nil
	case "-infinity":
		return FixedDatum(NegInfinity), nil
	case "epoch":
		return FixedDatum(unixEpochDays), nil
	}
	if days, ok := specialDay(p.special, f); ok {
		return FixedDatum(days), nil
	}
	return Null, dateError(faultFormat, "date", s, p)
}

// parseTime reads a time of day; a date or zone beside it is ignored.
func parseTime(t Type, s string, f *Format) (Datum, error) {
	p := &dateParser{order: f.dateStyle().order}
	tokens, ok := scanDate(s)
	if !ok || len(tokens) == 0 {
		return Null, dateError(faultFormat, "time", s, p)
	}
	if tokens[0].kind == tokNumber { // a number first is a joined time
		p.next = wordTimeNext
	}
	if fault := p.parseFields(tokens); fault != faultNone {
		return Null, dateError(fault, "time", s, p)
	}
	if now, ok := nowMicros(f); ok && p.special == "now" {
		_, p.micros = SplitTimestamp(ToLocal(now, f.Location()))
		p.got |= gotTime
	}
	if p.got&gotTime == 0 || (p.namedZone && p.got&gotDate != gotDate) {
		return Null, dateError(faultFormat, "time", s, p)
	}
	if p.micros > microsPerDay || (p.joinedClock && (p.micros-p.hour*microsPerHour) > microsPerHour) {
		return Null, dateError(faultRange, "time", s, p)
	}
	return FixedDatum(roundTime(p.micros, t)), nil
}

func roundTime(micros int64, t Type) int64 {
	if t.Mod >= 0 && t.Mod < maxTimePrecision {
		return roundMicros(micros, t.Mod)
	}
	return micros
}

// parseTimestamp reads a timestamp, which ignores a zone, or a timestamptz, which
// takes the session's zone when there is none.
func parseTimestamp(t Type, s string, f *Format) (Datum, error) {
	local, instant, ok := fastTimestamp(s, f)
	if !ok {
		var err error
		if local, instant, err = slowTimestamp(t, s, f); err != nil {
			return Null, err
		}
	}
	if t.Kind == KindTimestamptz {
		local = instant
	}
	local = roundTimestamp(local, t)
	if !IsInfinite(local) && !validTimestamp(local) {
		return Null, pgerr.Newf(pgerr.DatetimeFieldOverflow, "timestamp out of range: \"%s\"", s)
	}
	return FixedDatum(local), nil
}

// slowTimestamp reads any spelling.
func slowTimestamp(t Type, s string, f *Format) (local, instant int64, err error) {
	typeName := "timestamp"
	if t.Kind == KindTimestamptz {
		typeName = "timestamp with time zone"
	}
	p, err := readDate(typeName, s, f)
	if err != nil {
		return 0, 0, err
	}
	local, instant, ok := p.resolve(f)
	if !ok {
		return 0, 0, dateError(faultFormat, typeName, s, p)
	}
	return local, instant, nil
}

func roundTimestamp(ts int64, t Type) int64 {
	if t.Mod < 0 || t.Mod >= maxTimePrecision || IsInfinite(ts) {
		return ts
	}
	return roundMicros(ts, t.Mod)
}

// resolve returns the clock reading and the instant that the fields mean. Values
// beyond the range come back as such, never wrapped.
func (p *dateParser) resolve(f *Format) (local, instant int64, ok bool) {
	loc := f.Location()
	switch p.special {
	case "":
		if p.got&gotDate != gotDate {
			return 0, 0, false
		}
		local, ok = timestampOf(DateFromCivil(p.year, p.month, p.day), p.micros)
		if !ok {
			return endTimestamp, endTimestamp, true
		}
	case "infinity":
		return PosInfinity, PosInfinity, true
	case "-infinity":
		return NegInfinity, NegInfinity, true
	case "epoch":
		at := int64(unixEpochSecs) * microsPerSecond
		return at, at, true
	case "now":
		now, ok := nowMicros(f)
		return ToLocal(now, loc), now, ok
	default:
		days, ok := specialDay(p.special, f)
		if !ok {
			return 0, 0, false
		}
		local = days*microsPerDay + p.micros
	}
	if p.got&gotZone == 0 {
		return local, FromLocal(local, loc), true
	}
	if p.location != nil {
		return local, FromLocal(local, p.location), true
	}
	return local, local - int64(p.offset)*microsPerSecond, true
}

// timestampOf joins a day and a time of day; ok is false beyond the range.
func timestampOf(days, micros int64) (ts int64, ok bool) {
	if days < minDate || days >= endTimestamp/microsPerDay+1 {
		return 0, false
	}
	return days*microsPerDay + micros, true
}
