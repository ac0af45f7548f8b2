package op

import (
	"encoding/binary"

	"millrace/exec/state"
	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/types"
)

// SortKey is one ORDER BY column.
type SortKey struct {
	Col        int
	Desc       bool
	NullsFirst bool
}

// AggSpec is one aggregate of an AggregateSpec; arguments, filter and order are
// columns of the input.
type AggSpec struct {
	Agg      *builtin.Agg
	Args     []int
	ArgTypes []types.Type
	Distinct bool
	Filter   int // boolean column, -1 for none
	OrderBy  []SortKey
	Type     types.Type // of the result
}

// AggregateSpec defines an Aggregate.
type AggregateSpec struct {
	In   []types.Type // columns of the input
	Keys []int        // group by; none: one group that is always there
	Aggs []AggSpec
	// AppendOnly: the input never retracts, so min and max need one value per group.
	// True as well for a query that is run once over rows that are only added (O3).
	AppendOnly bool
}

// Aggregate groups rows and computes aggregates. A group is there as long as it has
// rows; its key columns are those of its first row.
type Aggregate struct {
	spec  AggregateSpec
	keys  state.Keys
	count []int64
	rep   state.Cells // exact key columns
	aggs  []aggregator
	tree  state.Tree // of all aggregates that need order
	dist  distinctTable

	key   keyer
	slots []int32
	row   []byte
	out   rowOut

	// Of this epoch: for each touched group the position of its old result in oldVals.
	oldAt   []int32
	oldVals []*col.Builder
	started bool // the one group of a keyless aggregate has been emitted

	// freed, if not nil, is told of each group before it is removed.
	freed func(slot int32)
}

// aggregator keeps the state of one aggregate for all groups.
type aggregator interface {
	grow(n int)
	// add adds rows: row i of args with weight w[i] (nil: 1) to slots[i].
	add(slots []int32, args []*col.Vec, w []int32)
	result(env *builtin.Env, slot int32, out *col.Builder)
	reset(slot int32)
	appendState(dst []byte, slot int32) []byte
	loadState(slot int32, b []byte) ([]byte, error)
	memBytes() int64
}

// NewAggregate returns an aggregation.
func NewAggregate(spec AggregateSpec) *Aggregate {
	o := &Aggregate{spec: spec, key: keyer{cols: spec.Keys}}
	out := pickTypes(spec.In, spec.Keys)
	for i, a := range spec.Aggs {
		out = append(out, a.Type)
		o.aggs = append(o.aggs, o.aggregator(uint16(i), a))
	}
	o.out = newRowOut(out)
	if len(spec.Keys) == 0 {
		o.keys.FindOrAdd(nil)
		o.newGroup(0, nil, 0)
	}
	return o
}

func (o *Aggregate) aggregator(number uint16, a AggSpec) aggregator {
	var inner aggregator
	switch {
	case a.Agg.Extreme != 0 && !o.spec.AppendOnly:
		inner = &extreme{tree: &o.tree, number: number, spec: a}
		a.Distinct = false
	case a.Agg.Extreme != 0:
		inner = linear{a.Agg.New(a.ArgTypes)}
		a.Distinct = false
	case a.Agg.New != nil:
		inner = linear{a.Agg.New(a.ArgTypes)}
	default:
		inner = newCollector(&o.tree, number, o.spec.In, a)
	}
	if a.Distinct {
		inner = newDistinctArgs(&o.dist, number, inner, o.spec.In, a)
	}
	if a.Filter >= 0 {
		inner = &filtered{aggregator: inner}
	}
	return inner
}

// argCols is the columns that an aggregate is given: arguments, those of its order,
// then its filter.
func (a *AggSpec) argCols() []int {
	out := append([]int(nil), a.Args...)
	for _, k := range a.OrderBy {
		out = append(out, k.Col)
	}
	if a.Filter >= 0 {
		out = append(out, a.Filter)
	}
	return out
}

func (o *Aggregate) newGroup(slot int32, b *col.Batch, i int) {
	o.count = growTo(o.count, int(slot)+1)
	o.count[slot] = 0
	o.row = o.row[:0]
	if b != nil {
		o.row = col.AppendRow(o.row, o.key.vecs, i)
	}
	o.rep.Put(slot, o.row)
	for _, a := range o.aggs {
		a.grow(o.keys.Cap())
	}
}

