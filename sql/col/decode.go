package col

import (
	"encoding/binary"

	"github.com/klauspost/compress/s2"

	"millrace/sql/pgerr"
	"millrace/sql/types"
)

func corruptBatch(what string) error {
	return pgerr.Newf(pgerr.DataCorrupted, "record batch is damaged: %s", what)
}

// Decode reads the byte form of a batch whose columns have types ts. It returns
// the columns at the positions want, in that order; nil means all. Columns that
// the bytes lack, being written before they were added, are NULL; columns beyond
// ts are ignored. The result shares no memory with data.
func Decode(data []byte, ts []types.Type, want []int) (*Batch, error) {
	d := batchDecoder{rest: data}
	if err := d.header(); err != nil {
		return nil, err
	}
	if want == nil {
		want = allColumns(len(ts))
	}
	blocks, err := d.blocks()
	if err != nil {
		return nil, err
	}
	out := &Batch{N: d.rows, Cols: make([]*Vec, len(want))}
	for k, c := range want {
		if c >= d.cols {
			out.Cols[k] = nullColumn(ts[c], d.rows)
			continue
		}
		if out.Cols[k], err = decodeBlock(blocks[c], ts[c], d.rows); err != nil {
			return nil, err
		}
	}
	if d.flags&flagWeights != 0 {
		out.W, err = decodeWeights(blocks[d.cols], d.rows)
	}
	return out, err
}

