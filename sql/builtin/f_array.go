package builtin

import (
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

var arrayFuncs = concat(arrayMakers, arrayShapes, arrayEdits, arrayTests, arrayTextFuncs)

// arrayAt decodes argument k, which must not be NULL.
func arrayAt(c *Call, k, i int) types.ArrayValue {
	a := c.Args[k]
	v, ok := types.DecodeArray(a.Type, a.Bytes(i))
	if !ok {
		panic(pgerr.Bug("malformed array"))
	}
	return v
}

func putArray(out *col.Builder, a types.ArrayValue, err error) error {
	if err == nil {
		out.Grow(a.AppendStored)
	}
	return err
}

func arraySubscriptError(message string) error {
	return pgerr.New(pgerr.ArraySubscriptError, message)
}

// arrayOfFirst is the result type of the constructor: an array of its arguments, or,
// when they are arrays, an array with one more dimension.
func arrayOfFirst(args []types.Type) types.Type {
	if args[0].Kind == types.KindArray {
		return args[0].Base()
	}
	return args[0].Array()
}

var arrayMakers = []Func{
	{
		Name: "array", Args: list(types.AnyElement), Variadic: true, Infer: arrayOfFirst, Returns: types.AnyArray, NotStrict: true,
		Doc: "The array of its arguments: ARRAY[...].", Example: "array[1, 2, null] = '{1,2,NULL}'::int[]", Kernel: rowsKernel(makeArray),
	},
	{
		Name: "subscript", Args: list(types.AnyArray, types.Int4), Variadic: true, Returns: types.AnyElement,
		Doc: "An element of an array: a[i]; NULL outside.", Example: "(array[5, 6, 7])[2] = 6", Kernel: rowsKernel(subscript),
	},
	{
		Name: "subscript", Args: list(types.Name, types.Int4), Returns: types.Char,
		Doc: "A byte of a name, counted from 0.", Example: `('ab'::name)[1] = 'b'::"char"`, Kernel: datums(nameByte),
	},
	{
		Name: "subscript", Args: list(types.JSONB, types.Any), Variadic: true, Returns: types.JSONB,
		Doc: "A member or element of a jsonb value: j['a']['0'].", Example: `(('{"a": [1, 2]}'::jsonb)['a']) = '[1, 2]'`, Kernel: rowsKernel(jsonSubscript),
	},
	{
		Name: "slice", Args: list(types.AnyArray, types.Int4), Variadic: true, Returns: types.AnyArray,
		Doc: "The elements from one index to another in each dimension: a[i:j].", Example: "(array[5, 6, 7])[2:3] = array[6, 7]", Kernel: rowsKernel(slice),
	},
}

func makeArray(c *Call, i int, out *col.Builder) error {
	if c.Args[0].Type.Kind == types.KindArray {
		a, err := nestArrays(c, i)
		return putArray(out, a, err)
	}
	elems := make([]types.Datum, len(c.Args))
	for k, a := range c.Args {
		elems[k] = a.Datum(i)
	}
	return putArray(out, types.NewArray(c.Args[0].Type.Base(), elems), nil)
}

// nestArrays makes an array whose first dimension is the arguments.
func nestArrays(c *Call, i int) (types.ArrayValue, error) {
	bad := arraySubscriptError("multidimensional arrays must have array expressions with matching dimensions")
	var out types.ArrayValue
	for k, arg := range c.Args {
		a := types.ArrayValue{Elem: arg.Type.ElemType()}
		if !arg.IsNull(i) {
			a = arrayAt(c, k, i)
		}
		if k == 0 {
			out = types.ArrayValue{Elem: a.Elem}
			if len(a.Dims) > 0 {
				out.Dims = append([]int32{int32(len(c.Args))}, a.Dims...)
			}
		}
		if len(out.Dims) != len(a.Dims)+bitInt(len(a.Dims) > 0 || len(out.Dims) > 0) {
			return out, bad
		}
		for d := range a.Dims {
			if out.Dims[d+1] != a.Dims[d] {
				return out, bad
			}
		}
		out.Elems = append(out.Elems, a.Elems...)
	}
	return out, nil
}

func bitInt(x bool) int { return int(bit(x)) }

// nameByte is PostgreSQL's: a name is an array of 64 bytes, filled with zeros.
func nameByte(_ *Call, args []types.Datum) (types.Datum, error) {
	const nameBytes = 64
	i := args[1].I
	switch {
	case i < 0 || i >= nameBytes:
		return types.Null, nil
	case i >= int64(len(args[0].S)):
		return types.FixedDatum(0), nil
	}
	return types.FixedDatum(int64(args[0].S[i])), nil
}

// place returns the position of a subscript in the elements, and false outside.
func place(dims, lower []int32, at []int64) (int, bool) {
	if len(at) != len(dims) {
		return 0, false
	}
	pos := int64(0)
	for d, n := range dims {
		low := int64(1)
		if lower != nil {
			low = int64(lower[d])
		}
		k := at[d] - low
		if k < 0 || k >= int64(n) {
			return 0, false
		}
		pos = pos*int64(n) + k
	}
	return int(pos), true
}

func subscript(c *Call, i int, out *col.Builder) error {
	a := c.Args[0]
	r, ok := types.OpenArray(a.Type, a.Bytes(i))
	if !ok {
		panic(pgerr.Bug("malformed array"))
	}
	at := make([]int64, len(c.Args)-1)
	for k := range at {
		at[k] = c.Args[k+1].Fix[i]
	}
	pos, inside := place(r.Dims, r.Lower, at)
	if !inside {
		out.Null()
		return nil
	}
	for range pos {
		r.Next()
	}
	d, _ := r.NextDatum()
	out.Datum(d)
	return nil
}

func jsonSubscript(c *Call, i int, out *col.Builder) error {
	path := make([]string, len(c.Args)-1)
	for k := range path {
		path[k] = string(appendValue(nil, c, k+1, i))
	}
	if v, ok := types.JSONPath(c.Args[0].Bytes(i), path); ok {
		out.Raw(v)
	} else {
		out.Null()
	}
	return nil
}

// slice cuts each dimension to its pair of bounds; dimensions without bounds stay whole.
func slice(c *Call, i int, out *col.Builder) error {
	a := arrayAt(c, 0, i)
	pairs := (len(c.Args) - 1) / 2
	if len(a.Dims) == 0 || pairs > len(a.Dims) {
		return putArray(out, types.ArrayValue{Elem: a.Elem}, nil)
	}
	cut := types.ArrayValue{Elem: a.Elem, Elems: a.Elems, Dims: append([]int32(nil), a.Dims...)}
	for d := range pairs {
		first := int64(a.LowerBound(d))
		low, high := max(first, c.Args[2*d+1].Fix[i]), min(first+int64(a.Dims[d])-1, c.Args[2*d+2].Fix[i])
		if low > high {
			return putArray(out, types.ArrayValue{Elem: a.Elem}, nil)
		}
		cutDimension(&cut, d, int(low-first), int(high-first+1))
	}
	return putArray(out, cut, nil)
}

// cutDimension keeps elements from up to but not including to of dimension d.
func cutDimension(a *types.ArrayValue, d, from, to int) {
	stride := 1
	for _, n := range a.Dims[d+1:] {
		stride *= int(n)
	}
	whole := stride * int(a.Dims[d])
	var kept []types.Datum
	for at := 0; at < len(a.Elems); at += whole {
		kept = append(kept, a.Elems[at+from*stride:at+to*stride]...)
	}
	a.Elems, a.Dims[d] = kept, int32(to-from)
}

// shape starts an entry of a function of an array's dimensions; f returns false for NULL.
func shape(name, doc, example string, args []types.Type, f func(r *types.ArrayReader, dim int64) (int64, bool)) Func {
	return Func{
		Name: name, Args: args, Returns: types.Int4, Doc: doc, Example: example,
		Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			r, ok := types.OpenArray(c.Args[0].Type, c.Args[0].Bytes(i))
			if !ok {
				panic(pgerr.Bug("malformed array"))
			}
			dim := int64(1)
			if len(c.Args) > 1 {
				dim = c.Args[1].Fix[i]
			}
			if dim < 1 || dim > int64(max(len(r.Dims), 1)) {
				out.Null()
				return nil
			}
			if x, ok := f(&r, dim); ok {
				out.Int(x)
			} else {
				out.Null()
			}
			return nil
		}),
	}
}

