package builtin

import (
	"math"
	"strings"
	"time"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

var timeFuncs = concat(clockFuncs, truncFuncs(), extractFuncs(), makeTimeFuncs, zoneFuncs, ageFuncs)

// clock starts an entry of a function of the clock alone.
func clock(name string, t types.Type, v Volatility, doc string, f func(e *Env) (int64, error)) Func {
	example := "(" + name + "() is not null) = true"
	if strings.HasPrefix(name, "current_") || strings.HasPrefix(name, "local") {
		example = "(" + name + " is not null) = true"
	}
	return Func{
		Name: name, Args: list(), Returns: t, Volatility: v, Doc: doc, Example: example,
		Kernel: rowsKernel(func(c *Call, _ int, out *col.Builder) error {
			x, err := f(c.Env)
			return putWord(out, x, err)
		}),
	}
}

func transactionTime(e *Env) (int64, error) { return e.Now, nil }

func localNow(e *Env) (int64, error) { return types.ToLocal(e.Now, e.Location()), nil }

func today(e *Env) (int64, error) {
	days, _ := types.SplitTimestamp(types.ToLocal(e.Now, e.Location()))
	return days, nil
}

func timeOfDay(e *Env) (int64, error) {
	_, micros := types.SplitTimestamp(types.ToLocal(e.Now, e.Location()))
	return micros, nil
}

func wallClock(e *Env) (int64, error) {
	if e.Clock == nil {
		return 0, pgerr.New(pgerr.FeatureNotSupported, "clock_timestamp() cannot be used here")
	}
	return types.FromTime(e.Clock()), nil
}

var clockFuncs = []Func{
	clock("now", types.Timestamptz, Stable, "Start of the transaction; in a continuous query, the clock of the epoch.", transactionTime),
	clock("transaction_timestamp", types.Timestamptz, Stable, "Same as now.", transactionTime),
	clock("current_timestamp", types.Timestamptz, Stable, "Same as now.", transactionTime),
	clock("statement_timestamp", types.Timestamptz, Stable, "Start of the statement.", func(e *Env) (int64, error) { return e.Statement, nil }),
	clock("clock_timestamp", types.Timestamptz, Volatile, "The clock, which moves during a statement.", wallClock),
	clock("localtimestamp", types.Timestamp, Stable, "Start of the transaction on the session's clock.", localNow),
	clock("current_date", types.Date, Stable, "Date of the start of the transaction.", today),
	clock("localtime", types.Time, Stable, "Time of day of the start of the transaction.", timeOfDay),
	clock("current_time", types.Time, Stable, "Time of day of the start of the transaction (without its zone).", timeOfDay),
	rounded("current_timestamp", types.Timestamptz, transactionTime),
	rounded("localtimestamp", types.Timestamp, localNow),
	rounded("localtime", types.Time, timeOfDay),
	rounded("current_time", types.Time, timeOfDay),
	{
		Name: "timeofday", Args: list(), Returns: types.Text, Volatility: Volatile, Doc: "The clock as text.",
		Example: "(timeofday() is not null) = true", Kernel: rowsKernel(func(c *Call, _ int, out *col.Builder) error {
			x, err := wallClock(c.Env)
			if err == nil {
				out.Str(types.ToTime(x).In(c.Env.Location()).Format("Mon Jan 02 15:04:05.000000 2006 MST"))
			}
			return err
		}),
	},
}

// rounded is the form with a number of decimals of the seconds.
func rounded(name string, t types.Type, f func(e *Env) (int64, error)) Func {
	return Func{
		Name: name, Args: list(types.Int4), Returns: t, Volatility: Stable,
		Doc: "With the given number of decimals of the second.", Example: "(" + name + "(0) is not null) = true",
		Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			x, err := f(c.Env)
			return putWord(out, roundMicros(x, c.Args[0].Fix[i]), err)
		}),
	}
}

// roundMicros rounds microseconds to a number of decimals of the second.
func roundMicros(x, decimals int64) int64 {
	if decimals >= 6 || types.IsInfinite(x) {
		return x
	}
	unit := int64(math.Pow10(int(6 - max(decimals, 0))))
	down := x - ((x%unit)+unit)%unit
	if x-down >= unit/2 {
		down += unit
	}
	return down
}

// namedZone is what a call site keeps of the last time zone it looked up.
type namedZone struct {
	name string
	loc  *time.Location
}

