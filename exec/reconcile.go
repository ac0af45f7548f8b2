package exec

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"millrace/catalog"
	"millrace/planner/plan"
	"millrace/sql/pgerr"
)

// reconcile makes the flows follow the catalog: new objects get flows, dropped ones
// lose theirs, new indexes are built; backfills that are ready join; subscriptions
// that ended go. The loop calls it between epochs.
func (e *Engine) reconcile() error {
	snap := e.opts.Catalog.Current()
	if snap.Version() != e.catalogAt {
		if err := e.follow(snap); err != nil {
			return err
		}
		e.catalogAt = snap.Version()
		e.statusChanged() // also for who waits for something dropped before it had a flow
	}
	for _, f := range append([]*flow(nil), e.flows.order...) {
		if f.sub != nil && f.sub.ended() {
			e.dropFlow(f.id)
			continue
		}
		if f.waiting {
			e.begin(f)
		}
		if f.fill != nil && f.fill.ready.Load() {
			if err := e.join(f); err != nil {
				return err
			}
		}
	}
	return nil
}

// follow compares the catalog with what runs.
func (e *Engine) follow(snap *catalog.Snapshot) error {
	defer e.countInserts()
	for _, f := range append([]*flow(nil), e.flows.order...) {
		if f.obj == nil {
			e.endOrphan(f, snap)
			continue
		}
		if _, ok := snap.Object(f.id); !ok {
			e.dropFlow(f.id)
			if err := e.dropRows(f.obj); err != nil {
				return err
			}
		}
	}
	if err := e.forgetBroken(snap); err != nil {
		return err
	}
	for id, s := range e.sources {
		if _, ok := snap.Object(id); !ok {
			s.close()
			delete(e.sources, id)
		}
	}
	e.followFeeds(snap)
	for _, o := range inDependencyOrder(snap) {
		if e.hasFailed(o.ID) {
			continue
		}
		if err := e.followObject(o, snap); err != nil {
			return err
		}
	}
	return nil
}

// inDependencyOrder lists relations with a stored or continuous result, each after
// what it reads.
func inDependencyOrder(snap *catalog.Snapshot) []*catalog.Object {
	var out []*catalog.Object
	seen := map[catalog.ObjectID]bool{}
	var visit func(o *catalog.Object)
	visit = func(o *catalog.Object) {
		if seen[o.ID] {
			return
		}
		seen[o.ID] = true
		for _, id := range o.DependsOn {
			if d, ok := snap.Object(id); ok {
				visit(d)
			}
		}
		if o.Kind == catalog.KindTable || o.IsContinuous() {
			out = append(out, o)
		}
	}
	for _, o := range snap.Objects() {
		visit(o)
	}
	return out
}

// followObject makes or updates the flow of one object.
func (e *Engine) followObject(o *catalog.Object, snap *catalog.Snapshot) error {
	f := e.flows.byID[o.ID]
	if f == nil {
		f, err := e.newObjectFlow(o, snap)
		if err != nil {
			return err
		}
		e.install(f)
		if o.Kind == catalog.KindTable {
			e.live(f)
			return nil
		}
		e.begin(f)
		return nil
	}
	if f.obj == o || !f.isLive() {
		return nil // join follows what happened during a backfill
	}
	old := f.obj
	f.obj = o
	f.stats.Name = o.Name
	e.followMode(f)
	return e.followIndexes(f, old)
}

// forgetBroken removes what is left of dropped objects whose flow had failed.
func (e *Engine) forgetBroken(snap *catalog.Snapshot) error {
	for id, o := range e.broken {
		if _, ok := snap.Object(id); ok {
			continue
		}
		delete(e.broken, id)
		e.mu.Lock()
		delete(e.mu.failed, id)
		e.mu.Unlock()
		if err := e.dropRows(o); err != nil {
			return err
		}
	}
	return nil
}

// hasFailed reports whether the object's flow was taken out; a restart tries again.
func (e *Engine) hasFailed(id catalog.ObjectID) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.mu.failed[id] != nil
}

// endOrphan ends a subscription to something that was dropped.
func (e *Engine) endOrphan(f *flow, snap *catalog.Snapshot) {
	for _, id := range f.inputs {
		if _, ok := snap.Object(id); !ok {
			f.sub.end(pgerr.New(pgerr.UndefinedTable, "a relation that the push query reads was dropped"))
		}
	}
}

// newObjectFlow compiles the flow of a table or continuous query.
func (e *Engine) newObjectFlow(o *catalog.Object, snap *catalog.Snapshot) (*flow, error) {
	if o.Kind == catalog.KindTable {
		return e.tableFlow(o), nil
	}
	v, err := e.opts.Plan(o, snap)
	if err != nil {
		return nil, fmt.Errorf("plan %s: %w", o.Name, err)
	}
	return e.viewFlow(o, v)
}

