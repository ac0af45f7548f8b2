package planner

import (
	"strings"

	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/builtin"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// call binds a function call of any kind.
func (l *level) call(e *sql.Call) plan.Expr {
	if x := l.structCall(e); x != nil {
		return x
	}
	name := l.functionName(e)
	e = l.spreadVariadic(l.placeArgs(name, e))
	if e.Over != nil {
		return l.overCall(name, e)
	}
	if builtin.IsWindow(name) {
		l.refuseWindow(name, e)
	}
	if x := l.specialForm(name, e); x != nil {
		return x
	}
	if builtin.IsAgg(name) {
		return l.aggregate(name, e)
	}
	l.refuseAggSyntax(name, e)
	if builtin.IsTable(name) && len(builtin.Lookup(name)) == 0 {
		return l.setReturning(name, e)
	}
	return l.function(name, e.Pos, e.Args)
}

// functionName drops the schema of builtin functions and refuses others.
func (l *level) functionName(e *sql.Call) string {
	switch schema := e.Name.Schema(); schema {
	case "", "pg_catalog", "millrace", "information_schema":
	default:
		if !l.b.cat.HasSchema(schema) {
			fail(e.Pos, pgerr.InvalidSchemaName, "schema \"%s\" does not exist", schema)
		}
		args := l.exprs(e.Args)
		names := make([]string, len(args))
		for i, a := range args {
			names[i] = a.Type().Base().String()
		}
		raise(e.Pos, pgerr.Newf(pgerr.UndefinedFunction, "function %s(%s) does not exist",
			strings.Join(e.Name.Parts, "."), strings.Join(names, ", ")).
			WithHint("No function matches the given name and argument types. You might need to add explicit type casts."))
	}
	return e.Name.Last()
}

// refuseAggSyntax reports aggregate syntax on a plain function.
func (l *level) refuseAggSyntax(name string, e *sql.Call) {
	if !builtin.Exists(name) {
		return
	}
	var what string
	switch {
	case e.Star:
		what = "%s(*) specified, but %s is not an aggregate function"
	case e.Distinct:
		what = "DISTINCT specified, but %s is not an aggregate function"
	case e.WithinGroup:
		what = "WITHIN GROUP specified, but %s is not an aggregate function"
	case len(e.OrderBy) > 0:
		what = "ORDER BY specified, but %s is not an aggregate function"
	case e.Filter != nil:
		what = "FILTER specified, but %s is not an aggregate function"
	default:
		return
	}
	fail(e.Pos, pgerr.WrongObjectType, "%s", strings.ReplaceAll(what, "%s", name))
}

// specialForm binds the calls that are not functions: their arguments are not all
// evaluated, or they take a common type.
func (l *level) specialForm(name string, e *sql.Call) plan.Expr {
	if x := l.lambdaCall(name, e); x != nil {
		return x
	}
	switch name {
	case "coalesce", "ifnull":
		l.needArgs(name, e)
		var xs []plan.Expr
		var t types.Type
		l.withoutSRF("COALESCE", func() { xs, t = l.commonArgs(strings.ToUpper(name), e) })
		return &plan.Coalesce{Args: xs, T: t}
	case "greatest", "least":
		l.needArgs(name, e)
		xs, _ := l.commonArgs(strings.ToUpper(name), e)
		return l.apply(name, e.Pos, xs, nil)
	case "nullif":
		if len(e.Args) == 2 {
			return l.nullIf(e)
		}
	case "pg_typeof":
		if len(e.Args) == 1 {
			if x := l.expr(e.Args[0]); isUnknown(x) {
				return &plan.Const{Value: types.FixedDatum(unknownOID), T: types.Regtype}
			}
		}
	case "grouping":
		return l.groupingCall(e)
	}
	return nil
}

// unknownOID is the type of a literal that has not been given one.
const unknownOID = 705

func (l *level) needArgs(name string, e *sql.Call) {
	if len(e.Args) == 0 {
		fail(e.Pos, pgerr.SyntaxError, "%s needs at least one argument", strings.ToUpper(name))
	}
}

func (l *level) commonArgs(construct string, e *sql.Call) ([]plan.Expr, types.Type) {
	return l.b.common(construct, l.exprs(e.Args), func(i int) sql.Pos { return startOf(e.Args[i]) })
}

// nullIf is CASE WHEN a = b THEN NULL ELSE a END, with the type of a.
func (l *level) nullIf(e *sql.Call) plan.Expr {
	a, b := l.expr(e.Args[0]), l.expr(e.Args[1])
	f, want, _, err := builtin.ResolveOperator("=", a.Type(), b.Type())
	check(e.Pos, err)
	a = l.b.mustCoerce(a, want[0], startOf(e.Args[0]))
	b = l.b.mustCoerce(b, want[1], startOf(e.Args[1]))
	eq := &plan.Call{Func: f, Args: []plan.Expr{a, b}, T: types.Bool}
	return &plan.Case{T: a.Type(), Else: a, Whens: []plan.When{{Cond: eq, Then: nullConst(a.Type())}}}
}

// function binds a scalar function, or a cast written as one: text(x).
func (l *level) function(name string, pos sql.Pos, args []sql.Expr) plan.Expr {
	args = unitAsText(name, args)
	xs := l.exprs(args)
	at := func(i int) sql.Pos { return startOf(args[i]) }
	if _, _, _, err := builtin.Resolve(name, typesOf(xs)); err != nil {
		if x := ksqlRound(name, xs); x != nil {
			return x
		}
		if len(xs) == 1 {
			if x := l.castCall(name, pos, xs[0], at(0)); x != nil {
				return x
			}
		}
	}
	return l.apply(name, pos, xs, at)
}

// castCall reads f(x) as a cast where f names a type and PostgreSQL would, too.
func (l *level) castCall(name string, pos sql.Pos, x plan.Expr, xpos sql.Pos) plan.Expr {
	t, err := types.Lookup(name, nil, 0)
	if err != nil || t.InternalName() != name {
		return nil
	}
	if !isUnknown(x) && !castAllowed(x.Type(), t, types.Explicit) {
		return nil
	}
	return l.castTo(x, t, pos, xpos)
}

// tableFunc resolves a table function on arguments of this level.
func (l *level) tableFunc(name string, pos sql.Pos, es []sql.Expr) (*builtin.TableFunc, []plan.Expr, types.Schema) {
	xs := l.exprs(es)
	f, want, cols, err := builtin.ResolveTable(name, typesOf(xs))
	check(pos, err)
	for i, x := range xs {
		xs[i] = l.b.mustCoerce(x, want[i], startOf(es[i]))
	}
	l.checkVolatility(name, f.Volatility, pos)
	return f, xs, cols
}
