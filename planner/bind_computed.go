package planner

import (
	"millrace/catalog"
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/builtin"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// nextValue takes a number of a column's sequence.
func (b *binder) nextValue(c catalog.Column) plan.Expr {
	id := &plan.Const{Value: types.FixedDatum(int64(c.Sequence)), T: types.Regclass}
	return b.assignTo(call("nextval", id), c.Name, c.Type, sql.NoPos)
}

// takesDefault reports whether value i of a source row is left out for the default, and
// refuses one for a column that always has its own.
func (t *insertTarget) takesDefault(i int) bool {
	if i >= len(t.cols) || t.cols[i] == rowtimeTarget {
		return false
	}
	c := t.obj.Columns[t.cols[i]]
	switch {
	case c.Generated != "":
		raise(sql.NoPos, pgerr.Newf(pgerr.GeneratedAlways, "cannot insert a non-DEFAULT value into column \"%s\"", c.Name).
			WithDetail("Column \"%s\" is a generated column.", c.Name))
	case c.Identity == "":
	case t.overriding == "user":
		return true
	case c.Identity == "always" && t.overriding == "":
		raise(sql.NoPos, pgerr.Newf(pgerr.GeneratedAlways, "cannot insert a non-DEFAULT value into column \"%s\"", c.Name).
			WithDetail("Column \"%s\" is an identity column defined as GENERATED ALWAYS.", c.Name).
			WithHint("Use OVERRIDING SYSTEM VALUE to override."))
	}
	return false
}

// computed makes w compute the numbers of sequences that no row gives, and generated
// columns. A sequence that gives numbers for some rows only stays in the source.
func (b *binder) computed(w *plan.Write, t *insertTarget) {
	for i, c := range t.obj.Columns {
		if c.Sequence == 0 || !dropNumbers(w, i, c.Type) {
			continue
		}
		w.Computed = append(w.Computed, plan.Computed{Col: i, X: b.nextValue(c)})
	}
	b.generated(w)
}

// dropNumbers replaces the numbers of column i in the source by NULL when every row
// takes one.
func dropNumbers(w *plan.Write, i int, t types.Type) bool {
	switch n := w.Source.(type) {
	case *plan.Values:
		for _, row := range n.Rows {
			if !isNextValue(row[i]) {
				return false
			}
		}
		for _, row := range n.Rows {
			row[i] = nullConst(t)
		}
		return true
	case *plan.Project:
		if isNextValue(n.Exprs[i]) {
			n.Exprs[i] = nullConst(t)
			return true
		}
	}
	return false
}

func isNextValue(e plan.Expr) bool {
	if c, ok := e.(*plan.Cast); ok {
		e = c.X
	}
	c, ok := e.(*plan.Call)
	return ok && c.Func.Name == "nextval"
}

// generated makes w compute the generated columns of the target.
func (b *binder) generated(w *plan.Write) {
	for i, c := range w.Target.Columns {
		if c.Generated == "" {
			continue
		}
		x := b.storedExpr(c.Generated, w.Target.RowSchema(), "column generation expressions", func(x plan.Expr) plan.Expr {
			return b.assignTo(x, c.Name, c.Type, sql.NoPos)
		})
		w.Computed = append(w.Computed, plan.Computed{Col: i, X: x, Generated: true})
	}
}

// fixedColumn refuses an UPDATE of a column that always has a value of its own.
func fixedColumn(c catalog.Column) {
	detail := ""
	switch {
	case c.Generated != "":
		detail = "Column \"" + c.Name + "\" is a generated column."
	case c.Identity == "always":
		detail = "Column \"" + c.Name + "\" is an identity column defined as GENERATED ALWAYS."
	default:
		return
	}
	raise(sql.NoPos, pgerr.Newf(pgerr.GeneratedAlways, "column \"%s\" can only be updated to DEFAULT", c.Name).
		WithDetail("%s", detail))
}

// Generated checks the expression of generated column number at of a new table, whose
// generated columns isGenerated tells.
func Generated(e sql.Expr, columns types.Schema, at int, isGenerated func(int) bool, cat *catalog.Snapshot, o Options) (err error) {
	defer catch(&err)
	b := newBinder(cat, o)
	l := b.newLevel(nil, nil)
	l.scope = scopeOf(newRange("", columns, 0, len(columns)))
	x := b.assignTo(l.in("column generation expressions", false, e), columns[at].Name, columns[at].Type, startOf(e))
	if hasOwn(x) {
		unsupported(startOf(e), "cannot use subquery in column generation expression")
	}
	plan.WalkExpr(x, func(e plan.Expr) bool {
		switch e := e.(type) {
		case *plan.Col:
			if e.Index == at || isGenerated(e.Index) {
				raise(sql.NoPos, pgerr.Newf(pgerr.InvalidObjectDefinition, "cannot use generated column \"%s\" in column generation expression",
					columns[e.Index].Name).WithDetail("A generated column cannot reference another generated column."))
			}
		case *plan.Call:
			if e.Func.Volatility != builtin.Immutable {
				raise(sql.NoPos, pgerr.New(pgerr.InvalidObjectDefinition, "generation expression is not immutable"))
			}
		}
		return true
	})
	return nil
}
