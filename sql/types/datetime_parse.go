package types

import (
	"math"
	"strconv"
	"strings"
	"time"

	"millrace/sql/pgerr"
)

// dateFault is what is wrong with the text of a date; faultNone means nothing.
type dateFault uint8

const (
	faultNone   dateFault = iota
	faultFormat           // not understood
	faultRange            // a field out of range
	faultOrder            // a day or month out of range; DateStyle may be at fault
	faultZone             // an offset out of range
)

// Bits of the fields read so far.
const (
	gotYear = 1 << iota
	gotMonth
	gotDay
	gotTime
	gotZone
	gotMeridian
	gotEra

	gotDate = gotYear | gotMonth | gotDay
)

// dateParser collects the fields of a date and time.
type dateParser struct {
	order byte // M, D or Y
	got   uint

	year, month, day int
	micros           int64 // time of day, as read
	hour             int64
	meridian         int // hours to add; -1 none
	bc               bool
	shortYear        bool // the year was given in one or two digits
	textMonth        bool
	julian           bool
	yearDay          int    // the day of the year, given in place of month and day
	joinedClock      bool   // hhmmss, whose parts PostgreSQL does not check
	special          string // epoch, infinity, -infinity, now, today, ...

	offset   int // seconds east
	location *time.Location
	zoneName string // a name that is no time zone, for the error
	// namedZone is set when location was given by its full name; its offset then
	// hangs on the date.
	namedZone bool

	next wordKind // what a t or j announced for the next number
}

// parseFields reads the tokens in order.
func (p *dateParser) parseFields(tokens []dateToken) dateFault {
	p.meridian = -1
	for _, tok := range tokens {
		if fault := p.token(tok); fault != faultNone {
			return fault
		}
	}
	return p.finish()
}

func (p *dateParser) token(tok dateToken) dateFault {
	switch tok.kind {
	case tokDate:
		return p.dateToken(tok.text)
	case tokTime:
		p.next = wordNone
		return p.clock(tok.text)
	case tokZone:
		return p.zoneOffset(tok.text)
	case tokNumber:
		return p.number(tok.text)
	case tokSigned:
		if tok.text == "-infinity" || tok.text == "+infinity" {
			return p.setSpecial(strings.TrimPrefix(tok.text, "+"))
		}
		return faultFormat
	}
	return p.word(tok.text)
}

func (p *dateParser) set(bit uint) dateFault {
	if p.got&bit != 0 {
		return faultFormat
	}
	p.got |= bit
	return faultNone
}

// dateToken reads a joined date, or a zone name when the date is there already.
func (p *dateParser) dateToken(s string) dateFault {
	if p.got&gotDate == gotDate || p.got&gotTime != 0 || p.next == wordTimeNext {
		if isDigit(s[0]) {
			return p.timeThenOffset(s)
		}
		return p.zone(s)
	}
	parts := strings.FieldsFunc(s, func(r rune) bool { return !isAlnum(byte(r)) })
	if len(parts) != 3 && !(len(parts) == 2) {
		return faultFormat
	}
	for i, w := range parts { // a month in letters tells the rest apart
		if d := lookupDateWord(w); d.kind == wordMonth {
			p.month, p.textMonth, parts[i] = d.value, true, ""
			if fault := p.set(gotMonth); fault != faultNone {
				return fault
			}
			break
		}
	}
	for _, w := range parts {
		if w == "" {
			continue
		}
		if !allDigits(w) {
			return faultFormat
		}
		if fault := p.dateNumber(w); fault != faultNone {
			return fault
		}
	}
	if p.got&gotDate != gotDate {
		return faultFormat
	}
	return faultNone
}

// timeThenOffset reads hhmmss-zz behind a complete date.
func (p *dateParser) timeThenOffset(s string) dateFault {
	at := strings.IndexAny(s, "+-")
	if at < 0 {
		return faultFormat
	}
	p.next = wordNone
	if fault := p.joinedTime(s[:at]); fault != faultNone {
		return fault
	}
	return p.zoneOffset(s[at:])
}

// number reads a token of digits: a part of a date, a joined date or a joined time.
func (p *dateParser) number(s string) dateFault {
	whole, fraction, hasPoint := strings.Cut(s, ".")
	next := p.next
	p.next = wordNone
	switch {
	case next == wordJulian:
		return p.julianDay(s)
	case next == wordTimeNext:
		return p.joinedTime(s)
	case hasPoint && p.got&gotDate == 0:
		return p.twoParts(whole, fraction)
	case hasPoint && len(whole) > 2, len(s) >= 6 && (p.got&gotDate == 0 || p.got&gotTime == 0):
		return p.joined(s)
	case hasPoint:
		return faultFormat
	}
	return p.dateNumber(s)
}

