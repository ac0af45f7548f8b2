package state

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
)

func openOn(t *testing.T, fs vfs.FS) *Store {
	t.Helper()
	s, err := Open(Options{FS: fs, Dir: "data/state", CacheBytes: 1 << 20, MemtableBytes: 256 << 10})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func rowsOf(t *testing.T, s *Store, rows Rows, lo, hi string) []string {
	t.Helper()
	snap := s.Snapshot()
	defer snap.Close()
	var bounds [2][]byte
	for i, b := range []string{lo, hi} {
		if b != "" {
			bounds[i] = []byte(b)
		}
	}
	it := snap.Scan(rows, bounds[0], bounds[1])
	var out []string
	for it.Next() {
		out = append(out, fmt.Sprintf("%s=%s*%d", it.Key(), it.Row(), it.Weight()))
	}
	must(t, it.Close())
	return out
}

func expect(t *testing.T, got []string, want ...string) {
	t.Helper()
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Fatalf("got %q, expected %q", got, want)
	}
}

func TestRowsAndIndexes(t *testing.T) {
	s := openOn(t, vfs.NewMem())
	defer s.Close()
	b := s.NewBatch()
	b.PutRow(5, []byte("a"), []byte("A"))
	b.PutRow(5, []byte("b"), []byte("B"))
	b.PutRow(5, []byte("c"), []byte("C"))
	b.PutRow(6, []byte("a"), []byte("other"))
	b.PutIndex(9, []byte("k1"), []byte("b"))
	b.PutIndex(9, []byte("k1"), []byte("a"))
	b.PutIndex(9, []byte("k2"), []byte("c"))
	must(t, b.Commit())
	expect(t, rowsOf(t, s, Rows{ID: 5}, "", ""), "a=A*1", "b=B*1", "c=C*1")
	expect(t, rowsOf(t, s, Rows{ID: 5}, "b", ""), "b=B*1", "c=C*1")
	expect(t, rowsOf(t, s, Rows{ID: 5}, "", "b"), "a=A*1")

	snap := s.Snapshot()
	b = s.NewBatch()
	b.DeleteRow(5, []byte("a"))
	b.DeleteIndex(9, []byte("k1"), []byte("a"))
	must(t, b.Commit())
	if row, ok, err := snap.Get(Rows{ID: 5}, []byte("a")); err != nil || !ok || string(row) != "A" {
		t.Fatalf("the snapshot lost a row: %q %v %v", row, ok, err)
	}
	it := snap.ScanIndex(9, []byte("k1"), Successor([]byte("k1")))
	var got []string
	for it.Prev() {
		got = append(got, string(it.IndexKey())+">"+string(it.Key()))
	}
	must(t, it.Close())
	expect(t, got, "k1>b", "k1>a")
	snap.Retain()
	snap.Close()
	snap.Close()
	expect(t, rowsOf(t, s, Rows{ID: 5}, "", ""), "b=B*1", "c=C*1")

	b = s.NewBatch()
	b.DropRows(5)
	must(t, b.Commit())
	expect(t, rowsOf(t, s, Rows{ID: 5}, "", ""))
	expect(t, rowsOf(t, s, Rows{ID: 6}, "", ""), "a=other*1")
}

func TestWeightedRowsSumAndVanish(t *testing.T) {
	s := openOn(t, vfs.NewMem())
	defer s.Close()
	rows := Rows{ID: 1, Weighted: true}
	add := func(flush bool, ws ...int64) {
		for _, w := range ws {
			b := s.NewBatch()
			b.AddRow(1, []byte("x"), []byte("row"), w, IndexEntry{Index: 2, Key: []byte("i")})
			must(t, b.Commit())
			if flush {
				must(t, s.db.Flush())
			}
		}
	}
	add(true, 1, 2)
	expect(t, rowsOf(t, s, rows, "", ""), "x=row*3")
	add(true, -1, -2)
	expect(t, rowsOf(t, s, rows, "", ""))
	add(false, 5)
	expect(t, rowsOf(t, s, rows, "", ""), "x=row*5")
	must(t, s.db.Compact(t.Context(), []byte("a"), []byte("z"), false))
	expect(t, rowsOf(t, s, rows, "", ""), "x=row*5")
	snap := s.Snapshot()
	if row, w, err := snap.GetWeight(rows, []byte("x")); string(row) != "row" || w != 5 || err != nil {
		t.Fatalf("got %q, weight %d, %v", row, w, err)
	}
	snap.Close()
	add(true, -5)
	must(t, s.db.Compact(t.Context(), []byte("a"), []byte("z"), false))
	expect(t, rowsOf(t, s, rows, "", ""))
	snap = s.Snapshot()
	defer snap.Close()
	if it := snap.ScanIndex(2, nil, nil); it.Next() {
		t.Fatal("an index entry of a row that is gone shows")
	} else {
		must(t, it.Close())
	}
}

