package expr

import (
	"millrace/planner/plan"
	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// Program is a compiled expression.
type Program struct {
	root    node
	t       types.Type
	scratch scratch
}

// Type returns the type of the result.
func (p *Program) Type() types.Type { return p.t }

// node is one compiled expression node.
type node interface {
	// eval returns one row for each row of the run, or exactly one row when scalar.
	eval(r *run) *col.Vec
	// scalar tells that the value is the same for all rows of a run.
	scalar() bool
	// volatile tells that the node must run only for the rows that need it.
	volatile() bool
}

// Compile prepares e. It fails for casts that do not exist; a Param that was not
// bound is a bug of the caller.
func Compile(e plan.Expr) (*Program, error) {
	root, err := compile(e)
	if err != nil {
		return nil, err
	}
	return &Program{root: root, t: e.Type()}, nil
}

// CompileAll compiles a list of expressions.
func CompileAll(es []plan.Expr) ([]*Program, error) {
	out := make([]*Program, len(es))
	for i, e := range es {
		p, err := Compile(e)
		if err != nil {
			return nil, err
		}
		out[i] = p
	}
	return out, nil
}

// compile prepares e. Nodes that have one value for all rows but are no constants
// (now(), casts of constants) are wrapped so that their widened form is kept.
func compile(e plan.Expr) (node, error) {
	n, err := compileNode(e)
	if err != nil {
		return nil, err
	}
	if _, isConst := n.(*constNode); !isConst && n.scalar() {
		return &scalarNode{node: n}, nil
	}
	return n, nil
}

func compileNode(e plan.Expr) (node, error) {
	switch e := e.(type) {
	case *plan.Col:
		return &colNode{index: e.Index}, nil
	case *plan.Const:
		return newConst(e.T, e.Value), nil
	case *plan.Call:
		return compileCall(e)
	case *plan.Cast:
		return compileCast(e)
	case *plan.Logic:
		return compileLogic(e)
	case *plan.IsNull:
		x, err := compile(e.X)
		return &isNullNode{x: x, not: e.Not}, err
	case *plan.Case:
		return compileCase(e)
	case *plan.Coalesce:
		args, err := compileList(e.Args)
		return &coalesceNode{args: args, t: e.T}, err
	case *plan.Lambda:
		return compileLambda(e)
	case *plan.LambdaParam:
		return &lambdaParamNode{depth: e.Depth, index: e.Index}, nil
	case *plan.Param:
		panic(pgerr.Bug("parameter $%d was not bound", e.Index+1))
	}
	panic(pgerr.Bug("unknown expression %T", e))
}

func compileList(es []plan.Expr) ([]node, error) {
	out := make([]node, len(es))
	for i, e := range es {
		n, err := compile(e)
		if err != nil {
			return nil, err
		}
		out[i] = n
	}
	return out, nil
}

func compileCall(e *plan.Call) (node, error) {
	args, err := compileList(e.Args)
	if err != nil {
		return nil, err
	}
	if e.Func == nil || e.Func.Kernel == nil {
		panic(pgerr.Bug("call of a function without kernel"))
	}
	n := &callNode{f: e.Func, args: args, result: e.T}
	n.types = make([]types.Type, len(e.Args))
	for i, a := range e.Args {
		n.types[i] = a.Type()
	}
	n.isVolatile = e.Func.Volatility == builtin.Volatile || anyVolatile(args)
	n.isScalar = e.Func.Volatility != builtin.Volatile && allScalar(args)
	return n, nil
}

func compileLogic(e *plan.Logic) (node, error) {
	args, err := compileList(e.Args)
	if err != nil {
		return nil, err
	}
	if e.Op == plan.Not {
		return &notNode{x: args[0]}, nil
	}
	return &logicNode{args: args, decided: e.Op == plan.Or}, nil
}

func compileCase(e *plan.Case) (node, error) {
	n := &caseNode{t: e.T}
	for _, w := range e.Whens {
		cond, err := compile(w.Cond)
		if err != nil {
			return nil, err
		}
		then, err := compile(w.Then)
		if err != nil {
			return nil, err
		}
		n.conds, n.branches = append(n.conds, cond), append(n.branches, then)
	}
	if e.Else == nil {
		n.branches = append(n.branches, newConst(e.T, types.Null))
		return n, nil
	}
	last, err := compile(e.Else)
	n.branches = append(n.branches, last)
	return n, err
}

func anyVolatile(ns []node) bool {
	for _, n := range ns {
		if n.volatile() {
			return true
		}
	}
	return false
}

func allScalar(ns []node) bool {
	for _, n := range ns {
		if !n.scalar() {
			return false
		}
	}
	return true
}
