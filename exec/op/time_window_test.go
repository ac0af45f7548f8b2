package op

import (
	"math/rand/v2"
	"testing"

	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/types"
)

// testOrigin is 1970-01-01, to which windows are aligned.
const testOrigin = -946_684_800_000_000

func fixedWindows(kind builtin.WindowKind, size, step, offset int64) *builtin.TimeWindows {
	w, err := builtin.NewTimeWindows(builtin.WindowSpec{
		Kind: kind, Size: types.IntervalValue{Micros: size},
		Step: types.IntervalValue{Micros: step}, Offset: types.IntervalValue{Micros: offset},
	})
	if err != nil {
		panic(err)
	}
	return w
}

// TestTimeWindow compares the windows of rows with all windows that could hold them.
func TestTimeWindow(t *testing.T) {
	in := []types.Type{types.Timestamptz, types.Int8}
	gen := func(rnd *rand.Rand, _ int) row {
		if rnd.IntN(10) == 0 {
			return row{types.Null, types.FixedDatum(1)}
		}
		return row{types.FixedDatum(testOrigin + rnd.Int64N(60) - 20), types.FixedDatum(rnd.Int64N(3))}
	}
	for _, c := range []struct {
		name               string
		kind               builtin.WindowKind
		size, step, offset int64
	}{
		{"hop", builtin.HopWindows, 10, 2, 0},
		{"hop uneven", builtin.HopWindows, 10, 3, 1},
		{"hop gap", builtin.HopWindows, 3, 7, 0},
		{"tumble", builtin.TumbleWindows, 7, 0, 3},
		{"cumulate", builtin.CumulateWindows, 12, 3, 5},
	} {
		all := checked{
			name: c.name, in: [][]types.Type{in}, gen: gen,
			out: append(in[:2:2], types.Timestamptz, types.Timestamptz),
			make: func() Op {
				return NewTimeWindow(testExpr{types.Timestamptz, func(r row) (types.Datum, error) { return r[0], nil }}, fixedWindows(c.kind, c.size, c.step, c.offset), types.Timestamptz, nil)
			},
			model: func(rows [][]row) (out []row) {
				for _, r := range rows[0] {
					if !r[0].Set {
						out = append(out, append(r[:2:2], types.Null, types.Null))
						continue
					}
					grid, step := c.step, c.size
					if c.kind != builtin.HopWindows {
						grid, step = c.size, c.step
					}
					if c.kind == builtin.TumbleWindows {
						step = c.size
					}
					for start := testOrigin - 100*grid + c.offset; start <= r[0].I; start += grid {
						for end := start + step; end <= start+c.size; end += step {
							if end > r[0].I {
								out = append(out, append(r[:2:2], types.FixedDatum(start), types.FixedDatum(end)))
							}
						}
					}
				}
				return out
			},
		}
		check(t, all)
		// Where the time is not read further on, rows may be made one.
		sliced := all
		sliced.name, sliced.out = c.name+" sliced", all.out[1:]
		sliced.make = func() Op {
			return &withoutFirst{NewTimeWindow(testExpr{types.Timestamptz, func(r row) (types.Datum, error) { return r[0], nil }},
				fixedWindows(c.kind, c.size, c.step, c.offset), types.Timestamptz, []int{1})}
		}
		sliced.model = func(rows [][]row) (out []row) {
			for _, r := range all.model(rows) {
				out = append(out, r[1:])
			}
			return out
		}
		check(t, sliced)
	}
}

// withoutFirst drops the first column of what an operator emits.
type withoutFirst struct{ Op }

func (o *withoutFirst) Push(c *Ctx, port int, b *col.Batch, out Emit) {
	o.Op.Push(c, port, b, func(b *col.Batch) { out(&col.Batch{N: b.N, W: b.W, Cols: b.Cols[1:]}) })
}
