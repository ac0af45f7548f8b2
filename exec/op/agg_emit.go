package op

import (
	"bytes"

	"millrace/sql/builtin"
	"millrace/sql/col"
)

// EndEpoch implements Op.
func (o *Aggregate) EndEpoch(c *Ctx, out Emit) {
	if c.Err() != nil {
		return
	}
	if len(o.spec.Keys) == 0 && !o.started && o.keys.Touch(0) {
		o.oldAt = append(o.oldAt, -1)
	}
	touched := o.keys.Touched()
	if len(touched) == 0 {
		return
	}
	newVals := o.newResults(c.Env, touched)
	o.out.start(out)
	if o.plain(touched, newVals) {
		o.emitPlain(touched, newVals, out)
	} else {
		o.emitDiffs(c, touched, vecs(o.oldVals), newVals)
	}
	o.started = true
	o.free(touched)
	o.keys.EndEpoch()
	o.oldAt, o.oldVals = o.oldAt[:0], nil
}

// newResults computes the results of the touched groups, one row each.
func (o *Aggregate) newResults(env *builtin.Env, touched []int32) []*col.Vec {
	vals := builders(o.out.types[len(o.spec.Keys):], len(touched))
	for i, a := range o.aggs {
		for _, slot := range touched {
			if o.exists(slot) {
				a.result(env, slot, vals[i])
			} else {
				vals[i].Null()
			}
		}
	}
	return vecs(vals)
}

func (o *Aggregate) exists(slot int32) bool { return len(o.spec.Keys) == 0 || o.count[slot] > 0 }

// plain reports whether all touched groups are new, there, and without errors.
func (o *Aggregate) plain(touched []int32, vals []*col.Vec) bool {
	if o.oldVals != nil {
		return false
	}
	for _, v := range vals {
		if v.Errs != nil {
			return false
		}
	}
	for _, slot := range touched {
		if !o.exists(slot) {
			return false
		}
	}
	return true
}

// emitPlain emits the results of new groups without copying them row by row.
func (o *Aggregate) emitPlain(touched []int32, vals []*col.Vec, out Emit) {
	keys := builders(o.out.types[:len(o.spec.Keys)], len(touched))
	for _, slot := range touched {
		mustDecode(o.rep.Get(slot), keys)
	}
	all := &col.Batch{N: len(touched), Cols: concat(vecs(keys), vals)}
	for from := 0; from < all.N; from += col.BatchRows {
		out(all.Slice(from, min(from+col.BatchRows, all.N)))
	}
}

// emitDiffs emits -old and +new of each touched group whose result changed.
func (o *Aggregate) emitDiffs(c *Ctx, touched []int32, old, vals []*col.Vec) {
	for i, slot := range touched {
		was, is := int(o.oldAt[i]), i
		if !o.exists(slot) {
			is = -1
		}
		if was >= 0 && is >= 0 && sameResult(old, was, vals, is) {
			continue
		}
		o.emitOne(c, slot, old, was, -1)
		o.emitOne(c, slot, vals, is, 1)
	}
	o.out.flush()
}

// sameResult reports whether two results are the same: exactly equal rows, or rows
// that failed alike.
func sameResult(a []*col.Vec, i int, b []*col.Vec, j int) bool {
	ea, eb := rowErr(a, i), rowErr(b, j)
	if ea != nil || eb != nil {
		return ea != nil && eb != nil && ea.Error() == eb.Error()
	}
	for c := range a {
		if !sameValue(a[c], i, b[c], j) {
			return false
		}
	}
	return true
}

// sameValue reports whether two values are exactly equal, or both NULL.
func sameValue(a *col.Vec, i int, b *col.Vec, j int) bool {
	if an, bn := a.IsNull(i), b.IsNull(j); an || bn {
		return an && bn
	}
	if a.Type.IsFixed() {
		return a.Fix[i] == b.Fix[j]
	}
	return bytes.Equal(a.Bytes(i), b.Bytes(j))
}

func rowErr(vals []*col.Vec, i int) error {
	for _, v := range vals {
		if err := v.Err(i); err != nil {
			return err
		}
	}
	return nil
}

func (o *Aggregate) emitOne(c *Ctx, slot int32, vals []*col.Vec, at int, w int64) {
	if at < 0 {
		return
	}
	if err := rowErr(vals, at); err != nil {
		c.rowError(RowError{Op: "aggregate", Err: err, Weight: w})
		return
	}
	b, n := o.out.builder(), len(o.spec.Keys)
	key := o.rep.Get(slot)
	mustDecode(key, b.Cols[:n])
	for i, v := range vals {
		b.Cols[n+i].From(v, at)
	}
	o.out.end(w, len(key)+32*len(vals))
}

// free removes the touched groups that have no rows left.
func (o *Aggregate) free(touched []int32) {
	if len(o.spec.Keys) == 0 {
		return
	}
	for _, slot := range touched {
		if o.count[slot] == 0 {
			o.remove(slot)
		}
	}
}

// remove frees a group that has no rows.
func (o *Aggregate) remove(slot int32) {
	if o.freed != nil {
		o.freed(slot)
	}
	for _, a := range o.aggs {
		a.reset(slot)
	}
	o.rep.Clear(slot)
	o.keys.Remove(slot)
}
