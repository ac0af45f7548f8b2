package builtin

import (
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

var collectAggs = []Agg{
	{
		Name: "string_agg", Args: list(types.Text, types.Text), Returns: types.Text, Doc: "The values that are not NULL, each but the first behind its delimiter.",
		Example: "string_agg(x::text, ',') of (1), (null), (2) = '1,2'", Collect: joinValues, KeepNulls: true,
	},
	{
		Name: "string_agg", Args: list(types.Bytea, types.Bytea), Returns: types.Bytea, Doc: "The values that are not NULL, each but the first behind its delimiter.",
		Example: `string_agg(x::bytea, '\x00'::bytea) of ('a'), ('b') = '\x610062'`, Collect: joinValues, KeepNulls: true,
	},
	{
		Name: "array_agg", Args: list(types.AnyElement), Returns: types.AnyArray, Infer: arrayOfFirst, Doc: "An array of the values, NULL included; NULL of no rows.",
		Example: "array_agg(x) of (1), (2) = array[1, 2]", Collect: collectArray, KeepNulls: true,
	},
	{
		Name: "json_agg", Args: list(types.AnyElement), Returns: types.JSON, Doc: "A json array of the values.",
		Example: "json_agg(x)::text of (1), (2) = '[1, 2]'", Collect: collectJSON(false), KeepNulls: true,
	},
	{
		Name: "jsonb_agg", Args: list(types.AnyElement), Returns: types.JSONB, Doc: "A jsonb array of the values.",
		Example: "jsonb_agg(x) of (1), (2) = '[1, 2]'", Collect: collectJSON(true), KeepNulls: true,
	},
	{
		Name: "json_object_agg", Args: list(types.Any, types.Any), Returns: types.JSON, Doc: "A json object of keys and values.",
		Example: "json_object_agg(x, x + 1)::text of (1), (2) = '{ \"1\" : 2, \"2\" : 3 }'", Collect: collectObject(false), KeepNulls: true,
	},
	{
		Name: "jsonb_object_agg", Args: list(types.Any, types.Any), Returns: types.JSONB, Doc: "A jsonb object of keys and values.",
		Example: "jsonb_object_agg(x, x + 1) of (1), (2) = '{\"1\": 2, \"2\": 3}'", Collect: collectObject(true), KeepNulls: true,
	},
}

func joinValues(c *Collected) (types.Datum, error) {
	var dst []byte
	some := false
	for i := range c.N {
		if c.Args[0].IsNull(i) {
			continue
		}
		if some && !c.Args[1].IsNull(i) {
			dst = append(dst, c.Args[1].Bytes(i)...)
		}
		some = true
		if dst = append(dst, c.Args[0].Bytes(i)...); len(dst) > maxString {
			return types.Null, errTooLong()
		}
	}
	if !some {
		return types.Null, nil
	}
	return types.BytesDatum(string(dst)), nil
}

func collectArray(c *Collected) (types.Datum, error) {
	if c.N == 0 {
		return types.Null, nil
	}
	if c.ArgTypes[0].Kind == types.KindArray {
		return collectArrays(c)
	}
	elems := make([]types.Datum, c.N)
	for i := range elems {
		elems[i] = c.Args[0].Datum(i)
	}
	return types.ArrayDatum(c.ArgTypes[0].Base(), elems), nil
}

// collectArrays makes an array with one more dimension.
func collectArrays(c *Collected) (types.Datum, error) {
	var out types.ArrayValue
	for i := range c.N {
		if c.Args[0].IsNull(i) {
			return types.Null, pgerr.New(pgerr.NullValueNotAllowed, "cannot accumulate null arrays")
		}
		a, _ := types.DecodeArray(c.ArgTypes[0], c.Args[0].Bytes(i))
		if len(a.Dims) == 0 {
			return types.Null, arraySubscriptError("cannot accumulate empty arrays")
		}
		if i == 0 {
			out = types.ArrayValue{Elem: a.Elem, Dims: append([]int32{int32(c.N)}, a.Dims...)}
		}
		for d, n := range out.Dims[1:] {
			if len(out.Dims) != len(a.Dims)+1 || a.Dims[d] != n {
				return types.Null, arraySubscriptError("cannot accumulate arrays of different dimensionality")
			}
		}
		out.Elems = append(out.Elems, a.Elems...)
	}
	return out.Datum(), nil
}

func collectJSON(binary bool) func(*Collected) (types.Datum, error) {
	return func(c *Collected) (types.Datum, error) {
		if c.N == 0 {
			return types.Null, nil
		}
		dst := []byte("[")
		for i := range c.N {
			if i > 0 {
				dst = append(dst, ", "...)
			}
			if c.ArgTypes[0].Kind == types.KindRecord && i > 0 {
				dst = append(dst, "\n "...)
			}
			dst = appendJSON(dst, c.ArgTypes[0], c.Args[0].Datum(i), c.format())
		}
		return normalized(append(dst, ']'), binary)
	}
}

func (c *Collected) format() *types.Format {
	if c.Env == nil {
		return nil
	}
	return c.Env.Format
}

func collectObject(binary bool) func(*Collected) (types.Datum, error) {
	return func(c *Collected) (types.Datum, error) {
		if c.N == 0 {
			return types.Null, nil
		}
		dst := []byte("{ ")
		var err error
		for i := range c.N {
			if i > 0 {
				dst = append(dst, ", "...)
			}
			if dst, err = appendJSONKey(dst, c.ArgTypes[0], c.Args[0].Datum(i), c.format(), 0); err != nil {
				return types.Null, err
			}
			dst = appendJSON(append(dst, " : "...), c.ArgTypes[1], c.Args[1].Datum(i), c.format())
		}
		return normalized(append(dst, " }"...), binary)
	}
}
