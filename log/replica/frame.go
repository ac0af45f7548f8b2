package replica

import (
	"encoding/binary"

	"millrace/log/segment"
)

// A frame is one record of the journal: a raft entry or one of our own records.
const (
	frameBytes = 64 // header

	// maxFrameData bounds an entry, so that a damaged length is not believed.
	maxFrameData = 512 << 20
)

// Types of frames: those below typeOwn are raft's LogType plus typeEntry.
const (
	typeEntry  = 0x00 // + raft.LogType
	typeOwn    = 0x40
	typeStable = 0x40 // data: a key and a value of a group's stable store
	typeCut    = 0x41 // entries of the group from index on are dropped
	typeEnd    = 0x42 // nothing follows in this file
)

// frame is the decoded header of a frame, and its data.
type frame struct {
	sequence uint64 // number of the frame in the journal of the node
	durable  uint64 // all frames below this number were durable when this one was written
	group    uint32
	kind     uint8
	index    uint64
	term     uint64
	time     int64 // ns since 1970; 0 = none
	data     []byte
}

// Positions in a frame header.
const (
	atFrameCRC  = 0
	atFrameLen  = 4
	atSalt      = 8
	atFrameSeq  = 16
	atDurable   = 24
	atGroup     = 32
	atKind      = 36
	atEntry     = 40
	atTerm      = 48
	atEntryTime = 56
)

// stored is the size of a frame with n bytes of data.
func storedFrame(n int) int { return frameBytes + n + segment.Pad8(n) }

// putFrame writes the header of f into h, which has frameBytes bytes.
func putFrame(h []byte, f *frame, salt uint64) {
	le := binary.LittleEndian
	le.PutUint32(h[atFrameLen:], uint32(len(f.data)))
	le.PutUint64(h[atSalt:], salt)
	le.PutUint64(h[atFrameSeq:], f.sequence)
	le.PutUint64(h[atDurable:], f.durable)
	le.PutUint32(h[atGroup:], f.group)
	le.PutUint32(h[atKind:], uint32(f.kind))
	le.PutUint64(h[atEntry:], f.index)
	le.PutUint64(h[atTerm:], f.term)
	le.PutUint64(h[atEntryTime:], uint64(f.time))
	sum := segment.Checksum(h[atFrameLen:frameBytes])
	le.PutUint32(h[atFrameCRC:], segment.ChecksumUpdate(sum, f.data))
}

// parseFrameHeader decodes a header without its checksum, which covers the data too.
func parseFrameHeader(h []byte) (f frame, length int, salt uint64) {
	le := binary.LittleEndian
	f.sequence = le.Uint64(h[atFrameSeq:])
	f.durable = le.Uint64(h[atDurable:])
	f.group = le.Uint32(h[atGroup:])
	f.kind = uint8(le.Uint32(h[atKind:]))
	f.index = le.Uint64(h[atEntry:])
	f.term = le.Uint64(h[atTerm:])
	f.time = int64(le.Uint64(h[atEntryTime:]))
	return f, int(le.Uint32(h[atFrameLen:])), le.Uint64(h[atSalt:])
}

// checkFrame verifies header and data against the checksum in the header.
func checkFrame(h, data []byte) bool {
	sum := segment.Checksum(h[atFrameLen:frameBytes])
	return segment.ChecksumUpdate(sum, data) == binary.LittleEndian.Uint32(h[atFrameCRC:])
}

// encodeStable is the data of a typeStable frame.
func encodeStable(key string, value []byte) []byte {
	buf := binary.LittleEndian.AppendUint32(nil, uint32(len(key)))
	buf = append(buf, key...)
	return append(buf, value...)
}

// decodeStable is the inverse of encodeStable.
func decodeStable(data []byte) (key string, value []byte, ok bool) {
	if len(data) < 4 {
		return "", nil, false
	}
	n := int(binary.LittleEndian.Uint32(data))
	if n < 0 || n > len(data)-4 {
		return "", nil, false
	}
	return string(data[4 : 4+n]), data[4+n:], true
}
