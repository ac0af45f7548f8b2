package sql

// ColumnDef is a column of CREATE STREAM or CREATE TABLE, a field of STRUCT, or
// an entry of a column definition list.
type ColumnDef struct {
	Pos
	Name string
	// Type is nil where it is inferred (CREATE TABLE t (a, b) AS SELECT).
	Type      *TypeName
	Collation Name
	// NotNull, Null: which of NOT NULL and NULL were written.
	NotNull, Null bool
	Default       Expr
	PrimaryKey    bool
	// KeyName is the name of the constraint PRIMARY KEY, "" when not given.
	KeyName string
	// Key is ksqlDB's KEY of a stream column.
	Key    bool
	Unique bool
	Checks []Expr
	// CheckNames has the name of each of Checks, "" when not given.
	CheckNames []string
	// Generated is the expression of GENERATED ALWAYS AS (..) STORED.
	Generated Expr
	// Identity is "", "always" or "by default".
	Identity string
	// IdentityOptions are those of the identity's sequence, nil without one.
	IdentityOptions *SequenceOptions
	References      *ForeignKey
	// Header is ksqlDB's HEADERS ("*") or HEADER('name').
	Header string
	// Options holds what else stood there (STORAGE, COMPRESSION), by name.
	Options []Option
}

// ForeignKey is REFERENCES Table (Columns); actions are read and dropped.
type ForeignKey struct {
	Pos
	Table   Name
	Columns []string
}

// ConstraintKind is the kind of a table constraint.
type ConstraintKind uint8

// Kinds of constraints.
const (
	ConstraintPrimaryKey ConstraintKind = iota
	ConstraintUnique
	ConstraintCheck
	ConstraintForeignKey
	ConstraintExclude
)

// Constraint is a table constraint. Name is "" when not given.
type Constraint struct {
	Pos
	Name       string
	Kind       ConstraintKind
	Columns    []string
	Check      Expr
	References *ForeignKey
}

// Watermark is WATERMARK FOR Column AS Expr.
type Watermark struct {
	Pos
	Column string
	Expr   Expr
}

// CreateStream is CREATE STREAM, with Query set CREATE STREAM .. AS SELECT.
type CreateStream struct {
	Stmt
	OrReplace, IfNotExists bool
	// Source marks ksqlDB's CREATE SOURCE STREAM (read only).
	Source      bool
	Name        Name
	Columns     []*ColumnDef
	Constraints []*Constraint
	Watermarks  []*Watermark
	With        []Option
	Query       *Query
}

// CreateTable is CREATE TABLE, with Query set CREATE TABLE .. AS SELECT (which
// makes a continuous query, too).
type CreateTable struct {
	Stmt
	OrReplace, IfNotExists bool
	Temp, Unlogged         bool
	// Source marks ksqlDB's CREATE SOURCE TABLE (read only).
	Source      bool
	Name        Name
	Columns     []*ColumnDef
	Constraints []*Constraint
	Watermarks  []*Watermark
	With        []Option
	Query       *Query
	// NoData marks WITH NO DATA.
	NoData bool
	// Like holds the tables of LIKE t; Inherits those of INHERITS (..).
	Like, Inherits []Name
	// PartitionBy is the text of PARTITION BY ..., "" when absent.
	PartitionBy string
	// OnCommit is "", "preserve rows", "delete rows" or "drop".
	OnCommit string
}

// CreateView is CREATE VIEW.
type CreateView struct {
	Stmt
	OrReplace, Temp, Recursive bool
	IfNotExists                bool
	Name                       Name
	Columns                    []string
	With                       []Option
	Query                      *Query
	// CheckOption is "", "cascaded" or "local".
	CheckOption string
}

// CreateMaterializedView is CREATE MATERIALIZED VIEW.
type CreateMaterializedView struct {
	Stmt
	OrReplace, IfNotExists bool
	Name                   Name
	Columns                []string
	With                   []Option
	Query                  *Query
	// NoData marks WITH NO DATA.
	NoData bool
}

// CreateIndex is CREATE INDEX. Name is empty when not given.
type CreateIndex struct {
	Stmt
	Unique, Concurrently, IfNotExists bool
	Name                              Name
	Table                             Name
	// Method is "" when USING is absent.
	Method           string
	Elems            []*IndexElem
	Include          []string
	NullsNotDistinct bool
	With             []Option
	Where            Expr
}

// IndexElem is a column or expression of an index.
type IndexElem struct {
	Pos
	Expr      Expr
	Collation Name
	OpClass   Name
	Desc      bool
	Nulls     NullsOrder
}

// CreateSchema is CREATE SCHEMA. Elements inside it are not supported.
type CreateSchema struct {
	Stmt
	IfNotExists bool
	Name        string
	// Owner is the role of AUTHORIZATION, "" when absent.
	Owner string
}
