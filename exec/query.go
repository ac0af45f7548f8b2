package exec

import (
	"context"
	"errors"

	"millrace/catalog"
	"millrace/exec/expr"
	"millrace/exec/op"
	"millrace/planner/plan"
	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// QueryEnv is what a pull query runs with.
type QueryEnv struct {
	Env  *builtin.Env
	Snap *Snapshot
	// Tx, if not nil, is the transaction whose writes lie over the snapshot.
	Tx *Txn
	// System gives the rows of a system table, with all its columns.
	System func(*catalog.Object) (*col.Batch, error)
	// Memory bounds the operators' memory in bytes; 0 is the engine's limit.
	Memory int64
	// Params are the values of the parameters that are still in the plan.
	Params []types.Datum
}

// errEnough ends a query whose reader has all the rows it wants.
var errEnough = errors.New("enough rows")

// Rows is the result of a pull query, in batches. It belongs to one goroutine.
type Rows struct {
	next  func() (*col.Batch, error)
	close func()
}

// Next returns the next batch, nil at the end. Batches stay valid.
func (r *Rows) Next() (*col.Batch, error) { return r.next() }

// Close ends the query; it may be called more than once.
func (r *Rows) Close() { r.close() }

// Query runs a plan over the snapshot once. Snap must stay held until Close.
func (e *Engine) Query(ctx context.Context, root plan.Node, q QueryEnv) (*Rows, error) {
	if isQuick(root) {
		list, err := e.collect(ctx, root, q)
		if err != nil {
			return nil, err
		}
		return rowsOf(list), nil
	}
	return e.stream(ctx, root, q), nil
}

// isQuick reports whether a query reads little: it then runs in the caller's
// goroutine at once.
func isQuick(n plan.Node) bool {
	if s, ok := n.(*plan.Scan); ok {
		return s.Object.Kind == catalog.KindSystem || s.Access != nil
	}
	for _, in := range n.Inputs() {
		if !isQuick(in) {
			return false
		}
	}
	return true
}

func rowsOf(list []*col.Batch) *Rows {
	return &Rows{
		next: func() (*col.Batch, error) {
			if len(list) == 0 {
				return nil, nil
			}
			b := list[0]
			list = list[1:]
			return b, nil
		},
		close: func() { list = nil },
	}
}

// streamDepth is how many batches a query may be ahead of its reader.
const streamDepth = 4

// stream runs the query in a goroutine that waits while the reader is behind.
func (e *Engine) stream(ctx context.Context, root plan.Node, q QueryEnv) *Rows {
	ctx, cancel := context.WithCancel(ctx)
	out := make(chan *col.Batch, streamDepth)
	var failed error
	go func() {
		defer close(out)
		failed = pgerr.Recover(func() error {
			return e.pull(ctx, root, q, func(b *col.Batch) error {
				select {
				case out <- b:
					return nil
				case <-ctx.Done():
					return context.Cause(ctx)
				}
			})
		})
	}()
	return &Rows{
		next: func() (*col.Batch, error) {
			if b, ok := <-out; ok {
				return b, nil
			}
			if errors.Is(failed, errEnough) {
				return nil, nil
			}
			return nil, failed
		},
		close: func() {
			cancel()
			for range out {
			}
		},
	}
}

// collect runs the query to its end and returns all rows.
func (e *Engine) collect(ctx context.Context, root plan.Node, q QueryEnv) ([]*col.Batch, error) {
	var list []*col.Batch
	err := e.pull(ctx, root, q, func(b *col.Batch) error {
		list = append(list, b)
		return nil
	})
	return list, err
}

// pull runs the query and calls sink with its rows.
func (e *Engine) pull(ctx context.Context, root plan.Node, q QueryEnv, sink func(*col.Batch) error) error {
	if v, ok := root.(*plan.Values); ok {
		b, err := valuesBatch(q.Env, v, q.Params)
		if err != nil || b.N == 0 {
			return err
		}
		return sink(b)
	}
	g, err := compilePull(root, q.Env)
	if err != nil {
		return err
	}
	limit := q.Memory
	if limit == 0 {
		limit = e.opts.QueryMemory
	}
	g.sink = func(b *col.Batch) {
		if g.ctx.Err() != nil {
			return
		}
		if err := sink(op.Expand(b)); err != nil {
			g.ctx.Fail(err)
		}
	}
	top := g.topSort()
	for _, l := range g.leaves {
		s := &scanner{e: e, scan: l.scan, q: &q, rows: e.opts.BatchRows, ctx: ctx}
		err := s.run(func(b *col.Batch) error {
			l.pushScanned(b)
			if g.memBytes() > limit {
				return errQueryMemory(limit)
			}
			if top != nil && top.Full() {
				return errEnough
			}
			return g.ctx.Err()
		})
		if errors.Is(err, errEnough) {
			break
		}
		if err != nil {
			return err
		}
	}
	g.endEpoch()
	return g.ctx.Err()
}

// topSort is the Sort that ends the query, if one does: once its LIMIT is reached,
// nothing more has to be read.
func (g *graph) topSort() *op.Sort {
	for i := len(g.nodes) - 1; i >= 0; i-- {
		switch o := g.nodes[i].op.(type) {
		case *op.Sort:
			return o
		case *op.Project:
			continue
		}
		return nil
	}
	return nil
}

func errQueryMemory(limit int64) error {
	return pgerr.Newf(pgerr.OutOfMemory, "query needs more memory than its limit of %d bytes", limit).
		WithHint("Raise millrace.query_memory, or make the query read less.")
}

// EvalConst evaluates an expression without columns.
func EvalConst(env *builtin.Env, x plan.Expr) (types.Datum, error) { return expr.EvalConst(env, x) }
