package op

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"millrace/sql/col"
	"millrace/sql/types"
)

var setIn = []types.Type{types.Int4, types.Text}

func setRow(rnd *rand.Rand, _ int) row { return row{num(rnd, 3), str(rnd, 3)} }

func countRows(ts []types.Type, rows []row) (keys []row, count map[string]int) {
	count = map[string]int{}
	for _, r := range rows {
		k := string(col.AppendKeyDatums(nil, ts, r))
		if count[k]++; count[k] == 1 {
			keys = append(keys, r)
		}
	}
	return keys, count
}

func TestDistinct(t *testing.T) {
	check(t, checked{
		name: "distinct", make: func() Op { return NewDistinct(setIn) }, in: [][]types.Type{setIn}, gen: setRow,
		out: setIn, key: []int{0, 1},
		model: func(in [][]row) []row {
			keys, _ := countRows(setIn, in[0])
			return keys
		},
	})
}

func TestDistinctOfEqualButDifferentRows(t *testing.T) {
	ts := []types.Type{types.Float8} // -0 = 0
	check(t, checked{
		name: "distinct floats", make: func() Op { return NewDistinct(ts) }, in: [][]types.Type{ts}, out: ts, byKey: true,
		gen: func(rnd *rand.Rand, _ int) row {
			negative := [2]float64{0, -1}[rnd.IntN(2)]
			return row{types.FloatDatum(negative * 0)}
		},
		model: func(in [][]row) []row {
			keys, _ := countRows(ts, in[0])
			return keys
		},
	})
}

func TestSetOp(t *testing.T) {
	for _, except := range []bool{false, true} {
		for _, all := range []bool{false, true} {
			check(t, checked{
				name: fmt.Sprintf("except=%v all=%v", except, all),
				make: func() Op { return NewSetOp(setIn, except, all) },
				in:   [][]types.Type{setIn, setIn}, gen: setRow, out: setIn,
				model: func(in [][]row) (out []row) {
					keys, l := countRows(setIn, in[0])
					_, r := countRows(setIn, in[1])
					for _, row := range keys {
						k := string(col.AppendKeyDatums(nil, setIn, row))
						n := min(l[k], r[k])
						switch {
						case except && all:
							n = l[k] - r[k]
						case except && r[k] > 0:
							n = 0
						case except:
							n = 1
						case !all:
							n = min(n, 1)
						}
						for range n {
							out = append(out, row)
						}
					}
					return out
				},
			})
		}
	}
}

func TestUnionAndConsolidate(t *testing.T) {
	all := func(in [][]row) []row { return slices.Concat(in...) }
	check(t, checked{
		name: "union", make: func() Op { return NewUnion() }, in: [][]types.Type{setIn, setIn},
		gen: setRow, out: setIn, model: all,
	})
	check(t, checked{
		name: "consolidate", make: func() Op { return NewConsolidate(setIn) }, in: [][]types.Type{setIn},
		gen: setRow, out: setIn, model: all,
	})
}

// topModel sorts as SortSpec says, ties by exact row, and cuts.
func topModel(s SortSpec, ts []types.Type) func(in [][]row) []row {
	type keyed struct {
		row        row
		key, exact string
	}
	one := col.NewBatchBuilder(ts, 1)
	order := func(r row) keyed {
		one.Row(1, r...)
		return keyed{r, string(appendSortKeys(nil, s.Keys, one.Batch(), 0)), string(col.AppendRowDatums(nil, ts, r))}
	}
	return func(in [][]row) (out []row) {
		for _, g := range groups(ts, in[0], s.Partition) {
			ks := make([]keyed, len(g))
			for i, r := range g {
				ks[i] = order(r)
			}
			slices.SortFunc(ks, func(a, b keyed) int {
				return cmp.Or(strings.Compare(a.key, b.key), strings.Compare(a.exact, b.exact))
			})
			lo, hi := min(int(s.Offset), len(ks)), len(ks)
			if s.Limit >= 0 {
				hi = min(lo+int(s.Limit), len(ks))
			}
			for s.WithTies && hi > lo && hi < len(ks) && ks[hi-1].key == ks[hi].key {
				hi++
			}
			for _, k := range ks[lo:hi] {
				out = append(out, k.row)
			}
		}
		return out
	}
}

var topSpecs = []SortSpec{
	{Keys: []SortKey{{Col: 0}}, Limit: 5},
	{Keys: []SortKey{{Col: 0, Desc: true, NullsFirst: true}, {Col: 1}}, Limit: 4, Offset: 3},
	{Keys: []SortKey{{Col: 1, Desc: true}}, Limit: 3, WithTies: true},
	{Keys: []SortKey{{Col: 0}}, Limit: 2, Offset: 2, WithTies: true},
	{Keys: []SortKey{{Col: 0}}, Limit: -1, Offset: 4},
	{Keys: []SortKey{{Col: 0}}, Limit: 0, Offset: 1, WithTies: true},
	{Limit: 3},
}

