package op

import (
	"bytes"

	"millrace/exec/state"
	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// reach is how far the results of an Over depend on other rows of the partition. A
// result depends on no row more than back rows before the group of peers of its own
// row, nor on one more than ahead rows behind it; except that
//
//   - whole: some result may depend on any row;
//   - counted: some results depend on the number, or the linear sum, of all rows before.
//     These are found by taking what is read from the partition's totals, so that only
//     the rows from the first change on are read;
//   - ranged: some frames have bounds at a distance of values, which are looked at row
//     by row.
type reach struct {
	whole, counted, ranged bool
	back, ahead            int64
}

// reachMax bounds the rows around a change that are worth looking for.
const reachMax = 1 << 20

func newReach(spec OverSpec) reach {
	all := reach{whole: spec.Unordered || len(spec.Order) == 0}
	for i := range spec.Calls {
		r := reachOf(&spec.Calls[i])
		all.whole = all.whole || r.whole || r.back > reachMax || r.ahead > reachMax
		all.counted = all.counted || r.counted
		all.ranged = all.ranged || r.ranged
		all.back, all.ahead = max(all.back, r.back), max(all.ahead, r.ahead)
	}
	if all.whole {
		return reach{whole: true}
	}
	return all
}

func reachOf(c *WindowSpec) reach {
	if c.Func != nil && c.Func.Sight != builtin.SeesFrame {
		switch c.Func.Sight {
		case builtin.SeesBefore:
			return reach{counted: true}
		case builtin.SeesDistance:
			return reach{whole: c.Distance < 0, back: c.Distance, ahead: c.Distance}
		}
		return reach{whole: true}
	}
	if runs(c) {
		return reach{counted: true}
	}
	var r reach
	f := c.Frame
	r.bound(f.Mode, f.Start, c.StartOffset.I)
	r.bound(f.Mode, f.End, c.EndOffset.I)
	return r
}

func (r *reach) bound(mode builtin.FrameMode, kind builtin.FrameBound, offset int64) {
	switch {
	case kind == builtin.CurrentRow:
	case kind.HasOffset() && mode == builtin.FrameRange:
		r.ranged = true
	case !kind.HasOffset() || mode != builtin.FrameRows:
		r.whole = true
	case kind == builtin.OffsetPreceding:
		r.back = max(r.back, offset)
	default:
		r.ahead = max(r.ahead, offset)
	}
}

// runs reports whether a call is a running aggregate: the sum, in the wide sense, of
// all rows up to the current one, from which rows can be taken away again.
func runs(c *WindowSpec) bool {
	f := c.Frame
	return c.Agg != nil && isLinear(c.Agg) && f.Start == builtin.UnboundedPreceding && f.End == builtin.CurrentRow
}

// isLinear reports whether rows can be taken away from the aggregate's accumulators.
func isLinear(a *builtin.Agg) bool { return a.New != nil && a.Extreme == 0 }

// place is a key of the tree with the value of the ORDER BY column there, where frames
// are ranged.
type place struct {
	key   []byte
	value types.Datum
}

// extent is the part of a partition that changes reach: rows from the key read on are
// read, results from the key first on may change, and last is the last change.
type extent struct {
	prefix, read, first []byte
	last                place
}

func (o *Over) extent(env *builtin.Env, prefix []byte, l changeList) extent {
	low, high := l.first, l.first
	for i := l.first; i >= 0; i = o.changes[i].next - 1 {
		if bytes.Compare(o.key(i), o.key(low)) < 0 {
			low = i
		}
		if bytes.Compare(o.key(i), o.key(high)) > 0 {
			high = i
		}
	}
	at := extent{prefix: prefix, last: o.place(high)}
	if o.reach.whole {
		at.read, at.first = prefix, prefix
		return at
	}
	begin := o.place(low)
	first := o.back(begin, o.reach.ahead, prefix, func(f *framer, x place) bool {
		return f.endReaches(env, begin.value, x.value)
	})
	at.first = first.key
	at.read = o.back(first, o.reach.back, prefix, func(f *framer, x place) bool {
		return f.startReaches(env, x.value, first.value)
	}).key
	return at
}

func (o *Over) key(i int32) []byte { return o.buf[o.changes[i].off:o.changes[i].key] }

func (o *Over) place(i int32) place {
	return place{key: o.key(i), value: o.orderValue(o.buf[o.changes[i].key:o.changes[i].end])}
}

// orderValue is the ORDER BY column of an exact row, where frames are ranged.
func (o *Over) orderValue(row []byte) types.Datum {
	if !o.reach.ranged {
		return types.Null
	}
	at := o.spec.Order[0].Col
	b := col.NewBuilder(o.spec.In[at], 1)
	if _, err := col.DecodeRowCols(row, o.spec.In, []int{at}, []*col.Builder{b}); err != nil {
		panic(pgerr.Bug("row in operator state: %v", err))
	}
	return b.Vec().Datum(0)
}

// back goes back from a place over whole groups of peers, n rows at least and as long
// as a ranged frame says that the row before is near.
func (o *Over) back(p place, n int64, prefix []byte, near func(f *framer, x place) bool) place {
	for {
		c := o.tree.SeekBefore(p.key)
		if !c.Valid() || !bytes.HasPrefix(c.Key(), prefix) {
			return p
		}
		x := o.at(&c)
		if n <= 0 && !o.anyRanged(func(f *framer) bool { return near(f, x) }) {
			return p
		}
		for p = x; c.Valid() && bytes.Equal(c.Key(), p.key); c.Prev() {
			n -= max(c.Weight(), 0)
		}
	}
}

func (o *Over) at(c *state.Cursor) place {
	return place{key: bytes.Clone(c.Key()), value: o.orderValue(c.Payload())}
}

func (o *Over) anyRanged(fn func(f *framer) bool) bool {
	for _, f := range o.frames {
		if f.ranged() && fn(f) {
			return true
		}
	}
	return false
}

// startReaches reports whether v is not before the frame of a row with value base, and
// endReaches that it is not behind. A bound without offset reaches the row's peers only,
// which are read in any case.
func (f *framer) startReaches(env *builtin.Env, v, base types.Datum) bool {
	return f.reaches(env, f.call.Frame.Start, f.startRange, false, v, base)
}

func (f *framer) endReaches(env *builtin.Env, v, base types.Datum) bool {
	return f.reaches(env, f.call.Frame.End, f.endRange, true, v, base)
}

func (f *framer) reaches(env *builtin.Env, kind builtin.FrameBound, r *builtin.RangeOffset, less bool, v, base types.Datum) bool {
	switch {
	case !kind.HasOffset():
		return false
	case !v.Set || !base.Set:
		return v.Set == base.Set
	}
	sub := kind == builtin.OffsetPreceding
	if f.key.Desc {
		sub, less = !sub, !less
	}
	ok, err := r.InRange(env, v, base, sub, less)
	return ok || err != nil
}
