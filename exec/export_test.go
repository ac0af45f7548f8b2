package exec

// QueuedChanges counts what waits for all subscribers.
func (e *Engine) QueuedChanges() int {
	n := 0
	_ = e.call(e.ctx, func() {
		for _, f := range e.flows.order {
			if f.sub != nil {
				f.sub.mu.Lock()
				n += len(f.sub.mu.queue)
				f.sub.mu.Unlock()
			}
		}
	})
	return n
}

// SnapshotHolders counts the holders of the newest snapshot: one when nobody reads.
func (e *Engine) SnapshotHolders() int64 { return e.frontierSnapshot().refs.Load() }

// Stored lists the objects, indexes and flows that the store has something of.
func (e *Engine) Stored() (objects, indexes, flows []uint64, err error) {
	s := e.store.Snapshot()
	defer s.Close()
	return s.Stored()
}
