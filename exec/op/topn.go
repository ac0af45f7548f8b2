package op

import (
	"bytes"
	"encoding/binary"

	"millrace/exec/state"
	"millrace/sql/col"
)

// TopN keeps the rows of a query with LIMIT or OFFSET, or the first rows of each
// partition. All rows are in an ordered tree; a touched partition compares its first
// rows before and after the epoch. Order itself is not kept: the result is a set.
//
// When the input never retracts, rows behind the first are dropped, and the key of
// the last one that counts turns the like away at once. After an epoch that key
// is a function of the rows kept, so that a reload changes nothing (O2).
type TopN struct {
	spec  SortSpec
	parts state.Keys
	tree  state.Tree
	rows  []int64 // by partition: weight of its rows
	// bounds, by partition, is the key behind which rows do not count, in an input that
	// never retracts.
	bounds state.Cells
	part   keyer
	slots  []int32
	key    []byte
	row    []byte
	out    rowOut
	old    []window // of the touched partitions
	new    window
}

// window is the rows of a partition that are in the result, in order.
type window struct {
	buf []byte // keys and payloads, one behind the other
	ent []windowRow
}

type windowRow struct {
	off, key, end int // of key, payload, and the end
	w             int64
}

func (w *window) full(i int) []byte    { return w.buf[w.ent[i].off:w.ent[i].end] }
func (w *window) payload(i int) []byte { return w.buf[w.ent[i].key:w.ent[i].end] }

func newTopN(spec SortSpec) *TopN {
	return &TopN{spec: spec, part: keyer{cols: spec.Partition}, out: newRowOut(spec.Types)}
}

// Push implements Op.
func (o *TopN) Push(c *Ctx, _ int, b *col.Batch, _ Emit) {
	if c.Err() != nil {
		return
	}
	arena, off := o.part.keys(b)
	o.slots = o.parts.FindOrAddAll(o.slots[:0], arena, off)
	o.rows = growTo(o.rows, o.parts.Cap())
	for i, slot := range o.slots {
		o.key = binary.BigEndian.AppendUint32(o.key[:0], uint32(slot))
		o.key = appendSortKeys(o.key, o.spec.Keys, b, i)
		if o.bounds.Has(slot) && bytes.Compare(o.key, o.bounds.Get(slot)) > 0 {
			continue
		}
		if o.parts.Touch(slot) {
			var w window
			o.read(slot, &w)
			o.old = append(o.old, w)
		}
		o.row = col.AppendRow(o.row[:0], b.Cols, i)
		w := int64(b.Weight(i))
		o.tree.Add(o.key, o.row, w)
		o.rows[slot] += w
		if top := o.spec.top(); o.spec.AppendOnly && top > 0 && o.rows[slot] > 2*top+pruneSlack {
			o.prune(slot)
		}
	}
}

// pruneSlack is how many rows beyond twice the limit a partition of an append-only
// input may have within an epoch.
const pruneSlack = 64

// prune drops the rows of a partition that do not count, and sets its bound.
func (o *TopN) prune(slot int32) {
	top := o.spec.top()
	if o.rows[slot] < top {
		return
	}
	prefix := binary.BigEndian.AppendUint32(nil, uint32(slot))
	c := o.tree.Seek(prefix)
	for ; top > 0 && c.Valid(); c.Next() { // there are as many rows
		if top -= c.Weight(); top <= 0 {
			o.bounds.Put(slot, c.Key())
		}
	}
	var gone window
	for ; c.Valid() && bytes.HasPrefix(c.Key(), prefix); c.Next() {
		if !o.spec.WithTies || !bytes.Equal(c.Key(), o.bounds.Get(slot)) {
			gone.add(&c, c.Weight())
		}
	}
	for i := range gone.ent {
		o.tree.Add(gone.buf[gone.ent[i].off:gone.ent[i].key], gone.payload(i), -gone.ent[i].w)
		o.rows[slot] -= gone.ent[i].w
	}
}

