package builtin

import (
	"math"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

var makeTimeFuncs = []Func{
	{
		Name: "make_date", Args: list(types.Int4, types.Int4, types.Int4), Returns: types.Date, Doc: "Date from year, month and day; negative years are BC.",
		Example: "make_date(2013, 7, 15) = date '2013-07-15'", Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			x, err := makeDate(c.Args[0].Fix[i], c.Args[1].Fix[i], c.Args[2].Fix[i])
			return putWord(out, x, err)
		}),
	},
	{
		Name: "make_time", Args: list(types.Int4, types.Int4, types.Float8), Returns: types.Time, Doc: "Time of day from hour, minute and seconds.",
		Example: "make_time(8, 15, 23.5) = time '08:15:23.5'", Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			x, err := makeTime(c, 0, i)
			return putWord(out, x, err)
		}),
	},
	{
		Name: "make_timestamp", Args: list(types.Int4, types.Int4, types.Int4, types.Int4, types.Int4, types.Float8), Returns: types.Timestamp,
		Doc: "Timestamp from year, month, day, hour, minute and seconds.", Example: "make_timestamp(2013, 7, 15, 8, 15, 23.5) = timestamp '2013-07-15 08:15:23.5'",
		Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			x, err := makeTimestamp(c, i)
			return putWord(out, x, err)
		}),
	},
	{
		Name: "make_timestamptz", Args: list(types.Int4, types.Int4, types.Int4, types.Int4, types.Int4, types.Float8), Returns: types.Timestamptz, Volatility: Stable,
		Doc: "Timestamp from year, month, day, hour, minute and seconds in the session's time zone.", Example: "make_timestamptz(2013, 7, 15, 8, 15, 23.5) = timestamptz '2013-07-15 08:15:23.5'",
		Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			x, err := makeTimestamp(c, i)
			return putWord(out, types.FromLocal(x, c.Env.Location()), err)
		}),
	},
	{
		Name: "make_timestamptz", Args: list(types.Int4, types.Int4, types.Int4, types.Int4, types.Int4, types.Float8, types.Text), Returns: types.Timestamptz, Volatility: Stable,
		Doc: "Timestamp from year, month, day, hour, minute and seconds in a time zone.", Example: "make_timestamptz(2013, 7, 15, 8, 15, 23.5, 'Europe/Berlin') = timestamptz '2013-07-15 06:15:23.5+00'",
		Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			x, err := makeTimestamp(c, i)
			if err != nil {
				return err
			}
			loc, err := zoneOf(c, 6, i)
			if err != nil {
				return err
			}
			return putWord(out, types.FromLocal(x, loc), nil)
		}),
	},
	{Name: "make_interval", Args: list(), Returns: types.Interval, Doc: "The empty interval.", Example: "make_interval() = interval '0'", Kernel: rowsKernel(makeInterval)},
	makeIntervalOf(1, "make_interval(2) = interval '2 years'"),
	makeIntervalOf(2, "make_interval(1, 2) = interval '14 mons'"),
	makeIntervalOf(3, "make_interval(0, 0, 2) = interval '14 days'"),
	makeIntervalOf(4, "make_interval(0, 0, 0, 10) = interval '10 days'"),
	makeIntervalOf(5, "make_interval(0, 0, 0, 0, 10) = interval '10 hours'"),
	makeIntervalOf(6, "make_interval(0, 0, 0, 0, 0, 10) = interval '10 minutes'"),
	makeIntervalOf(7, "make_interval(0, 0, 0, 0, 0, 0, 1.5) = interval '1.5 seconds'"),
	{
		Name: "to_timestamp", Args: list(types.Float8), Returns: types.Timestamptz, Doc: "Point in time from seconds since 1970-01-01 00:00 UTC.",
		Example: "to_timestamp(1284352323) = timestamptz '2010-09-13 04:32:03+00'", Kernel: rowsKernel(fromUnix),
	},
}

