package builtin

import (
	"fmt"
	"strings"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

func arrayDims(c *Call, i int, out *col.Builder) error {
	a := arrayAt(c, 0, i)
	if len(a.Dims) == 0 {
		out.Null()
		return nil
	}
	var b strings.Builder
	for d, n := range a.Dims {
		fmt.Fprintf(&b, "[%d:%d]", a.LowerBound(d), a.LowerBound(d)+n-1)
	}
	out.Str(b.String())
	return nil
}

// optionalArray decodes argument k; NULL is the empty array.
func optionalArray(c *Call, k, i int) (a types.ArrayValue, isNull bool) {
	if c.Args[k].IsNull(i) {
		return types.ArrayValue{Elem: c.Args[k].Type.ElemType()}, true
	}
	return arrayAt(c, k, i), false
}

var (
	arrayElemArgs = list(types.AnyArray, types.AnyElement)
	elemArrayArgs = list(types.AnyElement, types.AnyArray)
	twoArrays     = list(types.AnyArray, types.AnyArray)
)

var arrayEdits = []Func{
	{
		Name: "||", Args: twoArrays, Compatible: true, Returns: types.AnyArray, NotStrict: true, Doc: "Concatenation of arrays.",
		Example: "array[1, 2, 3] || array[4, 5] = array[1, 2, 3, 4, 5]", Kernel: rowsKernel(arrayCat),
	},
	{
		Name: "||", Args: arrayElemArgs, Compatible: true, Returns: types.AnyArray, NotStrict: true, Doc: "Appends an element.",
		Example: "array[4, 5] || 6 = array[4, 5, 6]", Kernel: rowsKernel(arrayAppend),
	},
	{
		Name: "||", Args: elemArrayArgs, Compatible: true, Returns: types.AnyArray, NotStrict: true, Doc: "Puts an element in front.",
		Example: "3 || array[4, 5] = array[3, 4, 5]", Kernel: rowsKernel(arrayPrepend),
	},
	{
		Name: "array_cat", Args: twoArrays, Compatible: true, Returns: types.AnyArray, NotStrict: true, Doc: "Concatenation of arrays.",
		Example: "array_cat(array[1, 2, 3], array[4, 5]) = array[1, 2, 3, 4, 5]", Kernel: rowsKernel(arrayCat),
	},
	{
		Name: "array_append", Args: arrayElemArgs, Compatible: true, Returns: types.AnyArray, NotStrict: true, Doc: "Appends an element.",
		Example: "array_append(array[1, 2], 3) = array[1, 2, 3]", Kernel: rowsKernel(arrayAppend),
	},
	{
		Name: "array_prepend", Args: elemArrayArgs, Compatible: true, Returns: types.AnyArray, NotStrict: true, Doc: "Puts an element in front.",
		Example: "array_prepend(1, array[2, 3]) = array[1, 2, 3]", Kernel: rowsKernel(arrayPrepend),
	},
	{
		Name: "array_remove", Args: arrayElemArgs, Compatible: true, Returns: types.AnyArray, NotStrict: true, Doc: "Removes all equal elements.",
		Example: "array_remove(array[1, 2, 3, 2], 2) = array[1, 3]", Kernel: rowsKernel(arrayRemove),
	},
	{
		Name: "array_replace", Args: list(types.AnyArray, types.AnyElement, types.AnyElement), Compatible: true, Returns: types.AnyArray, NotStrict: true,
		Doc: "Replaces all equal elements by another.", Example: "array_replace(array[1, 2, 5, 4], 5, 3) = array[1, 2, 3, 4]", Kernel: rowsKernel(arrayReplace),
	},
	{
		Name: "array_position", Args: arrayElemArgs, Compatible: true, Returns: types.Int4, NotStrict: true, Doc: "Index of the first equal element.",
		Example: "array_position(array['sun', 'mon', 'tue'], 'mon') = 2", Kernel: rowsKernel(arrayPosition),
	},
	{
		Name: "array_position", Args: list(types.AnyArray, types.AnyElement, types.Int4), Compatible: true, Returns: types.Int4, NotStrict: true,
		Doc: "Index of the first equal element from an index on.", Example: "array_position(array[1, 2, 1], 1, 2) = 3", Kernel: rowsKernel(arrayPosition),
	},
	{
		Name: "array_positions", Args: arrayElemArgs, Compatible: true, Returns: types.ArrayOf(types.KindInt4), NotStrict: true, Doc: "Indexes of all equal elements.",
		Example: "array_positions(array['A', 'A', 'B', 'A'], 'A') = array[1, 2, 4]", Kernel: rowsKernel(arrayPositions),
	},
	{
		Name: "trim_array", Args: list(types.AnyArray, types.Int4), Returns: types.AnyArray, Doc: "Without the last n elements.",
		Example: "trim_array(array[1, 2, 3, 4, 5, 6], 2) = array[1, 2, 3, 4]", Kernel: rowsKernel(trimArray),
	},
	{
		Name: "array_fill", Args: list(types.AnyElement, types.ArrayOf(types.KindInt4)), Returns: types.AnyArray, NotStrict: true, Doc: "An array of copies of a value with the given dimensions.",
		Example: "array_fill(11, array[2, 3]) = array[array[11, 11, 11], array[11, 11, 11]]", Kernel: rowsKernel(arrayFill),
	},
}

func arrayCat(c *Call, i int, out *col.Builder) error {
	a, aNull := optionalArray(c, 0, i)
	b, bNull := optionalArray(c, 1, i)
	if aNull && bNull {
		out.Null()
		return nil
	}
	r, err := a.Concat(b)
	return putArray(out, r, err)
}

func errOneDimension() error {
	return pgerr.New("22000", "argument must be empty or one-dimensional array")
}

func arrayAppend(c *Call, i int, out *col.Builder) error {
	a, _ := optionalArray(c, 0, i)
	if len(a.Dims) > 1 {
		return errOneDimension()
	}
	grown := types.NewArray(a.Elem, append(a.Elems[:len(a.Elems):len(a.Elems)], c.Args[1].Datum(i)))
	grown.Lower = a.Lower
	return putArray(out, grown, nil)
}

func arrayPrepend(c *Call, i int, out *col.Builder) error {
	a, _ := optionalArray(c, 1, i)
	if len(a.Dims) > 1 {
		return errOneDimension()
	}
	grown := types.NewArray(a.Elem, append([]types.Datum{c.Args[0].Datum(i)}, a.Elems...))
	grown.Lower = a.Lower
	return putArray(out, grown, nil)
}

// matcher tells whether an element is the value sought; NULL matches NULL.
func matcher(c *Call, k, i int) func(types.Datum) bool {
	t, want := c.Args[k].Type, c.Args[k].Datum(i)
	return func(d types.Datum) bool {
		if !d.Set || !want.Set {
			return d.Set == want.Set
		}
		return types.Compare(t, d, want) == 0
	}
}

func arrayRemove(c *Call, i int, out *col.Builder) error {
	a, isNull := optionalArray(c, 0, i)
	switch {
	case isNull:
		out.Null()
		return nil
	case len(a.Dims) > 1:
		return pgerr.New(pgerr.FeatureNotSupported, "removing elements from multidimensional arrays is not supported")
	}
	matches := matcher(c, 1, i)
	var kept []types.Datum
	for _, d := range a.Elems {
		if !matches(d) {
			kept = append(kept, d)
		}
	}
	r := types.NewArray(a.Elem, kept)
	if len(kept) > 0 {
		r.Lower = a.Lower
	}
	return putArray(out, r, nil)
}

func arrayReplace(c *Call, i int, out *col.Builder) error {
	a, isNull := optionalArray(c, 0, i)
	if isNull {
		out.Null()
		return nil
	}
	matches := matcher(c, 1, i)
	for k, d := range a.Elems {
		if matches(d) {
			a.Elems[k] = c.Args[2].Datum(i)
		}
	}
	return putArray(out, a, nil)
}

// positions calls f with the index of each equal element until f returns false.
func positions(c *Call, i int, f func(index int64) bool) (isNull bool, err error) {
	a, isNull := optionalArray(c, 0, i)
	switch {
	case isNull:
		return true, nil
	case len(a.Dims) > 1:
		return false, pgerr.New(pgerr.FeatureNotSupported, "searching for elements in multidimensional arrays is not supported")
	}
	matches := matcher(c, 1, i)
	for k, d := range a.Elems {
		if index := int64(k) + int64(a.LowerBound(0)); matches(d) && !f(index) {
			break
		}
	}
	return false, nil
}

func arrayPosition(c *Call, i int, out *col.Builder) error {
	from, found := int64(-1<<31), int64(0)
	if len(c.Args) > 2 {
		if c.Args[2].IsNull(i) {
			return pgerr.New(pgerr.NullValueNotAllowed, "initial position must not be null")
		}
		from = c.Args[2].Fix[i]
	}
	has := false
	_, err := positions(c, i, func(index int64) bool {
		has, found = index >= from, index
		return !has
	})
	switch {
	case err != nil:
		return err
	case has:
		out.Int(found)
	default:
		out.Null()
	}
	return nil
}

func arrayPositions(c *Call, i int, out *col.Builder) error {
	var all []types.Datum
	isNull, err := positions(c, i, func(index int64) bool {
		all = append(all, types.FixedDatum(index))
		return true
	})
	if isNull {
		out.Null()
		return nil
	}
	return putArray(out, types.NewArray(types.Int4, all), err)
}

func trimArray(c *Call, i int, out *col.Builder) error {
	a, n := arrayAt(c, 0, i), c.Args[1].Fix[i]
	length := int64(0)
	if len(a.Dims) > 0 {
		length = int64(a.Dims[0])
	}
	if n < 0 || n > length {
		return arraySubscriptError(fmt.Sprintf("number of elements to trim must be between 0 and %d", length))
	}
	if n == length {
		return putArray(out, types.ArrayValue{Elem: a.Elem}, nil)
	}
	a.Lower = nil
	stride := int64(len(a.Elems)) / length
	a.Elems = a.Elems[:(length-n)*stride]
	a.Dims = append([]int32{int32(length - n)}, a.Dims[1:]...)
	return putArray(out, a, nil)
}

// maxFill bounds the elements that array_fill makes.
const maxFill = 1 << 24

func arrayFill(c *Call, i int, out *col.Builder) error {
	dims, isNull := optionalArray(c, 1, i)
	if isNull {
		return pgerr.New(pgerr.NullValueNotAllowed, "dimension array or low bound array cannot be null")
	}
	a := types.ArrayValue{Elem: c.Args[0].Type.Base()}
	total := int64(1)
	for _, d := range dims.Elems {
		if !d.Set {
			return pgerr.New(pgerr.NullValueNotAllowed, "dimension values cannot be null")
		}
		if total *= max(d.I, 0); total > maxFill || len(dims.Elems) > 6 {
			return pgerr.Newf(pgerr.ProgramLimitExceeded, "array size exceeds the maximum allowed (%d)", maxFill)
		}
		a.Dims = append(a.Dims, int32(d.I))
	}
	if total == 0 || len(a.Dims) == 0 {
		return putArray(out, types.ArrayValue{Elem: a.Elem}, nil)
	}
	a.Elems = make([]types.Datum, total)
	for k := range a.Elems {
		a.Elems[k] = c.Args[0].Datum(i)
	}
	return putArray(out, a, nil)
}