// install adds a flow and makes its status known.
func (e *Engine) install(f *flow) {
	e.flows.add(f)
	e.flows.sortInserts()
	for _, id := range f.inputs {
		e.needSource(id)
	}
	if f.obj == nil {
		return
	}
	if f.obj.Kind == catalog.KindTable {
		e.needSource(f.id)
	}
	e.mu.Lock()
	e.mu.status[f.id] = f.stats
	e.mu.Unlock()
}

// needSource makes sure that the log of a stream or table is read from now on.
func (e *Engine) needSource(id catalog.ObjectID) {
	if e.sources[id] != nil {
		return
	}
	o, ok := e.opts.Catalog.Current().Object(id)
	if !ok || o.SinkStream || (o.Kind != catalog.KindStream && o.Kind != catalog.KindTable) {
		return
	}
	e.sources[id] = e.sourceAtFrontier(o)
}

// begin starts the backfill of a flow, or leaves it waiting while an input has no
// rows of its own to read. reconcile tries again.
func (e *Engine) begin(f *flow) {
	f.waiting = false
	for _, id := range f.inputs {
		in := e.flows.byID[id]
		if in == nil {
			e.mu.Lock()
			err := e.mu.failed[id]
			e.mu.Unlock()
			if err != nil {
				e.fail(f, err)
				return
			}
			continue
		}
		if at := in.stats.LiveEpoch.Load(); !in.isLive() || at > e.last.Epoch {
			f.waiting = true
			if in.isLive() {
				e.want(at)
			}
		}
	}
	f.waiting = f.waiting || e.targetWaits(f)
	if !f.waiting {
		e.startFill(f)
	}
}

// sourceAtFrontier starts reading a stream where the frontier stands: what is
// before is the backfill's. A table is read from its start, once.
func (e *Engine) sourceAtFrontier(o *catalog.Object) *source {
	if o.Kind == catalog.KindTable {
		return newSource(e.log, o, nil)
	}
	s := newSource(e.log, o, nil)
	if f := e.frontierSnapshot(); f != nil {
		s.skip(e.log, f.Vector)
	}
	return s
}

// live marks a flow as running with the loop from the next epoch on.
func (e *Engine) live(f *flow) {
	f.stats.LiveEpoch.Store(e.last.Epoch + 1)
	f.stats.Live.Store(true)
	e.want(e.last.Epoch + 1)
	if f.obj != nil {
		e.indexesFrom(f.obj.Indexes, e.last.Epoch+1)
	}
	e.statusChanged()
}

func (e *Engine) statusChanged() {
	e.mu.Lock()
	old := e.mu.waiters
	e.mu.waiters = make(chan struct{})
	e.mu.Unlock()
	close(old)
}

// join takes over a flow whose backfill is done, and lets it follow what happened to
// its object meanwhile. Its error is one of the store.
func (e *Engine) join(f *flow) error {
	err := f.fill.join()
	f.fill = nil
	switch {
	case err != nil || f.sink == nil:
	case f.isInsert():
		e.joinedInsert(f)
	default:
		err = e.joined(f.sink, f.id)
	}
	if err != nil {
		e.fail(f, err)
		return nil
	}
	f.out = nil
	e.dirty = true
	e.live(f)
	if f.obj == nil {
		return nil
	}
	e.followMode(f)
	snap := e.opts.Catalog.Current()
	o, ok := snap.Object(f.id)
	if !ok {
		return nil // follow drops it
	}
	return e.followObject(o, snap)
}

// fail takes a flow that cannot go on out of the loop. Reading it reports why.
func (e *Engine) fail(f *flow, err error) {
	if f.sub != nil {
		f.sub.end(err)
		e.dropFlow(f.id)
		return
	}
	if errors.Is(err, errShutdown) || errors.Is(err, context.Canceled) {
		f.waiting = true // what it has is not a result: it must neither run nor be saved
		return
	}
	e.opts.Logger.Error("continuous query failed", "object", f.obj.Name, "error", err,
		"stack", string(pgerr.As(err).Stack))
	e.broken[f.id] = f.obj
	e.mu.Lock()
	e.mu.failed[f.id] = err
	e.mu.Unlock()
	e.dropFlow(f.id)
	e.failObject(f.id, err)
}

// failObject ends everything that reads an object which has no more deltas.
func (e *Engine) failObject(id catalog.ObjectID, err error) {
	if s := e.sources[id]; s != nil {
		s.close()
		delete(e.sources, id)
	}
	for _, f := range slices.Clone(e.flows.order) {
		if e.flows.byID[f.id] == f && (f.id == id || slices.Contains(f.inputs, id)) {
			e.fail(f, err)
		}
	}
}

// dropFlow takes a flow out; its backfill ends first.
func (e *Engine) dropFlow(id catalog.ObjectID) {
	f := e.flows.byID[id]
	if f == nil {
		return
	}
	if f.fill != nil {
		f.fill.stop()
	}
	e.flows.remove(id)
	f.share.release()
	for _, in := range f.inputs {
		e.releaseSource(in)
	}
	e.mu.Lock()
	delete(e.mu.status, id)
	e.mu.Unlock()
	e.statusChanged()
}

