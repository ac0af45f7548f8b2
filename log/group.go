package log

import (
	"fmt"
	"sync"

	"millrace/log/replica"
	"millrace/log/segment"
)

// group is the state machine of one raft group: the partitions mapped onto it.
// Everything but mu belongs to the goroutine that applies its entries.
type group struct {
	log *Log
	id  GroupID
	// fail stops the node; its result is the error to report.
	fail func(error) error

	applied   Index
	clock     int64 // largest append time so far, us
	producers producers
	staged    map[uint64]*stagedTxn
	phases    map[Index]decision // group 0: committed, marks not all known to be applied
	touched   []*partition
	tail      tailCache
	broken    error // after a failed write nothing is applied

	mu struct {
		sync.RWMutex
		partitions map[PartitionID]*partition
		dropped    map[StreamID]bool
		garbage    []string // files to remove once a manifest without them is durable
	}
}

var _ replica.StateMachine = (*group)(nil)

// outcome is the result of an entry, handed to the proposer.
type outcome struct {
	bases []Offset            // of an append
	parts []outcome           // of the appends of a bundle
	txns  map[uint64][]Offset // of the transactions a mark or decision published
	meta  any                 // of a metadata entry
	err   error
}

func newGroup(l *Log, id GroupID, fail func(error) error) *group {
	g := &group{log: l, id: id, fail: fail}
	g.reset()
	return g
}

// reset makes the group empty.
func (g *group) reset() {
	g.applied, g.clock = 0, 0
	g.producers, g.staged = producers{}, map[uint64]*stagedTxn{}
	g.phases, g.touched = map[Index]decision{}, nil
	g.tail = tailCache{limit: g.log.o.TailBytes}
	g.mu.Lock()
	g.mu.partitions, g.mu.dropped = map[PartitionID]*partition{}, map[StreamID]bool{}
	g.mu.garbage = nil
	g.mu.Unlock()
}

// Apply applies committed entries: all of them first, then one write per
// partition, then readers and the proposers see them.
func (g *group) Apply(entries []replica.Entry) []any {
	results := make([]any, len(entries))
	outcomes := make([]outcome, len(entries))
	err := g.broken
	for i := range entries {
		if err == nil {
			err = g.applyEntry(&entries[i], &outcomes[i])
		}
		results[i] = &outcomes[i]
	}
	if err == nil {
		err = g.flush()
	}
	if err != nil {
		g.stop(err, outcomes)
		return results
	}
	g.publish()
	return results
}

// stop ends the node after an entry could not be stored. The entries are durable
// in the journal: the next start applies them.
func (g *group) stop(err error, outcomes []outcome) {
	if g.broken == nil {
		g.broken = g.fail(fmt.Errorf("apply entries of group %d: %w", g.id, err))
	}
	for i := range outcomes {
		outcomes[i] = outcome{err: wrap(ErrUncertain, g.broken)}
	}
}

// applyEntry does what one entry says. An error is a failed write; what the
// entry's proposer did wrong goes into out.
func (g *group) applyEntry(e *replica.Entry, out *outcome) error {
	g.clock = max(g.clock, e.AppendedAt)
	g.applied = Index(e.Index)
	kind, count, b := openEntry(e.Data)
	err := g.dispatch(kind, count, &b, e, out)
	if err == nil {
		err = b.err
	}
	if err != nil {
		return fmt.Errorf("entry %d (kind %d): %w", e.Index, kind, err)
	}
	return nil
}

func (g *group) dispatch(kind entryKind, count int, b *body, e *replica.Entry, out *outcome) error {
	switch kind {
	case entryMeta:
		if g.log.o.Meta != nil {
			out.meta = g.log.o.Meta.Apply(g.applied, b.buf)
		}
		return nil
	case entryAppend:
		return g.applyAppend(b.batches(count), out)
	case entryBundle:
		return g.applyBundle(count, b, out)
	case entryStage:
		txn := b.u64()
		g.stage(txn, e.Data, b.batches(count), out)
		return nil
	case entryDecide:
		return g.decide(b.decision(), out)
	case entryMark:
		phase := Index(b.u64())
		return g.mark(phase, b.decision(), out)
	case entryComplete:
		for range b.count(8) {
			delete(g.phases, Index(b.u64()))
		}
		return nil
	case entryDrop:
		g.dropStream(StreamID(b.u64()))
		return nil
	case entryTrim:
		p := PartitionID{Stream: StreamID(b.u64()), Index: int32(b.u32())}
		b.u32()
		return g.trim(p, Offset(b.u64()))
	}
	return errKind
}

