package col

import (
	"encoding/binary"

	"millrace/sql/types"
)

// Each column of a key begins with one of these; NULL is smallest, and equal to NULL.
const (
	keyNull  = 0x00
	keyValue = 0x01
	// keyNullLast stands for NULL in sort keys of NULLS LAST.
	keyNullLast = 0x02
)

// fixedKeyWidth is the size of a fixed column in a key: the marker and the word.
const fixedKeyWidth = 9

// AppendKey appends the key form of row i: bytes that are equal exactly when SQL
// calls all columns equal (NULL counting as equal to NULL), and ordered as SQL
// orders them, column by column, NULLs first.
func AppendKey(dst []byte, cols []*Vec, i int) []byte {
	for _, v := range cols {
		dst = appendKeyCol(dst, v, i)
	}
	return dst
}

func appendKeyCol(dst []byte, v *Vec, i int) []byte {
	switch {
	case v.IsNull(i):
		return append(dst, keyNull)
	case v.Type.IsFixed():
		return binary.BigEndian.AppendUint64(append(dst, keyValue), types.OrderedWord(v.Type, v.Fix[i]))
	}
	return types.AppendKey(append(dst, keyValue), v.Type, 0, v.Bytes(i))
}

// AppendKeyDatums appends what AppendKey appends for the same values.
func AppendKeyDatums(dst []byte, ts []types.Type, row []types.Datum) []byte {
	for c, t := range ts {
		dst = AppendKeyDatum(dst, t, row[c])
	}
	return dst
}

// AppendKeyDatum appends the key form of one column.
func AppendKeyDatum(dst []byte, t types.Type, d types.Datum) []byte {
	if !d.Set {
		return append(dst, keyNull)
	}
	return types.AppendKey(append(dst, keyValue), t, d.I, []byte(d.S))
}

// KeyColLen returns the length of the first column, of type t, of a key.
func KeyColLen(t types.Type, key []byte) int {
	if len(key) == 0 || key[0] != keyValue {
		return min(1, len(key))
	}
	return 1 + types.KeyLen(t, key[1:])
}

// DecodeKeyCol returns the first column of a key and what follows it; ok is false
// where the key form does not hold the value (types that are not IdentityEqual).
func DecodeKeyCol(t types.Type, key []byte) (d types.Datum, rest []byte, ok bool) {
	switch {
	case len(key) == 0:
		return types.Null, nil, false
	case key[0] != keyValue:
		return types.Null, key[1:], key[0] == keyNull
	}
	return types.DecodeKey(t, key[1:])
}

// AppendSortKey appends the key of one ORDER BY column: its bytes ascend in the
// order asked for.
func AppendSortKey(dst []byte, v *Vec, i int, desc, nullsFirst bool) []byte {
	if v.IsNull(i) {
		return append(dst, nullMark(nullsFirst))
	}
	from := len(dst) + 1
	return invert(appendKeyCol(dst, v, i), from, desc)
}

// AppendSortKeyDatum is AppendSortKey for a value outside a column.
func AppendSortKeyDatum(dst []byte, t types.Type, d types.Datum, desc, nullsFirst bool) []byte {
	if !d.Set {
		return append(dst, nullMark(nullsFirst))
	}
	from := len(dst) + 1
	return invert(AppendKeyDatum(dst, t, d), from, desc)
}

func nullMark(nullsFirst bool) byte {
	if nullsFirst {
		return keyNull
	}
	return keyNullLast
}

func invert(b []byte, from int, desc bool) []byte {
	if desc {
		for n := from; n < len(b); n++ {
			b[n] = ^b[n]
		}
	}
	return b
}

// HasNull reports whether any column of row i is NULL.
func HasNull(cols []*Vec, i int) bool {
	for _, v := range cols {
		if v.IsNull(i) {
			return true
		}
	}
	return false
}

// Keys returns the key forms of rows 0..n-1: key i is arena[off[i]:off[i+1]]. It
// reuses the memory of arena and off, whose contents are lost.
func Keys(cols []*Vec, n int, arena []byte, off []uint32) ([]byte, []uint32) {
	arena, off = arena[:0], off[:0]
	if cap(off) < n+1 {
		off = make([]uint32, 0, n+1)
	}
	if len(cols) > 0 && allFixed(cols) {
		return fixedKeys(cols, n, arena, off)
	}
	off = append(off, 0)
	if len(cols) == 1 && cols[0].Nulls == nil && plainBytes(cols[0].Type) {
		return textKeys(cols[0], n, arena, off)
	}
	for i := range n {
		for _, v := range cols {
			arena = appendKeyCol(arena, v, i)
		}
		off = append(off, uint32(len(arena)))
	}
	return arena, off
}

func allFixed(cols []*Vec) bool {
	for _, v := range cols {
		if v.Nulls != nil || !v.Type.IsFixed() {
			return false
		}
	}
	return true
}

// plainBytes reports whether a type's key is its bytes, escaped.
func plainBytes(t types.Type) bool {
	switch t.Kind {
	case types.KindText, types.KindVarchar, types.KindBytea, types.KindName, types.KindJSON, types.KindUnknown:
		return true
	}
	return false
}

// fixedKeys makes keys of equal width, column by column.
func fixedKeys(cols []*Vec, n int, arena []byte, off []uint32) ([]byte, []uint32) {
	stride := fixedKeyWidth * len(cols)
	if cap(arena) < n*stride {
		arena = make([]byte, n*stride)
	}
	arena = arena[:n*stride]
	for i := range n + 1 {
		off = append(off, uint32(i*stride))
	}
	for c, v := range cols {
		at := c * fixedKeyWidth
		isFloat := v.Type.IsFloat()
		for i := range n {
			word := uint64(v.Fix[i]) ^ 1<<63
			if isFloat {
				word = types.OrderedWord(v.Type, v.Fix[i])
			}
			cell := arena[at : at+fixedKeyWidth : at+fixedKeyWidth]
			cell[0] = keyValue
			binary.BigEndian.PutUint64(cell[1:], word)
			at += stride
		}
	}
	return arena, off
}

func textKeys(v *Vec, n int, arena []byte, off []uint32) ([]byte, []uint32) {
	for i := range n {
		arena = types.AppendKey(append(arena, keyValue), v.Type, 0, v.Bytes(i))
		off = append(off, uint32(len(arena)))
	}
	return arena, off
}
