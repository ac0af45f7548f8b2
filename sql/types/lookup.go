package types

import (
	"strings"

	"millrace/sql/pgerr"
)

// aliases are the SQL and ksqlDB spellings beside pg_type's own names.
var aliases = map[string]Type{
	"boolean":                     Bool,
	"smallint":                    Int2,
	"int":                         Int4,
	"integer":                     Int4,
	"bigint":                      Int8,
	"real":                        Float4,
	"double precision":            Float8,
	"double":                      Float8,
	"decimal":                     Numeric,
	"dec":                         Numeric,
	"string":                      Text,
	"character varying":           Varchar,
	"char varying":                Varchar,
	"national character varying":  Varchar,
	"bytes":                       Bytea,
	"time without time zone":      Time,
	"timestamp without time zone": Timestamp,
	"timestamp with time zone":    Timestamptz,
	`"char"`:                      Char,
}

// fixedLengthNames are the spellings of char(n); without n they mean char(1).
var fixedLengthNames = map[string]bool{
	"char": true, "character": true, "nchar": true, "national character": true, "national char": true,
}

// Lookup finds a type by one of its SQL names (spaces normalised to one, case
// ignored, "char" with its quotes for the one-byte type, pg_catalog accepted as
// a prefix), applies the modifiers in parentheses, and makes an array of it when
// arrayDims is not 0.
func Lookup(name string, mods []int32, arrayDims int) (Type, error) {
	key := strings.TrimPrefix(strings.ToLower(strings.Join(strings.Fields(name), " ")), "pg_catalog.")
	for strings.HasSuffix(key, "[]") {
		key, arrayDims = strings.TrimSpace(strings.TrimSuffix(key, "[]")), arrayDims+1
	}
	t, err := lookupScalar(key, name, mods)
	if err != nil || arrayDims == 0 || t.Kind == KindArray {
		return t, err
	}
	if t.ArrayOID() == 0 {
		return Type{}, pgerr.Newf(pgerr.UndefinedObject, "could not find array type for data type %s", t)
	}
	return Type{Kind: KindArray, Elem: t.Kind, Mod: t.Mod, Def: t.Def}, nil
}

func lookupScalar(key, name string, mods []int32) (Type, error) {
	switch {
	case fixedLengthNames[key]:
		if len(mods) == 0 {
			return BpcharN(1), nil
		}
		return withMods(Bpchar, mods)
	case key == "float":
		return floatOf(mods)
	case strings.HasPrefix(key, "interval "):
		return intervalOf(strings.TrimPrefix(key, "interval "), mods)
	}
	t, ok := aliases[key]
	if !ok {
		t, ok = byName[key]
	}
	if !ok {
		return Type{}, pgerr.Newf(pgerr.UndefinedObject, "type \"%s\" does not exist", name)
	}
	return withMods(t, mods)
}

func floatOf(mods []int32) (Type, error) {
	switch {
	case len(mods) == 0:
		return Float8, nil
	case mods[0] < 1:
		return Type{}, pgerr.New(pgerr.InvalidParameterValue, "precision for type float must be at least 1 bit")
	case mods[0] <= 24:
		return Float4, nil
	case mods[0] <= 53:
		return Float8, nil
	}
	return Type{}, pgerr.New(pgerr.InvalidParameterValue, "precision for type float must be less than 54 bits")
}

func intervalOf(fields string, mods []int32) (Type, error) {
	precision := -1
	if len(mods) > 0 {
		precision = int(mods[0])
	}
	mod, err := IntervalMod(fields, precision)
	return Type{Kind: KindInterval, Mod: mod}, err
}

// withMods applies the modifiers in parentheses to t.
func withMods(t Type, mods []int32) (Type, error) {
	if len(mods) == 0 {
		return t, nil
	}
	k := t.Kind
	if k == KindArray {
		k = t.Elem
	}
	switch k {
	case KindVarchar, KindBpchar:
		return withLength(t, k, mods)
	case KindNumeric:
		return withPrecision(t, mods)
	case KindTime, KindTimestamp, KindTimestamptz, KindInterval:
		return withTimePrecision(t, k, mods)
	}
	return Type{}, pgerr.Newf(pgerr.SyntaxError, "type modifier is not allowed for type \"%s\"", t.InternalName())
}

func errTypeModifier() error {
	return pgerr.New(pgerr.InvalidParameterValue, "invalid type modifier")
}

func withLength(t Type, k Kind, mods []int32) (Type, error) {
	name := kindTable[k].name
	if k == KindBpchar {
		name = "char"
	}
	switch n := mods[0]; {
	case len(mods) != 1:
		return Type{}, errTypeModifier()
	case n < 1:
		return Type{}, pgerr.Newf(pgerr.InvalidParameterValue, "length for type %s must be at least 1", name)
	case n > maxCharLength:
		return Type{}, pgerr.Newf(pgerr.InvalidParameterValue, "length for type %s cannot exceed %d", name, maxCharLength)
	default:
		t.Mod = n + modHeader
		return t, nil
	}
}

func withPrecision(t Type, mods []int32) (Type, error) {
	scale := int32(0)
	if len(mods) > 1 {
		scale = mods[1]
	}
	switch p := mods[0]; {
	case len(mods) > 2:
		return Type{}, pgerr.New(pgerr.InvalidParameterValue, "invalid NUMERIC type modifier")
	case p < 1 || p > maxNumericPrecision:
		return Type{}, pgerr.Newf(pgerr.InvalidParameterValue,
			"NUMERIC precision %d must be between 1 and %d", p, maxNumericPrecision)
	case scale < -1000 || scale > 1000:
		return Type{}, pgerr.Newf(pgerr.InvalidParameterValue,
			"NUMERIC scale %d must be between -1000 and 1000", scale)
	default:
		t.Mod = NumericN(int(p), int(scale)).Mod
		return t, nil
	}
}

func withTimePrecision(t Type, k Kind, mods []int32) (Type, error) {
	if len(mods) != 1 {
		return Type{}, errTypeModifier()
	}
	p := mods[0]
	if p < 0 {
		return Type{}, pgerr.Newf(pgerr.InvalidParameterValue,
			"%s(%d) precision must not be negative", strings.ToUpper(kindTable[k].name), p)
	}
	t.Mod = min(p, maxTimePrecision)
	if k == KindInterval {
		t.Mod = intervalFullRange<<16 | t.Mod
	}
	return t, nil
}
