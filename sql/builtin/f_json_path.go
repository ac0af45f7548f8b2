package builtin

import (
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// jsonPathFuncs are the functions of jsonpath. The path is text; like_regex, datetime,
// keyvalue and levels of .** are refused. Where silent is true an error ends the result.
func jsonPathFuncs() []Func {
	var out []Func
	for _, suffix := range []string{"", "_tz"} {
		for _, f := range []struct {
			name, doc, example string
			returns            types.Type
			result             func(items [][]byte, err error, silent bool) (types.Datum, error)
		}{
			{"jsonb_path_exists", "Whether a jsonpath gives anything.", `('{"a": [1, 2]}', '$.a[*] ? (@ > 1)') = true`, types.Bool, pathExists},
			{"jsonb_path_match", "The result of a jsonpath that is a condition.", `('{"a": [1, 2]}', 'exists($.a[*] ? (@ > 1))') = true`, types.Bool, pathMatch},
			{"jsonb_path_query_array", "All that a jsonpath gives as an array.", `('{"a": [1, 2]}', '$.a[*] ? (@ > 1)') = '[2]'`, types.JSONB, pathArray},
			{"jsonb_path_query_first", "The first that a jsonpath gives.", `('{"a": [1, 2]}', '$.a[*]') = '1'`, types.JSONB, pathFirst},
		} {
			for _, args := range pathArgLists {
				out = append(out, Func{
					Name: f.name + suffix, Args: args, Returns: f.returns, Doc: f.doc, Example: f.name + suffix + f.example,
					Kernel: datums(func(c *Call, args []types.Datum) (types.Datum, error) {
						run, path, err := preparePath(c.Memo, args)
						if err != nil {
							return types.Null, err
						}
						items, err := run.eval(path.root)
						if f.returns == types.Bool && err != nil && !run.lax {
							items = nil
						}
						silent := len(args) > 3 && args[3].I != 0
						if err != nil && !silent && !(f.name == "jsonb_path_exists" && len(items) > 0) {
							return types.Null, err
						}
						return f.result(items, err, silent)
					}),
				})
			}
		}
	}
	return out
}

// pathArgLists are the target and the path, with variables and silence or without.
var pathArgLists = [][]types.Type{
	list(types.JSONB, types.Text),
	list(types.JSONB, types.Text, types.JSONB),
	list(types.JSONB, types.Text, types.JSONB, types.Bool),
}

func jsonPathTables() []TableFunc {
	var out []TableFunc
	for _, name := range []string{"jsonb_path_query", "jsonb_path_query_tz"} {
		for _, args := range pathArgLists {
			out = append(out, TableFunc{
				Name: name, Args: args, Columns: oneColumn(name, types.JSONB), Doc: "All that a jsonpath gives.",
				Example: name + `('[1, 2, 3]', '$[*] ? (@ > 1)') = ('2'), ('3')`,
				Rows: func(_ *Env, args []types.Datum, _ []types.Type, out []*col.Builder) (int, error) {
					run, path, err := preparePath(new(any), args)
					if err != nil {
						return 0, err
					}
					items, err := run.eval(path.root)
					if err != nil && (len(args) < 4 || args[3].I == 0) {
						return 0, err
					}
					for _, v := range items {
						d, err := normalized(v, true)
						if err != nil {
							return 0, err
						}
						out[0].Datum(d)
					}
					return len(items), nil
				},
			})
		}
	}
	return out
}

// preparePath makes the evaluation of the path of argument 1, which memo keeps parsed,
// on argument 0.
func preparePath(memo *any, args []types.Datum) (*pathRun, *jsonPath, error) {
	path, ok := (*memo).(*jsonPath)
	if !ok || path.text != args[1].S {
		parsed, err := parseJSONPath(args[1].S)
		if err != nil {
			return nil, nil, err
		}
		path = parsed
		*memo = path
	}
	vars := []byte("{}")
	if len(args) > 2 {
		if vars = []byte(args[2].S); types.JSONKind(vars) != "object" {
			return nil, nil, pgerr.New(pgerr.InvalidParameterValue, "\"vars\" argument is not an object").
				WithDetail("Jsonpath parameters should be encoded as key-value pairs of \"vars\" object.")
		}
	}
	return &pathRun{lax: !path.strict, root: []byte(args[0].S), vars: vars}, path, nil
}

func pathExists(items [][]byte, err error, _ bool) (types.Datum, error) {
	if err != nil && len(items) == 0 {
		return types.Null, nil //nolint:nilerr // silent
	}
	return types.BoolDatum(len(items) > 0), nil
}

func pathMatch(items [][]byte, err error, silent bool) (types.Datum, error) {
	if err == nil && len(items) == 1 {
		switch types.JSONKind(items[0]) {
		case "null":
			return types.Null, nil
		case "boolean":
			return types.BoolDatum(string(items[0]) == "true"), nil
		}
	}
	if silent {
		return types.Null, nil
	}
	return types.Null, pgerr.New(pathSingleton, "single boolean result is expected")
}

func pathArray(items [][]byte, _ error, _ bool) (types.Datum, error) {
	out := jsonList{}
	for _, v := range items {
		out.elem(v)
	}
	return normalized(out.close('[', ']'), true)
}

func pathFirst(items [][]byte, _ error, _ bool) (types.Datum, error) {
	if len(items) == 0 {
		return types.Null, nil
	}
	return normalized(items[0], true)
}
