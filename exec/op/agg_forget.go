package op

import (
	"bytes"
	"encoding/binary"

	"millrace/exec/state"
)

// forget frees groups whatever rows they have, without a change of the result.
func (o *Aggregate) forget(slots []int32) {
	o.dist.forget(slots)
	for _, slot := range slots {
		dropPrefix(&o.tree, binary.BigEndian.AppendUint32(nil, uint32(slot)))
		o.count[slot] = 0
		o.remove(slot)
	}
}

// empty takes all rows of groups away: the end of the epoch takes back what was shown of
// them, and frees them.
func (o *Aggregate) empty(c *Ctx, slots []int32) {
	if len(slots) == 0 {
		return
	}
	for _, slot := range slots {
		if o.keys.Touch(slot) {
			o.keepOld(c.Env, slot)
		}
	}
	o.dist.forget(slots)
	for _, slot := range slots {
		dropPrefix(&o.tree, binary.BigEndian.AppendUint32(nil, uint32(slot)))
		o.count[slot] = 0
	}
}

// emitAll emits the results of groups that were not shown before.
func (o *Aggregate) emitAll(c *Ctx, slots []int32, out Emit) {
	there := make([]int32, 0, len(slots))
	for _, slot := range slots {
		if o.count[slot] > 0 {
			there = append(there, slot)
		}
	}
	o.out.start(out)
	vals := o.newResults(c.Env, there)
	if o.plain(there, vals) {
		o.emitPlain(there, vals, out)
		return
	}
	for i, slot := range there {
		o.emitOne(c, slot, vals, i, 1)
	}
	o.out.flush()
}

// dropPrefix removes all entries whose keys begin with prefix.
func dropPrefix(t *state.Tree, prefix []byte) {
	if t.Len() == 0 {
		return
	}
	for {
		c := t.Seek(prefix)
		if !c.Valid() || !bytes.HasPrefix(c.Key(), prefix) {
			return
		}
		t.Add(bytes.Clone(c.Key()), bytes.Clone(c.Payload()), -c.Weight())
	}
}

// forget removes the arguments of some groups. They do not lie in the order of groups,
// so all are looked at, once for all groups that go at a time.
func (t *distinctTable) forget(groups []int32) {
	if t.keys.Len() == 0 {
		return
	}
	gone := map[int32]bool{}
	for _, g := range groups {
		gone[g] = true
	}
	for slot := range int32(t.keys.Cap()) {
		if t.keys.Used(slot) && gone[int32(binary.BigEndian.Uint32(t.keys.Get(slot)))] {
			t.rep.Clear(slot)
			t.keys.Remove(slot)
		}
	}
}
