package plan

import "millrace/sql/types"

// Temporal gives the rows whose time it is: each row comes and goes by itself as the
// clock of the epochs moves on. now() >= X + Offset and the like, for all of From and
// Until; a row with a NULL among them never comes.
type Temporal struct {
	Input Node
	// From: the row is there from the largest of these moments on. Until: it is there
	// before the least of them.
	From, Until []Moment
}

// Moment is a time that depends on the row: X, a timestamp, plus Offset microseconds.
type Moment struct {
	X      Expr
	Offset int64
}

// Schema implements Node.
func (n *Temporal) Schema() types.Schema { return n.Input.Schema() }

// Inputs implements Node.
func (n *Temporal) Inputs() []Node { return []Node{n.Input} }

func (d *digest) temporal(n *Temporal) {
	d.text("temporal")
	for _, list := range [][]Moment{n.From, n.Until} {
		d.int(int64(len(list)))
		for _, m := range list {
			d.int(m.Offset)
		}
	}
}

func (m *exprMapper) moments(list []Moment) []Moment {
	out := make([]Moment, len(list))
	for i, at := range list {
		out[i] = Moment{X: m.one(at.X), Offset: at.Offset}
	}
	return out
}