func TestOpenDiscardsWhatFollowsTheCheckpoint(t *testing.T) {
	fs := vfs.NewMem()
	s := openOn(t, fs)
	put := func(v string) {
		b := s.NewBatch()
		b.PutRow(1, []byte("k"), []byte(v))
		must(t, b.Commit())
	}
	put("one")
	must(t, s.Checkpoint(10, []byte("meta")))
	put("two")
	must(t, s.db.Flush())
	must(t, s.Close())

	s = openOn(t, fs)
	if s.Epoch() != 10 || string(s.Meta()) != "meta" {
		t.Fatalf("opened epoch %d, meta %q", s.Epoch(), s.Meta())
	}
	expect(t, rowsOf(t, s, Rows{ID: 1}, "", ""), "k=one*1")
	put("three")
	must(t, s.Checkpoint(11, nil))
	if err := s.Checkpoint(11, nil); err == nil {
		t.Fatal("a second checkpoint of one epoch is accepted")
	}
	if _, err := Open(Options{FS: fs, Dir: "data/state"}); err == nil {
		t.Fatal("a store that is open can be opened again")
	}
	must(t, s.Close())
	s = openOn(t, fs)
	defer s.Close()
	expect(t, rowsOf(t, s, Rows{ID: 1}, "", ""), "k=three*1")
	names, err := s.checkpoints()
	must(t, err)
	expect(t, names, checkpointName(11))
}

// TestMoreThanFitsInMemory writes and reads much more than memtable and cache hold, with
// a checkpoint in the middle, and operator state of several batches.
func TestMoreThanFitsInMemory(t *testing.T) {
	fs := vfs.NewMem()
	open := func() *Store {
		s, err := Open(Options{FS: fs, Dir: "s", CacheBytes: 64 << 10, MemtableBytes: 256 << 10})
		must(t, err)
		return s
	}
	s := open()
	const rows = 60_000
	pad := strings.Repeat("x", 100)
	keys := &Keys{}
	for from := 0; from < rows; from += 1000 {
		b := s.NewBatch()
		for k := from; k < from+1000; k++ {
			key := fmt.Appendf(nil, "%08d", (k*7919)%rows)
			b.PutRow(1, key, fmt.Appendf(nil, "%d %s", k, pad))
			keys.FindOrAdd(append(key, pad...))
		}
		must(t, b.Commit())
	}
	w := s.NewSaver()
	w.Op(3, 0)
	keys.Save(w, 1, nil)
	if w.Bytes() < saverBatchBytes {
		t.Fatalf("%d bytes of state are no test", w.Bytes())
	}
	must(t, w.Close())
	must(t, s.Checkpoint(1, nil))
	must(t, s.Close())
	s = open()
	defer s.Close()
	snap := s.Snapshot()
	defer snap.Close()
	loaded := &Keys{}
	must(t, loaded.Load(NewLoader(snap, 3, 0), 1, nil))
	if loaded.Len() != rows {
		t.Fatalf("%d keys loaded", loaded.Len())
	}
	n := 0
	it := snap.Scan(Rows{ID: 1}, nil, nil)
	for ; it.Next(); n++ {
		if string(it.Key()) != fmt.Sprintf("%08d", n) {
			t.Fatalf("row %d has key %s", n, it.Key())
		}
	}
	must(t, it.Close())
	if n != rows {
		t.Fatalf("%d rows", n)
	}
	for k := 0; k < rows; k += 997 {
		row, ok, err := snap.Get(Rows{ID: 1}, fmt.Appendf(nil, "%08d", (k*7919)%rows))
		if err != nil || !ok || !strings.HasPrefix(string(row), fmt.Sprintf("%d ", k)) {
			t.Fatalf("row %d is %.20q, %v, %v", k, row, ok, err)
		}
	}
}

// fullDisk is a file system whose writes fail from a moment on.
type fullDisk struct {
	vfs.FS
	full *atomic.Bool
}

func (d fullDisk) Create(name string, c vfs.DiskWriteCategory) (vfs.File, error) {
	if d.full.Load() {
		return nil, &os.PathError{Op: "create", Path: name, Err: syscall.ENOSPC}
	}
	return d.FS.Create(name, c)
}

func TestFullDiskEndsCheckpoint(t *testing.T) {
	var full atomic.Bool
	var told atomic.Int32
	s, err := Open(Options{
		FS: fullDisk{vfs.NewMem(), &full}, Dir: "state",
		Failed: func(error) { told.Add(1) },
	})
	must(t, err)
	b := s.NewBatch()
	b.PutRow(1, []byte("k"), []byte("v"))
	must(t, b.Commit())
	full.Store(true)
	if err := s.Checkpoint(1, nil); !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("checkpoint on a full disk: %v", err)
	}
	if told.Load() != 1 {
		t.Fatalf("told %d times of the failure", told.Load())
	}
	full.Store(false)
	must(t, s.Close())
}
