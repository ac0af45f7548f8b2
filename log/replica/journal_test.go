package replica

import (
	"bytes"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/cockroachdb/pebble/v2/vfs/errorfs"
	"github.com/hashicorp/raft"

	"millrace/log/segment"
)

var rewrite = flag.Bool("rewrite", false, "write the golden files anew")

func testJournal(fs segment.FS) journalOptions {
	return journalOptions{fs: fs, dir: "/j", seed: 42, groups: 2, fileBytes: 16 << 10, tailBytes: 1 << 10}
}

func mustJournal(t testing.TB, fs segment.FS) *Journal {
	t.Helper()
	j, err := openJournal(testJournal(fs))
	if err != nil {
		t.Fatalf("open journal: %v", err)
	}
	return j
}

func entryData(group uint32, index uint64, size int) []byte {
	return bytes.Repeat([]byte{byte(group*31) + byte(index)}, size)
}

// store writes entries from..to of a group, each of size bytes.
func store(t testing.TB, j *Journal, group uint32, from, to uint64, size int) {
	t.Helper()
	var logs []*raft.Log
	for i := from; i <= to; i++ {
		logs = append(logs, &raft.Log{Index: i, Term: 1, Data: entryData(group, i, size)})
	}
	if err := (&groupStore{journal: j, group: group}).StoreLogs(logs); err != nil {
		t.Fatalf("store: %v", err)
	}
}

// expect checks that exactly the entries from..to of a group are there; from 0 = none.
func expect(t testing.TB, j *Journal, group uint32, from, to uint64, size int) {
	t.Helper()
	s := &groupStore{journal: j, group: group}
	first, last := s.bounds()
	if first != from || last != to {
		t.Fatalf("group %d has entries %d to %d, expected %d to %d", group, first, last, from, to)
	}
	for i := from; i <= to && i > 0; i++ {
		var l raft.Log
		if err := s.GetLog(i, &l); err != nil {
			t.Fatalf("entry %d: %v", i, err)
		}
		if l.Index != i || !bytes.Equal(l.Data, entryData(group, i, size)) {
			t.Fatalf("entry %d is not what was stored", i)
		}
	}
	var l raft.Log
	if err := s.GetLog(to+1, &l); !errors.Is(err, raft.ErrLogNotFound) {
		t.Fatalf("entry %d: %v", to+1, err)
	}
}

func journalFiles(t testing.TB, fs segment.FS) []string {
	t.Helper()
	names, err := fs.List("/j")
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, n := range names {
		if strings.HasSuffix(n, ".j") {
			list = append(list, n)
		}
	}
	slices.Sort(list)
	return list
}

func TestJournalReopen(t *testing.T) {
	fs := vfs.NewMem()
	j := mustJournal(t, fs)
	store(t, j, 0, 1, 40, 700)
	store(t, j, 1, 1, 5, 100)
	if err := (&groupStore{journal: j, group: 1}).SetUint64([]byte("term"), 7); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		expect(t, j, 0, 1, 40, 700)
		expect(t, j, 1, 1, 5, 100)
		if v, err := (&groupStore{journal: j, group: 1}).GetUint64([]byte("term")); v != 7 || err != nil {
			t.Fatalf("term is %d, %v", v, err)
		}
		if err := j.close(); err != nil {
			t.Fatal(err)
		}
		j = mustJournal(t, fs)
	}
	if err := j.close(); err != nil {
		t.Fatal(err)
	}
}

func TestJournalSuffixCut(t *testing.T) {
	fs := vfs.NewMem()
	j := mustJournal(t, fs)
	store(t, j, 0, 1, 10, 50)
	s := &groupStore{journal: j, group: 0}
	if err := s.DeleteRange(6, 10); err != nil {
		t.Fatal(err)
	}
	expect(t, j, 0, 1, 5, 50)
	store(t, j, 0, 6, 8, 50)
	if err := j.close(); err != nil {
		t.Fatal(err)
	}
	j = mustJournal(t, fs)
	expect(t, j, 0, 1, 8, 50)
	if err := j.close(); err != nil {
		t.Fatal(err)
	}
}

func TestJournalGapAfterSnapshot(t *testing.T) {
	fs := vfs.NewMem()
	j := mustJournal(t, fs)
	store(t, j, 0, 1, 10, 50)
	store(t, j, 0, 100, 103, 50)
	expect(t, j, 0, 100, 103, 50)
	if err := j.close(); err != nil {
		t.Fatal(err)
	}
	j = mustJournal(t, fs)
	expect(t, j, 0, 100, 103, 50)
	if err := j.close(); err != nil {
		t.Fatal(err)
	}
}

