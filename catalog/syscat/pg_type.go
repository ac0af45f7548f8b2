package syscat

import (
	"millrace/catalog"
	"millrace/sql"
	"millrace/sql/types"
)

// classType is pg_type, as a classoid.
const classType = 1247

// The functions that pg_type names for the kinds of user types.
var (
	enumFunctions   = [4]int{3506, 3507, 3532, 3533}
	recordFunctions = [4]int{2290, 2291, 2402, 2403}
	arrayFunctions  = [4]int{750, 751, 2400, 2401}
)

const (
	domainIn, domainRecv = 2597, 2598
	arraySubscript       = 6179
	arrayAnalyze         = 3816
)

// userTypeFiller adds the users' types to those of facts/rows.txt.
func userTypeFiller() filler {
	return filler{
		table: "pg_catalog.pg_type",
		columns: "oid typname typnamespace typowner typlen typbyval typtype typcategory typisdefined typdelim " +
			"typrelid typsubscript typelem typarray typinput typoutput typreceive typsend typanalyze " +
			"typalign typstorage typnotnull typbasetype typtypmod typcollation typdefault",
		rows: pgUserTypes,
	}
}

func typeFillers() []filler {
	return []filler{
		{
			table: "pg_catalog.pg_enum", doc: "Labels of enums.",
			columns: "oid enumtypid enumsortorder enumlabel", rows: pgEnum,
		},
		{
			table: "information_schema.domains", doc: "Domains.",
			columns: "domain_catalog domain_schema domain_name data_type character_maximum_length character_octet_length " +
				"numeric_precision numeric_precision_radix numeric_scale datetime_precision domain_default " +
				"udt_catalog udt_schema udt_name dtd_identifier",
			rows: standardDomains,
		},
		{
			table: "information_schema.domain_constraints", doc: "Constraints of domains.",
			columns: "constraint_catalog constraint_schema constraint_name domain_catalog domain_schema domain_name " +
				"is_deferrable initially_deferred",
			rows: standardDomainConstraints,
		},
		{
			table: "information_schema.user_defined_types", doc: "Composite types.",
			columns: "user_defined_type_catalog user_defined_type_schema user_defined_type_name " +
				"user_defined_type_category is_instantiable",
			rows: standardUserTypes,
		},
		{
			table: "information_schema.attributes", doc: "Fields of composite types.",
			columns: "udt_catalog udt_schema udt_name attribute_name ordinal_position is_nullable data_type " +
				"character_maximum_length character_octet_length numeric_precision numeric_precision_radix numeric_scale " +
				"datetime_precision attribute_udt_catalog attribute_udt_schema attribute_udt_name dtd_identifier " +
				"is_derived_reference_attribute",
			rows: standardAttributes,
		},
	}
}

// typeRow is a row of pg_type for a user type.
type typeRow struct {
	id                 uint32
	name               string
	schema             catalog.ObjectID
	length             int16
	byVal              bool
	kind, category     byte
	relation           catalog.ObjectID
	elem, array        uint32
	functions          [4]int
	subscript, analyze int
	align, storage     byte
	notNull            bool
	base               uint32
	mod                int32
	collation          int64
	defaultText        string
}

func (t typeRow) add(add Add) error {
	return add(num(t.id), text(t.name), oid(t.schema), num(roleOID), num(t.length), truth(t.byVal), char(t.kind),
		char(t.category), truth(true), char(','), oid(t.relation), num(t.subscript), num(t.elem), num(t.array),
		num(t.functions[0]), num(t.functions[1]), num(t.functions[2]), num(t.functions[3]), num(t.analyze),
		char(t.align), char(t.storage), truth(t.notNull), num(t.base), num(t.mod), num(t.collation),
		textOrNull(t.defaultText))
}

// arrayRow is the type of arrays of t.
func (t typeRow) arrayRow() typeRow {
	align := byte('i')
	if t.align == 'd' {
		align = 'd'
	}
	return typeRow{
		id: t.array, name: "_" + t.name, schema: t.schema, length: -1, kind: 'b', category: 'A', elem: t.id,
		functions: arrayFunctions, subscript: arraySubscript, analyze: arrayAnalyze, align: align, storage: 'x',
		mod: types.NoMod, collation: t.collation,
	}
}

func pgUserTypes(env Env, add Add) error {
	if env == nil {
		return nil
	}
	s := env.Snapshot()
	ids := schemaIDs(s)
	for _, t := range s.Types() {
		row := userTypeRow(t, ids[t.Schema])
		if err := row.add(add); err != nil {
			return err
		}
		if err := row.arrayRow().add(add); err != nil {
			return err
		}
	}
	for _, o := range s.Objects() {
		t := s.RowType(o)
		row := recordRow(t.OID(), o.Name, ids[o.Schema], o.ID)
		row.array = t.ArrayOID()
		if err := row.add(add); err != nil {
			return err
		}
		if err := row.arrayRow().add(add); err != nil {
			return err
		}
	}
	return nil
}

func recordRow(id uint32, name string, schema, relation catalog.ObjectID) typeRow {
	return typeRow{
		id: id, name: name, schema: schema, length: -1, kind: 'c', category: 'C', relation: relation,
		functions: recordFunctions, align: 'd', storage: 'x', mod: types.NoMod,
	}
}

