package plan

import (
	"millrace/catalog"
	"millrace/sql/builtin"
	"millrace/sql/types"
)

// Node is a relational operator.
type Node interface {
	// Schema is the columns of the result.
	Schema() types.Schema
	// Inputs are the nodes it reads, in port order.
	Inputs() []Node
}

// Scan reads a stream, table, materialized view or system table.
type Scan struct {
	Object *catalog.Object
	// Cols are positions in Object.Columns, in output order. On a stream the
	// pseudo columns follow the declared ones: len(Columns)+0 rowtime timestamptz,
	// +1 rowpartition int4, +2 rowoffset int8. On a table or view without a primary
	// key, len(Columns) is the hidden row id (int8).
	Cols []int
	Out  types.Schema
	// Access narrows a pull query's read; nil reads everything. Continuous queries
	// never have it.
	Access *Access
}

// Access is a point or range look-up. The scan still returns only rows that
// satisfy it; the filter above need not repeat it.
type Access struct {
	// Index is the secondary index used, or nil for the primary key.
	Index *catalog.Index
	// Eq are values for the first key columns (constants or parameters).
	Eq []Expr
	// Any, if not nil, is an array of values for the next key column, the last one used.
	Any Expr
	// Lo and Hi bound the next key column; nil is open.
	Lo, Hi *Bound
	// ByJoin: the join above gives the values, or all is read.
	ByJoin bool
}

// Bound is one end of a range.
type Bound struct {
	Value     Expr
	Inclusive bool
}

// Values is literal rows; the expressions have no columns.
type Values struct {
	Rows [][]Expr
	Out  types.Schema
}

// Filter keeps the rows for which Pred is true.
type Filter struct {
	Input Node
	Pred  Expr
}

// Project computes one column per expression.
type Project struct {
	Input Node
	Exprs []Expr
	Out   types.Schema
}

// JoinKind is how unmatched rows are treated.
type JoinKind uint8

// The kinds of join.
const (
	Inner JoinKind = iota
	Left
	Right
	Full
	// Semi gives each left row that has a match, Anti each that has none.
	Semi
	Anti
	// Mark gives each left row with one more boolean column: what
	// "left keys IN (SELECT right keys)" is for it (NULL included).
	Mark
)

// Join matches rows where LKeys equal RKeys (pairwise, SQL equality; NULL matches
// nothing unless NullSafe) and Residual is true. No keys: every pair. The result is
// the left columns followed by the right ones; for Semi, Anti and Mark the left
// ones only (Mark: plus the mark).
type Join struct {
	Kind         JoinKind
	L, R         Node
	LKeys, RKeys []int
	// NullSafe: NULL keys equal each other (IS NOT DISTINCT FROM); per key, nil = none.
	NullSafe []bool
	// Residual is over the left columns followed by the right ones; nil is true.
	Residual Expr
	// NullAware makes Anti behave as NOT IN: a NULL among the keys of either side
	// keeps rows from qualifying.
	NullAware bool
	// Temporal: a row of L, which are only added, meets the rows that R has in the epoch
	// of the row; what happens to R later does not change it. Inner and Left only.
	Temporal bool
	// Lookup, in a pull query, are the keys (positions in LKeys) by which R, a scan with
	// ByJoin below filters and projections, may be read for the left rows that there are;
	// in the order of the primary key or index of the scan's Access.
	Lookup []int
	// Time is nil where event time plays no part.
	Time *JoinTime
	// AppendOnly: the left, right input never retracts.
	AppendOnly [2]bool
	Out        types.Schema
}

// Aggregate groups by columns Keys and computes Aggs. Without Keys there is always
// exactly one row. The result is the keys followed by the aggregates.
type Aggregate struct {
	Input Node
	Keys  []int
	Aggs  []AggCall
	// AppendOnly: the input never retracts.
	AppendOnly bool
	// Time, if not nil, bounds the life of groups.
	Time *AggTime
	Out  types.Schema
}

// AggCall is one aggregate; arguments, filter and order are columns of the input.
type AggCall struct {
	Agg      *builtin.Agg
	Args     []int
	ArgTypes []types.Type
	Distinct bool
	Filter   int // boolean column, -1 for none
	OrderBy  []SortKey
	T        types.Type
}

