package exec

import (
	"millrace/exec/op"
	"millrace/planner/plan"
	"millrace/sql/col"
	"millrace/sql/pgerr"
)

// What a recursive query may do in one epoch of a continuous query. One that never
// ends would hold up all others: an iteration of a few rows takes microseconds, and
// chains as long as this are rare.
const (
	recursionIterations = 100_000
	recursionBytes      = 1 << 30
)

// loop is a recursive query while it is compiled, and then what runs its term.
type loop struct {
	id   int
	node *node
	// heads read the previous iteration; body is all operators that depend on it, in
	// topological order.
	heads []*node
	ports []int
	body  []*node
}

// read makes port of n one that gets the rows of the previous iteration.
func (l *loop) read(n *node, port int) {
	l.heads, l.ports = append(l.heads, n), append(l.ports, port)
}

func (c *compiler) loopOf(id int) *loop {
	for i := len(c.loops) - 1; i >= 0; i-- {
		if c.loops[i].id == id {
			return c.loops[i]
		}
	}
	panic(pgerr.Bug("recursion %d is read outside of its term", id))
}

// inLoops notes an operator, all whose inputs are compiled, in the loops that it
// depends on.
func (c *compiler) inLoops(n *node) {
	for _, l := range c.loops {
		if plan.ReadsRecursion(n.plan, l.id) {
			l.body = append(l.body, n)
		}
	}
}

// recursive compiles a recursive query: its term gives its output back to it.
func (c *compiler) recursive(n *plan.Recursive, to *node, port int) error {
	l := &loop{id: n.ID}
	spec := op.RecursiveSpec{Types: n.Out.Types(), All: !n.Distinct, Once: c.once(), Step: l.step}
	if !c.pull {
		spec.IterationsMax, spec.BytesMax = recursionIterations, recursionBytes
	}
	l.node = &node{op: op.NewRecursive(spec), plan: n, to: to, port: port, graph: c.g}
	l.node.emit = l.node.pass
	c.loops = append(c.loops, l)
	err := c.compile(n.Step, l.node, 1)
	c.loops = c.loops[:len(c.loops)-1]
	if err == nil {
		err = c.compile(n.Base, l.node, 0)
	}
	c.g.nodes = append(c.g.nodes, l.node)
	c.inLoops(l.node)
	return err
}

// step runs the term on the changes of an iteration.
func (l *loop) step(c *op.Ctx, b *col.Batch) {
	before := l.node.graph.running
	for i, n := range l.heads {
		n.push(l.ports[i], b)
	}
	for _, n := range l.body {
		if c.Err() != nil {
			break
		}
		l.node.graph.running = n
		n.op.EndEpoch(c, n.emit)
	}
	l.node.graph.running = before
}
