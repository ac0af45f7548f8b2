package exec

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"millrace/catalog"
	"millrace/exec/state"
	"millrace/log"
	"millrace/planner/plan"
)

// Options configure an Engine. Log, Catalog, Store and Plan are required.
type Options struct {
	Log     *log.Log
	Catalog *catalog.Catalog
	Store   *state.Store
	// Plan turns the definition of a materialized view or stream sink into a plan,
	// the same plan each time for the same catalog: checkpointed state is matched to it.
	Plan func(o *catalog.Object, s *catalog.Snapshot) (*plan.View, error)
	// Logger gets state changes; nil discards.
	Logger *slog.Logger
	// Failed, if not nil, is told when the engine has ended with an error.
	Failed func(error)
	// Now reads the wall clock; epochs record it.
	Now func() time.Time
	// CheckpointEvery is the time between checkpoints while there are changes,
	// default 10 s. Longer means a longer replay after a crash.
	CheckpointEvery time.Duration
	// EpochMin is the least time between two epochs under load, default 1 ms.
	// Larger batches better and delays results.
	EpochMin time.Duration
	// EpochIdle is the least time between two epochs while nobody waits for one,
	// default 5 ms. It is how old the answer to another session's read may be.
	EpochIdle time.Duration
	// BatchRows is the number of rows pushed through operators at once, default
	// col.BatchRows. Tests use 1.
	BatchRows int
	// EpochRows is about how many rows of one partition an epoch takes at most,
	// default 131,072. More batches better, but holds up results longer.
	EpochRows int
	// QueryMemory bounds the memory of one pull query in bytes, default 1 GiB.
	QueryMemory int64
	// MemoryLimit bounds, in bytes, what state of views, rows that wait, pull queries and
	// open transactions may have together; 0 is no bound.
	MemoryLimit int64
	// SubscriptionBytes bounds the queue of one push query, default 8 MiB.
	SubscriptionBytes int64
}

func (o *Options) withDefaults() {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.CheckpointEvery == 0 {
		o.CheckpointEvery = 10 * time.Second
	}
	if o.EpochMin == 0 {
		o.EpochMin = time.Millisecond
	}
	if o.EpochIdle == 0 {
		o.EpochIdle = 5 * time.Millisecond
	}
	if o.BatchRows == 0 {
		o.BatchRows = defaultBatchRows
	}
	if o.EpochRows == 0 {
		o.EpochRows = 1 << 17
	}
	if o.QueryMemory == 0 {
		o.QueryMemory = 1 << 30
	}
	if o.SubscriptionBytes == 0 {
		o.SubscriptionBytes = 8 << 20
	}
}

// Engine runs all queries of a node.
type Engine struct {
	opts    Options
	log     *log.Log
	store   *state.Store
	commits *commits
	acked   *acknowledged
	budget  budget
	freezes freezes
	inserts insertAppends
	sticky  atomic.Uint64 // partition choice for rows without a key
	// wantEpoch asks the loop to reach this epoch even if nothing comes.
	wantEpoch atomic.Uint64
	// checkpointing is held for reading by commits outside the loop.
	checkpointing sync.RWMutex
	metrics       metrics
	errs          rowErrors
	late          lateRows
	gate          gate
	pace          *pace

	// loop state, owned by run.
	flows   flowSet
	sources map[catalog.ObjectID]*source
	feeds   map[catalog.ObjectID]*feed
	// broken are the objects whose flow cannot go on; rows of them may be stored.
	broken map[catalog.ObjectID]*catalog.Object
	last   epochRecord
	// lastRecord is where the newest epoch record lies in the journal: when nothing
	// but it was applied, there is nothing to do.
	lastRecord log.Position
	// nextRecord is the offset of the next epoch record.
	nextRecord log.Offset
	catalogAt  uint64 // version of the catalog snapshot the flows were made from
	dirty      bool   // something changed since the last checkpoint
	// modesChange: flows change their mode after the next epoch.
	modesChange bool
	nextSub     uint64
	// sinkEnds is Snapshot.sinks of the epoch in progress.
	sinkEnds map[log.PartitionID]log.Offset

	requests chan func()
	wake     chan struct{}
	quit     context.CancelFunc
	ctx      context.Context
	wg       sync.WaitGroup

	mu struct {
		sync.Mutex
		frontier *Snapshot
		moved    chan struct{} // closed when the frontier moves
		err      error         // why the loop ended
		status   map[catalog.ObjectID]*FlowStatus
		failed   map[catalog.ObjectID]error
		feeds    map[catalog.ObjectID]*FeedStatus
		indexes  map[catalog.ObjectID]uint64 // built while the server runs, by first epoch
		epochs   []EpochInfo
		// checkpointed is the epoch of the newest checkpoint.
		checkpointed uint64
		waiters      chan struct{} // closed when a flow's status changes
	}
}

