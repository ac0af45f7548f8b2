package segment

import (
	"bytes"
	"encoding/hex"
	"errors"
	"flag"
	"math/rand/v2"
	"os"
	"reflect"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
)

var rewrite = flag.Bool("rewrite", false, "write the golden files anew")

var testID = PartitionID{Stream: 5, Index: 2}

// testBatch is a batch at base with the journal index i.
func testBatch(base Offset, i Index, count int32, size int) Batch {
	payload := bytes.Repeat([]byte{byte(base) + 1}, size)
	return Batch{
		Partition: testID, Count: count, MinTime: int64(base) * 10, MaxTime: int64(base)*10 + 5,
		ProducerID: 3, ProducerEpoch: 1, Sequence: int32(base), TxnID: 8, SchemaVersion: 2, Codec: 1,
		Flags: 0x102, Payload: payload, Base: base, Index: i, AppendedAt: 1000 + int64(i),
	}
}

// fill appends n random batches and flushes now and then.
func fill(t testing.TB, s *Segment, r *rand.Rand, n int) []Batch {
	t.Helper()
	var list []Batch
	next, index := s.Written().Next, s.Written().LastIndex
	for range n {
		index += Index(1 + r.IntN(3))
		size := r.IntN(3000)
		if r.IntN(10) == 0 {
			size = directBytes + r.IntN(5000)
		}
		b := testBatch(next, index, int32(1+r.IntN(5)), size)
		next = b.End()
		// Stored as it lies in an entry: not placed yet.
		bare := b
		bare.Base, bare.Index, bare.AppendedAt = 0, 0, 0
		if err := s.Append(&b, AppendBatch(nil, &bare)); err != nil {
			t.Fatal(err)
		}
		if r.IntN(3) == 0 {
			if err := s.Flush(); err != nil {
				t.Fatal(err)
			}
		}
		list = append(list, b)
	}
	if err := s.Flush(); err != nil {
		t.Fatal(err)
	}
	return list
}

func read(t testing.TB, c *Cursor, err error) []Batch {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	var list []Batch
	for {
		b, ok, err := c.Next()
		if err != nil {
			t.Fatal(err)
		}
		if !ok {
			return list
		}
		b.Payload = append([]byte{}, b.Payload...)
		list = append(list, b)
	}
}

func TestSegmentWriteReadSeek(t *testing.T) {
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 0))
		fs := vfs.NewMem()
		if err := MkdirAll(fs, "/p"); err != nil {
			t.Fatal(err)
		}
		files := NewFiles(fs, 1)
		s := New(files, "/p", testID, 100)
		want := fill(t, s, r, 60)
		checkSegment(t, seed, s, want)
		// Reopened in the middle of its life, with noise behind its end (I1).
		meta := s.Meta()
		h, err := files.acquire(s.Path(), false)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.file.WriteAt(bytes.Repeat([]byte{0xee}, 5000), meta.Bytes); err != nil {
			t.Fatal(err)
		}
		if err := files.release(h); err != nil {
			t.Fatal(err)
		}
		s = Open(files, "/p", testID, meta)
		checkSegment(t, seed, s, want)
		s = Open(files, "/p", testID, meta)
		want = append(want, fill(t, s, r, 60)...)
		checkSegment(t, seed, s, want)
		if seed%2 == 0 {
			s = Open(files, "/p", testID, s.Meta())
		}
		if err := s.Seal(); err != nil {
			t.Fatal(err)
		}
		checkSegment(t, seed, s, want)
		checkSegment(t, seed, Open(files, "/p", testID, s.Meta()), want)
		if err := files.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func checkSegment(t *testing.T, seed uint64, s *Segment, want []Batch) {
	t.Helper()
	if err := s.Verify(); err != nil {
		t.Fatalf("seed %d: %v", seed, err)
	}
	c, err := s.SeekOffset(0)
	if got := read(t, c, err); !reflect.DeepEqual(got, want) {
		t.Fatalf("seed %d: read %d batches, not what was written (%d)", seed, len(got), len(want))
	}
	for i, b := range want {
		if i%4 != 0 {
			continue
		}
		c, err := s.SeekOffset(b.End() - 1)
		if got := read(t, c, err); len(got) != len(want)-i || got[0].Base != b.Base {
			t.Fatalf("seed %d: seek of offset %d failed", seed, b.End()-1)
		}
		c, err = s.SeekTime(b.MaxTime)
		if got := read(t, c, err); got[0].Base != b.Base {
			t.Fatalf("seed %d: seek of time %d gives %d, expected %d", seed, b.MaxTime, got[0].Base, b.Base)
		}
		c, err = s.SeekIndex(b.Index - 1)
		if got := read(t, c, err); got[0].Base != b.Base {
			t.Fatalf("seed %d: seek behind index %d gives %d, expected %d", seed, b.Index-1, got[0].Base, b.Base)
		}
	}
	c, err = s.SeekOffset(want[len(want)-1].End())
	if got := read(t, c, err); len(got) != 0 {
		t.Fatalf("seed %d: batches behind the end", seed)
	}
}

