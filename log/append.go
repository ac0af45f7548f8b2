package log

import (
	"context"

	"millrace/log/segment"
)

// Append stores batches durably and atomically; when it returns they are applied
// and readable. All batches of one group travel in one entry. If ctx ends while the
// append is under way, the error is ErrUncertain.
func (l *Log) Append(ctx context.Context, batches []Batch) (Ack, error) {
	type reply struct {
		ack Ack
		err error
	}
	done := make(chan reply, 1)
	finish := func(ack Ack, err error) { done <- reply{ack, err} }
	if err := l.start(ctx.Done(), batches, finish); err != nil {
		return Ack{}, interruptedBy(ctx, err)
	}
	select {
	case r := <-done:
		return r.ack, interruptedBy(ctx, r.err)
	case <-ctx.Done():
		return Ack{}, interrupted(ctx)
	}
}

// AppendAsync is Append for pipelining: done is called exactly once with the
// outcome, mostly on the goroutine that applies entries, so it must not block. The
// call itself waits while too many bytes are under way. The acknowledgements of
// appends to one group come in the order of the calls, unless an append of several
// groups or of more than 16 MiB is among them.
func (l *Log) AppendAsync(batches []Batch, done func(Ack, error)) {
	if err := l.start(nil, batches, done); err != nil {
		done(Ack{}, err)
	}
}

// start begins an append; stop ends the wait for room. If it returns an error,
// nothing was appended and done is not called.
func (l *Log) start(stop <-chan struct{}, batches []Batch, done func(Ack, error)) error {
	if err := l.check(batches); err != nil {
		return err
	}
	if len(batches) == 0 {
		done(Ack{}, nil)
		return nil
	}
	if err := l.begin(); err != nil {
		return err
	}
	g, single := l.singleGroup(batches)
	size := storedBytes(batches)
	if !single || size > maxEntryBytes {
		go func() {
			defer l.end()
			done(l.appendStaged(stop, batches))
		}()
		return nil
	}
	// An entry of the system stream is recognised by its index, so it is alone there.
	shares := size <= bundleBytes && batches[0].Partition.Stream != 0
	data := encodeAppend(entryAppend, 0, batches)
	err := l.proposeAs(stop, g, data, shares, func(o *outcome, index Index, err error) {
		if err == nil {
			err = o.err
		}
		if err != nil {
			done(Ack{}, err)
			l.end()
			return
		}
		l.visible.after(g, index, func() {
			done(Ack{Positions: []Position{{g, index}}, Base: o.bases}, nil)
			l.end()
		})
	})
	if err != nil {
		l.end()
	}
	return err
}

// check refuses batches that no entry may hold.
func (l *Log) check(batches []Batch) error {
	for i := range batches {
		b := &batches[i]
		switch {
		case b.Count < 1:
			return newError(ErrArgument, "record batch for partition %s has %d records", b.Partition, b.Count)
		case b.Partition.Index < 0:
			return newError(ErrArgument, "partition %s does not exist", b.Partition)
		case b.Sequence < NoSequence:
			return newError(ErrArgument, "sequence %d is negative", b.Sequence)
		case b.MinTime > b.MaxTime:
			return newError(ErrArgument, "record batch for partition %s ends at time %d before it begins at %d",
				b.Partition, b.MaxTime, b.MinTime)
		case len(b.Payload) > MaxBatchBytes:
			e := newError(ErrTooLarge, "record batch of %d bytes is larger than %d", len(b.Payload), MaxBatchBytes)
			return e
		}
	}
	return nil
}

func storedBytes(batches []Batch) int {
	n := 0
	for i := range batches {
		n += segment.StoredBytes(len(batches[i].Payload))
	}
	return n
}

// singleGroup is the group of all batches, if it is one.
func (l *Log) singleGroup(batches []Batch) (GroupID, bool) {
	g := l.GroupOf(batches[0].Partition)
	for i := 1; i < len(batches); i++ {
		if l.GroupOf(batches[i].Partition) != g {
			return 0, false
		}
	}
	return g, true
}

// propose hands an entry of its own to a group; see proposeAs.
func (l *Log) propose(stop <-chan struct{}, g GroupID, data []byte, done func(*outcome, Index, error)) error {
	return l.proposeAs(stop, g, data, false, done)
}

// proposeAs hands data to a group, as an entry or, if it shares, as a part of one. If it returns an error, the entry was
// certainly not appended and done is not called; else done is called once, mostly on
// the group's apply goroutine.
func (l *Log) proposeAs(stop <-chan struct{}, g GroupID, data []byte, shares bool, done func(*outcome, Index, error)) error {
	held, ok := l.budgets[g].acquire(stop, int64(len(data)))
	if !ok {
		return errInterrupted
	}
	err := l.senders[g].send(proposal{data, held, done}, shares)
	if err != nil {
		l.budgets[g].release(held)
	}
	return err
}

// call is propose that waits. If ctx ends meanwhile the error is ErrUncertain.
func (l *Log) call(ctx context.Context, g GroupID, data []byte) (*outcome, Index, error) {
	type reply struct {
		o     *outcome
		index Index
		err   error
	}
	done := make(chan reply, 1)
	err := l.propose(ctx.Done(), g, data, func(o *outcome, index Index, err error) {
		done <- reply{o, index, err}
	})
	if err != nil {
		return nil, 0, interruptedBy(ctx, err)
	}
	select {
	case r := <-done:
		if r.err == nil {
			r.err = r.o.err
		}
		return r.o, r.index, r.err
	case <-ctx.Done():
		return nil, 0, interrupted(ctx)
	}
}

// Propose applies one metadata entry through group 0 and returns Meta.Apply's
// result and the entry's position.
func (l *Log) Propose(ctx context.Context, data []byte) (result any, pos Position, err error) {
	if l.o.Meta == nil {
		return nil, pos, newError(ErrArgument, "log has no metadata")
	}
	if err := l.begin(); err != nil {
		return nil, pos, err
	}
	defer l.end()
	o, index, err := l.call(ctx, 0, encodeMeta(data))
	if err != nil {
		return nil, pos, err
	}
	shown := make(chan struct{})
	l.visible.after(0, index, func() { close(shown) })
	<-shown // soon: the phase that holds it back is being published
	return o.meta, Position{0, index}, nil
}