// Open recovers the state of all flows, replays the epochs since the checkpoint
// and starts the loop. It returns when reads are correct.
func Open(ctx context.Context, o Options) (*Engine, error) {
	o.withDefaults()
	e := &Engine{
		opts: o, log: o.Log, store: o.Store,
		sources:  map[catalog.ObjectID]*source{},
		feeds:    map[catalog.ObjectID]*feed{},
		broken:   map[catalog.ObjectID]*catalog.Object{},
		requests: make(chan func()),
		pace:     newPace(),
		wake:     make(chan struct{}, 1),
	}
	e.commits = newCommits(e.frontierSnapshot)
	e.acked = newAcknowledged(e.log.Groups())
	e.budget.limit = o.MemoryLimit
	e.mu.moved = make(chan struct{})
	e.mu.waiters = make(chan struct{})
	e.mu.status = map[catalog.ObjectID]*FlowStatus{}
	e.mu.failed = map[catalog.ObjectID]error{}
	e.mu.feeds = map[catalog.ObjectID]*FeedStatus{}
	e.mu.indexes = map[catalog.ObjectID]uint64{}
	e.ctx, e.quit = context.WithCancel(context.WithoutCancel(ctx))
	if err := e.recover(); err != nil {
		e.quit()
		e.abandon()
		return nil, fmt.Errorf("recover the engine: %w", err)
	}
	applied := e.log.Applied()
	news := e.isNews(applied)
	e.wg.Go(e.run)
	if !news {
		return e, nil
	}
	if err := e.reach(ctx, applied); err != nil {
		return nil, errors.Join(fmt.Errorf("run the epoch after recovery: %w", err), e.Close())
	}
	return e, nil
}

// reach waits for the epoch that has everything up to the vector: what was
// acknowledged before a crash is in the first snapshot that anybody gets, so that
// nobody writes over a row that is not seen yet.
func (e *Engine) reach(ctx context.Context, vector []log.Index) error {
	at := make([]log.Position, len(vector))
	for g, i := range vector {
		at[g] = log.Position{Group: log.GroupID(g), Index: i}
	}
	snap, err := e.SnapshotFor(ctx, Want{Level: OwnWrites, Own: at})
	if err == nil {
		snap.Release()
	}
	return err
}

// Close ends the loop, its backfills and subscriptions, and writes a checkpoint.
func (e *Engine) Close() error {
	e.quit()
	e.wg.Wait()
	e.mu.Lock()
	err, snap := e.mu.err, e.mu.frontier
	e.mu.frontier = nil
	e.mu.Unlock()
	if snap != nil {
		snap.Release()
	}
	for _, s := range e.sources {
		s.close()
	}
	if errors.Is(err, errShutdown) {
		return nil
	}
	return err
}

// abandon lets go of what a start that failed has taken.
func (e *Engine) abandon() {
	for _, f := range e.flows.order {
		if f.fill != nil {
			f.fill.stop()
		}
	}
	e.wg.Wait()
	e.mu.Lock()
	snap := e.mu.frontier
	e.mu.frontier = nil
	e.mu.Unlock()
	if snap != nil {
		snap.Release()
	}
	for _, s := range e.sources {
		s.close()
	}
}

// Notify makes the loop look at the catalog: call it after a change was applied.
func (e *Engine) Notify() {
	select {
	case e.wake <- struct{}{}:
	default:
	}
}

// call runs f in the loop, between two epochs, and waits for it.
func (e *Engine) call(ctx context.Context, f func()) error {
	done := make(chan struct{})
	select {
	case e.requests <- func() { f(); close(done) }:
		<-done
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-e.ctx.Done():
		return errShutdown
	}
}
