package types

import (
	"encoding/binary"
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

// DecodeRecord reads a stored record of type t; ok is false when the bytes are none.
// The types of its fields are those of t where t knows them, otherwise those that the
// bytes name, which can only be built-in ones.
func DecodeRecord(t Type, b []byte) (ts []Type, row []Datum, ok bool) {
	n, size := binary.Uvarint(b)
	if size <= 0 || n > uint64(len(b)) {
		return nil, nil, false
	}
	b = b[size:]
	fields := t.Fields()
	for i := range int(n) {
		if len(b) < 5 {
			return nil, nil, false
		}
		ft, known := fieldType(fields, i, binary.LittleEndian.Uint32(b))
		set := b[4] == 1
		if b = b[5:]; !known || !ft.storable() {
			return nil, nil, false
		}
		d := Null
		if set {
			if d, b, ok = takeStored(ft, b); !ok {
				return nil, nil, false
			}
		}
		ts, row = append(ts, ft), append(row, d)
	}
	return ts, row, len(b) == 0
}

// fieldType is the type of field i of a stored record, whose type has the given OID.
func fieldType(fields []Column, i int, oid uint32) (Type, bool) {
	if i < len(fields) && fields[i].Type.OID() == oid {
		return fields[i].Type, true
	}
	return FromOID(oid)
}

// RecordField returns field at (from 0) of a stored record of type t, NULL where the
// record has fewer fields.
func RecordField(t Type, b []byte, at int) (Datum, bool) {
	_, row, ok := DecodeRecord(t, b)
	if !ok || at >= len(row) {
		return Null, ok
	}
	return row[at], true
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

// convertRecord returns the conversion of records between two types that know their
// fields, nil where a field has no cast.
func convertRecord(from, to Type, f *Format) castFunc {
	var casts []castFunc
	fields := to.Fields()
	if len(fields) != len(from.Fields()) {
		return nil
	}
	for i, in := range from.Fields() {
		c := CastFunc(in.Type, fields[i].Type, true, f)
		if c == nil {
			return nil
		}
		casts = append(casts, c)
	}
	return func(_ int64, b []byte) (Datum, error) {
		_, row, ok := DecodeRecord(from, b)
		if !ok || len(row) != len(casts) {
			return Null, badSyntax("record", "")
		}
		ts := make([]Type, len(row))
		for i, d := range row {
			ts[i] = fields[i].Type
			if !d.Set {
				continue
			}
			var err error
			if row[i], err = casts[i](d.I, []byte(d.S)); err != nil {
				return Null, err
			}
		}
		return BytesDatum(string(AppendRecord(nil, ts, row))), nil
	}
}
