package expr

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"millrace/planner/plan"
	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

var testColumns = types.Schema{
	{Name: "a", Type: types.Int8},
	{Name: "i", Type: types.Int4},
	{Name: "f", Type: types.Float8},
	{Name: "s", Type: types.Text},
	{Name: "n", Type: types.Numeric},
	{Name: "d", Type: types.Timestamp},
	{Name: "v", Type: types.Interval},
	{Name: "p", Type: types.Bool},
	{Name: "arr", Type: types.ArrayOf(types.KindInt4)},
	{Name: "j", Type: types.JSONB},
}

func randomBatch(r *rand.Rand, n int) *col.Batch {
	b := col.NewBatchBuilder(testColumns.Types(), n)
	for range n {
		row := []types.Datum{
			types.FixedDatum(int64(r.IntN(7)) - 3), types.FixedDatum(int64(r.IntN(9)) - 4), types.FloatDatum(float64(r.IntN(5)) - 2),
			types.BytesDatum([]string{"", "a", "abc", "Äpfel", "5", "2024-01-01"}[r.IntN(6)]), types.FromInt64(int64(r.IntN(300))-100, 2).Datum(),
			types.FixedDatum(r.Int64N(1e17)), types.IntervalValue{Months: int32(r.IntN(3)), Days: int32(r.IntN(40)), Micros: r.Int64N(1e10)}.Datum(),
			types.BoolDatum(r.IntN(2) == 0), types.ArrayDatum(types.Int4, []types.Datum{types.FixedDatum(int64(r.IntN(3))), types.Null}),
			types.BytesDatum([]string{`{"a": 1}`, `[1, 2]`, `"x"`, `null`}[r.IntN(4)]),
		}
		for k := range row {
			if r.IntN(6) == 0 {
				row[k] = types.Null
			}
		}
		b.Row(1, row...)
	}
	return b.Batch()
}

// expressions mix columns, constants, NULLs and failing rows.
var expressions = []string{
	"a", "1", "a + 1", "a / i", "a % i", "i * 1000000000", "f / a", "n / i", "n * f", "a > 0", "a > i", "f >= n", "s = 'a'", "s < 'b'",
	"s || a", "s || s", "upper(s)", "left(s, i)", "substring(s, i)", "substring(s, i, i)", "repeat(s, i)", "s::int4", "s::date", "length(s) = a",
	"s like 'a%'", "s like s", "s ~ '^a'", "s ~* 'Ä'", "concat(a, s, n, p)", "concat_ws(s, a, i)", "format('%s %L', a, s)",
	"not p", "p and a / i > 0", "a / i > 0 and p", "p or 1 / a > 0", "1 / a > 0 or p", "p and s::int4 = 5 and f > 0", "p is null", "(1 / a) is null", "s is not null",
	"case when p then a else i end", "case when a = 0 then 0 else 10 / a end", "case when 10 / a > 3 then s when p then 'x' end",
	"case when p then s::int4 else null end", "coalesce(a, i, 7)", "coalesce(s, n::text, 'none')", "coalesce(10 / a, 1)", "coalesce(null, s::int4)",
	"greatest(a, i)", "least(f, n)", "nullif(a, i)", "a is distinct from i", "f is not distinct from n", "a = any (arr)", "a <> all (arr)", "a = any (array[1, 2, null])",
	"a = any (array[1,2,3,4,5,6,7,8,9])", "s = any (array['a', 'abc', 'x', 'y', 'z', 'u', 'v', 'w', '', null])", "arr[i]", "arr || i", "array[i, 1, null]", "cardinality(arr)", "j -> 'a'", "j ->> 0", "j ? 'a'", "j = '[1, 2]'::jsonb",
	"d + v", "d - v", "date_trunc('hour', d)", "extract(epoch from v)", "date_trunc(s, d)", "to_char(d, 'YYYY-MM-DD HH24:MI')", "to_char(n, '9990.99')", "v * f", "now() > d::timestamptz",
	"d + interval '1 month'", "round(n, i)", "sqrt(f)", "ln(f)", "n ^ i", "abs(i)", "-a", "row(a, s) = row(i, s)", "md5(s)", "s::varchar(2)", "n::int4", "f::int2", "i::text",
	"num_nulls(a, s, n)", "string_to_array(s, 'b')", "jsonb_build_object('k', a, 'v', s)", "to_json(arr)", "tumble_start(d, interval '1 hour')", "tumble_start(d, v)",
	"null::int4 + a", "a + null", "s like null", "chr(i + 65)", "split_part(s, 'b', i)", "lpad(s, 5, 'x')", "translate(s, 'abc', 'x')",
}

