package state

import (
	"fmt"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
)

// TestBlocksStayCached reads flushed rows again: the second time nothing comes from
// files, although memtables are as large as the cache.
func TestBlocksStayCached(t *testing.T) {
	s, err := Open(Options{FS: vfs.NewMem(), Dir: "s", CacheBytes: 1 << 20, MemtableBytes: 1 << 20})
	must(t, err)
	defer s.Close()
	rows := Rows{ID: 1}
	b := s.NewBatch()
	for i := range 2000 {
		b.PutRow(rows.ID, fmt.Appendf(nil, "key %d", i), fmt.Appendf(nil, "row %d", i))
	}
	must(t, b.Commit())
	b.Close()
	must(t, s.db.Flush())
	snap := s.Snapshot()
	defer snap.Close()
	read := func() int64 {
		before := s.db.Metrics().BlockCache.Misses
		for i := range 2000 {
			if _, ok, err := snap.Get(rows, fmt.Appendf(nil, "key %d", i)); !ok || err != nil {
				t.Fatalf("row %d: %v, %v", i, ok, err)
			}
		}
		return s.db.Metrics().BlockCache.Misses - before
	}
	if n := read(); n == 0 {
		t.Fatal("nothing was read from files at first")
	}
	if n := read(); n > 0 {
		t.Errorf("%d blocks were read from files again", n)
	}
}
