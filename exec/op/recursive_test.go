package op

import (
	"errors"
	"math/rand/v2"
	"testing"

	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

var recursiveRow = []types.Type{types.Int4, types.Text}

// stepper makes a Recursive whose term gives next(n) for each row (n, tag).
func stepper(spec RecursiveSpec, next func(n int64) []int64) *Recursive {
	var o *Recursive
	spec.Types = recursiveRow
	spec.Step = func(c *Ctx, b *col.Batch) {
		out := col.NewBatchBuilder(concat(recursiveRow, []types.Type{types.Int8}), b.N)
		for i := range b.N {
			for _, n := range next(b.Cols[0].Int(i)) {
				out.Row(b.Weight(i), types.FixedDatum(n), b.Cols[1].Datum(i), b.Cols[2].Datum(i))
			}
		}
		if out.Len() > 0 {
			o.Push(c, 1, out.Batch(), nil)
		}
	}
	o = NewRecursive(spec)
	return o
}

// TestRecursiveUnion walks a graph with cycles: nodes stay as long as something that
// is there leads to them.
func TestRecursiveUnion(t *testing.T) {
	next := func(n int64) []int64 { return []int64{(n*2 + 1) % 11, (n + 5) % 9} }
	check(t, checked{
		name: "union",
		make: func() Op { return stepper(RecursiveSpec{}, next) },
		in:   [][]types.Type{recursiveRow}, out: recursiveRow, key: []int{0, 1},
		gen: func(rnd *rand.Rand, _ int) row {
			return row{types.FixedDatum(int64(rnd.IntN(30))), str(rnd, 3)}
		},
		model: func(in [][]row) []row {
			var out []row
			seen := map[string]bool{}
			var visit func(r row)
			visit = func(r row) {
				k := rowForm(recursiveRow, r, false)
				if seen[k] {
					return
				}
				seen[k] = true
				out = append(out, r)
				for _, n := range next(r[0].I) {
					visit(row{types.FixedDatum(n), r[1]})
				}
			}
			for _, r := range in[0] {
				visit(r)
			}
			return out
		},
	})
}

func TestRecursiveUnionAll(t *testing.T) {
	next := func(n int64) []int64 {
		if n > 6 {
			return nil
		}
		return []int64{n + 1, n + 2}
	}
	for _, once := range []bool{false, true} {
		check(t, checked{
			name: map[bool]string{false: "union all", true: "union all once"}[once], once: once, appendOnly: once,
			make: func() Op { return stepper(RecursiveSpec{All: true, Once: once}, next) },
			in:   [][]types.Type{recursiveRow}, out: recursiveRow,
			gen: func(rnd *rand.Rand, _ int) row {
				return row{types.FixedDatum(int64(rnd.IntN(9))), str(rnd, 2)}
			},
			model: func(in [][]row) []row {
				var out []row
				var visit func(r row)
				visit = func(r row) {
					out = append(out, r)
					for _, n := range next(r[0].I) {
						visit(row{types.FixedDatum(n), r[1]})
					}
				}
				for _, r := range in[0] {
					visit(r)
				}
				return out
			},
		})
	}
}

func TestRecursiveBounds(t *testing.T) {
	for name, spec := range map[string]RecursiveSpec{
		"iterations": {All: true, IterationsMax: 100},
		"bytes":      {All: true, BytesMax: 1 << 16},
	} {
		t.Run(name, func(t *testing.T) {
			n := 1
			if spec.BytesMax > 0 {
				n = 2 // each row gives two
			}
			o := stepper(spec, func(x int64) []int64 { return []int64{x + 1, x + 2}[:n] })
			c := &Ctx{Env: &builtin.Env{}}
			b := col.NewBatchBuilder(recursiveRow, 1)
			b.Row(1, types.FixedDatum(0), types.Null)
			o.Push(c, 0, b.Batch(), nil)
			o.EndEpoch(c, func(*col.Batch) {})
			var err *pgerr.Error
			if !errors.As(c.Err(), &err) || err.Code != pgerr.StatementTooComplex {
				t.Fatalf("got %v", c.Err())
			}
		})
	}
}
