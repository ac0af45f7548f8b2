package replica

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"millrace/log/segment"
)

// Options configure a Node.
type Options struct {
	FS     segment.FS
	Dir    string
	Groups uint32
	// Seed is the node's own random number, the same at every start.
	Seed uint64
	// ID is the member's name in every group, the same at every start.
	ID string
	// Machine makes the state machine of a group.
	Machine func(n *Node, group uint32) StateMachine
	// Transport makes the transport of a group; nil: the node is alone.
	Transport func(group uint32) Transport
	Logger    *slog.Logger
	// JournalFileBytes is the size at which a journal file is left for the next.
	JournalFileBytes int64
	// SnapshotBytes of journal lead to a snapshot of all groups, after which the
	// journal is released. It bounds what a restart replays.
	SnapshotBytes int64
	// SnapshotEntries in the journal lead to a snapshot too: replaying many small
	// entries takes longer than their bytes suggest.
	SnapshotEntries int64
	// TailBytes of each group's newest entries are kept in memory for followers.
	TailBytes int
	// NoFsync gives durability up, for measurements.
	NoFsync bool
	// OnFailure is told of the first failed write or sync; it must not block.
	OnFailure func(error)
	// OnSnapshot is told of each snapshot when it has ended; may be nil.
	OnSnapshot func(group uint32, took time.Duration, err error)
}

// Node holds the journal and the groups of this server.
type Node struct {
	o       Options
	journal *Journal
	groups  []*group

	mu struct {
		sync.Mutex
		started []*group // what fail has to stop
		failed  bool
	}

	wake chan struct{} // the snapshot goroutine has something to do
	stop chan struct{}
	done sync.WaitGroup
	// bytesAt and entriesAt are the amounts of journal at which the next snapshots are
	// taken.
	bytesAt, entriesAt atomic.Int64
	// snapshots keeps one round of snapshots at a time.
	snapshots sync.Mutex
}

// Stats are counters since Open.
type Stats struct {
	JournalBytes int64 // written
	JournalSyncs int64
	JournalFiles int
	FreeFiles    int
}

// Open recovers the journal, restores every group and returns when all groups
// have a leader and have applied everything that was committed. With other
// members it waits for a quorum, so ctx should have a deadline.
func Open(ctx context.Context, o Options) (*Node, error) {
	n := &Node{o: o, wake: make(chan struct{}, 1), stop: make(chan struct{})}
	n.bytesAt.Store(o.SnapshotBytes)
	n.entriesAt.Store(o.SnapshotEntries)
	j, err := openJournal(journalOptions{
		fs: o.FS, dir: o.FS.PathJoin(o.Dir, "journal"), seed: o.Seed, groups: o.Groups,
		fileBytes: o.JournalFileBytes, tailBytes: o.TailBytes, noFsync: o.NoFsync,
		onFailure: n.fail, onWritten: n.written,
	})
	if err != nil {
		return nil, err
	}
	n.journal = j
	if err := n.startGroups(ctx); err != nil {
		return nil, errors.Join(err, n.abandon())
	}
	n.done.Add(1 + len(n.groups))
	go n.takeSnapshots()
	for _, g := range n.groups {
		go func() {
			defer n.done.Done()
			g.watch(n.stop)
		}()
	}
	n.written()
	return n, nil
}

// startGroups starts all groups, then waits for all of them.
func (n *Node) startGroups(ctx context.Context) error {
	for id := range n.o.Groups {
		g, err := n.startGroup(id)
		if err != nil {
			return fmt.Errorf("start group %d: %w", id, err)
		}
		n.groups = append(n.groups, g)
		if err := n.started(g); err != nil {
			return err
		}
	}
	for _, g := range n.groups {
		if err := g.ready(ctx); err != nil {
			return fmt.Errorf("wait for group %d: %w", g.id, err)
		}
	}
	return nil
}

