package planner

import (
	"slices"
	"strconv"
	"strings"

	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/builtin"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// clockAllowed reports whether the clock may be read here in a continuous query: in a
// condition of WHERE, for which temporal then finds out when each row comes and goes.
func (l *level) clockAllowed() bool { return l.clause == "WHERE" }

// temporal replaces conditions on the clock by Temporal nodes, and refuses all other uses
// of the clock in a continuous query.
func (b *binder) temporal(n plan.Node) plan.Node {
	return plan.Rewrite(n, func(n plan.Node) plan.Node {
		f, ok := n.(*plan.Filter)
		if !ok {
			refuseClock(plan.NodeExprs(n))
			return n
		}
		var rest []plan.Expr
		var t plan.Temporal
		for _, c := range plan.Conjuncts(f.Pred) {
			if !readsClock(c) {
				rest = append(rest, c)
			} else if !addMoment(&t, c) {
				refuseClock([]plan.Expr{c})
			}
		}
		if t.From == nil && t.Until == nil {
			return n
		}
		t.Input = filter(f.Input, rest...)
		return &t
	})
}

// clockCall is the time of the statement, or of the epoch, as an instant.
func clockCall(e plan.Expr) bool {
	c, ok := e.(*plan.Call)
	if ok && len(c.Args) == 0 {
		switch c.Func.Name {
		case "now", "current_timestamp", "transaction_timestamp", "statement_timestamp", "localtimestamp":
			return true
		}
	}
	cast, ok := e.(*plan.Cast)
	return ok && isTimestamp(cast.To) && isTimestamp(cast.X.Type()) && clockCall(cast.X)
}

func isTimestamp(t types.Type) bool {
	return t.Kind == types.KindTimestamp || t.Kind == types.KindTimestamptz
}

func readsClock(e plan.Expr) bool {
	found := false
	plan.WalkExpr(e, func(e plan.Expr) bool {
		c, ok := e.(*plan.Call)
		found = found || ok && clockFuncs[c.Func.Name] && c.Func.Volatility == builtin.Stable
		return !found
	})
	return found
}

func refuseClock(es []plan.Expr) {
	if !slices.ContainsFunc(es, readsClock) {
		return
	}
	raise(sql.NoPos, pgerr.New(pgerr.FeatureNotSupported, "this use of the clock is not allowed in a continuous query").
		WithHint("Compare a time of the row with now(), plus or minus an interval of days or shorter units, "+
			"in a condition of WHERE that stands alone or under AND."))
}

// addMoment reads a comparison of the clock with a time of the row.
func addMoment(t *plan.Temporal, e plan.Expr) bool {
	c, ok := e.(*plan.Call)
	if !ok || len(c.Args) != 2 {
		return false
	}
	op, l, r := c.Func.Name, c.Args[0], c.Args[1]
	if readsClock(r) {
		op, l, r = map[string]string{"<": ">", "<=": ">=", ">": "<", ">=": "<=", "=": "="}[op], r, l
	}
	by, ok := clockPlus(l)
	if !ok || readsClock(r) || !isTimestamp(r.Type()) {
		return false
	}
	at := plan.Moment{X: r, Offset: -by}
	next := plan.Moment{X: r, Offset: 1 - by}
	switch op {
	case "<":
		t.Until = append(t.Until, at)
	case "<=":
		t.Until = append(t.Until, next)
	case ">":
		t.From = append(t.From, next)
	case ">=":
		t.From = append(t.From, at)
	case "=":
		t.From, t.Until = append(t.From, at), append(t.Until, next)
	default:
		return false
	}
	return true
}

// clockPlus reads the clock plus or minus a length of time, in microseconds.
func clockPlus(e plan.Expr) (int64, bool) {
	if clockCall(e) {
		return 0, true
	}
	if cast, ok := e.(*plan.Cast); ok && isTimestamp(cast.To) && isTimestamp(cast.X.Type()) {
		return clockPlus(cast.X)
	}
	c, ok := e.(*plan.Call)
	if !ok || len(c.Args) != 2 || c.Func.Name != "+" && c.Func.Name != "-" {
		return 0, false
	}
	by, ok := clockPlus(c.Args[0])
	k, isConst := c.Args[1].(*plan.Const)
	if !ok || !isConst || !k.Value.Set || k.T.Kind != types.KindInterval {
		return 0, false
	}
	v := types.DecodeInterval([]byte(k.Value.S))
	length := int64(v.Days)*microsPerDay + v.Micros
	if c.Func.Name == "-" {
		length = -length
	}
	return by + length, v.Months == 0
}

// expire makes the rows of streams leave a continuous query ttl microseconds after their
// rowtime.
func expire(n plan.Node, ttl int64) plan.Node {
	return plan.Rewrite(n, func(n plan.Node) plan.Node {
		s, ok := n.(*plan.Scan)
		if !ok || !readsStream(s) {
			return n
		}
		at := slices.Index(s.Cols, len(s.Object.Columns))
		return &plan.Temporal{Input: s, Until: []plan.Moment{{X: colOf(s, at), Offset: ttl}}}
	})
}

// temporalNode keeps the columns that the moments read.
func (p *pruner) temporalNode(n *plan.Temporal, need []bool) (plan.Node, []int) {
	in, at := p.prune(n.Input, withCols(need, plan.NodeExprs(n)...))
	if in == n.Input {
		return n, at
	}
	return plan.MapNodeExprs(plan.WithInputs(n, []plan.Node{in}), func(e plan.Expr) plan.Expr { return moved(e, at) }), at
}

func momentsText(list []plan.Moment, name func(int) string) string {
	parts := make([]string, len(list))
	for i, m := range list {
		parts[i] = plan.FormatExpr(m.X, name)
		if m.Offset != 0 {
			parts[i] += " + " + types.IntervalValue{Micros: m.Offset}.String()
		}
	}
	return strings.Join(parts, ", ")
}

// TTL reads the option ttl of a view: an interval of days or shorter units, in
// microseconds.
func TTL(text string) (int64, error) {
	d, err := types.ParseText(types.Interval, text, nil)
	if err != nil {
		return 0, err
	}
	v := types.DecodeInterval([]byte(d.S))
	ttl := int64(v.Days)*microsPerDay + v.Micros
	if v.Months != 0 || ttl <= 0 {
		return 0, pgerr.Newf(pgerr.InvalidParameterValue, "invalid value for parameter %s: %s", strconv.Quote("ttl"), strconv.Quote(text)).
			WithDetail("%s", "The value is an interval greater than zero, of days or shorter units.")
	}
	return ttl, nil
}
