package syscat

import (
	"millrace/catalog"
	"millrace/sql/types"
)

// relation is an object with what pg_class says of it beyond catalog.Object.
type relation struct {
	*catalog.Object
	schemaID catalog.ObjectID
	kind     byte // pg_class.relkind
}

// relations returns all relations, the system's first.
func relations(env Env) []relation {
	s := env.Snapshot()
	ids := schemaIDs(s)
	out := make([]relation, 0, len(tables().tables)+len(s.Objects()))
	for _, t := range tables().tables {
		kind := byte('r')
		if t.view {
			kind = 'v'
		}
		out = append(out, relation{t.object, ids[t.object.Schema], kind})
	}
	for _, o := range s.Objects() {
		if o.InsertInto() == 0 {
			out = append(out, relation{o, ids[o.Schema], relkind(o)})
		}
	}
	return out
}

func schemaIDs(s *catalog.Snapshot) map[string]catalog.ObjectID {
	ids := map[string]catalog.ObjectID{}
	for _, x := range s.Schemas() {
		ids[x.Name] = x.ID
	}
	return ids
}

// relkind shows streams as tables, because PostgreSQL's clients list only the kinds
// they know; millrace.streams tells them apart.
func relkind(o *catalog.Object) byte {
	switch {
	case o.Kind == catalog.KindView:
		return 'v'
	case o.Kind == catalog.KindMatView && !o.KsqlTable:
		return 'm'
	}
	return 'r'
}

// index is a secondary index or the implicit one of a primary key.
type index struct {
	id      catalog.ObjectID
	name    string
	cols    []int
	unique  bool
	primary bool
	comment string
}

// indexes returns the indexes of a relation, the primary key's first.
func indexes(o *catalog.Object) []index {
	var out []index
	if o.KeyID != 0 {
		out = append(out, index{id: o.KeyID, name: o.KeyName, cols: o.Key, unique: true, primary: true})
	}
	for _, x := range o.Indexes {
		out = append(out, index{id: x.ID, name: x.Name, cols: x.Cols, unique: x.Unique, comment: x.Comment})
	}
	return out
}

// findIndex finds an index by id, or ok is false.
func findIndex(s *catalog.Snapshot, id catalog.ObjectID) (*catalog.Object, index, bool) {
	if _, o, ok := s.Index(id); ok {
		return matchIndex(o, id)
	}
	if o, ok := s.Object(id - 1); ok && o.KeyID == id { // where Apply usually puts it
		return matchIndex(o, id)
	}
	for _, o := range s.Objects() {
		if o.KeyID == id {
			return matchIndex(o, id)
		}
	}
	return nil, index{}, false
}

func matchIndex(o *catalog.Object, id catalog.ObjectID) (*catalog.Object, index, bool) {
	for _, x := range indexes(o) {
		if x.id == id {
			return o, x, true
		}
	}
	return nil, index{}, false
}

// findRelation finds a relation by id, the system's included.
func findRelation(env Env, id catalog.ObjectID) (*catalog.Object, bool) {
	if o, ok := env.Snapshot().Object(id); ok {
		return o, true
	}
	return Object(id)
}

// notNull reports whether the column refuses NULL: a primary key's does. Columns of
// views are nullable as in PostgreSQL, whatever the planner knows of them.
func notNull(o *catalog.Object, i int) bool {
	if o.Columns[i].NotNull && !(o.Kind == catalog.KindView || o.Kind == catalog.KindMatView) {
		return true
	}
	if o.KeyID != 0 {
		for _, k := range o.Key {
			if k == i {
				return true
			}
		}
	}
	return false
}

// collationOf is attcollation of a type.
func collationOf(t types.Type) int64 { return tables().typeFacts[t.OID()].collation }
