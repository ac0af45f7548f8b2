package plan

import "millrace/sql/types"

// Asof joins each row of L with the row of R of equal keys that is nearest in time:
// the last one not after it, or with Later the first one not before it. NULL keys and
// times match nothing. The result is the left columns followed by the right ones.
type Asof struct {
	L, R         Node
	LKeys, RKeys []int
	// LTime and RTime are columns of one type that has an order.
	LTime, RTime int
	// Strict leaves out a right row at the very time of the left one.
	Later, Strict bool
	// Outer keeps left rows without a match.
	Outer bool
	Out   types.Schema
}

// Schema implements Node.
func (n *Asof) Schema() types.Schema { return n.Out }

// Inputs implements Node.
func (n *Asof) Inputs() []Node { return []Node{n.L, n.R} }

func (d *digest) asof(n *Asof) {
	d.text("asof")
	d.ints(n.LKeys)
	d.ints(n.RKeys)
	d.ints([]int{n.LTime, n.RTime})
	d.flag(n.Later)
	d.flag(n.Strict)
	d.flag(n.Outer)
}
