package expr

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"millrace/planner/plan"
	"millrace/sql/builtin"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// binder gives types to an ast, as the planner does.
type binder struct {
	columns types.Schema
	format  *types.Format
	// agg evaluates an aggregate call, in examples of aggregates.
	agg func(name string, args []plan.Expr) (plan.Expr, error)
}

func (b *binder) bindText(s string) (plan.Expr, error) {
	e, err := parseExpr(s)
	if err != nil {
		return nil, fmt.Errorf("parse: %w", err)
	}
	return b.bind(e)
}

func (b *binder) bindAll(es []*ast) ([]plan.Expr, []types.Type, error) {
	var out []plan.Expr
	var ts []types.Type
	for _, e := range es {
		x, err := b.bind(e)
		if err != nil {
			return nil, nil, err
		}
		out, ts = append(out, x), append(ts, x.Type())
	}
	return out, ts, nil
}

func (b *binder) bind(e *ast) (plan.Expr, error) {
	switch e.kind {
	case "str":
		return &plan.Const{Value: types.BytesDatum(e.text), T: types.Unknown}, nil
	case "null":
		return &plan.Const{T: types.Unknown}, nil
	case "bool":
		return &plan.Const{Value: types.BoolDatum(e.text == "true"), T: types.Bool}, nil
	case "num":
		return number(e.text)
	case "ident":
		return b.ident(e.text)
	case "cast":
		return b.cast(e)
	case "call":
		return b.call(e)
	case "op":
		return b.op(e)
	case "quant":
		return b.quantified(e)
	case "common":
		return b.common(e)
	case "not":
		x, err := b.typed(e.args[0], types.Bool)
		return &plan.Logic{Op: plan.Not, Args: []plan.Expr{x}}, err
	case "isnull":
		x, err := b.bind(e.args[0])
		if err == nil && x.Type().Kind == types.KindUnknown {
			x, err = b.coerce(x, types.Text)
		}
		return &plan.IsNull{X: x, Not: e.text == "true"}, err
	case "case":
		return b.caseExpr(e)
	case "array":
		return b.array(e)
	case "sub", "slice":
		return b.subscript(e)
	}
	return nil, fmt.Errorf("cannot bind %s", e.kind)
}

func number(s string) (plan.Expr, error) {
	if i, err := strconv.ParseInt(s, 10, 64); err == nil {
		if i == int64(int32(i)) {
			return &plan.Const{Value: types.FixedDatum(i), T: types.Int4}, nil
		}
		return &plan.Const{Value: types.FixedDatum(i), T: types.Int8}, nil
	}
	d, err := types.ParseText(types.Numeric, s, nil)
	return &plan.Const{Value: d, T: types.Numeric}, err
}

func (b *binder) ident(name string) (plan.Expr, error) {
	if i := b.columns.Index(name); i >= 0 {
		return &plan.Col{Index: i, T: b.columns[i].Type}, nil
	}
	if builtin.Exists(name) {
		return b.call(call(name))
	}
	return nil, pgerr.Newf(pgerr.UndefinedColumn, "column \"%s\" does not exist", name)
}

func (b *binder) typed(e *ast, t types.Type) (plan.Expr, error) {
	x, err := b.bind(e)
	if err != nil {
		return nil, err
	}
	return b.coerce(x, t)
}

// coerce converts x implicitly.
func (b *binder) coerce(x plan.Expr, to types.Type) (plan.Expr, error) {
	if c, ok := x.(*plan.Const); ok && c.T.Kind == types.KindUnknown {
		if !c.Value.Set {
			return &plan.Const{T: to}, nil
		}
		d, err := types.ParseText(to, c.Value.S, b.format)
		return &plan.Const{Value: d, T: to}, err
	}
	if x.Type() == to {
		return x, nil
	}
	return &plan.Cast{X: x, To: to}, nil
}

func lookupType(s string) (types.Type, error) {
	name, rest, _ := strings.Cut(s, "(")
	var mods []int32
	dims := strings.Count(s, "[]")
	if rest != "" {
		inside, after, _ := strings.Cut(rest, ")")
		for _, m := range strings.Split(inside, ",") {
			n, _ := strconv.Atoi(m)
			mods = append(mods, int32(n))
		}
		name += strings.ReplaceAll(after, "[]", "")
	}
	return types.Lookup(strings.ReplaceAll(name, "[]", ""), mods, dims)
}

func (b *binder) cast(e *ast) (plan.Expr, error) {
	to, err := lookupType(e.text)
	if err != nil {
		return nil, err
	}
	x, err := b.bind(e.args[0])
	if err != nil {
		return nil, err
	}
	if c, ok := x.(*plan.Const); ok && c.T.Kind == types.KindUnknown {
		if c.Value.Set && to.Mod != types.NoMod && to.IsString() {
			return &plan.Cast{X: &plan.Const{Value: c.Value, T: types.Text}, To: to, Explicit: true}, nil
		}
		return b.coerce(x, to)
	}
	return &plan.Cast{X: x, To: to, Explicit: true}, nil
}

func (b *binder) finish(f *builtin.Func, args []plan.Expr, coerced []types.Type, t types.Type) (plan.Expr, error) {
	out := &plan.Call{Func: f, T: t, Args: make([]plan.Expr, len(args))}
	for i, a := range args {
		x, err := b.coerce(a, coerced[i])
		if err != nil {
			return nil, err
		}
		out.Args[i] = x
	}
	return out, nil
}

