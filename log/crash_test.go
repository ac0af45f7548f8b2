package log

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"
)

// ledger is what the test knows about the appends it made.
type ledger struct {
	sync.Mutex
	next    uint64
	appends map[uint64]*attempt
}

// attempt is one append: batch k has the payload id number*16+k.
type attempt struct {
	parts []PartitionID
	acked bool
	base  []Offset // of acked
}

func newLedger() *ledger { return &ledger{appends: map[uint64]*attempt{}} }

// begin makes the batches of a random append.
func (m *ledger) begin(r *rand.Rand) (uint64, []Batch) {
	m.Lock()
	defer m.Unlock()
	m.next++
	number := m.next
	a := &attempt{}
	var batches []Batch
	for k := range 1 + r.IntN(4) {
		p := pid(StreamID(1+r.IntN(2)), int32(r.IntN(4)))
		size := 8 + r.IntN(300)
		if r.IntN(10) == 0 {
			size = 33 << 10
		}
		a.parts = append(a.parts, p)
		batches = append(batches, newBatch(p, number*16+uint64(k), 1+r.IntN(3), size))
	}
	m.appends[number] = a
	return number, batches
}

func (m *ledger) ack(number uint64, ack Ack) {
	m.Lock()
	defer m.Unlock()
	m.appends[number].acked, m.appends[number].base = true, ack.Base
}

// acked is the set of appends acknowledged by now.
func (m *ledger) acked() map[uint64]bool {
	m.Lock()
	defer m.Unlock()
	set := map[uint64]bool{}
	for n, a := range m.appends {
		if a.acked {
			set[n] = true
		}
	}
	return set
}

// check compares the log with the ledger. Every append of must is there, every
// append is there entirely or not at all, once, at the offsets acknowledged. It
// returns the appends that are there.
func (m *ledger) check(l *Log, must map[uint64]bool) (map[uint64]bool, error) {
	m.Lock()
	defer m.Unlock()
	found := map[uint64]map[uint64]Offset{} // append -> batch -> base
	for s := StreamID(1); s <= 2; s++ {
		for i := range int32(4) {
			list, err := readAll(l, pid(s, i))
			if err != nil {
				return nil, err
			}
			for k := range list {
				id := batchID(&list[k])
				n := id / 16
				if found[n] == nil {
					found[n] = map[uint64]Offset{}
				}
				if _, twice := found[n][id%16]; twice {
					return nil, fmt.Errorf("append %d batch %d is there twice", n, id%16)
				}
				found[n][id%16] = list[k].Base
				a := m.appends[n]
				if a == nil || a.parts[id%16] != pid(s, i) {
					return nil, fmt.Errorf("append %d batch %d in wrong partition %d/%d", n, id%16, s, i)
				}
			}
		}
	}
	there := map[uint64]bool{}
	for n, got := range found {
		there[n] = true
		a := m.appends[n]
		if len(got) != len(a.parts) {
			return nil, fmt.Errorf("append %d is there in part: %d of %d", n, len(got), len(a.parts))
		}
		if !must[n] {
			// It may have been acknowledged after the crash, at other offsets.
			a.base = make([]Offset, len(a.parts))
			for k := range a.base {
				a.base[k] = got[uint64(k)]
			}
		} else {
			for k, base := range a.base {
				if got[uint64(k)] != base {
					return nil, fmt.Errorf("append %d batch %d moved from %d to %d", n, k, base, got[uint64(k)])
				}
			}
		}
	}
	for n := range must {
		if !there[n] {
			return nil, fmt.Errorf("acknowledged append %d is lost", n)
		}
	}
	return there, nil
}

// crasher takes a crash clone of a disk before its n-th operation.
type crasher struct {
	mem    *vfs.MemFS
	left   atomic.Int64
	once   sync.Once
	cfg    vfs.CrashCloneCfg
	ledger *ledger
	clone  *vfs.MemFS
	must   map[uint64]bool
	hit    atomic.Bool
}

