package state

import (
	"encoding/binary"
	"errors"
	"sync/atomic"

	"github.com/cockroachdb/pebble/v2"
)

// Snapshot is the content of the store at one moment. It may be used by many
// goroutines at once. It holds back the cleaning up of old versions, so it should not
// be kept for long.
type Snapshot struct {
	snap *pebble.Snapshot
	refs atomic.Int32
}

// Snapshot returns the present content; the caller closes it.
func (s *Store) Snapshot() *Snapshot {
	out := &Snapshot{snap: s.db.NewSnapshot()}
	out.refs.Store(1)
	return out
}

// Retain adds a holder, who calls Close once, and returns s.
func (s *Snapshot) Retain() *Snapshot {
	s.refs.Add(1)
	return s
}

// Close drops one holder; the last one frees the snapshot.
func (s *Snapshot) Close() {
	if s.refs.Add(-1) == 0 {
		_ = s.snap.Close()
	}
}

// get returns a copy of the value at key, nil when there is none.
func (s *Snapshot) get(key []byte) ([]byte, error) {
	val, closer, err := s.snap.Get(key)
	if errors.Is(err, pebble.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	out := append(make([]byte, 0, len(val)), val...)
	return out, closer.Close()
}

func (s *Snapshot) iter(lo, hi []byte) (*pebble.Iterator, error) {
	return s.snap.NewIter(&pebble.IterOptions{LowerBound: lo, UpperBound: hi})
}

// Get returns the row at key of an object.
func (s *Snapshot) Get(rows Rows, key []byte) (row []byte, ok bool, err error) {
	row, w, err := s.GetWeight(rows, key)
	return row, w != 0, err
}

// RowKeyBytes is the length of what RowKey appends.
const RowKeyBytes = 9

// RowKey appends the store's key of an object's row up to the row's own key, for View.
// It is RowKeyBytes long.
func RowKey(dst []byte, rows Rows) []byte { return appendPrefix(dst, prefixRow, rows.ID) }

// View calls fn with the row whose key, behind RowKey, is key, and reports whether it is
// there. The row is valid during the call only.
func (s *Snapshot) View(rows Rows, key []byte, fn func(row []byte) error) (found bool, err error) {
	val, closer, err := s.snap.Get(key)
	if errors.Is(err, pebble.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, closer.Close()) }()
	if rows.Weighted {
		if len(val) < 8 {
			return false, errCorrupt
		}
		if binary.LittleEndian.Uint64(val) == 0 {
			return false, nil
		}
		val = val[8:]
	}
	return true, fn(val)
}

// GetWeight returns the row at key of an object and how many times it is there, 0
// when it is not.
func (s *Snapshot) GetWeight(rows Rows, key []byte) (row []byte, w int64, err error) {
	val, err := s.get(append(appendPrefix(make([]byte, 0, 9+len(key)), prefixRow, rows.ID), key...))
	if err != nil || val == nil {
		return nil, 0, err
	}
	if !rows.Weighted {
		return val, 1, nil
	}
	if len(val) < 8 {
		return nil, 0, errCorrupt
	}
	return val[8:], int64(binary.LittleEndian.Uint64(val)), nil
}

// Stored lists the objects that have rows, the indexes that have entries and the flows
// that have state, each in order.
func (s *Snapshot) Stored() (objects, indexes, flows []uint64, err error) {
	for _, x := range []struct {
		prefix byte
		into   *[]uint64
	}{{prefixRow, &objects}, {prefixIndex, &indexes}, {prefixState, &flows}} {
		if *x.into, err = s.ids(x.prefix); err != nil {
			return nil, nil, nil, err
		}
	}
	return objects, indexes, flows, nil
}

