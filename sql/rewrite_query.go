package sql

import "millrace/sql/pgerr"

// Every query is emitted as one SELECT:
//
//	WITH cte AS (query), ...
//	SELECT head(DISTINCT ON expressions), targets
//	FROM .. WHERE .. GROUP BY .. HAVING ..
//	ORDER BY windows(..), order items, tail(limit, offset, ..)
//
// VALUES and set operations are in the head: its arguments are then the values of
// all rows, or the operands as subqueries, and it knows their shape.

// headKind is the kind of a query's body.
type headKind uint8

const (
	headSelect headKind = iota
	headValues
	headSetOp
	headNone // carries nothing: the SELECT is only a frame for other parts
)

// headRecord is the first field of each emitted SELECT.
type headRecord struct {
	pos           Pos
	kind          headKind
	distinct      bool
	distinctOn    int
	targets       []*Target
	window        *StreamWindow
	into          *Name
	groupDistinct bool
	group         []*groupShape
	// partition counts the expressions of PARTITION BY behind those of GROUP BY.
	partition int
	rows      []int // lengths of the rows of VALUES
	setOp     *setShape
}

// setShape is a tree of set operations; a leaf has the number of its argument.
type setShape struct {
	pos         Pos
	op          SetOpKind
	all         bool
	left, right *setShape
	leaf        int
}

// groupShape says how many expressions an item of GROUP BY has.
type groupShape struct {
	item  *GroupItem
	exprs int
	items []*groupShape
}

// windowsRecord is the call that carries the WINDOW clause.
type windowsRecord struct {
	names  []*NamedWindow
	shapes []*windowShape
}

// tailRecord is the last item of ORDER BY. Its arguments are limit and offset,
// those which are present, in the order written.
type tailRecord struct {
	order               []*OrderItem
	hasLimit, hasOffset bool
	offsetFirst         bool
	limitAll            bool
	ties                bool
	locking             []*Locking
	emit                EmitMode
	emitPos             Pos
	asOfEpoch           Expr
}

// query reads a query with all its clauses.
func (r *rewriter) query() {
	r.enter()
	defer r.leave()
	ordered := r.ordered
	r.ordered = false
	withPos := Pos(NoPos)
	if r.kw("with") {
		withPos = r.pos()
		r.with()
	}
	r.body(withPos != NoPos)
	r.tail()
	r.ordered = ordered
}

// operandTerm is one operand of set operations as it was written.
type operandTerm struct {
	start         int // its first atom
	parenthesised bool
}

// body reads SELECT, VALUES, TABLE or set operations of them.
func (r *rewriter) body(inWith bool) {
	pos := r.pos()
	first := r.term()
	if !r.atSetOp() && !(first.parenthesised && (inWith || r.atTail())) {
		return
	}
	r.ordered = false
	head := &headRecord{pos: pos, kind: headSetOp}
	leaves := 1
	r.prepend(first.start, pos, "(")
	r.wrap2(first.start, pos, head)
	r.emit(")")
	head.setOp = r.setOps(&setShape{pos: pos}, 0, &leaves)
	r.emit(")")
}

// wrap2 puts "SELECT head(" in front of an atom.
func (r *rewriter) wrap2(i int, pos Pos, head *headRecord) {
	r.prepend(i, pos, "SELECT "+r.name(head)+"(")
}

func (r *rewriter) atSetOp() bool { return r.kwIn("union", "intersect", "except") != "" }

// atTail reports whether a clause of the whole query follows.
func (r *rewriter) atTail() bool {
	return r.continuesQuery(0) || r.kws("as", "of", "epoch")
}

// setOps reads operators that bind at least as tight as level (1 is INTERSECT)
// behind the operand l, and emits their operands.
func (r *rewriter) setOps(l *setShape, level int, leaves *int) *setShape {
	for chain := 0; ; chain++ {
		op, own := Union, 0
		switch r.kwIn("union", "except", "intersect") {
		case "":
			return l
		case "except":
			op = Except
		case "intersect":
			op, own = Intersect, 1
		}
		if own < level {
			return l
		}
		if chain > maxChain {
			r.tooDeep()
		}
		node := &setShape{pos: r.pos(), op: op, left: l}
		r.p++
		if node.all = r.accept("all"); !node.all {
			r.accept("distinct")
		}
		r.emit(",")
		node.right = r.setOps(r.setOperand(leaves), own+1, leaves)
		l = node
	}
}

func (r *rewriter) setOperand(leaves *int) *setShape {
	leaf := &setShape{pos: r.pos(), leaf: *leaves}
	*leaves++
	r.emit("(")
	r.term()
	r.ordered = false
	r.emit(")")
	return leaf
}

