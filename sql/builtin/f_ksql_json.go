package builtin

import (
	"slices"
	"strconv"
	"strings"

	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// ksqlJSONFuncs work on JSON in text; maps are jsonb objects.
var ksqlJSONFuncs = []Func{
	{
		Name: "extractjsonfield", Args: list(types.Text, types.Text), Returns: types.Text,
		Doc:     "ksqlDB: what stands at a path such as $.a[0].b of JSON text, as text; NULL when nothing does or the text is not JSON.",
		Example: `extractjsonfield('{"a": [{"b": "x"}]}', '$.a[0].b') = 'x'`, Kernel: datums(extractJSONField),
	},
	{
		Name: "is_json_string", Args: list(types.Text), Returns: types.Bool, NotStrict: true, Doc: "ksqlDB: whether the text is JSON; false for NULL.",
		Example: "is_json_string('[1]') = true", Kernel: datums(func(_ *Call, args []types.Datum) (types.Datum, error) {
			return types.BoolDatum(args[0].Set && types.ValidateJSON(args[0].S) == nil), nil
		}),
	},
	{
		Name: "json_array_contains", Args: list(types.Text, types.Any), Returns: types.Bool, NotStrict: true, Doc: "ksqlDB: whether an array in JSON text has an element.",
		Example: "json_array_contains('[1, 2, 3]', 2) = true", Kernel: datums(jsonArrayContains),
	},
	{
		Name: "json_array_length", Args: list(types.Text), Returns: types.Int4, Doc: "Number of elements of an array in JSON text; what is no array is an error, not NULL as in ksqlDB.",
		Example: "json_array_length('[1, 2]'::text) = 2", Kernel: datums(textArrayLength),
	},
	{
		Name: "json_concat", Args: list(types.Text), Variadic: true, Returns: types.Text,
		Doc:     "ksqlDB: objects in JSON text united, or all else joined to one array; NULL where one is not JSON.",
		Example: `json_concat('{"a": 1}', '{"b": 2}') = '{"a": 1, "b": 2}'`, Kernel: datums(ksqlJSONConcat),
	},
	{
		Name: "json_items", Args: list(types.Text), Returns: textArray, Doc: "ksqlDB: the elements of an array in JSON text, as JSON text; NULL when it is none.",
		Example: `json_items('[1, {"a": 2}]') = array['1', '{"a": 2}']`, Kernel: datums(jsonItems),
	},
	{
		Name: "json_keys", Args: list(types.Text), Returns: textArray, Doc: "ksqlDB: the keys of an object in JSON text; NULL when it is none.",
		Example: `json_keys('{"a": 1, "b": 2}') = array['a', 'b']`, Kernel: datums(func(_ *Call, args []types.Datum) (types.Datum, error) {
			if types.ValidateJSON(args[0].S) != nil {
				return types.Null, nil
			}
			return keysOf([]byte(args[0].S))
		}),
	},
	{
		Name: "json_records", Args: list(types.Text), Returns: types.JSONB, Doc: "ksqlDB: a map (jsonb) from the keys of an object in JSON text to the values as JSON text.",
		Example: `json_records('{"a": [1]}') = '{"a": "[1]"}'`, Kernel: datums(jsonRecords),
	},
	{
		Name: "to_json_string", Args: list(types.AnyElement), Returns: types.Text, Volatility: Stable, NotStrict: true, Doc: "ksqlDB: the value as JSON text.",
		Example: "to_json_string(array[1, 2]) = '[1,2]'", Kernel: datums(func(c *Call, args []types.Datum) (types.Datum, error) {
			return types.BytesDatum(string(appendJSON(nil, c.Args[0].Type, args[0], c.Env.Format))), nil
		}),
	},
	{
		Name: "as_map", Args: list(textArray, types.AnyArray), Returns: types.JSONB, Volatility: Stable, Doc: "ksqlDB: a map (jsonb) of an array of keys and one of values.",
		Example: `as_map(array['a', 'b'], array[1, 2]) = '{"a": 1, "b": 2}'`, Kernel: datums(asMap),
	},
	{
		Name: "map_keys", Args: list(types.JSONB), Returns: textArray, Doc: "ksqlDB: the keys of a map (jsonb).",
		Example: `map_keys('{"a": 1, "b": 2}') = array['a', 'b']`, Kernel: datums(func(_ *Call, args []types.Datum) (types.Datum, error) {
			return keysOf([]byte(args[0].S))
		}),
	},
	{
		Name: "map_values", Args: list(types.JSONB), Returns: types.ArrayOf(types.KindJSONB), Doc: "ksqlDB: the values of a map (jsonb).",
		Example: `(map_values('{"a": 1, "b": "x"}')::text) = '{1,"\"x\""}'`, Kernel: datums(mapValues),
	},
	{
		Name: "map_union", Args: list(types.JSONB, types.JSONB), Returns: types.JSONB, NotStrict: true, Doc: "ksqlDB: the members of both maps (jsonb), the second's where both have a key.",
		Example: `map_union('{"a": 1}', '{"a": 2, "b": 3}') = '{"a": 2, "b": 3}'`, Kernel: datums(mapUnion),
	},
	{
		Name: "entries", Args: list(types.JSONB, types.Bool), Returns: types.JSONB,
		Doc:     "ksqlDB: the members of a map (jsonb) as an array of objects with the keys K and V. They are always ordered as jsonb orders keys, or by key if the last argument is true.",
		Example: `entries('{"b": 1, "aa": 2}', true) = '[{"K": "aa", "V": 2}, {"K": "b", "V": 1}]'`, Kernel: datums(entriesOf),
	},
}

// ksqlPath cuts $.a.b[0] into its steps; ok is false when it is no path.
func ksqlPath(path string) (steps []string, ok bool) {
	rest, ok := strings.CutPrefix(path, "$")
	for ok && rest != "" {
		switch {
		case strings.HasPrefix(rest, "."):
			end := strings.IndexAny(rest[1:], ".[")
			if end < 0 {
				end = len(rest) - 1
			}
			steps, rest = append(steps, rest[1:1+end]), rest[1+end:]
			ok = end > 0
		case strings.HasPrefix(rest, "["):
			end := strings.IndexByte(rest, ']')
			if end < 0 {
				return nil, false
			}
			step := rest[1:end]
			if n := len(step); n >= 2 && step[0] == '\'' && step[n-1] == '\'' {
				step = step[1 : n-1]
			} else if _, err := strconv.Atoi(step); err != nil {
				return nil, false
			}
			steps, rest = append(steps, step), rest[end+1:]
		default:
			return nil, false
		}
	}
	return steps, ok
}

func extractJSONField(_ *Call, args []types.Datum) (types.Datum, error) {
	steps, ok := ksqlPath(args[1].S)
	if !ok {
		return types.Null, pgerr.Newf(pgerr.InvalidParameterValue, "\"%s\" is not a path of JSON", args[1].S).
			WithHint("A path begins with $ and goes on with .name and [index].")
	}
	if types.ValidateJSON(args[0].S) != nil {
		return types.Null, nil
	}
	v, ok := types.JSONPath([]byte(args[0].S), steps)
	if !ok {
		return types.Null, nil
	}
	s, isSet, err := types.JSONText(v)
	if err != nil || !isSet {
		return types.Null, nil //nolint:nilerr // text that jsonb cannot hold counts as absent
	}
	return types.BytesDatum(s), nil
}

func jsonArrayContains(c *Call, args []types.Datum) (types.Datum, error) {
	if !args[0].Set || types.ValidateJSON(args[0].S) != nil {
		return types.BoolDatum(false), nil
	}
	want, err := normalized(appendJSON(nil, c.Args[1].Type, args[1], c.Env.Format), true)
	if err != nil {
		return types.Null, err
	}
	found := false
	types.JSONElems([]byte(args[0].S), func(v []byte) bool {
		have, err := types.NormalizeJSONB(string(v))
		found = err == nil && types.Compare(types.JSONB, types.BytesDatum(have), want) == 0
		return !found
	})
	return types.BoolDatum(found), nil
}

func textArrayLength(_ *Call, args []types.Datum) (types.Datum, error) {
	if err := types.ValidateJSON(args[0].S); err != nil {
		return types.Null, err
	}
	switch types.JSONKind([]byte(args[0].S)) {
	case "array":
		return types.FixedDatum(int64(types.JSONLen([]byte(args[0].S)))), nil
	case "object":
		return types.Null, pgerr.New(pgerr.InvalidParameterValue, "cannot get array length of a non-array")
	}
	return types.Null, pgerr.New(pgerr.InvalidParameterValue, "cannot get array length of a scalar")
}

func ksqlJSONConcat(_ *Call, args []types.Datum) (types.Datum, error) {
	var all []byte
	for k, d := range args {
		s, err := types.NormalizeJSONB(d.S)
		if err != nil {
			return types.Null, nil //nolint:nilerr // what is not JSON makes the result NULL
		}
		if k == 0 {
			all = []byte(s)
		} else {
			all = jsonConcat(all, []byte(s))
		}
	}
	return normalized(all, true)
}

func jsonItems(_ *Call, args []types.Datum) (types.Datum, error) {
	if types.ValidateJSON(args[0].S) != nil {
		return types.Null, nil
	}
	var out []types.Datum
	if !types.JSONElems([]byte(args[0].S), func(v []byte) bool { out = append(out, types.BytesDatum(string(v))); return true }) {
		return types.Null, nil
	}
	return types.ArrayDatum(types.Text, out), nil
}

func keysOf(v []byte) (types.Datum, error) {
	var out []types.Datum
	if !types.JSONEach(v, func(key string, _ []byte) bool { out = append(out, types.BytesDatum(key)); return true }) {
		return types.Null, nil
	}
	return types.ArrayDatum(types.Text, out), nil
}

func mapValues(_ *Call, args []types.Datum) (types.Datum, error) {
	var out []types.Datum
	if !types.JSONEach([]byte(args[0].S), func(_ string, v []byte) bool { out = append(out, types.BytesDatum(string(v))); return true }) {
		return types.Null, nil
	}
	return types.ArrayDatum(types.JSONB, out), nil
}

func jsonRecords(_ *Call, args []types.Datum) (types.Datum, error) {
	if types.ValidateJSON(args[0].S) != nil {
		return types.Null, nil
	}
	members := jsonList{}
	if !types.JSONEach([]byte(args[0].S), func(key string, v []byte) bool {
		members.member(key, types.AppendJSONString(nil, string(v)))
		return true
	}) {
		return types.Null, nil
	}
	return normalized(members.close('{', '}'), true)
}

func asMap(c *Call, args []types.Datum) (types.Datum, error) {
	keys, _ := types.DecodeArray(c.Args[0].Type, []byte(args[0].S))
	values, _ := types.DecodeArray(c.Args[1].Type, []byte(args[1].S))
	members := jsonList{}
	for k := range min(len(keys.Elems), len(values.Elems)) {
		if keys.Elems[k].Set {
			members.member(keys.Elems[k].S, appendJSON(nil, values.Elem, values.Elems[k], c.Env.Format))
		}
	}
	return normalized(members.close('{', '}'), true)
}

func mapUnion(_ *Call, args []types.Datum) (types.Datum, error) {
	switch {
	case !args[0].Set:
		return args[1], nil
	case !args[1].Set:
		return args[0], nil
	}
	return normalized(jsonConcat([]byte(args[0].S), []byte(args[1].S)), true)
}

func entriesOf(_ *Call, args []types.Datum) (types.Datum, error) {
	type member struct{ key, value string }
	var members []member
	if !types.JSONEach([]byte(args[0].S), func(key string, v []byte) bool {
		members = append(members, member{key, string(v)})
		return true
	}) {
		return types.Null, nil
	}
	if args[1].I != 0 {
		slices.SortFunc(members, func(a, b member) int { return strings.Compare(a.key, b.key) })
	}
	out := jsonList{}
	for _, m := range members {
		entry := jsonList{}
		entry.member("K", types.AppendJSONString(nil, m.key))
		entry.member("V", []byte(m.value))
		out.elem(entry.close('{', '}'))
	}
	return normalized(out.close('[', ']'), true)
}
