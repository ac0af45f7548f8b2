package planner

import (
	"millrace/planner/plan"
	"millrace/sql/builtin"
	"millrace/sql/types"
)

// foldConstants computes what depends on constants only. What fails is left to fail
// when it runs, for it may never run.
var foldConstants = Rule{
	Name: "FoldConstants",
	Doc:  "Computes immutable expressions over constants and simplifies AND, OR, CASE and COALESCE.",
	Apply: func(x *ruleContext, n plan.Node) plan.Node {
		out := plan.MapNodeExprs(n, x.fold)
		f, ok := out.(*plan.Filter)
		if !ok {
			return out
		}
		if isTrue(f.Pred) {
			return f.Input
		}
		if c, ok := f.Pred.(*plan.Const); ok && !c.Value.Bool() {
			return &plan.Values{Out: f.Schema()}
		}
		return out
	},
}

// fold simplifies e from the leaves up.
func (x *ruleContext) fold(e plan.Expr) plan.Expr {
	kids := plan.Children(e)
	if len(kids) == 0 {
		return x.foldOne(e)
	}
	changed := false
	next := make([]plan.Expr, len(kids))
	for i, k := range kids {
		next[i] = x.fold(k)
		changed = changed || next[i] != k
	}
	if changed {
		e = plan.WithChildren(e, next)
	}
	return x.foldOne(e)
}

func (x *ruleContext) foldOne(e plan.Expr) plan.Expr {
	switch e := e.(type) {
	case *plan.Call:
		return x.foldCall(e)
	case *plan.Cast:
		return x.foldCast(e)
	case *plan.Logic:
		return foldLogic(e)
	case *plan.IsNull:
		if c, ok := e.X.(*plan.Const); ok {
			return boolConst(c.Value.Set == e.Not)
		}
	case *plan.Case:
		return foldCase(e)
	case *plan.Coalesce:
		return foldCoalesce(e)
	}
	return e
}

func (x *ruleContext) foldCall(e *plan.Call) plan.Expr {
	args := make([]types.Datum, len(e.Args))
	for i, a := range e.Args {
		c, ok := a.(*plan.Const)
		if !ok {
			return e
		}
		args[i] = c.Value
	}
	if e.Func.Volatility != builtin.Immutable || e.Func == singleRow {
		return e
	}
	d, err := builtin.Invoke(&builtin.Env{Format: x.b.o.Format}, e.Func, args, typesOf(e.Args), e.T)
	if err != nil {
		return e
	}
	return &plan.Const{Value: d, T: e.T}
}

func (x *ruleContext) foldCast(e *plan.Cast) plan.Expr {
	c, ok := e.X.(*plan.Const)
	if !ok {
		return e
	}
	if !c.Value.Set {
		return nullConst(e.To)
	}
	fn := types.CastFunc(c.T, e.To, e.Explicit, x.b.o.Format)
	if fn == nil {
		return e
	}
	d, err := fn(c.Value.I, []byte(c.Value.S))
	if err != nil {
		return e
	}
	return &plan.Const{Value: d, T: e.To}
}

// foldLogic drops neutral operands, decides by a dominant one, and flattens.
func foldLogic(e *plan.Logic) plan.Expr {
	if e.Op == plan.Not {
		c, ok := e.Args[0].(*plan.Const)
		switch {
		case !ok:
			return e
		case !c.Value.Set:
			return c
		}
		return boolConst(!c.Value.Bool())
	}
	dominant := e.Op == plan.Or // OR is decided by TRUE, AND by FALSE
	var args []plan.Expr
	changed := false
	for _, a := range e.Args {
		if l, ok := a.(*plan.Logic); ok && l.Op == e.Op {
			args, changed = append(args, l.Args...), true
			continue
		}
		c, ok := a.(*plan.Const)
		switch {
		case !ok || !c.Value.Set:
			args = append(args, a)
		case c.Value.Bool() == dominant:
			return boolConst(dominant)
		default:
			changed = true
		}
	}
	switch {
	case len(args) == 0:
		return boolConst(!dominant)
	case len(args) == 1:
		return args[0]
	case !changed:
		return e
	}
	return &plan.Logic{Op: e.Op, Args: args}
}

func foldCase(e *plan.Case) plan.Expr {
	out := &plan.Case{T: e.T, Else: e.Else}
	for _, w := range e.Whens {
		c, ok := w.Cond.(*plan.Const)
		if !ok {
			out.Whens = append(out.Whens, w)
			continue
		}
		if c.Value.Bool() {
			out.Else = w.Then
			break
		}
	}
	switch {
	case len(out.Whens) == len(e.Whens):
		return e
	case len(out.Whens) == 0 && out.Else == nil:
		return nullConst(e.T)
	case len(out.Whens) == 0:
		return out.Else
	}
	return out
}

func foldCoalesce(e *plan.Coalesce) plan.Expr {
	var args []plan.Expr
	for _, a := range e.Args {
		c, ok := a.(*plan.Const)
		if ok && !c.Value.Set {
			continue
		}
		args = append(args, a)
		if ok {
			break
		}
	}
	switch {
	case len(args) == 0:
		return nullConst(e.T)
	case len(args) == 1:
		return args[0]
	case len(args) == len(e.Args):
		return e
	}
	return &plan.Coalesce{Args: args, T: e.T}
}

// pruneEmpty removes what can give no rows.
var pruneEmpty = Rule{
	Name: "PruneEmpty",
	Doc:  "Removes operators whose input is known to have no rows.",
	Apply: func(_ *ruleContext, n plan.Node) plan.Node {
		switch n := n.(type) {
		case *plan.Filter, *plan.Project, *plan.Distinct, *plan.Sort, *plan.TableFunc, *plan.Over, *plan.TimeWindow, *plan.Session, *plan.Temporal:
			if isEmpty(n.Inputs()[0]) {
				return &plan.Values{Out: n.Schema()}
			}
		case *plan.Aggregate:
			if len(n.Keys) > 0 && isEmpty(n.Input) {
				return &plan.Values{Out: n.Out}
			}
		case *plan.Join:
			l, r := isEmpty(n.L), isEmpty(n.R)
			if n.Kind == plan.Inner && (l || r) || n.Kind == plan.Semi && (l || r) ||
				(n.Kind == plan.Left || n.Kind == plan.Anti || n.Kind == plan.Mark) && l ||
				n.Kind == plan.Right && r || n.Kind == plan.Full && l && r {
				return &plan.Values{Out: n.Out}
			}
		case *plan.Union:
			return pruneUnion(n)
		}
		return n
	},
}

func isEmpty(n plan.Node) bool {
	v, ok := n.(*plan.Values)
	return ok && len(v.Rows) == 0
}

func pruneUnion(n *plan.Union) plan.Node {
	var ins []plan.Node
	for _, in := range n.Ins {
		if !isEmpty(in) {
			ins = append(ins, in)
		}
	}
	switch {
	case len(ins) == len(n.Ins):
		return n
	case len(ins) == 0:
		return &plan.Values{Out: n.Out}
	case len(ins) == 1:
		return projectAs(ins[0], identity(ins[0]), schemaNames(n.Out))
	}
	return &plan.Union{Ins: ins, Out: n.Out}
}
