package exec

import (
	"context"

	"millrace/exec/op"
	"millrace/planner/plan"
	"millrace/sql/col"
	"millrace/sql/types"
)

// lookupsMax is how many keys of a join are looked up one by one; for more of them
// reading the table in order is faster.
const lookupsMax = 1000

// fetch reads the right side of a join that looks its rows up. Its leaf is not read with
// the others but when the left rows are known.
type fetch struct {
	join *plan.Join
	leaf *leaf
	// read reads the leaf's relation, or a part of it.
	read func(*plan.Scan, func(*col.Batch) error) error
}

// fetching compiles the right side of a join for look-ups.
func (c *compiler) fetching(f *fetch, compile func() error) error {
	before := len(c.g.leaves)
	if err := compile(); err != nil {
		return err
	}
	f.leaf = c.g.leaves[before] // what is looked up has one scan
	f.leaf.fetch = f
	return nil
}

// run pushes the right rows that the left ones may match.
func (f *fetch) run(c *op.Ctx, left []*col.Batch) {
	keys, few := f.keys(left)
	err := error(nil)
	if few {
		err = f.lookUp(keys)
	} else {
		whole := *f.leaf.scan
		whole.Access = nil
		err = f.read(&whole, func(b *col.Batch) error {
			f.leaf.pushScanned(b)
			return c.Poll()
		})
	}
	if err != nil {
		c.Fail(err)
	}
}

// keys are the distinct keys of the left rows, unless they are too many. A row with a
// NULL has no match.
func (f *fetch) keys(left []*col.Batch) (keys [][]types.Datum, few bool) {
	seen := map[string]bool{}
	var buf []byte
	for _, b := range left {
		cols := make([]*col.Vec, len(f.join.Lookup))
		for i, k := range f.join.Lookup {
			cols[i] = b.Cols[f.join.LKeys[k]]
		}
		for i := range b.N {
			if col.HasNull(cols, i) {
				continue
			}
			buf = col.AppendKey(buf[:0], cols, i)
			if seen[string(buf)] {
				continue
			}
			if len(keys) == lookupsMax {
				return nil, false
			}
			seen[string(buf)] = true
			keys = append(keys, rowDatums(cols, i))
		}
	}
	return keys, true
}

func (f *fetch) lookUp(keys [][]types.Datum) error {
	ts := f.join.L.Schema()
	var found []*col.Batch
	for _, key := range keys {
		s := *f.leaf.scan
		a := *s.Access
		a.Eq = make([]plan.Expr, len(key))
		for i, d := range key {
			a.Eq[i] = &plan.Const{Value: d, T: ts[f.join.LKeys[f.join.Lookup[i]]].Type}
		}
		s.Access = &a
		err := f.read(&s, func(b *col.Batch) error {
			found = append(found, b)
			return nil
		})
		if err != nil {
			return err
		}
	}
	if b := col.Concat(f.leaf.scan.Out.Types(), found...); b.N > 0 {
		f.leaf.pushScanned(b)
	}
	return nil
}

// scanWith makes the fetches of a pull query read its snapshot.
func (g *graph) scanWith(ctx context.Context, e *Engine, q *QueryEnv) {
	for _, l := range g.leaves {
		if l.fetch == nil {
			continue
		}
		l.fetch.read = func(s *plan.Scan, fn func(*col.Batch) error) error {
			return (&scanner{e: e, scan: s, q: q, rows: e.opts.BatchRows, ctx: ctx}).run(fn)
		}
	}
}
