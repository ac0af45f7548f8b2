package log

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"millrace/log/segment"
)

// coordinator commits appends that touch several groups. Their parts are staged
// in the groups by the caller; the coordinator then decides all appends that wait
// as one phase: an entry in group 0, which is the point of no return, then a mark
// in every group that takes part. The next phase begins when all marks are applied.
type coordinator struct {
	log      *Log
	requests chan *commitRequest
	done     chan struct{} // closed when the goroutine has ended
	// finished are phases to forget with the next one; the coordinator's goroutine's.
	finished []Index
}

// commitRequest is a transaction whose parts are all staged.
type commitRequest struct {
	txn    uint64
	groups []GroupID
	reply  chan commitReply // buffered
}

// commitReply is the outcome: base offsets and position in each group.
type commitReply struct {
	bases     map[GroupID][]Offset
	positions []Position
	err       error
}

// commitQueue bounds the transactions that wait for a phase; more callers wait.
const commitQueue = 1024

func newCoordinator(l *Log) *coordinator {
	return &coordinator{log: l, requests: make(chan *commitRequest, commitQueue), done: make(chan struct{})}
}

// run commits until requests is closed.
func (c *coordinator) run(ctx context.Context) {
	defer close(c.done)
	for first := range c.requests {
		batch := []*commitRequest{first}
		for more := true; more && len(batch) < commitQueue; {
			select {
			case r, ok := <-c.requests:
				if more = ok; ok {
					batch = append(batch, r)
				}
			default:
				more = false
			}
		}
		c.commit(ctx, batch)
	}
	if len(c.finished) > 0 {
		// So that the snapshot at Close has nothing left to finish.
		_, _, _ = c.log.call(ctx, 0, encodeComplete(c.finished))
	}
}

// forgetFinished drops the phases whose marks are all applied. Nobody waits for
// it: if it is lost, the next start repeats the marks, which does nothing.
func (c *coordinator) forgetFinished() {
	if len(c.finished) == 0 {
		return
	}
	_ = c.log.propose(nil, 0, encodeComplete(c.finished), func(*outcome, Index, error) {})
	c.finished = nil
}

// commit decides one phase and publishes it.
func (c *coordinator) commit(ctx context.Context, batch []*commitRequest) {
	var d decision
	for _, r := range batch {
		d.txns = append(d.txns, r.txn)
		for _, g := range r.groups {
			if !slices.Contains(d.groups, g) {
				d.groups = append(d.groups, g)
			}
		}
	}
	slices.Sort(d.groups)
	c.forgetFinished()
	o, phase, err := c.log.call(ctx, 0, encodeDecide(d))
	if err != nil {
		c.answer(batch, nil, fmt.Errorf("commit: %w", err))
		return
	}
	results := map[GroupID]published{0: {o, phase}}
	err = c.publish(phase, d, results)
	if err != nil {
		// Decided, so it will be published; but nobody can say when.
		err = wrap(ErrUncertain, err)
	} else {
		c.finished = append(c.finished, phase)
	}
	c.answer(batch, results, err)
}

// published is what a group did with a phase.
type published struct {
	outcome *outcome
	index   Index
}

// publish writes the marks of a phase into its groups and waits for them.
func (c *coordinator) publish(phase Index, d decision, results map[GroupID]published) error {
	type reply struct {
		group GroupID
		published
		err error
	}
	replies := make(chan reply, len(d.groups))
	waiting := 0
	var err error
	for _, g := range d.groups {
		if g == 0 {
			continue
		}
		e := c.log.propose(nil, g, encodeMark(phase, d), func(o *outcome, i Index, err error) {
			if err == nil {
				err = o.err
			}
			replies <- reply{g, published{o, i}, err}
		})
		if e != nil {
			err = errors.Join(err, e)
			continue
		}
		waiting++
	}
	for range waiting {
		r := <-replies
		if r.err != nil {
			err = errors.Join(err, r.err)
			continue
		}
		results[r.group] = r.published
	}
	return err
}

// answer tells each caller its part of the phase.
func (c *coordinator) answer(batch []*commitRequest, results map[GroupID]published, err error) {
	for _, r := range batch {
		reply := commitReply{err: err, bases: map[GroupID][]Offset{}}
		if err == nil {
			for _, g := range r.groups {
				p := results[g]
				reply.bases[g] = p.outcome.txns[r.txn]
				reply.positions = append(reply.positions, Position{g, p.index})
			}
		}
		r.reply <- reply
	}
}

