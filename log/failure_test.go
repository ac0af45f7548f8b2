package log

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"
)

// failing is a disk that refuses writes and syncs of some files once it is switched on.
type failing struct {
	on    atomic.Bool
	match string
	err   error
}

func (f *failing) String() string { return "failing" }

func (f *failing) MaybeError(op errorfs.Op) error {
	if f.on.Load() && op.Kind.ReadOrWrite() == errorfs.OpIsWrite &&
		op.Kind != errorfs.OpFileClose && strings.Contains(op.Path, f.match) {
		return f.err
	}
	return nil
}

// openFailing opens a log of three groups on a disk that can be made to fail.
func openFailing(t *testing.T, match string) (*Log, *failing) {
	t.Helper()
	disk := &failing{match: match, err: errorfs.ErrInjected}
	return mustOpen(t, testOptions(errorfs.Wrap(newMem(), disk), 3)), disk
}

// TestFailedWrite lets writes of the journal or of segments fail: no append is
// acknowledged from then on, and a restart has all that was acknowledged.
func TestFailedWrite(t *testing.T) {
	tests := []struct {
		match string
		err   error
		want  error
		state string
	}{
		{"journal", errorfs.ErrInjected, ErrStopped, "58030"},
		{"journal", syscall.ENOSPC, ErrFull, "53100"},
		{"parts", errorfs.ErrInjected, ErrStopped, "58030"},
		{"parts", syscall.ENOSPC, ErrFull, "53100"},
	}
	for _, tt := range tests {
		for _, groups := range []int{1, 3} {
			mem := newMem()
			disk := &failing{match: tt.match, err: tt.err}
			o := testOptions(errorfs.Wrap(mem, disk), groups)
			told := make(chan error, 10)
			o.Events.Failed = func(err error) { told <- err }
			l := mustOpen(t, o)
			m := newLedger()
			r := rand.New(rand.NewPCG(1, 2))
			for range 20 {
				n, batches := m.begin(r)
				m.ack(n, mustAppend(t, l, batches...))
			}
			disk.on.Store(true)
			n, batches := m.begin(r)
			_, err := l.Append(context.Background(), batches)
			if err == nil {
				t.Fatalf("%s: append %d acknowledged", tt.match, n)
			}
			_, batches = m.begin(r)
			_, err = l.Append(context.Background(), batches)
			if !errors.Is(err, tt.want) {
				t.Fatalf("%s: a later append: %v", tt.match, err)
			}
			var state interface{ SQLState() string }
			if !errors.As(err, &state) || state.SQLState() != tt.state {
				t.Fatalf("%s: SQLSTATE of %v", tt.match, err)
			}
			if err := l.Failure(); !errors.Is(err, tt.want) {
				t.Fatalf("%s: failure %v", tt.match, err)
			}
			if err := <-told; !errors.Is(err, tt.want) {
				t.Fatalf("%s: told of %v", tt.match, err)
			}
			if err := l.Close(); err != nil && !errors.Is(err, tt.want) {
				t.Logf("close: %v", err)
			}
			if len(told) > 0 {
				t.Fatalf("%s: told more than once", tt.match)
			}
			l = mustOpen(t, testOptions(mem.CrashClone(vfs.CrashCloneCfg{}), groups))
			if _, err := m.check(l, m.acked()); err != nil {
				t.Fatalf("%s: %v", tt.match, err)
			}
			mustClose(t, l)
		}
	}
}

// TestFlippedBits flips random bits in random files of a closed log. Whatever it
// is: every batch that is read is one that was written; and what is lost was
// named by an error with its file.
func TestFlippedBits(t *testing.T) {
	mem := newMem()
	o := testOptions(mem, 2)
	l := mustOpen(t, o)
	m := newLedger()
	r := rand.New(rand.NewPCG(7, 7))
	for range 150 {
		n, batches := m.begin(r)
		m.ack(n, mustAppend(t, l, batches...))
	}
	written := map[uint64][]byte{}
	for s := StreamID(1); s <= 2; s++ {
		for i := range int32(4) {
			for _, b := range mustRead(t, l, pid(s, i)) {
				written[batchID(&b)] = b.Payload
			}
		}
	}
	mustClose(t, l)
	files := listFiles(mem, "/data/log")
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 1))
		disk := mem.CrashClone(vfs.CrashCloneCfg{})
		path := files[r.IntN(len(files))]
		flip(t, disk, path, r)
		l, err := Open(context.Background(), testOptions(disk, 2))
		if err != nil {
			var c *CorruptError
			if !errors.As(err, &c) || c.File != path {
				t.Fatalf("seed %d: %s: open: %v", seed, path, err)
			}
			continue
		}
		lost, named := 0, 0
		for s := StreamID(1); s <= 2; s++ {
			for i := range int32(4) {
				list, err := readAll(l, pid(s, i))
				for k := range list {
					if want := written[batchID(&list[k])]; string(want) != string(list[k].Payload) {
						t.Fatalf("seed %d: %s: damaged data served", seed, path)
					}
				}
				_, end := l.Ends(pid(s, i))
				if len(list) == 0 || list[len(list)-1].End() != end {
					lost++
				}
				var c *CorruptError
				if errors.As(err, &c) && c.File == path {
					named++
				}
			}
		}
		if lost != named {
			t.Fatalf("seed %d: %s: %d partitions lost data, %d said so", seed, path, lost, named)
		}
		mustClose(t, l)
	}
}

func listFiles(fs vfs.FS, dir string) []string {
	names, err := fs.List(dir)
	if err != nil {
		return nil
	}
	slices.Sort(names)
	var list []string
	for _, n := range names {
		path := fs.PathJoin(dir, n)
		if info, err := fs.Stat(path); err == nil && info.IsDir() {
			list = append(list, listFiles(fs, path)...)
		} else if n != "LOCK" {
			list = append(list, path)
		}
	}
	return list
}

func flip(t *testing.T, fs vfs.FS, path string, r *rand.Rand) {
	t.Helper()
	f, err := fs.OpenReadWrite(path, "test")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	pos := r.Int64N(info.Size())
	var c [1]byte
	if _, err := f.ReadAt(c[:], pos); err != nil {
		t.Fatal(err)
	}
	c[0] ^= 1 << r.IntN(8)
	if _, err := f.WriteAt(c[:], pos); err != nil {
		t.Fatal(err)
	}
}
