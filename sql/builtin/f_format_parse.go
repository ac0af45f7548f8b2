package builtin

import (
	"strconv"
	"strings"
	"time"

	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// parsedTime is what to_date and to_timestamp read. A field that is absent has its
// least value.
type parsedTime struct {
	input                        string
	year, month, day             int
	hour, minute, second, micros int
	yearDay, julian              int
	week, weekOfMonth            int // WW, W
	isoWeek, isoDay, isoYear     int
	century                      int
	pm, am, bc                   bool
	hour12                       bool
	daySeconds                   int
	offset                       int
	hasYear, hasOffset, hasISO   bool
	hasDaySeconds                bool
	offsetSign                   int
}

func parseFormatted(c *Call, i int) (parsedTime, error) {
	return parseTime(string(c.Args[0].Bytes(i)), nodesOf(c, 1, i, timeWords))
}

func isDigit(b byte) bool  { return b >= '0' && b <= '9' }
func isLetter(b byte) bool { return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }
func isBlank(b byte) bool  { return b == ' ' || b >= '\t' && b <= '\r' }

// parseTime reads s by the nodes of a format.
func parseTime(s string, nodes []formatNode) (parsedTime, error) {
	t := parsedTime{input: s, month: 1, day: 1, offsetSign: 1}
	p := timeParser{rest: s, t: &t}
	for k, n := range nodes {
		if n.key == "" {
			p.text(n.text, k == 0)
			continue
		}
		p.skipBlanks()
		fixed := k+1 < len(nodes) && nodes[k+1].key != "" && n.ordinal == "" && isNumberWord(nodes[k+1].key)
		if p.rest == "" {
			break
		}
		if err := p.word(n, fixed); err != nil {
			return t, err
		}
		if n.ordinal != "" && len(p.rest) >= 2 {
			p.rest = p.rest[2:]
		}
	}
	return t, nil
}

// isNumberWord reports whether a key word is read as digits.
func isNumberWord(key string) bool {
	switch strings.ToUpper(key) {
	case "MONTH", "MON", "DAY", "DY", "AM", "PM", "A.M.", "P.M.", "BC", "AD", "B.C.", "A.D.", "RM", "TZ":
		return false
	}
	return true
}

type timeParser struct {
	rest string
	t    *parsedTime
}

func (p *timeParser) skipBlanks() {
	for p.rest != "" && isBlank(p.rest[0]) {
		p.rest = p.rest[1:]
	}
}

// text matches literal text of the format: separators match any run of separators,
// anything else skips one character.
func (p *timeParser) text(s string, first bool) {
	isSeparator := func(b byte) bool { return b < 0x80 && !isDigit(b) && !isLetter(b) }
	for i := range len(s) {
		switch {
		case !isSeparator(s[i]):
			p.rest = p.rest[charOffset([]byte(p.rest), 1):]
		case first && p.rest != "" && !isSeparator(p.rest[0]):
		default:
			for p.rest != "" && isSeparator(p.rest[0]) && !p.startsNumber() {
				p.rest = p.rest[1:]
			}
		}
	}
}

// startsNumber reports whether a sign with a digit comes that is no mere separator.
func (p *timeParser) startsNumber() bool {
	return len(p.rest) > 1 && p.rest[0] == '+' && isDigit(p.rest[1])
}

// number reads digits, at most width of them where fixed.
func (p *timeParser) number(key string, width int, fixed bool) (int, error) {
	limit := len(p.rest)
	if fixed {
		limit = min(limit, width)
	}
	n := 0
	if n < limit && (p.rest[0] == '-' || p.rest[0] == '+') {
		n++
	}
	start := n
	for n < limit && isDigit(p.rest[n]) {
		n++
	}
	if n == start {
		return 0, pgerr.Newf(pgerr.InvalidDatetimeFormat, "invalid value \"%s\" for \"%s\"", cut(p.rest, width), key).
			WithDetail("Value must be an integer.")
	}
	x, err := strconv.Atoi(p.rest[:n])
	if err != nil || x != int(int32(x)) {
		return 0, pgerr.Newf(pgerr.DatetimeFieldOverflow, "value for \"%s\" in source string is out of range", key)
	}
	p.rest = p.rest[n:]
	return x, nil
}

func cut(s string, n int) string { return s[:charOffset([]byte(s), int64(n))] }

// fraction reads the digits of a fraction of a second as microseconds.
func (p *timeParser) fraction(key string, width int, fixed bool) (int, error) {
	before := len(p.rest)
	x, err := p.number(key, width, fixed)
	if err != nil {
		return 0, err
	}
	for n := before - len(p.rest); n < 6; n++ {
		x *= 10
	}
	return x, nil
}

// oneOf reads the longest of the names, case ignored, and returns its number.
func (p *timeParser) oneOf(key string, names []string, short bool) (int, error) {
	for k, name := range names {
		if short {
			name = name[:3]
		}
		if len(p.rest) >= len(name) && strings.EqualFold(p.rest[:len(name)], name) {
			p.rest = p.rest[len(name):]
			return k, nil
		}
	}
	return 0, pgerr.Newf(pgerr.InvalidDatetimeFormat, "invalid value \"%s\" for \"%s\"", firstWord(p.rest), key).
		WithDetail("The given value did not match any of the allowed values for this field.")
}

func firstWord(s string) string {
	word, _, _ := strings.Cut(s, " ")
	return word
}

// numberFields are the key words that store a plain number.
var numberFields = map[string]struct {
	width int
	field func(t *parsedTime) *int
}{
	"MM": {2, func(t *parsedTime) *int { return &t.month }}, "DD": {2, func(t *parsedTime) *int { return &t.day }},
	"DDD": {3, func(t *parsedTime) *int { return &t.yearDay }}, "HH24": {2, func(t *parsedTime) *int { return &t.hour }},
	"MI": {2, func(t *parsedTime) *int { return &t.minute }}, "SS": {2, func(t *parsedTime) *int { return &t.second }},
	"J": {9, func(t *parsedTime) *int { return &t.julian }}, "WW": {2, func(t *parsedTime) *int { return &t.week }},
	"W": {1, func(t *parsedTime) *int { return &t.weekOfMonth }}, "IW": {2, func(t *parsedTime) *int { return &t.isoWeek }},
	"ID": {1, func(t *parsedTime) *int { return &t.isoDay }}, "CC": {2, func(t *parsedTime) *int { return &t.century }},
}

func (p *timeParser) word(n formatNode, fixed bool) (err error) {
	t, key := p.t, strings.ToUpper(n.key)
	if f, ok := numberFields[key]; ok {
		*f.field(t), err = p.number(n.key, f.width, fixed && !n.fill)
		t.hasISO = t.hasISO || key[0] == 'I'
		return err
	}
	switch key {
	case "HH", "HH12":
		t.hour12 = true
		t.hour, err = p.number(n.key, 2, fixed && !n.fill)
		if err == nil && (t.hour < 1 || t.hour > 12) {
			err = pgerr.Newf(pgerr.InvalidDatetimeFormat, "hour \"%d\" is invalid for the 12-hour clock", t.hour).
				WithHint("Use the 24-hour clock, or give an hour between 1 and 12.")
		}
	case "SSSS", "SSSSS":
		t.hasDaySeconds = true
		t.daySeconds, err = p.number(n.key, 5, fixed)
	case "MS", "FF3":
		t.micros, err = p.fraction(n.key, 3, fixed)
	case "US", "FF6":
		t.micros, err = p.fraction(n.key, 6, fixed)
	case "FF1", "FF2", "FF4", "FF5":
		t.micros, err = p.fraction(n.key, int(key[2]-'0'), true)
	default:
		return p.longWord(key, n, fixed)
	}
	return err
}

func (p *timeParser) longWord(key string, n formatNode, fixed bool) (err error) {
	t := p.t
	switch key {
	case "YYYY", "YYY", "YY", "Y", "IYYY", "IYY", "IY", "I", "Y,YYY":
		return p.year(key, n, fixed)
	case "MONTH", "MON":
		t.month, err = p.oneOf(n.key, monthNames, false)
		if err != nil {
			t.month, err = p.oneOf(n.key, monthNames, true)
		}
		t.month++
	case "RM":
		for k := len(romanNames) - 1; k >= 0; k-- {
			if len(p.rest) >= len(romanNames[k]) && strings.EqualFold(p.rest[:len(romanNames[k])], romanNames[k]) && t.month == 1 {
				t.month, p.rest = k+1, p.rest[len(romanNames[k]):]
			}
		}
	case "DAY":
		_, err = p.oneOf(n.key, dayNames, false)
	case "DY":
		_, err = p.oneOf(n.key, dayNames, true)
	case "AM", "PM":
		k := 0
		k, err = p.oneOf(n.key, []string{"AM", "PM"}, false)
		t.am, t.pm = k == 0, k == 1
	case "A.M.", "P.M.":
		k := 0
		k, err = p.oneOf(n.key, []string{"A.M.", "P.M."}, false)
		t.am, t.pm = k == 0, k == 1
	case "BC", "AD":
		k := 0
		k, err = p.oneOf(n.key, []string{"AD", "BC"}, false)
		t.bc = k == 1
	case "B.C.", "A.D.":
		k := 0
		k, err = p.oneOf(n.key, []string{"A.D.", "B.C."}, false)
		t.bc = k == 1
	case "D", "Q":
		_, err = p.number(n.key, 1, fixed)
	case "TZH":
		err = p.zoneHours(n.key)
	case "TZM":
		x := 0
		x, err = p.number(n.key, 2, fixed)
		t.offset += t.offsetSign * x * 60
	case "TZ", "OF":
		return pgerr.Newf(pgerr.FeatureNotSupported, "formatting field \"%s\" is only supported in to_char", n.key)
	default:
		return pgerr.Newf(pgerr.FeatureNotSupported, "formatting field \"%s\" is not supported here", n.key)
	}
	return err
}

func (p *timeParser) zoneHours(key string) error {
	t := p.t
	if p.rest != "" && (p.rest[0] == '-' || p.rest[0] == '+') {
		if p.rest[0] == '-' {
			t.offsetSign = -1
		}
		p.rest = p.rest[1:]
	}
	x, err := p.number(key, 2, true)
	t.offset += t.offsetSign * x * 3600
	t.hasOffset = true
	return err
}

// year reads a year; fewer than four digits are taken near 2020.
func (p *timeParser) year(key string, n formatNode, fixed bool) error {
	width := strings.Count(key, "Y") + strings.Count(key, "I")
	thousands := 0
	if key == "Y,YYY" {
		var err error
		if thousands, err = p.number(n.key, 1, false); err != nil {
			return err
		}
		p.rest = strings.TrimPrefix(p.rest, ",")
		width, fixed = 3, true
	}
	before := len(p.rest)
	x, err := p.number(n.key, width, fixed && !n.fill)
	if err != nil {
		return err
	}
	if key != "Y,YYY" && before-len(p.rest) < 4 && width < 4 {
		x = nearYear(x)
	}
	x += thousands * 1000
	p.t.hasYear = true
	if key[0] == 'I' {
		p.t.isoYear, p.t.hasISO = x, true
		return nil
	}
	p.t.year = x
	return nil
}

func nearYear(x int) int {
	switch {
	case x < 70:
		return x + 2000
	case x < 100:
		return x + 1900
	case x < 520:
		return x + 2000
	case x < 1000:
		return x + 1000
	}
	return x
}

func (t parsedTime) outOfRange() error {
	return pgerr.Newf(pgerr.DatetimeFieldOverflow, "date/time field value out of range: \"%s\"", t.input)
}

// date returns the days since 2000-01-01.
func (t parsedTime) date() (int64, error) {
	switch {
	case t.julian != 0:
		return int64(t.julian) + minTimestampDays, nil
	case t.hasISO && t.isoYear != 0:
		return t.isoDate(), nil
	}
	year := t.year
	if t.century != 0 && !t.hasYear {
		year = (t.century-1)*100 + 1
	}
	switch {
	case t.bc && year > 0:
		year = 1 - year
	case year < 0:
		year++
	case !t.hasYear && t.century == 0, year == 0:
		year = 0 // 1 BC, PostgreSQL's value for no year
	}
	if t.yearDay != 0 {
		return types.DateFromCivil(year, 1, 1) + int64(t.yearDay) - 1, nil
	}
	if t.week != 0 {
		return types.DateFromCivil(year, 1, 1) + int64(t.week-1)*7, nil
	}
	day := t.day
	if t.weekOfMonth != 0 {
		day = (t.weekOfMonth-1)*7 + 1
	}
	if t.month < 1 || t.month > 12 || day < 1 || day > 31 {
		return 0, t.outOfRange()
	}
	days := types.DateFromCivil(year, t.month, day)
	if _, m, _ := types.CivilFromDate(days); m != t.month {
		return 0, t.outOfRange()
	}
	return days, nil
}

// isoDate is the day of an ISO week date.
func (t parsedTime) isoDate() int64 {
	fourth := types.DateFromCivil(t.isoYear, 1, 4)
	monday := fourth - ((fourth+5)%7+7)%7
	return monday + int64(max(t.isoWeek, 1)-1)*7 + int64(max(t.isoDay, 1)-1)
}

// timestamp returns the point in time; without an offset in the text it is read on
// the clock of loc (nil: UTC).
func (t parsedTime) timestamp(loc *time.Location) (int64, error) {
	days, err := t.date()
	if err != nil {
		return 0, err
	}
	hour := t.hour
	switch {
	case t.hour12 && t.pm && hour < 12:
		hour += 12
	case t.hour12 && t.am && hour == 12:
		hour = 0
	}
	if hour > 24 || t.minute > 59 || t.second > 60 || hour < 0 || t.minute < 0 || t.second < 0 {
		return 0, t.outOfRange()
	}
	micros := int64(hour)*3600 + int64(t.minute)*60 + int64(t.second)
	if t.hasDaySeconds {
		micros = int64(t.daySeconds)
	}
	ts, err := checkTimestamp(days, micros*microsPerSecond+int64(t.micros))
	switch {
	case err != nil:
		return 0, err
	case t.hasOffset:
		return ts - int64(t.offset)*microsPerSecond, nil
	case loc == nil:
		return ts, nil
	}
	return types.FromLocal(ts, loc), nil
}