// Push implements Op.
func (o *Aggregate) Push(c *Ctx, _ int, b *col.Batch, _ Emit) {
	if c.Err() != nil {
		return
	}
	o.slotsOf(b)
	for i, slot := range o.slots {
		if o.keys.Touch(slot) {
			o.keepOld(c.Env, slot)
		}
		o.count[slot] += int64(b.Weight(i))
	}
	o.accumulate(b)
}

// slotsOf sets o.slots to the groups of the rows, making those that are new.
func (o *Aggregate) slotsOf(b *col.Batch) {
	arena, off := o.key.keys(b)
	o.slots = o.keys.FindOrAddAll(o.slots[:0], arena, off)
	for _, i := range o.keys.Added() {
		o.newGroup(o.slots[i], b, int(i))
	}
}

// accumulate adds the rows to the groups of o.slots.
func (o *Aggregate) accumulate(b *col.Batch) {
	for i := range o.aggs {
		args := make([]*col.Vec, 0, 4)
		for _, at := range o.spec.Aggs[i].argCols() {
			args = append(args, b.Cols[at])
		}
		o.aggs[i].add(o.slots, args, b.W)
	}
}

// keepOld notes the result that a group had before this epoch.
func (o *Aggregate) keepOld(env *builtin.Env, slot int32) {
	if !o.shown(slot) {
		o.oldAt = append(o.oldAt, -1)
		return
	}
	if o.oldVals == nil {
		o.oldVals = builders(o.out.types[len(o.spec.Keys):], len(o.slots))
		if len(o.aggs) == 0 {
			o.oldVals = []*col.Builder{}
		}
	}
	at := int32(0)
	for i, a := range o.aggs {
		at = int32(o.oldVals[i].Len())
		a.result(env, slot, o.oldVals[i])
	}
	o.oldAt = append(o.oldAt, at)
}

// shown reports whether the group was in the result at the begin of the epoch, when
// asked at its first touch.
func (o *Aggregate) shown(slot int32) bool {
	if len(o.spec.Keys) == 0 {
		return o.started
	}
	return o.count[slot] > 0
}

// MemBytes implements Op.
func (o *Aggregate) MemBytes() int64 {
	total := o.keys.MemBytes() + o.rep.MemBytes() + o.tree.MemBytes() + o.dist.memBytes() +
		o.key.memBytes() + int64(8*cap(o.count)+4*cap(o.slots)+cap(o.row)+4*cap(o.oldAt))
	for _, a := range o.aggs {
		total += a.memBytes()
	}
	return total
}

// Save implements Op.
func (o *Aggregate) Save(w *state.Saver) {
	o.keys.Save(w, tagKeys, func(dst []byte, slot int32) []byte {
		dst = binary.AppendVarint(dst, o.count[slot])
		rep := o.rep.Get(slot)
		dst = append(binary.AppendUvarint(dst, uint64(len(rep))), rep...)
		for _, a := range o.aggs {
			dst = a.appendState(dst, slot)
		}
		return dst
	})
	o.tree.Save(w, tagTree)
	o.dist.save(w)
	if o.started && len(o.spec.Keys) == 0 {
		w.Put(tagFlags, nil, []byte{1})
	}
}

// Load implements Op.
func (o *Aggregate) Load(r *state.Loader) error {
	empty, err := r.Empty()
	if empty || err != nil {
		return err
	}
	o.keys.Reset()
	if err := o.keys.Load(r, tagKeys, o.loadGroup); err != nil {
		return err
	}
	if err := o.tree.Load(r, tagTree); err != nil {
		return err
	}
	if err := o.dist.load(r); err != nil {
		return err
	}
	flag, err := r.Get(tagFlags, nil)
	o.started = len(flag) > 0
	return err
}

func (o *Aggregate) loadGroup(slot int32, b []byte) error {
	n, k := binary.Varint(b)
	if k <= 0 {
		return errState("aggregate")
	}
	b = b[k:]
	size, k := binary.Uvarint(b)
	if k <= 0 || size > uint64(len(b)-k) {
		return errState("aggregate")
	}
	b = b[k:]
	o.count = growTo(o.count, int(slot)+1)
	o.count[slot] = n
	o.rep.Put(slot, b[:size])
	b = b[size:]
	for _, a := range o.aggs {
		a.grow(int(slot) + 1)
		var err error
		if b, err = a.loadState(slot, b); err != nil {
			return err
		}
	}
	return nil
}

var _ Op = (*Aggregate)(nil)
