package exec

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"millrace/catalog"
	"millrace/log"
)

// recover brings the engine to where it was: the newest checkpoint, then the
// recorded epochs after it, each with its own vector and clock (E3). Flows that the
// checkpoint does not know are filled afterwards.
func (e *Engine) recover() error {
	began := e.opts.Now()
	m, err := e.openCheckpoint()
	if err != nil {
		return err
	}
	snap := e.opts.Catalog.Current()
	e.catalogAt = snap.Version()
	rows := e.store.Snapshot()
	e.publish(newSnapshot(e.last, rows))
	fresh, err := e.restoreFlows(m, snap)
	if err != nil {
		return err
	}
	// The rows of what is fresh are gone, and indexes may be new. Nobody reads yet.
	e.publish(newSnapshot(e.last, e.store.Snapshot()))
	e.frontierSnapshot().sinks = e.sinkEnds
	n, err := e.replay()
	if err != nil {
		return err
	}
	for _, f := range e.flows.order {
		e.followMode(f)
	}
	for _, f := range fresh {
		e.install(f)
		e.begin(f)
	}
	e.countInserts()
	if n > 0 || m.rec.Epoch > 0 {
		e.opts.Logger.Info("engine recovered", "checkpoint_epoch", m.rec.Epoch, "replayed_epochs", n,
			"epoch", e.last.Epoch, "took", e.opts.Now().Sub(began).Round(time.Millisecond))
	}
	e.followFeeds(snap)
	// What was acknowledged but is in no epoch yet: its writer's session, which would
	// wait for it, is gone.
	_, err = e.turn()
	return err
}

func (e *Engine) openCheckpoint() (m checkpointMeta, err error) {
	if b := e.store.Meta(); b != nil {
		if m, err = decodeCheckpoint(b); err != nil {
			return m, err
		}
	}
	if m.rec.Vector == nil {
		m.rec.Vector = make([]log.Index, len(e.log.Applied()))
	}
	if len(m.rec.Vector) != len(e.log.Applied()) {
		return m, fmt.Errorf("checkpoint has %d groups, the log has %d", len(m.rec.Vector), len(e.log.Applied()))
	}
	e.last, e.nextRecord = m.rec, m.nextRecord
	// Epoch records are of use only to a replay; the pin keeps those it needs.
	e.log.SetTopic(systemPartition.Stream, log.Topic{RetentionBytes: 1})
	e.pin(m)
	if start, _ := e.log.Ends(systemPartition); e.nextRecord < start && e.store.Meta() != nil {
		return m, fmt.Errorf("epoch records from %d on are gone, the checkpoint needs %d", start, e.nextRecord)
	}
	return m, errors.Join(e.errs.load(e.store), e.late.load(e.store))
}

// restoreFlows makes the flows of all objects. Those in the checkpoint with the same
// plan are live again; the others come back for a backfill, without their old rows.
func (e *Engine) restoreFlows(m checkpointMeta, snap *catalog.Snapshot) (fresh []*flow, err error) {
	known := map[catalog.ObjectID]flowMeta{}
	for _, f := range m.flows {
		known[f.id] = f
	}
	offsets := map[catalog.ObjectID][]log.Offset{}
	for _, s := range m.sources {
		offsets[s.id] = s.offsets
	}
	if err := e.dropOrphans(snap); err != nil {
		return nil, err
	}
	for _, o := range inDependencyOrder(snap) {
		f, err := e.newObjectFlow(o, snap)
		if err != nil {
			return nil, err
		}
		k, ok := known[o.ID]
		if !ok && o.Kind == catalog.KindTable {
			e.installAt(f, offsets)
			e.live(f)
			continue
		}
		if !ok || k.print != f.print {
			if err := errors.Join(e.dropRows(o), e.dropIndexes(k.indexes)); err != nil {
				return nil, err
			}
			fresh = append(fresh, f)
			continue
		}
		if err := e.restoreIndexes(o, k.indexes); err != nil {
			return nil, err
		}
		if err := f.load(e.mu.frontier.rows); err != nil {
			return nil, fmt.Errorf("load the state of %s: %w", o.Name, err)
		}
		if f.sink != nil {
			f.sink.producer, f.sink.next, f.sink.ends = k.producer, k.next, k.ends
			e.setSinkEnds(f.sink)
		}
		e.installAt(f, offsets)
		f.mode = k.mode
		f.stats.Paused.Store(f.mode == modePaused || f.mode == modeTerminated)
		f.stats.RowErrors.Store(e.errs.count(uint64(o.ID)))
		f.stats.LateRows.Store(e.late.count(uint64(o.ID)))
		f.stats.LiveEpoch.Store(e.last.Epoch)
		f.stats.Live.Store(true)
	}
	return fresh, nil
}

