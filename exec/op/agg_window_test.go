package op

import (
	"math/rand/v2"
	"slices"
	"testing"

	"millrace/sql/types"
)

// windowIn is the columns of timed rows: the end of a window, a key, a value, a moment,
// and the watermark when the row came.
var windowIn = []types.Type{types.Timestamptz, types.Int4, types.Int8, types.Timestamptz, types.Timestamptz}

const (
	testWindow = 5
	testDelay  = 2
)

// timedRows generates rows whose moments go on with some disorder.
func timedRows() func(rnd *rand.Rand, _ int) row {
	now, latest := int64(1000), int64(0)
	return func(rnd *rand.Rand, _ int) row {
		now += rnd.Int64N(3)
		ts := now - rnd.Int64N(12)
		latest = max(latest, ts)
		end := types.FixedDatum(ts/testWindow*testWindow + testWindow)
		return row{end, num(rnd, 3), num(rnd, 4), types.FixedDatum(ts), types.FixedDatum(latest - testDelay)}
	}
}

// rowsMark is the watermark after some timed rows.
func rowsMark(in [][]row) []int64 {
	w := int64(NoTime)
	for _, r := range in[0] {
		w = max(w, r[4].I)
	}
	return []int64{w}
}

// TestWindowAggregate checks groups that end by time, however the rows are cut into
// epochs: rows too late are out, and groups are given or taken back at their end.
func TestWindowAggregate(t *testing.T) {
	distinct := agg2(t, "count", 2)
	distinct.Distinct = true
	for _, c := range []struct {
		name        string
		late, close int64
		final       bool
		retract     bool
	}{
		{"final", 0, 0, true, false},
		{"final with grace", 3, 3, true, false},
		{"changes with grace", 4, 4, false, false},
		{"changes with retention", 2, 9, false, true},
	} {
		spec := AggregateSpec{In: windowIn, Keys: []int{1, 0}, Aggs: []AggSpec{
			agg2(t, "count"), agg2(t, "max", 2), distinct, agg2(t, "array_agg", 2),
		}}
		time := TimeSpec{Key: 1, Late: c.late, Close: c.close, RowWatermark: 4, Final: c.final, Retract: c.retract}
		check(t, checked{
			name: c.name, in: [][]types.Type{windowIn}, gen: timedRows(), appendOnly: true, marks: rowsMark,
			out:  NewWindowAggregate(spec, time).agg.out.types,
			make: func() Op { return NewWindowAggregate(spec, time) },
			model: func(in [][]row) []row {
				mark := rowsMark(in)[0]
				timely := slices.DeleteFunc(slices.Clone(in[0]), func(r row) bool {
					closed := r[0].I+c.close <= mark
					return r[0].I+c.late <= r[4].I || c.final && !closed || c.retract && closed
				})
				return recomputed(t, spec, timely)
			},
		})
	}
}

// agg2 resolves an aggregate over columns of windowIn.
func agg2(t testing.TB, name string, args ...int) AggSpec {
	t.Helper()
	saved := aggIn
	aggIn = windowIn
	defer func() { aggIn = saved }()
	return agg(t, name, args...)
}

// recomputed runs a plain aggregation over rows once.
func recomputed(t testing.TB, spec AggregateSpec, rows []row) []row {
	t.Helper()
	return runOnce(t, NewAggregate(spec), spec.In, rows)
}
