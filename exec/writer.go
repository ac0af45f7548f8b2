package exec

import "millrace/exec/state"

// writer commits rows from outside the loop. A checkpoint must not run meanwhile.
type writer struct {
	e     *Engine
	batch *state.Batch
}

func (e *Engine) newWriter() *writer { return &writer{e: e, batch: e.store.NewBatch()} }

// next commits what is there and gives the flow a new batch.
func (w *writer) next(f *flow) error {
	if err := w.commit(); err != nil {
		return err
	}
	w.batch = w.e.store.NewBatch()
	f.graph.ctx.Out = w.batch
	return nil
}

func (w *writer) commit() error {
	w.e.checkpointing.RLock()
	defer w.e.checkpointing.RUnlock()
	return w.batch.Commit()
}

func (w *writer) close() { w.batch.Close() }
