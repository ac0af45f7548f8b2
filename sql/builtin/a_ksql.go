package builtin

import (
	"slices"
	"strconv"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// ksqlAggs are ksqlDB's aggregates under their names. All of them accept retractions.
var ksqlAggs = concat([]Agg{
	{
		Name: "attr", Args: list(types.AnyElement), Returns: types.AnyElement, Doc: "ksqlDB: the value if all rows have the same, else NULL.",
		Example: "attr(x) of (5), (5) = 5", Collect: attr, KeepNulls: true,
	},
	{
		Name: "collect_list", Args: list(types.AnyElement), Returns: types.AnyArray, Infer: arrayOfFirst, Doc: "ksqlDB: an array of the values, NULL included; ORDER BY gives it an order.",
		Example: "collect_list(x) of (1), (2) = array[1, 2]", Collect: collectArray, KeepNulls: true,
	},
	{
		Name: "collect_set", Args: list(types.AnyElement), Returns: types.AnyArray, Doc: "ksqlDB: an array of the different values, NULL included; ORDER BY gives it an order.",
		Example: "collect_set(x) of (1), (1), (2) = array[1, 2]", Collect: collectSet, KeepNulls: true,
	},
	{
		Name: "count_distinct", Args: list(types.AnyElement), Returns: types.Int8, Doc: "ksqlDB: number of different values that are not NULL; exact here.",
		Example: "count_distinct(x) of (1), (1), (2) = 2", Collect: countDistinct, KeepNulls: true,
	},
	{
		Name: "histogram", Args: list(types.Any), Returns: types.JSONB, Doc: "ksqlDB: a map (jsonb) from the values as text to how often they occur.",
		Example: `histogram(x) of ('a'), ('b'), ('a') = '{"a": 2, "b": 1}'`, Collect: histogram, KeepNulls: true,
	},
	{
		Name: "topk", Args: list(types.AnyElement, types.Int4), Returns: types.AnyArray, Doc: "ksqlDB: an array of the k greatest values, the greatest first.",
		Example: "topk(x, 2) of (1), (3), (3) = array[3, 3]", Collect: topK(false), KeepNulls: true,
	},
	{
		Name: "topkdistinct", Args: list(types.AnyElement, types.Int4), Returns: types.AnyArray, Doc: "ksqlDB: an array of the k greatest different values, the greatest first.",
		Example: "topkdistinct(x, 2) of (1), (3), (3) = array[3, 1]", Collect: topK(true), KeepNulls: true,
	},
	renamedAgg("correlation", "corr", "correlation(x, x) of (1), (2) = 1"),
	renamedAgg("stddev_sample", "stddev_samp", "stddev_sample(x::float8) of (1), (3) = 1.4142135623730951::float8"),
}, sumLists(), offsetAggs())

// renamedAgg is an aggregate of floats under a further name.
func renamedAgg(name, other, example string) Agg {
	for _, a := range concat(statAggs, regressionAggs) {
		if a.Name == other && a.Args[0] == types.Float8 {
			a.Name, a.Doc, a.Example = name, "ksqlDB: same as "+other+".", example
			return a
		}
	}
	panic("no aggregate " + other)
}

func attr(c *Collected) (types.Datum, error) {
	if c.N == 0 {
		return types.Null, nil
	}
	first := c.Args[0].Datum(0)
	for i := 1; i < c.N; i++ {
		if types.CompareNullable(c.ArgTypes[0], first, c.Args[0].Datum(i)) != 0 {
			return types.Null, nil
		}
	}
	return first, nil
}

// distinctValues are the different values in the order of their first rows.
func distinctValues(c *Collected, nulls bool) []types.Datum {
	seen := map[string]bool{}
	var out []types.Datum
	for i := range c.N {
		d := c.Args[0].Datum(i)
		if key := setKey(c.ArgTypes[0], d); !seen[key] && (d.Set || nulls) {
			seen[key] = true
			out = append(out, d)
		}
	}
	return out
}

func collectSet(c *Collected) (types.Datum, error) {
	return types.ArrayDatum(c.ArgTypes[0].Base(), distinctValues(c, true)), nil
}

func countDistinct(c *Collected) (types.Datum, error) {
	return types.FixedDatum(int64(len(distinctValues(c, false)))), nil
}

// histogram names NULL "null", as ksqlDB does.
func histogram(c *Collected) (types.Datum, error) {
	counts := map[string]int64{}
	var order []string
	for i := range c.N {
		name := "null"
		if d := c.Args[0].Datum(i); d.Set {
			name = types.DatumText(c.ArgTypes[0], d, c.format())
		}
		if counts[name]++; counts[name] == 1 {
			order = append(order, name)
		}
	}
	members := jsonList{}
	for _, name := range order {
		members.member(name, strconv.AppendInt(nil, counts[name], 10))
	}
	return normalized(members.close('{', '}'), true)
}

func topK(distinct bool) func(c *Collected) (types.Datum, error) {
	return func(c *Collected) (types.Datum, error) {
		t := c.ArgTypes[0].Base()
		var values []types.Datum
		k := int64(0)
		for i := range c.N {
			if !c.Args[1].IsNull(i) {
				k = max(k, c.Args[1].Fix[i])
			}
			if !c.Args[0].IsNull(i) {
				values = append(values, c.Args[0].Datum(i))
			}
		}
		if c.N > 0 && k <= 0 {
			return types.Null, pgerr.New(pgerr.InvalidParameterValue, "number of values must be positive")
		}
		slices.SortStableFunc(values, func(a, b types.Datum) int { return -types.Compare(t, a, b) })
		if distinct {
			values = slices.CompactFunc(values, func(a, b types.Datum) bool { return types.Compare(t, a, b) == 0 })
		}
		return types.ArrayDatum(t, values[:min(k, int64(len(values)))]), nil
	}
}

// sumLists add the elements of arrays.
func sumLists() []Agg {
	var out []Agg
	for _, e := range []struct {
		elem, sum types.Type
	}{{types.Int4, types.Int8}, {types.Int8, types.Numeric}, {types.Float8, types.Float8}, {types.Numeric, types.Numeric}} {
		array := types.ArrayOf(e.elem.Kind)
		out = append(out, Agg{
			Name: "sum_list", Args: list(array), Returns: e.sum, KeepNulls: true,
			Doc:     "ksqlDB: sum of all elements of the arrays, of the type that sum has for them.",
			Example: "sum_list(x::" + e.elem.InternalName() + "[]) of (array[1, 2]), (array[3]) = 6", Collect: sumList(e.elem, e.sum, sumOf(e.elem)),
		})
	}
	return out
}

// sumOf makes the accumulators of sum of a type.
func sumOf(t types.Type) func([]types.Type) Accumulators {
	for _, a := range sumAggs {
		if a.Name == "sum" && a.Args[0] == t {
			return a.New
		}
	}
	panic("no sum of " + t.String())
}

func sumList(elem, sum types.Type, newSum func([]types.Type) Accumulators) func(c *Collected) (types.Datum, error) {
	return func(c *Collected) (types.Datum, error) {
		in := col.NewBuilder(elem, c.N)
		n := 0
		for i := range c.N {
			if c.Args[0].IsNull(i) {
				continue
			}
			a, _ := types.DecodeArray(c.ArgTypes[0], c.Args[0].Bytes(i))
			for _, d := range a.Elems {
				in.Datum(d)
				n++
			}
		}
		acc := newSum(list(elem))
		acc.Grow(1)
		acc.Add(make([]int32, n), []*col.Vec{in.Vec()}, nil)
		out := col.NewBuilder(sum, 1)
		acc.Result(0, out)
		v := out.Vec()
		return v.Datum(0), v.Err(0)
	}
}

// offsetAggs take the first or the last rows in the order of the log, which the
// planner adds as ORDER BY rowoffset, rowpartition where the call has none.
func offsetAggs() []Agg {
	var out []Agg
	for _, f := range []struct {
		name, doc, one, two string
		last                bool
	}{
		{"earliest_by_offset", "first", "1", "array[1, 2]", false},
		{"latest_by_offset", "last", "3", "array[2, 3]", true},
	} {
		const order = " in the order of their offsets, or of ORDER BY"
		out = append(out,
			Agg{
				Name: f.name, Args: list(types.AnyElement), Returns: types.AnyElement, ByOffset: true, KeepNulls: true,
				Doc:     "ksqlDB: the " + f.doc + " value that is not NULL" + order + ".",
				Example: f.name + "(x) of (1), (2), (3) = " + f.one, Collect: byOffset(f.last),
			},
			Agg{
				Name: f.name, Args: list(types.AnyElement, types.Bool), Returns: types.AnyElement, ByOffset: true, KeepNulls: true,
				Doc:     "ksqlDB: the " + f.doc + " value" + order + "; NULL counts if the last argument is false.",
				Example: f.name + "(x, true) of (1), (2), (3) = " + f.one, Collect: byOffset(f.last),
			},
			Agg{
				Name: f.name, Args: list(types.AnyElement, types.Int4), Returns: types.AnyArray, ByOffset: true, KeepNulls: true,
				Doc:     "ksqlDB: an array of the " + f.doc + " n values that are not NULL" + order + ".",
				Example: f.name + "(x, 2) of (1), (2), (3) = " + f.two, Collect: byOffset(f.last),
			},
			Agg{
				Name: f.name, Args: list(types.AnyElement, types.Int4, types.Bool), Returns: types.AnyArray, ByOffset: true, KeepNulls: true,
				Doc:     "ksqlDB: an array of the " + f.doc + " n values" + order + "; NULL counts if the last argument is false.",
				Example: f.name + "(x, 2, true) of (1), (2), (3) = " + f.two, Collect: byOffset(f.last),
			})
	}
	return out
}

func byOffset(last bool) func(c *Collected) (types.Datum, error) {
	return func(c *Collected) (types.Datum, error) {
		n, keepNulls, isArray := int64(1), false, false
		for k := 1; k < len(c.Args) && c.N > 0; k++ {
			switch c.ArgTypes[k].Kind {
			case types.KindBool:
				keepNulls = !c.Args[k].IsNull(0) && c.Args[k].Fix[0] == 0
			default:
				isArray = true
				if n = 0; !c.Args[k].IsNull(0) {
					n = c.Args[k].Fix[0]
				}
			}
		}
		if n <= 0 {
			return types.Null, pgerr.New(pgerr.InvalidParameterValue, "number of values must be positive")
		}
		var values []types.Datum
		for i := range c.N {
			if keepNulls || !c.Args[0].IsNull(i) {
				values = append(values, c.Args[0].Datum(i))
			}
		}
		cut := min(n, int64(len(values)))
		if last {
			values = values[int64(len(values))-cut:]
		} else {
			values = values[:cut]
		}
		switch {
		case isArray:
			return types.ArrayDatum(c.ArgTypes[0].Base(), values), nil
		case len(values) == 0:
			return types.Null, nil
		}
		return values[0], nil
	}
}
