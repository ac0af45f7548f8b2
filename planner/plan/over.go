package plan

import (
	"millrace/sql/builtin"
	"millrace/sql/types"
)

// Over computes window functions: the result is the rows of Input, each followed by
// one column per call. Rows that Order leaves equal are numbered in the order of the
// whole row.
type Over struct {
	Input Node
	// Partition and Order are those of the window; both may be empty.
	Partition []int
	Order     []SortKey
	// Unordered: the window has no ORDER BY, so that all rows of a partition are peers.
	// Order then only says in which order they are taken.
	Unordered bool
	Calls     []WindowCall
	Out       types.Schema
}

// WindowCall is one call with OVER: a window function or an aggregate. Arguments and
// filter are columns of the input.
type WindowCall struct {
	Func     *builtin.WindowFunc // nil for an aggregate
	Agg      *builtin.Agg        // nil for a window function
	Args     []int
	ArgTypes []types.Type
	Filter   int // boolean column, -1 for none; aggregates only
	Frame    builtin.Frame
	// StartOffset and EndOffset are the distances of the frame's bounds, int8 in ROWS
	// and GROUPS mode, without columns; nil where the bound has none.
	StartOffset, EndOffset Expr
	// Distance is how many rows away lag and lead look at most, -1 when unknown.
	Distance int64
	T        types.Type
}

// Name is the name of the function.
func (c *WindowCall) Name() string {
	if c.Func != nil {
		return c.Func.Name
	}
	return c.Agg.Name
}

// Schema implements Node.
func (n *Over) Schema() types.Schema { return n.Out }

// Inputs implements Node.
func (n *Over) Inputs() []Node { return []Node{n.Input} }

// mapOver is MapNodeExprs for the offsets of frames.
func (m *exprMapper) mapOver(n *Over) Node {
	c := *n
	c.Calls = append([]WindowCall(nil), n.Calls...)
	for i := range c.Calls {
		w := &c.Calls[i]
		w.StartOffset, w.EndOffset = m.one(w.StartOffset), m.one(w.EndOffset)
	}
	return m.pick(n, &c)
}

func (d *digest) over(n *Over) {
	d.text("over")
	d.ints(n.Partition)
	d.keys(n.Order)
	d.flag(n.Unordered)
	for i := range n.Calls {
		c := &n.Calls[i]
		d.text(c.Name())
		d.ints(c.Args)
		for _, t := range c.ArgTypes {
			d.typ(t)
		}
		d.int(int64(c.Filter))
		d.int(c.Distance)
		f := c.Frame
		d.ints([]int{int(f.Mode), int(f.Start), int(f.End), int(f.Exclude)})
		d.typ(c.T)
	}
}
