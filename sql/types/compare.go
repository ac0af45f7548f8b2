package types

import (
	"bytes"
	"cmp"
)

// Compare returns the SQL order of two values that are not NULL: -1, 0 or 1.
func Compare(t Type, a, b Datum) int {
	if t.IsFixed() {
		return CompareRaw(t, a.I, nil, b.I, nil)
	}
	return CompareRaw(t, 0, []byte(a.S), 0, []byte(b.S))
}

// CompareRaw is Compare on the parts of two values.
func CompareRaw(t Type, ai int64, ab []byte, bi int64, bb []byte) int {
	switch t.Kind {
	case KindFloat4, KindFloat8:
		return cmp.Compare(OrderedWord(t, ai), OrderedWord(t, bi))
	case KindNumeric:
		return DecodeDecimal(ab).Cmp(DecodeDecimal(bb))
	case KindInterval:
		return DecodeInterval(ab).Cmp(DecodeInterval(bb))
	case KindBpchar:
		return bytes.Compare(trimBlanks(ab), trimBlanks(bb))
	case KindJSONB, KindArray, KindInt2vector, KindOidvector, KindRecord:
		return bytes.Compare(AppendKey(nil, t, 0, ab), AppendKey(nil, t, 0, bb))
	}
	if t.IsFixed() {
		return cmp.Compare(ai, bi)
	}
	return bytes.Compare(ab, bb)
}

// CompareNullable orders like ORDER BY ... NULLS LAST: NULL is larger than all
// values and equal to itself.
func CompareNullable(t Type, a, b Datum) int {
	switch {
	case a.Set && b.Set:
		return Compare(t, a, b)
	case a.Set:
		return -1
	case b.Set:
		return 1
	}
	return 0
}
