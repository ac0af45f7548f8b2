package planner

import (
	"slices"
	"strings"

	"millrace/sql"
	"millrace/sql/pgerr"
)

// namedParam is a parameter of a function that may be called by names; def is its
// default as a literal, "" for none.
type namedParam struct{ name, def string }

// namedParams are the functions whose parameters have names that calls use.
var namedParams = map[string][]namedParam{
	"make_interval":           {{"years", "0"}, {"months", "0"}, {"weeks", "0"}, {"days", "0"}, {"hours", "0"}, {"mins", "0"}, {"secs", "0.0"}},
	"make_date":               {{"year", ""}, {"month", ""}, {"day", ""}},
	"make_time":               {{"hour", ""}, {"min", ""}, {"sec", ""}},
	"make_timestamp":          {{"year", ""}, {"month", ""}, {"mday", ""}, {"hour", ""}, {"min", ""}, {"sec", ""}},
	"make_timestamptz":        {{"year", ""}, {"month", ""}, {"mday", ""}, {"hour", ""}, {"min", ""}, {"sec", ""}, {"timezone", ""}},
	"jsonb_set":               {{"jsonb_in", ""}, {"path", ""}, {"replacement", ""}, {"create_if_missing", "true"}},
	"jsonb_set_lax":           {{"jsonb_in", ""}, {"path", ""}, {"replacement", ""}, {"create_if_missing", "true"}, {"null_value_treatment", "'use_json_null'"}},
	"jsonb_insert":            {{"jsonb_in", ""}, {"path", ""}, {"replacement", ""}, {"insert_after", "false"}},
	"jsonb_path_exists":       {{"target", ""}, {"path", ""}, {"vars", "'{}'"}, {"silent", "false"}},
	"jsonb_path_match":        {{"target", ""}, {"path", ""}, {"vars", "'{}'"}, {"silent", "false"}},
	"jsonb_path_query":        {{"target", ""}, {"path", ""}, {"vars", "'{}'"}, {"silent", "false"}},
	"jsonb_path_query_array":  {{"target", ""}, {"path", ""}, {"vars", "'{}'"}, {"silent", "false"}},
	"jsonb_path_query_first":  {{"target", ""}, {"path", ""}, {"vars", "'{}'"}, {"silent", "false"}},
	"parse_ident":             {{"str", ""}, {"strict", "true"}},
	"regexp_replace":          {{"string", ""}, {"pattern", ""}, {"replacement", ""}, {"start", ""}, {"N", ""}, {"flags", ""}},
	"regexp_count":            {{"string", ""}, {"pattern", ""}, {"start", ""}, {"flags", ""}},
	"regexp_matches":          {{"string", ""}, {"pattern", ""}, {"flags", ""}},
	"json_strip_nulls":        {{"target", ""}},
	"jsonb_strip_nulls":       {{"target", ""}},
	"json_extract_path_text":  {{"from_json", ""}, {"path_elems", ""}},
	"jsonb_extract_path_text": {{"from_json", ""}, {"path_elems", ""}},
}

// placeArgs puts the arguments of a call with names (f(b => 1)) into their places, and
// defaults where others are left out. A call without names stays as it is.
func (l *level) placeArgs(name string, e *sql.Call) *sql.Call {
	if !slices.ContainsFunc(e.ArgNames, func(n string) bool { return n != "" }) {
		return e
	}
	params := namedParams[name]
	places := make([]sql.Expr, max(len(params), len(e.Args)))
	last := -1
	for i, a := range e.Args {
		at := i
		if n := e.ArgNames[i]; n != "" {
			l.checkTwice(e, i)
			at = slices.IndexFunc(params, func(p namedParam) bool { return p.name == n })
		}
		if at < 0 || at >= len(params) || places[at] != nil {
			l.noNamed(name, e)
		}
		places[at] = a
		last = max(last, at)
	}
	if name == "make_interval" {
		last = len(params) - 1
	}
	for i := range last + 1 {
		if places[i] != nil {
			continue
		}
		if params[i].def == "" {
			l.noNamed(name, e)
		}
		def, err := sql.ParseExpr(params[i].def)
		check(e.Pos, err)
		places[i] = def
	}
	out := *e
	out.Args, out.ArgNames = places[:last+1], nil
	return &out
}

// checkTwice refuses a name that an earlier argument has.
func (l *level) checkTwice(e *sql.Call, i int) {
	if slices.Contains(e.ArgNames[:i], e.ArgNames[i]) {
		fail(startOf(e.Args[i]), pgerr.SyntaxError, "argument name \"%s\" used more than once", e.ArgNames[i])
	}
}

// noNamed is the error for a call that fits no function with such parameters.
func (l *level) noNamed(name string, e *sql.Call) {
	parts := make([]string, len(e.Args))
	for i, x := range l.exprs(e.Args) {
		parts[i] = x.Type().Base().String()
		if e.ArgNames[i] != "" {
			parts[i] = e.ArgNames[i] + " => " + parts[i]
		}
	}
	raise(e.Pos, pgerr.Newf(pgerr.UndefinedFunction, "function %s(%s) does not exist", name, strings.Join(parts, ", ")).
		WithHint("No function matches the given name and argument types. You might need to add explicit type casts."))
}

// spreadVariadic turns f(.., VARIADIC ARRAY[a, b]) into f(.., a, b); arrays that are not
// written out would need a function of a varying number of arguments.
func (l *level) spreadVariadic(e *sql.Call) *sql.Call {
	if !e.Variadic {
		return e
	}
	last := e.Args[len(e.Args)-1]
	array, ok := last.(*sql.Array)
	if c, isCast := last.(*sql.Cast); isCast {
		array, ok = c.X.(*sql.Array)
	}
	if !ok || len(array.Items) == 0 {
		unsupported(startOf(last), "VARIADIC with an array that is not written as ARRAY[...] is not supported")
	}
	out := *e
	out.Variadic = false
	out.Args = append(append([]sql.Expr(nil), e.Args[:len(e.Args)-1]...), array.Items...)
	return &out
}