// TestJournalRecycle runs through many lives of few files: frames of a former life
// lie behind the end of the newer one and must never come back.
func TestJournalRecycle(t *testing.T) {
	fs := vfs.NewMem()
	j := mustJournal(t, fs)
	s := &groupStore{journal: j, group: 0}
	if err := s.SetUint64([]byte("term"), 3); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 1))
	first, last := uint64(1), uint64(0)
	recycled := false
	for round := range 60 {
		n := uint64(1 + r.IntN(40))
		// One size for all: frames of all lives begin at the same positions.
		store(t, j, 0, last+1, last+n, 300)
		last += n
		if cut := first + uint64(r.IntN(60)); cut <= last {
			if err := s.DeleteRange(first, cut-1); err != nil {
				t.Fatal(err)
			}
			first = max(first, cut)
		}
		recycled = recycled || len(j.state.free) > 0
		if round%5 != 4 {
			continue
		}
		if round%2 == 0 {
			if err := j.close(); err != nil {
				t.Fatal(err)
			}
		}
		// Otherwise the process is killed: everything written is there, no end frame.
		j = mustJournal(t, fs)
		s = &groupStore{journal: j, group: 0}
		// A dropped prefix may come back, up to the beginning of a file; the rest not.
		back, end := s.bounds()
		if end != last || back > first {
			t.Fatalf("round %d: entries %d to %d came back, expected %d to %d", round, back, end, first, last)
		}
		expect(t, j, 0, back, last, 300)
		if v, err := s.GetUint64([]byte("term")); v != 3 || err != nil {
			t.Fatalf("round %d: term is %d, %v", round, v, err)
		}
		first = back
	}
	if !recycled {
		t.Fatal("no file was ever recycled")
	}
	if err := j.close(); err != nil {
		t.Fatal(err)
	}
}

// TestJournalTornTail cuts the journal at every byte behind the last sync.
func TestJournalTornTail(t *testing.T) {
	fs := vfs.NewMem()
	j := mustJournal(t, fs)
	store(t, j, 0, 1, 3, 40)
	durable := j.current().end
	store(t, j, 0, 4, 6, 40)
	end := j.current().end
	name := fs.PathJoin("/j", journalFiles(t, fs)[0])
	whole := readBytes(t, fs, name)[:end]
	for cut := durable; cut < end; cut++ {
		for _, fill := range []string{"", "zeros", "noise"} {
			fs := vfs.NewMem()
			content := append([]byte(nil), whole[:cut]...)
			switch fill {
			case "zeros":
				content = append(content, make([]byte, end-cut)...)
			case "noise":
				content = append(content, bytes.Repeat([]byte{0xa5}, int(end-cut))...)
			}
			writeBytes(t, fs, name, content)
			j := mustJournal(t, fs)
			_, last := (&groupStore{journal: j, group: 0}).bounds()
			want := 3 + uint64((cut-durable)/int64(storedFrame(40)))
			if last != want {
				t.Fatalf("cut at %d (%s): last entry %d, expected %d", cut, fill, last, want)
			}
			expect(t, j, 0, 1, last, 40)
			// What was cut off must not come back behind new entries.
			store(t, j, 0, last+1, last+1, 8)
			j = mustJournal(t, fs)
			if _, end := (&groupStore{journal: j, group: 0}).bounds(); end != last+1 {
				t.Fatalf("cut at %d (%s): last entry is %d after writing %d", cut, fill, end, last+1)
			}
		}
	}
}

// TestJournalTornMiddle loses the first frame of a write and keeps a later one of
// the same write: that is a torn tail, not damage.
func TestJournalTornMiddle(t *testing.T) {
	fs := vfs.NewMem()
	j := mustJournal(t, fs)
	store(t, j, 0, 1, 3, 40)
	pos := j.current().end
	store(t, j, 0, 4, 9, 40)
	name := fs.PathJoin("/j", journalFiles(t, fs)[0])
	content := readBytes(t, fs, name)
	clear(content[pos : pos+64])
	writeBytes(t, fs, name, content)
	j = mustJournal(t, fs)
	expect(t, j, 0, 1, 3, 40)
	store(t, j, 0, 4, 4, 40)
	j = mustJournal(t, fs)
	expect(t, j, 0, 1, 4, 40)
}

