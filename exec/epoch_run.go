package exec

import (
	"slices"

	"millrace/catalog"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// readSources decodes what the log brought since the last epoch.
func (x *epochRun) readSources() error {
	e := x.engine
	e.chooseColumns()
	for _, s := range e.sortedSources() {
		var list []*col.Batch
		err := s.read(e.log, x.rec.Vector, batchRows, func(b *col.Batch) error {
			list = append(list, b)
			return nil
		})
		if err != nil {
			if failure := e.log.Failure(); failure != nil || e.ctx.Err() != nil {
				return err
			}
			// Damaged data stop what is made from them; the rest goes on.
			e.failObject(s.obj.ID, err)
			continue
		}
		if len(list) == 0 {
			continue
		}
		if s.obj.Kind == catalog.KindTable {
			x.records[s.obj.ID] = tableRecords(s.obj, list)
			continue
		}
		x.deltas[s.obj.ID] = list
	}
	return nil
}

// tableRecords drops the place columns and gives rows of a table without a primary
// key their row id: the offset of their record, in the table's one partition.
func tableRecords(o *catalog.Object, list []*col.Batch) []*col.Batch {
	n := len(logTypes(o))
	for i, b := range list {
		cols := b.Cols[:n:n]
		if len(o.Key) == 0 {
			cols = append([]*col.Vec(nil), cols...)
			cols[n-1] = rowIDs(cols[n-1], b.Cols[n+1])
		}
		list[i] = &col.Batch{N: b.N, Cols: cols}
	}
	return list
}

func rowIDs(given, offset *col.Vec) *col.Vec {
	ids := make([]int64, given.N)
	for i := range ids {
		ids[i] = offset.Fix[i]
		if !given.IsNull(i) {
			ids[i] = given.Fix[i]
		}
	}
	return col.NewFixed(types.Int8, ids)
}

// runFlows runs the live flows in dependency order; those that are being filled
// keep the epoch for later.
func (x *epochRun) runFlows() error {
	for _, f := range slices.Clone(x.engine.flows.order) {
		if x.engine.flows.byID[f.id] != f {
			continue // failed with what it reads
		}
		if f.fill != nil {
			f.fill.enqueue(x)
		}
		if !f.isLive() {
			continue
		}
		if f.mode == modePaused || f.mode == modeTerminated {
			x.keepInput(f)
			f.out = nil
			continue
		}
		if err := pgerr.Recover(func() error { return f.run(x) }); err != nil {
			x.engine.fail(f, err)
			continue
		}
		switch {
		case f.isInsert():
			x.insertRows(f)
		case len(f.out) == 0 || f.obj == nil:
		case f.sink != nil:
			x.deltas[f.id] = f.sink.place(f.out, x.rec.Clock)
		default:
			x.deltas[f.id] = f.out
		}
	}
	return nil
}

// deliver gives subscribers the epoch that has just been published.
func (e *Engine) deliver(rec epochRecord) {
	for _, f := range e.flows.order {
		if !f.isLive() {
			continue
		}
		if f.sub != nil {
			f.sub.deliver(rec.Epoch, f.out)
		}
		f.out = nil
	}
}

// sortedSources lists sources by object id: the order of reading is part of E1.
func (e *Engine) sortedSources() []*source {
	out := make([]*source, 0, len(e.sources))
	for _, s := range e.sources {
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b *source) int { return int(a.obj.ID) - int(b.obj.ID) })
	return out
}