// term reads one operand of a set operation. Parentheses are not emitted.
func (r *rewriter) term() operandTerm {
	t := operandTerm{start: len(r.atoms)}
	switch {
	case r.is("("):
		t.parenthesised = true
		r.enter()
		r.p++
		r.query()
		r.wantPunct(")")
		r.leave()
	case r.kw("select"):
		r.selectCore()
	case r.kw("values"):
		r.values()
	case r.kw("table"):
		r.tableCommand()
	default:
		r.fail()
	}
	return t
}

// tableCommand reads TABLE t, which is SELECT * FROM t.
func (r *rewriter) tableCommand() {
	head := &headRecord{pos: r.pos(), targets: []*Target{{Pos: r.pos()}}}
	star := &ColumnRef{Pos: r.pos(), Star: true}
	r.p++
	r.emitAt("SELECT "+r.name(head)+"() , "+r.name(Expr(star))+" FROM", head.pos)
	r.relation()
}

func (r *rewriter) values() {
	head := &headRecord{pos: r.pos(), kind: headValues}
	r.emit("SELECT " + r.name(head) + "(")
	r.p++
	for {
		r.wantPunct("(")
		head.rows = append(head.rows, r.exprs())
		r.wantPunct(")")
		if !r.acceptPunct(",") {
			break
		}
		r.emit(",")
	}
	r.emit(")")
}

// selectCore reads one SELECT up to its WINDOW clause.
func (r *rewriter) selectCore() {
	head := &headRecord{pos: r.pos()}
	r.emit("SELECT " + r.name(head) + "(")
	r.p++
	r.distinct(head)
	r.emit(")")
	if !r.atSelectEnd() || head.distinct {
		r.emit(",")
		head.targets = r.targets()
	}
	if r.accept("into") {
		r.into(head)
	}
	if r.accept("from") {
		r.emit("FROM")
		r.fromList()
	}
	r.streamWindow(&head.window)
	if r.accept("where") {
		r.emit("WHERE")
		r.expr()
	}
	r.groupBy(head)
	if r.accept("having") {
		r.emit("HAVING")
		r.expr()
	}
	if r.kw("window") {
		r.windows()
	}
}

func (r *rewriter) distinct(head *headRecord) {
	if !r.accept("distinct") {
		r.accept("all")
		return
	}
	head.distinct = true
	if r.kw("on") && r.isAt(1, "(") {
		r.p += 2
		head.distinctOn = r.exprs()
		r.wantPunct(")")
	}
}

func (r *rewriter) into(head *headRecord) {
	r.acceptIn("temporary", "temp", "unlogged")
	r.accept("table")
	name := r.qualified()
	head.into = &name
}

// atSelectEnd reports whether the select list is empty here.
func (r *rewriter) atSelectEnd() bool {
	t := r.tok()
	switch t.kind {
	case tokEOF:
		return true
	case tokPunct:
		return t.text == ")" || t.text == ";"
	case tokIdent:
		switch t.text {
		case "from", "where", "group", "having", "window", "into", "order", "limit", "offset",
			"fetch", "for", "union", "intersect", "except":
			return true
		}
	}
	return false
}

// targets reads the select list or that of RETURNING.
func (r *rewriter) targets() []*Target {
	var targets []*Target
	for {
		target := &Target{Pos: r.pos()}
		if r.op("*") {
			r.p++
			r.column(&ColumnRef{Pos: target.Pos, Star: true})
		} else {
			r.expr()
			target.Alias = r.targetAlias()
		}
		targets = append(targets, target)
		if !r.acceptPunct(",") {
			return targets
		}
		r.emit(",")
	}
}

// targetAlias reads AS label, or a bare label.
func (r *rewriter) targetAlias() string {
	if r.kws("as", "of", "epoch") {
		return ""
	}
	if r.accept("as") {
		return r.label()
	}
	t := r.tok()
	switch {
	case t.kind == tokQuoted:
		return r.take()
	case t.kind != tokIdent || keywords[t.text].asOnly || r.atEmit():
		return ""
	}
	return r.take()
}

// atEmit reports whether EMIT begins a clause here and is no name.
func (c *cursor) atEmit() bool {
	return c.kw("emit") && (c.kwAt(1, "changes") || c.kwAt(1, "final") || c.kwAt(1, "on"))
}

