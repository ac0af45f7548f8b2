package log

import (
	"encoding/binary"
	"errors"

	"millrace/log/replica"
	"millrace/log/segment"
)

// entryKind says what an entry of a group does.
type entryKind uint8

const (
	entryMeta     entryKind = 1 // metadata for Meta.Apply; group 0
	entryAppend   entryKind = 2 // batches
	entryStage    entryKind = 3 // batches that wait for their transaction
	entryDecide   entryKind = 4 // transactions that are committed; group 0
	entryMark     entryKind = 5 // transactions to publish or to forget
	entryComplete entryKind = 6 // phases whose marks are all applied; group 0
	entryDrop     entryKind = 7 // a stream is dropped
	entryTrim     entryKind = 8 // a partition begins later
	entryBundle   entryKind = 9 // appends of several callers
)

const (
	entryVersion = 1
	// entryHeader: kind u8, version u8, reserved u16, count u32. With replica's prefix
	// it keeps the batches behind it aligned to 8 bytes.
	entryHeader = 8
)

// newEntry begins the data of an entry: replica's prefix and the header. size is a
// hint for the body.
func newEntry(kind entryKind, count, size int) []byte {
	buf := make([]byte, replica.PrefixBytes+entryHeader, replica.PrefixBytes+entryHeader+size)
	h := buf[replica.PrefixBytes:]
	h[0], h[1] = byte(kind), entryVersion
	binary.LittleEndian.PutUint32(h[4:], uint32(count))
	return buf
}

// What is wrong with an entry that cannot be read.
var (
	errForm   = errors.New("entry has an unknown form")
	errCutOff = errors.New("entry is cut off")
	errKind   = errors.New("unknown kind of entry")
)

// body is the rest of an entry while it is being read.
type body struct {
	buf []byte
	err error
}

// openEntry splits an entry (without replica's prefix).
func openEntry(data []byte) (entryKind, int, body) {
	if len(data) < entryHeader || data[1] != entryVersion {
		return 0, 0, body{err: errForm}
	}
	count := binary.LittleEndian.Uint32(data[4:])
	return entryKind(data[0]), int(count), body{buf: data[entryHeader:]}
}

func (b *body) take(n int) []byte {
	if b.err != nil || n < 0 || len(b.buf) < n {
		if b.err == nil {
			b.err = errCutOff
		}
		return nil
	}
	v := b.buf[:n]
	b.buf = b.buf[n:]
	return v
}

func (b *body) u32() uint32 {
	if v := b.take(4); v != nil {
		return binary.LittleEndian.Uint32(v)
	}
	return 0
}

func (b *body) u64() uint64 {
	if v := b.take(8); v != nil {
		return binary.LittleEndian.Uint64(v)
	}
	return 0
}

// count reads a number of items of at least size bytes each.
func (b *body) count(size int) int {
	n := int(b.u32())
	if b.err == nil && n > len(b.buf)/size {
		b.err = errCutOff
		return 0
	}
	return n
}

// storedBatch is a batch as it lies in an entry.
type storedBatch struct {
	header segment.Header
	bytes  []byte // header, payload, padding
}

// batches reads n batches.
func (b *body) batches(n int) []storedBatch {
	if n > len(b.buf)/segment.HeaderBytes {
		b.err = errCutOff
		return nil
	}
	list := make([]storedBatch, 0, n)
	for range n {
		h, err := segment.ParseHeader(b.buf)
		if err != nil {
			b.err = err
			return nil
		}
		list = append(list, storedBatch{h, b.take(h.Stored())})
	}
	if b.err != nil {
		return nil
	}
	return list
}

// encodeAppend is an entry of batches; txn is used for stage entries only.
func encodeAppend(kind entryKind, txn uint64, batches []Batch) []byte {
	size := 8
	for i := range batches {
		size += segment.StoredBytes(len(batches[i].Payload))
	}
	buf := newEntry(kind, len(batches), size)
	if kind == entryStage {
		buf = binary.LittleEndian.AppendUint64(buf, txn)
	}
	for i := range batches {
		buf = segment.AppendBatch(buf, &batches[i])
	}
	return buf
}

func encodeMeta(data []byte) []byte { return append(newEntry(entryMeta, 1, len(data)), data...) }

func encodeDrop(s StreamID) []byte {
	return binary.LittleEndian.AppendUint64(newEntry(entryDrop, 1, 8), uint64(s))
}

func encodeTrim(p PartitionID, start Offset) []byte {
	buf := newEntry(entryTrim, 1, 24)
	buf = binary.LittleEndian.AppendUint64(buf, uint64(p.Stream))
	buf = binary.LittleEndian.AppendUint32(buf, uint32(p.Index))
	buf = binary.LittleEndian.AppendUint32(buf, 0)
	return binary.LittleEndian.AppendUint64(buf, uint64(start))
}

// decision is a phase: transactions that are committed together, and the groups
// that take part in any of them.
type decision struct {
	txns   []uint64
	groups []GroupID
}

// encodeDecide is the commit of a phase.
func encodeDecide(d decision) []byte {
	buf := newEntry(entryDecide, len(d.txns), 8*len(d.txns)+4*len(d.groups)+4)
	return d.encode(buf)
}

func (d decision) encode(buf []byte) []byte {
	le := binary.LittleEndian
	buf = le.AppendUint32(buf, uint32(len(d.txns)))
	for _, t := range d.txns {
		buf = le.AppendUint64(buf, t)
	}
	buf = le.AppendUint32(buf, uint32(len(d.groups)))
	for _, g := range d.groups {
		buf = le.AppendUint32(buf, uint32(g))
	}
	return buf
}

func (b *body) decision() decision {
	var d decision
	for range b.count(8) {
		d.txns = append(d.txns, b.u64())
	}
	for range b.count(4) {
		d.groups = append(d.groups, GroupID(b.u32()))
	}
	return d
}

// encodeMark publishes (phase not 0) or forgets (phase 0) staged transactions.
func encodeMark(phase Index, d decision) []byte {
	buf := newEntry(entryMark, len(d.txns), 8+8*len(d.txns)+4*len(d.groups)+8)
	buf = binary.LittleEndian.AppendUint64(buf, uint64(phase))
	return d.encode(buf)
}

func encodeComplete(phases []Index) []byte {
	buf := newEntry(entryComplete, len(phases), 4+8*len(phases))
	buf = binary.LittleEndian.AppendUint32(buf, uint32(len(phases)))
	for _, p := range phases {
		buf = binary.LittleEndian.AppendUint64(buf, uint64(p))
	}
	return buf
}
