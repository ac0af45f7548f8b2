package col

import (
	"encoding/binary"
	"math/bits"

	"github.com/klauspost/compress/s2"

	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// The byte form of a batch; FORMAT.md has the tables. All columns are blocks with
// their length in front, so that a reader skips those it does not want.
const (
	batchVersion  = 1
	flagWeights   = 1 << 0
	maxBatchRows  = 1 << 22 // bounds what a damaged header can make us allocate
	maxBlockBytes = 64 << 20
)

// The first byte of a block: the layout and two flags.
const (
	blockConst  = 0 // one word for all rows
	blockWords  = 1 // words as they are
	blockPacked = 2 // differences from the least word, in 1, 2 or 4 bytes
	blockDelta  = 3 // differences from row to row, less the least one
	blockBytes  = 4 // lengths and bytes
	blockSame   = 5 // one byte string for all rows
	blockNull   = 6 // all rows are NULL

	blockLayout = 0x0f
	blockS2     = 0x40 // what follows the NULLs is compressed
	blockNulls  = 0x80 // a NULL bitmap follows
)

// compressMin is the size from which compression is tried.
const compressMin = 256

// Encode appends the byte form of a batch. Failed rows have no form: the batch
// must have none.
func Encode(dst []byte, b *Batch) []byte {
	if b.N > maxBatchRows {
		panic(pgerr.Bug("batch of %d rows", b.N))
	}
	flags := byte(0)
	if b.W != nil {
		flags |= flagWeights
	}
	dst = append(dst, batchVersion, flags)
	dst = binary.AppendUvarint(dst, uint64(b.N))
	dst = binary.AppendUvarint(dst, uint64(len(b.Cols)))
	var scratch []byte
	for _, v := range b.Cols {
		scratch = appendBlock(scratch[:0], v, b.N)
		dst = append(binary.AppendUvarint(dst, uint64(len(scratch))), scratch...)
	}
	if b.W != nil {
		words := make([]int64, b.N)
		for i, w := range b.W {
			words[i] = int64(w)
		}
		scratch = appendWords(scratch[:0], words)
		dst = append(binary.AppendUvarint(dst, uint64(len(scratch))), scratch...)
	}
	return dst
}

// appendBlock appends one column of n rows.
func appendBlock(dst []byte, v *Vec, n int) []byte {
	nulls := countNulls(v, n)
	if nulls == n {
		return append(dst, blockNull)
	}
	if nulls == 0 {
		return compressBlock(appendValues(dst, v, n), len(dst)+1)
	}
	head := len(dst)
	dst = appendNullBitmap(append(dst, 0), v, n)
	values := len(dst)
	dst = appendValues(dst, v, n) // the layout byte comes first; it moves to the head
	dst[head] = dst[values] | blockNulls
	dst = append(dst[:values], dst[values+1:]...)
	out := compressBlock(dst[head:], values-head)
	return append(dst[:head], out...)
}

func countNulls(v *Vec, n int) int {
	count := 0
	for _, w := range v.Nulls {
		count += bits.OnesCount64(w)
	}
	return min(count, n)
}

func appendNullBitmap(dst []byte, v *Vec, n int) []byte {
	at := len(dst)
	for _, w := range v.Nulls {
		dst = binary.LittleEndian.AppendUint64(dst, w)
	}
	return dst[:at+nullBytes(n)]
}

func appendValues(dst []byte, v *Vec, n int) []byte {
	switch {
	case !v.Type.IsFixed():
		return appendStrings(dst, v, n)
	case v.Nulls != nil:
		return appendWords(dst, bridgeNulls(v, n))
	}
	return appendWords(dst, v.Fix[:n])
}

// bridgeNulls returns the words with NULLs as the value before them (the first
// value where there is none), so that they do not widen the column's range. Not
// all are NULL.
func bridgeNulls(v *Vec, n int) []int64 {
	last := int64(0)
	for i := range n {
		if !v.IsNull(i) {
			last = v.Fix[i]
			break
		}
	}
	out := make([]int64, n)
	for i := range out {
		if !v.IsNull(i) {
			last = v.Fix[i]
		}
		out[i] = last
	}
	return out
}

// compressBlock compresses block[from:] if that saves an eighth.
func compressBlock(block []byte, from int) []byte {
	size := len(block) - from
	layout := block[0] & blockLayout
	if size < compressMin || size > maxBlockBytes || layout == blockPacked || layout == blockDelta {
		return block
	}
	packed := s2.Encode(nil, block[from:])
	if len(packed) > size-size/8 {
		return block
	}
	block[0] |= blockS2
	return append(block[:from], packed...)
}

// wordRange holds what the choice of a layout needs to know of a column.
type wordRange struct {
	low, high           int64
	deltaLow, deltaHigh int64
}

func rangeOf(words []int64) wordRange {
	r := wordRange{low: words[0], high: words[0]}
	if len(words) > 1 {
		r.deltaLow = words[1] - words[0]
		r.deltaHigh = r.deltaLow
	}
	for i := 1; i < len(words); i++ {
		x := words[i]
		r.low, r.high = min(r.low, x), max(r.high, x)
		d := x - words[i-1]
		r.deltaLow, r.deltaHigh = min(r.deltaLow, d), max(r.deltaHigh, d)
	}
	return r
}

// packWidth returns the bytes that hold 0..span: 0, 1, 2, 4 or 8.
func packWidth(span uint64) int {
	switch n := bits.Len64(span); {
	case n == 0:
		return 0
	case n <= 8:
		return 1
	case n <= 16:
		return 2
	case n <= 32:
		return 4
	}
	return 8
}

// appendWords appends the smallest of the layouts for words, of which there is at
// least one.
func appendWords(dst []byte, words []int64) []byte {
	if len(words) == 0 {
		return append(dst, blockWords)
	}
	r := rangeOf(words)
	packed := packWidth(uint64(r.high) - uint64(r.low))
	delta := packWidth(uint64(r.deltaHigh) - uint64(r.deltaLow))
	switch {
	case packed == 0:
		return binary.AppendVarint(append(dst, blockConst), r.low)
	case delta < packed:
		dst = binary.AppendVarint(append(dst, blockDelta, byte(delta)), words[0])
		dst = binary.AppendVarint(dst, r.deltaLow)
		return appendDeltas(dst, words, r.deltaLow, delta)
	case packed < 8:
		dst = binary.AppendVarint(append(dst, blockPacked, byte(packed)), r.low)
		return appendPacked(dst, words, r.low, packed)
	}
	dst = append(dst, blockWords)
	for _, x := range words {
		dst = binary.LittleEndian.AppendUint64(dst, uint64(x))
	}
	return dst
}

func appendPacked(dst []byte, words []int64, low int64, width int) []byte {
	switch width {
	case 1:
		for _, x := range words {
			dst = append(dst, byte(x-low))
		}
	case 2:
		for _, x := range words {
			dst = binary.LittleEndian.AppendUint16(dst, uint16(x-low))
		}
	case 4:
		for _, x := range words {
			dst = binary.LittleEndian.AppendUint32(dst, uint32(x-low))
		}
	}
	return dst
}

// appendDeltas appends words[i]-words[i-1]-low for all but the first.
func appendDeltas(dst []byte, words []int64, low int64, width int) []byte {
	for i := 1; i < len(words) && width > 0; i++ {
		d := uint64(words[i] - words[i-1] - low)
		switch width {
		case 1:
			dst = append(dst, byte(d))
		case 2:
			dst = binary.LittleEndian.AppendUint16(dst, uint16(d))
		case 4:
			dst = binary.LittleEndian.AppendUint32(dst, uint32(d))
		}
	}
	return dst
}

// appendStrings appends the lengths as a block of words with its size in front,
// then the bytes.
func appendStrings(dst []byte, v *Vec, n int) []byte {
	if v.Nulls == nil && n > 1 && n*len(v.Bytes(0)) <= maxBlockBytes && sameStrings(v, n) {
		return append(append(dst, blockSame), v.Bytes(0)...)
	}
	lengths := make([]int64, n)
	for i := range lengths {
		lengths[i] = int64(v.Off[i+1] - v.Off[i])
	}
	block := appendWords(nil, lengths)
	dst = binary.AppendUvarint(append(dst, blockBytes), uint64(len(block)))
	dst = append(dst, block...)
	if n == 0 {
		return dst
	}
	return append(dst, v.Buf[v.Off[0]:v.Off[n]]...)
}

func sameStrings(v *Vec, n int) bool {
	first := string(v.Bytes(0))
	for i := 1; i < n; i++ {
		if string(v.Bytes(i)) != first {
			return false
		}
	}
	return true
}

// nullColumn returns n NULLs.
func nullColumn(t types.Type, n int) *Vec { return Const(t, types.Null, n) }
