package builtin

import (
	"strings"
	"time"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

var ksqlTimeFuncs = concat(ksqlAddFuncs(), ksqlFormatFuncs(), []Func{
	{
		Name: "convert_tz", Args: list(types.Timestamp, types.Text, types.Text), Returns: types.Timestamp,
		Doc:     "ksqlDB: what the clock of the second zone shows when that of the first shows the timestamp.",
		Example: "convert_tz(timestamp '2024-01-01 12:00', 'UTC', 'Europe/Berlin') = timestamp '2024-01-01 13:00'", Kernel: rowsKernel(convertZone),
	},
	{
		Name: "from_days", Args: list(types.Int4), Returns: types.Date, Doc: "ksqlDB: the date so many days after 1970-01-01.",
		Example: "from_days(1) = date '1970-01-02'", Kernel: words(func(x int64) int64 { return x - daysTo2000 }),
	},
	{
		Name: "unix_date", Args: list(), Returns: types.Int4, Volatility: Stable, Doc: "ksqlDB: days from 1970-01-01 to the start of the transaction, in UTC.",
		Example: "(unix_date() > 0) = true", Kernel: datums(func(c *Call, _ []types.Datum) (types.Datum, error) {
			days, _ := types.SplitTimestamp(c.Env.Now)
			return types.FixedDatum(days + daysTo2000), nil
		}),
	},
	{
		Name: "unix_date", Args: list(types.Date), Returns: types.Int4, Doc: "ksqlDB: days from 1970-01-01 to a date.",
		Example: "unix_date(date '1970-01-02') = 1", Kernel: words1(func(x int64) (int64, error) {
			if types.IsInfinite(x) {
				return 0, outOfRange(types.Int4)
			}
			return x + daysTo2000, nil
		}),
	},
})

// daysTo2000 is the number of days from 1970-01-01 to 2000-01-01.
const daysTo2000 = 10957

// ksqlUnits are ksqlDB's units of time.
var ksqlUnits = map[string]types.IntervalValue{
	"MILLISECOND": {Micros: 1000}, "SECOND": {Micros: microsPerSecond}, "MINUTE": {Micros: 60 * microsPerSecond},
	"HOUR": {Micros: 3600 * microsPerSecond}, "DAY": {Days: 1}, "WEEK": {Days: 7}, "MONTH": {Months: 1}, "YEAR": {Months: 12},
}

// KsqlUnit reports whether name is one of ksqlDB's units of time, which stand in
// DATEADD and its kin without quotes.
func KsqlUnit(name string) bool {
	_, ok := ksqlUnits[strings.TrimSuffix(strings.ToUpper(name), "S")]
	return ok
}

// KsqlUnitFirst reports whether the function's first argument is a unit of time.
func KsqlUnitFirst(function string) bool {
	switch function {
	case "dateadd", "datesub", "timeadd", "timesub", "timestampadd", "timestampsub":
		return true
	}
	return false
}

// ksqlInterval is n times a unit, negated when minus is set.
func ksqlInterval(unit string, n int64, minus bool) (types.IntervalValue, error) {
	v, ok := ksqlUnits[strings.TrimSuffix(strings.ToUpper(unit), "S")]
	if !ok {
		return v, pgerr.Newf(pgerr.InvalidParameterValue, "unit \"%s\" not recognized", unit).
			WithHint("The units are MILLISECONDS, SECONDS, MINUTES, HOURS, DAYS, WEEKS, MONTHS and YEARS.")
	}
	if minus {
		n = -n
	}
	return v.Mul(float64(n))
}

// ksqlAddFuncs add a number of units to a date, a time of day or a timestamp.
func ksqlAddFuncs() []Func {
	var out []Func
	for _, f := range []struct {
		name  string
		t     types.Type
		minus bool
		from  string
		to    string
	}{
		{"dateadd", types.Date, false, "date '2024-01-31'", "date '2024-02-05'"},
		{"datesub", types.Date, true, "date '2024-02-05'", "date '2024-01-31'"},
		{"timeadd", types.Time, false, "time '10:00'", "time '10:00'"},
		{"timesub", types.Time, true, "time '10:00'", "time '10:00'"},
		{"timestampadd", types.Timestamp, false, "timestamp '2024-01-31 10:00'", "timestamp '2024-02-05 10:00'"},
		{"timestampsub", types.Timestamp, true, "timestamp '2024-02-05 10:00'", "timestamp '2024-01-31 10:00'"},
		{"timestampadd", types.Timestamptz, false, "timestamptz '2024-01-31 10:00+00'", "timestamptz '2024-02-05 10:00+00'"},
		{"timestampsub", types.Timestamptz, true, "timestamptz '2024-02-05 10:00+00'", "timestamptz '2024-01-31 10:00+00'"},
	} {
		doc := "ksqlDB: so many units of time later; days and more do not change a time of day."
		if f.minus {
			doc = "ksqlDB: so many units of time earlier; days and more do not change a time of day."
		}
		out = append(out, Func{
			Name: f.name, Args: list(types.Text, types.Int4, f.t), Returns: f.t, Doc: doc,
			Example: f.name + "('days', 5, " + f.from + ") = " + f.to,
			Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
				v, err := ksqlInterval(c.name(0, i), c.Args[1].Fix[i], f.minus)
				if err != nil {
					return err
				}
				x, err := ksqlShift(f.t, c.Args[2].Fix[i], v)
				return putWord(out, x, err)
			}),
		})
	}
	return out
}

