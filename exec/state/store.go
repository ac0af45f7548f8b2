package state

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"sync"

	"github.com/cockroachdb/pebble/v2"
	"github.com/cockroachdb/pebble/v2/bloom"
	"github.com/cockroachdb/pebble/v2/vfs"
)

// FS is the file system under the store: vfs.Default on a real disk,
// vfs.NewCrashableMem in tests.
type FS = vfs.FS

// NewMemFS returns an empty file system in memory.
func NewMemFS() FS { return vfs.NewMem() }

// Options configures a Store.
type Options struct {
	// FS is the file system; nil is the real one.
	FS FS
	// Dir is the store's own directory; it is made if needed.
	Dir string
	// CacheBytes is the size of the block cache, 64 MiB by default. Too small makes
	// reads of cold rows go to the disk; too large takes memory from operators.
	CacheBytes int64
	// MemtableBytes is how much is written before a flush, 64 MiB by default. Up to
	// four times as much may be held in memory while the disk lags behind.
	MemtableBytes int64
	// Logger gets warnings and errors of the storage engine; nil discards them.
	Logger *slog.Logger
	// Failed, if not nil, is told once when the storage engine cannot write. It keeps
	// trying then, and writers may wait for ever: the process should end. Failed must
	// neither wait nor call the store.
	Failed func(error)
}

func (o Options) withDefaults() Options {
	if o.FS == nil {
		o.FS = vfs.Default
	}
	if o.CacheBytes <= 0 {
		o.CacheBytes = 64 << 20
	}
	if o.MemtableBytes <= 0 {
		o.MemtableBytes = 64 << 20
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}

// Store is rows, indexes and operator state on disk.
type Store struct {
	opts Options
	db   *pebble.DB
	lock io.Closer
	cp   checkpoint // the one the store holds on disk

	failOnce sync.Once
	failed   chan struct{} // closed when the storage engine could not write
	failure  error         // why; set before failed is closed
}

// Open opens the store as its newest checkpoint left it (I1); without one it is
// empty. A store that another process has open is refused.
func Open(o Options) (_ *Store, err error) {
	s := &Store{opts: o.withDefaults(), failed: make(chan struct{})}
	if err := s.makeDir(); err != nil {
		return nil, err
	}
	if s.lock, err = s.opts.FS.Lock(s.path("LOCK")); err != nil {
		return nil, fmt.Errorf("lock %s, which another process may have open: %w", s.opts.Dir, err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.lock.Close())
		}
	}()
	if err := s.restore(); err != nil {
		return nil, err
	}
	if s.db, err = pebble.Open(s.path(liveDir), s.pebbleOptions()); err != nil {
		return nil, fmt.Errorf("open %s: %w", s.path(liveDir), err)
	}
	return s, nil
}

func (s *Store) path(names ...string) string {
	return s.opts.FS.PathJoin(append([]string{s.opts.Dir}, names...)...)
}

// memtablesReserved is how many memtables have their memory beside that of the block
// cache. The storage engine takes memtables out of the cache's size: the one that is
// written and one that is being flushed would leave nothing of it.
const memtablesReserved = 2

func (s *Store) pebbleOptions() *pebble.Options {
	o := &pebble.Options{
		FS:                          s.opts.FS,
		CacheSize:                   s.opts.CacheBytes + memtablesReserved*s.opts.MemtableBytes,
		MemTableSize:                uint64(s.opts.MemtableBytes),
		MemTableStopWritesThreshold: 4,
		DisableWAL:                  true,
		Merger:                      weightMerger,
		FormatMajorVersion:          pebble.FormatColumnarBlocks,
		CompactionConcurrencyRange:  func() (lower, upper int) { return 1, 2 },
		L0CompactionThreshold:       4,
		L0StopWritesThreshold:       24,
		LBaseMaxBytes:               256 << 20,
		Logger:                      storeLogger{s.opts.Logger},
		EventListener:               &pebble.EventListener{BackgroundError: s.fail},
	}
	for i := range o.Levels {
		o.Levels[i].BlockSize = 16 << 10
		o.Levels[i].FilterPolicy = bloom.FilterPolicy(10)
	}
	return o
}

// fail notes that a flush or a compaction failed.
func (s *Store) fail(err error) {
	s.failOnce.Do(func() {
		s.failure = fmt.Errorf("the state store cannot write: %w", err)
		s.opts.Logger.Error("state store", "error", err.Error())
		close(s.failed)
		if s.opts.Failed != nil {
			s.opts.Failed(s.failure)
		}
	})
}

// Close ends the store without a checkpoint. All snapshots, iterators and batches
// must have been closed.
func (s *Store) Close() error {
	return errors.Join(s.db.Close(), s.lock.Close())
}

// DiskBytes returns the size of the store on disk.
func (s *Store) DiskBytes() uint64 { return s.db.Metrics().DiskSpaceUsage() }

// MemBytes returns the memory of memtables and block cache.
func (s *Store) MemBytes() int64 {
	m := s.db.Metrics()
	return int64(m.MemTable.Size) + m.BlockCache.Size
}

// RowBytes estimates the size on disk of an object's rows.
func (s *Store) RowBytes(id uint64) (uint64, error) {
	lo := appendPrefix(nil, prefixRow, id)
	return s.db.EstimateDiskUsage(lo, successor(lo))
}

// storeLogger passes on what Pebble says; its chatter about each flush is dropped.
type storeLogger struct{ log *slog.Logger }

// Infof implements pebble.Logger.
func (storeLogger) Infof(string, ...any) {}

// Errorf implements pebble.Logger.
func (l storeLogger) Errorf(format string, args ...any) {
	l.log.Error("state store", "error", fmt.Sprintf(format, args...))
}

// Fatalf implements pebble.Logger. The store cannot go on: the process must end, and
// the next Open starts from the last checkpoint.
func (l storeLogger) Fatalf(format string, args ...any) {
	panic(fmt.Sprintf("state store: "+format, args...))
}
