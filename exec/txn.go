package exec

import (
	"context"

	"millrace/catalog"
	"millrace/log"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// Txn is the writes of one transaction over one snapshot. It is used by one
// goroutine. Nothing of it is visible to others before Commit.
type Txn struct {
	engine *Engine
	// snap is what the transaction reads; nil until it does.
	snap *Snapshot
	// want is how new snap has to be.
	want Want
	// behind: snap is older than that, as only single keys were read. over are their
	// rows where they are newer than snap.
	behind bool
	over   map[conflictKey]version
	// lost is the conflict that Commit reports.
	lost   error
	tables map[catalog.ObjectID]*tableWrites
	order  []catalog.ObjectID // tables and streams in order of first write
	rows   map[catalog.ObjectID]*streamWrites
	// savepoints are the lengths of undo at each SAVEPOINT.
	undo  []func()
	done  bool
	share share // memory of the rows appended to streams
}

// tableWrites is a transaction's net effect on one table.
type tableWrites struct {
	obj *catalog.Object
	// keys in order of first write; the log gets them in this order.
	keys []string
	rows map[string]*rowWrite
	// inserted are the new rows of a table without a primary key: they have no key
	// before they are in the log. A nil entry was deleted again.
	inserted [][]types.Datum
}

// rowWrite is the last thing a transaction did to a key.
type rowWrite struct {
	row     []types.Datum // nil: deleted
	base    []types.Datum // a row with this key, for the key columns of a delete
	existed bool          // the snapshot has a row of this key
}

// streamWrites is the rows a transaction appends to a stream; payload columns.
type streamWrites struct {
	obj     *catalog.Object
	batches []*col.Batch
	bytes   int64
}

// Begin starts a transaction. It takes its snapshot when it reads something; one that
// only appends rows never waits for an epoch.
func (e *Engine) Begin(want Want) *Txn { return &Txn{engine: e, want: want, share: e.budget.share()} }

// Read returns what the transaction reads, taking it if this is the first read. It
// is valid until the next write, Commit or Rollback.
func (tx *Txn) Read(ctx context.Context) (*Snapshot, error) {
	var err error
	switch {
	case tx.behind:
		err = tx.catchUp(ctx)
	case tx.snap == nil:
		err = tx.takeSnapshot(ctx, tx.want)
	}
	return tx.snap, err
}

func (tx *Txn) takeSnapshot(ctx context.Context, w Want) error {
	tx.engine.commits.begin(tx)
	snap, err := tx.engine.SnapshotFor(ctx, w)
	if err != nil {
		tx.engine.commits.end(tx)
		return err
	}
	tx.engine.commits.started(tx, snap)
	return nil
}

// Empty reports whether nothing was written.
func (tx *Txn) Empty() bool { return len(tx.order) == 0 }

// Rollback ends the transaction and forgets its writes. After Commit it does nothing.
func (tx *Txn) Rollback() {
	if tx.done {
		return
	}
	tx.done = true
	tx.share.release()
	if tx.snap != nil {
		tx.engine.commits.end(tx)
		tx.snap.Release()
	}
}

// Savepoint returns a mark for RollbackTo.
func (tx *Txn) Savepoint() int { return len(tx.undo) }

// RollbackTo undoes all writes after the mark.
func (tx *Txn) RollbackTo(mark int) {
	for len(tx.undo) > mark {
		last := len(tx.undo) - 1
		tx.undo[last]()
		tx.undo = tx.undo[:last]
	}
}

func (tx *Txn) table(o *catalog.Object) *tableWrites {
	t := tx.tables[o.ID]
	if t == nil {
		t = &tableWrites{obj: o, rows: map[string]*rowWrite{}}
		if tx.tables == nil {
			tx.tables = map[catalog.ObjectID]*tableWrites{}
		}
		tx.tables[o.ID] = t
		tx.order = append(tx.order, o.ID)
	}
	return t
}

// lookup returns the row of a key as the transaction sees it.
func (tx *Txn) lookup(o *catalog.Object, key []byte) (row []types.Datum, ok bool, err error) {
	if row, ok := tx.own(o.ID, key); ok {
		return row, row != nil, nil
	}
	if row, ok := tx.newer(o.ID, key); ok {
		return row, row != nil, nil
	}
	return tx.snap.row(o, key) // the statement has taken it
}

// put records the new row of a key; row nil deletes base, the row it had. existed
// tells whether the snapshot has the key; it matters only for the first write of a key.
func (tx *Txn) put(o *catalog.Object, key string, row, base []types.Datum, existed bool) {
	t := tx.table(o)
	w := t.rows[key]
	if w == nil {
		w = &rowWrite{existed: existed, base: base}
		t.rows[key] = w
		t.keys = append(t.keys, key)
		w.row = row
		tx.undo = append(tx.undo, func() {
			delete(t.rows, key)
			t.keys = t.keys[:len(t.keys)-1]
		})
		return
	}
	old := w.row
	w.row = row
	tx.undo = append(tx.undo, func() { w.row = old })
}

// insertKeyless records a new row of a table without a primary key.
func (tx *Txn) insertKeyless(o *catalog.Object, row []types.Datum) {
	t := tx.table(o)
	t.inserted = append(t.inserted, row)
	n := len(t.inserted) - 1
	tx.undo = append(tx.undo, func() { t.inserted = t.inserted[:n] })
}

// setKeyless replaces (nil: deletes) the i-th new row of a table without a primary key.
func (tx *Txn) setKeyless(o *catalog.Object, i int, row []types.Datum) {
	t := tx.table(o)
	old := t.inserted[i]
	t.inserted[i] = row
	tx.undo = append(tx.undo, func() { t.inserted[i] = old })
}

// appendRows records rows (payload layout) to append to a stream. It fails when the node
// has no memory for them; the caller then rolls back.
func (tx *Txn) appendRows(o *catalog.Object, b *col.Batch) error {
	s := tx.rows[o.ID]
	if s == nil {
		s = &streamWrites{obj: o}
		if tx.rows == nil {
			tx.rows = map[catalog.ObjectID]*streamWrites{}
		}
		tx.rows[o.ID] = s
		tx.order = append(tx.order, o.ID)
	}
	s.batches = append(s.batches, b)
	size := b.MemBytes()
	s.bytes += size
	tx.undo = append(tx.undo, func() {
		s.batches = s.batches[:len(s.batches)-1]
		s.bytes -= size
		_ = tx.share.set(tx.share.held - size)
	})
	return tx.share.set(tx.share.held + size)
}

// Commit appends the writes as one atomic log append and returns their positions
// once they are durable. A conflict with a transaction that committed after this
// one's snapshot is a *ConflictError (40001) and nothing is written. The
// transaction has ended in either case.
func (tx *Txn) Commit(ctx context.Context) ([]log.Position, error) {
	if tx.done {
		return nil, pgerr.Bug("commit of a transaction that has ended")
	}
	defer tx.Rollback()
	if tx.lost != nil {
		return nil, tx.lost
	}
	if tx.Empty() {
		return nil, nil
	}
	if err := tx.engine.freezes.enter(tx.order); err != nil {
		return nil, err
	}
	defer tx.engine.freezes.leave()
	ticket, err := tx.engine.commits.reserve(tx, tx.conflictKeys())
	if err != nil {
		return nil, err
	}
	batches, err := tx.engine.encodeTxn(tx)
	if err != nil {
		tx.engine.commits.abandon(ticket)
		return nil, err
	}
	if len(batches) == 0 {
		tx.engine.commits.abandon(ticket)
		return nil, nil
	}
	// A cancelled wait would leave the outcome unknown: a commit once begun is
	// waited for.
	ack, err := tx.engine.log.Append(context.WithoutCancel(ctx), batches)
	if err != nil {
		tx.engine.commits.abandon(ticket)
		return nil, err
	}
	tx.engine.acked.note(tx.order, ack.Positions)
	ticket.settle(ack.Positions)
	return ack.Positions, nil
}

// conflictKeys lists the keys of all tables the transaction changed.
func (tx *Txn) conflictKeys() []conflictKey {
	var out []conflictKey
	for _, id := range tx.order {
		if t := tx.tables[id]; t != nil {
			for _, k := range t.keys {
				out = append(out, conflictKey{table: id, key: k})
			}
		}
	}
	return out
}