func (c *crasher) MaybeError(errorfs.Op) error {
	if c.left.Add(-1) == 0 {
		c.crash()
	}
	return nil
}

func (c *crasher) String() string { return "crasher" }

func (c *crasher) crash() {
	c.once.Do(func() {
		c.must = c.ledger.acked()
		c.clone = c.mem.CrashClone(c.cfg)
		c.hit.Store(true)
	})
}

// TestCrash crashes a log under load before a random file operation, loses none,
// some or all of what was not synced, and reopens it, several times in a row.
func TestCrash(t *testing.T) {
	seeds := 24
	if s := os.Getenv("MILLRACE_CRASH_SEEDS"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		seeds = n
	}
	for seed := range seeds {
		for _, groups := range []int{1, 4} {
			name := fmt.Sprintf("groups=%d/seed=%d", groups, seed)
			t.Run(name, func(t *testing.T) { crashChain(t, uint64(seed), groups) })
		}
	}
}

func crashChain(t *testing.T, seed uint64, groups int) {
	r := rand.New(rand.NewPCG(seed, uint64(groups)))
	mem := newMem()
	m := newLedger()
	for life := range 4 {
		c := &crasher{mem: mem, ledger: m}
		c.cfg = vfs.CrashCloneCfg{UnsyncedDataPercent: []int{0, 50, 100}[r.IntN(3)], RNG: r}
		c.left.Store(int64(1 + r.IntN(900)))
		runUntilCrash(t, c, groups, r.Uint64())
		mem = c.clone
		there := reopen(t, mem, groups, m, c.must, life)
		// What has come back stays.
		m.Lock()
		for n, a := range m.appends {
			switch {
			case !there[n]:
				delete(m.appends, n)
			case !a.acked:
				a.acked = true
			}
		}
		m.Unlock()
	}
}

// runUntilCrash opens the log and appends from several goroutines until the crash.
func runUntilCrash(t *testing.T, c *crasher, groups int, seed uint64) {
	t.Helper()
	l, err := Open(context.Background(), testOptions(errorfs.Wrap(c.mem, c), groups))
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	var wg sync.WaitGroup
	for w := range 3 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			r := rand.New(rand.NewPCG(seed, uint64(w)))
			for range 60 {
				if c.hit.Load() {
					return
				}
				if w == 0 && r.IntN(12) == 0 {
					if err := l.Snapshot(context.Background()); err != nil {
						t.Errorf("snapshot: %v", err)
					}
				}
				number, batches := c.ledger.begin(r)
				ack, err := l.Append(context.Background(), batches)
				if err != nil {
					t.Errorf("append: %v", err)
					return
				}
				c.ledger.ack(number, ack)
			}
		}()
	}
	wg.Wait()
	if err := l.Close(); err != nil {
		t.Fatalf("close: %v", err)
	}
	c.crash()
}

// reopen opens the log after a crash and checks it before and after a clean restart.
func reopen(t *testing.T, mem *vfs.MemFS, groups int, m *ledger, must map[uint64]bool, life int) map[uint64]bool {
	t.Helper()
	l, err := Open(context.Background(), testOptions(mem, groups))
	if err != nil {
		var c *CorruptError
		t.Fatalf("life %d: open after crash (corrupt=%v): %v", life, errors.As(err, &c), err)
	}
	there, err := m.check(l, must)
	if err != nil {
		t.Fatalf("life %d: %v", life, err)
	}
	if err := l.Verify(context.Background()); err != nil {
		t.Fatalf("life %d: verify: %v", life, err)
	}
	for _, g := range l.groups {
		if len(g.staged) > 0 {
			t.Fatalf("life %d: group %d has transactions nobody will decide: %v", life, g.id, g.stagedIDs())
		}
	}
	mustClose(t, l)
	l = mustOpen(t, testOptions(mem, groups))
	if _, err := m.check(l, there); err != nil {
		t.Fatalf("life %d: after a clean restart: %v", life, err)
	}
	mustClose(t, l)
	return there
}