// installAt installs a flow whose sources go on at the checkpoint's offsets.
func (e *Engine) installAt(f *flow, offsets map[catalog.ObjectID][]log.Offset) {
	for _, id := range append([]catalog.ObjectID{f.id}, f.inputs...) {
		o, ok := e.opts.Catalog.Current().Object(id)
		if ok && e.sources[id] == nil && offsets[id] != nil &&
			(o.Kind == catalog.KindTable || o.Kind == catalog.KindStream) {
			e.sources[id] = newSource(e.log, o, offsets[id])
		}
	}
	e.install(f)
}

// dropOrphans removes what the store and the log hold of objects that were dropped:
// a crash may come between a drop and the removal of its data.
func (e *Engine) dropOrphans(snap *catalog.Snapshot) error {
	objects, indexes, flows, err := e.mu.frontier.rows.Stored()
	if err != nil {
		return fmt.Errorf("list what is stored: %w", err)
	}
	b := e.store.NewBatch()
	defer b.Close()
	for _, id := range slices.Concat(objects, flows) {
		if _, ok := snap.Object(catalog.ObjectID(id &^ pausedRows)); !ok && id != errorsFlow {
			b.DropRows(id)
			b.DropFlow(id)
			e.errs.dropView(id)
			e.late.dropView(id)
		}
	}
	for _, id := range indexes {
		if _, _, ok := snap.Index(catalog.ObjectID(id)); !ok {
			b.DropIndex(id)
		}
	}
	if err := b.Commit(); err != nil {
		return err
	}
	for _, id := range e.log.Streams() {
		if _, ok := snap.Object(catalog.ObjectID(id)); !ok && id != systemPartition.Stream {
			if err := e.log.DropStream(e.ctx, id); err != nil {
				return fmt.Errorf("drop the log of stream %d: %w", id, err)
			}
		}
	}
	return nil
}

// restoreIndexes brings the indexes of a checkpoint to those the object has now.
func (e *Engine) restoreIndexes(o *catalog.Object, have []catalog.ObjectID) error {
	var gone []catalog.ObjectID
	for _, id := range have {
		if !hasIndex(o, id) {
			gone = append(gone, id)
		}
	}
	var missing []*catalog.Index
	for _, ix := range o.Indexes {
		if !slices.Contains(have, ix.ID) {
			missing = append(missing, ix)
		}
	}
	if err := errors.Join(e.dropIndexes(gone), e.buildIndexes(o, missing)); err != nil {
		return err
	}
	e.indexesFrom(o.Indexes, e.last.Epoch)
	return nil
}

// replay runs the recorded epochs after the checkpoint again.
func (e *Engine) replay() (n int, err error) {
	r := e.log.Reader(systemPartition, e.nextRecord)
	defer r.Close()
	limit := e.log.Applied()[e.log.GroupOf(systemPartition)]
	for {
		b, ok, err := r.Next(limit)
		if err != nil {
			return n, fmt.Errorf("read epoch records: %w", err)
		}
		if !ok {
			return n, nil
		}
		rec, err := decodeEpochRecord(b.Payload)
		if err != nil {
			return n, fmt.Errorf("epoch record at offset %d: %w", b.Base, err)
		}
		e.lastRecord = log.Position{Group: e.log.GroupOf(systemPartition), Index: b.Index}
		e.nextRecord = b.Base + 1
		if rec.Epoch <= e.last.Epoch {
			continue
		}
		snap, err := e.step(rec)
		if err != nil {
			return n, fmt.Errorf("replay epoch %d: %w", rec.Epoch, err)
		}
		if err := e.appendSinks(snap); err != nil {
			return n, err
		}
		e.finish(rec, snap)
		e.deliver(rec)
		n++
	}
}
