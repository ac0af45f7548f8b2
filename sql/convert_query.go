package sql

import (
	"github.com/pingcap/tidb/pkg/parser/ast"

	"millrace/sql/pgerr"
)

// convertQuery converts one emitted SELECT (see rewrite_query.go for its shape).
func (c *converter) convertQuery(n *ast.SelectStmt) *Query {
	fields := n.Fields.Fields
	call, ok := fields[0].Expr.(*ast.FuncCallExpr)
	if !ok {
		panic(pgerr.Bug("sql: query without a head"))
	}
	head := c.record(call.FnName.O).(*headRecord)
	query := &Query{Pos: head.pos, EmitPos: NoPos}
	if n.With != nil {
		query.With = c.with(n.With)
		query.With.Pos = head.pos
	}
	args := c.exprs(call.Args)
	switch head.kind {
	case headSelect:
		query.Body = c.selectBody(head, args, n)
	case headValues:
		query.Body = valuesBody(head, args)
	case headSetOp:
		c.setOpBody(query, head, args)
	}
	c.orderAndTail(query, n.OrderBy)
	return query
}

func valuesBody(head *headRecord, args []Expr) QueryBody {
	body := &Values{Pos: head.pos}
	for _, length := range head.rows {
		body.Rows = append(body.Rows, args[:length:length])
		args = args[length:]
	}
	return body
}

// setOpBody makes the tree of set operations. A tree of one leaf is a query in
// parentheses with clauses outside of them, too: they become one query.
func (c *converter) setOpBody(query *Query, head *headRecord, args []Expr) {
	if head.setOp.left != nil {
		query.Body = setOpTree(head.setOp, args)
		return
	}
	inner := args[0].(*Subquery).Query
	if query.With != nil && inner.With != nil {
		panic(bail{pgerr.New(pgerr.SyntaxError, "multiple WITH clauses not allowed").At(int(inner.With.Pos))})
	}
	with := query.With
	*query = *inner
	if with != nil {
		query.With = with
	}
}

func setOpTree(shape *setShape, args []Expr) QueryBody {
	if shape.left == nil {
		query := args[shape.leaf].(*Subquery).Query
		if query.bare() {
			return query.Body
		}
		return query
	}
	// Left sides nest as deep as the chain is long.
	var chain []*setShape
	for shape.left != nil {
		chain = append(chain, shape)
		shape = shape.left
	}
	result := setOpTree(shape, args)
	for i := len(chain) - 1; i >= 0; i-- {
		op := chain[i]
		result = &SetOp{Pos: op.pos, Op: op.op, All: op.all, Left: result, Right: setOpTree(op.right, args)}
	}
	return result
}

// bare reports whether the query is its body and nothing else.
func (q *Query) bare() bool {
	return q.With == nil && q.OrderBy == nil && q.Limit == nil && q.Offset == nil &&
		q.Locking == nil && q.Emit == EmitNone && q.AsOfEpoch == nil
}

// orderAndTail converts the ORDER BY items and the tail behind them.
func (c *converter) orderAndTail(query *Query, order *ast.OrderByClause) {
	if order == nil {
		return
	}
	var exprs []Expr
	for _, item := range order.Items {
		switch record := c.recordOf(item.Expr).(type) {
		case *windowsRecord:
			selected, ok := query.Body.(*Select)
			if !ok {
				panic(pgerr.Bug("sql: WINDOW clause of %T", query.Body))
			}
			selected.Windows = record.build(c.exprs(item.Expr.(*ast.FuncCallExpr).Args))
		case *tailRecord:
			record.apply(query, exprs, c.exprs(item.Expr.(*ast.FuncCallExpr).Args))
		default:
			exprs = append(exprs, c.expr(item.Expr))
		}
	}
}

func (w *windowsRecord) build(args []Expr) []*NamedWindow {
	for i, shape := range w.shapes {
		w.names[i].Spec, args = shape.build(args)
	}
	return w.names
}

// apply adds the clauses to the query, which has some already when it stood in
// parentheses of its own.
func (t *tailRecord) apply(query *Query, order, args []Expr) {
	if t.order != nil {
		if query.OrderBy != nil {
			panic(bail{pgerr.New(pgerr.SyntaxError, "multiple ORDER BY clauses not allowed").At(int(t.order[0].Pos))})
		}
		query.OrderBy, _ = fillOrder(t.order, order)
	}
	if t.hasLimit && t.hasOffset && t.offsetFirst {
		args[0], args[1] = args[1], args[0]
	}
	if t.hasLimit {
		if query.Limit != nil {
			panic(bail{pgerr.New(pgerr.SyntaxError, "multiple LIMIT clauses not allowed").At(int(args[0].Position()))})
		}
		query.Limit, args = args[0], args[1:]
		query.WithTies = t.ties
	}
	if t.hasOffset {
		if query.Offset != nil {
			panic(bail{pgerr.New(pgerr.SyntaxError, "multiple OFFSET clauses not allowed").At(int(args[0].Position()))})
		}
		query.Offset = args[0]
	}
	query.Locking = append(query.Locking, t.locking...)
	if t.emit != EmitNone {
		query.Emit, query.EmitPos = t.emit, t.emitPos
	}
	if t.asOfEpoch != nil {
		query.AsOfEpoch = t.asOfEpoch
	}
	t.checkTies(query)
}

func (t *tailRecord) checkTies(query *Query) {
	if t.ties && query.OrderBy == nil {
		panic(bail{pgerr.New(pgerr.SyntaxError, "WITH TIES cannot be specified without ORDER BY clause")})
	}
}

