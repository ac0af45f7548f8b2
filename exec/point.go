package exec

import (
	"context"

	"millrace/catalog"
	"millrace/planner/plan"
	"millrace/sql/col"
	"millrace/sql/types"
)

// Rows read by their whole key need not wait for the epoch of the last write: that of
// another key does not matter, and the last one of this key is still in memory.

// readPoints prepares the transaction to read rows of o by their keys: afterwards
// tx.lookup gives their newest committed rows. A transaction that has a snapshot for all
// it reads keeps to that.
func (tx *Txn) readPoints(ctx context.Context, o *catalog.Object, keys [][]byte) error {
	if tx.snap != nil && !tx.behind {
		return nil
	}
	if tx.want.Level == Local || o.Kind != catalog.KindTable {
		_, err := tx.Read(ctx)
		return err
	}
	if tx.snap == nil {
		if err := tx.takeSnapshot(ctx, Want{Level: Local}); err != nil {
			return err
		}
		tx.behind = true
	}
	for {
		open, unkept := tx.engine.commits.newest(tx, o.ID, keys)
		switch {
		case open != nil:
			if err := open.wait(ctx); err != nil {
				return err
			}
		case unkept != nil:
			if err := tx.refresh(ctx, Want{Level: OwnWrites, Own: unkept.at}); err != nil {
				return err
			}
		default:
			return nil
		}
	}
}

// catchUp gives a transaction that read by keys a snapshot for everything.
func (tx *Txn) catchUp(ctx context.Context) error {
	w := tx.want
	for _, v := range tx.over {
		w.Own = append(w.Own[:len(w.Own):len(w.Own)], v.at...)
	}
	if err := tx.refresh(ctx, w); err != nil {
		return err
	}
	tx.behind = false
	return nil
}

// refresh moves the transaction to a newer snapshot. If a row that it has written is
// not what it was any more, Commit reports the conflict.
func (tx *Txn) refresh(ctx context.Context, w Want) error {
	snap, err := tx.engine.SnapshotFor(ctx, w)
	if err != nil {
		return err
	}
	old := tx.snap
	if err := tx.engine.commits.move(tx, snap); err != nil && tx.lost == nil {
		tx.lost = err
	}
	old.Release()
	return nil
}

func (t *ticket) wait(ctx context.Context) error {
	select {
	case <-t.done:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// newest notes in tx.over the newest committed rows of keys where the snapshot is
// behind them. It returns a commit to wait for: one on its way, or one whose rows were
// not kept, so that its epoch has to come first.
func (c *commits) newest(tx *Txn, table catalog.ObjectID, keys [][]byte) (open, unkept *ticket) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, k := range keys {
		if _, own := tx.own(table, k); own {
			continue
		}
		ck := conflictKey{table, string(k)}
		v := c.mu.last[ck]
		switch {
		case v.ticket == nil:
		case !v.settled():
			return v.ticket, nil
		case v.within(tx.snap):
		case !v.kept:
			return nil, v.ticket
		default:
			if tx.over == nil {
				tx.over = map[conflictKey]version{}
			}
			tx.over[ck] = v
			continue
		}
		delete(tx.over, ck)
	}
	return nil, nil
}

// move gives tx a newer snapshot. The error says that a key it has written from the
// old one has another row by now.
func (c *commits) move(tx *Txn, to *Snapshot) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	err := c.conflictLocked(tx, tx.conflictKeys())
	tx.snap = to
	for k, v := range tx.over {
		if v.within(to) {
			delete(tx.over, k)
		}
	}
	return err
}

// newestRow returns the newest committed row of a key if the snapshots may not have it
// yet; ok is false when the next snapshot taken has it. A commit on its way is waited
// for.
func (c *commits) newestRow(ctx context.Context, table catalog.ObjectID, key []byte) (v version, ok bool, err error) {
	for {
		c.mu.Lock()
		v = c.mu.last[conflictKey{table, string(key)}]
		c.mu.Unlock()
		if v.ticket == nil {
			return v, false, nil
		}
		if err := v.wait(ctx); err != nil {
			return v, false, err
		}
		if !v.failed {
			return v, true, nil
		}
	}
}

// pointScan is the scan of an UPDATE or DELETE that names one row of its target by the
// whole primary key and reads nothing else; nil if it does more.
func pointScan(w *plan.Write) *plan.Scan {
	for n := w.Source; ; {
		switch x := n.(type) {
		case *plan.Project:
			n = x.Input
			continue
		case *plan.Filter:
			n = x.Input
			continue
		case *plan.Scan:
			o := x.Object
			if o.ID == w.Target.ID && o.Kind == catalog.KindTable && x.Access != nil && x.Access.Index == nil && isLookup(x) {
				return x
			}
		}
		return nil
	}
}

// rowKeys is the primary keys of the rows of b.
func rowKeys(o *catalog.Object, b *col.Batch) [][]byte {
	out := make([][]byte, b.N)
	for i := range out {
		out[i] = keyOf(o, rowDatums(b.Cols, i))
	}
	return out
}

// own returns the row of a key that the transaction has written itself; nil with ok for
// one it deleted.
func (tx *Txn) own(table catalog.ObjectID, key []byte) (row []types.Datum, ok bool) {
	if t := tx.tables[table]; t != nil {
		if w := t.rows[string(key)]; w != nil {
			return w.row, true
		}
	}
	return nil, false
}

// newer returns the row of a key that was committed after the snapshot, as readPoints
// found it; nil with ok for one that was deleted.
func (tx *Txn) newer(table catalog.ObjectID, key []byte) (row []types.Datum, ok bool) {
	if len(tx.over) == 0 {
		return nil, false
	}
	v, ok := tx.over[conflictKey{table, string(key)}]
	return v.row, ok
}
