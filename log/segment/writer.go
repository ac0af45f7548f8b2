package segment

import (
	"errors"
	"fmt"
	"sync"
)

const (
	// directBytes is the payload size from which a payload is written from where it
	// lies, not copied into the write buffer first.
	directBytes = 32 << 10
	// flushBytes bounds the write buffer of one segment.
	flushBytes = 256 << 10
)

var buffers = sync.Pool{New: func() any { b := make([]byte, 0, 4<<10); return &b }}

// Append adds a batch behind the last one. stored is its stored form (as
// AppendBatch makes it) and b its header already decoded; stored is read only
// until the next Flush returns. The batch is placed: base, index and append time
// are those of b. Nothing is visible before Flush.
func (s *Segment) Append(b *Batch, stored []byte) error {
	s.w.points = append(s.w.points, point{s.w.meta.Bytes, len(stored), headerOnly(b)})
	s.w.meta.extend(b, len(stored))
	if s.w.buf == nil {
		s.w.buf = *buffers.Get().(*[]byte)
	}
	at := len(s.w.buf)
	s.w.buf = append(s.w.buf, stored[:HeaderBytes]...)
	Place(s.w.buf[at:], b.Base, b.Index, b.AppendedAt)
	body := stored[HeaderBytes:]
	if len(body) < directBytes {
		s.w.buf = append(s.w.buf, body...)
		if len(s.w.buf) < flushBytes {
			return nil
		}
		return s.write(nil)
	}
	return s.write(body)
}

func headerOnly(b *Batch) Batch {
	c := *b
	c.Payload = nil
	return c
}

// extend accounts for one more batch.
func (m *Meta) extend(b *Batch, stored int) {
	if m.Batches == 0 {
		m.FirstIndex, m.FirstAppended = b.Index, b.AppendedAt
	}
	m.Next = b.End()
	m.Bytes += int64(stored)
	m.Batches++
	m.LastIndex, m.LastAppended = b.Index, b.AppendedAt
	m.MinTime, m.MaxTime = min(m.MinTime, b.MinTime), max(m.MaxTime, b.MaxTime)
}

// write puts the buffer and then body into the file.
func (s *Segment) write(body []byte) error {
	if len(s.w.buf)+len(body) == 0 {
		return nil
	}
	h, err := s.files.acquire(s.path, true)
	if err != nil {
		return err
	}
	err = s.writePieces(h.file, body)
	if err = errors.Join(err, s.files.release(h)); err != nil {
		return fmt.Errorf("write segment %s: %w", s.path, err)
	}
	return nil
}

func (s *Segment) writePieces(f File, body []byte) error {
	for _, piece := range [2][]byte{s.w.buf, body} {
		if len(piece) == 0 {
			continue
		}
		if _, err := f.WriteAt(piece, s.w.bufPos); err != nil {
			return err
		}
		s.w.bufPos += int64(len(piece))
	}
	s.w.buf = s.w.buf[:0]
	return nil
}

// Flush writes what was appended and shows it to readers.
func (s *Segment) Flush() error {
	if err := s.write(nil); err != nil {
		return err
	}
	if buf := s.w.buf; buf != nil {
		s.w.buf = nil
		if cap(buf) <= 2*flushBytes {
			buffers.Put(&buf)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.w.points {
		p := &s.w.points[i]
		s.mu.index.add(p.pos, p.stored, &p.batch)
	}
	s.w.points = s.w.points[:0]
	s.mu.meta = s.w.meta
	return nil
}

// Seal writes the footer; the segment never changes again (I5). Everything
// appended is flushed first.
func (s *Segment) Seal() error {
	if s.w.meta.Sealed() || s.w.meta.Batches == 0 {
		return nil
	}
	if err := s.Flush(); err != nil {
		return err
	}
	// A damaged front part does not stop the partition: its offsets fail when they
	// are read, those behind are indexed.
	index, _ := s.fullIndex()
	footer := encodeFooter(&index, s.w.meta.Bytes)
	if err := s.write(footer); err != nil {
		return err
	}
	s.w.meta.FooterBytes = int64(len(footer))
	s.w.points = nil
	s.mu.Lock()
	s.mu.meta = s.w.meta
	s.mu.Unlock()
	return nil
}