func userTypeRow(t *catalog.UserType, schema catalog.ObjectID) typeRow {
	switch t.Kind {
	case catalog.TypeEnum:
		return typeRow{
			id: uint32(t.ID), name: t.Name, schema: schema, length: 4, byVal: true, kind: 'e', category: 'E',
			array: t.ArrayOID(), functions: enumFunctions, align: 'i', storage: 'p', mod: types.NoMod,
		}
	case catalog.TypeComposite:
		row := recordRow(uint32(t.ID), t.Name, schema, t.ID)
		row.array = t.ArrayOID()
		return row
	}
	base := t.Fields[0]
	fact := tables().typeFacts[base.Type.OID()]
	row := typeRow{
		id: uint32(t.ID), name: t.Name, schema: schema, length: base.Type.TypLen(), byVal: fact.byVal, kind: 'd',
		category: base.Type.Category(), array: t.ArrayOID(), align: fact.align, storage: fact.storage,
		notNull: base.NotNull, base: base.Type.OID(), mod: base.Type.Mod, collation: fact.collation,
		defaultText: base.Default,
	}
	row.functions = [4]int{domainIn, 0, domainRecv, 0}
	if base.Domain != 0 {
		row.base = uint32(base.Domain)
	}
	return row
}

func pgEnum(env Env, add Add) error {
	for _, t := range env.Snapshot().Types() {
		for i, x := range t.Labels {
			if err := add(oid(x.ID), oid(t.ID), float(float64(i+1)), text(x.Name)); err != nil {
				return err
			}
		}
	}
	return nil
}

// composites calls f for the composite types.
func composites(env Env, f func(t *catalog.UserType) error) error {
	for _, t := range env.Snapshot().Types() {
		if t.Kind != catalog.TypeComposite {
			continue
		}
		if err := f(t); err != nil {
			return err
		}
	}
	return nil
}

// typeUDT is the schema and name by which information_schema knows a type.
func typeUDT(s *catalog.Snapshot, t types.Type, domain catalog.ObjectID) (schema, name string) {
	schema, name = "pg_catalog", t.InternalName()
	if t.Def != nil && t.Def.OID != 0 {
		if u, ok := s.TypeByID(catalog.ObjectID(t.Def.OID)); ok {
			schema = u.Schema
		} else if o, ok := s.Object(catalog.ObjectID(t.Def.OID & 0x0fffffff)); ok {
			schema = o.Schema
		}
	}
	return schema, name
}

func standardDomains(env Env, add Add) error {
	s := env.Snapshot()
	for _, t := range s.Types() {
		if t.Kind != catalog.TypeDomain {
			continue
		}
		c := t.Fields[0]
		d := describeType(c.Type)
		schema, name := typeUDT(s, c.Type, 0)
		err := add(text(DatabaseName), text(t.Schema), text(t.Name), text(d.dataType), d.charLength, d.octetLength,
			d.precision, d.radix, d.scale, d.timePrecision, textOrNull(c.Default),
			text(DatabaseName), text(schema), text(name), text("1"))
		if err != nil {
			return err
		}
	}
	return nil
}

func standardDomainConstraints(env Env, add Add) error {
	database := text(DatabaseName)
	for _, t := range env.Snapshot().Types() {
		if t.Kind != catalog.TypeDomain {
			continue
		}
		for _, c := range t.Checks {
			err := add(database, text(t.Schema), text(c.Name), database, text(t.Schema), text(t.Name), yesNo(false), yesNo(false))
			if err != nil {
				return err
			}
		}
	}
	return nil
}

func standardUserTypes(env Env, add Add) error {
	return composites(env, func(t *catalog.UserType) error {
		return add(text(DatabaseName), text(t.Schema), text(t.Name), text("STRUCTURED"), yesNo(true))
	})
}

func standardAttributes(env Env, add Add) error {
	database := text(DatabaseName)
	return composites(env, func(t *catalog.UserType) error {
		for i, c := range t.Fields {
			d := describeType(c.Type)
			schema, name := typeUDT(env.Snapshot(), c.Type, c.Domain)
			err := add(database, text(t.Schema), text(t.Name), text(c.Name), num(i+1), yesNo(true), text(d.dataType),
				d.charLength, d.octetLength, d.precision, d.radix, d.scale, d.timePrecision,
				database, text(schema), text(name), text(itoa(i+1)), yesNo(false))
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// findType finds the type that a text names, as the input of regtype does: a built-in
// one, or one of the users.
func findType(env Env, s string) (uint32, error) {
	name, mods, err := splitMods(s)
	if err != nil {
		return 0, err
	}
	t, err := types.Lookup(name, mods, 0)
	if err == nil {
		return t.OID(), nil
	}
	if id, ok := userTypeID(env, name); ok {
		return id, nil
	}
	return typeByName(name)
}

func userTypeID(env Env, text string) (uint32, bool) {
	schema, name, err := splitName(trimDims(text))
	if err != nil {
		return 0, false
	}
	isArray := trimDims(text) != text
	s := env.Snapshot()
	if t, ok := s.FindType(env.SearchPath(), schema, name); ok {
		if isArray {
			return t.ArrayOID(), true
		}
		return uint32(t.ID), true
	}
	if o, ok := s.Lookup(env.SearchPath(), schema, name); ok {
		t := s.RowType(o)
		if isArray {
			t = t.Array()
		}
		return t.OID(), true
	}
	return 0, false
}

func trimDims(s string) string {
	for len(s) > 2 && s[len(s)-2:] == "[]" {
		s = s[:len(s)-2]
	}
	return s
}

// userTypeName is format_type for a user type; ok is false for other ids.
func userTypeName(env Env, id uint32) (string, bool) {
	s := env.Snapshot()
	if t, ok := s.TypeFromOID(id); ok {
		return t.String(), true
	}
	if t, ok := s.TypeByID(catalog.ObjectID(id & 0x0fffffff)); ok && t.Kind == catalog.TypeDomain {
		name := sql.QuoteIdent(t.Name)
		if t.Schema != "public" {
			name = sql.QuoteIdent(t.Schema) + "." + name
		}
		if id != uint32(t.ID) {
			name += "[]"
		}
		return name, true
	}
	return "", false
}
