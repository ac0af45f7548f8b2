package op

import (
	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/types"
)

// TableFuncSpec defines a TableFunc; see plan.TableFunc.
type TableFuncSpec struct {
	In, Out    []types.Type // Out: the columns of the input, the function, the ordinal
	Func       *builtin.TableFunc
	Args       []Expr
	ArgTypes   []types.Type
	Ordinality bool
	Outer      bool
}

// TableFunc calls a set-returning function for each row and appends its columns to
// the row.
type TableFunc struct {
	stateless
	spec   TableFuncSpec
	result []types.Type // the function's columns
}

// NewTableFunc returns a call of a table function.
func NewTableFunc(spec TableFuncSpec) *TableFunc {
	end := len(spec.Out)
	if spec.Ordinality {
		end--
	}
	return &TableFunc{spec: spec, result: spec.Out[len(spec.In):end]}
}

// Push implements Op.
func (o *TableFunc) Push(c *Ctx, _ int, b *col.Batch, out Emit) {
	if c.Err() != nil {
		return
	}
	args := make([]*col.Vec, len(o.spec.Args))
	var errs map[int]error
	for i, e := range o.spec.Args {
		args[i] = e.Eval(c.Env, b)
		errs = mergeErrs(errs, args[i].Errs)
	}
	call := tableCall{c: c, spec: &o.spec, types: o.result, in: b, out: out}
	call.reset()
	for i := range b.N {
		if c.Poll() != nil {
			return
		}
		err := errs[i]
		if err == nil {
			err = call.row(args, i)
		}
		if err != nil {
			c.rowError(RowError{Op: "table function", Err: err, Weight: int64(b.Weight(i)), Batch: b, Row: i})
		}
	}
	call.flush()
}

// tableCall gathers the result for one batch.
type tableCall struct {
	c     *Ctx
	spec  *TableFuncSpec
	types []types.Type
	in    *col.Batch
	out   Emit
	from  []int32 // rows of in
	res   []*col.Builder
	ord   *col.Builder
	vals  []types.Datum
}

func (t *tableCall) reset() {
	t.from = nil
	t.res = builders(t.types, 0)
	t.ord = col.NewBuilder(types.Int8, 0)
}

// row calls the function for one row. On error it leaves no results of that row.
func (t *tableCall) row(args []*col.Vec, i int) error {
	n := 0
	if t.spec.Func.NotStrict || !anyNull(args, i) {
		t.vals = t.vals[:0]
		for _, v := range args {
			t.vals = append(t.vals, v.Datum(i))
		}
		var err error
		if n, err = t.call(i); err != nil {
			return err
		}
	}
	if n == 0 && t.spec.Outer {
		for _, b := range t.res {
			b.Null()
		}
		t.ord.Null()
		t.from = append(t.from, int32(i))
	}
	if len(t.from) >= col.BatchRows {
		t.flush()
	}
	return nil
}

// call takes the rows for the arguments in vals and returns their number.
func (t *tableCall) call(i int) (int, error) {
	if t.spec.Func.Range != nil {
		return t.count(i)
	}
	// A call of its own builders: a failed call may leave some rows behind.
	res := builders(t.types, 0)
	n, err := t.spec.Func.Rows(t.c.Env, t.vals, t.spec.ArgTypes, res)
	if err == nil {
		t.take(vecs(res), i, n)
	}
	return n, err
}

// count takes the integers of a series as it goes: there may be very many.
func (t *tableCall) count(i int) (n int, err error) {
	from, to, step, err := t.spec.Func.Range(t.vals)
	if err != nil {
		return 0, err
	}
	builtin.CountUp(from, to, step, func(x int64) bool {
		n++
		t.res[0].Int(x)
		t.ord.Int(int64(n))
		t.from = append(t.from, int32(i))
		if len(t.from) >= col.BatchRows {
			t.flush()
			return t.c.Poll() == nil && !t.c.enough()
		}
		return true
	})
	return n, nil
}

func (t *tableCall) take(res []*col.Vec, i, n int) {
	for r := range n {
		for c, v := range res {
			t.res[c].From(v, r)
		}
		t.ord.Int(int64(r + 1))
		t.from = append(t.from, int32(i))
		if len(t.from) >= col.BatchRows {
			t.flush()
		}
	}
}

func (t *tableCall) flush() {
	if len(t.from) == 0 {
		return
	}
	b := t.in.Gather(t.from)
	b.N = len(t.from)
	b.Cols = concat(b.Cols, vecs(t.res))
	if t.spec.Ordinality {
		b.Cols = append(b.Cols, t.ord.Vec())
	}
	t.reset()
	t.out(b)
}

var _ Op = (*TableFunc)(nil)
