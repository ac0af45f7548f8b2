package codec

import (
	"bytes"
	"encoding/binary"

	"millrace/sql/col"
	"millrace/sql/types"
)

// Writer turns columns into the rows of COPY TO. Every row is one message for the
// client, newline included.
type Writer struct {
	o      Options
	target Target
	format *types.Format
	force  []bool // FORCE_QUOTE by column
	cell   []byte // the text of one value
}

// NewWriter returns a writer. f holds the session's settings and may be nil.
func NewWriter(o Options, target Target, f *types.Format) (*Writer, error) {
	force, err := target.flags("FORCE_QUOTE", o.ForceQuote)
	if err != nil {
		return nil, err
	}
	for i := range force {
		force[i] = force[i] || o.ForceQuoteAll
	}
	return &Writer{o: o, target: target, format: f, force: force}, nil
}

// AppendHeader appends what comes before the first row, which may be nothing.
func (w *Writer) AppendHeader(dst []byte) []byte {
	if w.o.Kind == Binary {
		dst = append(dst, binarySignature...)
		return append(dst, 0, 0, 0, 0, 0, 0, 0, 0)
	}
	if w.o.Header == HeaderNone {
		return dst
	}
	for i, c := range w.target.Columns {
		if i > 0 {
			dst = append(dst, w.o.Delimiter)
		}
		dst = w.field(dst, []byte(c.Name), false)
	}
	return append(dst, '\n')
}

// AppendTrailer appends what comes after the last row, which may be nothing.
func (w *Writer) AppendTrailer(dst []byte) []byte {
	if w.o.Kind == Binary {
		return append(dst, 0xff, 0xff)
	}
	return dst
}

// AppendRow appends row i of b, its first columns. The error is that of a value
// whose evaluation failed.
func (w *Writer) AppendRow(dst []byte, b *col.Batch, i int) ([]byte, error) {
	cols := b.Cols[:len(w.target.Columns)]
	for _, v := range cols {
		if err := v.Err(i); err != nil {
			return dst, err
		}
	}
	if w.o.Kind == Binary {
		return w.binaryRow(dst, cols, i), nil
	}
	for c, v := range cols {
		if c > 0 {
			dst = append(dst, w.o.Delimiter)
		}
		if v.IsNull(i) {
			dst = append(dst, w.o.Null...)
			continue
		}
		dst = w.field(dst, w.text(v, i), w.force[c])
	}
	return append(dst, '\n'), nil
}

// text returns the text form of a value, valid until the next call.
func (w *Writer) text(v *col.Vec, i int) []byte {
	if v.Type.IsFixed() {
		w.cell = types.AppendText(w.cell[:0], v.Type, v.Fix[i], nil, w.format)
		return w.cell
	}
	switch v.Type.Kind {
	case types.KindText, types.KindVarchar, types.KindJSON:
		return v.Bytes(i)
	}
	w.cell = types.AppendText(w.cell[:0], v.Type, 0, v.Bytes(i), w.format)
	return w.cell
}

func (w *Writer) field(dst, value []byte, force bool) []byte {
	if w.o.Kind == CSV {
		return w.csvField(dst, value, force)
	}
	return w.textField(dst, value)
}

// textField escapes control characters, the backslash and the delimiter.
func (w *Writer) textField(dst, value []byte) []byte {
	for _, c := range value {
		if escape := letter(c); escape != 0 {
			dst = append(dst, '\\', escape)
			continue
		}
		if c == '\\' || c == w.o.Delimiter {
			dst = append(dst, '\\')
		}
		dst = append(dst, c)
	}
	return dst
}

// letter is what follows the backslash for a control character, 0 for others.
func letter(c byte) byte {
	if c < '\b' || c > '\r' {
		return 0
	}
	return "btnvfr"[c-'\b']
}

// csvField puts a value into quotes where it could be misread without.
func (w *Writer) csvField(dst, value []byte, force bool) []byte {
	if !force && !w.needsQuotes(value) {
		return append(dst, value...)
	}
	dst = append(dst, w.o.Quote)
	for _, c := range value {
		if c == w.o.Quote || c == w.o.Escape {
			dst = append(dst, w.o.Escape)
		}
		dst = append(dst, c)
	}
	return append(dst, w.o.Quote)
}

func (w *Writer) needsQuotes(value []byte) bool {
	if string(value) == w.o.Null || (len(w.target.Columns) == 1 && string(value) == `\.`) {
		return true
	}
	return bytes.IndexByte(value, w.o.Delimiter) >= 0 || bytes.IndexByte(value, w.o.Quote) >= 0 ||
		bytes.IndexByte(value, '\n') >= 0 || bytes.IndexByte(value, '\r') >= 0
}

func (w *Writer) binaryRow(dst []byte, cols []*col.Vec, i int) []byte {
	dst = binary.BigEndian.AppendUint16(dst, uint16(len(cols)))
	for _, v := range cols {
		if v.IsNull(i) {
			dst = append(dst, 0xff, 0xff, 0xff, 0xff)
			continue
		}
		at := len(dst)
		dst = append(dst, 0, 0, 0, 0)
		if v.Type.IsFixed() {
			dst = types.AppendBinary(dst, v.Type, v.Fix[i], nil)
		} else {
			dst = types.AppendBinary(dst, v.Type, 0, v.Bytes(i))
		}
		binary.BigEndian.PutUint32(dst[at:], uint32(len(dst)-at-4))
	}
	return dst
}
