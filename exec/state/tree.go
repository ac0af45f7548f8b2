package state

import (
	"bytes"
	"encoding/binary"
)

// fan is the number of entries in a node of a Tree. Two leaves of a parent are
// joined when both fit into three quarters of one.
const (
	fan     = 32
	fanJoin = fan * 3 / 4
)

// Tree is an ordered multiset of byte strings with weights: the values under min
// and max, the rows of a Top-N. Each entry is a key, which gives the order, and a
// payload, which tells apart entries of equal keys (1.0 and 1.00) and comes last in
// the order. Keys must be such that none is a prefix of another. It is a B+tree
// in slices, without pointers. The zero value is empty.
type Tree struct {
	slots
	cells  Cells
	keyLen []uint32
	w      []int64

	leaves    []leaf
	inners    []inner
	freeLeaf  []int32
	freeInner []int32
	root      int32 // leaf number when height is 0, else inner number
	height    int
	ready     bool

	path [24]step // of the last descent
	buf  []byte   // scratch: key and payload
}

type leaf struct {
	n          int32
	prev, next int32 // leaf numbers + 1
	ids        [fan]int32
}

// inner nodes name each child together with the first entry below it.
type inner struct {
	n    int32
	ids  [fan]int32
	kids [fan]int32
}

type step struct{ node, pos int32 }

// Add adds w to the weight of the entry (key, payload), making or removing it as
// needed. It returns the weight before.
func (t *Tree) Add(key, payload []byte, w int64) (old int64) {
	t.buf = append(append(t.buf[:0], key...), payload...)
	return t.add(t.buf, len(key), w)
}

func (t *Tree) add(full []byte, keyLen int, w int64) (old int64) {
	t.init()
	at, pos, found := t.descend(full)
	if found {
		id := t.leaves[at].ids[pos]
		old = t.w[id]
		t.w[id] += w
		t.MarkDirty(id)
		if t.w[id] == 0 {
			t.removeAt(at, pos)
			t.cells.Clear(id)
			t.release(id)
		}
		return old
	}
	if w == 0 {
		return 0
	}
	id := t.newEntry(full, keyLen, w)
	t.insert(at, pos, id)
	return 0
}

func (t *Tree) init() {
	if !t.ready {
		t.root, t.height, t.ready = t.newLeaf(), 0, true
	}
}

func (t *Tree) newEntry(full []byte, keyLen int, w int64) int32 {
	id := t.alloc()
	t.setEntry(id, full, keyLen, w)
	t.MarkDirty(id)
	return id
}

func (t *Tree) setEntry(id int32, full []byte, keyLen int, w int64) {
	for len(t.w) <= int(id) {
		t.w, t.keyLen = append(t.w, 0), append(t.keyLen, 0)
	}
	t.w[id], t.keyLen[id] = w, uint32(keyLen)
	t.cells.Put(id, full)
}

func (t *Tree) newLeaf() int32 {
	if k := len(t.freeLeaf); k > 0 {
		n := t.freeLeaf[k-1]
		t.freeLeaf = t.freeLeaf[:k-1]
		t.leaves[n] = leaf{}
		return n
	}
	t.leaves = append(t.leaves, leaf{})
	return int32(len(t.leaves) - 1)
}

func (t *Tree) newInner() int32 {
	if k := len(t.freeInner); k > 0 {
		n := t.freeInner[k-1]
		t.freeInner = t.freeInner[:k-1]
		t.inners[n] = inner{}
		return n
	}
	t.inners = append(t.inners, inner{})
	return int32(len(t.inners) - 1)
}

func (t *Tree) full(id int32) []byte { return t.cells.Get(id) }

// descend finds the leaf where full belongs, the position of the first entry not
// below it there, and whether that entry is equal. It leaves the way in t.path.
func (t *Tree) descend(full []byte) (at, pos int32, found bool) {
	node := t.root
	for level := range t.height {
		in := &t.inners[node]
		i := max(t.search(in.ids[:in.n], full, true)-1, 0)
		t.path[level] = step{node, i}
		node = in.kids[i]
	}
	l := &t.leaves[node]
	pos = t.search(l.ids[:l.n], full, false)
	found = pos < l.n && bytes.Equal(t.full(l.ids[pos]), full)
	return node, pos, found
}

