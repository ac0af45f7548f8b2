package replica

import (
	"context"
	"errors"
	"fmt"
	"math"
	"sync/atomic"
	"time"

	"github.com/hashicorp/raft"
)

// raft's timers. In a group of one member only the lease check runs.
const (
	heartbeatTimeout = 2 * time.Second
	electionTimeout  = 2 * time.Second
	leaseTimeout     = time.Second
	commitTimeout    = 500 * time.Millisecond
	maxAppendEntries = 1024
	// never is for raft's own snapshot timer: we take snapshots by bytes.
	never = 10 * 365 * 24 * time.Hour
)

// group is one raft group of the node.
type group struct {
	id     uint32
	node   *Node
	raft   *raft.Raft
	alone  *loopback // the transport if there is no other member
	leader chan bool // raft tells about leadership
	leads  atomic.Bool
	store  *groupStore
	saved  *manifests
	// pending are the proposals of this node that are under way.
	pending *pending
}

// startGroup restores a group and starts its goroutines.
func (n *Node) startGroup(id uint32) (*group, error) {
	g := &group{id: id, node: n, leader: make(chan bool, 16)}
	g.pending = newPending(saltOf(n.o.Seed+uint64(id)+1, n.journal.current().number))
	g.store = &groupStore{journal: n.journal, group: id}
	dir := n.o.FS.PathJoin(n.o.Dir, "groups", fmt.Sprint(id))
	snapshots, err := openManifests(n.o.FS, dir)
	if err != nil {
		return nil, err
	}
	var transport raft.Transport
	if n.o.Transport != nil {
		transport = n.o.Transport(id)
	} else {
		g.alone = newLoopback(raft.ServerAddress(n.o.ID))
		transport = g.alone
	}
	if err := g.bootstrap(snapshots, transport); err != nil {
		return nil, err
	}
	if err := g.checkGap(snapshots); err != nil {
		return nil, err
	}
	machine := fsm{n.o.Machine(n, id), g.pending}
	g.saved = snapshots
	g.raft, err = raft.NewRaft(g.config(), machine, g.store, g.store, snapshots, transport)
	return g, err
}

func (g *group) config() *raft.Config {
	c := raft.DefaultConfig()
	c.LocalID = raft.ServerID(g.node.o.ID)
	c.HeartbeatTimeout = heartbeatTimeout
	c.ElectionTimeout = electionTimeout
	c.LeaderLeaseTimeout = leaseTimeout
	c.CommitTimeout = commitTimeout
	c.MaxAppendEntries = maxAppendEntries
	c.BatchApplyCh = true
	c.SnapshotInterval = never
	c.SnapshotThreshold = math.MaxUint64
	c.TrailingLogs = 0
	c.NotifyCh = g.leader
	c.NoLegacyTelemetry = true
	c.LogLevel = "WARN"
	c.LogOutput = raftLog{g.node.o.Logger, g.id}
	return c
}

// bootstrap makes this node the only member of a group that has no state yet.
func (g *group) bootstrap(s *manifests, t raft.Transport) error {
	list, err := s.List()
	if err != nil {
		return err
	}
	if last, _ := g.store.LastIndex(); last > 0 || len(list) > 0 || g.alone == nil {
		return nil
	}
	id := raft.ServerID(g.node.o.ID)
	members := raft.Configuration{Servers: []raft.Server{{ID: id, Address: t.LocalAddr()}}}
	entry := &raft.Log{
		Index: 1, Term: 1, Type: raft.LogConfiguration,
		Data: raft.EncodeConfiguration(members),
	}
	return g.store.StoreLog(entry)
}

// checkGap refuses a journal that begins behind the manifest: entries are missing.
func (g *group) checkGap(s *manifests) error {
	list, err := s.List()
	if err != nil {
		return err
	}
	applied := uint64(0)
	if len(list) > 0 {
		applied = list[0].Index
	}
	if first, _ := g.store.FirstIndex(); first > applied+1 {
		return fmt.Errorf("journal of group %d begins at entry %d, but its manifest ends at %d", g.id, first, applied)
	}
	return nil
}

// ready waits until the group has a leader and everything committed is applied.
func (g *group) ready(ctx context.Context) error {
	if g.alone == nil {
		return nil
	}
	g.alone.campaign()
	for leads := false; !leads; {
		select {
		case leads = <-g.leader:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	g.leads.Store(true)
	f := g.raft.Barrier(0)
	if err := f.Error(); err != nil {
		return errors.Join(g.node.Failure(), err)
	}
	return nil
}

// apply proposes an entry. If it returns an error, the entry was certainly not
// appended and done is not called.
func (g *group) apply(data []byte, done Done) error {
	if err := g.node.Failure(); err != nil {
		return err
	}
	if !g.leads.Load() {
		return ErrNotLeader
	}
	id, err := g.pending.add(data, done)
	if err != nil {
		return err
	}
	g.raft.Apply(data, 0)
	if !g.leads.Load() {
		// The watcher may have looked before the proposal was there.
		if done := g.pending.take(id); done != nil {
			done(nil, 0, fmt.Errorf("%w: leadership lost", ErrUncertain))
		}
	}
	return nil
}

// watch follows the group's leadership until stop is closed. Proposals that are
// under way when it is lost may or may not be committed by the next leader.
func (g *group) watch(stop <-chan struct{}) {
	for {
		select {
		case <-stop:
			return
		case leads := <-g.leader:
			g.leads.Store(leads)
			if !leads {
				g.pending.abandon(errors.New("leadership lost"), nil)
			}
		}
	}
}

// snapshot takes a snapshot and tells how it went.
func (g *group) snapshot(tell func(uint32, time.Duration, error)) error {
	if g.raft.AppliedIndex() == g.saved.newest.Load() {
		return nil
	}
	began := time.Now()
	err := g.raft.Snapshot().Error()
	if errors.Is(err, raft.ErrNothingNewToSnapshot) {
		return nil
	}
	if tell != nil {
		tell(g.id, time.Since(began), err)
	}
	if err != nil {
		return fmt.Errorf("snapshot of group %d: %w", g.id, err)
	}
	return nil
}

func (g *group) shutdown() {
	// The error of a shutdown is always nil.
	_ = g.raft.Shutdown().Error()
}
