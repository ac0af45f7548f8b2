package log

import (
	"context"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
)

// benchLog is a log on the real disk with the default sizes. MILLRACE_BENCH_DIR
// chooses the disk; the default is the working directory's, since /tmp may be memory.
func benchLog(b *testing.B, groups int) *Log {
	b.Helper()
	dir, err := os.MkdirTemp(os.Getenv("MILLRACE_BENCH_DIR"), "bench")
	if err != nil {
		b.Fatal(err)
	}
	l := mustOpen(b, Options{FS: vfs.Default, Dir: dir, Groups: groups, Logger: quiet, ExpireInterval: -1})
	b.Cleanup(func() {
		mustClose(b, l)
		os.RemoveAll(dir)
	})
	return l
}

// BenchmarkAppend is single-row appends by 16 sessions: the cost of an INSERT below SQL.
func BenchmarkAppend(b *testing.B) {
	for _, groups := range []int{1, 4} {
		b.Run(fmt.Sprintf("groups=%d/sessions=16", groups), func(b *testing.B) {
			l := benchLog(b, groups)
			b.ReportAllocs()
			b.ResetTimer()
			var next atomic.Int64
			var wg sync.WaitGroup
			for w := range 16 {
				wg.Add(1)
				go func() {
					defer wg.Done()
					p := pid(1, int32(w%groups))
					for next.Add(1) <= int64(b.N) {
						batch := newBatch(p, 1, 1, 100)
						if _, err := l.Append(context.Background(), []Batch{batch}); err != nil {
							b.Error(err)
							return
						}
					}
				}()
			}
			wg.Wait()
			b.ReportMetric(float64(l.Stats().JournalSyncs)/float64(b.N), "syncs/op")
		})
	}
}

// BenchmarkAppendMulti is appends that touch two groups.
func BenchmarkAppendMulti(b *testing.B) {
	l := benchLog(b, 4)
	b.ResetTimer()
	var next atomic.Int64
	var wg sync.WaitGroup
	for w := range 16 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for next.Add(1) <= int64(b.N) {
				batches := []Batch{
					newBatch(pid(1, int32(w%4)), 1, 1, 100),
					newBatch(pid(1, int32((w+1)%4)), 1, 1, 100),
				}
				if _, err := l.Append(context.Background(), batches); err != nil {
					b.Error(err)
					return
				}
			}
		}()
	}
	wg.Wait()
}

// BenchmarkAppendAsync is what COPY does: large batches, several under way.
func BenchmarkAppendAsync(b *testing.B) {
	l := benchLog(b, 1)
	batch := newBatch(pid(1, 0), 1, 2500, 256<<10)
	b.SetBytes(256 << 10)
	b.ResetTimer()
	var wg sync.WaitGroup
	for range b.N {
		wg.Add(1)
		l.AppendAsync([]Batch{batch}, func(_ Ack, err error) {
			if err != nil {
				b.Error(err)
			}
			wg.Done()
		})
	}
	wg.Wait()
}

// BenchmarkRead reads a partition from its files.
func BenchmarkRead(b *testing.B) {
	for _, size := range []int{100, 256 << 10} {
		b.Run(fmt.Sprintf("bytes=%d", size), func(b *testing.B) {
			l := benchLog(b, 1)
			p := pid(1, 0)
			const total = 64 << 20
			n := min(total/size, 20000)
			for range n {
				l.AppendAsync([]Batch{newBatch(p, 1, 1, size)}, func(Ack, error) {})
			}
			mustAppend(b, l, newBatch(p, 1, 1, 8))
			b.SetBytes(int64(size))
			b.ResetTimer()
			r := l.Reader(p, 0)
			for range b.N {
				_, ok, err := r.Next(1 << 60)
				if err != nil {
					b.Fatal(err)
				}
				if !ok {
					r = l.Reader(p, 0)
				}
			}
		})
	}
}

// BenchmarkReopen opens a log that was killed with 200,000 small appends in the
// journal since its last snapshot.
func BenchmarkReopen(b *testing.B) {
	dir, err := os.MkdirTemp(os.Getenv("MILLRACE_BENCH_DIR"), "bench")
	if err != nil {
		b.Fatal(err)
	}
	defer os.RemoveAll(dir)
	const big = 1 << 40
	o := Options{
		FS: vfs.Default, Dir: dir, Logger: quiet, ExpireInterval: -1, NoFsync: true,
		SnapshotBytes: big, SnapshotEntries: big, JournalFileBytes: 64 << 20,
	}
	l := mustOpen(b, o)
	for i := range 200_000 {
		l.AppendAsync([]Batch{newBatch(pid(1, int32(i%8)), uint64(i), 1, 100)}, func(_ Ack, err error) {
			if err != nil {
				b.Error(err)
			}
		})
	}
	mustAppend(b, l, newBatch(pid(1, 0), 1, 1, 8))
	// Killed: nothing is closed, and the next life is given the lock.
	if err := l.lock.Close(); err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	for range b.N {
		again := mustOpen(b, o)
		if err := again.lock.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
