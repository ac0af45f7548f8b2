package op

import (
	"millrace/sql/builtin"
	"millrace/sql/col"
)

// linear is an aggregate whose accumulators take weights: count, sum, ...
type linear struct{ acc builtin.Accumulators }

func (a linear) grow(n int) { a.acc.Grow(n) }

func (a linear) add(slots []int32, args []*col.Vec, w []int32) { a.acc.Add(slots, args, w) }

func (a linear) result(_ *builtin.Env, slot int32, out *col.Builder) { a.acc.Result(slot, out) }

func (a linear) reset(slot int32) { a.acc.Reset(slot) }

func (a linear) appendState(dst []byte, slot int32) []byte { return a.acc.AppendState(dst, slot) }

func (a linear) loadState(slot int32, b []byte) ([]byte, error) { return a.acc.LoadState(slot, b) }

func (a linear) memBytes() int64 { return a.acc.MemBytes() }

// filtered passes on the rows whose last argument, the FILTER condition, is true.
type filtered struct {
	aggregator
	rows  []int32
	slots []int32
}

func (a *filtered) add(slots []int32, args []*col.Vec, w []int32) {
	cond := args[len(args)-1]
	args = args[:len(args)-1]
	a.rows, a.slots = a.rows[:0], a.slots[:0]
	for i, slot := range slots {
		if cond.Bool(i) {
			a.rows, a.slots = append(a.rows, int32(i)), append(a.slots, slot)
		}
	}
	if len(a.rows) == len(slots) {
		a.aggregator.add(slots, args, w)
		return
	}
	if len(a.rows) == 0 {
		return
	}
	b := (&col.Batch{N: len(slots), Cols: args, W: w}).Gather(a.rows)
	a.aggregator.add(a.slots, b.Cols, b.W)
}

func (a *filtered) memBytes() int64 {
	return a.aggregator.memBytes() + int64(4*cap(a.rows)+4*cap(a.slots))
}

// weightOf returns the weight of row i; nil means 1 each.
func weightOf(w []int32, i int) int32 {
	if w == nil {
		return 1
	}
	return w[i]
}

// anyNull reports whether row i has a NULL in some column.
func anyNull(cols []*col.Vec, i int) bool {
	for _, v := range cols {
		if v.IsNull(i) {
			return true
		}
	}
	return false
}
