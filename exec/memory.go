package exec

import (
	"sync/atomic"

	"millrace/sql/pgerr"
)

// budget is the memory of a node that grows with data: state of operators, rows that
// wait, pull queries, writes of open transactions. Each holder says how much it has;
// when the sum is over the limit, those that want more are refused (53200), before the
// operating system ends the process.
type budget struct {
	limit int64 // bytes; 0 is none
	used  atomic.Int64
}

// share is one holder's part of a budget. It belongs to one goroutine at a time.
type share struct {
	of   *budget
	held int64
}

func (b *budget) share() share { return share{of: b} }

// shareFree is what a holder always gets: a full node must still answer small questions.
const shareFree = 1 << 20

// set says how much the holder has now. The error tells one that has grown that the
// node is full; what it has counts all the same, until it gives it back.
func (s *share) set(bytes int64) error {
	if s.of == nil {
		return nil
	}
	grown := bytes - s.held
	s.held = bytes
	used := s.of.used.Add(grown)
	if s.of.limit > 0 && used > s.of.limit && grown > 0 && bytes > shareFree {
		return errNodeMemory(s.of.limit)
	}
	return nil
}

// release gives everything back.
func (s *share) release() { _ = s.set(0) }

func (b *budget) isOver() bool { return b.limit > 0 && b.used.Load() > b.limit }

func errNodeMemory(limit int64) error {
	return pgerr.Newf(pgerr.OutOfMemory, "the server is out of memory: its limit is %d bytes", limit).
		WithHint("Raise --memory-limit, or drop views: millrace.queries shows the memory of each.")
}

// relieve ends the flow that has most while the node is over its limit: one view has to
// go so that the others can stay.
func (e *Engine) relieve() {
	for e.budget.isOver() {
		var victim *flow
		most := int64(shareFree)
		for _, f := range e.flows.order {
			if n := f.memory(); n > most {
				victim, most = f, n
			}
		}
		if victim == nil {
			return
		}
		e.fail(victim, errNodeMemory(e.budget.limit))
	}
}

// memory is what the flow has, with the epochs that wait for its backfill.
func (f *flow) memory() int64 {
	n := f.stats.StateBytes.Load()
	if f.fill != nil {
		f.fill.mu.Lock()
		n += f.fill.mu.bytes
		f.fill.mu.Unlock()
	}
	return n
}
