package replica

import (
	"fmt"
	"io"

	"github.com/hashicorp/raft"
)

// Entry is a committed entry of a group.
type Entry struct {
	Index, Term uint64
	// AppendedAt is the leader's clock when it appended the entry, us since 1970.
	AppendedAt int64
	// Data belong to the log; the machine may keep them but must not change them.
	Data []byte
}

// StateMachine is what the entries of a group act on. All calls come from one
// goroutine at a time. It must be deterministic: only the entries decide.
type StateMachine interface {
	// Apply applies committed entries in order and returns one result for each.
	Apply(entries []Entry) []any
	// Snapshot captures the state; it must be quick, since nothing is applied meanwhile.
	Snapshot() (Snapshot, error)
	// Restore replaces the state by that of a snapshot.
	Restore(body []byte) error
}

// Snapshot is a captured state.
type Snapshot interface {
	// Persist makes durable what the state names (files) and returns the state's
	// bytes. It runs beside Apply.
	Persist() ([]byte, error)
	// Done is called once at the end; durable says that the manifest is stored, so
	// what it replaces may go.
	Done(durable bool)
}

// fsm adapts a StateMachine to raft.
type fsm struct {
	machine StateMachine
	pending *pending
}

var _ raft.BatchingFSM = fsm{}

// Apply applies one entry.
func (f fsm) Apply(l *raft.Log) any { return f.ApplyBatch([]*raft.Log{l})[0] }

// ApplyBatch applies entries and answers their proposers. raft's own futures get
// no result: nobody waits for them.
func (f fsm) ApplyBatch(logs []*raft.Log) []any {
	entries := make([]Entry, 0, len(logs))
	for _, l := range logs {
		if l.Type == raft.LogCommand {
			data := l.Data[PrefixBytes:]
			entries = append(entries, Entry{l.Index, l.Term, l.AppendedAt.UnixMicro(), data})
		}
	}
	results := make([]any, len(logs))
	if len(entries) == 0 {
		return results
	}
	applied := f.machine.Apply(entries)
	n := 0
	for _, l := range logs {
		if l.Type == raft.LogCommand {
			f.pending.resolve(l.Data, applied[n], l.Index)
			n++
		}
	}
	return results
}

// Snapshot captures the machine's state.
func (f fsm) Snapshot() (raft.FSMSnapshot, error) {
	s, err := f.machine.Snapshot()
	if err != nil {
		return nil, err
	}
	return &fsmSnapshot{snapshot: s}, nil
}

// Restore hands a stored state to the machine.
func (f fsm) Restore(r io.ReadCloser) error {
	body, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("read snapshot: %w", err)
	}
	return f.machine.Restore(body)
}

// fsmSnapshot adapts a Snapshot to raft.
type fsmSnapshot struct {
	snapshot Snapshot
	durable  bool
}

// Persist stores the state in the sink.
func (s *fsmSnapshot) Persist(sink raft.SnapshotSink) error {
	body, err := s.snapshot.Persist()
	if err != nil {
		return err
	}
	if _, err := sink.Write(body); err != nil {
		return err
	}
	if err := sink.Close(); err != nil {
		return err
	}
	s.durable = true
	return nil
}

// Release ends the snapshot.
func (s *fsmSnapshot) Release() { s.snapshot.Done(s.durable) }
