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
	next  func(context.Context) (*col.Batch, error)
	close func()
}

// Next returns the next batch, nil at the end. Batches stay valid. When ctx ends first
// the query goes on, up to Close.
func (r *Rows) Next(ctx context.Context) (*col.Batch, error) { return r.next(ctx) }

// Close ends the query; it may be called more than once.
func (r *Rows) Close() { r.close() }

// Query runs a plan over the snapshot once. Snap must stay held until Close. The
// query does not end with ctx, which is that of the call.
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

// isQuick reports whether a query reads little, going by its plan: it then runs in
// the caller's goroutine at once, and its result is kept whole.
func isQuick(n plan.Node) bool {
	switch n := n.(type) {
	case *plan.Scan:
		return n.Object.Kind == catalog.KindSystem || isLookup(n)
	case *plan.TableFunc, *plan.Recursive:
		return false
	case *plan.Join:
		if n.Lookup != nil {
			return isQuick(n.L)
		}
	}
	for _, in := range n.Inputs() {
		if !isQuick(in) {
			return false
		}
	}
	return true
}

// isLookup reports whether a scan asks for one value of each column of a key.
func isLookup(s *plan.Scan) bool {
	switch a := s.Access; {
	case a == nil:
		return false
	case a.Index != nil:
		return len(a.Eq) == len(a.Index.Cols)
	default:
		return len(s.Object.Key) > 0 && len(a.Eq) == len(s.Object.Key)
	}
}

func rowsOf(list []*col.Batch) *Rows {
	return &Rows{
		next: func(context.Context) (*col.Batch, error) {
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
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
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
		next: func(ctx context.Context) (*col.Batch, error) {
			select {
			case b, ok := <-out:
				if ok || failed == nil || errors.Is(failed, errEnough) {
					return b, nil
				}
				return nil, failed
			case <-ctx.Done():
				return nil, context.Cause(ctx)
			}
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
	var size int64
	limit := e.queryMemory(&q)
	err := e.pull(ctx, root, q, func(b *col.Batch) error {
		list = append(list, b)
		if size += b.MemBytes(); size > limit {
			return errQueryMemory(limit)
		}
		return nil
	})
	return list, err
}

// memoryPolls is how often operators ask whether to stop until their memory is
// measured: one batch may make very many rows.
const memoryPolls = 16

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
	limit := e.queryMemory(&q)
	held := e.budget.share()
	defer held.release()
	measure := func() error {
		bytes := g.memBytes()
		if bytes > limit {
			return errQueryMemory(limit)
		}
		return held.set(bytes)
	}
	polls := 0
	g.ctx.Stop = func() error {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if polls++; polls%memoryPolls == 0 {
			return measure()
		}
		return nil
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
	g.ctx.Enough = func() bool { return top != nil && top.Full() }
	g.scanWith(ctx, e, &q)
	for _, l := range g.leaves {
		if l.fetch != nil {
			continue
		}
		s := &scanner{e: e, scan: l.scan, q: &q, rows: e.opts.BatchRows, ctx: ctx}
		err := s.run(func(b *col.Batch) error {
			l.pushScanned(b)
			if err := measure(); err != nil {
				return err
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

// queryMemory is the limit of a query's memory.
func (e *Engine) queryMemory(q *QueryEnv) int64 {
	if q.Memory > 0 {
		return q.Memory
	}
	return e.opts.QueryMemory
}

func errQueryMemory(limit int64) error {
	return pgerr.Newf(pgerr.OutOfMemory, "query needs more memory than its limit of %d bytes", limit).
		WithHint("Raise millrace.query_memory, or make the query read less.")
}

// EvalConst evaluates an expression without columns.
func EvalConst(env *builtin.Env, x plan.Expr) (types.Datum, error) { return expr.EvalConst(env, x) }
