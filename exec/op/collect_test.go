package op

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/types"
)

// list is an aggregate that prints its argument column, in the order given. It fails
// for more than limit rows.
func list(keepNulls bool, limit int) *builtin.Agg {
	return &builtin.Agg{
		Name: "list", Args: []types.Type{types.Int8}, Returns: types.Text, KeepNulls: keepNulls,
		Collect: func(c *builtin.Collected) (types.Datum, error) {
			if c.N > limit {
				return types.Null, fmt.Errorf("%d rows", c.N)
			}
			var out []string
			for i := range c.N {
				out = append(out, showDatum(c.Args[0].Datum(i)))
			}
			return types.BytesDatum(strings.Join(out, " ")), nil
		},
	}
}

func showDatum(d types.Datum) string {
	if !d.Set {
		return "NULL"
	}
	return fmt.Sprint(d.I)
}

func listModel(spec AggSpec) func(rows []row) types.Datum {
	return func(rows []row) types.Datum {
		var vals []types.Datum
		for _, r := range rows {
			v := r[spec.Args[0]]
			skip := !v.Set && !spec.Agg.KeepNulls || spec.Filter >= 0 && !r[spec.Filter].Bool() ||
				spec.Distinct && slices.Contains(vals, v)
			if !skip {
				vals = append(vals, v)
			}
		}
		if len(vals) == 0 {
			return types.Null
		}
		sign := 1
		if len(spec.OrderBy) > 0 {
			sign = -1 // the tests order by the argument, descending, NULLs first
		}
		slices.SortFunc(vals, func(a, b types.Datum) int {
			switch {
			case a.Set && b.Set:
				return sign * int(a.I-b.I)
			case a.Set == b.Set:
				return 0
			case a.Set:
				return 1 // NULLs first: key order, and asked for in the order
			}
			return -1
		})
		var out []string
		for _, v := range vals {
			out = append(out, showDatum(v))
		}
		return types.BytesDatum(strings.Join(out, " "))
	}
}

func TestAggregateOverWholeGroups(t *testing.T) {
	base := AggSpec{Agg: list(false, 1000), Args: []int{2}, ArgTypes: []types.Type{types.Int8}, Filter: -1, Type: types.Text}
	nulls, ordered, distinct, all := base, base, base, base
	nulls.Agg = list(true, 1000)
	ordered.OrderBy = []SortKey{{Col: 2, Desc: true, NullsFirst: true}}
	distinct.Distinct = true
	all.Agg, all.OrderBy, all.Distinct, all.Filter = nulls.Agg, ordered.OrderBy, true, 3
	specs := []AggSpec{base, nulls, ordered, distinct, all}
	var models []func([]row) types.Datum
	for _, s := range specs {
		models = append(models, listModel(s))
	}
	for _, keys := range [][]int{{1}, nil} {
		out := append(pickTypes(aggIn, keys), types.Text, types.Text, types.Text, types.Text, types.Text)
		check(t, checked{
			name: fmt.Sprintf("keys %v", keys), in: [][]types.Type{aggIn}, gen: aggRow, out: out, key: allCols(len(keys)),
			make:  func() Op { return NewAggregate(AggregateSpec{In: aggIn, Keys: keys, Aggs: specs}) },
			model: aggModel(keys, models...),
		})
	}
}

func TestAggregateThatFailsLeavesAndComesBack(t *testing.T) {
	spec := AggregateSpec{In: int8s, Keys: nil, Aggs: []AggSpec{
		{Agg: list(false, 2), Args: []int{0}, ArgTypes: int8s, Filter: -1, Type: types.Text},
	}}
	o, errs := NewAggregate(spec), int64(0)
	ctx := &Ctx{Env: &builtin.Env{}, Errs: func(e RowError) { errs += e.Weight }}
	for i, step := range []struct {
		w    int32
		v    int64
		want string
		errs int64
	}{
		{1, 1, "[1*1]", 0},
		{1, 2, "[1*-1 1 2*1]", 0},
		{1, 3, "[1 2*-1]", 1},
		{1, 4, "[]", 1},
		{-1, 1, "[]", 1},
		{-1, 4, "[2 3*1]", 0},
	} {
		got := []string{}
		out := func(b *col.Batch) {
			for i := range b.N {
				got = append(got, fmt.Sprintf("%s*%d", b.Cols[0].Str(i), b.Weight(i)))
			}
		}
		o.Push(ctx, 0, ints([]int32{step.w}, step.v), out)
		o.EndEpoch(ctx, out)
		if fmt.Sprint(got) != step.want || errs != step.errs {
			t.Fatalf("step %d: got %v with %d errors, want %s with %d", i, got, errs, step.want, step.errs)
		}
	}
	pull := &Ctx{Env: &builtin.Env{}}
	o = NewAggregate(spec)
	o.Push(pull, 0, ints(nil, 1, 2, 3), nil)
	o.EndEpoch(pull, func(*col.Batch) { t.Fatal("a failed query emits") })
	if pull.Err() == nil || errors.Is(pull.Err(), errOdd) {
		t.Fatalf("the pull query ends with %v", pull.Err())
	}
}

// TestGroupsOfEqualButDifferentKeys groups by numeric, where 1.0 = 1.00.
func TestGroupsOfEqualButDifferentKeys(t *testing.T) {
	ts := []types.Type{types.Numeric, types.Int8}
	count := AggSpec{Filter: -1, Type: types.Int8}
	a, _, _, err := builtin.ResolveAgg("count", nil)
	if err != nil {
		t.Fatal(err)
	}
	count.Agg = a
	numbers := []string{"1", "1.0", "1.00", "2.5", "2.50"}
	check(t, checked{
		name: "numeric", in: [][]types.Type{ts}, out: []types.Type{types.Numeric, types.Int8}, byKey: true,
		make: func() Op { return NewAggregate(AggregateSpec{In: ts, Keys: []int{0}, Aggs: []AggSpec{count}}) },
		gen: func(rnd *rand.Rand, _ int) row {
			d, err := types.ParseText(types.Numeric, numbers[rnd.IntN(len(numbers))], nil)
			if err != nil {
				panic(err)
			}
			return row{d, num(rnd, 3)}
		},
		model: func(in [][]row) (out []row) {
			for _, g := range groups(ts, in[0], []int{0}) {
				out = append(out, row{g[0][0], types.FixedDatum(int64(len(g)))})
			}
			return out
		},
	})
}
