package planner

import (
	"fmt"

	"millrace/planner/plan"
	"millrace/sql/builtin"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// oneRow is the input of a SELECT without FROM: one row without columns.
func oneRow() plan.Node { return &plan.Values{Rows: [][]plan.Expr{{}}, Out: types.Schema{}} }

func width(n plan.Node) int { return len(n.Schema()) }

// colOf is output column i of n.
func colOf(n plan.Node, i int) *plan.Col { return &plan.Col{Index: i, T: n.Schema()[i].Type} }

// identity is all columns of n as expressions.
func identity(n plan.Node) []plan.Expr {
	s := n.Schema()
	out := make([]plan.Expr, len(s))
	for i := range s {
		out[i] = &plan.Col{Index: i, T: s[i].Type}
	}
	return out
}

func positions(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

func filter(n plan.Node, preds ...plan.Expr) plan.Node {
	if len(preds) == 0 {
		return n
	}
	return &plan.Filter{Input: n, Pred: plan.Conj(preds)}
}

// project computes exprs; columns that are passed on keep their names, others get
// a name by position. Callers with names of their own use projectAs.
func project(n plan.Node, exprs []plan.Expr) plan.Node {
	names := make([]string, len(exprs))
	for i, e := range exprs {
		names[i] = fmt.Sprintf("column%d", i+1)
		if c, ok := e.(*plan.Col); ok {
			names[i] = n.Schema()[c.Index].Name
		}
	}
	return projectAs(n, exprs, names)
}

func projectAs(n plan.Node, exprs []plan.Expr, names []string) plan.Node {
	out := make(types.Schema, len(exprs))
	for i, e := range exprs {
		out[i] = types.Column{Name: names[i], Type: e.Type(), NotNull: notNull(e, n.Schema())}
	}
	return &plan.Project{Input: n, Exprs: exprs, Out: out}
}

// extend appends exprs to the columns of n; expressions that are plain columns are
// not repeated. It returns the positions of the expressions.
func extend(n plan.Node, exprs []plan.Expr) (plan.Node, []int) {
	at := make([]int, len(exprs))
	all := identity(n)
	for i, e := range exprs {
		at[i] = indexOfExpr(all, e)
		if at[i] < 0 {
			at[i] = len(all)
			all = append(all, e)
		}
	}
	if len(all) == width(n) {
		return n, at
	}
	return project(n, all), at
}

func indexOfExpr(es []plan.Expr, e plan.Expr) int {
	for i := range es {
		if plan.Equal(es[i], e) {
			return i
		}
	}
	return -1
}

// narrow keeps the first w columns of n.
func narrow(n plan.Node, w int) plan.Node {
	if width(n) == w {
		return n
	}
	return project(n, identity(n)[:w])
}

// notNull reports whether e cannot be NULL over rows of s.
func notNull(e plan.Expr, s types.Schema) bool {
	switch e := e.(type) {
	case *plan.Col:
		return s[e.Index].NotNull
	case *plan.Const:
		return e.Value.Set
	case *plan.Cast:
		return notNull(e.X, s)
	case *plan.IsNull:
		return true
	case *plan.Logic:
		for _, a := range e.Args {
			if !notNull(a, s) {
				return false
			}
		}
		return true
	case *plan.Coalesce:
		for _, a := range e.Args {
			if notNull(a, s) {
				return true
			}
		}
	}
	return false
}

// joinSchema is the columns that a join gives.
func joinSchema(kind plan.JoinKind, l, r types.Schema) types.Schema {
	out := make(types.Schema, 0, len(l)+len(r)+1)
	out = append(out, l...)
	switch kind {
	case plan.Semi, plan.Anti:
		return out
	case plan.Mark:
		return append(out, types.Column{Name: "mark", Type: types.Bool})
	}
	out = append(out, r...)
	for i := range out {
		left := i < len(l)
		if kind == plan.Full || kind == plan.Left && !left || kind == plan.Right && left {
			out[i].NotNull = false
		}
	}
	return out
}

// joinSpec is what newJoin makes a join of.
type joinSpec struct {
	kind      plan.JoinKind
	nullAware bool
	temporal  bool
	time      *plan.JoinTime
}

// specOf is what n was made of.
func specOf(n *plan.Join) joinSpec {
	return joinSpec{kind: n.Kind, nullAware: n.NullAware, temporal: n.Temporal, time: n.Time}
}

// newJoin joins l and r on conjuncts over the columns of l followed by those of r.
// Equalities between the sides become keys; where a side is an expression, it is
// computed below the join and dropped above it, so the result is always the
// columns that joinSchema says.
func newJoin(spec joinSpec, l, r plan.Node, conds []plan.Expr) plan.Node {
	wl, wr := width(l), width(r)
	var keys []joinKey
	var rest []plan.Expr
	for _, c := range conds {
		if k, ok := splitKeyAs(c, wl, spec.kind == plan.Mark || spec.nullAware); ok {
			keys = append(keys, k)
		} else if !isTrue(c) {
			rest = append(rest, c)
		}
	}
	lx := make([]plan.Expr, len(keys))
	rx := make([]plan.Expr, len(keys))
	for i, k := range keys {
		lx[i], rx[i] = k.l, k.r
	}
	l2, lat := extend(l, lx)
	r2, rat := extend(r, rx)
	shift := width(l2) - wl
	residual := plan.Conj(rest)
	if shift > 0 {
		residual = plan.MapCols(residual, func(i int) int { return shiftFrom(i, wl, shift) })
	}
	j := &plan.Join{
		Kind: spec.kind, L: l2, R: r2, LKeys: lat, RKeys: rat, NullSafe: nullSafety(keys),
		Residual: residual, NullAware: spec.nullAware, Temporal: spec.temporal, Time: spec.time,
		Out: joinSchema(spec.kind, l2.Schema(), r2.Schema()),
	}
	return restoreJoin(j, wl, wr)
}

func shiftFrom(i, from, by int) int {
	if i >= from {
		return i + by
	}
	return i
}

// restoreJoin drops key columns that were computed for the join.
func restoreJoin(j *plan.Join, wl, wr int) plan.Node {
	wl2 := width(j.L)
	if wl2 == wl && width(j.R) == wr {
		return j
	}
	exprs := identity(j)[:wl]
	switch j.Kind {
	case plan.Semi, plan.Anti:
	case plan.Mark:
		exprs = append(exprs, colOf(j, wl2))
	default:
		for i := range wr {
			exprs = append(exprs, colOf(j, wl2+i))
		}
	}
	if len(exprs) == width(j) {
		return j
	}
	return project(j, exprs)
}

// joinKey is an equality between the sides; r is over the right side's columns.
type joinKey struct {
	l, r     plan.Expr
	nullSafe bool
}

func nullSafety(keys []joinKey) []bool {
	some := false
	out := make([]bool, len(keys))
	for i, k := range keys {
		out[i] = k.nullSafe
		some = some || k.nullSafe
	}
	if !some {
		return nil
	}
	return out
}

// splitKey reads a conjunct as equality of a left and a right expression, for a
// join whose left side has wl columns.
func splitKey(c plan.Expr, wl int) (joinKey, bool) { return splitKeyAs(c, wl, false) }

// splitKeyAs is splitKey which, if constants is set, also takes what does not read the
// right side as the left key: Mark and null-aware joins treat NULL keys in their own
// way, so a comparison must not end up among the other conditions there.
func splitKeyAs(c plan.Expr, wl int, constants bool) (joinKey, bool) {
	call, ok := c.(*plan.Call)
	if !ok || len(call.Args) != 2 {
		return joinKey{}, false
	}
	nullSafe := call.Func.Name == opNotDistinct
	if call.Func.Name != "=" && !nullSafe {
		return joinKey{}, false
	}
	a, b := call.Args[0], call.Args[1]
	isLeft := func(e plan.Expr) bool {
		return sideOf(e, wl) == leftSide || constants && !readsFrom(e, wl)
	}
	if sideOf(a, wl) == rightSide && isLeft(b) {
		a, b = b, a
	}
	if !isLeft(a) || sideOf(b, wl) != rightSide {
		return joinKey{}, false
	}
	t, ok := keyType(a.Type(), b.Type())
	if !ok {
		return joinKey{}, false
	}
	b = plan.MapCols(b, func(i int) int { return i - wl })
	return joinKey{l: castTo(a, t), r: castTo(b, t), nullSafe: nullSafe}, true
}

// opNotDistinct is the name under which builtin has IS NOT DISTINCT FROM.
const opNotDistinct = "is not distinct from"

// side tells which inputs of a join an expression reads.
type side uint8

const (
	noSide    side = 0
	leftSide  side = 1
	rightSide side = 2
	bothSides side = 3
)

func sideOf(e plan.Expr, wl int) side {
	s := noSide
	plan.WalkExpr(e, func(e plan.Expr) bool {
		switch e := e.(type) {
		case *plan.Col:
			if e.Index < wl {
				s |= leftSide
			} else {
				s |= rightSide
			}
		case *outerRef, *subExpr, *aggRef:
			// An outer value is the same for both sides, so it cannot be a key of one.
			s |= bothSides
		}
		return true
	})
	return s
}

// readsFrom reports whether e reads a column at position from or behind it.
func readsFrom(e plan.Expr, from int) bool {
	found := false
	plan.ColsOf(e, func(i int) { found = found || i >= from })
	return found
}

// keyType is the type in which two join keys are compared, when equality of the
// key bytes of that type is what "=" means for them.
func keyType(a, b types.Type) (types.Type, bool) {
	a, b = a.Base(), b.Base()
	switch {
	case a.Same(b):
		return a, true
	case a.IsInteger() && b.IsInteger():
		return types.Of(max(a.Kind, b.Kind)), true // kinds are ordered by width
	case a.IsFloat() && b.IsFloat():
		return types.Float8, true
	case a.IsString() && b.IsString() && a.Kind != types.KindBpchar && b.Kind != types.KindBpchar:
		return types.Of(types.KindText), true
	}
	return types.Type{}, false
}

// castTo converts e to t where the kinds differ; the modifier does not matter.
func castTo(e plan.Expr, t types.Type) plan.Expr {
	if e.Type().Same(t) {
		return e
	}
	return &plan.Cast{X: e, To: t}
}

func isTrue(e plan.Expr) bool {
	c, ok := e.(*plan.Const)
	return ok && c.T.Kind == types.KindBool && c.Value.Bool()
}

// boolConst is TRUE or FALSE.
func boolConst(v bool) *plan.Const { return &plan.Const{Value: types.BoolDatum(v), T: types.Bool} }

func nullConst(t types.Type) *plan.Const { return &plan.Const{T: t} }

func int8Const(i int64) *plan.Const {
	return &plan.Const{Value: types.FixedDatum(i), T: types.Int8}
}

func not(e plan.Expr) plan.Expr {
	if l, ok := e.(*plan.Logic); ok && l.Op == plan.Not {
		return l.Args[0]
	}
	return &plan.Logic{Op: plan.Not, Args: []plan.Expr{e}}
}

// orElse is e, or v where e is NULL.
func orElse(e plan.Expr, v plan.Expr) plan.Expr {
	return &plan.Coalesce{Args: []plan.Expr{e, v}, T: e.Type()}
}

// call builds a call of a builtin that must exist for the given arguments.
func call(name string, args ...plan.Expr) plan.Expr {
	f, want, result, err := builtin.Resolve(name, typesOf(args))
	if err != nil {
		panic(pgerr.Bug("builtin %s: %v", name, err))
	}
	out := make([]plan.Expr, len(args))
	for i, a := range args {
		out[i] = castTo(a, want[i])
	}
	return &plan.Call{Func: f, Args: out, T: result}
}

func typesOf(es []plan.Expr) []types.Type {
	out := make([]types.Type, len(es))
	for i, e := range es {
		out[i] = e.Type()
	}
	return out
}
