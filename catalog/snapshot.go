package catalog

import (
	"cmp"
	"slices"
	"strings"

	"millrace/sql"
	"millrace/sql/types"
)

// Schema is a name space of relations.
type Schema struct {
	ID      ObjectID
	Name    string
	Comment string
	// System schemas hold system tables; users cannot change them.
	System bool
	// Owner is a role; 0 is BootstrapRole, and for the schema public pg_database_owner.
	Owner ObjectID `json:",omitempty"`
	// ACL is the privileges on the schema; nil are the default ones.
	ACL ACL `json:",omitzero"`
}

// The ids of the schemas that always exist; the first two are PostgreSQL's.
const (
	SchemaPgCatalog         ObjectID = 11
	SchemaPublic            ObjectID = 2200
	SchemaInformationSchema ObjectID = 13226
	SchemaMillrace          ObjectID = 13900
)

func systemSchemas() []Schema {
	return []Schema{
		{ID: SchemaPgCatalog, Name: "pg_catalog", Comment: "system catalog schema", System: true},
		{ID: SchemaInformationSchema, Name: "information_schema", System: true},
		{ID: SchemaMillrace, Name: "millrace", Comment: "state of the server as tables", System: true},
	}
}

// Snapshot is the catalog at one version. It is immutable.
type Snapshot struct {
	version   uint64
	nextID    ObjectID
	comment   string                  // on the database
	schemas   []Schema                // user and system, by id
	objects   []*Object               // by id
	sequences []*Sequence             // by id
	types     []*UserType             // by id
	typed     map[ObjectID]types.Type // of user types but domains
	byID      map[ObjectID]*Object
	indexes   map[ObjectID]indexOf
	names     map[QName]entry
	usedBy    map[ObjectID][]ObjectID // direct readers, by id
	access    *access
}

// openPublic gives the schema public the privileges that a new catalog has on it.
func (s *Snapshot) openPublic() {
	for i := range s.schemas {
		if s.schemas[i].ID == SchemaPublic {
			s.schemas[i].ACL = publicSchemaACL()
		}
	}
}

// QName is a relation's name. Schema "" means: by the search path.
type QName struct{ Schema, Name string }

type indexOf struct {
	index  *Index
	object *Object
}

// entry is what a name in a schema stands for: a relation, one of its indexes, or
// (index nil and key set) its primary key.
type entry struct {
	object *Object
	index  *Index
	key    bool
}

func (e entry) isRelation() bool { return e.object != nil && e.index == nil && !e.key }

