package log

import (
	"context"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
)

// TestAppliedIsConsistent moves an amount between partitions of different groups
// in single appends while readers sum up consistent cuts: a half append would
// show as a sum that is not zero (L5).
func TestAppliedIsConsistent(t *testing.T) {
	o := testOptions(newMem(), 4)
	o.TailBytes = 1 << 20
	l := mustOpen(t, o)
	var writers, readers sync.WaitGroup
	for w := range 3 {
		writers.Add(1)
		go func() {
			defer writers.Done()
			r := rand.New(rand.NewPCG(uint64(w), 3))
			for range 150 {
				from, to := int32(r.IntN(4)), int32(r.IntN(4))
				amount := uint64(1 + r.IntN(100))
				batches := []Batch{newBatch(pid(1, from), amount, 1, 8), newBatch(pid(1, to), -amount, 1, 8)}
				if _, err := l.Append(context.Background(), batches); err != nil {
					t.Error(err)
				}
			}
		}()
	}
	stop := make(chan struct{})
	for range 2 {
		readers.Add(1)
		go func() {
			defer readers.Done()
			var open [4]*Reader
			for p := range open {
				open[p] = l.Reader(pid(1, int32(p)), 0)
			}
			sum, cuts := uint64(0), 0
			for last := false; ; cuts++ {
				applied := l.Applied()
				for p, r := range open {
					for {
						b, ok, err := r.Next(applied[p])
						if err != nil {
							t.Error(err)
							return
						}
						if !ok {
							break
						}
						sum += batchID(&b)
					}
				}
				if sum != 0 {
					t.Errorf("cut %d at %v: sum is %d", cuts, applied, int64(sum))
					return
				}
				if last {
					return
				}
				select {
				case <-stop:
					last = true
				case <-l.Changed():
				case <-time.After(time.Millisecond):
				}
			}
		}()
	}
	writers.Wait()
	close(stop)
	readers.Wait()
	mustClose(t, l)
}

// TestBubble opens, uses, crashes and closes a log in a bubble: no goroutine may
// remain, no real socket or clock may be in use, and an idle log does nothing but
// keep raft's timers.
func TestBubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		fs := newMem()
		l := mustOpen(t, testOptions(fs, 4))
		began := time.Now()
		mustAppend(t, l, newBatch(pid(1, 0), 1, 1, 8), newBatch(pid(1, 3), 2, 1, 8))
		if took := time.Since(began); took != 0 {
			t.Errorf("an append waited %v for a timer", took)
		}
		time.Sleep(time.Hour)
		synctest.Wait()
		crashed := fs.CrashClone(vfs.CrashCloneCfg{})
		mustClose(t, l)
		began = time.Now()
		l = mustOpen(t, testOptions(crashed, 0))
		if took := time.Since(began); took != 0 {
			t.Errorf("open waited %v for a timer", took)
		}
		if got := mustRead(t, l, pid(1, 3)); len(got) != 1 {
			t.Errorf("read %d batches", len(got))
		}
		mustClose(t, l)
	})
}

// TestBubbleFailure stops a log by a failed write in a bubble.
func TestBubbleFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, match := range []string{"journal", "parts"} {
			l, disk := openFailing(t, match)
			disk.on.Store(true)
			for range 3 {
				batches := []Batch{newBatch(pid(1, 0), 1, 1, 8), newBatch(pid(1, 1), 1, 1, 8)}
				if _, err := l.Append(context.Background(), batches); err == nil {
					t.Error("append acknowledged")
				}
			}
			synctest.Wait()
			if l.Failure() == nil {
				t.Error("no failure")
			}
			_ = l.Close()
		}
	})
}
