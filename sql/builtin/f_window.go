package builtin

import (
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// windowFuncs cut time into windows, for TUMBLE.
var windowFuncs = concat(tumbles(types.Timestamp), tumbles(types.Timestamptz))

func tumbles(t types.Type) []Func {
	n := t.InternalName()
	return []Func{
		{Name: "tumble_start", Args: list(t, types.Interval), Returns: t,
			Doc:     "Start of the tumbling window that a time falls into; windows are aligned to 1970-01-01 00:00 (UTC).",
			Example: "tumble_start(" + n + " '2024-05-06 07:08:09', interval '1 hour') = " + n + " '2024-05-06 07:00:00'",
			Kernel:  tumble(0)},
		{Name: "tumble_end", Args: list(t, types.Interval), Returns: t,
			Doc:     "End (the first moment after it) of the tumbling window that a time falls into.",
			Example: "tumble_end(" + n + " '2024-05-06 07:08:09', interval '1 hour') = " + n + " '2024-05-06 08:00:00'",
			Kernel:  tumble(1)},
	}
}

// tumble makes the kernel that gives the start of the window so many windows later.
func tumble(later int64) Kernel {
	return rowsKernel(func(c *Call, i int, out *col.Builder) error {
		size, err := windowSize(intervalAt(c, 1, i))
		if err != nil {
			return err
		}
		x := c.Args[0].Fix[i]
		if types.IsInfinite(x) {
			out.Int(x)
			return nil
		}
		const origin = unixEpoch * microsPerSecond
		into := (x - origin) % size
		if into < 0 {
			into += size
		}
		out.Int(x - into + later*size)
		return nil
	})
}

func windowSize(v types.IntervalValue) (int64, error) {
	if v.Months != 0 {
		return 0, pgerr.New(pgerr.InvalidParameterValue, "window size must not contain months or years").
			WithHint("Use days or shorter units, whose length is fixed.")
	}
	size := int64(v.Days)*microsPerDay + v.Micros
	if size <= 0 {
		return 0, pgerr.New(pgerr.InvalidParameterValue, "window size must be greater than zero")
	}
	return size, nil
}
