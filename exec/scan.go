package exec

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"millrace/catalog"
	"millrace/exec/expr"
	"millrace/exec/state"
	"millrace/planner/plan"
	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// storeRows tells how the rows of a table or view are kept.
func storeRows(o *catalog.Object) state.Rows {
	return state.Rows{ID: uint64(o.ID), Weighted: o.Kind == catalog.KindMatView && len(o.Key) == 0}
}

// storedTypes is the columns of a stored row: those of the object and, for a table
// without a primary key, the row id.
func storedTypes(o *catalog.Object) []types.Type {
	ts := o.Types()
	if o.Kind == catalog.KindTable && len(o.Key) == 0 {
		ts = append(ts, types.Int8)
	}
	return ts
}

// row returns the stored row of a key.
func (s *Snapshot) row(o *catalog.Object, key []byte) ([]types.Datum, bool, error) {
	b, ok, err := s.rows.Get(storeRows(o), key)
	if err != nil || !ok {
		return nil, false, err
	}
	ts := storedTypes(o)
	out := col.NewBatchBuilder(ts, 1)
	if _, err := col.DecodeRow(b, out.Cols); err != nil {
		return nil, false, fmt.Errorf("row of %s: %w", o.Name, err)
	}
	out.EndRow(1)
	return rowDatums(out.Batch().Cols, 0), true, nil
}

// scanner gives the rows of one plan.Scan as of a snapshot, in batches with the
// scan's columns.
type scanner struct {
	e    *Engine
	scan *plan.Scan
	q    *QueryEnv
	rows int // per batch
	ctx  context.Context
	// cols replaces the scan's columns on a stream, to add the place of each row.
	cols []int
}

// run calls fn with each batch.
func (s *scanner) run(fn func(*col.Batch) error) error {
	switch o := s.scan.Object; o.Kind {
	case catalog.KindStream:
		if o.SinkStream {
			if err := s.e.waitReadable(s.ctx, o, s.q.Snap); err != nil {
				return err
			}
		}
		return s.stream(fn)
	case catalog.KindTable, catalog.KindMatView:
		if err := s.e.waitReadable(s.ctx, o, s.q.Snap); err != nil {
			return err
		}
		if s.scan.Access != nil && s.scan.Access.Any != nil {
			return s.anyOf(fn)
		}
		if s.scan.Access == nil || s.scan.Access.Index == nil {
			return s.stored(fn)
		}
		if !s.e.indexUsable(s.scan.Access.Index, s.q.Snap) {
			return s.withoutIndex(fn)
		}
		return s.byIndex(fn)
	case catalog.KindSystem:
		b, err := s.q.System(o)
		if err != nil {
			return err
		}
		return fn(b.Project(s.scan.Cols))
	}
	return pgerr.Bug("scan of object kind %d", s.scan.Object.Kind)
}

// stream reads the log up to the snapshot, then what the transaction appended.
func (s *scanner) stream(fn func(*col.Batch) error) error {
	o := s.scan.Object
	cols := s.cols
	if cols == nil {
		cols = s.scan.Cols
	}
	src := newSource(s.e.log, o, nil)
	defer src.close()
	src.lenient = true
	src.want = wanted(cols, len(src.types))
	vector := s.q.Snap.Vector
	if o.SinkStream {
		vector = src.upTo(s.q.Snap)
	}
	err := src.read(s.e.log, vector, s.rows, func(b *col.Batch) error {
		if err := s.ctx.Err(); err != nil {
			return context.Cause(s.ctx)
		}
		return fn(b.Project(cols))
	})
	if err != nil || s.q.Tx == nil || s.q.Tx.rows[o.ID] == nil {
		return err
	}
	for _, b := range s.q.Tx.rows[o.ID].batches {
		place := make([]int64, b.N) // rows not in the log yet have no place: NULL
		v := &col.Vec{Type: types.Int8, N: b.N, Fix: place, Nulls: col.NewBitmap(b.N)}
		for i := range b.N {
			v.Nulls.Set(i)
		}
		full := &col.Batch{N: b.N, Cols: append(b.Cols[:len(b.Cols):len(b.Cols)], v.WithType(types.Int4), v)}
		if err := fn(full.Project(cols)); err != nil {
			return err
		}
	}
	return nil
}

// wanted lists the payload columns a scan needs.
func wanted(cols []int, payload int) []int {
	need := make([]bool, payload)
	for _, c := range cols {
		if c < payload {
			need[c] = true
		}
	}
	out := make([]int, 0, payload)
	for c, ok := range need {
		if ok {
			out = append(out, c)
		}
	}
	return out
}

