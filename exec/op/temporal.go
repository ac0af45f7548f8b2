package op

import (
	"encoding/binary"
	"math"

	"millrace/exec/state"
	"millrace/sql/col"
	"millrace/sql/types"
)

// Moment is a timestamp of each row plus microseconds.
type Moment struct {
	X      Expr
	Offset int64
}

// Temporal gives rows while it is their time, by the clock of the epochs: see
// plan.Temporal. Rows whose next moment is to come are kept, ordered by it.
type Temporal struct {
	types       []types.Type
	from, until []Moment
	// tree has, by the next moment, what happens then (comes or goes), with the row's end
	// and the row.
	tree state.Tree
	// clock is that of the last epoch whose moments have been worked off.
	clock int64

	key, row []byte
	out      rowOut
}

const (
	rowComes = 0
	rowGoes  = 1
)

// NewTemporal returns a filter by the clock over rows of the given types.
func NewTemporal(ts []types.Type, from, until []Moment) *Temporal {
	return &Temporal{types: ts, from: from, until: until, clock: NoTime, out: newRowOut(ts)}
}

// Push implements Op.
func (o *Temporal) Push(c *Ctx, _ int, b *col.Batch, out Emit) {
	if c.Err() != nil {
		return
	}
	o.pass(c, out)
	from, failed := bounds(c, o.from, b, math.MinInt64, math.MaxInt64, func(a, x int64) int64 { return max(a, x) })
	until, failed2 := bounds(c, o.until, b, math.MaxInt64, math.MinInt64, func(a, x int64) int64 { return min(a, x) })
	failed = mergeErrs(failed, failed2)
	now := c.Env.Now
	var rows []int32
	for i := range b.N {
		switch {
		case failed[i] != nil:
			c.rowError(RowError{Op: "temporal filter", Err: failed[i], Weight: int64(b.Weight(i)), Batch: b, Row: i})
		case until[i] <= now || until[i] <= from[i]:
		case from[i] <= now:
			rows = append(rows, int32(i))
			if until[i] != math.MaxInt64 {
				o.keep(until[i], rowGoes, until[i], b, i)
			}
		case from[i] != math.MaxInt64: // else never
			o.keep(from[i], rowComes, until[i], b, i)
		}
	}
	if len(rows) == b.N {
		emitRows(b, out)
		return
	}
	if len(rows) > 0 {
		out(b.Gather(rows))
	}
}

// bounds combines the moments of each row: none of them gives none, a NULL among them
// never.
func bounds(c *Ctx, list []Moment, b *col.Batch, none, never int64, both func(a, x int64) int64) ([]int64, map[int]error) {
	out := make([]int64, b.N)
	for i := range out {
		out[i] = none
	}
	var errs map[int]error
	for _, m := range list {
		v := m.X.Eval(c.Env, b)
		errs = mergeErrs(errs, v.Errs)
		for i := range b.N {
			switch {
			case v.IsNull(i):
				out[i] = never
			case types.IsInfinite(v.Fix[i]):
				out[i] = both(out[i], v.Fix[i])
			default:
				out[i] = both(out[i], v.Fix[i]+m.Offset)
			}
		}
	}
	return out, errs
}

// keep notes a row for a moment to come.
func (o *Temporal) keep(at int64, what byte, until int64, b *col.Batch, i int) {
	o.key = temporalKey(o.key[:0], at, what, until)
	o.row = col.AppendRow(o.row[:0], b.Cols, i)
	o.tree.Add(o.key, o.row, int64(b.Weight(i)))
}

func temporalKey(dst []byte, at int64, what byte, until int64) []byte {
	dst = binary.BigEndian.AppendUint64(dst, uint64(at)^1<<63)
	return binary.BigEndian.AppendUint64(append(dst, what), uint64(until)^1<<63)
}

// pass works off the moments up to the clock of the epoch, once.
func (o *Temporal) pass(c *Ctx, out Emit) {
	now := c.Env.Now
	if o.clock == now {
		return
	}
	o.clock = now
	o.out.start(out)
	for {
		cur := o.tree.Seek(nil)
		if !cur.Valid() {
			break
		}
		key := append(o.key[:0], cur.Key()...)
		if int64(binary.BigEndian.Uint64(key)^1<<63) > now {
			break
		}
		row, w := append(o.row[:0], cur.Payload()...), cur.Weight()
		o.tree.Add(key, row, -w)
		until := int64(binary.BigEndian.Uint64(key[9:]) ^ 1<<63)
		switch {
		case key[8] == rowGoes:
			o.out.exact(row, 0, len(o.types), -w)
		case until > now:
			o.out.exact(row, 0, len(o.types), w)
			if until != math.MaxInt64 {
				o.tree.Add(temporalKey(nil, until, rowGoes, until), row, w)
			}
		}
		o.key, o.row = key, row
	}
	o.out.flush()
}

// Advance implements Timed.
func (o *Temporal) Advance(*Ctx, []int64) {}

// Wake implements Timed.
func (o *Temporal) Wake() (watermark, clock int64) {
	cur := o.tree.Seek(nil)
	if !cur.Valid() {
		return NoTime, NoTime
	}
	return NoTime, int64(binary.BigEndian.Uint64(cur.Key()) ^ 1<<63)
}

// EndEpoch implements Op.
func (o *Temporal) EndEpoch(c *Ctx, out Emit) {
	if c.Err() == nil {
		o.pass(c, out)
	}
}

// MemBytes implements Op.
func (o *Temporal) MemBytes() int64 { return o.tree.MemBytes() + int64(cap(o.key)+cap(o.row)) }

// Save implements Op.
func (o *Temporal) Save(w *state.Saver) {
	o.tree.Save(w, tagTree)
	w.Put(tagTimes, nil, binary.AppendVarint(nil, o.clock))
}

// Load implements Op.
func (o *Temporal) Load(r *state.Loader) error {
	b, err := r.Get(tagTimes, nil)
	if b == nil || err != nil {
		return err
	}
	if err := varints(b, "temporal filter", &o.clock); err != nil {
		return err
	}
	return o.tree.Load(r, tagTree)
}

var _ Timed = (*Temporal)(nil)
