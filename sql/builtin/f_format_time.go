package builtin

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// timeWords are the key words of date formats; those without their own spelling in
// lower case are accepted in it too.
var timeWords = makeTimeWords()

func makeTimeWords() []string {
	both := `HH24 HH12 HH MI SSSSS SSSS SS MS US FF1 FF2 FF3 FF4 FF5 FF6 Y,YYY YYYY YYY YY IYYY IYY IY
		MM DDD IDDD DD ID WW IW CC TZH TZM OF TZ J Q W D I Y AM PM A.M. P.M. BC AD B.C. A.D. MONTH MON DAY DY RM`
	words := strings.Fields("Month Mon Day Dy")
	for _, w := range strings.Fields(both) {
		words = append(words, w, strings.ToLower(w))
	}
	return words
}

// timeFields is a point in time or an interval taken apart for formatting.
type timeFields struct {
	year, month, day                     int
	hour, minute, second, micros         int
	weekday, yearDay                     int // Sunday is 0; the first day is 1
	julian                               int
	isoYear, isoWeek                     int
	zone                                 string
	offset                               int // seconds east of Greenwich
	isInterval, hasZone, infinite, isNeg bool
}

// fieldsOf takes a timestamp apart; with a location it is an instant.
func fieldsOf(ts int64, loc *time.Location) timeFields {
	f := timeFields{hasZone: loc != nil}
	if types.IsInfinite(ts) {
		f.infinite = true
		return f
	}
	if loc != nil {
		local := types.ToLocal(ts, loc)
		f.zone, _ = types.ToTime(ts).In(loc).Zone()
		f.offset = int((local - ts) / microsPerSecond)
		ts = local
	}
	days, micros := types.SplitTimestamp(ts)
	f.year, f.month, f.day = types.CivilFromDate(days)
	f.clock(micros)
	f.julian = int(days - minTimestampDays)
	f.weekday = ((int(days)+6)%7 + 7) % 7 // 2000-01-01 was a Saturday
	f.yearDay = int(days-types.DateFromCivil(f.year, 1, 1)) + 1
	f.isoYear, f.isoWeek = isoWeek(days)
	return f
}

func (f *timeFields) clock(micros int64) {
	f.micros = int(micros % microsPerSecond)
	seconds := micros / microsPerSecond
	f.hour, f.minute, f.second = int(seconds/3600), int(seconds/60%60), int(seconds%60)
}

// isoWeek returns the year and number of the ISO week: weeks begin on Monday, and
// the first has the year's first Thursday.
func isoWeek(days int64) (year, week int) {
	thursday := days - ((days+5)%7+7)%7 + 3
	year, _, _ = types.CivilFromDate(thursday)
	return year, int(thursday-types.DateFromCivil(year, 1, 1))/7 + 1
}

func intervalFields(v types.IntervalValue) timeFields {
	f := timeFields{isInterval: true, year: int(v.Months / 12), month: int(v.Months % 12), day: int(v.Days)}
	f.clock(v.Micros)
	f.isNeg = v.Micros < 0
	return f
}

func timeFormats() []Func {
	doc := "Text of a point in time or an interval in a format."
	entry := func(t types.Type, example string, v Volatility, f func(c *Call, i int) timeFields) Func {
		return Func{
			Name: "to_char", Args: list(t, types.Text), Returns: types.Text, Volatility: v, Doc: doc, Example: example,
			Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
				fields := f(c, i)
				if fields.infinite || len(c.Args[1].Bytes(i)) == 0 {
					out.Null()
					return nil
				}
				return grow(out, func(dst []byte) ([]byte, error) { return appendTime(dst, nodesOf(c, 1, i, timeWords), fields) })
			}),
		}
	}
	plain := entry(types.Timestamp, "to_char(timestamp '2002-04-20 17:31:12.66', 'HH12:MI:SS') = '05:31:12'", Immutable,
		func(c *Call, i int) timeFields { return fieldsOf(c.Args[0].Fix[i], nil) })
	plain.Kernel = timestampText
	return []Func{
		plain,
		entry(types.Timestamptz, "to_char(timestamptz '2002-04-20 17:31:12+00', 'YYYY-MM-DD') = '2002-04-20'", Stable,
			func(c *Call, i int) timeFields { return fieldsOf(c.Args[0].Fix[i], c.Env.Location()) }),
		entry(types.Interval, "to_char(interval '15h 2m 12s', 'HH24:MI:SS') = '15:02:12'", Immutable,
			func(c *Call, i int) timeFields { return intervalFields(intervalAt(c, 0, i)) }),
	}
}

