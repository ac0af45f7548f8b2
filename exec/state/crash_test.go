package state

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
)

// crashRun writes epochs with checkpoints on a disk that crashes at one operation.
type crashRun struct {
	disk *vfs.MemFS
	cfg  vfs.CrashCloneCfg

	mu      sync.Mutex
	at      int // the operation to crash at, -1 for none
	ops     int
	durable uint64 // epoch of the last checkpoint that was acknowledged
	clone   *vfs.MemFS
	floor   uint64 // durable when the crash happened
}

func (c *crashRun) op(string, ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ops == c.at && c.clone == nil {
		c.clone, c.floor = c.disk.CrashClone(c.cfg), c.durable
	}
	c.ops++
}

const crashKeys = 40

// run opens the store, checks that it is at an epoch, and writes more of them.
func (c *crashRun) run(t *testing.T, fs vfs.FS, epochs int) {
	t.Helper()
	s := openOn(t, fs)
	first := s.Epoch()
	checkEpoch(t, s)
	for e := first + 1; e <= first+uint64(epochs); e++ {
		b := s.NewBatch()
		for k := range crashKeys {
			b.PutRow(1, fmt.Appendf(nil, "%03d", k), fmt.Appendf(nil, "%d", e))
			b.AddRow(2, fmt.Appendf(nil, "%03d", k), nil, 1)
		}
		must(t, b.Commit())
		w := s.NewSaver()
		w.Op(1, 1)
		w.Put(1, []byte("epoch"), fmt.Appendf(nil, "%d", e))
		must(t, w.Close())
		if e%2 == 0 {
			must(t, s.Checkpoint(e, fmt.Appendf(nil, "meta %d", e)))
			c.mu.Lock()
			c.durable = e
			c.mu.Unlock()
		}
	}
	must(t, s.Close())
}

// checkEpoch checks that everything in the store is of the store's epoch.
func checkEpoch(t *testing.T, s *Store) {
	t.Helper()
	var rows, weights []string
	meta, saved := "", ""
	if e := s.Epoch(); e > 0 {
		meta, saved = fmt.Sprintf("meta %d", e), fmt.Sprint(e)
		for k := range crashKeys {
			rows = append(rows, fmt.Sprintf("%03d=%d*1", k, e))
			weights = append(weights, fmt.Sprintf("%03d=*%d", k, e))
		}
	}
	expect(t, rowsOf(t, s, Rows{ID: 1}, "", ""), rows...)
	expect(t, rowsOf(t, s, Rows{ID: 2, Weighted: true}, "", ""), weights...)
	snap := s.Snapshot()
	defer snap.Close()
	got, err := NewLoader(snap, 1, 1).Get(1, []byte("epoch"))
	must(t, err)
	if string(s.Meta()) != meta || string(got) != saved {
		t.Fatalf("epoch %d has meta %q and state of epoch %q", s.Epoch(), s.Meta(), got)
	}
}

// TestCrashAtAnyOperation crashes the disk, with a random part of what was not
// synced, at operations of opening, checkpointing and closing. What is opened then is
// one whole checkpoint, and not older than the last one acknowledged.
func TestCrashAtAnyOperation(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewPCG(seed, 5))
	whole := &crashRun{disk: vfs.NewCrashableMem(), at: -1}
	fs := vfs.WithLogging(whole.disk, whole.op)
	whole.run(t, fs, 4)
	whole.run(t, fs, 3)
	points := rnd.Perm(whole.ops)
	if testing.Short() || len(points) > 60 {
		points = points[:min(len(points), 60)]
	}
	slices.Sort(points)
	for _, at := range points {
		percent := []int{0, 50, 100}[rnd.IntN(3)]
		c := &crashRun{disk: vfs.NewCrashableMem(), at: at}
		c.cfg = vfs.CrashCloneCfg{UnsyncedDataPercent: percent, RNG: rnd}
		fs := vfs.WithLogging(c.disk, c.op)
		c.run(t, fs, 4)
		c.run(t, fs, 3)
		if c.clone == nil {
			continue // a run may take a few operations less
		}
		t.Run(fmt.Sprintf("op=%d,unsynced=%d%%", at, percent), func(t *testing.T) {
			s := openOn(t, c.clone)
			checkEpoch(t, s)
			if s.Epoch() < c.floor {
				t.Fatalf("opened epoch %d, but epoch %d was acknowledged", s.Epoch(), c.floor)
			}
			must(t, s.Close())
			// And it goes on from there, once more with a crash behind.
			(&crashRun{disk: c.clone, at: -1}).run(t, c.clone, 2)
		})
	}
}