// keyRange turns an Access into bounds of the key form. none is true when no row
// can match, because a value is NULL.
func (s *scanner) keyRange(keyCols []int) (lo, hi []byte, none bool, err error) {
	a, o := s.scan.Access, s.scan.Object
	if a == nil {
		return nil, nil, false, nil
	}
	var prefix []byte
	for i, x := range a.Eq {
		t := o.Columns[keyCols[i]].Type
		d, err := expr.EvalConst(s.q.Env, x)
		if err != nil || !d.Set {
			return nil, nil, true, err
		}
		prefix = col.AppendKeyDatums(prefix, []types.Type{t}, []types.Datum{d})
	}
	lo, hi = prefix, state.Successor(prefix)
	if a.Lo == nil && a.Hi == nil {
		return lo, hi, false, nil
	}
	t := o.Columns[keyCols[len(a.Eq)]].Type
	lo = append(append([]byte(nil), prefix...), 1) // past NULL
	bound := func(b *plan.Bound, after bool) ([]byte, error) {
		d, err := expr.EvalConst(s.q.Env, b.Value)
		if err != nil || !d.Set {
			none = true
			return nil, err
		}
		k := col.AppendKeyDatums(append([]byte(nil), prefix...), []types.Type{t}, []types.Datum{d})
		if after {
			// Key values delimit themselves: whatever begins with k has this value.
			k = state.Successor(k)
		}
		return k, nil
	}
	if a.Lo != nil {
		if lo, err = bound(a.Lo, !a.Lo.Inclusive); err != nil {
			return nil, nil, true, err
		}
	}
	if a.Hi != nil && !none {
		if hi, err = bound(a.Hi, a.Hi.Inclusive); err != nil {
			return nil, nil, true, err
		}
	}
	return lo, hi, none, nil
}

// keyColumns is the columns of the store key; a view without a key has all.
func keyColumns(o *catalog.Object) []int {
	if len(o.Key) > 0 {
		return o.Key
	}
	all := make([]int, len(o.Columns))
	for i := range all {
		all[i] = i
	}
	return all
}

// stored reads rows in key order and lays the transaction's own writes over them.
func (s *scanner) stored(fn func(*col.Batch) error) error {
	o := s.scan.Object
	lo, hi, none, err := s.keyRange(keyColumns(o))
	if err != nil || none {
		return err
	}
	var own *tableWrites
	if s.q.Tx != nil {
		own = s.q.Tx.tables[o.ID]
	}
	out := s.collector(fn)
	if exact := s.isPoint(); exact && own == nil {
		if s.q.Tx != nil {
			if row, ok := s.q.Tx.newer(o.ID, lo); ok {
				if row != nil {
					out.datums(row)
				}
				return out.flush()
			}
		}
		row, ok, err := s.q.Snap.rows.Get(storeRows(o), lo)
		if err != nil || !ok {
			return err
		}
		if err := out.add(row, 1); err != nil {
			return err
		}
		return out.flush()
	}
	it := s.q.Snap.rows.Scan(storeRows(o), lo, hi)
	for it.Next() {
		if own != nil && own.rows[string(it.Key())] != nil {
			continue
		}
		if err := out.add(it.Row(), it.Weight()); err != nil {
			_ = it.Close()
			return err
		}
	}
	if err := it.Close(); err != nil {
		return err
	}
	if own != nil {
		if err := out.own(own, lo, hi); err != nil {
			return err
		}
	}
	return out.flush()
}

// isPoint reports whether the access names one whole primary key.
func (s *scanner) isPoint() bool {
	a, o := s.scan.Access, s.scan.Object
	return a != nil && a.Index == nil && len(o.Key) > 0 && len(a.Eq) == len(o.Key)
}

// byIndex reads rows through a secondary index.
func (s *scanner) byIndex(fn func(*col.Batch) error) error {
	o, ix := s.scan.Object, s.scan.Access.Index
	lo, hi, none, err := s.keyRange(ix.Cols)
	if err != nil || none {
		return err
	}
	var own *tableWrites
	if s.q.Tx != nil {
		own = s.q.Tx.tables[o.ID]
	}
	rows := storeRows(o)
	out := s.collector(fn)
	it := s.q.Snap.rows.ScanIndex(uint64(ix.ID), lo, hi)
	for it.Next() {
		if own != nil && own.rows[string(it.Key())] != nil {
			continue
		}
		row, weight, err := s.q.Snap.rows.GetWeight(rows, it.Key())
		if err == nil && weight == 0 {
			err = pgerr.Newf(pgerr.DataCorrupted, "index %q points to a row of %q that is not there", ix.Name, o.Name)
		}
		if err == nil {
			err = out.add(row, weight)
		}
		if err != nil {
			_ = it.Close()
			return err
		}
	}
	if err := it.Close(); err != nil {
		return err
	}
	if own != nil {
		if err := out.ownByIndex(own, ix, lo, hi); err != nil {
			return err
		}
	}
	return out.flush()
}

// picker decodes some columns of stored rows, in any order and repeatedly.
type picker struct {
	types []types.Type // of the whole row
	cols  []int        // ascending
	order []int        // for each wanted column its position in cols
	out   *col.BatchBuilder
}

