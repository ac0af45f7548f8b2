package exec

import (
	"log/slog"
	"time"

	"millrace/catalog"
	"millrace/log"
	"millrace/sql/col"
	"millrace/sql/pgerr"
)

const defaultBatchRows = col.BatchRows

// microsTo2000 turns Unix microseconds into microseconds since 2000-01-01.
const microsTo2000 = -microsTo1970

var errShutdown = pgerr.New(pgerr.AdminShutdown, "the server is shutting down")

// systemPartition holds the epoch records.
var systemPartition = log.PartitionID{}

// run is the loop: it owns all flows. It ends with the engine's context, or with
// the first error, after which no read or write is served any more.
func (e *Engine) run() {
	err := e.loop()
	if err == nil {
		err = e.checkpoint()
	}
	e.quit()
	for _, f := range e.flows.order {
		if f.fill != nil {
			f.fill.stop()
		}
		if f.sub != nil {
			f.sub.end(errShutdown)
		}
	}
	if err == nil {
		err = errShutdown
	} else {
		e.opts.Logger.Error("engine stopped", slog.Any("error", err))
		if e.opts.Failed != nil {
			e.opts.Failed(err)
		}
	}
	e.stop(err)
}

func (e *Engine) loop() error {
	timer := time.NewTimer(e.opts.CheckpointEvery)
	defer timer.Stop()
	wake := newWakeTimer()
	defer wake.stop()
	flushing := false
	for {
		did, err := e.turn()
		if err != nil {
			return err
		}
		if did {
			e.pause()
		}
		wake.set(e.untilWake())
		// Under load there is always an epoch to run; the timer must not starve.
		var idle <-chan struct{}
		if did {
			idle = closedChannel
		}
		select {
		case <-timer.C:
			if flushing, err = e.checkpointSoon(flushing, timer); err != nil {
				return err
			}
			continue
		default:
		}
		select {
		case <-e.ctx.Done():
			return nil
		case <-idle:
		case <-e.log.Changed():
		case <-e.wake:
		case <-wake.c():
		case f := <-e.requests:
			f()
		case <-timer.C:
			if flushing, err = e.checkpointSoon(flushing, timer); err != nil {
				return err
			}
		}
	}
}

var closedChannel = func() <-chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}()

// checkpointSoon first makes the store write what is in memory, and at the next call
// writes the checkpoint. It sets the timer for the call to come.
func (e *Engine) checkpointSoon(flushing bool, timer *time.Timer) (bool, error) {
	if !flushing && e.dirty {
		timer.Reset(flushLead)
		return true, e.store.FlushAsync()
	}
	timer.Reset(e.opts.CheckpointEvery)
	return false, e.checkpoint()
}

// flushLead is how long before a checkpoint the store begins to write what is in
// memory, so that the checkpoint holds up the loop for less.
const flushLead = 300 * time.Millisecond

// turn runs one epoch if there is something to run it for.
func (e *Engine) turn() (did bool, err error) {
	if e.ctx.Err() != nil {
		return false, nil
	}
	if err := e.reconcile(); err != nil {
		return false, err
	}
	vector := e.log.Applied()
	if !e.isNews(vector) && e.wantEpoch.Load() <= e.last.Epoch && !e.isDue() {
		return false, e.log.Failure() // a log that has stopped brings nothing any more
	}
	if !e.gate.pass() {
		return false, nil
	}
	began := e.opts.Now()
	rec := epochRecord{Epoch: e.last.Epoch + 1, Clock: e.clock(), Vector: e.cut(vector)}
	recorded := e.record(rec)
	snap, err := e.step(rec)
	if err != nil {
		return false, err
	}
	// Sinks write after the record: without it, another epoch could come to stand
	// under the same sequence.
	err = <-recorded
	if err == nil {
		err = e.appendSinks(snap)
	}
	if err == nil {
		err = e.checkpointNew(rec)
	}
	if err != nil {
		snap.Release()
		return false, err
	}
	e.finish(rec, snap)
	e.noteEpoch(rec, e.opts.Now().Sub(began))
	e.deliver(rec)
	return true, e.changeModes()
}

// isNews reports whether anything but our own epoch record was applied.
func (e *Engine) isNews(vector []log.Index) bool {
	for g, i := range vector {
		seen := e.last.Vector[g]
		if log.GroupID(g) == e.lastRecord.Group && e.lastRecord.Index == seen+1 {
			seen++
		}
		if i > seen {
			return true
		}
	}
	return false
}

// clock is the epoch's time; it never goes back, whatever the wall clock does.
func (e *Engine) clock() int64 { return max(e.last.Clock, e.wallClock()) }

// wallClock is the time in microseconds since 2000-01-01 UTC.
func (e *Engine) wallClock() int64 { return e.opts.Now().UnixMicro() + microsTo2000 }

// record appends the epoch record; the epoch runs meanwhile and is published when
// both are done.
func (e *Engine) record(rec epochRecord) <-chan error {
	done := make(chan error, 1)
	e.log.AppendAsync([]log.Batch{{
		Partition: systemPartition, Count: 1,
		MinTime: rec.Clock + microsTo1970, MaxTime: rec.Clock + microsTo1970,
		ProducerID: -1, ProducerEpoch: -1, Sequence: -1, Payload: rec.encode(),
	}}, func(a log.Ack, err error) {
		if err == nil {
			e.lastRecord, e.nextRecord = a.Positions[0], a.Base[0]+1
		}
		done <- err
	})
	return done
}

// finish makes the epoch visible to readers and subscribers.
func (e *Engine) finish(rec epochRecord, snap *Snapshot) {
	e.last = rec
	e.dirty = true
	e.publish(snap)
	e.metrics.epochs.Add(1)
}

// step executes an epoch: it reads the new records, runs every live flow and
// commits their rows in one batch. It does not publish.
func (e *Engine) step(rec epochRecord) (*Snapshot, error) {
	wb := e.store.NewBatch()
	defer wb.Close()
	x := &epochRun{
		engine: e, rec: rec, batch: wb,
		deltas: map[catalog.ObjectID][]*col.Batch{}, records: map[catalog.ObjectID][]*col.Batch{},
	}
	if err := x.readSources(); err != nil {
		return nil, err
	}
	if err := x.runFlows(); err != nil {
		return nil, err
	}
	e.relieve()
	if err := wb.Commit(); err != nil {
		return nil, err
	}
	return newSnapshot(rec, e.store.Snapshot()), nil
}
