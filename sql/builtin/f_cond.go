package builtin

import (
	"millrace/sql/col"
	"millrace/sql/types"
)

var condFuncs = []Func{
	{
		Name: "greatest", Args: list(types.AnyElement), Variadic: true, Compatible: true, Returns: types.AnyElement, NotStrict: true,
		Doc: "The largest argument, NULL left out.", Example: "greatest(1, null, 3) = 3", Kernel: rowsKernel(extremeOf(1)),
	},
	{
		Name: "least", Args: list(types.AnyElement), Variadic: true, Compatible: true, Returns: types.AnyElement, NotStrict: true,
		Doc: "The smallest argument, NULL left out.", Example: "least(1, null, 3) = 1", Kernel: rowsKernel(extremeOf(-1)),
	},
	{
		Name: "nullif", Args: list(types.AnyElement, types.AnyElement), Compatible: true, Returns: types.AnyElement, NotStrict: true,
		Doc: "NULL when both arguments are equal, else the first.", Example: "(nullif(1, 1) is null) = true", Kernel: rowsKernel(nullIf),
	},
	{
		Name: "num_nulls", Args: list(types.Any), Variadic: true, Returns: types.Int4, NotStrict: true,
		Doc: "How many arguments are NULL.", Example: "num_nulls(1, null, 2) = 1", Kernel: rowsKernel(countNulls(true)),
	},
	{
		Name: "num_nonnulls", Args: list(types.Any), Variadic: true, Returns: types.Int4, NotStrict: true,
		Doc: "How many arguments are not NULL.", Example: "num_nonnulls(1, null, 2) = 2", Kernel: rowsKernel(countNulls(false)),
	},
	boolTest("is true", "True, not NULL.", true, false, false),
	boolTest("is not true", "False or NULL.", false, true, true),
	boolTest("is false", "False, not NULL.", false, true, false),
	boolTest("is not false", "True or NULL.", true, false, true),
}

// boolTest starts an entry of x IS TRUE and its kin: the results for true, false and NULL.
func boolTest(name, doc string, yes, no, null bool) Func {
	return Func{
		Name: name, Args: list(types.Bool), Returns: types.Bool, NotStrict: true, Doc: doc,
		Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			switch {
			case c.Args[0].IsNull(i):
				out.Bool(null)
			case c.Args[0].Fix[i] != 0:
				out.Bool(yes)
			default:
				out.Bool(no)
			}
			return nil
		}),
	}
}

func extremeOf(sign int) func(c *Call, i int, out *col.Builder) error {
	return func(c *Call, i int, out *col.Builder) error {
		best := -1
		for k, a := range c.Args {
			if !a.IsNull(i) && (best < 0 || compareRows(a, c.Args[best], i)*sign > 0) {
				best = k
			}
		}
		if best < 0 {
			out.Null()
		} else {
			out.From(c.Args[best], i)
		}
		return nil
	}
}

// compareRows orders row i of two vectors of one type.
func compareRows(a, b *col.Vec, i int) int {
	if a.Type.IsFixed() {
		return types.CompareRaw(a.Type, a.Fix[i], nil, b.Fix[i], nil)
	}
	return types.CompareRaw(a.Type, 0, a.Bytes(i), 0, b.Bytes(i))
}

func nullIf(c *Call, i int, out *col.Builder) error {
	a, b := c.Args[0], c.Args[1]
	if !a.IsNull(i) && !b.IsNull(i) && compareRows(a, b, i) == 0 {
		out.Null()
	} else {
		out.From(a, i)
	}
	return nil
}

func countNulls(nulls bool) func(c *Call, i int, out *col.Builder) error {
	return func(c *Call, i int, out *col.Builder) error {
		n := int64(0)
		for _, a := range c.Args {
			n += bit(a.IsNull(i) == nulls)
		}
		out.Int(n)
		return nil
	}
}
