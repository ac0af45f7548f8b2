package types

// Kind names a type without its modifier.
type Kind uint8

// The kinds. The order is not stored anywhere; the byte codes in the log are the
// OIDs of oid.go.
const (
	KindUnknown Kind = iota // an untyped literal or NULL
	KindBool
	KindInt2
	KindInt4
	KindInt8
	KindFloat4
	KindFloat8
	KindNumeric
	KindText
	KindVarchar
	KindBpchar // char(n)
	KindBytea
	KindDate
	KindTime
	KindTimestamp
	KindTimestamptz
	KindInterval
	KindUUID
	KindJSON
	KindJSONB
	KindName
	KindChar // "char", one byte
	KindOID
	KindRegclass
	KindRegtype
	KindRegproc
	KindRegnamespace
	KindInt2vector // text form differs from int2[]; the value is an int2 array
	KindOidvector  // as int2vector, of oid
	KindRecord
	KindVoid
	KindArray // of Type.Elem
	// Kinds of system tables; most of them only hold text or a number.
	KindXid
	KindPgLsn
	KindAclitem
	KindPgNodeTree
	KindInet // bytes, see netaddr.go
	KindCidr
	KindMacaddr
	KindRegprocedure
	KindRegoper
	KindRegoperator
	KindEnum // of Type.Def.Labels
	// Pseudo kinds, for signatures of functions only.
	KindAny
	KindAnyElement // all anyelement and anyarray of one call agree
	KindAnyArray
	KindAnyEnum
)

// NoMod is the modifier of a type without one.
const NoMod int32 = -1

// Type is a SQL type: a kind, the element kind of an array, and PostgreSQL's
// typmod (varchar(n): n+4; numeric(p,s): (p<<16|s)+4; time and timestamp
// precision p: p; NoMod otherwise). Types are comparable with ==, but the same type
// may have several Defs: Same knows.
type Type struct {
	Kind Kind
	Elem Kind // of an array; KindUnknown otherwise
	Mod  int32
	// Def is set for enums and composite types, and arrays of them.
	Def *Def
}

// The types without modifier.
var (
	Unknown      = Type{Kind: KindUnknown, Mod: NoMod}
	Bool         = Type{Kind: KindBool, Mod: NoMod}
	Int2         = Type{Kind: KindInt2, Mod: NoMod}
	Int4         = Type{Kind: KindInt4, Mod: NoMod}
	Int8         = Type{Kind: KindInt8, Mod: NoMod}
	Float4       = Type{Kind: KindFloat4, Mod: NoMod}
	Float8       = Type{Kind: KindFloat8, Mod: NoMod}
	Numeric      = Type{Kind: KindNumeric, Mod: NoMod}
	Text         = Type{Kind: KindText, Mod: NoMod}
	Varchar      = Type{Kind: KindVarchar, Mod: NoMod}
	Bpchar       = Type{Kind: KindBpchar, Mod: NoMod}
	Bytea        = Type{Kind: KindBytea, Mod: NoMod}
	Date         = Type{Kind: KindDate, Mod: NoMod}
	Time         = Type{Kind: KindTime, Mod: NoMod}
	Timestamp    = Type{Kind: KindTimestamp, Mod: NoMod}
	Timestamptz  = Type{Kind: KindTimestamptz, Mod: NoMod}
	Interval     = Type{Kind: KindInterval, Mod: NoMod}
	UUID         = Type{Kind: KindUUID, Mod: NoMod}
	JSON         = Type{Kind: KindJSON, Mod: NoMod}
	JSONB        = Type{Kind: KindJSONB, Mod: NoMod}
	Name         = Type{Kind: KindName, Mod: NoMod}
	Char         = Type{Kind: KindChar, Mod: NoMod}
	OID          = Type{Kind: KindOID, Mod: NoMod}
	Regclass     = Type{Kind: KindRegclass, Mod: NoMod}
	Regtype      = Type{Kind: KindRegtype, Mod: NoMod}
	Regproc      = Type{Kind: KindRegproc, Mod: NoMod}
	Regnamespace = Type{Kind: KindRegnamespace, Mod: NoMod}
	Int2vector   = Type{Kind: KindInt2vector, Mod: NoMod}
	Oidvector    = Type{Kind: KindOidvector, Mod: NoMod}
	Record       = Type{Kind: KindRecord, Mod: NoMod}
	Void         = Type{Kind: KindVoid, Mod: NoMod}
	Xid          = Type{Kind: KindXid, Mod: NoMod}
	PgLsn        = Type{Kind: KindPgLsn, Mod: NoMod}
	Aclitem      = Type{Kind: KindAclitem, Mod: NoMod}
	PgNodeTree   = Type{Kind: KindPgNodeTree, Mod: NoMod}
	Inet         = Type{Kind: KindInet, Mod: NoMod}
	Cidr         = Type{Kind: KindCidr, Mod: NoMod}
	Macaddr      = Type{Kind: KindMacaddr, Mod: NoMod}
	Regprocedure = Type{Kind: KindRegprocedure, Mod: NoMod}
	Regoper      = Type{Kind: KindRegoper, Mod: NoMod}
	Regoperator  = Type{Kind: KindRegoperator, Mod: NoMod}
	Any          = Type{Kind: KindAny, Mod: NoMod}
	AnyElement   = Type{Kind: KindAnyElement, Mod: NoMod}
	AnyArray     = Type{Kind: KindAnyArray, Mod: NoMod}
	AnyEnum      = Type{Kind: KindAnyEnum, Mod: NoMod}
)

