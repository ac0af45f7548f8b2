package op

import (
	"encoding/binary"

	"millrace/exec/state"
	"millrace/sql/col"
	"millrace/sql/types"
)

// distinctTable counts the distinct arguments of all DISTINCT aggregates of an
// Aggregate: the key is group, number of the aggregate and arguments.
type distinctTable struct {
	keys  state.Keys
	count []int64
	rep   state.Cells // the arguments that stand for the key, in exact form
}

func (t *distinctTable) memBytes() int64 {
	return t.keys.MemBytes() + t.rep.MemBytes() + int64(8*cap(t.count))
}

func (t *distinctTable) save(w *state.Saver) {
	t.keys.Save(w, tagDistinct, func(dst []byte, slot int32) []byte {
		return append(binary.AppendVarint(dst, t.count[slot]), t.rep.Get(slot)...)
	})
}

func (t *distinctTable) load(r *state.Loader) error {
	return t.keys.Load(r, tagDistinct, func(slot int32, b []byte) error {
		n, k := binary.Varint(b)
		if k <= 0 {
			return errState("aggregate")
		}
		t.count = growTo(t.count, int(slot)+1)
		t.count[slot] = n
		t.rep.Put(slot, b[k:])
		return nil
	})
}

// distinctArgs passes on the first row of equal arguments in a group, and takes that
// very row back when the last of them has gone.
type distinctArgs struct {
	aggregator
	table  *distinctTable
	number uint16
	spec   AggSpec
	types  []types.Type // of arguments and order
	key    []byte
	row    []byte
	slots  []int32
	w      []int32
}

func newDistinctArgs(t *distinctTable, number uint16, inner aggregator, in []types.Type, a AggSpec) *distinctArgs {
	ts := append([]types.Type(nil), a.ArgTypes...)
	for _, k := range a.OrderBy {
		ts = append(ts, in[k.Col])
	}
	return &distinctArgs{aggregator: inner, table: t, number: number, spec: a, types: ts}
}

func (a *distinctArgs) add(slots []int32, args []*col.Vec, w []int32) {
	a.slots, a.w = a.slots[:0], a.w[:0]
	var rows []*col.Builder
	n := len(a.spec.Args)
	for i, slot := range slots {
		if !a.spec.Agg.KeepNulls && anyNull(args[:n], i) {
			continue
		}
		a.key = col.AppendKey(appendGroup(a.key[:0], slot, a.number), args[:n], i)
		d, rep := a.change(args, i, int64(weightOf(w, i)))
		if d == 0 {
			continue
		}
		if rows == nil {
			rows = builders(a.types, 0)
		}
		mustDecode(rep, rows)
		a.slots, a.w = append(a.slots, slot), append(a.w, d)
	}
	if len(a.slots) > 0 {
		a.aggregator.add(a.slots, vecs(rows), a.w)
	}
}

// change counts a row whose key is in a.key. It returns 1 or -1 with the row to pass
// on when the key comes or goes, else 0.
func (a *distinctArgs) change(args []*col.Vec, i int, w int64) (int32, []byte) {
	t := a.table
	slot, added := t.keys.FindOrAdd(a.key)
	if added {
		t.count = growTo(t.count, int(slot)+1)
		t.count[slot] = 0
		a.row = col.AppendRow(a.row[:0], args, i)
		t.rep.Put(slot, a.row)
	}
	t.keys.MarkDirty(slot)
	old := t.count[slot]
	t.count[slot] += w
	rep := t.rep.Get(slot)
	if t.count[slot] == 0 {
		t.rep.Clear(slot)
		t.keys.Remove(slot)
	}
	switch {
	case old <= 0 && old+w > 0:
		return 1, rep
	case old > 0 && old+w <= 0:
		return -1, rep
	}
	return 0, nil
}

func (a *distinctArgs) memBytes() int64 {
	return a.aggregator.memBytes() + int64(cap(a.key)+cap(a.row)+4*cap(a.slots)+4*cap(a.w))
}
