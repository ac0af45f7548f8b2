package types

// The common spelling of dates and timestamps, year-month-day with hh:mm[:ss[.f]]
// and an offset, is read here without tokens; COPY lives on it. Everything that is
// not exactly so, wrong values included, is left to the general parser.

// isoReader reads fixed-width fields from the front of a text.
type isoReader struct {
	text string
	ok   bool
}

// digits takes n digits.
func (r *isoReader) digits(n int) int {
	if len(r.text) < n {
		r.ok = false
		return 0
	}
	x := 0
	for i := range n {
		c := r.text[i] - '0'
		if c > 9 {
			r.ok = false
			return 0
		}
		x = x*10 + int(c)
	}
	r.text = r.text[n:]
	return x
}

// take takes the character c, if it is next.
func (r *isoReader) take(c byte) bool {
	if r.text != "" && r.text[0] == c {
		r.text = r.text[1:]
		return true
	}
	return false
}

func (r *isoReader) need(c byte) {
	r.ok = r.take(c) && r.ok
}

// date takes yyyy-mm-dd as days.
func (r *isoReader) date() int64 {
	year := r.digits(4)
	r.need('-')
	month := r.digits(2)
	r.need('-')
	day := r.digits(2)
	if !r.ok || year < 1 || month < 1 || month > 12 || day < 1 || day > 28 && day > daysInMonth(year, month) {
		r.ok = false
		return 0
	}
	return DateFromCivil(year, month, day)
}

// clock takes hh:mm[:ss[.f]] as microseconds, up to six decimals.
func (r *isoReader) clock() int64 {
	hour := r.digits(2)
	r.need(':')
	minute, second := r.digits(2), 0
	if r.take(':') {
		second = r.digits(2)
	}
	micros := int64(0)
	if r.take('.') {
		n := 0
		for n < len(r.text) && isDigit(r.text[n]) {
			n++
		}
		if n == 0 || n > maxTimePrecision {
			r.ok = false
			return 0
		}
		micros = int64(r.digits(n)) * int64(pow10[maxTimePrecision-n])
	}
	if hour > 23 || minute > 59 || second > 59 {
		r.ok = false
	}
	return int64(hour)*microsPerHour + int64(minute)*microsPerMinute + int64(second)*microsPerSecond + micros
}

// zone takes Z or +hh[:mm] as seconds; there is false when nothing is left.
func (r *isoReader) zone() (seconds int64, there bool) {
	if r.text == "" {
		return 0, false
	}
	if r.take('Z') {
		return 0, true
	}
	sign := int64(1)
	if !r.take('+') {
		r.need('-')
		sign = -1
	}
	hours, minutes := r.digits(2), 0
	if r.take(':') {
		minutes = r.digits(2)
	}
	if hours > 15 || minutes > 59 {
		r.ok = false
	}
	return sign * int64(hours*3600+minutes*60), true
}

// fastDate reads yyyy-mm-dd.
func fastDate(s string) (days int64, ok bool) {
	r := isoReader{s, true}
	days = r.date()
	return days, r.ok && r.text == ""
}

// fastTimestamp reads the clock reading and the instant of the common spelling.
func fastTimestamp(s string, f *Format) (local, instant int64, ok bool) {
	r := isoReader{s, true}
	local = r.date() * microsPerDay
	if r.ok && r.text != "" {
		if !r.take(' ') {
			r.need('T')
		}
		local += r.clock()
	}
	if !r.ok {
		return 0, 0, false
	}
	offset, there := r.zone()
	if !r.ok || r.text != "" {
		return 0, 0, false
	}
	if there {
		return local, local - offset*microsPerSecond, true
	}
	return local, FromLocal(local, f.Location()), true
}