func ksqlShift(t types.Type, x int64, v types.IntervalValue) (int64, error) {
	switch t.Kind {
	case types.KindTime:
		x = (x + v.Micros%microsPerDay) % microsPerDay
		if x < 0 {
			x += microsPerDay
		}
		return x, nil
	case types.KindDate:
		if types.IsInfinite(x) {
			return x, nil
		}
		ts, err := midnight(x)
		if err == nil {
			ts, err = types.AddInterval(ts, v, nil)
		}
		return dateOf(ts), err
	}
	return types.AddInterval(x, v, nil)
}

func convertZone(c *Call, i int, out *col.Builder) error {
	from, err := types.LoadZone(c.name(1, i))
	if err != nil {
		return err
	}
	to, err := types.LoadZone(c.name(2, i))
	if err != nil {
		return err
	}
	out.Int(types.ToLocal(types.FromLocal(c.Args[0].Fix[i], from), to))
	return nil
}

// ksqlFormat starts an entry of a function that writes what f takes out of the first
// argument in a pattern of Java.
func ksqlFormat(name, doc, example string, args []types.Type, f func(c *Call, i int, loc *time.Location) timeFields) Func {
	return Func{
		Name: name, Args: args, Returns: types.Text, Doc: "ksqlDB: " + doc, Example: example,
		Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			loc, err := ksqlZone(c, i)
			if err != nil {
				return err
			}
			nodes := parseFormat(fromJava(c.Args[1].Str(i)), timeWords, true)
			return grow(out, func(dst []byte) ([]byte, error) { return appendTime(dst, nodes, f(c, i, loc)) })
		}),
	}
}

// ksqlParse starts an entry of a function that reads a timestamp in a pattern of Java
// and returns what f makes of it.
func ksqlParse(name, doc, example string, returns types.Type, args []types.Type, f func(ts int64) int64) Func {
	return Func{
		Name: name, Args: args, Returns: returns, Doc: "ksqlDB: " + doc, Example: example,
		Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			loc, err := ksqlZone(c, i)
			if err != nil {
				return err
			}
			x, err := parseTime(c.Args[0].Str(i), parseFormat(fromJava(c.Args[1].Str(i)), timeWords, true))
			if err != nil {
				return err
			}
			ts, err := x.timestamp(loc)
			return putWord(out, f(ts), err)
		}),
	}
}

