package planner

import (
	"millrace/catalog"
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/builtin"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// binder is the work on one statement.
type binder struct {
	cat  *catalog.Snapshot
	o    Options
	emit plan.Emit
	// emitPos is the word EMIT.
	emitPos sql.Pos
	// continuous: the plan will be maintained (a view or a push query).
	continuous bool
	// params are the types of $1..$n found so far; Unknown where still open.
	params []types.Type
	// paramPos is where each parameter was first seen.
	paramPos []sql.Pos
	reads    []catalog.ObjectID
	uses     []plan.Use
	// viewOwner owns the view around what is being bound; 0 outside of views.
	viewOwner catalog.ObjectID
	// unreachable are the FROM items beside a sub-query that it may not name.
	unreachable []*scope
	notices     []string
	// viewDepth counts the plain views around what is being bound.
	viewDepth int
	// colPos is where column references and quoted literals stand in the text.
	colPos map[plan.Expr]sql.Pos
	// partitionBy is ksqlDB's PARTITION BY of the outermost SELECT, as positions of its targets.
	partitionBy []int
	// queryDepth counts the queries around what is being bound.
	queryDepth int
	// laterCTEs are the WITH queries that what is being bound stands before.
	laterCTEs []string
	// recursions counts the recursive queries, which are numbered from 1.
	recursions int
	// withEnv is the WITH of a write statement.
	withEnv *cteEnv
	// rows are the ROW(..) bound so far with their untyped items.
	rows map[*plan.Call]rowParts
}

// maxViewDepth bounds the expansion of views in views.
const maxViewDepth = 100

// level is one SELECT while it is bound.
type level struct {
	b      *binder
	parent *level
	ctes   *cteEnv
	scope  *scope
	node   plan.Node
	// clause is the part being bound, for messages: "WHERE", "JOIN/ON" ...
	clause string
	// aggs are allowed in clause; inAgg is set inside an aggregate's argument.
	aggsAllowed, inAgg bool
	// inOver is set inside an argument of a call with OVER.
	inOver      bool
	srfsAllowed bool
	// srfDenied is the construct within which they are not allowed, "" elsewhere.
	srfDenied string
	aggs      []*aggCall
	srfs      []*srfCall
	overs     []*overCall
	// grouping: some expression calls GROUPING.
	grouping bool
	// windows are those of the WINDOW clause.
	windows []*namedWindow
	// temporalSide: FOR SYSTEM_TIME AS OF may stand at the table that is bound next.
	temporalSide bool
	// readsSelf: FROM has the recursive query that is being bound.
	readsSelf bool
	// buried are scopes that the alias of a join hides.
	buried []*scope
	// lambdas are those whose body is being bound, outermost first.
	lambdas []lambdaScope
	// window is set for a level with ksqlDB's WINDOW clause.
	window *streamWindow
}

func (b *binder) newLevel(parent *level, ctes *cteEnv) *level {
	return &level{b: b, parent: parent, ctes: ctes, scope: &scope{}, node: oneRow()}
}

// in binds one expression as part of a clause.
func (l *level) in(clause string, aggs bool, e sql.Expr) plan.Expr {
	clause, l.clause = l.clause, clause
	aggs, l.aggsAllowed = l.aggsAllowed, aggs
	out := l.expr(e)
	l.clause, l.aggsAllowed = clause, aggs
	return out
}

// aggCall is an aggregate over expressions of the level's node.
type aggCall struct {
	agg      *builtin.Agg
	args     []plan.Expr
	distinct bool
	filter   plan.Expr
	order    []orderExpr
	t        types.Type
}

// orderExpr is an ORDER BY item as an expression.
type orderExpr struct {
	x          plan.Expr
	desc       bool
	nullsFirst bool
}

// aggRef stands for the result of aggregate index of a level.
type aggRef struct {
	plan.Expr
	lv    *level
	index int
}

// Type implements plan.Expr.
func (e *aggRef) Type() types.Type { return e.lv.aggs[e.index].t }

// outerRef is, inside a sub-query, the expression x of the level lv around it.
type outerRef struct {
	plan.Expr
	lv *level
	x  plan.Expr
}

// Type implements plan.Expr.
func (e *outerRef) Type() types.Type { return e.x.Type() }

// subKind is what a sub-query is as a value.
type subKind uint8

const (
	subScalar subKind = iota
	// subAny is true when some row satisfies cond (EXISTS: there is a row).
	subAny
	// subAll is true when every row satisfies cond.
	subAll
	// subArray is the array of the rows.
	subArray
)

// subExpr is a sub-query inside an expression of level lv.
type subExpr struct {
	plan.Expr
	kind subKind
	lv   *level
	node plan.Node
	// cond is over the columns of node, and outerRefs; nil for EXISTS.
	cond plan.Expr
	t    types.Type
}

// Type implements plan.Expr.
func (e *subExpr) Type() types.Type { return e.t }

// mapLevel rebuilds an expression of level lv like plan.MapExpr, and goes into the
// references that sub-queries make to the level (I2).
func (l *level) mapLevel(e plan.Expr, fn func(plan.Expr) plan.Expr) plan.Expr {
	// A sub-query that stands in several places stays one, and is computed once.
	copies := map[*subExpr]*subExpr{}
	return plan.MapExpr(e, func(e plan.Expr) plan.Expr {
		if out := fn(e); out != nil {
			return out
		}
		s, ok := e.(*subExpr)
		if !ok {
			return nil
		}
		if c := copies[s]; c != nil {
			return c
		}
		inside := func(e plan.Expr) plan.Expr {
			return l.mapOuter(e, func(x plan.Expr) plan.Expr { return l.mapLevel(x, fn) })
		}
		c := *s
		c.node = plan.MapExprs(s.node, inside)
		if s.cond != nil {
			c.cond = inside(s.cond)
		}
		copies[s] = &c
		return &c
	})
}

// mapOuter applies fn to what the outerRefs to l in e stand for.
func (l *level) mapOuter(e plan.Expr, fn func(plan.Expr) plan.Expr) plan.Expr {
	return plan.MapExpr(e, func(e plan.Expr) plan.Expr {
		o, ok := e.(*outerRef)
		if !ok || o.lv != l {
			return nil
		}
		return &outerRef{lv: l, x: fn(o.x)}
	})
}

// resolveOuter replaces the outerRefs to l in e by what fn gives for them.
func (l *level) resolveOuter(e plan.Expr, fn func(plan.Expr) plan.Expr) plan.Expr {
	return plan.MapExpr(e, func(e plan.Expr) plan.Expr {
		if o, ok := e.(*outerRef); ok && o.lv == l {
			return fn(o.x)
		}
		return nil
	})
}

// refersTo reports whether e has an outerRef to l; nil asks for any level.
func refersTo(e plan.Expr, l *level) bool {
	found := false
	plan.WalkExpr(e, func(e plan.Expr) bool {
		if o, ok := e.(*outerRef); ok && (l == nil || o.lv == l) {
			found = true
		}
		return !found
	})
	return found
}

// treeRefersTo is refersTo for a whole tree.
func treeRefersTo(n plan.Node, l *level) bool {
	found := false
	seen := map[plan.Node]bool{}
	plan.Walk(n, func(n plan.Node) bool {
		if found || seen[n] {
			return false
		}
		seen[n] = true
		for _, e := range plan.NodeExprs(n) {
			found = found || refersTo(e, l)
		}
		return !found
	})
	return found
}

// hasOwn reports whether e still holds an expression of the planner's own.
func hasOwn(e plan.Expr) bool {
	found := false
	plan.WalkExpr(e, func(e plan.Expr) bool {
		switch e.(type) {
		case *aggRef, *outerRef, *subExpr, *srfRef, *overRef, *groupingRef:
			found = true
		}
		return !found
	})
	return found
}

// checkFinished asserts I3.
func checkFinished(n plan.Node) {
	plan.Walk(n, func(n plan.Node) bool {
		for _, e := range plan.NodeExprs(n) {
			if hasOwn(e) {
				panic(pgerr.Bug("%T left with an expression of the binder", n))
			}
		}
		return true
	})
}

// use notes that the statement needs the right to read an object.
func (b *binder) use(o *catalog.Object) {
	for _, u := range b.uses {
		if u.Object.ID == o.ID && u.As == b.viewOwner {
			return
		}
	}
	b.uses = append(b.uses, plan.Use{Object: o, As: b.viewOwner})
}

// read notes that the statement reads an object.
func (b *binder) read(o *catalog.Object) {
	if o.Kind == catalog.KindSystem {
		return
	}
	for _, id := range b.reads {
		if id == o.ID {
			return
		}
	}
	b.reads = append(b.reads, o.ID)
}
