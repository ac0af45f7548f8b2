package types

import "encoding/binary"

// Classes of jsonb values in their order. An empty array at the top is smaller
// than everything, a quirk of PostgreSQL's that its indexes keep alive.
const (
	jsonKeyEmptyTop = 0x08
	jsonKeyNull     = 0x10
	jsonKeyString   = 0x18
	jsonKeyNumber   = 0x20
	jsonKeyFalse    = 0x28
	jsonKeyTrue     = 0x29
	jsonKeyArray    = 0x30
	jsonKeyObject   = 0x40
)

// appendJSONBKey appends the key form of stored jsonb: containers by their number
// of members first, then member by member.
func appendJSONBKey(dst, b []byte) []byte {
	if string(b) == "[]" {
		return append(dst, jsonKeyEmptyTop)
	}
	r := JSONReader{text: b}
	return r.appendKey(dst)
}

func (r *JSONReader) appendKey(dst []byte) []byte {
	r.space()
	if r.at >= len(r.text) {
		return append(dst, jsonKeyNull)
	}
	switch r.text[r.at] {
	case 'n':
		r.at += len("null")
		return append(dst, jsonKeyNull)
	case 't':
		r.at += len("true")
		return append(dst, jsonKeyTrue)
	case 'f':
		r.at += len("false")
		return append(dst, jsonKeyFalse)
	case '"':
		return appendKeyBytes(append(dst, jsonKeyString), []byte(r.str()))
	case '[':
		return r.appendContainerKey(dst, jsonKeyArray)
	case '{':
		return r.appendContainerKey(dst, jsonKeyObject)
	}
	d, err := ParseDecimal(string(r.skipScalar()))
	if err != nil {
		d = DecimalNaN
	}
	return d.AppendKey(append(dst, jsonKeyNumber))
}

func (r *JSONReader) appendContainerKey(dst []byte, class byte) []byte {
	at := len(dst) + 1
	dst = append(dst, class, 0, 0, 0, 0)
	count := uint32(0)
	r.at++
	for r.member() {
		if class == jsonKeyObject {
			dst = appendKeyBytes(dst, []byte(r.key()))
		}
		dst = r.appendKey(dst)
		count++
	}
	binary.BigEndian.PutUint32(dst[at:], count)
	return dst
}

// jsonbKeyLen returns the length of the jsonb value at the front of a key.
func jsonbKeyLen(key []byte) int {
	if len(key) == 0 {
		return 0
	}
	switch key[0] {
	case jsonKeyString:
		return 1 + bytesKeyLen(key[1:])
	case jsonKeyNumber:
		return 1 + decimalKeyLen(key[1:])
	case jsonKeyArray, jsonKeyObject:
		return jsonbContainerKeyLen(key)
	}
	return 1
}

func jsonbContainerKeyLen(key []byte) int {
	if len(key) < 5 {
		return len(key)
	}
	at := 5
	for range binary.BigEndian.Uint32(key[1:]) {
		if at >= len(key) {
			return len(key)
		}
		if key[0] == jsonKeyObject {
			at += bytesKeyLen(key[at:])
		}
		at += jsonbKeyLen(key[at:])
	}
	return at
}
