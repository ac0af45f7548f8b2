package types

// PostgreSQL's OIDs of the types, as in pg_type.
const (
	oidBool        = 16
	oidUnknown     = 705
	oidRecord      = 2249
	oidRecordArray = 2287
)

// kindInfo is what pg_type says of one kind.
type kindInfo struct {
	oid, arrayOID uint32
	name          string // pg_type.typname
	display       string // the name format_type prints
	length        int16  // pg_type.typlen
	category      byte
	preferred     bool
}

var kindTable = [...]kindInfo{
	KindUnknown:      {oidUnknown, 0, "unknown", "unknown", -2, 'X', false},
	KindBool:         {oidBool, 1000, "bool", "boolean", 1, 'B', true},
	KindInt2:         {21, 1005, "int2", "smallint", 2, 'N', false},
	KindInt4:         {23, 1007, "int4", "integer", 4, 'N', false},
	KindInt8:         {20, 1016, "int8", "bigint", 8, 'N', false},
	KindFloat4:       {700, 1021, "float4", "real", 4, 'N', false},
	KindFloat8:       {701, 1022, "float8", "double precision", 8, 'N', true},
	KindNumeric:      {1700, 1231, "numeric", "numeric", -1, 'N', false},
	KindText:         {25, 1009, "text", "text", -1, 'S', true},
	KindVarchar:      {1043, 1015, "varchar", "character varying", -1, 'S', false},
	KindBpchar:       {1042, 1014, "bpchar", "character", -1, 'S', false},
	KindBytea:        {17, 1001, "bytea", "bytea", -1, 'U', false},
	KindDate:         {1082, 1182, "date", "date", 4, 'D', false},
	KindTime:         {1083, 1183, "time", "time without time zone", 8, 'D', false},
	KindTimestamp:    {1114, 1115, "timestamp", "timestamp without time zone", 8, 'D', false},
	KindTimestamptz:  {1184, 1185, "timestamptz", "timestamp with time zone", 8, 'D', true},
	KindInterval:     {1186, 1187, "interval", "interval", 16, 'T', true},
	KindUUID:         {2950, 2951, "uuid", "uuid", 16, 'U', false},
	KindJSON:         {114, 199, "json", "json", -1, 'U', false},
	KindJSONB:        {3802, 3807, "jsonb", "jsonb", -1, 'U', false},
	KindName:         {19, 1003, "name", "name", 64, 'S', false},
	KindChar:         {18, 1002, "char", `"char"`, 1, 'Z', false},
	KindOID:          {26, 1028, "oid", "oid", 4, 'N', true},
	KindRegclass:     {2205, 2210, "regclass", "regclass", 4, 'N', false},
	KindRegtype:      {2206, 2211, "regtype", "regtype", 4, 'N', false},
	KindRegproc:      {24, 1008, "regproc", "regproc", 4, 'N', false},
	KindRegnamespace: {4089, 4090, "regnamespace", "regnamespace", 4, 'N', false},
	KindInt2vector:   {22, 1006, "int2vector", "int2vector", -1, 'A', false},
	KindOidvector:    {30, 1013, "oidvector", "oidvector", -1, 'A', false},
	KindRecord:       {oidRecord, oidRecordArray, "record", "record", -1, 'P', false},
	KindVoid:         {2278, 0, "void", "void", 4, 'P', false},
	KindArray:        {0, 0, "", "", -1, 'A', false},
	KindXid:          {28, 1011, "xid", "xid", 4, 'U', false},
	KindPgLsn:        {3220, 3221, "pg_lsn", "pg_lsn", 8, 'U', false},
	KindAclitem:      {1033, 1034, "aclitem", "aclitem", 12, 'U', false},
	KindPgNodeTree:   {194, 0, "pg_node_tree", "pg_node_tree", -1, 'Z', false},
	KindInet:         {869, 1041, "inet", "inet", -1, 'I', true},
	KindCidr:         {650, 651, "cidr", "cidr", -1, 'I', false},
	KindMacaddr:      {829, 1040, "macaddr", "macaddr", 6, 'U', false},
	KindRegprocedure: {2202, 2207, "regprocedure", "regprocedure", 4, 'N', false},
	KindRegoper:      {2203, 2208, "regoper", "regoper", 4, 'N', false},
	KindRegoperator:  {2204, 2209, "regoperator", "regoperator", 4, 'N', false},
	KindEnum:         {0, 0, "", "", 4, 'E', false},
	KindAny:          {2276, 0, "any", `"any"`, 4, 'P', false},
	KindAnyElement:   {2283, 0, "anyelement", "anyelement", 4, 'P', false},
	KindAnyArray:     {2277, 0, "anyarray", "anyarray", -1, 'P', false},
	KindAnyEnum:      {3500, 0, "anyenum", "anyenum", 4, 'P', false},
}

// byOID and byName are the inverse of kindTable, arrays included.
var byOID, byName = indexKinds()

func indexKinds() (map[uint32]Type, map[string]Type) {
	oids, names := map[uint32]Type{}, map[string]Type{}
	for k, info := range kindTable {
		if info.oid == 0 {
			continue
		}
		oids[info.oid] = Of(Kind(k))
		names[info.name] = Of(Kind(k))
		if info.arrayOID != 0 {
			oids[info.arrayOID] = ArrayOf(Kind(k))
			names["_"+info.name] = ArrayOf(Kind(k))
		}
	}
	return oids, names
}

// OID returns PostgreSQL's OID of the type; modifiers do not change it.
func (t Type) OID() uint32 {
	if d := t.defined(); d != nil {
		if t.Kind == KindArray {
			return d.ArrayOID
		}
		return d.OID
	}
	if t.Kind == KindArray {
		return kindTable[t.Elem].arrayOID
	}
	return kindTable[t.Kind].oid
}

// FromOID returns the type without modifier that has the given OID.
func FromOID(oid uint32) (Type, bool) {
	t, ok := byOID[oid]
	return t, ok
}

// ArrayOID returns the OID of the type of arrays of t, 0 if there is none.
func (t Type) ArrayOID() uint32 {
	if t.Kind == KindArray {
		return 0
	}
	if d := t.defined(); d != nil {
		return d.ArrayOID
	}
	return kindTable[t.Kind].arrayOID
}

// InternalName returns pg_type.typname: int4, _int4.
func (t Type) InternalName() string {
	if d := t.defined(); d != nil {
		if t.Kind == KindArray {
			return "_" + d.Name
		}
		return d.Name
	}
	if t.Kind == KindArray {
		return "_" + kindTable[t.Elem].name
	}
	return kindTable[t.Kind].name
}

// TypLen returns pg_type.typlen: the size of a fixed size type, -1 for a
// variable one, -2 for a C string.
func (t Type) TypLen() int16 { return kindTable[t.Kind].length }

// Category returns pg_type.typcategory, for the choice among overloads.
func (t Type) Category() byte {
	if t.IsComposite() {
		return 'C'
	}
	return kindTable[t.Kind].category
}

// Preferred reports pg_type.typispreferred: the type to choose within its category.
func Preferred(t Type) bool { return kindTable[t.Kind].preferred }

// All returns every type that pg_type lists, ordered by kind, each scalar
// followed by its array type.
func All() []Type {
	var out []Type
	for k, info := range kindTable {
		if info.oid == 0 {
			continue
		}
		out = append(out, Of(Kind(k)))
		if info.arrayOID != 0 {
			out = append(out, ArrayOf(Kind(k)))
		}
	}
	return out
}
