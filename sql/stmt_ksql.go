package sql

// Define is ksqlDB's DEFINE name = 'value': later text has the value for ${name}.
type Define struct {
	Stmt
	Name, Value string
}

// Undefine is UNDEFINE name.
type Undefine struct {
	Stmt
	Name string
}

// Print is ksqlDB's PRINT of the records of a topic.
type Print struct {
	Stmt
	// Topic is the name of a topic or of a stream or table; a string counts as one part.
	Topic Name
	// FromBeginning starts at the oldest record instead of the next one.
	FromBeginning bool
	// Interval prints every n-th record; 0 and 1 print all.
	Interval int64
	// Limit ends after so many records; -1 is none.
	Limit int64
}

// AssertKind says what an ASSERT is about.
type AssertKind string

// The kinds of ASSERT.
const (
	AssertStream AssertKind = "stream"
	AssertTable  AssertKind = "table"
	AssertTopic  AssertKind = "topic"
	// AssertValues asserts the next row of a stream, or a row of a table.
	AssertValues AssertKind = "values"
	// AssertNull asserts that a table has no row with a key.
	AssertNull AssertKind = "null values"
)

// Assert is ksqlDB's ASSERT, of its migrations and of its test tool.
type Assert struct {
	Stmt
	Kind AssertKind
	// NotExists marks ASSERT NOT EXISTS TOPIC.
	NotExists bool
	// Name is the relation or topic.
	Name Name
	// Columns are those that ASSERT STREAM and TABLE declare.
	Columns []*ColumnDef
	// Names and Row are the columns and values of VALUES and NULL VALUES; Names is nil
	// when the statement has none.
	Names []string
	Row   []Expr
	// With holds the properties of ASSERT STREAM, TABLE and TOPIC.
	With []Option
	// Timeout is the number and unit of TIMEOUT, "" when absent: "5 second".
	Timeout string
}

// AlterSystem is ksqlDB's ALTER SYSTEM 'property' = 'value'.
type AlterSystem struct {
	Stmt
	Name, Value string
}
