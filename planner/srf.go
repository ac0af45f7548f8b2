package planner

import (
	"slices"
	"strings"

	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// srfCall is a set-returning function in the select list of a level.
type srfCall struct {
	name string
	f    *builtin.TableFunc
	args []plan.Expr
	cols types.Schema
	// at is the position of its first column once the level's node computes it.
	at int
}

// srfRef is column col of a set-returning function in the select list, or its whole
// row when col is wholeRowCol.
type srfRef struct {
	plan.Expr
	call *srfCall
	col  int
}

const wholeRowCol = -1

// Type implements plan.Expr.
func (e *srfRef) Type() types.Type {
	if e.col == wholeRowCol {
		return types.RowOf(e.call.cols)
	}
	return e.call.cols[e.col].Type
}

// setReturning binds a set-returning function in the select list.
func (l *level) setReturning(name string, e *sql.Call) plan.Expr {
	if l.srfDenied != "" {
		raise(e.Pos, pgerr.Newf(pgerr.FeatureNotSupported, "set-returning functions are not allowed in %s", l.srfDenied).
			WithHint("You might be able to move the set-returning function into a LATERAL FROM item."))
	}
	if !l.srfsAllowed {
		fail(e.Pos, pgerr.FeatureNotSupported, "set-returning functions are not allowed in %s", l.clause)
	}
	f, args, cols := l.tableFunc(name, e.Pos, e.Args)
	c := l.addSRF(&srfCall{name: name, f: f, args: args, cols: cols})
	if len(cols) == 1 {
		return &srfRef{call: c, col: 0}
	}
	return &srfRef{call: c, col: wholeRowCol}
}

// withoutSRF binds with set-returning functions refused in a construct that need not
// evaluate all its parts.
func (l *level) withoutSRF(construct string, bind func()) {
	old := l.srfDenied
	l.srfDenied = construct
	bind()
	l.srfDenied = old
}

// addSRF notes a call once: equal calls advance together anyway.
func (l *level) addSRF(c *srfCall) *srfCall {
	for _, o := range l.srfs {
		if o.f == c.f && equalLists(o.args, c.args) {
			return o
		}
	}
	l.srfs = append(l.srfs, c)
	return c
}

func equalLists(a, b []plan.Expr) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if !plan.Equal(a[i], b[i]) {
			return false
		}
	}
	return true
}

// expandSRF computes the set-returning functions of the select list, side by side; one
// whose arguments hold another runs for each row of that.
func (l *level) expandSRF(node plan.Node, exprs []plan.Expr) (plan.Node, []plan.Expr) {
	if len(l.srfs) == 0 {
		return node, exprs
	}
	value := func(e plan.Expr) plan.Expr {
		if s, ok := e.(*srfRef); ok && s.call.at > 0 {
			return s.value()
		}
		return nil
	}
	for left := l.srfs; len(left) > 0; {
		var ready, later []*srfCall
		for _, c := range left {
			for i, a := range c.args {
				c.args[i] = l.mapLevel(a, value)
			}
			if slices.ContainsFunc(c.args, hasSRF) {
				later = append(later, c)
			} else {
				ready = append(ready, c)
			}
		}
		node = l.expandCalls(node, ready)
		left = later
	}
	out := make([]plan.Expr, len(exprs))
	for i, e := range exprs {
		out[i] = l.mapLevel(e, value)
	}
	return node, out
}

// expandCalls computes set-returning functions whose arguments are values.
func (l *level) expandCalls(node plan.Node, calls []*srfCall) plan.Node {
	for _, c := range calls {
		node, c.args = l.attach(node, c.args)
	}
	at := width(node)
	if at == 0 {
		// A place of 0 says that a call is not computed yet.
		node = project(node, []plan.Expr{boolConst(true)})
		at = 1
	}
	t := &plan.TableFunc{Input: node, Func: calls[0].f, Out: append(types.Schema(nil), node.Schema()...)}
	for _, c := range calls {
		c.at = at
		at += len(c.cols)
		t.Args = append(t.Args, c.args...)
		t.Out = append(t.Out, c.cols...)
	}
	if len(calls) > 1 {
		t.Func = sideBySide(calls)
	}
	return t
}

// value is the reference over the node that computes the call.
func (e *srfRef) value() plan.Expr {
	cols := make([]plan.Expr, len(e.call.cols))
	for i, c := range e.call.cols {
		cols[i] = &plan.Col{Index: e.call.at + i, T: c.Type}
	}
	if e.col == wholeRowCol {
		return rowOf(types.RowOf(e.call.cols), cols)
	}
	return cols[e.col]
}

// sideBySide makes one table function of several: row i has row i of each, NULLs where
// one has ended. This is ROWS FROM, and what a select list does.
func sideBySide(calls []*srfCall) *builtin.TableFunc {
	out := &builtin.TableFunc{NotStrict: true, Doc: "Several set-returning functions side by side."}
	names := make([]string, len(calls))
	for i, c := range calls {
		names[i] = c.name
		out.Args = append(out.Args, typesOf(c.args)...)
		out.Columns = append(out.Columns, c.cols...)
		out.Volatility = max(out.Volatility, c.f.Volatility)
	}
	out.Name = "rows from(" + strings.Join(names, ", ") + ")"
	out.Rows = func(env *builtin.Env, args []types.Datum, ts []types.Type, to []*col.Builder) (int, error) {
		return rowsFrom(calls, env, args, ts, to)
	}
	return out
}

// rowsFrom calls each function with its share of the arguments and fills its columns
// up with NULL to the length of the longest.
func rowsFrom(calls []*srfCall, env *builtin.Env, args []types.Datum, ts []types.Type, to []*col.Builder) (int, error) {
	longest := 0
	counts := make([]int, len(calls))
	a, c := 0, 0
	for i, f := range calls {
		next := a + len(f.args)
		if f.f.NotStrict || !anyNull(args[a:next]) {
			n, err := f.f.Rows(env, args[a:next], ts[a:next], to[c:c+len(f.cols)])
			if err != nil {
				return 0, err
			}
			counts[i] = n
			longest = max(longest, n)
		}
		a, c = next, c+len(f.cols)
	}
	c = 0
	for i, f := range calls {
		for _, b := range to[c : c+len(f.cols)] {
			for range longest - counts[i] {
				b.Null()
			}
		}
		c += len(f.cols)
	}
	return longest, nil
}

func anyNull(ds []types.Datum) bool {
	for _, d := range ds {
		if !d.Set {
			return true
		}
	}
	return false
}

// field is one column of a function's row, by name.
func (e *srfRef) field(f *sql.Field) plan.Expr {
	i := e.call.cols.Index(f.Name)
	if i < 0 {
		fail(f.Pos, pgerr.UndefinedColumn, "could not identify column \"%s\" in record data type", f.Name)
	}
	return &srfRef{call: e.call, col: i}
}

// fieldName is the hidden name of a field of a composite column.
func fieldName(column, field string) string { return column + "\x00" + field }

// addFields makes the fields of composite targets hidden columns of the query, so that
// a query around it can name them: (t.c).f.
func (sel *selection) addFields() {
	for _, t := range sel.targets[:sel.visible] {
		s, ok := t.x.(*srfRef)
		if !ok || s.col != wholeRowCol {
			continue
		}
		for i, c := range s.call.cols {
			sel.fields = append(sel.fields, len(sel.targets))
			sel.targets = append(sel.targets, target{name: fieldName(t.name, c.Name), x: &srfRef{call: s.call, col: i}, pos: t.pos})
		}
	}
}
