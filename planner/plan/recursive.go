package plan

import "millrace/sql/types"

// Recursive is a WITH RECURSIVE query: the rows of Base are iteration 0, and Step
// makes the rows of each iteration from those of the one before, until there are none.
// The result is the rows of all iterations.
//
// Step gives the columns of Out, then the number of the iteration from which the row
// was made (int8), which it has from RecursiveRef.
type Recursive struct {
	// ID ties the node to the RecursiveRefs in Step; it is unique in a plan.
	ID         int
	Base, Step Node
	// Distinct: a row that an earlier iteration has is not a row of a later one (UNION).
	Distinct bool
	Out      types.Schema
}

// RecursiveRef stands in Step for the rows of the previous iteration; the last column
// is its number.
type RecursiveRef struct {
	ID  int
	Out types.Schema
}

// Schema implements Node.
func (n *Recursive) Schema() types.Schema { return n.Out }

// Schema implements Node.
func (n *RecursiveRef) Schema() types.Schema { return n.Out }

// Inputs implements Node.
func (n *Recursive) Inputs() []Node { return []Node{n.Base, n.Step} }

// Inputs implements Node.
func (n *RecursiveRef) Inputs() []Node { return nil }

// ReadsRecursion reports whether n reads the previous iteration of the recursion id.
func ReadsRecursion(n Node, id int) bool {
	found := false
	Walk(n, func(n Node) bool {
		ref, ok := n.(*RecursiveRef)
		found = found || ok && ref.ID == id
		return !found
	})
	return found
}
