package plan

import "millrace/sql/types"

// Session gives each input row with the bounds of its session: the rows of one value of
// Keys whose times are at most Gap apart from neighbour to neighbour. The result is the
// input's columns followed by the time of the session's first row and its end. A row
// without time is in no session, and left out as a late one.
type Session struct {
	Input Node
	// Time is a timestamp over the input, Keys are expressions over it.
	Time Expr
	Keys []Expr
	Gap  int64 // microseconds
	// Inclusive: the end is the time of the last row, as in ksqlDB, else Gap after it.
	Inclusive bool
	Life      SessionLife
	Out       types.Schema
}

// SessionLife bounds sessions by the watermark; the planner's last pass sets it.
type SessionLife struct {
	Bounded bool
	// Late: a row is left out when the watermark is past its time by so much; then a
	// session whose last row it would be has ended. In microseconds.
	Late int64
	// RowWatermark is the input's column with the watermark of each row's partition as of
	// that row, -1 if there is none.
	RowWatermark int
}

// SessionAggregate groups rows that are only added into the sessions of Keys, and
// computes Aggs. The result is the keys, the bounds of the session, the aggregates.
type SessionAggregate struct {
	Input Node
	Time  int // column
	Keys  []int
	Aggs  []AggCall
	Gap   int64
	// Inclusive is as in Session.
	Inclusive bool
	Life      SessionLife
	// Close, Final and Retract are as in AggTime; Close counts from the last row. They
	// mean nothing unless Life is bounded.
	Close          int64
	Final, Retract bool
	Out            types.Schema
}

// Schema implements Node.
func (n *Session) Schema() types.Schema { return n.Out }

// Inputs implements Node.
func (n *Session) Inputs() []Node { return []Node{n.Input} }

// Schema implements Node.
func (n *SessionAggregate) Schema() types.Schema { return n.Out }

// Inputs implements Node.
func (n *SessionAggregate) Inputs() []Node { return []Node{n.Input} }

func (d *digest) session(n *Session) {
	d.text("session")
	d.int(n.Gap)
	d.int(int64(len(n.Keys)))
	d.flag(n.Inclusive)
	d.life(n.Life)
}

func (d *digest) life(l SessionLife) {
	if l.Bounded {
		d.int(l.Late)
		d.int(int64(l.RowWatermark))
	}
}

func (d *digest) sessionAggregate(n *SessionAggregate) {
	d.text("sessionaggregate")
	d.int(int64(n.Time))
	d.int(n.Gap)
	d.flag(n.Inclusive)
	d.life(n.Life)
	d.int(n.Close)
	d.flag(n.Final)
	d.flag(n.Retract)
	d.aggregate(&Aggregate{Keys: n.Keys, Aggs: n.Aggs})
}
