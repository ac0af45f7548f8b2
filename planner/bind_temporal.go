package planner

import (
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// A temporal join looks rows of a stream up in a table as it is in their epoch. It is
// written with FOR SYSTEM_TIME AS OF, and is what JOIN means between a stream and a
// table in a query that writes a stream, as in ksqlDB.

// joinRight binds the right side of a join, which may be FOR SYSTEM_TIME AS OF.
func (l *level) joinRight(j *sql.Join, a *fromItem) *fromItem {
	t, ok := j.Right.(*sql.Table)
	if !ok || t.AsOf == nil {
		return l.fromItem(j.Right, a)
	}
	if j.Kind != sql.JoinInner && j.Kind != sql.JoinLeft || j.Asof {
		unsupported(t.Pos, "FOR SYSTEM_TIME AS OF is supported on the right side of JOIN and LEFT JOIN only")
	}
	l.checkAsOf(t.AsOf, a)
	if l.b.continuous && !AppendOnly(a.node) {
		raise(j.Pos, pgerr.New(pgerr.FeatureNotSupported, "the left side of a join FOR SYSTEM_TIME AS OF must be a stream").
			WithHint("Its rows are looked up once, so none may change or be deleted later."))
	}
	l.temporalSide = true
	b := l.fromItem(t, a)
	b.temporal = true
	return b
}

// checkAsOf accepts the moments that mean the epoch of the left row: its rowtime, and
// functions for the present.
func (l *level) checkAsOf(e sql.Expr, a *fromItem) {
	if c, ok := e.(*sql.Call); ok && c.Name.Last() == "proctime" && len(c.Args) == 0 {
		return
	}
	saved := l.scope
	l.scope = a.scope
	x := l.in("FOR SYSTEM_TIME AS OF", false, e)
	l.scope = saved
	switch x := x.(type) {
	case *plan.Col:
		if x.T.Kind == types.KindTimestamptz && a.node.Schema()[x.Index].Name == "rowtime" {
			return
		}
	case *plan.Call:
		if x.Func.Name == "now" {
			return
		}
	}
	raise(startOf(e), pgerr.New(pgerr.FeatureNotSupported, "this time is not supported in FOR SYSTEM_TIME AS OF").
		WithHint("Use PROCTIME(), now() or the rowtime of the left side."))
}

// isTemporal reports whether a join looks the left rows up once.
func (l *level) isTemporal(kind sql.JoinKind, left, right *fromItem) bool {
	if right.temporal {
		return true
	}
	looksUp := kind == sql.JoinInner || kind == sql.JoinLeft || kind == sql.JoinCross
	return l.b.o.Sink != nil && looksUp && !treeRefersTo(right.node, l) &&
		AppendOnly(left.node) && readsStream(left.node) && !AppendOnly(right.node)
}