// newSnapshot derives all look-ups from the objects. It sorts and keeps its arguments.
// before has the types of the snapshot that this one follows.
func newSnapshot(version uint64, nextID ObjectID, schemas []Schema, objects []*Object, userTypes []*UserType,
	before map[ObjectID]types.Type,
) *Snapshot {
	slices.SortFunc(schemas, func(a, b Schema) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(objects, func(a, b *Object) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(userTypes, func(a, b *UserType) int { return cmp.Compare(a.ID, b.ID) })
	s := &Snapshot{
		version: version, nextID: nextID, schemas: schemas, objects: objects, types: userTypes,
		byID:    make(map[ObjectID]*Object, len(objects)),
		indexes: map[ObjectID]indexOf{},
		names:   make(map[QName]entry, len(objects)),
		usedBy:  map[ObjectID][]ObjectID{},
		access:  newAccess(),
	}
	for _, o := range objects {
		s.byID[o.ID] = o
	}
	s.link(before)
	for _, o := range objects {
		s.names[QName{o.Schema, o.Name}] = entry{object: o}
		if o.KeyID != 0 {
			s.names[QName{o.Schema, o.KeyName}] = entry{object: o, key: true}
		}
		for _, x := range o.Indexes {
			s.indexes[x.ID] = indexOf{x, o}
			s.names[QName{o.Schema, x.Name}] = entry{object: o, index: x}
		}
		for _, id := range o.DependsOn {
			s.usedBy[id] = append(s.usedBy[id], o.ID)
		}
	}
	return s
}

// Version returns the journal index of the last change, 0 for a new catalog.
func (s *Snapshot) Version() uint64 { return s.version }

// DatabaseComment returns the comment on the one database.
func (s *Snapshot) DatabaseComment() string { return s.comment }

// Objects returns all objects ordered by id. The slice must not be changed.
func (s *Snapshot) Objects() []*Object { return s.objects }

// Object returns the object with the given id.
func (s *Snapshot) Object(id ObjectID) (*Object, bool) {
	o, ok := s.byID[id]
	return o, ok
}

// Schemas returns all schemas, the system's included, ordered by id. The slice
// must not be changed.
func (s *Snapshot) Schemas() []Schema { return s.schemas }

// Schema returns the schema called name.
func (s *Snapshot) Schema(name string) (Schema, bool) {
	for _, x := range s.schemas {
		if x.Name == name {
			return x, true
		}
	}
	return Schema{}, false
}

// HasSchema reports whether a schema called name exists.
func (s *Snapshot) HasSchema(name string) bool {
	_, ok := s.Schema(name)
	return ok
}

// Lookup finds a relation by name, in schema, or if that is "" in the first schema
// of path that has a relation or index of this name. ok is false for the name of
// an index.
func (s *Snapshot) Lookup(path []string, schema, name string) (*Object, bool) {
	e, ok := s.resolve(path, QName{schema, name})
	if !ok || !e.isRelation() {
		return nil, false
	}
	return e.object, true
}

// LookupIndex finds a secondary index and its relation by name, as Lookup does.
func (s *Snapshot) LookupIndex(path []string, schema, name string) (*Index, *Object, bool) {
	e, ok := s.resolve(path, QName{schema, name})
	if !ok || e.index == nil {
		return nil, nil, false
	}
	return e.index, e.object, true
}

// RelationID finds a relation or an index, that of a primary key included, by name:
// what a regclass may name.
func (s *Snapshot) RelationID(path []string, schema, name string) (ObjectID, bool) {
	e, ok := s.resolve(path, QName{schema, name})
	switch {
	case !ok:
		q, isSequence := s.FindSequence(path, schema, name)
		if isSequence {
			return q.ID, true
		}
		return 0, false
	case e.key:
		return e.object.KeyID, true
	case e.index != nil:
		return e.index.ID, true
	}
	return e.object.ID, true
}

// Index returns the secondary index with the given id and its relation.
func (s *Snapshot) Index(id ObjectID) (*Index, *Object, bool) {
	x, ok := s.indexes[id]
	return x.index, x.object, ok
}

func (s *Snapshot) resolve(path []string, name QName) (entry, bool) {
	if name.Schema != "" {
		e, ok := s.names[name]
		return e, ok
	}
	for _, schema := range path {
		if e, ok := s.names[QName{schema, name.Name}]; ok {
			return e, true
		}
	}
	return entry{}, false
}

// Visible reports whether the object's bare name finds it on path.
func (s *Snapshot) Visible(path []string, o *Object) bool {
	e, ok := s.resolve(path, QName{"", o.Name})
	return ok && e.isRelation() && e.object.ID == o.ID
}

// DisplayName returns the object's name as SQL, with its schema unless the bare
// name finds the object on path.
func (s *Snapshot) DisplayName(path []string, o *Object) string {
	if s.Visible(path, o) {
		return sql.QuoteIdent(o.Name)
	}
	return sql.QuoteIdent(o.Schema) + "." + sql.QuoteIdent(o.Name)
}

// describe returns "materialized view s.v" as in PostgreSQL's DETAIL lines.
func (s *Snapshot) describe(path []string, o *Object) string {
	return string(o.KindName()) + " " + s.DisplayName(path, o)
}

// CreationSchema returns the schema in which a name without schema is created: the
// first of path that exists and is not the system's.
func (s *Snapshot) CreationSchema(path []string) (string, bool) {
	for _, name := range path {
		if x, ok := s.Schema(name); ok && !x.System {
			return name, true
		}
	}
	return "", false
}

// Readers returns the objects that read id directly, ordered by id.
func (s *Snapshot) Readers(id ObjectID) []*Object {
	out := make([]*Object, 0, len(s.usedBy[id]))
	for _, r := range s.usedBy[id] {
		out = append(out, s.byID[r])
	}
	return out
}

// isReservedSchemaName reports whether PostgreSQL keeps the name for itself.
func isReservedSchemaName(name string) bool { return strings.HasPrefix(name, "pg_") }