// TestJournalFlippedBit flips every bit of a journal. Damage to what was durable
// when something later was written must be reported; damage to the last write is
// as if it had never been finished.
func TestJournalFlippedBit(t *testing.T) {
	fs := vfs.NewMem()
	j := mustJournal(t, fs)
	store(t, j, 0, 1, 2, 30)
	store(t, j, 1, 1, 1, 30)
	lastWrite := j.current().end
	store(t, j, 0, 3, 4, 30)
	name := fs.PathJoin("/j", journalFiles(t, fs)[0])
	whole := readBytes(t, fs, name)[:j.current().end]
	for pos := range whole {
		if pos >= fileHeaderUsed && pos < fileHeaderBytes {
			continue // unused part of the header block
		}
		bit := byte(1) << (pos % 8)
		damaged := append([]byte(nil), whole...)
		damaged[pos] ^= bit
		fs := vfs.NewMem()
		writeBytes(t, fs, name, damaged)
		j, err := openJournal(testJournal(fs))
		if int64(pos) < lastWrite {
			var c *segment.CorruptError
			if !errors.As(err, &c) || c.File != name || c.Offset > int64(pos) {
				t.Fatalf("bit of byte %d: %v", pos, err)
			}
			continue
		}
		if err != nil {
			t.Fatalf("bit of byte %d in the last write: %v", pos, err)
		}
		s := &groupStore{journal: j, group: 0}
		_, last := s.bounds()
		if last >= 4 {
			t.Fatalf("bit of byte %d: the damaged write is there up to entry %d", pos, last)
		}
		expect(t, j, 0, 1, last, 30)
	}
}

// TestJournalMissingFile removes a file from the middle.
func TestJournalMissingFile(t *testing.T) {
	fs := vfs.NewMem()
	j := mustJournal(t, fs)
	for i := range uint64(60) {
		store(t, j, 0, i+1, i+1, 700)
	}
	names := journalFiles(t, fs)
	if len(names) < 3 {
		t.Fatalf("%d files", len(names))
	}
	if err := fs.Remove(fs.PathJoin("/j", names[1])); err != nil {
		t.Fatal(err)
	}
	_, err := openJournal(testJournal(fs))
	var c *segment.CorruptError
	if !errors.As(err, &c) {
		t.Fatalf("open: %v", err)
	}
}

// TestJournalFailure makes the n-th write or sync fail: nothing is acknowledged
// from then on, by any group.
func TestJournalFailure(t *testing.T) {
	for n := range int32(8) {
		mem := vfs.NewCrashableMem()
		var armed sync.Mutex
		left, on := n, false
		fs := errorfs.Wrap(mem, errorfs.InjectorFunc(func(op errorfs.Op) error {
			armed.Lock()
			defer armed.Unlock()
			if !on || (op.Kind != errorfs.OpFileWriteAt && op.Kind != errorfs.OpFileSyncData) {
				return nil
			}
			left--
			if left == -1 {
				return errorfs.ErrInjected
			}
			return nil
		}))
		j := mustJournal(t, fs)
		store(t, j, 0, 1, 1, 10)
		armed.Lock()
		on = true
		armed.Unlock()
		failed := 0
		for i := uint64(2); i < 12; i++ {
			s := &groupStore{journal: j, group: 0}
			err := s.StoreLog(&raft.Log{Index: i, Term: 1, Data: entryData(0, i, 10)})
			var f *FailureError
			switch {
			case err == nil && failed > 0:
				t.Fatalf("n=%d: entry %d accepted after a failure", n, i)
			case err != nil && !errors.As(err, &f):
				t.Fatalf("n=%d: %v", n, err)
			case err != nil:
				failed++
			}
		}
		if failed == 0 {
			t.Fatalf("n=%d: no failure", n)
		}
		// What was acknowledged survives the loss of all that was not synced.
		acked := 11 - uint64(failed)
		j = mustJournal(t, mem.CrashClone(vfs.CrashCloneCfg{}))
		expect(t, j, 0, 1, acked, 10)
	}
}

func TestJournalConcurrentGroups(t *testing.T) {
	fs := vfs.NewMem()
	j := mustJournal(t, fs)
	var wg sync.WaitGroup
	for g := range uint32(2) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range uint64(300) {
				s := &groupStore{journal: j, group: g}
				if err := s.StoreLog(&raft.Log{Index: i + 1, Term: 1, Data: entryData(g, i+1, 90)}); err != nil {
					t.Error(err)
				}
			}
		}()
	}
	wg.Wait()
	if n := j.syncs.Load(); n > 640 {
		t.Errorf("%d syncs for 600 entries", n)
	}
	j = mustJournal(t, fs)
	expect(t, j, 0, 1, 300, 90)
	expect(t, j, 1, 1, 300, 90)
}

