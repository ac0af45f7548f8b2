package codec

// Lengths of 2006-01-02 and of 2006-01-02 15:04:05.
const (
	dateLength      = 10
	timestampLength = 19
)

const (
	microsPerSecond = 1_000_000
	microsPerDay    = 86_400 * microsPerSecond
)

// two reads two digits.
func two(b []byte) (int64, bool) {
	hi, lo := b[0]-'0', b[1]-'0'
	return int64(hi)*10 + int64(lo), hi <= 9 && lo <= 9
}

// fastDate reads the date that begins b as yyyy-mm-dd, in days since 2000-01-01.
func fastDate(b []byte) (int64, bool) {
	if len(b) < dateLength || b[4] != '-' || b[7] != '-' {
		return 0, false
	}
	century, ok1 := two(b)
	year, ok2 := two(b[2:])
	month, ok3 := two(b[5:])
	day, ok4 := two(b[8:])
	year += century * 100
	if !ok1 || !ok2 || !ok3 || !ok4 || year == 0 || month < 1 || month > 12 || day < 1 ||
		day > daysIn(year, month) {
		return 0, false
	}
	return daysFromCivil(year, month, day), true
}

func daysIn(year, month int64) int64 {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// daysFromCivil counts days since 2000-01-01 in the Gregorian calendar, for years
// from 1. Years begin in March here, so that the leap day comes last.
func daysFromCivil(year, month, day int64) int64 {
	if month <= 2 {
		year, month = year-1, month+12
	}
	days := 365*year + year/4 - year/100 + year/400 + (153*(month-3)+2)/5 + day
	const epoch = 365*1999 + 1999/4 - 1999/100 + 1999/400 + (153*10+2)/5 + 1 // 2000-01-01
	return days - epoch
}

// fastTimestamp reads yyyy-mm-dd hh:mm:ss[.ffffff] in microseconds since
// 2000-01-01, and returns what follows it.
func fastTimestamp(b []byte) (micros int64, rest []byte, ok bool) {
	days, ok := fastDate(b)
	if !ok || len(b) < timestampLength || (b[10] != ' ' && b[10] != 'T') || b[13] != ':' || b[16] != ':' {
		return 0, nil, false
	}
	hour, ok1 := two(b[11:])
	minute, ok2 := two(b[14:])
	second, ok3 := two(b[17:])
	if !ok1 || !ok2 || !ok3 || hour > 23 || minute > 59 || second > 59 {
		return 0, nil, false
	}
	micros = days*microsPerDay + (hour*3600+minute*60+second)*microsPerSecond
	rest = b[timestampLength:]
	if len(rest) == 0 || rest[0] != '.' {
		return micros, rest, true
	}
	fraction, rest, ok := fastFraction(rest[1:])
	return micros + fraction, rest, ok
}

// fastFraction reads one to six digits as microseconds.
func fastFraction(b []byte) (micros int64, rest []byte, ok bool) {
	n := 0
	for ; n < len(b) && b[n]-'0' <= 9; n++ {
		micros = micros*10 + int64(b[n]-'0')
		if n == 6 {
			return 0, nil, false
		}
	}
	for i := n; i < 6; i++ {
		micros *= 10
	}
	return micros, b[n:], n > 0
}

// fastTimestamptz reads a timestamp with an offset, or without one when times are
// in UTC.
func fastTimestamptz(b []byte, utc bool) (int64, bool) {
	micros, rest, ok := fastTimestamp(b)
	if !ok {
		return 0, false
	}
	if len(rest) == 0 {
		return micros, utc
	}
	if len(rest) == 1 && rest[0] == 'Z' {
		return micros, true
	}
	offset, ok := fastOffset(rest)
	return micros - offset*microsPerSecond, ok
}

// fastOffset reads +hh or +hh:mm, in seconds east of Greenwich.
func fastOffset(b []byte) (int64, bool) {
	if (len(b) != 3 && len(b) != 6) || (b[0] != '+' && b[0] != '-') {
		return 0, false
	}
	hour, ok := two(b[1:])
	minute := int64(0)
	if len(b) == 6 {
		var ok2 bool
		minute, ok2 = two(b[4:])
		ok = ok && ok2 && b[3] == ':'
	}
	seconds := hour*3600 + minute*60
	if b[0] == '-' {
		seconds = -seconds
	}
	return seconds, ok && hour <= 15 && minute <= 59
}
