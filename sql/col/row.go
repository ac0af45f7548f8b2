package col

import (
	"encoding/binary"
	"math"

	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// The exact form of a row: a bitmap of the NULL columns (column c is bit c%8 of
// byte c/8), then the values of the others in order. Integers and times are zigzag
// varints, floats 8 bytes little-endian, bool and "char" one byte, bytes types a
// uvarint length and the bytes.

// width says how the exact form holds a type.
type width uint8

const (
	widthVarint width = iota
	widthByte
	widthWord
	widthBytes
)

func widthOf(t types.Type) width {
	switch {
	case !t.IsFixed():
		return widthBytes
	case t.IsFloat():
		return widthWord
	case t.Kind == types.KindBool || t.Kind == types.KindChar:
		return widthByte
	}
	return widthVarint
}

func nullBytes(cols int) int { return (cols + 7) / 8 }

// openRow appends an empty NULL bitmap.
func openRow(dst []byte, cols int) []byte {
	for range nullBytes(cols) {
		dst = append(dst, 0)
	}
	return dst
}

func appendFixed(dst []byte, t types.Type, x int64) []byte {
	switch widthOf(t) {
	case widthByte:
		return append(dst, byte(x))
	case widthWord:
		return binary.LittleEndian.AppendUint64(dst, uint64(x))
	}
	return binary.AppendVarint(dst, x)
}

// AppendRow appends the exact form of row i: two rows of the same types have equal
// bytes exactly when the stored values are equal.
func AppendRow(dst []byte, cols []*Vec, i int) []byte {
	at := len(dst)
	dst = openRow(dst, len(cols))
	for c, v := range cols {
		switch {
		case v.IsNull(i):
			dst[at+c/8] |= 1 << (c % 8)
		case v.Fix != nil || v.Type.IsFixed():
			dst = appendFixed(dst, v.Type, v.Fix[i])
		default:
			b := v.Bytes(i)
			dst = append(binary.AppendUvarint(dst, uint64(len(b))), b...)
		}
	}
	return dst
}

// AppendRowDatums appends what AppendRow appends for the same values.
func AppendRowDatums(dst []byte, ts []types.Type, row []types.Datum) []byte {
	at := len(dst)
	dst = openRow(dst, len(ts))
	for c, t := range ts {
		switch d := row[c]; {
		case !d.Set:
			dst[at+c/8] |= 1 << (c % 8)
		case t.IsFixed():
			dst = appendFixed(dst, t, d.I)
		default:
			dst = append(binary.AppendUvarint(dst, uint64(len(d.S))), d.S...)
		}
	}
	return dst
}

func corruptRow() error { return pgerr.New(pgerr.DataCorrupted, "stored row is damaged") }

// rowReader takes the values of one exact row in order.
type rowReader struct {
	nulls, rest []byte
}

func openRowReader(b []byte, cols int) (rowReader, error) {
	n := nullBytes(cols)
	if len(b) < n {
		return rowReader{}, corruptRow()
	}
	return rowReader{b[:n], b[n:]}, nil
}

func (r *rowReader) isNull(c int) bool { return r.nulls[c/8]&(1<<(c%8)) != 0 }

// fixed takes a value of a fixed type.
func (r *rowReader) fixed(w width) (int64, bool) {
	switch w {
	case widthByte:
		if len(r.rest) < 1 {
			return 0, false
		}
		x := int64(r.rest[0])
		r.rest = r.rest[1:]
		return x, true
	case widthWord:
		if len(r.rest) < 8 {
			return 0, false
		}
		x := int64(binary.LittleEndian.Uint64(r.rest))
		r.rest = r.rest[8:]
		return x, true
	}
	x, n := binary.Varint(r.rest)
	if n <= 0 {
		return 0, false
	}
	r.rest = r.rest[n:]
	return x, true
}

// bytes takes a value of a bytes type.
func (r *rowReader) bytes() ([]byte, bool) {
	n, size := binary.Uvarint(r.rest)
	if size <= 0 || n > uint64(len(r.rest)-size) {
		return nil, false
	}
	b := r.rest[size : size+int(n)]
	r.rest = r.rest[size+int(n):]
	return b, true
}

// appendTo appends column c to b; no builder means that the value is skipped.
func (r *rowReader) appendTo(t types.Type, c int, b *Builder) bool {
	if r.isNull(c) {
		if b != nil {
			b.Null()
		}
		return true
	}
	if w := widthOf(t); w != widthBytes {
		x, ok := r.fixed(w)
		if ok && b != nil {
			b.Int(x)
		}
		return ok
	}
	raw, ok := r.bytes()
	if ok && b != nil {
		b.Raw(raw)
	}
	return ok
}

// DecodeRow appends the row at the front of b to the builders, whose types are
// those it was made of, and returns what follows. After an error the builders
// are of unequal length and must be thrown away.
func DecodeRow(b []byte, into []*Builder) (rest []byte, err error) {
	r, err := openRowReader(b, len(into))
	if err != nil {
		return nil, err
	}
	for c, to := range into {
		if !r.appendTo(to.v.Type, c, to) {
			return nil, corruptRow()
		}
	}
	return r.rest, nil
}

// DecodeRowCols appends the columns at the positions want of a row of types ts to
// the builders, into[k] taking column want[k], which ascend.
func DecodeRowCols(b []byte, ts []types.Type, want []int, into []*Builder) (rest []byte, err error) {
	r, err := openRowReader(b, len(ts))
	if err != nil {
		return nil, err
	}
	k := 0
	for c, t := range ts {
		var to *Builder
		if k < len(want) && want[k] == c {
			to = into[k]
			k++
		}
		if !r.appendTo(t, c, to) {
			return nil, corruptRow()
		}
	}
	if k < len(want) {
		panic(pgerr.Bug("columns %v of a row of %d do not ascend", want, len(ts)))
	}
	return r.rest, nil
}

// SkipRow returns what follows the row of types ts at the front of b.
func SkipRow(b []byte, ts []types.Type) (rest []byte, err error) {
	return DecodeRowCols(b, ts, nil, nil)
}

// DecodeRowDatums returns the row of types ts at the front of b.
func DecodeRowDatums(b []byte, ts []types.Type) (row []types.Datum, rest []byte, err error) {
	r, err := openRowReader(b, len(ts))
	if err != nil {
		return nil, nil, err
	}
	row = make([]types.Datum, len(ts))
	for c, t := range ts {
		if r.isNull(c) {
			continue
		}
		if w := widthOf(t); w != widthBytes {
			x, ok := r.fixed(w)
			if !ok {
				return nil, nil, corruptRow()
			}
			row[c] = types.FixedDatum(x)
			continue
		}
		raw, ok := r.bytes()
		if !ok {
			return nil, nil, corruptRow()
		}
		row[c] = types.BytesDatum(string(raw))
	}
	return row, r.rest, nil
}

// FormatRow returns row i as text, values separated by |, NULL as in SQL; for
// tests and messages.
func FormatRow(b *Batch, i int) string {
	var out []byte
	for c, v := range b.Cols {
		if c > 0 {
			out = append(out, '|')
		}
		switch {
		case v.Err(i) != nil:
			out = append(append(out, "error: "...), v.Err(i).Error()...)
		case v.IsNull(i):
			out = append(out, "NULL"...)
		case v.Type.IsFixed():
			out = types.AppendText(out, v.Type, v.Fix[i], nil, nil)
		default:
			out = types.AppendText(out, v.Type, 0, v.Bytes(i), nil)
		}
	}
	return string(out)
}

// maxWeight is the largest weight of one row of a batch.
const maxWeight = math.MaxInt32
