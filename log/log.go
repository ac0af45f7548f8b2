package log

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"sort"
	"sync"
	"sync/atomic"
	"time"

	"millrace/log/replica"
	"millrace/log/segment"
)

// Log is the partitioned log of this node.
type Log struct {
	o           Options
	lock        io.Closer // of the directory
	files       *segment.Files
	node        *replica.Node
	groups      []*group
	visible     *visible
	budgets     []*budget
	senders     []*sender
	coordinator *coordinator
	txns        atomic.Uint64

	topics struct {
		sync.Mutex
		settings map[StreamID]Topic
		pins     map[string]map[PartitionID]Offset
	}

	// gate counts what is under way; Close waits for it.
	gate struct {
		sync.Mutex
		closing bool
		busy    int
		idle    chan struct{} // closed when closing and nothing is under way
	}

	stop  context.CancelFunc // ends the background loops
	loops sync.WaitGroup
}

// Open opens the log in o.Dir, or makes one. It returns when every group has a
// leader, everything committed is applied, and the transactions that a crash left
// are finished.
func Open(ctx context.Context, o Options) (*Log, error) {
	if err := o.validate(); err != nil {
		return nil, err
	}
	o = o.withDefaults()
	l := &Log{o: o}
	l.topics.settings, l.topics.pins = map[StreamID]Topic{}, map[string]map[PartitionID]Offset{}
	l.gate.idle = make(chan struct{})
	if err := l.lockDir(); err != nil {
		return nil, err
	}
	if err := l.open(ctx); err != nil {
		return nil, errors.Join(err, l.lock.Close())
	}
	return l, nil
}

// lockDir keeps other processes out of the directory.
func (l *Log) lockDir() error {
	fs := l.o.FS
	if err := segment.MkdirAll(fs, l.o.Dir); err != nil {
		return err
	}
	lock, err := fs.Lock(fs.PathJoin(l.o.Dir, "LOCK"))
	if err != nil {
		return wrap(ErrInUse, err)
	}
	l.lock = lock
	return nil
}

func (l *Log) open(ctx context.Context) error {
	id, err := openIdentity(l.o)
	if err != nil {
		return err
	}
	l.files = segment.NewFiles(l.o.FS, openFiles)
	l.visible = newVisible(int(id.groups))
	for g := range id.groups {
		l.budgets = append(l.budgets, newBudget(groupQueueBytes))
		l.senders = append(l.senders, &sender{log: l, group: GroupID(g)})
	}
	l.node, err = replica.Open(ctx, l.nodeOptions(id))
	if err != nil {
		return errors.Join(outward(err), l.files.Close())
	}
	l.coordinator = newCoordinator(l)
	if err := l.finishTxns(ctx); err != nil {
		return errors.Join(err, l.node.Close(), l.files.Close())
	}
	l.sweep()
	background, stop := context.WithCancel(context.WithoutCancel(ctx))
	l.stop = stop
	go l.coordinator.run(context.WithoutCancel(ctx))
	l.loops.Add(1)
	go l.expireLoop(background)
	return nil
}

func (l *Log) nodeOptions(id identity) replica.Options {
	o := replica.Options{
		FS: l.o.FS, Dir: l.o.Dir, Groups: id.groups, Seed: id.seed, ID: l.o.ServerID,
		Logger: l.o.Logger, JournalFileBytes: l.o.JournalFileBytes,
		SnapshotBytes: l.o.SnapshotBytes, SnapshotEntries: l.o.SnapshotEntries, TailBytes: journalTailBytes, NoFsync: l.o.NoFsync,
		OnFailure: l.failed,
		OnSnapshot: func(g uint32, took time.Duration, err error) {
			if l.o.Events.Snapshot != nil {
				l.o.Events.Snapshot(GroupID(g), took, err)
			}
		},
	}
	o.Machine = func(n *replica.Node, g uint32) replica.StateMachine {
		m := newGroup(l, GroupID(g), n.Fail)
		l.groups = append(l.groups, m)
		return m
	}
	if t := l.o.Transport; t != nil {
		o.Transport = func(g uint32) replica.Transport { return t(GroupID(g)) }
	}
	return o
}

