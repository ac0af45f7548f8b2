package sql

// Alias is the alias of a FROM item; Name is "" when not given.
type Alias struct {
	Name    string
	Columns []string
}

// Table is a named relation in FROM.
type Table struct {
	Pos
	Name  Name
	Alias Alias
	Only  bool
	// AsOf is the expression of FOR SYSTEM_TIME AS OF, nil when absent.
	AsOf   Expr
	Sample *TableSample
}

// TableSample is TABLESAMPLE method (args) [REPEATABLE (seed)].
type TableSample struct {
	Pos
	Method Name
	Args   []Expr
	Seed   Expr
}

// SubqueryRef is a query in FROM.
type SubqueryRef struct {
	Pos
	Query   *Query
	Alias   Alias
	Lateral bool
}

// FuncRef is one function in FROM, or several in ROWS FROM (...).
type FuncRef struct {
	Pos
	Calls []*FuncItem
	// RowsFrom tells that ROWS FROM was written.
	RowsFrom   bool
	Ordinality bool
	Lateral    bool
	Alias      Alias
	// Columns is the column definition list after the alias: AS t(a int, b text).
	Columns []*ColumnDef
}

// FuncItem is a function of a FuncRef. Call is a *Call, or a *KeywordFunc, *Cast
// or other expression that PostgreSQL allows there.
type FuncItem struct {
	Pos
	Call Expr
	// Columns is its own column definition list inside ROWS FROM.
	Columns []*ColumnDef
}

// JoinKind is the kind of a join.
type JoinKind uint8

// Kinds of joins.
const (
	JoinInner JoinKind = iota
	JoinLeft
	JoinRight
	JoinFull
	JoinCross
)

// Join is a join of two FROM items. On and Using are both empty for CROSS and
// NATURAL.
type Join struct {
	Pos
	Kind        JoinKind
	Left, Right TableRef
	Natural     bool
	Using       []string
	UsingAlias  string
	On          Expr
	// Within is the time bound of a stream-stream join, nil when absent.
	Within *Within
	// Asof marks ASOF JOIN.
	Asof bool
	// Alias names a join in parentheses; its Name is "" otherwise.
	Alias Alias
}

// Within is WITHIN n unit, or WITHIN (before, after), with GRACE PERIOD.
type Within struct {
	Pos
	Before, After Span
	Grace         *Span
}

func (*Table) tableRef()       {}
func (*SubqueryRef) tableRef() {}
func (*FuncRef) tableRef()     {}
func (*Join) tableRef()        {}
