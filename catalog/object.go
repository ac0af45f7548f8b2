package catalog

import (
	"maps"
	"slices"

	"millrace/sql"
	"millrace/sql/types"
)

// ObjectID identifies an object for ever; it is also its PostgreSQL oid. User
// objects start at FirstObjectID; ids are never reused.
type ObjectID uint64

// FirstObjectID is the id of the first user object, as in PostgreSQL.
const FirstObjectID ObjectID = 16384

// Kind is the kind of an object.
type Kind uint8

// The kinds of relation. Their numbers are stored.
const (
	KindStream  Kind = iota + 1 // append-only, in the log
	KindTable                   // upserts and deletes by primary key, in the log and the store
	KindMatView                 // continuous query with a stored result
	KindView                    // plain view, a macro
	KindSystem                  // a system table (package syscat), made when read
)

// Object is a relation. Objects are immutable: a change makes a new version.
type Object struct {
	ID      ObjectID
	Schema  string
	Name    string
	Kind    Kind
	Columns []Column
	// Key is the positions of the primary key columns (tables; views whose key is
	// known; KEY columns of streams, by which rows are routed to partitions).
	Key []int
	// Upsert: an INSERT of an existing key replaces the row instead of failing.
	Upsert bool
	// Partitions is the number of log partitions (streams and tables).
	Partitions int32
	// Options are the WITH settings as given, normalised to lower-case names.
	Options map[string]string
	// Watermark is the event time declaration of a stream; zero when there is none.
	Watermark Watermark
	// Checks are CHECK constraints as SQL text.
	Checks []CheckText
	// Definition is the canonical SQL of a view's query.
	Definition string
	// SearchPath is the path in force when Definition, Checks and defaults were
	// written; they are bound with it.
	SearchPath []string
	// KsqlTable: created by CREATE TABLE AS SELECT; shown as a table.
	KsqlTable bool
	// SinkStream: created by CREATE STREAM AS SELECT: the stream that receives the
	// query's rows (Definition is set, Kind is KindStream).
	SinkStream bool
	// DependsOn are the objects this one reads.
	DependsOn []ObjectID
	Indexes   []*Index
	Comment   string
	// Version counts the changes of the columns, from 1; record batches carry it.
	Version uint32
	// KeyName and KeyID are the primary key's constraint and its implicit index
	// (which have one name and one id); "" and 0 when there is none to show.
	KeyName string
	KeyID   ObjectID
	// ChangedAt is the journal index of the object's last change.
	ChangedAt uint64
	// Owner is a role; 0 is BootstrapRole. OwnerID resolves it.
	Owner ObjectID `json:",omitempty"`
	// ACL is the privileges on the object; nil are the default ones: all, to the owner.
	ACL ACL `json:",omitzero"`
}

// Column is a column of a relation.
type Column struct {
	types.Column
	// Default is SQL text, "" for none.
	Default string
	Comment string
	// Domain is the domain that the column was declared with; Type is then its base.
	Domain ObjectID
	// Generated is the text of GENERATED ALWAYS AS (..) STORED.
	Generated string
	// Identity is "", "always" or "by default".
	Identity string
	// Sequence gives the values of a serial or identity column, 0 for none.
	Sequence ObjectID
}

// Watermark declares event time: Column is the position of the time column, and
// Expr the SQL of the watermark over the stream's columns.
type Watermark struct {
	Set    bool
	Column int
	// DelayMicros is how far the watermark stays behind the largest event time.
	DelayMicros int64
}

// CheckText is a CHECK constraint. ID is given by Apply, and Name when it is "".
type CheckText struct {
	Name, Expr string
	ID         ObjectID
}

// Index is a secondary index over a table or a materialized view.
type Index struct {
	ID      ObjectID
	Name    string
	Table   ObjectID
	Cols    []int // positions of the key columns
	Unique  bool
	Comment string
}

// IsStored reports whether rows of the object are kept in the store by key.
func (o *Object) IsStored() bool { return o.Kind == KindTable || o.Kind == KindMatView }

// RowSchema returns the columns as a types.Schema.
func (o *Object) RowSchema() types.Schema {
	out := make(types.Schema, len(o.Columns))
	for i := range o.Columns {
		out[i] = o.Columns[i].Column
	}
	return out
}

// Types returns the columns' types.
func (o *Object) Types() []types.Type { return o.RowSchema().Types() }

// HasQuery reports whether the object's rows are computed from Definition.
func (o *Object) HasQuery() bool {
	return o.Kind == KindMatView || o.Kind == KindView || o.SinkStream
}

// IsContinuous reports whether a continuous query maintains the object.
func (o *Object) IsContinuous() bool { return o.Kind == KindMatView || o.SinkStream }

// KindName returns the kind in the words of SQL: "table", "stream", "view",
// "materialized view". CREATE TABLE AS SELECT makes a table in this sense.
func (o *Object) KindName() sql.ObjectKind {
	switch {
	case o.KsqlTable || o.Kind == KindTable || o.Kind == KindSystem:
		return sql.KindTable
	case o.Kind == KindStream:
		return sql.KindStream
	case o.Kind == KindView:
		return sql.KindView
	}
	return sql.KindMaterializedView
}

// Column returns the position of the column called name, or -1.
func (o *Object) Column(name string) int {
	for i := range o.Columns {
		if o.Columns[i].Name == name {
			return i
		}
	}
	return -1
}

// clone returns a copy whose slices may be changed.
func (o *Object) clone() *Object {
	c := *o
	c.Columns = slices.Clone(o.Columns)
	c.Key = slices.Clone(o.Key)
	c.Options = maps.Clone(o.Options)
	c.ACL = slices.Clone(o.ACL)
	c.Checks = slices.Clone(o.Checks)
	c.DependsOn = slices.Clone(o.DependsOn)
	c.SearchPath = slices.Clone(o.SearchPath)
	c.Indexes = make([]*Index, len(o.Indexes))
	for i, x := range o.Indexes {
		c.Indexes[i] = x.clone()
	}
	return &c
}

func (x *Index) clone() *Index {
	c := *x
	c.Cols = slices.Clone(x.Cols)
	return &c
}
