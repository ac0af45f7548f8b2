package planner

import (
	"strconv"
	"strings"

	"millrace/catalog"
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/builtin"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// row binds ROW(..). Its literals are still untyped for a cast to a composite type.
func (l *level) row(e *sql.Row) plan.Expr {
	var xs, resolved []plan.Expr
	var at []sql.Pos
	for _, item := range e.Items {
		var fields []plan.Expr
		if c, ok := item.(*sql.ColumnRef); ok && c.Star && len(c.Parts) > 0 {
			fields = l.starFields(c)
		} else {
			fields = []plan.Expr{l.expr(item)}
		}
		for _, x := range fields {
			xs, at = append(xs, x), append(at, startOf(item))
			resolved = append(resolved, l.b.resolveText(x, startOf(item)))
		}
	}
	out := rowOf(anonymousFields(resolved), resolved)
	if l.b.rows == nil {
		l.b.rows = map[*plan.Call]rowParts{}
	}
	l.b.rows[out] = rowParts{xs, at}
	return out
}

// rowParts is what a ROW(..) was made of, and where it stands.
type rowParts struct {
	items []plan.Expr
	at    []sql.Pos
}

func anonymousFields(xs []plan.Expr) types.Type {
	fields := make([]types.Column, len(xs))
	for i, x := range xs {
		fields[i] = types.Column{Name: "f" + strconv.Itoa(i+1), Type: x.Type()}
	}
	return types.RowOf(fields)
}

// rowOf makes a record of type t from its fields.
func rowOf(t types.Type, xs []plan.Expr) *plan.Call {
	out, _ := call("row", xs...).(*plan.Call)
	out.T = t
	return out
}

// namedRow makes a row without a type of its own whose fields have names.
func namedRow(cols []scopeCol) plan.Expr {
	fields := make([]types.Column, len(cols))
	xs := make([]plan.Expr, len(cols))
	for i, c := range cols {
		fields[i], xs[i] = types.Column{Name: c.name, Type: c.x.Type()}, c.x
	}
	return rowOf(types.RowOf(fields), xs)
}

// wholeRow is a table's name used as a value: its row, or the one column of a
// function in FROM. The row of a table that an outer join left empty is NULL.
func (l *level) wholeRow(t *rangeVar) plan.Expr {
	if t.single {
		return t.cols[0].x
	}
	var cols []scopeCol
	for _, c := range t.cols {
		if !c.hidden {
			cols = append(cols, c)
		}
	}
	out := namedRow(cols)
	if t.obj == nil {
		return out
	}
	if c, ok := out.(*plan.Call); ok && t.obj.Kind != catalog.KindSystem && len(cols) == len(t.obj.Columns) {
		rt := l.b.cat.RowType(t.obj)
		same := true
		for i, f := range rt.Fields() {
			same = same && cols[i].name == f.Name
		}
		if same {
			c.T = rt
		}
	}
	if len(t.keyed) == 0 {
		return out
	}
	there := &plan.IsNull{X: t.keyed[0], Not: true}
	return &plan.Case{T: out.Type(), Else: nullConst(out.Type()), Whens: []plan.When{{Cond: there, Then: out}}}
}

// coerceRow converts ROW(..) to a composite type field by field, as PostgreSQL does.
func (b *binder) coerceRow(e plan.Expr, t types.Type, ctx types.CastContext, pos sql.Pos) (plan.Expr, bool) {
	c, ok := e.(*plan.Call)
	parts, isRow := b.rows[c]
	if !ok || !isRow || !t.IsComposite() {
		return nil, false
	}
	fields := t.Fields()
	detail := ""
	switch {
	case len(parts.items) < len(fields):
		detail = "Input has too few columns."
	case len(parts.items) > len(fields):
		detail = "Input has too many columns."
	}
	if detail != "" {
		raise(pos, pgerr.Newf(pgerr.CannotCoerce, "cannot cast type record to %s", t.Base()).WithDetail("%s", detail))
	}
	xs := make([]plan.Expr, len(fields))
	for i, f := range fields {
		if xs[i], ok = b.coerce(parts.items[i], f.Type, ctx, parts.at[i]); !ok {
			raise(parts.at[i], pgerr.Newf(pgerr.CannotCoerce, "cannot cast type record to %s", t.Base()).
				WithDetail("Cannot cast type %s to %s in column %d.", parts.items[i].Type().Base(), f.Type.Base(), i+1))
		}
	}
	return rowOf(t, xs), true
}

// field binds (x).f: a column of a FROM item, or a field of a composite value.
func (l *level) field(e *sql.Field) plan.Expr {
	if c, ok := e.X.(*sql.ColumnRef); ok && !c.Star && !e.Star {
		last := len(c.Parts) - 1
		flat := append(append([]string(nil), c.Parts[:last]...), fieldName(c.Parts[last], e.Name))
		switch {
		case l.hasColumn(flat):
			return l.column(&sql.ColumnRef{Pos: e.Pos, Parts: flat})
		case !l.hasColumn(c.Parts):
			parts := append(append([]string(nil), c.Parts...), e.Name)
			return l.column(&sql.ColumnRef{Pos: c.Pos, Parts: parts})
		}
	}
	x := l.expr(e.X)
	if s, ok := x.(*srfRef); ok && s.col == wholeRowCol {
		return s.field(e)
	}
	return l.fieldOf(x, e.Name, e.Pos, e.X)
}

// fieldOf is the field called name of a bound composite value.
func (l *level) fieldOf(x plan.Expr, name string, pos sql.Pos, of sql.Expr) plan.Expr {
	t := x.Type()
	if t.Kind != types.KindRecord {
		what := t.Base().String()
		if isUnknown(x) {
			what = "unknown"
		}
		fail(startOf(of), pgerr.WrongObjectType,
			"column notation .%s applied to type %s, which is not a composite type", name, what)
	}
	for i, f := range t.Fields() {
		if f.Name == name {
			return fieldAt(x, i, f.Type)
		}
	}
	if t.IsComposite() {
		fail(startOf(of), pgerr.UndefinedColumn, "column \"%s\" not found in data type %s", name, t.Base())
	}
	fail(startOf(of), pgerr.UndefinedColumn, "could not identify column \"%s\" in record data type", name)
	return nil
}

// fieldAt is field i of a composite value; that of a ROW(..) is its argument.
func fieldAt(x plan.Expr, i int, t types.Type) plan.Expr {
	if c, ok := x.(*plan.Call); ok && c.Func.Name == "row" && i < len(c.Args) {
		return c.Args[i]
	}
	at := &plan.Const{Value: types.FixedDatum(int64(i)), T: types.Int4}
	return &plan.Call{Func: builtin.RecordField, Args: []plan.Expr{x, at}, T: t}
}

// recordIsNull is IS NULL of a composite value: true when all its fields are NULL; IS
// NOT NULL when none is.
func (l *level) recordIsNull(x plan.Expr, not bool) plan.Expr {
	if c, ok := x.(*plan.Call); ok && c.Func.Name == "row" && len(c.Args) > 0 {
		out := &plan.Logic{Op: plan.And}
		for _, a := range c.Args {
			out.Args = append(out.Args, &plan.IsNull{X: a, Not: not})
		}
		if len(out.Args) == 1 {
			return out.Args[0]
		}
		return out
	}
	return &plan.Call{Func: builtin.RecordIsNull(not), Args: []plan.Expr{x}, T: types.Bool}
}

// rowColumns makes columns of the fields of a function's composite result.
func rowColumns(node plan.Node) plan.Node {
	s := node.Schema()
	t := s[0].Type
	var exprs []plan.Expr
	var names []string
	for i, f := range t.Fields() {
		exprs, names = append(exprs, fieldAt(colOf(node, 0), i, f.Type)), append(names, f.Name)
	}
	for i := 1; i < len(s); i++ {
		exprs, names = append(exprs, colOf(node, i)), append(names, s[i].Name)
	}
	return projectAs(node, exprs, names)
}

// allFields expands (x).* of a composite value.
func (l *level) allFields(x plan.Expr, pos sql.Pos) []target {
	t := x.Type()
	if t.Kind != types.KindRecord {
		fail(pos, pgerr.WrongObjectType, "type %s is not composite", t.Base())
	}
	if len(t.Fields()) == 0 {
		fail(pos, pgerr.UndefinedColumn, "record type has not been registered")
	}
	out := make([]target, 0, len(t.Fields()))
	for i, f := range t.Fields() {
		out = append(out, target{name: f.Name, x: fieldAt(x, i, f.Type), pos: pos})
	}
	return out
}

// domainValue checks a value of a domain's base type against the domain.
func (b *binder) domainValue(x plan.Expr, d *catalog.UserType) plan.Expr {
	if d == nil {
		return x
	}
	return b.domainValueAs(x, d, d)
}

// domainValueAs checks a value against d, which the domain shown is made of.
func (b *binder) domainValueAs(x plan.Expr, d, shown *catalog.UserType) plan.Expr {
	if parent, ok := b.cat.TypeByID(d.Fields[0].Domain); ok {
		x = b.domainValueAs(x, parent, shown)
	}
	if !d.Fields[0].NotNull && len(d.Checks) == 0 {
		return x
	}
	args := []plan.Expr{x}
	names := make([]string, len(d.Checks))
	for i, c := range d.Checks {
		names[i] = c.Name
		args = append(args, b.domainCheck(d, c.Expr, x))
	}
	return &plan.Call{Func: builtin.DomainCheck(shown.Schema, shown.Name, d.Fields[0].NotNull, names), Args: args, T: x.Type()}
}

// domainCheck binds a constraint of a domain over the value x.
func (b *binder) domainCheck(d *catalog.UserType, text string, x plan.Expr) plan.Expr {
	value := types.Schema{{Name: "value", Type: x.Type()}}
	path := b.o.SearchPath
	b.o.SearchPath = d.SearchPath
	pred := b.storedExpr(text, value, "check constraints", func(p plan.Expr) plan.Expr {
		return b.coerceBool(p, "CHECK", sql.NoPos)
	})
	b.o.SearchPath = path
	return plan.MapExpr(pred, func(e plan.Expr) plan.Expr {
		if _, ok := e.(*plan.Col); ok {
			return x
		}
		return nil
	})
}

// domainChecks is what rows of a relation must satisfy for its columns' domains.
func (b *binder) domainChecks(w *plan.Write) {
	for i, c := range w.Target.Columns {
		if c.Domain == 0 {
			continue
		}
		d, ok := b.cat.TypeByID(c.Domain)
		if !ok {
			continue
		}
		col := &plan.Col{Index: i, T: c.Type}
		if x := b.domainValue(col, d); x != plan.Expr(col) {
			w.Checks = append(w.Checks, plan.Check{Name: d.Name, Pred: &plan.Logic{
				Op:   plan.Or,
				Args: []plan.Expr{&plan.IsNull{X: x}, &plan.IsNull{X: x, Not: true}},
			}})
		}
	}
}

// DomainCheck binds a constraint of a domain of the given base type.
func DomainCheck(e sql.Expr, base types.Type, cat *catalog.Snapshot, o Options) (err error) {
	defer catch(&err)
	b := newBinder(cat, o)
	l := b.newLevel(nil, nil)
	value := types.Schema{{Name: "value", Type: base}}
	l.scope = scopeOf(newRange("", value, 0, 1))
	x := b.coerceBool(l.in("check constraints", false, e), "CHECK", startOf(e))
	if hasOwn(x) {
		unsupported(startOf(e), "cannot use subquery in check constraint")
	}
	return nil
}

func splitParts(parts []string) (schema, name string) {
	name = parts[len(parts)-1]
	if len(parts) > 1 {
		schema = parts[len(parts)-2]
	}
	return schema, name
}

func typeText(t *sql.TypeName) string { return strings.Join(t.Parts, ".") }
