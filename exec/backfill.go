package exec

import (
	"context"
	"sync"
	"sync/atomic"

	"millrace/catalog"
	"millrace/log"
	"millrace/sql/col"
	"millrace/sql/pgerr"
)

// backfill computes a new flow's past in a goroutine of its own while the loop
// goes on (E6). It starts from a snapshot; the deltas of later epochs wait in a
// queue, are worked off, and then the loop takes the flow over.
type backfill struct {
	engine *Engine
	flow   *flow
	snap   *Snapshot
	ctx    context.Context
	cancel context.CancelFunc
	done   chan struct{}
	rows   int // since the last part
	// ready: the goroutine has ended well; what is queued since is the loop's to run.
	ready atomic.Bool

	mu struct {
		sync.Mutex
		queue []queuedEpoch
		bytes int64 // queued
		err   error
	}
}

// queuedEpoch is what an epoch brought for a flow that was not live then.
type queuedEpoch struct {
	rec    epochRecord
	deltas map[catalog.ObjectID][]*col.Batch
	bytes  int64
}

// startFill begins a backfill from the frontier. The loop calls it between epochs.
func (e *Engine) startFill(f *flow) {
	b := &backfill{engine: e, flow: f, snap: e.frontierSnapshot().Retain(), done: make(chan struct{})}
	b.ctx, b.cancel = context.WithCancel(e.ctx)
	f.fill = b
	e.holdSources(f)
	f.stats.Total.Store(b.countRows())
	f.stats.FillStart.Store(e.wallClock())
	e.wg.Go(b.run)
}

// holdSources keeps retention away from what a crash would make the backfill read
// again.
func (e *Engine) holdSources(f *flow) {
	if f.obj == nil {
		return
	}
	f.from = map[log.PartitionID]log.Offset{}
	for _, l := range f.graph.leaves {
		if o := l.scan.Object; o.Kind == catalog.KindStream {
			for p := range o.Partitions {
				id := partitionID(o, p)
				f.from[id], _ = e.log.Ends(id)
			}
		}
	}
	e.pinFills()
}

// countRows estimates the source rows to read, for progress.
func (b *backfill) countRows() int64 {
	var total int64
	for _, l := range b.flow.graph.leaves {
		o := l.scan.Object
		if o.Kind != catalog.KindStream {
			continue
		}
		for p := range o.Partitions {
			start, end := b.engine.log.Ends(partitionID(o, p))
			total += int64(end - start)
		}
	}
	return total
}

func (b *backfill) run() {
	defer close(b.done)
	defer b.cancel()
	b.flow.graph.ctx.Stop = func() error {
		if b.ctx.Err() != nil {
			return context.Cause(b.ctx)
		}
		return nil
	}
	err := pgerr.Recover(b.work)
	b.flow.graph.ctx.Stop = nil // from here on the flow is the loop's
	b.snap.Release()
	b.flow.stats.FillEnd.Store(b.engine.wallClock())
	b.mu.Lock()
	b.mu.err = err
	b.mu.Unlock()
	b.ready.Store(true)
	b.engine.Notify()
}

func (b *backfill) work() error {
	past := b.past
	if b.flow.isInsert() {
		past = b.keepPast
	}
	if err := past(); err != nil {
		return err
	}
	for {
		q, ok := b.take()
		if !ok {
			return nil
		}
		if b.ctx.Err() != nil {
			return errShutdown
		}
		if err := b.replay(q); err != nil {
			return err
		}
	}
}

// past runs everything the snapshot holds through the graph as one epoch.
func (b *backfill) past() error {
	f := b.flow
	w := b.engine.newWriter()
	defer w.close()
	f.out, f.started = nil, true
	f.enter(epochRecord{Epoch: b.snap.Epoch, Clock: b.snap.Clock}, w.batch)
	for _, l := range f.graph.leaves {
		s := &scanner{
			e: b.engine, scan: l.scan, q: &QueryEnv{Snap: b.snap},
			rows: b.engine.opts.BatchRows, ctx: b.ctx, cols: l.take,
		}
		err := s.run(func(rows *col.Batch) error {
			l.pushScanned(rows)
			f.stats.Filled.Add(int64(rows.N))
			f.stats.RowsIn.Add(int64(rows.N))
			return b.part(w, rows.N)
		})
		if err != nil {
			return err
		}
	}
	if err := f.finish(); err != nil {
		return err
	}
	if err := w.commit(); err != nil {
		return err
	}
	return b.emit(true)
}

