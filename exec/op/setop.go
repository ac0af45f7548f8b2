package op

import (
	"encoding/binary"

	"millrace/exec/state"
	"millrace/sql/col"
	"millrace/sql/types"
)

// SetOp is INTERSECT or EXCEPT [ALL] of two inputs.
type SetOp struct {
	except, all bool
	types       []types.Type
	keys        state.Keys
	count       [2][]int64
	old         []int64 // weight in the result at the epoch's begin, of touched keys
	rep         state.Cells
	key         keyer
	row         []byte
	out         rowOut
}

// NewSetOp returns a set operation over rows of the given types.
func NewSetOp(ts []types.Type, except, all bool) *SetOp {
	return &SetOp{
		except: except, all: all, types: ts,
		key: keyer{cols: allCols(len(ts))}, out: newRowOut(ts),
	}
}

// Push implements Op.
func (o *SetOp) Push(_ *Ctx, port int, b *col.Batch, _ Emit) {
	arena, off := o.key.keys(b)
	for i := range b.N {
		slot, added := o.keys.FindOrAdd(arena[off[i]:off[i+1]])
		if added {
			o.grow(slot)
			o.count[0][slot], o.count[1][slot] = 0, 0
		}
		if o.keys.Touch(slot) {
			o.old[slot] = o.weight(slot)
		}
		// The row of the left side stands for the key, as long as none is shown.
		if added || port == 0 && o.count[0][slot] == 0 && o.old[slot] == 0 {
			o.row = col.AppendRow(o.row[:0], b.Cols, i)
			o.rep.Put(slot, o.row)
		}
		o.count[port][slot] += int64(b.Weight(i))
	}
}

func (o *SetOp) grow(slot int32) {
	n := int(slot) + 1
	o.count[0], o.count[1], o.old = growTo(o.count[0], n), growTo(o.count[1], n), growTo(o.old, n)
}

// weight is how often the key is in the result.
func (o *SetOp) weight(slot int32) int64 {
	l, r := o.count[0][slot], o.count[1][slot]
	var w int64
	switch {
	case o.except && o.all:
		w = l - r
	case o.except:
		if r > 0 {
			return 0
		}
		w = min(l, 1)
	case o.all:
		w = min(l, r)
	default:
		w = min(l, r, 1)
	}
	return max(w, 0)
}

// EndEpoch implements Op.
func (o *SetOp) EndEpoch(_ *Ctx, out Emit) {
	o.out.start(out)
	for _, slot := range o.keys.Touched() {
		if d := o.weight(slot) - o.old[slot]; d != 0 {
			o.out.exact(o.rep.Get(slot), 0, len(o.types), d)
		}
		if o.count[0][slot] == 0 && o.count[1][slot] == 0 {
			o.keys.Remove(slot)
			o.rep.Clear(slot)
		}
	}
	o.out.flush()
	o.keys.EndEpoch()
}

// MemBytes implements Op.
func (o *SetOp) MemBytes() int64 {
	return o.keys.MemBytes() + o.rep.MemBytes() +
		int64(8*(cap(o.count[0])+cap(o.count[1])+cap(o.old))+cap(o.row)) + o.key.memBytes()
}

// Save implements Op.
func (o *SetOp) Save(w *state.Saver) {
	o.keys.Save(w, tagKeys, func(dst []byte, slot int32) []byte {
		dst = binary.AppendVarint(dst, o.count[0][slot])
		dst = binary.AppendVarint(dst, o.count[1][slot])
		return append(dst, o.rep.Get(slot)...)
	})
}

// Load implements Op.
func (o *SetOp) Load(r *state.Loader) error {
	return o.keys.Load(r, tagKeys, func(slot int32, b []byte) error {
		o.grow(slot)
		for side := range o.count {
			n, k := binary.Varint(b)
			if k <= 0 {
				return errState("set operation")
			}
			o.count[side][slot] = n
			b = b[k:]
		}
		o.rep.Put(slot, b)
		return nil
	})
}

var _ Op = (*SetOp)(nil)