func (b *binder) call(e *ast) (plan.Expr, error) {
	args, ts, err := b.bindAll(e.args)
	if err != nil {
		return nil, err
	}
	switch {
	case e.text == "coalesce", e.text == "greatest", e.text == "least":
		t, err := builtin.CommonType(ts, strings.ToUpper(e.text))
		if err != nil {
			return nil, err
		}
		for i := range args {
			if args[i], err = b.coerce(args[i], t); err != nil {
				return nil, err
			}
			ts[i] = t
		}
		if e.text == "coalesce" {
			return &plan.Coalesce{Args: args, T: t}, nil
		}
	case builtin.IsAgg(e.text):
		return b.agg(e.text, args)
	}
	f, coerced, t, err := builtin.Resolve(e.text, ts)
	if err != nil {
		return nil, err
	}
	return b.finish(f, args, coerced, t)
}

func (b *binder) op(e *ast) (plan.Expr, error) {
	if e.text == "and" || e.text == "or" {
		l, err := b.typed(e.args[0], types.Bool)
		if err != nil {
			return nil, err
		}
		r, err := b.typed(e.args[1], types.Bool)
		kind := plan.And
		if e.text == "or" {
			kind = plan.Or
		}
		return &plan.Logic{Op: kind, Args: []plan.Expr{l, r}}, err
	}
	args, ts, err := b.bindAll(e.args)
	if err != nil {
		return nil, err
	}
	left, right := types.Type{}, ts[0]
	if len(ts) == 2 {
		left, right = ts[0], ts[1]
	}
	f, coerced, t, err := builtin.ResolveOperator(e.text, left, right)
	if err != nil {
		return nil, err
	}
	return b.finish(f, args, coerced, t)
}

func (b *binder) quantified(e *ast) (plan.Expr, error) {
	args, ts, err := b.bindAll(e.args)
	if err != nil {
		return nil, err
	}
	quant, operator, _ := strings.Cut(e.text, " ")
	f, coerced, t, err := builtin.ResolveQuantified(operator, ts[0], ts[1], quant == "all")
	if err != nil {
		return nil, err
	}
	return b.finish(f, args, coerced, t)
}

// common is IS [NOT] DISTINCT FROM.
func (b *binder) common(e *ast) (plan.Expr, error) {
	args, ts, err := b.bindAll(e.args)
	if err != nil {
		return nil, err
	}
	t, err := builtin.CommonType(ts)
	if err != nil {
		return nil, err
	}
	return b.finish(builtin.Lookup(e.text)[0], args, []types.Type{t, t}, types.Bool)
}

func (b *binder) caseExpr(e *ast) (plan.Expr, error) {
	out := &plan.Case{}
	var results []plan.Expr
	var ts []types.Type
	for i := 0; i+1 < len(e.args); i += 2 {
		cond, err := b.typed(e.args[i], types.Bool)
		if err != nil {
			return nil, err
		}
		then, err := b.bind(e.args[i+1])
		if err != nil {
			return nil, err
		}
		out.Whens = append(out.Whens, plan.When{Cond: cond, Then: then})
		results, ts = append(results, then), append(ts, then.Type())
	}
	if len(e.args)%2 == 1 {
		last, err := b.bind(e.args[len(e.args)-1])
		if err != nil {
			return nil, err
		}
		out.Else = last
		ts = append([]types.Type{last.Type()}, ts...)
	}
	t, err := builtin.CommonType(ts)
	if err != nil {
		return nil, err
	}
	out.T = t
	for i := range results {
		if out.Whens[i].Then, err = b.coerce(results[i], t); err != nil {
			return nil, err
		}
	}
	if out.Else != nil {
		out.Else, err = b.coerce(out.Else, t)
	}
	return out, err
}

func (b *binder) array(e *ast) (plan.Expr, error) {
	args, ts, err := b.bindAll(e.args)
	if err != nil {
		return nil, err
	}
	t, err := builtin.CommonType(ts, "ARRAY")
	if err != nil {
		return nil, err
	}
	coerced := make([]types.Type, len(args))
	for i := range coerced {
		coerced[i] = t
	}
	f, _, result, err := builtin.Resolve("array", coerced)
	if err != nil {
		return nil, err
	}
	return b.finish(f, args, coerced, result)
}

func (b *binder) subscript(e *ast) (plan.Expr, error) {
	x, err := b.bind(e.args[0])
	if err != nil {
		return nil, err
	}
	args, ts := []plan.Expr{x}, []types.Type{x.Type()}
	name := "subscript"
	if e.kind == "slice" {
		name = "slice"
	}
	for k, a := range e.args[1:] {
		// A bound that is absent is as far out as can be.
		i := plan.Expr(&plan.Const{Value: types.FixedDatum([]int64{math.MinInt32, math.MaxInt32}[k%2]), T: types.Int4})
		if a != nil {
			if i, err = b.bind(a); err != nil {
				return nil, err
			}
		}
		args, ts = append(args, i), append(ts, i.Type())
	}
	f, coerced, t, err := builtin.Resolve(name, ts)
	if err != nil {
		return nil, err
	}
	return b.finish(f, args, coerced, t)
}
