package pgwire

import (
	"context"
	"sync"
)

// interrupt holds the context that statements of one connection run in, and lets
// other goroutines cancel the statement that runs now.
//
// One context serves statement after statement until it is cancelled, so that a
// statement costs no allocation here; a cancel between statements does nothing.
type interrupt struct {
	killed chan struct{} // closed by kill
	// base lives as long as the connection; it is kept to make the contexts of
	// statements to come.
	base    context.Context
	endBase context.CancelFunc
	mu      struct {
		sync.Mutex
		stmt   context.Context
		cancel context.CancelCauseFunc
		busy   bool
		cause  error // of kill
	}
}

func newInterrupt(base context.Context) *interrupt {
	q := &interrupt{killed: make(chan struct{})}
	q.base, q.endBase = context.WithCancel(base)
	return q
}

// begin returns the context for the messages up to the next end.
func (q *interrupt) begin() context.Context {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.mu.stmt == nil {
		q.mu.stmt, q.mu.cancel = context.WithCancelCause(q.base)
		if q.mu.cause != nil {
			q.mu.cancel(q.mu.cause)
		}
	}
	q.mu.busy = true
	return q.mu.stmt
}

// end says that a cancel from now on is too late.
func (q *interrupt) end() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.mu.busy = false
	if q.mu.stmt != nil && q.mu.stmt.Err() != nil {
		q.mu.stmt, q.mu.cancel = nil, nil
	}
}

// cancel cancels the running statement, if one runs.
func (q *interrupt) cancel(cause error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.mu.busy && q.mu.cancel != nil {
		q.mu.cancel(cause)
	}
}

// kill cancels the running statement and all that would follow. The first cause stays.
func (q *interrupt) kill(cause error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.mu.cause != nil {
		return
	}
	q.mu.cause = cause
	if q.mu.cancel != nil {
		q.mu.cancel(cause)
	}
	close(q.killed)
}

// cause returns why the connection was killed, or nil.
func (q *interrupt) cause() error {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.mu.cause
}

// release ends all contexts at the end of the connection.
func (q *interrupt) release() {
	q.endBase()
	q.cancelNow()
}

func (q *interrupt) cancelNow() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.mu.cancel != nil {
		q.mu.cancel(context.Canceled)
	}
}
