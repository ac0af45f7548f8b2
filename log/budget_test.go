package log

import (
	"sync"
	"testing"
	"testing/synctest"
)

func TestBudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBudget(10)
		if held, ok := b.acquire(nil, 100); !ok || held != 10 {
			t.Fatalf("a request above the total gets %d, %v", held, ok)
		}
		var mu sync.Mutex
		var order []int
		stop := make(chan struct{})
		ask := func(n int64, name int, stop <-chan struct{}) {
			go func() {
				_, ok := b.acquire(stop, n)
				mu.Lock()
				defer mu.Unlock()
				if ok {
					order = append(order, name)
				} else {
					order = append(order, -name)
				}
			}()
			synctest.Wait()
		}
		ask(8, 1, nil)
		ask(9, 2, stop)
		ask(1, 3, nil)
		if len(order) != 0 {
			t.Fatalf("served %v from nothing", order)
		}
		b.release(8)
		synctest.Wait()
		if len(order) != 1 || order[0] != 1 {
			t.Fatalf("served %v", order) // 3 would fit, but 2 came before
		}
		b.release(1)
		close(stop)
		synctest.Wait()
		if len(order) != 3 || order[1]+order[2] != 1 {
			t.Fatalf("served %v", order) // 2 has given up, 3 moves up
		}
		b.release(1 + 8 + 1)
		if b.mu.free != 10 {
			t.Fatalf("%d bytes are free at the end", b.mu.free)
		}
	})
}
