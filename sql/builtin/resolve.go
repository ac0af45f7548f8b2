package builtin

import (
	"strings"

	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// Resolve chooses the overload of a scalar function. coerced has the type that each
// argument must be cast to (implicitly), result the type of the call.
func Resolve(name string, args []types.Type) (f *Func, coerced []types.Type, result types.Type, err error) {
	s, v := choose(byName.funcSigs[name], args, false)
	if v != chosen {
		return nil, nil, types.Type{}, functionError(name, args, v)
	}
	f = byName.funcs[name][s.pos]
	coerced, result, err = bindCall(s, args, f.Returns, f.Infer)
	return f, coerced, result, err
}

// ResolveOperator chooses the overload of an operator. The zero Type as left means
// a prefix operator.
func ResolveOperator(op string, left, right types.Type) (f *Func, coerced []types.Type, result types.Type, err error) {
	args := []types.Type{left, right}
	if left == (types.Type{}) {
		args = args[1:]
	}
	if op == "!=" {
		op = "<>"
	}
	s, v := choose(byName.funcSigs[op], args, len(args) == 2)
	if v != chosen {
		return nil, nil, types.Type{}, operatorError(op, args, v)
	}
	f = byName.funcs[op][s.pos]
	coerced, result, err = bindCall(s, args, f.Returns, f.Infer)
	return f, coerced, result, err
}

// ResolveAgg chooses the overload of an aggregate; no args means count(*).
func ResolveAgg(name string, args []types.Type) (a *Agg, coerced []types.Type, result types.Type, err error) {
	s, v := choose(byName.aggSigs[name], args, false)
	if v != chosen {
		return nil, nil, types.Type{}, functionError(name, args, v)
	}
	a = byName.aggs[name][s.pos]
	coerced, result, err = bindCall(s, args, a.Returns, a.Infer)
	return a, coerced, result, err
}

// ResolveTable chooses the overload of a table function and gives the columns of its
// rows.
func ResolveTable(name string, args []types.Type) (f *TableFunc, coerced []types.Type, columns types.Schema, err error) {
	s, v := choose(byName.tableSigs[name], args, false)
	if v != chosen {
		return nil, nil, nil, functionError(name, args, v)
	}
	f = byName.tables[name][s.pos]
	coerced, elem, err := coerceArgs(s, args)
	if err != nil {
		return nil, nil, nil, err
	}
	if f.Infer != nil {
		return f, coerced, f.Infer(coerced), nil
	}
	columns = append(types.Schema(nil), f.Columns...)
	for i := range columns {
		if columns[i].Type, err = bindResult(columns[i].Type, elem); err != nil {
			return nil, nil, nil, err
		}
	}
	return f, coerced, columns, nil
}

func bindCall(s signature, args []types.Type, returns types.Type,
	infer func([]types.Type) types.Type,
) (coerced []types.Type, result types.Type, err error) {
	coerced, elem, err := coerceArgs(s, args)
	if err != nil {
		return nil, types.Type{}, err
	}
	if infer != nil {
		return coerced, infer(coerced), nil
	}
	result, err = bindResult(returns, elem)
	return coerced, result, err
}

func typeNames(args []types.Type) string {
	names := make([]string, len(args))
	for i, a := range args {
		names[i] = a.Base().String()
	}
	return strings.Join(names, ", ")
}

func functionError(name string, args []types.Type, v verdict) error {
	if v == ambiguous {
		return pgerr.Newf(pgerr.AmbiguousFunction, "function %s(%s) is not unique", name, typeNames(args)).
			WithHint("Could not choose a best candidate function. You might need to add explicit type casts.")
	}
	return pgerr.Newf(pgerr.UndefinedFunction, "function %s(%s) does not exist", name, typeNames(args)).
		WithHint("No function matches the given name and argument types. You might need to add explicit type casts.")
}

func operatorError(op string, args []types.Type, v verdict) error {
	what := op + " " + args[0].Base().String()
	hint := "No operator matches the given name and argument type. You might need to add an explicit type cast."
	if len(args) == 2 {
		what = args[0].Base().String() + " " + op + " " + args[1].Base().String()
		hint = "No operator matches the given name and argument types. You might need to add explicit type casts."
	}
	if v == ambiguous {
		return pgerr.Newf(pgerr.AmbiguousFunction, "operator is not unique: %s", what).
			WithHint("Could not choose a best candidate operator. You might need to add explicit type casts.")
	}
	return pgerr.Newf(pgerr.UndefinedFunction, "operator does not exist: %s", what).WithHint("%s", hint)
}
