package exec

import (
	"sync/atomic"
	"time"
)

// pace tells the loop whether anybody waits for the next epoch.
type pace struct {
	waiters atomic.Int32
	// hurry has an element when somebody began to wait.
	hurry chan struct{}
}

func newPace() *pace { return &pace{hurry: make(chan struct{}, 1)} }

// begin counts one who waits for an epoch; end must follow.
func (p *pace) begin() {
	p.waiters.Add(1)
	select {
	case p.hurry <- struct{}{}:
	default:
	}
}

func (p *pace) end() { p.waiters.Add(-1) }

// pause keeps epochs apart while it serves requests, so that under load each takes
// more rows: EpochMin if anybody waits for the next one, EpochIdle else.
func (e *Engine) pause() {
	if e.opts.EpochMin <= 0 {
		return
	}
	if !e.rest(e.opts.EpochMin, nil) || e.isAwaited() {
		return
	}
	if more := e.opts.EpochIdle - e.opts.EpochMin; more > 0 {
		e.rest(more, e.pace.hurry)
	}
}

// isAwaited reports whether a read, a push query or a stream made by a query waits
// for what the log has now.
func (e *Engine) isAwaited() bool {
	if e.pace.waiters.Load() > 0 {
		return true
	}
	for _, f := range e.flows.order {
		if f.sub != nil || f.sink != nil {
			return true
		}
	}
	return false
}

// rest serves requests for a time, until hurry has an element; false: the engine ends.
func (e *Engine) rest(d time.Duration, hurry <-chan struct{}) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	for {
		select {
		case <-timer.C:
			return true
		case <-hurry:
			if e.pace.waiters.Load() > 0 { // else the element is an old one
				return true
			}
		case <-e.ctx.Done():
			return false
		case f := <-e.requests:
			f()
		}
	}
}
