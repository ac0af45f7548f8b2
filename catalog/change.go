package catalog

import (
	"context"

	"millrace/sql"
	"millrace/sql/pgerr"
)

// Change is one replicated change of the catalog. It is built against a snapshot
// and checked again when it is applied.
type Change struct {
	// SearchPath is the session's path (schemas that may not exist are skipped). It
	// resolves names without a schema and decides how messages print names.
	SearchPath []string
	// BasedOn is the version of the snapshot that the query of a Create was planned
	// with; the change fails with 40001 when something the query reads, directly or
	// through other views, has changed since. 0 skips the check.
	BasedOn uint64
	// By is the role in whose name the change is made: it is checked to be allowed, and
	// owns what is created. 0 is the server itself, which may do everything.
	By ObjectID
	Op Op
}

// Op is what a Change does: one of the pointer types below.
type Op interface{ code() opCode }

// opCode is the stored number of an Op's type.
type opCode uint8

const (
	opCreateSchema opCode = iota + 1
	opDropSchema
	opCreate
	opDrop
	opCreateIndex
	opDropIndex
	opRename
	opComment
	opSetOptions
	opCreateType
	opDropType
	opAlterType
	opCreateSequence
	opDropSequence
	opAlterSequence
	opAdvanceSequence
)

// CreateSchema makes a schema.
type CreateSchema struct {
	Name        string
	IfNotExists bool
	// Owner is the role of AUTHORIZATION, "" for the one that runs the statement.
	Owner string `json:",omitempty"`
}

// DropSchema drops schemas, with CASCADE together with what is in them.
type DropSchema struct {
	Names    []string
	IfExists bool
	Cascade  bool
}

// Create makes a relation with its indexes. Of Object the ids, KeyID, Version and
// ChangedAt are ignored and given by Apply. Object.Schema "" is the first schema of
// the search path. KeyName "" and index names "" are chosen as PostgreSQL does.
type Create struct {
	Object *Object
	// OrReplace replaces a view or continuous query of the same name and kind: a
	// plain view keeps its id, a continuous query gets a new one.
	OrReplace   bool
	IfNotExists bool
	// Sequences are made for the columns that they name.
	Sequences []*Sequence `json:",omitempty"`
}

// Drop drops relations of one kind: sql.KindTable, KindStream, KindView or
// KindMaterializedView.
type Drop struct {
	Kind     sql.ObjectKind
	Names    []QName
	IfExists bool
	Cascade  bool
}

// CreateIndex adds a secondary index to a table or materialized view.
type CreateIndex struct {
	Table QName
	// Name "" is chosen as PostgreSQL does. The index is in its table's schema.
	Name        string
	Columns     []string
	Unique      bool
	IfNotExists bool
}

// DropIndex drops secondary indexes.
type DropIndex struct {
	Names    []QName
	IfExists bool
	Cascade  bool
}

// Rename renames a relation, index (Kind index), schema (Kind schema, Name.Name)
// or, with Column set, a column of the relation. Kind table accepts any relation.
type Rename struct {
	Kind     sql.ObjectKind
	Name     QName
	Column   string
	NewName  string
	IfExists bool
}

// Comment sets the comment of a relation, index, schema or the database, or with Kind
// column of the column of the relation Name. Text nil removes it.
type Comment struct {
	Kind   sql.ObjectKind
	Name   QName
	Column string
	Text   *string
}

// SetOptions changes WITH options of a relation; the caller has checked them.
type SetOptions struct {
	Kind  sql.ObjectKind
	Name  QName
	Set   map[string]string
	Reset []string
}

func (*CreateSchema) code() opCode { return opCreateSchema }
func (*DropSchema) code() opCode   { return opDropSchema }
func (*Create) code() opCode       { return opCreate }
func (*Drop) code() opCode         { return opDrop }
func (*CreateIndex) code() opCode  { return opCreateIndex }
func (*DropIndex) code() opCode    { return opDropIndex }
func (*Rename) code() opCode       { return opRename }
func (*Comment) code() opCode      { return opComment }
func (*SetOptions) code() opCode   { return opSetOptions }

// Result says what an applied change did.
type Result struct {
	// Object is the relation created or changed, as it is now; nil when there is
	// none (also when IF [NOT] EXISTS made the change do nothing).
	Object *Object
	// Index is the index created or renamed.
	Index *Index
	// Dropped are the ids of dropped relations and indexes, readers before what they
	// read, the indexes of a relation before the relation. Schemas are not listed.
	Dropped []ObjectID
	// Values are the numbers that an AdvanceSequence took.
	Values []int64
	// Notices are for the client; their Code is that of the notice.
	Notices []*pgerr.Error
	// Changed is false when the change did nothing.
	Changed bool
}

// Proposer puts a change into the journal and returns what Apply returned for it:
// a *Result or an error.
type Proposer interface {
	Propose(ctx context.Context, change []byte) (result any, err error)
}

// Propose sends a change through p and unpacks the answer.
func Propose(ctx context.Context, p Proposer, c *Change) (*Result, error) {
	answer, err := p.Propose(ctx, c.Encode())
	if err != nil {
		return nil, err
	}
	switch a := answer.(type) {
	case *Result:
		return a, nil
	case error:
		return nil, a
	}
	panic(pgerr.Bug("catalog change answered with %T", answer))
}
