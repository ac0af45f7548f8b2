package plan

import (
	"millrace/catalog"
	"millrace/sql/types"
)

// Emit is how a query delivers its result.
type Emit uint8

// The ways to deliver.
const (
	EmitOnce    Emit = iota // a pull query
	EmitChanges             // a push query
	EmitFinal               // a push query of settled rows
)

// Query is a planned SELECT.
type Query struct {
	Root Node
	Emit Emit
	// Hidden is the number of trailing columns of Root that serve ORDER BY only and
	// are not part of the result.
	Hidden int
	Out    types.Schema // the visible columns
	// OriginTable and OriginColumn name the catalog object and attribute number
	// (from 1) behind each visible column, 0 where there is none: for RowDescription.
	OriginTable  []catalog.ObjectID
	OriginColumn []int16
	Params       []types.Type
	// Limit ends a push query after so many rows; nil for none.
	Limit Expr
	// AppendOnly: the result never retracts, so a push query shows plain rows.
	AppendOnly bool
	// Key is the columns of Out that identify a row; nil when unknown.
	Key []int
	// Reads are the streams, tables and views read, for read-your-writes and dependencies.
	Reads []catalog.ObjectID
	// Uses are the relations named, system tables and the insides of views included, for
	// the check of privileges.
	Uses []Use
}

// Use is a relation that a statement reads.
type Use struct {
	Object *catalog.Object
	// As is the owner of the view through which the relation is read; 0 stands for the
	// role that runs the statement.
	As catalog.ObjectID
}

// View is a planned continuous query with a stored result.
type View struct {
	Root Node
	Out  types.Schema
	// Key is the columns that identify a row; nil: the whole row, with a count.
	Key        []int
	AppendOnly bool
	Reads      []catalog.ObjectID
	Uses       []Use
	// Notices are shown to the user at CREATE (unbounded state and the like).
	Notices []string
	// PartitionBy is the columns of ksqlDB's PARTITION BY; nil without the clause, empty
	// for PARTITION BY NULL.
	PartitionBy []int
	// StreamKey is the columns that the KEY columns of the left-most stream have become,
	// nil when some are not among the result; Partitions is that stream's, 0 for none.
	StreamKey  []int
	Partitions int32
}

// WriteKind is the kind of a Write.
type WriteKind uint8

// The kinds of write.
const (
	InsertRows WriteKind = iota
	UpdateRows
	DeleteRows
)

// ConflictAction is what an INSERT does about a row whose key exists.
type ConflictAction uint8

// The actions.
const (
	ConflictError   ConflictAction = iota // 23505
	ConflictNothing                       // skip the new row
	ConflictUpdate                        // compute Set from the old and the new row
	ConflictReplace                       // the new row replaces the old one (upsert)
)

// Write is a planned INSERT, UPDATE or DELETE.
type Write struct {
	Kind   WriteKind
	Target *catalog.Object
	// Source gives, for INSERT, one value per column of Target in order, with
	// defaults filled in and types cast; for streams followed by rowtime
	// (timestamptz, NULL = now) when HasRowtime. For UPDATE it gives the old row (all
	// columns, then the hidden row id if the table has no primary key) followed by
	// the new value of each column; for DELETE the old row likewise. Columns after
	// these are only for Returning.
	Source     Node
	HasRowtime bool
	// Rowtime is the time of a stream's row over the columns of Target, for rows that
	// bring none; nil is the time of arrival.
	Rowtime    Expr
	OnConflict ConflictAction
	// ConflictSet has one expression per column over (old row, excluded row), and
	// ConflictWhere a predicate over the same; nil is true.
	ConflictSet   []Expr
	ConflictWhere Expr
	// NotNull lists columns to check (23502); Checks are further predicates over the
	// new row with their constraint names (23514).
	NotNull []int
	Checks  []Check
	// Computed are columns of a new row that are not in Source but computed from the
	// row, in order: numbers of sequences, then generated columns.
	Computed []Computed
	// Returning is expressions over the new row (DELETE: the old one), for streams
	// with HasRowtime its rowtime, and the further columns of Source; nil for none.
	Returning []Expr
	Out       types.Schema // of Returning
	Params    []types.Type
	Reads     []catalog.ObjectID
	Uses      []Use // without Target
}

// Computed is a column of a new row: X over the target's columns. Generated ones are
// computed for each new version of a row, the others when it is inserted.
type Computed struct {
	Col       int
	X         Expr
	Generated bool
}

// Check is a CHECK constraint, bound over the target's columns.
type Check struct {
	Name string
	Pred Expr
}
