package exec

import (
	"context"
	"fmt"

	"millrace/catalog"
	"millrace/exec/expr"
	"millrace/exec/state"
	"millrace/planner/plan"
	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/types"
)

// Lookup is a query for at most one row by its whole primary key, prepared to run many
// times: its expressions are compiled once, and it has no operators. It belongs to one
// goroutine.
type Lookup struct {
	scan  *plan.Scan
	rows  state.Rows
	types []types.Type // of the stored row
	keys  []lookupKey
	pick  []int // columns of the stored row to decode, ascending
	order []int // of each column of the scan its position in pick
	picks []types.Type
	steps []lookupStep // from the scan upwards
}

// lookupKey is where the value of a key column comes from.
type lookupKey struct {
	t     types.Type
	param int // -1: value
	value types.Datum
}

// lookupStep is a Filter (pred) or a Project (exprs) of the plan.
type lookupStep struct {
	pred  *expr.Program
	exprs []*expr.Program
}

// PrepareLookup returns the Lookup that does what the plan does; nil when the plan is
// of another shape.
func PrepareLookup(root plan.Node) *Lookup {
	l := &Lookup{}
	n := root
	for {
		switch x := n.(type) {
		case *plan.Project:
			if hasParams(x.Exprs) || !l.step(nil, x.Exprs) {
				return nil
			}
			n = x.Input
			continue
		case *plan.Filter:
			if hasParams([]plan.Expr{x.Pred}) || !l.step(x.Pred, nil) {
				return nil
			}
			n = x.Input
			continue
		case *plan.Scan:
			if !l.from(x) {
				return nil
			}
			return l
		}
		return nil
	}
}

// step adds a step below the ones so far.
func (l *Lookup) step(pred plan.Expr, exprs []plan.Expr) bool {
	var s lookupStep
	var err error
	if pred != nil {
		s.pred, err = expr.Compile(pred)
	} else {
		s.exprs, err = expr.CompileAll(exprs)
	}
	l.steps = append([]lookupStep{s}, l.steps...)
	return err == nil
}

// from takes the scan, if it names one whole primary key by constants and parameters.
func (l *Lookup) from(s *plan.Scan) bool {
	o := s.Object
	if o.Kind != catalog.KindTable && o.Kind != catalog.KindMatView {
		return false
	}
	if a := s.Access; a == nil || a.Index != nil || !isLookup(s) {
		return false
	}
	for i, x := range s.Access.Eq {
		k := lookupKey{t: o.Columns[o.Key[i]].Type, param: -1}
		switch x := x.(type) {
		case *plan.Param:
			k.param = x.Index
		case *plan.Const:
			k.value = x.Value
		default:
			return false
		}
		l.keys = append(l.keys, k)
	}
	p := newPicker(storedTypes(o), s.Cols)
	l.scan, l.rows, l.types, l.pick, l.order = s, storeRows(o), p.types, p.cols, p.order
	for _, c := range p.cols {
		l.picks = append(l.picks, p.types[c])
	}
	return true
}

func hasParams(es []plan.Expr) bool {
	found := false
	for _, e := range es {
		plan.WalkExpr(e, func(x plan.Expr) bool {
			if _, ok := x.(*plan.Param); ok {
				found = true
			}
			return !found
		})
	}
	return found
}

// Object is what the query reads.
func (l *Lookup) Object() *catalog.Object { return l.scan.Object }

