package exec

import (
	"encoding/binary"
	"math"

	"millrace/catalog"
	"millrace/exec/op"
	"millrace/exec/state"
)

// carryTime makes the graph carry watermarks if some operator acts on time.
func (g *graph) carryTime() {
	for _, n := range g.nodes {
		if t, ok := n.op.(op.Timed); ok {
			n.timed, g.timed = t, true
		}
	}
	if !g.timed {
		return
	}
	for _, n := range g.nodes {
		n.marks = make([]int64, max(len(n.plan.Inputs()), 1))
		for i := range n.marks {
			n.marks[i] = math.MaxInt64
		}
	}
	for _, l := range g.leaves {
		if l.scan.Object.Kind == catalog.KindStream {
			l.keepTime()
		}
	}
}

// advanceLeaves sets the watermarks that come from streams.
func (g *graph) advanceLeaves() {
	for _, l := range g.leaves {
		if l.time == nil {
			continue
		}
		w := l.time.advance(g.ctx.Env.Now)
		if l.to != nil {
			l.to.marks[l.port] = w
		}
	}
}

// wake returns the clock at which the graph has something to do even if no rows come,
// op.NoTime for never.
func (g *graph) wake(clock int64) int64 {
	at := int64(op.NoTime)
	sooner := func(c int64) {
		if c != op.NoTime && (at == op.NoTime || c < at) {
			at = c
		}
	}
	for _, n := range g.nodes {
		if n.timed == nil {
			continue
		}
		watermark, c := n.timed.Wake()
		sooner(c)
		if watermark != op.NoTime {
			sooner(g.clockFor(n, watermark, clock))
		}
	}
	return at
}

// clockFor is the clock at which all streams below n may have reached a watermark.
func (g *graph) clockFor(n *node, watermark, clock int64) int64 {
	at := int64(op.NoTime)
	for _, l := range g.leaves {
		if l.time == nil || l.time.watermark >= watermark || !l.feeds(n) {
			continue
		}
		c := l.time.clockFor(watermark, clock)
		if c == op.NoTime {
			return op.NoTime
		}
		at = max(at, c)
	}
	return at
}

// feeds reports whether n is on the way from the leaf to the root.
func (l *leaf) feeds(n *node) bool {
	for to := l.to; to != nil; to = to.to {
		if to == n {
			return true
		}
	}
	return false
}

// wakes reports whether time alone makes the flow run in an epoch with this clock.
func (f *flow) wakes(clock int64) bool {
	return f.graph.timed && f.wakeAt != op.NoTime && f.wakeAt <= clock
}

// setWake notes when the flow has to run next without rows. A moment that has passed
// and brought nothing is not waited for again at once.
func (f *flow) setWake(clock int64) {
	f.wakeAt = op.NoTime
	if !f.graph.timed {
		return
	}
	if at := f.graph.wake(clock); at != op.NoTime {
		f.wakeAt = max(at, clock+wakeLeast)
	}
}

// wakeLeast is the least time in microseconds between two epochs that are cut because
// of time alone.
const wakeLeast = 10_000

// saveTime writes the event time of the flow's streams, and its next wake: a replay has
// to run the flow in the same epochs.
func (f *flow) saveTime(w *state.Saver) {
	if !f.graph.timed {
		return
	}
	for i, l := range f.graph.leaves {
		if l.time != nil {
			w.Op(uint64(f.id), uint32(leafOps+i))
			l.time.save(w)
		}
	}
	w.Op(uint64(f.id), uint32(leafOps-1))
	w.Put(0, nil, binary.AppendVarint(nil, f.wakeAt))
}

func (f *flow) loadTime(snap *state.Snapshot) error {
	if !f.graph.timed {
		return nil
	}
	for i, l := range f.graph.leaves {
		if l.time == nil {
			continue
		}
		if err := l.time.load(state.NewLoader(snap, uint64(f.id), uint32(leafOps+i))); err != nil {
			return err
		}
	}
	b, err := state.NewLoader(snap, uint64(f.id), uint32(leafOps-1)).Get(0, nil)
	if err != nil {
		return err
	}
	d := decoder{b: b}
	f.wakeAt = d.varint()
	return d.err
}

// wakeClock is when the loop has to cut an epoch even if nothing comes, op.NoTime for
// never.
func (e *Engine) wakeClock() int64 {
	at := int64(op.NoTime)
	for _, f := range e.flows.order {
		if f.isLive() && f.graph.timed && f.wakeAt != op.NoTime && (at == op.NoTime || f.wakeAt < at) {
			at = f.wakeAt
		}
	}
	return at
}