func (s *Snapshot) ids(prefix byte) (ids []uint64, err error) {
	it, err := s.iter([]byte{prefix}, []byte{prefix + 1})
	if err != nil {
		return nil, err
	}
	for ok := it.First(); ok; {
		if len(it.Key()) < 9 {
			return nil, errors.Join(errCorrupt, it.Close())
		}
		id := binary.BigEndian.Uint64(it.Key()[1:9])
		ids = append(ids, id)
		next := successor(appendPrefix(nil, prefix, id))
		if next == nil {
			break
		}
		ok = it.SeekGE(next)
	}
	return ids, errors.Join(it.Error(), it.Close())
}

// Iter reads rows or index entries in key order. It is one goroutine's.
type Iter struct {
	it       *pebble.Iterator
	prefix   int
	weighted bool
	index    bool
	started  bool
	err      error

	key    []byte
	row    []byte
	weight int64
	cut    int // of an index entry: length of the index key
}

// Scan reads the rows of an object whose keys are in [lo, hi); nil is open. The
// caller closes the iterator.
func (s *Snapshot) Scan(rows Rows, lo, hi []byte) *Iter {
	out := &Iter{weighted: rows.Weighted}
	return out.open(s, appendPrefix(nil, prefixRow, rows.ID), lo, hi)
}

// ScanIndex reads the entries of an index whose index key, followed by the key of
// the row, is in [lo, hi); nil is open.
func (s *Snapshot) ScanIndex(index uint64, lo, hi []byte) *Iter {
	out := &Iter{index: true}
	return out.open(s, appendPrefix(nil, prefixIndex, index), lo, hi)
}

func (i *Iter) open(s *Snapshot, prefix, lo, hi []byte) *Iter {
	i.prefix = len(prefix)
	from, to := append(append([]byte(nil), prefix...), lo...), successor(prefix)
	if hi != nil {
		to = append(append([]byte(nil), prefix...), hi...)
	}
	i.it, i.err = s.iter(from, to)
	return i
}

// Next moves to the next row and reports whether there is one.
func (i *Iter) Next() bool {
	if i.err != nil {
		return false
	}
	return i.move(i.it.First, i.it.Next)
}

// Prev moves to the row before; the first call goes to the last row of the range.
func (i *Iter) Prev() bool {
	if i.err != nil {
		return false
	}
	return i.move(i.it.Last, i.it.Prev)
}

// move goes on to the next row that is there.
func (i *Iter) move(start, step func() bool) bool {
	ok := i.started && step() || !i.started && start()
	i.started = true
	for ok && i.read() {
		if i.weight != 0 {
			return true
		}
		ok = step()
	}
	return false
}

func (i *Iter) read() bool {
	val, err := i.it.ValueAndErr()
	if err == nil {
		err = i.parse(i.it.Key()[i.prefix:], val)
	}
	i.err = err
	return err == nil
}

func (i *Iter) parse(key, val []byte) error {
	i.key, i.weight = key, 1
	if i.weighted {
		if len(val) < 8 {
			return errCorrupt
		}
		i.weight, val = int64(binary.LittleEndian.Uint64(val)), val[8:]
	}
	i.row = val
	if !i.index {
		return nil
	}
	n, k := binary.Uvarint(val)
	if k <= 0 || n > uint64(len(key)) {
		return errCorrupt
	}
	i.cut = int(n)
	return nil
}

// Key returns the key of the row, of an index entry that of the row it points to.
// It is valid until the next call of Next, as are Row and IndexKey.
func (i *Iter) Key() []byte { return i.key[i.cut:] }

// IndexKey returns the index key of an index entry.
func (i *Iter) IndexKey() []byte { return i.key[:i.cut] }

// Row returns the exact bytes of the row (not of an index entry).
func (i *Iter) Row() []byte { return i.row }

// Weight returns how many times the row is there (1 for an index entry).
func (i *Iter) Weight() int64 { return i.weight }

// Close ends the scan and returns its error, if any.
func (i *Iter) Close() error {
	if i.it == nil {
		return i.err
	}
	err := errors.Join(i.err, i.it.Error(), i.it.Close())
	i.it = nil
	return err
}
