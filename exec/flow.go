package exec

import (
	"sync/atomic"

	"millrace/catalog"
	"millrace/exec/op"
	"millrace/exec/state"
	"millrace/log"
	"millrace/planner/plan"
	"millrace/sql/builtin"
	"millrace/sql/col"
)

// flow is a continuous computation that gives the deltas of one object: a table
// (from its log), a materialized view or stream sink (from its plan), or the
// result of a subscription.
type flow struct {
	id  catalog.ObjectID // of the object; subscriptions have ids of their own above subscriptionIDs
	obj *catalog.Object  // nil for a subscription
	// inputs are the objects whose deltas the flow takes.
	inputs []catalog.ObjectID
	graph  *graph
	plan   plan.Node
	// print identifies the plan: state in a checkpoint belongs to it.
	print uint64
	// out is the delta of the epoch that ran last.
	out []*col.Batch
	// started: the flow has run its first epoch (a global aggregate has its row).
	started bool
	// wakeAt is the clock at which it has to run even if no rows come; see setWake.
	wakeAt int64

	fill *backfill // nil once live
	// from is where the backfill began to read streams; nil once a checkpoint has the
	// flow. Until then a crash would make it read them again.
	from map[log.PartitionID]log.Offset
	// waiting: the backfill has not begun, because an input cannot be read yet.
	waiting bool
	// mode is whether the loop runs the flow, once it is live.
	mode  flowMode
	sub   *Subscription
	sink  *streamSink
	stats *FlowStatus
	share share // memory of the operators' state
}

// isLive reports whether the flow runs with the loop.
func (f *flow) isLive() bool { return f.fill == nil && !f.waiting }

// FlowStatus is what system tables show of a flow. The loop writes it while others
// read.
type FlowStatus struct {
	ID   catalog.ObjectID
	Name string
	// Live is set once the flow runs with the loop, LiveEpoch being its first epoch.
	Live      atomic.Bool
	LiveEpoch atomic.Uint64
	// Paused is set while the flow stands still by PAUSE or TERMINATE.
	Paused atomic.Bool
	// Resumed is the epoch that takes in what came while the flow was paused.
	Resumed atomic.Uint64
	// RowsIn and RowsOut count rows since the server started.
	RowsIn, RowsOut atomic.Int64
	// StateBytes is the exact memory of the operators' state.
	StateBytes atomic.Int64
	// RowErrors counts rows that could not be computed, less those retracted since.
	RowErrors atomic.Int64
	// LateRows counts rows that came behind the watermark and were left out.
	LateRows atomic.Int64
	// Filled and Total are source rows read and to read by the backfill.
	Filled, Total atomic.Int64
	// FillStart and FillEnd are when the backfill began and ended, us since
	// 2000-01-01 UTC; 0 before.
	FillStart, FillEnd atomic.Int64
}

// subscriptionIDs is where ids of subscriptions start: object ids stay below.
const subscriptionIDs catalog.ObjectID = 1 << 48

// epochRun is one epoch in progress.
type epochRun struct {
	engine *Engine
	rec    epochRecord
	batch  *state.Batch
	// deltas are the changes of each object in this epoch.
	deltas map[catalog.ObjectID][]*col.Batch
	// records are the log records of tables, from which their flows make deltas.
	records map[catalog.ObjectID][]*col.Batch
}

// input is what the epoch brings for a leaf.
func (x *epochRun) input(l *leaf) []*col.Batch {
	if l.scan == nil {
		return x.records[l.object]
	}
	return x.deltas[l.object]
}

// run pushes the epoch's deltas of the flow's inputs through its graph.
func (f *flow) run(x *epochRun) error {
	if f.mode == modeResuming {
		return f.runKept(x)
	}
	f.out = nil
	touched := !f.started || f.wakes(x.rec.Clock)
	for _, l := range f.graph.leaves {
		for _, b := range x.input(l) {
			touched = touched || b.N > 0
		}
	}
	if !touched {
		return nil
	}
	f.started = true
	f.enter(x.rec, x.batch)
	for _, l := range f.graph.leaves {
		for _, b := range x.input(l) {
			scanned := b.Project(l.take)
			for from := 0; from < b.N; from += x.engine.opts.BatchRows {
				l.pushScanned(scanned.Slice(from, min(from+x.engine.opts.BatchRows, b.N)))
			}
			f.stats.RowsIn.Add(int64(b.N))
		}
	}
	return f.finish()
}

// enter sets the graph up for an epoch.
func (f *flow) enter(rec epochRecord, batch *state.Batch) {
	c := f.graph.ctx
	c.Epoch, c.Out = rec.Epoch, batch
	c.Env = &builtin.Env{Now: rec.Clock, Statement: rec.Clock}
}

// finish ends the epoch at all operators.
func (f *flow) finish() error {
	f.graph.endEpoch()
	for _, b := range f.out {
		f.stats.RowsOut.Add(int64(b.N))
	}
	f.setWake(f.graph.ctx.Env.Now)
	_ = f.measure() // relieve chooses who has to go
	return f.graph.ctx.Err()
}

// measure notes the memory of the operators' state. The error says that the node has no
// more of it.
func (f *flow) measure() error {
	bytes := f.graph.memBytes()
	f.stats.StateBytes.Store(bytes)
	return f.share.set(bytes)
}

// save writes the operators' changed state.
func (f *flow) save(w *state.Saver) {
	for i, n := range f.graph.nodes {
		w.Op(uint64(f.id), uint32(i))
		n.op.Save(w)
	}
	f.saveTime(w)
}

// load reads the operators' state back.
func (f *flow) load(snap *state.Snapshot) error {
	for i, n := range f.graph.nodes {
		if err := n.op.Load(state.NewLoader(snap, uint64(f.id), uint32(i))); err != nil {
			return err
		}
	}
	if err := f.loadTime(snap); err != nil {
		return err
	}
	f.started = true
	_ = f.measure()
	return nil
}

// flowSet is the loop's flows in dependency order: a flow stands after all flows
// whose objects it scans.
type flowSet struct {
	order []*flow
	byID  map[catalog.ObjectID]*flow
	// changed: flows came or went since the columns to decode were chosen.
	changed bool
}

// add appends a flow; its inputs are there already.
func (s *flowSet) add(f *flow) {
	if s.byID == nil {
		s.byID = map[catalog.ObjectID]*flow{}
	}
	s.changed = true
	s.order = append(s.order, f)
	s.byID[f.id] = f
}

func (s *flowSet) remove(id catalog.ObjectID) {
	if s.byID[id] == nil {
		return
	}
	s.changed = true
	delete(s.byID, id)
	for i, f := range s.order {
		if f.id == id {
			s.order = append(s.order[:i:i], s.order[i+1:]...)
			return
		}
	}
}

// rowErrorSink makes the function that takes a flow's failed rows.
func (e *Engine) rowErrorSink(f *flow) func(op.RowError) {
	return func(r op.RowError) {
		f.stats.RowErrors.Add(r.Weight)
		e.errs.add(f, r)
	}
}