// ksqlFormatFuncs convert times to text and back with patterns of Java.
func ksqlFormatFuncs() []Func {
	format, parse := ksqlFormat, ksqlParse
	instant := func(c *Call, i int, loc *time.Location) timeFields { return fieldsOf(c.Args[0].Fix[i], loc) }
	local := func(c *Call, i int, loc *time.Location) timeFields {
		return fieldsOf(types.ToLocal(c.Args[0].Fix[i], loc), nil)
	}
	millis := func(c *Call, i int, loc *time.Location) timeFields {
		return fieldsOf(c.Args[0].Fix[i]*1000+unixEpoch*microsPerSecond, loc)
	}
	day := func(c *Call, i int, _ *time.Location) timeFields {
		return fieldsOf(dateToTimestamp(c.Args[0].Fix[i]), nil)
	}
	unixDay := func(c *Call, i int, _ *time.Location) timeFields {
		return fieldsOf((c.Args[0].Fix[i]-daysTo2000)*microsPerDay, nil)
	}
	clock := func(c *Call, i int, _ *time.Location) timeFields { return fieldsOf(c.Args[0].Fix[i], nil) }
	keep := func(ts int64) int64 { return ts }
	timeOf := func(ts int64) int64 { _, micros := types.SplitTimestamp(ts); return micros }
	const zone = " in a time zone."
	two, three := list(types.Text, types.Text), list(types.Text, types.Text, types.Text)
	return []Func{
		format("format_date", "a date as text in a Java format.", "format_date(date '2024-02-01', 'dd.MM.yyyy') = '01.02.2024'", list(types.Date, types.Text), day),
		format("datetostring", "days since 1970-01-01 as text in a Java format.", "datetostring(1, 'yyyy-MM-dd') = '1970-01-02'", list(types.Int4, types.Text), unixDay),
		format("format_time", "a time of day as text in a Java format.", "format_time(time '10:05:00', 'HH.mm') = '10.05'", list(types.Time, types.Text), clock),
		format("format_timestamp", "a timestamp as text in a Java format.", "format_timestamp(timestamp '2024-02-01 10:00', 'yyyy/MM/dd HH:mm') = '2024/02/01 10:00'",
			list(types.Timestamp, types.Text), local),
		format("format_timestamp", "a timestamp, being UTC, as text in a Java format"+zone, "format_timestamp(timestamp '2024-02-01 10:00', 'HH:mm', 'Europe/Berlin') = '11:00'",
			list(types.Timestamp, types.Text, types.Text), local),
		format("format_timestamp", "a point in time as text in a Java format, in UTC.", "format_timestamp(timestamptz '2024-02-01 10:00+00', 'HH:mm') = '10:00'",
			list(types.Timestamptz, types.Text), instant),
		format("format_timestamp", "a point in time as text in a Java format"+zone, "format_timestamp(timestamptz '2024-02-01 10:00+00', 'HH:mm', 'Europe/Berlin') = '11:00'",
			list(types.Timestamptz, types.Text, types.Text), instant),
		format("timestamptostring", "milliseconds since 1970 as text in a Java format"+zone, "timestamptostring(0, 'yyyy-MM-dd HH:mm', 'Europe/Berlin') = '1970-01-01 01:00'",
			list(types.Int8, types.Text, types.Text), millis),
		parse("parse_date", "a date from text in a Java format.", "parse_date('01.02.2024', 'dd.MM.yyyy') = date '2024-02-01'", types.Date, two, dateOf),
		parse("stringtodate", "days since 1970-01-01 from text in a Java format.", "stringtodate('1970-01-02', 'yyyy-MM-dd') = 1", types.Int4, two,
			func(ts int64) int64 { return dateOf(ts) + daysTo2000 }),
		parse("parse_time", "a time of day from text in a Java format.", "parse_time('10.05', 'HH.mm') = time '10:05'", types.Time, two, timeOf),
		parse("parse_timestamp", "a timestamp from text in a Java format.", "parse_timestamp('2024-02-01 10:00', 'yyyy-MM-dd HH:mm') = timestamp '2024-02-01 10:00'",
			types.Timestamp, two, keep),
		parse("parse_timestamp", "a timestamp, in UTC, from text in a Java format"+zone, "parse_timestamp('2024-02-01 10:00', 'yyyy-MM-dd HH:mm', 'Europe/Berlin') = timestamp '2024-02-01 09:00'",
			types.Timestamp, three, keep),
		parse("stringtotimestamp", "milliseconds since 1970 from text in a Java format"+zone, "stringtotimestamp('1970-01-01 01:00', 'yyyy-MM-dd HH:mm', 'Europe/Berlin') = 0",
			types.Int8, three, unixMillis),
	}
}

// ksqlZone is the zone that the third argument names, or UTC.
func ksqlZone(c *Call, i int) (*time.Location, error) {
	if len(c.Args) < 3 {
		return time.UTC, nil
	}
	return types.LoadZone(c.name(2, i))
}
