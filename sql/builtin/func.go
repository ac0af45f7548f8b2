package builtin

import (
	"millrace/sql/col"
	"millrace/sql/types"
)

// Volatility is PostgreSQL's: what may change the result for equal arguments.
type Volatility uint8

// The volatilities.
const (
	Immutable Volatility = iota // nothing: may be folded into a constant
	Stable                      // the statement (its clock, settings, catalog)
	Volatile                    // each call
)

// Func is one overload of a scalar function or operator.
type Func struct {
	Name string // operators under their symbol: "+", "||", "~~*"
	// Args are the declared types. Any, AnyElement and AnyArray match by
	// PostgreSQL's rules.
	Args []types.Type
	// Variadic: the last of Args stands for one or more arguments.
	Variadic bool
	// Returns is the result type; AnyElement and AnyArray follow the arguments.
	Returns types.Type
	// Infer, where set, gives the result type from the actual argument types.
	Infer      func(args []types.Type) types.Type
	Volatility Volatility
	// NotStrict: the kernel sees NULL arguments. Otherwise a NULL argument makes
	// the row's result NULL and the kernel's value for that row is ignored.
	NotStrict bool
	// Compatible: AnyElement and AnyArray arguments need not be of one type but of
	// types with a common one (PostgreSQL's anycompatible).
	Compatible bool
	// Scalars: the kernel takes constant arguments as vectors of one row and asks
	// Call.Const which they are. Otherwise constants arrive as full vectors.
	Scalars bool
	Doc     string // one sentence
	Example string // "abs(-17) = 17": run as a test
	Kernel  Kernel
}

// Kernel evaluates a function for all rows of a call and returns a vector of
// c.N rows of type c.Result. It must not change or keep its arguments. Row errors
// go to Vec.Errs, and only for rows for which c.Skip is false.
type Kernel func(c *Call) *col.Vec

// Call is one evaluation of a function over a batch.
type Call struct {
	Env    *Env
	N      int
	Args   []*col.Vec
	Result types.Type
	// Types are the types of Args as the planner bound them.
	Types []types.Type
	// Nulls is the union of the arguments' NULL rows, for strict functions (nil: none).
	Nulls col.Bitmap
	// Const has bit k set when Args[k] is a one-row vector that stands for all rows;
	// only functions with Scalars see such arguments.
	Const uint64
	// Memo keeps what a kernel prepared (a compiled pattern) for the next batch of
	// the same call site; never nil inside a kernel.
	Memo *any
	// Scratch, where set, gives memory for results that the evaluator can use again.
	Scratch func(n int) []int64

	names [4]string // the last strings that name returned
}

// name returns row i of argument k (one of the first four) as a string, without
// allocation when it is that of the row before: the field of date_trunc, a time zone.
func (c *Call) name(k, i int) string {
	if b := c.Args[k].Bytes(i); c.names[k] != string(b) {
		c.names[k] = string(b)
	}
	return c.names[k]
}

// Words returns a slice of c.N words for the result. They hold anything: the kernel
// must set them all.
func (c *Call) Words() []int64 {
	if c.Scratch != nil {
		return c.Scratch(c.N)
	}
	return make([]int64, c.N)
}

// Row returns the row of argument k that belongs to row i of the call.
func (c *Call) Row(k, i int) int {
	if k < 64 && c.Const&(1<<uint(k)) != 0 {
		return 0
	}
	return i
}

// Skip reports whether row i has no result because an argument is NULL (strict
// functions) or failed.
func (c *Call) Skip(i int) bool {
	if c.Nulls != nil && c.Nulls.Get(i) {
		return true
	}
	for k, a := range c.Args {
		if a.Errs != nil && a.Errs[c.Row(k, i)] != nil {
			return true
		}
	}
	return false
}

// TableFunc is a set-returning function.
type TableFunc struct {
	Name       string
	Args       []types.Type
	Variadic   bool
	Columns    types.Schema                         // result columns; types may be AnyElement
	Infer      func(args []types.Type) types.Schema // where the columns follow the arguments
	Volatility Volatility
	Doc        string
	Example    string
	// Rows appends the result rows for one row of arguments to out (one builder per
	// column) and returns their number. A NULL argument gives no rows unless NotStrict.
	Rows      func(env *Env, args []types.Datum, argTypes []types.Type, out []*col.Builder) (int, error)
	NotStrict bool
	// Range, where not nil, says that Rows gives the integers from one to another, a
	// step apart: a caller may count by itself and needs not hold them all at once.
	Range func(args []types.Datum) (from, to, step int64, err error)
}
