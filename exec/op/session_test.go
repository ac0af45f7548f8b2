package op

import (
	"math/rand/v2"
	"slices"
	"testing"

	"millrace/sql/types"
)

const testGap = 3

// modelSessions gives each row of a key the bounds of its session.
func modelSessions(rows []row, key, time int) [][]row {
	sorted := slices.Clone(rows)
	slices.SortStableFunc(sorted, func(a, b row) int {
		if c := compareNull(a[key], b[key]); c != 0 {
			return c
		}
		return int(a[time].I - b[time].I)
	})
	var out [][]row
	for i, r := range sorted {
		if i == 0 || compareNull(r[key], sorted[i-1][key]) != 0 || r[time].I-sorted[i-1][time].I > testGap {
			out = append(out, nil)
		}
		last := len(out) - 1
		out[last] = append(out[last], r)
	}
	return out
}

func compareNull(a, b types.Datum) int {
	switch {
	case a.Set != b.Set && a.Set:
		return 1
	case a.Set != b.Set:
		return -1
	}
	return int(a.I - b.I)
}

// TestSession checks rows with the bounds of their sessions, with retractions.
func TestSession(t *testing.T) {
	in := windowIn[:4]
	rows := timedRows()
	spec := SessionSpec{
		In: in, Bound: types.Timestamptz, Gap: testGap, RowWatermark: -1,
		Time: testExpr{types.Timestamptz, func(r row) (types.Datum, error) { return r[3], nil }},
		Keys: []Expr{testExpr{types.Int4, func(r row) (types.Datum, error) { return r[1], nil }}},
	}
	for _, inclusive := range []bool{false, true} {
		spec.Inclusive = inclusive
		check(t, checked{
			name: "session", in: [][]types.Type{in}, gen: func(rnd *rand.Rand, n int) row { return rows(rnd, n)[:4] },
			out:  append(in[:4:4], types.Timestamptz, types.Timestamptz),
			make: func() Op { return NewSession(spec) },
			model: func(in [][]row) (out []row) {
				for _, s := range modelSessions(in[0], 1, 3) {
					for _, r := range s {
						out = append(out, append(r[:4:4], sessionBounds(s, 3, inclusive)...))
					}
				}
				return out
			},
		})
	}
}

func sessionBounds(s []row, time int, inclusive bool) row {
	end := s[len(s)-1][time].I
	if !inclusive {
		end += testGap
	}
	return row{s[0][time], types.FixedDatum(end)}
}

// TestSessionAggregate checks sessions of append-only rows: as they are, given when they
// have ended, forgotten after a grace period, and taken back.
func TestSessionAggregate(t *testing.T) {
	small := agg2(t, "count")
	small.Filter = 5
	in := append(windowIn[:5:5], types.Bool)
	rows := timedRows()
	for _, c := range []struct {
		name                    string
		bounded, final, retract bool
		late, close             int64
	}{
		{name: "all"},
		{name: "final", bounded: true, final: true, late: testGap + 1, close: testGap + 1},
		{name: "final with grace", bounded: true, final: true, late: testGap + 4, close: testGap + 4},
		{name: "changes with grace", bounded: true, late: testGap + 2, close: testGap + 2},
		{name: "changes with retention", bounded: true, retract: true, late: testGap + 1, close: testGap + 12},
	} {
		spec := SessionAggregateSpec{
			In: in, Time: 3, Keys: []int{1}, Gap: testGap, Bounded: c.bounded, Late: c.late, Close: c.close,
			RowWatermark: -1, Final: c.final, Retract: c.retract,
			Aggs: []AggSpec{agg2(t, "count"), agg2(t, "sum", 2), agg2(t, "max", 2), small},
		}
		if c.bounded {
			spec.RowWatermark = 4
		}
		plain := AggregateSpec{In: in, Keys: []int{1}, Aggs: spec.Aggs}
		check(t, checked{
			name: c.name, in: [][]types.Type{in}, appendOnly: true, marks: rowsMark,
			gen:  func(rnd *rand.Rand, n int) row { return append(rows(rnd, n), types.BoolDatum(rnd.IntN(2) == 0)) },
			out:  []types.Type{types.Int4, types.Timestamptz, types.Timestamptz, types.Int8, types.Numeric, types.Int8, types.Int8},
			make: func() Op { return NewSessionAggregate(spec) },
			model: func(in [][]row) (out []row) {
				for _, s := range arrivals(in[0], c.bounded, c.late) {
					closed := c.bounded && s[len(s)-1][3].I+c.close <= rowsMark(in)[0]
					if c.final && !closed || c.retract && closed {
						continue
					}
					r := recomputed(t, plain, s)[0]
					out = append(out, slices.Concat(r[:1], sessionBounds(s, 3, false), r[1:]))
				}
				return out
			},
		})
	}
}

// arrivals puts rows into sessions in the order in which they came: a row joins no
// session that had ended by then, and is left out when it alone would have.
func arrivals(rows []row, bounded bool, late int64) (sessions [][]row) {
	for _, r := range rows {
		if bounded && r[3].I+late <= r[4].I {
			continue
		}
		joined := []row{r}
		sessions = slices.DeleteFunc(sessions, func(s []row) bool {
			first, last := s[0][3].I, s[len(s)-1][3].I
			if compareNull(s[0][1], r[1]) != 0 || first-r[3].I > testGap || r[3].I-last > testGap ||
				bounded && last+late <= r[4].I {
				return false
			}
			joined = append(joined, s...)
			return true
		})
		slices.SortStableFunc(joined, func(a, b row) int { return int(a[3].I - b[3].I) })
		sessions = append(sessions, joined)
	}
	return sessions
}