// TestSegmentFlippedBit flips every bit position of a small sealed segment: the
// damage is reported with its place, and nothing wrong is ever returned.
func TestSegmentFlippedBit(t *testing.T) {
	fs := vfs.NewMem()
	files := NewFiles(fs, 4)
	s := New(files, "/", testID, 0)
	var want []Batch
	for i := range Offset(3) {
		b := testBatch(i*2, Index(i+1), 2, 21)
		if err := s.Append(&b, AppendBatch(nil, &b)); err != nil {
			t.Fatal(err)
		}
		want = append(want, b)
	}
	if err := s.Seal(); err != nil {
		t.Fatal(err)
	}
	meta := s.Meta()
	h, err := files.acquire(s.Path(), false)
	if err != nil {
		t.Fatal(err)
	}
	defer files.release(h)
	size := meta.Bytes + meta.FooterBytes
	for pos := range size {
		var c [1]byte
		if err := ReadFull(h.file, c[:], pos); err != nil {
			t.Fatal(err)
		}
		flipped := [1]byte{c[0] ^ 1<<(pos%8)}
		if _, err := h.file.WriteAt(flipped[:], pos); err != nil {
			t.Fatal(err)
		}
		checkDamage(t, Open(files, "/", testID, meta), pos, want)
		if _, err := h.file.WriteAt(c[:], pos); err != nil {
			t.Fatal(err)
		}
	}
	if err := Open(files, "/", testID, meta).Verify(); err != nil {
		t.Fatal(err)
	}
}

func checkDamage(t *testing.T, s *Segment, pos int64, want []Batch) {
	t.Helper()
	var damage *CorruptError
	if err := s.Verify(); !errors.As(err, &damage) || damage.File != s.Path() || damage.Offset > pos {
		t.Fatalf("bit of byte %d: verify gives %v", pos, err)
	}
	meta := s.Meta()
	c := s.cursorAt(0, meta.Base, meta.Bytes)
	for i := 0; ; i++ {
		b, ok, err := c.Next()
		if err != nil {
			if !errors.As(err, &damage) {
				t.Fatalf("bit of byte %d: %v", pos, err)
			}
			return
		}
		if !ok {
			if pos < meta.Bytes {
				t.Fatalf("bit of byte %d was not seen", pos)
			}
			return
		}
		if !reflect.DeepEqual(b, want[i]) {
			t.Fatalf("bit of byte %d: batch %d is not what was written", pos, i)
		}
	}
}

func TestSegmentMissingOrShort(t *testing.T) {
	fs := vfs.NewMem()
	files := NewFiles(fs, 4)
	s := New(files, "/", testID, 0)
	fill(t, s, rand.New(rand.NewPCG(1, 1)), 3)
	meta := s.Meta()
	meta.Bytes++
	for _, m := range []Meta{meta, {Base: 77, Next: 78, Bytes: 10, Batches: 1}} {
		s := Open(files, "/", testID, m)
		var damage *CorruptError
		if err := s.Fault(); !errors.As(err, &damage) {
			t.Fatalf("fault is %v", err)
		}
		if _, err := s.SeekOffset(0); !errors.As(err, &damage) {
			t.Fatalf("seek gives %v", err)
		}
	}
}

