package planner

import (
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/builtin"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// window is a bound window: which rows a call with OVER sees, in which order.
type window struct {
	partition  []plan.Expr
	order      []orderExpr
	hasFrame   bool
	frame      builtin.Frame
	start, end plan.Expr // offsets of the frame
}

// namedWindow is an entry of the WINDOW clause; w is nil until it is bound.
type namedWindow struct {
	name string
	spec *sql.WindowSpec
	w    *window
}

// defineWindows notes the WINDOW clause; entries are bound when they are used.
func (l *level) defineWindows(s *sql.Select) {
	for _, w := range s.Windows {
		if l.findWindow(w.Name) != nil {
			fail(w.Spec.Pos, pgerr.WindowingError, "window \"%s\" is already defined", w.Name)
		}
		l.windows = append(l.windows, &namedWindow{name: w.Name, spec: w.Spec})
	}
}

// bindWindows binds the entries of the WINDOW clause that nothing has used.
func (l *level) bindWindows() {
	for _, w := range l.windows {
		l.namedWindow(w)
	}
}

func (l *level) findWindow(name string) *namedWindow {
	for _, w := range l.windows {
		if w.name == name {
			return w
		}
	}
	return nil
}

// namedWindow binds an entry of the WINDOW clause; it may refer to those before it.
func (l *level) namedWindow(w *namedWindow) *window {
	if w.w == nil {
		all := l.windows
		for i := range all {
			if all[i] == w {
				l.windows = all[:i]
			}
		}
		w.w = l.bindWindow(w.spec, true)
		l.windows = all
	}
	return w.w
}

// overWindow is the window of OVER name or OVER (...).
func (l *level) overWindow(spec *sql.WindowSpec) *window {
	if spec.Name == "" {
		return l.bindWindow(spec, false)
	}
	return l.namedWindow(l.mustFind(spec.Name, spec.Pos))
}

func (l *level) mustFind(name string, pos sql.Pos) *namedWindow {
	w := l.findWindow(name)
	if w == nil {
		fail(pos, pgerr.UndefinedObject, "window \"%s\" does not exist", name)
	}
	return w
}

func (l *level) bindWindow(spec *sql.WindowSpec, named bool) *window {
	var base *window
	if spec.Base != "" {
		base = l.namedWindow(l.mustFind(spec.Base, spec.Pos))
	}
	w := &window{frame: builtin.DefaultFrame}
	const clause = "window definitions"
	for _, o := range spec.OrderBy {
		x := l.windowExpr(clause, o.Expr)
		checkOrderable(x, startOf(o.Expr))
		w.order = append(w.order, orderExpr{x: x, desc: descending(o), nullsFirst: nullsFirst(o)})
	}
	for _, e := range spec.PartitionBy {
		x := l.windowExpr(clause, e)
		checkGroupable(x, startOf(e))
		if indexOfExpr(w.partition, x) < 0 {
			w.partition = append(w.partition, x)
		}
	}
	if base != nil {
		w.inherit(base, spec, named)
	}
	if spec.Frame != nil {
		l.bindFrame(w, spec)
	}
	return w
}

func (l *level) windowExpr(clause string, e sql.Expr) plan.Expr {
	inOver, srfs := l.inOver, l.srfsAllowed
	l.inOver, l.srfsAllowed = false, false
	x := l.b.resolveText(l.in(clause, true, e), startOf(e))
	l.inOver, l.srfsAllowed = inOver, srfs
	return x
}

// inherit takes over what (base ...) has.
func (w *window) inherit(base *window, spec *sql.WindowSpec, named bool) {
	refuse := func(hint, format string) {
		err := pgerr.Newf(pgerr.WindowingError, format, spec.Base)
		if hint != "" {
			err = err.WithHint("%s", hint)
		}
		raise(spec.Pos, err)
	}
	switch {
	case len(w.partition) > 0:
		refuse("", "cannot override PARTITION BY clause of window \"%s\"")
	case len(w.order) > 0 && len(base.order) > 0:
		refuse("", "cannot override ORDER BY clause of window \"%s\"")
	case base.hasFrame && (named || len(w.order) > 0 || spec.Frame != nil):
		refuse("", "cannot copy window \"%s\" because it has a frame clause")
	case base.hasFrame:
		refuse("Omit the parentheses in this OVER clause.",
			"cannot copy window \"%s\" because it has a frame clause")
	}
	w.partition = append([]plan.Expr(nil), base.partition...)
	if len(w.order) == 0 {
		w.order = append([]orderExpr(nil), base.order...)
	}
}

var frameBounds = map[sql.BoundKind]builtin.FrameBound{
	sql.BoundUnboundedPreceding: builtin.UnboundedPreceding, sql.BoundPreceding: builtin.OffsetPreceding,
	sql.BoundCurrentRow: builtin.CurrentRow, sql.BoundFollowing: builtin.OffsetFollowing,
	sql.BoundUnboundedFollowing: builtin.UnboundedFollowing,
}

var frameExcludes = map[sql.FrameExclude]builtin.FrameExclude{
	sql.ExcludeNoOthers: builtin.ExcludeNothing, sql.ExcludeCurrentRow: builtin.ExcludeCurrentRow,
	sql.ExcludeGroup: builtin.ExcludeGroup, sql.ExcludeTies: builtin.ExcludeTies,
}

var frameModes = map[sql.FrameMode]struct {
	mode builtin.FrameMode
	name string
}{
	sql.FrameRange: {builtin.FrameRange, "RANGE"}, sql.FrameRows: {builtin.FrameRows, "ROWS"},
	sql.FrameGroups: {builtin.FrameGroups, "GROUPS"},
}

func (l *level) bindFrame(w *window, spec *sql.WindowSpec) {
	f := spec.Frame
	mode := frameModes[f.Mode]
	w.hasFrame = true
	w.frame = builtin.Frame{
		Mode: mode.mode, Start: frameBounds[f.Start.Kind], End: frameBounds[f.End.Kind],
		Exclude: frameExcludes[f.Exclude],
	}
	offsets := w.frame.Start.HasOffset() || w.frame.End.HasOffset()
	if mode.mode == builtin.FrameRange && offsets && len(w.order) != 1 {
		fail(spec.Pos, pgerr.WindowingError,
			"RANGE with offset PRECEDING/FOLLOWING requires exactly one ORDER BY column")
	}
	if mode.mode == builtin.FrameGroups && len(w.order) == 0 {
		fail(spec.Pos, pgerr.WindowingError, "GROUPS mode requires an ORDER BY clause")
	}
	w.start = l.frameOffset(w, mode.name, f.Start.Offset)
	w.end = l.frameOffset(w, mode.name, f.End.Offset)
}

// frameOffset binds n of n PRECEDING and n FOLLOWING: a value without columns.
func (l *level) frameOffset(w *window, mode string, e sql.Expr) plan.Expr {
	if e == nil {
		return nil
	}
	inOver := l.inOver
	l.inOver = false
	x := l.in("window "+mode, false, e)
	l.inOver = inOver
	if w.frame.Mode == builtin.FrameRange {
		x = l.rangeOffset(w, x, startOf(e))
	} else {
		out, ok := l.b.coerce(x, types.Int8, types.Assignment, startOf(e))
		if !ok {
			fail(startOf(e), pgerr.DatatypeMismatch, "argument of %s must be type bigint, not type %s", mode, x.Type().Base())
		}
		x = out
	}
	plan.ColsOf(x, func(int) {
		fail(startOf(e), pgerr.InvalidColumnReference, "argument of %s must not contain variables", mode)
	})
	if hasOwn(x) {
		unsupported(startOf(e), "a sub-query in a window frame is not supported")
	}
	return l.b.fixParams(x)
}

// rangeOffset gives the offset of a RANGE frame the type that fits the ORDER BY column.
func (l *level) rangeOffset(w *window, x plan.Expr, pos sql.Pos) plan.Expr {
	column := w.order[0].x.Type()
	want, ok := builtin.RangeOffsetType(column)
	if !ok {
		fail(pos, pgerr.FeatureNotSupported,
			"RANGE with offset PRECEDING/FOLLOWING is not supported for column type %s", column.Base())
	}
	if column.IsInteger() && isUnknown(x) {
		want = column.Base() // a literal is read as the column's type
	}
	out, ok := l.b.coerce(x, want, types.Implicit, pos)
	if !ok {
		raise(pos, pgerr.Newf(pgerr.FeatureNotSupported,
			"RANGE with offset PRECEDING/FOLLOWING is not supported for column type %s and offset type %s",
			column.Base(), x.Type().Base()).WithHint("Cast the offset value to an appropriate type."))
	}
	return out
}

// sameRows reports whether two windows have the same rows in the same order.
func (w *window) sameRows(o *window) bool {
	if len(w.order) != len(o.order) || !equalLists(w.partition, o.partition) {
		return false
	}
	for i, a := range w.order {
		b := o.order[i]
		if a.desc != b.desc || a.nullsFirst != b.nullsFirst || !plan.Equal(a.x, b.x) {
			return false
		}
	}
	return true
}

func (w *window) sameFrame(o *window) bool {
	return w.frame == o.frame && plan.Equal(w.start, o.start) && plan.Equal(w.end, o.end)
}
