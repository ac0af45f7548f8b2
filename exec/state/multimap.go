package state

import "encoding/binary"

// Multimap keeps rows with weights by key, for one side of a join. Keys are slots of
// a Keys that the owner has (both sides of a join share one); rows are exact row
// bytes with an id of their own. Insertion and deletion by the whole row take
// constant time. The zero value is empty.
//
// A row whose weight becomes 0 keeps its id and its bytes until Sweep.
type Multimap struct {
	rows Keys
	w    []int32
	slot []int32 // of the key
	next []int32 // id+1 of the next row of the key, 0 at the end
	prev []int32
	head []int32 // by slot of the key: id+1
	zero []int32 // rows that may have weight 0
}

// Add adds weight w to a row under the key at slot and returns the row's id.
func (m *Multimap) Add(slot int32, row []byte, w int32) int32 {
	id, _ := m.Ref(slot, row)
	m.AddWeight(id, w)
	return id
}

// Ref returns the id of a row under the key at slot, and whether it was not there: it
// then is, with weight 0, and AddWeight must follow.
func (m *Multimap) Ref(slot int32, row []byte) (id int32, added bool) {
	if m.rows.Bag {
		id, added = m.rows.Append(row), true
	} else {
		id, added = m.rows.FindOrAdd(row)
	}
	if added {
		m.link(id, slot)
	}
	return id, added
}

// SetBag makes each Ref add a row, equal to another or not: for rows that are never
// taken away, which then need not be found. It is called before the first.
func (m *Multimap) SetBag() { m.rows.Bag = true }

// AddWeight adds w to the weight of a row.
func (m *Multimap) AddWeight(id, w int32) {
	m.w[id] += w
	m.rows.MarkDirty(id)
	if m.w[id] == 0 {
		m.zero = append(m.zero, id)
	}
}

func (m *Multimap) grow(n int) {
	for len(m.w) < n {
		m.w, m.slot = append(m.w, 0), append(m.slot, 0)
		m.next, m.prev = append(m.next, 0), append(m.prev, 0)
	}
}

func (m *Multimap) link(id, slot int32) {
	m.grow(int(id) + 1)
	for len(m.head) <= int(slot) {
		m.head = append(m.head, 0)
	}
	first := m.head[slot]
	m.w[id], m.slot[id], m.next[id], m.prev[id] = 0, slot, first, 0
	if first != 0 {
		m.prev[first-1] = id + 1
	}
	m.head[slot] = id + 1
}

func (m *Multimap) unlink(id int32) {
	next, prev := m.next[id], m.prev[id]
	if next != 0 {
		m.prev[next-1] = prev
	}
	if prev == 0 {
		m.head[m.slot[id]] = next
		return
	}
	m.next[prev-1] = next
	m.rows.MarkDirty(prev - 1)
}

// First returns the id of the first row under slot, newest first, or -1. Rows of
// weight 0 are among them until Sweep.
func (m *Multimap) First(slot int32) int32 {
	if slot < 0 || int(slot) >= len(m.head) {
		return -1
	}
	return m.head[slot] - 1
}

// Next returns the id of the row after id, or -1.
func (m *Multimap) Next(id int32) int32 { return m.next[id] - 1 }

// Row returns the bytes of a row.
func (m *Multimap) Row(id int32) []byte { return m.rows.Get(id) }

// Weight returns the weight of a row.
func (m *Multimap) Weight(id int32) int32 { return m.w[id] }

// Slot returns the slot of a row's key.
func (m *Multimap) Slot(id int32) int32 { return m.slot[id] }

// Rows gives access to Touch, Touched and MarkDirty of the rows.
func (m *Multimap) Rows() *Keys { return &m.rows }

// Sweep removes the rows of weight 0 and calls freed, if not nil, for the key of
// each: a key with no row left can be removed from its table. It also forgets
// which rows were touched.
func (m *Multimap) Sweep(freed func(id, slot int32)) {
	m.rows.EndEpoch()
	for _, id := range m.zero {
		if !m.rows.Used(id) || m.w[id] != 0 {
			continue
		}
		m.unlink(id)
		m.rows.Remove(id)
		if freed != nil {
			freed(id, m.slot[id])
		}
	}
	m.zero = m.zero[:0]
}

// Empty reports whether the key at slot has no row.
func (m *Multimap) Empty(slot int32) bool { return m.First(slot) < 0 }

// Len returns the number of rows.
func (m *Multimap) Len() int { return m.rows.Len() }

// Reset removes everything but keeps the memory.
func (m *Multimap) Reset() {
	m.rows.Reset()
	m.head = m.head[:0]
	m.zero = m.zero[:0]
}

// MemBytes returns the memory held.
func (m *Multimap) MemBytes() int64 {
	return m.rows.MemBytes() + int64(4*(cap(m.w)+cap(m.slot)+cap(m.next)+cap(m.prev)+cap(m.head)+cap(m.zero)))
}

// Save writes the changed rows to table t; extra, if not nil, appends what the
// owner keeps for a row. It must come after Sweep.
func (m *Multimap) Save(w *Saver, t byte, extra func(dst []byte, id int32) []byte) {
	m.rows.Save(w, t, func(dst []byte, id int32) []byte {
		dst = binary.LittleEndian.AppendUint32(dst, uint32(m.slot[id]))
		dst = binary.LittleEndian.AppendUint32(dst, uint32(m.next[id]))
		dst = binary.LittleEndian.AppendUint32(dst, uint32(m.w[id]))
		if extra != nil {
			dst = extra(dst, id)
		}
		return dst
	})
}

// Load reads what Save wrote into an empty multimap; extra gets the owner's bytes.
func (m *Multimap) Load(r *Loader, t byte, extra func(id int32, b []byte) error) error {
	err := m.rows.Load(r, t, func(id int32, b []byte) error {
		if len(b) < 12 {
			return errCorrupt
		}
		m.grow(int(id) + 1)
		m.slot[id] = int32(binary.LittleEndian.Uint32(b))
		m.next[id] = int32(binary.LittleEndian.Uint32(b[4:]))
		m.w[id] = int32(binary.LittleEndian.Uint32(b[8:]))
		if extra == nil {
			return nil
		}
		return extra(id, b[12:])
	})
	if err != nil {
		return err
	}
	return m.relink()
}

// relink rebuilds prev and head from next: the head of a key is the row that no
// other one points to.
func (m *Multimap) relink() error {
	for id := range m.rows.n {
		if !m.rows.Used(id) || m.next[id] == 0 {
			continue
		}
		next := m.next[id] - 1
		if next < 0 || int(next) >= len(m.prev) || !m.rows.Used(next) {
			return errCorrupt
		}
		m.prev[next] = id + 1
	}
	for id := range m.rows.n {
		if !m.rows.Used(id) || m.prev[id] != 0 {
			continue
		}
		slot := m.slot[id]
		if slot < 0 {
			return errCorrupt
		}
		for len(m.head) <= int(slot) {
			m.head = append(m.head, 0)
		}
		m.head[slot] = id + 1
	}
	return nil
}
