package op

import (
	"millrace/exec/state"
	"millrace/sql/builtin"
	"millrace/sql/col"
)

// Emit receives what an operator produces. Batches have at least one row.
type Emit func(b *col.Batch)

// Op is an operator. All calls come from one goroutine.
type Op interface {
	// Push gives the operator a delta of its input number port.
	Push(c *Ctx, port int, b *col.Batch, out Emit)
	// EndEpoch says that all deltas of the epoch have been pushed.
	EndEpoch(c *Ctx, out Emit)
	// MemBytes is the memory of the operator's state.
	MemBytes() int64
	// Save writes what changed in the state since the last Save; Load reads it into a
	// new operator of the same definition.
	Save(w *state.Saver)
	Load(r *state.Loader) error
}

// Ctx is what operators need to know about the epoch, and where they put what is no
// row. One Ctx serves all operators of a graph.
type Ctx struct {
	Epoch uint64
	// Env is passed to expressions and aggregates; its clock is the epoch's.
	Env *builtin.Env
	// Errs receives rows that failed. Nil means a pull query: the first error fails it.
	Errs func(RowError)
	// Late, if not nil, receives rows that came behind the watermark and were left out.
	Late func(LateRow)
	// Stop, if not nil, tells whether somebody wants the work to end, and why.
	Stop func() error
	// Enough, if not nil, tells whether the result is already whole: what an operator
	// has not made yet is not needed then.
	Enough func() bool
	// Out is the batch into which Materialize writes this epoch.
	Out *state.Batch

	err error
}

// RowError is a row that an operator could not compute.
type RowError struct {
	Op  string // "filter", "project", ...
	Err error
	// Weight is negative when a row that had failed is retracted.
	Weight int64
	// Batch and Row are the row at fault; Batch is nil where there is none
	// (an overflow of a group's sum). Valid during the call only.
	Batch *col.Batch
	Row   int
}

// Fail ends a pull query with err, or a flow whose store fails; the first error stays.
func (c *Ctx) Fail(err error) {
	if c.err == nil {
		c.err = err
	}
}

// Err returns the error that ended the query, if any. Operators ignore deltas then.
func (c *Ctx) Err() error { return c.err }

// Poll asks Stop, and returns the error that ended the query. Operators that make many
// rows out of few call it now and then.
func (c *Ctx) Poll() error {
	if c.err == nil && c.Stop != nil {
		c.err = c.Stop()
	}
	return c.err
}

// enough asks Enough.
func (c *Ctx) enough() bool { return c.Enough != nil && c.Enough() }

// rowError reports a failed row.
func (c *Ctx) rowError(e RowError) {
	if c.Errs != nil {
		c.Errs(e)
		return
	}
	c.Fail(e.Err)
}

// Expr is a compiled expression; *expr.Program is one. Rows that fail are in the
// vector's Errs.
type Expr interface {
	Eval(env *builtin.Env, b *col.Batch) *col.Vec
}

// Pred is a compiled condition; *expr.Program is one. It returns the rows for which
// it is true in ascending order, and the rows that failed.
type Pred interface {
	Filter(env *builtin.Env, b *col.Batch) (rows []int32, errs map[int]error)
}

// Tables of saved state, see FORMAT.md.
const (
	tagFlags    byte = iota
	tagKeys          // the operator's Keys
	tagRows          // Multimap of the first input
	tagRows2         // and of the second
	tagTree          // the Tree
	tagDistinct      // arguments of DISTINCT aggregates
	tagTree2         // the second Tree
	tagTimes         // watermarks and the like of operators on which time acts
)

// stateless is embedded by operators without state.
type stateless struct{}

// EndEpoch implements Op.
func (stateless) EndEpoch(*Ctx, Emit) {}

// MemBytes implements Op.
func (stateless) MemBytes() int64 { return 0 }

// Save implements Op.
func (stateless) Save(*state.Saver) {}

// Load implements Op.
func (stateless) Load(*state.Loader) error { return nil }

// emitRows emits b unless it has no rows.
func emitRows(b *col.Batch, out Emit) {
	if b.N > 0 {
		out(b)
	}
}
