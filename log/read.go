package log

import (
	"millrace/log/segment"
)

// Reader reads one partition from an offset on. It belongs to one goroutine. It
// holds no open file; a buffer only while it reads from files.
type Reader struct {
	log       *Log
	id        PartitionID
	partition *partition // nil until the partition has data
	next      Offset
	cursor    *segment.Cursor
	waiting   *Batch // read from a file, but above the max of that call
}

// Reader returns a reader whose first batch is the one that holds from, or the
// first one behind it. A batch is returned whole: its Base may be below from.
func (l *Log) Reader(p PartitionID, from Offset) *Reader {
	return &Reader{log: l, id: p, next: from}
}

// Offset is the offset behind the last batch returned, or the one given at first.
func (r *Reader) Offset() Offset { return r.next }

// Close lets go of the buffer. The reader may be used again.
func (r *Reader) Close() {
	if r.cursor != nil {
		r.cursor.Close()
	}
	r.cursor, r.waiting = nil, nil
}

// Next returns the next batch whose journal index is at most max; ok is false if
// there is none now. The payload is valid until the next call. Below the start of
// the partition the error is ErrOutOfRange; damaged data are a *CorruptError.
func (r *Reader) Next(max Index) (b Batch, ok bool, err error) {
	if r.partition == nil && !r.find() {
		return b, false, r.missing()
	}
	p := r.partition
	p.mu.RLock()
	start, end, dropped := p.mu.start, p.mu.end, p.mu.dropped
	if dropped || r.next < start || r.next >= end {
		p.mu.RUnlock()
		return b, false, r.outside(start, dropped)
	}
	b, cachedHere := p.findLocked(r.next)
	var s *segment.Segment
	if !cachedHere {
		s = p.segmentAtLocked(r.next)
	}
	p.mu.RUnlock()
	if !cachedHere {
		return r.fromFile(s, max)
	}
	if b.Index > max {
		return Batch{}, false, nil
	}
	if r.cursor != nil {
		r.Close()
	}
	r.next = b.End()
	return b, true, nil
}

// find looks for the partition.
func (r *Reader) find() bool {
	r.partition = r.log.group(r.id).find(r.id)
	return r.partition != nil
}

// missing is why there is no partition: it is dropped, or has no data yet.
func (r *Reader) missing() error {
	if r.log.group(r.id).isDropped(r.id.Stream) {
		return newError(ErrDropped, "stream %d has been dropped", r.id.Stream)
	}
	if r.next < 0 {
		return r.outside(0, false)
	}
	return nil
}

// outside is why the next offset is not there; nil if it is yet to come.
func (r *Reader) outside(start Offset, dropped bool) error {
	if dropped {
		return newError(ErrDropped, "stream %d has been dropped", r.id.Stream)
	}
	if r.next < start {
		return newError(ErrOutOfRange, "offset %d of partition %s is no longer retained, the first is %d",
			r.next, r.id, start)
	}
	return nil
}

// fromFile reads the next batch from a segment file.
func (r *Reader) fromFile(s *segment.Segment, max Index) (Batch, bool, error) {
	if s == nil {
		return Batch{}, false, nil
	}
	if r.cursor == nil || r.cursor.Segment() != s {
		r.Close()
		c, err := s.SeekOffset(r.next)
		if err != nil {
			return Batch{}, false, err
		}
		r.cursor = c
	}
	if r.waiting == nil {
		b, ok, err := r.cursor.Next()
		if err != nil {
			r.Close()
			return Batch{}, false, err
		}
		if !ok {
			return Batch{}, false, nil
		}
		r.waiting = &b
	}
	if r.waiting.Index > max {
		return Batch{}, false, nil
	}
	b := *r.waiting
	r.waiting = nil
	r.next = b.End()
	return b, true, nil
}

// Ends are the first retained offset and the offset behind the last record.
func (l *Log) Ends(id PartitionID) (start, end Offset) {
	p := l.group(id).find(id)
	if p == nil {
		return 0, 0
	}
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.mu.start, p.mu.end
}

// SeekTime is the offset of the first batch that reaches event time us, or the
// end of the partition.
func (l *Log) SeekTime(id PartitionID, us int64) Offset {
	return l.seek(id,
		func(m segment.Meta) bool { return m.MaxTime >= us },
		func(s *segment.Segment) (*segment.Cursor, error) { return s.SeekTime(us) })
}

// SeekIndex is the offset of the first batch whose journal index is above after,
// or the end of the partition: where to go on after having read up to a vector.
func (l *Log) SeekIndex(id PartitionID, after Index) Offset {
	return l.seek(id,
		func(m segment.Meta) bool { return m.LastIndex > after },
		func(s *segment.Segment) (*segment.Cursor, error) { return s.SeekIndex(after) })
}

// seek finds the first segment that may hold the place, then the batch in it. A
// segment that cannot be read gives its own start: reading on from there reports
// the damage.
func (l *Log) seek(id PartitionID, holds func(segment.Meta) bool,
	find func(*segment.Segment) (*segment.Cursor, error),
) Offset {
	p := l.group(id).find(id)
	if p == nil {
		return 0
	}
	start, end := l.Ends(id)
	for _, s := range p.list() {
		m := s.Meta()
		if !holds(m) {
			continue
		}
		c, err := find(s)
		if err != nil {
			return max(start, m.Base)
		}
		b, ok, err := c.Next()
		if err != nil {
			return max(start, m.Base)
		}
		if ok {
			return max(start, b.Base)
		}
	}
	return end
}
