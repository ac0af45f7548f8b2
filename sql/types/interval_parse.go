package types

import (
	"math"
	"strconv"
	"strings"

	"millrace/sql/pgerr"
)

// intervalUnit is a unit of time; the order is from small to large.
type intervalUnit uint8

const (
	unitNone intervalUnit = iota
	unitMicrosecond
	unitMillisecond
	unitSecond
	unitMinute
	unitHour
	unitDay
	unitWeek
	unitMonth
	unitQuarter
	unitYear
	unitDecade
	unitCentury
	unitMillennium
)

// intervalUnits are the spellings; words are cut to ten letters before the
// look-up, as PostgreSQL does.
var intervalUnits = map[string]intervalUnit{
	"us": unitMicrosecond, "usec": unitMicrosecond, "usecs": unitMicrosecond, "usecond": unitMicrosecond,
	"useconds": unitMicrosecond, "microsecon": unitMicrosecond,
	"ms": unitMillisecond, "msec": unitMillisecond, "msecs": unitMillisecond, "msecond": unitMillisecond,
	"mseconds": unitMillisecond, "millisecon": unitMillisecond,
	"s": unitSecond, "sec": unitSecond, "secs": unitSecond, "second": unitSecond, "seconds": unitSecond,
	"m": unitMinute, "min": unitMinute, "mins": unitMinute, "minute": unitMinute, "minutes": unitMinute,
	"h": unitHour, "hr": unitHour, "hrs": unitHour, "hour": unitHour, "hours": unitHour,
	"d": unitDay, "day": unitDay, "days": unitDay,
	"w": unitWeek, "week": unitWeek, "weeks": unitWeek,
	"mon": unitMonth, "mons": unitMonth, "month": unitMonth, "months": unitMonth,
	"qtr": unitQuarter, "quarter": unitQuarter,
	"y": unitYear, "yr": unitYear, "yrs": unitYear, "year": unitYear, "years": unitYear,
	"dec": unitDecade, "decs": unitDecade, "decade": unitDecade, "decades": unitDecade,
	"c": unitCentury, "cent": unitCentury, "century": unitCentury, "centuries": unitCentury,
	"mil": unitMillennium, "mils": unitMillennium, "millennia": unitMillennium, "millennium": unitMillennium,
}

const unitWordMax = 10

func lookupUnit(word string) intervalUnit {
	if len(word) > unitWordMax {
		word = word[:unitWordMax]
	}
	return intervalUnits[word]
}

// ParseInterval reads the text form of an interval in any of PostgreSQL's
// spellings; t gives the fields that a bare number means.
func ParseInterval(t Type, s string, f *Format) (IntervalValue, error) {
	p := intervalParser{text: s}
	p.fields, _ = t.intervalMod()
	p.sqlStandard = f != nil && f.IntervalStyle == "sql_standard"
	v, err := p.parse()
	if err != nil {
		return v, err
	}
	return v.ApplyTypmod(t), nil
}

func parseIntervalDatum(t Type, s string, f *Format) (Datum, error) {
	v, err := ParseInterval(t, s, f)
	if err != nil {
		return Null, err
	}
	return v.Datum(), nil
}

type intervalParser struct {
	text        string
	fields      int32
	sqlStandard bool

	out   IntervalValue
	years int32
	seen  uint32 // bit per intervalUnit, to refuse a unit that comes twice
}

func (p *intervalParser) bad() error {
	return pgerr.Newf(pgerr.InvalidDatetimeFormat, "invalid input syntax for type interval: \"%s\"", p.text)
}

func (p *intervalParser) overflow() error {
	return pgerr.Newf(pgerr.IntervalFieldOverflow, "interval field value out of range: \"%s\"", p.text)
}

func (p *intervalParser) parse() (IntervalValue, error) {
	w := trimSpace(p.text)
	if w != "" && (w[0] == 'P') {
		return p.parseISO(w[1:])
	}
	tokens, ok := splitInterval(w)
	if !ok || len(tokens) == 0 {
		return IntervalValue{}, p.bad()
	}
	if p.sqlStandard {
		propagateSign(tokens)
	}
	if err := p.fromTokens(tokens); err != nil {
		return IntervalValue{}, err
	}
	return p.total()
}

// splitInterval cuts the text into lower-case words and numbers with their signs.
func splitInterval(s string) (tokens []string, ok bool) {
	for i := 0; i < len(s); {
		start := i
		switch c := lower(s[i]); {
		case isSpace(c) || c != '+' && c != '-' && c != '.' && isPunctuation(c):
			i++
			continue
		case c >= 'a' && c <= 'z':
			for i < len(s) && isLetter(s[i]) {
				i++
			}
			tokens = append(tokens, strings.ToLower(s[start:i]))
		case c == '+' || c == '-':
			for i++; i < len(s) && isSpace(s[i]); i++ {
			}
			from := i
			i = numberEnd(s, i)
			if i == from {
				return nil, false
			}
			tokens = append(tokens, string(c)+s[from:i])
		default:
			i = numberEnd(s, i)
			if i == start {
				return nil, false
			}
			tokens = append(tokens, s[start:i])
		}
	}
	return tokens, true
}

