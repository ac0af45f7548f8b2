package exec

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"millrace/catalog"
	"millrace/exec/connect"
	"millrace/log"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// feed writes the rows of a connector into the log of its stream. The number of rows
// there is all that it has to know of the past: nobody else writes the stream, and
// one append is under way at a time, so after a crash the rows are those up to some
// number, without a gap.
type feed struct {
	engine *Engine
	obj    *catalog.Object
	source *connect.Feed
	next   int64 // number of the next row to append
	cancel context.CancelFunc
	done   chan struct{}
	status *FeedStatus
}

// FeedStatus is what system tables show of a feed.
type FeedStatus struct {
	ID        catalog.ObjectID
	Connector string
	Rate      float64 // rows a second, 0 for as many as go
	Limit     int64   // rows in all, 0 for no end
	Rows      atomic.Int64
	mu        struct {
		sync.Mutex
		state string
		err   error
	}
}

// State is "running", "finished" or "failed", and why it failed.
func (s *FeedStatus) State() (state string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mu.state, s.mu.err
}

func (s *FeedStatus) set(state string, err error) {
	s.mu.Lock()
	s.mu.state, s.mu.err = state, err
	s.mu.Unlock()
}

const (
	// feedRows bounds the rows of one append: a record batch of good size.
	feedRows = 8192
	// feedTick is how often a paced feed appends what is due.
	feedTick = 10 * time.Millisecond
	// feedLag is how much time a feed makes up for when it was held up.
	feedLag = time.Second
)

// followFeeds starts the feeds of new streams and ends those of dropped ones. The
// loop calls it between epochs.
func (e *Engine) followFeeds(snap *catalog.Snapshot) {
	for id, f := range e.feeds {
		if _, ok := snap.Object(id); !ok {
			f.cancel()
			<-f.done
			delete(e.feeds, id)
			e.mu.Lock()
			delete(e.mu.feeds, id)
			e.mu.Unlock()
		}
	}
	for _, o := range snap.Objects() {
		if o.Options["connector"] != "" && o.Kind == catalog.KindStream && e.feeds[o.ID] == nil {
			e.startFeed(o)
		}
	}
}

func (e *Engine) startFeed(o *catalog.Object) {
	f := &feed{engine: e, obj: o, done: make(chan struct{}), status: &FeedStatus{ID: o.ID}}
	var ctx context.Context
	ctx, f.cancel = context.WithCancel(e.ctx)
	e.feeds[o.ID] = f
	e.mu.Lock()
	e.mu.feeds[o.ID] = f.status
	e.mu.Unlock()
	f.status.set("running", nil)
	source, err := connect.Open(o.Options, o.RowSchema())
	if err != nil {
		f.status.set("failed", err)
		close(f.done)
		return
	}
	f.source = source
	f.status.Connector, f.status.Rate, f.status.Limit = source.Connector, source.Rate, source.Limit
	for p := range o.Partitions {
		_, end := e.log.Ends(partitionID(o, p))
		f.next += int64(end)
	}
	f.status.Rows.Store(f.next)
	e.wg.Go(func() { f.run(ctx) })
}

// run appends rows until the limit, the end of the stream or that of the engine.
func (f *feed) run(ctx context.Context) {
	defer close(f.done)
	defer f.cancel()
	err := pgerr.Recover(func() error { return f.pump(ctx) })
	switch {
	case err == nil:
		f.status.set("finished", nil)
	case ctx.Err() != nil || errors.Is(err, log.ErrDropped):
	default:
		f.status.set("failed", err)
		f.engine.opts.Logger.Error("source failed", slog.String("stream", f.obj.Name), slog.Any("error", err))
	}
}

func (f *feed) pump(ctx context.Context) error {
	if f.source.Rate <= 0 {
		return f.rush(ctx)
	}
	p := pacer{rate: f.source.Rate, now: f.engine.opts.Now}
	for {
		room := f.room(feedRows)
		if room <= 0 {
			return nil
		}
		count, err := p.due(ctx, room, f.next)
		if err != nil {
			return err
		}
		if err := f.wait(ctx, f.append(f.make(count))); err != nil {
			return err
		}
	}
}

// rush makes rows while those before them are being stored.
func (f *feed) rush(ctx context.Context) error {
	rows := f.make(f.room(feedRows))
	for rows != nil {
		done := f.append(rows)
		rows = f.make(f.room(feedRows))
		if err := f.wait(ctx, done); err != nil {
			return err
		}
	}
	return nil
}

// append begins to store rows.
func (f *feed) append(rows *col.Batch) <-chan error {
	done := make(chan error, 1)
	now := types.FixedDatum(f.engine.wallClock())
	rowtime := col.Const(types.Timestamptz, now, rows.N)
	payload := &col.Batch{N: rows.N, Cols: append(rows.Cols[:len(rows.Cols):len(rows.Cols)], rowtime)}
	batches := f.engine.encodeStream(f.obj, []*col.Batch{payload})
	f.engine.log.AppendAsync(batches, func(_ log.Ack, err error) { done <- err })
	f.next += int64(rows.N)
	return done
}

// wait waits until the rows are stored.
func (f *feed) wait(ctx context.Context, done <-chan error) error {
	select {
	case err := <-done:
		if err == nil && ctx.Err() != nil {
			return context.Cause(ctx)
		}
		return err
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// room is how many of the wanted rows the limit leaves.
func (f *feed) room(want int64) int64 {
	if f.source.Limit > 0 {
		want = min(want, f.source.Limit-f.next)
	}
	return want
}

// make computes the next rows; nil when there are none to make.
func (f *feed) make(count int64) *col.Batch {
	f.status.Rows.Store(f.next)
	if count <= 0 {
		return nil
	}
	return f.source.Rows(f.next, int(count), f.engine.wallClock())
}

// pacer keeps a feed to its rate.
type pacer struct {
	rate  float64
	now   func() time.Time
	next  int64 // row that began the period
	began time.Time
}

// due waits until some of the rows from number next on are due and returns how many,
// at most most.
func (p *pacer) due(ctx context.Context, most, next int64) (int64, error) {
	if p.began.IsZero() {
		p.began, p.next = p.now(), next
	}
	for {
		passed := p.now().Sub(p.began).Seconds() * p.rate
		if owed := int64(passed) - (next - p.next); owed > 0 {
			if float64(owed) > feedLag.Seconds()*p.rate+1 { // held up: what is older is not made up for
				p.began, p.next = p.now().Add(-feedLag), next
			}
			return min(owed, most), nil
		}
		wait := time.Duration((float64(next-p.next+1) - passed) / p.rate * float64(time.Second))
		if err := sleep(ctx, max(wait, feedTick)); err != nil {
			return 0, err
		}
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// Feeds lists the feeds, for system tables.
func (e *Engine) Feeds() []*FeedStatus {
	e.mu.Lock()
	defer e.mu.Unlock()
	out := make([]*FeedStatus, 0, len(e.mu.feeds))
	for _, s := range e.mu.feeds {
		out = append(out, s)
	}
	return out
}
