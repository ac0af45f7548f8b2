package segment

import "strconv"

// StreamID is the catalog's object id of a stream or table; 0 is the system stream.
type StreamID uint64

// PartitionID names one partition of a stream.
type PartitionID struct {
	Stream StreamID
	Index  int32
}

// String is "stream/index", as in file paths and messages.
func (p PartitionID) String() string {
	return strconv.FormatUint(uint64(p.Stream), 10) + "/" + strconv.Itoa(int(p.Index))
}

// Offset numbers the records of a partition from 0, without gaps at append.
type Offset int64

// Index is an entry's index in the journal of a group.
type Index uint64

// Batch is one record batch of one partition. Payload is opaque here; the layers
// above put typed columns into it.
type Batch struct {
	Partition PartitionID
	Count     int32 // records, at least 1
	// MinTime and MaxTime bound the event time of the records, us since 1970.
	MinTime, MaxTime int64
	// ProducerID, ProducerEpoch and Sequence make an append idempotent; Sequence -1 = none.
	ProducerID    int64
	ProducerEpoch int16
	Sequence      int32
	TxnID         uint64 // 0 = none
	SchemaVersion uint32
	Codec         uint8
	Flags         uint16 // low byte: the writer's; high byte: the log's
	// Payload must not change after the append; on read it is valid until the
	// reader's next call.
	Payload []byte

	// Base is the offset of the first record; filled at apply.
	Base Offset
	// Index is the journal index of the entry that made the batch visible; filled at apply.
	Index Index
	// AppendedAt is the leader's clock at the append, us since 1970; filled at apply.
	AppendedAt int64
}

// End is the offset behind the last record.
func (b *Batch) End() Offset { return b.Base + Offset(b.Count) }
