package exec

import (
	"context"
	"errors"
	"slices"
	"sync"

	"millrace/catalog"
	"millrace/exec/op"
	"millrace/planner/plan"
	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/pgerr"
)

// SubscribeOptions say what a subscriber wants.
type SubscribeOptions struct {
	// Snapshot: the present result comes first, as insertions.
	Snapshot bool
	// Progress: each epoch is reported, also when it brings nothing.
	Progress bool
	// Want is how new the first snapshot has to be.
	Want Want
	Env  *builtin.Env
	// Query and PID tell users whose subscription it is.
	Query string
	PID   int32
}

// Change is what one epoch did to the result of a subscription.
type Change struct {
	Epoch uint64
	// Batch is the rows with their weights: deletions negative. nil: none.
	Batch *col.Batch
	// SnapshotDone: everything up to here is the result as of Epoch.
	SnapshotDone bool
	// Progress: the subscriber has everything up to and including Epoch.
	Progress bool
}

// Subscription is the bounded queue between the loop and one reader (E7).
type Subscription struct {
	engine *Engine
	flow   *flow
	limit  int64
	opts   SubscribeOptions
	// started is in us since 2000-01-01 UTC.
	started int64
	wake    chan struct{}
	room    chan struct{} // something was taken from the queue

	mu struct {
		sync.Mutex
		queue []Change
		bytes int64
		err   error
		sent  int64
		epoch uint64 // last one taken
	}
}

// SubscriptionInfo describes a subscription for system tables.
type SubscriptionInfo struct {
	ID          uint64
	PID         int32
	Query       string
	Started     int64 // us since 2000-01-01 UTC
	Epoch       uint64
	QueuedBytes int64
	SentRows    int64
}

// Next waits for the next change, until ctx ends or stop is closed (nil: never).
func (s *Subscription) Next(ctx context.Context, stop <-chan struct{}) (Change, error) {
	for {
		s.mu.Lock()
		if len(s.mu.queue) > 0 {
			c := s.mu.queue[0]
			s.mu.queue[0] = Change{}
			s.mu.queue = s.mu.queue[1:]
			s.mu.bytes -= c.size()
			if c.Batch != nil {
				s.mu.sent += int64(c.Batch.N)
			}
			s.mu.epoch = c.Epoch
			s.mu.Unlock()
			select {
			case s.room <- struct{}{}:
			default:
			}
			return c, nil
		}
		err := s.mu.err
		s.mu.Unlock()
		if err != nil {
			return Change{}, err
		}
		select {
		case <-s.wake:
		case <-ctx.Done():
			return Change{}, context.Cause(ctx)
		case <-stop:
			return Change{}, errShutdown
		}
	}
}

// Close ends the subscription; the loop forgets it before its next epoch.
func (s *Subscription) Close() {
	s.end(errClosed)
	s.engine.Notify()
}

var errClosed = pgerr.New(pgerr.InvalidCursorState, "the subscription is closed")

// end makes Next fail with err once the queue is empty; the first error stays.
func (s *Subscription) end(err error) {
	s.mu.Lock()
	if s.mu.err == nil {
		s.mu.err = err
	}
	if errors.Is(err, errClosed) {
		s.mu.queue, s.mu.bytes = nil, 0
	}
	s.mu.Unlock()
	s.signal()
	select {
	case s.room <- struct{}{}:
	default:
	}
}

func (s *Subscription) signal() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// ended reports whether the subscription needs no more changes.
func (s *Subscription) ended() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mu.err != nil
}

// changeBytes is what a change costs beside its rows, about.
const changeBytes = 64

func (c *Change) size() int64 {
	if c.Batch == nil {
		return changeBytes
	}
	return changeBytes + c.Batch.MemBytes()
}

// offer queues a change. A reader too far behind loses the subscription, not the
// server its memory; a single change larger than the limit is taken when the queue
// is empty, or no reader could ever get it.
func (s *Subscription) offer(c Change) {
	size := c.size()
	s.mu.Lock()
	if s.mu.err != nil {
		s.mu.Unlock()
		return
	}
	if n := len(s.mu.queue); c.Progress && n > 0 && s.mu.queue[n-1].Progress {
		s.mu.queue[n-1].Epoch = c.Epoch // nothing happened in between
		s.mu.Unlock()
		return
	}
	if s.mu.bytes > 0 && s.mu.bytes+size > s.limit {
		s.mu.err = errBehind(s.limit)
	} else {
		s.mu.queue = append(s.mu.queue, c)
		s.mu.bytes += size
	}
	s.mu.Unlock()
	s.signal()
}