// appendStaged is an append over several groups, or of more than one entry.
func (l *Log) appendStaged(stop <-chan struct{}, batches []Batch) (Ack, error) {
	txn := l.nextTxn()
	parts := map[GroupID][]int{} // positions in batches
	for i := range batches {
		g := l.GroupOf(batches[i].Partition)
		parts[g] = append(parts[g], i)
	}
	groups := make([]GroupID, 0, len(parts))
	for g := range parts {
		groups = append(groups, g)
	}
	slices.Sort(groups)
	if err := l.stageAll(stop, txn, batches, parts, groups); err != nil {
		l.forget(txn, groups)
		return Ack{}, err
	}
	r := &commitRequest{txn: txn, groups: groups, reply: make(chan commitReply, 1)}
	l.coordinator.requests <- r
	reply := <-r.reply
	if reply.err != nil {
		return Ack{}, reply.err
	}
	ack := Ack{Positions: reply.positions, Base: make([]Offset, len(batches))}
	for g, at := range parts {
		for n, i := range at {
			ack.Base[i] = reply.bases[g][n]
		}
	}
	return ack, nil
}

// stageAll stages the parts of a transaction and waits for all of them. On error
// the transaction is certainly not committed.
func (l *Log) stageAll(stop <-chan struct{}, txn uint64, batches []Batch, parts map[GroupID][]int, groups []GroupID) error {
	replies := make(chan error, len(batches)+len(groups))
	waiting := 0
	var err error
	for _, g := range groups {
		for _, chunk := range chunks(batches, parts[g], txn) {
			e := l.propose(stop, g, encodeAppend(entryStage, txn, chunk), func(o *outcome, _ Index, err error) {
				if err == nil {
					err = o.err
				}
				replies <- err
			})
			if err = e; err != nil {
				break
			}
			waiting++
		}
		if err != nil {
			break
		}
	}
	for range waiting {
		if e := <-replies; err == nil {
			err = e
		}
	}
	return certain(err)
}

// certain is the error of an append that was not decided: it has not happened,
// whatever became of its parts.
func certain(err error) error {
	if errors.Is(err, ErrUncertain) {
		return wrap(ErrStopped, errors.Unwrap(err))
	}
	return err
}

// chunks splits the batches at the given positions into entries of bounded size.
// Batches without a transaction id get this one.
func chunks(batches []Batch, at []int, txn uint64) [][]Batch {
	var list [][]Batch
	var chunk []Batch
	size := 0
	for _, i := range at {
		b := batches[i]
		if b.TxnID == 0 {
			b.TxnID = txn
		}
		n := segment.StoredBytes(len(b.Payload))
		if len(chunk) > 0 && size+n > maxEntryBytes {
			list = append(list, chunk)
			chunk, size = nil, 0
		}
		chunk = append(chunk, b)
		size += n
	}
	return append(list, chunk)
}

// forget drops the staged parts of a transaction that will not be committed.
// Nobody waits for it: what remains is dropped at the next start.
func (l *Log) forget(txn uint64, groups []GroupID) {
	for _, g := range groups {
		mark := encodeMark(0, decision{txns: []uint64{txn}})
		_ = l.propose(nil, g, mark, func(*outcome, Index, error) {})
	}
}

// nextTxn is a number for a staged transaction. The term of group 0 is new at
// every start, so no number comes twice.
func (l *Log) nextTxn() uint64 {
	return l.node.Term(0)<<32 | l.txns.Add(1)&0xffffffff
}

// finishTxns ends the transactions that a crash has left: decided ones are
// published, the others forgotten. It runs before anything is accepted.
func (l *Log) finishTxns(ctx context.Context) error {
	g0 := l.groups[0]
	ids := g0.phaseIDs()
	for _, id := range ids {
		results := map[GroupID]published{}
		if err := l.coordinator.publish(id, g0.phases[id], results); err != nil {
			return fmt.Errorf("publish transactions: %w", err)
		}
	}
	if len(ids) > 0 {
		if _, _, err := l.call(ctx, 0, encodeComplete(ids)); err != nil {
			return err
		}
	}
	for _, g := range l.groups {
		staged := g.stagedIDs()
		if len(staged) == 0 {
			continue
		}
		if _, _, err := l.call(ctx, g.id, encodeMark(0, decision{txns: staged})); err != nil {
			return err
		}
	}
	l.visible.settle()
	return nil
}
