package builtin

import (
	"time"

	"millrace/sql/types"
)

// overlapFuncs are what (a, b) OVERLAPS (c, d) calls: each side is two ends, or an
// end and a length.
func overlapFuncs() []Func {
	const doc = "Whether two spans have a moment in common: (a, b) OVERLAPS (c, d), b and d being ends or lengths."
	var out []Func
	for _, t := range []types.Type{types.Time, types.Timestamp, types.Timestamptz} {
		for _, ends := range [][2]types.Type{{t, t}, {t, types.Interval}, {types.Interval, t}, {types.Interval, types.Interval}} {
			f := Func{
				Name: "overlaps", Args: list(t, ends[0], t, ends[1]), Returns: types.Bool, NotStrict: true, Doc: doc,
				Example: "overlaps(" + spanExample(t, "10:00", ends[0]) + ", " + spanExample(t, "11:00", ends[1]) + ") = true",
				Kernel:  datums(overlaps),
			}
			if t == types.Timestamptz {
				f.Volatility = Stable
			}
			out = append(out, f)
		}
	}
	return out
}

// spanExample writes two hours from a time of day on.
func spanExample(t types.Type, from string, end types.Type) string {
	point := func(clock string) string {
		if t == types.Time {
			return "time '" + clock + "'"
		}
		return t.InternalName() + " '2024-01-01 " + clock + "'"
	}
	if end == types.Interval {
		return point(from) + ", interval '2 hours'"
	}
	return point(from) + ", " + point("12:00")
}

func overlaps(c *Call, args []types.Datum) (types.Datum, error) {
	a, b, err := span(c, args[0], args[1], c.Args[1].Type)
	if err != nil {
		return types.Null, err
	}
	x, y, err := span(c, args[2], args[3], c.Args[3].Type)
	if err != nil || !a.Set && !b.Set || !x.Set && !y.Set {
		return types.Null, err
	}
	a, b = inOrder(a, b)
	x, y = inOrder(x, y)
	switch {
	case a.I > x.I:
		return startsInside(a, y, b), nil
	case a.I < x.I:
		return startsInside(x, b, y), nil
	case !b.Set || !y.Set:
		return types.Null, nil
	}
	return types.BoolDatum(true), nil
}

// startsInside tells whether the span that starts later, at start, does so before the
// end of the other; an end that is not known leaves it open unless the starts decide.
func startsInside(start, otherEnd, end types.Datum) types.Datum {
	switch {
	case !otherEnd.Set:
		return types.Null
	case start.I < otherEnd.I:
		return types.BoolDatum(true)
	case !end.Set:
		return types.Null
	}
	return types.BoolDatum(false)
}

// inOrder puts the earlier end first, and one that is not known second.
func inOrder(a, b types.Datum) (types.Datum, types.Datum) {
	if !a.Set || b.Set && a.I > b.I {
		return b, a
	}
	return a, b
}

// span makes the second end of a length.
func span(c *Call, from, end types.Datum, t types.Type) (a, b types.Datum, err error) {
	if t != types.Interval {
		return from, end, nil
	}
	if !from.Set || !end.Set {
		return from, types.Null, nil
	}
	v := types.DecodeInterval([]byte(end.S))
	if c.Args[0].Type.Kind == types.KindTime {
		x := (from.I + v.Micros) % microsPerDay
		if x < 0 {
			x += microsPerDay
		}
		return from, types.FixedDatum(x), nil
	}
	var loc *time.Location
	if c.Args[0].Type.Kind == types.KindTimestamptz {
		loc = c.Env.Location()
	}
	x, err := types.AddInterval(from.I, v, loc)
	return from, types.FixedDatum(x), err
}
