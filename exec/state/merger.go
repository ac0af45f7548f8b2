package state

import (
	"encoding/binary"
	"io"

	"github.com/cockroachdb/pebble/v2"
)

// weightMerger sums the weights of rows without a primary key. A value is the weight
// (8 bytes, little endian) and the row; all operands of one key have the same row.
// The name is stored by Pebble: a change of the rule needs a new name.
//
// It does not remove sums of 0 (Pebble's DeletableValueMerger): a compaction that
// merges down to a set value and drops it may uncover older values, and fails an
// assertion of Pebble 2.1. Batch.Commit removes such rows instead.
var weightMerger = &pebble.Merger{
	Name: "millrace.weight.1",
	Merge: func(_, value []byte) (pebble.ValueMerger, error) {
		m := &weightSum{}
		return m, m.MergeNewer(value)
	},
}

type weightSum struct{ val []byte }

// MergeNewer implements pebble.ValueMerger.
func (m *weightSum) MergeNewer(value []byte) error {
	if len(value) < 8 {
		return errCorrupt
	}
	if m.val == nil {
		m.val = append([]byte(nil), value...)
		return nil
	}
	sum := binary.LittleEndian.Uint64(m.val) + binary.LittleEndian.Uint64(value)
	binary.LittleEndian.PutUint64(m.val, sum)
	return nil
}

// MergeOlder implements pebble.ValueMerger; sums do not depend on the order.
func (m *weightSum) MergeOlder(value []byte) error { return m.MergeNewer(value) }

// Finish implements pebble.ValueMerger.
func (m *weightSum) Finish(bool) ([]byte, io.Closer, error) { return m.val, nil, nil }

func appendWeight(dst []byte, w int64) []byte {
	return binary.LittleEndian.AppendUint64(dst, uint64(w))
}