// releaseSource stops reading a stream that no flow needs any more. A table is
// always read: its rows are kept.
func (e *Engine) releaseSource(id catalog.ObjectID) {
	s := e.sources[id]
	if s == nil || s.obj.Kind == catalog.KindTable {
		return
	}
	for _, f := range e.flows.order {
		if slices.Contains(f.inputs, id) {
			return
		}
	}
	s.close()
	delete(e.sources, id)
}

// dropRows removes everything the store has of an object.
func (e *Engine) dropRows(o *catalog.Object) error {
	e.errs.dropView(uint64(o.ID))
	e.late.dropView(uint64(o.ID))
	if err := e.dropIndexes(indexIDs(o)); err != nil {
		return err
	}
	b := e.store.NewBatch()
	defer b.Close()
	b.DropRows(uint64(o.ID))
	b.DropRows(uint64(o.ID) | pausedRows)
	b.DropFlow(uint64(o.ID))
	e.dirty = true
	return b.Commit()
}

// DropData removes the log of a dropped stream or table.
func (e *Engine) DropData(ctx context.Context, id catalog.ObjectID) error {
	return e.log.DropStream(ctx, streamID(id))
}

// WaitLive waits until an object can be read in full: a continuous query until its
// backfill is done. Other objects are ready at once.
func (e *Engine) WaitLive(ctx context.Context, id catalog.ObjectID) error {
	o, ok := e.opts.Catalog.Current().Object(id)
	if !ok || (o.Kind != catalog.KindTable && !o.IsContinuous()) {
		return nil
	}
	for {
		e.mu.Lock()
		st, failed, waiters, err := e.mu.status[id], e.mu.failed[id], e.mu.waiters, e.mu.err
		e.mu.Unlock()
		switch {
		case failed != nil:
			return failed
		case err != nil:
			return err
		case st != nil && st.Live.Load():
			return e.waitEpoch(ctx, st.LiveEpoch.Load())
		}
		if _, ok := e.opts.Catalog.Current().Object(id); !ok {
			return pgerr.Newf(pgerr.UndefinedTable, "relation %q was dropped", o.Name)
		}
		select {
		case <-waiters:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// waitEpoch waits until an epoch is published, cutting one if need be.
func (e *Engine) waitEpoch(ctx context.Context, epoch uint64) error {
	e.want(epoch)
	e.Notify()
	snap, err := e.SnapshotAt(ctx, epoch)
	if err != nil {
		return err
	}
	snap.Release()
	return nil
}

// WaitReadable waits until everything that a plan reads has all its rows. A snapshot
// taken afterwards can be read without a conflict.
func (e *Engine) WaitReadable(ctx context.Context, root plan.Node) (err error) {
	plan.Walk(root, func(n plan.Node) bool {
		if s, ok := n.(*plan.Scan); ok && err == nil && s.Object != nil {
			err = e.waitPublished(ctx, s.Object)
		}
		return err == nil
	})
	return err
}

func (e *Engine) waitPublished(ctx context.Context, o *catalog.Object) error {
	if o.Kind != catalog.KindTable && !o.IsContinuous() {
		return nil
	}
	e.mu.Lock()
	st, frontier := e.mu.status[o.ID], e.mu.frontier
	published := st != nil && st.Live.Load() && frontier != nil && frontier.Epoch >= st.LiveEpoch.Load()
	e.mu.Unlock()
	if published || st == nil {
		return nil
	}
	return e.WaitLive(ctx, o.ID)
}

// want asks the loop to reach an epoch even if nothing comes.
func (e *Engine) want(epoch uint64) {
	for {
		now := e.wantEpoch.Load()
		if now >= epoch || e.wantEpoch.CompareAndSwap(now, epoch) {
			return
		}
	}
}

// waitReadable waits until o can be read in the given snapshot.
func (e *Engine) waitReadable(ctx context.Context, o *catalog.Object, snap *Snapshot) error {
	e.mu.Lock()
	st := e.mu.status[o.ID]
	e.mu.Unlock()
	if st == nil || !st.Live.Load() {
		if err := e.WaitLive(ctx, o.ID); err != nil {
			return err
		}
		e.mu.Lock()
		st = e.mu.status[o.ID]
		e.mu.Unlock()
		if st == nil {
			return pgerr.Newf(pgerr.UndefinedTable, "relation %q does not exist", o.Name)
		}
	}
	if snap.Epoch < st.LiveEpoch.Load() {
		return pgerr.Newf(pgerr.SerializationFailure,
			"relation %q was created after this transaction took its snapshot", o.Name).
			WithHint("Run the transaction again.")
	}
	return nil
}

// Status lists the flows of objects, for system tables.
func (e *Engine) Status() map[catalog.ObjectID]*FlowStatus {
	e.mu.Lock()
	defer e.mu.Unlock()
	out := make(map[catalog.ObjectID]*FlowStatus, len(e.mu.status))
	for id, s := range e.mu.status {
		out[id] = s
	}
	return out
}
