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
	Late:     true,
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

// splitInList reads a table by key once for each value of a list.
var splitInList = Rule{
	Name:     "SplitInList",
	Doc:      "Makes a filter that gives a list of values for the whole primary key a union of look-ups.",
	PullOnly: true,
	Late:     true,
	Apply: func(_ *ruleContext, n plan.Node) plan.Node {
		f, ok := n.(*plan.Filter)
		if !ok {
			return n
		}
		s, ok := f.Input.(*plan.Scan)
		if !ok || s.Access != nil || !s.Object.IsStored() || len(s.Object.Key) == 0 {
			return n
		}
		conds := plan.Conjuncts(f.Pred)
		for i, c := range conds {
			rest := append(append([]plan.Expr(nil), conds[:i]...), conds[i+1:]...)
			if out := splitList(s, c, rest); out != nil {
				return out
			}
		}
		return n
	},
}

// inListMax bounds the look-ups made of one list; a longer one reads the table.
const inListMax = 1000

// splitList makes a union of one look-up for each distinct value that the conjunct c
// allows, if together with rest that fixes the primary key.
func splitList(s *plan.Scan, c plan.Expr, rest []plan.Expr) plan.Node {
	list := equalities(c)
	if len(list) == 0 || len(list) > inListMax {
		return nil
	}
	u := &plan.Union{Out: s.Out}
	var values []plan.Expr
	for _, a := range list {
		comps := comparisons(s, []plan.Expr{a})
		if len(comps) != 1 || comps[0].op != "=" || !contains(s.Object.Key, comps[0].col) {
			return nil
		}
		if _, isConst := comps[0].value.(*plan.Const); !isConst {
			return nil // two parameters may turn out equal
		}
		if indexOfExpr(values, comps[0].value) >= 0 {
			continue
		}
		values = append(values, comps[0].value)
		conds := append([]plan.Expr{a}, rest...)
		best := bestAccess(s, conds)
		if best == nil || best.access.Index != nil || len(best.access.Eq) != len(s.Object.Key) {
			return nil
		}
		u.Ins = append(u.Ins, filter(s, conds...))
	}
	if !sameColumn(s, list) {
		return nil
	}
	return u
}

// equalities reads a condition as a list of equalities one of which holds: a = 1 OR
// a = 2, or a = ANY (constant array).
func equalities(c plan.Expr) []plan.Expr {
	switch c := c.(type) {
	case *plan.Logic:
		if c.Op == plan.Or {
			return c.Args
		}
	case *plan.Call:
		if c.Func.Name != opAny {
			return nil
		}
		arr, ok := c.Args[1].(*plan.Const)
		if !ok || !arr.Value.Set {
			return nil
		}
		elem := arr.T.ElemType().Base()
		a, ok := types.DecodeArray(arr.T, []byte(arr.Value.S))
		if !ok || !elem.Same(c.Args[0].Type()) {
			return nil
		}
		var out []plan.Expr
		for _, d := range a.Elems {
			if d.Set {
				out = append(out, binaryCall("=", c.Args[0], &plan.Const{Value: d, T: elem}))
			}
		}
		return out
	}
	return nil
}

// sameColumn reports whether all equalities are on one column.
func sameColumn(s *plan.Scan, eqs []plan.Expr) bool {
	first := comparisons(s, eqs[:1])[0].col
	for _, e := range eqs[1:] {
		if comparisons(s, []plan.Expr{e})[0].col != first {
			return false
		}
	}
	return true
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
		if cmp, ok := compareList(s, call); ok {
			cmp.conjunct = i
			out = append(out, cmp)
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

// opAny is the name under which builtin has = ANY (array).
const opAny = "any ="

// compareList reads column = ANY (array), the array being a constant or parameter whose
// elements are of the column's type.
func compareList(s *plan.Scan, call *plan.Call) (comparison, bool) {
	if call.Func.Name != opAny || !isConstant(call.Args[1]) {
		return comparison{}, false
	}
	x := call.Args[0]
	if cast, ok := x.(*plan.Cast); ok && sameKeyBytes(cast.X.Type(), cast.To) {
		x = cast.X
	}
	c, ok := x.(*plan.Col)
	if !ok || s.Cols[c.Index] >= len(s.Object.Columns) {
		return comparison{}, false
	}
	elem := call.Args[1].Type().ElemType().Base()
	if !elem.Same(c.T.Base()) && !sameKeyBytes(elem, c.T) {
		return comparison{}, false
	}
	return comparison{col: s.Cols[c.Index], op: opAny, value: call.Args[1]}, true
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
		if list := find(comps, col, opAny); eq == nil && list != nil {
			out.access.Any = list.value
			out.used[list.conjunct] = true
			out.score += 9
			break
		}
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