// groupBy reads GROUP BY and ksqlDB's PARTITION BY.
func (r *rewriter) groupBy(head *headRecord) {
	commas := &separator{r: r}
	if r.accept("group", "by") {
		r.emit("GROUP BY")
		if head.groupDistinct = r.accept("distinct"); !head.groupDistinct {
			r.accept("all")
		}
		for {
			head.group = append(head.group, r.groupItem(commas))
			if !r.acceptPunct(",") {
				break
			}
		}
		if !commas.later { // GROUP BY () alone has no expression
			commas.next()
			r.leaf(&Literal{Pos: head.pos, Kind: LitNull})
		}
	}
	if !r.accept("partition", "by") {
		return
	}
	if head.group == nil {
		r.emit("GROUP BY")
	}
	for {
		commas.next()
		r.expr()
		head.partition++
		if !r.acceptPunct(",") {
			return
		}
	}
}

// groupItem reads one item of GROUP BY and emits its expressions.
func (r *rewriter) groupItem(commas *separator) *groupShape {
	r.enter()
	defer r.leave()
	shape := &groupShape{item: &GroupItem{Pos: r.pos()}}
	switch {
	case r.kws("grouping", "sets") && r.isAt(2, "("):
		shape.item.Kind = GroupSets
		r.p++
	case r.kw("rollup") && r.isAt(1, "("):
		shape.item.Kind = GroupRollup
	case r.kw("cube") && r.isAt(1, "("):
		shape.item.Kind = GroupCube
	default:
		r.groupExpr(shape, commas)
		return shape
	}
	r.p += 2
	for {
		shape.items = append(shape.items, r.groupItem(commas))
		if !r.acceptPunct(",") {
			break
		}
	}
	r.wantPunct(")")
	return shape
}

// groupExpr reads an expression, (a, b) or ().
func (r *rewriter) groupExpr(shape *groupShape, commas *separator) {
	if r.is("(") && r.isAt(1, ")") {
		r.p += 2
		return
	}
	commas.next()
	r.expr()
	shape.exprs = 1
}

// windows reads the WINDOW clause.
func (r *rewriter) windows() {
	record := &windowsRecord{}
	r.p++
	r.emit("ORDER BY")
	r.emit(r.name(record) + "(")
	r.ordered = true
	commas := &separator{r: r}
	for {
		window := &NamedWindow{Pos: r.pos(), Name: r.colID()}
		r.want("as")
		record.names = append(record.names, window)
		record.shapes = append(record.shapes, r.windowSpec(commas))
		if !r.acceptPunct(",") {
			break
		}
	}
	r.emit(")")
}

// orderSeparator emits the comma or the key words in front of an ORDER BY item.
func (r *rewriter) orderSeparator() *separator {
	if !r.ordered {
		r.emit("ORDER BY")
	}
	later := r.ordered
	r.ordered = true
	return &separator{r: r, later: later}
}

// tail reads the clauses behind the body: ORDER BY, LIMIT, OFFSET, FETCH, FOR,
// EMIT, AS OF EPOCH.
func (r *rewriter) tail() {
	record := &tailRecord{emitPos: NoPos}
	if r.accept("order", "by") {
		record.order = r.orderItems(r.orderSeparator())
	}
	if !r.atTail() {
		if record.order != nil {
			r.emit(", " + r.name(record) + "()")
		}
		return
	}
	commas := r.orderSeparator()
	commas.next()
	r.emit(r.name(record) + "(")
	args := &separator{r: r}
	for r.tailClause(record, args) {
	}
	r.emit(")")
}

// tailClause reads one clause; false when there is none.
func (r *rewriter) tailClause(record *tailRecord, args *separator) bool {
	switch {
	case r.kw("limit"):
		r.limit(record, args)
	case r.kw("offset"):
		r.offset(record, args)
	case r.kw("fetch") && (r.kwAt(1, "first") || r.kwAt(1, "next")):
		r.fetch(record, args)
	case r.kw("for"):
		r.locking(record)
	case r.atEmit():
		r.emitClause(record)
	case r.kws("as", "of", "epoch"):
		r.p += 3
		record.asOfEpoch = r.constantExpr()
	default:
		return false
	}
	return true
}

// constantExpr reads a literal or parameter, with an optional sign.
func (r *rewriter) constantExpr() Expr {
	switch t := r.tok(); t.kind {
	case tokInt, tokParam, tokString:
		return r.constant()
	}
	r.fail()
	return nil
}

func (r *rewriter) limit(record *tailRecord, args *separator) {
	if record.hasLimit || record.limitAll {
		r.wrong(r.pos(), "multiple LIMIT clauses not allowed")
	}
	r.p++
	if r.accept("all") {
		record.limitAll = true
	} else {
		args.next()
		r.expr()
		record.hasLimit = true
	}
	if r.is(",") {
		r.bail(pgerr.New(pgerr.SyntaxError, "LIMIT #,# syntax is not supported").
			WithHint("Use separate LIMIT and OFFSET clauses.").At(int(r.pos())))
	}
}

