package planner

import (
	"millrace/catalog"
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// Options are what planning depends on beside the catalog.
type Options struct {
	// SearchPath is the schemas in which unqualified names are looked up.
	SearchPath []string
	// ParamTypes are the parameters' types as the client declared them; Unknown and
	// missing ones are inferred.
	ParamTypes []types.Type
	// NoOptimize leaves the plan as it was bound; DisableRules leaves out some rules
	// by name. Both are for tests: the answer must not depend on them.
	NoOptimize   bool
	DisableRules map[string]bool
	// OnRule is called with the name of each rule that changed the plan.
	OnRule func(name string)
	// Format is how literals are read: time zone, date order, and Now for 'today'.
	Format *types.Format
	// System finds a system table; nil has none.
	System func(schema, name string) (*catalog.Object, bool)
	// Sink is the stream that a continuous query writes: View then gives each row its
	// ROWTIME as a last column, not among Out, where the query has one.
	Sink *catalog.Object
	// TTL is how many microseconds after their rowtime the rows of streams leave a
	// continuous query with a stored result; 0 is never.
	TTL int64
	// UseSchema is the error of a role that may not look into a schema that it names;
	// nil allows all. Schemas of SearchPath are allowed.
	UseSchema func(schema string) error
	// Into is the stream whose columns the result of View must have, as an INSERT into it.
	Into *catalog.Object
}

func newBinder(cat *catalog.Snapshot, o Options) *binder {
	b := &binder{cat: cat, o: o, colPos: map[plan.Expr]sql.Pos{}}
	b.params = append(b.params, o.ParamTypes...)
	for range b.params {
		b.paramPos = append(b.paramPos, sql.NoPos)
	}
	return b
}

// Query plans a query: once for a pull query, continuous for one with EMIT.
func Query(q *sql.Query, cat *catalog.Snapshot, o Options) (out *plan.Query, err error) {
	defer catch(&err)
	b := newBinder(cat, o)
	b.emit = map[sql.EmitMode]plan.Emit{
		sql.EmitNone: plan.EmitOnce, sql.EmitChanges: plan.EmitChanges,
		sql.EmitFinal: plan.EmitFinal,
	}[q.Emit]
	b.continuous, b.emitPos = b.emit != plan.EmitOnce, q.EmitPos
	if b.continuous {
		return b.pushQuery(q), nil
	}
	r := b.query(q, nil, nil, true)
	out = b.finishQuery(r)
	return out, nil
}

// pushQuery plans a query with EMIT CHANGES. With ORDER BY, LIMIT makes it a maintained
// Top-N; alone it ends the subscription after so many rows, as in ksqlDB.
func (b *binder) pushQuery(q *sql.Query) *plan.Query {
	if len(q.OrderBy) > 0 {
		return b.finishQuery(rel{node: b.query(q, nil, nil, true).visible()})
	}
	if q.Offset != nil {
		unsupported(startOf(q.Offset), "OFFSET without ORDER BY is not supported with EMIT CHANGES")
	}
	inner := *q
	inner.Limit = nil
	limit := b.limitExpr(q.Limit, "LIMIT", nil)
	out := b.finishQuery(b.query(&inner, nil, nil, true))
	out.Limit = limit
	return out
}

func (b *binder) finishQuery(r rel) *plan.Query {
	b.finishParams()
	w := width(r.node) - r.hidden
	out := &plan.Query{Emit: b.emit, Hidden: r.hidden, Params: b.params, Reads: b.reads, Uses: b.uses}
	for i := range w {
		id, attr := origin(r.node, i)
		out.OriginTable = append(out.OriginTable, id)
		out.OriginColumn = append(out.OriginColumn, attr)
	}
	node := plan.MapExprs(r.node, b.fixParams)
	if b.continuous {
		node = dropSorts(node)
	}
	node = b.optimize(node)
	if b.continuous {
		node = markSlices(b.boundTimes(boundJoins(node), b.emit == plan.EmitFinal, b.emitPos))
	}
	out.Root = node
	out.Out = append(types.Schema(nil), node.Schema()[:w]...)
	out.AppendOnly = AppendOnly(node)
	out.Key = visibleKey(UniqueKey(node), w)
	return out
}

// visibleKey is a key if all its columns are among the first w.
func visibleKey(key []int, w int) []int {
	for _, k := range key {
		if k >= w {
			return nil
		}
	}
	return key
}

// View plans a continuous query with a stored result. It is planned again from its text
// whenever the server starts, so the settings of the session that creates it have no
// say: literals are read in UTC and ISO form.
func View(q *sql.Query, cat *catalog.Snapshot, o Options) (out *plan.View, err error) {
	defer catch(&err)
	o.Format = nil
	b := newBinder(cat, o)
	b.continuous = true
	r := b.query(q, nil, nil, true)
	if len(b.params) > 0 {
		raise(b.paramPos[0], pgerr.New(pgerr.UndefinedParameter, "there is no parameter $1"))
	}
	node := dropSorts(r.visible())
	if o.Into != nil {
		node = b.intoStream(node, q, o.Into)
	}
	checkViewColumns(node.Schema())
	refuseSystem(node)
	columns := node.Schema()
	key, partitions := streamKey(node)
	if o.Sink != nil {
		node = b.streamTimes(node, o.Sink)
	}
	if o.TTL > 0 {
		node = expire(node, o.TTL)
	}
	node = markSlices(b.boundTimes(boundJoins(b.optimize(node)), q.Emit == sql.EmitFinal, q.EmitPos))
	b.stateNotices(node)
	return &plan.View{
		Root: node, Out: columns, Key: storedKey(node), AppendOnly: AppendOnly(node),
		Reads: b.reads, Uses: b.uses, Notices: b.notices, PartitionBy: b.partitionBy, StreamKey: key, Partitions: partitions,
	}, nil
}

// storedKey is the key of a stored result. A result of at most one row has no column
// to be its key and is kept as whole rows.
func storedKey(n plan.Node) []int {
	key := UniqueKey(n)
	if len(key) == 0 {
		return nil
	}
	return key
}

// checkViewColumns refuses two columns of one name.
func checkViewColumns(s types.Schema) {
	seen := map[string]bool{}
	for _, c := range s {
		if seen[c.Name] {
			fail(sql.NoPos, pgerr.DuplicateColumn, "column \"%s\" specified more than once", c.Name)
		}
		seen[c.Name] = true
	}
}

// refuseSystem refuses system tables, which send no changes.
func refuseSystem(n plan.Node) {
	plan.Walk(n, func(n plan.Node) bool {
		if s, ok := n.(*plan.Scan); ok && s.Object.Kind == catalog.KindSystem {
			raise(sql.NoPos, pgerr.Newf(pgerr.FeatureNotSupported,
				"system table \"%s\" is not allowed in a continuous query", s.Object.Name).
				WithHint("System tables are made when they are read; they have no changes to follow."))
		}
		return true
	})
}

// dropSorts removes ORDER BY without limit: a stored result has no order.
func dropSorts(n plan.Node) plan.Node {
	return plan.Rewrite(n, func(n plan.Node) plan.Node {
		if s, ok := n.(*plan.Sort); ok && s.Limit == nil && s.Offset == nil {
			return s.Input
		}
		return n
	})
}

// stateNotices tells about state that grows with the input for ever.
func (b *binder) stateNotices(n plan.Node) {
	seen := map[plan.Node]bool{}
	plan.Walk(n, func(n plan.Node) bool {
		if seen[n] {
			return false
		}
		seen[n] = true
		if j, ok := n.(*plan.Join); ok && (j.Time == nil || !j.Time.Bounded) && !j.Temporal && AppendOnly(j.L) && AppendOnly(j.R) && readsStream(j.L) && readsStream(j.R) {
			b.notices = append(b.notices, "the state of the join between streams grows without bound; WITHIN, or a condition that bounds one event time by the other, lets it be freed")
		}
		return true
	})
}

func readsStream(n plan.Node) bool {
	found := false
	plan.Walk(n, func(n plan.Node) bool {
		s, ok := n.(*plan.Scan)
		found = found || ok && s.Object.Kind == catalog.KindStream
		return !found
	})
	return found
}

// Insert plans INSERT.
func Insert(s *sql.Insert, cat *catalog.Snapshot, o Options) (out *plan.Write, err error) {
	defer catch(&err)
	b := newBinder(cat, o)
	return b.finishWrite(b.insert(s)), nil
}

// Update plans UPDATE.
func Update(s *sql.Update, cat *catalog.Snapshot, o Options) (out *plan.Write, err error) {
	defer catch(&err)
	b := newBinder(cat, o)
	return b.finishWrite(b.update(s)), nil
}

// Delete plans DELETE.
func Delete(s *sql.Delete, cat *catalog.Snapshot, o Options) (out *plan.Write, err error) {
	defer catch(&err)
	b := newBinder(cat, o)
	return b.finishWrite(b.delete(s)), nil
}

func (b *binder) finishWrite(w *plan.Write) *plan.Write {
	b.finishParams()
	w.Source = b.optimize(plan.MapExprs(w.Source, b.fixParams))
	w.Params, w.Reads, w.Uses = b.params, b.reads, b.uses
	return w
}

// Expr binds a stand-alone expression over columns: a default, a check, a watermark.
func Expr(e sql.Expr, columns types.Schema, cat *catalog.Snapshot, o Options) (out plan.Expr, err error) {
	defer catch(&err)
	b := newBinder(cat, o)
	l := b.newLevel(nil, nil)
	l.scope = scopeOf(newRange("", columns, 0, len(columns)))
	x := b.resolveText(l.in("this expression", false, e), startOf(e))
	b.finishParams()
	if hasOwn(x) {
		unsupported(startOf(e), "cannot use subquery in this expression")
	}
	return x, nil
}

// Check binds the predicate of a CHECK constraint over a table's columns.
func Check(e sql.Expr, columns types.Schema, cat *catalog.Snapshot, o Options) (out plan.Expr, err error) {
	defer catch(&err)
	b := newBinder(cat, o)
	l := b.newLevel(nil, nil)
	l.scope = scopeOf(newRange("", columns, 0, len(columns)))
	x := b.coerceBool(l.in("check constraints", false, e), "CHECK", startOf(e))
	b.finishParams()
	if hasOwn(x) {
		unsupported(startOf(e), "cannot use subquery in check constraint")
	}
	return x, nil
}

// Coerce binds an expression and converts it to a column's type as an assignment, for
// defaults and parameters of EXECUTE.
func Coerce(e sql.Expr, to types.Column, cat *catalog.Snapshot, o Options) (out plan.Expr, err error) {
	defer catch(&err)
	b := newBinder(cat, o)
	l := b.newLevel(nil, nil)
	l.scope = scopeOf(newRange("", nil, 0, 0))
	x := b.assignTo(l.in("DEFAULT expressions", false, e), to.Name, to.Type, startOf(e))
	b.finishParams()
	if hasOwn(x) {
		unsupported(startOf(e), "cannot use subquery in DEFAULT expression")
	}
	return x, nil
}

// origin finds the table and attribute (from 1) behind output column i of n.
func origin(n plan.Node, i int) (catalog.ObjectID, int16) {
	switch n := n.(type) {
	case *plan.Scan:
		if n.Cols[i] < len(n.Object.Columns) {
			return n.Object.ID, int16(n.Cols[i] + 1)
		}
	case *plan.Project:
		if c, ok := n.Exprs[i].(*plan.Col); ok {
			return origin(n.Input, c.Index)
		}
	case *plan.Join:
		if i < width(n.L) {
			return origin(n.L, i)
		}
		if n.Kind != plan.Mark {
			return origin(n.R, i-width(n.L))
		}
	case *plan.Aggregate:
		if i < len(n.Keys) {
			return origin(n.Input, n.Keys[i])
		}
	case *plan.Filter, *plan.Distinct, *plan.Sort, *plan.MaxOneRow, *plan.Temporal:
		return origin(n.Inputs()[0], i)
	case *plan.TableFunc, *plan.TimeWindow, *plan.Session:
		if in := n.Inputs()[0]; i < width(in) {
			return origin(in, i)
		}
	}
	return 0, 0
}