// started makes a group known to fail.
func (n *Node) started(g *group) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.mu.failed {
		return n.Failure()
	}
	n.mu.started = append(n.mu.started[:len(n.mu.started):len(n.mu.started)], g)
	return nil
}

// abandon stops what startGroups has started.
func (n *Node) abandon() error {
	for _, g := range n.groups {
		g.shutdown()
		g.pending.abandon(ErrClosed, ErrClosed)
	}
	n.done.Wait()
	return n.journal.close()
}

// fail stops all groups after a failed write: they must neither accept nor
// acknowledge anything (J2), and raft would not survive a store that fails.
func (n *Node) fail(err error) {
	n.mu.Lock()
	groups := n.mu.started
	n.mu.failed = true
	if len(groups) > 0 {
		n.done.Add(1)
		go n.drain(groups, err)
	}
	n.mu.Unlock()
	for _, g := range groups {
		g.raft.Shutdown()
	}
	if n.o.OnFailure != nil {
		n.o.OnFailure(err)
	}
}

// drain waits for stopped groups, then ends the proposals nobody will answer.
func (n *Node) drain(groups []*group, cause error) {
	defer n.done.Done()
	for _, g := range groups {
		g.shutdown()
		g.pending.abandon(cause, cause)
	}
}

// Fail stops the node because its state machine could not store what was committed.
func (n *Node) Fail(err error) error { return n.journal.fail(err) }

// Failure is the error that stopped the node, or nil.
func (n *Node) Failure() error { return n.journal.failure() }

// written wakes the snapshot goroutine when enough journal has been written.
func (n *Node) written() {
	j := n.journal
	if j.written.Load() < n.bytesAt.Load() && j.entries.Load() < n.entriesAt.Load() {
		return
	}
	select {
	case n.wake <- struct{}{}:
	default:
	}
}

// takeSnapshots is the goroutine that takes snapshots by the amount of journal.
func (n *Node) takeSnapshots() {
	defer n.done.Done()
	for {
		select {
		case <-n.stop:
			return
		case <-n.wake:
			n.bytesAt.Store(n.journal.written.Load() + n.o.SnapshotBytes)
			n.entriesAt.Store(n.journal.entries.Load() + n.o.SnapshotEntries)
			if err := n.Snapshot(); err != nil && n.Failure() == nil {
				n.o.Logger.Error("snapshot", "error", err)
			}
		}
	}
}

// Snapshot takes a snapshot of every group that has applied something since its
// last one, and recycles the journal files that are no longer needed.
func (n *Node) Snapshot() error {
	n.snapshots.Lock()
	defer n.snapshots.Unlock()
	var err error
	for _, g := range n.groups {
		err = errors.Join(err, g.snapshot(n.o.OnSnapshot))
	}
	return errors.Join(err, n.journal.release())
}

// Apply hands data to raft as the next entry of a group; the first PrefixBytes of
// data are overwritten, and data must not change afterwards. It waits only for a
// place in raft's queue. If it returns an error, the entry was certainly not
// appended and done is not called.
func (n *Node) Apply(groupID uint32, data []byte, done Done) error {
	return n.groups[groupID].apply(data, done)
}

// Term is the raft term of a group.
func (n *Node) Term(groupID uint32) uint64 { return n.groups[groupID].raft.CurrentTerm() }

// Stats returns the counters.
func (n *Node) Stats() Stats {
	n.journal.state.RLock()
	defer n.journal.state.RUnlock()
	return Stats{
		JournalBytes: n.journal.written.Load(), JournalSyncs: n.journal.syncs.Load(),
		JournalFiles: len(n.journal.state.files), FreeFiles: len(n.journal.state.free),
	}
}

// Close takes snapshots, so that the next start replays nothing, and stops
// everything. Nothing may be applied any more.
func (n *Node) Close() error {
	close(n.stop)
	n.done.Wait()
	var err error
	if n.Failure() == nil {
		err = n.Snapshot()
	}
	return errors.Join(err, n.abandon())
}
