package types

import (
	"strconv"
	"strings"
	"time"
)

var (
	monthNames   = [...]string{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}
	weekdayNames = [...]string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"}
)

// dateStyle is the parsed setting DateStyle.
type dateStyle struct {
	style byte // I(SO), S(QL), P(ostgres), G(erman)
	order byte // M(DY), D(MY), Y(MD)
}

func (f *Format) dateStyle() dateStyle {
	d := dateStyle{'I', 'M'}
	if f == nil || f.DateStyle == "" || f.DateStyle == "ISO, MDY" {
		return d
	}
	for _, word := range strings.FieldsFunc(strings.ToUpper(f.DateStyle), func(r rune) bool { return r == ',' || r == ' ' }) {
		switch word {
		case "ISO", "SQL", "POSTGRES", "GERMAN":
			d.style = word[0]
			if word == "GERMAN" {
				d.order = 'D'
			}
		case "MDY", "US", "NONEURO", "NONEUROPEAN":
			d.order = 'M'
		case "DMY", "EURO", "EUROPEAN":
			d.order = 'D'
		case "YMD":
			d.order = 'Y'
		}
	}
	return d
}

// appendInfinity appends the name of an end of time, if x is one.
func appendInfinity(dst []byte, x int64) ([]byte, bool) {
	switch x {
	case PosInfinity:
		return append(dst, "infinity"...), true
	case NegInfinity:
		return append(dst, "-infinity"...), true
	}
	return dst, false
}

func appendYear(dst []byte, year int) []byte {
	if year <= 0 {
		year = 1 - year
	}
	for limit := 1000; year < limit && limit > 1; limit /= 10 {
		dst = append(dst, '0')
	}
	return strconv.AppendInt(dst, int64(year), 10)
}

// appendDay appends the date in the session's style, without BC.
func appendDay(dst []byte, year, month, day int, s dateStyle) []byte {
	first, second, sep := month, day, byte('/')
	switch {
	case s.style == 'I':
		dst = append2(append(appendYear(dst, year), '-'), int64(month))
		return append2(append(dst, '-'), int64(day))
	case s.style == 'P':
		sep = '-'
	case s.style == 'G':
		sep = '.'
	}
	if s.order == 'D' || s.style == 'G' {
		first, second = day, month
	}
	dst = append2(append(append2(dst, int64(first)), sep), int64(second))
	return appendYear(append(dst, sep), year)
}

func appendDate(dst []byte, days int64, f *Format) []byte {
	if out, done := appendInfinity(dst, days); done {
		return out
	}
	year, month, day := CivilFromDate(days)
	dst = appendDay(dst, year, month, day, f.dateStyle())
	return appendEra(dst, year)
}

func appendEra(dst []byte, year int) []byte {
	if year <= 0 {
		return append(dst, " BC"...)
	}
	return dst
}

// appendTime appends hh:mm:ss with the fraction that is there.
func appendTime(dst []byte, micros int64) []byte {
	dst = append2(dst, micros/microsPerHour)
	dst = append2(append(dst, ':'), micros/microsPerMinute%60)
	dst = append2(append(dst, ':'), micros/microsPerSecond%60)
	return appendFraction(dst, micros%microsPerSecond)
}

func appendTimestamp(dst []byte, ts int64, f *Format) []byte {
	if out, done := appendInfinity(dst, ts); done {
		return out
	}
	return appendClock(dst, ts, f.dateStyle(), nil)
}

func appendTimestamptz(dst []byte, ts int64, f *Format) []byte {
	if out, done := appendInfinity(dst, ts); done {
		return out
	}
	loc := f.Location()
	offset := offsetAt(ts, loc)
	style := f.dateStyle()
	return appendClock(dst, ts+offset*microsPerSecond, style, func(dst []byte) []byte {
		if style.style == 'I' {
			return appendOffset(dst, offset)
		}
		return appendZoneName(dst, ts, loc, offset)
	})
}

// appendClock appends a local time; zone, which may be nil, appends the zone.
func appendClock(dst []byte, local int64, s dateStyle, zone func([]byte) []byte) []byte {
	days, micros := SplitTimestamp(local)
	year, month, day := CivilFromDate(days)
	if s.style == 'P' {
		dst = append(append(dst, weekdayNames[weekday(days)]...), ' ')
		name, number := monthNames[month-1], append2(nil, int64(day))
		if s.order == 'D' {
			dst = append(append(append(dst, number...), ' '), name...)
		} else {
			dst = append(append(append(dst, name...), ' '), number...)
		}
		dst = appendTime(append(dst, ' '), micros)
		dst = appendYear(append(dst, ' '), year)
	} else {
		dst = appendDay(dst, year, month, day, s)
		dst = appendTime(append(dst, ' '), micros)
	}
	if zone != nil {
		dst = zone(dst)
	}
	return appendEra(dst, year)
}

// weekday returns the day of the week, 0 being Sunday.
func weekday(days int64) int { return int(((days+6)%7 + 7) % 7) }

// appendOffset appends +hh[:mm[:ss]].
func appendOffset(dst []byte, seconds int64) []byte {
	sign := byte('+')
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	dst = append2(append(dst, sign), seconds/3600)
	if seconds%3600 != 0 {
		dst = append2(append(dst, ':'), seconds/60%60)
	}
	if seconds%60 != 0 {
		dst = append2(append(dst, ':'), seconds%60)
	}
	return dst
}

// appendZoneName appends the abbreviation in force, or the offset if the zone
// has none.
func appendZoneName(dst []byte, ts int64, loc *time.Location, offset int64) []byte {
	name, _ := time.Unix(floorDiv64(ts, microsPerSecond)-unixEpochSecs, 0).In(loc).Zone()
	dst = append(dst, ' ')
	if name == "" || name[0] == '+' || name[0] == '-' {
		return appendOffset(dst, offset)
	}
	return append(dst, name...)
}