func makeIntervalOf(n int, example string) Func {
	args := list(types.Int4, types.Int4, types.Int4, types.Int4, types.Int4, types.Int4, types.Float8)[:n]
	return Func{
		Name: "make_interval", Args: args, Returns: types.Interval, Example: example,
		Doc: "Interval from years, months, weeks, days, hours, minutes and seconds.", Kernel: rowsKernel(makeInterval),
	}
}

func makeInterval(c *Call, i int, out *col.Builder) error {
	var f [7]int64
	for k := range min(len(c.Args), 6) {
		f[k] = c.Args[k].Fix[i]
	}
	micros := 0.0
	if len(c.Args) == 7 {
		micros = math.RoundToEven(c.Args[6].Float(i) * 1e6)
	}
	months, days := f[0]*12+f[1], f[2]*7+f[3]
	fits := func(x int64) bool { return x == int64(int32(x)) }
	total := float64(f[4])*3600e6 + float64(f[5])*60e6 + micros
	if !fits(months) || !fits(days) || math.IsNaN(total) || math.Abs(total) >= math.MaxInt64 {
		return pgerr.New(pgerr.DatetimeFieldOverflow, "interval out of range")
	}
	v := types.IntervalValue{Months: int32(months), Days: int32(days)}
	v.Micros = f[4]*3600*microsPerSecond + f[5]*60*microsPerSecond + int64(micros)
	return putInterval(out, v, nil)
}

func makeDate(year, month, day int64) (int64, error) {
	shown := year
	if year < 0 {
		shown++
	}
	bad := pgerr.Newf(pgerr.DatetimeFieldOverflow, "date field value out of range: %d-%02d-%02d", shown, month, day)
	if year == 0 || month < 1 || month > 12 || day < 1 || day > 31 {
		return 0, bad
	}
	if year < 0 {
		year++
	}
	if year < -4712 || year > 5874897 {
		return 0, pgerr.Newf(pgerr.DatetimeFieldOverflow, "date out of range: %d-%02d-%02d", year, month, day)
	}
	days := types.DateFromCivil(int(year), int(month), int(day))
	if _, m, _ := types.CivilFromDate(days); int64(m) != month {
		return 0, bad
	}
	return days, nil
}

// makeTime reads hour, minute and seconds from three arguments.
func makeTime(c *Call, k, i int) (int64, error) {
	hour, minute, seconds := c.Args[k].Fix[i], c.Args[k+1].Fix[i], c.Args[k+2].Float(i)
	micros := math.RoundToEven(seconds * 1e6)
	whole := hour*3600*microsPerSecond + minute*60*microsPerSecond
	if hour < 0 || hour > 24 || minute < 0 || minute > 59 || !(micros >= 0) || micros > 60e6 ||
		whole+int64(micros) > microsPerDay {
		return 0, pgerr.Newf(pgerr.DatetimeFieldOverflow, "time field value out of range: %d:%02d:%02.6g", hour, minute, seconds)
	}
	return whole + int64(micros), nil
}

func makeTimestamp(c *Call, i int) (int64, error) {
	date, err := makeDate(c.Args[0].Fix[i], c.Args[1].Fix[i], c.Args[2].Fix[i])
	if err != nil {
		return 0, err
	}
	micros, err := makeTime(c, 3, i)
	if err != nil {
		return 0, err
	}
	return checkTimestamp(date, micros)
}

// The range of timestamps: 4714-11-24 BC up to 294276-12-31.
const (
	minTimestampDays = -2451545
	endTimestampDays = 106741035
)

func checkTimestamp(days, micros int64) (int64, error) {
	if days < minTimestampDays || days >= endTimestampDays {
		return 0, pgerr.New(pgerr.DatetimeFieldOverflow, "timestamp out of range")
	}
	return days*microsPerDay + micros, nil
}

// unixEpoch is 1970-01-01 in seconds since 2000-01-01.
const unixEpoch = -946_684_800

