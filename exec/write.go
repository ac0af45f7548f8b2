package exec

import (
	"context"

	"millrace/catalog"
	"millrace/planner/plan"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// WriteResult is what a Write did.
type WriteResult struct {
	// Count is the rows inserted, updated or deleted.
	Count int64
	// Returning is the rows of the RETURNING clause.
	Returning []*col.Batch
}

// Write runs an INSERT, UPDATE or DELETE inside tx. On an error the transaction's
// writes of this statement are undone and the transaction goes on.
func (e *Engine) Write(ctx context.Context, tx *Txn, w *plan.Write, q QueryEnv) (*WriteResult, error) {
	mark := tx.Savepoint()
	res, err := e.write(ctx, tx, w, q)
	if err != nil {
		tx.RollbackTo(mark)
	}
	return res, err
}

func (e *Engine) write(ctx context.Context, tx *Txn, w *plan.Write, q QueryEnv) (*WriteResult, error) {
	q.Tx = tx
	batches, err := e.writeSource(ctx, tx, w, q)
	if err != nil {
		return nil, err
	}
	if w.Target.Kind == catalog.KindStream {
		return appendToStream(tx, w, batches, q)
	}
	x := &tableWriter{tx: tx, w: w, q: q, obj: w.Target, touched: map[string]bool{}}
	x.returning = col.NewBatchBuilder(x.returningTypes(), 0)
	for _, b := range batches {
		if err := x.batch(b); err != nil {
			return nil, err
		}
	}
	if err := x.insertMoved(); err != nil {
		return nil, err
	}
	res := &WriteResult{Count: x.count}
	if w.Returning != nil {
		res.Returning, err = project(q.Env, w.Returning, x.returning.Batch())
	}
	return res, err
}

// writeSource gives the rows that w writes. The whole source is read first: the
// statement must not see its own writes.
func (e *Engine) writeSource(ctx context.Context, tx *Txn, w *plan.Write, q QueryEnv) ([]*col.Batch, error) {
	if v, ok := w.Source.(*plan.Values); ok {
		return literalSource(ctx, tx, w, v, &q)
	}
	var err error
	if scan := pointScan(w); scan != nil {
		s := &scanner{e: e, scan: scan, q: &q}
		key, _, none, err := s.keyRange(scan.Object.Key)
		if err != nil || none {
			return nil, err
		}
		if err := tx.readPoints(ctx, scan.Object, [][]byte{key}); err != nil {
			return nil, err
		}
		q.Snap = tx.snap
		return e.collect(ctx, w.Source, q)
	}
	if q.Snap, err = tx.Read(ctx); err != nil {
		return nil, err
	}
	list, err := e.collect(ctx, w.Source, q)
	if err != nil {
		return nil, err
	}
	return list, computeAll(q, w, list)
}

// literalSource evaluates the rows of VALUES. A table with a key is read at their keys.
func literalSource(ctx context.Context, tx *Txn, w *plan.Write, v *plan.Values, q *QueryEnv) ([]*col.Batch, error) {
	b, err := valuesBatch(q.Env, v, q.Params)
	if err != nil || b.N == 0 {
		return nil, err
	}
	if b, err = computeColumns(*q, w, b, false); err != nil {
		return nil, err
	}
	if o := w.Target; o.Kind == catalog.KindTable && len(o.Key) > 0 {
		err = tx.readPoints(ctx, o, rowKeys(o, b))
	}
	return []*col.Batch{b}, err
}

// appendToStream checks the rows and records them with their rowtime.
func appendToStream(tx *Txn, w *plan.Write, batches []*col.Batch, q QueryEnv) (*WriteResult, error) {
	res := &WriteResult{}
	n := len(w.Target.Columns)
	for _, b := range batches {
		rows := &col.Batch{N: b.N, Cols: b.Cols[:n:n]}
		if err := checkRows(q, w, rows); err != nil {
			return nil, err
		}
		var given *col.Vec
		if w.HasRowtime {
			given = b.Cols[n]
		}
		rowtime, err := eventTimes(q, w, rows, given)
		if err != nil {
			return nil, err
		}
		if w.Returning != nil {
			all := append([]*col.Vec(nil), b.Cols...)
			if w.HasRowtime {
				all[n] = rowtime
			}
			out, err := project(q.Env, w.Returning, &col.Batch{N: b.N, Cols: all})
			if err != nil {
				return nil, err
			}
			res.Returning = append(res.Returning, out...)
		}
		payload := &col.Batch{N: b.N, Cols: append(rows.Cols, rowtime)}
		if err := tx.appendRows(w.Target, payload); err != nil {
			return nil, err
		}
		res.Count += int64(b.N)
	}
	return res, nil
}

// eventTimes is the time of each row: the one given, else the one that the stream takes
// from a column, else now.
func eventTimes(q QueryEnv, w *plan.Write, rows *col.Batch, given *col.Vec) (*col.Vec, error) {
	if w.Rowtime == nil {
		return rowtimes(given, rows.N, q.Env.Statement), nil
	}
	out, err := project(q.Env, []plan.Expr{w.Rowtime}, rows)
	if err != nil {
		return nil, err
	}
	times := rowtimes(out[0].Cols[0], rows.N, q.Env.Statement)
	if given == nil {
		return times, nil
	}
	mixed := make([]int64, rows.N)
	for i := range mixed {
		mixed[i] = times.Fix[i]
		if !given.IsNull(i) {
			mixed[i] = given.Fix[i]
		}
	}
	return col.NewFixed(types.Timestamptz, mixed), nil
}

// rowtimes is the given times with now where there is none.
func rowtimes(given *col.Vec, n int, now int64) *col.Vec {
	if given == nil {
		return col.Const(types.Timestamptz, types.FixedDatum(now), n)
	}
	if given.Nulls == nil {
		return given
	}
	out := make([]int64, n)
	for i := range n {
		out[i] = now
		if !given.IsNull(i) {
			out[i] = given.Fix[i]
		}
	}
	return col.NewFixed(types.Timestamptz, out)
}

// tableWriter applies the rows of one statement to a transaction.
type tableWriter struct {
	tx        *Txn
	w         *plan.Write
	q         QueryEnv
	obj       *catalog.Object
	returning *col.BatchBuilder
	count     int64
	// touched are the keys this statement has written: ON CONFLICT DO UPDATE must
	// not meet a row twice.
	touched map[string]bool
	// moved are the rows an UPDATE gave a new key; they are inserted after all old
	// keys are gone.
	moved []movedRow
}

type movedRow struct{ row, extra []types.Datum }

// rowWidth is the columns of an old row: the table's, and the row id where there is
// no primary key.
func (x *tableWriter) rowWidth() int {
	if len(x.obj.Key) == 0 {
		return len(x.obj.Columns) + 1
	}
	return len(x.obj.Columns)
}

// given is the number of columns of the source that the write itself uses; those
// behind it are for RETURNING.
func (x *tableWriter) given() int {
	switch x.w.Kind {
	case plan.UpdateRows:
		return x.rowWidth() + len(x.obj.Columns)
	case plan.DeleteRows:
		return x.rowWidth()
	}
	return len(x.obj.Columns)
}

func (x *tableWriter) returningTypes() []types.Type {
	if x.w.Returning == nil {
		return nil
	}
	return append(x.obj.Types(), x.w.Source.Schema()[x.given():].Types()...)
}

func (x *tableWriter) batch(b *col.Batch) error {
	n, given := len(x.obj.Columns), x.given()
	extra := b.Cols[given:]
	switch x.w.Kind {
	case plan.InsertRows:
		rows := &col.Batch{N: b.N, Cols: b.Cols[:n]}
		if err := checkRows(x.q, x.w, rows); err != nil {
			return err
		}
		for i := range b.N {
			if err := x.insert(rowDatums(rows.Cols, i), rowDatums(extra, i)); err != nil {
				return err
			}
		}
	case plan.UpdateRows:
		first := x.rowWidth()
		rows, err := computeColumns(x.q, x.w, &col.Batch{N: b.N, Cols: b.Cols[first:given]}, true)
		if err != nil {
			return err
		}
		if err := checkRows(x.q, x.w, rows); err != nil {
			return err
		}
		for i := range b.N {
			if err := x.update(rowDatums(b.Cols[:first], i), rowDatums(rows.Cols, i), rowDatums(extra, i)); err != nil {
				return err
			}
		}
	case plan.DeleteRows:
		for i := range b.N {
			x.delete(rowDatums(b.Cols[:given], i), rowDatums(extra, i))
		}
	}
	return nil
}

func rowDatums(cols []*col.Vec, i int) []types.Datum {
	row := make([]types.Datum, len(cols))
	for c, v := range cols {
		row[c] = v.Datum(i)
	}
	return row
}

func (x *tableWriter) done(row, extra []types.Datum) {
	x.count++
	if x.w.Returning != nil {
		n := len(x.obj.Columns)
		x.returning.Row(1, append(row[:n:n], extra...)...)
	}
}

func (x *tableWriter) insert(row, extra []types.Datum) error {
	if len(x.obj.Key) == 0 {
		x.tx.insertKeyless(x.obj, row)
		x.done(row, extra)
		return nil
	}
	key := keyOf(x.obj, row)
	old, exists, err := x.tx.lookup(x.obj, key)
	if err != nil {
		return err
	}
	if !exists {
		x.put(key, row, row, x.storedBefore(key))
		x.done(row, extra)
		return nil
	}
	switch x.w.OnConflict {
	case plan.ConflictNothing:
		return nil
	case plan.ConflictReplace:
		x.put(key, row, row, true)
		x.done(row, extra)
		return nil
	case plan.ConflictUpdate:
		return x.conflictUpdate(key, old, row, extra)
	}
	return duplicateKey(x.obj, row)
}

func (x *tableWriter) put(key []byte, row, base []types.Datum, existed bool) {
	k := string(key)
	x.touched[k] = true
	x.tx.put(x.obj, k, row, base, existed)
}

// storedBefore tells put whether the snapshot holds the key: lookup said no row is
// visible, which is also so for a row deleted earlier in this transaction.
func (x *tableWriter) storedBefore(key []byte) bool {
	if t := x.tx.tables[x.obj.ID]; t != nil {
		if w := t.rows[string(key)]; w != nil {
			return w.existed
		}
	}
	return false
}

// conflictUpdate is ON CONFLICT DO UPDATE for one row.
func (x *tableWriter) conflictUpdate(key []byte, old, excluded, extra []types.Datum) error {
	if x.touched[string(key)] {
		return pgerr.New(pgerr.CardinalityViolation,
			"ON CONFLICT DO UPDATE command cannot affect row a second time").
			WithHint("Ensure that no rows proposed for insertion within the same command have duplicate constrained values.")
	}
	ts := x.obj.Types()
	both := col.NewBatchBuilder(append(ts[:len(ts):len(ts)], ts...), 1)
	both.Row(1, append(append([]types.Datum(nil), old[:len(ts)]...), excluded...)...)
	b := both.Batch()
	if x.w.ConflictWhere != nil {
		keep, err := filterRows(x.q.Env, x.w.ConflictWhere, b)
		if err != nil || keep.N == 0 {
			return err
		}
	}
	set, err := project(x.q.Env, x.w.ConflictSet, b)
	if err != nil {
		return err
	}
	if set[0], err = computeColumns(x.q, x.w, set[0], true); err != nil {
		return err
	}
	if err := checkRows(x.q, x.w, set[0]); err != nil {
		return err
	}
	return x.update(old, rowDatums(set[0].Cols, 0), extra)
}

func (x *tableWriter) update(old, row, extra []types.Datum) error {
	n := len(x.obj.Columns)
	if len(x.obj.Key) == 0 {
		id := old[n].I
		if id < 0 {
			x.tx.setKeyless(x.obj, int(-id-1), row)
		} else {
			x.put(rowIDKey(id), append(row[:n:n], old[n]), old, true)
		}
		x.done(row, extra)
		return nil
	}
	oldKey, newKey := keyOf(x.obj, old), keyOf(x.obj, row)
	if string(oldKey) == string(newKey) {
		x.put(oldKey, row, row, true)
		x.done(row, extra)
		return nil
	}
	x.put(oldKey, nil, old, true)
	x.moved = append(x.moved, movedRow{row, extra})
	return nil
}

// insertMoved inserts the rows whose key an UPDATE changed.
func (x *tableWriter) insertMoved() error {
	for _, m := range x.moved {
		row := m.row
		key := keyOf(x.obj, row)
		_, exists, err := x.tx.lookup(x.obj, key)
		if err != nil {
			return err
		}
		if exists {
			return duplicateKey(x.obj, row)
		}
		x.put(key, row, row, x.storedBefore(key))
		x.done(row, m.extra)
	}
	return nil
}

func (x *tableWriter) delete(old, extra []types.Datum) {
	n := len(x.obj.Columns)
	switch {
	case len(x.obj.Key) > 0:
		x.put(keyOf(x.obj, old), nil, old, true)
	case old[n].I < 0:
		x.tx.setKeyless(x.obj, int(-old[n].I-1), nil)
	default:
		x.put(rowIDKey(old[n].I), nil, old, true)
	}
	x.done(old, extra)
}

// keyOf returns the primary key of a row in key form.
func keyOf(o *catalog.Object, row []types.Datum) []byte {
	ts := make([]types.Type, len(o.Key))
	vals := make([]types.Datum, len(o.Key))
	for i, c := range o.Key {
		ts[i], vals[i] = o.Columns[c].Type, row[c]
	}
	return col.AppendKeyDatums(nil, ts, vals)
}

// rowIDKey is the store key of a row of a table without a primary key.
func rowIDKey(id int64) []byte {
	return col.AppendKeyDatums(nil, []types.Type{types.Int8}, []types.Datum{types.FixedDatum(id)})
}

// WriteRows runs an INSERT of rows given as columns, one per column of the target;
// COPY uses it. On an error the caller rolls back.
func (e *Engine) WriteRows(ctx context.Context, tx *Txn, w *plan.Write, rows *col.Batch, q QueryEnv) error {
	q.Tx = tx
	rows, err := computeColumns(q, w, rows, false)
	if err != nil {
		return err
	}
	if w.Target.Kind == catalog.KindStream {
		plain := *w
		plain.HasRowtime = false
		_, err := appendToStream(tx, &plain, []*col.Batch{rows}, q)
		return err
	}
	if _, err := tx.Read(ctx); err != nil {
		return err
	}
	x := &tableWriter{tx: tx, w: w, q: q, obj: w.Target, touched: map[string]bool{}}
	return x.batch(rows)
}