// partRows is how many source rows go through a flow before the last operator
// writes out what it has. It takes any cut of its input into epochs; the others
// wait for the end, so that groups are written once.
const partRows = 1 << 16

// part passes on what has come out so far, now and then.
func (b *backfill) part(w *writer, rows int) error {
	f := b.flow
	if b.rows += rows; b.rows < partRows {
		return f.graph.ctx.Err()
	}
	b.rows = 0
	if err := f.measure(); err != nil {
		return err
	}
	if n := len(f.graph.nodes); n > 0 {
		last := f.graph.nodes[n-1]
		last.op.EndEpoch(f.graph.ctx, last.emit)
	}
	if err := w.next(f); err != nil {
		return err
	}
	if err := b.emit(false); err != nil {
		return err
	}
	return f.graph.ctx.Err()
}

// emit gives a subscriber the part of the snapshot computed so far. The results of
// other flows are read from the store, so nobody needs their delta.
func (b *backfill) emit(last bool) error {
	f := b.flow
	out := f.out
	f.out = nil
	if f.sub == nil {
		if f.sink != nil {
			f.sink.keep(out)
		}
		return nil
	}
	if !f.sub.opts.Snapshot {
		return nil
	}
	for _, rows := range out {
		for from := 0; from < rows.N; from += col.BatchRows {
			piece := rows.Slice(from, min(from+col.BatchRows, rows.N))
			if err := f.sub.offerWait(b.ctx, Change{Epoch: b.snap.Epoch, Batch: piece}); err != nil {
				return err
			}
		}
	}
	if last {
		f.sub.offer(Change{Epoch: b.snap.Epoch, SnapshotDone: true})
	}
	return nil
}

// take removes the oldest queued epoch; ok is false when there is none.
func (b *backfill) take() (q queuedEpoch, ok bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.mu.queue) == 0 {
		return q, false
	}
	q = b.mu.queue[0]
	b.mu.queue[0] = queuedEpoch{}
	b.mu.queue = b.mu.queue[1:]
	b.mu.bytes -= q.bytes
	b.engine.budget.used.Add(-q.bytes)
	return q, true
}

// enqueue keeps an epoch's deltas of the flow's inputs for later.
func (b *backfill) enqueue(x *epochRun) {
	q := queuedEpoch{rec: x.rec, deltas: map[catalog.ObjectID][]*col.Batch{}}
	for _, id := range b.flow.inputs {
		if d := x.deltas[id]; len(d) > 0 {
			q.deltas[id] = d
		}
	}
	if len(q.deltas) == 0 {
		return
	}
	for _, list := range q.deltas {
		for _, d := range list {
			q.bytes += d.MemBytes()
		}
	}
	b.mu.Lock()
	b.mu.queue = append(b.mu.queue, q)
	b.mu.bytes += q.bytes
	b.engine.budget.used.Add(q.bytes)
	behind := b.mu.bytes > waitingBytes
	b.mu.Unlock()
	if behind && b.flow.sub != nil {
		b.flow.sub.end(errBehind(waitingBytes))
	}
}

// waitingBytes bounds what waits for a subscription whose reader does not even take
// its snapshot.
const waitingBytes = 64 << 20

// replay runs one queued epoch.
func (b *backfill) replay(q queuedEpoch) error {
	if b.flow.isInsert() {
		return b.keepEpoch(q)
	}
	w := b.engine.newWriter()
	defer w.close()
	x := &epochRun{engine: b.engine, rec: q.rec, batch: w.batch, deltas: q.deltas}
	if err := b.flow.run(x); err != nil {
		return err
	}
	if err := w.commit(); err != nil {
		return err
	}
	if b.flow.sub != nil {
		b.flow.sub.deliver(q.rec.Epoch, b.flow.out)
	} else if b.flow.sink != nil {
		b.flow.sink.keep(b.flow.out)
	}
	return nil
}

// join ends a backfill that is ready: the loop runs what is left in the queue. The
// flow is live from the next epoch on, or broken.
func (b *backfill) join() error {
	<-b.done
	b.mu.Lock()
	err := b.mu.err
	b.mu.Unlock()
	for err == nil {
		q, ok := b.take()
		if !ok {
			break
		}
		err = b.replay(q)
	}
	return err
}

// stop ends the goroutine without waiting for its result.
func (b *backfill) stop() {
	b.cancel()
	<-b.done
	b.mu.Lock()
	defer b.mu.Unlock()
	b.engine.budget.used.Add(-b.mu.bytes)
	b.mu.queue, b.mu.bytes = nil, 0
}
