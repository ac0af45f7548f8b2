package planner

import (
	"slices"

	"millrace/catalog"
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/builtin"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// fromItem is a bound item of FROM. Its node may hold outerRefs to the level itself:
// then it is lateral and reads what stands left of it.
type fromItem struct {
	node  plan.Node
	scope *scope
	// temporal: the item was named FOR SYSTEM_TIME AS OF the time of a row.
	temporal bool
	// within is set for the right side of a join WITHIN.
	within *withinTime
}

// from binds FROM into the level's node and scope.
func (l *level) from(refs []sql.TableRef) {
	if len(refs) == 0 {
		return
	}
	var left *fromItem
	for _, ref := range refs {
		item := l.fromItem(ref, left)
		if left == nil {
			left = item
			continue
		}
		checkNames(left.scope, item.scope, ref.Position())
		left = l.joined(sql.JoinCross, left, item, nil, ref.Position())
	}
	l.node, l.scope = left.node, left.scope
}

// joined puts two items side by side under conditions.
func (l *level) joined(kind sql.JoinKind, left, right *fromItem, conds []plan.Expr, pos sql.Pos) *fromItem {
	saved := l.scope
	l.scope = left.scope // what a lateral right side reads
	spec := joinSpec{kind: joinKinds[kind], temporal: l.isTemporal(kind, left, right)}
	if w := right.within; w != nil {
		spec.time = w.time
		conds = append(conds[:len(conds):len(conds)], w.conds...)
	}
	node := l.joinNodes(spec, left.node, right.node, conds, pos)
	l.scope = saved
	return &fromItem{node: node, scope: concat(left.scope, right.scope.shifted(width(left.node)))}
}

var joinKinds = map[sql.JoinKind]plan.JoinKind{
	sql.JoinInner: plan.Inner, sql.JoinCross: plan.Inner,
	sql.JoinLeft: plan.Left, sql.JoinRight: plan.Right, sql.JoinFull: plan.Full,
}

// checkNames refuses two FROM items of one name.
func checkNames(l, r *scope, pos sql.Pos) {
	for _, a := range l.tables {
		for _, b := range r.tables {
			if a.name == "" || a.name != b.name {
				continue
			}
			if a.obj != nil && b.obj != nil && a.schema != "" && b.schema != "" && a.obj.ID != b.obj.ID {
				continue // two tables of one name in different schemas, without aliases
			}
			fail(sql.NoPos, pgerr.DuplicateAlias, "table name \"%s\" specified more than once", a.name)
		}
	}
}

// fromItem binds one item; left is what stands before it, nil for the first.
func (l *level) fromItem(ref sql.TableRef, left *fromItem) *fromItem {
	switch ref := ref.(type) {
	case *sql.Table:
		return l.table(ref)
	case *sql.SubqueryRef:
		return l.subqueryRef(ref, left)
	case *sql.FuncRef:
		return l.funcRef(ref, left)
	case *sql.Join:
		return l.join(ref, left)
	}
	panic(pgerr.Bug("table reference %T has no case in the binder", ref))
}

// table binds a relation by name: a CTE, a plain view, or something stored.
func (l *level) table(t *sql.Table) *fromItem {
	switch {
	case t.Sample != nil:
		unsupported(t.Pos, "TABLESAMPLE is not supported")
	case t.AsOf != nil && !l.temporalSide:
		unsupported(t.Pos, "FOR SYSTEM_TIME AS OF is supported on the right side of JOIN and LEFT JOIN only")
	}
	l.temporalSide = false
	if c := l.ctes.find(t.Name); c != nil {
		return l.cteRef(c, t)
	}
	obj := l.b.relation(t.Name)
	l.b.read(obj)
	l.b.use(obj)
	var r *rangeVar
	var node plan.Node
	if obj.Kind == catalog.KindView {
		node = l.b.expandView(obj, t.Pos)
		r = newRange(obj.Name, node.Schema(), 0, width(node))
	} else {
		node, r = scanOf(obj)
	}
	r.obj = obj
	if t.Alias.Name != "" {
		r.name = t.Alias.Name
	} else {
		r.schema = obj.Schema
	}
	renameColumns(r, t.Alias.Columns)
	return &fromItem{node: node, scope: scopeOf(r)}
}

// relation finds a relation or fails as PostgreSQL does.
func (b *binder) relation(name sql.Name) *catalog.Object {
	if len(name.Parts) > 2 && name.Parts[0] != databaseName {
		fail(name.Pos, pgerr.FeatureNotSupported, "cross-database references are not implemented: %s", joinParts(name))
	}
	if schema := name.Schema(); schema != "" && b.viewDepth == 0 && b.o.UseSchema != nil {
		if err := b.o.UseSchema(schema); err != nil {
			raise(name.Pos, err)
		}
	}
	obj := b.lookup(name.Schema(), name.Last())
	if obj == nil || obj.InsertInto() != 0 {
		b.refuseIndex(name)
		err := pgerr.Newf(pgerr.UndefinedTable, "relation \"%s\" does not exist", qualified(name))
		if len(name.Parts) == 1 && slices.Contains(b.laterCTEs, name.Last()) {
			err = err.WithDetail("There is a WITH item named \"%s\", but it cannot be referenced from this part of the query.", name.Last()).
				WithHint("Use WITH RECURSIVE, or re-order the WITH items to remove forward references.")
		}
		raise(name.Pos, err)
	}
	return obj
}

func (b *binder) refuseIndex(name sql.Name) {
	if _, _, ok := b.cat.LookupIndex(b.o.SearchPath, name.Schema(), name.Last()); ok {
		fail(name.Pos, pgerr.WrongObjectType, "\"%s\" is an index", name.Last())
	}
}

// databaseName is the one database there is (design.md).
const databaseName = "millrace"

func qualified(name sql.Name) string {
	if s := name.Schema(); s != "" {
		return s + "." + name.Last()
	}
	return name.Last()
}

func joinParts(name sql.Name) string {
	out := ""
	for i, p := range name.Parts {
		if i > 0 {
			out += "."
		}
		out += p
	}
	return out
}

// lookup finds a relation; without schema pg_catalog comes first, as in PostgreSQL.
func (b *binder) lookup(schema, name string) *catalog.Object {
	if schema != "" {
		if o := b.system(schema, name); o != nil {
			return o
		}
	} else if o := b.system("pg_catalog", name); o != nil {
		return o
	}
	if o, ok := b.cat.Lookup(b.o.SearchPath, schema, name); ok {
		return o
	}
	for _, s := range b.o.SearchPath {
		if o := b.system(s, name); schema == "" && o != nil {
			return o
		}
	}
	return nil
}

func (b *binder) system(schema, name string) *catalog.Object {
	if b.o.System == nil {
		return nil
	}
	if o, ok := b.o.System(schema, name); ok {
		return o
	}
	return nil
}

// The pseudo columns of a stream, in the order of plan.Scan.
var pseudoColumns = types.Schema{
	{Name: "rowtime", Type: types.Timestamptz, NotNull: true},
	{Name: "rowpartition", Type: types.Int4, NotNull: true},
	{Name: "rowoffset", Type: types.Int8, NotNull: true},
}

// scanOf reads all columns of an object, a stream's pseudo columns behind them.
func scanOf(obj *catalog.Object) (*plan.Scan, *rangeVar) {
	s := obj.RowSchema()
	if obj.Kind != catalog.KindStream {
		for _, k := range obj.Key {
			s[k].NotNull = s[k].NotNull || obj.Kind == catalog.KindTable
		}
	}
	declared := len(s)
	if obj.Kind == catalog.KindStream {
		for _, c := range pseudoColumns {
			if s.Index(c.Name) < 0 {
				s = append(s, c)
				continue
			}
			// A declared column hides the pseudo column of its name.
			s = append(s, types.Column{Name: "", Type: c.Type, NotNull: true})
		}
	}
	scan := &plan.Scan{Object: obj, Cols: positions(len(s)), Out: s}
	r := newRange(obj.Name, s, 0, declared)
	oid := &plan.Const{Value: types.FixedDatum(int64(obj.ID)), T: types.OID}
	r.cols = append(r.cols, scopeCol{name: "tableoid", x: oid, hidden: true})
	if obj.Kind == catalog.KindSystem {
		// Tools look there for what changed; where nothing has a number, all did.
		r.cols = append(r.cols, scopeCol{name: "xmin", x: &plan.Const{Value: types.FixedDatum(1), T: types.Xid}, hidden: true})
	}
	if obj.Kind == catalog.KindTable || obj.Kind == catalog.KindMatView {
		for _, k := range obj.Key {
			r.keyed = append(r.keyed, r.cols[k].x)
		}
	}
	return scan, r
}

// renameColumns applies the column aliases of a FROM item.
func renameColumns(r *rangeVar, names []string) {
	visible := 0
	for _, c := range r.cols {
		if !c.hidden {
			visible++
		}
	}
	if len(names) > visible {
		fail(sql.NoPos, pgerr.InvalidColumnReference, "table \"%s\" has %d columns available but %d columns specified",
			r.name, visible, len(names))
	}
	if len(names) == 0 {
		return
	}
	cols := append([]scopeCol(nil), r.cols...)
	for i, n := range names {
		cols[i].name = n
	}
	r.cols = cols
}

// subqueryRef binds a query in FROM. Only a LATERAL one sees what is left of it.
func (l *level) subqueryRef(ref *sql.SubqueryRef, left *fromItem) *fromItem {
	parent := l.parent
	switch {
	case left == nil:
	case ref.Lateral:
		saved := l.scope
		l.scope = left.scope
		defer func() { l.scope = saved }()
		parent = l
	default:
		l.b.unreachable = append(l.b.unreachable, left.scope)
		defer func() { l.b.unreachable = l.b.unreachable[:len(l.b.unreachable)-1] }()
	}
	rel := l.b.query(ref.Query, parent, l.ctes, true)
	node, visible := rel.composite()
	r := newRange(ref.Alias.Name, node.Schema(), 0, visible)
	renameColumns(r, ref.Alias.Columns)
	return &fromItem{node: node, scope: scopeOf(r)}
}

// funcRef binds a function in FROM, which is lateral by itself.
func (l *level) funcRef(ref *sql.FuncRef, left *fromItem) *fromItem {
	if len(ref.Columns) > 0 || len(ref.Calls[0].Columns) > 0 {
		unsupported(ref.Pos, "a column definition list is not supported for this function")
	}
	call, _ := ref.Calls[0].Call.(*sql.Call)
	if call != nil && isWindowFunc(call) {
		return l.windowFunc(ref, call)
	}
	saved := l.scope
	l.scope = &scope{}
	if left != nil {
		l.scope = left.scope
	}
	defer func() { l.scope = saved }()
	inner := l.b.newLevel(l, l.ctes)
	inner.clause = "functions in FROM"
	if len(ref.Calls) > 1 {
		return l.rowsFromRef(ref, inner)
	}
	if call != nil && builtin.IsTable(call.Name.Last()) {
		return l.tableFuncRef(ref, inner, call)
	}
	return l.scalarRef(ref, inner)
}

func (l *level) tableFuncRef(ref *sql.FuncRef, inner *level, e *sql.Call) *fromItem {
	name := inner.functionName(e)
	e = inner.spreadVariadic(inner.placeArgs(name, e))
	f, args, cols := inner.tableFunc(name, e.Pos, e.Args)
	cols = append(types.Schema(nil), cols...)
	single := len(cols) == 1
	if single && cols[0].Name == name && ref.Alias.Name != "" {
		cols[0].Name = ref.Alias.Name // a column with a name of its own keeps it
	}
	if ref.Ordinality {
		cols = append(cols, types.Column{Name: "ordinality", Type: types.Int8, NotNull: true})
	}
	node := &plan.TableFunc{Input: oneRow(), Func: f, Args: args, Ordinality: ref.Ordinality, Out: cols}
	return funcItem(ref, name, node, single)
}

// rowsFromRef binds ROWS FROM of several set-returning functions.
func (l *level) rowsFromRef(ref *sql.FuncRef, inner *level) *fromItem {
	node := &plan.TableFunc{Input: oneRow(), Ordinality: ref.Ordinality}
	var calls []*srfCall
	for _, item := range ref.Calls {
		e, ok := item.Call.(*sql.Call)
		if !ok || !builtin.IsTable(e.Name.Last()) {
			unsupported(item.Pos, "ROWS FROM is supported for set-returning functions only")
		}
		c := &srfCall{name: inner.functionName(e)}
		c.f, c.args, c.cols = inner.tableFunc(c.name, e.Pos, e.Args)
		calls = append(calls, c)
		node.Args = append(node.Args, c.args...)
		node.Out = append(node.Out, c.cols...)
	}
	if ref.Ordinality {
		node.Out = append(node.Out, types.Column{Name: "ordinality", Type: types.Int8, NotNull: true})
	}
	node.Func = sideBySide(calls)
	return funcItem(ref, calls[0].name, node, false)
}

// scalarRef is a scalar function in FROM: one row of one column.
func (l *level) scalarRef(ref *sql.FuncRef, inner *level) *fromItem {
	x := inner.b.resolveText(inner.expr(ref.Calls[0].Call), ref.Pos)
	name := sql.OutputName(ref.Calls[0].Call)
	col := name
	if ref.Alias.Name != "" {
		col = ref.Alias.Name
	}
	exprs, names := []plan.Expr{x}, []string{col}
	if ref.Ordinality {
		exprs, names = append(exprs, int8Const(1)), append(names, "ordinality")
	}
	node, exprs := inner.attach(oneRow(), exprs)
	return funcItem(ref, name, projectAs(node, exprs, names), true)
}

func funcItem(ref *sql.FuncRef, name string, node plan.Node, single bool) *fromItem {
	if single && len(node.Schema()[0].Type.Fields()) > 0 {
		node, single = rowColumns(node), false
	}
	if ref.Alias.Name != "" {
		name = ref.Alias.Name
	}
	r := newRange(name, node.Schema(), 0, width(node))
	r.single = single && !ref.Ordinality
	renameColumns(r, ref.Alias.Columns)
	return &fromItem{node: node, scope: scopeOf(r)}
}

// expandView binds the definition of a plain view as a query of its own.
func (b *binder) expandView(obj *catalog.Object, pos sql.Pos) plan.Node {
	if b.viewDepth >= maxViewDepth {
		fail(pos, pgerr.StatementTooComplex, "views are nested more than %d deep", maxViewDepth)
	}
	stmt, err := sql.ParseOne(obj.Definition)
	if err != nil {
		panic(pgerr.Bug("definition of view %s: %v", obj.Name, err))
	}
	sel, ok := stmt.(*sql.SelectStmt)
	if !ok {
		panic(pgerr.Bug("definition of view %s is no query", obj.Name))
	}
	b.viewDepth++
	path, owner := b.o.SearchPath, b.viewOwner
	b.viewOwner = obj.OwnerID()
	b.o.SearchPath = obj.SearchPath
	if len(obj.SearchPath) == 0 {
		b.o.SearchPath = append([]string{obj.Schema}, path...)
	}
	node := b.query(sel.Query, nil, nil, true).visible()
	b.o.SearchPath, b.viewOwner = path, owner
	b.viewDepth--
	return conform(node, obj)
}

// conform gives a view's node the names and types that the catalog has.
func conform(node plan.Node, obj *catalog.Object) plan.Node {
	if width(node) != len(obj.Columns) {
		panic(pgerr.Bug("view %s has %d columns, its definition %d", obj.Name, len(obj.Columns), width(node)))
	}
	exprs := identity(node)
	names := make([]string, len(exprs))
	same := true
	for i, c := range obj.Columns {
		names[i] = c.Name
		same = same && c.Name == node.Schema()[i].Name
		if !exprs[i].Type().Same(c.Type) {
			exprs[i] = &plan.Cast{X: exprs[i], To: c.Type, Explicit: true}
			same = false
		}
	}
	if same {
		return node
	}
	return projectAs(node, exprs, names)
}
