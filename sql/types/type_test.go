package types

import (
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"millrace/sql/pgerr"
)

// listFields returns the lines of a list in testdata/postgres, cut at sep.
func listFields(t *testing.T, name, sep string) [][]string {
	t.Helper()
	var out [][]string
	for _, line := range readLines(t, filepath.Join("testdata", "postgres", name)) {
		out = append(out, strings.Split(line, sep))
	}
	return out
}

// TestTypeNames checks look-up, modifiers and names against format_type.
func TestTypeNames(t *testing.T) {
	for _, f := range listFields(t, "names.list", "\t") {
		got, err := typeOf(f[0])
		if err != nil {
			t.Errorf("%s: %v", f[0], err)
			continue
		}
		want := strings.Replace(f[1], "bpchar", "character", 1) // without modifier we keep one name
		if got.String() != want || strconv.Itoa(int(got.Mod)) != f[2] {
			t.Errorf("%s: %s, modifier %d; want %s, %s", f[0], got, got.Mod, want, f[2])
		}
	}
}

// TestTypeTable checks what we say of types against pg_type.
func TestTypeTable(t *testing.T) {
	for _, f := range listFields(t, "pg_type.list", " ") {
		ty, ok := byName[f[0]]
		if !ok {
			t.Errorf("%s is missing", f[0])
			continue
		}
		category := string(ty.Category())
		if ty.Elem == KindRecord {
			category = "P"
		}
		got := []string{
			ty.InternalName(), strconv.Itoa(int(ty.OID())), strconv.Itoa(int(ty.ArrayOID())),
			strconv.Itoa(int(ty.TypLen())), category, string("ft"[b2i(Preferred(ty))]),
			strings.ReplaceAll(ty.String(), " ", "_"),
		}
		if strings.Join(got, " ") != strings.Join(f, " ") {
			t.Errorf("%v, want %v", got, f)
		}
		if back, ok := FromOID(ty.OID()); !ok || back != ty {
			t.Errorf("OID %d is %v, want %v", ty.OID(), back, ty)
		}
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestLookupErrors(t *testing.T) {
	for _, c := range []struct {
		name    string
		mods    []int32
		code    string
		message string
	}{
		{"frob", nil, pgerr.UndefinedObject, `type "frob" does not exist`},
		{"int4", []int32{3}, pgerr.SyntaxError, `type modifier is not allowed for type "int4"`},
		{"varchar", []int32{0}, pgerr.InvalidParameterValue, "length for type varchar must be at least 1"},
		{"char", []int32{10485761}, pgerr.InvalidParameterValue, "length for type char cannot exceed 10485760"},
		{"varchar", []int32{1, 2}, pgerr.InvalidParameterValue, "invalid type modifier"},
		{"numeric", []int32{0}, pgerr.InvalidParameterValue, "NUMERIC precision 0 must be between 1 and 1000"},
		{"numeric", []int32{5, 1001}, pgerr.InvalidParameterValue, "NUMERIC scale 1001 must be between -1000 and 1000"},
		{"float", []int32{0}, pgerr.InvalidParameterValue, "precision for type float must be at least 1 bit"},
		{"float", []int32{54}, pgerr.InvalidParameterValue, "precision for type float must be less than 54 bits"},
	} {
		_, err := Lookup(c.name, c.mods, 0)
		if err == nil || pgerr.Code(err) != c.code || err.Error() != c.message {
			t.Errorf("%s%v: %v, want %s %s", c.name, c.mods, err, c.code, c.message)
		}
	}
}

func TestKsqlNames(t *testing.T) {
	for name, want := range map[string]Type{
		"STRING": Text, "DOUBLE": Float8, "BYTES": Bytea, "BOOLEAN": Bool, "BIGINT": Int8, "INTEGER": Int4,
		"VARCHAR": Varchar, "DATE": Date, "pg_catalog.int8": Int8,
	} {
		if got, err := Lookup(name, nil, 0); err != nil || got != want {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

// castTypes are the types that pg_cast.list speaks of.
var castTypes = []Type{
	Bool, Int2, Int4, Int8, Float4, Float8, Numeric, Text, Varchar, Bpchar, Bytea, Date, Time, Timestamp,
	Timestamptz, Interval, UUID, JSON, JSONB, Name, Char, OID, Regclass, Regtype, Regproc, Regnamespace,
	Int2vector, Oidvector,
}

// TestCastPaths checks the context of every pair of types against pg_cast and the
// rule for conversions through text, and that a cast exists exactly where a path does.
func TestCastPaths(t *testing.T) {
	listed := map[string]CastContext{}
	for _, f := range listFields(t, "pg_cast.list", " ") {
		listed[f[0]+" "+f[1]] = map[string]CastContext{"i": Implicit, "a": Assignment, "e": Explicit}[f[2]]
	}
	for _, from := range castTypes {
		for _, to := range castTypes {
			want, ok := listed[from.InternalName()+" "+to.InternalName()]
			switch {
			case from == to:
				want = Implicit
			case ok:
			case to.IsString():
				want = Assignment
			case from.IsString():
				want = Explicit
			case asArray(from).Kind == KindArray && asArray(to).Kind == KindArray: // by their elements
				continue
			default:
				want = None
			}
			if got := CastPath(from, to); got != want {
				t.Errorf("%s to %s: context %d, want %d", from, to, got, want)
			}
			if has := CastFunc(from, to, true, nil) != nil; has != (want != None) {
				t.Errorf("%s to %s: cast function %v", from, to, has)
			}
		}
	}
}

func TestAssignmentKeepsLengths(t *testing.T) {
	for _, c := range []struct {
		from, to Type
		in, want string
	}{
		{Text, VarcharN(3), "abcd", "value too long for type character varying(3)"},
		{Text, VarcharN(3), "abc   ", "abc"},
		{Int4, VarcharN(2), "123", "value too long for type character varying(2)"},
		{Text, BpcharN(3), "a", "a  "},
		{Numeric, NumericN(3, 1), "99.96", "numeric field overflow"},
		{ArrayOf(KindText), Type{Kind: KindArray, Elem: KindVarchar, Mod: 5}, "{ab}", "value too long for type character varying(1)"},
	} {
		d, err := ParseText(c.from, c.in, nil)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if d, err = CastFunc(c.from, c.to, false, nil)(d.I, []byte(d.S)); err != nil {
			got = err.Error()
		} else {
			got = DatumText(c.to, d, nil)
		}
		if got != c.want {
			t.Errorf("%s %q to %s: %q, want %q", c.from, c.in, c.to, got, c.want)
		}
	}
}

func TestRecords(t *testing.T) {
	ts := []Type{Int4, Text, Text, Text, Numeric, ArrayOf(KindInt4)}
	row := []Datum{FixedDatum(-1), Null, BytesDatum(""), BytesDatum(`a "b",(\c)`), FromInt64(150, 2).Datum(), ArrayDatum(Int4, []Datum{FixedDatum(1), FixedDatum(2)})}
	d := BytesDatum(string(AppendRecord(nil, ts, row)))
	want := `(-1,,"","a ""b"",(\\c)",1.50,"{1,2}")`
	if got := DatumText(Record, d, nil); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	row[4] = FromInt64(15, 1).Datum()
	same := BytesDatum(string(AppendRecord(nil, ts, row)))
	row[0] = Null
	larger := BytesDatum(string(AppendRecord(nil, ts, row)))
	if Compare(Record, d, same) != 0 || Compare(Record, d, larger) != -1 {
		t.Error("records compare wrongly")
	}
}

func TestNumericLimits(t *testing.T) {
	for s, ok := range map[string]bool{"1e131071": true, "1e131072": false, "1e-16383": true, "1e-16384": false} {
		if _, err := ParseDecimal(s); (err == nil) != ok {
			t.Errorf("%s: %v", s, err)
		}
	}
	big, err := ParseDecimal("1e131071")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := big.Mul(FromInt64(10, 0)).Checked(); pgerr.Code(err) != pgerr.NumericValueOutOfRange {
		t.Errorf("one digit too many: %v", err)
	}
	if _, err := big.Checked(); err != nil {
		t.Error(err)
	}
}
