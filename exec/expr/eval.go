package expr

import (
	"millrace/planner/plan"
	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/types"
)

// run is one evaluation: over all rows of a batch, or over some of them.
type run struct {
	env     *builtin.Env
	b       *col.Batch
	rows    []int32 // nil: all rows of b
	n       int
	scratch *scratch
	// gathered caches the columns of a run over some rows.
	gathered map[int]*col.Vec
	// params are the parameters of the lambdas around, by depth.
	params [][]*col.Vec
}

// over returns the run over the given rows of r.
func (r *run) over(rows []int32) *run {
	params := gatherParams(r.params, rows)
	if r.rows != nil {
		outer := make([]int32, len(rows))
		for i, row := range rows {
			outer[i] = r.rows[row]
		}
		rows = outer
	}
	return &run{env: r.env, b: r.b, rows: rows, n: len(rows), gathered: map[int]*col.Vec{}, scratch: r.scratch, params: params}
}

// single returns the run in which scalar nodes are evaluated: one row, any.
func (r *run) single() *run {
	return &run{env: r.env, b: r.b, rows: r.rows, n: 1, scratch: r.scratch}
}

func (r *run) column(i int) *col.Vec {
	if r.rows == nil {
		return r.b.Cols[i]
	}
	v := r.gathered[i]
	if v == nil {
		v = r.b.Cols[i].Gather(r.rows)
		r.gathered[i] = v
	}
	return v
}

// full evaluates n to a vector with all rows of the run.
func (r *run) full(n node) *col.Vec {
	switch n := n.(type) {
	case *constNode:
		return n.wide(r.n)
	case *scalarNode:
		return n.wide(r)
	}
	return n.eval(r)
}

// words returns a slice for the rows of a vector that Eval does not return; what it
// holds is arbitrary.
func (r *run) words(n int) []int64 { return r.scratch.take(n) }

// Eval evaluates the program for each row of b. Rows that fail have an error in
// Vec.Errs. The result may share memory with b and with later results; it must not
// be changed.
func (p *Program) Eval(env *builtin.Env, b *col.Batch) *col.Vec {
	if env == nil {
		env = &builtin.Env{}
	}
	v := p.eval(env, b)
	p.scratch.release(v)
	if v.Type != p.t {
		v = v.WithType(p.t)
	}
	return v
}

func (p *Program) eval(env *builtin.Env, b *col.Batch) *col.Vec {
	r := &run{env: env, b: b, n: b.N, scratch: &p.scratch}
	return r.full(p.root)
}

// Filter returns the rows of b, in order, for which the program is true, and the
// errors of the rows for which it failed.
func (p *Program) Filter(env *builtin.Env, b *col.Batch) (rows []int32, errs map[int]error) {
	if env == nil {
		env = &builtin.Env{}
	}
	v := p.eval(env, b)
	defer p.scratch.release(nil)
	rows = make([]int32, v.N)
	n := 0
	for i, x := range v.Fix {
		rows[n] = int32(i)
		n += int(x & 1)
	}
	rows = rows[:n]
	if v.Nulls == nil && v.Errs == nil {
		return rows, nil
	}
	kept := rows[:0]
	for _, i := range rows {
		if !v.IsNull(int(i)) && v.Err(int(i)) == nil {
			kept = append(kept, i)
		}
	}
	return kept, v.Errs
}

// EvalConst evaluates an expression without columns.
func EvalConst(env *builtin.Env, e plan.Expr) (types.Datum, error) {
	p, err := Compile(e)
	if err != nil {
		return types.Null, err
	}
	v := p.Eval(env, &col.Batch{N: 1})
	if err := v.Err(0); err != nil {
		return types.Null, err
	}
	return v.Datum(0), nil
}

// colNode reads a column of the input.
type colNode struct{ index int }

func (n *colNode) eval(r *run) *col.Vec { return r.column(n.index) }
func (n *colNode) scalar() bool         { return false }
func (n *colNode) volatile() bool       { return false }

// constNode is a constant. It keeps the widest vector it was asked for.
type constNode struct {
	one   *col.Vec
	value types.Datum
	cache *col.Vec
}

func newConst(t types.Type, d types.Datum) *constNode {
	return &constNode{one: col.Const(t, d, 1), value: d}
}

func (n *constNode) eval(*run) *col.Vec { return n.one }
func (n *constNode) scalar() bool       { return true }
func (n *constNode) volatile() bool     { return false }

func (n *constNode) wide(rows int) *col.Vec {
	if rows == 1 {
		return n.one
	}
	if n.cache == nil || n.cache.N < rows {
		n.cache = col.Const(n.one.Type, n.value, rows)
	}
	return n.cache.Slice(0, rows)
}

// callNode calls a function.
type callNode struct {
	f          *builtin.Func
	args       []node
	types      []types.Type
	result     types.Type
	isScalar   bool
	isVolatile bool
	memo       any
}

func (n *callNode) scalar() bool   { return n.isScalar }
func (n *callNode) volatile() bool { return n.isVolatile }

func (n *callNode) eval(r *run) *col.Vec {
	c := &builtin.Call{Env: r.env, Scratch: r.words, N: r.n, Result: n.result, Types: n.types, Memo: &n.memo}
	if n.isScalar {
		c.N = 1
	}
	c.Args = make([]*col.Vec, len(n.args))
	for k, a := range n.args {
		switch {
		case n.isScalar:
			c.Args[k] = a.eval(r)
		case a.scalar() && n.f.Scalars && k < 64:
			c.Args[k] = a.eval(r)
			c.Const |= 1 << uint(k)
		default:
			c.Args[k] = r.full(a)
		}
	}
	return builtin.Apply(n.f, c)
}

// scalarNode keeps the widened form of a value that is the same for all rows.
type scalarNode struct {
	node
	value types.Datum
	cache *col.Vec
}

func (n *scalarNode) wide(r *run) *col.Vec {
	v := n.eval(r)
	if err := v.Err(0); err != nil {
		out := col.Const(v.Type, types.Datum{Set: true}, r.n)
		for i := range r.n {
			out.SetErr(i, err)
		}
		return out
	}
	if r.n == 1 {
		return v
	}
	if d := v.Datum(0); n.cache == nil || n.cache.N < r.n || n.value != d {
		n.value, n.cache = d, col.Const(v.Type, d, r.n)
	}
	return n.cache.Slice(0, r.n)
}