func newPicker(ts []types.Type, want []int) *picker {
	p := &picker{types: ts, cols: slices.Clone(want), order: make([]int, len(want))}
	slices.Sort(p.cols)
	p.cols = slices.Compact(p.cols)
	picked := make([]types.Type, len(p.cols))
	for i, c := range p.cols {
		picked[i] = ts[c]
	}
	for i, c := range want {
		p.order[i], _ = slices.BinarySearch(p.cols, c)
	}
	p.out = col.NewBatchBuilder(picked, 16)
	return p
}

func (p *picker) add(row []byte) error {
	if _, err := col.DecodeRowCols(row, p.types, p.cols, p.out.Cols); err != nil {
		return err
	}
	p.out.EndRow(1)
	return nil
}

func (p *picker) datums(row []types.Datum) {
	for i, c := range p.cols {
		p.out.Cols[i].Datum(row[c])
	}
	p.out.EndRow(1)
}

// batch returns the rows so far, with the wanted columns.
func (p *picker) batch() *col.Batch { return p.out.Batch().Project(p.order) }

// collector gathers stored rows into batches.
type collector struct {
	*picker
	s  *scanner
	fn func(*col.Batch) error
}

func (s *scanner) collector(fn func(*col.Batch) error) *collector {
	return &collector{s: s, fn: fn, picker: newPicker(storedTypes(s.scan.Object), s.scan.Cols)}
}

func (c *collector) add(row []byte, weight int64) error {
	for range weight {
		if err := c.picker.add(row); err != nil {
			return fmt.Errorf("row of %s: %w", c.s.scan.Object.Name, err)
		}
		if err := c.full(); err != nil {
			return err
		}
	}
	return nil
}

func (c *collector) full() error {
	if c.out.Len() < c.s.rows {
		return nil
	}
	return c.flush()
}

func (c *collector) flush() error {
	if err := c.s.ctx.Err(); err != nil {
		return context.Cause(c.s.ctx)
	}
	if c.out.Len() == 0 {
		return nil
	}
	return c.fn(c.batch())
}

// own adds the transaction's rows whose key is in range.
func (c *collector) own(t *tableWrites, lo, hi []byte) error {
	for _, k := range t.keys {
		w := t.rows[k]
		if w.row == nil || !within([]byte(k), lo, hi) {
			continue
		}
		c.datums(w.row)
		if err := c.full(); err != nil {
			return err
		}
	}
	n := len(t.obj.Columns)
	for i, row := range t.inserted {
		if row != nil {
			c.datums(append(row[:n:n], types.FixedDatum(int64(-i-1))))
		}
	}
	return nil
}

func (c *collector) ownByIndex(t *tableWrites, ix *catalog.Index, lo, hi []byte) error {
	ts := make([]types.Type, len(ix.Cols))
	for i, x := range ix.Cols {
		ts[i] = t.obj.Columns[x].Type
	}
	match := func(row []types.Datum) bool {
		vals := make([]types.Datum, len(ix.Cols))
		for i, x := range ix.Cols {
			vals[i] = row[x]
		}
		return within(col.AppendKeyDatums(nil, ts, vals), lo, hi)
	}
	for _, k := range t.keys {
		if w := t.rows[k]; w.row != nil && match(w.row) {
			c.datums(w.row)
		}
	}
	n := len(t.obj.Columns)
	for i, row := range t.inserted {
		if row != nil && match(row) {
			c.datums(append(row[:n:n], types.FixedDatum(int64(-i-1))))
		}
	}
	return c.full()
}

func within(key, lo, hi []byte) bool {
	return bytes.Compare(key, lo) >= 0 && (hi == nil || bytes.Compare(key, hi) < 0)
}

// project evaluates expressions over a batch; the first failed row is the error.
func project(env *builtin.Env, exprs []plan.Expr, b *col.Batch) ([]*col.Batch, error) {
	out := &col.Batch{N: b.N, Cols: make([]*col.Vec, len(exprs))}
	for i, x := range exprs {
		p, err := expr.Compile(x)
		if err != nil {
			return nil, err
		}
		v := p.Eval(env, b)
		if v.Errs != nil {
			return nil, firstError(v)
		}
		out.Cols[i] = v
	}
	return []*col.Batch{out}, nil
}

func firstError(v *col.Vec) error {
	for i := range v.N {
		if err := v.Errs[i]; err != nil {
			return err
		}
	}
	return nil
}

// filterRows keeps the rows for which pred is true.
func filterRows(env *builtin.Env, pred plan.Expr, b *col.Batch) (*col.Batch, error) {
	p, err := expr.Compile(pred)
	if err != nil {
		return nil, err
	}
	rows, errs := p.Filter(env, b)
	for i := range b.N {
		if err := errs[i]; err != nil {
			return nil, err
		}
	}
	return b.Gather(rows), nil
}
