package types

import (
	"bytes"
	"encoding/binary"
	"math"
)

// AppendKey appends the key form of a value: bytes whose order is the SQL order
// and that are equal exactly when SQL calls the values equal. It is
// self-delimiting; there is no form for NULL here. FORMAT.md has the table.
func AppendKey(dst []byte, t Type, i int64, b []byte) []byte {
	switch t.Kind {
	case KindFloat4, KindFloat8:
		return appendOrderedFloat(dst, math.Float64frombits(uint64(i)))
	case KindNumeric:
		return DecodeDecimal(b).AppendKey(dst)
	case KindInterval:
		return DecodeInterval(b).AppendKey(dst)
	case KindUUID:
		if len(b) == uuidBytes {
			return append(dst, b...)
		}
		return append(dst, make([]byte, uuidBytes)...)
	case KindBpchar:
		return appendKeyBytes(dst, trimBlanks(b))
	case KindJSONB:
		return appendJSONBKey(dst, b)
	case KindArray:
		return appendArrayKey(dst, t, b)
	case KindInt2vector, KindOidvector:
		return appendArrayKey(dst, vectorArray(t), b)
	case KindRecord:
		return appendRecordKey(dst, t, b)
	}
	if t.IsFixed() {
		return appendOrderedInt(dst, i)
	}
	return appendKeyBytes(dst, b)
}

const fixedKeyBytes = 8

// appendOrderedInt appends eight bytes whose unsigned order is the signed order.
func appendOrderedInt(dst []byte, x int64) []byte {
	return binary.BigEndian.AppendUint64(dst, uint64(x)^1<<63)
}

// orderedFloat returns an integer whose unsigned order is the order of floats:
// -0 equals 0, all NaN are equal and largest.
func orderedFloat(x float64) uint64 {
	switch {
	case math.IsNaN(x):
		return math.MaxUint64
	case x == 0:
		return 1 << 63
	}
	u := math.Float64bits(x)
	if u>>63 != 0 {
		return ^u
	}
	return u | 1<<63
}

func appendOrderedFloat(dst []byte, x float64) []byte {
	return binary.BigEndian.AppendUint64(dst, orderedFloat(x))
}

// OrderedWord returns the key form of a fixed value as a number: the eight bytes
// of AppendKey, most significant first.
func OrderedWord(t Type, i int64) uint64 {
	if t.IsFloat() {
		return orderedFloat(math.Float64frombits(uint64(i)))
	}
	return uint64(i) ^ 1<<63
}

func trimBlanks(b []byte) []byte {
	for len(b) > 0 && b[len(b)-1] == ' ' {
		b = b[:len(b)-1]
	}
	return b
}

// Byte strings end with 00 01; a zero byte inside is 00 ff.
const (
	keyEscape    = 0x00
	keyEnd       = 0x01
	keyZeroByte  = 0xff
	keyEndLength = 2
)

func appendKeyBytes(dst, b []byte) []byte {
	for {
		at := bytes.IndexByte(b, 0)
		if at < 0 {
			return append(append(dst, b...), keyEscape, keyEnd)
		}
		dst = append(append(dst, b[:at]...), keyEscape, keyZeroByte)
		b = b[at+1:]
	}
}

// bytesKeyLen returns the length of the byte string at the front of a key.
func bytesKeyLen(key []byte) int {
	for at := 0; at < len(key); {
		zero := bytes.IndexByte(key[at:], keyEscape)
		if zero < 0 || at+zero+1 >= len(key) {
			return len(key)
		}
		at += zero + 2
		if key[at-1] == keyEnd {
			return at
		}
	}
	return len(key)
}

func decodeKeyBytes(key []byte) string {
	return string(bytes.ReplaceAll(key[:len(key)-keyEndLength], []byte{keyEscape, keyZeroByte}, []byte{0}))
}

// Arrays and records: each element is 01 and its key, or 02 for NULL, which is
// larger; 00 ends them.
const (
	keyElemEnd  = 0x00
	keyElem     = 0x01
	keyElemNull = 0x02
)

func appendElemKey(dst []byte, t Type, i int64, b []byte, null bool) []byte {
	if null {
		return append(dst, keyElemNull)
	}
	return AppendKey(append(dst, keyElem), t, i, b)
}

// appendArrayKey appends the elements, then the number of dimensions, the lengths
// and the lower bounds, which decide between arrays of equal elements.
func appendArrayKey(dst []byte, t Type, stored []byte) []byte {
	r, _ := OpenArray(t, stored)
	elem := t.ElemType()
	for {
		i, b, null, ok := r.Next()
		if !ok {
			break
		}
		dst = appendElemKey(dst, elem, i, b, null)
	}
	dst = append(dst, keyElemEnd, byte(len(r.Dims)))
	for _, n := range r.Dims {
		dst = binary.BigEndian.AppendUint32(dst, uint32(n))
	}
	for d := range r.Dims {
		lower := int32(1)
		if r.Lower != nil {
			lower = r.Lower[d]
		}
		dst = binary.BigEndian.AppendUint32(dst, uint32(lower)^1<<31)
	}
	return dst
}

