package builtin

import (
	"math"
	"time"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

const (
	microsPerSecond = int64(1_000_000)
	microsPerDay    = 86_400 * microsPerSecond
)

// midnight returns the timestamp of a date, or the error that there is none.
func midnight(date int64) (int64, error) {
	if !types.IsInfinite(date) && date >= endTimestampDays {
		return 0, pgerr.New(pgerr.DatetimeFieldOverflow, "date out of range for timestamp")
	}
	return dateToTimestamp(date), nil
}

// dateToTimestamp returns midnight of a date; dates beyond the range of timestamps
// come last, before infinity.
func dateToTimestamp(date int64) int64 {
	switch {
	case types.IsInfinite(date):
		return date
	case date >= endTimestampDays:
		return math.MaxInt64 - 1
	}
	return date * microsPerDay
}

// toTimestampWord converts a date, timestamp or timestamptz word to another of them
// for comparison; dates beyond the range of timestamps saturate.
func toTimestampWord(from, to types.Kind, x int64, loc *time.Location) int64 {
	if from == types.KindDate {
		x, from = dateToTimestamp(x), types.KindTimestamp
	}
	switch {
	case from == to:
		return x
	case to == types.KindTimestamptz:
		return types.FromLocal(x, loc)
	}
	return types.ToLocal(x, loc)
}

// timeCompare compares dates, timestamps and timestamptz with each other; a value
// without zone is taken in the session's.
func timeCompare(op comparison) Kernel {
	return func(c *Call) *col.Vec {
		a, b, loc := c.Args[0], c.Args[1], c.Env.Location()
		to := max(a.Type.Kind, b.Type.Kind)
		out := make([]int64, c.N)
		for i := range out {
			x := toTimestampWord(a.Type.Kind, to, a.Fix[i], loc)
			y := toTimestampWord(b.Type.Kind, to, b.Fix[i], loc)
			switch {
			case x < y:
				out[i] = bit(op.holds(-1))
			case x > y:
				out[i] = bit(op.holds(1))
			default:
				out[i] = bit(op.holds(0))
			}
		}
		return col.NewFixed(types.Bool, out)
	}
}

func intervalAt(c *Call, k, i int) types.IntervalValue {
	return types.DecodeInterval(c.Args[k].Bytes(i))
}

func putInterval(out *col.Builder, v types.IntervalValue, err error) error {
	if err == nil {
		out.Grow(v.AppendStored)
	}
	return err
}

func putWord(out *col.Builder, x int64, err error) error {
	if err == nil {
		out.Int(x)
	}
	return err
}

var timeOpFuncs = concat(dateOps, timestampOps(), timeOfDayOps, intervalOps)

var dateOps = []Func{
	{
		Name: "+", Args: list(types.Date, types.Int4), Returns: types.Date, Doc: "A number of days later.",
		Example: "date '2001-09-28' + 7 = date '2001-10-05'", Kernel: words2(types.AddDays),
	},
	{
		Name: "+", Args: list(types.Int4, types.Date), Returns: types.Date, Doc: "A number of days later.",
		Example: "7 + date '2001-09-28' = date '2001-10-05'", Kernel: words2(func(n, d int64) (int64, error) { return types.AddDays(d, n) }),
	},
	{
		Name: "-", Args: list(types.Date, types.Int4), Returns: types.Date, Doc: "A number of days earlier.",
		Example: "date '2001-10-01' - 7 = date '2001-09-24'", Kernel: words2(func(d, n int64) (int64, error) { return types.AddDays(d, -n) }),
	},
	{
		Name: "-", Args: list(types.Date, types.Date), Returns: types.Int4, Doc: "Days between two dates.",
		Example: "date '2001-10-01' - date '2001-09-28' = 3", Kernel: words2(types.SubDates),
	},
	{
		Name: "+", Args: list(types.Date, types.Interval), Returns: types.Timestamp, Doc: "An interval later.",
		Example: "date '2001-09-28' + interval '1 hour' = timestamp '2001-09-28 01:00'", Kernel: shift(0, 1, false),
	},
	{
		Name: "+", Args: list(types.Interval, types.Date), Returns: types.Timestamp, Doc: "An interval later.",
		Example: "interval '1 hour' + date '2001-09-28' = timestamp '2001-09-28 01:00'", Kernel: shift(1, 0, false),
	},
	{
		Name: "-", Args: list(types.Date, types.Interval), Returns: types.Timestamp, Doc: "An interval earlier.",
		Example: "date '2001-09-28' - interval '1 hour' = timestamp '2001-09-27 23:00'", Kernel: shift(0, 1, true),
	},
	{
		Name: "+", Args: list(types.Date, types.Time), Returns: types.Timestamp, Doc: "The date at a time of day.",
		Example: "date '2001-09-28' + time '03:00' = timestamp '2001-09-28 03:00'", Kernel: words2(addTimeOfDay),
	},
	{
		Name: "+", Args: list(types.Time, types.Date), Returns: types.Timestamp, Doc: "The date at a time of day.",
		Example: "time '03:00' + date '2001-09-28' = timestamp '2001-09-28 03:00'", Kernel: words2(func(t, d int64) (int64, error) { return addTimeOfDay(d, t) }),
	},
}

func addTimeOfDay(date, micros int64) (int64, error) {
	ts, err := midnight(date)
	if err != nil || types.IsInfinite(date) {
		return ts, err
	}
	days, rest := date+micros/microsPerDay, micros%microsPerDay
	return checkTimestamp(days, rest)
}

func timestampOps() []Func {
	var out []Func
	for _, t := range []types.Type{types.Timestamp, types.Timestamptz} {
		volatility := Immutable
		if t == types.Timestamptz {
			volatility = Stable
		}
		n := t.InternalName()
		out = append(out,
			Func{
				Name: "+", Args: list(t, types.Interval), Returns: t, Volatility: volatility, Doc: "An interval later.",
				Example: n + " '2001-09-28 01:00' + interval '23 hours' = " + n + " '2001-09-29 00:00'", Kernel: shift(0, 1, false),
			},
			Func{
				Name: "+", Args: list(types.Interval, t), Returns: t, Volatility: volatility, Doc: "An interval later.",
				Example: "interval '23 hours' + " + n + " '2001-09-28 01:00' = " + n + " '2001-09-29 00:00'", Kernel: shift(1, 0, false),
			},
			Func{
				Name: "-", Args: list(t, types.Interval), Returns: t, Volatility: volatility, Doc: "An interval earlier.",
				Example: n + " '2001-09-28 23:00' - interval '23 hours' = " + n + " '2001-09-28 00:00'", Kernel: shift(0, 1, true),
			},
			Func{
				Name: "-", Args: list(t, t), Returns: types.Interval, Doc: "The interval between two points in time, in days and hours.",
				Example: n + " '2001-09-29 03:00' - " + n + " '2001-07-27 12:00' = interval '63 days 15:00:00'",
				Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
					v, err := types.SubTimestamps(c.Args[0].Fix[i], c.Args[1].Fix[i])
					return putInterval(out, v, err)
				}),
			})
	}
	return out
}

