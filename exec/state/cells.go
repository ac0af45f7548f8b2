package state

import (
	"encoding/binary"

	"millrace/sql/pgerr"
)

// A reference to a cell is offset<<lenBits | length; the length of a long cell
// stands before it in the buffer.
const (
	lenBits = 24
	longLen = 1<<lenBits - 1
	noCell  = ^uint64(0)
)

// garbageMin is how many dead bytes a buffer must have before it is rewritten.
const garbageMin = 64 << 10

// Strings lie in chunks of this size, so that nothing is copied when there are more; the
// first one grows up to it, and a longer string has a chunk of its own.
const (
	chunkBits = 18
	chunkSize = 1 << chunkBits
)

// Cells is byte strings by slot number in a few large chunks. The zero value is empty.
type Cells struct {
	refs    []uint64
	chunks  [][]byte
	size    int // bytes written, dead ones included
	held    int // bytes of the chunks
	garbage int
}

// Put stores a copy of b at slot, in place of what was there.
func (c *Cells) Put(slot int32, b []byte) {
	c.grow(int(slot) + 1)
	c.drop(c.refs[slot])
	c.refs[slot] = c.write(b)
	if c.garbage > garbageMin && c.garbage > c.size/2 {
		c.compact()
	}
}

func (c *Cells) grow(n int) {
	for len(c.refs) < n {
		c.refs = append(c.refs, noCell)
	}
}

func (c *Cells) write(b []byte) uint64 {
	if len(b) < longLen {
		chunk, at := c.room(len(b))
		*chunk = append(*chunk, b...)
		return at<<lenBits | uint64(len(b))
	}
	chunk, at := c.room(len(b) + 8)
	*chunk = append(binary.LittleEndian.AppendUint64(*chunk, uint64(len(b))), b...)
	return (at+8)<<lenBits | longLen
}

// room returns a chunk with n free bytes, and where its next byte stands.
func (c *Cells) room(n int) (chunk *[]byte, at uint64) {
	c.size += n
	k := len(c.chunks) - 1
	if k < 0 || len(c.chunks[k]) >= chunkSize || len(c.chunks[k])+n > chunkSize {
		k++
		c.chunks = append(c.chunks, nil)
	}
	chunk = &c.chunks[k]
	if have := len(*chunk); have+n > cap(*chunk) {
		want := max(have+n, 2*have, 64)
		if k > 0 {
			want = max(n, chunkSize)
		}
		c.held += want - cap(*chunk)
		*chunk = append(make([]byte, 0, want), *chunk...)
	}
	return chunk, uint64(k)<<chunkBits | uint64(len(*chunk))
}

func (c *Cells) drop(ref uint64) {
	switch {
	case ref == noCell:
	case ref&longLen == longLen:
		c.garbage += len(c.at(ref)) + 8
	default:
		c.garbage += int(ref & longLen)
	}
}

func (c *Cells) at(ref uint64) []byte {
	off, n := ref>>lenBits, int(ref&longLen)
	chunk, from := c.chunks[off>>chunkBits], int(off&(chunkSize-1))
	if n == longLen {
		n = int(binary.LittleEndian.Uint64(chunk[from-8:]))
	}
	return chunk[from : from+n : from+n]
}

// Get returns the string at slot, which must be there. The bytes stay valid and
// unchanged for as long as the caller holds them.
func (c *Cells) Get(slot int32) []byte { return c.at(c.refs[slot]) }

// Has reports whether there is a string at slot.
func (c *Cells) Has(slot int32) bool { return int(slot) < len(c.refs) && c.refs[slot] != noCell }

// Clear removes the string at slot.
func (c *Cells) Clear(slot int32) {
	if !c.Has(slot) {
		return
	}
	c.drop(c.refs[slot])
	c.refs[slot] = noCell
}

// compact rewrites the chunks without the dead bytes. Slices handed out before keep
// the old ones alive.
func (c *Cells) compact() {
	old := *c
	c.chunks, c.size, c.held, c.garbage = nil, 0, 0, 0
	for i, ref := range c.refs {
		if ref != noCell {
			c.refs[i] = c.write(old.at(ref))
		}
	}
}

// Reset removes everything but keeps the memory of the first chunk, for state of one
// epoch. Bytes that Get returned are no longer valid.
func (c *Cells) Reset() {
	c.refs, c.size, c.garbage = c.refs[:0], 0, 0
	if len(c.chunks) > 0 {
		clear(c.chunks[1:])
		c.chunks = c.chunks[:1]
		c.chunks[0] = c.chunks[0][:0]
		c.held = cap(c.chunks[0])
	}
}

// MemBytes returns the memory held.
func (c *Cells) MemBytes() int64 {
	return int64(8*cap(c.refs) + 24*cap(c.chunks) + c.held)
}

// slots hands out dense numbers, always the lowest that is free, so that a Load changes
// nothing about which come next (I4). It remembers which of them changed since the
// last Save.
type slots struct {
	n     int32   // slots ever used
	free  []int32 // a heap: the lowest first
	dirty []uint64
	// anyDirty avoids looking through the bitmap of an idle operator.
	anyDirty bool
}

func (s *slots) alloc() int32 {
	if len(s.free) > 0 {
		return s.popFree()
	}
	if s.n == 1<<31-2 {
		panic(pgerr.New(pgerr.ConfigurationLimitExceeded, "operator state has too many entries"))
	}
	s.n++
	return s.n - 1
}

func (s *slots) popFree() int32 {
	f, slot := s.free, s.free[0]
	k := len(f) - 1
	last := f[k]
	f = f[:k]
	i := 0
	for {
		kid := 2*i + 1
		if kid >= k {
			break
		}
		if kid+1 < k && f[kid+1] < f[kid] {
			kid++
		}
		if last <= f[kid] {
			break
		}
		f[i] = f[kid]
		i = kid
	}
	if k > 0 {
		f[i] = last
	}
	s.free = f
	return slot
}

func (s *slots) release(slot int32) {
	s.free = append(s.free, slot)
	for i := len(s.free) - 1; i > 0; {
		up := (i - 1) / 2
		if s.free[up] <= slot {
			return
		}
		s.free[i], s.free[up] = s.free[up], slot
		i = up
	}
}

// MarkDirty says that the entry at slot must be written by the next Save.
func (s *slots) MarkDirty(slot int32) {
	w := int(slot >> 6)
	for len(s.dirty) <= w {
		s.dirty = append(s.dirty, 0)
	}
	s.dirty[w] |= 1 << (uint(slot) & 63)
	s.anyDirty = true
}

// Cap returns one more than the largest slot in use, for slices beside the container.
func (s *slots) Cap() int { return int(s.n) }

// Len returns the number of entries.
func (s *slots) Len() int { return int(s.n) - len(s.free) }

func (s *slots) reset() {
	s.n, s.free, s.dirty, s.anyDirty = 0, s.free[:0], s.dirty[:0], false
}

func (s *slots) memBytes() int64 { return int64(4*cap(s.free) + 8*cap(s.dirty)) }

// restored rebuilds the free list after a Load, given which slots are in use.
func (s *slots) restored(used func(slot int32) bool) {
	s.free = s.free[:0]
	for slot := range s.n { // ascending order is a heap
		if !used(slot) {
			s.free = append(s.free, slot)
		}
	}
	clear(s.dirty)
	s.anyDirty = false
}