// journalTailBytes of each group's newest entries are kept in memory for members
// that follow; a group of one member never reads them.
const journalTailBytes = 1 << 20

// failed tells that the log has stopped.
func (l *Log) failed(err error) {
	l.o.Logger.Error("log has stopped", "error", err)
	l.visible.stop()
	if l.o.Events.Failed != nil {
		l.o.Events.Failed(outward(err))
	}
}

// Close waits for what is under way, takes a snapshot, so that a restart replays
// nothing, and stops everything.
func (l *Log) Close() error {
	l.gate.Lock()
	if l.gate.closing {
		l.gate.Unlock()
		return ErrClosed
	}
	l.gate.closing = true
	if l.gate.busy == 0 {
		close(l.gate.idle)
	}
	l.gate.Unlock()
	<-l.gate.idle
	l.stop()
	close(l.coordinator.requests)
	<-l.coordinator.done
	l.loops.Wait()
	return errors.Join(outward(l.node.Close()), l.files.Close(), l.lock.Close())
}

// begin counts an operation as under way; end must follow.
func (l *Log) begin() error {
	l.gate.Lock()
	defer l.gate.Unlock()
	if l.gate.closing {
		return ErrClosed
	}
	l.gate.busy++
	return nil
}

// end is the counterpart of begin.
func (l *Log) end() {
	l.gate.Lock()
	defer l.gate.Unlock()
	l.gate.busy--
	if l.gate.closing && l.gate.busy == 0 {
		close(l.gate.idle)
	}
}

// Groups is the number of raft groups.
func (l *Log) Groups() int { return len(l.groups) }

// GroupOf is the group of a partition: partition i of every stream lies in the
// same group, so that streams with the same number of partitions are joined and
// written together without leaving it. The system stream lies in group 0.
func (l *Log) GroupOf(p PartitionID) GroupID {
	if p.Stream == 0 {
		return 0
	}
	return GroupID(uint32(p.Index) % uint32(len(l.budgets)))
}

func (l *Log) group(p PartitionID) *group { return l.groups[l.GroupOf(p)] }

// Applied is how far each group is applied and readable: a consistent cut, which
// holds a multi-group append entirely or not at all.
func (l *Log) Applied() []Index { return l.visible.vector() }

// Changed receives a token after something was applied. It has one place and is
// meant for one receiver, which should look at Applied.
func (l *Log) Changed() <-chan struct{} { return l.visible.changed }

// Failure is the error that stopped the log, or nil.
func (l *Log) Failure() error { return outward(l.node.Failure()) }

// Snapshot takes a snapshot of every group now and releases the journal.
func (l *Log) Snapshot(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := l.begin(); err != nil {
		return err
	}
	defer l.end()
	return outward(l.node.Snapshot())
}

// Streams lists the streams that have partitions on this node, by id.
func (l *Log) Streams() []StreamID {
	var list []StreamID
	for _, g := range l.groups {
		for _, p := range g.sorted() {
			list = append(list, p.id.Stream)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// Partitions describes the partitions of a stream that have data, by index.
func (l *Log) Partitions(s StreamID) []PartitionInfo {
	var list []PartitionInfo
	for _, g := range l.groups {
		for _, p := range g.sorted() {
			if p.id.Stream == s {
				i := p.info()
				i.Group = g.id
				list = append(list, i)
			}
		}
	}
	sort.Slice(list, func(i, k int) bool { return less(list[i].Partition, list[k].Partition) })
	return list
}

// Verify reads every segment with all checks and returns the first damage as a
// *CorruptError.
func (l *Log) Verify(ctx context.Context) error {
	if err := l.begin(); err != nil {
		return err
	}
	defer l.end()
	for _, g := range l.groups {
		for _, p := range g.sorted() {
			for _, s := range p.list() {
				if err := ctx.Err(); err != nil {
					return err
				}
				if err := s.Verify(); err != nil {
					return fmt.Errorf("partition %s: %w", p.id, err)
				}
			}
		}
	}
	return nil
}

// Stats are the counters of the log since Open.
type Stats struct {
	replica.Stats
	OpenSegments int // files open now
}

// Stats returns the counters.
func (l *Log) Stats() Stats { return Stats{l.node.Stats(), l.files.Open()} }
