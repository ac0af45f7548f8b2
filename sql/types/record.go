package types

import (
	"encoding/binary"
	"strings"
)

// AppendRecord appends the stored form of a record: the number of fields, and for
// each its type's OID, whether it is there, and its value.
func AppendRecord(dst []byte, ts []Type, row []Datum) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(ts)))
	for i, t := range ts {
		dst = binary.LittleEndian.AppendUint32(dst, t.OID())
		d := row[i]
		switch {
		case !d.Set:
			dst = append(dst, 0)
		case t.IsFixed():
			dst = binary.LittleEndian.AppendUint64(append(dst, 1), uint64(d.I))
		default:
			dst = append(binary.AppendUvarint(append(dst, 1), uint64(len(d.S))), d.S...)
		}
	}
	return dst
}

// DecodeRecord reads a stored record; ok is false when the bytes are none.
func DecodeRecord(b []byte) (ts []Type, row []Datum, ok bool) {
	n, size := binary.Uvarint(b)
	if size <= 0 || n > uint64(len(b)) {
		return nil, nil, false
	}
	b = b[size:]
	for range n {
		if len(b) < 5 {
			return nil, nil, false
		}
		t, known := FromOID(binary.LittleEndian.Uint32(b))
		set := b[4] == 1
		if b = b[5:]; !known || !t.storable() {
			return nil, nil, false
		}
		d := Null
		if set {
			if d, b, ok = takeStored(t, b); !ok {
				return nil, nil, false
			}
		}
		ts, row = append(ts, t), append(row, d)
	}
	return ts, row, len(b) == 0
}

func (t Type) storable() bool { return t.Kind < KindAny }

// takeStored takes one value in its stored form, with a length where it is bytes.
func takeStored(t Type, b []byte) (Datum, []byte, bool) {
	if t.IsFixed() {
		if len(b) < 8 {
			return Null, nil, false
		}
		return FixedDatum(int64(binary.LittleEndian.Uint64(b))), b[8:], true
	}
	n, size := binary.Uvarint(b)
	if size <= 0 || n > uint64(len(b)-size) {
		return Null, nil, false
	}
	b = b[size:]
	return BytesDatum(string(b[:n])), b[n:], true
}

// appendRecord appends (1,,"a b").
func appendRecord(dst, b []byte, f *Format) []byte {
	ts, row, _ := DecodeRecord(b)
	dst = append(dst, '(')
	for i, d := range row {
		if i > 0 {
			dst = append(dst, ',')
		}
		if d.Set {
			dst = appendRecordField(dst, DatumText(ts[i], d, f))
		}
	}
	return append(dst, ')')
}

func appendRecordField(dst []byte, s string) []byte {
	if s != "" && !strings.ContainsAny(s, "\"\\(), \t\n\r\v\f") {
		return append(dst, s...)
	}
	dst = append(dst, '"')
	for i := range len(s) {
		if s[i] == '"' || s[i] == '\\' {
			dst = append(dst, s[i])
		}
		dst = append(dst, s[i])
	}
	return append(dst, '"')
}
