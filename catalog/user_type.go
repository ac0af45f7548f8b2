package catalog

import (
	"slices"

	"millrace/sql"
	"millrace/sql/types"
)

// TypeKind is the kind of a type that users define.
type TypeKind uint8

// The kinds of user types. Their numbers are stored.
const (
	TypeEnum TypeKind = iota + 1
	TypeComposite
	TypeDomain
)

// UserType is a type made by CREATE TYPE or CREATE DOMAIN. It is immutable: a change
// makes a new version.
type UserType struct {
	ID      ObjectID
	Schema  string
	Name    string
	Kind    TypeKind
	Comment string `json:",omitempty"`
	// Owner is a role; 0 is BootstrapRole.
	Owner ObjectID `json:",omitempty"`
	// Labels are those of an enum, in order.
	Labels []EnumLabel `json:",omitempty"`
	// Fields are the attributes of a composite type; those of a domain have the one
	// column that says its base type, NOT NULL and DEFAULT.
	Fields []Column `json:",omitempty"`
	// Checks are the constraints of a domain, over the column value.
	Checks []CheckText `json:",omitempty"`
	// SearchPath is the path with which Checks and the default are bound.
	SearchPath []string `json:",omitempty"`
}

// EnumLabel is a label of an enum: Pos is the word that stands for it in rows.
type EnumLabel struct {
	ID   ObjectID
	Name string
	Pos  int64
}

// OwnerID returns the role that owns the type.
func (t *UserType) OwnerID() ObjectID { return ownerOr(t.Owner) }

// The OIDs of the types that come with another object are its id with a mark, so that
// they need no ids of their own.
const (
	rowTypeMark      = 0x40000000 // the row type of a relation
	rowArrayMark     = 0x50000000 // arrays of it
	userArrayMark    = 0x60000000 // arrays of a user type
	typeMarkMask     = 0x70000000
	userObjectIDMask = 0x0fffffff
)

// RowTypeOID returns the OID of the type of a relation's rows.
func RowTypeOID(relation ObjectID) uint32 { return uint32(relation) | rowTypeMark }

// ArrayOID returns the OID of the type of arrays of a user type.
func (t *UserType) ArrayOID() uint32 { return uint32(t.ID) | userArrayMark }

// DisplayName returns the type's name as SQL, with its schema unless path finds it.
func (s *Snapshot) typeDisplay(schema, name string) string {
	if schema == "public" || schema == "pg_catalog" {
		return sql.QuoteIdent(name)
	}
	return sql.QuoteIdent(schema) + "." + sql.QuoteIdent(name)
}

// Types returns all user types ordered by id. The slice must not be changed.
func (s *Snapshot) Types() []*UserType { return s.types }

// TypeByID returns the user type with the given id.
func (s *Snapshot) TypeByID(id ObjectID) (*UserType, bool) {
	for _, t := range s.types {
		if t.ID == id {
			return t, true
		}
	}
	return nil, false
}

// FindType finds a user type by name, in schema, or if that is "" on path.
func (s *Snapshot) FindType(path []string, schema, name string) (*UserType, bool) {
	if schema != "" {
		path = []string{schema}
	}
	for _, x := range path {
		for _, t := range s.types {
			if t.Schema == x && t.Name == name {
				return t, true
			}
		}
	}
	return nil, false
}

// TypeOf returns the type of values of a user type; for a domain that of its base.
func (s *Snapshot) TypeOf(t *UserType) types.Type {
	if t.Kind == TypeDomain {
		return t.Fields[0].Type
	}
	out, _ := s.TypeFromOID(uint32(t.ID))
	return out
}

// RowType returns the type of the rows of a relation.
func (s *Snapshot) RowType(o *Object) types.Type {
	fields := make([]types.Column, len(o.Columns))
	for i := range o.Columns {
		fields[i] = o.Columns[i].Column
	}
	return types.Type{Kind: types.KindRecord, Mod: types.NoMod, Def: &types.Def{
		OID: RowTypeOID(o.ID), ArrayOID: uint32(o.ID) | rowArrayMark,
		Name: o.Name, Display: s.typeDisplay(o.Schema, o.Name), Fields: fields,
	}}
}

// TypeFromOID returns the type with the given OID: a built-in one, a user type that is
// no domain, the row type of a relation, or an array of these.
func (s *Snapshot) TypeFromOID(oid uint32) (types.Type, bool) {
	if t, ok := types.FromOID(oid); ok {
		return t, true
	}
	if t, ok := s.definedType(ObjectID(oid&userObjectIDMask), oid&typeMarkMask); ok {
		return t, true
	}
	return types.Type{}, false
}

func (s *Snapshot) definedType(id ObjectID, mark uint32) (types.Type, bool) {
	switch mark {
	case 0, userArrayMark:
		t, ok := s.typed[id]
		if ok && mark != 0 {
			t = t.Array()
		}
		return t, ok
	case rowTypeMark, rowArrayMark:
		o, ok := s.byID[id]
		if !ok {
			return types.Type{}, false
		}
		t := s.RowType(o)
		if mark == rowArrayMark {
			t = t.Array()
		}
		return t, true
	}
	return types.Type{}, false
}

