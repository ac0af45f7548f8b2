package exec

import (
	"context"
	"fmt"
	"slices"

	"millrace/catalog"
	"millrace/exec/op"
	"millrace/exec/state"
	"millrace/sql/col"
)

// followIndexes makes the flow maintain the indexes its object has now: new ones are
// built from the stored rows, dropped ones lose their entries.
func (e *Engine) followIndexes(f *flow, old *catalog.Object) error {
	if !f.obj.IsStored() {
		return nil
	}
	b := e.store.NewBatch()
	defer b.Close()
	for _, ix := range old.Indexes {
		if !hasIndex(f.obj, ix.ID) {
			b.DropIndex(uint64(ix.ID))
			e.dirty = true
		}
	}
	for _, ix := range f.obj.Indexes {
		if hasIndex(old, ix.ID) {
			continue
		}
		if err := e.buildIndex(b, f.obj, ix); err != nil {
			return fmt.Errorf("build index %s: %w", ix.Name, err)
		}
		e.dirty = true
	}
	if err := b.Commit(); err != nil {
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
	e.mu.Lock()
	for _, ix := range f.obj.Indexes {
		e.mu.indexes[ix.ID] = e.last.Epoch + 1
	}
	e.mu.Unlock()
	e.statusChanged()
	return nil
}

func hasIndex(o *catalog.Object, id catalog.ObjectID) bool {
	return slices.ContainsFunc(o.Indexes, func(ix *catalog.Index) bool { return ix.ID == id })
}

// buildIndex adds the entries of all stored rows.
func (e *Engine) buildIndex(b *state.Batch, o *catalog.Object, ix *catalog.Index) error {
	ts := storedTypes(o)
	rows := storeRows(o)
	it := e.frontierRows().Scan(rows, nil, nil)
	for it.Next() {
		vals := newPicker(ts, ix.Cols)
		if err := vals.add(it.Row()); err != nil {
			_ = it.Close()
			return err
		}
		key := col.AppendKey(nil, vals.batch().Cols, 0)
		b.PutIndex(uint64(ix.ID), key, it.Key())
	}
	return it.Close()
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
		select {
		case <-waiters:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}
