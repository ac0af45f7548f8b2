package segment

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
)

// Sizes and marks of the batch format, see FORMAT.md.
const (
	HeaderBytes  = 112
	BatchVersion = 1

	batchMagic = 0x3142524d // "MRB1"

	// MaxPayloadBytes bounds a payload, so that a damaged length cannot ask for
	// gigabytes of memory.
	MaxPayloadBytes = 256 << 20
)

// Positions of the header's fields.
const (
	atMagic      = 0
	atHeaderCRC  = 4
	atPayloadCRC = 8
	atLength     = 12
	atVersion    = 16
	atCodec      = 17
	atFlags      = 18
	atSchema     = 20
	atStream     = 24
	atPartition  = 32
	atCount      = 36
	atBase       = 40
	atLastDelta  = 48
	atSequence   = 52
	atProducer   = 56
	atEpoch      = 64
	atReserved   = 66
	atTxn        = 72
	atMinTime    = 80
	atMaxTime    = 88
	atIndex      = 96
	atAppended   = 104
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Checksum is CRC32C, the checksum of every format of the log.
func Checksum(data []byte) uint32 { return crc32.Checksum(data, castagnoli) }

// ChecksumUpdate continues a CRC32C with more data.
func ChecksumUpdate(sum uint32, data []byte) uint32 { return crc32.Update(sum, castagnoli, data) }

// Pad8 is how many zero bytes follow n bytes up to a multiple of 8.
func Pad8(n int) int { return -n & 7 }

// StoredBytes is the size of a batch with a payload of n bytes: header, payload, padding.
func StoredBytes(n int) int { return HeaderBytes + n + Pad8(n) }

// AppendBatch appends the stored form of b (header, payload, zero padding) to dst.
func AppendBatch(dst []byte, b *Batch) []byte {
	le := binary.LittleEndian
	at := len(dst)
	dst = append(dst, make([]byte, HeaderBytes)...)
	h := dst[at:]
	le.PutUint32(h[atMagic:], batchMagic)
	le.PutUint32(h[atPayloadCRC:], Checksum(b.Payload))
	le.PutUint32(h[atLength:], uint32(len(b.Payload)))
	h[atVersion] = BatchVersion
	h[atCodec] = b.Codec
	le.PutUint16(h[atFlags:], b.Flags)
	le.PutUint32(h[atSchema:], b.SchemaVersion)
	le.PutUint64(h[atStream:], uint64(b.Partition.Stream))
	le.PutUint32(h[atPartition:], uint32(b.Partition.Index))
	le.PutUint32(h[atCount:], uint32(b.Count))
	le.PutUint64(h[atBase:], uint64(b.Base))
	le.PutUint32(h[atLastDelta:], uint32(b.Count-1))
	le.PutUint32(h[atSequence:], uint32(b.Sequence))
	le.PutUint64(h[atProducer:], uint64(b.ProducerID))
	le.PutUint16(h[atEpoch:], uint16(b.ProducerEpoch))
	le.PutUint64(h[atTxn:], b.TxnID)
	le.PutUint64(h[atMinTime:], uint64(b.MinTime))
	le.PutUint64(h[atMaxTime:], uint64(b.MaxTime))
	le.PutUint64(h[atIndex:], uint64(b.Index))
	le.PutUint64(h[atAppended:], uint64(b.AppendedAt))
	sealHeader(h)
	dst = append(dst, b.Payload...)
	return append(dst, padding[:Pad8(len(b.Payload))]...)
}

var padding [8]byte

// sealHeader writes the header's own checksum.
func sealHeader(h []byte) {
	binary.LittleEndian.PutUint32(h[atHeaderCRC:], Checksum(h[atPayloadCRC:HeaderBytes]))
}

// Place fills in what is known only at apply, in a header made by AppendBatch.
func Place(h []byte, base Offset, index Index, appendedAt int64) {
	le := binary.LittleEndian
	le.PutUint64(h[atBase:], uint64(base))
	le.PutUint64(h[atIndex:], uint64(index))
	le.PutUint64(h[atAppended:], uint64(appendedAt))
	sealHeader(h)
}

// Header is a decoded batch header: the batch without payload, and what guards the payload.
type Header struct {
	Batch      Batch
	Length     int    // bytes of the payload
	PayloadCRC uint32 // of the payload
}

// Stored is the size of the whole batch with its padding.
func (h *Header) Stored() int { return StoredBytes(h.Length) }

// formatError is a decoding fault that does not know its file yet.
type formatError struct {
	what            string
	expected, found any
}

// Error is the text of a fault outside any file.
func (e *formatError) Error() string {
	return fmt.Sprintf("%s (expected %v, found %v)", e.what, e.expected, e.found)
}

// in gives the fault its place.
func (e *formatError) in(file string, offset int64) *CorruptError {
	c := &CorruptError{File: file, Offset: offset, What: e.what}
	return c.Mismatch(e.expected, e.found)
}

// ParseHeader decodes and checks the header at the start of buf.
func ParseHeader(buf []byte) (Header, error) {
	h, fault := parseHeader(buf)
	if fault != nil {
		return h, fault
	}
	return h, nil
}

func parseHeader(buf []byte) (Header, *formatError) {
	var h Header
	if len(buf) < HeaderBytes {
		return h, &formatError{"batch header is cut off", HeaderBytes, len(buf)}
	}
	le := binary.LittleEndian
	if m := le.Uint32(buf[atMagic:]); m != batchMagic {
		return h, &formatError{"batch magic", hex32(batchMagic), hex32(m)}
	}
	want, got := le.Uint32(buf[atHeaderCRC:]), Checksum(buf[atPayloadCRC:HeaderBytes])
	if want != got {
		return h, &formatError{"batch header checksum", hex32(want), hex32(got)}
	}
	if v := buf[atVersion]; v != BatchVersion {
		return h, &formatError{"batch version", BatchVersion, v}
	}
	h.PayloadCRC = le.Uint32(buf[atPayloadCRC:])
	length := le.Uint32(buf[atLength:])
	if length > MaxPayloadBytes {
		return h, &formatError{"batch length", MaxPayloadBytes, length}
	}
	h.Length = int(length)
	fillBatch(&h.Batch, buf)
	if h.Batch.Count < 1 {
		return h, &formatError{"batch record count", "at least 1", h.Batch.Count}
	}
	if d := int32(le.Uint32(buf[atLastDelta:])); d != h.Batch.Count-1 {
		return h, &formatError{"batch last offset delta", h.Batch.Count - 1, d}
	}
	return h, nil
}

// fillBatch copies the header's fields into b.
func fillBatch(b *Batch, buf []byte) {
	le := binary.LittleEndian
	b.Codec = buf[atCodec]
	b.Flags = le.Uint16(buf[atFlags:])
	b.SchemaVersion = le.Uint32(buf[atSchema:])
	b.Partition.Stream = StreamID(le.Uint64(buf[atStream:]))
	b.Partition.Index = int32(le.Uint32(buf[atPartition:]))
	b.Count = int32(le.Uint32(buf[atCount:]))
	b.Base = Offset(le.Uint64(buf[atBase:]))
	b.Sequence = int32(le.Uint32(buf[atSequence:]))
	b.ProducerID = int64(le.Uint64(buf[atProducer:]))
	b.ProducerEpoch = int16(le.Uint16(buf[atEpoch:]))
	b.TxnID = le.Uint64(buf[atTxn:])
	b.MinTime = int64(le.Uint64(buf[atMinTime:]))
	b.MaxTime = int64(le.Uint64(buf[atMaxTime:]))
	b.Index = Index(le.Uint64(buf[atIndex:]))
	b.AppendedAt = int64(le.Uint64(buf[atAppended:]))
}

// ParseBatch decodes and checks the whole batch at the start of buf. The payload
// is a slice of buf.
func ParseBatch(buf []byte) (Header, error) {
	h, fault := parseHeader(buf)
	if fault != nil {
		return h, fault
	}
	if fault := h.checkBody(buf); fault != nil {
		return h, fault
	}
	h.Batch.Payload = buf[HeaderBytes : HeaderBytes+h.Length : HeaderBytes+h.Length]
	return h, nil
}

// checkBody verifies payload and padding behind the header in buf.
func (h *Header) checkBody(buf []byte) *formatError {
	if len(buf) < h.Stored() {
		return &formatError{"batch is cut off", h.Stored(), len(buf)}
	}
	end := HeaderBytes + h.Length
	if got := Checksum(buf[HeaderBytes:end]); got != h.PayloadCRC {
		return &formatError{"batch payload checksum", hex32(h.PayloadCRC), hex32(got)}
	}
	for _, c := range buf[end:h.Stored()] {
		if c != 0 {
			return &formatError{"batch padding", 0, c}
		}
	}
	return nil
}

func hex32(v uint32) string { return fmt.Sprintf("%08x", v) }