// twoParts reads 2024.060, a year and a day in it; 1.2 is no whole date.
func (p *dateParser) twoParts(first, second string) dateFault {
	for _, s := range [...]string{first, second} {
		if fault := p.dateNumber(s); fault != faultNone {
			return fault
		}
	}
	if p.got&gotDate != gotDate {
		return faultFormat
	}
	return faultNone
}

func (p *dateParser) julianDay(s string) dateFault {
	x, err := strconv.ParseFloat(s, 64)
	if err != nil || x > endDate+julianEpoch {
		return faultRange
	}
	if fault := p.set(gotDate); fault != faultNone {
		return fault
	}
	whole := math.Floor(x)
	p.year, p.month, p.day = CivilFromDate(int64(whole) - julianEpoch)
	p.julian = true
	if whole != x {
		p.micros = int64((x - whole) * float64(microsPerDay))
		p.hour = p.micros / microsPerHour
		return p.set(gotTime)
	}
	return faultNone
}

// joined reads YYYYMMDD and YYMMDD while there is no date, a time after.
func (p *dateParser) joined(s string) dateFault {
	n := len(s)
	if p.got&gotDate != 0 || n < 6 || !allDigits(s) {
		return p.joinedTime(s)
	}
	p.day, _ = strconv.Atoi(s[n-2:])
	p.month, _ = strconv.Atoi(s[n-4 : n-2])
	year, err := strconv.Atoi(s[:n-4])
	if err != nil {
		return faultRange
	}
	p.year, p.shortYear = year, n-4 == 2
	return p.set(gotDate)
}

// joinedTime reads hhmmss, with a fraction perhaps, and hhmm.
func (p *dateParser) joinedTime(s string) dateFault {
	whole, fraction, hasPoint := strings.Cut(s, ".")
	if !allDigits(whole) || !allDigits(fraction) {
		return faultFormat
	}
	switch {
	case len(whole) == 4 && !hasPoint:
		whole += "00"
	case len(whole) != 6:
		return faultFormat
	}
	n, _ := strconv.ParseInt(whole, 10, 64)
	p.hour, p.joinedClock = n/10000, true
	p.micros = p.hour*microsPerHour + n/100%100*microsPerMinute + n%100*microsPerSecond + fractionMicros(fraction)
	return p.set(gotTime)
}

// dateNumber reads one number of a date; which field it is follows from those
// that are there, its length and the session's field order.
func (p *dateParser) dateNumber(s string) dateFault {
	n, err := strconv.Atoi(s)
	if err != nil {
		return faultRange
	}
	long := len(s) >= 3
	switch p.got & gotDate {
	case 0:
		switch {
		case long || p.order == 'Y':
			return p.setYear(n, len(s))
		case p.order == 'D':
			return p.setDay(n)
		}
		return p.setMonth(n)
	case gotYear:
		if len(s) == 3 && n >= 1 && n <= 366 {
			return p.dayOfYear(n)
		}
		return p.setMonth(n)
	case gotMonth:
		if p.textMonth && (long || p.order == 'Y') {
			return p.setYear(n, len(s))
		}
		return p.setDay(n)
	case gotYear | gotMonth:
		if p.textMonth && long && p.shortYear { // the first number was the day
			p.day, p.year, p.shortYear = p.year, n, false
			return p.set(gotDay)
		}
		return p.setDay(n)
	case gotDay:
		return p.setMonth(n)
	case gotMonth | gotDay:
		return p.setYear(n, len(s))
	case gotDate:
		return p.joined(s)
	}
	return faultFormat
}

func (p *dateParser) setYear(n, digits int) dateFault {
	p.year, p.shortYear = n, digits <= 2
	return p.set(gotYear)
}

func (p *dateParser) setMonth(n int) dateFault { p.month = n; return p.set(gotMonth) }

func (p *dateParser) setDay(n int) dateFault { p.day = n; return p.set(gotDay) }

// dayOfYear reads the ordinal day after a year, as in 2024.060.
func (p *dateParser) dayOfYear(n int) dateFault {
	p.yearDay = n
	return p.set(gotMonth | gotDay)
}

// clock reads hh:mm[:ss[.fraction]].
func (p *dateParser) clock(s string) dateFault {
	parts := strings.Split(s, ":")
	if len(parts) == 2 && strings.Contains(parts[1], ".") {
		parts = []string{"0", parts[0], parts[1]}
	}
	if len(parts) == 2 {
		parts = append(parts, "0")
	}
	return p.setClock(parts)
}

func (p *dateParser) setClock(parts []string) dateFault {
	micros, ok, fits := clockMicros(parts)
	switch {
	case !ok:
		return faultFormat
	case !fits:
		return faultRange
	}
	p.hour, _ = strconv.ParseInt(parts[0], 10, 64)
	p.micros = micros
	return p.set(gotTime)
}

// maxOffset is the largest offset from Greenwich, in seconds, exclusive.
const maxOffset = 16 * 3600

