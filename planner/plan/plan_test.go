package plan

import (
	"strings"
	"testing"

	"millrace/catalog"
	"millrace/sql/builtin"
	"millrace/sql/types"
)

func col(i int) *Col       { return &Col{Index: i, T: types.Int4} }
func num(i int64) *Const   { return &Const{Value: types.FixedDatum(i), T: types.Int4} }
func param(i int) *Param   { return &Param{Index: i, T: types.Int4} }
func text(s string) *Const { return &Const{Value: types.BytesDatum(s), T: types.Text} }

func op(t *testing.T, name string, a, b Expr) *Call {
	t.Helper()
	f, _, result, err := builtin.ResolveOperator(name, a.Type(), b.Type())
	if err != nil {
		t.Fatal(err)
	}
	return &Call{Func: f, Args: []Expr{a, b}, T: result}
}

var (
	object = &catalog.Object{ID: 16384, Name: "t", Kind: catalog.KindTable, Columns: []catalog.Column{
		{Column: types.Column{Name: "a", Type: types.Int4}}, {Column: types.Column{Name: "b", Type: types.Int4}},
	}}
	two = types.Schema{{Name: "a", Type: types.Int4}, {Name: "b", Type: types.Int4}}
)

func scan() *Scan { return &Scan{Object: object, Cols: []int{0, 1}, Out: two} }

// everyNode has one node of each kind, each with the parameter $1 wherever it has an
// expression.
func everyNode(t *testing.T) []Node {
	eq := op(t, "=", col(0), param(0))
	series := builtin.LookupTable("generate_series")[0]
	return []Node{
		&Scan{Object: object, Cols: []int{0, 1}, Out: two, Access: &Access{
			Eq: []Expr{param(0)},
			Lo: &Bound{Value: param(0)}, Hi: &Bound{Value: param(0), Inclusive: true},
		}},
		&Values{Rows: [][]Expr{{param(0), num(2)}}, Out: two},
		&Filter{Input: scan(), Pred: eq},
		&Project{Input: scan(), Exprs: []Expr{param(0)}, Out: two[:1]},
		&Join{Kind: Left, L: scan(), R: scan(), LKeys: []int{0}, RKeys: []int{1}, Residual: eq, Out: append(two, two...)},
		&Aggregate{Input: scan(), Keys: []int{0}, Out: two[:1]},
		&Distinct{Input: scan()},
		&Union{Ins: []Node{scan(), scan()}, Out: two},
		&SetOp{Except: true, L: scan(), R: scan(), Out: two},
		&Sort{Input: scan(), Keys: []SortKey{{Col: 1}}, Limit: param(0), Offset: param(0)},
		&MaxOneRow{Input: scan()},
		&TableFunc{Input: scan(), Func: series, Args: []Expr{param(0), param(0)}, Out: append(two, two[0])},
	}
}

func countParams(n Node) int {
	count := 0
	Walk(n, func(n Node) bool {
		for _, e := range NodeExprs(n) {
			WalkExpr(e, func(e Expr) bool {
				if _, ok := e.(*Param); ok {
					count++
				}
				return true
			})
		}
		return true
	})
	return count
}

func TestBindParamsReachesEveryExpression(t *testing.T) {
	for _, n := range everyNode(t) {
		before := countParams(n)
		bound := BindParams(n, []types.Datum{types.FixedDatum(7)}, []types.Type{types.Int4})
		if got := countParams(bound); got != 0 {
			t.Errorf("%T: %d parameters left", n, got)
		}
		if got := countParams(n); got != before {
			t.Errorf("%T: binding changed the prepared plan", n)
		}
		if before == 0 && bound != n {
			t.Errorf("%T: copied although nothing changed", n)
		}
	}
}

func TestWithInputsKeepsEverythingElse(t *testing.T) {
	for _, n := range everyNode(t) {
		same := WithInputs(n, n.Inputs())
		if Fingerprint(same) != Fingerprint(n) {
			t.Errorf("%T: a copy over the same inputs differs", n)
		}
	}
}

func TestFingerprintTellsPlansApart(t *testing.T) {
	seen := map[uint64]string{}
	add := func(name string, n Node) {
		h := Fingerprint(n)
		if other, ok := seen[h]; ok {
			t.Errorf("%s and %s have one fingerprint", name, other)
		}
		seen[h] = name
	}
	add("filter 1", &Filter{Input: scan(), Pred: op(t, "=", col(0), num(1))})
	add("filter 2", &Filter{Input: scan(), Pred: op(t, "=", col(0), num(2))})
	add("filter b", &Filter{Input: scan(), Pred: op(t, "=", col(1), num(1))})
	add("filter <", &Filter{Input: scan(), Pred: op(t, "<", col(0), num(1))})
	add("inner", &Join{Kind: Inner, L: scan(), R: scan(), LKeys: []int{0}, RKeys: []int{0}, Out: append(two, two...)})
	add("left", &Join{Kind: Left, L: scan(), R: scan(), LKeys: []int{0}, RKeys: []int{0}, Out: append(two, two...)})
	add("other key", &Join{Kind: Left, L: scan(), R: scan(), LKeys: []int{1}, RKeys: []int{0}, Out: append(two, two...)})
	add("sort", &Sort{Input: scan(), Keys: []SortKey{{Col: 0}}, Limit: num(1)})
	add("sort desc", &Sort{Input: scan(), Keys: []SortKey{{Col: 0, Desc: true}}, Limit: num(1)})
	add("project", &Project{Input: scan(), Exprs: []Expr{col(0)}, Out: two[:1]})
	add("scan", scan())
	for _, n := range everyNode(t) {
		add("every", n)
	}
	renamed := &Project{Input: scan(), Exprs: []Expr{col(0)}, Out: types.Schema{{Name: "other", Type: types.Int4}}}
	if _, ok := seen[Fingerprint(renamed)]; !ok {
		t.Error("the name of a column changes the fingerprint")
	}
}

