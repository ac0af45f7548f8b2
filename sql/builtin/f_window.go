package builtin

import (
	"bytes"

	"millrace/sql/col"
	"millrace/sql/types"
)

// windowFuncs cut time into windows, for TUMBLE and the WINDOW clause.
var windowFuncs = concat(tumbles(types.Timestamp), tumbles(types.Timestamptz), zonedTumbles,
	windowMillis(types.Timestamp), windowMillis(types.Timestamptz))

func tumbles(t types.Type) []Func {
	n := t.InternalName()
	return []Func{
		{
			Name: "tumble_start", Args: list(t, types.Interval), Returns: t,
			Doc:     "Start of the tumbling window that a time falls into; windows are aligned to 1970-01-01 00:00 (UTC).",
			Example: "tumble_start(" + n + " '2024-05-06 07:08:09', interval '1 hour') = " + n + " '2024-05-06 07:00:00'",
			Kernel:  tumble(windowStart),
		},
		{
			Name: "tumble_start", Args: list(t, types.Interval, types.Interval), Returns: t,
			Doc:     "Start of the tumbling window that a time falls into; windows are aligned to 1970-01-01 00:00 plus the offset.",
			Example: "tumble_start(" + n + " '2024-05-06 07:08:09', interval '7 days', interval '4 days') = " + n + " '2024-05-06'",
			Kernel:  tumble(windowStart),
		},
		{
			Name: "tumble_end", Args: list(t, types.Interval), Returns: t,
			Doc:     "End (the first moment after it) of the tumbling window that a time falls into.",
			Example: "tumble_end(" + n + " '2024-05-06 07:08:09', interval '1 hour') = " + n + " '2024-05-06 08:00:00'",
			Kernel:  tumble(windowEnd),
		},
		{
			Name: "tumble_end", Args: list(t, types.Interval, types.Interval), Returns: t,
			Doc:     "End of the tumbling window that a time falls into; windows are aligned to 1970-01-01 00:00 plus the offset.",
			Example: "tumble_end(" + n + " '2024-05-06 07:08:09', interval '1 year', interval '3 months') = " + n + " '2025-04-01'",
			Kernel:  tumble(windowEnd),
		},
	}
}

var zonedTumbles = []Func{
	{
		Name: "tumble_start", Args: list(types.Timestamptz, types.Interval, types.Interval, types.Text), Returns: types.Timestamptz,
		Doc:     "Start of the tumbling window that a time falls into, cut in the clock of a time zone.",
		Example: "tumble_start(timestamptz '2024-05-06 07:08:09+00', interval '1 day', interval '0', 'Europe/Berlin') = timestamptz '2024-05-05 22:00:00+00'",
		Kernel:  tumble(windowStart),
	},
	{
		Name: "tumble_end", Args: list(types.Timestamptz, types.Interval, types.Interval, types.Text), Returns: types.Timestamptz,
		Doc:     "End of the tumbling window that a time falls into, cut in the clock of a time zone.",
		Example: "tumble_end(timestamptz '2024-05-06 07:08:09+00', interval '1 day', interval '0', 'Europe/Berlin') = timestamptz '2024-05-06 22:00:00+00'",
		Kernel:  tumble(windowEnd),
	},
}

// windowMillis is ksqlDB's form of the bounds of windows.
func windowMillis(t types.Type) []Func {
	return []Func{{
		Name: "window_millis", Args: list(t), Returns: types.Int8,
		Doc:     "Milliseconds since 1970-01-01 00:00 (UTC), rounded down: WINDOWSTART and WINDOWEND of ksqlDB.",
		Example: "window_millis(" + t.InternalName() + " '1970-01-01 00:00:01') = 1000",
		Kernel:  words(func(x int64) int64 { return floorDiv(x-windowOrigin, 1000) }),
	}}
}

func windowStart(start, _ int64) int64 { return start }

func windowEnd(_, end int64) int64 { return end }

// tumble makes the kernel that gives one bound of the window. Its definition is mostly
// the same for all rows.
func tumble(pick func(start, end int64) int64) Kernel {
	return func(c *Call) *col.Vec {
		var w *TimeWindows
		last := 0
		return eachRow(c, func(i int, out *col.Builder) error {
			if w == nil || !sameFrom(c, 1, last, i) {
				var err error
				if w, err = NewTimeWindows(tumbleSpec(c, i)); err != nil {
					w = nil
					return err
				}
			}
			last = i
			start, end, err := w.Bounds(c.Args[0].Fix[i])
			if err == nil {
				out.Int(pick(start, end))
			}
			return err
		})
	}
}

func tumbleSpec(c *Call, i int) WindowSpec {
	s := WindowSpec{Size: intervalAt(c, 1, i)}
	if len(c.Args) > 2 {
		s.Offset = intervalAt(c, 2, i)
	}
	if len(c.Args) > 3 {
		s.Zone = c.Args[3].Str(i)
	}
	return s
}

// sameFrom reports whether rows i and j have the same arguments from number k on.
func sameFrom(c *Call, k, i, j int) bool {
	for _, a := range c.Args[k:] {
		if !bytes.Equal(a.Bytes(i), a.Bytes(j)) {
			return false
		}
	}
	return true
}
