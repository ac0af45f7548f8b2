package log

import "sort"

// stagedTxn is the part of a multi-group append that lies in one group and waits
// for the decision.
type stagedTxn struct {
	entries [][]byte // the stage entries as they came, for snapshots
	batches []storedBatch
}

// stage keeps the batches of a transaction. What is wrong with them is said now:
// after the decision nothing can be refused.
func (g *group) stage(txn uint64, entry []byte, batches []storedBatch, out *outcome) {
	for i := range batches {
		if v := g.judge(&batches[i].header.Batch); v.err != nil {
			out.err = v.err
			return
		}
	}
	s := g.staged[txn]
	if s == nil {
		s = &stagedTxn{}
		g.staged[txn] = s
	}
	s.entries = append(s.entries, entry)
	s.batches = append(s.batches, batches...)
}

// decide commits a phase: the entry is the point at which its transactions have
// happened. Group 0 publishes its own parts with it.
func (g *group) decide(d decision, out *outcome) error {
	g.phases[g.applied] = d
	g.log.visible.decide(g.applied, d.groups)
	return g.publishTxns(g.applied, d, out)
}

// mark publishes the parts of a committed phase, or forgets staged transactions
// (phase 0). A second mark finds nothing and does nothing.
func (g *group) mark(phase Index, d decision, out *outcome) error {
	if phase == 0 {
		for _, t := range d.txns {
			delete(g.staged, t)
		}
		return nil
	}
	return g.publishTxns(phase, d, out)
}

// publishTxns stores the staged batches of the transactions at this entry.
func (g *group) publishTxns(phase Index, d decision, out *outcome) error {
	out.txns = make(map[uint64][]Offset, len(d.txns))
	for _, t := range d.txns {
		s := g.staged[t]
		if s == nil {
			continue
		}
		delete(g.staged, t)
		bases, err := g.storeStaged(s.batches)
		if err != nil {
			return err
		}
		out.txns[t] = bases
	}
	g.log.visible.mark(g.id, phase, g.applied)
	return nil
}

// storeStaged stores batches after their decision. A duplicate is dropped as in
// an append; a partition that was dropped meanwhile takes nothing.
func (g *group) storeStaged(batches []storedBatch) ([]Offset, error) {
	bases := make([]Offset, len(batches))
	for i := range batches {
		v := g.judge(&batches[i].header.Batch)
		if v.err != nil {
			// Fenced or dropped since it was staged: the batch goes where its stream went;
			// a sequence that another append has overtaken is stored.
			if g.isDropped(batches[i].header.Batch.Partition.Stream) {
				bases[i] = -1
				continue
			}
			v = verdict{}
		}
		base, err := g.store(batches[i:i+1], []verdict{v})
		if err != nil {
			return nil, err
		}
		bases[i] = base[0]
	}
	return bases, nil
}

// stagedIDs are the transactions that wait for a decision, in order.
func (g *group) stagedIDs() []uint64 {
	ids := make([]uint64, 0, len(g.staged))
	for id := range g.staged {
		ids = append(ids, id)
	}
	sort.Slice(ids, func(i, k int) bool { return ids[i] < ids[k] })
	return ids
}
