package pgwire

import (
	"io"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"

	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// deadliner is the part of net.Conn that bounds a write.
type deadliner interface{ SetWriteDeadline(time.Time) error }

// Writer sends results to one client. It keeps up to flushBytes and then waits for
// the socket, so a client that does not read holds up its own session only. Its
// methods are called from the session's goroutine. After an error of the socket
// every method returns an error.
type Writer struct {
	dst     io.Writer
	limit   deadliner // nil when dst has no deadlines
	timeout time.Duration
	gone    atomic.Bool // set by abandon, from any goroutine
	hurried atomic.Bool // set by hurry, from any goroutine
	drain   <-chan struct{}
	copyIn  func(binary bool, columns int) *CopyReader
	metrics *Metrics

	buf []byte
	err error
	// inExecute: the client learns the columns from Describe, not from here.
	inExecute bool
	cells     []cell
	format    *types.Format
}

// NewWriter returns a Writer that writes messages to dst, for tests of sessions.
func NewWriter(dst io.Writer) *Writer { return &Writer{dst: dst, metrics: newMetrics()} }

// Flush sends what is kept. A push query calls it after each epoch.
func (w *Writer) Flush() error {
	if w.err != nil || len(w.buf) == 0 {
		return w.err
	}
	if w.setDeadline(); w.gone.Load() {
		w.err = errGone
	} else {
		_, w.err = w.dst.Write(w.buf)
	}
	w.metrics.bytesOut.Add(float64(len(w.buf)))
	w.buf = w.buf[:0]
	if w.err != nil {
		w.err = errGone
	}
	return w.err
}

// Err returns the error of the socket, if any.
func (w *Writer) Err() error { return w.err }

// Draining is closed when the server is about to stop. A statement that would not
// end by itself then ends, with 57P01.
func (w *Writer) Draining() <-chan struct{} { return w.drain }

// setDeadline bounds the next write. It looks at the flags after it has set the
// usual time, so that it cannot undo what hurry and abandon set.
func (w *Writer) setDeadline() {
	if w.limit == nil {
		return
	}
	if w.timeout > 0 {
		_ = w.limit.SetWriteDeadline(time.Now().Add(w.timeout))
	}
	if w.hurried.Load() {
		_ = w.limit.SetWriteDeadline(time.Now().Add(lastWords))
	}
}

// hurry leaves lastWords for a blocked Flush and for each later one. Any goroutine
// may call it.
func (w *Writer) hurry() {
	w.hurried.Store(true)
	if w.limit != nil {
		_ = w.limit.SetWriteDeadline(time.Now().Add(lastWords))
	}
}

// abandon makes a blocked Flush and all later ones return. Any goroutine may call it.
func (w *Writer) abandon() {
	w.gone.Store(true)
	if w.limit != nil {
		_ = w.limit.SetWriteDeadline(time.Unix(1, 0))
	}
}

// idle sends what is kept and returns memory that an idle connection does not need.
func (w *Writer) idle() error {
	err := w.Flush()
	if cap(w.buf) > keepBytes {
		w.buf = nil
	}
	return err
}

// spill sends what is kept when it is enough.
func (w *Writer) spill() error {
	if len(w.buf) >= flushBytes {
		return w.Flush()
	}
	return w.err
}

// encoder is a message of pgproto3.
type encoder interface {
	Encode(dst []byte) ([]byte, error)
}

func (w *Writer) message(m encoder) error {
	if w.err != nil {
		return w.err
	}
	buf, err := m.Encode(w.buf)
	if err != nil {
		return pgerr.Wrap(err, pgerr.ProgramLimitExceeded, "message too large")
	}
	w.buf = buf
	return w.spill()
}

// short appends a message without a body.
func (w *Writer) short(typ byte) error {
	w.buf = append(w.buf, typ, 0, 0, 0, 4)
	return w.err
}

// RowDescription announces the columns of the rows that follow. In Execute it
// only sets how they are encoded. formats is as in Bind; f may be nil. Both
// slices may be reused after the return.
func (w *Writer) RowDescription(fields []Field, formats []int16, f *types.Format) error {
	if len(fields) > columnsMax {
		return pgerr.Newf(pgerr.TooManyColumns, "target lists can have at most %d entries", columnsMax)
	}
	if len(formats) > 1 && len(formats) != len(fields) {
		return pgerr.Newf(pgerr.ProtocolViolation,
			"bind message has %d result formats but query has %d columns", len(formats), len(fields))
	}
	w.cells = w.cells[:0]
	for i := range fields {
		w.cells = append(w.cells, newCell(fields[i].Type, BinaryFormat(formats, i)))
	}
	w.format = f
	if w.inExecute {
		return w.err
	}
	return w.describe(fields, formats)
}

func (w *Writer) describe(fields []Field, formats []int16) error {
	m := pgproto3.RowDescription{Fields: make([]pgproto3.FieldDescription, len(fields))}
	for i, f := range fields {
		d := &m.Fields[i]
		d.Name = []byte(clean(f.Name))
		d.TableOID = f.Table
		d.TableAttributeNumber = uint16(f.Column)
		d.DataTypeOID = f.Type.OID()
		d.DataTypeSize = f.Type.TypLen()
		d.TypeModifier = f.Type.Mod
		if BinaryFormat(formats, i) {
			d.Format = 1
		}
	}
	return w.message(&m)
}

// CommandComplete ends a statement, with its tag ("SELECT 3").
func (w *Writer) CommandComplete(tag string) error {
	return w.message(&pgproto3.CommandComplete{CommandTag: []byte(tag)})
}

// EmptyQuery answers a query string without a statement.
func (w *Writer) EmptyQuery() error { return w.short('I') }

// Notice sends a notice. The position of e refers to e.Source.
func (w *Writer) Notice(sev Severity, e *pgerr.Error) error {
	m := pgproto3.NoticeResponse(response(string(sev), e, ""))
	return w.message(&m)
}

// Notification sends what NOTIFY delivers.
func (w *Writer) Notification(pid int32, channel string, payload string) error {
	return w.message(&pgproto3.NotificationResponse{PID: uint32(pid), Channel: channel, Payload: payload})
}

func (w *Writer) parameter(p Parameter) error {
	return w.message(&pgproto3.ParameterStatus{Name: clean(p.Name), Value: clean(p.Value)})
}

func (w *Writer) error(severity string, err error, text string) {
	m := response(severity, toError(err), text)
	_ = w.message(&m)
}
