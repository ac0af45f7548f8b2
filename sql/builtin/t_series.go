package builtin

import (
	"time"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

var seriesTables = concat(intSeries(types.Int4), intSeries(types.Int8), numericSeries(), timeSeries(types.Timestamp), timeSeries(types.Timestamptz), []TableFunc{
	{
		Name: "generate_subscripts", Args: list(types.AnyArray, types.Int4), Columns: oneColumn("generate_subscripts", types.Int4),
		Doc: "The indexes of a dimension of an array.", Example: "generate_subscripts(array[5, 6], 1) = (1), (2)", Rows: subscriptRows(false),
	},
	{
		Name: "generate_subscripts", Args: list(types.AnyArray, types.Int4, types.Bool), Columns: oneColumn("generate_subscripts", types.Int4),
		Doc: "The indexes of a dimension of an array, downwards if the last argument is true.", Example: "generate_subscripts(array[5, 6], 1, true) = (2), (1)", Rows: subscriptRows(true),
	},
})

func oneColumn(name string, t types.Type) types.Schema { return types.Schema{{Name: name, Type: t}} }

// maxSeries bounds the rows that one call makes at once.
const maxSeries = 1 << 27

func errStepZero() error {
	return pgerr.New(pgerr.InvalidParameterValue, "step size cannot equal zero")
}

func errTooManyRows() error {
	return pgerr.Newf(pgerr.ProgramLimitExceeded, "a set-returning function cannot return more than %d rows at once", maxSeries)
}

const seriesDoc = "The values from the first argument to the second, a step (of 1 if not given) apart."

func intSeries(t types.Type) []TableFunc {
	n := t.InternalName()
	return []TableFunc{
		{
			Name: "generate_series", Args: list(t, t), Columns: oneColumn("generate_series", t), Doc: seriesDoc,
			Example: "generate_series(2::" + n + ", 4::" + n + ") = (2), (3), (4)", Rows: intRows, Range: seriesRange,
		},
		{
			Name: "generate_series", Args: list(t, t, t), Columns: oneColumn("generate_series", t), Doc: seriesDoc,
			Example: "generate_series(5::" + n + ", 1::" + n + ", -2::" + n + ") = (5), (3), (1)", Rows: intRows, Range: seriesRange,
		},
	}
}

func seriesRange(args []types.Datum) (from, to, step int64, err error) {
	step = 1
	if len(args) > 2 {
		step = args[2].I
	}
	if step == 0 {
		return 0, 0, 0, errStepZero()
	}
	return args[0].I, args[1].I, step, nil
}

func intRows(_ *Env, args []types.Datum, _ []types.Type, out []*col.Builder) (int, error) {
	from, to, step, err := seriesRange(args)
	if err != nil {
		return 0, err
	}
	n := 0
	CountUp(from, to, step, func(x int64) bool {
		if n == maxSeries {
			err = errTooManyRows()
			return false
		}
		out[0].Int(x)
		n++
		return true
	})
	return n, err
}

// CountUp calls yield with the integers of a TableFunc's Range until it says no.
func CountUp(from, to, step int64, yield func(int64) bool) {
	for x, ok := from, true; ok && (step > 0 && x <= to || step < 0 && x >= to); x, ok = addChecked(x, step) {
		if !yield(x) {
			return
		}
	}
}

func numericSeries() []TableFunc {
	rows := func(_ *Env, args []types.Datum, _ []types.Type, out []*col.Builder) (int, error) {
		step := types.FromInt64(1, 0)
		if len(args) > 2 {
			step = types.DecodeDecimal([]byte(args[2].S))
		}
		from, to := types.DecodeDecimal([]byte(args[0].S)), types.DecodeDecimal([]byte(args[1].S))
		for _, bound := range []struct {
			d    types.Decimal
			name string
		}{{from, "start"}, {to, "stop"}, {step, "step size"}} {
			switch {
			case bound.d.IsNaN():
				return 0, pgerr.Newf(pgerr.InvalidParameterValue, "%s value cannot be NaN", bound.name)
			case bound.d.IsInf():
				return 0, pgerr.Newf(pgerr.InvalidParameterValue, "%s value cannot be infinity", bound.name)
			}
		}
		if step.Sign() == 0 {
			return 0, errStepZero()
		}
		n := 0
		for x := from; x.Cmp(to)*step.Sign() <= 0; x = x.Add(step) {
			if n == maxSeries {
				return 0, errTooManyRows()
			}
			out[0].Datum(x.Datum())
			n++
		}
		return n, nil
	}
	columns := oneColumn("generate_series", types.Numeric)
	return []TableFunc{
		{
			Name: "generate_series", Args: list(types.Numeric, types.Numeric), Columns: columns, Doc: seriesDoc,
			Example: "generate_series(1.5, 3) = (1.5), (2.5)", Rows: rows,
		},
		{
			Name: "generate_series", Args: list(types.Numeric, types.Numeric, types.Numeric), Columns: columns, Doc: seriesDoc,
			Example: "generate_series(1.0, 2.0, 0.5) = (1.0), (1.5), (2.0)", Rows: rows,
		},
	}
}

func timeSeries(t types.Type) []TableFunc {
	n := t.InternalName()
	volatility := Immutable
	if t.Kind == types.KindTimestamptz {
		volatility = Stable
	}
	return []TableFunc{{
		Name: "generate_series", Args: list(t, t, types.Interval), Columns: oneColumn("generate_series", t), Volatility: volatility,
		Doc:     "The points in time from the first argument to the second, a step apart.",
		Example: "generate_series(" + n + " '2024-01-01', " + n + " '2024-01-02', '12 hours') = (" + n + " '2024-01-01'), (" + n + " '2024-01-01 12:00'), (" + n + " '2024-01-02')",
		Rows: func(env *Env, args []types.Datum, _ []types.Type, out []*col.Builder) (int, error) {
			var loc *time.Location
			if t.Kind == types.KindTimestamptz {
				loc = env.Location()
			}
			return timeSteps(args[0].I, args[1].I, types.DecodeInterval([]byte(args[2].S)), loc, out[0])
		},
	}}
}

func timeSteps(from, to int64, step types.IntervalValue, loc *time.Location, out *col.Builder) (int, error) {
	sign := step.Cmp(types.IntervalValue{})
	if sign == 0 {
		return 0, errStepZero()
	}
	n := 0
	for x := from; sign > 0 && x <= to || sign < 0 && x >= to; n++ {
		if n == maxSeries || types.IsInfinite(x) {
			return 0, errTooManyRows()
		}
		out.Int(x)
		next, err := types.AddInterval(x, step, loc)
		if err != nil {
			return 0, err
		}
		x = next
	}
	return n, nil
}

func subscriptRows(mayReverse bool) func(*Env, []types.Datum, []types.Type, []*col.Builder) (int, error) {
	return func(_ *Env, args []types.Datum, ts []types.Type, out []*col.Builder) (int, error) {
		a, _ := types.DecodeArray(ts[0], []byte(args[0].S))
		dim := args[1].I
		if dim < 1 || dim > int64(len(a.Dims)) {
			return 0, nil
		}
		n, low := int(a.Dims[dim-1]), int64(a.LowerBound(int(dim-1)))
		for k := range n {
			if mayReverse && args[2].I != 0 {
				out[0].Int(low + int64(n-1-k))
			} else {
				out[0].Int(low + int64(k))
			}
		}
		return n, nil
	}
}