func (c *converter) with(n *ast.WithClause) *With {
	with := &With{Recursive: n.IsRecursive}
	for _, entry := range n.CTEs {
		cte := c.record(entry.Name.O).(*CTE)
		if cte.Statement == nil {
			query := c.subquery(entry.Query)
			stmt := &SelectStmt{Query: query}
			stmt.setText(query.Pos, "")
			cte.Statement = stmt
		}
		with.CTEs = append(with.CTEs, cte)
	}
	return with
}

func (c *converter) selectBody(head *headRecord, args []Expr, n *ast.SelectStmt) *Select {
	body := &Select{
		Pos: head.pos, Distinct: head.distinct, Window: head.window, Into: head.into,
		GroupDistinct: head.groupDistinct,
	}
	body.DistinctOn = args
	for i, target := range head.targets {
		target.Expr = c.expr(n.Fields.Fields[i+1].Expr)
		body.Targets = append(body.Targets, target)
	}
	if n.From != nil && head.hasFrom {
		body.From = c.fromList(n.From.TableRefs)
	}
	body.Where = c.optExpr(n.Where)
	if n.GroupBy != nil {
		c.groupBy(body, head, n.GroupBy)
	}
	if n.Having != nil {
		body.Having = c.expr(n.Having.Expr)
	}
	return body
}

func (c *converter) groupBy(body *Select, head *headRecord, n *ast.GroupByClause) {
	var exprs []Expr
	for _, item := range n.Items {
		exprs = append(exprs, c.expr(item.Expr))
	}
	for _, shape := range head.group {
		exprs = shape.fill(exprs)
		body.GroupBy = append(body.GroupBy, shape.item)
	}
	if head.partition > 0 {
		body.PartitionBy = flattenRow(exprs[:head.partition])
	}
}

// fill gives the item its expressions and returns those that are left.
func (g *groupShape) fill(exprs []Expr) []Expr {
	if g.exprs > 0 {
		g.item.Exprs, exprs = flattenRow(exprs[:g.exprs:g.exprs]), exprs[g.exprs:]
	}
	for _, inner := range g.items {
		exprs = inner.fill(exprs)
		g.item.Items = append(g.item.Items, inner.item)
	}
	return exprs
}

// flattenRow replaces a single (a, b) by its items: there the parentheses are
// those of a list.
func flattenRow(exprs []Expr) []Expr {
	if len(exprs) == 1 {
		if row, ok := exprs[0].(*Row); ok && !row.Explicit {
			return row.Items
		}
	}
	return exprs
}

// fromList flattens the comma list of FROM.
func (c *converter) fromList(n ast.ResultSetNode) []TableRef {
	join, ok := n.(*ast.Join)
	if !ok {
		return []TableRef{c.tableRef(n)}
	}
	if join.Right == nil {
		return c.fromList(join.Left)
	}
	if join.On == nil {
		return append(c.fromList(join.Left), c.tableRef(join.Right))
	}
	return []TableRef{c.tableRef(join)}
}

func (c *converter) tableRef(n ast.ResultSetNode) TableRef {
	switch t := n.(type) {
	case *ast.Join:
		return c.join(t)
	case *ast.TableSource:
		return c.tableSource(t)
	}
	panic(pgerr.Bug("sql: no conversion of relation %T", n))
}

func (c *converter) join(n *ast.Join) TableRef {
	if n.Right == nil {
		return c.tableRef(n.Left)
	}
	if n.On == nil {
		panic(pgerr.Bug("sql: join without its record"))
	}
	call := n.On.Expr.(*ast.FuncCallExpr)
	node := c.record(call.FnName.O).(*Join)
	node.Left = c.tableRef(n.Left)
	node.Right = c.tableRef(n.Right)
	if len(call.Args) > 0 {
		node.On = c.expr(call.Args[0])
	}
	return node
}

func (c *converter) tableSource(n *ast.TableSource) TableRef {
	if name, ok := n.Source.(*ast.TableName); ok {
		return c.record(name.Name.O).(*Table)
	}
	query, ok := n.Source.(*ast.SelectStmt)
	if !ok {
		panic(pgerr.Bug("sql: no conversion of relation %T", n.Source))
	}
	switch record := c.record(n.AsName.O).(type) {
	case *SubqueryRef:
		record.Query = c.convertQuery(query)
		return record
	case *FuncRef:
		for i, item := range record.Calls {
			item.Call = relationArg(c.expr(query.Fields.Fields[i].Expr))
		}
		return record
	case *aliasRecord:
		join, ok := c.tableRef(query.From.TableRefs).(*Join)
		if !ok {
			panic(pgerr.Bug("sql: alias of no join"))
		}
		join.Alias = record.alias
		return join
	default:
		panic(pgerr.Bug("sql: no conversion of relation record %T", record))
	}
}

// relationArg makes the first argument of a windowing function a relation.
func relationArg(e Expr) Expr {
	call, ok := e.(*Call)
	if !ok || len(call.Args) == 0 || !isWindowingFunc(call.Name.Last()) {
		return e
	}
	if column, ok := call.Args[0].(*ColumnRef); ok && !column.Star {
		call.Args[0] = &TableArg{Pos: column.Pos, Name: Name{Pos: column.Pos, Parts: column.Parts}}
	}
	return e
}

func isWindowingFunc(name string) bool {
	switch name {
	case "tumble", "hop", "cumulate", "session":
		return true
	}
	return false
}
