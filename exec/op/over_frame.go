package op

import (
	"slices"

	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// framer finds the frame of each row of a stretch, row after row: both ends only ever
// move on.
type framer struct {
	call       *WindowSpec
	key        SortKey // of RANGE with offsets
	startRange *builtin.RangeOffset
	endRange   *builtin.RangeOffset
	err        error // the first error of moving a value

	env        *builtin.Env
	s          *stretch
	value      *col.Vec
	group      []int32 // GROUPS: the first row of each group, then the number of rows
	groupOf    []int32
	head, tail int // of RANGE with offsets
}

func newFramer(c *WindowSpec, order []SortKey, in []types.Type) *framer {
	f := &framer{call: c}
	if c.Frame.Mode != builtin.FrameRange || !c.Frame.Start.HasOffset() && !c.Frame.End.HasOffset() {
		return f
	}
	f.key = order[0]
	t := in[f.key.Col]
	for _, b := range []struct {
		kind   builtin.FrameBound
		offset types.Datum
		to     **builtin.RangeOffset
	}{{c.Frame.Start, c.StartOffset, &f.startRange}, {c.Frame.End, c.EndOffset, &f.endRange}} {
		if !b.kind.HasOffset() {
			continue
		}
		r, err := builtin.NewRangeOffset(t, b.offset)
		if err != nil {
			panic(pgerr.Bug("offset of a frame: %v", err))
		}
		*b.to = r
	}
	return f
}

func (f *framer) ranged() bool { return f.startRange != nil || f.endRange != nil }

// start prepares for the rows of s.
func (f *framer) start(env *builtin.Env, s *stretch, need []int) {
	f.env, f.s, f.err, f.head, f.tail = env, s, nil, 0, 0
	if f.ranged() {
		f.value = argVecs([]int{f.key.Col}, s.cols, need)[0]
	}
	if f.call.Frame.Mode == builtin.FrameGroups {
		f.number()
	}
}

// number numbers the groups of peers.
func (f *framer) number() {
	f.group, f.groupOf = f.group[:0], slices.Grow(f.groupOf[:0], f.s.n)
	for i, start := range f.s.start {
		if int(start) == i {
			f.group = append(f.group, start)
		}
		f.groupOf = append(f.groupOf, int32(len(f.group)-1))
	}
	f.group = append(f.group, int32(f.s.n))
}

// bounds returns the frame of row i before EXCLUDE: rows from..to-1. Rows must be asked
// for in ascending order.
func (f *framer) bounds(i int) (from, to int) {
	fr := f.call.Frame
	switch {
	case fr.Start == builtin.UnboundedPreceding:
	case fr.Start == builtin.CurrentRow && fr.Mode == builtin.FrameRows:
		from = i
	case fr.Start == builtin.CurrentRow:
		from = int(f.s.start[i])
	default:
		from = f.offsetStart(i)
	}
	switch {
	case fr.End == builtin.UnboundedFollowing:
		to = f.s.n
	case fr.End == builtin.CurrentRow && fr.Mode == builtin.FrameRows:
		to = i + 1
	case fr.End == builtin.CurrentRow:
		to = int(f.s.end[i])
	default:
		to = f.offsetEnd(i)
	}
	return from, to
}

// signedOffset is a bound's distance with its direction, cut to the stretch's size.
func (f *framer) signedOffset(kind builtin.FrameBound, offset types.Datum) int {
	n := int(min(offset.I, int64(f.s.n)+1))
	if kind == builtin.OffsetPreceding {
		return -n
	}
	return n
}

func clamp(i, limit int) int { return min(max(i, 0), limit) }

func (f *framer) offsetStart(i int) int {
	fr := f.call.Frame
	if fr.Mode == builtin.FrameRange {
		return f.rangeHead(i)
	}
	by := f.signedOffset(fr.Start, f.call.StartOffset)
	if fr.Mode == builtin.FrameRows {
		return clamp(i+by, f.s.n)
	}
	return int(f.group[clamp(int(f.groupOf[i])+by, len(f.group)-1)])
}

func (f *framer) offsetEnd(i int) int {
	fr := f.call.Frame
	if fr.Mode == builtin.FrameRange {
		return f.rangeTail(i)
	}
	by := f.signedOffset(fr.End, f.call.EndOffset)
	if fr.Mode == builtin.FrameRows {
		return clamp(i+by+1, f.s.n)
	}
	return int(f.group[clamp(int(f.groupOf[i])+by+1, len(f.group)-1)])
}

// rangeHead moves the head to the first row whose value is within the start's distance.
func (f *framer) rangeHead(i int) int {
	sub := f.call.Frame.Start == builtin.OffsetPreceding
	for ; f.head < f.s.n && f.err == nil; f.head++ {
		if headNull, null := f.value.IsNull(f.head), f.value.IsNull(i); headNull || null {
			// NULLs are apart from all values, on the side where they sort.
			if f.key.NullsFirst && (!headNull || null) || !f.key.NullsFirst && (headNull || !null) {
				break
			}
			continue
		}
		if f.inRange(f.startRange, f.head, i, sub, false) {
			break
		}
	}
	return f.head
}

// rangeTail moves the tail behind the last row whose value is within the end's distance.
func (f *framer) rangeTail(i int) int {
	sub := f.call.Frame.End == builtin.OffsetPreceding
	for ; f.tail < f.s.n && f.err == nil; f.tail++ {
		if tailNull, null := f.value.IsNull(f.tail), f.value.IsNull(i); tailNull || null {
			if f.key.NullsFirst && !tailNull || !f.key.NullsFirst && !null {
				break
			}
			continue
		}
		if !f.inRange(f.endRange, f.tail, i, sub, true) {
			break
		}
	}
	return f.tail
}

func (f *framer) inRange(r *builtin.RangeOffset, v, base int, sub, less bool) bool {
	if f.key.Desc {
		sub, less = !sub, !less
	}
	ok, err := r.InRange(f.env, f.value.Datum(v), f.value.Datum(base), sub, less)
	if err != nil && f.err == nil {
		f.err = err
	}
	return ok
}

// frame returns the frame of row i after EXCLUDE. A function may ask for a row more
// than once, but not go back.
func (f *framer) frame(i int) builtin.Spans {
	from, to := f.bounds(i)
	return f.without(i, from, to)
}

// without cuts what EXCLUDE names out of rows from..to-1.
func (f *framer) without(i, from, to int) builtin.Spans {
	span := func(a, b int) builtin.Span {
		a, b = max(a, from), min(b, to)
		return builtin.Span{From: int32(a), To: int32(max(a, b))}
	}
	start, end := int(f.s.start[i]), int(f.s.end[i])
	switch f.call.Frame.Exclude {
	case builtin.ExcludeCurrentRow:
		return builtin.Spans{span(from, i), span(i+1, to)}
	case builtin.ExcludeGroup:
		return builtin.Spans{span(from, start), span(end, to)}
	case builtin.ExcludeTies:
		return builtin.Spans{span(from, start), span(i, i+1), span(end, to)}
	}
	return builtin.Spans{span(from, to)}
}

// excluded is the rows that EXCLUDE takes out of rows from..to-1.
func (f *framer) excluded(i, from, to int) builtin.Spans {
	cut := func(a, b int) builtin.Span {
		a, b = max(a, from), min(b, to)
		return builtin.Span{From: int32(a), To: int32(max(a, b))}
	}
	start, end := int(f.s.start[i]), int(f.s.end[i])
	switch f.call.Frame.Exclude {
	case builtin.ExcludeCurrentRow:
		return builtin.Spans{cut(i, i+1)}
	case builtin.ExcludeGroup:
		return builtin.Spans{cut(start, end)}
	case builtin.ExcludeTies:
		return builtin.Spans{cut(start, i), cut(i+1, end)}
	}
	return builtin.Spans{}
}