func errBehind(limit int64) error {
	return pgerr.Newf(pgerr.ConfigurationLimitExceeded, "the push query fell behind by more than %d bytes", limit).
		WithHint("Read faster, select fewer rows, or start the query again.")
}

// offerWait queues a part of the snapshot, waiting while the queue is full: a
// snapshot is read at the reader's pace.
func (s *Subscription) offerWait(ctx context.Context, c Change) error {
	for {
		s.mu.Lock()
		full, err := s.mu.bytes > s.limit/2, s.mu.err
		s.mu.Unlock()
		if err != nil {
			return err
		}
		if !full {
			s.offer(c)
			return nil
		}
		select {
		case <-s.room:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// deliver offers the flow's delta of an epoch that is published now.
func (s *Subscription) deliver(epoch uint64, out []*col.Batch) {
	for _, b := range out {
		s.offer(Change{Epoch: epoch, Batch: b})
	}
	if s.opts.Progress {
		s.offer(Change{Epoch: epoch, Progress: true})
	}
}

// Subscribe starts a push query. Its changes begin with the epoch after the
// snapshot, or after now.
func (e *Engine) Subscribe(ctx context.Context, root plan.Node, o SubscribeOptions) (*Subscription, error) {
	snap, err := e.SnapshotFor(ctx, o.Want)
	if err != nil {
		return nil, err
	}
	snap.Release()
	g, inputs, err := e.compileFlow(root)
	if err != nil {
		return nil, err
	}
	s := &Subscription{
		engine: e, opts: o, started: e.wallClock(),
		limit: e.opts.SubscriptionBytes, wake: make(chan struct{}, 1), room: make(chan struct{}, 1),
	}
	var failed error
	err = e.call(ctx, func() { failed = e.startSubscription(s, g, root, inputs) })
	if err == nil {
		err = failed
	}
	if err != nil {
		return nil, err
	}
	return s, nil
}

// Subscriptions lists the subscriptions for system tables.
func (e *Engine) Subscriptions() []SubscriptionInfo {
	var out []SubscriptionInfo
	_ = e.call(e.ctx, func() {
		for _, f := range e.flows.order {
			if f.sub == nil {
				continue
			}
			f.sub.mu.Lock()
			out = append(out, SubscriptionInfo{
				ID: uint64(f.id - subscriptionIDs), PID: f.sub.opts.PID, Query: f.sub.opts.Query,
				Started: f.sub.started, Epoch: f.sub.mu.epoch, QueuedBytes: f.sub.mu.bytes, SentRows: f.sub.mu.sent,
			})
			f.sub.mu.Unlock()
		}
	})
	return out
}

// startSubscription puts the flow of a push query into the loop.
func (e *Engine) startSubscription(s *Subscription, g *graph, root plan.Node, inputs []catalog.ObjectID) error {
	e.nextSub++
	id := subscriptionIDs + catalog.ObjectID(e.nextSub)
	for _, in := range inputs {
		if o, ok := e.opts.Catalog.Current().Object(in); !ok {
			return pgerr.New(pgerr.UndefinedTable, "a relation that the push query reads was dropped")
		} else if o.Kind == catalog.KindView || o.Kind == catalog.KindSystem {
			return pgerr.Newf(pgerr.FeatureNotSupported, "a push query cannot read system table %q", o.Name)
		}
	}
	g.append(op.NewConsolidate(root.Schema().Types()))
	f := &flow{
		share: e.budget.share(),
		id:    id, graph: g, inputs: inputs, plan: root, sub: s,
		stats: &FlowStatus{ID: id},
	}
	f.finishWiring(e)
	s.flow = f
	e.install(f)
	// Without the snapshot, operators with state must see the past all the same.
	if s.opts.Snapshot || hasState(root) {
		e.begin(f)
		return nil
	}
	e.live(f)
	return nil
}

// hasState reports whether the changes of a query depend on earlier rows.
func hasState(n plan.Node) bool {
	switch n.(type) {
	case *plan.Scan, *plan.Filter, *plan.Project, *plan.Union, *plan.TableFunc, *plan.TimeWindow:
	default:
		return true
	}
	return slices.ContainsFunc(n.Inputs(), hasState)
}
