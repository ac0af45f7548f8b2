package op

import (
	"slices"

	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/types"
)

// frameAgg computes an aggregate over the frame of each row.
type frameAgg interface {
	eval(r *frameRun, out *col.Builder)
}

// frameRun is the rows of one computation.
type frameRun struct {
	env   *builtin.Env
	s     *stretch
	frame *framer
	cells *cells
	// total is the sum over the partition of a running aggregate, else nil.
	total builtin.Accumulators
	slot  int32
}

func newFrameAgg(c *WindowSpec) frameAgg {
	switch {
	case c.Agg == nil:
		return nil
	case isLinear(c.Agg):
		return &slidingSum{acc: c.Agg.New(c.ArgTypes)}
	case c.Agg.Extreme != 0:
		return &slidingExtreme{sign: c.Agg.Extreme, t: c.ArgTypes[0].Base(), excludes: c.Frame.Exclude != builtin.ExcludeNothing}
	}
	return &frameCollector{agg: c.Agg, types: c.ArgTypes}
}

// cells shows rows of a call's arguments as vectors of one row, without allocation.
type cells struct {
	keepNulls bool
	vecs      []*col.Vec
	filter    *col.Vec
	args      []*col.Vec
	one       []col.Vec
}

var oneNull = col.Bitmap{1}

func newCells(c *WindowSpec, cols []*col.Vec, need []int) *cells {
	out := &cells{vecs: argVecs(c.Args, cols, need), one: make([]col.Vec, len(c.Args)), keepNulls: true}
	if c.Agg != nil {
		out.keepNulls = c.Agg.KeepNulls
	}
	for i := range out.one {
		out.args = append(out.args, &out.one[i])
	}
	if c.Filter >= 0 {
		out.filter = argVecs([]int{c.Filter}, cols, need)[0]
	}
	return out
}

// counts reports whether row i goes into the aggregate.
func (c *cells) counts(i int) bool {
	if c.filter != nil && !c.filter.Bool(i) {
		return false
	}
	return c.keepNulls || !anyNull(c.vecs, i)
}

// point makes args those of row i, if it counts.
func (c *cells) point(i int) bool {
	if !c.counts(i) {
		return false
	}
	for k, v := range c.vecs {
		one := &c.one[k]
		*one = col.Vec{Type: v.Type, N: 1}
		if v.Type.IsFixed() {
			one.Fix = v.Fix[i : i+1]
		} else {
			one.Off, one.Buf = v.Off[i:i+2], v.Buf
		}
		if v.IsNull(i) {
			one.Nulls = oneNull
		}
	}
	return true
}

// slidingSum is an aggregate from which rows can be taken away: it follows the frame.
type slidingSum struct {
	acc builtin.Accumulators
	buf []byte
}

var (
	slotZero = []int32{0}
	minusOne = []int32{-1}
)

func (a *slidingSum) eval(r *frameRun, out *col.Builder) {
	a.acc.Grow(1)
	a.acc.Reset(0)
	a.before(r)
	from, to := 0, 0
	for i := range r.s.n {
		f, t := r.frame.bounds(i)
		t = max(f, t)
		for ; to < t; to++ {
			a.add(r, to, nil)
		}
		for ; from < f; from++ {
			a.add(r, from, minusOne)
		}
		cut := r.frame.excluded(i, f, t)
		a.addSpans(r, cut, minusOne)
		a.acc.Result(0, out)
		a.addSpans(r, cut, nil)
	}
}

// before makes the sum that of the partition's rows before the stretch: the total
// without the rows at hand.
func (a *slidingSum) before(r *frameRun) {
	if r.total == nil {
		return
	}
	a.buf = r.total.AppendState(a.buf[:0], r.slot)
	if _, err := a.acc.LoadState(0, a.buf); err != nil {
		panic(err)
	}
	for i := range r.s.n {
		a.add(r, i, minusOne)
	}
}

func (a *slidingSum) add(r *frameRun, i int, w []int32) {
	if r.cells.point(i) {
		a.acc.Add(slotZero, r.cells.args, w)
	}
}

func (a *slidingSum) addSpans(r *frameRun, spans builtin.Spans, w []int32) {
	for _, s := range spans {
		for i := s.From; i < s.To; i++ {
			a.add(r, int(i), w)
		}
	}
}

// slidingExtreme is min or max: a queue of the rows that may still become the extreme,
// the current one first. With EXCLUDE it looks at every row of the frame.
type slidingExtreme struct {
	sign     int
	t        types.Type
	excludes bool
	queue    []int32
}

func (a *slidingExtreme) eval(r *frameRun, out *col.Builder) {
	v := r.cells.vecs[0]
	a.queue = a.queue[:0]
	to := 0
	for i := range r.s.n {
		if a.excludes {
			a.scan(r, r.frame.frame(i), out)
			continue
		}
		f, t := r.frame.bounds(i)
		for ; to < t; to++ {
			a.enter(r, v, to)
		}
		for len(a.queue) > 0 && int(a.queue[0]) < f {
			a.queue = a.queue[1:]
		}
		if len(a.queue) == 0 || f >= t {
			out.Null()
			continue
		}
		out.From(v, int(a.queue[0]))
	}
}

// enter puts a row at the end of the queue, instead of those that it beats.
func (a *slidingExtreme) enter(r *frameRun, v *col.Vec, i int) {
	if !r.cells.counts(i) {
		return
	}
	for n := len(a.queue); n > 0 && a.beats(v, i, int(a.queue[n-1])); n-- {
		a.queue = a.queue[:n-1]
	}
	a.queue = append(a.queue, int32(i))
}

// beats reports whether the value of row i is further out than that of row j.
func (a *slidingExtreme) beats(v *col.Vec, i, j int) bool {
	if v.Type.IsFixed() {
		return types.CompareRaw(a.t, v.Fix[i], nil, v.Fix[j], nil)*a.sign > 0
	}
	return types.CompareRaw(a.t, 0, v.Bytes(i), 0, v.Bytes(j))*a.sign > 0
}

func (a *slidingExtreme) scan(r *frameRun, spans builtin.Spans, out *col.Builder) {
	best := -1
	for _, s := range spans {
		for i := int(s.From); i < int(s.To); i++ {
			if r.cells.counts(i) && (best < 0 || a.beats(r.cells.vecs[0], i, best)) {
				best = i
			}
		}
	}
	if best < 0 {
		out.Null()
		return
	}
	out.From(r.cells.vecs[0], best)
}

// frameCollector is an aggregate that is computed from all rows of the frame. Rows with
// the same frame share the result.
type frameCollector struct {
	agg   *builtin.Agg
	types []types.Type
}

func (a *frameCollector) eval(r *frameRun, out *col.Builder) {
	var last builtin.Spans
	var d types.Datum
	var err error
	for i := range r.s.n {
		if spans := r.frame.frame(i); i == 0 || spans != last {
			last = spans
			d, err = a.collect(r, spans)
		}
		if err != nil {
			out.Err(err)
		} else {
			out.Datum(d)
		}
	}
}

func (a *frameCollector) collect(r *frameRun, spans builtin.Spans) (types.Datum, error) {
	var rows []int32
	for _, s := range spans {
		for i := s.From; i < s.To; i++ {
			if r.cells.counts(int(i)) {
				rows = append(rows, i)
			}
		}
	}
	if len(rows) == 0 {
		return types.Null, nil
	}
	args := slices.Clone(r.cells.vecs)
	for i, v := range args {
		args[i] = v.Gather(rows)
	}
	return a.agg.Collect(&builtin.Collected{Env: r.env, Args: args, ArgTypes: a.types, N: len(rows)})
}
