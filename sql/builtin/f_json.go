package builtin

import (
	"bytes"
	"strings"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

var jsonFuncs = concat(jsonAccess(), jsonTests, jsonBuilders(), jsonInspect(), jsonEdits)

var bothJSON = []types.Type{types.JSON, types.JSONB}

// jsonAccess are the operators and functions that take a part out.
func jsonAccess() []Func {
	var out []Func
	for _, t := range bothJSON {
		doc := `'{"a": [10, {"b": "x"}]}'::` + t.InternalName()
		add := func(name string, args []types.Type, variadic, asText bool, what, example string, find func(c *Call, i int) ([]byte, bool)) {
			result := t
			if asText {
				result = types.Text
			}
			out = append(out, Func{
				Name: name, Args: args, Variadic: variadic, Returns: result, Doc: what, Example: example,
				Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
					v, ok := find(c, i)
					return putJSON(out, v, ok, asText)
				}),
			})
		}
		add("->", list(t, types.Text), false, false, "A member of an object.", "((("+doc+") -> 'a' -> 0)::text) = '10'", field)
		add("->", list(t, types.Int4), false, false, "An element of an array, counted from 0, negative from the end.", "((("+doc+") -> 'a' -> -2)::text) = '10'", elem)
		add("->>", list(t, types.Text), false, true, "A member of an object as text.", "(("+doc+") -> 'a' -> 1 ->> 'b') = 'x'", field)
		add("->>", list(t, types.Int4), false, true, "An element of an array as text.", "(("+doc+") -> 'a' ->> 0) = '10'", elem)
		add("#>", list(t, textArray), false, false, "What stands at a path.", "((("+doc+") #> '{a,0}')::text) = '10'", pathOf)
		add("#>>", list(t, textArray), false, true, "What stands at a path, as text.", "(("+doc+") #>> '{a,1,b}') = 'x'", pathOf)
		prefix := t.InternalName() + "_extract_path"
		add(prefix, list(t, types.Text), true, false, "What stands at a path.", "("+prefix+"("+doc+", 'a', '0')::text) = '10'", pathArgs)
		add(prefix+"_text", list(t, types.Text), true, true, "What stands at a path, as text.", prefix+"_text("+doc+", 'a', '1', 'b') = 'x'", pathArgs)
	}
	return out
}

func putJSON(out *col.Builder, v []byte, ok, asText bool) error {
	switch {
	case !ok:
		out.Null()
	case !asText:
		out.Raw(v)
	default:
		s, isSet, err := types.JSONText(v)
		if err != nil {
			return err
		}
		if isSet {
			out.Str(s)
		} else {
			out.Null()
		}
	}
	return nil
}

func field(c *Call, i int) ([]byte, bool) {
	return types.JSONField(c.Args[0].Bytes(i), c.name(1, i))
}

// elem takes an element; a scalar in jsonb counts as an array of itself.
func elem(c *Call, i int) ([]byte, bool) {
	if v, at := c.Args[0].Bytes(i), c.Args[1].Fix[i]; c.Args[0].Type.Kind == types.KindJSONB && v[0] != '{' && v[0] != '[' {
		return v, at == 0 || at == -1
	}
	return types.JSONElem(c.Args[0].Bytes(i), int(c.Args[1].Fix[i]))
}

// pathOf follows a text array; a NULL step leads nowhere.
func pathOf(c *Call, i int) ([]byte, bool) {
	steps, ok := pathSteps(c, 1, i)
	if !ok {
		return nil, false
	}
	return types.JSONPath(c.Args[0].Bytes(i), steps)
}

func pathSteps(c *Call, k, i int) ([]string, bool) {
	var steps []string
	for _, d := range arrayAt(c, k, i).Elems {
		if !d.Set {
			return nil, false
		}
		steps = append(steps, d.S)
	}
	return steps, true
}

func pathArgs(c *Call, i int) ([]byte, bool) {
	steps := make([]string, len(c.Args)-1)
	for k := range steps {
		steps[k] = c.Args[k+1].Str(i)
	}
	return types.JSONPath(c.Args[0].Bytes(i), steps)
}

