package log

import (
	"encoding/binary"
	"runtime"
	"sync"

	"millrace/log/replica"
)

const (
	// bundleBytes is the size up to which an append may share an entry with others.
	bundleBytes = 64 << 10
	// bundleQueueBytes of waiting appends are sent although an entry is under way: to
	// wait longer would not save anything.
	bundleQueueBytes = 1 << 20
)

// proposal is an entry for a group, and whom to tell its outcome.
type proposal struct {
	data []byte
	held int64 // of the group's budget
	done func(*outcome, Index, error)
}

// sender hands the entries of one group to raft in the order of its calls. While one
// is under way, small appends gather, and then travel as one entry: the cost of an
// entry (raft, journal, state machine, fsync) is shared by all sessions that commit
// at the same time, and one that is alone does not wait.
type sender struct {
	log   *Log
	group GroupID
	// order is held from the choice of the next entry until raft has it. It is taken
	// before mu.
	order sync.Mutex
	mu    struct {
		sync.Mutex
		queue    []proposal
		bytes    int
		underWay int // entries that raft has
	}
}

// send proposes one entry, or a small append that shares one. If it returns an error,
// the entry was certainly not appended and done is not called.
func (s *sender) send(p proposal, shares bool) error {
	if !shares {
		s.order.Lock()
		defer s.order.Unlock()
		s.submit(s.take())
		s.began()
		return s.apply(p.data, s.alone(p))
	}
	s.mu.Lock()
	s.mu.queue = append(s.mu.queue, p)
	s.mu.bytes += len(p.data)
	wait := s.mustWaitLocked()
	s.mu.Unlock()
	if !wait {
		s.flush()
	}
	return nil
}

// mustWaitLocked reports whether what is in the queue waits for an entry under way.
func (s *sender) mustWaitLocked() bool {
	return s.mu.underWay > 0 && s.mu.bytes < bundleQueueBytes
}

// flush sends what has gathered, if its time has come.
func (s *sender) flush() {
	s.order.Lock()
	defer s.order.Unlock()
	s.mu.Lock()
	wait := s.mustWaitLocked()
	s.mu.Unlock()
	if !wait {
		s.submit(s.take())
	}
}

// take empties the queue.
func (s *sender) take() []proposal {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := s.mu.queue
	s.mu.queue, s.mu.bytes = nil, 0
	return list
}

// submit proposes appends as one entry. It answers them if that fails.
func (s *sender) submit(list []proposal) {
	if len(list) == 0 {
		return
	}
	data, done := list[0].data, s.alone(list[0])
	if len(list) > 1 {
		data, done = encodeBundle(list), s.shared(list)
	}
	s.began()
	if err := s.apply(data, done); err != nil {
		for i := range list {
			s.answer(&list[i], nil, 0, err)
		}
	}
}

func (s *sender) began() {
	s.mu.Lock()
	s.mu.underWay++
	s.mu.Unlock()
}

// ended notes that an entry is no longer under way and sends what waited for it, on
// a goroutine of its own: raft may be waiting for the caller.
func (s *sender) ended() {
	s.mu.Lock()
	s.mu.underWay--
	next := len(s.mu.queue) > 0 && !s.mustWaitLocked()
	s.mu.Unlock()
	if next {
		go s.gather()
	}
}

// gather lets the sessions that have just been answered come back with their next
// append before it sends: the next fsync then serves them as well.
func (s *sender) gather() {
	runtime.Gosched()
	s.flush()
}

func (s *sender) apply(data []byte, done replica.Done) error {
	err := s.log.node.Apply(uint32(s.group), data, done)
	if err != nil {
		s.ended()
	}
	return outward(err)
}

// alone tells one proposal its outcome.
func (s *sender) alone(p proposal) replica.Done {
	return func(result any, index uint64, err error) {
		s.ended()
		s.answer(&p, outcomeOf(result, err), Index(index), outward(err))
	}
}

// shared tells the proposals of one entry their outcomes.
func (s *sender) shared(list []proposal) replica.Done {
	return func(result any, index uint64, err error) {
		s.ended()
		o, err := outcomeOf(result, err), outward(err)
		for i := range list {
			part := o
			if o != nil && o.err == nil {
				part = &o.parts[i]
			}
			s.answer(&list[i], part, Index(index), err)
		}
	}
}

// outcomeOf is the result of an applied entry.
func outcomeOf(result any, err error) *outcome {
	o, _ := result.(*outcome)
	if err == nil && o == nil {
		panic(bug("entry without outcome"))
	}
	return o
}

func (s *sender) answer(p *proposal, o *outcome, index Index, err error) {
	s.log.budgets[s.group].release(p.held)
	p.done(o, index, err)
}

// encodeBundle is an entry of several append entries.
func encodeBundle(list []proposal) []byte {
	size := 0
	for i := range list {
		size += bundleHeader + len(list[i].data) - replica.PrefixBytes
	}
	buf := newEntry(entryBundle, len(list), size)
	for i := range list {
		part := list[i].data[replica.PrefixBytes:]
		buf = binary.LittleEndian.AppendUint64(buf, uint64(len(part)))
		buf = append(buf, part...)
	}
	return buf
}

// bundleHeader is the length in front of each part of a bundle.
const bundleHeader = 8

// applyBundle applies the appends of an entry one after the other: what is wrong with
// one does not concern the others.
func (g *group) applyBundle(count int, b *body, out *outcome) error {
	if count > len(b.buf)/(bundleHeader+entryHeader) {
		return errCutOff
	}
	out.parts = make([]outcome, count)
	for i := range out.parts {
		kind, n, part := openEntry(b.take(int(b.u64())))
		if part.err == nil && kind != entryAppend {
			part.err = errKind
		}
		if part.err != nil {
			return part.err
		}
		batches := part.batches(n)
		if part.err != nil {
			return part.err
		}
		if err := g.applyAppend(batches, &out.parts[i]); err != nil {
			return err
		}
	}
	return nil
}