func lowerBound(r *types.ArrayReader, dim int64) int64 {
	if r.Lower == nil {
		return 1
	}
	return int64(r.Lower[dim-1])
}

var (
	arrayArg    = list(types.AnyArray)
	arrayDimArg = list(types.AnyArray, types.Int4)
)

var arrayShapes = []Func{
	shape("array_length", "Length of a dimension.", "array_length(array[1, 2, 3], 1) = 3", arrayDimArg,
		func(r *types.ArrayReader, dim int64) (int64, bool) {
			if len(r.Dims) == 0 {
				return 0, false
			}
			return int64(r.Dims[dim-1]), true
		}),
	shape("array_lower", "First index of a dimension.", "array_lower('[0:2]={1,2,3}'::int[], 1) = 0", arrayDimArg,
		func(r *types.ArrayReader, dim int64) (int64, bool) { return lowerBound(r, dim), len(r.Dims) > 0 }),
	shape("array_upper", "Last index of a dimension.", "array_upper(array[1, 8, 3, 7], 1) = 4", arrayDimArg,
		func(r *types.ArrayReader, dim int64) (int64, bool) {
			if len(r.Dims) == 0 {
				return 0, false
			}
			return lowerBound(r, dim) + int64(r.Dims[dim-1]) - 1, true
		}),
	shape("cardinality", "Number of elements of all dimensions.", "cardinality(array[array[1, 2], array[3, 4]]) = 4", arrayArg,
		func(r *types.ArrayReader, _ int64) (int64, bool) { return int64(r.N), true }),
	shape("array_ndims", "Number of dimensions.", "array_ndims(array[array[1, 2, 3], array[4, 5, 6]]) = 2", arrayArg,
		func(r *types.ArrayReader, _ int64) (int64, bool) { return int64(len(r.Dims)), len(r.Dims) > 0 }),
	{
		Name: "array_dims", Args: arrayArg, Returns: types.Text, Doc: "The dimensions as text.",
		Example: "array_dims(array[array[1, 2, 3], array[4, 5, 6]]) = '[1:2][1:3]'", Kernel: rowsKernel(arrayDims),
	},
}
