package op

import (
	"encoding/binary"

	"millrace/exec/state"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// MaxOneRow stands for a scalar sub-query: its result is the one row of its input, a
// row of NULLs when there is none, and an error when there are more.
type MaxOneRow struct {
	types []types.Type
	rows  state.Keys // exact rows
	w     []int64
	total int64
	out   rowOut
	// shown is what was emitted last: whether it is something, and the row (nil: NULLs).
	shown    bool
	shownRow []byte
	failed   bool // an error was reported
	touched  bool
	dirty    bool
	buf      rower
}

// NewMaxOneRow returns a check for rows of the given types.
func NewMaxOneRow(ts []types.Type) *MaxOneRow { return &MaxOneRow{types: ts, out: newRowOut(ts)} }

// Push implements Op.
func (o *MaxOneRow) Push(_ *Ctx, _ int, b *col.Batch, _ Emit) {
	o.touched = true
	arena, off := o.buf.rows(b.Cols, b.N)
	for i := range b.N {
		slot, added := o.rows.FindOrAdd(arena[off[i]:off[i+1]])
		if added {
			o.w = growTo(o.w, int(slot)+1)
			o.w[slot] = 0
		}
		w := int64(b.Weight(i))
		o.total += w
		if o.w[slot] += w; o.w[slot] == 0 {
			o.rows.Remove(slot)
			continue
		}
		o.rows.MarkDirty(slot)
	}
}

// EndEpoch implements Op.
func (o *MaxOneRow) EndEpoch(c *Ctx, out Emit) {
	if c.Err() != nil || !o.touched && (o.shown || o.failed) {
		return
	}
	o.touched = false
	o.out.start(out)
	if o.total > 1 {
		o.fail(c)
	} else {
		o.show(c)
	}
	o.out.flush()
}

func (o *MaxOneRow) fail(c *Ctx) {
	if o.failed {
		return
	}
	o.retract()
	o.failed, o.dirty = true, true
	c.rowError(RowError{Op: "scalar sub-query", Err: errManyRows(), Weight: 1})
}

func errManyRows() error {
	return pgerr.New(pgerr.CardinalityViolation, "more than one row returned by a subquery used as an expression")
}

func (o *MaxOneRow) show(c *Ctx) {
	var row []byte
	for slot := range int32(o.rows.Cap()) {
		if o.rows.Used(slot) && o.w[slot] > 0 {
			row = o.rows.Get(slot)
		}
	}
	if o.failed {
		o.failed = false
		c.rowError(RowError{Op: "scalar sub-query", Err: errManyRows(), Weight: -1})
	}
	if o.shown && string(o.shownRow) == string(row) && (o.shownRow == nil) == (row == nil) {
		return
	}
	o.retract()
	o.shown, o.dirty = true, true
	o.shownRow = nil
	if row != nil {
		o.shownRow = append([]byte{}, row...)
	}
	o.emit(1)
}

func (o *MaxOneRow) retract() {
	if o.shown {
		o.emit(-1)
	}
	o.shown, o.shownRow = false, nil
}

func (o *MaxOneRow) emit(w int64) {
	if o.shownRow != nil {
		o.out.exact(o.shownRow, 0, len(o.types), w)
		return
	}
	for _, b := range o.out.builder().Cols {
		b.Null()
	}
	o.out.end(w, 0)
}

// MemBytes implements Op.
func (o *MaxOneRow) MemBytes() int64 {
	return o.rows.MemBytes() + int64(8*cap(o.w)+cap(o.shownRow)) + o.buf.memBytes()
}

// Save implements Op.
func (o *MaxOneRow) Save(w *state.Saver) {
	o.rows.Save(w, tagKeys, func(dst []byte, slot int32) []byte {
		return binary.AppendVarint(dst, o.w[slot])
	})
	if !o.dirty {
		return
	}
	o.dirty = false
	flags := byte(0)
	for i, set := range []bool{o.shown, o.failed, o.shownRow != nil} {
		if set {
			flags |= 1 << i
		}
	}
	w.Put(tagFlags, nil, append([]byte{flags}, o.shownRow...))
}

// Load implements Op.
func (o *MaxOneRow) Load(r *state.Loader) error {
	err := o.rows.Load(r, tagKeys, func(slot int32, b []byte) error {
		o.w = growTo(o.w, int(slot)+1)
		if err := varints(b, "scalar sub-query", &o.w[slot]); err != nil {
			return err
		}
		o.total += o.w[slot]
		return nil
	})
	if err != nil {
		return err
	}
	b, err := r.Get(tagFlags, nil)
	if err != nil || len(b) == 0 {
		return err
	}
	o.shown, o.failed = b[0]&1 != 0, b[0]&2 != 0
	if b[0]&4 != 0 {
		o.shownRow = b[1:]
	}
	return nil
}

var _ Op = (*MaxOneRow)(nil)
