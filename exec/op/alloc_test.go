package op

import (
	"testing"

	"millrace/sql/builtin"
	"millrace/sql/col"
)

// TestNoAllocationPerRow runs epochs of one full batch over groups and rows that are
// known already. A few allocations for each batch are fine.
func TestNoAllocationPerRow(t *testing.T) {
	spec := JoinSpec{L: benchTypes, R: benchTypes, LKeys: []int{0}, RKeys: []int{0}}
	outer := spec
	outer.Kind = Full
	in := benchBatches(1, 500)[0]
	even := testPredInts(func(v int64) bool { return v%2 == 0 })
	for name, o := range map[string]Op{
		"filter": NewFilter(even), "aggregate": benchAggregate(t, true), "distinct": NewDistinct(benchTypes),
		"set operation": NewSetOp(benchTypes, true, true), "join": NewJoin(spec), "full join": NewJoin(outer),
		"top-n":       NewSort(SortSpec{Types: benchTypes, Keys: []SortKey{{Col: 0}}, Limit: 10}),
		"materialize": NewMaterialize(MaterializeSpec{Types: benchTypes}),
		"table source": NewTableSource(TableSourceSpec{Types: benchTypes[1:], Key: []int{0}, Get: func([]byte) ([]byte, bool, error) {
			return nil, false, nil
		}}),
	} {
		ctx, out := &Ctx{Env: &builtin.Env{}}, func(*col.Batch) {}
		epoch := func() {
			o.Push(ctx, 0, in, out)
			o.EndEpoch(ctx, out)
		}
		epoch()
		epoch()
		if n := testing.AllocsPerRun(3, epoch); n > 400 {
			t.Errorf("%s: %v allocations for a batch of %d rows", name, n, in.N)
		}
	}
}

// testPredInts is a condition on the first column, without allocations.
type testPredInts func(v int64) bool

func (p testPredInts) Filter(_ *builtin.Env, b *col.Batch) ([]int32, map[int]error) {
	rows := make([]int32, 0, b.N)
	for i, v := range b.Cols[0].Fix {
		if p(v) {
			rows = append(rows, int32(i))
		}
	}
	return rows, nil
}