// SortKey is one ORDER BY column.
type SortKey struct {
	Col        int
	Desc       bool
	NullsFirst bool
}

// Distinct removes duplicate rows (SQL equality).
type Distinct struct{ Input Node }

// Union is UNION ALL of inputs of equal types.
type Union struct {
	Ins []Node
	Out types.Schema
}

// SetOp is INTERSECT or EXCEPT.
type SetOp struct {
	Except bool // else INTERSECT
	All    bool
	L, R   Node
	Out    types.Schema
}

// Sort orders and cuts: ORDER BY, LIMIT, OFFSET. In a continuous query it must have
// a limit or offset (Top-N), and keeps the set of rows only; order shows in pull
// queries.
type Sort struct {
	Input Node
	Keys  []SortKey
	// Limit and Offset are int8 expressions without columns; nil is none. A NULL
	// limit is none too.
	Limit, Offset Expr
	WithTies      bool
	// Partition makes it the first rows per group.
	Partition []int
	// AppendOnly: the input never retracts.
	AppendOnly bool
}

// MaxOneRow passes its input on and fails (21000) when there is more than one row.
// Given no row it gives one row of NULLs: it stands for a scalar sub-query.
type MaxOneRow struct{ Input Node }

// TableFunc calls a set-returning function for each input row and appends its
// columns (and an ordinal, int8) to that row. Input is Values with one empty row
// when the function stands alone in FROM.
type TableFunc struct {
	Input      Node
	Func       *builtin.TableFunc
	Args       []Expr
	Ordinality bool
	// Outer: an input row without result rows gives one row of NULLs (LEFT JOIN LATERAL).
	Outer bool
	Out   types.Schema
}

// Schema implements Node.
func (n *Scan) Schema() types.Schema { return n.Out }

// Schema implements Node.
func (n *Values) Schema() types.Schema { return n.Out }

// Schema implements Node.
func (n *Filter) Schema() types.Schema { return n.Input.Schema() }

// Schema implements Node.
func (n *Project) Schema() types.Schema { return n.Out }

// Schema implements Node.
func (n *Join) Schema() types.Schema { return n.Out }

// Schema implements Node.
func (n *Aggregate) Schema() types.Schema { return n.Out }

// Schema implements Node.
func (n *Distinct) Schema() types.Schema { return n.Input.Schema() }

// Schema implements Node.
func (n *Union) Schema() types.Schema { return n.Out }

// Schema implements Node.
func (n *SetOp) Schema() types.Schema { return n.Out }

// Schema implements Node.
func (n *Sort) Schema() types.Schema { return n.Input.Schema() }

// Schema implements Node.
func (n *MaxOneRow) Schema() types.Schema { return n.Input.Schema() }

// Schema implements Node.
func (n *TableFunc) Schema() types.Schema { return n.Out }

// Inputs implements Node.
func (n *Scan) Inputs() []Node { return nil }

// Inputs implements Node.
func (n *Values) Inputs() []Node { return nil }

// Inputs implements Node.
func (n *Filter) Inputs() []Node { return []Node{n.Input} }

// Inputs implements Node.
func (n *Project) Inputs() []Node { return []Node{n.Input} }

// Inputs implements Node.
func (n *Join) Inputs() []Node { return []Node{n.L, n.R} }

// Inputs implements Node.
func (n *Aggregate) Inputs() []Node { return []Node{n.Input} }

// Inputs implements Node.
func (n *Distinct) Inputs() []Node { return []Node{n.Input} }

// Inputs implements Node.
func (n *Union) Inputs() []Node { return n.Ins }

// Inputs implements Node.
func (n *SetOp) Inputs() []Node { return []Node{n.L, n.R} }

// Inputs implements Node.
func (n *Sort) Inputs() []Node { return []Node{n.Input} }

// Inputs implements Node.
func (n *MaxOneRow) Inputs() []Node { return []Node{n.Input} }

// Inputs implements Node.
func (n *TableFunc) Inputs() []Node { return []Node{n.Input} }
