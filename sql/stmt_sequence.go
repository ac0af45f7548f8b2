package sql

// SequenceOptions are those of CREATE and ALTER SEQUENCE and of AS IDENTITY (..). A nil
// number was not given.
type SequenceOptions struct {
	Type                  *TypeName
	Start, Step, Min, Max *int64
	NoMin, NoMax          bool
	Restart               bool
	RestartWith           *int64
	Cycle, NoCycle        bool
	// OwnedBy is table.column; OwnedByNone is OWNED BY NONE.
	OwnedBy     Name
	OwnedByNone bool
}

// CreateSequence is CREATE SEQUENCE.
type CreateSequence struct {
	Stmt
	IfNotExists bool
	Name        Name
	Options     SequenceOptions
}

// AlterSequence is ALTER SEQUENCE but for RENAME TO.
type AlterSequence struct {
	Stmt
	IfExists bool
	Name     Name
	Options  SequenceOptions
}