func isLetter(c byte) bool { c = lower(c); return c >= 'a' && c <= 'z' }

func isDigit(c byte) bool { return c-'0' <= 9 }

// numberEnd returns the end of a number, a time or years-months at s[i:].
func numberEnd(s string, i int) int {
	start := i
	for i < len(s) && (isDigit(s[i]) || s[i] == '.' || s[i] == ':' ||
		(s[i] == '-' && i > start && i+1 < len(s) && isDigit(s[i+1]))) {
		i++
	}
	return i
}

// propagateSign applies the SQL standard's rule: one leading minus is for all fields.
func propagateSign(tokens []string) {
	if tokens[0][0] != '-' {
		return
	}
	for _, w := range tokens[1:] {
		if w[0] == '-' || w[0] == '+' {
			return
		}
	}
	for i, w := range tokens[1:] {
		if !isLetter(w[0]) {
			tokens[i+1] = "-" + w
		}
	}
}

// fromTokens reads from right to left, since a unit follows its number.
func (p *intervalParser) fromTokens(tokens []string) error {
	unit, ago := unitNone, false
	for i := len(tokens) - 1; i >= 0; i-- {
		w := tokens[i]
		switch {
		case w == "ago":
			ago, unit = true, unitQuarter // a number must not come right before it
		case isLetter(w[0]):
			if unit = lookupUnit(w); unit == unitNone || unit == unitQuarter {
				return p.bad()
			}
		case strings.Contains(w, ":"):
			if err := p.addTime(w); err != nil {
				return err
			}
			unit = unitDay // a bare number before a time means days
		default:
			if unit == unitNone {
				unit = p.defaultUnit()
			}
			if err := p.addNumber(w, unit); err != nil {
				return err
			}
			if unit == unitHour {
				unit = unitDay
			}
		}
	}
	if p.seen == 0 {
		return p.bad()
	}
	if ago {
		v, err := p.out.Neg()
		if err != nil || p.years == math.MinInt32 {
			return p.overflow()
		}
		p.out, p.years = v, -p.years
	}
	return nil
}

// defaultUnit is what a number without unit means: the smallest declared field.
func (p *intervalParser) defaultUnit() intervalUnit {
	switch {
	case p.fields == intervalFullRange, p.fields&fieldSecond != 0:
		return unitSecond
	case p.fields&fieldMinute != 0:
		return unitMinute
	case p.fields&fieldHour != 0:
		return unitHour
	case p.fields&fieldDay != 0:
		return unitDay
	case p.fields&fieldMonth != 0:
		return unitMonth
	}
	return unitYear
}

// addNumber adds a signed number with an optional fraction, or years-months.
func (p *intervalParser) addNumber(w string, unit intervalUnit) error {
	negative := w[0] == '-'
	digits := strings.TrimLeft(w, "+-")
	if years, months, ok := strings.Cut(digits, "-"); ok {
		return p.addYearMonth(years, months, negative)
	}
	whole, fraction, _ := strings.Cut(digits, ".")
	if !allDigits(whole) || !allDigits(fraction) || whole+fraction == "" {
		return p.bad()
	}
	n, frac := int64(0), 0.0
	if whole != "" {
		var err error
		if n, err = strconv.ParseInt(whole, 10, 64); err != nil {
			return p.overflow()
		}
	}
	if fraction != "" {
		frac, _ = strconv.ParseFloat("0."+fraction, 64)
	}
	if negative {
		n, frac = -n, -frac
	}
	claimed := uint32(1) << unit
	if unit == unitSecond && frac != 0 {
		claimed = allSeconds
	}
	if unit == unitQuarter || !p.claim(claimed) {
		return p.bad()
	}
	if !p.add(n, frac, unit) {
		return p.overflow()
	}
	return nil
}

// allSeconds are the units that seconds with a fraction stand for.
const allSeconds = 1<<unitSecond | 1<<unitMillisecond | 1<<unitMicrosecond

// claim notes that units were given; each may be given once.
func (p *intervalParser) claim(units uint32) bool {
	if p.seen&units != 0 {
		return false
	}
	p.seen |= units
	return true
}

func (p *intervalParser) addYearMonth(years, months string, negative bool) error {
	y, err1 := strconv.ParseInt(years, 10, 32)
	m, err2 := strconv.ParseInt(months, 10, 32)
	if err1 != nil || err2 != nil || !p.claim(1<<unitMonth) {
		return p.bad()
	}
	if m >= monthsPerYear {
		return p.overflow()
	}
	total := y*monthsPerYear + m
	if negative {
		total = -total
	}
	if !p.addMonths(total) {
		return p.overflow()
	}
	return nil
}

