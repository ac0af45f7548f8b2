package op

import (
	"bytes"
	"encoding/binary"
	"slices"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// SortSpec defines a Sort or a TopN.
type SortSpec struct {
	Types []types.Type
	Keys  []SortKey
	// Limit is the number of rows to keep, -1 for all; Offset of those to skip first.
	Limit, Offset int64
	WithTies      bool  // rows that equal the last one by Keys stay too
	Partition     []int // the first rows of each group
	AppendOnly    bool  // the input never retracts
	// Ordered: the operator runs once, over rows that are only added, and the order of
	// what it emits matters. Else it maintains a set.
	Ordered bool
}

// NewSort returns the operator for ORDER BY, LIMIT and OFFSET: a Sort when order
// matters, else (and for the first rows of each group) a TopN.
func NewSort(spec SortSpec) Op {
	spec.WithTies = spec.WithTies && spec.Limit > 0
	if spec.Ordered && len(spec.Partition) == 0 {
		return &Sort{spec: spec}
	}
	if spec.few() {
		return newTopFew(spec)
	}
	return newTopN(spec)
}

// NewNumbered returns an operator for the rows of a Top-N with their row_number in its
// order behind them, nil if there is none for this one.
func NewNumbered(spec SortSpec) Op {
	if !spec.few() {
		return nil
	}
	o := newTopFew(spec)
	o.numbered = true
	o.out = newRowOut(concat(spec.Types, []types.Type{types.Int8}))
	return o
}

// few reports whether TopFew can do it.
func (s SortSpec) few() bool {
	return s.AppendOnly && !s.WithTies && s.Offset == 0 && s.Limit > 0 && s.Limit <= topFewMax
}

// top is how many of the first rows matter, -1 for all.
func (s SortSpec) top() int64 {
	if s.Limit < 0 || s.Limit+s.Offset < 0 {
		return -1
	}
	return s.Limit + s.Offset
}

// Sort is ORDER BY, LIMIT and OFFSET of a pull query: it gathers all rows and emits
// them in order. With a limit it drops what cannot be among the first from time to
// time. Without keys it passes rows on as they come, up to the limit.
type Sort struct {
	stateless
	spec    SortSpec
	batches []*col.Batch
	rows    []sortRow
	keys    []byte // sort keys of rows
	retract bool   // some weight is negative
	seen    int64  // rows gone by, without keys
	// bound, once rows have been dropped, is the key of the last one kept: rows above
	// it cannot be among the first.
	bound []byte
}

// sortRow is a row of a kept batch with its sort key, the first 8 bytes of which
// are in prefix.
type sortRow struct {
	prefix uint64
	off    uint64
	n      uint32
	batch  int32
	row    int32
	w      int32
}

// Full reports whether the limit is reached, so that more input changes nothing.
func (o *Sort) Full() bool {
	top := o.spec.top()
	return len(o.spec.Keys) == 0 && top >= 0 && o.seen >= top
}

// Push implements Op.
func (o *Sort) Push(c *Ctx, _ int, b *col.Batch, out Emit) {
	switch {
	case c.Err() != nil:
	case len(o.spec.Keys) == 0:
		o.pass(b, out)
	default:
		o.gather(b)
	}
}

// pass emits the rows of b that are after the offset and before the limit.
func (o *Sort) pass(b *col.Batch, out Emit) {
	if o.Full() {
		return
	}
	first, top := o.spec.Offset, o.spec.top()
	if b.W == nil && o.seen >= first && (top < 0 || o.seen+int64(b.N) <= top) {
		o.seen += int64(b.N)
		out(b)
		return
	}
	var rows, w []int32
	for i := range b.N {
		if b.Weight(i) < 0 {
			panic(pgerr.Bug("a pull query retracts a row"))
		}
		from, to := o.seen, o.seen+int64(b.Weight(i))
		o.seen = to
		if top >= 0 {
			to = min(to, top)
		}
		if n := to - max(from, first); n > 0 {
			rows, w = append(rows, int32(i)), append(w, int32(n))
		}
	}
	if len(rows) > 0 {
		res := b.Gather(rows)
		res.W = w
		out(res)
	}
}

func (o *Sort) gather(b *col.Batch) {
	n := int32(len(o.batches))
	o.batches = append(o.batches, b)
	for i := range b.N {
		w := b.Weight(i)
		o.retract = o.retract || w < 0
		from := len(o.keys)
		o.keys = appendSortKeys(o.keys, o.spec.Keys, b, i)
		if o.bound != nil && bytes.Compare(o.keys[from:], o.bound) > 0 {
			o.keys = o.keys[:from]
			continue
		}
		r := sortRow{off: uint64(from), n: uint32(len(o.keys) - from), batch: n, row: int32(i), w: w}
		r.prefix = prefix8(o.keys[from:])
		o.rows = append(o.rows, r)
	}
	if o.retract && o.bound != nil {
		panic(pgerr.Bug("a pull query retracts a row"))
	}
	// Pruning at twice the wanted number keeps its cost linear.
	if top := o.spec.top(); top >= 0 && !o.retract && int64(len(o.rows)) > 2*top+col.BatchRows {
		o.prune()
	}
}

func appendSortKeys(dst []byte, keys []SortKey, b *col.Batch, i int) []byte {
	for _, k := range keys {
		dst = col.AppendSortKey(dst, b.Cols[k.Col], i, k.Desc, k.NullsFirst)
	}
	return dst
}

func prefix8(b []byte) uint64 {
	if len(b) >= 8 {
		return binary.BigEndian.Uint64(b)
	}
	var p [8]byte
	copy(p[:], b)
	return binary.BigEndian.Uint64(p[:])
}

func (o *Sort) key(r *sortRow) []byte { return o.keys[r.off : r.off+uint64(r.n)] }

// sort orders the gathered rows; those with equal keys by the whole row (O2).
func (o *Sort) sort() {
	var a, b []byte
	slices.SortFunc(o.rows, func(x, y sortRow) int {
		if x.prefix != y.prefix {
			if x.prefix < y.prefix {
				return -1
			}
			return 1
		}
		if c := bytes.Compare(o.key(&x), o.key(&y)); c != 0 {
			return c
		}
		a = col.AppendRow(a[:0], o.batches[x.batch].Cols, int(x.row))
		b = col.AppendRow(b[:0], o.batches[y.batch].Cols, int(y.row))
		return bytes.Compare(a, b)
	})
}

// prune keeps the rows that can be among the first, in batches of their own.
func (o *Sort) prune() {
	o.sort()
	o.cut()
	if len(o.rows) == 0 {
		o.bound = []byte{}
	} else {
		o.bound = append([]byte{}, o.key(&o.rows[len(o.rows)-1])...)
	}
	kept := o.output()
	o.batches, o.rows, o.keys = nil, o.rows[:0], o.keys[:0]
	for _, b := range kept {
		o.gatherKept(b)
	}
}

func (o *Sort) gatherKept(b *col.Batch) {
	spec := o.spec
	o.spec.Limit = -1
	o.gather(b)
	o.spec = spec
}

// cut drops the sorted rows behind the limit.
func (o *Sort) cut() {
	top := o.spec.top()
	if top < 0 {
		return
	}
	var seen int64
	for i := range o.rows {
		r := &o.rows[i]
		if seen >= top {
			if o.spec.WithTies && bytes.Equal(o.key(r), o.key(&o.rows[i-1])) {
				continue
			}
			o.rows = o.rows[:i]
			return
		}
		if !o.spec.WithTies {
			r.w = int32(min(int64(r.w), top-seen))
		}
		seen += int64(r.w)
	}
}

// skip drops the sorted rows before the offset.
func (o *Sort) skip() {
	left := o.spec.Offset
	for i := range o.rows {
		if left == 0 {
			o.rows = o.rows[i:]
			return
		}
		n := min(left, int64(o.rows[i].w))
		left -= n
		if o.rows[i].w -= int32(n); o.rows[i].w > 0 {
			o.rows = o.rows[i:]
			return
		}
	}
	o.rows = nil
}

// EndEpoch implements Op.
func (o *Sort) EndEpoch(c *Ctx, out Emit) {
	if c.Err() != nil || len(o.rows) == 0 {
		return
	}
	if o.retract {
		o.consolidate()
	}
	o.sort()
	o.cut()
	o.skip()
	for _, b := range o.output() {
		out(b)
	}
	o.batches, o.rows, o.keys = nil, nil, nil
}

// consolidate sums the weights of equal rows.
func (o *Sort) consolidate() {
	all := col.Consolidate(col.Concat(o.spec.Types, o.batches...))
	o.batches, o.rows, o.keys, o.retract = nil, o.rows[:0], o.keys[:0], false
	o.gatherKept(all)
}

// output copies the rows, in order, into new batches.
func (o *Sort) output() []*col.Batch {
	if len(o.batches) == 1 {
		return o.outputOne()
	}
	var out []*col.Batch
	dst := newRowOut(o.spec.Types)
	dst.start(func(b *col.Batch) { out = append(out, b) })
	for i := range o.rows {
		r := &o.rows[i]
		b := dst.builder()
		for c, v := range o.batches[r.batch].Cols {
			b.Cols[c].From(v, int(r.row))
		}
		dst.end(int64(r.w), 16*len(b.Cols))
	}
	dst.flush()
	return out
}

// outputOne gathers the rows of a single batch column by column.
func (o *Sort) outputOne() []*col.Batch {
	if len(o.rows) == 0 {
		return nil
	}
	rows, w, plain := make([]int32, len(o.rows)), make([]int32, len(o.rows)), true
	for i := range o.rows {
		rows[i], w[i] = o.rows[i].row, o.rows[i].w
		plain = plain && w[i] == 1
	}
	b := o.batches[0].Gather(rows)
	if b.W = w; plain {
		b.W = nil
	}
	return []*col.Batch{b}
}

// MemBytes implements Op.
func (o *Sort) MemBytes() int64 {
	total := int64(32*cap(o.rows) + cap(o.keys))
	for _, b := range o.batches {
		total += b.MemBytes()
	}
	return total
}

var _ Op = (*Sort)(nil)
