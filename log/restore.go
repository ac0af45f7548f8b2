package log

import (
	"fmt"

	"millrace/log/segment"
)

func (b *body) i64() int64 { return int64(b.u64()) }

func (b *body) bytes() []byte {
	n := b.u64()
	if n > uint64(len(b.buf)) {
		b.take(len(b.buf) + 1)
		return nil
	}
	return b.take(int(n))
}

func (b *body) partition() PartitionID {
	return PartitionID{Stream: StreamID(b.u64()), Index: int32(b.u32())}
}

// Restore replaces the state by that of a manifest's body.
func (g *group) Restore(state []byte) error {
	g.reset()
	b := &body{buf: state}
	if v := b.u32(); b.err == nil && v != stateVersion {
		return fmt.Errorf("state of group %d has version %d, expected %d", g.id, v, stateVersion)
	}
	if id := b.u32(); b.err == nil && id != uint32(g.id) {
		return fmt.Errorf("state belongs to group %d, not %d", id, g.id)
	}
	g.applied, g.clock = Index(b.u64()), b.i64()
	meta := b.bytes()
	for range b.count(8) {
		g.mu.dropped[StreamID(b.u64())] = true
	}
	g.decodePartitions(b)
	g.decodeProducers(b)
	g.decodeStaged(b)
	for range b.count(16) {
		id := Index(b.u64())
		g.phases[id] = b.decision()
	}
	if b.err != nil || len(b.buf) != 0 {
		return fmt.Errorf("state of group %d has an unknown form: %w", g.id, b.err)
	}
	if m := g.log.o.Meta; m != nil && g.id == 0 && len(meta) > 0 {
		if err := m.Restore(meta); err != nil {
			return fmt.Errorf("restore metadata: %w", err)
		}
	}
	g.log.visible.advance(g.id, g.applied)
	return nil
}

const (
	segmentMetaBytes = 88
	partitionBytes   = 32
)

func (g *group) decodePartitions(b *body) {
	for range b.count(partitionBytes) {
		p := newPartition(g.log, b.partition())
		p.mu.start, p.mu.end = Offset(b.i64()), Offset(b.i64())
		p.w.next = p.mu.end
		for range b.count(segmentMetaBytes) {
			m := decodeMetaOf(b)
			if b.err != nil {
				return
			}
			p.adopt(g.log, segment.Open(g.log.files, p.dir, p.id, m))
		}
		g.mu.partitions[p.id] = p
	}
}

// adopt takes a segment of a manifest. A damaged one stays in the list, so that
// its offsets fail when they are read; appends go on behind it in a new one.
func (p *partition) adopt(l *Log, s *segment.Segment) {
	p.mu.segments = append(p.mu.segments, s)
	p.w.active = nil
	if err := s.Fault(); err != nil {
		l.o.Logger.Error("segment is damaged", "partition", p.id.String(), "error", err)
		return
	}
	if !s.Meta().Sealed() {
		p.w.active = s
	}
}

func decodeMetaOf(b *body) segment.Meta {
	return segment.Meta{
		Base: Offset(b.i64()), Next: Offset(b.i64()), Bytes: b.i64(), FooterBytes: b.i64(),
		Batches: b.i64(), FirstIndex: Index(b.u64()), LastIndex: Index(b.u64()),
		MinTime: b.i64(), MaxTime: b.i64(), FirstAppended: b.i64(), LastAppended: b.i64(),
	}
}

func (g *group) decodeProducers(b *body) {
	for range b.count(24) {
		id := b.i64()
		p := &producer{epoch: int16(b.u32()), seen: b.i64(), parts: map[PartitionID]*window{}}
		for range b.count(16) {
			part := b.partition()
			w := &window{}
			for range b.count(16) {
				w.batches = append(w.batches, sequenced{int32(b.u32()), int32(b.u32()), Offset(b.i64())})
			}
			if len(w.batches) == 0 && b.err == nil {
				b.err = fmt.Errorf("producer %d has an empty window", id)
			}
			p.parts[part] = w
		}
		g.producers[id] = p
	}
}

func (g *group) decodeStaged(b *body) {
	for range b.count(12) {
		id := b.u64()
		s := &stagedTxn{}
		for range b.count(8) {
			entry := append([]byte(nil), b.bytes()...)
			kind, count, in := openEntry(entry)
			if b.err == nil && (kind != entryStage || in.u64() != id) {
				b.err = fmt.Errorf("staged entry of another transaction")
			}
			s.entries = append(s.entries, entry)
			s.batches = append(s.batches, in.batches(count)...)
			if b.err == nil {
				b.err = in.err
			}
		}
		g.staged[id] = s
	}
}
