package session

import (
	"slices"

	"millrace/sql"
)

// withWindowBounds adds windowstart and windowend to the query of a windowed table that
// selects no bound of its windows: they are part of a row's key, and ksqlDB shows them
// behind the columns of GROUP BY.
func withWindowBounds(q *sql.Query) *sql.Query {
	s, ok := q.Body.(*sql.Select)
	if !ok || s.Window == nil || slices.ContainsFunc(s.Targets, selectsBound) {
		return q
	}
	keys := 0
	for keys < len(s.Targets) && isGroupKey(s.Targets[keys], s.GroupBy) {
		keys++
	}
	var bounds []*sql.Target
	for _, name := range []string{"windowstart", "windowend"} {
		bounds = append(bounds, &sql.Target{Pos: s.Window.Pos, Expr: &sql.ColumnRef{Pos: s.Window.Pos, Parts: []string{name}}})
	}
	body, out := *s, *q
	body.Targets = slices.Insert(slices.Clone(s.Targets), keys, bounds...)
	out.Body = &body
	return &out
}

func selectsBound(t *sql.Target) bool {
	c, ok := t.Expr.(*sql.ColumnRef)
	if !ok || len(c.Parts) == 0 {
		return false
	}
	switch c.Parts[len(c.Parts)-1] {
	case "windowstart", "windowend", "window_start", "window_end":
		return true
	}
	return false
}

func isGroupKey(t *sql.Target, keys []*sql.GroupItem) bool {
	text := sql.Format(t.Expr)
	return slices.ContainsFunc(keys, func(g *sql.GroupItem) bool {
		return g.Kind == sql.GroupExpr && slices.ContainsFunc(g.Exprs, func(e sql.Expr) bool { return sql.Format(e) == text })
	})
}
