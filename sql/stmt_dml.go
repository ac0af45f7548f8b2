package sql

// Insert is INSERT. Query is nil for DEFAULT VALUES; for VALUES its Body is
// *Values and it has no other clause, unless the user wrote one.
type Insert struct {
	Stmt
	With  *With
	Table Name
	Alias string
	// Options is ksqlDB's WITH (QUERY_ID = 'x') behind the target; nil without it.
	Options []Option
	// Columns is nil when no column list was given.
	Columns []*ColumnTarget
	// Overriding is "", "system" or "user".
	Overriding string
	Query      *Query
	OnConflict *OnConflict
	Returning  []*Target
}

// ColumnTarget is a column to assign to, possibly with subscripts or fields.
type ColumnTarget struct {
	Pos
	Name string
	// Path holds [i] as *Subscript and .f as *Field with nil X; nil for a plain column.
	Path []Expr
}

// OnConflict is ON CONFLICT [target] DO NOTHING | UPDATE SET ...
type OnConflict struct {
	Pos
	// Target is the index inference list; Constraint the name of ON CONSTRAINT.
	Target      []*IndexElem
	TargetWhere Expr
	Constraint  string
	DoNothing   bool
	Set         []*Assignment
	Where       Expr
}

// Assignment is column = Value, or with several columns (a, b) = Value, where
// Value is a *Row or *Subquery.
type Assignment struct {
	Pos
	Columns []*ColumnTarget
	// Multi tells that the columns stood in parentheses.
	Multi bool
	Value Expr
}

// Update is UPDATE.
type Update struct {
	Stmt
	With  *With
	Table *Table
	Set   []*Assignment
	From  []TableRef
	Where Expr
	// CurrentOf is the cursor of WHERE CURRENT OF, "" when absent.
	CurrentOf string
	Returning []*Target
}

// Delete is DELETE.
type Delete struct {
	Stmt
	With      *With
	Table     *Table
	Using     []TableRef
	Where     Expr
	CurrentOf string
	Returning []*Target
}

// Truncate is TRUNCATE.
type Truncate struct {
	Stmt
	Tables          []*Table
	RestartIdentity bool
	Cascade         bool
}

// Copy is COPY. Either Table or Query is set.
type Copy struct {
	Stmt
	Table   Name
	Columns []string
	// Query is a *SelectStmt, *Insert, *Update, *Delete or *Subscribe.
	Query Statement
	// From is COPY .. FROM; otherwise COPY .. TO.
	From bool
	// File is the file or program; "" for STDIN and STDOUT.
	File    string
	Program bool
	// Options are named as in the modern syntax (format, delimiter, null, header,
	// quote, escape, force_quote, force_not_null, force_null, encoding, freeze);
	// the old syntax is converted.
	Options []Option
	Where   Expr
}