func TestJournalGolden(t *testing.T) {
	fs := vfs.NewMem()
	j := mustJournal(t, fs)
	s := &groupStore{journal: j, group: 1}
	if err := s.SetUint64([]byte("CurrentTerm"), 2); err != nil {
		t.Fatal(err)
	}
	store(t, j, 1, 1, 2, 5)
	if err := s.DeleteRange(2, 2); err != nil {
		t.Fatal(err)
	}
	file := j.current()
	if err := j.close(); err != nil {
		t.Fatal(err)
	}
	content := readBytes(t, fs, fs.PathJoin("/j", journalName(1)))
	content, ahead := content[:file.end], content[file.end:]
	if len(ahead) == 0 || bytes.Trim(ahead, "\x00") != nil {
		t.Errorf("%d bytes behind the frames, not all zero", len(ahead))
	}
	golden(t, "testdata/journal.hex", append(content[:fileHeaderUsed:fileHeaderUsed], content[fileHeaderBytes:]...))
}

func TestManifestGolden(t *testing.T) {
	meta := &raft.SnapshotMeta{Index: 9, Term: 3, ConfigurationIndex: 1}
	meta.Configuration.Servers = []raft.Server{{ID: "n1", Address: "n1"}}
	data := encodeManifest(meta, []byte("body"))
	golden(t, "testdata/manifest.hex", data)
	got, body, err := decodeManifest(data, "m")
	if err != nil || string(body) != "body" || got.Index != 9 || got.Term != 3 || len(got.Configuration.Servers) != 1 {
		t.Fatalf("decoded %+v, %q, %v", got, body, err)
	}
	for pos := range data {
		damaged := append([]byte(nil), data...)
		damaged[pos] ^= 1 << (pos % 8)
		var c *segment.CorruptError
		if _, _, err := decodeManifest(damaged, "m"); !errors.As(err, &c) {
			t.Fatalf("bit of byte %d: %v", pos, err)
		}
	}
}

func FuzzFrame(f *testing.F) {
	fr := frame{sequence: 3, durable: 2, group: 1, index: 9, term: 4, data: []byte("abc")}
	h := make([]byte, frameBytes)
	putFrame(h, &fr, 77)
	f.Add(slices.Concat(h, []byte("abc\x00\x00\x00\x00\x00")))
	f.Fuzz(func(t *testing.T, data []byte) {
		s := &scanner{file: &journalFile{salt: 77, file: vfs.NewMemFile(data)}, size: int64(len(data))}
		for pos := int64(0); pos < s.size; pos += 8 {
			fr, size, ok, err := s.frameAt(pos)
			if err != nil {
				t.Fatal(err)
			}
			if ok && (size < frameBytes || pos+int64(size) > s.size || len(fr.data) > size) {
				t.Fatalf("frame at %d has size %d", pos, size)
			}
		}
		if key, value, ok := decodeStable(data); ok && len(key)+len(value)+4 != len(data) {
			t.Fatal("stable record of a wrong size")
		}
	})
}

func FuzzManifest(f *testing.F) {
	meta := &raft.SnapshotMeta{Index: 9, Term: 3}
	f.Add(encodeManifest(meta, []byte("body"))[:manifestHeader])
	f.Fuzz(func(t *testing.T, data []byte) {
		// The checksum is made right, so that the fuzzer gets behind it. The
		// configuration behind it is raft's to decode, and its decoder panics on noise.
		if len(data) >= manifestHeader {
			clear(data[32:40])
		}
		sum := segment.Checksum(data)
		data = append(data, byte(sum), byte(sum>>8), byte(sum>>16), byte(sum>>24))
		defer func() {
			if r := recover(); r != nil && !strings.Contains(fmt.Sprint(r), "configuration") {
				panic(r)
			}
		}()
		_, _, _ = decodeManifest(data, "m")
	})
}

func readBytes(t testing.TB, fs segment.FS, path string) []byte {
	t.Helper()
	data, err := readFile(fs, path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func writeBytes(t testing.TB, fs segment.FS, path string, data []byte) {
	t.Helper()
	if err := fs.MkdirAll(fs.PathDir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := fs.Create(path, segment.WriteCategory)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// golden compares bytes with a file of hexadecimal text.
func golden(t *testing.T, path string, data []byte) {
	t.Helper()
	text := hex.Dump(data)
	if *rewrite {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if text != string(want) {
		t.Fatalf("%s differs, the format has changed:\n%s", path, text)
	}
}
