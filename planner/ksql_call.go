package planner

import (
	"strings"

	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/builtin"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// unitAsText reads the unit of time of ksqlDB's DATEADD(DAYS, 5, d), which stands
// there without quotes, as a string.
func unitAsText(name string, args []sql.Expr) []sql.Expr {
	if len(args) == 0 || !builtin.KsqlUnitFirst(name) {
		return args
	}
	c, ok := args[0].(*sql.ColumnRef)
	if !ok || len(c.Parts) != 1 || !builtin.KsqlUnit(c.Parts[0]) {
		return args
	}
	unit := &sql.Literal{Pos: c.Pos, Kind: sql.LitString, Text: strings.ToLower(c.Parts[0])}
	return append([]sql.Expr{unit}, args[1:]...)
}

// ksqlRound is ROUND and TRUNC of a double to a number of digits, which PostgreSQL has
// for numeric only; nil for all other calls.
func ksqlRound(name string, xs []plan.Expr) plan.Expr {
	if name != "round" && name != "trunc" || len(xs) != 2 || !xs[0].Type().IsFloat() || !xs[1].Type().IsInteger() {
		return nil
	}
	digits := castTo(xs[1], types.Int4)
	return castTo(call(name, castTo(xs[0], types.Numeric), digits), xs[0].Type().Base())
}

// offsetOrder is the order of the log for an aggregate that needs one: that of the
// offsets of the only stream in FROM.
func (l *level) offsetOrder(name string, pos sql.Pos) []orderExpr {
	var found []orderExpr
	streams := 0
	for _, t := range l.scope.tables {
		offset, partition := pseudo(t, "rowoffset"), pseudo(t, "rowpartition")
		if offset != nil && partition != nil {
			found = []orderExpr{{x: offset}, {x: partition}}
			streams++
		}
	}
	if streams != 1 {
		raise(pos, pgerr.Newf(pgerr.FeatureNotSupported, "%s without ORDER BY needs exactly one stream in FROM", name).
			WithHint("Write %s(... ORDER BY ...) to give the order.", name))
	}
	return found
}

// pseudo is the pseudo column of a stream, nil where there is none.
func pseudo(t *rangeVar, name string) plan.Expr {
	for _, c := range t.cols {
		if c.hidden && c.name == name {
			return c.x
		}
	}
	return nil
}
