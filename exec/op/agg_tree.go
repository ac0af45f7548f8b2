package op

import (
	"bytes"
	"encoding/binary"

	"millrace/exec/state"
	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/types"
)

// appendGroup begins the tree keys of an aggregate's values in one group.
func appendGroup(dst []byte, slot int32, number uint16) []byte {
	return binary.BigEndian.AppendUint16(binary.BigEndian.AppendUint32(dst, uint32(slot)), number)
}

// treeOnly is embedded by aggregators that keep everything in the shared tree, which
// is saved and counted by the Aggregate. A group without rows has no entries.
type treeOnly struct{}

func (treeOnly) grow(int)                                    {}
func (treeOnly) reset(int32)                                 {}
func (treeOnly) appendState(dst []byte, _ int32) []byte      { return dst }
func (treeOnly) loadState(_ int32, b []byte) ([]byte, error) { return b, nil }
func (treeOnly) memBytes() int64                             { return 0 }

// extreme is min or max over input that retracts: all values are in a tree.
type extreme struct {
	treeOnly
	tree   *state.Tree
	number uint16
	spec   AggSpec
	key    []byte
	row    []byte
}

func (a *extreme) add(slots []int32, args []*col.Vec, w []int32) {
	for i, slot := range slots {
		if args[0].IsNull(i) {
			continue
		}
		a.key = col.AppendKey(appendGroup(a.key[:0], slot, a.number), args[:1], i)
		a.row = col.AppendRow(a.row[:0], args[:1], i)
		a.tree.Add(a.key, a.row, int64(weightOf(w, i)))
	}
}

func (a *extreme) result(_ *builtin.Env, slot int32, out *col.Builder) {
	a.key = appendGroup(a.key[:0], slot, a.number)
	var c state.Cursor
	if a.spec.Agg.Extreme < 0 {
		c = a.tree.Seek(a.key)
	} else {
		c = a.tree.SeekBefore(state.Successor(a.key))
	}
	if !c.Valid() || !bytes.HasPrefix(c.Key(), a.key) {
		out.Null()
		return
	}
	mustDecode(c.Payload(), []*col.Builder{out})
}

// collector is an aggregate that is computed from all rows of a group, in order.
type collector struct {
	treeOnly
	tree   *state.Tree
	number uint16
	spec   AggSpec
	types  []types.Type // of what add is given: arguments, then order
	key    []byte
	row    []byte
}

func newCollector(tree *state.Tree, number uint16, in []types.Type, a AggSpec) *collector {
	ts := append([]types.Type(nil), a.ArgTypes...)
	for _, k := range a.OrderBy {
		ts = append(ts, in[k.Col])
	}
	return &collector{tree: tree, number: number, spec: a, types: ts}
}

func (a *collector) add(slots []int32, args []*col.Vec, w []int32) {
	n := len(a.spec.Args)
	for i, slot := range slots {
		if !a.spec.Agg.KeepNulls && anyNull(args[:n], i) {
			continue
		}
		a.key = appendGroup(a.key[:0], slot, a.number)
		for k, by := range a.spec.OrderBy {
			a.key = col.AppendSortKey(a.key, args[n+k], i, by.Desc, by.NullsFirst)
		}
		a.key = col.AppendKey(a.key, args[:n], i)
		a.row = col.AppendRow(a.row[:0], args[:n], i)
		a.tree.Add(a.key, a.row, int64(weightOf(w, i)))
	}
}

func (a *collector) result(env *builtin.Env, slot int32, out *col.Builder) {
	prefix := appendGroup(nil, slot, a.number)
	args := builders(a.spec.ArgTypes, 0)
	n := 0
	for c := a.tree.Seek(prefix); c.Valid() && bytes.HasPrefix(c.Key(), prefix); c.Next() {
		for range c.Weight() {
			mustDecode(c.Payload(), args)
			n++
		}
	}
	if n == 0 {
		out.Null()
		return
	}
	d, err := a.spec.Agg.Collect(&builtin.Collected{Env: env, Args: vecs(args), ArgTypes: a.spec.ArgTypes, N: n})
	if err != nil {
		out.Err(err)
		return
	}
	out.Datum(d)
}
