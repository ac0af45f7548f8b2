package exec

import (
	"encoding/binary"
	"slices"
	"sync"
	"sync/atomic"

	"millrace/catalog"
	"millrace/log"
	"millrace/sql/col"
	"millrace/sql/pgerr"
)

// The continuous query of INSERT INTO s SELECT .. EMIT CHANGES.
//
// Its flow has a sink like that of CREATE STREAM AS SELECT, with another stream as its
// target. If the target is written by a query of its own, the rows go through that
// query's sink, which alone knows the offsets: they reach the target's readers in the
// epoch that made them. Otherwise they are appended with a producer of their own and
// read with the next epoch.
//
// There is no backfill whose result could be lost or doubled by a crash: what the
// sources hold when the query is made is kept as if it had come while the query was
// paused, and the query then starts as RESUME does, at a checkpoint.

// insertAppends knows where the rows of insert queries lie that their targets' readers
// see an epoch after their cause: who waits for the cause waits for them, too.
type insertAppends struct {
	// hops is how many insert queries there are: rows may go from one to the next.
	hops atomic.Int64
	mu   sync.Mutex
	at   []log.Index
}

func (a *insertAppends) note(at []log.Position) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, p := range at {
		for int(p.Group) >= len(a.at) {
			a.at = append(a.at, 0)
		}
		a.at[p.Group] = max(a.at[p.Group], p.Index)
	}
}

// raise adds what was appended to the vector to wait for, and reports whether snap has
// not reached that.
func (a *insertAppends) raise(target []log.Index, snap *Snapshot) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	for g, i := range a.at {
		if g < len(target) {
			target[g] = max(target[g], i)
		}
	}
	return !snap.reaches(target)
}

// isInsert reports whether the flow is an insert query's.
func (f *flow) isInsert() bool { return f.obj != nil && f.obj.InsertInto() != 0 }

// insertTarget finds the stream that an insert query writes.
func (e *Engine) insertTarget(o *catalog.Object, snap *catalog.Snapshot) (*catalog.Object, error) {
	target, ok := snap.Object(o.InsertInto())
	if !ok {
		return nil, pgerr.Newf(pgerr.UndefinedTable, "the stream that \"%s\" writes is gone", o.Name)
	}
	return target, nil
}

// targetWaits reports whether the stream that an insert query writes is not live yet.
func (e *Engine) targetWaits(f *flow) bool {
	if !f.isInsert() {
		return false
	}
	t := e.flows.byID[f.obj.InsertInto()]
	return t != nil && !t.isLive()
}

// keepPast stores the rows of the snapshot as input to come.
func (b *backfill) keepPast() error {
	f := b.flow
	w := b.engine.newWriter()
	defer w.close()
	n := uint32(0)
	for i, l := range f.graph.leaves {
		s := &scanner{
			e: b.engine, scan: l.scan, q: &QueryEnv{Snap: b.snap},
			rows: b.engine.opts.BatchRows, ctx: b.ctx, cols: l.take,
		}
		err := s.run(func(rows *col.Batch) error {
			key := binary.BigEndian.AppendUint64(nil, 0)
			key = binary.BigEndian.AppendUint32(key, n)
			n++
			w.batch.PutRow(uint64(f.id)|pausedRows, binary.BigEndian.AppendUint16(key, uint16(i)), col.Encode(nil, rows))
			f.stats.Filled.Add(int64(rows.N))
			return w.next(f)
		})
		if err != nil {
			return err
		}
	}
	return w.commit()
}

// keepEpoch stores what a queued epoch brings as input to come.
func (b *backfill) keepEpoch(q queuedEpoch) error {
	w := b.engine.newWriter()
	defer w.close()
	x := &epochRun{engine: b.engine, rec: q.rec, batch: w.batch, deltas: q.deltas}
	x.keepInput(b.flow)
	return w.commit()
}

// joinedInsert makes an insert query that has its input wait for its start.
func (e *Engine) joinedInsert(f *flow) {
	f.sink.producer = int64(f.id)<<32 | int64(uint32(e.last.Epoch))
	f.sink.next = 0
	f.mode = modePaused
	f.stats.Paused.Store(true)
}

// insertRows passes the rows that an insert query made in this epoch on.
func (x *epochRun) insertRows(f *flow) {
	if len(f.out) == 0 {
		return
	}
	if t := x.engine.flows.byID[f.sink.obj.ID]; t != nil && t.sink != nil {
		x.deltas[t.id] = append(x.deltas[t.id], t.sink.place(f.out, x.rec.Clock)...)
		return
	}
	f.sink.batches = append(f.sink.batches, encodeParts(f.sink.obj, f.sink.payload(f.out, x.rec.Clock), nil)...)
}

// sortInserts puts insert queries before the readers of what they write. Flows keep
// their order otherwise: it is part of E1, and the same after a restart, as objects are
// visited in the order of their ids.
func (s *flowSet) sortInserts() {
	writers := map[catalog.ObjectID][]*flow{}
	for _, f := range s.order {
		if f.isInsert() {
			writers[f.obj.InsertInto()] = append(writers[f.obj.InsertInto()], f)
		}
	}
	if len(writers) == 0 {
		return
	}
	byID := slices.Clone(s.order)
	slices.SortStableFunc(byID, func(a, b *flow) int {
		switch {
		case a.id < b.id:
			return -1
		case a.id > b.id:
			return 1
		}
		return 0
	})
	order := make([]*flow, 0, len(byID))
	seen := map[catalog.ObjectID]bool{}
	var visit func(f *flow)
	visit = func(f *flow) {
		if seen[f.id] {
			return
		}
		seen[f.id] = true
		for _, id := range f.inputs {
			if in := s.byID[id]; in != nil {
				visit(in)
			}
			for _, w := range writers[id] {
				visit(w)
			}
		}
		if f.isInsert() {
			if t := s.byID[f.obj.InsertInto()]; t != nil {
				visit(t)
			}
		}
		order = append(order, f)
	}
	for _, f := range byID {
		visit(f)
	}
	s.order = order
	s.changed = true
}

// countInserts notes how many insert queries there are.
func (e *Engine) countInserts() {
	n := 0
	for _, f := range e.flows.order {
		if f.isInsert() {
			n++
		}
	}
	e.inserts.hops.Store(int64(n))
}