// read appends the rows of a partition that are in the result to w.
func (o *TopN) read(slot int32, w *window) {
	prefix := binary.BigEndian.AppendUint32(nil, uint32(slot))
	skip, left := o.spec.Offset, o.spec.Limit
	var last []byte
	for c := o.tree.Seek(prefix); c.Valid() && bytes.HasPrefix(c.Key(), prefix); c.Next() {
		n := max(c.Weight(), 0)
		s := min(skip, n)
		skip, n = skip-s, n-s
		if n == 0 {
			continue
		}
		switch {
		case o.spec.Limit < 0:
		case left > 0:
			if !o.spec.WithTies {
				n = min(n, left)
			}
			left -= min(n, left)
			last = c.Key()
		case !o.spec.WithTies || last == nil || !bytes.Equal(last, c.Key()):
			return
		}
		w.add(&c, n)
	}
}

func (w *window) add(c *state.Cursor, n int64) {
	e := windowRow{off: len(w.buf), w: n}
	w.buf = append(w.buf, c.Key()...)
	e.key = len(w.buf)
	w.buf = append(w.buf, c.Payload()...)
	e.end = len(w.buf)
	w.ent = append(w.ent, e)
}

// EndEpoch implements Op.
func (o *TopN) EndEpoch(c *Ctx, out Emit) {
	if c.Err() != nil {
		return
	}
	o.out.start(out)
	for i, slot := range o.parts.Touched() {
		o.new.buf, o.new.ent = o.new.buf[:0], o.new.ent[:0]
		o.read(slot, &o.new)
		o.diff(&o.old[i], &o.new)
		if o.spec.AppendOnly && o.spec.top() > 0 {
			o.prune(slot)
		}
		if o.rows[slot] == 0 {
			o.parts.Remove(slot)
		}
	}
	o.out.flush()
	o.parts.EndEpoch()
	clear(o.old)
	o.old = o.old[:0]
}

// diff emits what changed from one window to another; both are in the same order.
func (o *TopN) diff(a, b *window) {
	for i, j := 0, 0; i < len(a.ent) || j < len(b.ent); {
		cmp := 0
		switch {
		case i == len(a.ent):
			cmp = 1
		case j == len(b.ent):
			cmp = -1
		default:
			cmp = bytes.Compare(a.full(i), b.full(j))
		}
		switch {
		case cmp < 0:
			o.emit(a.payload(i), -a.ent[i].w)
			i++
		case cmp > 0:
			o.emit(b.payload(j), b.ent[j].w)
			j++
		default:
			o.emit(a.payload(i), b.ent[j].w-a.ent[i].w)
			i, j = i+1, j+1
		}
	}
}

func (o *TopN) emit(row []byte, w int64) {
	if w != 0 {
		o.out.exact(row, 0, len(o.spec.Types), w)
	}
}

// MemBytes implements Op.
func (o *TopN) MemBytes() int64 {
	return o.parts.MemBytes() + o.tree.MemBytes() + o.bounds.MemBytes() + o.part.memBytes() +
		int64(8*cap(o.rows)+4*cap(o.slots)+cap(o.key)+cap(o.row)+cap(o.new.buf)+32*cap(o.new.ent))
}

// Save implements Op.
func (o *TopN) Save(w *state.Saver) {
	o.parts.Save(w, tagKeys, func(dst []byte, slot int32) []byte {
		return binary.AppendVarint(dst, o.rows[slot])
	})
	o.tree.Save(w, tagTree)
}

// Load implements Op.
func (o *TopN) Load(r *state.Loader) error {
	err := o.parts.Load(r, tagKeys, func(slot int32, b []byte) error {
		o.rows = growTo(o.rows, int(slot)+1)
		return varints(b, "top-n", &o.rows[slot])
	})
	if err != nil {
		return err
	}
	if err := o.tree.Load(r, tagTree); err != nil {
		return err
	}
	for slot := range int32(o.parts.Cap()) {
		if o.spec.AppendOnly && o.spec.top() > 0 && o.parts.Used(slot) {
			o.prune(slot) // sets the bound; there is nothing to drop
		}
	}
	return nil
}

var _ Op = (*TopN)(nil)
