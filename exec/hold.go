package exec

import "sync"

// gate lets tests decide when epochs are cut: one by one, or one for all that came
// meanwhile. The zero value lets every epoch pass.
type gate struct {
	mu struct {
		sync.Mutex
		held  bool
		steps int
	}
}

// pass takes the right to cut one epoch.
func (g *gate) pass() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.mu.held {
		return true
	}
	if g.mu.steps == 0 {
		return false
	}
	g.mu.steps--
	return true
}

// isShut reports whether no epoch may be cut now.
func (g *gate) isShut() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.mu.held && g.mu.steps == 0
}

func (g *gate) set(held bool, steps int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.mu.held, g.mu.steps = held, steps
}

// Hold stops the cutting of epochs: writes are acknowledged, results wait. It is
// for tests; a read of one's own write waits until Release or Step.
func (e *Engine) Hold() { e.gate.set(true, 0) }

// Step lets at most n more epochs be cut while the engine is held.
func (e *Engine) Step(n int) {
	e.gate.set(true, n)
	e.Notify()
}

// Release ends Hold.
func (e *Engine) Release() {
	e.gate.set(false, 0)
	e.Notify()
}
