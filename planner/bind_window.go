package planner

import (
	"slices"
	"strconv"

	"millrace/catalog"
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/builtin"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// streamWindow is ksqlDB's WINDOW clause: the bounds of each row's window.
type streamWindow struct {
	start, end plan.Expr
	session    *sessionClause // of a SESSION window
	life       *plan.AggTime
}

// isWindowFunc reports whether a call in FROM is a window over a relation.
func isWindowFunc(e *sql.Call) bool {
	switch e.Name.Last() {
	case "tumble", "hop", "cumulate", "session":
		if len(e.Args) == 0 {
			return false
		}
		_, ok := e.Args[0].(*sql.TableArg)
		return ok
	}
	return false
}

// windowForm is how a window function is written.
type windowForm struct {
	kind builtin.WindowKind
	hint string
	// lengths are the names of the intervals behind the time column.
	lengths []string
}

var windowForms = map[string]windowForm{
	"tumble": {builtin.TumbleWindows, "TUMBLE(s, ts, INTERVAL '1 minute')", []string{"size"}},
	"hop":    {builtin.HopWindows, "HOP(s, ts, INTERVAL '1 minute', INTERVAL '5 minutes')", []string{"step", "size"}},
	"cumulate": {
		builtin.CumulateWindows, "CUMULATE(s, ts, INTERVAL '1 hour', INTERVAL '1 day')",
		[]string{"step", "size"},
	},
}

// windowFunc binds TUMBLE(relation, time column, size), HOP and CUMULATE(relation, time
// column, step, size), each with an offset and a time zone behind it: the relation's
// columns and window_start and window_end.
func (l *level) windowFunc(ref *sql.FuncRef, e *sql.Call) *fromItem {
	name := e.Name.Last()
	if name == "session" {
		return l.sessionFunc(ref, e)
	}
	form, ok := windowForms[name]
	if !ok {
		unsupported(e.Pos, "window function %s is not supported", name)
	}
	args := l.windowArgs(e, form)
	arg := args[0].(*sql.TableArg)
	if len(arg.PartitionBy) > 0 {
		fail(startOf(arg.PartitionBy[0]), pgerr.SyntaxError, "PARTITION BY is for session windows only")
	}
	base := l.table(&sql.Table{Pos: arg.Pos, Name: arg.Name})
	saved := l.scope
	l.scope = base.scope
	ts := l.windowTime(name, args[1])
	var spec builtin.WindowSpec
	spec.Kind = form.kind
	for i, length := range form.lengths {
		v := l.windowInterval(name, length, args[2+i])
		if length == "size" {
			spec.Size = v
		} else {
			spec.Step = v
		}
	}
	rest := args[2+len(form.lengths):]
	if rest[0] != nil {
		spec.Offset = l.windowInterval(name, "offset", rest[0])
	}
	if rest[1] != nil {
		spec.Zone = l.windowZone(name, ts.Type(), rest[1])
	}
	l.scope = saved
	checkWindows(spec, startOf(args[1+len(form.lengths)]))
	return l.windowItem(ref, base, ts, spec)
}

// windowArgs brings the arguments into their order: relation, time column, lengths,
// offset, zone. The last two are nil where they are missing.
func (l *level) windowArgs(e *sql.Call, form windowForm) []sql.Expr {
	least := 2 + len(form.lengths)
	out := make([]sql.Expr, least+2)
	ok := len(e.Args) >= least && len(e.Args) <= least+2
	for i, a := range e.Args {
		at := i
		if i < len(e.ArgNames) && e.ArgNames[i] != "" {
			at = slices.Index(append(append([]string{"", ""}, form.lengths...), "offset", "zone"), e.ArgNames[i])
		}
		if at < 0 || at >= len(out) || out[at] != nil {
			ok = false
			break
		}
		out[at] = a
	}
	if !ok || slices.Contains(out[:least], nil) {
		raise(e.Pos, pgerr.Newf(pgerr.UndefinedFunction, "%s takes a relation, a time column, %s",
			e.Name.Last(), map[int]string{1: "and an interval", 2: "and two intervals"}[len(form.lengths)]).
			WithHint("Write %s; an offset and a time zone may follow.", form.hint))
	}
	return out
}

// windowTime binds the time column, also in Flink's form DESCRIPTOR(column).
func (l *level) windowTime(name string, e sql.Expr) plan.Expr {
	if d, ok := e.(*sql.Call); ok && d.Name.Last() == "descriptor" && len(d.Args) == 1 {
		e = d.Args[0]
	}
	ts := l.in("functions in FROM", false, e)
	if k := ts.Type().Kind; k != types.KindTimestamp && k != types.KindTimestamptz {
		fail(startOf(e), pgerr.DatatypeMismatch, "time column of %s must be a timestamp, not %s", name, ts.Type().Base())
	}
	return ts
}

// windowInterval binds a length, which is a constant.
func (l *level) windowInterval(name, what string, e sql.Expr) types.IntervalValue {
	x, ok := l.b.coerce(l.in("functions in FROM", false, e), types.Of(types.KindInterval), types.Implicit, startOf(e))
	if !ok {
		fail(startOf(e), pgerr.DatatypeMismatch, "%s of %s must be an interval", what, name)
	}
	c, ok := x.(*plan.Const)
	if !ok || !c.Value.Set {
		fail(startOf(e), pgerr.InvalidParameterValue, "%s of %s must be a constant", what, name)
	}
	return types.DecodeInterval([]byte(c.Value.S))
}

// windowZone binds the name of a time zone.
func (l *level) windowZone(name string, ts types.Type, e sql.Expr) string {
	if ts.Kind != types.KindTimestamptz {
		fail(startOf(e), pgerr.DatatypeMismatch, "a time zone of %s needs a time column of type timestamp with time zone", name)
	}
	x, ok := l.b.coerce(l.in("functions in FROM", false, e), textType, types.Implicit, startOf(e))
	c, isConst := x.(*plan.Const)
	if !ok || !isConst || !c.Value.Set {
		fail(startOf(e), pgerr.InvalidParameterValue, "time zone of %s must be a constant text", name)
	}
	_, err := types.LoadZone(c.Value.S)
	check(startOf(e), err)
	return c.Value.S
}

// windowItem appends the window columns behind the visible columns of base.
func (l *level) windowItem(ref *sql.FuncRef, base *fromItem, ts plan.Expr, spec builtin.WindowSpec) *fromItem {
	node := withWindows(base.node, ts, spec)
	return windowScope(ref, base, node)
}

// windowScope is base with the window columns, which are the last two of node.
func windowScope(ref *sql.FuncRef, base *fromItem, node plan.Node) *fromItem {
	w := width(node) - 2
	r := *base.scope.tables[0]
	var cols, hidden []scopeCol
	for _, c := range r.cols {
		if c.hidden {
			hidden = append(hidden, c)
		} else {
			cols = append(cols, c)
		}
	}
	cols = append(cols, scopeCol{name: "window_start", x: colOf(node, w)}, scopeCol{name: "window_end", x: colOf(node, w+1)})
	r.cols = append(cols, hidden...)
	if ref.Alias.Name != "" {
		r.name, r.schema = ref.Alias.Name, ""
	}
	renameColumns(&r, ref.Alias.Columns)
	return &fromItem{node: node, scope: scopeOf(&r)}
}

// checkWindows refuses windows that no row could have: a plan may not compute the
// bounds at all when nobody selects them.
func checkWindows(spec builtin.WindowSpec, pos sql.Pos) {
	_, err := builtin.NewTimeWindows(spec)
	check(pos, err)
}

// withWindows appends the bounds of the windows to the columns of n. A row has just one
// tumbling window, so that is a projection.
func withWindows(n plan.Node, ts plan.Expr, spec builtin.WindowSpec) plan.Node {
	if spec.Kind != builtin.TumbleWindows {
		return newTimeWindow(n, ts, spec)
	}
	args := []plan.Expr{ts, intervalConst(spec.Size)}
	if spec.Offset != (types.IntervalValue{}) || spec.Zone != "" {
		args = append(args, intervalConst(spec.Offset))
	}
	if spec.Zone != "" {
		args = append(args, &plan.Const{Value: types.BytesDatum(spec.Zone), T: textType})
	}
	names := append(schemaNames(n.Schema()), "window_start", "window_end")
	return projectAs(n, append(identity(n), call("tumble_start", args...), call("tumble_end", args...)), names)
}

func intervalConst(v types.IntervalValue) plan.Expr {
	return &plan.Const{Value: v.Datum(), T: types.Of(types.KindInterval)}
}

// streamWindow binds the WINDOW clause: it computes the bounds for each row of FROM.
func (l *level) streamWindow(s *sql.Select) {
	if s.Window == nil {
		return
	}
	w := s.Window
	if w.Kind == sql.WindowSession {
		l.bindSession(w)
		return
	}
	spec := builtin.WindowSpec{Size: spanInterval(w.Size)}
	if w.Kind == sql.WindowHopping {
		spec.Kind, spec.Step = builtin.HopWindows, spanInterval(*w.Advance)
	}
	windows, err := builtin.NewTimeWindows(spec)
	check(w.Size.Pos, err)
	at := width(l.node)
	l.node = withWindows(l.node, l.timeColumn(w.Pos), spec)
	l.window = &streamWindow{
		start: colOf(l.node, at), end: colOf(l.node, at+1),
		life: windowLife(w, windows.MaxSize()),
	}
}

// windowLife reads GRACE PERIOD and RETENTION. In ksqlDB a window is retained from its
// start on, so size is taken off.
func windowLife(w *sql.StreamWindow, size int64) *plan.AggTime {
	t := &plan.AggTime{Grace: -1, Retention: -1}
	if w.Grace != nil {
		t.Grace = spanMicros(*w.Grace)
	}
	if w.Retention != nil {
		t.Retention = spanMicros(*w.Retention) - size
		if t.Retention < max(t.Grace, 0) {
			fail(w.Retention.Pos, pgerr.InvalidParameterValue, "RETENTION must be at least the size of the window plus its grace period")
		}
	}
	return t
}

// spanMicros is n unit in microseconds, for units that do not differ in length.
func spanMicros(s sql.Span) int64 {
	v := spanInterval(s)
	if v.Months != 0 {
		fail(s.Pos, pgerr.InvalidParameterValue, "a grace period or retention must not be given in months or years")
	}
	return int64(v.Days)*microsPerDay + v.Micros
}

// timeColumn is the event time of the stream in FROM: its watermark column, or rowtime.
func (l *level) timeColumn(pos sql.Pos) plan.Expr {
	for _, t := range l.scope.tables {
		if t.obj == nil || t.obj.Kind != catalog.KindStream {
			continue
		}
		if t.obj.Watermark.Set {
			return t.cols[t.obj.Watermark.Column].x
		}
		if found := findCols(t.cols, "rowtime"); len(found) == 1 {
			return found[0].x
		}
	}
	fail(pos, pgerr.WrongObjectType, "WINDOW requires a stream in FROM")
	return nil
}

// spanInterval converts ksqlDB's n unit to an interval.
func spanInterval(s sql.Span) types.IntervalValue {
	d, err := types.ParseText(types.Of(types.KindInterval), strconv.FormatInt(s.N, 10)+" "+s.Unit, nil)
	check(s.Pos, err)
	return types.DecodeInterval([]byte(d.S))
}

// windowColumn finds the columns that a WINDOW clause adds: bounds as timestamps, and
// under ksqlDB's names as milliseconds since 1970.
func (l *level) windowColumn(name string) plan.Expr {
	if l.window == nil {
		return nil
	}
	switch name {
	case "window_start":
		return l.window.start
	case "window_end":
		return l.window.end
	case "windowstart":
		return call("window_millis", l.window.start)
	case "windowend":
		return call("window_millis", l.window.end)
	}
	return nil
}