var (
	monthNames = []string{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}
	dayNames   = []string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}
	romanNames = []string{"I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"}
)

// inCase writes a name as the key word is written.
func inCase(name, key string) string {
	switch key {
	case strings.ToUpper(key):
		return strings.ToUpper(name)
	case strings.ToLower(key):
		return strings.ToLower(name)
	}
	return name
}

func appendTime(dst []byte, nodes []formatNode, f timeFields) ([]byte, error) {
	for _, n := range nodes {
		if n.key == "" {
			dst = append(dst, n.text...)
			continue
		}
		s, err := f.word(n)
		if err != nil {
			return nil, err
		}
		if n.ordinal != "" {
			s += ordinalSuffix(s, n.ordinal)
		}
		dst = append(dst, s...)
	}
	return dst, nil
}

// ordinalSuffix returns st, nd, rd or th for a number, in the case of like.
func ordinalSuffix(number, like string) string {
	suffix := "th"
	n := len(number)
	if n > 0 && (n < 2 || number[n-2] != '1') {
		switch number[n-1] {
		case '1':
			suffix = "st"
		case '2':
			suffix = "nd"
		case '3':
			suffix = "rd"
		}
	}
	return inCase(suffix, like)
}

// digits writes a number with leading zeros, none with FM.
func (n formatNode) digits(x, width int) string {
	if n.fill {
		return strconv.Itoa(x)
	}
	sign := ""
	if x < 0 {
		sign, x = "-", -x
	}
	s := strconv.Itoa(x)
	if len(s) < width {
		s = zeros[:width-len(s)] + s
	}
	return sign + s
}

const zeros = "000000000"

func (n formatNode) name(name string, width int) string {
	if !n.fill {
		name += strings.Repeat(" ", max(width-len(name), 0))
	}
	return inCase(name, n.key)
}

// word formats one key word.
func (f timeFields) word(n formatNode) (string, error) {
	key := strings.ToUpper(n.key)
	if s, ok := f.clockWord(key, n); ok {
		return s, nil
	}
	if s, ok := f.yearWord(key, n); ok {
		return s, nil
	}
	if f.isInterval && strings.Contains(" MONTH MON DAY DY RM D ID W WW IW Q J DDD IDDD CC BC AD B.C. A.D. TZ TZH TZM OF ", " "+key+" ") &&
		!(key == "RM" || key == "Q" || key == "CC" || key == "D") {
		if key == "DDD" || key == "J" || key == "WW" || key == "W" || key == "ID" || key == "IW" || key == "IDDD" {
			return n.digits(f.day, 2), nil
		}
		return "", pgerr.New(pgerr.InvalidDatetimeFormat, "invalid format specification for an interval value").
			WithHint("Intervals are not tied to specific calendar dates.")
	}
	if s, ok := f.nameWord(key, n); ok {
		return s, nil
	}
	return f.zoneWord(key, n), nil
}

// clockWord formats the time of day.
func (f timeFields) clockWord(key string, n formatNode) (string, bool) {
	switch key {
	case "HH", "HH12":
		h := f.hour % 12
		if h == 0 {
			h = 12
		}
		return n.digits(h, 2), true
	case "HH24":
		return n.digits(f.hour, 2), true
	case "MI":
		return n.digits(f.minute, 2), true
	case "SS":
		return n.digits(f.second, 2), true
	case "SSSS", "SSSSS":
		return strconv.Itoa(f.hour*3600 + f.minute*60 + f.second), true
	case "MS":
		return fmt.Sprintf("%03d", f.micros/1000), true
	case "US", "FF6":
		return fmt.Sprintf("%06d", f.micros), true
	case "FF1", "FF2", "FF3", "FF4", "FF5":
		width := int(key[2] - '0')
		return fmt.Sprintf("%06d", f.micros)[:width], true
	case "AM", "PM":
		return inCase(map[bool]string{true: "PM", false: "AM"}[f.hour%24 >= 12], n.key), true
	case "A.M.", "P.M.":
		return inCase(map[bool]string{true: "P.M.", false: "A.M."}[f.hour%24 >= 12], n.key), true
	}
	return "", false
}

