package segment

import (
	"encoding/binary"
	"math"
	"sort"
)

// indexSpacing is the least distance in bytes between two index entries: a seek
// reads about this much more than it needs.
const indexSpacing = 16 << 10

// indexEntry is one point of a segment's sparse index.
type indexEntry struct {
	pos   int64  // of a batch in the file
	base  Offset // of that batch
	index Index  // journal index of that batch
	// before is the largest event time of all batches before pos in the segment, so
	// it never falls along the index and time can be searched by halving.
	before int64
}

const indexEntryBytes = 32

// sparseIndex points into a segment by offset, journal index and time.
type sparseIndex struct {
	entries []indexEntry
	end     int64 // position behind the last batch seen
	maxTime int64 // over all batches seen
}

func newSparseIndex() sparseIndex { return sparseIndex{maxTime: math.MinInt64} }

// add notes the batch at pos with a stored size of n bytes.
func (x *sparseIndex) add(pos int64, n int, b *Batch) {
	if k := len(x.entries); k == 0 || pos-x.entries[k-1].pos >= indexSpacing {
		x.entries = append(x.entries, indexEntry{pos, b.Base, b.Index, x.maxTime})
	}
	x.end = pos + int64(n)
	x.maxTime = max(x.maxTime, b.MaxTime)
}

// last returns the position of the last entry for which keep holds; keep must
// hold for a prefix of the entries.
func (x *sparseIndex) last(keep func(indexEntry) bool) int64 {
	n := sort.Search(len(x.entries), func(i int) bool { return !keep(x.entries[i]) })
	if n == 0 {
		return 0
	}
	return x.entries[n-1].pos
}

// byOffset is a position at or before the batch that holds o.
func (x *sparseIndex) byOffset(o Offset) int64 {
	return x.last(func(e indexEntry) bool { return e.base <= o })
}

// byTime is a position at or before the first batch that reaches time us.
func (x *sparseIndex) byTime(us int64) int64 {
	return x.last(func(e indexEntry) bool { return e.before < us })
}

// byIndex is a position at or before the first batch with a journal index above i.
func (x *sparseIndex) byIndex(i Index) int64 {
	return x.last(func(e indexEntry) bool { return e.index <= i })
}

// encode appends the entries in the footer's form.
func (x *sparseIndex) encode(dst []byte) []byte {
	le := binary.LittleEndian
	for _, e := range x.entries {
		dst = le.AppendUint64(dst, uint64(e.pos))
		dst = le.AppendUint64(dst, uint64(e.base))
		dst = le.AppendUint64(dst, uint64(e.index))
		dst = le.AppendUint64(dst, uint64(e.before))
	}
	return dst
}

// decodeIndex reads entries; len(src) is a multiple of indexEntryBytes.
func decodeIndex(src []byte) []indexEntry {
	le := binary.LittleEndian
	entries := make([]indexEntry, 0, len(src)/indexEntryBytes)
	for ; len(src) >= indexEntryBytes; src = src[indexEntryBytes:] {
		entries = append(entries, indexEntry{
			pos:    int64(le.Uint64(src)),
			base:   Offset(le.Uint64(src[8:])),
			index:  Index(le.Uint64(src[16:])),
			before: int64(le.Uint64(src[24:])),
		})
	}
	return entries
}
