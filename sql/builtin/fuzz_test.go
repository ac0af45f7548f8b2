package builtin

import (
	"strings"
	"testing"
	"unicode/utf8"

	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// likeNaive is LIKE by definition: try every way.
func likeNaive(s, p []rune) bool {
	if len(p) == 0 {
		return len(s) == 0
	}
	switch p[0] {
	case '%':
		for i := 0; i <= len(s); i++ {
			if likeNaive(s[i:], p[1:]) {
				return true
			}
		}
		return false
	case '_':
		return len(s) > 0 && likeNaive(s[1:], p[1:])
	case '\\':
		p = p[1:]
	}
	return len(s) > 0 && s[0] == p[0] && likeNaive(s[1:], p[1:])
}

func FuzzLike(f *testing.F) {
	for _, p := range []string{"%", "a%b", "_", "%_%", "a\\%", "%ab%_c%", "ä_%"} {
		f.Add("aäbabc%", p)
	}
	f.Fuzz(func(t *testing.T, s, p string) {
		if len(s) > 30 || strings.Count(p, "%") > 4 || !utf8.ValidString(s) || !utf8.ValidString(p) {
			return
		}
		trailing := len(p) - len(strings.TrimRight(p, `\`))
		if trailing%2 == 1 {
			return
		}
		got, err := compileLike([]byte(p), false).test([]byte(s))
		if want := likeNaive([]rune(s), []rune(p)); err != nil || got != want {
			t.Fatalf("%q like %q: %v %v, want %v", s, p, got, err, want)
		}
	})
}

// FuzzPatterns gives any text to everything that reads a little language: an error
// with a SQLSTATE of its own, never a panic.
func FuzzPatterns(f *testing.F) {
	for _, p := range []string{`(a|b)*c`, `[[:alpha:]]{2,3}`, `\mfoo\M`, "FM9,990.99S", "YYYY-MM-DD HH24:MI:SS.US", "Day, DDth Month", "%2$-10s", "{a,0}", "9.99EEEE", `\d+[^]]`} {
		f.Add("2024-01-02 03:04", p)
	}
	calls := []struct {
		name string
		args []types.Type
	}{
		{"~", list(types.Text, types.Text)},
		{"regexp_replace", list(types.Text, types.Text, types.Text)},
		{"similar_to_escape", list(types.Text)},
		{"to_date", list(types.Text, types.Text)},
		{"to_timestamp", list(types.Text, types.Text)},
		{"to_number", list(types.Text, types.Text)},
		{"format", list(types.Text, types.Text)},
		{"like_escape", list(types.Text, types.Text)},
		{"stringtotimestamp", list(types.Text, types.Text)},
		{"string_to_array", list(types.Text, types.Text)},
		{"translate", list(types.Text, types.Text, types.Text)},
		{"quote_ident", list(types.Text)},
		{"regexp_split_to_array", list(types.Text, types.Text)},
		{"extract", list(types.Text, types.Timestamp)},
		{"timezone", list(types.Text, types.Timestamp)},
		{"to_char", list(types.Numeric, types.Text)},
		{"to_char", list(types.Float8, types.Text)},
		{"to_char", list(types.Timestamptz, types.Text)},
		{"to_char", list(types.Interval, types.Text)},
		{"decode", list(types.Text, types.Text)},
		{"timestamptostring", list(types.Int8, types.Text)},
	}
	f.Fuzz(func(t *testing.T, s, p string) {
		if !utf8.ValidString(s) || !utf8.ValidString(p) || len(p) > 200 || len(s) > 200 {
			return
		}
		for _, c := range calls {
			fn, coerced, result, err := Resolve(c.name, c.args)
			if err != nil {
				t.Fatal(err)
			}
			args := make([]types.Datum, len(coerced))
			for k, x := range coerced {
				switch {
				case x.Kind == types.KindNumeric:
					args[k] = types.FromInt64(int64(len(s))*1234567-99, 3).Datum()
				case x.Kind == types.KindInterval:
					args[k] = types.IntervalValue{Months: int32(len(s)), Micros: 123456789}.Datum()
				case x.IsFixed():
					args[k] = types.FixedDatum(int64(len(s)) * 1e13)
				case k == 0 && len(args) > 1 && !strings.HasPrefix(c.name, "format"):
					args[k] = types.BytesDatum(s)
				default:
					args[k] = types.BytesDatum(p)
				}
			}
			d, err := Invoke(nil, fn, args, coerced, result)
			if err != nil && pgerr.Code(err) == pgerr.InternalError {
				t.Fatalf("%s: %v", c.name, err)
			}
			if err == nil && result.IsString() && !utf8.ValidString(d.S) {
				t.Fatalf("%s(%q, %q) is not UTF-8: %q", c.name, s, p, d.S)
			}
		}
	})
}
