package log

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"millrace/log/replica"
	"millrace/log/segment"
)

// Meta is the replicated metadata state machine of group 0. Calls are serial and
// come from the goroutine that applies entries: they may call SetTopic and Pin but
// nothing of the log that waits. Apply must be deterministic.
type Meta interface {
	// Apply applies one entry; Propose returns its result.
	Apply(index Index, data []byte) any
	// Snapshot is the state at the last applied entry.
	Snapshot() ([]byte, error)
	// Restore replaces the state.
	Restore(data []byte) error
}

// Events are told about background work; each may be nil, none may block.
type Events struct {
	// Snapshot is called after each snapshot of a group.
	Snapshot func(group GroupID, took time.Duration, err error)
	// Expired is called after retention has moved the start of a partition.
	Expired func(p PartitionID, start Offset)
	// Failed is called once, when the log stops because of a failed write: the
	// process should end.
	Failed func(err error)
}

// Options configure a Log. The zero value of a field means its default.
type Options struct {
	// FS is the file system and Dir the log's directory in it; both are needed.
	FS  segment.FS
	Dir string
	// Groups is the number of raft groups, fixed at the first start (default 1); 0
	// later takes what is there, anything else must agree.
	Groups int
	// Meta is the metadata of group 0; nil refuses Propose.
	Meta Meta
	// Logger gets warnings and errors; default slog.Default().
	Logger *slog.Logger
	// Now is the clock for retention; default time.Now.
	Now func() time.Time
	// Random gives the node its number at the first start; default crypto/rand.
	Random io.Reader
	// SegmentBytes is the size at which a segment is sealed (default 64 MiB). Small
	// ones cost files, large ones make retention coarse.
	SegmentBytes int64
	// SnapshotBytes of journal lead to a snapshot (default 64 MiB). It bounds what a
	// restart replays; small ones cost fsyncs.
	SnapshotBytes int64
	// SnapshotEntries in the journal lead to a snapshot too (default 65,536).
	SnapshotEntries int64
	// JournalFileBytes is the size of a journal file (default 64 MiB).
	JournalFileBytes int64
	// TailBytes of each group's newest batches are kept in memory for readers
	// (default 16 MiB).
	TailBytes int64
	// ExpireInterval is the pause between retention runs (default 5 min; below 0: never).
	ExpireInterval time.Duration
	// NoFsync gives durability up; for benchmarks only.
	NoFsync bool
	Events  Events
	// Transport makes the raft transport of a group; nil: this node is alone.
	Transport func(g GroupID) replica.Transport
	// ServerID is the node's name in its groups (default "n1").
	ServerID string
}

func (o Options) withDefaults() Options {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.Now == nil {
		o.Now = replica.Now
	}
	o.SegmentBytes = orDefault(o.SegmentBytes, 64<<20)
	o.SnapshotBytes = orDefault(o.SnapshotBytes, 64<<20)
	o.SnapshotEntries = orDefault(o.SnapshotEntries, 64<<10)
	o.JournalFileBytes = orDefault(o.JournalFileBytes, 64<<20)
	o.TailBytes = orDefault(o.TailBytes, 16<<20)
	if o.ExpireInterval == 0 {
		o.ExpireInterval = 5 * time.Minute
	}
	if o.ServerID == "" {
		o.ServerID = "n1"
	}
	return o
}

func orDefault(v, d int64) int64 {
	if v == 0 {
		return d
	}
	return v
}

// validate reports all faults at once.
func (o Options) validate() error {
	var err error
	if o.FS == nil || o.Dir == "" {
		err = errors.Join(err, errors.New("log options need FS and Dir"))
	}
	if o.Groups < 0 || o.Groups > MaxGroups {
		err = errors.Join(err, fmt.Errorf("log groups must be 1 to %d, not %d", MaxGroups, o.Groups))
	}
	if o.SegmentBytes < 0 || o.SnapshotBytes < 0 || o.SnapshotEntries < 0 || o.JournalFileBytes < 0 || o.TailBytes < 0 {
		err = errors.Join(err, errors.New("log sizes must not be negative"))
	}
	return err
}