// shift makes the kernel of a point in time plus or minus an interval.
func shift(point, interval int, minus bool) Kernel {
	return rowsKernel(func(c *Call, i int, out *col.Builder) error {
		var err error
		ts := c.Args[point].Fix[i]
		if c.Args[point].Type.Kind == types.KindDate {
			if ts, err = midnight(ts); err != nil {
				return err
			}
		}
		var loc *time.Location
		if c.Args[point].Type.Kind == types.KindTimestamptz {
			loc = c.Env.Location()
		}
		v := intervalAt(c, interval, i)
		if minus {
			ts, err = types.SubInterval(ts, v, loc)
		} else {
			ts, err = types.AddInterval(ts, v, loc)
		}
		return putWord(out, ts, err)
	})
}

var timeOfDayOps = []Func{
	{
		Name: "+", Args: list(types.Time, types.Interval), Returns: types.Time, Doc: "An interval later, around the clock.",
		Example: "time '01:00' + interval '3 hours' = time '04:00'", Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			out.Int(types.AddTime(c.Args[0].Fix[i], intervalAt(c, 1, i)))
			return nil
		}),
	},
	{
		Name: "+", Args: list(types.Interval, types.Time), Returns: types.Time, Doc: "An interval later, around the clock.",
		Example: "interval '3 hours' + time '01:00' = time '04:00'", Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			out.Int(types.AddTime(c.Args[1].Fix[i], intervalAt(c, 0, i)))
			return nil
		}),
	},
	{
		Name: "-", Args: list(types.Time, types.Interval), Returns: types.Time, Doc: "An interval earlier, around the clock.",
		Example: "time '05:00' - interval '2 hours' = time '03:00'", Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			v := intervalAt(c, 1, i)
			v.Micros = -v.Micros
			out.Int(types.AddTime(c.Args[0].Fix[i], v))
			return nil
		}),
	},
	{
		Name: "-", Args: list(types.Time, types.Time), Returns: types.Interval, Doc: "The interval between two times of day.",
		Example: "time '05:00' - time '03:00' = interval '2 hours'", Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			return putInterval(out, types.IntervalValue{Micros: c.Args[0].Fix[i] - c.Args[1].Fix[i]}, nil)
		}),
	},
}

