package planner

import (
	"strconv"

	"millrace/catalog"
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/builtin"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// streamWindow is ksqlDB's WINDOW clause: the bounds of each row's window.
type streamWindow struct{ start, end plan.Expr }

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

// windowFunc binds TUMBLE(relation, time column, size): the relation's columns and
// window_start and window_end.
func (l *level) windowFunc(ref *sql.FuncRef, e *sql.Call) *fromItem {
	if name := e.Name.Last(); name != "tumble" {
		unsupported(e.Pos, "window function %s is not supported", name)
	}
	if len(e.Args) != 3 {
		raise(e.Pos, pgerr.New(pgerr.UndefinedFunction, "tumble takes a relation, a time column and an interval").
			WithHint("Write TUMBLE(s, ts, INTERVAL '1 minute')."))
	}
	arg := e.Args[0].(*sql.TableArg)
	base := l.table(&sql.Table{Pos: arg.Pos, Name: arg.Name})
	saved := l.scope
	l.scope = base.scope
	ts := l.in("functions in FROM", false, e.Args[1])
	size := l.in("functions in FROM", false, e.Args[2])
	l.scope = saved
	if k := ts.Type().Kind; k != types.KindTimestamp && k != types.KindTimestamptz {
		fail(startOf(e.Args[1]), pgerr.DatatypeMismatch, "time column of tumble must be a timestamp, not %s", ts.Type().Base())
	}
	size, ok := l.b.coerce(size, types.Of(types.KindInterval), types.Implicit, startOf(e.Args[2]))
	if !ok {
		fail(startOf(e.Args[2]), pgerr.DatatypeMismatch, "size of tumble must be an interval")
	}
	if c, isConst := size.(*plan.Const); !isConst || !c.Value.Set {
		fail(startOf(e.Args[2]), pgerr.InvalidParameterValue, "size of tumble must be a constant")
	}
	checkWindowSize(ts.Type(), size.(*plan.Const), startOf(e.Args[2]))
	return l.windowItem(ref, base, ts, size)
}

// windowItem appends the window columns behind the visible columns of base.
func (l *level) windowItem(ref *sql.FuncRef, base *fromItem, ts, size plan.Expr) *fromItem {
	start, end := tumble(ts, size)
	w := width(base.node)
	names := append(schemaNames(base.node.Schema()), "window_start", "window_end")
	node := projectAs(base.node, append(identity(base.node), start, end), names)
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

// checkWindowSize refuses a size that no row could have a window of: a plan may not
// compute the bounds at all when nobody selects them.
func checkWindowSize(ts types.Type, size *plan.Const, pos sql.Pos) {
	c := call("tumble_start", &plan.Const{Value: types.FixedDatum(0), T: ts.Base()}, size).(*plan.Call)
	_, err := builtin.Invoke(&builtin.Env{}, c.Func, []types.Datum{types.FixedDatum(0), size.Value},
		[]types.Type{ts.Base(), types.Interval}, c.T)
	if err != nil {
		raise(pos, pgerr.As(err))
	}
}

// tumble is the window of size that holds ts.
func tumble(ts, size plan.Expr) (start, end plan.Expr) {
	start = call("tumble_start", ts, size)
	return start, binaryCall("+", start, size)
}

// streamWindow binds the WINDOW clause: it computes the bounds for each row of FROM.
func (l *level) streamWindow(s *sql.Select) {
	if s.Window == nil {
		return
	}
	w := s.Window
	if w.Kind != sql.WindowTumbling {
		unsupported(w.Pos, "only TUMBLING windows are supported")
	}
	ts := l.timeColumn(w.Pos)
	size := &plan.Const{Value: spanInterval(w.Size), T: types.Of(types.KindInterval)}
	start, end := tumble(ts, size)
	at := width(l.node)
	names := append(schemaNames(l.node.Schema()), "window_start", "window_end")
	l.node = projectAs(l.node, append(identity(l.node), start, end), names)
	l.window = &streamWindow{start: colOf(l.node, at), end: colOf(l.node, at+1)}
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
func spanInterval(s sql.Span) types.Datum {
	if s.Unit == "month" || s.Unit == "year" {
		fail(s.Pos, pgerr.InvalidParameterValue, "windows of months or years are not supported")
	}
	d, err := types.ParseText(types.Of(types.KindInterval), strconv.FormatInt(s.N, 10)+" "+s.Unit, nil)
	check(s.Pos, err)
	return d
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
		return epochMillis(l.window.start)
	case "windowend":
		return epochMillis(l.window.end)
	}
	return nil
}

func epochMillis(ts plan.Expr) plan.Expr {
	epoch := &plan.Const{Value: types.BytesDatum("epoch"), T: textType}
	seconds := call("extract", epoch, ts)
	thousand := &plan.Const{Value: types.FixedDatum(1000), T: types.Int4}
	product := binaryCall("*", seconds, &plan.Cast{X: thousand, To: seconds.Type()})
	return &plan.Cast{X: product, To: types.Int8, Explicit: true}
}