func (r *rewriter) offset(record *tailRecord, args *separator) {
	if record.hasOffset {
		r.wrong(r.pos(), "multiple OFFSET clauses not allowed")
	}
	r.p++
	args.next()
	r.expr()
	record.hasOffset, record.offsetFirst = true, !record.hasLimit
	r.acceptIn("row", "rows")
}

func (r *rewriter) fetch(record *tailRecord, args *separator) {
	if record.hasLimit || record.limitAll {
		r.wrong(r.pos(), "multiple LIMIT clauses not allowed")
	}
	r.p += 2
	args.next()
	record.hasLimit = true
	if r.kwIn("row", "rows") != "" {
		r.leaf(&Literal{Pos: r.pos(), Kind: LitInt, Text: "1"})
	} else {
		r.operand(levelOther, false)
	}
	r.wantIn("row", "rows")
	if r.accept("only") {
		return
	}
	r.want("with", "ties")
	record.ties = true
}

func (r *rewriter) locking(record *tailRecord) {
	lock := &Locking{Pos: r.pos()}
	r.p++
	switch {
	case r.accept("update"):
		lock.Strength = "update"
	case r.accept("no", "key", "update"):
		lock.Strength = "no key update"
	case r.accept("share"):
		lock.Strength = "share"
	case r.accept("key", "share"):
		lock.Strength = "key share"
	case r.accept("read", "only"):
		return
	default:
		r.fail()
	}
	if r.accept("of") {
		lock.Of = r.qualifiedList()
	}
	switch {
	case r.accept("nowait"):
		lock.Wait = "nowait"
	case r.accept("skip", "locked"):
		lock.Wait = "skip locked"
	}
	record.locking = append(record.locking, lock)
}

func (r *rewriter) emitClause(record *tailRecord) {
	if record.emit != EmitNone {
		r.wrong(r.pos(), "multiple EMIT clauses not allowed")
	}
	record.emitPos = r.pos()
	r.p++
	switch {
	case r.accept("changes"):
		record.emit = EmitChanges
	case r.accept("final"):
		record.emit = EmitFinal
	default:
		r.want("on", "window", "close")
		record.emit = EmitFinal
	}
}

// with reads the WITH clause.
func (r *rewriter) with() {
	r.emit("WITH")
	r.p++
	if r.accept("recursive") {
		r.emit("RECURSIVE")
	}
	for {
		r.cte()
		if !r.acceptPunct(",") {
			return
		}
		r.emit(",")
	}
}

func (r *rewriter) cte() {
	cte := &CTE{Pos: r.pos(), Name: r.colID(), Columns: r.optColList()}
	r.want("as")
	switch {
	case r.accept("materialized"):
		yes := true
		cte.Materialized = &yes
	case r.accept("not", "materialized"):
		no := false
		cte.Materialized = &no
	}
	r.emitAt(r.name(cte)+" AS (", cte.Pos)
	r.wantPunct("(")
	if r.kwIn("insert", "update", "delete", "merge") != "" {
		cte.Statement = r.modifyingCTE()
		r.emit("SELECT NULL")
	} else {
		r.query()
	}
	r.wantPunct(")")
	r.emit(")")
	if r.kws("search", "depth") || r.kws("search", "breadth") {
		cte.Search = r.cteSearch()
	}
	if r.accept("cycle") {
		cte.Cycle = r.cteCycle()
	}
}

func (r *rewriter) cteSearch() *CTESearch {
	r.p++
	search := &CTESearch{Breadth: r.take() == "breadth"}
	r.want("first", "by")
	search.Columns = r.names()
	r.want("set")
	search.Sequence = r.colID()
	return search
}

func (r *rewriter) cteCycle() *CTECycle {
	cycle := &CTECycle{Columns: r.names()}
	r.want("set")
	cycle.Mark = r.colID()
	if r.accept("to") {
		cycle.Value = r.parseExpr()
		r.want("default")
		cycle.Default = r.parseExpr()
	}
	r.want("using")
	cycle.Path = r.colID()
	return cycle
}

// names reads name, name, ...
func (c *cursor) names() []string {
	names := []string{c.colID()}
	for c.acceptPunct(",") {
		names = append(names, c.colID())
	}
	return names
}

// modifyingCTE reads INSERT, UPDATE or DELETE inside WITH.
func (c *cursor) modifyingCTE() Statement {
	pos := c.p
	stmt := c.dml()
	stmt.setText(Pos(c.toks[pos].pos), c.textBetween(pos, c.p))
	return stmt
}
