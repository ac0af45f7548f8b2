package op

// EndEpoch implements Op.
func (j *Join) EndEpoch(c *Ctx, out Emit) {
	if c.Err() != nil {
		return
	}
	if j.spec.Fetch != nil {
		j.spec.Fetch(c, j.pending)
	}
	j.pushPending(c, out)
	j.out.start(out)
	for s := range j.sides {
		if j.sides[s].track && !((j.spec.Once || j.spec.Temporal) && s == 0 && j.probes()) {
			j.settle(s)
		}
	}
	j.out.flush()
	j.sweep()
}

// settle emits the changes of one side's rows with or without a match.
func (j *Join) settle(s int) {
	side, other := &j.sides[s], &j.sides[1-s]
	degrees := j.spec.Residual != nil
	if !degrees {
		for _, slot := range j.keys.Touched() {
			if (other.oldCount[slot] > 0) == (other.count[slot] > 0) {
				continue
			}
			for id := side.rows.First(slot); id >= 0; id = side.rows.Next(id) {
				side.touch(id)
			}
		}
	}
	for _, id := range side.rows.Rows().Touched() {
		old, slot := side.old[id], side.rows.Slot(id)
		was, is := old.matched, degrees && side.degree[id] > 0
		if !degrees {
			was, is = other.oldCount[slot] > 0, other.count[slot] > 0
		}
		var d int64
		if is == side.hasMatch {
			d += int64(side.rows.Weight(id))
		}
		if was == side.hasMatch {
			d -= int64(old.w)
		}
		if d != 0 {
			j.out.exact(side.rows.Row(id), side.at, len(side.types), d)
		}
	}
}

// sweep removes rows of weight 0 and keys without rows.
func (j *Join) sweep() {
	j.freed = append(j.freed[:0], j.keys.Touched()...)
	for s := range j.sides {
		j.sides[s].rows.Sweep(func(_, slot int32) { j.freed = append(j.freed, slot) })
	}
	j.keys.EndEpoch()
	for _, slot := range j.freed {
		if j.keys.Used(slot) && j.sides[0].gone(slot) && j.sides[1].gone(slot) {
			j.keys.Remove(slot)
		}
	}
}

// gone reports whether a key has no rows on this side.
func (s *joinSide) gone(slot int32) bool {
	if s.skip && s.count[slot] != 0 {
		return false
	}
	return s.rows.Empty(slot)
}
