package segment

// fullIndex returns the index over all published data, reading the footer or
// scanning the file for what lies before this life of the node.
func (s *Segment) fullIndex() (sparseIndex, error) {
	s.mu.Lock()
	loaded, meta, fault := s.mu.loaded, s.mu.meta, s.mu.fault
	index := s.mu.index
	s.mu.Unlock()
	if fault != nil {
		return index, fault
	}
	if loaded == 0 {
		return index, nil
	}
	front, err := s.loadFront(loaded, meta)
	if err != nil {
		return index, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.mu.loaded != 0 {
		s.mu.index.entries = join(front, s.mu.index.entries)
		s.mu.loaded = 0
	}
	return s.mu.index, nil
}

// join puts the entries found in the file before those added since.
func join(front, back []indexEntry) []indexEntry {
	return append(append(make([]indexEntry, 0, len(front)+len(back)), front...), back...)
}

// loadFront makes the index of the first n data bytes: from the footer, or by a
// scan where there is none or it is damaged.
func (s *Segment) loadFront(n int64, meta Meta) ([]indexEntry, error) {
	if meta.Sealed() && n == meta.Bytes {
		if x, err := s.readFooter(meta); err == nil {
			return x.entries, nil
		}
	}
	x := newSparseIndex()
	c := s.cursorAt(0, meta.Base, n)
	defer c.Close()
	for {
		pos := c.pos
		b, ok, err := c.Next()
		if err != nil {
			return nil, err
		}
		if !ok {
			return x.entries, nil
		}
		x.add(pos, int(c.pos-pos), &b)
	}
}

// readFooter reads and checks the footer.
func (s *Segment) readFooter(meta Meta) (sparseIndex, error) {
	buf := make([]byte, meta.FooterBytes)
	if err := s.readAt(buf, meta.Bytes); err != nil {
		return sparseIndex{}, err
	}
	x, fault := decodeFooter(buf, meta.Bytes)
	if fault != nil {
		return x, fault.in(s.path, meta.Bytes)
	}
	return x, nil
}

// readAt fills buf from the file.
func (s *Segment) readAt(buf []byte, pos int64) error {
	h, err := s.files.acquire(s.path, false)
	if err != nil {
		return err
	}
	err = ReadFull(h.file, buf, pos)
	if e := s.files.release(h); err == nil {
		err = e
	}
	if err != nil {
		return (&CorruptError{File: s.path, Offset: pos, What: "read failed"}).Mismatch(len(buf), err)
	}
	return nil
}

// SeekOffset is a cursor whose next batch is the one that holds o, or the first
// one behind o.
func (s *Segment) SeekOffset(o Offset) (*Cursor, error) {
	return s.seek(func(x *sparseIndex) int64 { return x.byOffset(o) },
		func(b *Batch) bool { return b.End() > o })
}

// SeekTime is a cursor at the first batch that reaches event time us.
func (s *Segment) SeekTime(us int64) (*Cursor, error) {
	return s.seek(func(x *sparseIndex) int64 { return x.byTime(us) },
		func(b *Batch) bool { return b.MaxTime >= us })
}

// SeekIndex is a cursor at the first batch with a journal index above i.
func (s *Segment) SeekIndex(i Index) (*Cursor, error) {
	return s.seek(func(x *sparseIndex) int64 { return x.byIndex(i) },
		func(b *Batch) bool { return b.Index > i })
}

// seek goes to the position find gives, then forward to the first batch that stop accepts.
func (s *Segment) seek(find func(*sparseIndex) int64, stop func(*Batch) bool) (*Cursor, error) {
	index, err := s.fullIndex()
	if err != nil {
		return nil, err
	}
	c := s.cursorAt(find(&index), -1, s.Meta().Bytes)
	for {
		back, expected := c.pos, c.expected
		b, ok, err := c.Next()
		if err != nil {
			return nil, err
		}
		if !ok {
			return c, nil
		}
		if stop(&b) {
			c.pos, c.expected = back, expected
			return c, nil
		}
	}
}

// Verify reads the whole segment with all checks.
func (s *Segment) Verify() error {
	if err := s.Fault(); err != nil {
		return err
	}
	meta := s.Meta()
	c := s.cursorAt(0, meta.Base, meta.Bytes)
	defer c.Close()
	var batches int64
	for {
		b, ok, err := c.Next()
		if err != nil {
			return err
		}
		if !ok {
			break
		}
		batches++
		if batches == meta.Batches && b.End() != meta.Next {
			e := &CorruptError{File: s.path, Offset: c.pos, What: "end offset"}
			return e.Mismatch(meta.Next, b.End())
		}
	}
	if batches != meta.Batches {
		e := &CorruptError{File: s.path, Offset: meta.Bytes, What: "number of batches"}
		return e.Mismatch(meta.Batches, batches)
	}
	if !meta.Sealed() {
		return nil
	}
	_, err := s.readFooter(meta)
	return err
}
