package builtin

import (
	"maps"
	"slices"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// tableRows is the signature of TableFunc.Rows.
type tableRows = func(env *Env, args []types.Datum, argTypes []types.Type, out []*col.Builder) (int, error)

var unnestTables = concat(arrayTables, textTables, jsonTables(), jsonPathTables(), catalogTables, absentTables)

var arrayTables = []TableFunc{
	{
		Name: "unnest", Args: list(types.AnyArray), Columns: oneColumn("unnest", types.AnyElement), Doc: "The elements of an array.",
		Example: "unnest(array[1, 2, null]) = (1), (2), (null)", Rows: unnestRows,
	},
	{
		Name: "unnest", Args: list(types.Any, types.Any), Variadic: true, Infer: unnestColumns, NotStrict: true,
		Doc: "The elements of several arrays side by side; shorter ones are filled with NULL.", Rows: unnestSideBySide,
	},
	{
		Name: "_pg_expandarray", Args: list(types.AnyArray), Columns: types.Schema{{Name: "x", Type: types.AnyElement}, {Name: "n", Type: types.Int4}},
		Doc: "The elements of an array with their numbers.", Rows: func(_ *Env, args []types.Datum, ts []types.Type, out []*col.Builder) (int, error) {
			a, _ := types.DecodeArray(ts[0], []byte(args[0].S))
			for k, d := range a.Elems {
				out[0].Datum(d)
				out[1].Int(int64(k + 1))
			}
			return len(a.Elems), nil
		},
	},
}

func unnestRows(_ *Env, args []types.Datum, ts []types.Type, out []*col.Builder) (int, error) {
	r, ok := types.OpenArray(ts[0], []byte(args[0].S))
	if !ok {
		panic(pgerr.Bug("malformed array"))
	}
	for range r.N {
		d, _ := r.NextDatum()
		out[0].Datum(d)
	}
	return r.N, nil
}

func unnestColumns(args []types.Type) types.Schema {
	var out types.Schema
	for _, a := range args {
		out = append(out, types.Column{Name: "unnest", Type: a.ElemType()})
	}
	return out
}

func unnestSideBySide(_ *Env, args []types.Datum, ts []types.Type, out []*col.Builder) (int, error) {
	var arrays []types.ArrayValue
	rows := 0
	for k, t := range ts {
		if t.Kind != types.KindArray {
			return 0, functionError("unnest", ts, noMatch)
		}
		var a types.ArrayValue
		if args[k].Set {
			a, _ = types.DecodeArray(t, []byte(args[k].S))
		}
		arrays = append(arrays, a)
		rows = max(rows, len(a.Elems))
	}
	for i := range rows {
		for k, a := range arrays {
			if i < len(a.Elems) {
				out[k].Datum(a.Elems[i])
			} else {
				out[k].Null()
			}
		}
	}
	return rows, nil
}

var textTables = []TableFunc{
	{
		Name: "string_to_table", Args: list(types.Text, types.Text), Columns: oneColumn("string_to_table", types.Text), NotStrict: true,
		Doc: "The fields of a string split at a separator.", Example: "string_to_table('a,b', ',') = ('a'), ('b')", Rows: stringRows,
	},
	{
		Name: "string_to_table", Args: list(types.Text, types.Text, types.Text), Columns: oneColumn("string_to_table", types.Text), NotStrict: true,
		Doc: "The fields of a string split at a separator; those equal to the third argument are NULL.", Example: "string_to_table('a,-', ',', '-') = ('a'), (null)", Rows: stringRows,
	},
	{
		Name: "regexp_split_to_table", Args: list(types.Text, types.Text), Columns: oneColumn("regexp_split_to_table", types.Text),
		Doc: "The parts between the matches of a regular expression.", Example: `regexp_split_to_table('hello world', '\s+') = ('hello'), ('world')`, Rows: splitRows,
	},
	{
		Name: "regexp_split_to_table", Args: list(types.Text, types.Text, types.Text), Columns: oneColumn("regexp_split_to_table", types.Text),
		Doc: "The parts between the matches of a regular expression, with flags.", Example: `regexp_split_to_table('aXb', 'x', 'i') = ('a'), ('b')`, Rows: splitRows,
	},
	{
		Name: "regexp_matches", Args: list(types.Text, types.Text), Columns: oneColumn("regexp_matches", textArray),
		Doc: "The groups of the first match.", Example: "regexp_matches('foobar', 'o(b)') = (array['b'])", Rows: matchRows,
	},
	{
		Name: "regexp_matches", Args: list(types.Text, types.Text, types.Text), Columns: oneColumn("regexp_matches", textArray),
		Doc: "The groups of the first match, with flag g of each match.", Example: "regexp_matches('abab', '(a)b', 'g') = (array['a']), (array['a'])", Rows: matchRows,
	},
}

func stringRows(_ *Env, args []types.Datum, _ []types.Type, out []*col.Builder) (int, error) {
	if !args[0].Set {
		return 0, nil
	}
	fields := splitText(args[0].S, args[1])
	for _, field := range fields {
		if len(args) > 2 && args[2].Set && field == args[2].S {
			out[0].Null()
		} else {
			out[0].Str(field)
		}
	}
	return len(fields), nil
}

// tableRegexp compiles the pattern of a table function's arguments.
func tableRegexp(args []types.Datum, name string) (*compiledRegexp, error) {
	flags := ""
	if len(args) > 2 {
		flags = args[2].S
	}
	return regexpWith(&Call{Memo: new(any)}, []byte(args[1].S), []byte(flags), name)
}

func splitRows(_ *Env, args []types.Datum, _ []types.Type, out []*col.Builder) (int, error) {
	m, err := tableRegexp(args, "regexp_split_to_table")
	if err != nil {
		return 0, err
	}
	parts := splitAt(m.re, []byte(args[0].S))
	for _, part := range parts {
		out[0].Str(part)
	}
	return len(parts), nil
}

func matchRows(_ *Env, args []types.Datum, _ []types.Type, out []*col.Builder) (int, error) {
	m, err := tableRegexp(args, "")
	if err != nil {
		return 0, err
	}
	limit := 1
	if m.global {
		limit = -1
	}
	s := []byte(args[0].S)
	matches := m.re.All(s, 0, limit)
	for _, at := range matches {
		out[0].Datum(groups(s, at))
	}
	return len(matches), nil
}

func jsonTables() []TableFunc {
	var out []TableFunc
	for _, t := range bothJSON {
		n := t.InternalName()
		for _, asText := range []bool{false, true} {
			suffix, result := "", t
			if asText {
				suffix, result = "_text", types.Text
			}
			out = append(out,
				TableFunc{
					Name: n + "_array_elements" + suffix, Args: list(t), Columns: oneColumn("value", result),
					Doc: "The elements of an array.", Rows: jsonElements(asText),
				},
				TableFunc{
					Name: n + "_each" + suffix, Args: list(t), Columns: types.Schema{{Name: "key", Type: types.Text}, {Name: "value", Type: result}},
					Doc: "The members of an object.", Rows: jsonMembers(n+"_each"+suffix, asText),
				})
		}
		out = append(out, TableFunc{
			Name: n + "_object_keys", Args: list(t), Columns: oneColumn(n+"_object_keys", types.Text),
			Doc: "The keys of an object.", Example: n + `_object_keys('{"a": 1, "b": 2}') = ('a'), ('b')`, Rows: jsonKeys(n + "_object_keys"),
		})
	}
	return out
}

func jsonElements(asText bool) tableRows {
	return func(_ *Env, args []types.Datum, _ []types.Type, out []*col.Builder) (n int, err error) {
		v := []byte(args[0].S)
		switch types.JSONKind(v) {
		case "array":
		case "object":
			return 0, pgerr.New(pgerr.InvalidParameterValue, "cannot extract elements from an object")
		default:
			return 0, pgerr.New(pgerr.InvalidParameterValue, "cannot extract elements from a scalar")
		}
		types.JSONElems(v, func(value []byte) bool {
			err = putJSON(out[0], value, true, asText)
			n++
			return err == nil
		})
		return n, err
	}
}

func jsonMembers(name string, asText bool) tableRows {
	return func(_ *Env, args []types.Datum, _ []types.Type, out []*col.Builder) (n int, err error) {
		if types.JSONKind([]byte(args[0].S)) != "object" {
			return 0, pgerr.Newf(pgerr.InvalidParameterValue, "cannot call %s on a non-object", name)
		}
		types.JSONEach([]byte(args[0].S), func(key string, value []byte) bool {
			out[0].Str(key)
			err = putJSON(out[1], value, true, asText)
			n++
			return err == nil
		})
		return n, err
	}
}

func jsonKeys(name string) tableRows {
	return func(_ *Env, args []types.Datum, _ []types.Type, out []*col.Builder) (n int, err error) {
		switch types.JSONKind([]byte(args[0].S)) {
		case "object":
		case "array":
			return 0, pgerr.Newf(pgerr.InvalidParameterValue, "cannot call %s on an array", name)
		default:
			return 0, pgerr.Newf(pgerr.InvalidParameterValue, "cannot call %s on a scalar", name)
		}
		types.JSONEach([]byte(args[0].S), func(key string, _ []byte) bool {
			out[0].Str(key)
			n++
			return true
		})
		return n, nil
	}
}

// catalogTables are asked by clients about things that do not exist here.
var catalogTables = []TableFunc{
	{
		Name: "pg_options_to_table", Args: list(textArray), Columns: types.Schema{{Name: "option_name", Type: types.Text}, {Name: "option_value", Type: types.Text}},
		Doc: "Options as rows; there are none.", Rows: noRows,
	},
	{Name: "pg_partition_ancestors", Args: list(types.Regclass), Columns: oneColumn("relid", types.Regclass), Doc: "Parents of a partition; there are none.", Rows: noRows},
	{Name: "pg_partition_tree", Args: list(types.Regclass), Columns: types.Schema{
		{Name: "relid", Type: types.Regclass},
		{Name: "parentrelid", Type: types.Regclass},
		{Name: "isleaf", Type: types.Bool},
		{Name: "level", Type: types.Int4},
	}, Doc: "Partitions of a table; there are none.", Rows: noRows},
	{
		Name: "pg_get_keywords", Args: list(), Columns: types.Schema{{Name: "word", Type: types.Text}, {Name: "catcode", Type: types.Char}, {Name: "catdesc", Type: types.Text}},
		Doc: "The key words that cannot be used as names without quotes.", Rows: keywordRows,
	},
	{Name: "pg_listening_channels", Args: list(), Columns: oneColumn("pg_listening_channels", types.Text), Volatility: Stable, Doc: "Channels the session listens to.", Rows: channelRows},
}

func keywordRows(_ *Env, _ []types.Datum, _ []types.Type, out []*col.Builder) (int, error) {
	words := slices.Sorted(maps.Keys(needsQuotes))
	for _, w := range words {
		out[0].Str(w)
		out[1].Int('R')
		out[2].Str("reserved")
	}
	return len(words), nil
}

func channelRows(env *Env, _ []types.Datum, _ []types.Type, out []*col.Builder) (int, error) {
	if env == nil || env.Session == nil {
		return 0, errNoSession("pg_listening_channels")
	}
	list := env.Session.Channels()
	for _, c := range list {
		out[0].Str(c)
	}
	return len(list), nil
}

func noRows(*Env, []types.Datum, []types.Type, []*col.Builder) (int, error) { return 0, nil }