// Lookup runs l with parameters, in tx if that is not nil, else as want says. ok is false
// when the transaction has written other rows of the object: Query then has to run the
// plan. The batch is nil when there is no row.
func (e *Engine) Lookup(ctx context.Context, l *Lookup, env *builtin.Env, tx *Txn, want Want,
	params []types.Datum,
) (b *col.Batch, ok bool, err error) {
	o := l.scan.Object
	var buf [64]byte
	key, null := l.key(state.RowKey(buf[:0], l.rows), params)
	if null {
		return nil, true, nil
	}
	if tx != nil && tx.tables[o.ID] != nil {
		row, own := tx.own(o.ID, key[state.RowKeyBytes:])
		if own {
			b, err = l.row(env, row)
		}
		return b, own, err
	}
	if tx != nil {
		snap, err := tx.Read(ctx)
		if err != nil {
			return nil, false, err
		}
		b, err = l.stored(ctx, e, env, snap, key)
		return b, true, err
	}
	if err := e.waitPublished(ctx, o); err != nil {
		return nil, false, err
	}
	if want.Level == Strong && o.Kind == catalog.KindTable {
		b, err = l.newest(ctx, e, env, key)
		return b, true, err
	}
	snap, err := e.SnapshotFor(ctx, want)
	if err != nil {
		return nil, false, err
	}
	defer snap.Release()
	b, err = l.stored(ctx, e, env, snap, key)
	return b, true, err
}

// key appends the key form of the row's key; null when no row can have it.
func (l *Lookup) key(dst []byte, params []types.Datum) (key []byte, null bool) {
	for i := range l.keys {
		k := &l.keys[i]
		d := k.value
		if k.param >= 0 {
			d = params[k.param]
		}
		if !d.Set {
			return nil, true
		}
		dst = col.AppendKeyDatum(dst, k.t, d)
	}
	return dst, false
}

// newest reads the newest committed row of a table, without waiting for its epoch where
// the row is still in memory.
func (l *Lookup) newest(ctx context.Context, e *Engine, env *builtin.Env, key []byte) (*col.Batch, error) {
	v, recent, err := e.commits.newestRow(ctx, l.scan.Object.ID, key[state.RowKeyBytes:])
	if err != nil {
		return nil, err
	}
	want := Want{Level: Local}
	if recent && !v.kept {
		want = Want{Level: OwnWrites, Own: v.at}
	}
	snap, err := e.SnapshotFor(ctx, want)
	if err != nil {
		return nil, err
	}
	defer snap.Release()
	if !recent || v.within(snap) {
		return l.stored(ctx, e, env, snap, key)
	}
	return l.row(env, v.row)
}

// row gives the result for a row in memory; nil is none.
func (l *Lookup) row(env *builtin.Env, row []types.Datum) (*col.Batch, error) {
	if row == nil {
		return nil, nil
	}
	out := col.NewBatchBuilder(l.picks, 1)
	for i, c := range l.pick {
		out.Cols[i].Datum(row[c])
	}
	out.EndRow(1)
	return l.finish(env, out.Batch().Project(l.order))
}

// stored reads the row as of a snapshot.
func (l *Lookup) stored(ctx context.Context, e *Engine, env *builtin.Env, snap *Snapshot, key []byte) (*col.Batch, error) {
	if err := e.waitReadable(ctx, l.scan.Object, snap); err != nil {
		return nil, err
	}
	out := col.NewBatchBuilder(l.picks, 1)
	found, err := snap.rows.View(l.rows, key, func(row []byte) error {
		_, err := col.DecodeRowCols(row, l.types, l.pick, out.Cols)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("row of %s: %w", l.scan.Object.Name, err)
	}
	if !found {
		return nil, nil
	}
	out.EndRow(1)
	return l.finish(env, out.Batch().Project(l.order))
}

// finish applies the steps above the scan; nil when a filter drops the row.
func (l *Lookup) finish(env *builtin.Env, b *col.Batch) (*col.Batch, error) {
	for i := range l.steps {
		s := &l.steps[i]
		if s.pred != nil {
			rows, errs := s.pred.Filter(env, b)
			if err := errs[0]; err != nil {
				return nil, err
			}
			if len(rows) == 0 {
				return nil, nil
			}
			continue
		}
		next := &col.Batch{N: 1, Cols: make([]*col.Vec, len(s.exprs))}
		for k, p := range s.exprs {
			v := p.Eval(env, b)
			if err := v.Err(0); err != nil {
				return nil, err
			}
			next.Cols[k] = v
		}
		b = next
	}
	return b, nil
}