// numberedModel numbers the rows of topModel, which come in order, by partition.
func numberedModel(spec SortSpec, ts []types.Type) func(in [][]row) []row {
	return func(in [][]row) (out []row) {
		last := map[string]int64{}
		for _, r := range topModel(spec, ts)(in) {
			part := ""
			for _, c := range spec.Partition {
				part += fmt.Sprint(r[c], ";")
			}
			last[part]++
			out = append(out, concat(r, row{types.FixedDatum(last[part])}))
		}
		return out
	}
}

func TestTopN(t *testing.T) {
	ts := []types.Type{types.Int4, types.Text, types.Int8}
	gen := func(rnd *rand.Rand, _ int) row { return row{num(rnd, 6), str(rnd, 4), num(rnd, 3)} }
	specs := topSpecs
	for _, part := range topSpecs {
		part.Partition = []int{2}
		specs = append(specs, part)
	}
	for i, spec := range specs {
		spec.Types = ts
		check(t, checked{
			name: fmt.Sprintf("spec %d", i), make: func() Op { return NewSort(spec) }, in: [][]types.Type{ts},
			gen: gen, out: ts, model: topModel(spec, ts),
		})
		spec.AppendOnly = true
		check(t, checked{
			name: fmt.Sprintf("append-only spec %d", i), make: func() Op { return NewSort(spec) }, in: [][]types.Type{ts},
			gen: gen, out: ts, model: topModel(spec, ts), appendOnly: true,
		})
		if NewNumbered(spec) != nil {
			check(t, checked{
				name: fmt.Sprintf("numbered spec %d", i), make: func() Op { return NewNumbered(spec) }, in: [][]types.Type{ts},
				gen: gen, out: concat(ts, []types.Type{types.Int8}), model: numberedModel(spec, ts), appendOnly: true,
			})
		}
	}
}

func TestSortOnceEmitsInOrder(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	ts := []types.Type{types.Int4, types.Text, types.Int8}
	for i, spec := range topSpecs {
		if len(spec.Keys) == 0 {
			continue
		}
		for _, n := range []int{0, 1, 3, 50, 5 * col.BatchRows} {
			spec.Types, spec.Ordered = ts, true
			o := NewSort(spec)
			var rows, got []row
			for len(rows) < n {
				b := col.NewBatchBuilder(ts, 0)
				for range min(n-len(rows), 1+rnd.IntN(1000)) {
					r := row{num(rnd, 600), str(rnd, 4), num(rnd, 50)}
					w := int32(1 + rnd.IntN(2))
					b.Row(w, r...)
					for range w {
						rows = append(rows, r)
					}
				}
				o.Push(&Ctx{}, 0, b.Batch(), nil)
			}
			o.EndEpoch(&Ctx{}, func(b *col.Batch) {
				b = Expand(b)
				for i := range b.N {
					got = append(got, batchRow(b, i))
				}
			})
			want := topModel(spec, ts)([][]row{rows})
			if !slices.EqualFunc(got, want, func(a, b row) bool { return slices.Equal(a, b) }) {
				t.Fatalf("spec %d, %d rows: got %d rows, want %d:\n%v\n%v", i, n, len(got), len(want), got, want)
			}
		}
	}
}

func TestSortOnceCancelsRetractions(t *testing.T) {
	ts := []types.Type{types.Int8}
	o := NewSort(SortSpec{Types: ts, Keys: []SortKey{{Col: 0}}, Limit: 2, Ordered: true})
	b := col.NewBatchBuilder(ts, 0)
	for _, e := range [][2]int64{{5, 1}, {1, 1}, {1, -1}, {3, 1}, {4, 1}} {
		b.Row(int32(e[1]), types.FixedDatum(e[0]))
	}
	o.Push(&Ctx{}, 0, b.Batch(), nil)
	var got []int64
	o.EndEpoch(&Ctx{}, func(b *col.Batch) { got = append(got, b.Cols[0].Fix...) })
	if !slices.Equal(got, []int64{3, 4}) {
		t.Fatalf("got %v", got)
	}
}

func TestLimitWithoutOrderStopsEarly(t *testing.T) {
	ts := []types.Type{types.Int8}
	o := NewSort(SortSpec{Types: ts, Limit: 3, Offset: 2, Ordered: true}).(*Sort)
	collect := NewCollect()
	for n := int64(0); !o.Full(); n += 2 {
		b := col.NewBatchBuilder(ts, 2)
		b.Row(1, types.FixedDatum(n))
		b.Row(2, types.FixedDatum(n+1))
		o.Push(&Ctx{}, 0, b.Batch(), func(b *col.Batch) { collect.Push(nil, 0, b, nil) })
		if n > 10 {
			t.Fatal("the limit is never reached")
		}
	}
	var got []int64
	for _, b := range collect.Batches {
		got = append(got, Expand(b).Cols[0].Fix...)
	}
	if !slices.Equal(got, []int64{1, 2, 3}) || collect.Rows != 3 {
		t.Fatalf("got %v, %d rows counted", got, collect.Rows)
	}
}
