package op

import (
	"encoding/binary"

	"millrace/exec/state"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// JoinKind is how rows without a match are treated; see plan.JoinKind.
type JoinKind uint8

// The kinds of join.
const (
	Inner JoinKind = iota
	Left
	Right
	Full
	Semi
	Anti
	Mark
)

// JoinSpec defines a join; see plan.Join.
type JoinSpec struct {
	Kind         JoinKind
	L, R         []types.Type // columns of the inputs
	LKeys, RKeys []int        // none: every pair
	NullSafe     []bool       // per key; nil: none
	Residual     Pred         // over left then right columns; nil is true
	ResidualCols []int        // the columns that Residual reads; nil: any
	AppendOnly   [2]bool      // the left, right input never retracts
	NullAware    bool         // Anti only: NOT IN
	// Once: there is a single epoch, whose rows are only added. Left rows then wait for
	// the end of the epoch and need not be kept. Nothing may be saved.
	Once bool
	// Fetch, with Once, is given all left rows at the end of the epoch. It pushes the right
	// ones that they may match before it returns.
	Fetch func(c *Ctx, left []*col.Batch)
	// Temporal: a left row sees the right side as it is at the end of the epoch, and is
	// not looked at again. Inner and Left only; left rows are only added.
	Temporal bool
}

// NewJoin returns a join: port 0 is the left input, port 1 the right one.
func NewJoin(spec JoinSpec) Op {
	if spec.Kind == Mark || spec.Kind == Anti && spec.NullAware {
		return newMark(spec)
	}
	return newJoin(spec)
}

// Join keeps the rows of both inputs by key. A delta of one side meets the present
// rows of the other side and is then added to its own, so each pair of rows meets
// exactly once. That gives the matches, which are linear.
//
// What is said of rows without a match (NULL-extended rows of outer joins; all of
// semi and anti join) is not: it is settled in EndEpoch, for the rows and keys
// touched in the epoch, from whether they had a match before and have one now.
// Without a residual condition a key either has rows on the other side or not; with
// one, each row counts its matches.
type Join struct {
	spec    JoinSpec
	keys    state.Keys
	sides   [2]joinSide
	matches bool // emits pairs
	tracks  bool // some side is tracked
	out     rowOut

	slots   []int32
	freed   []int32
	pending []*col.Batch // of the left side, with Once
	pairs   pairs
	exact   rower
	hit     []bool // rows of a left delta that have a match, where probe asks for it
}

// joinSide is one input.
type joinSide struct {
	types []types.Type
	keys  keyer
	safe  []bool
	at    int // of its columns in a pair
	rows  state.Multimap
	// track: whether a row has a match decides on output. hasMatch says which of the
	// two cases is shown: a match (semi) or none (outer, anti).
	track    bool
	hasMatch bool
	// skip: rows are counted by key but not kept, since nobody asks for them.
	skip bool

	count    []int64 // by key: weight of all rows; kept when the join tracks
	oldCount []int64 // at the begin of the epoch, of touched keys
	degree   []int64 // by row: weight of its matches; kept with a residual
	old      []oldRow
}

// oldRow is what a touched row was at the begin of the epoch.
type oldRow struct {
	w       int32
	matched bool // with a residual only
	mark    mark // of a MarkJoin
}

func newJoin(spec JoinSpec) *Join {
	j := &Join{spec: spec, matches: spec.Kind < Semi}
	j.sides[0] = joinSide{types: spec.L, keys: keyer{cols: spec.LKeys}, safe: spec.NullSafe}
	j.sides[1] = joinSide{types: spec.R, keys: keyer{cols: spec.RKeys}, safe: spec.NullSafe, at: len(spec.L)}
	for s, only := range spec.AppendOnly {
		if only {
			j.sides[s].rows.SetBag()
		}
	}
	j.sides[0].track = spec.Kind != Inner && spec.Kind != Right
	j.sides[1].track = spec.Kind == Right || spec.Kind == Full
	j.sides[0].hasMatch = spec.Kind == Semi
	j.tracks = spec.Kind != Inner
	j.sides[1].skip = !j.matches && spec.Residual == nil
	ts := spec.L
	if j.matches {
		ts = concat(spec.L, spec.R)
	}
	j.out = newRowOut(ts)
	j.pairs.types = concat(spec.L, spec.R)
	return j
}

// nullKey reports whether row i cannot match because a key is NULL.
func (s *joinSide) nullKey(b *col.Batch, i int) bool {
	for k, c := range s.keys.cols {
		if (s.safe == nil || !s.safe[k]) && b.Cols[c].IsNull(i) {
			return true
		}
	}
	return false
}

// split returns the rows that can match and those that cannot.
func (s *joinSide) split(b *col.Batch) (can, cannot *col.Batch) {
	nulls := false
	for k, c := range s.keys.cols {
		nulls = nulls || (s.safe == nil || !s.safe[k]) && b.Cols[c].Nulls != nil
	}
	if !nulls {
		return b, nil
	}
	var yes, no []int32
	for i := range b.N {
		if s.nullKey(b, i) {
			no = append(no, int32(i))
		} else {
			yes = append(yes, int32(i))
		}
	}
	return b.Gather(yes), b.Gather(no)
}

// Push implements Op.
func (j *Join) Push(c *Ctx, port int, b *col.Batch, out Emit) {
	switch {
	case c.Err() != nil:
	case (j.spec.Once || j.spec.Temporal) && port == 0:
		j.pending = append(j.pending, b)
	default:
		j.push(c, port, b, out)
	}
}

func (j *Join) push(c *Ctx, port int, b *col.Batch, out Emit) {
	own := &j.sides[port]
	b, lone := own.split(b)
	if lone != nil && lone.N > 0 && own.track && !own.hasMatch {
		j.emitLone(own, lone, out)
	}
	if b.N == 0 {
		return
	}
	arena, off := own.keys.keys(b)
	j.slots = j.keys.FindOrAddAll(j.slots[:0], arena, off)
	if j.tracks {
		j.countKeys(port, b)
	}
	if !own.skip {
		j.meet(c, port, b, out)
	}
}

// emitLone emits rows that never have a match, as they are.
func (j *Join) emitLone(own *joinSide, b *col.Batch, out Emit) {
	if !j.matches {
		out(b)
		return
	}
	res := &col.Batch{N: b.N, W: b.W}
	for c, t := range j.out.types {
		if c >= own.at && c < own.at+len(own.types) {
			res.Cols = append(res.Cols, b.Cols[c-own.at])
		} else {
			res.Cols = append(res.Cols, col.Const(t, types.Null, b.N))
		}
	}
	out(res)
}

// countKeys adds the weights of a delta to the counts of its keys, noting the counts
// at the begin of the epoch.
func (j *Join) countKeys(port int, b *col.Batch) {
	for s := range j.sides {
		side := &j.sides[s]
		side.count, side.oldCount = growTo(side.count, j.keys.Cap()), growTo(side.oldCount, j.keys.Cap())
	}
	for i, slot := range j.slots {
		if j.keys.Touch(slot) {
			j.sides[0].oldCount[slot] = j.sides[0].count[slot]
			j.sides[1].oldCount[slot] = j.sides[1].count[slot]
		}
		j.sides[port].count[slot] += int64(b.Weight(i))
	}
}

// meet adds the rows of a delta to their side and forms pairs with the other one.
func (j *Join) meet(c *Ctx, port int, b *col.Batch, out Emit) {
	own, other := &j.sides[port], &j.sides[1-port]
	arena, off := j.exact.rows(b.Cols, b.N)
	degrees := j.tracks && j.spec.Residual != nil
	j.pairs.start(port, b)
	for i, slot := range j.slots {
		id, added := own.rows.Ref(slot, arena[off[i]:off[i+1]])
		if degrees && added {
			own.degree = growTo(own.degree, int(id)+1)
			own.degree[id] = 0
		}
		if own.track {
			own.touch(id)
		}
		w := b.Weight(i)
		if w < 0 && j.spec.AppendOnly[port] {
			panic(pgerr.Bug("retraction of a row that cannot be found"))
		}
		own.rows.AddWeight(id, w)
		if !j.matches && !degrees {
			continue
		}
		for o := other.rows.First(slot); o >= 0; o = other.rows.Next(o) {
			ow := other.rows.Weight(o)
			if ow == 0 && !degrees {
				continue
			}
			j.pairs.add(int32(i), id, o, w*ow, added)
			if len(j.pairs.row) >= col.BatchRows {
				j.flushPairs(c, port, b, out)
				if c.Poll() != nil {
					return
				}
			}
		}
	}
	j.flushPairs(c, port, b, out)
}

// touch notes what a row was at the begin of the epoch.
func (s *joinSide) touch(id int32) {
	if !s.rows.Rows().Touch(id) {
		return
	}
	s.old = growTo(s.old, int(id)+1)
	s.old[id] = oldRow{w: s.rows.Weight(id), matched: s.degree != nil && int(id) < len(s.degree) && s.degree[id] > 0}
}

// flushPairs emits the gathered pairs that satisfy the residual condition.
func (j *Join) flushPairs(c *Ctx, port int, b *col.Batch, out Emit) {
	p := &j.pairs
	if len(p.row) == 0 {
		return
	}
	defer p.clear()
	other := &j.sides[1-port]
	if j.spec.Residual == nil {
		emitRows(p.batch(b, other), out)
		return
	}
	rows, errs := j.spec.Residual.Filter(c.Env, p.some(b, other, j.spec.ResidualCols))
	if len(errs) > 0 {
		reportErrs(c, "join", errs, p.batch(b, other))
	}
	switch {
	case j.spec.Temporal:
		j.noteHits(rows)
	case j.tracks:
		j.addDegrees(port, b, rows)
	}
	if j.matches {
		p.keep(rows)
		emitRows(p.batch(b, other), out)
	}
}

// addDegrees counts the pairs that match for both of their rows.
func (j *Join) addDegrees(port int, b *col.Batch, rows []int32) {
	own, other, p := &j.sides[port], &j.sides[1-port], &j.pairs
	for _, r := range rows {
		if p.fresh[r] {
			own.degree[p.own[r]] += int64(other.rows.Weight(p.other[r]))
		}
		if other.track {
			other.touch(p.other[r])
		}
		other.degree[p.other[r]] += int64(b.Weight(int(p.row[r])))
		own.rows.Rows().MarkDirty(p.own[r])
		other.rows.Rows().MarkDirty(p.other[r])
	}
}

// MemBytes implements Op.
func (j *Join) MemBytes() int64 {
	total := j.keys.MemBytes() + int64(4*cap(j.slots)+4*cap(j.freed)) + j.pairs.memBytes() + j.exact.memBytes()
	for _, b := range j.pending {
		total += b.MemBytes()
	}
	for s := range j.sides {
		side := &j.sides[s]
		total += side.rows.MemBytes() + side.keys.memBytes() +
			int64(8*(cap(side.count)+cap(side.oldCount)+cap(side.degree)+cap(side.old)))
	}
	return total
}

// Save implements Op.
func (j *Join) Save(w *state.Saver) {
	j.keys.Save(w, tagKeys, func(dst []byte, slot int32) []byte {
		if !j.tracks {
			return dst
		}
		return binary.AppendVarint(binary.AppendVarint(dst, j.sides[0].count[slot]), j.sides[1].count[slot])
	})
	for s := range j.sides {
		side := &j.sides[s]
		side.rows.Save(w, tagRows+byte(s), func(dst []byte, id int32) []byte {
			if side.degree == nil {
				return dst
			}
			return binary.AppendVarint(dst, side.degree[id])
		})
	}
}

// Load implements Op.
func (j *Join) Load(r *state.Loader) error {
	err := j.keys.Load(r, tagKeys, func(slot int32, b []byte) error {
		for s := range j.sides {
			if !j.tracks {
				return nil
			}
			n, k := binary.Varint(b)
			if k <= 0 {
				return errState("join")
			}
			side := &j.sides[s]
			side.count, side.oldCount = growTo(side.count, int(slot)+1), growTo(side.oldCount, int(slot)+1)
			side.count[slot] = n
			b = b[k:]
		}
		return nil
	})
	for s := range j.sides {
		if err != nil {
			return err
		}
		side := &j.sides[s]
		err = side.rows.Load(r, tagRows+byte(s), func(id int32, b []byte) error {
			if !j.tracks || j.spec.Residual == nil {
				return nil
			}
			n, k := binary.Varint(b)
			if k <= 0 {
				return errState("join")
			}
			side.degree = growTo(side.degree, int(id)+1)
			side.degree[id] = n
			return nil
		})
	}
	return err
}

var _ Op = (*Join)(nil)
