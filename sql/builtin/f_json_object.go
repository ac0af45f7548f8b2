package builtin

import (
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// jsonObjectFuncs make and change whole objects.
func jsonObjectFuncs() []Func {
	var out []Func
	for _, t := range bothJSON {
		name := t.InternalName() + "_object"
		out = append(out,
			Func{
				Name: name, Args: list(textArray), Returns: t, Doc: "An object of keys and values in turn, or of pairs.",
				Example: "(" + name + "('{a,1,b,null}') ->> 'a') = '1'", Kernel: datums(objectOfPairs),
			},
			Func{
				Name: name, Args: list(textArray, textArray), Returns: t, Doc: "An object of an array of keys and one of values.",
				Example: "(" + name + "('{a,b}', '{1,2}') ->> 'b') = '2'", Kernel: datums(objectOfLists),
			})
	}
	edit := func(args []types.Type, example string) Func {
		return Func{
			Name: "jsonb_set_lax", Args: args, Returns: types.JSONB, NotStrict: true, Example: example,
			Doc:    "As jsonb_set; for a NULL value the last argument says what to do: use_json_null, delete_key, return_target or raise_exception.",
			Kernel: jsonEditRow(setLax),
		}
	}
	three := list(types.JSONB, textArray, types.JSONB)
	return append(out,
		edit(three, `jsonb_set_lax('{"a": 1}', '{a}', null) = '{"a": null}'`),
		edit(append(three[:3:3], types.Bool), `jsonb_set_lax('{"a": 1}', '{b}', '2', true) = '{"a": 1, "b": 2}'`),
		edit(append(three[:3:3], types.Bool, types.Text), `jsonb_set_lax('{"a": 1, "b": 2}', '{a}', null, true, 'delete_key') = '{"b": 2}'`),
		Func{
			Name: "row_to_json", Args: list(types.Record, types.Bool), Returns: types.JSON, Volatility: Stable,
			Doc:     "The row as json, one field a line if the last argument is true.",
			Example: "(row_to_json(row(1, 'a'), false)::text) = '{\"f1\":1,\"f2\":\"a\"}'", Kernel: datums(prettyRow),
		},
		Func{
			Name: "array_to_json", Args: list(types.AnyArray, types.Bool), Returns: types.JSON, Volatility: Stable,
			Doc:     "The array as json, one element a line if the last argument is true.",
			Example: "(array_to_json(array[1, 2], false)::text) = '[1,2]'", Kernel: datums(prettyRow),
		})
}

func objectOfPairs(c *Call, args []types.Datum) (types.Datum, error) {
	a, _ := types.DecodeArray(c.Args[0].Type, []byte(args[0].S))
	switch {
	case len(a.Dims) == 0:
	case len(a.Dims) == 1 && a.Dims[0]%2 != 0:
		return types.Null, pgerr.New(pgerr.ArraySubscriptError, "array must have even number of elements")
	case len(a.Dims) == 2 && a.Dims[1] != 2:
		return types.Null, pgerr.New(pgerr.ArraySubscriptError, "array must have two columns")
	case len(a.Dims) > 2:
		return types.Null, pgerr.New(pgerr.ArraySubscriptError, "wrong number of array subscripts")
	}
	var keys, values []types.Datum
	for k := 0; k+1 < len(a.Elems); k += 2 {
		keys, values = append(keys, a.Elems[k]), append(values, a.Elems[k+1])
	}
	return textObject(keys, values, c.Result == types.JSONB)
}

func objectOfLists(c *Call, args []types.Datum) (types.Datum, error) {
	keys, _ := types.DecodeArray(c.Args[0].Type, []byte(args[0].S))
	values, _ := types.DecodeArray(c.Args[1].Type, []byte(args[1].S))
	switch {
	case len(keys.Dims) > 1 || len(keys.Dims) != len(values.Dims):
		return types.Null, pgerr.New(pgerr.ArraySubscriptError, "wrong number of array subscripts")
	case len(keys.Elems) != len(values.Elems):
		return types.Null, pgerr.New(pgerr.ArraySubscriptError, "mismatched array dimensions")
	}
	return textObject(keys.Elems, values.Elems, c.Result == types.JSONB)
}

func textObject(keys, values []types.Datum, binary bool) (types.Datum, error) {
	dst := []byte("{")
	for k, key := range keys {
		if !key.Set {
			return types.Null, pgerr.New(pgerr.NullValueNotAllowed, "null value not allowed for object key")
		}
		if k > 0 {
			dst = append(dst, ", "...)
		}
		dst = append(types.AppendJSONString(dst, key.S), " : "...)
		dst = appendJSON(dst, types.Text, values[k], nil)
	}
	return normalized(append(dst, '}'), binary)
}

// jsonEditRow is jsonEdit for a function that may give NULL.
func jsonEditRow(f func(c *Call, i int) ([]byte, error)) Kernel {
	return rowsKernel(func(c *Call, i int, out *col.Builder) error {
		text, err := f(c, i)
		if err != nil {
			return err
		}
		if text == nil {
			out.Null()
			return nil
		}
		d, err := normalized(text, true)
		if err == nil {
			out.Datum(d)
		}
		return err
	})
}

func setLax(c *Call, i int) ([]byte, error) {
	if c.Args[0].IsNull(i) || c.Args[1].IsNull(i) || len(c.Args) > 3 && c.Args[3].IsNull(i) {
		return nil, nil
	}
	treatment := "use_json_null"
	if len(c.Args) > 4 {
		if c.Args[4].IsNull(i) {
			return nil, errTreatment()
		}
		treatment = c.Args[4].Str(i)
	}
	edit := pathEdit{replace: true, create: len(c.Args) < 4 || c.Args[3].Fix[i] != 0}
	if !c.Args[2].IsNull(i) {
		edit.value = c.Args[2].Bytes(i)
		return jsonChange(c, i, edit)
	}
	switch treatment {
	case "use_json_null":
		edit.value = []byte("null")
		return jsonChange(c, i, edit)
	case "delete_key":
		return jsonChange(c, i, pathEdit{remove: true})
	case "return_target":
		return c.Args[0].Bytes(i), nil
	case "raise_exception":
		return nil, pgerr.New(pgerr.NullValueNotAllowed, "JSON value must not be null").
			WithDetail("Exception was raised because null_value_treatment is \"raise_exception\".").
			WithHint("To avoid, either change the null_value_treatment argument or ensure that an SQL NULL is not passed.")
	}
	return nil, errTreatment()
}

func errTreatment() error {
	return pgerr.New(pgerr.InvalidParameterValue,
		"null_value_treatment must be \"delete_key\", \"return_target\", \"use_json_null\", or \"raise_exception\"")
}

// prettyRow puts a line feed behind the commas of the outermost level.
func prettyRow(c *Call, args []types.Datum) (types.Datum, error) {
	text := appendJSON(nil, c.Args[0].Type, args[0], c.Env.Format)
	if args[1].I == 0 {
		return types.BytesDatum(string(text)), nil
	}
	dst := text[:1:1]
	add := func(item []byte) {
		if len(dst) > 1 {
			dst = append(dst, ",\n "...)
		}
		dst = append(dst, item...)
	}
	isArray := types.JSONElems(text, func(v []byte) bool { add(v); return true })
	if !isArray {
		types.JSONEach(text, func(key string, v []byte) bool {
			add(append(append(types.AppendJSONString(nil, key), ':'), v...))
			return true
		})
	}
	return types.BytesDatum(string(append(dst, text[len(text)-1]))), nil
}