var jsonTests = []Func{
	{
		Name: "@>", Args: list(types.JSONB, types.JSONB), Returns: types.Bool, Doc: "Whether the left value contains the right one.",
		Example: `('{"a": 1, "b": 2}'::jsonb @> '{"b": 2}'::jsonb) = true`, Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			out.Bool(types.JSONContains(c.Args[0].Bytes(i), c.Args[1].Bytes(i)))
			return nil
		}),
	},
	{
		Name: "<@", Args: list(types.JSONB, types.JSONB), Returns: types.Bool, Doc: "Whether the right value contains the left one.",
		Example: `('{"b": 2}'::jsonb <@ '{"a": 1, "b": 2}'::jsonb) = true`, Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			out.Bool(types.JSONContains(c.Args[1].Bytes(i), c.Args[0].Bytes(i)))
			return nil
		}),
	},
	{
		Name: "?", Args: list(types.JSONB, types.Text), Returns: types.Bool, Doc: "Whether the string is a key of the object or an element of the array.",
		Example: `('{"a": 1, "b": 2}'::jsonb ? 'b') = true`, Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			out.Bool(jsonHas(c.Args[0].Bytes(i), c.Args[1].Str(i)))
			return nil
		}),
	},
	{
		Name: "?|", Args: list(types.JSONB, textArray), Returns: types.Bool, Doc: "Whether some of the strings are keys or elements.",
		Example: `('{"a": 1, "b": 2}'::jsonb ?| array['b', 'd']) = true`, Kernel: hasKeys(false),
	},
	{
		Name: "?&", Args: list(types.JSONB, textArray), Returns: types.Bool, Doc: "Whether all of the strings are keys or elements.",
		Example: `('{"a": 1, "b": 2}'::jsonb ?& array['a', 'b']) = true`, Kernel: hasKeys(true),
	},
}

func jsonHas(v []byte, key string) bool {
	isString := func(v []byte) bool {
		s, ok, err := types.JSONText(v)
		return types.JSONKind(v) == "string" && ok && err == nil && s == key
	}
	switch types.JSONKind(v) {
	case "object":
		_, ok := types.JSONField(v, key)
		return ok
	case "array":
		found := false
		types.JSONElems(v, func(v []byte) bool {
			found = isString(v)
			return !found
		})
		return found
	}
	return isString(v)
}

func hasKeys(all bool) Kernel {
	return rowsKernel(func(c *Call, i int, out *col.Builder) error {
		for _, d := range arrayAt(c, 1, i).Elems {
			if d.Set && jsonHas(c.Args[0].Bytes(i), d.S) != all {
				out.Bool(!all)
				return nil
			}
		}
		out.Bool(all)
		return nil
	})
}

func jsonBuilders() []Func {
	var out []Func
	for _, t := range bothJSON {
		binary := t == types.JSONB
		n := t.InternalName()
		anything := list(types.Any)
		build := func(name string, args []types.Type, variadic bool, doc, example string, f func(c *Call, args []types.Datum) ([]byte, error)) Func {
			return Func{
				Name: name, Args: args, Variadic: variadic, Returns: t, Volatility: Stable, NotStrict: true, Doc: doc, Example: example,
				Kernel: datums(func(c *Call, args []types.Datum) (types.Datum, error) {
					text, err := f(c, args)
					if err != nil {
						return types.Null, err
					}
					return normalized(text, binary)
				}),
			}
		}
		to := build("to_"+n, list(types.AnyElement), false, "The value as "+n+".", "(to_"+n+"(array[1, 2])::text) = "+map[bool]string{false: "'[1,2]'", true: "'[1, 2]'"}[binary],
			func(c *Call, args []types.Datum) ([]byte, error) {
				return appendJSON(nil, c.Args[0].Type, args[0], c.Env.Format), nil
			})
		to.NotStrict = false
		array, object := n+"_build_array", n+"_build_object"
		out = append(out, to,
			build(array, list(), false, "The empty array.", "("+array+"()::text) = '[]'", buildArray),
			build(array, anything, true, "An array of the arguments.", "("+array+"(1, 'a', null)::text) = '[1, \"a\", null]'", buildArray),
			build(object, list(), false, "The empty object.", "("+object+"()::text) = '{}'", buildObject),
			build(object, anything, true, "An object of keys and values in turn.", "("+object+"('a', 1) ->> 'a') = '1'", buildObject))
	}
	return append(out,
		Func{
			Name: "array_to_json", Args: list(types.AnyArray), Returns: types.JSON, Volatility: Stable, Doc: "The array as json.",
			Example: "(array_to_json(array[1, 2])::text) = '[1,2]'", Kernel: datums(rowJSON),
		},
		Func{
			Name: "row_to_json", Args: list(types.Record), Returns: types.JSON, Volatility: Stable, Doc: "The row as json; fields are f1, f2 ...",
			Example: `(row_to_json(row(1, 'a'))::text) = '{"f1":1,"f2":"a"}'`, Kernel: datums(rowJSON),
		})
}

func rowJSON(c *Call, args []types.Datum) (types.Datum, error) {
	return types.BytesDatum(string(appendJSON(nil, c.Args[0].Type, args[0], c.Env.Format))), nil
}

func buildArray(c *Call, args []types.Datum) ([]byte, error) {
	dst := []byte("[")
	for k, d := range args {
		if k > 0 {
			dst = append(dst, ", "...)
		}
		dst = appendJSON(dst, c.Args[k].Type, d, c.Env.Format)
	}
	return append(dst, ']'), nil
}

