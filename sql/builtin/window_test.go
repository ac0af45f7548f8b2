package builtin

import (
	"errors"
	"math"
	"testing"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

func parsed(t *testing.T, of types.Type, text string) types.Datum {
	t.Helper()
	d, err := types.ParseText(of, text, nil)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Answers are those of PostgreSQL's in_range functions.
func TestRangeOffset(t *testing.T) {
	interval := types.Of(types.KindInterval)
	for _, c := range []struct {
		of              types.Type
		offset, v, base string
		sub, less, want bool
	}{
		{types.Int4, "2", "3", "5", true, false, true},
		{types.Int4, "2", "2", "5", true, false, false},
		{types.Int4, "2", "7", "5", false, true, true},
		{types.Int4, "2", "8", "5", false, true, false},
		{types.Int8, "9223372036854775807", "5", "9", false, true, true},
		{types.Int8, "9223372036854775807", "5", "9", false, false, false},
		{types.Int8, "9223372036854775807", "5", "-9", true, false, true},
		{types.Int8, "9223372036854775807", "5", "-9", true, true, false},
		{types.Float8, "1", "NaN", "5", false, true, false},
		{types.Float8, "1", "NaN", "NaN", true, false, true},
		{types.Float8, "Infinity", "7", "Infinity", true, false, true},
		{types.Float8, "Infinity", "7", "Infinity", true, true, true},
		{types.Float8, "Infinity", "7", "-Infinity", true, false, true},
		{types.Float8, "Infinity", "7", "-Infinity", true, true, false},
		{types.Numeric, "0.5", "1.50", "1", false, true, true},
		{types.Numeric, "0.5", "1.51", "1", false, true, false},
		{types.Numeric, "Infinity", "3", "-Infinity", false, true, true},
		{types.Date, "1 month", "2024-02-29", "2024-01-31", false, true, true},
		{types.Date, "1 month", "2024-03-01", "2024-01-31", false, true, false},
		{types.Timestamp, "1 hour", "2024-01-01 10:00", "2024-01-01 11:00", true, false, true},
		{types.Timestamptz, "1 day", "2024-01-01 10:00+00", "2024-01-02 09:00+00", true, false, true},
		{types.Time, "2 hours", "00:30", "23:00", false, true, true},
		{types.Time, "2 hours", "00:30", "23:00", false, false, false},
		{interval, "1 day", "48:00", "1 day", false, true, true},
		{interval, "1 day", "48:01", "1 day", false, true, false},
	} {
		want, ok := RangeOffsetType(c.of)
		if !ok {
			t.Fatalf("%s has no offsets", c.of)
		}
		r, err := NewRangeOffset(c.of, parsed(t, want, c.offset))
		if err != nil {
			t.Fatal(err)
		}
		got, err := r.InRange(nil, parsed(t, c.of, c.v), parsed(t, c.of, c.base), c.sub, c.less)
		if err != nil || got != c.want {
			t.Errorf("%s: %s by %s of %s, sub %t, less %t: %t, %v", c.of, c.v, c.offset, c.base, c.sub, c.less, got, err)
		}
	}
}

func TestRangeOffsetRefusesNegative(t *testing.T) {
	for of, offset := range map[types.Type]string{
		types.Int4: "-1", types.Float8: "NaN", types.Numeric: "-0.1", types.Time: "-1 s",
		types.Date: "-1 day",
	} {
		want, _ := RangeOffsetType(of)
		_, err := NewRangeOffset(of, parsed(t, want, offset))
		var e *pgerr.Error
		if !errors.As(err, &e) || e.Code != pgerr.InvalidFrameOffset {
			t.Errorf("%s %s: %v", of, offset, err)
		}
	}
	if _, ok := RangeOffsetType(types.Text); ok {
		t.Error("text has no offsets")
	}
}

// Parts differ by one row at most, larger ones first.
func TestNtile(t *testing.T) {
	for _, n := range []int{1, 2, 7, 10} {
		for _, parts := range []int64{1, 2, 3, 7, 20} {
			out := col.NewBuilder(types.Int4, n)
			ntile(&WindowRows{N: n, Args: []*col.Vec{col.Const(types.Int4, types.FixedDatum(parts), n)}}, out)
			sizes := map[int64]int{}
			for _, p := range out.Vec().Fix {
				sizes[p]++
			}
			last := math.MaxInt
			for p := int64(1); p <= min(parts, int64(n)); p++ {
				if sizes[p] > last || sizes[p] < n/int(parts) || sizes[p] > (n+int(parts)-1)/int(parts) {
					t.Errorf("%d rows in %d parts: %v", n, parts, sizes)
				}
				last = sizes[p]
			}
		}
	}
}

func TestResolveWindow(t *testing.T) {
	for _, c := range []struct {
		name string
		args []types.Type
		want string
	}{
		{"lag", []types.Type{types.Int4, types.Int4, types.Numeric}, "numeric"},
		{"lead", []types.Type{types.Text}, "text"},
		{"ntile", []types.Type{types.Int2}, "integer"},
		{"lag", []types.Type{types.Int4, types.Text}, "42883"},
		{"rank", []types.Type{types.Int4}, "42883"},
		{"first_value", []types.Type{types.Unknown}, "42804"},
	} {
		_, _, result, err := ResolveWindow(c.name, c.args)
		got := result.String()
		var e *pgerr.Error
		if errors.As(err, &e) {
			got = e.Code
		}
		if got != c.want {
			t.Errorf("%s(%s): %s, want %s", c.name, typeNames(c.args), got, c.want)
		}
	}
}

func TestWindowEntries(t *testing.T) {
	for _, f := range AllWindows() {
		if f.Doc == "" || f.Eval == nil || !IsWindow(f.Name) || IsAgg(f.Name) {
			t.Errorf("%s: incomplete", f.Name)
		}
	}
}