// monthsOf, yearsOf and microsOf are the sizes of the units; 0 where it has none.
var monthsOf = [...]int64{
	unitMonth: 1, unitYear: 12, unitDecade: 120, unitCentury: 1200, unitMillennium: 12000,
}

var yearsOf = [...]int64{unitYear: 1, unitDecade: 10, unitCentury: 100, unitMillennium: 1000}

var microsOf = [...]int64{
	unitMicrosecond: 1, unitMillisecond: 1000, unitSecond: microsPerSecond,
	unitMinute: microsPerMinute, unitHour: microsPerHour, unitDay: 0,
}

// add adds n + frac units, handing fractions down to smaller fields.
func (p *intervalParser) add(n int64, frac float64, unit intervalUnit) bool {
	switch {
	case unit <= unitHour:
		size := microsOf[unit]
		sum, ok := addMulMicros(p.out.Micros, n, size)
		if !ok {
			return false
		}
		p.out.Micros = sum
		return p.addMicros(frac * float64(size))
	case unit == unitDay:
		return p.addDays(n) && p.addMicros(frac*float64(microsPerDay))
	case unit == unitWeek:
		return n < math.MaxInt32 && n > math.MinInt32 && p.addDays(7*n) && p.addFractionDays(frac*7)
	case unit == unitMonth:
		return p.addMonths(n) && p.addFractionDays(frac*daysPerMonth)
	}
	size := yearsOf[unit]
	if n > math.MaxInt32 || n < math.MinInt32 {
		return false
	}
	years := int64(p.years) + n*size
	p.years = int32(years)
	return years == int64(p.years) && p.addMonths(int64(math.RoundToEven(frac*float64(size*monthsPerYear))))
}

// total adds the years to the months.
func (p *intervalParser) total() (IntervalValue, error) {
	months := int64(p.years)*monthsPerYear + int64(p.out.Months)
	return p.out.with(months, int64(p.out.Days))
}

func (p *intervalParser) addMicros(x float64) bool {
	sum := p.out.Micros + int64(math.RoundToEven(x))
	ok := (sum > p.out.Micros) == (math.RoundToEven(x) > 0)
	p.out.Micros = sum
	return ok
}

func (p *intervalParser) addFractionDays(x float64) bool {
	whole := math.Trunc(x)
	return p.addDays(int64(whole)) && p.addMicros((x-whole)*float64(microsPerDay))
}

func (p *intervalParser) addDays(n int64) bool {
	sum := int64(p.out.Days) + n
	p.out.Days = int32(sum)
	return n == int64(int32(n)) && sum == int64(int32(sum))
}

func (p *intervalParser) addMonths(n int64) bool {
	sum := int64(p.out.Months) + n
	p.out.Months = int32(sum)
	return n == int64(int32(n)) && sum == int64(int32(sum))
}

// addTime adds [-]hours:minutes[:seconds]; mm:ss.f without hours.
func (p *intervalParser) addTime(w string) error {
	if !p.claim(allSeconds | 1<<unitMinute | 1<<unitHour) {
		return p.bad()
	}
	negative := w[0] == '-'
	parts := strings.Split(strings.TrimLeft(w, "+-"), ":")
	if len(parts) == 2 && (strings.Contains(parts[1], ".") || p.fields == fieldMinute|fieldSecond) {
		parts = []string{"0", parts[0], parts[1]}
	}
	if len(parts) == 2 {
		parts = append(parts, "0")
	}
	micros, ok, fits := clockMicros(parts)
	switch {
	case !ok:
		return p.bad()
	case !fits:
		return p.overflow()
	case negative:
		micros = -micros
	}
	if sum := p.out.Micros + micros; (sum > p.out.Micros) == (micros > 0) {
		p.out.Micros = sum
		return nil
	}
	return p.overflow()
}

// clockMicros adds up hours, minutes and seconds. ok is false for what are no
// numbers, fits for what is out of range.
func clockMicros(parts []string) (micros int64, ok, fits bool) {
	if len(parts) != 3 {
		return 0, false, false
	}
	whole, fraction, _ := strings.Cut(parts[2], ".")
	if !allDigits(parts[0] + parts[1] + whole + fraction) {
		return 0, false, false
	}
	h, err := strconv.ParseInt("0"+parts[0], 10, 64)
	m, err1 := strconv.ParseInt("0"+parts[1], 10, 32) // 04: is 04:00
	s, err2 := strconv.ParseInt("0"+whole, 10, 32)
	if err != nil || err1 != nil || err2 != nil || m > 59 || s > 60 {
		return 0, true, false
	}
	rest := m*microsPerMinute + s*microsPerSecond + fractionMicros(fraction)
	micros, fits = addMulMicros(rest, h, microsPerHour)
	return micros, true, fits || h == 0
}

// fractionMicros reads the digits after the point of seconds, rounded.
func fractionMicros(digits string) int64 {
	if digits == "" {
		return 0
	}
	x, _ := strconv.ParseFloat("0."+digits, 64)
	return int64(math.RoundToEven(x * 1e6))
}
