package state

import (
	"encoding/binary"
	"math/bits"

	"github.com/cespare/xxhash/v2"
)

// Keys maps byte strings to dense slots: the table of groups of an aggregate, of
// rows of a join. Open addressing over 8-byte entries; the strings lie in one
// buffer. What belongs to a key is kept by the owner in slices indexed by slot.
// The zero value is empty.
type Keys struct {
	slots
	keys keyBytes
	// table entries are hash<<32 | slot+1; 0 is empty. The length is a power of two.
	table  []uint64
	hashes []uint32 // scratch of one batch
	added  []int32  // rows of the last batch whose keys were new

	touched    []int32
	touchedBit []uint64

	// Bag: keys are appended, so that some may be equal, and not looked up. It is set
	// before the first.
	Bag bool
}

const keysMin = 16

func hashKey(b []byte) uint32 {
	if len(b) == 9 { // one fixed column
		x := binary.LittleEndian.Uint64(b[1:]) ^ 0x9e3779b97f4a7c15
		hi, lo := bits.Mul64(x, 0xd6e8feb86659fd93^uint64(b[0]))
		x = hi ^ lo
		return uint32(x ^ x>>32)
	}
	h := xxhash.Sum64(b)
	return uint32(h ^ h>>32)
}

// Get returns the key at slot, which must be in use. It is valid until the slot is
// used again.
func (k *Keys) Get(slot int32) []byte { return k.keys.get(slot) }

// Used reports whether slot holds a key.
func (k *Keys) Used(slot int32) bool { return k.keys.has(slot) }

// Find returns the slot of key, or -1.
func (k *Keys) Find(key []byte) int32 {
	if len(k.table) == 0 {
		return -1
	}
	return k.find(key, hashKey(key))
}

func (k *Keys) find(key []byte, h uint32) int32 {
	mask := uint32(len(k.table) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		e := k.table[i]
		if e == 0 {
			return -1
		}
		if uint32(e>>32) == h {
			if slot := int32(uint32(e)) - 1; k.keys.equal(slot, key) {
				return slot
			}
		}
	}
}

// FindOrAdd returns the slot of key and whether it is new.
func (k *Keys) FindOrAdd(key []byte) (slot int32, added bool) {
	k.reserve(1)
	return k.findOrAdd(key, hashKey(key))
}

func (k *Keys) findOrAdd(key []byte, h uint32) (int32, bool) {
	mask := uint32(len(k.table) - 1)
	for i := h & mask; ; i = (i + 1) & mask {
		e := k.table[i]
		if e == 0 {
			slot := k.alloc()
			k.keys.put(slot, key)
			k.table[i] = uint64(h)<<32 | uint64(slot+1)
			k.MarkDirty(slot)
			return slot, true
		}
		if uint32(e>>32) == h {
			if slot := int32(uint32(e)) - 1; k.keys.equal(slot, key) {
				return slot, false
			}
		}
	}
}

// Append adds a key without looking whether it is there, and returns its slot. A Keys
// takes all its keys by it or none, and then finds none; Bag says so to Load.
func (k *Keys) Append(key []byte) int32 {
	slot := k.alloc()
	k.keys.put(slot, key)
	k.MarkDirty(slot)
	return slot
}

// FindAll appends to dst the slot of each key, -1 where there is none; key i is
// arena[off[i]:off[i+1]].
func (k *Keys) FindAll(dst []int32, arena []byte, off []uint32) []int32 {
	n := len(off) - 1
	if len(k.table) == 0 {
		for range n {
			dst = append(dst, -1)
		}
		return dst
	}
	k.hashAll(arena, off)
	for i := range n {
		dst = append(dst, k.find(arena[off[i]:off[i+1]], k.hashes[i]))
	}
	return dst
}

// FindOrAddAll appends to dst the slot of each key, adding those that are missing;
// Added tells which.
func (k *Keys) FindOrAddAll(dst []int32, arena []byte, off []uint32) []int32 {
	n := len(off) - 1
	k.hashAll(arena, off)
	k.added = k.added[:0]
	for i := range n {
		k.reserve(1)
		slot, added := k.findOrAdd(arena[off[i]:off[i+1]], k.hashes[i])
		dst = append(dst, slot)
		if added {
			k.added = append(k.added, int32(i))
		}
	}
	return dst
}

// Added returns the positions, in the last batch of FindOrAddAll, of the keys that
// were new.
func (k *Keys) Added() []int32 { return k.added }

func (k *Keys) hashAll(arena []byte, off []uint32) {
	n := len(off) - 1
	if cap(k.hashes) < n {
		k.hashes = make([]uint32, n)
	}
	k.hashes = k.hashes[:n]
	for i := range n {
		k.hashes[i] = hashKey(arena[off[i]:off[i+1]])
	}
}

