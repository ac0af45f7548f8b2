package op

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"millrace/sql/col"
	"millrace/sql/types"
)

// asofModel looks through all right rows for each left one.
func asofModel(s AsofSpec) func(in [][]row) []row {
	before := func(a, b row) bool { // in the order in which the last one is taken
		x, y := a[s.RTime].I, b[s.RTime].I
		if s.Later {
			x, y = y, x
		}
		if x != y {
			return x < y
		}
		return string(col.AppendKeyDatums(nil, s.R, a)) < string(col.AppendKeyDatums(nil, s.R, b))
	}
	fits := func(l, r row) bool {
		for k := range s.LKeys {
			a, b := l[s.LKeys[k]], r[s.RKeys[k]]
			if !a.Set || !b.Set || a != b {
				return false
			}
		}
		a, b := l[s.LTime], r[s.RTime]
		if !a.Set || !b.Set {
			return false
		}
		if s.Later {
			a, b = b, a
		}
		return a.I > b.I || a.I == b.I && !s.Strict
	}
	return func(in [][]row) (out []row) {
		for _, l := range in[0] {
			var best row
			for _, r := range in[1] {
				if fits(l, r) && (best == nil || before(best, r)) {
					best = r
				}
			}
			switch {
			case best != nil:
				out = append(out, concat(l, best))
			case s.Left:
				out = append(out, concat(l, make(row, len(s.R))))
			}
		}
		return out
	}
}

func TestAsof(t *testing.T) {
	for i := range 16 {
		spec := AsofSpec{
			L: joinL, R: joinR, LKeys: []int{1}, RKeys: []int{0}, LTime: 0, RTime: 1,
			Later: i&1 > 0, Strict: i&2 > 0, Left: i&4 > 0, Once: i&8 > 0,
		}
		gen := func(rnd *rand.Rand, port int) row {
			if port == 0 {
				return row{num(rnd, 12), num(rnd, 3), str(rnd, 3)}
			}
			return row{num(rnd, 3), num(rnd, 12)}
		}
		check(t, checked{
			name: fmt.Sprintf("later=%v strict=%v left=%v once=%v", spec.Later, spec.Strict, spec.Left, spec.Once),
			make: func() Op { return NewAsof(spec) },
			in:   [][]types.Type{joinL, joinR}, gen: gen, out: slices.Concat(joinL, joinR),
			model: asofModel(spec), appendOnly: spec.Once, once: spec.Once,
		})
	}
	keyless := AsofSpec{L: joinL, R: joinR, LTime: 0, RTime: 1, Left: true}
	check(t, checked{
		name: "without key", make: func() Op { return NewAsof(keyless) },
		in: [][]types.Type{joinL, joinR}, gen: joinRow, out: slices.Concat(joinL, joinR), model: asofModel(keyless),
	})
}
