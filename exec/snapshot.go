package exec

import (
	"context"
	"sync/atomic"

	"millrace/exec/state"
	"millrace/log"
	"millrace/sql/pgerr"
)

// Snapshot is everything as of one epoch (E2): rows of tables and views in the
// store, and the prefix of the log that the epoch's vector bounds. It is shared;
// each holder releases it once.
type Snapshot struct {
	Epoch  uint64
	Clock  int64 // us since 2000-01-01 UTC
	Vector []log.Index
	// sinks bounds the streams that queries write: what an epoch gave them is in the
	// log behind the epoch's vector. The map is shared and never changed.
	sinks map[log.PartitionID]log.Offset

	rows *state.Snapshot
	refs atomic.Int64
}

func newSnapshot(rec epochRecord, rows *state.Snapshot) *Snapshot {
	s := &Snapshot{Epoch: rec.Epoch, Clock: rec.Clock, Vector: rec.Vector, rows: rows}
	s.refs.Store(1)
	return s
}

// Covers reports whether the snapshot contains what was appended at all positions.
func (s *Snapshot) Covers(at []log.Position) bool {
	for _, p := range at {
		if int(p.Group) >= len(s.Vector) || s.Vector[p.Group] < p.Index {
			return false
		}
	}
	return true
}

// Retain adds a holder and returns s.
func (s *Snapshot) Retain() *Snapshot {
	s.refs.Add(1)
	return s
}

// Release drops a holder; the last one frees the store's snapshot.
func (s *Snapshot) Release() {
	if s.refs.Add(-1) == 0 && s.rows != nil {
		s.rows.Close()
	}
}

// await waits until the frontier has moved, and makes the loop hurry.
func (e *Engine) await(ctx context.Context, moved <-chan struct{}) error {
	e.pace.begin()
	defer e.pace.end()
	select {
	case <-moved:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// SnapshotAt returns the current snapshot if it is of the given epoch or later.
func (e *Engine) SnapshotAt(ctx context.Context, epoch uint64) (*Snapshot, error) {
	for {
		snap, err := e.SnapshotFor(ctx, Want{Level: Local})
		if err != nil {
			return nil, err
		}
		if snap.Epoch >= epoch {
			return snap, nil
		}
		moved := e.movedAfter(snap)
		snap.Release()
		if err := e.await(ctx, moved); err != nil {
			return nil, err
		}
	}
}

// movedAfter returns a channel that is closed once the frontier is past snap.
func (e *Engine) movedAfter(snap *Snapshot) <-chan struct{} {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.mu.frontier != snap || e.mu.err != nil {
		done := make(chan struct{})
		close(done)
		return done
	}
	return e.mu.moved
}

// publish makes snap the frontier and wakes everyone who waits for it.
func (e *Engine) publish(snap *Snapshot) {
	e.mu.Lock()
	old, moved := e.mu.frontier, e.mu.moved
	e.mu.frontier, e.mu.moved = snap, make(chan struct{})
	e.mu.Unlock()
	close(moved)
	if old != nil {
		old.Release()
	}
}

// stop records why the loop ended and wakes everyone who waits.
func (e *Engine) stop(err error) {
	if err == nil {
		err = pgerr.New(pgerr.AdminShutdown, "the server is shutting down")
	}
	e.mu.Lock()
	if e.mu.err == nil {
		e.mu.err = err
	}
	moved := e.mu.moved
	e.mu.moved = make(chan struct{})
	e.mu.Unlock()
	close(moved)
	e.statusChanged()
}

// frontierSnapshot is the newest published snapshot, without holding it: for the
// loop, which alone replaces it, and for comparing positions.
func (e *Engine) frontierSnapshot() *Snapshot {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.mu.frontier
}

// frontierRows is the stored rows as of the epoch before the one in progress.
func (e *Engine) frontierRows() *state.Snapshot { return e.frontierSnapshot().rows }
