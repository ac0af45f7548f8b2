package replica

import "fmt"

// groupIndex says where the entries of one group lie, and keeps the newest of
// them in memory. It is guarded by Journal.state.
type groupIndex struct {
	first   uint64 // index of places[0], or of the next entry
	places  []place
	stable  map[string][]byte
	tail    []frame // the newest entries, with their data
	tailSum int     // bytes of tail
	tailMax int
}

// place is where an entry lies.
type place struct {
	file *journalFile
	pos  int64
	size int32 // header, data and padding
}

func newGroupIndex(tailMax int) *groupIndex {
	return &groupIndex{first: 1, stable: map[string][]byte{}, tailMax: tailMax}
}

// next is the index behind the last entry.
func (g *groupIndex) next() uint64 { return g.first + uint64(len(g.places)) }

// accepts says whether an entry with this index may follow. raft may leave a gap
// after a snapshot, but never writes over an entry it has not cut off.
func (g *groupIndex) accepts(index uint64) bool {
	return len(g.places) == 0 || index >= g.next()
}

// enter notes one frame that lies durably in file at pos. keep says that the
// frame's data may be kept in memory.
func (g *groupIndex) enter(f *frame, file *journalFile, pos int64, keep bool) {
	switch f.kind {
	case typeStable:
		if key, value, ok := decodeStable(f.data); ok {
			g.stable[key] = append([]byte(nil), value...)
		}
	case typeCut:
		g.cut(f.index)
	case typeEnd:
	default:
		g.enterEntry(f, place{file, pos, int32(storedFrame(len(f.data)))}, keep)
	}
}

func (g *groupIndex) enterEntry(f *frame, at place, keep bool) {
	if !g.accepts(f.index) {
		panic(bug(fmt.Sprintf("entry %d written over, next is %d", f.index, g.next())))
	}
	if len(g.places) == 0 || f.index != g.next() {
		g.first, g.places = f.index, g.places[:0]
		g.tail, g.tailSum = nil, 0
	}
	g.places = append(g.places, at)
	if at.file.highest[f.group] < f.index {
		at.file.highest[f.group] = f.index
	}
	if keep {
		g.remember(f)
	}
}

// remember keeps an entry in memory and drops the oldest beyond the limit.
func (g *groupIndex) remember(f *frame) {
	g.tail = append(g.tail, *f)
	g.tailSum += frameBytes + len(f.data)
	drop := 0
	for g.tailSum > g.tailMax && drop < len(g.tail) {
		g.tailSum -= frameBytes + len(g.tail[drop].data)
		g.tail[drop] = frame{}
		drop++
	}
	g.tail = g.tail[drop:]
}

// remembered returns the entry if it is in memory.
func (g *groupIndex) remembered(index uint64) (frame, bool) {
	from := g.next() - uint64(len(g.tail))
	if index < from || index >= g.next() {
		return frame{}, false
	}
	return g.tail[index-from], true
}

// cut drops the entries from index on.
func (g *groupIndex) cut(index uint64) {
	if index >= g.next() {
		return
	}
	g.places = g.places[:max(index, g.first)-g.first]
	g.tail, g.tailSum = nil, 0
}

// dropPrefix forgets the entries up to index.
func (g *groupIndex) dropPrefix(index uint64) {
	if index < g.first {
		return
	}
	n := min(index-g.first+1, uint64(len(g.places)))
	g.places = append([]place(nil), g.places[n:]...)
	g.first = index + 1
	for len(g.tail) > len(g.places) {
		g.tailSum -= frameBytes + len(g.tail[0].data)
		g.tail = g.tail[1:]
	}
}

// bug is the panic of wrong code: the node stops.
type bug string

// Error names the fault.
func (b bug) Error() string { return "replica: " + string(b) }

// SQLState is INTERNAL ERROR.
func (b bug) SQLState() string { return "XX000" }