func allColumns(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

type batchDecoder struct {
	rest       []byte
	flags      byte
	rows, cols int
}

func (d *batchDecoder) header() error {
	if len(d.rest) < 2 || d.rest[0] != batchVersion || d.rest[1]&^byte(flagWeights) != 0 {
		return corruptBatch("header")
	}
	d.flags = d.rest[1]
	rows, n := binary.Uvarint(d.rest[2:])
	if n <= 0 || rows > maxBatchRows {
		return corruptBatch("row count")
	}
	d.rest = d.rest[2+n:]
	cols, n := binary.Uvarint(d.rest)
	if n <= 0 || cols > uint64(len(d.rest)) {
		return corruptBatch("column count")
	}
	d.rest = d.rest[n:]
	d.rows, d.cols = int(rows), int(cols)
	return nil
}

// blocks cuts the rest into the blocks of the columns and of the weights.
func (d *batchDecoder) blocks() ([][]byte, error) {
	count := d.cols
	if d.flags&flagWeights != 0 {
		count++
	}
	out := make([][]byte, count)
	for i := range out {
		size, n := binary.Uvarint(d.rest)
		if n <= 0 || size > uint64(len(d.rest)-n) || size == 0 {
			return nil, corruptBatch("column length")
		}
		out[i], d.rest = d.rest[n:n+int(size)], d.rest[n+int(size):]
	}
	if len(d.rest) > 0 {
		return nil, corruptBatch("bytes after the last column")
	}
	return out, nil
}

func decodeWeights(block []byte, n int) ([]int32, error) {
	words, err := decodeWords(block[0], block[1:], n)
	if err != nil {
		return nil, err
	}
	out := make([]int32, n)
	for i, w := range words {
		out[i] = int32(w)
		if int64(out[i]) != w {
			return nil, corruptBatch("weight")
		}
	}
	return out, nil
}

// decodeBlock reads one column of n rows.
func decodeBlock(block []byte, t types.Type, n int) (*Vec, error) {
	head, body := block[0], block[1:]
	if head&blockLayout == blockNull {
		return nullColumn(t, n), nil
	}
	v := &Vec{Type: t, N: n}
	if head&blockNulls != 0 {
		size := nullBytes(n)
		if len(body) < size {
			return nil, corruptBatch("NULLs")
		}
		v.Nulls = readBitmap(body[:size], n)
		body = body[size:]
	}
	if head&blockS2 != 0 {
		var err error
		if body, err = expand(body); err != nil {
			return nil, err
		}
	}
	if t.IsFixed() {
		return v, v.readWords(head, body)
	}
	return v, v.readStrings(head, body)
}

func readBitmap(b []byte, n int) Bitmap {
	out := NewBitmap(n)
	for i, c := range b {
		out[i/8] |= uint64(c) << (8 * (i % 8))
	}
	if r := uint(n) & 63; r != 0 {
		out[len(out)-1] &= 1<<r - 1
	}
	return out.orNil()
}

func expand(body []byte) ([]byte, error) {
	size, err := s2.DecodedLen(body)
	if err != nil || size > maxBlockBytes {
		return nil, corruptBatch("compressed length")
	}
	out, err := s2.Decode(make([]byte, size), body)
	if err != nil {
		return nil, corruptBatch("compressed column")
	}
	return out, nil
}

func (v *Vec) readWords(head byte, body []byte) error {
	words, err := decodeWords(head, body, v.N)
	if err != nil {
		return err
	}
	v.Fix = words
	if v.Nulls != nil {
		for i := range words {
			if v.Nulls.Get(i) {
				words[i] = 0
			}
		}
	}
	return nil
}

// decodeWords reads n words.
func decodeWords(head byte, body []byte, n int) ([]int64, error) {
	switch head & blockLayout {
	case blockConst:
		x, size := binary.Varint(body)
		if size <= 0 || size != len(body) {
			return nil, corruptBatch("constant")
		}
		out := make([]int64, n)
		for i := range out {
			out[i] = x
		}
		return out, nil
	case blockWords:
		if len(body) != 8*n {
			return nil, corruptBatch("words")
		}
		out := make([]int64, n)
		for i := range out {
			out[i] = int64(binary.LittleEndian.Uint64(body[8*i:]))
		}
		return out, nil
	case blockPacked:
		return decodePacked(body, n)
	case blockDelta:
		return decodeDelta(body, n)
	}
	return nil, corruptBatch("layout of a fixed column")
}

// packedHead reads the width and a varint at the front of packed words.
func packedHead(body []byte) (width int, low int64, rest []byte, ok bool) {
	if len(body) < 2 {
		return 0, 0, nil, false
	}
	low, size := binary.Varint(body[1:])
	if size <= 0 {
		return 0, 0, nil, false
	}
	return int(body[0]), low, body[1+size:], true
}

func decodePacked(body []byte, n int) ([]int64, error) {
	width, low, body, ok := packedHead(body)
	if !ok || (width != 1 && width != 2 && width != 4) || len(body) != n*width {
		return nil, corruptBatch("packed words")
	}
	out := make([]int64, n)
	unpack(out, body, width, low)
	return out, nil
}

// unpack sets out[i] to low plus the i-th number of the given width.
func unpack(out []int64, body []byte, width int, low int64) {
	switch width {
	case 1:
		for i, c := range body[:len(out)] {
			out[i] = low + int64(c)
		}
	case 2:
		for i := range out {
			out[i] = low + int64(binary.LittleEndian.Uint16(body[2*i:]))
		}
	case 4:
		for i := range out {
			out[i] = low + int64(binary.LittleEndian.Uint32(body[4*i:]))
		}
	default:
		for i := range out {
			out[i] = low
		}
	}
}

func decodeDelta(body []byte, n int) ([]int64, error) {
	width, first, body, ok := packedHead(body)
	if !ok || n == 0 || (width != 0 && width != 1 && width != 2 && width != 4) {
		return nil, corruptBatch("deltas")
	}
	low, size := binary.Varint(body)
	if size <= 0 || len(body)-size != (n-1)*width {
		return nil, corruptBatch("deltas")
	}
	out := make([]int64, n)
	out[0] = first
	unpack(out[1:], body[size:], width, low)
	for i := 1; i < n; i++ {
		out[i] += out[i-1]
	}
	return out, nil
}

func (v *Vec) readStrings(head byte, body []byte) error {
	switch head & blockLayout {
	case blockSame:
		if uint64(len(body))*uint64(v.N) > maxBlockBytes {
			return corruptBatch("repeated string")
		}
		same := Const(v.Type, types.BytesDatum(string(body)), v.N)
		v.Off, v.Buf = same.Off, same.Buf
		return nil
	case blockBytes:
		size, n := binary.Uvarint(body)
		if n <= 0 || size == 0 || size > uint64(len(body)-n) {
			return corruptBatch("string lengths")
		}
		lengths := body[n : n+int(size)]
		return v.readLengths(lengths, body[n+int(size):])
	}
	return corruptBatch("layout of a bytes column")
}

func (v *Vec) readLengths(lengths, data []byte) error {
	words, err := decodeWords(lengths[0], lengths[1:], v.N)
	if err != nil {
		return err
	}
	v.Off = make([]uint32, v.N+1)
	total := uint64(0)
	for i, w := range words {
		if uint64(w) > uint64(len(data)) {
			return corruptBatch("string length")
		}
		total += uint64(w)
		v.Off[i+1] = uint32(total)
	}
	if total != uint64(len(data)) {
		return corruptBatch("string bytes")
	}
	v.Buf = append([]byte(nil), data...)
	return nil
}