func mustCompile(t *testing.T, text string) *Program {
	t.Helper()
	e, err := (&binder{columns: testColumns}).bindText(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	p, err := Compile(e)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return p
}

// form is row i of a vector as text, also checking what Vec promises of rows
// without a value.
func form(t *testing.T, v *col.Vec, i int) string {
	t.Helper()
	if v.IsNull(i) || v.Err(i) != nil {
		if v.Type.IsFixed() && v.Fix[i] != 0 || !v.Type.IsFixed() && len(v.Bytes(i)) != 0 {
			t.Fatalf("row %d without a value holds one", i)
		}
		if v.IsNull(i) && v.Err(i) != nil {
			t.Fatalf("row %d is NULL and failed", i)
		}
	}
	if err := v.Err(i); err != nil {
		return errorForm(err)
	}
	return textOf(v.Type, v.Datum(i))
}

// TestBatchEqualsRows evaluates whole batches, parts of them and single rows: each
// row must get the same result. Programs are used again and again, with results of
// earlier runs checked at the end, so that memory that is wrongly shared shows.
func TestBatchEqualsRows(t *testing.T) {
	s := uint64(time.Now().UnixNano())
	t.Logf("seed %d", s)
	r := rand.New(rand.NewPCG(s, 1))
	env := testEnv()
	for _, text := range expressions {
		t.Run(text, func(t *testing.T) {
			p := mustCompile(t, text)
			b := randomBatch(r, 150)
			whole := p.Eval(env, b)
			if whole.N != b.N || whole.Type != p.Type() {
				t.Fatalf("%d rows of %s", whole.N, whole.Type)
			}
			want := make([]string, b.N)
			for i := range want {
				want[i] = form(t, whole, i)
			}
			for i := range want {
				if got := form(t, p.Eval(env, b.Slice(i, i+1)), 0); got != want[i] {
					t.Fatalf("row %d alone: %s, in its batch: %s", i, got, want[i])
				}
			}
			part := p.Eval(env, b.Slice(64, 140))
			for i := range part.N {
				if got := form(t, part, i); got != want[i+64] {
					t.Fatalf("row %d in part: %s, in its batch: %s", i+64, got, want[i+64])
				}
			}
			for i := range want {
				if got := form(t, whole, i); got != want[i] {
					t.Fatalf("row %d changed after later runs: %s, was %s", i, got, want[i])
				}
			}
			if got := p.Eval(env, b.Slice(0, 0)); got.N != 0 {
				t.Fatalf("%d rows of none", got.N)
			}
		})
	}
}

func TestFilter(t *testing.T) {
	b := randomBatch(rand.New(rand.NewPCG(1, 1)), 300)
	p := mustCompile(t, "10 / a > 2")
	want := p.Eval(nil, b)
	rows, errs := p.Filter(nil, b)
	next := 0
	for i := range b.N {
		if want.Err(i) != nil {
			if errs[i] == nil {
				t.Fatalf("row %d: error lost", i)
			}
			continue
		}
		if want.Bool(i) {
			if next >= len(rows) || rows[next] != int32(i) {
				t.Fatalf("row %d missing", i)
			}
			next++
		}
	}
	if next != len(rows) || len(errs) != len(want.Errs) || len(errs) == 0 {
		t.Fatalf("%d of %d rows, %d errors", next, len(rows), len(errs))
	}
}

// TestVolatileRunsForTakenRows counts the calls of a volatile function.
func TestVolatileRunsForTakenRows(t *testing.T) {
	b := col.NewBatchBuilder(testColumns.Types(), 10)
	for i := range int64(10) {
		row := make([]types.Datum, len(testColumns))
		row[0], row[1] = types.FixedDatum(i), types.FixedDatum(i)
		if i >= 6 {
			row[1] = types.Null
		}
		b.Row(1, row...)
	}
	batch := b.Batch()
	for _, c := range []struct {
		text  string
		calls int
	}{
		{"random()", 10},
		{"case when a > 2 then random() else 0 end", 7},
		{"case when a > 2 then 1 when random() < 2 then 2 end", 3},
		{"coalesce(i::float8, random())", 4},
		{"case when a > 2 then case when a > 5 then random() end end", 4},
		{"case when a > 100 then random() end", 0},
	} {
		calls := 0
		env := &builtin.Env{Random: func() float64 { calls++; return float64(calls) / 100 }}
		v := mustCompile(t, c.text).Eval(env, batch)
		if calls != c.calls || v.N != 10 {
			t.Errorf("%s: %d calls, want %d", c.text, calls, c.calls)
		}
		seen := map[string]bool{}
		for i := range v.N {
			if f := form(t, v, i); f != "NULL" && f != "0" && f != "1" && f != "2" {
				seen[f] = true
			}
		}
		if c.calls > 5 && len(seen) < c.calls {
			t.Errorf("%s: values %v", c.text, seen)
		}
	}
}

func TestNowIsOneValue(t *testing.T) {
	batch := randomBatch(rand.New(rand.NewPCG(2, 2)), 5)
	p := mustCompile(t, "now()")
	for _, now := range []int64{5, 77} {
		v := p.Eval(&builtin.Env{Now: now}, batch)
		for i := range v.N {
			if v.Fix[i] != now {
				t.Fatalf("row %d: %d", i, v.Fix[i])
			}
		}
	}
}

func TestCompileRefusesUnknownCast(t *testing.T) {
	_, err := Compile(&plan.Cast{X: &plan.Const{T: types.Int4, Value: types.FixedDatum(1)}, To: types.Date, Explicit: true})
	if pgerr.Code(err) != pgerr.CannotCoerce || err.Error() != "cannot cast type integer to date" {
		t.Fatal(err)
	}
}

// session answers catalog functions in the test below.
type session struct{ asked []string }

func (*session) User() string                          { return "ann" }
func (*session) SessionUser() string                   { return "ann" }
func (*session) Notify(string, string) error           { return nil }
func (*session) Channels() []string                    { return nil }
func (*session) Database() string                      { return "millrace" }
func (*session) SearchPath() []string                  { return []string{"app", "public"} }
func (*session) BackendPID() int32                     { return 7 }
func (*session) Setting(name string) (string, bool)    { return "on", name == "x" }
func (*session) SetSetting(string, string, bool) error { return nil }
func (s *session) Catalog(fn string, args []types.Datum) (types.Datum, bool, error) {
	s.asked = append(s.asked, fmt.Sprint(fn, args))
	switch fn {
	case "regclassin":
		return types.FixedDatum(42), true, nil
	case "regclassout":
		return types.BytesDatum("t"), true, nil
	}
	return types.Null, false, nil
}

func TestSessionFunctions(t *testing.T) {
	for _, c := range [][2]string{
		{"current_user", "name: ann"},
		{"current_database()", "name: millrace"},
		{"current_schema()", "name: app"},
		{"current_schemas(true)", "name[]: {pg_catalog,app,public}"},
		{"pg_backend_pid()", "integer: 7"},
		{"current_setting('x')", "text: on"},
		{"current_setting('y', true)", "text: NULL"},
		{"current_setting('y')", `! 42704 unrecognized configuration parameter "y"`},
		{"set_config('x', '1', false)", "text: on"},
		{"pg_get_viewdef(1::oid)", "text: NULL"},
		{"('t'::text)::regclass", "regclass: 42"},
		{"(5::oid)::regclass::text", "text: t"},
	} {
		e, err := (&binder{}).bindText(c[0])
		if err != nil {
			t.Fatal(c[0], err)
		}
		env := testEnv()
		env.Session = &session{}
		got := ""
		if d, err := EvalConst(env, e); err != nil {
			got = errorForm(err)
		} else {
			got = e.Type().String() + ": " + textOf(e.Type(), d)
		}
		if got != c[1] {
			t.Errorf("%s: %s, want %s", c[0], got, c[1])
		}
	}
}

func TestEvalAllocatesPerBatchOnly(t *testing.T) {
	batch := randomBatch(rand.New(rand.NewPCG(3, 3)), 2000)
	for _, text := range []string{"a * 2 + i", "a > 1 and i < 3 or p", "case when p then a else 0 end", "s like '%b%'"} {
		p := mustCompile(t, text)
		env := testEnv()
		if n := testing.AllocsPerRun(20, func() { p.Eval(env, batch) }); n > 60 {
			t.Errorf("%s: %v allocations for a batch of %d rows", text, n, batch.N)
		}
	}
}
