package builtin

import (
	"bytes"
	"strings"
	"testing"

	"millrace/sql/pgerr"
	"millrace/sql/types"
)

func lookupTypes(t *testing.T, names string) []types.Type {
	t.Helper()
	var out []types.Type
	for _, name := range strings.Split(names, ", ") {
		if name == "" {
			continue
		}
		if name == "unknown" {
			out = append(out, types.Unknown)
			continue
		}
		x, err := types.Lookup(strings.TrimSuffix(name, "[]"), nil, strings.Count(name, "[]"))
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, x)
	}
	return out
}

func namesOf(ts []types.Type) string { return typeNames(ts) }

// TestResolve has the choices of PostgreSQL 15 for calls with casts to make.
func TestResolve(t *testing.T) {
	for _, c := range []struct{ name, args, want string }{
		{"abs", "int2", "smallint → smallint"},
		{"round", "int4", "double precision → double precision"},
		{"round", "unknown", "double precision → double precision"},
		{"round", "int4, int4", "numeric, integer → numeric"},
		{"sqrt", "int8", "double precision → double precision"},
		{"length", "varchar", "text → integer"},
		{"length", "unknown", "text → integer"},
		{"date_trunc", "unknown, date", "text, timestamp with time zone → timestamp with time zone"},
		{"date_trunc", "unknown, unknown", "! 42725 function date_trunc(unknown, unknown) is not unique"},
		{"extract", "unknown, unknown", "! 42725 function extract(unknown, unknown) is not unique"},
		{"substring", "unknown, unknown", "text, text → text"},
		{"substring", "text, int8", "! 42883 function substring(text, bigint) does not exist"},
		{"power", "int4, int4", "double precision, double precision → double precision"},
		{"power", "numeric, int4", "numeric, numeric → numeric"},
		{"log", "int4", "double precision → double precision"},
		{"mod", "int8, int4", "bigint, bigint → bigint"},
		{"concat", "int4, unknown, date", "integer, text, date → text"},
		{"array_append", "int4[], numeric", "numeric[], numeric → numeric[]"},
		{"array_append", "int4[], text", "! 42883 function array_append(integer[], text) does not exist"},
		{"to_json", "unknown", "! 42804 could not determine polymorphic type because input has type unknown"},
		{"upper", "int4", "! 42883 function upper(integer) does not exist"},
		{"nothing", "", "! 42883 function nothing() does not exist"},
		{"age", "date, date", "timestamp with time zone, timestamp with time zone → interval"},
		{"timezone", "unknown, timestamp", "text, timestamp without time zone → timestamp with time zone"},
		{"to_char", "unknown, unknown", "! 42725 function to_char(unknown, unknown) is not unique"},
		{"to_char", "int2, unknown", "double precision, text → text"},
	} {
		_, coerced, result, err := Resolve(c.name, lookupTypes(t, c.args))
		got := namesOf(coerced) + " → " + result.String()
		if err != nil {
			got = "! " + pgerr.Code(err) + " " + err.Error()
		}
		if got != c.want {
			t.Errorf("%s(%s): %s, want %s", c.name, c.args, got, c.want)
		}
	}
}

func TestResolveAgg(t *testing.T) {
	for _, c := range []struct{ name, args, want string }{
		{"count", "", " → bigint"},
		{"count", "text", "text → bigint"},
		{"sum", "int2", "smallint → bigint"},
		{"sum", "int4", "integer → bigint"},
		{"sum", "int8", "bigint → numeric"},
		{"sum", "float4", "real → real"},
		{"sum", "unknown", "! 42725 function sum(unknown) is not unique"},
		{"sum", "text", "! 42883 function sum(text) does not exist"},
		{"avg", "int4", "integer → numeric"},
		{"avg", "float4", "real → double precision"},
		{"max", "varchar", "text → text"},
		{"max", "unknown", "text → text"},
		{"min", "bool", "! 42883 function min(boolean) does not exist"},
		{"stddev", "int8", "bigint → numeric"},
		{"string_agg", "varchar, unknown", "text, text → text"},
		{"string_agg", "int4, unknown", "! 42883 function string_agg(integer, unknown) does not exist"},
		{"array_agg", "int4", "integer → integer[]"},
		{"array_agg", "int4[]", "integer[] → integer[]"},
		{"bool_and", "unknown", "boolean → boolean"},
		{"jsonb_object_agg", "text, int4", "text, integer → jsonb"},
	} {
		_, coerced, result, err := ResolveAgg(c.name, lookupTypes(t, c.args))
		got := namesOf(coerced) + " → " + result.String()
		if err != nil {
			got = "! " + pgerr.Code(err) + " " + err.Error()
		}
		if got != c.want {
			t.Errorf("%s(%s): %s, want %s", c.name, c.args, got, c.want)
		}
	}
}