func fromUnix(c *Call, i int, out *col.Builder) error {
	x := c.Args[0].Float(i)
	switch {
	case math.IsNaN(x):
		return pgerr.New(pgerr.DatetimeFieldOverflow, "timestamp cannot be NaN")
	case math.IsInf(x, 1):
		out.Int(math.MaxInt64)
		return nil
	case math.IsInf(x, -1):
		out.Int(math.MinInt64)
		return nil
	}
	micros := math.RoundToEven((x + unixEpoch) * 1e6)
	if micros < minTimestampDays*float64(microsPerDay) || micros >= endTimestampDays*float64(microsPerDay) {
		return pgerr.Newf(pgerr.DatetimeFieldOverflow, "timestamp out of range: \"%g\"", x)
	}
	out.Int(int64(micros))
	return nil
}

var zoneFuncs = concat(zones("timezone"), []Func{
	{
		Name: "date", Args: list(types.Timestamp), Returns: types.Date, Doc: "The date of a timestamp.", Example: "date(timestamp '2001-02-16 20:38:40') = date '2001-02-16'",
		Kernel: words(func(x int64) int64 { return dateOf(x) }),
	},
	{
		Name: "date", Args: list(types.Timestamptz), Returns: types.Date, Volatility: Stable, Doc: "The date of a point in time in the session's time zone.",
		Example: "date(timestamptz '2001-02-16 20:38:40+00') = date '2001-02-16'", Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			out.Int(dateOf(types.ToLocal(c.Args[0].Fix[i], c.Env.Location())))
			return nil
		}),
	},
	{Name: "date", Args: list(types.Date), Returns: types.Date, Doc: "The date itself.", Example: "date(date '2001-02-16') = date '2001-02-16'", Kernel: same},
})

func dateOf(ts int64) int64 {
	if types.IsInfinite(ts) {
		return ts
	}
	days, _ := types.SplitTimestamp(ts)
	return days
}

// zones are the forms of AT TIME ZONE.
func zones(name string) []Func {
	return []Func{
		{
			Name: name, Args: list(types.Text, types.Timestamp), Returns: types.Timestamptz, Doc: "The point in time at which the clock of a zone shows the timestamp.",
			Example: "timestamp '2001-02-16 20:38:40' at time zone 'America/Denver' = timestamptz '2001-02-17 03:38:40+00'",
			Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
				loc, err := zoneOf(c, 0, i)
				if err != nil {
					return err
				}
				return putWord(out, types.FromLocal(c.Args[1].Fix[i], loc), nil)
			}),
		},
		{
			Name: name, Args: list(types.Text, types.Timestamptz), Returns: types.Timestamp, Doc: "What the clock of a zone shows.",
			Example: "timestamptz '2001-02-16 20:38:40-05' at time zone 'America/Denver' = timestamp '2001-02-16 18:38:40'",
			Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
				loc, err := zoneOf(c, 0, i)
				if err != nil {
					return err
				}
				return putWord(out, types.ToLocal(c.Args[1].Fix[i], loc), nil)
			}),
		},
		{
			Name: name, Args: list(types.Interval, types.Timestamp), Returns: types.Timestamptz, Doc: "The point in time at which a clock so much ahead of UTC shows the timestamp.",
			Example: "timestamp '2001-02-16 20:00' at time zone interval '-07:00' = timestamptz '2001-02-17 03:00+00'",
			Kernel:  rowsKernel(func(c *Call, i int, out *col.Builder) error { return zoneShift(c, i, -1, out) }),
		},
		{
			Name: name, Args: list(types.Interval, types.Timestamptz), Returns: types.Timestamp, Doc: "What a clock so much ahead of UTC shows.",
			Example: "timestamptz '2001-02-16 20:00+00' at time zone interval '-07:00' = timestamp '2001-02-16 13:00'",
			Kernel:  rowsKernel(func(c *Call, i int, out *col.Builder) error { return zoneShift(c, i, 1, out) }),
		},
	}
}

func zoneShift(c *Call, i int, sign int64, out *col.Builder) error {
	v, x := intervalAt(c, 0, i), c.Args[1].Fix[i]
	if v.Months != 0 || v.Days != 0 {
		return pgerr.Newf(pgerr.InvalidParameterValue, "interval time zone \"%s\" must not include months or days", v)
	}
	if !types.IsInfinite(x) {
		x += sign * v.Micros
	}
	out.Int(x)
	return nil
}
