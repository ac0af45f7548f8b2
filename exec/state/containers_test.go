package state

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
)

func openMem(t testing.TB) *Store {
	t.Helper()
	s, err := Open(Options{FS: vfs.NewMem(), Dir: "state", CacheBytes: 1 << 20, MemtableBytes: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func seeded(t testing.TB) *rand.Rand {
	t.Helper()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	return rand.New(rand.NewPCG(seed, 1))
}

// saveLoad saves with one and loads with the other of two functions.
func saveLoad(t *testing.T, s *Store, save func(*Saver), load func(*Loader) error) {
	t.Helper()
	w := s.NewSaver()
	w.Op(7, 3)
	save(w)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	snap := s.Snapshot()
	defer snap.Close()
	if err := load(NewLoader(snap, 7, 3)); err != nil {
		t.Fatal(err)
	}
}

func TestKeysAgainstMap(t *testing.T) {
	rnd, store := seeded(t), openMem(t)
	keys, model := &Keys{}, map[string]int32{}
	for round := range 60 {
		var arena []byte
		off := []uint32{0}
		for range rnd.IntN(200) {
			arena = fmt.Appendf(arena, "key-%0*d", rnd.IntN(20), rnd.IntN(600))
			off = append(off, uint32(len(arena)))
		}
		slots := keys.FindOrAddAll(nil, arena, off)
		for i, slot := range slots {
			key := string(arena[off[i]:off[i+1]])
			if had, ok := model[key]; ok && had != slot {
				t.Fatalf("key %q is at slot %d, was at %d", key, slot, had)
			}
			model[key] = slot
		}
		for _, key := range sortedKeys(model) {
			if rnd.IntN(4) == 0 {
				keys.Remove(model[key])
				delete(model, key)
			}
		}
		checkKeys(t, keys, model)
		if round%10 == 9 {
			loaded := &Keys{}
			saveLoad(t, store, func(w *Saver) { keys.Save(w, 1, nil) }, func(r *Loader) error { return loaded.Load(r, 1, nil) })
			checkKeys(t, loaded, model)
			keys = loaded
		}
	}
}

func sortedKeys(m map[string]int32) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func checkKeys(t *testing.T, keys *Keys, model map[string]int32) {
	t.Helper()
	if keys.Len() != len(model) {
		t.Fatalf("%d keys, expected %d", keys.Len(), len(model))
	}
	for key, slot := range model {
		if got := keys.Find([]byte(key)); got != slot || string(keys.Get(slot)) != key {
			t.Fatalf("key %q found at slot %d, expected %d", key, got, slot)
		}
	}
	if keys.Find([]byte("no such key")) != -1 {
		t.Fatal("found a key that is not there")
	}
}

// TestSlotsDoNotDependOnReloads adds and removes keys in two tables, one of which is
// saved and loaded all the time: both give the same slots.
func TestSlotsDoNotDependOnReloads(t *testing.T) {
	rnd, store := seeded(t), openMem(t)
	kept, reloaded := &Keys{}, &Keys{}
	for range 2000 {
		key := fmt.Appendf(nil, "%d", rnd.IntN(150))
		slot, added := kept.FindOrAdd(key)
		if other, _ := reloaded.FindOrAdd(key); other != slot {
			t.Fatalf("key %s is at slot %d and at slot %d", key, slot, other)
		}
		if !added {
			kept.Remove(slot)
			reloaded.Remove(slot)
		}
		if rnd.IntN(40) == 0 {
			next := &Keys{}
			saveLoad(t, store, func(w *Saver) { reloaded.Save(w, 1, nil) }, func(r *Loader) error { return next.Load(r, 1, nil) })
			reloaded = next
		}
	}
}

func TestKeysTouch(t *testing.T) {
	keys := &Keys{}
	for i := range 200 {
		keys.FindOrAdd(binary.BigEndian.AppendUint32(nil, uint32(i)))
	}
	for _, slot := range []int32{150, 3, 150, 64, 3} {
		keys.Touch(slot)
	}
	if want := []int32{150, 3, 64}; !slices.Equal(keys.Touched(), want) {
		t.Fatalf("touched %v, expected %v", keys.Touched(), want)
	}
	keys.EndEpoch()
	if len(keys.Touched()) != 0 || !keys.Touch(3) || keys.Touch(3) {
		t.Fatal("touch marks survive the epoch, or do not stay in it")
	}
}

func TestCellsLongAndCompaction(t *testing.T) {
	c := &Cells{}
	long := bytes.Repeat([]byte("x"), longLen+5)
	c.Put(3, long)
	for i := range 3000 {
		c.Put(int32(i%50), fmt.Appendf(nil, "%d-%s", i, strings.Repeat("y", 100)))
		if i == 0 {
			c.Put(60, long)
		}
	}
	if !bytes.Equal(c.Get(60), long) {
		t.Fatal("long cell is damaged")
	}
	for i := range 50 {
		if want := fmt.Sprintf("%d-%s", 2950+i, strings.Repeat("y", 100)); string(c.Get(int32(i))) != want {
			t.Fatalf("cell %d is %.20q", i, c.Get(int32(i)))
		}
	}
	if c.MemBytes() > 4*int64(len(long)) {
		t.Fatalf("%d bytes held: dead cells are not removed", c.MemBytes())
	}
}

// Strings of all lengths stand next to each other, at the ends of chunks too.
func TestCellsAtChunkEnds(t *testing.T) {
	rnd := seeded(t)
	c, want := &Cells{}, map[int32]string{}
	for i := range 4000 {
		n := rnd.IntN(300)
		switch rnd.IntN(40) {
		case 0:
			n = chunkSize - rnd.IntN(3)
		case 1:
			if left := chunkSize - c.size%chunkSize; left > 0 {
				n = left // to the end of the chunk, if it began with nothing odd
			}
		case 2:
			n = 0
		}
		slot := int32(rnd.IntN(200))
		want[slot] = strings.Repeat(string(rune('a'+i%26)), n)
		c.Put(slot, []byte(want[slot]))
	}
	for slot, s := range want {
		if string(c.Get(slot)) != s {
			t.Fatalf("cell %d is not what was put", slot)
		}
	}
}

func TestMultimapAgainstModel(t *testing.T) {
	rnd, store := seeded(t), openMem(t)
	type place struct {
		slot int32
		row  string
	}
	m, model := &Multimap{}, map[place]int32{}
	for round := range 80 {
		for range 100 {
			slot := int32(rnd.IntN(12))
			p := place{slot, fmt.Sprintf("%d:%d", slot, rnd.IntN(20))}
			w := int32(rnd.IntN(5) - 2)
			m.Add(slot, []byte(p.row), w)
			model[p] += w
		}
		m.Sweep(nil)
		if round%9 == 8 {
			loaded := &Multimap{}
			saveLoad(t, store, func(w *Saver) { m.Save(w, 2, nil) }, func(r *Loader) error { return loaded.Load(r, 2, nil) })
			for slot := range int32(12) {
				if a, b := multimapRows(m, slot), multimapRows(loaded, slot); !slices.Equal(a, b) {
					t.Fatalf("order changed by a reload: %v, was %v", b, a)
				}
			}
			m = loaded
		}
		got := map[place]int32{}
		for slot := range int32(12) {
			for id := m.First(slot); id >= 0; id = m.Next(id) {
				got[place{slot, string(m.Row(id))}] = m.Weight(id)
			}
		}
		for p, w := range model {
			if w == 0 {
				delete(model, p)
			} else if got[p] != w {
				t.Fatalf("round %d: weight of %v is %d, expected %d", round, p, got[p], w)
			}
		}
		if len(got) != len(model) || m.Len() != len(model) {
			t.Fatalf("round %d: %d rows, %d counted, expected %d", round, len(got), m.Len(), len(model))
		}
	}
}

func multimapRows(m *Multimap, slot int32) (out []string) {
	for id := m.First(slot); id >= 0; id = m.Next(id) {
		out = append(out, string(m.Row(id)))
	}
	return out
}

func TestTreeAgainstSortedSlice(t *testing.T) {
	rnd, store := seeded(t), openMem(t)
	tree, model := &Tree{}, map[string]int64{}
	universe := 4000
	for round := range 40 {
		grow := round%8 < 5
		for range 1500 {
			n := rnd.IntN(universe)
			if round%3 == 0 {
				n = round*50 + rnd.IntN(200) // clustered
			}
			key, payload := fmt.Appendf(nil, "%06d", n), fmt.Appendf(nil, "p%d", rnd.IntN(2))
			full := string(key) + string(payload)
			w := int64(1)
			if !grow {
				w = -model[full]
			}
			if old := tree.Add(key, payload, w); old != model[full] {
				t.Fatalf("weight of %q was %d, expected %d", full, old, model[full])
			}
			if model[full] += w; model[full] == 0 {
				delete(model, full)
			}
		}
		if round%7 == 6 {
			loaded := &Tree{}
			saveLoad(t, store, func(w *Saver) { tree.Save(w, 3) }, func(r *Loader) error { return loaded.Load(r, 3) })
			tree = loaded
		}
		checkTree(t, rnd, tree, model)
	}
	for full, w := range model {
		tree.Add([]byte(full[:6]), []byte(full[6:]), -w)
	}
	if c := tree.Seek(nil); c.Valid() || tree.Len() != 0 {
		t.Fatal("an emptied tree has entries")
	}
}

func checkTree(t *testing.T, rnd *rand.Rand, tree *Tree, model map[string]int64) {
	t.Helper()
	want := make([]string, 0, len(model))
	for full := range model {
		want = append(want, full)
	}
	slices.Sort(want)
	var got []string
	for c := tree.Seek(nil); c.Valid(); c.Next() {
		full := string(c.Key()) + string(c.Payload())
		if c.Weight() != model[full] {
			t.Fatalf("weight of %q is %d, expected %d", full, c.Weight(), model[full])
		}
		got = append(got, full)
	}
	if !slices.Equal(got, want) || tree.Len() != len(want) {
		t.Fatalf("%d entries, %d counted, expected %d", len(got), tree.Len(), len(want))
	}
	for range 50 {
		key := fmt.Sprintf("%06d", rnd.IntN(4200))
		at, _ := slices.BinarySearch(want, key)
		if c := tree.Seek([]byte(key)); c.Valid() != (at < len(want)) || c.Valid() && string(c.Key()) != want[at][:6] {
			t.Fatalf("seek %q goes wrong", key)
		}
		if c := tree.SeekBefore([]byte(key)); c.Valid() != (at > 0) || c.Valid() && string(c.Key()) != want[at-1][:6] {
			t.Fatalf("seek before %q goes wrong", key)
		}
	}
}

func TestBatchOfKeysDoesNotAllocate(t *testing.T) {
	keys, arena, off := &Keys{}, []byte(nil), []uint32{0}
	for i := range 4096 {
		arena = binary.BigEndian.AppendUint64(append(arena, 1), uint64(i%1000))
		off = append(off, uint32(len(arena)))
	}
	slots := keys.FindOrAddAll(nil, arena, off)
	if n := testing.AllocsPerRun(10, func() { slots = keys.FindOrAddAll(slots[:0], arena, off) }); n > 0 {
		t.Fatalf("%v allocations in a batch of known keys", n)
	}
}

func BenchmarkKeysFindOrAddAll(b *testing.B) {
	for _, groups := range []int{1000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(groups), func(b *testing.B) {
			rnd := rand.New(rand.NewPCG(1, 2))
			keys, slots := &Keys{}, []int32(nil)
			type chunk struct {
				arena []byte
				off   []uint32
			}
			chunks := make([]chunk, 256)
			for c := range chunks {
				chunks[c].off = []uint32{0}
				for range 4096 {
					chunks[c].arena = binary.BigEndian.AppendUint64(append(chunks[c].arena, 1), uint64(rnd.IntN(groups)))
					chunks[c].off = append(chunks[c].off, uint32(len(chunks[c].arena)))
				}
				slots = keys.FindOrAddAll(slots[:0], chunks[c].arena, chunks[c].off)
			}
			b.ResetTimer()
			for i := range b.N {
				c := &chunks[i%len(chunks)]
				slots = keys.FindOrAddAll(slots[:0], c.arena, c.off)
			}
			b.ReportMetric(float64(b.N)*4096/b.Elapsed().Seconds()/1e6, "Mrows/s")
		})
	}
}

func BenchmarkTreeAdd(b *testing.B) {
	rnd := rand.New(rand.NewPCG(1, 2))
	tree := &Tree{}
	var key [12]byte
	for b.Loop() {
		binary.BigEndian.PutUint64(key[4:], rnd.Uint64N(1_000_000))
		tree.Add(key[:], nil, 1)
	}
}

// TestMemBytesIsWhatTheHeapHolds compares the containers' own count with the heap.
func TestMemBytesIsWhatTheHeapHolds(t *testing.T) {
	heap := func() int64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC() // what the first one found to finalise
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	const n = 100_000
	key := func(i int) []byte { return fmt.Appendf(nil, "%08d some more bytes", i*7919%n) }
	for name, fill := range map[string]func() (any, int64){
		"keys": func() (any, int64) {
			k := &Keys{}
			for i := range n {
				k.FindOrAdd(key(i))
			}
			return k, k.MemBytes()
		},
		"multimap": func() (any, int64) {
			m := &Multimap{}
			for i := range n {
				m.Add(int32(i%1000), key(i), 1)
			}
			return m, m.MemBytes()
		},
		"tree": func() (any, int64) {
			tree := &Tree{}
			for i := range n {
				tree.Add(key(i), nil, 1)
			}
			return tree, tree.MemBytes()
		},
	} {
		before := heap()
		held, counted := fill()
		if real := heap() - before; counted < real*9/10 || counted > real*11/10 {
			t.Errorf("%s: counts %d bytes, the heap has %d", name, counted, real)
		}
		runtime.KeepAlive(held)
	}
}
