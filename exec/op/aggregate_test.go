package op

import (
	"math/rand/v2"
	"slices"
	"testing"

	"millrace/sql/builtin"
	"millrace/sql/types"
)

var aggIn = []types.Type{types.Int4, types.Text, types.Int8, types.Bool}

func aggRow(rnd *rand.Rand, _ int) row {
	return row{num(rnd, 4), str(rnd, 3), num(rnd, 6), num(rnd, 2)}
}

// agg resolves an aggregate over columns of aggIn.
func agg(t testing.TB, name string, args ...int) AggSpec {
	t.Helper()
	ts := pickTypes(aggIn, args)
	a, coerced, result, err := builtin.ResolveAgg(name, ts)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(coerced, ts) && len(ts) > 0 {
		t.Fatalf("%s wants %v", name, coerced)
	}
	return AggSpec{Agg: a, Args: args, ArgTypes: ts, Filter: -1, Type: result}
}

// aggModel recomputes all groups with the given function per aggregate.
func aggModel(keys []int, fns ...func(rows []row) types.Datum) func(in [][]row) []row {
	return func(in [][]row) (out []row) {
		gs := groups(aggIn, in[0], keys)
		if len(keys) == 0 && len(gs) == 0 {
			gs = [][]row{nil}
		}
		for _, g := range gs {
			var r row
			for _, k := range keys {
				r = append(r, g[0][k])
			}
			for _, fn := range fns {
				r = append(r, fn(g))
			}
			out = append(out, r)
		}
		return out
	}
}

func values(rows []row, c int) (out []int64) {
	for _, r := range rows {
		if r[c].Set {
			out = append(out, r[c].I)
		}
	}
	slices.Sort(out)
	return out
}

func countOf(rows []row) types.Datum { return types.FixedDatum(int64(len(rows))) }

func sumOf(c int) func(rows []row) types.Datum {
	return func(rows []row) types.Datum {
		sum, vs := int64(0), values(rows, c)
		for _, v := range vs {
			sum += v
		}
		if len(vs) == 0 {
			return types.Null
		}
		return types.FixedDatum(sum)
	}
}

func extremeOf(c, sign int) func(rows []row) types.Datum {
	return func(rows []row) types.Datum {
		vs := values(rows, c)
		switch {
		case len(vs) == 0:
			return types.Null
		case sign < 0:
			return types.FixedDatum(vs[0])
		}
		return types.FixedDatum(vs[len(vs)-1])
	}
}

func maxText(c int) func(rows []row) types.Datum {
	return func(rows []row) types.Datum {
		best := types.Null
		for _, r := range rows {
			if r[c].Set && (!best.Set || r[c].S > best.S) {
				best = r[c]
			}
		}
		return best
	}
}

func filterBy(c int, fn func(rows []row) types.Datum) func(rows []row) types.Datum {
	return func(rows []row) types.Datum {
		return fn(slices.DeleteFunc(slices.Clone(rows), func(r row) bool { return !r[c].Bool() }))
	}
}

func distinctBy(c int, fn func(rows []row) types.Datum) func(rows []row) types.Datum {
	return func(rows []row) types.Datum {
		var kept []row
		for _, r := range rows {
			if r[c].Set && !slices.ContainsFunc(kept, func(k row) bool { return k[c] == r[c] }) {
				kept = append(kept, r)
			}
		}
		return fn(kept)
	}
}

func TestAggregate(t *testing.T) {
	sum, filtered := agg(t, "sum", 0), agg(t, "sum", 0)
	filtered.Filter = 3
	distinct := agg(t, "sum", 0)
	distinct.Distinct = true
	both := agg(t, "sum", 0)
	both.Distinct, both.Filter = true, 3
	count, minimum, maximum, text := agg(t, "count"), agg(t, "min", 2), agg(t, "max", 2), agg(t, "max", 1)
	minFiltered := agg(t, "min", 2)
	minFiltered.Filter, minFiltered.Distinct = 3, true
	linear := []AggSpec{count, sum, filtered}
	linearModel := []func([]row) types.Datum{countOf, sumOf(0), filterBy(3, sumOf(0))}
	extremes := []AggSpec{minimum, maximum, text, minFiltered}
	extremeModel := []func([]row) types.Datum{extremeOf(2, -1), extremeOf(2, 1), maxText(1), filterBy(3, extremeOf(2, -1))}
	for _, c := range []struct {
		name       string
		keys       []int
		aggs       []AggSpec
		model      []func([]row) types.Datum
		appendOnly bool
	}{
		{"linear", []int{1}, linear, linearModel, false},
		{"linear global", nil, linear, linearModel, false},
		{"linear append only", []int{2}, linear, linearModel, true},
		{"two keys", []int{1, 3}, linear, linearModel, false},
		{"no aggregates", []int{0, 1}, nil, nil, false},
		{"distinct", []int{1}, []AggSpec{distinct, both, count}, []func([]row) types.Datum{distinctBy(0, sumOf(0)), filterBy(3, distinctBy(0, sumOf(0))), countOf}, false},
		{"extremes", []int{0}, extremes, extremeModel, false},
		{"extremes append only", []int{0}, extremes, extremeModel, true},
		{"extremes global", nil, extremes, extremeModel, false},
	} {
		spec := AggregateSpec{In: aggIn, Keys: c.keys, Aggs: c.aggs, AppendOnly: c.appendOnly}
		out := pickTypes(aggIn, c.keys)
		for _, a := range c.aggs {
			out = append(out, a.Type)
		}
		key := allCols(len(c.keys))
		check(t, checked{
			name: c.name, make: func() Op { return NewAggregate(spec) }, in: [][]types.Type{aggIn}, gen: aggRow,
			out: out, model: aggModel(c.keys, c.model...), key: key, appendOnly: c.appendOnly,
		})
	}
}
