package op

import (
	"bytes"
	"slices"

	"millrace/exec/state"
	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/types"
)

// stretch is the rows of a partition from a group of peers on, with their results. Rows
// of weight n are n rows.
type stretch struct {
	window
	at    []int32 // by entry: its first row
	n     int
	start []int32 // by row: bounds of its group of peers
	end   []int32
	// Results of rows first..last-1 are right; the others lack what they depend on.
	// They are those of the entries firstEnt..lastEnt-1.
	firstEnt, lastEnt int
	cols              []*col.Vec // those of Over.need
	vals              []*col.Vec // results
}

func (s *stretch) reset() {
	s.buf, s.ent, s.at, s.start, s.end = s.buf[:0], s.ent[:0], s.at[:0], s.start[:0], s.end[:0]
	s.n, s.firstEnt, s.lastEnt, s.cols, s.vals = 0, 0, -1, nil, nil
}

func (s *stretch) key(i int) []byte { return s.buf[s.ent[i].off:s.ent[i].key] }

// rowsOf is the rows of entry i.
func (s *stretch) rowsOf(i int) (from, to int) {
	return int(s.at[i]), int(s.at[i]) + int(s.ent[i].w)
}

func (s *stretch) groupCount() int64 {
	n := int64(0)
	for i := range s.n {
		if int(s.start[i]) == i {
			n++
		}
	}
	return n
}

func (s *stretch) memBytes() int64 {
	total := int64(cap(s.buf) + 32*cap(s.ent) + 4*cap(s.at) + 4*cap(s.start) + 4*cap(s.end))
	for _, v := range slices.Concat(s.cols, s.vals) {
		total += v.MemBytes()
	}
	return total
}

// read fills s with the rows that at names, as the tree has them now.
func (o *Over) read(env *builtin.Env, s *stretch, slot int32, at extent) {
	s.reset()
	bs := builders(pickTypes(o.spec.In, o.need), 0)
	end := readEnd{o: o, env: env, at: at}
	if o.rows[slot] == 0 {
		at.read = append(bytes.Clone(at.prefix), 0xff) // nothing to find
	}
	for c := o.tree.Seek(at.read); c.Valid() && bytes.HasPrefix(c.Key(), at.prefix); c.Next() {
		w := max(c.Weight(), 0)
		if w == 0 {
			continue
		}
		fresh := len(s.ent) == 0 || !bytes.Equal(s.key(len(s.ent)-1), c.Key())
		if fresh && end.reached(s, &c) {
			break
		}
		if bytes.Compare(c.Key(), at.last.key) > 0 {
			end.behind += w
		}
		if bytes.Compare(c.Key(), at.first) < 0 {
			s.firstEnt = len(s.ent) + 1
		}
		s.addEntry(&c, w, fresh && (len(s.ent) == 0 || !o.spec.Unordered))
		for range w {
			o.decode(c.Payload(), bs)
		}
	}
	if s.lastEnt < 0 {
		s.lastEnt = len(s.ent)
	}
	s.closeGroups()
	s.cols = vecs(bs)
}

// readEnd finds the end of what changes reach: rows behind the last change that depend
// on it, then rows that these depend on.
type readEnd struct {
	o      *Over
	env    *builtin.Env
	at     extent
	behind int64       // rows behind the last change so far
	closed int64       // those of them whose results may have changed, once that is known
	value  types.Datum // of the last row whose result may have changed
}

// reached reports whether the group of peers at c and those behind it do not matter.
func (e *readEnd) reached(s *stretch, c *state.Cursor) bool {
	r := e.o.reach
	if r.whole || r.counted || bytes.Compare(c.Key(), e.at.last.key) <= 0 {
		return false
	}
	value := e.o.orderValue(c.Payload())
	if s.lastEnt < 0 {
		if e.behind < r.back || e.o.anyRanged(func(f *framer) bool {
			return f.startReaches(e.env, e.at.last.value, value)
		}) {
			return false
		}
		s.lastEnt, e.closed = len(s.ent), e.behind
		if s.lastEnt == 0 {
			return true
		}
		e.value = e.o.orderValue(s.payload(s.lastEnt - 1))
	}
	return e.behind-e.closed >= r.ahead && !e.o.anyRanged(func(f *framer) bool {
		return f.endReaches(e.env, value, e.value)
	})
}

func (s *stretch) addEntry(c *state.Cursor, w int64, fresh bool) {
	s.at = append(s.at, int32(s.n))
	s.add(c, w)
	for range w {
		start := int32(s.n)
		if !fresh {
			start = s.start[s.n-1]
		}
		fresh = false
		s.start = append(s.start, start)
		s.n++
	}
}

func (s *stretch) closeGroups() {
	s.end = slices.Grow(s.end, s.n)[:s.n]
	end := int32(s.n)
	for i := s.n - 1; i >= 0; i-- {
		s.end[i] = end
		if int(s.start[i]) == i {
			end = int32(i)
		}
	}
}

// compute computes the results of a stretch.
func (o *Over) compute(c *Ctx, s *stretch, slot int32) {
	if s.n == 0 {
		return
	}
	rows := builtin.WindowRows{N: s.n, Start: s.start, End: s.end, Total: o.rows[slot]}
	if o.reach.counted {
		rows.Before = o.rows[slot] - int64(s.n)
		rows.GroupsBefore = o.groups[slot] - s.groupCount()
	}
	for k := range o.spec.Calls {
		call := &o.spec.Calls[k]
		out := col.NewBuilder(call.Type, s.n)
		frame := o.frames[k]
		frame.start(c.Env, s, o.need)
		if call.Func != nil {
			rows.Args = argVecs(call.Args, s.cols, o.need)
			rows.Frame = frame.frame
			call.Func.Eval(&rows, out)
		} else {
			cells := newCells(call, s.cols, o.need)
			o.aggs[k].eval(&frameRun{env: c.Env, s: s, frame: frame, cells: cells, total: o.totals[k], slot: slot}, out)
		}
		if frame.err != nil {
			out = col.NewBuilder(call.Type, s.n)
			for range s.n {
				out.Err(frame.err)
			}
		}
		s.vals = append(s.vals, out.Vec())
	}
}

// argVecs picks argument columns out of those at hand.
func argVecs(args []int, cols []*col.Vec, need []int) []*col.Vec {
	out := make([]*col.Vec, len(args))
	for i, a := range args {
		k, _ := slices.BinarySearch(need, a)
		out[i] = cols[k]
	}
	return out
}
