package state

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math/bits"
)

// blockSlots is the number of neighbouring slots saved under one key of the store:
// large enough that a million groups are few keys, small enough that one changed
// group does not rewrite much. It divides 64.
const blockSlots = 16

// blockFormat is the first byte of each block.
const blockFormat = 1

// saverBatchBytes is how much a Saver gathers before it writes to the store.
const saverBatchBytes = 4 << 20

// errCorrupt says that saved operator state does not have the form Save gives it.
var errCorrupt = errors.New("saved operator state is corrupt")

// Saver writes the state of operators into the store. Nothing of it counts until
// the checkpoint that follows is complete (I1).
type Saver struct {
	store *Store
	batch *Batch
	flow  uint64
	op    uint32
	key   []byte
	val   []byte
	err   error
	bytes int64
}

// NewSaver returns a Saver for one checkpoint.
func (s *Store) NewSaver() *Saver { return &Saver{store: s, batch: s.NewBatch()} }

// Op says whose state the following calls write. An operator is known by the flow it
// belongs to and a number that it keeps as long as the flow lives.
func (w *Saver) Op(flow uint64, op uint32) { w.flow, w.op = flow, op }

// Put writes one value of the current operator.
func (w *Saver) Put(t byte, key, val []byte) {
	w.key = append(appendStateKey(w.key[:0], w.flow, w.op, t), key...)
	w.set(val)
}

func (w *Saver) set(val []byte) {
	if w.err != nil {
		return
	}
	w.batch.set(w.key, val)
	w.bytes += int64(len(w.key) + len(val))
	if w.batch.Len() >= saverBatchBytes {
		w.err = w.batch.Commit()
		w.batch = w.store.NewBatch()
	}
}

// blocks writes the blocks that have a changed slot and clears the marks.
func (w *Saver) blocks(t byte, s *slots, used func(int32) bool, entry func([]byte, int32) []byte) {
	if !s.anyDirty {
		return
	}
	s.anyDirty = false
	for i, word := range s.dirty {
		if word == 0 {
			continue
		}
		s.dirty[i] = 0
		for word != 0 {
			part := bits.TrailingZeros64(word) / blockSlots
			word &^= (1<<blockSlots - 1) << (part * blockSlots)
			w.block(t, int32(i*64+part*blockSlots), s.n, used, entry)
		}
	}
}

func (w *Saver) block(t byte, first, end int32, used func(int32) bool, entry func([]byte, int32) []byte) {
	w.key = appendStateKey(w.key[:0], w.flow, w.op, t)
	w.key = binary.BigEndian.AppendUint32(w.key, uint32(first/blockSlots))
	w.val = append(w.val[:0], blockFormat)
	for slot := first; slot < min(first+blockSlots, end); slot++ {
		if used(slot) {
			w.val = append(w.val, byte(slot-first), 0, 0, 0, 0)
			at := len(w.val)
			w.val = entry(w.val, slot)
			binary.LittleEndian.PutUint32(w.val[at-4:], uint32(len(w.val)-at))
		}
	}
	if len(w.val) == 1 {
		w.batch.delete(w.key)
		return
	}
	w.set(w.val)
}

// Close writes what is left and returns the first error.
func (w *Saver) Close() error {
	if w.err != nil {
		w.batch.Close()
		return w.err
	}
	return w.batch.Commit()
}

// Bytes returns the size of what was written so far.
func (w *Saver) Bytes() int64 { return w.bytes }

// Loader reads the state of one operator from a snapshot of the store.
type Loader struct {
	snap *Snapshot
	flow uint64
	op   uint32
}

// NewLoader returns a Loader; the snapshot stays the caller's.
func NewLoader(snap *Snapshot, flow uint64, op uint32) *Loader {
	return &Loader{snap: snap, flow: flow, op: op}
}

// Get returns a value that Put wrote, nil when there is none.
func (r *Loader) Get(t byte, key []byte) ([]byte, error) {
	return r.snap.get(append(appendStateKey(nil, r.flow, r.op, t), key...))
}

// Empty reports whether the operator never saved anything.
func (r *Loader) Empty() (bool, error) {
	lo := appendStateOp(nil, r.flow, r.op)
	it, err := r.snap.iter(lo, successor(lo))
	if err != nil {
		return false, err
	}
	empty := !it.First()
	return empty, errors.Join(it.Error(), it.Close())
}

// blocks calls fn for each saved slot of table t in ascending order.
func (r *Loader) blocks(t byte, fn func(slot int32, b []byte) error) (err error) {
	lo := appendStateKey(nil, r.flow, r.op, t)
	it, err := r.snap.iter(lo, successor(lo))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, it.Close()) }()
	for ok := it.First(); ok; ok = it.Next() {
		val, err := it.ValueAndErr()
		if err != nil {
			return err
		}
		if err := readBlock(it.Key()[len(lo):], val, fn); err != nil {
			return fmt.Errorf("flow %d, operator %d, table %d: %w", r.flow, r.op, t, err)
		}
	}
	return it.Error()
}

func readBlock(key, val []byte, fn func(slot int32, b []byte) error) error {
	if len(key) != 4 || len(val) == 0 || val[0] != blockFormat {
		return errCorrupt
	}
	number := binary.BigEndian.Uint32(key)
	if number > (1<<31-1)/blockSlots {
		return errCorrupt
	}
	first, last := int32(number)*blockSlots, -1
	for val = val[1:]; len(val) > 0; {
		if len(val) < 5 || int(val[0]) <= last || val[0] >= blockSlots {
			return errCorrupt
		}
		last = int(val[0])
		n := binary.LittleEndian.Uint32(val[1:])
		val = val[5:]
		if uint64(n) > uint64(len(val)) {
			return errCorrupt
		}
		if err := fn(first+int32(last), val[:n]); err != nil {
			return err
		}
		val = val[n:]
	}
	return nil
}

// cutBytes reads a length and so many bytes.
func cutBytes(b []byte) (val, rest []byte, err error) {
	n, k := binary.Uvarint(b)
	if k <= 0 || n > uint64(len(b)-k) {
		return nil, nil, errCorrupt
	}
	b = b[k:]
	return b[:n:n], b[n:], nil
}
