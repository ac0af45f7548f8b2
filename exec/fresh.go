package exec

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"millrace/catalog"
	"millrace/log"
)

// Consistency is what a read waits for.
type Consistency uint8

// The levels. A read always shows one epoch (E2); they say how new it has to be.
const (
	// Strong: everything that was acknowledged to anybody before the read began.
	Strong Consistency = iota
	// OwnWrites: what was acknowledged to the same session.
	OwnWrites
	// Local: nothing; the newest epoch there is.
	Local
)

// written is up to where the log holds acknowledged rows of something, per group.
type written struct{ index []atomic.Uint64 }

func (w *written) note(at []log.Position) {
	for _, p := range at {
		x := &w.index[p.Group]
		for old := x.Load(); old < uint64(p.Index); old = x.Load() {
			if x.CompareAndSwap(old, uint64(p.Index)) {
				break
			}
		}
	}
}

// acknowledged knows which appends of sessions were acknowledged on this node since it
// started; recovery has executed what came before.
type acknowledged struct {
	all *written
	mu  struct {
		sync.RWMutex
		objects map[catalog.ObjectID]*written
	}
}

func newAcknowledged(groups int) *acknowledged {
	a := &acknowledged{all: &written{make([]atomic.Uint64, groups)}}
	a.mu.objects = map[catalog.ObjectID]*written{}
	return a
}

func (a *acknowledged) object(id catalog.ObjectID) *written {
	a.mu.RLock()
	w := a.mu.objects[id]
	a.mu.RUnlock()
	if w != nil {
		return w
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if w = a.mu.objects[id]; w == nil {
		w = &written{make([]atomic.Uint64, len(a.all.index))}
		a.mu.objects[id] = w
	}
	return w
}

// note is called before the client hears that the rows are written.
func (a *acknowledged) note(ids []catalog.ObjectID, at []log.Position) {
	for _, id := range ids {
		a.object(id).note(at)
	}
	a.all.note(at)
}

// Sources are the streams and tables that some objects are made from: what Strong reads
// of those objects have to look at.
type Sources []*written

// SourcesOf finds the sources of objects, through the queries of views.
func (e *Engine) SourcesOf(cat *catalog.Snapshot, ids []catalog.ObjectID) Sources {
	out := Sources{}
	seen := map[catalog.ObjectID]bool{}
	var visit func(id catalog.ObjectID)
	visit = func(id catalog.ObjectID) {
		o, ok := cat.Object(id)
		if seen[id] || !ok {
			return
		}
		seen[id] = true
		if o.Kind == catalog.KindStream || o.Kind == catalog.KindTable {
			out = append(out, e.acked.object(id))
		}
		for _, d := range o.DependsOn {
			visit(d)
		}
		for _, q := range cat.InsertQueries(id) {
			visit(q.ID)
		}
	}
	for _, id := range ids {
		visit(id)
	}
	return slices.Clip(out)
}

// Want says how new a snapshot has to be.
type Want struct {
	Level Consistency
	// Own are positions that it has to contain, except at level Local.
	Own []log.Position
	// Sources restrict Strong to what is read; nil is everything.
	Sources Sources
}

// target is the vector that a snapshot has to reach.
func (e *Engine) target(w *Want, buf []log.Index) []log.Index {
	out := append(buf, make([]log.Index, len(e.acked.all.index))...)
	if w.Level == Local {
		return out
	}
	for _, p := range w.Own {
		out[p.Group] = max(out[p.Group], p.Index)
	}
	if w.Level != Strong {
		return out
	}
	if w.Sources == nil {
		e.acked.all.raise(out)
	}
	for _, s := range w.Sources {
		s.raise(out)
	}
	return out
}

func (w *written) raise(to []log.Index) {
	for g := range w.index {
		to[g] = max(to[g], log.Index(w.index[g].Load()))
	}
}

// SnapshotFor returns the newest snapshot that is as new as w says, waiting for it. The
// caller releases it.
func (e *Engine) SnapshotFor(ctx context.Context, w Want) (*Snapshot, error) {
	var buf [8]log.Index
	target := e.target(&w, buf[:0])
	hops := e.inserts.hops.Load()
	for {
		snap, moved, err := e.current()
		if err != nil {
			return nil, err
		}
		if snap != nil && snap.reaches(target) {
			if hops == 0 || w.Level == Local || !e.inserts.raise(target, snap) {
				return snap, nil
			}
			hops--
		}
		if snap != nil {
			snap.Release()
		}
		if err := e.await(ctx, moved); err != nil {
			return nil, err
		}
	}
}

// current holds the newest snapshot, nil before the first, and tells when it is not
// that any more.
func (e *Engine) current() (snap *Snapshot, moved <-chan struct{}, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.mu.err != nil {
		return nil, nil, e.mu.err
	}
	if e.mu.frontier != nil {
		snap = e.mu.frontier.Retain()
	}
	return snap, e.mu.moved, nil
}

func (s *Snapshot) reaches(target []log.Index) bool {
	for g, index := range target {
		if index > 0 && (g >= len(s.Vector) || s.Vector[g] < index) {
			return false
		}
	}
	return true
}
