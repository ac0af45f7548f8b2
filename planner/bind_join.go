package planner

import (
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// join binds JOIN.
func (l *level) join(j *sql.Join, left *fromItem) *fromItem {
	if left != nil {
		l.b.unreachable = append(l.b.unreachable, left.scope)
		defer func() { l.b.unreachable = l.b.unreachable[:len(l.b.unreachable)-1] }()
	}
	a := l.fromItem(j.Left, left)
	b := l.joinRight(j, a)
	checkNames(a.scope, b.scope, j.Pos)
	if j.Within != nil {
		b.within = l.within(j, a, b)
	}
	var out *fromItem
	switch {
	case j.Asof:
		out = l.joinAsof(j, a, b)
	case j.Natural:
		out = l.joinUsing(j, a, b, commonNames(a.scope, b.scope))
	case len(j.Using) > 0:
		out = l.joinUsing(j, a, b, j.Using)
	default:
		out = l.joinOn(j, a, b)
	}
	if j.Alias.Name != "" {
		l.buried = append(l.buried, out.scope)
		return aliasJoin(out, j)
	}
	return out
}

func (l *level) joinOn(j *sql.Join, a, b *fromItem) *fromItem {
	if j.On == nil {
		return l.joined(j.Kind, a, b, nil, j.Pos)
	}
	saved := l.scope
	l.scope = concat(a.scope, b.scope.shifted(width(a.node)))
	on := l.b.coerceBool(l.in("JOIN conditions", false, j.On), "JOIN/ON", startOf(j.On))
	l.scope = saved
	conds := plan.Conjuncts(on)
	if !hasSub(on) {
		return l.joined(j.Kind, a, b, conds, j.Pos)
	}
	if j.Kind != sql.JoinInner && j.Kind != sql.JoinCross {
		return l.outerJoinSubs(j, a, b, conds)
	}
	var plain, subs []plan.Expr
	for _, c := range conds {
		if hasSub(c) {
			subs = append(subs, c)
		} else {
			plain = append(plain, c)
		}
	}
	out := l.joined(j.Kind, a, b, plain, j.Pos)
	out.node = l.where(out.node, plan.Conj(subs))
	return out
}

// outerJoinSubs joins under conditions with sub-queries, each of which reads one side
// at most: its value becomes a column of that side, behind the others.
func (l *level) outerJoinSubs(j *sql.Join, a, b *fromItem, conds []plan.Expr) *fromItem {
	wl, wr := width(a.node), width(b.node)
	for _, c := range conds {
		if l.subReadsBoth(c, wl) {
			return l.outerJoinByPairs(j, a, b, conds)
		}
	}
	on := &sidedSubs{l: l, wl: wl, left: a.node, right: b.node}
	for i, c := range conds {
		conds[i] = plan.MapExpr(c, on.replace)
	}
	grown := width(on.left) - wl
	for i, c := range conds {
		conds[i] = plan.MapCols(c, func(i int) int {
			switch {
			case i >= grownCol:
				return i - grownCol
			case i >= wl:
				return i + grown
			}
			return i
		})
	}
	node := l.joinNodes(joinSpec{kind: joinKinds[j.Kind]}, on.left, on.right, conds, j.Pos)
	all := identity(node)
	node = project(node, append(all[:wl:wl], all[wl+grown:wl+grown+wr]...))
	return &fromItem{node: node, scope: concat(a.scope, b.scope.shifted(wl))}
}

// subReadsBoth reports whether a sub-query in a join condition reads both sides.
func (l *level) subReadsBoth(c plan.Expr, wl int) bool {
	found := false
	plan.WalkExpr(c, func(e plan.Expr) bool {
		s, ok := e.(*subExpr)
		found = found || ok && l.readsSide(s, wl) == bothSides
		return !found
	})
	return found
}

// outerJoinByPairs joins under conditions with sub-queries over both sides: first the
// pairs of the inner join, then, with NULLs, the rows that are in no pair. Rows that are
// equal match equally, so being in a pair is a question of the row's value.
func (l *level) outerJoinByPairs(j *sql.Join, a, b *fromItem, conds []plan.Expr) *fromItem {
	wl, wr := width(a.node), width(b.node)
	var plain, subs []plan.Expr
	for _, c := range conds {
		if hasSub(c) {
			subs = append(subs, c)
		} else {
			plain = append(plain, c)
		}
	}
	inner := l.joined(sql.JoinInner, a, b, plain, j.Pos)
	saved := l.scope
	l.scope = inner.scope
	pairs := narrow(l.where(inner.node, plan.Conj(subs)), wl+wr)
	l.scope = saved
	kind := joinKinds[j.Kind]
	u := &plan.Union{Ins: []plan.Node{pairs}, Out: joinSchema(kind, a.node.Schema(), b.node.Schema())}
	if kind != plan.Right {
		u.Ins = append(u.Ins, withoutPair(a.node, pairs, 0, u.Out, j.Pos))
	}
	if kind != plan.Left {
		u.Ins = append(u.Ins, withoutPair(b.node, pairs, wl, u.Out, j.Pos))
	}
	return &fromItem{node: u, scope: concat(a.scope, b.scope.shifted(wl))}
}

// withoutPair is the rows of one side that are in no pair, where its columns begin at
// column at, with NULLs around them.
func withoutPair(side, pairs plan.Node, at int, out types.Schema, pos sql.Pos) plan.Node {
	w := width(side)
	conds := make([]plan.Expr, w)
	for i := range w {
		x, y := colOf(side, i), colOf(pairs, at+i)
		if !comparable(x.T) {
			unsupported(pos, "a sub-query over both sides in the ON of an outer join is not supported with columns of type %s", x.T)
		}
		y.Index += w
		conds[i] = binaryCall(opNotDistinct, x, y)
	}
	lone := newJoin(joinSpec{kind: plan.Anti}, side, pairs, conds)
	exprs := make([]plan.Expr, len(out))
	for i, c := range out {
		exprs[i] = &plan.Const{Value: types.Null, T: c.Type}
		if i >= at && i < at+w {
			exprs[i] = colOf(lone, i-at)
		}
	}
	return projectAs(lone, exprs, schemaNames(out))
}

// sidedSubs computes sub-queries of a join condition on the sides that they read.
type sidedSubs struct {
	l           *level
	wl          int
	left, right plan.Node
}

// grownCol marks, until the left side has all its columns, a column added to it.
const grownCol = 1 << 20

func (on *sidedSubs) replace(e plan.Expr) plan.Expr {
	s, ok := e.(*subExpr)
	if !ok {
		return nil
	}
	var xs []plan.Expr
	switch on.l.readsSide(s, on.wl) {
	case leftSide:
		on.left, xs = on.l.attach(on.left, []plan.Expr{s})
		return plan.MapCols(xs[0], func(i int) int { return i + grownCol })
	}
	moved := on.l.mapSub(s, func(x plan.Expr) plan.Expr {
		return plan.MapCols(x, func(i int) int { return i - on.wl })
	})
	on.right, xs = on.l.attach(on.right, []plan.Expr{moved})
	return plan.MapCols(xs[0], func(i int) int { return i + on.wl })
}

// readsSide tells which side of a join a sub-query in its condition reads.
func (l *level) readsSide(s *subExpr, wl int) side {
	found := noSide
	l.mapSub(s, func(x plan.Expr) plan.Expr {
		found |= sideOf(x, wl)
		return x
	})
	return found
}

func hasSub(e plan.Expr) bool {
	found := false
	plan.WalkExpr(e, func(e plan.Expr) bool {
		_, ok := e.(*subExpr)
		found = found || ok
		return !found
	})
	return found
}

// commonNames are the columns of a NATURAL join, in the order of the left side.
func commonNames(a, b *scope) []string {
	var out []string
	for _, c := range a.cols {
		if !c.hidden && len(findVisible(b.cols, c.name)) > 0 {
			out = append(out, c.name)
		}
	}
	return out
}

func findVisible(cols []scopeCol, name string) []scopeCol {
	var out []scopeCol
	for _, c := range cols {
		if c.name == name && !c.hidden {
			out = append(out, c)
		}
	}
	return out
}

// joinUsing joins on equality of the named columns and merges each pair into one.
func (l *level) joinUsing(j *sql.Join, a, b *fromItem, names []string) *fromItem {
	wl := width(a.node)
	right := b.scope.shifted(wl)
	var conds []plan.Expr
	var merged []scopeCol
	for i, name := range names {
		for _, earlier := range names[:i] {
			if earlier == name {
				fail(sql.NoPos, pgerr.DuplicateColumn, "column name \"%s\" appears more than once in USING clause", name)
			}
		}
		x := usingColumn(a.scope, name, "left")
		y := usingColumn(right, name, "right")
		pair, _ := l.b.common("JOIN/USING", []plan.Expr{x, y}, func(int) sql.Pos { return j.Pos })
		op := "="
		if j.Asof && i == len(names)-1 {
			op = ">="
		}
		conds = append(conds, l.operator(op, j.Pos, x, y))
		merged = append(merged, scopeCol{name: name, x: mergedColumn(j.Kind, pair)})
	}
	var out *fromItem
	if j.Asof {
		out = l.asof(j, a, b, conds)
	} else {
		out = l.joined(j.Kind, a, b, conds, j.Pos)
	}
	cols := append([]scopeCol(nil), merged...)
	cols = append(cols, without(a.scope.cols, names)...)
	out.scope.cols = append(cols, without(right.cols, names)...)
	if j.UsingAlias != "" {
		out.scope.tables = append(out.scope.tables, &rangeVar{name: j.UsingAlias, cols: merged, merged: true})
	}
	return out
}

// mergedColumn is the value of a USING column: the side that is always there, or
// for FULL whichever is.
func mergedColumn(kind sql.JoinKind, pair []plan.Expr) plan.Expr {
	switch kind {
	case sql.JoinRight:
		return pair[1]
	case sql.JoinFull:
		return orElse(pair[0], pair[1])
	}
	return pair[0]
}

func usingColumn(s *scope, name, where string) plan.Expr {
	found := findVisible(s.cols, name)
	switch {
	case len(found) == 0:
		fail(sql.NoPos, pgerr.UndefinedColumn, "column \"%s\" specified in USING clause does not exist in %s table", name, where)
	case len(found) > 1:
		fail(sql.NoPos, pgerr.AmbiguousColumn, "common column name \"%s\" appears more than once in %s table", name, where)
	}
	return found[0].x
}

func without(cols []scopeCol, names []string) []scopeCol {
	var out []scopeCol
	for _, c := range cols {
		keep := c.hidden
		if !keep {
			keep = true
			for _, n := range names {
				keep = keep && c.name != n
			}
		}
		if keep {
			out = append(out, c)
		}
	}
	return out
}

// aliasJoin gives a parenthesised join a name of its own, which hides those inside.
func aliasJoin(item *fromItem, j *sql.Join) *fromItem {
	r := &rangeVar{name: j.Alias.Name}
	for _, c := range item.scope.cols {
		if !c.hidden {
			r.cols = append(r.cols, c)
		}
	}
	renameColumns(r, j.Alias.Columns)
	return &fromItem{node: item.node, scope: scopeOf(r)}
}
