package plan

import "millrace/sql/types"

// LambdaKind is what a Lambda does with the elements of its arrays.
type LambdaKind uint8

// The kinds of Lambda.
const (
	// LambdaMap gives the array of the bodies.
	LambdaMap LambdaKind = iota
	// LambdaFilter gives the elements of the first array whose body is true.
	LambdaFilter
	// LambdaReduce gives the last body; each is computed from the one before.
	LambdaReduce
)

// Lambda computes an expression for each element of an array, or for each place of
// several arrays of one length. NULL arrays give NULL.
//
// Body is over the columns of the row, as every expression, and over LambdaParams of the
// Lambda's Depth: for LambdaReduce the first is the state, which begins with Init; the
// others are the elements of Arrays, in their order.
type Lambda struct {
	Kind   LambdaKind
	Arrays []Expr
	Init   Expr // LambdaReduce only
	Body   Expr
	// Depth is the number of Lambdas around this one.
	Depth int
	T     types.Type
}

// LambdaParam is parameter Index of the Lambda of a depth.
type LambdaParam struct {
	Depth, Index int
	T            types.Type
}

// Type implements Expr.
func (e *Lambda) Type() types.Type { return e.T }

// Type implements Expr.
func (e *LambdaParam) Type() types.Type { return e.T }

func (*Lambda) expr()      {}
func (*LambdaParam) expr() {}

// children are the arrays, the initial state where there is one, and the body.
func (e *Lambda) children() []Expr {
	out := append([]Expr(nil), e.Arrays...)
	if e.Init != nil {
		out = append(out, e.Init)
	}
	return append(out, e.Body)
}

func (e *Lambda) withChildren(kids []Expr) Expr {
	c := *e
	n := len(e.Arrays)
	c.Arrays = kids[:n:n]
	if e.Init != nil {
		c.Init = kids[n]
	}
	c.Body = kids[len(kids)-1]
	return &c
}

// lambda prints it as its function with numbered parameters.
func (p *printer) lambda(e *Lambda) {
	p.WriteString([...]string{"transform(", "filter(", "reduce("}[e.Kind])
	for i, k := range e.children() {
		if i > 0 {
			p.WriteString(", ")
		}
		p.expr(k)
	}
	p.WriteString(")")
}
