package log

import (
	"container/list"
	"sync"
)

// budget bounds the bytes under way; who asks for more than is free waits, first
// come, first served.
type budget struct {
	total int64
	mu    struct {
		sync.Mutex
		free    int64
		waiters *list.List // of *waiter
	}
}

type waiter struct {
	bytes int64
	ready chan struct{}
}

func newBudget(total int64) *budget {
	b := &budget{total: total}
	b.mu.free = total
	b.mu.waiters = list.New()
	return b
}

// acquire takes n bytes, or all of them if n is more than there are. ok is false if
// stop was closed while it waited; a nil stop waits for as long as it takes.
func (b *budget) acquire(stop <-chan struct{}, n int64) (held int64, ok bool) {
	n = min(n, b.total)
	b.mu.Lock()
	if b.mu.waiters.Len() == 0 && b.mu.free >= n {
		b.mu.free -= n
		b.mu.Unlock()
		return n, true
	}
	w := &waiter{bytes: n, ready: make(chan struct{})}
	e := b.mu.waiters.PushBack(w)
	b.mu.Unlock()
	select {
	case <-w.ready:
		return n, true
	case <-stop:
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	select {
	case <-w.ready:
		b.mu.free += n
	default:
		b.mu.waiters.Remove(e)
	}
	b.grantLocked()
	return 0, false
}

// release gives n bytes back.
func (b *budget) release(n int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.mu.free += n
	b.grantLocked()
}

func (b *budget) grantLocked() {
	for e := b.mu.waiters.Front(); e != nil; e = b.mu.waiters.Front() {
		w := e.Value.(*waiter)
		if w.bytes > b.mu.free {
			return
		}
		b.mu.free -= w.bytes
		b.mu.waiters.Remove(e)
		close(w.ready)
	}
}