// reserve makes room for n more keys at a load of at most 2/3.
func (k *Keys) reserve(n int) {
	if (k.Len()+n)*3 <= len(k.table)*2 {
		return
	}
	size := max(keysMin, len(k.table))
	for (k.Len()+n)*3 > size*2 {
		size *= 2
	}
	old := k.table
	k.table = make([]uint64, size)
	for _, e := range old {
		if e != 0 {
			k.place(e)
		}
	}
}

func (k *Keys) place(e uint64) {
	mask := uint32(len(k.table) - 1)
	i := uint32(e>>32) & mask
	for k.table[i] != 0 {
		i = (i + 1) & mask
	}
	k.table[i] = e
}

// Remove frees slot.
func (k *Keys) Remove(slot int32) {
	if k.Bag {
		k.keys.clear(slot)
		k.MarkDirty(slot)
		k.release(slot)
		return
	}
	h := hashKey(k.keys.get(slot))
	mask := uint32(len(k.table) - 1)
	i := h & mask
	for uint32(k.table[i]) != uint32(slot+1) {
		i = (i + 1) & mask
	}
	k.unplace(i)
	k.keys.clear(slot)
	k.MarkDirty(slot)
	k.release(slot)
}

// unplace empties table position i and moves later entries of the run back, so
// that no tombstones are needed.
func (k *Keys) unplace(i uint32) {
	mask := uint32(len(k.table) - 1)
	for j := (i + 1) & mask; k.table[j] != 0; j = (j + 1) & mask {
		home := uint32(k.table[j]>>32) & mask
		if (j-home)&mask >= (j-i)&mask {
			k.table[i] = k.table[j]
			i = j
		}
	}
	k.table[i] = 0
}

// Touch notes that slot changed in this epoch, and reports whether this is the
// first time; such slots also count as dirty.
func (k *Keys) Touch(slot int32) bool {
	w, bit := int(slot>>6), uint64(1)<<(uint(slot)&63)
	for len(k.touchedBit) <= w {
		k.touchedBit = append(k.touchedBit, 0)
	}
	if k.touchedBit[w]&bit != 0 {
		return false
	}
	k.touchedBit[w] |= bit
	k.touched = append(k.touched, slot)
	k.MarkDirty(slot)
	return true
}

// Touched returns the touched slots in the order of their first touch, until the
// next call of EndEpoch.
func (k *Keys) Touched() []int32 { return k.touched }

// EndEpoch forgets which slots were touched.
func (k *Keys) EndEpoch() {
	for _, slot := range k.touched {
		k.touchedBit[slot>>6] = 0
	}
	k.touched = k.touched[:0]
}

// Reset removes everything but keeps the memory, for tables of one epoch. A table that
// a large epoch has left shrinks by and by: clearing it costs what its size is.
func (k *Keys) Reset() {
	k.EndEpoch()
	if size := len(k.table); size > keysMin && 8*int(k.n) < size {
		k.table = make([]uint64, size/2)
	} else {
		clear(k.table)
	}
	k.slots.reset()
	k.keys.reset()
}

// MemBytes returns the memory held.
func (k *Keys) MemBytes() int64 {
	return k.slots.memBytes() + k.keys.memBytes() +
		int64(8*cap(k.table)+4*cap(k.hashes)+4*cap(k.added)+4*cap(k.touched)+8*cap(k.touchedBit))
}

// Save writes the changed keys to table t; extra, if not nil, appends what the
// owner keeps for a slot.
func (k *Keys) Save(w *Saver, t byte, extra func(dst []byte, slot int32) []byte) {
	w.blocks(t, &k.slots, k.Used, func(dst []byte, slot int32) []byte {
		key := k.Get(slot)
		dst = binary.AppendUvarint(dst, uint64(len(key)))
		dst = append(dst, key...)
		if extra != nil {
			dst = extra(dst, slot)
		}
		return dst
	})
}

// Load reads what Save wrote into an empty table; extra gets the owner's bytes.
func (k *Keys) Load(r *Loader, t byte, extra func(slot int32, b []byte) error) error {
	err := r.blocks(t, func(slot int32, b []byte) error {
		key, rest, err := cutBytes(b)
		if err != nil {
			return err
		}
		k.restore(slot, key)
		if extra == nil {
			return nil
		}
		return extra(slot, rest)
	})
	k.slots.restored(k.Used)
	return err
}

func (k *Keys) restore(slot int32, key []byte) {
	// Slots arrive in ascending order: those skipped are free, and counting them
	// as used here only makes the table a little larger.
	k.n = slot + 1
	k.keys.put(slot, key)
	if k.Bag {
		return
	}
	k.reserve(0)
	k.place(uint64(hashKey(key))<<32 | uint64(slot+1))
}
