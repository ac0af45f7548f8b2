package expr

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"millrace/planner/plan"
	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/types"
)

func testEnv() *builtin.Env {
	return &builtin.Env{
		Now: 800_000_000_000_000, Statement: 800_000_000_500_000,
		Clock:  func() time.Time { return time.Unix(1_800_000_000, 0) },
		Random: func() float64 { return 0.5 },
	}
}

func TestExamplesOfFunctions(t *testing.T) {
	for _, f := range builtin.All() {
		if f.Example == "" {
			if !f.IsOperator() && f.Doc == "" {
				t.Errorf("%s%v: no documentation", f.Name, f.Args)
			}
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			e, err := (&binder{}).bindText(f.Example)
			if err != nil {
				t.Fatalf("%s: %v", f.Example, err)
			}
			d, err := EvalConst(testEnv(), e)
			if err != nil || !d.Bool() {
				t.Fatalf("%s: %v %v", f.Example, d, err)
			}
		})
	}
}

func TestExamplesOfAggregates(t *testing.T) {
	for _, a := range builtin.AllAggs() {
		if a.Example == "" {
			continue
		}
		t.Run(a.Name, func(t *testing.T) {
			if got, err := aggregateExample(a.Example); err != nil || got != "t" {
				t.Fatalf("%s: %s %v", a.Example, got, err)
			}
		})
	}
}

// aggregateExample evaluates "call of (row), (row) = result".
func aggregateExample(example string) (string, error) {
	left, rest, _ := strings.Cut(example, " of ")
	rows, want, _ := strings.Cut(rest, " = ")
	b := &binder{}
	values, err := valuesColumn(rows)
	if err != nil {
		return "", err
	}
	left, values = withinGroup(left, values)
	b.columns = types.Schema{{Name: "x", Type: values.Type}}
	b.agg = func(name string, args []plan.Expr) (plan.Expr, error) { return aggregate(b, name, args, values) }
	e, err := b.bindText("(" + left + ") = (" + want + ")")
	if err != nil {
		return "", err
	}
	d, err := EvalConst(testEnv(), e)
	return textOf(types.Bool, d), err
}

// withinGroup makes f(a) within group (order by x) into f(a, x) over ordered values.
func withinGroup(call string, values *col.Vec) (string, *col.Vec) {
	head, order, ok := strings.Cut(call, ") within group (order by ")
	if !ok {
		return call, values
	}
	if !strings.HasSuffix(head, "(") {
		head += ", "
	}
	rows := make([]int32, values.N)
	for i := range rows {
		rows[i] = int32(i)
	}
	slices.SortStableFunc(rows, func(i, j int32) int {
		c := types.CompareNullable(values.Type, values.Datum(int(i)), values.Datum(int(j)))
		if strings.HasPrefix(order, "x desc") {
			c = -c
		}
		return c
	})
	return head + strings.Replace(order, "x desc", "x", 1), values.Gather(rows)
}

// valuesColumn evaluates a VALUES list of one column.
func valuesColumn(rows string) (*col.Vec, error) {
	b := &binder{}
	var es []plan.Expr
	var ts []types.Type
	for _, row := range strings.Split(rows, "), (") {
		e, err := b.bindText(strings.Trim(row, "()"))
		if err != nil {
			return nil, err
		}
		es, ts = append(es, e), append(ts, e.Type())
	}
	t, err := builtin.CommonType(ts)
	if err != nil {
		return nil, err
	}
	out := col.NewBuilder(t, len(es))
	for _, e := range es {
		x, err := b.coerce(e, t)
		if err != nil {
			return nil, err
		}
		d, err := EvalConst(nil, x)
		if err != nil {
			return nil, err
		}
		out.Datum(d)
	}
	return out.Vec(), nil
}

// aggregate computes an aggregate over one group.
func aggregate(b *binder, name string, args []plan.Expr, values *col.Vec) (plan.Expr, error) {
	var ts []types.Type
	for _, a := range args {
		ts = append(ts, a.Type())
	}
	f, coerced, t, err := builtin.ResolveAgg(name, ts)
	if err != nil {
		return nil, err
	}
	input := col.NewBatch(values)
	c := &builtin.Collected{Env: testEnv(), N: values.N, ArgTypes: coerced}
	for i, a := range args {
		x, err := b.coerce(a, coerced[i])
		if err != nil {
			return nil, err
		}
		p, err := Compile(x)
		if err != nil {
			return nil, err
		}
		c.Args = append(c.Args, p.Eval(c.Env, input))
	}
	if f.Collect != nil {
		d, err := f.Collect(c)
		return &plan.Const{Value: d, T: t}, err
	}
	acc := f.New(coerced)
	acc.Grow(1)
	acc.Add(make([]int32, values.N), c.Args, nil)
	out := col.NewBuilder(t, 1)
	acc.Result(0, out)
	v := out.Vec()
	return &plan.Const{Value: v.Datum(0), T: t}, v.Err(0)
}