func buildObject(c *Call, args []types.Datum) (dst []byte, err error) {
	if len(args)%2 == 1 {
		return nil, pgerr.New(pgerr.InvalidParameterValue, "argument list must have even number of elements").
			WithHint("The arguments of json_build_object() must consist of alternating keys and values.")
	}
	dst = []byte("{")
	for k := 0; k < len(args); k += 2 {
		if k > 0 {
			dst = append(dst, ", "...)
		}
		if dst, err = appendJSONKey(dst, c.Args[k].Type, args[k], c.Env.Format, k+1); err != nil {
			return nil, err
		}
		dst = appendJSON(append(dst, " : "...), c.Args[k+1].Type, args[k+1], c.Env.Format)
	}
	return append(dst, '}'), nil
}

func jsonInspect() []Func {
	var out []Func
	for _, t := range bothJSON {
		n := t.InternalName()
		binary := t == types.JSONB
		out = append(out,
			Func{
				Name: n + "_typeof", Args: list(t), Returns: types.Text, Doc: "The kind of the value: object, array, string, number, boolean or null.",
				Example: n + "_typeof('-123.4') = 'number'", Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
					out.Str(types.JSONKind(c.Args[0].Bytes(i)))
					return nil
				}),
			},
			Func{
				Name: n + "_array_length", Args: list(t), Returns: types.Int4, Doc: "Number of elements of an array.",
				Example: n + "_array_length('[1,2,{\"a\":1}]') = 3", Kernel: rowsKernel(jsonArrayLength),
			},
			Func{
				Name: n + "_strip_nulls", Args: list(t), Returns: t, Doc: "Without the members that are null, at all depths.",
				Example: "(" + n + `_strip_nulls('{"a":null,"b":[null,1]}')::text) = ` + map[bool]string{false: `'{"b":[null,1]}'`, true: `'{"b": [null, 1]}'`}[binary],
				Kernel: datums(func(_ *Call, args []types.Datum) (types.Datum, error) {
					return normalized(stripNulls(nil, []byte(args[0].S)), binary)
				}),
			})
	}
	return append(out, Func{
		Name: "jsonb_pretty", Args: list(types.JSONB), Returns: types.Text, Doc: "The value on several lines, indented.",
		Example: "length(jsonb_pretty('{\"a\": [1]}')) = 30", Kernel: rowsKernel(func(c *Call, i int, out *col.Builder) error {
			out.Raw(appendPretty(nil, c.Args[0].Bytes(i), 0))
			return nil
		}),
	})
}

func jsonArrayLength(c *Call, i int, out *col.Builder) error {
	v := c.Args[0].Bytes(i)
	switch types.JSONKind(v) {
	case "array":
		out.Int(int64(types.JSONLen(v)))
		return nil
	case "object":
		return pgerr.New(pgerr.InvalidParameterValue, "cannot get array length of a non-array")
	}
	return pgerr.New(pgerr.InvalidParameterValue, "cannot get array length of a scalar")
}

// stripNulls appends v without null members, written compactly.
func stripNulls(dst, v []byte) []byte {
	first := true
	comma := func() {
		if !first {
			dst = append(dst, ',')
		}
		first = false
	}
	switch types.JSONKind(v) {
	case "object":
		dst = append(dst, '{')
		types.JSONEach(v, func(key string, value []byte) bool {
			if !jsonNull(value) {
				comma()
				dst = append(types.AppendJSONString(dst, key), ':')
				dst = stripNulls(dst, value)
			}
			return true
		})
		return append(dst, '}')
	case "array":
		dst = append(dst, '[')
		types.JSONElems(v, func(value []byte) bool {
			comma()
			dst = stripNulls(dst, value)
			return true
		})
		return append(dst, ']')
	}
	return append(dst, bytes.TrimSpace(v)...)
}

// appendPretty writes a value as jsonb_pretty does: four blanks a level.
func appendPretty(dst, v []byte, depth int) []byte {
	indent := func(depth int) {
		dst = append(dst, '\n')
		dst = append(dst, strings.Repeat("    ", depth)...)
	}
	first := true
	next := func() {
		if !first {
			dst = append(dst, ',')
		}
		first = false
		indent(depth + 1)
	}
	switch types.JSONKind(v) {
	case "object":
		dst = append(dst, '{')
		types.JSONEach(v, func(key string, value []byte) bool {
			next()
			dst = append(types.AppendJSONString(dst, key), ": "...)
			dst = appendPretty(dst, value, depth+1)
			return true
		})
		indent(depth)
		return append(dst, '}')
	case "array":
		dst = append(dst, '[')
		types.JSONElems(v, func(value []byte) bool {
			next()
			dst = appendPretty(dst, value, depth+1)
			return true
		})
		indent(depth)
		return append(dst, ']')
	}
	return append(dst, v...)
}
