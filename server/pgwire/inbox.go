package pgwire

import "sync"

// frameCost is what a queued frame counts beside its body.
const frameCost = 64

// inbox is the queue from the goroutine that reads a connection to the one that
// executes. It is bounded by bytes, so reading stops when the client runs far ahead.
type inbox struct {
	ready chan struct{} // has an element when the queue may be non-empty or closed
	space chan struct{} // has an element when there may be room again
	done  chan struct{} // closed when nobody takes frames any more
	mu    struct {
		sync.Mutex
		frames []frame
		head   int
		bytes  int
		err    error
	}
}

func newInbox() *inbox {
	return &inbox{ready: make(chan struct{}, 1), space: make(chan struct{}, 1), done: make(chan struct{})}
}

// push appends a frame, waiting for room. It reports whether anybody still listens.
func (q *inbox) push(f frame) bool {
	for !q.tryPush(f) {
		select {
		case <-q.space:
		case <-q.done:
			return false
		}
	}
	signal(q.ready)
	return true
}

func (q *inbox) tryPush(f frame) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.mu.bytes > 0 && q.mu.bytes+len(f.body)+frameCost > inboxBytesMax {
		return false
	}
	if q.mu.head > 0 && len(q.mu.frames) == cap(q.mu.frames) {
		n := copy(q.mu.frames, q.mu.frames[q.mu.head:])
		clear(q.mu.frames[n:])
		q.mu.frames, q.mu.head = q.mu.frames[:n], 0
	}
	q.mu.frames = append(q.mu.frames, f)
	q.mu.bytes += len(f.body) + frameCost
	return true
}

// fail ends the queue: frames not yet taken are dropped and pop returns err.
func (q *inbox) fail(err error) {
	q.mu.Lock()
	if q.mu.err == nil {
		q.mu.err = err
	}
	q.mu.Unlock()
	signal(q.ready)
}

// pop takes the oldest frame; ok is false when there is none at the moment.
func (q *inbox) pop() (f frame, ok bool, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.mu.err != nil {
		return frame{}, false, q.mu.err
	}
	if q.mu.head == len(q.mu.frames) {
		return frame{}, false, nil
	}
	f = q.mu.frames[q.mu.head]
	q.mu.frames[q.mu.head] = frame{}
	q.mu.head++
	q.mu.bytes -= len(f.body) + frameCost
	if q.mu.head == len(q.mu.frames) {
		q.mu.frames, q.mu.head = q.mu.frames[:0], 0
	}
	signal(q.space)
	return f, true, nil
}

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
