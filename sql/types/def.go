package types

import (
	"slices"
	"sync/atomic"

	"millrace/sql/pgerr"
)

// Def is what a type that users define has beside its kind: the labels of an enum,
// or the fields of a composite type. A Def is not changed after it is used in a Type,
// but for Labels, which all versions of one enum share.
//
// A record with a Def without OID is a row whose fields are known, but which has no
// type of its own: a ROW(...), or the row of a sub-query.
type Def struct {
	// OID and ArrayOID are 0 for a row without a type of its own.
	OID, ArrayOID uint32
	// Name is pg_type.typname, Display what format_type prints.
	Name, Display string
	Fields        []Column
	Labels        *Labels
}

// RowOf returns the type of rows with the given fields and no type of their own.
func RowOf(fields []Column) Type {
	return Type{Kind: KindRecord, Mod: NoMod, Def: &Def{Fields: fields}}
}

// IsComposite reports whether t is a record type with a name and known fields.
func (t Type) IsComposite() bool { return t.Kind == KindRecord && t.Def != nil && t.Def.OID != 0 }

// Fields returns the fields of a record type, nil where they are not known before
// the value is seen.
func (t Type) Fields() []Column {
	if t.Kind != KindRecord || t.Def == nil {
		return nil
	}
	return t.Def.Fields
}

// defined returns the Def that gives t or its elements an OID and a name, or nil.
func (t Type) defined() *Def {
	k := t.Kind
	if k == KindArray {
		k = t.Elem
	}
	if (k == KindEnum || k == KindRecord) && t.Def != nil && t.Def.OID != 0 {
		return t.Def
	}
	return nil
}

// sameDef reports whether two types of one kind are the same type: for named ones the
// one with the same OID.
func (t Type) sameDef(o Type) bool {
	a, b := t.defined(), o.defined()
	if a == nil || b == nil {
		return a == b
	}
	return a.OID == b.OID
}

// Label is one value of an enum. Pos is the stored word of the value: the order of
// the labels is that of Pos.
type Label struct {
	OID  uint32
	Name string
	Pos  int64
}

// Labels is the set of an enum's labels. It may grow while it is read: adding a label
// changes no value that is there.
type Labels struct{ list atomic.Pointer[[]Label] }

// NewLabels returns the set of the given labels.
func NewLabels(list []Label) *Labels {
	l := &Labels{}
	l.Set(list)
	return l
}

// Set replaces the labels. The slice is kept.
func (l *Labels) Set(list []Label) {
	slices.SortFunc(list, func(a, b Label) int {
		if a.Pos < b.Pos {
			return -1
		}
		return 1
	})
	l.list.Store(&list)
}

// All returns the labels in order. The slice must not be changed.
func (l *Labels) All() []Label { return *l.list.Load() }

// name returns the label of the stored word i; a word that has none prints as "".
func (l *Labels) name(i int64) string {
	for _, x := range l.All() {
		if x.Pos == i {
			return x.Name
		}
	}
	return ""
}

func (l *Labels) find(name string) (int64, bool) {
	for _, x := range l.All() {
		if x.Name == name {
			return x.Pos, true
		}
	}
	return 0, false
}

func parseEnum(t Type, s string) (Datum, error) {
	if t.Def == nil || t.Def.Labels == nil {
		return Null, pgerr.Bug("an enum without labels")
	}
	pos, ok := t.Def.Labels.find(s)
	if !ok {
		return Null, pgerr.Newf(pgerr.InvalidTextRepresentation, "invalid input value for enum %s: \"%s\"", t, s)
	}
	return FixedDatum(pos), nil
}

func appendEnum(dst []byte, t Type, i int64) []byte {
	if t.Def == nil || t.Def.Labels == nil {
		return dst
	}
	return append(dst, t.Def.Labels.name(i)...)
}
