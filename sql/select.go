package sql

// SelectStmt is a query as a statement: SELECT, VALUES, TABLE, with or without EMIT.
type SelectStmt struct {
	Stmt
	Query *Query
}

// EmitMode says which rows a push query sends.
type EmitMode uint8

// Modes of EMIT.
const (
	EmitNone    EmitMode = iota // a pull query
	EmitChanges                 // every change
	EmitFinal                   // EMIT FINAL, EMIT ON WINDOW CLOSE: closed windows only
)

// Query is a query with the clauses that stand around its body.
type Query struct {
	Pos
	With    *With
	Body    QueryBody
	OrderBy []*OrderItem
	// Limit and Offset are nil when absent; LIMIT ALL is absent, too.
	Limit, Offset Expr
	// WithTies marks FETCH FIRST .. WITH TIES.
	WithTies bool
	Locking  []*Locking
	Emit     EmitMode
	// EmitPos is the word EMIT.
	EmitPos Pos
	// AsOfEpoch is the expression of AS OF EPOCH, nil when absent.
	AsOfEpoch Expr
}

// With is the WITH clause.
type With struct {
	Pos
	Recursive bool
	CTEs      []*CTE
}

// CTE is one named query of WITH. Statement is a *SelectStmt, or an INSERT,
// UPDATE or DELETE.
type CTE struct {
	Pos
	Name      string
	Columns   []string
	Statement Statement
	// Materialized is nil when neither MATERIALIZED nor NOT MATERIALIZED stands.
	Materialized *bool
	// Search and Cycle are the SEARCH and CYCLE clauses, nil when absent.
	Search *CTESearch
	Cycle  *CTECycle
}

// CTESearch is SEARCH DEPTH|BREADTH FIRST BY Columns SET Sequence.
type CTESearch struct {
	Breadth  bool
	Columns  []string
	Sequence string
}

// CTECycle is CYCLE Columns SET Mark [TO Value DEFAULT Default] USING Path.
type CTECycle struct {
	Columns        []string
	Mark, Path     string
	Value, Default Expr
}

// Select is one SELECT without ORDER BY and LIMIT.
type Select struct {
	Pos
	Distinct bool
	// DistinctOn is nil when absent.
	DistinctOn []Expr
	Targets    []*Target
	// From holds the comma list; empty without FROM.
	From  []TableRef
	Where Expr
	// GroupBy holds the items of GROUP BY; nil without the clause.
	GroupBy []*GroupItem
	// GroupDistinct marks GROUP BY DISTINCT.
	GroupDistinct bool
	Having        Expr
	Windows       []*NamedWindow
	// Window is ksqlDB's WINDOW TUMBLING|HOPPING|SESSION (...), nil when absent.
	Window *StreamWindow
	// PartitionBy is ksqlDB's PARTITION BY.
	PartitionBy []Expr
	// Into is the target of SELECT INTO, nil when absent.
	Into *Name
}

// Target is one item of the select list or of RETURNING.
type Target struct {
	Pos
	Expr Expr
	// Alias is "" when not given; see OutputName for the name then.
	Alias string
}

// GroupKind is the kind of a GROUP BY item.
type GroupKind uint8

// Kinds of GROUP BY items.
const (
	GroupExpr   GroupKind = iota // Exprs has one entry, or several or none for (a, b) and ()
	GroupSets                    // GROUPING SETS (Items...)
	GroupRollup                  // ROLLUP (Items...)
	GroupCube                    // CUBE (Items...)
)

// GroupItem is an item of GROUP BY. A plain expression is GroupExpr with one
// expression; (a, b) and () inside sets are GroupExpr with several or none.
type GroupItem struct {
	Pos
	Kind  GroupKind
	Exprs []Expr
	Items []*GroupItem
}

// NullsOrder says where NULLs sort.
type NullsOrder uint8

// Orders of NULL.
const (
	NullsDefault NullsOrder = iota // last when ascending, first when descending
	NullsFirst
	NullsLast
)

// OrderItem is an item of ORDER BY.
type OrderItem struct {
	Pos
	Expr  Expr
	Desc  bool
	Nulls NullsOrder
	// Using is the operator of ORDER BY x USING op, "" when absent.
	Using string
}

// NamedWindow is an entry of the WINDOW clause.
type NamedWindow struct {
	Pos
	Name string
	Spec *WindowSpec
}

// WindowSpec is OVER name, OVER (...) or the right side of WINDOW w AS (...).
type WindowSpec struct {
	Pos
	// Name is set for OVER name; nothing else is set then.
	Name string
	// Base is the existing window that (base ORDER BY ...) extends.
	Base        string
	PartitionBy []Expr
	OrderBy     []*OrderItem
	Frame       *Frame
}

// FrameMode is the unit of a frame.
type FrameMode uint8

// Units of a frame.
const (
	FrameRange FrameMode = iota
	FrameRows
	FrameGroups
)

// BoundKind is the kind of a frame bound.
type BoundKind uint8

// Kinds of frame bounds.
const (
	BoundUnboundedPreceding BoundKind = iota
	BoundPreceding
	BoundCurrentRow
	BoundFollowing
	BoundUnboundedFollowing
)

// Bound is one end of a frame; Offset is set for n PRECEDING and n FOLLOWING.
type Bound struct {
	Kind   BoundKind
	Offset Expr
}

// FrameExclude is the EXCLUDE option of a frame.
type FrameExclude uint8

// Options of EXCLUDE.
const (
	ExcludeNoOthers FrameExclude = iota
	ExcludeCurrentRow
	ExcludeGroup
	ExcludeTies
)

// Frame is the frame of a window; End is CURRENT ROW when not written.
type Frame struct {
	Pos
	Mode       FrameMode
	Start, End Bound
	Exclude    FrameExclude
}

// Values is VALUES (...), (...). All rows are as long as written; the planner
// checks that they agree.
type Values struct {
	Pos
	Rows [][]Expr
}

// SetOpKind is UNION, INTERSECT or EXCEPT.
type SetOpKind uint8

// Set operations.
const (
	Union SetOpKind = iota
	Intersect
	Except
)

// SetOp is a set operation. INTERSECT binds tighter than the others.
type SetOp struct {
	Pos
	Op          SetOpKind
	All         bool
	Left, Right QueryBody
}

// Locking is FOR UPDATE and its kin, kept as text.
type Locking struct {
	Pos
	// Strength is "update", "no key update", "share" or "key share".
	Strength string
	Of       []Name
	// Wait is "", "nowait" or "skip locked".
	Wait string
}

// WindowKind is the kind of a streaming window.
type WindowKind uint8

// Kinds of streaming windows.
const (
	WindowTumbling WindowKind = iota
	WindowHopping
	WindowSession
)

// Span is a length of time as ksqlDB writes it: a number and a unit. Unit is one
// of millisecond, second, minute, hour, day, week, month, year (singular).
type Span struct {
	Pos
	N    int64
	Unit string
}

// StreamWindow is ksqlDB's WINDOW clause. Size is the gap of a SESSION window.
type StreamWindow struct {
	Pos
	Kind WindowKind
	Size Span
	// Advance is set for HOPPING.
	Advance *Span
	// Retention and Grace are nil when absent.
	Retention, Grace *Span
}

func (*Select) queryBody() {}
func (*Values) queryBody() {}
func (*SetOp) queryBody()  {}
func (*Query) queryBody()  {}
