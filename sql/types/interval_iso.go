package types

import (
	"strconv"
	"strings"
)

// isoDateUnits and isoTimeUnits are the letters of ISO 8601 durations.
var (
	isoDateUnits = map[byte]intervalUnit{'Y': unitYear, 'M': unitMonth, 'W': unitWeek, 'D': unitDay}
	isoTimeUnits = map[byte]intervalUnit{'H': unitHour, 'M': unitMinute, 'S': unitSecond}
)

// parseISO reads what follows P: 1Y2M3DT4H5M6S, 2W, or 0001-02-03T04:05:06.
func (p *intervalParser) parseISO(s string) (IntervalValue, error) {
	if s == "" {
		return IntervalValue{}, p.bad()
	}
	date, clock, _ := strings.Cut(s, "T")
	if err := p.isoPart(date, isoDateUnits, p.isoDate); err != nil {
		return IntervalValue{}, err
	}
	if err := p.isoPart(clock, isoTimeUnits, p.isoTime); err != nil {
		return IntervalValue{}, err
	}
	return p.total()
}

// isoPart reads numbers each followed by a letter; alternative reads the form
// that has no letters.
func (p *intervalParser) isoPart(s string, units map[byte]intervalUnit, alternative func(string) error) error {
	if s != "" && isDigit(s[len(s)-1]) {
		return alternative(s)
	}
	for s != "" {
		end := 0
		for end < len(s) && !isLetter(s[end]) {
			end++
		}
		if end == len(s) || end == 0 || units[s[end]] == unitNone {
			return p.bad()
		}
		if strings.LastIndexByte(s[:end], '-') > 0 || strings.Contains(s[:end], ":") {
			return p.bad()
		}
		if err := p.addNumber(s[:end], units[s[end]]); err != nil {
			return err
		}
		s = s[end+1:]
	}
	return nil
}

// isoDate reads years-months-days, or the same without hyphens as 4, 2, 2 digits.
func (p *intervalParser) isoDate(s string) error {
	if len(s) == 8 && allDigits(s) {
		s = s[:4] + "-" + s[4:6] + "-" + s[6:]
	}
	return p.isoFields(strings.Split(s, "-"), []intervalUnit{unitYear, unitMonth, unitDay})
}

// isoTime reads hours:minutes:seconds, or the same without colons.
func (p *intervalParser) isoTime(s string) error {
	if len(s) >= 6 && allDigits(s[:6]) {
		s = s[:2] + ":" + s[2:4] + ":" + s[4:]
	}
	return p.isoFields(strings.Split(s, ":"), []intervalUnit{unitHour, unitMinute, unitSecond})
}

func (p *intervalParser) isoFields(parts []string, units []intervalUnit) error {
	if len(parts) > len(units) {
		return p.bad()
	}
	for i, w := range parts {
		x, err := strconv.ParseFloat(w, 64)
		if err != nil || w == "" || !isDigit(w[0]) {
			return p.bad()
		}
		if !p.add(int64(x), x-float64(int64(x)), units[i]) {
			return p.overflow()
		}
	}
	return nil
}
