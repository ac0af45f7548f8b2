package plan

import (
	"millrace/sql/builtin"
	"millrace/sql/types"
)

// Expr is a bound scalar expression over the columns of one input.
type Expr interface {
	// Type is the type of the result.
	Type() types.Type
	expr()
}

// Col is column Index of the input row.
type Col struct {
	Index int
	T     types.Type
}

// Const is a constant of type T.
type Const struct {
	Value types.Datum
	T     types.Type
}

// Param is statement parameter $(Index+1); Bind replaces it by a Const before the
// plan runs.
type Param struct {
	Index int
	T     types.Type
}

// Call is a function or operator; the arguments already have the types that the
// function wants.
type Call struct {
	Func *builtin.Func
	Args []Expr
	T    types.Type
}

// Cast converts X to To as types.CastFunc does.
type Cast struct {
	X        Expr
	To       types.Type
	Explicit bool
}

// LogicOp is AND, OR or NOT.
type LogicOp uint8

// The logic operators.
const (
	And LogicOp = iota
	Or
	Not
)

// Logic is three-valued AND, OR (two or more Args) or NOT (one). FALSE AND <error>
// is FALSE and TRUE OR <error> is TRUE, in any order.
type Logic struct {
	Op   LogicOp
	Args []Expr
}

// IsNull is X IS NULL, or IS NOT NULL when Not.
type IsNull struct {
	X   Expr
	Not bool
}

// Case is CASE WHEN ... END; conditions are boolean (CASE x WHEN is rewritten). An
// absent Else is a NULL Const. Errors of branches not taken vanish.
type Case struct {
	Whens []When
	Else  Expr
	T     types.Type
}

// When is one branch of a Case.
type When struct{ Cond, Then Expr }

// Coalesce is the first argument that is not NULL; later errors vanish.
type Coalesce struct {
	Args []Expr
	T    types.Type
}

// Type implements Expr.
func (e *Col) Type() types.Type { return e.T }

// Type implements Expr.
func (e *Const) Type() types.Type { return e.T }

// Type implements Expr.
func (e *Param) Type() types.Type { return e.T }

// Type implements Expr.
func (e *Call) Type() types.Type { return e.T }

// Type implements Expr.
func (e *Cast) Type() types.Type { return e.To }

// Type implements Expr.
func (e *Logic) Type() types.Type { return types.Bool }

// Type implements Expr.
func (e *IsNull) Type() types.Type { return types.Bool }

// Type implements Expr.
func (e *Case) Type() types.Type { return e.T }

// Type implements Expr.
func (e *Coalesce) Type() types.Type { return e.T }

func (*Col) expr()      {}
func (*Const) expr()    {}
func (*Param) expr()    {}
func (*Call) expr()     {}
func (*Cast) expr()     {}
func (*Logic) expr()    {}
func (*IsNull) expr()   {}
func (*Case) expr()     {}
func (*Coalesce) expr() {}
