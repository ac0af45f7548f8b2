package types

import "strconv"

// AppendText appends the text form in the session's IntervalStyle.
func (v IntervalValue) AppendText(dst []byte, f *Format) []byte {
	style := ""
	if f != nil {
		style = f.IntervalStyle
	}
	switch style {
	case "iso_8601":
		return v.appendISO(dst)
	case "sql_standard":
		return v.appendSQLStandard(dst)
	case "postgres_verbose":
		return v.appendVerbose(dst)
	}
	return v.appendPostgres(dst)
}

// String returns the text form in style postgres.
func (v IntervalValue) String() string { return string(v.appendPostgres(nil)) }

// timeParts splits the microseconds; all parts have the sign of the whole.
func (v IntervalValue) timeParts() (hours, minutes, seconds, micros int64) {
	t := v.Micros
	hours, t = t/microsPerHour, t%microsPerHour
	minutes, t = t/microsPerMinute, t%microsPerMinute
	return hours, minutes, t / microsPerSecond, t % microsPerSecond
}

func abs(x int64) int64 {
	if x < 0 {
		return -x
	}
	return x
}

func append2(dst []byte, x int64) []byte {
	if x < 10 {
		dst = append(dst, '0')
	}
	return strconv.AppendInt(dst, x, 10)
}

// appendSeconds appends seconds with their fraction, without trailing zeros.
func appendSeconds(dst []byte, seconds, micros int64, pad bool) []byte {
	if pad {
		dst = append2(dst, seconds)
	} else {
		dst = strconv.AppendInt(dst, seconds, 10)
	}
	return appendFraction(dst, micros)
}

func appendFraction(dst []byte, micros int64) []byte {
	if micros == 0 {
		return dst
	}
	dst = append(dst, '.')
	for unit := int64(100000); micros > 0; unit /= 10 {
		dst = append(dst, '0'+byte(micros/unit))
		micros %= unit
	}
	return dst
}

func appendHMS(dst []byte, v IntervalValue, padHours bool) []byte {
	h, m, s, us := v.timeParts()
	if padHours {
		dst = append2(dst, abs(h))
	} else {
		dst = strconv.AppendInt(dst, abs(h), 10)
	}
	dst = append2(append(dst, ':'), abs(m))
	return appendSeconds(append(dst, ':'), abs(s), abs(us), true)
}

func (v IntervalValue) appendPostgres(dst []byte) []byte {
	empty, afterNegative := true, false
	part := func(n int64, unit string) {
		if n == 0 {
			return
		}
		if !empty {
			dst = append(dst, ' ')
		}
		if afterNegative && n > 0 {
			dst = append(dst, '+')
		}
		dst = append(append(strconv.AppendInt(dst, n, 10), ' '), unit...)
		if n != 1 {
			dst = append(dst, 's')
		}
		empty, afterNegative = false, n < 0
	}
	part(int64(v.Months/monthsPerYear), "year")
	part(int64(v.Months%monthsPerYear), "mon")
	part(int64(v.Days), "day")
	if !empty && v.Micros == 0 {
		return dst
	}
	if !empty {
		dst = append(dst, ' ')
	}
	switch {
	case v.Micros < 0:
		dst = append(dst, '-')
	case afterNegative:
		dst = append(dst, '+')
	}
	return appendHMS(dst, v, true)
}

func (v IntervalValue) appendISO(dst []byte) []byte {
	if v == (IntervalValue{}) {
		return append(dst, "PT0S"...)
	}
	part := func(n int64, unit byte) {
		if n != 0 {
			dst = append(strconv.AppendInt(dst, n, 10), unit)
		}
	}
	dst = append(dst, 'P')
	part(int64(v.Months/monthsPerYear), 'Y')
	part(int64(v.Months%monthsPerYear), 'M')
	part(int64(v.Days), 'D')
	if v.Micros == 0 {
		return dst
	}
	dst = append(dst, 'T')
	h, m, s, us := v.timeParts()
	part(h, 'H')
	part(m, 'M')
	if s != 0 || us != 0 {
		if v.Micros < 0 {
			dst = append(dst, '-')
		}
		dst = append(appendSeconds(dst, abs(s), abs(us), false), 'S')
	}
	return dst
}

func (v IntervalValue) appendSQLStandard(dst []byte) []byte {
	negative := v.Months < 0 || v.Days < 0 || v.Micros < 0
	positive := v.Months > 0 || v.Days > 0 || v.Micros > 0
	dayTime := v.Days != 0 || v.Micros != 0
	switch {
	case !negative && !positive:
		return append(dst, '0')
	case negative && positive, v.Months != 0 && dayTime:
		return v.appendSigned(dst)
	case negative:
		dst = append(dst, '-')
	}
	years, months := abs(int64(v.Months))/monthsPerYear, abs(int64(v.Months))%monthsPerYear
	if v.Months != 0 {
		return strconv.AppendInt(append(strconv.AppendInt(dst, years, 10), '-'), months, 10)
	}
	if v.Days != 0 {
		dst = append(strconv.AppendInt(dst, abs(int64(v.Days)), 10), ' ')
	}
	return appendHMS(dst, v, false)
}

// appendSigned prints all fields with their signs, for values that the SQL
// standard has no form for.
func (v IntervalValue) appendSigned(dst []byte) []byte {
	sign := func(n int64) byte {
		if n < 0 {
			return '-'
		}
		return '+'
	}
	months := abs(int64(v.Months))
	dst = append(dst, sign(int64(v.Months)))
	dst = append(strconv.AppendInt(dst, months/monthsPerYear, 10), '-')
	dst = append(strconv.AppendInt(dst, months%monthsPerYear, 10), ' ', sign(int64(v.Days)))
	dst = append(strconv.AppendInt(dst, abs(int64(v.Days)), 10), ' ', sign(v.Micros))
	return appendHMS(dst, v, false)
}

func (v IntervalValue) appendVerbose(dst []byte) []byte {
	empty, ago := true, false
	sign := func(n int64) int64 { // the first field decides between ago and not
		if empty {
			ago = n < 0
		}
		empty = false
		if ago {
			return -n
		}
		return n
	}
	part := func(n int64, unit string) {
		if n == 0 {
			return
		}
		n = sign(n)
		dst = append(append(strconv.AppendInt(append(dst, ' '), n, 10), ' '), unit...)
		if n != 1 {
			dst = append(dst, 's')
		}
	}
	dst = append(dst, '@')
	h, m, s, us := v.timeParts()
	part(int64(v.Months/monthsPerYear), "year")
	part(int64(v.Months%monthsPerYear), "mon")
	part(int64(v.Days), "day")
	part(h, "hour")
	part(m, "min")
	if rest := s*microsPerSecond + us; rest != 0 {
		dst = append(dst, ' ')
		if sign(rest) < 0 {
			dst = append(dst, '-')
		}
		dst = append(appendSeconds(dst, abs(s), abs(us), false), " sec"...)
		if abs(s) != 1 || us != 0 {
			dst = append(dst, 's')
		}
	}
	if empty {
		dst = append(dst, " 0"...)
	}
	if ago {
		dst = append(dst, " ago"...)
	}
	return dst
}
