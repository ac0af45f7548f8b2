package sql

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
	pos        Pos
	kind       headKind
	distinct   bool
	distinctOn int
	targets    []*Target
	// hasFrom tells that the relations are the user's.
	hasFrom       bool
	window        *StreamWindow
	into          *Name
	groupDistinct bool
	group         []*groupShape
	// partition counts the expressions of PARTITION BY behind those of GROUP BY.
	partition int
	rows      []int // lengths of the rows of VALUES
	setOp     *setShape
}

// windowsRecord is the call that carries the WINDOW clause.
type windowsRecord struct {
	names  []*NamedWindow
	shapes []*windowShape
}

// query reads a query with all its clauses.
func (r *rewriter) query() {
	r.enter()
	defer r.leave()
	ordered := r.ordered
	r.ordered = false
	withPos := NoPos
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
	head := &headRecord{pos: r.pos(), targets: []*Target{{Pos: r.pos()}}, hasFrom: true}
	star := &ColumnRef{Pos: r.pos(), Star: true}
	r.p++
	table := &Table{Pos: r.pos(), Only: r.accept("only"), Name: r.qualified()}
	r.acceptOp("*")
	r.emitAt("SELECT "+r.name(head)+"() , "+r.name(Expr(star))+" FROM "+r.name(TableRef(table)), head.pos)
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
	if head.hasFrom = r.accept("from"); head.hasFrom {
		r.emit("FROM")
		r.fromList()
		r.streamWindow(&head.window)
	} else if r.kwIn("where", "group", "having") != "" { // the grammar has no HAVING without FROM
		r.emit("FROM " + r.name(TableRef(&Table{Pos: head.pos})))
	}
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
