package log

import (
	"context"
	"errors"
	"math/rand/v2"
	"reflect"
	"testing"
	"testing/synctest"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
)

// TestReaderMax reads a partition up to journal indexes that rise in steps, from
// the tail and from files: every batch comes once, none comes too early.
func TestReaderMax(t *testing.T) {
	for _, tail := range []int64{1, 4 << 10, 1 << 20} {
		o := testOptions(newMem(), 1)
		o.TailBytes = tail
		l := mustOpen(t, o)
		p := pid(2, 0)
		r := rand.New(rand.NewPCG(1, uint64(tail)))
		reader := l.Reader(p, 0)
		var want []Index
		var got []Index
		for i := range 200 {
			ack := mustAppend(t, l, newBatch(p, uint64(i), 1+i%3, 1+r.IntN(900)))
			want = append(want, ack.Positions[0].Index)
			if r.IntN(3) > 0 {
				continue
			}
			limit := want[r.IntN(len(want))]
			for {
				b, ok, err := reader.Next(limit)
				if err != nil {
					t.Fatal(err)
				}
				if !ok {
					break
				}
				if b.Index > limit || batchID(&b) != uint64(len(got)) {
					t.Fatalf("tail=%d: batch %d with index %d at limit %d", tail, batchID(&b), b.Index, limit)
				}
				got = append(got, b.Index)
			}
		}
		for {
			b, ok, err := reader.Next(1 << 60)
			if err != nil {
				t.Fatal(err)
			}
			if !ok {
				break
			}
			got = append(got, b.Index)
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("tail=%d: read %d batches, expected %d", tail, len(got), len(want))
		}
		if _, end := l.Ends(p); reader.Offset() != end {
			t.Fatalf("reader at %d, end %d", reader.Offset(), end)
		}
		mustClose(t, l)
	}
}

func TestReaderStartsInsideBatch(t *testing.T) {
	fs := newMem()
	l := mustOpen(t, testOptions(fs, 1))
	p := pid(2, 0)
	mustAppend(t, l, newBatch(p, 0, 10, 8), newBatch(p, 1, 5, 8))
	for range 2 { // from the tail, then from the file
		for _, tt := range []struct{ from, base Offset }{{0, 0}, {9, 0}, {10, 10}, {14, 10}} {
			b, ok, err := l.Reader(p, tt.from).Next(1 << 60)
			if !ok || err != nil || b.Base != tt.base {
				t.Fatalf("from %d: base %d, %v, %v", tt.from, b.Base, ok, err)
			}
		}
		if _, ok, err := l.Reader(p, 15).Next(1 << 60); ok || err != nil {
			t.Fatalf("behind the end: %v, %v", ok, err)
		}
		mustClose(t, l)
		l = mustOpen(t, testOptions(fs, 1))
	}
	if _, _, err := l.Reader(p, -1).Next(1 << 60); !errors.Is(err, ErrOutOfRange) {
		t.Fatalf("below 0: %v", err)
	}
	if _, ok, err := l.Reader(pid(99, 0), 0).Next(1 << 60); ok || err != nil {
		t.Fatalf("no partition: %v, %v", ok, err)
	}
	mustClose(t, l)
}

// TestSeek compares SeekTime and SeekIndex with a search through all batches;
// event times are not in order.
func TestSeek(t *testing.T) {
	l := mustOpen(t, testOptions(newMem(), 1))
	defer mustClose(t, l)
	p := pid(2, 0)
	r := rand.New(rand.NewPCG(4, 4))
	for i := range 120 {
		b := newBatch(p, uint64(i), 1+r.IntN(3), r.IntN(2000))
		b.MinTime = int64(r.IntN(1000)) + int64(i)*5
		b.MaxTime = b.MinTime + int64(r.IntN(100))
		mustAppend(t, l, b)
	}
	all := mustRead(t, l, p)
	_, end := l.Ends(p)
	first := func(keep func(*Batch) bool) Offset {
		for i := range all {
			if keep(&all[i]) {
				return all[i].Base
			}
		}
		return end
	}
	for us := int64(-10); us < 1800; us += 7 {
		want := first(func(b *Batch) bool { return b.MaxTime >= us })
		if got := l.SeekTime(p, us); got != want {
			t.Fatalf("time %d: offset %d, expected %d", us, got, want)
		}
	}
	for i := Index(0); i < all[len(all)-1].Index+3; i++ {
		want := first(func(b *Batch) bool { return b.Index > i })
		if got := l.SeekIndex(p, i); got != want {
			t.Fatalf("index %d: offset %d, expected %d", i, got, want)
		}
	}
}

// TestAppendAsyncOrder checks that acknowledgements come in the order of the calls.
func TestAppendAsyncOrder(t *testing.T) {
	l := mustOpen(t, testOptions(newMem(), 1))
	var bases []Offset
	for i := range 500 {
		l.AppendAsync([]Batch{newBatch(pid(1, 0), uint64(i), 1, 8)}, func(a Ack, err error) {
			if err != nil {
				t.Error(err)
				return
			}
			bases = append(bases, a.Base[0])
		})
	}
	mustClose(t, l) // waits for what is under way
	for i, b := range bases {
		if b != Offset(i) {
			t.Fatalf("acknowledgement %d is of offset %d", i, b)
		}
	}
	if len(bases) != 500 {
		t.Fatalf("%d acknowledgements", len(bases))
	}
}

