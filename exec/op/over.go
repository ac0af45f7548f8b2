package op

import (
	"encoding/binary"
	"slices"

	"millrace/exec/state"
	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// OverSpec defines an Over.
type OverSpec struct {
	In        []types.Type
	Partition []int
	Order     []SortKey
	// Unordered: all rows of a partition are peers, and Order only says which come first.
	Unordered bool
	Calls     []WindowSpec
}

// WindowSpec is one call with OVER; arguments and filter are columns of the input.
type WindowSpec struct {
	Func     *builtin.WindowFunc // nil for an aggregate
	Agg      *builtin.Agg        // nil for a window function
	Args     []int
	ArgTypes []types.Type
	Filter   int // boolean column, -1 for none
	Frame    builtin.Frame
	// StartOffset and EndOffset are the distances of the frame's bounds where they have
	// one, not negative: int8, or in RANGE mode of the type that
	// builtin.RangeOffsetType says.
	StartOffset, EndOffset types.Datum
	// Distance is how many rows away lag and lead look at most, -1 when unknown.
	Distance int64
	Type     types.Type // of the result
}

// Over appends the results of window functions to each row. All rows are in a tree,
// ordered by partition, ORDER BY and the whole row. In EndEpoch each touched partition
// is computed as it was and as it is, as far as the changes reach (reach), and the
// difference is emitted.
type Over struct {
	spec  OverSpec
	reach reach
	parts state.Keys
	tree  state.Tree
	part  keyer
	slots []int32
	row   []byte
	out   rowOut

	// By partition: what Save keeps.
	rows   []int64 // number of rows
	groups []int64 // number of groups of peers, where reach.counted
	totals []builtin.Accumulators

	// Of this epoch: the changed rows of each touched partition, in lists.
	changes []rowChange
	buf     []byte
	lists   []changeList // by position in parts.Touched
	listOf  []int32      // by partition

	need   []int // columns that the calls read, ascending
	frames []*framer
	aggs   []frameAgg
	a, b   stretch // the partition before and after
}

// rowChange is a row with its tree key in buf; next is the next of its partition + 1.
type rowChange struct {
	off, key, end int
	w             int64
	next          int32
}

type changeList struct{ first, last int32 }

// NewOver returns the operator for calls with OVER that have one PARTITION BY and ORDER BY.
func NewOver(spec OverSpec) *Over {
	o := &Over{spec: spec, part: keyer{cols: spec.Partition}, reach: newReach(spec)}
	out := slices.Clone(spec.In)
	for i := range spec.Calls {
		c := &spec.Calls[i]
		out = append(out, c.Type)
		o.need = append(o.need, c.Args...)
		if c.Filter >= 0 {
			o.need = append(o.need, c.Filter)
		}
		f := newFramer(c, spec.Order, spec.In)
		if f.ranged() {
			o.need = append(o.need, spec.Order[0].Col)
		}
		o.frames = append(o.frames, f)
		o.aggs = append(o.aggs, newFrameAgg(c))
		var total builtin.Accumulators
		if o.reach.counted && runs(c) {
			total = c.Agg.New(c.ArgTypes)
		}
		o.totals = append(o.totals, total)
	}
	slices.Sort(o.need)
	o.need = slices.Compact(o.need)
	o.out = newRowOut(out)
	return o
}

// Push implements Op.
func (o *Over) Push(c *Ctx, _ int, b *col.Batch, _ Emit) {
	if c.Err() != nil {
		return
	}
	arena, off := o.part.keys(b)
	o.slots = o.parts.FindOrAddAll(o.slots[:0], arena, off)
	o.grow(o.parts.Cap())
	for i, slot := range o.slots {
		if o.parts.Touch(slot) {
			o.listOf[slot] = int32(len(o.lists))
			o.lists = append(o.lists, changeList{first: -1})
		}
		ch := rowChange{off: len(o.buf), w: int64(b.Weight(i))}
		o.buf = binary.BigEndian.AppendUint32(o.buf, uint32(slot))
		o.buf = appendSortKeys(o.buf, o.spec.Order, b, i)
		ch.key = len(o.buf)
		o.buf = col.AppendRow(o.buf, b.Cols, i)
		ch.end = len(o.buf)
		o.append(&o.lists[o.listOf[slot]], ch)
	}
}

func (o *Over) grow(n int) {
	o.rows, o.listOf, o.groups = growTo(o.rows, n), growTo(o.listOf, n), growTo(o.groups, n)
	for _, t := range o.totals {
		if t != nil {
			t.Grow(n)
		}
	}
}

func (o *Over) append(l *changeList, ch rowChange) {
	n := int32(len(o.changes))
	o.changes = append(o.changes, ch)
	if l.first < 0 {
		l.first = n
	} else {
		o.changes[l.last].next = n + 1
	}
	l.last = n
}

// EndEpoch implements Op.
func (o *Over) EndEpoch(c *Ctx, out Emit) {
	if c.Err() != nil {
		return
	}
	o.out.start(out)
	for i, slot := range o.parts.Touched() {
		o.partition(c, slot, o.lists[i])
		if o.rows[slot] == 0 {
			o.free(slot)
		}
	}
	o.out.flush()
	o.parts.EndEpoch()
	o.changes, o.buf, o.lists = o.changes[:0], o.buf[:0], o.lists[:0]
}

func (o *Over) free(slot int32) {
	o.groups[slot] = 0
	for _, t := range o.totals {
		if t != nil {
			t.Reset(slot)
		}
	}
	o.parts.Remove(slot)
}

// partition applies the changes of one partition and emits what they did.
func (o *Over) partition(c *Ctx, slot int32, l changeList) {
	at := o.extent(c.Env, binary.BigEndian.AppendUint32(nil, uint32(slot)), l)
	o.read(c.Env, &o.a, slot, at)
	o.compute(c, &o.a, slot)
	groups := o.groups[slot] - o.a.groupCount()
	o.apply(slot, l)
	o.read(c.Env, &o.b, slot, at)
	if o.reach.counted {
		o.groups[slot] = groups + o.b.groupCount()
	}
	o.compute(c, &o.b, slot)
	o.diff(c, &o.a, &o.b)
}

func (o *Over) apply(slot int32, l changeList) {
	for i := l.first; i >= 0; i = o.changes[i].next - 1 {
		ch := &o.changes[i]
		o.tree.Add(o.buf[ch.off:ch.key], o.buf[ch.key:ch.end], ch.w)
		o.rows[slot] += ch.w
	}
	if o.reach.counted {
		o.addTotals(slot, l)
	}
}

// addTotals adds the changed rows to the partition's totals.
func (o *Over) addTotals(slot int32, l changeList) {
	bs := builders(pickTypes(o.spec.In, o.need), 0)
	var w []int32
	for i := l.first; i >= 0; i = o.changes[i].next - 1 {
		ch := &o.changes[i]
		o.decode(o.buf[ch.key:ch.end], bs)
		w = append(w, int32(ch.w))
	}
	cols := vecs(bs)
	for k, t := range o.totals {
		if t == nil {
			continue
		}
		cell := newCells(&o.spec.Calls[k], cols, o.need)
		for i := range w {
			if cell.point(i) {
				t.Add([]int32{slot}, cell.args, w[i:i+1])
			}
		}
	}
}

// decode appends the columns that calls read of an exact row.
func (o *Over) decode(row []byte, to []*col.Builder) {
	if _, err := col.DecodeRowCols(row, o.spec.In, o.need, to); err != nil {
		panic(pgerr.Bug("row in operator state: %v", err))
	}
}

// MemBytes implements Op.
func (o *Over) MemBytes() int64 {
	total := o.parts.MemBytes() + o.tree.MemBytes() + o.part.memBytes() + o.a.memBytes() + o.b.memBytes() +
		int64(8*cap(o.rows)+8*cap(o.groups)+4*cap(o.listOf)+4*cap(o.slots)+cap(o.row)+cap(o.buf)+
			40*cap(o.changes)+8*cap(o.lists))
	for _, t := range o.totals {
		if t != nil {
			total += t.MemBytes()
		}
	}
	return total
}

// Save implements Op.
func (o *Over) Save(w *state.Saver) {
	o.parts.Save(w, tagKeys, func(dst []byte, slot int32) []byte {
		dst = binary.AppendVarint(dst, o.rows[slot])
		dst = binary.AppendVarint(dst, o.groups[slot])
		for _, t := range o.totals {
			if t != nil {
				dst = t.AppendState(dst, slot)
			}
		}
		return dst
	})
	o.tree.Save(w, tagTree)
}

// Load implements Op.
func (o *Over) Load(r *state.Loader) error {
	err := o.parts.Load(r, tagKeys, o.loadPartition)
	if err != nil {
		return err
	}
	return o.tree.Load(r, tagTree)
}

func (o *Over) loadPartition(slot int32, b []byte) error {
	o.grow(int(slot) + 1)
	for _, p := range []*int64{&o.rows[slot], &o.groups[slot]} {
		n, k := binary.Varint(b)
		if k <= 0 {
			return errState("over")
		}
		*p, b = n, b[k:]
	}
	for _, t := range o.totals {
		if t == nil {
			continue
		}
		var err error
		if b, err = t.LoadState(slot, b); err != nil {
			return err
		}
	}
	return nil
}

var _ Op = (*Over)(nil)
