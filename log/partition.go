package log

import (
	"sort"
	"strconv"
	"sync"

	"millrace/log/segment"
)

// partition is the state of one partition on this node.
type partition struct {
	id  PartitionID
	dir string

	// w belongs to the goroutine that applies the group's entries.
	w struct {
		next    Offset // of the next record
		active  *segment.Segment
		sealed  []*segment.Segment // sealed since the last publish
		fresh   []cached           // batches since the last publish
		touched bool
		created bool // the directory exists
	}

	mu struct {
		sync.RWMutex
		start, end Offset
		segments   []*segment.Segment // by base offset; the last may be active
		tail       []cached           // the newest batches, by offset
		dropped    bool
	}
}

// cached is a batch in memory; its payload lies in the entry that carried it.
type cached struct {
	batch Batch
	bytes int64
}

// cachedBytes is what a batch without payload costs in memory, about.
const cachedBytes = 176

func newPartition(l *Log, id PartitionID) *partition {
	stream := strconv.FormatUint(uint64(id.Stream), 10)
	dir := l.o.FS.PathJoin(l.o.Dir, "parts", stream, strconv.Itoa(int(id.Index)))
	return &partition{id: id, dir: dir}
}

// append puts a batch of an entry at the end and returns its base offset.
func (p *partition) append(l *Log, s *storedBatch, index Index, at int64) (Offset, error) {
	b := s.header.Batch
	b.Base, b.Index, b.AppendedAt = p.w.next, index, at
	if err := p.prepare(l, &b, int64(len(s.bytes))); err != nil {
		return 0, err
	}
	if err := p.w.active.Append(&b, s.bytes); err != nil {
		return 0, err
	}
	p.w.next = b.End()
	end := segment.HeaderBytes + s.header.Length
	b.Payload = s.bytes[segment.HeaderBytes:end:end]
	p.w.fresh = append(p.w.fresh, cached{b, cachedBytes + int64(len(s.bytes))})
	return b.Base, nil
}

// prepare makes sure that there is an active segment with room for b.
func (p *partition) prepare(l *Log, b *Batch, size int64) error {
	if !p.w.created {
		if err := l.o.FS.MkdirAll(p.dir, 0o755); err != nil {
			return err
		}
		p.w.created = true
	}
	if a := p.w.active; a != nil {
		m := a.Written()
		old := b.AppendedAt-m.FirstAppended > rollAge.Microseconds()
		if m.Batches == 0 || (!old && m.Bytes+size <= l.o.SegmentBytes) {
			return nil
		}
		if err := p.seal(); err != nil {
			return err
		}
	}
	p.w.active = segment.New(l.files, p.dir, p.id, p.w.next)
	return nil
}

// seal ends the active segment.
func (p *partition) seal() error {
	if p.w.active == nil {
		return nil
	}
	if err := p.w.active.Seal(); err != nil {
		return err
	}
	p.w.sealed = append(p.w.sealed, p.w.active)
	p.w.active = nil
	return nil
}

// publish shows readers what was appended; the bytes have been flushed. It
// returns the batches that went into the tail.
func (p *partition) publish() []cached {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.w.sealed {
		p.showLocked(s)
	}
	p.w.sealed = nil
	if p.w.active != nil {
		p.showLocked(p.w.active)
	}
	p.mu.end = p.w.next
	fresh := p.w.fresh
	p.mu.tail = append(p.mu.tail, fresh...)
	p.w.fresh, p.w.touched = nil, false
	return fresh
}

// showLocked adds s to the list unless it is there.
func (p *partition) showLocked(s *segment.Segment) {
	n := len(p.mu.segments)
	if n > 0 && p.mu.segments[n-1] == s {
		return
	}
	p.mu.segments = append(p.mu.segments, s)
}

// forget drops the oldest n batches of the tail.
func (p *partition) forget(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	n = min(n, len(p.mu.tail))
	clear(p.mu.tail[:n])
	p.mu.tail = p.mu.tail[n:]
	if len(p.mu.tail) == 0 {
		p.mu.tail = nil
	}
}

// findLocked is the batch of the tail that holds offset o.
func (p *partition) findLocked(o Offset) (Batch, bool) {
	t := p.mu.tail
	if len(t) == 0 || o < t[0].batch.Base {
		return Batch{}, false
	}
	i := sort.Search(len(t), func(i int) bool { return t[i].batch.End() > o })
	if i == len(t) {
		return Batch{}, false
	}
	return t[i].batch, true
}

// segmentAtLocked is the segment that holds offset o.
func (p *partition) segmentAtLocked(o Offset) *segment.Segment {
	s := p.mu.segments
	i := sort.Search(len(s), func(i int) bool { return s[i].Meta().Next > o })
	if i == len(s) {
		return nil
	}
	return s[i]
}

// list is the published segments.
func (p *partition) list() []*segment.Segment {
	p.mu.RLock()
	defer p.mu.RUnlock()
	return append([]*segment.Segment(nil), p.mu.segments...)
}

// trim moves the start to o and returns the segments that are no longer part of
// the partition. An active segment whose records all go is sealed before.
func (p *partition) trim(o Offset) ([]*segment.Segment, error) {
	o = min(o, p.w.next)
	if a := p.w.active; a != nil && a.Written().Next <= o {
		if err := p.seal(); err != nil {
			return nil, err
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, s := range p.w.sealed {
		p.showLocked(s)
	}
	p.w.sealed = nil
	if o <= p.mu.start {
		return nil, nil
	}
	n := 0
	for n < len(p.mu.segments) && p.mu.segments[n].Meta().Next <= o {
		n++
	}
	gone := p.mu.segments[:n:n]
	p.mu.segments = append([]*segment.Segment(nil), p.mu.segments[n:]...)
	p.mu.start = o
	return gone, nil
}

// drop ends the partition and returns all its segments.
func (p *partition) drop() []*segment.Segment {
	p.mu.Lock()
	defer p.mu.Unlock()
	gone := p.mu.segments
	if a := p.w.active; a != nil && (len(gone) == 0 || gone[len(gone)-1] != a) {
		gone = append(gone, a)
	}
	gone = append(gone, p.w.sealed...)
	p.mu.segments, p.mu.tail, p.mu.dropped = nil, nil, true
	p.mu.start = p.mu.end
	p.w.active, p.w.sealed, p.w.fresh = nil, nil, nil
	return gone
}

// info describes the partition.
func (p *partition) info() PartitionInfo {
	p.mu.RLock()
	defer p.mu.RUnlock()
	i := PartitionInfo{Partition: p.id, Start: p.mu.start, End: p.mu.end, Segments: len(p.mu.segments)}
	for n, s := range p.mu.segments {
		m := s.Meta()
		i.Bytes += m.Bytes + m.FooterBytes
		if n == 0 {
			i.FirstAppended = m.FirstAppended
		}
	}
	return i
}