// zoneOf returns the time zone that argument k names.
func zoneOf(c *Call, k, i int) (*time.Location, error) {
	b := c.Args[k].Bytes(i)
	if z, ok := (*c.Memo).(*namedZone); ok && z.name == string(b) {
		return z.loc, nil
	}
	loc, err := types.LoadZone(string(b))
	if err == nil {
		*c.Memo = &namedZone{string(b), loc}
	}
	return loc, err
}

func truncFuncs() []Func {
	doc := "Cuts off everything below a field: microseconds to millennium."
	field := func(c *Call, i int) string { return c.name(0, i) }
	return []Func{
		{
			Name: "date_trunc", Args: list(types.Text, types.Timestamp), Returns: types.Timestamp, Doc: doc,
			Example: "date_trunc('hour', timestamp '2001-02-16 20:38:40') = timestamp '2001-02-16 20:00'",
			Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
				x, err := types.Trunc(field(c, i), c.Args[1].Fix[i], nil)
				return putWord(out, x, err)
			}),
		},
		{
			Name: "date_trunc", Args: list(types.Text, types.Timestamptz), Returns: types.Timestamptz, Volatility: Stable, Doc: doc,
			Example: "date_trunc('day', timestamptz '2001-02-16 20:38:40+00') = timestamptz '2001-02-16 00:00+00'",
			Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
				x, err := types.Trunc(field(c, i), c.Args[1].Fix[i], c.Env.Location())
				return putWord(out, x, err)
			}),
		},
		{
			Name: "date_trunc", Args: list(types.Text, types.Timestamptz, types.Text), Returns: types.Timestamptz, Volatility: Stable, Doc: doc + " In the given time zone.",
			Example: "date_trunc('day', timestamptz '2001-02-16 20:38:40+00', 'Australia/Sydney') = timestamptz '2001-02-16 13:00+00'",
			Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
				loc, err := zoneOf(c, 2, i)
				if err != nil {
					return err
				}
				x, err := types.Trunc(field(c, i), c.Args[1].Fix[i], loc)
				return putWord(out, x, err)
			}),
		},
		{
			Name: "date_trunc", Args: list(types.Text, types.Interval), Returns: types.Interval, Doc: doc,
			Example: "date_trunc('hour', interval '2 days 3 hours 40 minutes') = interval '2 days 03:00:00'",
			Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
				v, err := types.TruncInterval(field(c, i), intervalAt(c, 1, i))
				return putInterval(out, v, err)
			}),
		},
	}
}

func extractFuncs() []Func {
	var out []Func
	for _, s := range []struct {
		t       types.Type
		literal string
	}{
		{types.Timestamp, "timestamp '2001-02-16 20:38:40'"},
		{types.Timestamptz, "timestamptz '2001-02-16 20:38:40+00'"},
		{types.Date, "date '2001-02-20'"},
		{types.Time, "time '20:38:40'"},
		{types.Interval, "interval '20 hours'"},
	} {
		volatility := Immutable
		if s.t == types.Timestamptz {
			volatility = Stable
		}
		field := map[bool]string{true: "day", false: "hour"}[s.t == types.Date]
		out = append(out,
			Func{
				Name: "extract", Args: list(types.Text, s.t), Returns: types.Numeric, Volatility: volatility, Doc: "A field of a point in time or an interval.",
				Example: "extract(" + field + " from " + s.literal + ") = 20", Kernel: rowsKernel(extractNumeric),
			},
			Func{
				Name: "date_part", Args: list(types.Text, s.t), Returns: types.Float8, Volatility: volatility, Doc: "A field of a point in time or an interval, as a float.",
				Example: "date_part('" + field + "', " + s.literal + ") = 20", Kernel: rowsKernel(extractFloat),
			})
	}
	return out
}

func extractDatum(c *Call, i int) (types.Datum, error) {
	a := c.Args[1]
	field := c.name(0, i)
	if a.Type.IsFixed() {
		return types.Extract(a.Type, a.Fix[i], nil, field, c.Env.Format)
	}
	return types.Extract(a.Type, 0, a.Bytes(i), field, c.Env.Format)
}

func extractNumeric(c *Call, i int, out *col.Builder) error {
	d, err := extractDatum(c, i)
	if err == nil {
		out.Datum(d)
	}
	return err
}

// extractFloat takes a date as its midnight, as date_part does and extract does not.
func extractFloat(c *Call, i int, out *col.Builder) error {
	d, err := extractDatum(c, i)
	if a := c.Args[1]; a.Type.Kind == types.KindDate {
		ts, tooLarge := midnight(a.Fix[i])
		if tooLarge != nil {
			return tooLarge
		}
		d, err = types.Extract(types.Timestamp, ts, nil, c.name(0, i), c.Env.Format)
	}
	switch {
	case err != nil:
		return err
	case !d.Set:
		out.Null()
	default:
		x, _ := types.DecodeDecimal([]byte(d.S)).Float64()
		out.Float(x)
	}
	return nil
}

