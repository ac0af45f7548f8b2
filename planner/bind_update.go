package planner

import (
	"millrace/catalog"
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// rowIDName is the hidden row id of a table without a primary key.
const rowIDName = "rowid"

// update binds UPDATE: the old row, then the new value of each column.
func (b *binder) update(s *sql.Update) *plan.Write {
	obj := b.relation(s.Table.Name)
	refuseWrite(obj, "update", s.Table.Pos)
	if s.CurrentOf != "" {
		unsupported(s.Pos, "WHERE CURRENT OF is not supported")
	}
	b.withEnv = b.with(s.With, nil, nil)
	l := b.writeLevel(obj, s.Table, s.From)
	set := b.assignments(l, obj, s.Set)
	node := b.writeWhere(l, s.Where)
	old := rowWidth(obj)
	exprs := append([]plan.Expr(nil), identity(node)[:old]...)
	for i := range obj.Columns {
		x := set[i]
		if x == nil {
			x = colOf(node, i)
		}
		exprs = append(exprs, x)
	}
	names := append(schemaNames(node.Schema()[:old]), schemaNames(obj.RowSchema())...)
	if len(s.Returning) > 0 {
		others := identity(l.node)[old:]
		exprs = append(exprs, others...)
		names = append(names, schemaNames(l.node.Schema()[old:])...)
	}
	node, exprs = l.attach(node, exprs)
	source := projectAs(node, exprs, names)
	if len(s.From) > 0 {
		source = oncePerRow(source, node, obj)
	}
	w := &plan.Write{Kind: plan.UpdateRows, Target: obj, Source: source}
	b.generated(w)
	b.constraints(w)
	b.returning(w, s.Returning, l.scope.mapped(func(e plan.Expr) plan.Expr {
		return plan.MapCols(e, func(i int) int {
			if i < old {
				return old + i
			}
			return i + len(obj.Columns)
		})
	}))
	return w
}

// delete binds DELETE: the old rows.
func (b *binder) delete(s *sql.Delete) *plan.Write {
	obj := b.relation(s.Table.Name)
	refuseWrite(obj, "delete from", s.Table.Pos)
	if s.CurrentOf != "" {
		unsupported(s.Pos, "WHERE CURRENT OF is not supported")
	}
	b.withEnv = b.with(s.With, nil, nil)
	l := b.writeLevel(obj, s.Table, s.Using)
	node := b.writeWhere(l, s.Where)
	keep := rowWidth(obj)
	if len(s.Returning) > 0 {
		keep = width(l.node)
	}
	source := narrow(node, keep)
	if len(s.Using) > 0 {
		source = oncePerRow(source, node, obj)
	}
	w := &plan.Write{Kind: plan.DeleteRows, Target: obj, Source: source}
	b.returning(w, s.Returning, l.scope)
	return w
}

// oncePerRow keeps one of several partners that FROM or USING gives a target row. Which
// one is undefined in PostgreSQL; here it is the first in the order of the whole row.
func oncePerRow(source, joined plan.Node, obj *catalog.Object) plan.Node {
	key := obj.Key
	if len(key) == 0 {
		key = []int{len(obj.Columns)}
	}
	if unique := UniqueKey(joined); unique != nil && covers(key, unique) {
		return source
	}
	return &plan.Sort{Input: source, Limit: int8Const(1), Partition: key}
}

// rowWidth is the number of columns of an old row in a Write.
func rowWidth(obj *catalog.Object) int {
	if len(obj.Key) == 0 {
		return len(obj.Columns) + 1
	}
	return len(obj.Columns)
}

// writeLevel is the level of UPDATE and DELETE: the target first, then FROM or USING.
func (b *binder) writeLevel(obj *catalog.Object, t *sql.Table, more []sql.TableRef) *level {
	b.read(obj)
	l := b.newLevel(nil, b.withEnv)
	scan, r := scanOf(obj)
	if len(obj.Key) == 0 {
		scan.Cols = append(scan.Cols, len(obj.Columns))
		scan.Out = append(append(types.Schema(nil), scan.Out...), types.Column{Name: rowIDName, Type: types.Int8, NotNull: true})
	}
	if t.Alias.Name != "" {
		r.name = t.Alias.Name
	} else {
		r.schema = obj.Schema
	}
	r.obj = obj
	left := &fromItem{node: scan, scope: scopeOf(r)}
	for _, ref := range more {
		item := l.fromItem(ref, left)
		checkNames(left.scope, item.scope, ref.Position())
		left = l.joined(sql.JoinCross, left, item, nil, ref.Position())
	}
	l.node, l.scope = left.node, left.scope
	return l
}

func (b *binder) writeWhere(l *level, where sql.Expr) plan.Node {
	if where == nil {
		return l.node
	}
	return l.where(l.node, b.coerceBool(l.in("WHERE", false, where), "WHERE", startOf(where)))
}

// assignments binds SET: for each column of obj the new value, nil where it stays.
func (b *binder) assignments(l *level, obj *catalog.Object, set []*sql.Assignment) []plan.Expr {
	out := make([]plan.Expr, len(obj.Columns))
	for _, a := range set {
		values := b.assigned(l, obj, a)
		for i, c := range a.Columns {
			at := updateColumn(obj, c)
			if out[at] != nil {
				fail(sql.NoPos, pgerr.SyntaxError, "multiple assignments to same column \"%s\"", c.Name)
			}
			if _, isDefault := a.Value.(*sql.Default); !isDefault {
				fixedColumn(obj.Columns[at])
			}
			out[at] = values[i]
		}
	}
	return out
}

func updateColumn(obj *catalog.Object, c *sql.ColumnTarget) int {
	i := obj.Column(c.Name)
	if i < 0 {
		fail(c.Pos, pgerr.UndefinedColumn, "column \"%s\" of relation \"%s\" does not exist", c.Name, obj.Name)
	}
	if len(c.Path) > 0 {
		unsupported(c.Pos, "assignment to a part of column \"%s\" is not supported", c.Name)
	}
	return i
}

// assigned gives the values of one assignment, one for each of its columns.
func (b *binder) assigned(l *level, obj *catalog.Object, a *sql.Assignment) []plan.Expr {
	items := []sql.Expr{a.Value}
	if a.Multi {
		switch v := a.Value.(type) {
		case *sql.Row:
			items = v.Items
		case *sql.Subquery:
			return b.assignedRow(l, obj, a, v)
		default:
			if len(a.Columns) > 1 {
				unsupported(a.Pos, "source for a multiple-column UPDATE item must be a sub-SELECT or ROW() expression")
			}
		}
	}
	if len(items) != len(a.Columns) {
		fail(startOf(a.Value), pgerr.SyntaxError, "number of columns does not match number of values")
	}
	out := make([]plan.Expr, len(items))
	for i, e := range items {
		col := obj.Columns[updateColumn(obj, a.Columns[i])]
		if _, ok := e.(*sql.Default); ok {
			out[i] = b.defaults(obj)[obj.Column(col.Name)]
			continue
		}
		out[i] = b.assignTo(l.in("UPDATE", false, e), col.Name, col.Type, startOf(e))
	}
	return out
}

func (b *binder) assignedRow(l *level, obj *catalog.Object, a *sql.Assignment, v *sql.Subquery) []plan.Expr {
	node := l.innerQuery(v.Query)
	if width(node) != len(a.Columns) {
		fail(startOf(a.Value), pgerr.SyntaxError, "number of columns does not match number of values")
	}
	out := make([]plan.Expr, len(a.Columns))
	for i, c := range a.Columns {
		col := obj.Columns[updateColumn(obj, c)]
		out[i] = b.assignTo(typedSub(l, node, i), col.Name, col.Type, v.Pos)
	}
	return out
}
