package pgwire

import (
	"context"
	"encoding/binary"
	"io"

	"github.com/jackc/pgx/v5/pgproto3"

	"millrace/sql/pgerr"
)

// CopyOut begins COPY TO STDOUT; CopyData and CopyDone follow.
func (w *Writer) CopyOut(isBinary bool, columns int) error {
	return w.message(&pgproto3.CopyOutResponse{OverallFormat: copyFormat(isBinary), ColumnFormatCodes: copyFormats(isBinary, columns)})
}

// CopyData sends one message of COPY data: one row, by PostgreSQL's custom.
func (w *Writer) CopyData(data []byte) error {
	if len(data) > rowBytesMax {
		return pgerr.Newf(pgerr.ProgramLimitExceeded, "row of %d bytes is too large to be sent", len(data))
	}
	w.buf = append(w.buf, 'd')
	w.buf = binary.BigEndian.AppendUint32(w.buf, uint32(len(data)+4))
	w.buf = append(w.buf, data...)
	return w.spill()
}

// CopyDone ends COPY TO STDOUT; CommandComplete follows.
func (w *Writer) CopyDone() error { return w.short('c') }

// CopyIn asks the client for COPY data. The caller reads to io.EOF, or stops
// early and returns an error; the rest is then dropped.
func (w *Writer) CopyIn(isBinary bool, columns int) (*CopyReader, error) {
	if w.copyIn == nil {
		panic(pgerr.Bug("this Writer has no client to copy from"))
	}
	err := w.message(&pgproto3.CopyInResponse{OverallFormat: copyFormat(isBinary), ColumnFormatCodes: copyFormats(isBinary, columns)})
	if err == nil {
		err = w.Flush()
	}
	if err != nil {
		return nil, err
	}
	return w.copyIn(isBinary, columns), nil
}

func copyFormat(isBinary bool) byte {
	if isBinary {
		return 1
	}
	return 0
}

func copyFormats(isBinary bool, columns int) []uint16 {
	codes := make([]uint16, columns)
	for i := range codes {
		codes[i] = uint16(copyFormat(isBinary))
	}
	return codes
}

// CopyReader is the data of a COPY FROM STDIN.
type CopyReader struct {
	c     *conn
	ended error // io.EOF or why the copy failed
}

func (c *conn) newCopyReader(bool, int) *CopyReader { return &CopyReader{c: c} }

// Next returns the next piece of the data, cut anywhere. It may be kept. The error
// is io.EOF after CopyDone, 57014 after CopyFail or a cancel.
func (r *CopyReader) Next() ([]byte, error) {
	for r.ended == nil {
		f, err := r.c.nextCopy()
		if err != nil {
			r.ended = err
			break
		}
		switch f.typ {
		case 'd':
			if len(f.body) > 0 {
				return f.body, nil
			}
		case 'c':
			r.ended = io.EOF
		case 'f':
			r.ended = copyFailed(f)
		case 'H', 'S': // sent by clients that do not look whether it is a COPY
		default:
			// The client waits for an answer that will not come: it cannot go on.
			r.ended = fatalf(pgerr.ProtocolViolation,
				"unexpected message type 0x%02X during COPY from stdin", f.typ)
		}
	}
	return nil, r.ended
}

func copyFailed(f frame) error {
	var m pgproto3.CopyFail
	if err := decode(&m, f.body); err != nil {
		return err
	}
	return pgerr.Newf(pgerr.QueryCanceled, "COPY from stdin failed: %s", m.Message)
}

// nextCopy waits for a frame inside a statement, where a cancel counts as well.
func (c *conn) nextCopy() (frame, error) {
	ctx := c.stop.begin()
	c.in.disarm()
	c.in.watch()
	for {
		if f, ok, err := c.inbox.pop(); ok || err != nil {
			if f.err != nil {
				err = f.err
			}
			return f, err
		}
		select {
		case <-c.inbox.ready:
		case <-ctx.Done():
			return frame{}, context.Cause(ctx)
		}
	}
}
