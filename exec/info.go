package exec

import (
	"fmt"
	"maps"
	"strings"
	"time"

	"millrace/catalog"
	"millrace/planner/plan"
)

// EpochInfo describes one of the last epochs.
type EpochInfo struct {
	Epoch        uint64
	Clock        int64 // us since 2000-01-01 UTC
	RowsIn       int64
	RowsOut      int64
	Took         time.Duration
	Checkpointed bool
}

// epochsKept is how many epochs millrace.epochs shows.
const epochsKept = 100

// noteEpoch keeps an epoch for Epochs.
func (e *Engine) noteEpoch(rec epochRecord, took time.Duration) {
	info := EpochInfo{Epoch: rec.Epoch, Clock: rec.Clock, Took: took}
	for _, s := range e.sources {
		info.RowsIn += s.took
		s.took = 0
	}
	for _, f := range e.flows.order {
		if !f.isLive() {
			continue // its backfill owns out
		}
		for _, b := range f.out {
			info.RowsOut += int64(b.N)
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.mu.epochs) >= epochsKept {
		e.mu.epochs = append(e.mu.epochs[:0], e.mu.epochs[1:]...)
	}
	e.mu.epochs = append(e.mu.epochs, info)
}

// Epochs lists the last epochs, oldest first.
func (e *Engine) Epochs() []EpochInfo {
	e.mu.Lock()
	defer e.mu.Unlock()
	out := append([]EpochInfo(nil), e.mu.epochs...)
	for i := range out {
		out[i].Checkpointed = out[i].Epoch <= e.mu.checkpointed
	}
	return out
}

// Epoch is the newest visible epoch.
func (e *Engine) Epoch() uint64 {
	if s := e.frontierSnapshot(); s != nil {
		return s.Epoch
	}
	return 0
}

// Failed lists the continuous queries that cannot go on, and why.
func (e *Engine) Failed() map[catalog.ObjectID]error {
	e.mu.Lock()
	defer e.mu.Unlock()
	return maps.Clone(e.mu.failed)
}

// OperatorInfo describes one operator of a continuous query.
type OperatorInfo struct {
	Object         catalog.ObjectID
	Number, Parent int // Parent is -1 for the last operator
	Name           string
	RowsIn         int64
	StateBytes     int64
}

// Operators lists the operators of all live continuous queries.
func (e *Engine) Operators() []OperatorInfo {
	var out []OperatorInfo
	_ = e.call(e.ctx, func() {
		for _, f := range e.flows.order {
			if f.obj == nil || !f.isLive() || !f.obj.IsContinuous() {
				continue
			}
			at := map[*node]int{}
			for i, n := range f.graph.nodes {
				at[n] = i
			}
			for i, n := range f.graph.nodes {
				parent := -1
				if n.to != nil {
					parent = at[n.to]
				}
				out = append(out, OperatorInfo{
					Object: f.id, Number: i, Parent: parent, Name: nodeName(n.plan),
					RowsIn: n.rowsIn, StateBytes: n.op.MemBytes(),
				})
			}
		}
	})
	return out
}

// nodeName is the plan node's type in lower case; operators without one store the
// result.
func nodeName(n plan.Node) string {
	if n == nil {
		return "materialize"
	}
	name := fmt.Sprintf("%T", n)
	return strings.ToLower(name[strings.LastIndex(name, ".")+1:])
}
