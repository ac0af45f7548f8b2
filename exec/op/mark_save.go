package op

import (
	"encoding/binary"

	"millrace/exec/state"
)

// MemBytes implements Op.
func (m *MarkJoin) MemBytes() int64 {
	total := m.keys.MemBytes() + m.pairs.memBytes() + m.exact.memBytes() +
		int64(8*cap(m.trues)+8*cap(m.unknowns)+4*cap(m.slots))
	for s := range m.sides {
		side := &m.sides[s]
		total += side.rows.MemBytes() + side.keys.memBytes() +
			int64(8*(cap(side.count)+cap(side.oldCount)+cap(side.old)))
	}
	return total
}

// Save implements Op.
func (m *MarkJoin) Save(w *state.Saver) {
	m.keys.Save(w, tagKeys, func(dst []byte, slot int32) []byte {
		return binary.AppendVarint(binary.AppendVarint(dst, m.sides[0].count[slot]), m.sides[1].count[slot])
	})
	m.sides[0].rows.Save(w, tagRows, func(dst []byte, id int32) []byte {
		if m.simple {
			return dst
		}
		return binary.AppendVarint(binary.AppendVarint(dst, m.trues[id]), m.unknowns[id])
	})
	m.sides[1].rows.Save(w, tagRows2, nil)
	if m.dirty {
		w.Put(tagFlags, nil, binary.AppendVarint(binary.AppendVarint(nil, m.total.nulls), m.total.all))
		m.dirty = false
	}
}

// Load implements Op.
func (m *MarkJoin) Load(r *state.Loader) error {
	empty, err := r.Empty()
	if empty || err != nil {
		return err
	}
	m.keys.Reset()
	err = m.keys.Load(r, tagKeys, func(slot int32, b []byte) error {
		m.growCounts()
		return varints(b, "mark join", &m.sides[0].count[slot], &m.sides[1].count[slot])
	})
	if err != nil {
		return err
	}
	m.growCounts()
	err = m.sides[0].rows.Load(r, tagRows, func(id int32, b []byte) error {
		if m.simple {
			return nil
		}
		m.trues, m.unknowns = growTo(m.trues, int(id)+1), growTo(m.unknowns, int(id)+1)
		return varints(b, "mark join", &m.trues[id], &m.unknowns[id])
	})
	if err != nil {
		return err
	}
	if err := m.sides[1].rows.Load(r, tagRows2, nil); err != nil {
		return err
	}
	b, err := r.Get(tagFlags, nil)
	if err != nil || b == nil {
		return err
	}
	return varints(b, "mark join", &m.total.nulls, &m.total.all)
}
