package log

import "sync"

// visible is the vector that Applied returns: how far each group has applied its
// journal, cut so that it never splits a multi-group append (L5).
//
// Such appends are committed in phases, one phase after the other: all marks of a
// phase are applied before the next one is decided. So it is enough to hold each
// group before its first mark of an unfinished phase.
type visible struct {
	changed chan struct{} // one token: something moved
	mu      struct {
		sync.Mutex
		raw    []Index // applied
		shown  []Index
		phases []*phase // unfinished, in order
		// waiters are acknowledgements of what is applied but not shown yet. L1
		waiters []shownWaiter
		stopped bool // nothing will be shown any more
	}
}

// phase is a set of transactions that are published together.
type phase struct {
	id      Index
	missing map[GroupID]bool  // groups whose mark is not applied yet
	marks   map[GroupID]Index // where it is applied
}

// shownWaiter is called once index of group is shown.
type shownWaiter struct {
	group GroupID
	index Index
	call  func()
}

func newVisible(groups int) *visible {
	v := &visible{changed: make(chan struct{}, 1)}
	v.mu.raw, v.mu.shown = make([]Index, groups), make([]Index, groups)
	return v
}

// decide begins a phase: group 0 applies its decision now.
func (v *visible) decide(id Index, groups []GroupID) {
	v.mu.Lock()
	defer v.mu.Unlock()
	p := &phase{id: id, missing: map[GroupID]bool{}, marks: map[GroupID]Index{}}
	p.missing[0] = true // the decision itself is a part
	for _, g := range groups {
		p.missing[g] = true
	}
	v.mu.phases = append(v.mu.phases, p)
}

// mark says that group g publishes its part of phase id at index i. The group's
// advance beyond i follows.
func (v *visible) mark(g GroupID, id, i Index) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, p := range v.mu.phases {
		if p.id == id && p.missing[g] {
			p.marks[g] = i
		}
	}
}

// advance says that group g has applied and shown everything up to i.
func (v *visible) advance(g GroupID, i Index) {
	v.mu.Lock()
	v.mu.raw[g] = max(v.mu.raw[g], i)
	v.finishLocked()
	v.showLocked()
	ready := v.readyLocked()
	v.mu.Unlock()
	v.wake()
	for _, w := range ready {
		w.call()
	}
}

// after calls f once index i of group g is shown, perhaps at once.
func (v *visible) after(g GroupID, i Index, f func()) {
	v.mu.Lock()
	now := v.mu.stopped || v.mu.shown[g] >= i
	if !now {
		v.mu.waiters = append(v.mu.waiters, shownWaiter{g, i, f})
	}
	v.mu.Unlock()
	if now {
		f()
	}
}

// readyLocked takes the waiters whose entry is shown.
func (v *visible) readyLocked() []shownWaiter {
	if len(v.mu.waiters) == 0 {
		return nil
	}
	var ready []shownWaiter
	keep := v.mu.waiters[:0]
	for _, w := range v.mu.waiters {
		if v.mu.stopped || v.mu.shown[w.group] >= w.index {
			ready = append(ready, w)
		} else {
			keep = append(keep, w)
		}
	}
	clear(v.mu.waiters[len(keep):])
	v.mu.waiters = keep
	return ready
}

// stop lets go of the waiters: the log has failed and nothing moves any more.
func (v *visible) stop() {
	v.mu.Lock()
	v.mu.stopped = true
	ready := v.readyLocked()
	v.mu.Unlock()
	v.wake() // whoever looks at Applied should look at Failure
	for _, w := range ready {
		w.call()
	}
}

// finishLocked drops the phases whose marks are all applied.
func (v *visible) finishLocked() {
	open := v.mu.phases[:0]
	for _, p := range v.mu.phases {
		for g, i := range p.marks {
			if v.mu.raw[g] >= i {
				delete(p.missing, g)
			}
		}
		if len(p.missing) > 0 {
			open = append(open, p)
		}
	}
	clear(v.mu.phases[len(open):])
	v.mu.phases = open
}

// showLocked moves what is shown up to the first mark of an unfinished phase.
func (v *visible) showLocked() {
	for g := range v.mu.raw {
		limit := v.mu.raw[g]
		for _, p := range v.mu.phases {
			if i, ok := p.marks[GroupID(g)]; ok {
				limit = min(limit, i-1)
			}
		}
		v.mu.shown[g] = max(v.mu.shown[g], limit)
	}
}

// settle ends recovery: every phase of the past is finished.
func (v *visible) settle() {
	v.mu.Lock()
	v.mu.phases = nil
	v.showLocked()
	v.mu.Unlock()
	v.wake()
}

// vector is a copy of what is shown.
func (v *visible) vector() []Index {
	v.mu.Lock()
	defer v.mu.Unlock()
	return append([]Index(nil), v.mu.shown...)
}

func (v *visible) wake() {
	select {
	case v.changed <- struct{}{}:
	default:
	}
}
