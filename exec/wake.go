package exec

import (
	"time"

	"millrace/exec/op"
)

// isDue reports whether an epoch has to be cut for the sake of time alone.
func (e *Engine) isDue() bool {
	at := e.wakeClock()
	return at != op.NoTime && at <= e.clock()
}

// untilWake is how long to wait for the next such epoch, negative for ever.
func (e *Engine) untilWake() time.Duration {
	at := e.wakeClock()
	if at == op.NoTime || e.gate.isShut() {
		return -1
	}
	return time.Duration(max(at-e.clock(), 0)) * time.Microsecond
}

// wakeTimer is a timer that is mostly not needed.
type wakeTimer struct {
	t  *time.Timer
	on bool
}

func newWakeTimer() *wakeTimer { return &wakeTimer{} }

// set makes c deliver after d; a negative d is never.
func (w *wakeTimer) set(d time.Duration) {
	w.on = d >= 0
	switch {
	case w.t == nil && w.on:
		w.t = time.NewTimer(d)
	case w.t != nil && w.on:
		w.t.Reset(d)
	case w.t != nil:
		w.t.Stop()
	}
}

func (w *wakeTimer) c() <-chan time.Time {
	if !w.on {
		return nil
	}
	return w.t.C
}

func (w *wakeTimer) stop() {
	if w.t != nil {
		w.t.Stop()
	}
}

// checkpointNew writes a checkpoint before the first epoch of a flow on which time acts
// is published. Filled again after a crash, such a flow could let in rows that were late
// for it before, or the other way round, and so change what had been shown.
func (e *Engine) checkpointNew(rec epochRecord) error {
	for _, f := range e.flows.order {
		if f.graph.timed && f.isLive() && f.from != nil {
			e.last, e.dirty = rec, true
			return e.checkpoint()
		}
	}
	return nil
}
