package planner

import (
	"millrace/catalog"
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// insertTarget is where an INSERT writes: for each value of a source row, the
// position of its column; rowtimeTarget stands for rowtime.
type insertTarget struct {
	obj     *catalog.Object
	cols    []int
	columns []*sql.ColumnTarget // as written, nil without a list
	pos     sql.Pos
	// overriding is "", "system" or "user".
	overriding string
}

const rowtimeTarget = -1

// insert binds INSERT.
func (b *binder) insert(s *sql.Insert) *plan.Write {
	obj := b.relation(s.Table)
	refuseWrite(obj, "insert into", s.Table.Pos)
	if s.With != nil {
		b.withEnv = b.with(s.With, nil, nil)
	}
	t := b.insertTarget(s, obj)
	t.overriding = s.Overriding
	w := &plan.Write{Kind: plan.InsertRows, Target: obj}
	for _, c := range t.cols {
		w.HasRowtime = w.HasRowtime || c == rowtimeTarget
	}
	w.HasRowtime = w.HasRowtime || obj.Kind == catalog.KindStream && len(s.Returning) > 0
	target := newRange(insertName(s), obj.RowSchema(), 0, len(obj.Columns))
	b.unreachable = append(b.unreachable, scopeOf(target))
	w.Source = b.insertSource(s, t, w.HasRowtime)
	b.unreachable = nil
	if obj.Kind == catalog.KindStream {
		w.Rowtime = b.rowtimeExpr(obj)
	}
	b.computed(w, t)
	b.constraints(w)
	b.onConflict(w, s)
	b.returning(w, s.Returning, insertedScope(w, s))
	return w
}

func insertName(s *sql.Insert) string {
	if s.Alias != "" {
		return s.Alias
	}
	return s.Table.Last()
}

// refuseWrite reports relations that no statement may write.
func refuseWrite(obj *catalog.Object, verb string, pos sql.Pos) {
	switch {
	case obj.Kind == catalog.KindMatView && obj.KsqlTable:
		raise(pos, pgerr.Newf(pgerr.WrongObjectType, "cannot change table \"%s\"", obj.Name).
			WithDetail("Its rows are the result of a continuous query."))
	case obj.Kind == catalog.KindMatView:
		fail(pos, pgerr.WrongObjectType, "cannot change materialized view \"%s\"", obj.Name)
	case obj.Kind == catalog.KindView:
		raise(pos, pgerr.Newf(pgerr.ObjectNotInPrerequisiteState, "cannot %s view \"%s\"", verb, obj.Name).
			WithDetail("Views cannot be changed in Millrace."))
	case obj.Kind == catalog.KindSystem:
		fail(pos, pgerr.InsufficientPrivilege, "permission denied: \"%s\" is a system catalog", obj.Name)
	case obj.Options["read_only"] == "true":
		raise(pos, pgerr.Newf(pgerr.WrongObjectType, "cannot change source %s \"%s\"", obj.KindName(), obj.Name).
			WithDetail("CREATE SOURCE makes it read-only."))
	case obj.SinkStream:
		raise(pos, pgerr.Newf(pgerr.WrongObjectType, "cannot change stream \"%s\"", obj.Name).
			WithDetail("Its rows are the result of a continuous query."))
	case obj.Options["connector"] != "" && verb == "insert into":
		raise(pos, pgerr.Newf(pgerr.WrongObjectType, "cannot change stream \"%s\"", obj.Name).
			WithDetail("Its rows come from connector \"%s\".", obj.Options["connector"]))
	case obj.Kind == catalog.KindStream && verb != "insert into":
		raise(pos, pgerr.Newf(pgerr.WrongObjectType, "cannot %s stream \"%s\"", verb, obj.Name).
			WithDetail("Streams are append-only."))
	}
}

// insertTarget resolves the column list; without one the first columns are meant.
func (b *binder) insertTarget(s *sql.Insert, obj *catalog.Object) *insertTarget {
	t := &insertTarget{obj: obj, columns: s.Columns, pos: s.Table.Pos}
	if s.Columns == nil {
		t.cols = positions(len(obj.Columns))
		return t
	}
	for i, c := range s.Columns {
		col := insertColumn(obj, c)
		for _, earlier := range t.cols[:i] {
			if earlier == col {
				fail(c.Pos, pgerr.DuplicateColumn, "column \"%s\" specified more than once", c.Name)
			}
		}
		t.cols = append(t.cols, col)
	}
	return t
}

func insertColumn(obj *catalog.Object, c *sql.ColumnTarget) int {
	if len(c.Path) > 0 {
		unsupported(c.Pos, "assignment to a part of column \"%s\" is not supported", c.Name)
	}
	i := obj.Column(c.Name)
	if i >= 0 {
		return i
	}
	if c.Name == "rowtime" && obj.Kind == catalog.KindStream {
		return rowtimeTarget
	}
	fail(c.Pos, pgerr.UndefinedColumn, "column \"%s\" of relation \"%s\" does not exist", c.Name, obj.Name)
	return 0
}

// targetType is the type that value i of a source row must have.
func (t *insertTarget) targetType(i int) (name string, typ types.Type) {
	if t.cols[i] == rowtimeTarget {
		return "rowtime", types.Timestamptz
	}
	c := t.obj.Columns[t.cols[i]]
	return c.Name, c.Type
}

// insertSource gives the rows to insert: one value for each column of the target.
func (b *binder) insertSource(s *sql.Insert, t *insertTarget, rowtime bool) plan.Node {
	if s.Query == nil {
		return b.insertRows(t, [][]sql.Expr{nil}, rowtime)
	}
	if v, ok := plainValues(s.Query); ok {
		return b.insertRows(t, v.Rows, rowtime)
	}
	node := b.query(s.Query, nil, b.withEnv, false).visible()
	return b.assignQuery(node, s.Query, t, rowtime)
}

// assignQuery gives the rows of a query the columns of the target.
func (b *binder) assignQuery(node plan.Node, q *sql.Query, t *insertTarget, rowtime bool) plan.Node {
	t.checkCount(width(node), targetPos(q.Body, len(t.cols)))
	node = b.settleSource(node, t, q)
	exprs := make([]plan.Expr, width(node))
	for i := range exprs {
		if t.takesDefault(i) {
			continue
		}
		pos := sql.NoPos
		if _, ok := q.Body.(*sql.SetOp); !ok {
			pos = targetPos(q.Body, i)
		}
		exprs[i] = b.assign(colOf(node, i), t, i, pos)
	}
	row := b.fullRow(t, exprs, rowtime)
	return projectAs(node, row, t.rowNames(rowtime))
}

// intoStream gives the rows of a continuous INSERT the columns of the stream.
func (b *binder) intoStream(node plan.Node, q *sql.Query, obj *catalog.Object) plan.Node {
	t := &insertTarget{obj: obj, cols: positions(len(obj.Columns)), pos: q.Pos}
	return b.assignQuery(node, q, t, false)
}

// plainValues is the VALUES of an INSERT without other clauses.
func plainValues(q *sql.Query) (*sql.Values, bool) {
	v, ok := q.Body.(*sql.Values)
	return v, ok && q.With == nil && len(q.OrderBy) == 0 && q.Limit == nil && q.Offset == nil
}

// settleSource reads literals of the select list that are still unknown as values
// of their columns.
func (b *binder) settleSource(node plan.Node, t *insertTarget, q *sql.Query) plan.Node {
	if !hasUnknown(node.Schema()) {
		return node
	}
	ts := node.Schema().Types()
	for i := range ts {
		if ts[i].Kind == types.KindUnknown {
			_, ts[i] = t.targetType(i)
		}
	}
	return b.coerceOutput(node, ts, firstTarget(q.Body))
}

func (t *insertTarget) checkCount(n int, pos sql.Pos) {
	if n > len(t.cols) {
		fail(pos, pgerr.SyntaxError, "INSERT has more expressions than target columns")
	}
	if n < len(t.cols) {
		if t.columns != nil {
			fail(t.columns[n].Pos, pgerr.SyntaxError, "INSERT has more target columns than expressions")
		}
		t.cols = t.cols[:n]
	}
}

// insertRows binds VALUES row by row; DEFAULT and missing columns take their default.
func (b *binder) insertRows(t *insertTarget, rows [][]sql.Expr, rowtime bool) plan.Node {
	l := b.newLevel(nil, b.withEnv)
	if len(rows) > 0 && rows[0] == nil {
		t.cols = nil // DEFAULT VALUES
	}
	if len(rows[0]) > 0 {
		for _, row := range rows {
			if len(row) != len(rows[0]) {
				fail(startOf(row[0]), pgerr.SyntaxError, "VALUES lists must all be the same length")
			}
		}
		pos := startOf(rows[0][len(rows[0])-1])
		if len(rows[0]) > len(t.cols) {
			pos = startOf(rows[0][len(t.cols)])
		}
		t.checkCount(len(rows[0]), pos)
	}
	out := make([][]plan.Expr, len(rows))
	var defaults []plan.Expr
	for r, row := range rows {
		exprs := make([]plan.Expr, len(t.cols))
		for i, e := range row {
			if _, ok := e.(*sql.Default); ok {
				continue // nil: the default
			}
			if t.takesDefault(i) {
				continue
			}
			if lit, ok := e.(*sql.Literal); ok {
				exprs[i] = b.quickLiteral(lit, t, i)
			}
			if exprs[i] == nil {
				exprs[i] = b.assign(l.in("VALUES", false, e), t, i, startOf(e))
			}
		}
		if defaults == nil {
			defaults = b.defaults(t.obj)
		}
		out[r] = b.merge(t, exprs, defaults, rowtime)
	}
	return l.rowsNode(out, t.rowNames(rowtime))
}

// quickLiteral reads a literal as its column's type at once where binding and assigning
// it would give the same; nil leaves it to them. Long lists of rows depend on it.
func (b *binder) quickLiteral(e *sql.Literal, t *insertTarget, i int) plan.Expr {
	_, typ := t.targetType(i)
	switch e.Kind {
	case sql.LitNull:
		return nullConst(typ)
	case sql.LitString:
		return b.readLiteral(e.Text, typ, types.Assignment, e.Pos)
	case sql.LitInt:
		if typ.Kind != types.KindInt4 && typ.Kind != types.KindInt8 {
			return nil
		}
	case sql.LitNumeric:
		if typ != types.Numeric {
			return nil
		}
	default:
		return nil
	}
	d, err := types.ParseText(typ, e.Text, nil)
	if err != nil {
		return nil
	}
	return &plan.Const{Value: d, T: typ}
}

func (t *insertTarget) rowNames(rowtime bool) []string {
	names := schemaNames(t.obj.RowSchema())
	if rowtime {
		names = append(names, "rowtime")
	}
	return names
}

func (b *binder) fullRow(t *insertTarget, exprs []plan.Expr, rowtime bool) []plan.Expr {
	return b.merge(t, exprs, b.defaults(t.obj), rowtime)
}

// merge puts the values into their columns and defaults into the others.
func (b *binder) merge(t *insertTarget, exprs, defaults []plan.Expr, rowtime bool) []plan.Expr {
	row := append([]plan.Expr(nil), defaults...)
	if rowtime {
		row = append(row, nullConst(types.Timestamptz))
	}
	for i, e := range exprs {
		switch {
		case e == nil:
		case t.cols[i] == rowtimeTarget:
			row[len(row)-1] = e
		default:
			row[t.cols[i]] = e
		}
	}
	return row
}

// assign converts a value to its column's type as an assignment.
func (b *binder) assign(x plan.Expr, t *insertTarget, i int, pos sql.Pos) plan.Expr {
	name, typ := t.targetType(i)
	return b.assignTo(x, name, typ, pos)
}

func (b *binder) assignTo(x plan.Expr, name string, typ types.Type, pos sql.Pos) plan.Expr {
	out, ok := b.coerce(x, typ, types.Assignment, pos)
	if !ok {
		raise(pos, pgerr.Newf(pgerr.DatatypeMismatch, "column \"%s\" is of type %s but expression is of type %s",
			name, typ.Base(), x.Type().Base()).
			WithHint("You will need to rewrite or cast the expression."))
	}
	return out
}

// defaults are the default values of all columns, NULL where there is none.
func (b *binder) defaults(obj *catalog.Object) []plan.Expr {
	out := make([]plan.Expr, len(obj.Columns))
	for i, c := range obj.Columns {
		if c.Sequence != 0 {
			out[i] = b.nextValue(c)
			continue
		}
		text := b.defaultText(c)
		if text == "" {
			out[i] = nullConst(c.Type)
			continue
		}
		out[i] = b.storedExpr(text, nil, "DEFAULT expressions", func(x plan.Expr) plan.Expr {
			return b.assignTo(x, c.Name, c.Type, sql.NoPos)
		})
	}
	return out
}

// storedExpr binds an expression of the catalog over the columns s.
func (b *binder) storedExpr(text string, s types.Schema, clause string, finish func(plan.Expr) plan.Expr) plan.Expr {
	e, err := sql.ParseExpr(text)
	if err != nil {
		panic(pgerr.Bug("stored expression %q: %v", text, err))
	}
	l := b.newLevel(nil, nil)
	l.scope = scopeOf(newRange("", s, 0, len(s)))
	return finish(l.in(clause, false, e))
}

// constraints notes what each new row must satisfy.
func (b *binder) constraints(w *plan.Write) {
	for i, c := range w.Target.Columns {
		if c.NotNull || w.Target.Kind == catalog.KindTable && contains(w.Target.Key, i) {
			w.NotNull = append(w.NotNull, i)
		}
	}
	for _, c := range w.Target.Checks {
		pred := b.storedExpr(c.Expr, w.Target.RowSchema(), "check constraints", func(x plan.Expr) plan.Expr {
			return b.coerceBool(x, "CHECK", sql.NoPos)
		})
		w.Checks = append(w.Checks, plan.Check{Name: c.Name, Pred: pred})
	}
	b.domainChecks(w)
}

func contains(list []int, i int) bool {
	for _, x := range list {
		if x == i {
			return true
		}
	}
	return false
}

// onConflict binds ON CONFLICT; without it the table decides.
func (b *binder) onConflict(w *plan.Write, s *sql.Insert) {
	obj := w.Target
	c := s.OnConflict
	if c == nil {
		if obj.Upsert {
			w.OnConflict = plan.ConflictReplace
		}
		return
	}
	b.conflictTarget(obj, c)
	if c.DoNothing {
		w.OnConflict = plan.ConflictNothing
		return
	}
	if c.Target == nil && c.Constraint == "" {
		raise(c.Pos, pgerr.New(pgerr.SyntaxError, "ON CONFLICT DO UPDATE requires inference specification or constraint name").
			WithHint("For example, ON CONFLICT (column_name)."))
	}
	w.OnConflict = plan.ConflictUpdate
	l := b.conflictLevel(obj, insertName(s))
	set := b.assignments(l, obj, c.Set)
	for i := range obj.Columns {
		x := set[i]
		if x == nil {
			x = l.scope.tables[0].cols[i].x
		}
		w.ConflictSet = append(w.ConflictSet, plainOnly(x, c.Pos))
	}
	if c.Where != nil {
		x := b.coerceBool(l.in("WHERE", false, c.Where), "WHERE", startOf(c.Where))
		w.ConflictWhere = plainOnly(x, startOf(c.Where))
	}
}

// conflictLevel is the scope of DO UPDATE: the old row and the excluded one.
func (b *binder) conflictLevel(obj *catalog.Object, name string) *level {
	l := b.newLevel(nil, b.withEnv)
	s := obj.RowSchema()
	old := newRange(name, s, 0, len(s))
	excluded := newRange("excluded", s, len(s), len(s))
	l.scope = &scope{tables: []*rangeVar{old, excluded}, cols: append(append([]scopeCol(nil), old.cols...), excluded.cols...)}
	return l
}

// plainOnly refuses sub-queries where an expression is computed outside a plan.
func plainOnly(x plan.Expr, pos sql.Pos) plan.Expr {
	if hasOwn(x) {
		unsupported(pos, "a sub-query is not supported here")
	}
	return x
}

// conflictTarget checks that the conflict meant is that of the primary key.
func (b *binder) conflictTarget(obj *catalog.Object, c *sql.OnConflict) {
	if c.TargetWhere != nil {
		unsupported(c.Pos, "ON CONFLICT with a WHERE on the index is not supported")
	}
	if c.Constraint != "" {
		if obj.Kind != catalog.KindTable || c.Constraint != obj.KeyName {
			fail(sql.NoPos, pgerr.UndefinedObject, "constraint \"%s\" for table \"%s\" does not exist", c.Constraint, obj.Name)
		}
		return
	}
	if c.Target == nil {
		return
	}
	var cols []int
	for _, e := range c.Target {
		ref, ok := e.Expr.(*sql.ColumnRef)
		if !ok {
			b.noConflictIndex(c)
		}
		i := obj.Column(ref.Parts[len(ref.Parts)-1])
		if i < 0 {
			l := b.conflictLevel(obj, obj.Name)
			l.scope.tables = l.scope.tables[:1]
			raise(ref.Pos, l.missingColumn("", ref.Parts[len(ref.Parts)-1]))
		}
		if !contains(cols, i) {
			cols = append(cols, i)
		}
	}
	if obj.Kind != catalog.KindTable || len(obj.Key) == 0 || len(cols) != len(obj.Key) {
		b.noConflictIndex(c)
	}
	for _, k := range obj.Key {
		if !contains(cols, k) {
			b.noConflictIndex(c)
		}
	}
}

func (b *binder) noConflictIndex(*sql.OnConflict) {
	fail(sql.NoPos, pgerr.InvalidColumnReference,
		"there is no unique or exclusion constraint matching the ON CONFLICT specification")
}
