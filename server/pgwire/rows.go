package pgwire

import (
	"encoding/binary"
	"math"
	"strconv"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// cellKind is how a value becomes bytes; the common types have their own.
type cellKind uint8

const (
	cellText   cellKind = iota // types.AppendText
	cellBinary                 // types.AppendBinary
	cellRaw                    // stored bytes as they are
	cellInt                    // decimal digits
	cellWord2                  // big-endian words
	cellWord4
	cellWord8
	cellByte
	cellFloat4 // big-endian IEEE from a float64
)

// cell is how one column is sent.
type cell struct {
	kind cellKind
	typ  types.Type
}

func newCell(t types.Type, isBinary bool) cell {
	if isBinary {
		return cell{binaryKind(t), t}
	}
	switch t.Kind {
	case types.KindText, types.KindVarchar, types.KindJSON:
		return cell{cellRaw, t}
	case types.KindInt2, types.KindInt4, types.KindInt8:
		return cell{cellInt, t}
	}
	return cell{cellText, t}
}

func binaryKind(t types.Type) cellKind {
	switch t.Kind {
	case types.KindText, types.KindVarchar, types.KindJSON:
		return cellRaw
	case types.KindBool:
		return cellByte
	case types.KindInt2:
		return cellWord2
	case types.KindInt4, types.KindOID:
		return cellWord4
	case types.KindInt8, types.KindFloat8:
		return cellWord8
	case types.KindFloat4:
		return cellFloat4
	}
	return cellBinary
}

// Rows sends rows from..to-1 of b: its first columns, as many as RowDescription
// announced. Weights do not count: each row is sent once. An error of a value
// (Vec.Errs) is returned before its row is sent.
func (w *Writer) Rows(b *col.Batch, from, to int) error {
	if len(b.Cols) < len(w.cells) {
		panic(pgerr.Bug("%d columns for %d fields", len(b.Cols), len(w.cells)))
	}
	cols := b.Cols[:len(w.cells)]
	failing := false
	for _, v := range cols {
		failing = failing || v.Errs != nil
	}
	for i := from; i < to; i++ {
		if failing {
			if err := rowError(cols, i); err != nil {
				return err
			}
		}
		if err := w.row(cols, i); err != nil {
			return err
		}
	}
	return w.err
}

func rowError(cols []*col.Vec, i int) error {
	for _, v := range cols {
		if err := v.Err(i); err != nil {
			return err
		}
	}
	return nil
}

func (w *Writer) row(cols []*col.Vec, i int) error {
	start := len(w.buf)
	dst := append(w.buf, 'D', 0, 0, 0, 0, byte(len(cols)>>8), byte(len(cols)))
	for c, v := range cols {
		if v.Nulls != nil && v.Nulls.Get(i) {
			dst = append(dst, 0xff, 0xff, 0xff, 0xff)
			continue
		}
		if v.Fix != nil {
			dst = w.cells[c].appendFixed(dst, v.Fix[i], w.format)
		} else {
			dst = w.cells[c].appendBytes(dst, v.Buf[v.Off[i]:v.Off[i+1]], w.format)
		}
	}
	return w.endRow(dst, start)
}

// Row sends one row of datums, for results that are not columns.
func (w *Writer) Row(row ...types.Datum) error {
	if len(row) != len(w.cells) {
		panic(pgerr.Bug("%d values for %d fields", len(row), len(w.cells)))
	}
	start := len(w.buf)
	dst := append(w.buf, 'D', 0, 0, 0, 0, byte(len(row)>>8), byte(len(row)))
	for i, d := range row {
		switch c := w.cells[i]; {
		case !d.Set:
			dst = append(dst, 0xff, 0xff, 0xff, 0xff)
		case c.typ.IsFixed():
			dst = c.appendFixed(dst, d.I, w.format)
		default:
			dst = c.appendBytes(dst, []byte(d.S), w.format)
		}
	}
	return w.endRow(dst, start)
}

// endRow fills in the length of the message that begins at start.
func (w *Writer) endRow(dst []byte, start int) error {
	if len(dst)-start > rowBytesMax {
		w.buf = dst[:start]
		return pgerr.Newf(pgerr.ProgramLimitExceeded, "row of %d bytes is too large to be sent", len(dst)-start)
	}
	binary.BigEndian.PutUint32(dst[start+1:], uint32(len(dst)-start-1))
	w.buf = dst
	if len(dst) >= flushBytes {
		return w.Flush()
	}
	return w.err
}

// appendFixed appends length and value of a fixed type.
func (c cell) appendFixed(dst []byte, x int64, f *types.Format) []byte {
	switch c.kind {
	case cellByte:
		return append(dst, 0, 0, 0, 1, byte(x))
	case cellWord2:
		return append(dst, 0, 0, 0, 2, byte(x>>8), byte(x))
	case cellWord4:
		return binary.BigEndian.AppendUint32(append(dst, 0, 0, 0, 4), uint32(x))
	case cellWord8:
		return binary.BigEndian.AppendUint64(append(dst, 0, 0, 0, 8), uint64(x))
	case cellFloat4:
		bits := math.Float32bits(float32(math.Float64frombits(uint64(x))))
		return binary.BigEndian.AppendUint32(append(dst, 0, 0, 0, 4), bits)
	}
	at := len(dst)
	dst = append(dst, 0, 0, 0, 0)
	switch c.kind {
	case cellInt:
		dst = strconv.AppendInt(dst, x, 10)
	case cellBinary:
		dst = types.AppendBinary(dst, c.typ, x, nil)
	default:
		dst = types.AppendText(dst, c.typ, x, nil, f)
	}
	binary.BigEndian.PutUint32(dst[at:], uint32(len(dst)-at-4))
	return dst
}

// appendBytes appends length and value of a bytes type.
func (c cell) appendBytes(dst, b []byte, f *types.Format) []byte {
	if c.kind == cellRaw {
		return append(binary.BigEndian.AppendUint32(dst, uint32(len(b))), b...)
	}
	at := len(dst)
	dst = append(dst, 0, 0, 0, 0)
	if c.kind == cellBinary {
		dst = types.AppendBinary(dst, c.typ, 0, b)
	} else {
		dst = types.AppendText(dst, c.typ, 0, b, f)
	}
	binary.BigEndian.PutUint32(dst[at:], uint32(len(dst)-at-4))
	return dst
}
