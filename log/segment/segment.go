package segment

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"sync"
)

// Meta is what a manifest keeps of a segment: enough to open it, to prune it by
// offset, time and journal index, and to know where its data end.
type Meta struct {
	Base, Next  Offset // first offset, and the offset behind the last record
	Bytes       int64  // data bytes; I1
	FooterBytes int64  // 0 = active
	Batches     int64
	// FirstIndex and LastIndex are the journal indexes of the first and last batch.
	FirstIndex, LastIndex Index
	MinTime, MaxTime      int64 // event time, us
	// FirstAppended and LastAppended are the append times of the first and last batch, us.
	FirstAppended, LastAppended int64
}

// Sealed says that the segment has its footer and never changes again.
func (m Meta) Sealed() bool { return m.FooterBytes > 0 }

// Segment is one file of a partition.
type Segment struct {
	partition PartitionID
	path      string
	files     *Files

	// writer state, touched by the appending goroutine only
	w struct {
		meta   Meta
		buf    []byte // appended, not yet in the file
		bufPos int64  // file position of buf
		points []point
	}

	mu struct {
		sync.Mutex
		meta   Meta // what readers may see
		index  sparseIndex
		loaded int64 // data before this position are not in index yet; 0 = all are
		synced int64 // bytes (data and footer) known to be durable
		fault  error // the file is not what the manifest says
	}
}

// point is a batch that waits for its entry in the index until it is published.
type point struct {
	pos    int64
	stored int
	batch  Batch // without payload
}

// FileName is the name of the segment that begins at base.
func FileName(base Offset) string { return fmt.Sprintf("%020d.seg", base) }

// ParseFileName is the inverse of FileName; ok is false for any other name.
func ParseFileName(name string) (base Offset, ok bool) {
	digits, ok := strings.CutSuffix(name, ".seg")
	if !ok || len(digits) != 20 {
		return 0, false
	}
	var v int64
	for _, c := range digits {
		if c < '0' || c > '9' {
			return 0, false
		}
		v = v*10 + int64(c-'0')
	}
	return Offset(v), true
}

// New returns an empty active segment that begins at base. The file is created at
// the first Flush; what an earlier life of the node left in it is overwritten (I1).
func New(files *Files, dir string, p PartitionID, base Offset) *Segment {
	s := newSegment(files, dir, p, base)
	m := Meta{Base: base, Next: base, MinTime: math.MaxInt64, MaxTime: math.MinInt64}
	s.w.meta, s.mu.meta = m, m
	s.mu.index = newSparseIndex()
	return s
}

// Open returns the segment a manifest describes. A file that is missing or too
// short makes every read of it fail with a CorruptError; Fault tells.
func Open(files *Files, dir string, p PartitionID, m Meta) *Segment {
	s := newSegment(files, dir, p, m.Base)
	s.w.meta, s.mu.meta = m, m
	s.w.bufPos = m.Bytes
	s.mu.loaded = m.Bytes
	s.mu.index = newSparseIndex()
	s.mu.index.end, s.mu.index.maxTime = m.Bytes, m.MaxTime
	s.mu.synced = m.Bytes + m.FooterBytes
	s.mu.fault = s.checkLength(m)
	return s
}

func newSegment(files *Files, dir string, p PartitionID, base Offset) *Segment {
	return &Segment{partition: p, path: files.fs.PathJoin(dir, FileName(base)), files: files}
}

// checkLength compares the file with the manifest.
func (s *Segment) checkLength(m Meta) error {
	want := m.Bytes + m.FooterBytes
	if want == 0 {
		return nil
	}
	info, err := s.files.fs.Stat(s.path)
	if err != nil {
		return (&CorruptError{File: s.path, What: "segment is missing"}).Mismatch(want, err)
	}
	if info.Size() < want {
		c := &CorruptError{File: s.path, Offset: info.Size(), What: "segment is too short"}
		return c.Mismatch(want, info.Size())
	}
	return nil
}

// Path is the file's path.
func (s *Segment) Path() string { return s.path }

// Meta is the published state.
func (s *Segment) Meta() Meta {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mu.meta
}

// Written is the writer's state: Meta plus what is not yet flushed. Only the
// appending goroutine may ask.
func (s *Segment) Written() Meta { return s.w.meta }

// Fault is why the file cannot be read, or nil.
func (s *Segment) Fault() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mu.fault
}

// Unsynced says that the file holds bytes that may be lost with the power.
func (s *Segment) Unsynced() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mu.synced < s.mu.meta.Bytes+s.mu.meta.FooterBytes
}

// New says that nothing of the file is known to be durable, its name included.
func (s *Segment) New() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mu.synced == 0
}

// Sync makes everything published so far durable.
func (s *Segment) Sync() error {
	s.mu.Lock()
	target := s.mu.meta.Bytes + s.mu.meta.FooterBytes
	done := s.mu.synced >= target
	s.mu.Unlock()
	if done {
		return nil
	}
	h, err := s.files.acquire(s.path, false)
	if err != nil {
		return err
	}
	if err := errors.Join(h.file.Sync(), s.files.release(h)); err != nil {
		return fmt.Errorf("sync segment %s: %w", s.path, err)
	}
	s.mu.Lock()
	s.mu.synced = max(s.mu.synced, target)
	s.mu.Unlock()
	return nil
}
