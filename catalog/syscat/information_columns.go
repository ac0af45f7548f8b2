package syscat

import (
	"strings"

	"millrace/catalog"
	"millrace/sql/types"
)

func standardTypeFillers() []filler {
	return []filler{{
		table: "information_schema.columns",
		doc:   "Columns of the relations in information_schema.tables, and of materialized views.",
		columns: "table_catalog table_schema table_name column_name ordinal_position column_default is_nullable " +
			"data_type character_maximum_length character_octet_length numeric_precision " +
			"numeric_precision_radix numeric_scale datetime_precision interval_type " +
			"domain_catalog domain_schema domain_name udt_catalog udt_schema udt_name dtd_identifier is_self_referencing is_identity identity_generation identity_cycle " +
			"is_generated generation_expression is_updatable",
		rows: standardColumns,
	}}
}

func standardColumns(env Env, add Add) error {
	database, no := text(DatabaseName), yesNo(false)
	for _, r := range relations(env) {
		if r.kind == 'm' {
			continue // as in PostgreSQL
		}
		updatable := yesNo(r.Kind == catalog.KindTable)
		for i, c := range r.Columns {
			f := describeType(c.Type)
			udtSchema, udtName := typeUDT(env.Snapshot(), c.Type, c.Domain)
			domainSchema, domainName := domainOf(env.Snapshot(), c)
			err := add(database, text(r.Schema), text(r.Name), text(c.Name), num(i+1), textOrNull(plainDefault(env, c)),
				yesNo(!notNull(r.Object, i)), text(f.dataType), f.charLength, f.octetLength, f.precision,
				f.radix, f.scale, f.timePrecision, f.intervalType,
				domainCatalog(domainName), domainSchema, domainName,
				database, text(udtSchema), text(udtName), text(itoa(i+1)), no, yesNo(c.Identity != ""), identityCell(c), no,
				text(generatedWord(c)), generatedCell(c), updatable)
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// plainDefault is column_default: generated columns have theirs elsewhere.
func plainDefault(env Env, c catalog.Column) string {
	if c.Generated != "" {
		return ""
	}
	return columnDefault(env.Snapshot(), env.SearchPath(), c)
}

func identityCell(c catalog.Column) types.Datum {
	if c.Identity == "" {
		return null
	}
	return text(strings.ToUpper(c.Identity))
}

func generatedWord(c catalog.Column) string {
	if c.Generated != "" {
		return "ALWAYS"
	}
	return "NEVER"
}

func generatedCell(c catalog.Column) types.Datum { return textOrNull(c.Generated) }

// domainOf is the schema and name of a column's domain, NULL when it has none.
func domainOf(s *catalog.Snapshot, c catalog.Column) (schema, name types.Datum) {
	if d, ok := s.TypeByID(c.Domain); ok {
		return text(d.Schema), text(d.Name)
	}
	return null, null
}

func domainCatalog(name types.Datum) types.Datum {
	if !name.Set {
		return null
	}
	return text(DatabaseName)
}

// typeDescription is what information_schema says of a type.
type typeDescription struct {
	dataType                    string
	charLength, octetLength     types.Datum
	precision, radix, scale     types.Datum
	timePrecision, intervalType types.Datum
}

// maxOctets is PostgreSQL's length of an unbounded string.
const maxOctets = 1 << 30

func describeType(t types.Type) typeDescription {
	d := typeDescription{dataType: t.Base().String()}
	bits := func(n int) { d.precision, d.radix = num(n), num(2) }
	integer := func(n int) { bits(n); d.scale = num(0) }
	switch t.Kind {
	case types.KindArray:
		d.dataType = "ARRAY"
	case types.KindEnum, types.KindRecord:
		d.dataType = "USER-DEFINED"
	case types.KindText:
		d.octetLength = num(maxOctets)
	case types.KindVarchar, types.KindBpchar:
		d.octetLength = num(maxOctets)
		if n, ok := t.CharLength(); ok {
			d.charLength, d.octetLength = num(n), num(4*n)
		}
	case types.KindInt2:
		integer(16)
	case types.KindInt4:
		integer(32)
	case types.KindInt8:
		integer(64)
	case types.KindFloat4:
		bits(24)
	case types.KindFloat8:
		bits(53)
	case types.KindNumeric:
		d.radix = num(10)
		if p, s, ok := t.NumericMod(); ok {
			d.precision, d.scale = num(p), num(s)
		}
	case types.KindDate:
		d.timePrecision = num(0)
	case types.KindTime, types.KindTimestamp, types.KindTimestamptz, types.KindInterval:
		d.timePrecision = num(6)
		if t.Mod >= 0 && t.Kind != types.KindInterval {
			d.timePrecision = num(t.Mod)
		}
	}
	return d
}
