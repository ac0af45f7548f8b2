package exec

import (
	"context"
	"encoding/binary"
	"fmt"

	"millrace/catalog"
	"millrace/exec/state"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// Pausing a continuous query.
//
// The catalog says which queries are to stand still (catalog.Object.QueryState). A flow
// changes its mode at a checkpoint only: the loop runs one more epoch in the old mode,
// writes a checkpoint with the new one, and goes on in it. A replay thus runs every
// epoch in the mode that it had (E1, E3), and a sink appends the same rows again.
//
// While a flow is paused, what comes in for it goes to the store, under an object id of
// its own, with the epoch's rows of other flows. The first epoch after RESUME runs all
// of it together with its own input: operators take any cut of their input into epochs.
// A terminated flow keeps nothing and never runs again.

// flowMode is how the loop runs a live flow. The numbers are stored in checkpoints.
type flowMode uint8

const (
	modeRunning    flowMode = iota
	modePaused              // its input is kept
	modeResuming            // the next epoch takes in what was kept
	modeTerminated          // its input is dropped
)

// pausedRows is the bit of the object id under which the input of a paused flow lies.
const pausedRows = uint64(1) << 62

// wantedMode is what the catalog asks of an object's flow.
func wantedMode(o *catalog.Object) flowMode {
	switch o.QueryState() {
	case catalog.QueryPaused:
		return modePaused
	case catalog.QueryTerminated:
		return modeTerminated
	}
	return modeRunning
}

// followMode asks for an epoch and a checkpoint if a flow is to change its mode.
func (e *Engine) followMode(f *flow) {
	if f.obj == nil || !f.isLive() || f.obj.Kind == catalog.KindTable {
		return
	}
	if wantedMode(f.obj) != settled(f.mode) {
		e.modesChange = true
		e.want(e.last.Epoch + 1)
	}
}

// settled is the mode that a flow is in after its next epoch.
func settled(m flowMode) flowMode {
	if m == modeResuming {
		return modeRunning
	}
	return m
}

// changeModes puts flows into the mode that the catalog asks for, after an epoch, and
// writes the checkpoint that makes it so.
func (e *Engine) changeModes() error {
	if !e.modesChange {
		return nil
	}
	e.modesChange = false
	for _, f := range e.flows.order {
		if f.obj == nil || !f.isLive() || f.obj.Kind == catalog.KindTable {
			continue
		}
		want := wantedMode(f.obj)
		if want == f.mode {
			continue
		}
		if want == modeRunning {
			want = modeResuming
			e.want(e.last.Epoch + 1)
			f.stats.Resumed.Store(e.last.Epoch + 1)
		}
		f.mode = want
	}
	e.dirty = true
	if err := e.checkpoint(); err != nil {
		return err
	}
	for _, f := range e.flows.order {
		f.stats.Paused.Store(f.mode == modePaused || f.mode == modeTerminated)
	}
	e.statusChanged()
	return nil
}

// keepInput stores what the epoch brings for a paused flow.
func (x *epochRun) keepInput(f *flow) {
	if f.mode == modeTerminated {
		return
	}
	key := binary.BigEndian.AppendUint64(nil, x.rec.Epoch)
	n := uint32(0)
	for i, l := range f.graph.leaves {
		for _, b := range x.input(l) {
			if b.N == 0 {
				continue
			}
			at := binary.BigEndian.AppendUint32(append([]byte(nil), key...), n)
			at = binary.BigEndian.AppendUint16(at, uint16(i))
			x.batch.PutRow(uint64(f.id)|pausedRows, at, col.Encode(nil, b.Project(l.take)))
			n++
		}
	}
}

// runKept pushes what was kept while the flow was paused through its graph, followed by
// the input of the epoch, as one epoch.
func (f *flow) runKept(x *epochRun) error {
	f.out, f.started = nil, true
	f.enter(x.rec, x.batch)
	snap := x.engine.store.Snapshot()
	defer snap.Close()
	it := snap.Scan(state.Rows{ID: uint64(f.id) | pausedRows}, nil, nil)
	for it.Next() {
		if err := f.pushKept(it.Key(), it.Row()); err != nil {
			_ = it.Close()
			return err
		}
	}
	if err := it.Close(); err != nil {
		return err
	}
	x.batch.DropRows(uint64(f.id) | pausedRows)
	for _, l := range f.graph.leaves {
		for _, b := range x.input(l) {
			l.push(b)
			f.stats.RowsIn.Add(int64(b.N))
		}
	}
	f.mode = modeRunning
	return f.finish()
}

func (f *flow) pushKept(key, row []byte) error {
	if len(key) < 14 {
		return pgerr.New(pgerr.DataCorrupted, "the input of a paused query has a damaged key")
	}
	i := int(binary.BigEndian.Uint16(key[12:]))
	if i >= len(f.graph.leaves) {
		return fmt.Errorf("the input of a paused query is for leaf %d of %d", i, len(f.graph.leaves))
	}
	l := f.graph.leaves[i]
	b, err := col.Decode(row, l.types(), nil)
	if err != nil {
		return err
	}
	l.pushScanned(b)
	f.stats.RowsIn.Add(int64(b.N))
	return f.graph.ctx.Err()
}

// types is the types of the columns that a leaf takes.
func (l *leaf) types() []types.Type {
	o := l.scan.Object
	layout := storedTypes(o)
	if o.Kind == catalog.KindStream {
		layout = append(logTypes(o), types.Int4, types.Int8)
	}
	out := make([]types.Type, len(l.take))
	for i, c := range l.take {
		out[i] = types.Int8 // the row id of a result without a key
		if c < len(layout) {
			out[i] = layout[c]
		}
	}
	return out
}

// WaitMode waits until an object's flow stands still, or has caught up and runs, as the
// catalog says.
func (e *Engine) WaitMode(ctx context.Context, id catalog.ObjectID, paused bool) error {
	for {
		e.mu.Lock()
		st, waiters, err := e.mu.status[id], e.mu.waiters, e.mu.err
		e.mu.Unlock()
		if err != nil {
			return err
		}
		switch {
		case st == nil:
			return nil
		case st.Live.Load() && st.Paused.Load() == paused && paused:
			return nil
		case st.Live.Load() && st.Paused.Load() == paused:
			return e.waitEpoch(ctx, st.Resumed.Load())
		}
		e.Notify()
		select {
		case <-waiters:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}
