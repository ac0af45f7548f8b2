package state

import "encoding/binary"

// The first byte of each key in the store.
const (
	prefixRow   = 'r' // object id, key bytes -> row
	prefixIndex = 'i' // index id, index key, key bytes -> length of the index key
	prefixState = 's' // flow id, operator number, table, key -> state
)

// Rows names the stored rows of one object, and how they are kept.
type Rows struct {
	ID uint64
	// Weighted: there is no primary key. The key bytes then stand for the whole
	// row, and a row is kept once with its weight.
	Weighted bool
}

func appendPrefix(dst []byte, prefix byte, id uint64) []byte {
	return binary.BigEndian.AppendUint64(append(dst, prefix), id)
}

func appendStateOp(dst []byte, flow uint64, op uint32) []byte {
	return binary.BigEndian.AppendUint32(appendPrefix(dst, prefixState, flow), op)
}

func appendStateKey(dst []byte, flow uint64, op uint32, t byte) []byte {
	return append(appendStateOp(dst, flow, op), t)
}

// successor returns the smallest string above all that begin with prefix; prefix
// must have a byte other than 0xff.
func successor(prefix []byte) []byte {
	out := append([]byte(nil), prefix...)
	for i := len(out) - 1; ; i-- {
		out[i]++
		if out[i] != 0 {
			return out[:i+1]
		}
	}
}

// Successor returns the smallest byte string above all strings that begin with
// prefix, for the upper bound of a scan; nil when there is none.
func Successor(prefix []byte) []byte {
	for _, b := range prefix {
		if b != 0xff {
			return successor(prefix)
		}
	}
	return nil
}
