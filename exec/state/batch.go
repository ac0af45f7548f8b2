package state

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"

	"github.com/cockroachdb/pebble/v2"
)

// Batch is changes that become visible together. After an error in one of its
// calls, Commit returns that error.
type Batch struct {
	store   *Store
	b       *pebble.Batch
	key     []byte
	val     []byte
	leaving []leaving
	err     error
}

// NewBatch returns an empty batch.
func (s *Store) NewBatch() *Batch { return &Batch{store: s, b: s.db.NewBatch()} }

func (b *Batch) keep(err error) {
	if b.err == nil {
		b.err = err
	}
}

func (b *Batch) set(key, val []byte) { b.keep(b.b.Set(key, val, nil)) }
func (b *Batch) delete(key []byte)   { b.keep(b.b.Delete(key, nil)) }

func (b *Batch) rowKey(id uint64, key []byte) []byte {
	b.key = append(appendPrefix(b.key[:0], prefixRow, id), key...)
	return b.key
}

// PutRow stores a row of an object with a primary key, in place of the old one.
func (b *Batch) PutRow(id uint64, key, row []byte) { b.set(b.rowKey(id, key), row) }

// DeleteRow removes a row of an object with a primary key.
func (b *Batch) DeleteRow(id uint64, key []byte) { b.delete(b.rowKey(id, key)) }

// AddRow adds w to the weight of a row of an object without a primary key, with
// its entries in the object's indexes. A row that arrives is not looked up; one that
// goes is, by Commit, which removes it when its weight becomes 0. A batch may name
// a row once only.
func (b *Batch) AddRow(id uint64, key, row []byte, w int64, entries ...IndexEntry) {
	if w < 0 {
		b.leaving = append(b.leaving, leaving{
			key: append([]byte(nil), b.rowKey(id, key)...), prefix: 9,
			row: append([]byte(nil), row...), w: w, entries: cloneEntries(entries),
		})
		return
	}
	b.addRow(b.rowKey(id, key), row, w)
	for _, e := range entries {
		b.PutIndex(e.Index, e.Key, key)
	}
}

func (b *Batch) addRow(key, row []byte, w int64) {
	b.val = append(appendWeight(b.val[:0], w), row...)
	b.keep(b.b.Merge(key, b.val, nil))
}

// IndexEntry is the key of a row in one index.
type IndexEntry struct {
	Index uint64
	Key   []byte
}

func cloneEntries(entries []IndexEntry) []IndexEntry {
	out := slices.Clone(entries)
	for i := range out {
		out[i].Key = slices.Clone(out[i].Key)
	}
	return out
}

// leaving is a row whose weight goes down.
type leaving struct {
	key     []byte
	prefix  int
	row     []byte
	w       int64
	entries []IndexEntry
}

// settle looks up the rows whose weight goes down, in key order, and removes those
// that are gone.
func (b *Batch) settle() error {
	if len(b.leaving) == 0 {
		return nil
	}
	slices.SortFunc(b.leaving, func(x, y leaving) int { return bytes.Compare(x.key, y.key) })
	it, err := b.store.db.NewIter(nil)
	if err != nil {
		return err
	}
	for _, l := range b.leaving {
		var old int64
		if it.SeekGE(l.key) && bytes.Equal(it.Key(), l.key) {
			val, err := it.ValueAndErr()
			if err != nil || len(val) < 8 {
				return errors.Join(err, errCorrupt, it.Close())
			}
			old = int64(binary.LittleEndian.Uint64(val))
		}
		if old+l.w != 0 {
			b.addRow(l.key, l.row, l.w)
			continue
		}
		b.delete(l.key)
		for _, e := range l.entries {
			b.DeleteIndex(e.Index, e.Key, l.key[l.prefix:])
		}
	}
	return errors.Join(it.Error(), it.Close())
}

func (b *Batch) indexKey(index uint64, indexKey, key []byte) []byte {
	b.key = append(appendPrefix(b.key[:0], prefixIndex, index), indexKey...)
	b.key = append(b.key, key...)
	return b.key
}

// PutIndex adds an entry for the row at key.
func (b *Batch) PutIndex(index uint64, indexKey, key []byte) {
	b.val = binary.AppendUvarint(b.val[:0], uint64(len(indexKey)))
	b.set(b.indexKey(index, indexKey, key), b.val)
}

// DeleteIndex removes an entry that PutIndex added.
func (b *Batch) DeleteIndex(index uint64, indexKey, key []byte) {
	b.delete(b.indexKey(index, indexKey, key))
}

// DropRows removes all rows of an object.
func (b *Batch) DropRows(id uint64) { b.drop(appendPrefix(nil, prefixRow, id)) }

// DropIndex removes all entries of an index.
func (b *Batch) DropIndex(index uint64) { b.drop(appendPrefix(nil, prefixIndex, index)) }

// DropFlow removes the saved state of all operators of a flow.
func (b *Batch) DropFlow(flow uint64) { b.drop(appendPrefix(nil, prefixState, flow)) }

func (b *Batch) drop(prefix []byte) {
	b.keep(b.b.DeleteRange(prefix, successor(prefix), nil))
}

// Len returns the size of the batch in bytes.
func (b *Batch) Len() int { return b.b.Len() }

// Count returns the number of changes.
func (b *Batch) Count() int { return int(b.b.Count()) }

// Commit makes the changes visible and ends the batch. It does not wait for the disk.
// Batches with rows of weight below 0 must be committed one after another.
func (b *Batch) Commit() error {
	if b.err == nil {
		b.err = b.settle()
	}
	if b.err != nil {
		b.Close()
		return b.err
	}
	err := b.b.Commit(pebble.NoSync)
	b.Close()
	return err
}

// Close ends a batch without committing it; after Commit it does nothing.
func (b *Batch) Close() {
	if b.b != nil {
		_ = b.b.Close()
		b.b = nil
	}
}
