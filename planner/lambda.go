package planner

import (
	"strings"

	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// lambdaScope is the parameters of a lambda whose body is being bound.
type lambdaScope struct {
	names []string
	types []types.Type
}

// lambdaCall binds ksqlDB's TRANSFORM, FILTER and REDUCE over an array or a map; nil when
// the name is none of them.
func (l *level) lambdaCall(name string, e *sql.Call) plan.Expr {
	switch name {
	case "transform", "filter", "reduce":
	default:
		return nil
	}
	if len(e.Args) == 0 {
		fail(e.Pos, pgerr.UndefinedFunction, "function %s() does not exist", name)
	}
	c := &lambdaBinder{l: l, name: name, e: e, of: l.expr(e.Args[0])}
	switch t := c.of.Type(); {
	case t.Kind == types.KindArray:
		c.arrays = []plan.Expr{c.of}
	case t.Kind == types.KindJSONB:
		c.isMap = true
		c.arrays = []plan.Expr{call("map_keys", c.of), call("map_values", c.of)}
	default:
		raise(startOf(e.Args[0]), pgerr.Newf(pgerr.DatatypeMismatch, "%s needs an array or a map, not %s",
			strings.ToUpper(name), typeOrUnknown(c.of)))
	}
	switch name {
	case "transform":
		return c.transform()
	case "filter":
		return c.filter()
	}
	return c.reduce()
}

func typeOrUnknown(x plan.Expr) string {
	if isUnknown(x) {
		return "unknown"
	}
	return x.Type().Base().String()
}

// lambdaBinder binds one call with lambdas. A map is taken apart into the arrays of its
// keys and its values.
type lambdaBinder struct {
	l      *level
	name   string
	e      *sql.Call
	of     plan.Expr
	isMap  bool
	arrays []plan.Expr
}

// lambda is argument i, which must be a lambda of n parameters.
func (c *lambdaBinder) lambda(i, n int) *sql.Lambda {
	if i >= len(c.e.Args) {
		fail(c.e.Pos, pgerr.UndefinedFunction, "%s has too few arguments", strings.ToUpper(c.name))
	}
	f, ok := c.e.Args[i].(*sql.Lambda)
	if !ok {
		fail(startOf(c.e.Args[i]), pgerr.DatatypeMismatch, "argument %d of %s must be a lambda function", i+1, strings.ToUpper(c.name))
	}
	if len(f.Params) != n {
		fail(f.Pos, pgerr.DatatypeMismatch, "the lambda function of %s must have %d parameters here, not %d",
			strings.ToUpper(c.name), n, len(f.Params))
	}
	return f
}

func (c *lambdaBinder) wantArgs(n int) {
	if len(c.e.Args) != n {
		fail(c.e.Pos, pgerr.UndefinedFunction, "%s takes %d arguments here, not %d", strings.ToUpper(c.name), n, len(c.e.Args))
	}
}

// elemTypes are the types of the elements of the arrays.
func (c *lambdaBinder) elemTypes() []types.Type {
	out := make([]types.Type, len(c.arrays))
	for i, a := range c.arrays {
		out[i] = a.Type().ElemType().Base()
	}
	return out
}

// body binds the body of a lambda over parameters of the given types.
func (c *lambdaBinder) body(f *sql.Lambda, params []types.Type) plan.Expr {
	l := c.l
	l.lambdas = append(l.lambdas, lambdaScope{names: f.Params, types: params})
	x := l.b.resolveText(l.expr(f.Body), startOf(f.Body))
	l.lambdas = l.lambdas[:len(l.lambdas)-1]
	return x
}

func (c *lambdaBinder) node(kind plan.LambdaKind, body plan.Expr, t types.Type) *plan.Lambda {
	return &plan.Lambda{Kind: kind, Arrays: c.arrays, Body: body, Depth: len(c.l.lambdas), T: t}
}

func (c *lambdaBinder) transform() plan.Expr {
	if !c.isMap {
		c.wantArgs(2)
		body := c.body(c.lambda(1, 1), c.elemTypes())
		return c.node(plan.LambdaMap, body, c.arrayOf(body, startOf(c.e.Args[1])))
	}
	c.wantArgs(3)
	keys := c.body(c.lambda(1, 2), c.elemTypes())
	keys = c.l.castTo(keys, types.Text, startOf(c.e.Args[1]), startOf(c.e.Args[1]))
	values := c.body(c.lambda(2, 2), c.elemTypes())
	return call("as_map",
		c.node(plan.LambdaMap, keys, types.ArrayOf(types.KindText)),
		c.node(plan.LambdaMap, values, c.arrayOf(values, startOf(c.e.Args[2]))))
}

// arrayOf is the type of arrays of x.
func (c *lambdaBinder) arrayOf(x plan.Expr, pos sql.Pos) types.Type {
	t := x.Type()
	if t.Kind == types.KindArray {
		unsupported(pos, "a lambda function that makes arrays of arrays is not supported")
	}
	out := types.ArrayOf(t.Kind)
	if t.Kind == types.KindRecord || out.OID() == 0 {
		unsupported(pos, "a lambda function that makes an array of %s is not supported", t)
	}
	return out
}

func (c *lambdaBinder) filter() plan.Expr {
	c.wantArgs(2)
	f := c.lambda(1, len(c.arrays))
	body := c.l.b.coerceBool(c.body(f, c.elemTypes()), "FILTER", startOf(f.Body))
	kept := c.node(plan.LambdaFilter, body, c.arrays[0].Type())
	if !c.isMap {
		return kept
	}
	// The values are those of the first array of a second filter, whose parameters are
	// bound in that order.
	swapped := &lambdaBinder{l: c.l, name: c.name, e: c.e, of: c.of, arrays: []plan.Expr{c.arrays[1], c.arrays[0]}}
	turned := &sql.Lambda{Pos: f.Pos, Params: []string{f.Params[1], f.Params[0]}, Body: f.Body}
	body = c.l.b.coerceBool(swapped.body(turned, swapped.elemTypes()), "FILTER", startOf(f.Body))
	return call("as_map", kept, swapped.node(plan.LambdaFilter, body, c.arrays[1].Type()))
}

// reduce takes the type of the state from the initial value, which takes that of the body
// where it is wider: REDUCE(ARRAY[1.5], 0, (s, x) => s + x).
func (c *lambdaBinder) reduce() plan.Expr {
	c.wantArgs(3)
	l := c.l
	pos := startOf(c.e.Args[1])
	init := l.b.resolveText(l.expr(c.e.Args[1]), pos)
	f := c.lambda(2, len(c.arrays)+1)
	body := c.body(f, append([]types.Type{init.Type().Base()}, c.elemTypes()...))
	if !body.Type().Same(init.Type()) {
		if wider, ok := l.b.coerce(init, body.Type(), types.Implicit, pos); ok {
			init = wider
			body = c.body(f, append([]types.Type{init.Type().Base()}, c.elemTypes()...))
		}
	}
	state, ok := l.b.coerce(body, init.Type(), types.Assignment, startOf(f.Body))
	if !ok {
		fail(startOf(f.Body), pgerr.DatatypeMismatch, "the lambda function of REDUCE gives %s, but its state is %s",
			body.Type().Base(), init.Type().Base())
	}
	out := c.node(plan.LambdaReduce, state, init.Type())
	out.Init = init
	return out
}

// lambdaParam finds a parameter of the lambdas around; nil when the name is none.
func (l *level) lambdaParam(e *sql.ColumnRef) plan.Expr {
	if len(l.lambdas) == 0 || len(e.Parts) != 1 || e.Star {
		return nil
	}
	for d := len(l.lambdas) - 1; d >= 0; d-- {
		for i, name := range l.lambdas[d].names {
			if name == e.Parts[0] {
				return &plan.LambdaParam{Depth: d, Index: i, T: l.lambdas[d].types[i]}
			}
		}
	}
	return nil
}

// mapLiteral binds MAP(k := v, ...): a map is a jsonb object.
func (l *level) mapLiteral(e *sql.MapLiteral) plan.Expr {
	var args []sql.Expr
	for i, k := range e.Keys {
		args = append(args, k, e.Values[i])
	}
	return l.function("jsonb_build_object", e.Pos, args)
}

// arrow binds ksqlDB's s->f where its right side is a name that is no column: the field
// of a struct, or the member of a map. Otherwise it is PostgreSQL's operator; nil.
func (l *level) arrow(e *sql.Binary) plan.Expr {
	ref, ok := e.R.(*sql.ColumnRef)
	if e.Op != "->" || !ok || len(ref.Parts) != 1 || ref.Star {
		return nil
	}
	x := l.expr(e.L)
	switch x.Type().Kind {
	case types.KindJSON, types.KindJSONB:
		if l.hasColumn(ref.Parts) || l.lambdaParam(ref) != nil {
			return nil
		}
		return l.operatorOf("->", e.Pos, e.L, &sql.Literal{Pos: ref.Pos, Kind: sql.LitString, Text: ref.Parts[0]})
	case types.KindRecord:
		return l.field(&sql.Field{Pos: e.Pos, X: e.L, Name: ref.Parts[0]})
	}
	return nil
}

// structCall binds ksqlDB's STRUCT(f := x, ...): a row whose fields have names.
func (l *level) structCall(e *sql.Call) plan.Expr {
	if len(e.Name.Parts) != 1 || e.Name.Parts[0] != "struct" || len(e.ArgNames) != len(e.Args) || len(e.Args) == 0 {
		return nil
	}
	xs := make([]plan.Expr, len(e.Args))
	fields := make([]types.Column, len(e.Args))
	for i, a := range e.Args {
		if e.ArgNames[i] == "" {
			fail(startOf(a), pgerr.SyntaxError, "a field of STRUCT needs a name")
		}
		xs[i] = l.b.resolveText(l.expr(a), startOf(a))
		fields[i] = types.Column{Name: e.ArgNames[i], Type: xs[i].Type()}
	}
	row := call("row", xs...).(*plan.Call)
	row.T = types.RowOf(fields)
	return row
}
