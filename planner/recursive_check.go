package planner

import (
	"millrace/sql"
	"millrace/sql/pgerr"
)

// Where a recursive query must not name itself, as PostgreSQL says it.
const (
	inNonRecursive = "its non-recursive term"
	inSubquery     = "a subquery"
	inOuterJoin    = "an outer join"
	inIntersect    = "INTERSECT"
	inExcept       = "EXCEPT"
)

// refFinder looks for the references to a WITH query by name. Where forbidden is
// not empty they are errors.
type refFinder struct {
	name      string
	forbidden string
	check     bool
	count     int
}

// countRefs is how often n names a WITH query.
func countRefs(name string, n sql.Node) int {
	f := &refFinder{name: name}
	sql.Walk(n, f.visit)
	return f.count
}

// checkRecursion refuses a UNION that names itself where that has no meaning.
func checkRecursion(name string, union *sql.SetOp) {
	f := &refFinder{name: name, check: true}
	f.within(inNonRecursive, union.Left)
	sql.Walk(union.Right, f.visit)
}

func (f *refFinder) within(where string, nodes ...sql.Node) {
	where, f.forbidden = f.forbidden, where
	for _, n := range nodes {
		sql.Walk(n, f.visit)
	}
	f.forbidden = where
}

func (f *refFinder) visit(n sql.Node) bool {
	switch n := n.(type) {
	case *sql.Query:
		return !f.hidden(n.With)
	case *sql.Table:
		f.table(n)
	case *sql.Join:
		return f.join(n)
	case *sql.SetOp:
		return f.setOp(n)
	case *sql.Exists:
		return f.sub(nil, n.Query)
	case *sql.Subquery:
		return f.sub(nil, n.Query)
	case *sql.ArraySubquery:
		return f.sub(nil, n.Query)
	case *sql.InSubquery:
		return f.sub(n.X, n.Query)
	case *sql.Quantified:
		if n.Query != nil {
			return f.sub(n.X, n.Query)
		}
	}
	return true
}

// hidden reports whether a WITH inside has a query of the same name.
func (f *refFinder) hidden(w *sql.With) bool {
	if w == nil {
		return false
	}
	for _, c := range w.CTEs {
		if c.Name == f.name {
			return true
		}
	}
	return false
}

func (f *refFinder) table(t *sql.Table) {
	if len(t.Name.Parts) != 1 || t.Name.Parts[0] != f.name {
		return
	}
	f.count++
	switch {
	case !f.check:
	case f.forbidden != "":
		fail(t.Pos, pgerr.InvalidRecursion, "recursive reference to query \"%s\" must not appear within %s", f.name, f.forbidden)
	case f.count > 1:
		fail(t.Pos, pgerr.InvalidRecursion, "recursive reference to query \"%s\" must not appear more than once", f.name)
	}
}

// join forbids references on the side that an outer join may fill with NULLs.
func (f *refFinder) join(j *sql.Join) bool {
	left, right := f.forbidden, f.forbidden
	if j.Kind == sql.JoinLeft || j.Kind == sql.JoinFull {
		right = inOuterJoin
	}
	if j.Kind == sql.JoinRight || j.Kind == sql.JoinFull {
		left = inOuterJoin
	}
	f.within(left, j.Left)
	f.within(right, j.Right)
	if j.On != nil {
		sql.Walk(j.On, f.visit)
	}
	return false
}

func (f *refFinder) setOp(s *sql.SetOp) bool {
	left, right := f.forbidden, f.forbidden
	switch {
	case s.Op == sql.Intersect && s.All:
		left, right = inIntersect, inIntersect
	case s.Op == sql.Except:
		right = inExcept
		if s.All {
			left = inExcept
		}
	}
	f.within(left, s.Left)
	f.within(right, s.Right)
	return false
}

func (f *refFinder) sub(x sql.Expr, q *sql.Query) bool {
	if x != nil {
		sql.Walk(x, f.visit)
	}
	f.within(inSubquery, q)
	return false
}

// orderCTEs puts the queries of WITH RECURSIVE, each of which may name any other,
// behind those they name.
func orderCTEs(w *sql.With) []*sql.CTE {
	left := append([]*sql.CTE(nil), w.CTEs...)
	var out []*sql.CTE
	for len(left) > 0 {
		at := -1
		for i, c := range left {
			if !namesOther(c, left) {
				at = i
				break
			}
		}
		if at < 0 {
			unsupported(left[0].Pos, "mutual recursion between WITH items is not implemented")
		}
		out = append(out, left[at])
		left = append(left[:at:at], left[at+1:]...)
	}
	return out
}

func namesOther(c *sql.CTE, others []*sql.CTE) bool {
	for _, o := range others {
		if o.Name != c.Name && countRefs(o.Name, c.Statement) > 0 {
			return true
		}
	}
	return false
}