var ageFuncs = concat(ages(types.Timestamp, Immutable), ages(types.Timestamptz, Stable), []Func{
	{Name: "isfinite", Args: list(types.Date), Returns: types.Bool, Doc: "Whether the date is not infinity.", Example: "isfinite(date '2001-02-16') = true", Kernel: words(finiteWord)},
	{Name: "isfinite", Args: list(types.Timestamp), Returns: types.Bool, Doc: "Whether the time is not infinity.", Example: "isfinite(timestamp 'infinity') = false", Kernel: words(finiteWord)},
	{Name: "isfinite", Args: list(types.Timestamptz), Returns: types.Bool, Doc: "Whether the time is not infinity.", Example: "isfinite(timestamptz 'infinity') = false", Kernel: words(finiteWord)},
	{
		Name: "isfinite", Args: list(types.Interval), Returns: types.Bool, Doc: "True: all intervals are finite.", Example: "isfinite(interval '4 hours') = true",
		Kernel: rowsKernel(func(_ *Call, _ int, out *col.Builder) error { out.Bool(true); return nil }),
	},
	justify("justify_days", "30 days become a month.", "justify_days(interval '35 days') = interval '1 mon 5 days'", types.IntervalValue.JustifyDays),
	justify("justify_hours", "24 hours become a day.", "justify_hours(interval '27 hours') = interval '1 day 03:00:00'", types.IntervalValue.JustifyHours),
	justify("justify_interval", "24 hours become a day, 30 days a month, signs made one.", "justify_interval(interval '1 mon -1 hour') = interval '29 days 23:00:00'", types.IntervalValue.JustifyInterval),
	{
		Name: "date_bin", Args: list(types.Interval, types.Timestamp, types.Timestamp), Returns: types.Timestamp, Doc: "Start of the bin that a time falls into, the bins being aligned to an origin.",
		Example: "date_bin('15 minutes', timestamp '2001-02-16 20:38:40', timestamp '2001-02-16 20:05:00') = timestamp '2001-02-16 20:35:00'", Kernel: rowsKernel(dateBin),
	},
	{
		Name: "date_bin", Args: list(types.Interval, types.Timestamptz, types.Timestamptz), Returns: types.Timestamptz, Doc: "Start of the bin that a time falls into, the bins being aligned to an origin.",
		Example: "date_bin('15 minutes', timestamptz '2001-02-16 20:38:40+00', timestamptz '2001-02-16 20:05:00+00') = timestamptz '2001-02-16 20:35:00+00'", Kernel: rowsKernel(dateBin),
	},
})

func finiteWord(x int64) int64 { return bit(!types.IsInfinite(x)) }

func justify(name, doc, example string, f func(types.IntervalValue) (types.IntervalValue, error)) Func {
	return Func{Name: name, Args: list(types.Interval), Returns: types.Interval, Doc: doc, Example: example, Kernel: intervals1(f)}
}

func dateBin(c *Call, i int, out *col.Builder) error {
	x, err := types.DateBin(intervalAt(c, 0, i), c.Args[1].Fix[i], c.Args[2].Fix[i])
	return putWord(out, x, err)
}

func ages(t types.Type, v Volatility) []Func {
	n := t.InternalName()
	local := func(c *Call, x int64) int64 {
		if t.Kind == types.KindTimestamptz {
			return types.ToLocal(x, c.Env.Location())
		}
		return x
	}
	return []Func{
		{
			Name: "age", Args: list(t, t), Returns: types.Interval, Volatility: v, Doc: "Years, months, days and time between two points in time.",
			Example: "age(" + n + " '2001-04-10', " + n + " '1957-06-13') = interval '43 years 9 mons 27 days'",
			Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
				v, err := types.Age(local(c, c.Args[0].Fix[i]), local(c, c.Args[1].Fix[i]))
				return putInterval(out, v, err)
			}),
		},
		// Volatile, not stable as in PostgreSQL: a view must not keep a result that
		// another day would have to retract.
		{
			Name: "age", Args: list(t), Returns: types.Interval, Volatility: Volatile, Doc: "Years, months and days up to midnight of today.",
			Example: "(age(" + n + " '1957-06-13') > interval '1 year') = true",
			Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
				days, _ := today(c.Env)
				v, err := types.Age(dateToTimestamp(days), local(c, c.Args[0].Fix[i]))
				return putInterval(out, v, err)
			}),
		},
	}
}