func TestFilesLimit(t *testing.T) {
	fs := vfs.NewMem()
	files := NewFiles(fs, 3)
	var segments []*Segment
	for i := range Offset(10) {
		s := New(files, "/", testID, i*100)
		b := testBatch(i*100, 1, 1, 10)
		if err := s.Append(&b, AppendBatch(nil, &b)); err != nil {
			t.Fatal(err)
		}
		if err := s.Flush(); err != nil {
			t.Fatal(err)
		}
		segments = append(segments, s)
	}
	if n := files.Open(); n != 3 {
		t.Fatalf("%d files open", n)
	}
	for _, s := range segments {
		if err := errors.Join(s.Sync(), s.Verify()); err != nil {
			t.Fatal(err)
		}
	}
	if err := files.Remove(segments[9].Path()); err != nil {
		t.Fatal(err)
	}
	if err := segments[9].Verify(); err == nil {
		t.Fatal("a removed file is still read")
	}
	if err := files.Close(); err != nil || files.Open() != 0 {
		t.Fatalf("%d files open, %v", files.Open(), err)
	}
}

func TestFileName(t *testing.T) {
	for _, o := range []Offset{0, 1, 1<<63 - 1} {
		if got, ok := ParseFileName(FileName(o)); !ok || got != o {
			t.Errorf("%d becomes %d", o, got)
		}
	}
	for _, n := range []string{"", ".seg", "1.seg", "0000000000000000000x.seg", FileName(1) + "x"} {
		if _, ok := ParseFileName(n); ok {
			t.Errorf("%q is taken for a segment", n)
		}
	}
}

func TestGolden(t *testing.T) {
	b := testBatch(4, 7, 3, 5)
	data := AppendBatch(nil, &b)
	golden(t, "testdata/batch.hex", data)
	h, err := ParseBatch(data)
	if err != nil || !reflect.DeepEqual(h.Batch, b) {
		t.Fatalf("decoded %+v, %v", h.Batch, err)
	}
	x := newSparseIndex()
	for i := range Offset(3) {
		b := testBatch(i, Index(i+1), 1, indexSpacing)
		x.add(int64(i)*int64(StoredBytes(indexSpacing)), StoredBytes(indexSpacing), &b)
	}
	footer := encodeFooter(&x, x.end)
	golden(t, "testdata/footer.hex", footer)
	got, fault := decodeFooter(footer, x.end)
	if fault != nil || !reflect.DeepEqual(got, x) {
		t.Fatalf("decoded %+v, %v", got, fault)
	}
}

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

func FuzzBatch(f *testing.F) {
	b := testBatch(4, 7, 3, 5)
	f.Add(AppendBatch(nil, &b))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) >= HeaderBytes {
			// A right checksum lets the fuzzer behind it.
			sealHeader(data)
		}
		h, err := ParseBatch(data)
		if err != nil {
			return
		}
		again := AppendBatch(nil, &h.Batch)
		if len(again) != h.Stored() || h.Batch.Count < 1 {
			t.Fatalf("batch of %d bytes becomes %d", h.Stored(), len(again))
		}
	})
}

func FuzzFooter(f *testing.F) {
	x := newSparseIndex()
	b := testBatch(4, 7, 3, 5)
	x.add(0, 120, &b)
	f.Add(encodeFooter(&x, 120), int64(120))
	f.Fuzz(func(t *testing.T, data []byte, size int64) {
		x, fault := decodeFooter(data, size)
		if fault == nil && !bytes.Equal(encodeFooter(&x, size), data) {
			t.Fatal("footer is not what it was decoded from")
		}
	})
}
