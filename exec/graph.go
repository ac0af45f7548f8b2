package exec

import (
	"slices"

	"millrace/catalog"
	"millrace/exec/op"
	"millrace/planner/plan"
	"millrace/sql/col"
)

// graph is the operators of one query, wired. It is driven by one goroutine:
// deltas enter at the leaves and come out at the root, synchronously.
type graph struct {
	// nodes in topological order, inputs before their consumer.
	nodes []*node
	// leaves in the order in which a pull query reads them.
	leaves []*leaf
	// sink receives the result; set by whoever drives the graph.
	sink func(*col.Batch)
	ctx  *op.Ctx
	// running is the operator at work, for error reports.
	running *node
	// timed: event time is carried through the graph, for some operator acts on it.
	timed bool
}

// node is an operator and where its output goes.
type node struct {
	op     op.Op
	plan   plan.Node
	to     *node // nil: the sink
	port   int   // of to
	graph  *graph
	emit   op.Emit
	rowsIn int64
	// placed: the last two columns of its input are the place of the row in its
	// stream (partition, offset), for error reports.
	placed bool
	source catalog.ObjectID // that stream
	// timed is op if time acts on it; marks are the watermarks of its ports.
	timed op.Timed
	marks []int64
}

// leaf is a scan: a place where deltas of an object enter.
type leaf struct {
	object catalog.ObjectID
	// scan is nil for the leaf of a table's flow, which takes log records.
	scan *plan.Scan
	to   *node // nil: the sink
	port int
	// take is the positions, in the batches the object's source delivers, of the
	// scan's columns.
	take  []int
	graph *graph
	// fetch, if not nil, reads the leaf when the other side of its join is known.
	fetch *fetch
	// time is nil where no operator needs the event time of the stream.
	time *leafTime
}

func (g *graph) add(o op.Op, p plan.Node) *node {
	n := &node{op: o, plan: p, graph: g}
	n.emit = n.pass
	g.nodes = append(g.nodes, n)
	return n
}

// pass hands a node's output to its consumer.
func (n *node) pass(b *col.Batch) {
	if n.graph.ctx.Poll() != nil {
		return
	}
	if n.to == nil {
		n.graph.sink(b)
		return
	}
	n.to.push(n.port, b)
}

func (n *node) push(port int, b *col.Batch) {
	g := n.graph
	before := g.running
	g.running = n
	n.rowsIn += int64(b.N)
	n.op.Push(g.ctx, port, b, n.emit)
	g.running = before
}

// push hands a delta of the leaf's object, as its source delivers it, to the graph.
func (l *leaf) push(b *col.Batch) {
	if b.N > 0 {
		l.pushScanned(b.Project(l.take))
	}
}

// pushScanned hands a delta that has the scan's columns already to the graph.
func (l *leaf) pushScanned(b *col.Batch) {
	if l.time != nil {
		b = l.time.observe(b, l.graph.ctx.Env.Now)
	}
	if l.to == nil {
		l.graph.sink(b)
		return
	}
	l.to.push(l.port, b)
}

// endEpoch ends the epoch at all operators, inputs first, each with the watermarks that
// its inputs have by then.
func (g *graph) endEpoch() {
	if g.timed {
		g.advanceLeaves()
	}
	for _, n := range g.nodes {
		g.running = n
		if n.timed != nil {
			n.timed.Advance(g.ctx, n.marks)
		}
		n.op.EndEpoch(g.ctx, n.emit)
		if g.timed && n.to != nil && n.to.marks != nil {
			n.to.marks[n.port] = slices.Min(n.marks)
		}
	}
	g.running = nil
}

// memBytes is the exact memory of all operators' state.
func (g *graph) memBytes() int64 {
	var total int64
	for _, n := range g.nodes {
		total += n.op.MemBytes()
	}
	return total
}
