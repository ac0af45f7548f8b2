package planner

import (
	"millrace/catalog"
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// insertedScope is what RETURNING of an INSERT may name: the row and, of a stream, its
// rowtime. Where it goes in the log is not known when the statement ends.
func insertedScope(w *plan.Write, s *sql.Insert) *scope {
	schema := w.Target.RowSchema()
	n := len(schema)
	if w.HasRowtime && schema.Index("rowtime") < 0 {
		schema = append(schema, pseudoColumns[0])
	}
	r := newRange(insertName(s), schema, 0, n)
	if s.Alias == "" {
		r.schema = w.Target.Schema
	}
	r.obj = w.Target
	if w.Target.Kind == catalog.KindTable {
		for _, k := range w.Target.Key {
			r.keyed = append(r.keyed, r.cols[k].x)
		}
	}
	return scopeOf(r)
}

// returning binds RETURNING. The scope is over the columns of w.Source, with the new
// row (of DELETE: the old one) in the place of the target. An expression with a
// sub-query becomes one more column of the source.
func (b *binder) returning(w *plan.Write, targets []*sql.Target, s *scope) {
	if len(targets) == 0 {
		return
	}
	l := b.newLevel(nil, b.withEnv)
	l.scope, l.node = s, w.Source
	sel := &selection{l: l}
	sel.clause = "RETURNING"
	sel.bindTargets(&sql.Select{Targets: targets})
	sel.resolveUnknown()
	w.Returning = make([]plan.Expr, len(sel.targets))
	var inner []plan.Expr
	for i, t := range sel.targets {
		w.Out = append(w.Out, types.Column{Name: t.name, Type: t.x.Type(), NotNull: notNull(t.x, w.Source.Schema())})
		x := t.x
		if hasOwn(x) {
			b.checkReturned(w, l, t)
			inner = append(inner, x)
			x = &plan.Col{Index: width(w.Source) + len(inner) - 1, T: x.Type()}
		}
		w.Returning[i] = returnedCols(w, x)
	}
	if len(inner) == 0 {
		return
	}
	exprs := append(identity(w.Source), inner...)
	node, exprs := l.attach(w.Source, exprs)
	w.Source = project(node, exprs)
}

// checkReturned refuses sub-queries over values that are not known before the write.
func (b *binder) checkReturned(w *plan.Write, l *level, t target) {
	row := len(w.Target.Columns)
	unknown := w.OnConflict == plan.ConflictUpdate
	l.mapLevel(t.x, func(e plan.Expr) plan.Expr {
		c, ok := e.(*plan.Col)
		if ok && (unknown || w.HasRowtime && c.Index == row) {
			unsupported(t.pos, "a sub-query in RETURNING cannot be combined with columns here")
		}
		return nil
	})
}

// returnedCols renumbers columns of w.Source to what Returning is over.
func returnedCols(w *plan.Write, x plan.Expr) plan.Expr {
	first := 0
	switch w.Kind {
	case plan.UpdateRows:
		first = rowWidth(w.Target)
	case plan.DeleteRows:
		n := len(w.Target.Columns)
		return plan.MapCols(x, func(i int) int {
			if i < n {
				return i
			}
			return i - rowWidth(w.Target) + n
		})
	}
	return plan.MapCols(x, func(i int) int {
		if i < first {
			panic(pgerr.Bug("RETURNING names column %d of the old row", i))
		}
		return i - first
	})
}
