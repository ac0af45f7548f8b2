package builtin

import (
	"slices"
	"strings"

	"millrace/sql/pgerr"
	"millrace/sql/types"
)

var ksqlArrayFuncs = []Func{
	sameAs("array_concat", "array_cat", twoArrays...),
	{
		Name: "array_length", Args: list(types.AnyArray), Returns: types.Int4, Doc: "ksqlDB: number of elements.",
		Example: "array_length(array[5, 6]) = 2", Kernel: datums(func(c *Call, args []types.Datum) (types.Datum, error) {
			return types.FixedDatum(int64(len(elemsOf(c, args, 0)))), nil
		}),
	},
	{
		Name: "array_distinct", Args: list(types.AnyArray), Returns: types.AnyArray, Doc: "ksqlDB: the elements without repetition, each at its first place.",
		Example: "array_distinct(array[1, 2, 1]) = array[1, 2]", Kernel: elemSet(func(map[string]bool, string) bool { return true }),
	},
	{
		Name: "array_union", Args: twoArrays, Compatible: true, Returns: types.AnyArray, Doc: "ksqlDB: the elements of both arrays without repetition.",
		Example: "array_union(array[1, 2], array[2, 3]) = array[1, 2, 3]", Kernel: datums(func(c *Call, args []types.Datum) (types.Datum, error) {
			all := append(slices.Clone(elemsOf(c, args, 0)), elemsOf(c, args, 1)...)
			return distinctArray(c, all, func(string) bool { return true }), nil
		}),
	},
	{
		Name: "array_except", Args: twoArrays, Compatible: true, Returns: types.AnyArray, Doc: "ksqlDB: the elements of the first array that are not in the second, without repetition.",
		Example: "array_except(array[1, 2, 3], array[2]) = array[1, 3]", Kernel: elemSet(func(right map[string]bool, key string) bool { return !right[key] }),
	},
	{
		Name: "array_intersect", Args: twoArrays, Compatible: true, Returns: types.AnyArray, Doc: "ksqlDB: the elements of the first array that are in the second, too, without repetition.",
		Example: "array_intersect(array[1, 2, 3], array[3, 2]) = array[2, 3]", Kernel: elemSet(func(right map[string]bool, key string) bool { return right[key] }),
	},
	{
		Name: "array_join", Args: list(types.AnyArray), Returns: types.Text, Volatility: Stable, Doc: "ksqlDB: the elements as text with commas, NULL as null.",
		Example: "array_join(array[1, null, 2]) = '1,null,2'", Kernel: datums(arrayJoin),
	},
	{
		Name: "array_join", Args: list(types.AnyArray, types.Text), Returns: types.Text, Volatility: Stable, Doc: "ksqlDB: the elements as text with a separator, NULL as null.",
		Example: "array_join(array[1, 2], '; ') = '1; 2'", Kernel: datums(arrayJoin),
	},
	{
		Name: "array_max", Args: list(types.AnyArray), Returns: types.AnyElement, Doc: "ksqlDB: the greatest element that is not NULL.",
		Example: "array_max(array[2, null, 3]) = 3", Kernel: datums(func(c *Call, args []types.Datum) (types.Datum, error) { return extremeElem(c, args, 1), nil }),
	},
	{
		Name: "array_min", Args: list(types.AnyArray), Returns: types.AnyElement, Doc: "ksqlDB: the least element that is not NULL.",
		Example: "array_min(array[2, null, 3]) = 2", Kernel: datums(func(c *Call, args []types.Datum) (types.Datum, error) { return extremeElem(c, args, -1), nil }),
	},
	{
		Name: "array_sort", Args: list(types.AnyArray), Returns: types.AnyArray, Doc: "ksqlDB: the elements in order, NULL last.",
		Example: "array_sort(array[3, null, 1]) = array[1, 3, null]", Kernel: datums(arraySort),
	},
	{
		Name: "array_sort", Args: list(types.AnyArray, types.Text), Returns: types.AnyArray, Doc: "ksqlDB: the elements in the order ASC or DESC, NULL last.",
		Example: "array_sort(array[3, null, 1], 'DESC') = array[3, 1, null]", Kernel: datums(arraySort),
	},
}

// elemsOf are the elements of array argument k.
func elemsOf(c *Call, args []types.Datum, k int) []types.Datum {
	a, ok := types.DecodeArray(c.Args[k].Type, []byte(args[k].S))
	if !ok {
		panic(pgerr.Bug("malformed array"))
	}
	return a.Elems
}

// nullKey is the key of NULL in sets of elements; those of values do not begin so.
const nullKey = "null"

func setKey(t types.Type, d types.Datum) string {
	if !d.Set {
		return nullKey
	}
	return "=" + elementKey(t, d)
}

// distinctArray keeps the first of equal elements where keep says so.
func distinctArray(c *Call, elems []types.Datum, keep func(key string) bool) types.Datum {
	t := c.Args[0].Type.ElemType().Base()
	seen := map[string]bool{}
	var out []types.Datum
	for _, d := range elems {
		if key := setKey(t, d); !seen[key] && keep(key) {
			seen[key] = true
			out = append(out, d)
		}
	}
	return types.ArrayDatum(t, out)
}

// elemSet keeps elements of the first array by the set of the second, if there is one.
func elemSet(keep func(right map[string]bool, key string) bool) Kernel {
	return datums(func(c *Call, args []types.Datum) (types.Datum, error) {
		right := map[string]bool{}
		if len(args) > 1 {
			for _, d := range elemsOf(c, args, 1) {
				right[setKey(c.Args[1].Type.ElemType(), d)] = true
			}
		}
		return distinctArray(c, elemsOf(c, args, 0), func(key string) bool { return keep(right, key) }), nil
	})
}

func arrayJoin(c *Call, args []types.Datum) (types.Datum, error) {
	separator := ","
	if len(args) > 1 {
		separator = args[1].S
	}
	var parts []string
	for _, d := range elemsOf(c, args, 0) {
		if d.Set {
			parts = append(parts, types.DatumText(c.Args[0].Type.ElemType(), d, c.Env.Format))
		} else {
			parts = append(parts, "null")
		}
	}
	return types.BytesDatum(strings.Join(parts, separator)), nil
}

func extremeElem(c *Call, args []types.Datum, sign int) types.Datum {
	best := types.Null
	for _, d := range elemsOf(c, args, 0) {
		if d.Set && (!best.Set || types.Compare(c.Args[0].Type.ElemType(), d, best)*sign > 0) {
			best = d
		}
	}
	return best
}

func arraySort(c *Call, args []types.Datum) (types.Datum, error) {
	t, sign := c.Args[0].Type.ElemType().Base(), 1
	if len(args) > 1 {
		switch strings.ToUpper(args[1].S) {
		case "ASC", "ASCENDING":
		case "DESC", "DESCENDING":
			sign = -1
		default:
			return types.Null, pgerr.Newf(pgerr.InvalidParameterValue, "order must be ASC or DESC, not \"%s\"", args[1].S)
		}
	}
	elems := elemsOf(c, args, 0)
	slices.SortStableFunc(elems, func(a, b types.Datum) int {
		if !a.Set || !b.Set {
			return bitInt(!a.Set) - bitInt(!b.Set)
		}
		return types.Compare(t, a, b) * sign
	})
	return types.ArrayDatum(t, elems), nil
}