// oracleLine is one line of testdata/postgres.txt: an expression, and PostgreSQL's
// type and text, or its error.
func TestAgainstPostgres(t *testing.T) {
	files, err := filepath.Glob("testdata/postgres*.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		lines := bufio.NewScanner(f)
		for n := 1; lines.Scan(); n++ {
			expr, want, ok := strings.Cut(lines.Text(), " --> ")
			if !ok || strings.HasPrefix(expr, "#") {
				continue
			}
			if got := oracleForm(expr); got != want {
				t.Errorf("%s:%d: %s\n   got %s\n  want %s", name, n, expr, got, want)
			}
		}
	}
}

func oracleForm(text string) string {
	e, err := (&binder{}).bindText(text)
	if err != nil {
		return errorForm(err)
	}
	d, err := EvalConst(testEnv(), e)
	if err != nil {
		return errorForm(err)
	}
	if e.Type().Kind == types.KindUnknown {
		e = &plan.Const{T: types.Text}
	}
	if !d.Set {
		return e.Type().Base().String() + ": NULL"
	}
	return fmt.Sprintf("%s: %s", e.Type().Base(), strings.ReplaceAll(textOf(e.Type(), d), "\n", `\n`))
}

func TestExamplesOfTableFunctions(t *testing.T) {
	for _, f := range builtin.AllTables() {
		if f.Example == "" {
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			call, want, _ := strings.Cut(f.Example, ") = (")
			got, err := tableExample(call + ")")
			if err != nil {
				t.Fatalf("%s: %v", f.Example, err)
			}
			for i, row := range strings.Split(strings.TrimSuffix(want, ")"), "), (") {
				if i >= len(got) || !sameValue(t, row, got[i]) {
					t.Fatalf("%s: row %d of %v", f.Example, i+1, got)
				}
			}
			if n := len(strings.Split(want, "), (")); n != len(got) {
				t.Fatalf("%s: %d rows, want %d", f.Example, len(got), n)
			}
		})
	}
}

// sameValue compares an expression with a value of a type.
func sameValue(t *testing.T, text string, value *plan.Const) bool {
	t.Helper()
	b := &binder{}
	e, err := b.bindText(text)
	if err == nil {
		e, err = b.coerce(e, value.T)
	}
	if err != nil {
		t.Fatal(err)
	}
	d, err := EvalConst(nil, e)
	if err != nil {
		t.Fatal(err)
	}
	return d == value.Value
}

// tableExample evaluates a call of a table function of one column.
func tableExample(text string) ([]*plan.Const, error) {
	e, err := parseExpr(text)
	if err != nil {
		return nil, err
	}
	b := &binder{}
	args, ts, err := b.bindAll(e.args)
	if err != nil {
		return nil, err
	}
	f, coerced, columns, err := builtin.ResolveTable(e.text, ts)
	if err != nil {
		return nil, err
	}
	values := make([]types.Datum, len(args))
	for i, a := range args {
		x, err := b.coerce(a, coerced[i])
		if err != nil {
			return nil, err
		}
		if values[i], err = EvalConst(testEnv(), x); err != nil {
			return nil, err
		}
	}
	out := col.NewBuilder(columns[0].Type, 0)
	n, err := f.Rows(testEnv(), values, coerced, []*col.Builder{out})
	v := out.Vec()
	if err == nil && v.N != n {
		err = fmt.Errorf("%d rows reported, %d made", n, v.N)
	}
	var rows []*plan.Const
	for i := range v.N {
		rows = append(rows, &plan.Const{Value: v.Datum(i), T: v.Type})
	}
	return rows, err
}

// TestAggregatesAgainstPostgres reads lines "call of (row), (row) --> type: result".
func TestAggregatesAgainstPostgres(t *testing.T) {
	text, err := os.ReadFile("testdata/aggregates.txt")
	if err != nil {
		t.Fatal(err)
	}
	for n, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		example, want, _ := strings.Cut(line, " --> ")
		call, rows, _ := strings.Cut(example, " of ")
		if got := aggregateForm(call, rows); got != want {
			t.Errorf("line %d: %s\n   got %s\n  want %s", n+1, example, got, want)
		}
	}
}

func aggregateForm(call, rows string) string {
	values, err := valuesColumn(rows)
	if err != nil {
		return errorForm(err)
	}
	call, values = withinGroup(call, values)
	b := &binder{columns: types.Schema{{Name: "x", Type: values.Type}}}
	b.agg = func(name string, args []plan.Expr) (plan.Expr, error) { return aggregate(b, name, args, values) }
	e, err := b.bindText(call)
	if err != nil {
		return errorForm(err)
	}
	d, err := EvalConst(testEnv(), e)
	if err != nil {
		return errorForm(err)
	}
	return e.Type().Base().String() + ": " + textOf(e.Type(), d)
}