func TestFingerprintIsStable(t *testing.T) {
	// A change of this number rebuilds every stored view at the next start.
	n := &Filter{Input: scan(), Pred: op(t, "=", col(0), num(1))}
	const want = 0x7b6ee0e2d0b331b5
	if got := Fingerprint(n); got != want {
		t.Errorf("fingerprint %#x, want %#x", got, uint64(want))
	}
}

func TestRewriteKeepsSharing(t *testing.T) {
	shared := &Filter{Input: scan(), Pred: op(t, "=", col(0), param(0))}
	root := &Union{Ins: []Node{&Distinct{Input: shared}, shared}, Out: two}
	calls := 0
	out := Rewrite(root, func(n Node) Node {
		if _, ok := n.(*Filter); ok {
			calls++
		}
		return MapNodeExprs(n, paramBinder([]types.Datum{types.FixedDatum(1)}, nil))
	}).(*Union)
	if calls != 1 {
		t.Errorf("shared node rewritten %d times", calls)
	}
	if out.Ins[0].(*Distinct).Input != out.Ins[1] {
		t.Error("node is no longer shared")
	}
	if root.Ins[1] != Node(shared) {
		t.Error("the original changed")
	}
}

func TestEqual(t *testing.T) {
	sum := func(a, b Expr) Expr { return op(t, "+", a, b) }
	for _, c := range []struct {
		a, b Expr
		want bool
	}{
		{col(1), col(1), true},
		{col(1), col(2), false},
		{num(1), num(1), true},
		{num(1), &Const{Value: types.FixedDatum(1), T: types.Int8}, false},
		{num(0), &Const{T: types.Int4}, false},
		{sum(col(0), num(1)), sum(col(0), num(1)), true},
		{sum(col(0), num(1)), sum(num(1), col(0)), false},
		{&Cast{X: col(0), To: types.Int8}, &Cast{X: col(0), To: types.Int8, Explicit: true}, false},
		{&IsNull{X: col(0)}, &IsNull{X: col(0), Not: true}, false},
		{&Coalesce{Args: []Expr{col(0)}, T: types.Int4}, &Coalesce{Args: []Expr{col(0), num(1)}, T: types.Int4}, false},
		{param(0), param(0), true},
		{nil, nil, true},
		{nil, col(0), false},
	} {
		if got := Equal(c.a, c.b); got != c.want {
			t.Errorf("Equal(%v, %v) = %v", c.a, c.b, got)
		}
	}
}

func TestSubstitute(t *testing.T) {
	e := op(t, "+", col(0), op(t, "*", col(1), col(1)))
	got := FormatExpr(Substitute(e, []Expr{num(5), op(t, "-", col(3), num(1))}), nil)
	if want := "5 + ((#3 - 1) * (#3 - 1))"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := FormatExpr(e, nil); got != "#0 + (#1 * #1)" {
		t.Errorf("the original became %s", got)
	}
}

func TestConjuncts(t *testing.T) {
	a, b, c := Expr(&IsNull{X: col(0)}), Expr(&IsNull{X: col(1)}), Expr(&IsNull{X: col(2)})
	nested := &Logic{Op: And, Args: []Expr{a, &Logic{Op: And, Args: []Expr{b, c}}}}
	if got := Conjuncts(nested); len(got) != 3 || got[0] != a || got[2] != c {
		t.Errorf("got %d conjuncts", len(got))
	}
	or := &Logic{Op: Or, Args: []Expr{a, b}}
	if got := Conjuncts(or); len(got) != 1 || got[0] != Expr(or) {
		t.Error("OR was split")
	}
	if Conj(nil) != nil || Conj([]Expr{a}) != a {
		t.Error("Conj of none or one")
	}
}

func TestFormatExpr(t *testing.T) {
	names := strings.Split("a b c", " ")
	name := func(i int) string { return names[i] }
	for want, e := range map[string]Expr{
		"a = 1":                    op(t, "=", col(0), num(1)),
		"'it''s'::text":            text("it's"),
		"NULL::integer":            &Const{T: types.Int4},
		"true":                     &Const{Value: types.BoolDatum(true), T: types.Bool},
		"(a + b)::bigint":          &Cast{X: op(t, "+", col(0), col(1)), To: types.Int8},
		"(a IS NULL) OR (b = c)":   &Logic{Op: Or, Args: []Expr{&IsNull{X: col(0)}, op(t, "=", col(1), col(2))}},
		"NOT (a = b)":              &Logic{Op: Not, Args: []Expr{op(t, "=", col(0), col(1))}},
		"COALESCE(a, $1)":          &Coalesce{Args: []Expr{col(0), param(0)}, T: types.Int4},
		"a IS NOT DISTINCT FROM b": op(t, "is not distinct from", col(0), col(1)),
		"CASE WHEN a = b THEN 1 ELSE 2 END": &Case{
			T: types.Int4, Else: num(2),
			Whens: []When{{Cond: op(t, "=", col(0), col(1)), Then: num(1)}},
		},
	} {
		if got := FormatExpr(e, name); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}