// elemsKeyLen returns the length of the elements up to and with their end.
func elemsKeyLen(elem Type, key []byte) int {
	for at := 0; at < len(key); {
		switch key[at] {
		case keyElem:
			at += 1 + KeyLen(elem, key[at+1:])
		case keyElemNull:
			at++
		default:
			return at + 1
		}
	}
	return len(key)
}

func arrayKeyLen(elem Type, key []byte) int {
	n := elemsKeyLen(elem, key)
	if n >= len(key) {
		return len(key)
	}
	return min(len(key), n+1+8*int(key[n]))
}

// appendRecordKey appends each field after its type's OID, so that the key can be
// walked. Records of one type have the same OIDs, so they do not touch the order.
func appendRecordKey(dst []byte, t Type, stored []byte) []byte {
	ts, row, _ := DecodeRecord(t, stored)
	for i, t := range ts {
		dst = binary.BigEndian.AppendUint32(append(dst, keyElem), t.OID())
		dst = appendElemKey(dst, t, row[i].I, []byte(row[i].S), !row[i].Set)
	}
	return append(dst, keyElemEnd)
}

// recordKeyLen returns the length of the record at the front of a key; all of the key
// when a field's type is not known.
func recordKeyLen(t Type, key []byte) int {
	at := 0
	for i := 0; at < len(key); i++ {
		if key[at] != keyElem {
			return at + 1
		}
		if at+6 > len(key) {
			break
		}
		ft, ok := fieldType(t.Fields(), i, binary.BigEndian.Uint32(key[at+1:]))
		null := key[at+5] == keyElemNull
		at += 6
		switch {
		case null:
		case !ok:
			return len(key)
		default:
			at += KeyLen(ft, key[at:])
		}
	}
	return len(key)
}

// KeyLen returns the length of the first value in key, which is of type t.
func KeyLen(t Type, key []byte) int {
	switch t.Kind {
	case KindNumeric:
		return decimalKeyLen(key)
	case KindInterval, KindUUID:
		return min(len(key), uuidBytes)
	case KindJSONB:
		return jsonbKeyLen(key)
	case KindArray:
		return arrayKeyLen(t.ElemType(), key)
	case KindInt2vector, KindOidvector:
		return arrayKeyLen(vectorArray(t).ElemType(), key)
	case KindRecord:
		return recordKeyLen(t, key)
	}
	if t.IsFixed() {
		return min(len(key), fixedKeyBytes)
	}
	return bytesKeyLen(key)
}

// DecodeKey returns the first value in key and what follows it. ok is false for
// types whose key does not hold the whole value (those that are not
// IdentityEqual) and for bytes that are no key.
func DecodeKey(t Type, key []byte) (d Datum, rest []byte, ok bool) {
	n := KeyLen(t, key)
	rest = key[n:]
	switch {
	case !t.IdentityEqual() || n == 0:
		return Null, rest, false
	case t.IsFixed():
		if n < fixedKeyBytes {
			return Null, rest, false
		}
		return FixedDatum(int64(binary.BigEndian.Uint64(key) ^ 1<<63)), rest, true
	case t.Kind == KindUUID:
		return BytesDatum(string(key[:n])), rest, n == uuidBytes
	case t.Kind == KindArray:
		d, ok = decodeArrayKey(t, key[:n])
		return d, rest, ok
	case t.Kind == KindInt2vector || t.Kind == KindOidvector:
		d, ok = decodeArrayKey(vectorArray(t), key[:n])
		return d, rest, ok
	case n < keyEndLength || key[n-1] != keyEnd:
		return Null, rest, false
	}
	return BytesDatum(decodeKeyBytes(key[:n])), rest, true
}

func decodeArrayKey(t Type, key []byte) (Datum, bool) {
	a := ArrayValue{Elem: t.ElemType()}
	for len(key) > 0 && key[0] != keyElemEnd {
		d := Null
		if key[0] == keyElem {
			var ok bool
			if d, key, ok = DecodeKey(a.Elem, key[1:]); !ok {
				return Null, false
			}
		} else {
			key = key[1:]
		}
		a.Elems = append(a.Elems, d)
	}
	if len(key) < 2 || len(key) != 2+8*int(key[1]) {
		return Null, false
	}
	n, total := int(key[1]), 1
	if n > maxArrayDims {
		return Null, false
	}
	for i := range n {
		length := binary.BigEndian.Uint32(key[2+4*i:])
		lower := binary.BigEndian.Uint32(key[2+4*n+4*i:]) ^ 1<<31
		a.Dims, a.Lower = append(a.Dims, int32(length)), append(a.Lower, int32(lower))
		if length > maxArrayElems || total*int(length) > maxArrayElems {
			return Null, false
		}
		total *= int(length)
	}
	if n == 0 {
		total = 0
	}
	return a.Datum(), total == len(a.Elems)
}
