package pgwire

import (
	"encoding/binary"
	"io"

	"millrace/sql/pgerr"
)

// frame is one message of the client. CopyData arrives in pieces of any size: the
// borders between CopyData messages mean nothing.
type frame struct {
	typ  byte
	body []byte
	// tooLarge: the body was over the limit of its type and has been skipped.
	tooLarge bool
	// err says that the stream broke the protocol here; nothing follows.
	err error
}

// frameReader cuts a stream into frames. Bodies share the blocks that were read,
// which are never written again: a body may be kept.
type frameReader struct {
	src        io.Reader
	buf        []byte
	start, end int // unread bytes in buf
	lastRead   int
	copyLeft   int // bytes of a CopyData message that are still to come
	queryMax   int
	bindMax    int
}

// next returns the next frame. After an error nothing more can be read.
func (r *frameReader) next() (frame, error) {
	if r.copyLeft > 0 {
		return r.copyPiece()
	}
	if err := r.fill(5); err != nil {
		return frame{}, err
	}
	typ := r.buf[r.start]
	n := int(binary.BigEndian.Uint32(r.buf[r.start+1:]))
	if n < 4 || n > messageBytesMax {
		return frame{}, pgerr.New(pgerr.ProtocolViolation, "invalid message length")
	}
	if !knownMessage(typ) {
		return frame{}, pgerr.Newf(pgerr.ProtocolViolation, "invalid frontend message type %d", typ)
	}
	r.start += 5
	return r.body(typ, n-4)
}

func (r *frameReader) body(typ byte, n int) (frame, error) {
	if typ == 'd' {
		r.copyLeft = n
		if n == 0 {
			return frame{typ: typ}, nil
		}
		return r.copyPiece()
	}
	if n > r.limit(typ) {
		return frame{typ: typ, tooLarge: true}, r.skip(n)
	}
	if n <= chunkBytesMax {
		if err := r.fill(n); err != nil {
			return frame{}, err
		}
		return frame{typ: typ, body: r.take(n)}, nil
	}
	body, err := r.large(n)
	return frame{typ: typ, body: body}, err
}

// limit is the largest body of a message of this type.
func (r *frameReader) limit(typ byte) int {
	switch typ {
	case 'Q', 'P':
		return r.queryMax
	case 'B':
		return r.bindMax
	}
	return smallBytesMax
}

func knownMessage(typ byte) bool {
	switch typ {
	case 'Q', 'P', 'B', 'D', 'E', 'C', 'S', 'H', 'X', 'F', 'd', 'c', 'f':
		return true
	}
	return false
}

func (r *frameReader) copyPiece() (frame, error) {
	if r.start == r.end {
		if err := r.fill(1); err != nil {
			return frame{}, err
		}
	}
	piece := r.take(min(r.copyLeft, r.end-r.start))
	r.copyLeft -= len(piece)
	return frame{typ: 'd', body: piece}, nil
}

func (r *frameReader) take(n int) []byte {
	b := r.buf[r.start : r.start+n : r.start+n]
	r.start += n
	return b
}

// fill makes at least n bytes available, n being at most chunkBytesMax.
func (r *frameReader) fill(n int) error {
	for r.end-r.start < n {
		if len(r.buf)-r.start < n || len(r.buf) == r.end {
			r.grow(n)
		}
		got, err := r.src.Read(r.buf[r.end:])
		r.end += got
		r.lastRead = got
		if err != nil && r.end-r.start < n {
			return err
		}
	}
	return nil
}

// grow moves the unread bytes to a new block, larger the busier the client is.
func (r *frameReader) grow(n int) {
	unread := r.buf[r.start:r.end]
	size := min(max(2*r.lastRead, chunkBytesMin), chunkBytesMax)
	buf := make([]byte, max(size, n+len(unread)))
	r.end = copy(buf, unread)
	r.start, r.buf = 0, buf
}

// large reads a body that exceeds a block. Memory grows with the bytes that came,
// not with the length that was claimed.
func (r *frameReader) large(n int) ([]byte, error) {
	body := append(make([]byte, 0, min(n, 4*chunkBytesMax)), r.take(min(n, r.end-r.start))...)
	for len(body) < n {
		if len(body) == cap(body) {
			body = append(make([]byte, 0, min(n, 2*cap(body))), body...)
		}
		got, err := r.src.Read(body[len(body):min(cap(body), n)])
		body = body[:len(body)+got]
		if err != nil && len(body) < n {
			return nil, err
		}
	}
	return body, nil
}

// skip reads n bytes and forgets them.
func (r *frameReader) skip(n int) error {
	for n > 0 {
		if err := r.fill(1); err != nil {
			return err
		}
		n -= len(r.take(min(n, r.end-r.start)))
	}
	return nil
}