// TestLargeAppend is more than one entry holds: it is staged in parts and still atomic.
func TestLargeAppend(t *testing.T) {
	o := testOptions(vfs.Default, 1)
	o.Dir, o.JournalFileBytes, o.SegmentBytes = t.TempDir(), 8<<20, 8<<20
	l := mustOpen(t, o)
	var batches []Batch
	for i := range 10 {
		batches = append(batches, newBatch(pid(1, int32(i%2)), uint64(i), 1, 3<<20))
	}
	ack := mustAppend(t, l, batches...)
	for i, base := range ack.Base {
		if base != Offset(i/2) {
			t.Fatalf("bases %v", ack.Base)
		}
	}
	mustClose(t, l)
	l = mustOpen(t, o)
	defer mustClose(t, l)
	if got := mustRead(t, l, pid(1, 1)); len(got) != 5 || got[4].Index != got[0].Index {
		t.Fatalf("read %d batches", len(got))
	}
}

func TestAppendRefuses(t *testing.T) {
	l := mustOpen(t, testOptions(newMem(), 1))
	good := newBatch(pid(1, 0), 1, 1, 8)
	for name, tt := range map[string]struct {
		change func(*Batch)
		want   error
	}{
		"no records":         {func(b *Batch) { b.Count = 0 }, ErrArgument},
		"negative partition": {func(b *Batch) { b.Partition.Index = -1 }, ErrArgument},
		"negative sequence":  {func(b *Batch) { b.Sequence = -2 }, ErrArgument},
		"times":              {func(b *Batch) { b.MinTime = b.MaxTime + 1 }, ErrArgument},
		"size":               {func(b *Batch) { b.Payload = make([]byte, MaxBatchBytes+1) }, ErrTooLarge},
	} {
		b := good
		tt.change(&b)
		if _, err := l.Append(context.Background(), []Batch{good, b}); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := l.Append(context.Background(), nil); err != nil {
		t.Errorf("empty append: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := l.Append(ctx, []Batch{good}); err != nil && !errors.Is(err, ErrUncertain) {
		t.Errorf("cancelled append: %v", err)
	}
	if _, _, err := l.Propose(context.Background(), []byte("x")); !errors.Is(err, ErrArgument) {
		t.Errorf("metadata without a machine: %v", err)
	}
	mustClose(t, l)
	if _, err := l.Append(context.Background(), []Batch{good}); !errors.Is(err, ErrClosed) {
		t.Errorf("append after close: %v", err)
	}
	if err := l.Close(); !errors.Is(err, ErrClosed) {
		t.Errorf("second close: %v", err)
	}
}

// TestSnapshotByBytes writes many times SnapshotBytes: the journal stays bounded
// and a crash replays little.
func TestSnapshotByBytes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		fs := newMem()
		o := testOptions(fs, 2)
		o.SnapshotBytes, o.JournalFileBytes = 128<<10, 64<<10
		snapshots := 0
		o.Events.Snapshot = func(g GroupID, _ time.Duration, err error) {
			if err != nil {
				t.Errorf("snapshot of group %d: %v", g, err)
			}
			snapshots++
		}
		l := mustOpen(t, o)
		for i := range 600 {
			mustAppend(t, l, newBatch(pid(1, int32(i%2)), uint64(i), 1, 4000))
			synctest.Wait() // background work has settled
		}
		if n := l.Stats().JournalFiles; n > 4 || snapshots < 30 {
			t.Errorf("%d journal files, %d snapshots", n, snapshots)
		}
		crashed := fs.CrashClone(vfs.CrashCloneCfg{})
		mustClose(t, l)
		l = mustOpen(t, testOptions(crashed, 2))
		if n := l.Stats().JournalBytes; n > 256<<10 {
			t.Errorf("%d bytes of journal were scanned", n)
		}
		for i := range int32(2) {
			if got := mustRead(t, l, pid(1, i)); len(got) != 300 {
				t.Errorf("partition %d: %d batches", i, len(got))
			}
		}
		mustClose(t, l)
	})
}

func TestGroupOf(t *testing.T) {
	l := mustOpen(t, testOptions(newMem(), 4))
	defer mustClose(t, l)
	for i := range int32(9) {
		if a, b := l.GroupOf(pid(1, i)), l.GroupOf(pid(77, i)); a != b || a != GroupID(i%4) {
			t.Errorf("partition %d lies in groups %d and %d", i, a, b)
		}
		if l.GroupOf(pid(0, i)) != 0 {
			t.Error("the system stream is not in group 0")
		}
	}
	if _, err := Open(context.Background(), func() Options {
		o := testOptions(newMem(), 65)
		return o
	}()); err == nil {
		t.Error("65 groups accepted")
	}
}