var intervalOps = []Func{
	{
		Name: "+", Args: list(types.Interval, types.Interval), Returns: types.Interval, Doc: "Sum, field by field.",
		Example: "interval '1 day' + interval '1 hour' = interval '1 day 01:00:00'", Kernel: intervals2(types.IntervalValue.Add),
	},
	{
		Name: "-", Args: list(types.Interval, types.Interval), Returns: types.Interval, Doc: "Difference, field by field.",
		Example: "interval '1 day' - interval '1 hour' = interval '1 day -01:00:00'", Kernel: intervals2(types.IntervalValue.Sub),
	},
	{
		Name: "-", Args: list(types.Interval), Returns: types.Interval, Doc: "Negation.",
		Example: "- interval '23 hours' = interval '-23:00:00'", Kernel: intervals1(types.IntervalValue.Neg),
	},
	{
		Name: "*", Args: list(types.Interval, types.Float8), Returns: types.Interval, Doc: "Product.",
		Example: "interval '1 hour' * 3.5 = interval '03:30:00'", Kernel: scaleInterval(0, 1, mulInterval),
	},
	{
		Name: "*", Args: list(types.Float8, types.Interval), Returns: types.Interval, Doc: "Product.",
		Example: "900 * interval '1 second' = interval '00:15:00'", Kernel: scaleInterval(1, 0, mulInterval),
	},
	{
		Name: "/", Args: list(types.Interval, types.Float8), Returns: types.Interval, Doc: "Quotient.",
		Example: "interval '1 hour' / 1.5 = interval '00:40:00'", Kernel: scaleInterval(0, 1, divInterval),
	},
}

func mulInterval(v types.IntervalValue, by float64) (types.IntervalValue, error) {
	if math.IsInf(by, 0) {
		return v, pgerr.New(pgerr.DatetimeFieldOverflow, "interval out of range")
	}
	return v.Mul(by)
}

func divInterval(v types.IntervalValue, by float64) (types.IntervalValue, error) {
	switch {
	case by == 0:
		return v, divisionByZero()
	case math.IsInf(by, 0):
		return types.IntervalValue{}, nil
	}
	return v.Div(by)
}

func intervals1(f func(types.IntervalValue) (types.IntervalValue, error)) Kernel {
	return rowsKernel(func(c *Call, i int, out *col.Builder) error {
		v, err := f(intervalAt(c, 0, i))
		return putInterval(out, v, err)
	})
}

func intervals2(f func(a, b types.IntervalValue) (types.IntervalValue, error)) Kernel {
	return rowsKernel(func(c *Call, i int, out *col.Builder) error {
		v, err := f(intervalAt(c, 0, i), intervalAt(c, 1, i))
		return putInterval(out, v, err)
	})
}

func scaleInterval(interval, factor int, f func(types.IntervalValue, float64) (types.IntervalValue, error)) Kernel {
	return rowsKernel(func(c *Call, i int, out *col.Builder) error {
		x := c.Args[factor].Float(i)
		if math.IsNaN(x) {
			return pgerr.New(pgerr.DatetimeFieldOverflow, "interval out of range")
		}
		v, err := f(intervalAt(c, interval, i), x)
		return putInterval(out, v, err)
	})
}