// ArrayOf returns the array type whose elements are of the built-in kind e.
func ArrayOf(e Kind) Type { return Type{Kind: KindArray, Elem: e, Mod: NoMod} }

// Of returns the type of kind k without modifier.
func Of(k Kind) Type { return Type{Kind: k, Mod: NoMod} }

// Base returns t without its modifier.
func (t Type) Base() Type { t.Mod = NoMod; return t }

// Same reports whether two types differ at most in their modifier.
func (t Type) Same(o Type) bool {
	return t.Kind == o.Kind && t.Elem == o.Elem && (t.Def == o.Def || t.sameDef(o))
}

// Is reports whether two types are the same with the same modifier.
func (t Type) Is(o Type) bool { return t.Mod == o.Mod && t.Same(o) }

// Array returns the type of arrays of t, without modifier.
func (t Type) Array() Type { return Type{Kind: KindArray, Elem: t.Kind, Mod: NoMod, Def: t.Def} }

// ElemType returns the type of an array's elements.
func (t Type) ElemType() Type { return Type{Kind: t.Elem, Mod: t.Mod, Def: t.Def} }

// IsFixed reports whether values are 64-bit words; otherwise they are bytes.
func (t Type) IsFixed() bool {
	switch t.Kind {
	case KindBool, KindInt2, KindInt4, KindInt8, KindFloat4, KindFloat8, KindDate, KindTime,
		KindTimestamp, KindTimestamptz, KindEnum, KindChar, KindOID, KindRegclass, KindRegtype, KindRegproc,
		KindRegnamespace, KindXid, KindPgLsn, KindRegprocedure, KindRegoper, KindRegoperator:
		return true
	}
	return false
}

// IsFloat reports whether the fixed word holds math.Float64bits.
func (t Type) IsFloat() bool { return t.Kind == KindFloat4 || t.Kind == KindFloat8 }

// IsInteger reports whether t is int2, int4 or int8.
func (t Type) IsInteger() bool {
	return t.Kind == KindInt2 || t.Kind == KindInt4 || t.Kind == KindInt8
}

// IsString reports whether t is one of PostgreSQL's string category.
func (t Type) IsString() bool {
	switch t.Kind {
	case KindText, KindVarchar, KindBpchar, KindName:
		return true
	}
	return false
}

// IdentityEqual reports whether two values are equal in SQL exactly when their
// stored form is equal, so that the stored form can serve as a hash key. It is
// false for numeric (1.0 = 1.00), bpchar (trailing blanks), interval
// (1 month = 30 days), jsonb (numbers), floats (-0 = 0), arrays and records of those.
func (t Type) IdentityEqual() bool {
	switch t.Kind {
	case KindFloat4, KindFloat8, KindNumeric, KindBpchar, KindInterval, KindJSONB, KindRecord:
		return false
	case KindArray:
		return Of(t.Elem).IdentityEqual()
	}
	return true
}
