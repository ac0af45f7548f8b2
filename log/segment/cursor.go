package segment

const (
	// readAhead is what a cursor reads at once: large enough that small batches
	// cost no system call each.
	readAhead = 256 << 10
	// readFirst is a cursor's first read: point look-ups stay cheap.
	readFirst = 32 << 10
)

// Cursor reads a segment batch by batch. It belongs to one goroutine. It keeps a
// buffer but no open file between calls.
type Cursor struct {
	seg      *Segment
	pos      int64  // of the next batch
	limit    int64  // data length known to the cursor
	expected Offset // base of the next batch; -1 = not known yet
	buf      []byte // file bytes from bufPos
	bufPos   int64
	window   int // size of the next read
}

func (s *Segment) cursorAt(pos int64, expected Offset, limit int64) *Cursor {
	return &Cursor{seg: s, pos: pos, limit: limit, expected: expected, window: readFirst}
}

// Segment is the segment the cursor reads.
func (c *Cursor) Segment() *Segment { return c.seg }

// Close lets go of the buffer; batches it returned are no longer valid.
func (c *Cursor) Close() { c.buf = nil }

// Next returns the next batch, checked. ok is false at the end of the published
// data; a later call may return more. The payload is valid until the next call.
func (c *Cursor) Next() (b Batch, ok bool, err error) {
	if c.pos >= c.limit {
		c.limit = c.seg.Meta().Bytes
		if c.pos >= c.limit {
			return b, false, nil
		}
	}
	if fault := c.seg.Fault(); fault != nil {
		return b, false, fault
	}
	h, err := c.parse()
	if err != nil {
		return b, false, err
	}
	c.pos += int64(h.Stored())
	c.expected = h.Batch.End()
	return h.Batch, true, nil
}

// parse decodes the batch at pos and makes all checks of I3.
func (c *Cursor) parse() (Header, error) {
	head, err := c.fill(HeaderBytes)
	if err != nil {
		return Header{}, err
	}
	h, fault := parseHeader(head)
	if fault == nil {
		fault = c.checkPlace(&h)
	}
	if fault != nil {
		return h, fault.in(c.seg.path, c.pos)
	}
	body, err := c.fill(h.Stored())
	if err != nil {
		return h, err
	}
	if fault := h.checkBody(body); fault != nil {
		return h, fault.in(c.seg.path, c.pos)
	}
	h.Batch.Payload = body[HeaderBytes : HeaderBytes+h.Length : HeaderBytes+h.Length]
	return h, nil
}

// checkPlace compares the header with where it was found.
func (c *Cursor) checkPlace(h *Header) *formatError {
	if h.Batch.Partition != c.seg.partition {
		return &formatError{"partition of a batch", c.seg.partition, h.Batch.Partition}
	}
	if c.expected >= 0 && h.Batch.Base != c.expected {
		return &formatError{"base offset of a batch", c.expected, h.Batch.Base}
	}
	if c.pos+int64(h.Stored()) > c.limit {
		return &formatError{"batch length", c.limit - c.pos, h.Stored()}
	}
	return nil
}

// fill returns n bytes at pos, reading ahead.
func (c *Cursor) fill(n int) ([]byte, error) {
	if from := c.pos - c.bufPos; from >= 0 && from+int64(n) <= int64(len(c.buf)) {
		return c.buf[from : from+int64(n)], nil
	}
	if c.pos+int64(n) > c.limit {
		e := &CorruptError{File: c.seg.path, Offset: c.pos, What: "batch is cut off"}
		return nil, e.Mismatch(n, c.limit-c.pos)
	}
	size := int(min(max(int64(n), int64(c.window)), c.limit-c.pos))
	c.window = readAhead
	if cap(c.buf) < size {
		c.buf = make([]byte, size)
	}
	c.buf, c.bufPos = c.buf[:size], c.pos
	if err := c.seg.readAt(c.buf, c.pos); err != nil {
		c.buf = c.buf[:0]
		return nil, err
	}
	return c.buf[:n], nil
}
