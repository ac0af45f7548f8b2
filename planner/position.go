package planner

import "millrace/sql"

// startOf is where an expression begins: PostgreSQL points there, not at the operator,
// when a value does not fit its place.
func startOf(e sql.Expr) sql.Pos {
	pos := e.Position()
	first := func(x sql.Expr) {
		if x == nil {
			return
		}
		if p := startOf(x); p >= 0 && (pos < 0 || p < pos) {
			pos = p
		}
	}
	switch e := e.(type) {
	case *sql.Binary:
		first(e.L)
	case *sql.Cast:
		first(e.X)
	case *sql.IsTest:
		first(e.X)
	case *sql.IsDistinct:
		first(e.L)
	case *sql.Like:
		first(e.X)
	case *sql.Between:
		first(e.X)
	case *sql.InList:
		first(e.X)
	case *sql.InSubquery:
		first(e.X)
	case *sql.Quantified:
		first(e.X)
	case *sql.Subscript:
		first(e.X)
	case *sql.Field:
		first(e.X)
	case *sql.AtTimeZone:
		first(e.X)
	case *sql.Collate:
		first(e.X)
	}
	return pos
}