// linker gives the types of columns their definitions.
type linker struct {
	s *Snapshot
	// old has the types of the snapshot before, which are kept where they are equal.
	old  map[ObjectID]types.Type
	busy map[ObjectID]bool
}

// link makes the types of the snapshot's user types and puts them into all columns.
// Labels of an enum live as long as the enum: running queries see new ones.
func (s *Snapshot) link(old map[ObjectID]types.Type) {
	s.typed = make(map[ObjectID]types.Type, len(s.types))
	l := &linker{s: s, old: old, busy: map[ObjectID]bool{}}
	for i, t := range s.types {
		l.define(t)
		if fields, changed := l.columns(t.Fields); changed {
			c := *t
			c.Fields = fields
			s.types[i] = &c
		}
	}
	for i, o := range s.objects {
		columns, changed := l.columns(o.Columns)
		if !changed {
			continue
		}
		c := *o
		c.Columns = columns
		s.objects[i], s.byID[o.ID] = &c, &c
	}
}

// define makes the type of t, once.
func (l *linker) define(t *UserType) {
	if _, done := l.s.typed[t.ID]; done || l.busy[t.ID] || t.Kind == TypeDomain {
		return
	}
	l.busy[t.ID] = true
	def := &types.Def{OID: uint32(t.ID), ArrayOID: t.ArrayOID(), Name: t.Name, Display: l.s.typeDisplay(t.Schema, t.Name)}
	kind := types.KindRecord
	old := l.old[t.ID]
	if t.Kind == TypeEnum {
		kind = types.KindEnum
		def.Labels = enumLabels(t, old)
	} else {
		fields, _ := l.columns(t.Fields)
		for _, f := range fields {
			def.Fields = append(def.Fields, f.Column)
		}
	}
	if d := old.Def; d != nil && d.Name == def.Name && d.Display == def.Display && slices.Equal(d.Fields, def.Fields) {
		def = d
	}
	l.s.typed[t.ID] = types.Type{Kind: kind, Mod: types.NoMod, Def: def}
}

func enumLabels(t *UserType, old types.Type) *types.Labels {
	list := make([]types.Label, len(t.Labels))
	for i, x := range t.Labels {
		list[i] = types.Label{OID: uint32(x.ID), Name: x.Name, Pos: x.Pos}
	}
	if old.Def == nil {
		return types.NewLabels(list)
	}
	if !slices.Equal(old.Def.Labels.All(), list) {
		old.Def.Labels.Set(list)
	}
	return old.Def.Labels
}

// columns returns cols with their types linked; changed is false when they were.
func (l *linker) columns(cols []Column) (out []Column, changed bool) {
	for i := range cols {
		t, ok := l.typeOf(cols[i].Type)
		if !ok || t == cols[i].Type {
			continue
		}
		if !changed {
			cols, changed = slices.Clone(cols), true
		}
		cols[i].Type = t
	}
	return cols, changed
}

// typeOf returns the type that t, which may have an old definition or none, is now.
func (l *linker) typeOf(t types.Type) (types.Type, bool) {
	if t.Def == nil {
		return t, true
	}
	oid := t.OID()
	if t.Def.OID == 0 {
		return l.anonymous(t)
	}
	id := ObjectID(oid & userObjectIDMask)
	if u, ok := l.s.TypeByID(id); ok {
		l.define(u)
	}
	found, ok := l.s.definedType(id, oid&typeMarkMask)
	if !ok || isRowOID(oid) && t.Def.Fields != nil && slices.Equal(found.Def.Fields, t.Def.Fields) && found.Def.Name == t.Def.Name {
		return t, ok
	}
	return found, true
}

func isRowOID(oid uint32) bool {
	return oid&typeMarkMask == rowTypeMark || oid&typeMarkMask == rowArrayMark
}

// anonymous links the fields of a STRUCT.
func (l *linker) anonymous(t types.Type) (types.Type, bool) {
	fields, changed := slices.Clone(t.Def.Fields), false
	for i := range fields {
		f, ok := l.typeOf(fields[i].Type)
		if !ok {
			return t, false
		}
		changed = changed || f != fields[i].Type
		fields[i].Type = f
	}
	if !changed {
		return t, true
	}
	def := *t.Def
	def.Fields = fields
	t.Def = &def
	return t, true
}

// unlinked stands for the type with the OID of a user type until link finds it.
func unlinked(oid uint32) types.Type {
	t := types.Type{Kind: types.KindRecord, Mod: types.NoMod, Def: &types.Def{OID: oid}}
	switch oid & typeMarkMask {
	case rowArrayMark, userArrayMark:
		t.Def.ArrayOID = oid
		return t.Array()
	}
	return t
}

// usesType reports whether values of type t hold values of the type with the OID of
// a user type, domain excepted.
func usesType(t types.Type, oid uint32) bool {
	if t.Def == nil {
		return false
	}
	if t.Def.OID == oid {
		return true
	}
	return slices.ContainsFunc(t.Def.Fields, func(f types.Column) bool { return usesType(f.Type, oid) })
}
