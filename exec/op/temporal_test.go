package op

import (
	"math/rand/v2"
	"testing"

	"millrace/sql/types"
)

// TestTemporal checks rows that come and go as the clock moves on, with retractions at
// any time of their life.
func TestTemporal(t *testing.T) {
	in := []types.Type{types.Timestamptz, types.Timestamptz, types.Int4}
	at := func(c int) Expr {
		return testExpr{types.Timestamptz, func(r row) (types.Datum, error) { return r[c], nil }}
	}
	gen := func(rnd *rand.Rand, _ int) row {
		from := rnd.Int64N(100)
		r := row{types.FixedDatum(from), types.FixedDatum(from + rnd.Int64N(60) - 5), num(rnd, 2)}
		switch rnd.IntN(12) {
		case 0:
			r[0] = types.Null
		case 1:
			r[1] = types.Null
		case 2:
			r[1] = types.FixedDatum(types.PosInfinity)
		}
		return r
	}
	for _, c := range []struct {
		name     string
		from, to bool
	}{{"from", true, false}, {"until", false, true}, {"both", true, true}} {
		now := int64(0)
		var from, until []Moment
		if c.from {
			from = []Moment{{X: at(0), Offset: 3}}
		}
		if c.to {
			until = []Moment{{X: at(1), Offset: -2}}
		}
		check(t, checked{
			name: c.name, in: [][]types.Type{in}, out: in, gen: gen,
			make:  func() Op { return NewTemporal(in, from, until) },
			marks: func([][]row) []int64 { return []int64{NoTime} },
			clock: func(epoch uint64) int64 {
				now = 9 * int64(epoch)
				return now
			},
			model: func(rows [][]row) (out []row) {
				for _, r := range rows[0] {
					inf := types.IsInfinite(r[1].I)
					if c.from && (!r[0].Set || now < r[0].I+3) || c.to && (!r[1].Set || !inf && now >= r[1].I-2) {
						continue
					}
					out = append(out, r)
				}
				return out
			},
		})
	}
}
