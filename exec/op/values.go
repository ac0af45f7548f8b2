package op

import (
	"millrace/exec/state"
	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/types"
)

// Values emits literal rows once, in its first epoch.
type Values struct {
	types []types.Type
	rows  func(env *builtin.Env) ([][]types.Datum, error)
	done  bool
	dirty bool
}

// NewValues returns an operator that emits the rows that the function computes.
func NewValues(ts []types.Type, rows func(env *builtin.Env) ([][]types.Datum, error)) *Values {
	return &Values{types: ts, rows: rows}
}

// Push implements Op; there is no input.
func (*Values) Push(*Ctx, int, *col.Batch, Emit) {}

// EndEpoch implements Op.
func (o *Values) EndEpoch(c *Ctx, out Emit) {
	if o.done || c.Err() != nil {
		return
	}
	o.done, o.dirty = true, true
	rows, err := o.rows(c.Env)
	if err != nil {
		c.rowError(RowError{Op: "values", Err: err, Weight: 1})
		return
	}
	b := col.NewBatchBuilder(o.types, len(rows))
	for _, row := range rows {
		b.Row(1, row...)
	}
	emitRows(b.Batch(), out)
}

// MemBytes implements Op.
func (*Values) MemBytes() int64 { return 0 }

// Save implements Op.
func (o *Values) Save(w *state.Saver) {
	if o.dirty {
		w.Put(tagFlags, nil, []byte{1})
		o.dirty = false
	}
}

// Load implements Op.
func (o *Values) Load(r *state.Loader) error {
	b, err := r.Get(tagFlags, nil)
	o.done = len(b) > 0
	return err
}

var _ Op = (*Values)(nil)
