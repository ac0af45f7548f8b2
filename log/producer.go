package log

// producers remembers the last batches of idempotent producers in one group, so
// that a repeated append is not stored twice. It is part of the group's state:
// every replica decides the same (L3).
type producers map[int64]*producer

// producer is one producer id.
type producer struct {
	epoch int16
	seen  int64 // append time of its last batch, us
	parts map[PartitionID]*window
}

// window is the last batches of a producer in one partition, oldest first.
type window struct {
	batches []sequenced
}

// sequenced is one remembered batch.
type sequenced struct {
	sequence int32
	count    int32
	base     Offset
}

// last is the newest batch.
func (w *window) last() sequenced { return w.batches[len(w.batches)-1] }

// verdict is what a batch's producer says about it.
type verdict struct {
	duplicate bool
	base      Offset // of the first append of a duplicate; -1 = too long ago
	err       error
}

// expired says that a producer has been idle for too long at time now.
func (p *producer) expired(now int64) bool { return now-p.seen > producerAge.Microseconds() }

// check judges a batch at append time now without changing anything.
func (t producers) check(b *Batch, now int64) verdict {
	if b.Sequence == NoSequence {
		return verdict{}
	}
	p := t[b.ProducerID]
	if p == nil || p.expired(now) || b.ProducerEpoch > p.epoch {
		return verdict{}
	}
	if b.ProducerEpoch < p.epoch {
		return verdict{err: newError(ErrFenced, "producer %d with epoch %d has been fenced by epoch %d",
			b.ProducerID, b.ProducerEpoch, p.epoch)}
	}
	w := p.parts[b.Partition]
	if w == nil {
		return verdict{}
	}
	return w.check(b)
}

func (w *window) check(b *Batch) verdict {
	for _, s := range w.batches {
		if s.sequence == b.Sequence {
			return verdict{duplicate: true, base: s.base}
		}
	}
	last := w.last()
	if b.Flags&FlagMonotonic != 0 {
		if b.Sequence < last.sequence {
			return verdict{duplicate: true, base: -1}
		}
		return verdict{}
	}
	// Sequences wrap from the largest int32 to 0.
	if next := (last.sequence + last.count) & 0x7fffffff; b.Sequence != next {
		return verdict{err: newError(ErrOutOfOrder,
			"producer %d sent sequence %d to partition %s, expected %d", b.ProducerID, b.Sequence, b.Partition, next)}
	}
	return verdict{}
}

// note remembers a batch that was stored at base.
func (t producers) note(b *Batch, base Offset, now int64) {
	if b.Sequence == NoSequence {
		return
	}
	p := t[b.ProducerID]
	if p == nil || p.expired(now) || b.ProducerEpoch > p.epoch {
		p = &producer{epoch: b.ProducerEpoch, parts: map[PartitionID]*window{}}
		t[b.ProducerID] = p
	}
	p.seen = now
	w := p.parts[b.Partition]
	if w == nil {
		w = &window{}
		p.parts[b.Partition] = w
	}
	if len(w.batches) == producerWindow {
		copy(w.batches, w.batches[1:])
		w.batches = w.batches[:producerWindow-1]
	}
	w.batches = append(w.batches, sequenced{b.Sequence, b.Count, base})
}

// expire drops the producers that have been idle for too long. What it drops
// check ignores already, so it matters to memory only.
func (t producers) expire(now int64) {
	for id, p := range t {
		if p.expired(now) {
			delete(t, id)
		}
	}
}

// forget drops what is known about the partitions of a stream.
func (t producers) forget(s StreamID) {
	for _, p := range t {
		for id := range p.parts {
			if id.Stream == s {
				delete(p.parts, id)
			}
		}
	}
}
