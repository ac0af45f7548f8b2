package exec

import (
	"testing"

	"millrace/catalog"
	"millrace/planner/plan"
	"millrace/sql/types"
)

// TestPrepareLookup checks which plans may run as a look-up by key.
func TestPrepareLookup(t *testing.T) {
	o := &catalog.Object{
		Kind: catalog.KindTable, Key: []int{0},
		Columns: []catalog.Column{{Column: types.Column{Name: "k", Type: types.Int8}}, {Column: types.Column{Name: "v", Type: types.Text}}},
	}
	out := types.Schema{{Name: "v", Type: types.Text}}
	scan := func(a *plan.Access) *plan.Scan { return &plan.Scan{Object: o, Cols: []int{1}, Out: out, Access: a} }
	param := &plan.Param{Index: 0, T: types.Int8}
	byKey := scan(&plan.Access{Eq: []plan.Expr{param}})
	project := func(in plan.Node, e plan.Expr) plan.Node {
		return &plan.Project{Input: in, Exprs: []plan.Expr{e}, Out: out}
	}
	column := &plan.Col{Index: 0, T: types.Text}
	for _, c := range []struct {
		name string
		root plan.Node
		want bool
	}{
		{"key", byKey, true},
		{"project", project(byKey, column), true},
		{"constant", scan(&plan.Access{Eq: []plan.Expr{&plan.Const{Value: types.FixedDatum(1), T: types.Int8}}}), true},
		{"whole relation", scan(nil), false},
		{"range", scan(&plan.Access{Lo: &plan.Bound{Value: param}}), false},
		{"index", scan(&plan.Access{Index: &catalog.Index{Cols: []int{1}}, Eq: []plan.Expr{param}}), false},
		{"parameter in the list", project(byKey, &plan.Param{Index: 1, T: types.Text}), false},
		{"distinct", &plan.Distinct{Input: byKey}, false},
	} {
		if got := PrepareLookup(c.root) != nil; got != c.want {
			t.Errorf("%s: look-up %v, want %v", c.name, got, c.want)
		}
	}
}
