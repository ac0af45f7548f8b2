package planner

import (
	"millrace/catalog"
	"millrace/planner/plan"
	"millrace/sql/types"
)

var useIndex = Rule{
	Name:     "UseIndex",
	Doc:      "Reads a table or view by primary key or index where the filter gives values or ranges for it.",
	PullOnly: true,
	Apply: func(_ *ruleContext, n plan.Node) plan.Node {
		f, ok := n.(*plan.Filter)
		if !ok {
			return n
		}
		s, ok := f.Input.(*plan.Scan)
		if !ok || s.Access != nil || !s.Object.IsStored() {
			return n
		}
		best := bestAccess(s, plan.Conjuncts(f.Pred))
		if best == nil {
			return n
		}
		c := *s
		c.Access = &best.access
		var rest []plan.Expr
		for i, e := range plan.Conjuncts(f.Pred) {
			if !best.used[i] {
				rest = append(rest, e)
			}
		}
		return filter(&c, rest...)
	},
}

// candidate is one way to read a table, with the conjuncts that it takes over.
type candidate struct {
	access plan.Access
	used   map[int]bool
	score  int
}

// bestAccess tries the primary key and the indexes; the one that fixes most columns
// wins, the primary key first among equals.
func bestAccess(s *plan.Scan, conds []plan.Expr) *candidate {
	comps := comparisons(s, conds)
	var best *candidate
	try := func(x *catalog.Index, cols []int, unique bool) {
		if c := buildAccess(x, cols, comps); c != nil {
			if unique && len(c.access.Eq) == len(cols) {
				c.score += 1000
			}
			if best == nil || c.score > best.score {
				best = c
			}
		}
	}
	if len(s.Object.Key) > 0 {
		try(nil, s.Object.Key, true)
	}
	for _, x := range s.Object.Indexes {
		try(x, x.Cols, x.Unique)
	}
	return best
}

// comparison is a conjunct that compares column col of the object with a constant.
type comparison struct {
	conjunct int
	col      int
	op       string
	value    plan.Expr
}

func comparisons(s *plan.Scan, conds []plan.Expr) []comparison {
	var out []comparison
	for i, c := range conds {
		call, ok := c.(*plan.Call)
		if !ok || len(call.Args) != 2 {
			continue
		}
		for side := range 2 {
			op := call.Func.Name
			if side == 1 {
				op = mirrored[op]
			}
			if cmp, ok := compareColumn(s, call.Args[side], call.Args[1-side], op); ok {
				cmp.conjunct = i
				out = append(out, cmp)
				break
			}
		}
	}
	return out
}

// mirrored is the operator with its sides exchanged.
var mirrored = map[string]string{"=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}

func compareColumn(s *plan.Scan, x, value plan.Expr, op string) (comparison, bool) {
	if _, ok := mirrored[op]; !ok || !isConstant(value) {
		return comparison{}, false
	}
	if cast, ok := x.(*plan.Cast); ok && sameKeyBytes(cast.X.Type(), cast.To) {
		x = cast.X
	}
	c, ok := x.(*plan.Col)
	if !ok || s.Cols[c.Index] >= len(s.Object.Columns) {
		return comparison{}, false
	}
	value, ok = asKey(value, c.T)
	if !ok {
		return comparison{}, false
	}
	return comparison{col: s.Cols[c.Index], op: op, value: value}, true
}

// sameKeyBytes reports whether two string types compare by the same bytes.
func sameKeyBytes(a, b types.Type) bool {
	return a.IsString() && b.IsString() && a.Kind != types.KindBpchar && b.Kind != types.KindBpchar
}

// asKey gives a constant the column's type where that keeps the comparison the same:
// a wider integer constant must fit.
func asKey(v plan.Expr, t types.Type) (plan.Expr, bool) {
	from := v.Type()
	switch {
	case from.Same(t):
		return v, true
	case sameKeyBytes(from, t):
		if c, ok := v.(*plan.Const); ok {
			return &plan.Const{Value: c.Value, T: t.Base()}, true
		}
		return &plan.Cast{X: v, To: t.Base()}, true
	case from.IsInteger() && t.IsInteger() && from.Kind < t.Kind:
		return castConst(v, t), true
	case from.IsInteger() && t.IsInteger():
		c, ok := v.(*plan.Const)
		if !ok || !c.Value.Set || !fits(c.Value.I, t) {
			return nil, false
		}
		return castConst(v, t), true
	}
	return nil, false
}

func castConst(v plan.Expr, t types.Type) plan.Expr {
	if c, ok := v.(*plan.Const); ok {
		return &plan.Const{Value: c.Value, T: t}
	}
	return &plan.Cast{X: v, To: t}
}

func fits(i int64, t types.Type) bool {
	switch t.Kind {
	case types.KindInt2:
		return i == int64(int16(i))
	case types.KindInt4:
		return i == int64(int32(i))
	}
	return true
}

// buildAccess takes equalities for the first columns and a range for the next one.
func buildAccess(x *catalog.Index, cols []int, comps []comparison) *candidate {
	out := &candidate{access: plan.Access{Index: x}, used: map[int]bool{}}
	for _, col := range cols {
		eq := find(comps, col, "=")
		if eq == nil {
			out.addRange(col, comps)
			break
		}
		out.access.Eq = append(out.access.Eq, eq.value)
		out.used[eq.conjunct] = true
		out.score += 10
	}
	if len(out.used) == 0 {
		return nil
	}
	return out
}

func (c *candidate) addRange(col int, comps []comparison) {
	for _, op := range []string{">", ">=", "<", "<="} {
		r := find(comps, col, op)
		if r == nil || c.used[r.conjunct] {
			continue
		}
		b := &plan.Bound{Value: r.value, Inclusive: len(op) == 2}
		switch {
		case op[0] == '>' && c.access.Lo == nil:
			c.access.Lo = b
		case op[0] == '<' && c.access.Hi == nil:
			c.access.Hi = b
		default:
			continue
		}
		c.used[r.conjunct] = true
		c.score += 2
	}
}

func find(comps []comparison, col int, op string) *comparison {
	for i := range comps {
		if comps[i].col == col && comps[i].op == op {
			return &comps[i]
		}
	}
	return nil
}
