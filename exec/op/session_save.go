package op

import (
	"encoding/binary"

	"millrace/exec/state"
)

// Save implements Op.
func (o *SessionAggregate) Save(w *state.Saver) {
	o.parts.Save(w, tagKeys, func(dst []byte, slot int32) []byte { return append(dst, o.rep.Get(slot)...) })
	o.sess.Save(w, tagRows, func(dst []byte, at int32) []byte {
		s := &o.s[at]
		for _, x := range []int64{s.start, s.last, s.noted, int64(s.part), s.rows, int64(boolByte(s.shown))} {
			dst = binary.AppendVarint(dst, x)
		}
		for i := range o.aggs {
			dst = o.aggs[i].acc.AppendState(dst, at)
		}
		return dst
	})
	w.Put(tagTimes, nil, binary.AppendVarint(binary.AppendVarint(nil, o.mark), o.made))
}

func boolByte(b bool) byte {
	if b {
		return 1
	}
	return 0
}

// Load implements Op.
func (o *SessionAggregate) Load(r *state.Loader) error {
	b, err := r.Get(tagTimes, nil)
	if b == nil || err != nil {
		return err
	}
	if err := varints(b, "session", &o.mark, &o.made); err != nil {
		return err
	}
	err = o.parts.Load(r, tagKeys, func(slot int32, b []byte) error {
		o.rep.Put(slot, b)
		return nil
	})
	if err != nil {
		return err
	}
	o.head = growTo(o.head, o.parts.Cap())
	return o.sess.Load(r, tagRows, o.loadSession)
}

func (o *SessionAggregate) loadSession(at int32, b []byte) error {
	var x [6]int64
	for i := range x {
		n, k := binary.Varint(b)
		if k <= 0 {
			return errState("session")
		}
		x[i], b = n, b[k:]
	}
	if x[3] < 0 || x[3] >= int64(len(o.head)) {
		return errState("session")
	}
	o.grow(int(at) + 1)
	o.s[at] = session{start: x[0], last: x[1], noted: x[2], part: int32(x[3]), rows: x[4], shown: x[5] != 0}
	for i := range o.aggs {
		var err error
		if b, err = o.aggs[i].acc.LoadState(at, b); err != nil {
			return err
		}
	}
	if o.s[at].rows > 0 {
		o.link(at)
	}
	if o.spec.Bounded {
		o.ends.add(at, o.s[at].noted)
	}
	return nil
}