// applyAppend stores the batches of one entry, or none of them.
func (g *group) applyAppend(batches []storedBatch, out *outcome) error {
	verdicts := make([]verdict, len(batches))
	for i := range batches {
		b := &batches[i].header.Batch
		v := g.judge(b)
		if v.err != nil {
			out.err = v.err
			return nil
		}
		verdicts[i] = v
	}
	bases, err := g.store(batches, verdicts)
	out.bases = bases
	return err
}

// judge says whether a batch may be stored.
func (g *group) judge(b *Batch) verdict {
	if g.isDropped(b.Partition.Stream) {
		return verdict{err: newError(ErrDropped, "stream %d has been dropped", b.Partition.Stream)}
	}
	return g.producers.check(b, g.clock)
}

// store appends the batches that are not duplicates and returns all base offsets.
func (g *group) store(batches []storedBatch, verdicts []verdict) ([]Offset, error) {
	bases := make([]Offset, len(batches))
	for i := range batches {
		if verdicts[i].duplicate {
			bases[i] = verdicts[i].base
			continue
		}
		s := &batches[i]
		p := g.partition(s.header.Batch.Partition)
		base, err := p.append(g.log, s, g.applied, g.clock)
		if err != nil {
			return nil, err
		}
		g.producers.note(&s.header.Batch, base, g.clock)
		g.touch(p)
		bases[i] = base
	}
	return bases, nil
}

func (g *group) touch(p *partition) {
	if !p.w.touched {
		p.w.touched = true
		g.touched = append(g.touched, p)
	}
}

// partition is the partition with that id; its first append makes it.
func (g *group) partition(id PartitionID) *partition {
	if p := g.find(id); p != nil {
		return p
	}
	p := newPartition(g.log, id)
	g.mu.Lock()
	g.mu.partitions[id] = p
	g.mu.Unlock()
	return p
}

// find is the partition with that id, or nil.
func (g *group) find(id PartitionID) *partition {
	g.mu.RLock()
	defer g.mu.RUnlock()
	return g.mu.partitions[id]
}

func (g *group) isDropped(s StreamID) bool {
	g.mu.RLock()
	defer g.mu.RUnlock()
	return g.mu.dropped[s]
}

// flush writes what the touched partitions have buffered.
func (g *group) flush() error {
	for _, p := range g.touched {
		if p.w.active != nil {
			if err := p.w.active.Flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

// publish shows everything applied so far to readers.
func (g *group) publish() {
	for _, p := range g.touched {
		if fresh := p.publish(); len(fresh) > 0 {
			g.tail.add(p, fresh)
		}
	}
	clear(g.touched)
	g.touched = g.touched[:0]
	g.log.visible.advance(g.id, g.applied)
}

// dropStream removes the partitions of a stream and refuses later appends to it.
func (g *group) dropStream(s StreamID) {
	g.mu.Lock()
	g.mu.dropped[s] = true
	var gone []*partition
	for id, p := range g.mu.partitions {
		if id.Stream == s {
			gone = append(gone, p)
			delete(g.mu.partitions, id)
		}
	}
	g.mu.Unlock()
	g.producers.forget(s)
	for _, p := range gone {
		g.discard(p.drop())
	}
}

// trim moves the start of a partition.
func (g *group) trim(id PartitionID, start Offset) error {
	p := g.find(id)
	if p == nil {
		return nil
	}
	gone, err := p.trim(start)
	g.discard(gone)
	return err
}

// discard remembers files that no longer belong to the group (L7).
func (g *group) discard(gone []*segment.Segment) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, s := range gone {
		g.mu.garbage = append(g.mu.garbage, s.Path())
	}
}

// tailCache bounds the batches that a group keeps in memory: the oldest go first,
// whatever their partition. It belongs to the group's apply goroutine.
type tailCache struct {
	limit int64
	bytes int64
	runs  []tailRun // oldest first
}

// tailRun is a run of batches that one partition got at once.
type tailRun struct {
	partition *partition
	count     int
	bytes     int64
}

// add notes the newest batches of p and lets go of the oldest ones beyond the limit.
func (t *tailCache) add(p *partition, fresh []cached) {
	run := tailRun{partition: p, count: len(fresh)}
	for i := range fresh {
		run.bytes += fresh[i].bytes
	}
	t.runs = append(t.runs, run)
	t.bytes += run.bytes
	n := 0
	for t.bytes > t.limit && n < len(t.runs) {
		t.runs[n].partition.forget(t.runs[n].count)
		t.bytes -= t.runs[n].bytes
		t.runs[n] = tailRun{}
		n++
	}
	t.runs = t.runs[n:]
}
