package op

import (
	"bytes"
	"encoding/binary"

	"millrace/exec/state"
	"millrace/sql/col"
	"millrace/sql/types"
)

// iterationBytes is the number of the iteration before a candidate's row.
const iterationBytes = 8

// seenRows is the candidates of a recursive UNION by SQL equality: each is a row and
// the iteration that found it, with a weight. The first candidate stands for all that
// are equal: that of the lowest iteration, and there the one of the smallest bytes.
type seenRows struct {
	types []types.Type
	key   keyer
	exact rower
	keys  state.Keys
	// rows are the candidates; shown tells which ones stand for their key.
	rows  state.Multimap
	shown []bool
	// turn is the last iteration's count in which a key was looked at.
	turn  []int64
	turns int64

	row   []byte
	slots []int32
	freed []int32
}

func (s *seenRows) init(ts []types.Type) {
	s.types = ts
	s.key.cols = allCols(len(ts))
}

// settle adds candidates to an iteration and emits what this changes among its rows.
// later is called for a key of which a later iteration must be looked at.
func (s *seenRows) settle(it *iteration, b *col.Batch, out *rowOut, later func(slot int32, iteration int64)) {
	s.turns++
	s.slots = s.slots[:0]
	for _, slot := range it.slots {
		s.look(slot)
	}
	if b != nil {
		s.addAll(it.number, b)
	}
	for _, slot := range s.slots {
		s.show(slot, it.number, out, later)
	}
}

func (s *seenRows) addAll(iteration int64, b *col.Batch) {
	arena, off := s.key.keys(b)
	exact, at := s.exact.rows(b.Cols, b.N)
	for i := range b.N {
		slot, _ := s.keys.FindOrAdd(arena[off[i]:off[i+1]])
		s.keys.Touch(slot)
		s.row = binary.BigEndian.AppendUint64(s.row[:0], uint64(iteration))
		s.row = append(s.row, exact[at[i]:at[i+1]]...)
		id, added := s.rows.Ref(slot, s.row)
		if added {
			s.shown = growTo(s.shown, int(id)+1)
			s.shown[id] = false
		}
		s.rows.AddWeight(id, b.Weight(i))
		s.look(slot)
	}
}

// look puts a key on the list of this turn, once.
func (s *seenRows) look(slot int32) {
	s.turn = growTo(s.turn, int(slot)+1)
	if s.turn[slot] != s.turns {
		s.turn[slot] = s.turns
		s.slots = append(s.slots, slot)
	}
}

// show brings the row that an iteration shows of a key up to date.
func (s *seenRows) show(slot int32, now int64, out *rowOut, later func(slot int32, iteration int64)) {
	best := int32(-1)
	for id := s.rows.First(slot); id >= 0; id = s.rows.Next(id) {
		if s.rows.Weight(id) > 0 && (best < 0 || bytes.Compare(s.rows.Row(id), s.rows.Row(best)) < 0) {
			best = id
		}
	}
	for id := s.rows.First(slot); id >= 0; id = s.rows.Next(id) {
		if s.shown[id] == (id == best) {
			continue
		}
		row := s.rows.Row(id)
		if iteration := int64(binary.BigEndian.Uint64(row)); iteration > now {
			later(slot, iteration)
			continue
		}
		s.shown[id] = id == best
		s.rows.Rows().MarkDirty(id)
		w := int64(-1)
		if s.shown[id] {
			w = 1
		}
		out.exact(row[iterationBytes:], 0, len(s.types), w)
	}
}

func (s *seenRows) endEpoch() {
	s.freed = append(s.freed[:0], s.keys.Touched()...)
	s.rows.Sweep(func(_, slot int32) { s.freed = append(s.freed, slot) })
	s.keys.EndEpoch()
	for _, slot := range s.freed {
		if s.keys.Used(slot) && s.rows.Empty(slot) {
			s.keys.Remove(slot)
		}
	}
}

func (s *seenRows) memBytes() int64 {
	return s.keys.MemBytes() + s.rows.MemBytes() + s.key.memBytes() + s.exact.memBytes() +
		int64(cap(s.shown)+8*cap(s.turn)+4*cap(s.slots)+4*cap(s.freed)+cap(s.row))
}

func (s *seenRows) save(w *state.Saver) {
	s.keys.Save(w, tagKeys, nil)
	s.rows.Save(w, tagRows, func(dst []byte, id int32) []byte {
		if s.shown[id] {
			return append(dst, 1)
		}
		return append(dst, 0)
	})
}

func (s *seenRows) load(r *state.Loader) error {
	if err := s.keys.Load(r, tagKeys, nil); err != nil {
		return err
	}
	return s.rows.Load(r, tagRows, func(id int32, b []byte) error {
		if len(b) != 1 {
			return errState("recursive")
		}
		s.shown = growTo(s.shown, int(id)+1)
		s.shown[id] = b[0] == 1
		return nil
	})
}
