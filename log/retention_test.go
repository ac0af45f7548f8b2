package log

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
)

// segmentFiles lists the segment files on the disk.
func segmentFiles(fs vfs.FS, dir string) []string {
	var list []string
	names, _ := fs.List(dir)
	for _, n := range names {
		path := fs.PathJoin(dir, n)
		if strings.HasSuffix(n, ".seg") {
			list = append(list, path)
		} else {
			list = append(list, segmentFiles(fs, path)...)
		}
	}
	return list
}

func fillPartition(t testing.TB, l *Log, p PartitionID, n int) {
	t.Helper()
	for i := range n {
		mustAppend(t, l, newBatch(p, uint64(i), 1, 2000))
	}
}

func TestExpire(t *testing.T) {
	ctx := context.Background()
	fs := newMem()
	o := testOptions(fs, 1)
	late := time.Duration(0)
	o.Now = func() time.Time { return time.Now().Add(late) }
	var told []Offset
	o.Events.Expired = func(_ PartitionID, start Offset) { told = append(told, start) }
	l := mustOpen(t, o)
	p := pid(4, 0)
	fillPartition(t, l, p, 40) // 5 sealed segments of 7 batches, one active
	segments := l.Partitions(4)[0].Segments
	expire := func(want Offset) {
		t.Helper()
		if err := l.Expire(ctx); err != nil {
			t.Fatal(err)
		}
		if start, end := l.Ends(p); start != want || end != 40 {
			t.Fatalf("partition is %d to %d, expected a start at %d", start, end, want)
		}
	}
	expire(0) // no settings: everything stays
	l.SetTopic(4, Topic{RetentionBytes: 20000})
	l.Pin("view", map[PartitionID]Offset{p: 10})
	expire(7) // the pin holds the segment of offset 10
	l.Pin("view", nil)
	expire(28)
	l.SetTopic(4, Topic{Retention: time.Hour})
	expire(28) // nothing is old
	r := l.Reader(p, 3)
	if _, _, err := r.Next(1 << 60); !errors.Is(err, ErrOutOfRange) {
		t.Fatalf("read below the start: %v", err)
	}
	if n := len(segmentFiles(fs, "/data/log/parts")); n != segments {
		t.Fatalf("%d files before the snapshot, expected %d", n, segments)
	}
	if err := l.Snapshot(ctx); err != nil {
		t.Fatal(err)
	}
	if n := len(segmentFiles(fs, "/data/log/parts")); n != l.Partitions(4)[0].Segments {
		t.Fatalf("%d files after the snapshot, expected %d", n, l.Partitions(4)[0].Segments)
	}
	// Everything is old: even the active segment goes, and offsets go on.
	late = 2 * time.Hour
	expire(40)
	if ack := mustAppend(t, l, newBatch(p, 1, 1, 10)); ack.Base[0] != 40 {
		t.Fatalf("next offset is %d", ack.Base[0])
	}
	if len(told) != 3 {
		t.Fatalf("events %v", told)
	}
	// A crash before the next manifest: the trim is replayed.
	crashed := fs.CrashClone(vfs.CrashCloneCfg{})
	mustClose(t, l)
	for _, disk := range []*vfs.MemFS{crashed, fs} {
		l = mustOpen(t, testOptions(disk, 1))
		if start, end := l.Ends(p); start != 40 || end != 41 {
			t.Fatalf("partition is %d to %d after a restart", start, end)
		}
		if got := mustRead(t, l, p); len(got) != 1 || got[0].Base != 40 {
			t.Fatalf("read %d batches", len(got))
		}
		mustClose(t, l)
	}
}

func TestDropStream(t *testing.T) {
	ctx := context.Background()
	fs := newMem()
	l := mustOpen(t, testOptions(fs, 2))
	for i := range int32(3) {
		fillPartition(t, l, pid(4, i), 10)
		fillPartition(t, l, pid(5, i), 10)
	}
	r := l.Reader(pid(4, 1), 0)
	if _, ok, err := r.Next(1 << 60); !ok || err != nil {
		t.Fatal(err)
	}
	if err := l.DropStream(ctx, 4); err != nil {
		t.Fatal(err)
	}
	if _, _, err := r.Next(1 << 60); !errors.Is(err, ErrDropped) {
		t.Fatalf("read of a dropped stream: %v", err)
	}
	check := func(l *Log) {
		t.Helper()
		both := []Batch{newBatch(pid(5, 0), 1, 1, 10), newBatch(pid(4, 1), 1, 1, 10)}
		if _, err := l.Append(ctx, both); !errors.Is(err, ErrDropped) {
			t.Fatalf("append to a dropped stream: %v", err)
		}
		if len(l.Partitions(4)) != 0 || len(l.Partitions(5)) != 3 {
			t.Fatalf("partitions %v, %v", l.Partitions(4), l.Partitions(5))
		}
		if _, end := l.Ends(pid(5, 0)); end != 10 {
			t.Fatalf("the other stream ends at %d", end)
		}
	}
	check(l)
	crashed := fs.CrashClone(vfs.CrashCloneCfg{})
	if err := l.DropStream(ctx, 4); err != nil {
		t.Fatal(err)
	}
	mustClose(t, l)
	for _, disk := range []*vfs.MemFS{crashed, fs} {
		l = mustOpen(t, testOptions(disk, 2))
		check(l)
		mustClose(t, l)
		if _, err := disk.Stat("/data/log/parts/4"); err == nil {
			t.Fatal("the directory of the dropped stream is there")
		}
		if n := len(segmentFiles(disk, "/data/log/parts")); n == 0 {
			t.Fatal("the other stream's files are gone")
		}
	}
}

// TestSweep leaves the files of a former manifest behind, as a crash between a
// manifest and the removal does.
func TestSweep(t *testing.T) {
	fs := newMem()
	l := mustOpen(t, testOptions(fs, 1))
	p := pid(4, 0)
	fillPartition(t, l, p, 40)
	l.SetTopic(4, Topic{RetentionBytes: 1})
	if err := l.Expire(context.Background()); err != nil {
		t.Fatal(err)
	}
	before := segmentFiles(fs, "/data/log/parts")
	mustClose(t, l)
	after := segmentFiles(fs, "/data/log/parts")
	for _, path := range before {
		f, err := fs.OpenReadWrite(path, "test")
		if err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
	l = mustOpen(t, testOptions(fs, 1))
	defer mustClose(t, l)
	if n := len(segmentFiles(fs, "/data/log/parts")); n != len(after) || n == len(before) {
		t.Fatalf("%d files, expected %d", n, len(after))
	}
}