// shownYear is the year without sign: 1 BC is year 0 of the calendar.
func (f timeFields) shownYear(year int) int {
	if year <= 0 && !f.isInterval {
		return 1 - year
	}
	return year
}

func (f timeFields) yearWord(key string, n formatNode) (string, bool) {
	year := f.shownYear(f.year)
	if key[0] == 'I' && strings.Trim(key[1:], "Y") == "" {
		year, key = f.shownYear(f.isoYear), "Y"+key[1:]
	}
	switch key {
	case "YYYY":
		return n.digits(year, 4), true
	case "YYY":
		return n.digits(year%1000, 3), true
	case "YY":
		return n.digits(year%100, 2), true
	case "Y":
		return strconv.Itoa(year % 10), true
	case "Y,YYY":
		return fmt.Sprintf("%d,%03d", year/1000, year%1000), true
	case "CC":
		century := (f.year + 99) / 100
		if f.year <= 0 {
			century = -(1-f.year-1)/100 - 1
		}
		return n.digits(century, 2), true
	}
	return "", false
}

func (f timeFields) nameWord(key string, n formatNode) (string, bool) {
	switch key {
	case "MONTH":
		return n.name(monthNames[f.month-1], 9), true
	case "MON":
		return inCase(monthNames[f.month-1][:3], n.key), true
	case "MM":
		return n.digits(f.month, 2), true
	case "RM":
		if f.month == 0 {
			return "", true
		}
		return n.name(romanNames[f.month-1], 4), true
	case "DAY":
		return n.name(dayNames[f.weekday], 9), true
	case "DY":
		return inCase(dayNames[f.weekday][:3], n.key), true
	case "DDD":
		return n.digits(f.yearDay, 3), true
	case "IDDD":
		return n.digits((f.isoWeek-1)*7+(f.weekday+6)%7+1, 3), true
	case "DD":
		return n.digits(f.day, 2), true
	case "D":
		return strconv.Itoa(f.weekday + 1), true
	case "ID":
		return strconv.Itoa((f.weekday+6)%7 + 1), true
	case "WW":
		return n.digits((f.yearDay-1)/7+1, 2), true
	case "W":
		return strconv.Itoa((f.day-1)/7 + 1), true
	case "IW":
		return n.digits(f.isoWeek, 2), true
	case "Q":
		if f.month == 0 {
			return "", true
		}
		return strconv.Itoa((f.month-1)/3 + 1), true
	case "J":
		return strconv.Itoa(f.julian), true
	}
	return "", false
}

func (f timeFields) zoneWord(key string, n formatNode) string {
	hours, minutes := f.offset/3600, f.offset/60%60
	if minutes < 0 {
		minutes = -minutes
	}
	sign := "+"
	if f.offset < 0 {
		sign, hours = "-", -hours
	}
	switch key {
	case "BC", "AD":
		return inCase(map[bool]string{true: "BC", false: "AD"}[f.year <= 0], n.key)
	case "B.C.", "A.D.":
		return inCase(map[bool]string{true: "B.C.", false: "A.D."}[f.year <= 0], n.key)
	case "TZ":
		return inCase(f.zone, n.key)
	case "TZH":
		return fmt.Sprintf("%s%02d", sign, hours)
	case "TZM":
		return fmt.Sprintf("%02d", minutes)
	}
	s := sign + n.digits(hours, 2) // OF
	if minutes != 0 {
		s += fmt.Sprintf(":%02d", minutes)
	}
	return s
}
