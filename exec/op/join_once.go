package op

import (
	"millrace/sql/col"
	"millrace/sql/types"
)

// A join that runs once (JoinSpec.Once) holds the left deltas back until the right
// side is complete, and then looks each left row up without keeping it.

// probes reports whether left rows need not be kept: whether they have a match
// follows from their key alone, or is not asked.
func (j *Join) probes() bool {
	return j.spec.Residual == nil || j.spec.Kind == Inner || j.spec.Temporal
}

// pushPending joins the left deltas of a join that runs once.
func (j *Join) pushPending(c *Ctx, out Emit) {
	pending := j.pending
	j.pending = nil
	for _, b := range pending {
		if c.Err() != nil {
			return
		}
		if j.probes() {
			j.probe(c, b, out)
		} else {
			j.push(c, 0, b, out)
		}
	}
}

// probe joins a left delta with the complete right side.
func (j *Join) probe(c *Ctx, b *col.Batch, out Emit) {
	left := &j.sides[0]
	b, lone := left.split(b)
	if lone != nil && lone.N > 0 && left.track && !left.hasMatch {
		j.emitLone(left, lone, out)
	}
	if b.N == 0 {
		return
	}
	arena, off := left.keys.keys(b)
	j.slots = j.keys.FindAll(j.slots[:0], arena, off)
	if j.sides[1].track {
		j.markMatched(b)
	}
	if j.matches {
		j.probeMatches(c, b, out)
	}
	if left.track {
		j.probeLone(b, out)
	}
}

// markMatched counts left rows for the keys of the right side.
func (j *Join) markMatched(b *col.Batch) {
	for i, slot := range j.slots {
		if slot < 0 {
			continue
		}
		if j.keys.Touch(slot) {
			j.sides[0].oldCount[slot], j.sides[1].oldCount[slot] = 0, j.sides[1].count[slot]
		}
		j.sides[0].count[slot] += int64(b.Weight(i))
	}
}

func (j *Join) probeMatches(c *Ctx, b *col.Batch, out Emit) {
	right := &j.sides[1]
	j.hit = append(j.hit[:0], make([]bool, b.N)...)
	j.pairs.start(0, b)
	for i, slot := range j.slots {
		w := b.Weight(i)
		for o := right.rows.First(slot); o >= 0; o = right.rows.Next(o) {
			if ow := right.rows.Weight(o); ow != 0 {
				j.pairs.add(int32(i), 0, o, w*ow, false)
			}
			if len(j.pairs.row) >= col.BatchRows {
				j.flushPairs(c, 0, b, out)
				if c.Poll() != nil {
					return
				}
			}
		}
	}
	j.flushPairs(c, 0, b, out)
}

// noteHits remembers the left rows of the gathered pairs that match.
func (j *Join) noteHits(rows []int32) {
	for _, r := range rows {
		j.hit[j.pairs.row[r]] = true
	}
}

// probeLone emits the left rows whose having or not having a match is the result.
func (j *Join) probeLone(b *col.Batch, out Emit) {
	left, right := &j.sides[0], &j.sides[1]
	var rows []int32
	for i, slot := range j.slots {
		has := slot >= 0 && right.count[slot] > 0
		if j.spec.Residual != nil {
			has = j.hit[i]
		}
		if has == left.hasMatch {
			rows = append(rows, int32(i))
		}
	}
	if len(rows) == 0 {
		return
	}
	if b = b.Gather(rows); !j.matches {
		out(b)
		return
	}
	for _, t := range right.types {
		b.Cols = append(b.Cols, col.Const(t, types.Null, b.N))
	}
	out(b)
}
