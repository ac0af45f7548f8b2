package replica

import (
	"encoding/binary"
	"fmt"
	"sync"
)

// Done is told the outcome of an entry, exactly once, on the goroutine that
// applies entries: it must not block. index is the entry's index in its group. An
// err that is ErrUncertain leaves open whether the entry will be applied.
type Done func(result any, index uint64, err error)

// PrefixBytes at the start of an entry's data belong to this package: they hold
// the number by which the proposer recognises its entry when it is applied. (A
// raft future would do, but it never ends if raft stops with entries under way.)
const PrefixBytes = 8

// pending holds the proposals of one group that are under way.
type pending struct {
	mu struct {
		sync.Mutex
		next  uint64 // number of the next proposal; begins at a random one
		calls map[uint64]Done
		ended error // set when nothing will be applied any more
	}
}

func newPending(begin uint64) *pending {
	p := &pending{}
	p.mu.next = begin
	p.mu.calls = map[uint64]Done{}
	return p
}

// add registers a proposal and writes its number into data.
func (p *pending) add(data []byte, done Done) (uint64, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.mu.ended != nil {
		return 0, p.mu.ended
	}
	id := p.mu.next
	p.mu.next++
	p.mu.calls[id] = done
	binary.LittleEndian.PutUint64(data, id)
	return id, nil
}

// take removes the proposal that an entry belongs to; nil if it is not ours.
func (p *pending) take(id uint64) Done {
	p.mu.Lock()
	defer p.mu.Unlock()
	done, ok := p.mu.calls[id]
	if ok {
		delete(p.mu.calls, id)
	}
	return done
}

// resolve tells the proposer of an applied entry its result.
func (p *pending) resolve(data []byte, result any, index uint64) {
	if done := p.take(binary.LittleEndian.Uint64(data)); done != nil {
		done(result, index, nil)
	}
}

// abandon tells all proposers that the outcome is not known. With ended not nil
// later proposals are refused with it.
func (p *pending) abandon(cause, ended error) {
	p.mu.Lock()
	calls := p.mu.calls
	p.mu.calls = map[uint64]Done{}
	if ended != nil {
		p.mu.ended = ended
	}
	p.mu.Unlock()
	for _, done := range calls {
		done(nil, 0, fmt.Errorf("%w: %w", ErrUncertain, cause))
	}
}
