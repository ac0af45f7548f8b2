package log

import "millrace/log/segment"

// StreamID is the catalog's object id of a stream or table; 0 is the system stream.
type StreamID = segment.StreamID

// PartitionID names one partition of a stream.
type PartitionID = segment.PartitionID

// Offset numbers the records of a partition from 0.
type Offset = segment.Offset

// Index is the index of an entry in the journal of its group.
type Index = segment.Index

// Batch is one record batch of one partition. Base, Index and AppendedAt are
// filled in by the log; the rest is the writer's.
type Batch = segment.Batch

// CorruptError says that stored bytes are not what was written; it names file,
// position, expected and found.
type CorruptError = segment.CorruptError

// FS is the file system under the log.
type FS = segment.FS

// GroupID numbers the raft groups of a cluster from 0.
type GroupID uint32

// Position is a place in the journal of a group.
type Position struct {
	Group GroupID
	Index Index
}

// NoSequence in Batch.Sequence says that the batch has no idempotent producer.
const NoSequence = -1

// Flags of a batch. The low byte belongs to the writer.
const (
	// FlagMonotonic says that the producer's sequences rise but may have gaps, as
	// epochs do: any sequence at or below the last one is a duplicate. Without it
	// sequences count records, as in Kafka: the next is the last plus its count.
	FlagMonotonic uint16 = 1 << 8
)

// Ack is the outcome of an append.
type Ack struct {
	// Positions are the entries that made the batches visible, one for each group
	// that was touched, by group.
	Positions []Position
	// Base has the base offset of each batch, in the order given. A duplicate has the
	// offset of its first append, or -1 if that is too long ago to know.
	Base []Offset
}

// PartitionInfo describes a partition for system tables.
type PartitionInfo struct {
	Partition  PartitionID
	Group      GroupID
	Start, End Offset
	Bytes      int64
	Segments   int
	// FirstAppended is the append time of the oldest retained batch, us; 0 if empty.
	FirstAppended int64
}