func (p *dateParser) zoneOffset(s string) dateFault {
	offset, ok := parseOffset(s)
	switch {
	case !ok:
		return faultFormat
	case offset >= maxOffset || offset <= -maxOffset:
		return faultZone
	}
	p.offset = offset
	if p.location != nil { // as in UTC+3: added to a zone named before
		return faultFormat
	}
	return p.set(gotZone)
}

func (p *dateParser) zone(name string) dateFault {
	loc, err := LoadZone(name)
	if err != nil {
		p.zoneName = name
		return faultFormat
	}
	_, isAbbreviation := abbreviations[strings.ToLower(name)]
	p.location, p.namedZone = loc, !isAbbreviation
	return p.set(gotZone)
}

func (p *dateParser) word(w string) dateFault {
	d := lookupDateWord(w)
	switch d.kind {
	case wordMonth:
		return p.monthWord(d.value)
	case wordWeekday, wordIgnored:
		return faultNone
	case wordMeridian:
		p.meridian = d.value
		return p.set(gotMeridian)
	case wordEra:
		p.bc = d.value == 1
		return p.set(gotEra)
	case wordSpecial:
		return p.setSpecial(w)
	case wordTimeNext:
		if p.got&gotDate != gotDate && p.got != 0 {
			return faultFormat
		}
		p.next = wordTimeNext
		return faultNone
	case wordJulian:
		p.next = wordJulian
		return faultNone
	}
	if _, ok := abbreviations[w]; !ok && namedZone(w) == nil {
		return faultFormat
	}
	return p.zone(w)
}

// monthWord sets the month; a number that was taken for it becomes the day.
func (p *dateParser) monthWord(n int) dateFault {
	if p.got&(gotMonth|gotDay) == gotMonth && !p.textMonth && p.month >= 1 && p.month <= 31 {
		p.day, p.month, p.textMonth = p.month, n, true
		return p.set(gotDay)
	}
	p.month, p.textMonth = n, true
	return p.set(gotMonth)
}

func (p *dateParser) setSpecial(w string) dateFault {
	if w == "allballs" {
		p.location = time.UTC
		return p.set(gotTime | gotZone)
	}
	if p.special != "" {
		return faultFormat
	}
	p.special = w
	return p.set(gotDate)
}

// finish checks the fields against each other.
func (p *dateParser) finish() dateFault {
	if p.next != wordNone {
		return faultFormat
	}
	if p.got&gotMeridian != 0 {
		if fault := p.applyMeridian(); fault != faultNone {
			return fault
		}
	}
	if p.micros > microsPerDay && !p.joinedClock {
		return faultRange
	}
	if p.special != "" || p.julian {
		return faultNone
	}
	return p.checkDate()
}

// checkDate completes the year and checks those fields of a date that are there.
func (p *dateParser) checkDate() dateFault {
	switch {
	case p.got&gotYear == 0:
	case p.bc:
		if p.year <= 0 {
			return faultRange
		}
		p.year = 1 - p.year
	case p.shortYear && p.year < 70:
		p.year += 2000
	case p.shortYear:
		p.year += 1900
	case p.year <= 0:
		return faultRange
	}
	if p.yearDay > 0 {
		_, p.month, p.day = CivilFromDate(DateFromCivil(p.year, 1, p.yearDay))
	}
	switch {
	case p.got&gotMonth != 0 && (p.month < 1 || p.month > 12), p.got&gotDay != 0 && (p.day < 1 || p.day > 31):
		return faultOrder
	case p.got&gotDate == gotDate && p.day > daysInMonth(p.year, p.month):
		return faultRange
	}
	return faultNone
}

func (p *dateParser) applyMeridian() dateFault {
	if p.hour > 12 {
		return faultRange
	}
	if p.hour == 12 {
		p.micros -= 12 * microsPerHour
	}
	p.micros += int64(p.meridian) * microsPerHour
	return faultNone
}

// dateError turns a fault into PostgreSQL's error.
func dateError(fault dateFault, typeName, s string, p *dateParser) error {
	switch {
	case p.zoneName != "":
		return pgerr.Newf(pgerr.InvalidParameterValue, "time zone \"%s\" not recognized", p.zoneName)
	case fault == faultRange:
		return pgerr.Newf(pgerr.DatetimeFieldOverflow, "date/time field value out of range: \"%s\"", s)
	case fault == faultOrder:
		return pgerr.Newf(pgerr.DatetimeFieldOverflow, "date/time field value out of range: \"%s\"", s).
			WithHint("Perhaps you need a different \"datestyle\" setting.")
	case fault == faultZone:
		return pgerr.Newf(pgerr.InvalidTimeZoneDisplacement, "time zone displacement out of range: \"%s\"", s)
	}
	return pgerr.Newf(pgerr.InvalidDatetimeFormat, "invalid input syntax for type %s: \"%s\"", typeName, s)
}
