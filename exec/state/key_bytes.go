package state

import "bytes"

// strideMax is the length up to which keys of one length are kept side by side.
const strideMax = 64

// keyBytes is the keys of a Keys by slot. As long as all have one length, as those of
// columns of fixed size do, they stand at multiples of it and need no references: one
// cache miss less for each look-up. A key of another length moves all into cells.
type keyBytes struct {
	stride int // 0: in cells
	began  bool
	buf    []byte
	used   []uint64
	cells  Cells
}

func (k *keyBytes) get(slot int32) []byte {
	if k.stride > 0 {
		at := int(slot) * k.stride
		return k.buf[at : at+k.stride : at+k.stride]
	}
	return k.cells.Get(slot)
}

// equal reports whether the key at slot is key.
func (k *keyBytes) equal(slot int32, key []byte) bool {
	if k.stride > 0 {
		at := int(slot) * k.stride
		return len(key) == k.stride && string(k.buf[at:at+k.stride]) == string(key)
	}
	return bytes.Equal(k.cells.Get(slot), key)
}

func (k *keyBytes) has(slot int32) bool {
	if k.stride > 0 {
		w := int(slot >> 6)
		return w < len(k.used) && k.used[w]&(1<<(uint(slot)&63)) != 0
	}
	return k.cells.Has(slot)
}

func (k *keyBytes) put(slot int32, key []byte) {
	if !k.began {
		k.began = true
		if len(key) > 0 && len(key) <= strideMax {
			k.stride = len(key)
		}
	}
	if k.stride > 0 && len(key) != k.stride {
		k.toCells()
	}
	if k.stride == 0 {
		k.cells.Put(slot, key)
		return
	}
	for len(k.used) <= int(slot>>6) {
		k.used = append(k.used, 0)
	}
	k.used[slot>>6] |= 1 << (uint(slot) & 63)
	at := int(slot) * k.stride
	if at == len(k.buf) {
		k.buf = append(k.buf, key...)
		return
	}
	for len(k.buf) < at+k.stride {
		k.buf = append(k.buf, 0)
	}
	copy(k.buf[at:], key)
}

func (k *keyBytes) clear(slot int32) {
	if k.stride > 0 {
		k.used[slot>>6] &^= 1 << (uint(slot) & 63)
		return
	}
	k.cells.Clear(slot)
}

// toCells gives up the common length.
func (k *keyBytes) toCells() {
	for slot := range int32(len(k.buf) / k.stride) {
		if k.has(slot) {
			k.cells.Put(slot, k.get(slot))
		}
	}
	k.stride, k.buf, k.used = 0, nil, nil
}

func (k *keyBytes) reset() {
	k.stride, k.began = 0, false
	k.buf, k.used = k.buf[:0], k.used[:0]
	k.cells.Reset()
}

func (k *keyBytes) memBytes() int64 {
	return int64(cap(k.buf)+8*cap(k.used)) + k.cells.MemBytes()
}