// search returns the number of ids whose entries are below full (or not above it,
// when orEqual).
func (t *Tree) search(ids []int32, full []byte, orEqual bool) int32 {
	lo, hi := 0, len(ids)
	for lo < hi {
		mid := int(uint(lo+hi) / 2)
		c := bytes.Compare(t.full(ids[mid]), full)
		if c < 0 || (orEqual && c == 0) {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return int32(lo)
}

// insert puts a new entry at its place, given where descend ended.
func (t *Tree) insert(at, pos, id int32) {
	if t.leaves[at].n == fan {
		t.makeRoom(at, t.full(id))
		at, pos, _ = t.descend(t.full(id))
	}
	l := &t.leaves[at]
	copy(l.ids[pos+1:l.n+1], l.ids[pos:l.n])
	l.ids[pos] = id
	l.n++
	if pos == 0 {
		t.fixFirst(t.height-1, id)
	}
}

// makeRoom splits a full leaf, after the full nodes on the way to it, from the top:
// so a split never meets a full parent.
func (t *Tree) makeRoom(at int32, full []byte) {
	for level := 0; level < t.height; level++ {
		if t.inners[t.path[level].node].n == fan {
			t.splitInner(level)
			t.descend(full)
			level = -1
		}
	}
	t.splitLeaf(at)
}

// fixFirst tells the nodes on the path, from a level upwards, that the first entry
// below them is now id.
func (t *Tree) fixFirst(level int, id int32) {
	for ; level >= 0; level-- {
		s := t.path[level]
		t.inners[s.node].ids[s.pos] = id
		if s.pos != 0 {
			return
		}
	}
}

// splitLeaf moves the upper half of a full leaf to a new one behind it.
func (t *Tree) splitLeaf(at int32) {
	right := t.newLeaf()
	l, r := &t.leaves[at], &t.leaves[right]
	r.n = fan / 2
	l.n = fan - r.n
	copy(r.ids[:], l.ids[l.n:])
	r.prev, r.next = at+1, l.next
	if l.next != 0 {
		t.leaves[l.next-1].prev = right + 1
	}
	l.next = right + 1
	t.insertKid(t.height-1, r.ids[0], right)
}

// splitInner moves the upper half of a full inner node to a new one behind it.
func (t *Tree) splitInner(level int) {
	node := t.path[level].node
	right := t.newInner()
	l, r := &t.inners[node], &t.inners[right]
	r.n = fan / 2
	l.n = fan - r.n
	copy(r.ids[:], l.ids[l.n:])
	copy(r.kids[:], l.kids[l.n:])
	t.insertKid(level-1, r.ids[0], right)
}

// insertKid puts a child behind the one that the path names at the given level,
// where there is room; level -1 makes a new root. The path is no longer right.
func (t *Tree) insertKid(level int, id, kid int32) {
	if level < 0 {
		t.newRoot(id, kid)
		return
	}
	s := t.path[level]
	in := &t.inners[s.node]
	pos := s.pos + 1
	copy(in.ids[pos+1:in.n+1], in.ids[pos:in.n])
	copy(in.kids[pos+1:in.n+1], in.kids[pos:in.n])
	in.ids[pos], in.kids[pos] = id, kid
	in.n++
}

func (t *Tree) newRoot(id, kid int32) {
	first := t.leaves[t.root].ids[0]
	if t.height > 0 {
		first = t.inners[t.root].ids[0]
	}
	n := t.newInner()
	in := &t.inners[n]
	in.n = 2
	in.ids[0], in.kids[0] = first, t.root
	in.ids[1], in.kids[1] = id, kid
	t.root = n
	t.height++
}

func (t *Tree) removeAt(at, pos int32) {
	l := &t.leaves[at]
	copy(l.ids[pos:], l.ids[pos+1:l.n])
	l.n--
	switch {
	case l.n == 0:
		if t.height > 0 {
			t.unlinkLeaf(at)
			t.removeKid(t.height - 1)
		}
		return
	case pos == 0:
		t.fixFirst(t.height-1, l.ids[0])
	}
	if l.n < fan/4 && t.height > 0 {
		t.joinRight(at)
	}
}

func (t *Tree) unlinkLeaf(at int32) {
	l := &t.leaves[at]
	if l.prev != 0 {
		t.leaves[l.prev-1].next = l.next
	}
	if l.next != 0 {
		t.leaves[l.next-1].prev = l.prev
	}
	t.freeLeaf = append(t.freeLeaf, at)
}

// joinRight moves the entries of the next leaf of the same parent into this one
// when both are small.
func (t *Tree) joinRight(at int32) {
	s := &t.path[t.height-1]
	in := &t.inners[s.node]
	if s.pos+1 >= in.n {
		return
	}
	right := in.kids[s.pos+1]
	l, r := &t.leaves[at], &t.leaves[right]
	if l.n+r.n > fanJoin {
		return
	}
	copy(l.ids[l.n:], r.ids[:r.n])
	l.n += r.n
	t.unlinkLeaf(right)
	s.pos++
	t.removeKid(t.height - 1)
}

// removeKid removes the child that the path names at the given level, which is no
// longer in use, and nodes above that become empty or needless.
func (t *Tree) removeKid(level int) {
	s := t.path[level]
	in := &t.inners[s.node]
	copy(in.ids[s.pos:], in.ids[s.pos+1:in.n])
	copy(in.kids[s.pos:], in.kids[s.pos+1:in.n])
	in.n--
	if in.n == 0 {
		t.freeInner = append(t.freeInner, s.node)
		if level > 0 {
			t.removeKid(level - 1)
			return
		}
		t.root, t.height = t.newLeaf(), 0
		return
	}
	if s.pos == 0 {
		t.fixFirst(level-1, in.ids[0])
	}
	for t.height > 0 && t.inners[t.root].n == 1 {
		t.freeInner = append(t.freeInner, t.root)
		t.root = t.inners[t.root].kids[0]
		t.height--
	}
}

// Cursor stands at an entry of a Tree. Changing the tree makes it invalid.
type Cursor struct {
	t        *Tree
	leaf     int32
	pos      int32
	notFound bool
}

// Seek returns a cursor at the first entry whose key is not below key.
func (t *Tree) Seek(key []byte) Cursor {
	t.init()
	at, pos, _ := t.descend(key)
	c := Cursor{t: t, leaf: at, pos: pos}
	c.settle()
	return c
}

// SeekBefore returns a cursor at the last entry below key.
func (t *Tree) SeekBefore(key []byte) Cursor {
	t.init()
	at, pos, _ := t.descend(key)
	c := Cursor{t: t, leaf: at, pos: pos}
	c.Prev()
	return c
}

// settle moves on from the end of a leaf to the next one.
func (c *Cursor) settle() {
	for l := &c.t.leaves[c.leaf]; c.pos >= l.n; l = &c.t.leaves[c.leaf] {
		if l.next == 0 {
			c.notFound = true
			return
		}
		c.leaf, c.pos = l.next-1, 0
	}
}

// Valid reports whether the cursor stands at an entry.
func (c *Cursor) Valid() bool { return !c.notFound }

// Next moves to the next entry.
func (c *Cursor) Next() {
	c.pos++
	c.settle()
}

// Prev moves to the entry before.
func (c *Cursor) Prev() {
	for c.pos == 0 {
		prev := c.t.leaves[c.leaf].prev
		if prev == 0 {
			c.notFound = true
			return
		}
		c.leaf = prev - 1
		c.pos = c.t.leaves[c.leaf].n
	}
	c.pos--
}

func (c *Cursor) id() int32 { return c.t.leaves[c.leaf].ids[c.pos] }

// Key returns the entry's key.
func (c *Cursor) Key() []byte {
	id := c.id()
	return c.t.full(id)[:c.t.keyLen[id]]
}

// Payload returns the entry's payload.
func (c *Cursor) Payload() []byte {
	id := c.id()
	return c.t.full(id)[c.t.keyLen[id]:]
}

// Weight returns the entry's weight.
func (c *Cursor) Weight() int64 { return c.t.w[c.id()] }

// MemBytes returns the memory held.
func (t *Tree) MemBytes() int64 {
	return t.slots.memBytes() + t.cells.MemBytes() + int64(4*cap(t.keyLen)+8*cap(t.w)) +
		int64(cap(t.leaves))*(12+4*fan) + int64(cap(t.inners))*(4+8*fan) +
		int64(4*cap(t.freeLeaf)+4*cap(t.freeInner)+cap(t.buf))
}

// Save writes the changed entries to table tag.
func (t *Tree) Save(w *Saver, tag byte) {
	w.blocks(tag, &t.slots, t.cells.Has, func(dst []byte, id int32) []byte {
		dst = binary.AppendVarint(dst, t.w[id])
		dst = binary.AppendUvarint(dst, uint64(t.keyLen[id]))
		return append(dst, t.full(id)...)
	})
}

// Load reads what Save wrote into an empty tree.
func (t *Tree) Load(r *Loader, tag byte) error {
	t.init()
	err := r.blocks(tag, func(id int32, b []byte) error {
		w, k := binary.Varint(b)
		if k <= 0 || w == 0 {
			return errCorrupt
		}
		b = b[k:]
		keyLen, k := binary.Uvarint(b)
		if k <= 0 || keyLen > uint64(len(b)-k) {
			return errCorrupt
		}
		full := b[k:]
		at, pos, found := t.descend(full)
		if found {
			return errCorrupt
		}
		t.n = id + 1
		t.setEntry(id, full, int(keyLen), w)
		t.insert(at, pos, id)
		return nil
	})
	t.slots.restored(t.cells.Has)
	return err
}
