package sql

// ObjectKind is a kind of named object, as DROP, ALTER and COMMENT name it.
type ObjectKind string

// Kinds of objects with a meaning to Millrace. Other kinds of PostgreSQL appear
// with their own words in lower case ("sequence", "event trigger").
const (
	KindTable            ObjectKind = "table"
	KindStream           ObjectKind = "stream"
	KindView             ObjectKind = "view"
	KindMaterializedView ObjectKind = "materialized view"
	KindIndex            ObjectKind = "index"
	KindSchema           ObjectKind = "schema"
	KindColumn           ObjectKind = "column"
	KindConstraint       ObjectKind = "constraint"
	KindSource           ObjectKind = "source"
	KindSink             ObjectKind = "sink"
	KindDatabase         ObjectKind = "database"
	KindType             ObjectKind = "type"
	KindDomain           ObjectKind = "domain"
	KindSequence         ObjectKind = "sequence"
)

// Drop is DROP kind names.
type Drop struct {
	Stmt
	Kind     ObjectKind
	Names    []Name
	IfExists bool
	Cascade  bool
	// Concurrently marks DROP INDEX CONCURRENTLY.
	Concurrently bool
	// DeleteTopic marks ksqlDB's DELETE TOPIC.
	DeleteTopic bool
}

// Rename is ALTER kind Name RENAME TO NewName, or with Kind column: ALTER
// Container Name RENAME COLUMN Column TO NewName.
type Rename struct {
	Stmt
	Kind ObjectKind
	// Container is the kind of object that holds the column or constraint.
	Container ObjectKind
	Name      Name
	Column    string
	NewName   string
	IfExists  bool
}

// Alter is any other ALTER: the head is read, the rest is text.
type Alter struct {
	Stmt
	Kind     ObjectKind
	Name     Name
	IfExists bool
	// Action is what follows the name, as written.
	Action string
}

// Comment is COMMENT ON kind Name IS Text.
type Comment struct {
	Stmt
	Kind ObjectKind
	// Name ends with the column's name when Kind is column.
	Name Name
	// Text is nil for IS NULL.
	Comment *string
}

// Generic is a statement that is recognised by its first words only. The planner
// decides whether it is accepted as nothing to do or refused (0A000).
type Generic struct {
	Stmt
	// Verb is the leading key words in upper case, as in a command tag: "GRANT",
	// "VACUUM", "CREATE FUNCTION", "ALTER ROLE".
	Verb string
}