func TestResolveTable(t *testing.T) {
	for _, c := range []struct{ name, args, want string }{
		{"generate_series", "int4, int4", "integer, integer → generate_series integer"},
		{"generate_series", "int4, int8", "bigint, bigint → generate_series bigint"},
		{"generate_series", "numeric, int4", "numeric, numeric → generate_series numeric"},
		{"generate_series", "date, date, unknown", "timestamp with time zone, timestamp with time zone, interval → generate_series timestamp with time zone"},
		{"unnest", "text[]", "text[] → unnest text"},
		{"unnest", "text[], int4[]", "text[], integer[] → unnest text, unnest integer"},
		{"unnest", "int4", "! 42883 function unnest(integer) does not exist"},
		{"json_each", "json", "json → key text, value json"},
		{"_pg_expandarray", "int2vector", "smallint[] → x smallint, n integer"},
	} {
		_, coerced, columns, err := ResolveTable(c.name, lookupTypes(t, c.args))
		var parts []string
		for _, x := range columns {
			parts = append(parts, x.Name+" "+x.Type.String())
		}
		got := namesOf(coerced) + " → " + strings.Join(parts, ", ")
		if err != nil {
			got = "! " + pgerr.Code(err) + " " + err.Error()
		}
		if got != c.want {
			t.Errorf("%s(%s): %s, want %s", c.name, c.args, got, c.want)
		}
	}
}

func TestResolveQuantified(t *testing.T) {
	for _, c := range []struct{ op, left, right, want string }{
		{"=", "int4", "int4[]", "any =: integer, integer[]"},
		{"=", "int8", "int4[]", "any =: bigint, bigint[]"},
		{"=", "int4", "unknown", "any =: integer, integer[]"},
		{"=", "unknown", "text[]", "any =: text, text[]"},
		{"=", "varchar", "text[]", "any =: text, text[]"},
		{"<", "date", "timestamp[]", "any <: timestamp without time zone, timestamp without time zone[]"},
		{"=", "int4", "numeric[]", "any =: numeric, numeric[]"},
		{"~~", "varchar", "unknown", "any ~~: text, text[]"},
		{"=", "int4", "int4", "! 42809 op ANY/ALL (array) requires array on right side"},
		{"=", "int4", "text[]", "! 42883 operator does not exist: integer = text"},
		{"+", "int4", "int4[]", "! 42809 op ANY/ALL (array) requires operator to yield boolean"},
	} {
		f, coerced, _, err := ResolveQuantified(c.op, lookupTypes(t, c.left)[0], lookupTypes(t, c.right)[0], false)
		got := ""
		if err != nil {
			got = "! " + pgerr.Code(err) + " " + err.Error()
		} else {
			got = f.Name + ": " + namesOf(coerced)
		}
		if got != c.want {
			t.Errorf("%s %s any (%s): %s, want %s", c.left, c.op, c.right, got, c.want)
		}
	}
}

func TestCommonType(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"int4, int8", "bigint"},
		{"int4, numeric, int2", "numeric"},
		{"numeric, float8", "double precision"},
		{"float4, int4", "real"},
		{"unknown, unknown", "text"},
		{"unknown, date", "date"},
		{"varchar, text", "character varying"},
		{"text, varchar", "text"},
		{"varchar, bpchar", "character varying"},
		{"date, timestamp", "timestamp without time zone"},
		{"timestamp, timestamptz", "timestamp with time zone"},
		{"date, timestamptz, timestamp", "timestamp with time zone"},
		{"int4, text", "! 42804 CASE types integer and text cannot be matched"},
		{"int4, bool", "! 42804 CASE types integer and boolean cannot be matched"},
		{"time, date", "! 42846 CASE could not convert type date to time without time zone"},
		{"int4[], int4[]", "integer[]"},
	} {
		x, err := CommonType(lookupTypes(t, c.in))
		got := x.String()
		if err != nil {
			got = "! " + pgerr.Code(err) + " " + err.Error()
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.in, got, c.want)
		}
	}
	same := types.NumericN(10, 2)
	if x, _ := CommonType([]types.Type{same, same}); x != same {
		t.Errorf("equal modifiers are lost: %s", x)
	}
	if x, _ := CommonType([]types.Type{same, types.NumericN(8, 2)}); x != types.Numeric {
		t.Errorf("unequal modifiers stay: %s", x)
	}
}

// TestEntries checks what every entry must have.
func TestEntries(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range All() {
		if f.Doc == "" || f.Kernel == nil || !strings.HasSuffix(f.Doc, ".") {
			t.Errorf("%s: documentation or kernel missing", f.Signature())
		}
		key := f.Name + "(" + namesOf(f.Args) + ")"
		if f.Variadic {
			key += "..."
		}
		if seen[key] {
			t.Errorf("%s is defined twice", key)
		}
		seen[key] = true
		if f.Variadic && len(f.Args) == 0 {
			t.Errorf("%s: variadic without arguments", key)
		}
	}
	for _, a := range AllAggs() {
		if (a.New == nil) == (a.Collect == nil) || a.Doc == "" || a.Extreme != 0 && a.New == nil {
			t.Errorf("aggregate %s(%s): exactly one of New and Collect", a.Name, namesOf(a.Args))
		}
	}
	for _, x := range AllTables() {
		if x.Rows == nil || x.Doc == "" || x.Columns == nil && x.Infer == nil {
			t.Errorf("table function %s(%s) is not complete", x.Name, namesOf(x.Args))
		}
	}
}

func TestWriteReference(t *testing.T) {
	var a, b bytes.Buffer
	if err := WriteReference(&a); err != nil {
		t.Fatal(err)
	}
	_ = WriteReference(&b)
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Fatal("the reference is not the same twice")
	}
	for _, want := range []string{"`abs(integer) → integer`", "## Strings", "`sum(bigint) → numeric`", "`generate_series(", `\|\|`} {
		if !strings.Contains(a.String(), want) {
			t.Errorf("%s is missing", want)
		}
	}
}
