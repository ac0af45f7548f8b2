package exec

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"millrace/catalog"
	"millrace/exec/op"
	"millrace/sql/col"
	"millrace/sql/pgerr"
)

// followIndexes makes the flow maintain the indexes its object has now: new ones are
// built from the stored rows, dropped ones lose their entries.
func (e *Engine) followIndexes(f *flow, old *catalog.Object) error {
	if !f.obj.IsStored() {
		return nil
	}
	var gone []catalog.ObjectID
	for _, ix := range old.Indexes {
		if !hasIndex(f.obj, ix.ID) {
			gone = append(gone, ix.ID)
		}
	}
	if err := e.dropIndexes(gone); err != nil {
		return err
	}
	var fresh []*catalog.Index
	for _, ix := range f.obj.Indexes {
		if !hasIndex(old, ix.ID) {
			fresh = append(fresh, ix)
		}
	}
	if err := e.buildIndexes(f.obj, fresh); err != nil {
		return err
	}
	for _, n := range f.graph.nodes {
		if m, ok := n.op.(*op.Materialize); ok {
			key := f.obj.Key
			if f.obj.Kind == catalog.KindTable {
				key = tableKey(f.obj)
			}
			m.SetIndexes(e.materialize(f.obj, key).Indexes)
		}
	}
	e.want(e.last.Epoch + 1) // entries show in the next snapshot
	e.indexesFrom(fresh, e.last.Epoch+1)
	return nil
}

// indexesFrom says that snapshots from an epoch on have all entries of the indexes.
func (e *Engine) indexesFrom(list []*catalog.Index, epoch uint64) {
	if len(list) == 0 {
		return
	}
	e.mu.Lock()
	for _, ix := range list {
		e.mu.indexes[ix.ID] = epoch
	}
	e.mu.Unlock()
	e.statusChanged()
}

// indexUsable reports whether the snapshot has all entries of an index: a plan may be
// newer than the snapshot it runs on, or use an index that is still being built.
func (e *Engine) indexUsable(ix *catalog.Index, snap *Snapshot) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	epoch, ok := e.mu.indexes[ix.ID]
	return ok && snap.Epoch >= epoch
}

// dropIndexes removes all entries of indexes. Nobody looks into them from here on.
func (e *Engine) dropIndexes(ids []catalog.ObjectID) error {
	if len(ids) == 0 {
		return nil
	}
	e.mu.Lock()
	for _, id := range ids {
		delete(e.mu.indexes, id)
	}
	e.mu.Unlock()
	b := e.store.NewBatch()
	defer b.Close()
	for _, id := range ids {
		b.DropIndex(uint64(id))
	}
	e.dirty = true
	return b.Commit()
}

func hasIndex(o *catalog.Object, id catalog.ObjectID) bool {
	return slices.ContainsFunc(o.Indexes, func(ix *catalog.Index) bool { return ix.ID == id })
}

// indexBatchBytes bounds the entries that are written at once.
const indexBatchBytes = 4 << 20

// buildIndexes adds the entries of all stored rows. It runs between epochs.
func (e *Engine) buildIndexes(o *catalog.Object, list []*catalog.Index) error {
	for _, ix := range list {
		if err := e.buildIndex(o, ix); err != nil {
			return fmt.Errorf("build index %s: %w", ix.Name, err)
		}
		e.dirty = true
	}
	return nil
}

func (e *Engine) buildIndex(o *catalog.Object, ix *catalog.Index) error {
	b := e.store.NewBatch()
	defer func() { b.Close() }()
	now := e.store.Snapshot() // the frontier has no rows of a backfill that just ended
	defer now.Close()
	it := now.Scan(storeRows(o), nil, nil)
	var err error
	var key []byte
	for vals := newPicker(storedTypes(o), ix.Cols); err == nil && it.Next(); {
		if err = vals.add(it.Row()); err != nil {
			break
		}
		key = col.AppendKey(key[:0], vals.batch().Cols, 0)
		b.PutIndex(uint64(ix.ID), key, it.Key())
		if b.Len() >= indexBatchBytes {
			err = b.Commit()
			b = e.store.NewBatch()
		}
	}
	if err = errors.Join(err, it.Close()); err != nil {
		return err
	}
	return b.Commit()
}

// WaitIndex waits until an index is built and visible.
func (e *Engine) WaitIndex(ctx context.Context, id catalog.ObjectID) error {
	for {
		e.mu.Lock()
		epoch, ok := e.mu.indexes[id]
		waiters, err := e.mu.waiters, e.mu.err
		e.mu.Unlock()
		if ok {
			return e.waitEpoch(ctx, epoch)
		}
		if err != nil {
			return err
		}
		if _, _, ok := e.opts.Catalog.Current().Index(id); !ok {
			return pgerr.New(pgerr.UndefinedObject, "the index was dropped")
		}
		select {
		case <-waiters:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// withoutIndex reads what byIndex would, by looking at all rows.
func (s *scanner) withoutIndex(fn func(*col.Batch) error) error {
	ix := s.scan.Access.Index
	lo, hi, none, err := s.keyRange(ix.Cols)
	if err != nil || none {
		return err
	}
	// The index columns come behind the wanted ones.
	all := *s.scan
	all.Access, all.Cols = nil, slices.Concat(s.scan.Cols, ix.Cols)
	wide := *s
	wide.scan = &all
	n := len(s.scan.Cols)
	return wide.stored(func(b *col.Batch) error {
		arena, off := col.Keys(b.Cols[n:], b.N, nil, nil)
		var rows []int32
		for i := range b.N {
			if within(arena[off[i]:off[i+1]], lo, hi) {
				rows = append(rows, int32(i))
			}
		}
		if len(rows) == 0 {
			return nil
		}
		out := &col.Batch{N: b.N, W: b.W, Cols: b.Cols[:n:n]}
		return fn(out.Gather(rows))
	})
}
