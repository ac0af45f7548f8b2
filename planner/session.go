package planner

import (
	"slices"

	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// newSession puts the rows of n into sessions.
func newSession(n plan.Node, ts plan.Expr, keys []plan.Expr, gap int64, inclusive bool) *plan.Session {
	out := append(types.Schema(nil), n.Schema()...)
	for _, name := range []string{"window_start", "window_end"} {
		out = append(out, types.Column{Name: name, Type: ts.Type().Base(), NotNull: true})
	}
	return &plan.Session{
		Input: n, Time: ts, Keys: keys, Gap: gap, Inclusive: inclusive, Out: out,
		Life: plan.SessionLife{RowWatermark: -1},
	}
}

// sessionFunc binds SESSION(relation [PARTITION BY ...], time column, [keys,] gap).
func (l *level) sessionFunc(ref *sql.FuncRef, e *sql.Call) *fromItem {
	last := len(e.Args) - 1
	if last < 2 || e.ArgNames != nil {
		raise(e.Pos, pgerr.New(pgerr.UndefinedFunction, "session takes a relation, a time column and an interval").
			WithHint("Write SESSION(TABLE s PARTITION BY k, ts, INTERVAL '10 minutes')."))
	}
	arg := e.Args[0].(*sql.TableArg)
	base := l.table(&sql.Table{Pos: arg.Pos, Name: arg.Name})
	saved := l.scope
	l.scope = base.scope
	ts := l.windowTime("session", e.Args[1])
	gap := sessionGap(l.windowInterval("session", "gap", e.Args[last]), startOf(e.Args[last]))
	var keys []plan.Expr
	for _, k := range slices.Concat(arg.PartitionBy, e.Args[2:last]) {
		x := l.b.resolveText(l.in("PARTITION BY", false, k), startOf(k))
		checkGroupable(x, startOf(k))
		keys = append(keys, x)
	}
	l.scope = saved
	return windowScope(ref, base, newSession(base.node, ts, keys, gap, false))
}

// sessionGap is a gap in microseconds.
func sessionGap(v types.IntervalValue, pos sql.Pos) int64 {
	gap := int64(v.Days)*microsPerDay + v.Micros
	if v.Months != 0 || gap <= 0 {
		fail(pos, pgerr.InvalidParameterValue, "gap of a session must be greater than zero, of days or shorter units")
	}
	return gap
}

// sessionClause is WINDOW SESSION of a level. Its node is made when WHERE has been
// applied and the keys are known; start and end stand for its last columns until then.
type sessionClause struct {
	ts  plan.Expr
	gap int64
	at  int // columns before the bounds
}

// bindSession binds WINDOW SESSION (gap).
func (l *level) bindSession(w *sql.StreamWindow) {
	ts := l.timeColumn(w.Pos)
	at := width(l.node)
	t := ts.Type().Base()
	gap := sessionGap(spanInterval(w.Size), w.Size.Pos)
	l.window = &streamWindow{
		life:    windowLife(w, gap),
		start:   &plan.Col{Index: at, T: t},
		end:     &plan.Col{Index: at + 1, T: t},
		session: &sessionClause{ts: ts, gap: gap, at: at},
	}
}

// sessions puts the rows of node, which WHERE has left, into the sessions of the
// GROUP BY keys.
func (l *level) sessions(node plan.Node, sel *selection) plan.Node {
	s := l.window.session
	if sel.where != nil && readsFrom(sel.where, s.at) {
		unsupported(sql.NoPos, "the bounds of a session are not known in WHERE")
	}
	var by []plan.Expr
	for _, k := range sel.keys {
		if hasOwn(k) || readsFrom(k, s.at) && !plan.Equal(k, l.window.start) && !plan.Equal(k, l.window.end) {
			unsupported(sql.NoPos, "this GROUP BY expression is not supported with session windows")
		}
		if !readsFrom(k, s.at) {
			by = append(by, k)
		}
	}
	return newSession(narrow(node, s.at), s.ts, by, s.gap, true)
}

func sessionTimes(n *plan.Session) []eventTime {
	lag, ok := exprLag(n.Time, eventTimes(n.Input))
	if !ok {
		return nil
	}
	return []eventTime{{col: width(n.Input) + 1, lag: lag + endLag(n.Gap, n.Inclusive)}}
}

func sessionAggregateTimes(n *plan.SessionAggregate) []eventTime {
	at := len(n.Keys) + 1
	if n.Final {
		return []eventTime{{col: at, lag: n.Close - n.Gap + endLag(n.Gap, n.Inclusive)}}
	}
	for _, t := range eventTimes(n.Input) {
		if t.col == n.Time {
			return []eventTime{{col: at, lag: t.lag + endLag(n.Gap, n.Inclusive)}}
		}
	}
	return nil
}

// endLag is how far behind the end of a session a row may still come for it.
func endLag(gap int64, inclusive bool) int64 {
	if inclusive {
		return gap
	}
	return 0
}

// session keeps what its time and keys read.
func (p *pruner) session(n *plan.Session, need []bool) (plan.Node, []int) {
	w := width(n.Input)
	in, inAt := p.prune(n.Input, withCols(need[:w:w], append([]plan.Expr{n.Time}, n.Keys...)...))
	at := append(append([]int(nil), inAt...), width(in), width(in)+1)
	if in == n.Input {
		return n, at
	}
	c := *n
	c.Input, c.Time = in, moved(n.Time, inAt)
	c.Keys = make([]plan.Expr, len(n.Keys))
	for i, k := range n.Keys {
		c.Keys[i] = moved(k, inAt)
	}
	c.Out = append(append(types.Schema(nil), in.Schema()...), n.Out[w:]...)
	return &c, at
}

// sessionUnder is the Session that n projects, nil for none.
func sessionUnder(n plan.Node) *plan.Session {
	switch n := n.(type) {
	case *plan.Project:
		return sessionUnder(n.Input)
	case *plan.Session:
		return n
	}
	return nil
}

// boundSession replaces the Session below n by one that the watermark ends.
func boundSession(n plan.Node, late int64) plan.Node {
	switch n := n.(type) {
	case *plan.Project:
		c := *n
		c.Input = boundSession(n.Input, late)
		return &c
	case *plan.Session:
		c := *n
		w := width(n.Input)
		c.Input, c.Life.RowWatermark = withRowWatermark(n.Input)
		c.Life.Bounded, c.Life.Late = true, late
		if width(c.Input) == w {
			return &c
		}
		c.Out = slices.Concat(c.Input.Schema(), n.Out[w:])
		exprs := identity(&c)
		return project(&c, append(exprs[:w:w], exprs[w+1:]...))
	}
	panic(pgerr.Bug("no session in %T", n))
}

// fuseSessions makes an aggregate over the sessions of its own keys one operator, which
// keeps no rows, if rows are only added and its aggregates can be merged.
func fuseSessions(a *plan.Aggregate) plan.Node {
	s, exprs := sessionInput(a)
	if s == nil || !AppendOnly(s.Input) {
		return a
	}
	w := width(s.Input)
	f := &sessionFusion{out: &plan.SessionAggregate{Gap: s.Gap, Inclusive: s.Inclusive, Life: s.Life}}
	order := make([]int, 0, len(a.Out)) // output columns of the aggregate among those of f.out; -1 start, -2 end
	var by []plan.Expr
	bounds := false
	for _, k := range a.Keys {
		x := exprs[k]
		if c, ok := x.(*plan.Col); ok && c.Index >= w {
			order, bounds = append(order, w-1-c.Index), true
			continue
		}
		if readsFrom(x, w) {
			return a
		}
		order = append(order, len(f.out.Keys))
		f.out.Keys = append(f.out.Keys, f.add(x))
		by = append(by, x)
	}
	if !bounds || !sameExprs(by, s.Keys) || !f.addAggs(a, exprs, w) {
		return a
	}
	f.out.Time = f.add(s.Time)
	if at := s.Life.RowWatermark; at >= 0 {
		f.out.Life.RowWatermark = f.add(colOf(s.Input, at))
	}
	if t := a.Time; t != nil && t.Bounded {
		f.out.Close, f.out.Final, f.out.Retract = t.Close+s.Gap-endLag(s.Gap, s.Inclusive), t.Final, t.Retract
	}
	f.out.Input = project(s.Input, f.exprs)
	return f.finish(a, s, order)
}

// sessionInput is the Session below an aggregate, and the columns of the aggregate's
// input as expressions over it.
func sessionInput(a *plan.Aggregate) (*plan.Session, []plan.Expr) {
	exprs := identity(a.Input)
	in := a.Input
	for {
		switch n := in.(type) {
		case *plan.Session:
			return n, exprs
		case *plan.Project:
			for i, x := range exprs {
				exprs[i] = plan.Substitute(x, n.Exprs)
			}
			in = n.Input
		default:
			return nil, nil
		}
	}
}

// sessionFusion gathers the columns below a SessionAggregate.
type sessionFusion struct {
	out   *plan.SessionAggregate
	exprs []plan.Expr
}

func (f *sessionFusion) add(x plan.Expr) int {
	if i := indexOfExpr(f.exprs, x); i >= 0 {
		return i
	}
	f.exprs = append(f.exprs, x)
	return len(f.exprs) - 1
}

func (f *sessionFusion) addAggs(a *plan.Aggregate, exprs []plan.Expr, w int) bool {
	for _, g := range a.Aggs {
		if g.Distinct || len(g.OrderBy) > 0 || !g.Agg.CanMerge(g.ArgTypes) {
			return false
		}
		args := g.Args
		g.Args = nil
		if g.Filter >= 0 {
			args = append(slices.Clone(args), g.Filter)
		}
		for _, c := range args {
			if readsFrom(exprs[c], w) {
				return false
			}
			g.Args = append(g.Args, f.add(exprs[c]))
		}
		if n := len(g.Args); g.Filter >= 0 {
			g.Args, g.Filter = g.Args[:n-1], g.Args[n-1]
		}
		f.out.Aggs = append(f.out.Aggs, g)
	}
	return true
}

// finish gives the columns the order that the aggregate had.
func (f *sessionFusion) finish(a *plan.Aggregate, s *plan.Session, order []int) plan.Node {
	n := f.out
	in := n.Input.Schema()
	for _, k := range n.Keys {
		n.Out = append(n.Out, in[k])
	}
	keys := len(n.Keys)
	n.Out = append(n.Out, s.Out[len(s.Out)-2:]...)
	n.Out = append(n.Out, a.Out[len(a.Keys):]...)
	var exprs []plan.Expr
	var names []string
	for _, at := range order {
		if at < 0 {
			at = keys - 1 - at
		}
		exprs = append(exprs, colOf(n, at))
	}
	for i := range n.Aggs {
		exprs = append(exprs, colOf(n, keys+2+i))
	}
	for _, c := range a.Out {
		names = append(names, c.Name)
	}
	return projectAs(n, exprs, names)
}

// sameExprs reports whether two lists hold the same expressions in any order.
func sameExprs(a, b []plan.Expr) bool {
	in := func(list []plan.Expr, x plan.Expr) bool { return indexOfExpr(list, x) >= 0 }
	for _, x := range a {
		if !in(b, x) {
			return false
		}
	}
	for _, x := range b {
		if !in(a, x) {
			return false
		}
	}
	return true
}
