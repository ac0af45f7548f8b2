package op

import (
	"slices"

	"millrace/exec/state"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// RecursiveSpec defines a recursive query; see plan.Recursive.
type RecursiveSpec struct {
	Types []types.Type // of a row of the result
	// All keeps every row that is found (UNION ALL); else a row counts in the first
	// iteration that finds it, and in no later one (UNION).
	All bool
	// Step runs the recursive term on the changes of one iteration: rows with the
	// number of the iteration behind them. What it makes of them comes back by Push on
	// port 1 before Step returns, with the same number.
	Step func(c *Ctx, b *col.Batch)
	// Once: there is a single epoch, whose rows are only added. Rows are emitted as they
	// are found, and no longer than they are wanted.
	Once bool
	// IterationsMax and BytesMax bound what one epoch may do: so many iterations, and so
	// much memory of rows that wait for theirs. 0 is no bound.
	IterationsMax, BytesMax int64
}

// Recursive computes the fixpoint of a recursive query. Port 0 takes the rows of the
// non-recursive term, which are iteration 0; port 1 what Step finds.
//
// Iterations are nested time: state of the recursive term carries the number of the
// iteration in every row (the planner sees to that), so that one copy of its operators
// serves all iterations. An epoch handles the iterations that change in ascending
// order. What iteration i is given is complete when it is handled, since Step makes
// rows of iteration i+1 from those of i only. For UNION, a row belongs to the first
// iteration that has it as a candidate; when that changes, a later iteration that has
// to take the row over, or let go of it, is handled in its turn and not before: its
// own candidates may be about to vanish, as in a cycle that has lost its entry. (This
// is the nested fixpoint of Budiu et al., DBSP, VLDB 2023.)
type Recursive struct {
	spec    RecursiveSpec
	pending iterations
	bytes   int64 // of batches in pending
	result  []*col.Batch

	seen seenRows
	out  rowOut
}

// NewRecursive returns a recursive query.
func NewRecursive(spec RecursiveSpec) *Recursive {
	o := &Recursive{spec: spec, out: newRowOut(spec.Types)}
	o.seen.init(spec.Types)
	return o
}

// Push implements Op.
func (o *Recursive) Push(c *Ctx, port int, b *col.Batch, _ Emit) {
	if c.Err() != nil {
		return
	}
	if port == 0 {
		o.add(0, b)
		return
	}
	n := len(o.spec.Types)
	iterations := b.Cols[n].Fix
	rows := &col.Batch{N: b.N, Cols: b.Cols[:n:n], W: b.W}
	if first := iterations[0]; !slices.ContainsFunc(iterations, func(i int64) bool { return i != first }) {
		o.add(first+1, rows)
		return
	}
	byIteration := map[int64][]int32{}
	var order []int64
	for i, it := range iterations {
		if byIteration[it] == nil {
			order = append(order, it)
		}
		byIteration[it] = append(byIteration[it], int32(i))
	}
	for _, it := range order {
		o.add(it+1, rows.Gather(byIteration[it]))
	}
}

func (o *Recursive) add(iteration int64, b *col.Batch) {
	it := o.pending.at(iteration)
	it.batches = append(it.batches, b)
	o.bytes += b.MemBytes()
}

// EndEpoch implements Op.
func (o *Recursive) EndEpoch(c *Ctx, out Emit) {
	for len(o.pending.list) > 0 && c.Poll() == nil && !(o.spec.Once && c.enough()) {
		it := o.pending.pop()
		if err := o.bounded(it.number); err != nil {
			c.Fail(err)
			break
		}
		o.iterate(c, it, out)
	}
	o.pending.list, o.bytes = nil, 0
	o.seen.endEpoch()
	if c.Err() != nil || len(o.result) == 0 {
		o.result = nil
		return
	}
	b := col.Consolidate(col.Concat(o.spec.Types, o.result...))
	o.result = nil
	emitRows(b, out)
}

func (o *Recursive) bounded(iteration int64) error {
	var err *pgerr.Error
	switch {
	case o.spec.IterationsMax > 0 && iteration > o.spec.IterationsMax:
		err = pgerr.Newf(pgerr.StatementTooComplex, "recursive query has not ended after %d iterations", o.spec.IterationsMax)
	case o.spec.BytesMax > 0 && o.bytes > o.spec.BytesMax:
		err = pgerr.Newf(pgerr.StatementTooComplex, "an iteration of a recursive query has more than %d bytes of rows", o.spec.BytesMax)
	default:
		return nil
	}
	return err.WithHint("A continuous query must come to an end: use UNION instead of UNION ALL, or stop at a depth.")
}

// iterate handles what has come for one iteration.
func (o *Recursive) iterate(c *Ctx, it *iteration, out Emit) {
	var b *col.Batch
	if len(it.batches) > 0 {
		for _, x := range it.batches {
			o.bytes -= x.MemBytes()
		}
		b = col.Consolidate(col.Concat(o.spec.Types, it.batches...))
	}
	take := func(b *col.Batch) {
		if o.spec.Once {
			out(b)
		} else {
			o.result = append(o.result, b)
		}
		cols := append(b.Cols[:len(b.Cols):len(b.Cols)], col.Const(types.Int8, types.FixedDatum(it.number), b.N))
		o.spec.Step(c, &col.Batch{N: b.N, Cols: cols, W: b.W})
	}
	if o.spec.All {
		if b != nil && b.N > 0 {
			take(b)
		}
		return
	}
	var changes []*col.Batch // the step may come back before the last one is known
	o.out.start(func(b *col.Batch) { changes = append(changes, b) })
	o.seen.settle(it, b, &o.out, func(slot int32, later int64) {
		next := o.pending.at(later)
		next.slots = append(next.slots, slot)
	})
	o.out.flush()
	for _, b := range changes {
		take(b)
	}
}

// MemBytes implements Op.
func (o *Recursive) MemBytes() int64 { return o.bytes + o.seen.memBytes() }

// Save implements Op.
func (o *Recursive) Save(w *state.Saver) {
	if !o.spec.All {
		o.seen.save(w)
	}
}

// Load implements Op.
func (o *Recursive) Load(r *state.Loader) error {
	if o.spec.All {
		return nil
	}
	return o.seen.load(r)
}

// iteration is what waits for one iteration: candidates, and rows already there whose
// first iteration may have become this one, or no longer be it.
type iteration struct {
	number  int64
	batches []*col.Batch
	slots   []int32
}

// iterations are those that wait, by number.
type iterations struct{ list []*iteration }

func (l *iterations) at(number int64) *iteration {
	at, ok := slices.BinarySearchFunc(l.list, number, func(it *iteration, n int64) int { return int(it.number - n) })
	if !ok {
		l.list = slices.Insert(l.list, at, &iteration{number: number})
	}
	return l.list[at]
}

// pop takes the first one out.
func (l *iterations) pop() *iteration {
	it := l.list[0]
	l.list = l.list[1:]
	return it
}

var _ Op = (*Recursive)(nil)
