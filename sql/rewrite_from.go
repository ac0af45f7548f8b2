package sql

import "millrace/sql/pgerr"

// Relations are emitted as
//
//	table      `n`                     record: *Table
//	subquery   (query) AS `n`          record: *SubqueryRef
//	functions  (SELECT f(), g()) AS `n`  record: *FuncRef
//	join       a JOIN b ON `n`(cond)   record: *Join
//	(join) AS alias                    (SELECT NULL FROM join) AS `n`, record: *aliasRecord

// aliasRecord is the alias of a join in parentheses.
type aliasRecord struct{ alias Alias }

// fromList reads relation, relation, ...
func (r *rewriter) fromList() {
	for {
		r.relation()
		for joins := 0; r.atJoin(); joins++ {
			if joins > maxJoins {
				r.tooDeep()
			}
			r.join()
		}
		if !r.acceptPunct(",") {
			return
		}
		r.emit(",")
	}
}

// atJoin reports whether a join follows. ASOF is a name unless a join word follows.
func (c *cursor) atJoin() bool {
	t := c.tok()
	if t.kind != tokIdent {
		return false
	}
	switch t.text {
	case "join", "inner", "left", "right", "full", "cross", "natural":
		return true
	case "asof":
		return c.kwAt(1, "join") || c.kwAt(1, "left") || c.kwAt(1, "inner")
	}
	return false
}

// join reads one join. A right side that is followed by another join before its
// own ON nests: a JOIN b JOIN c ON .. ON ..
func (r *rewriter) join() {
	r.enter()
	defer r.leave()
	node := &Join{Pos: r.pos()}
	r.joinKind(node)
	qualified := node.Kind != JoinCross && !node.Natural
	r.emitAt("JOIN", node.Pos)
	right := len(r.atoms)
	r.relation()
	node.Within = r.within()
	for qualified && r.atJoin() {
		r.prepend(right, node.Pos, "(")
		r.join()
		r.emit(")")
	}
	if node.Within == nil {
		node.Within = r.within()
	}
	r.emitAt("ON "+r.name(node)+"(", node.Pos)
	switch {
	case !qualified:
	case r.accept("on"):
		r.expr()
	case r.accept("using"):
		r.wantPunct("(")
		node.Using = r.colList()
		if r.accept("as") {
			node.UsingAlias = r.colID()
		}
	default:
		r.fail()
	}
	r.emit(")")
}

func (r *rewriter) joinKind(node *Join) {
	node.Asof = r.accept("asof")
	node.Natural = r.accept("natural")
	switch r.acceptIn("cross", "inner", "left", "right", "full") {
	case "cross":
		node.Kind = JoinCross
	case "left":
		node.Kind = JoinLeft
		r.accept("outer")
	case "right":
		node.Kind = JoinRight
		r.accept("outer")
	case "full":
		node.Kind = JoinFull
		r.accept("outer")
	}
	r.want("join")
}

// within reads ksqlDB's WITHIN n unit, WITHIN (before, after), GRACE PERIOD.
func (c *cursor) within() *Within {
	if !c.kw("within") || c.at(1).kind != tokInt && !c.isAt(1, "(") {
		return nil
	}
	node := &Within{Pos: c.pos()}
	c.p++
	if c.acceptPunct("(") {
		node.Before = c.span()
		c.wantPunct(",")
		node.After = c.span()
		c.wantPunct(")")
	} else {
		node.Before = c.span()
		node.After = node.Before
	}
	if c.accept("grace", "period") {
		grace := c.span()
		node.Grace = &grace
	}
	return node
}

// span reads a number and a unit of time.
func (c *cursor) span() Span {
	s := Span{Pos: c.pos(), N: c.integer()}
	t := c.tok()
	if t.kind != tokIdent {
		c.fail()
	}
	switch unit := trimPlural(t.text); unit {
	case "millisecond", "second", "minute", "hour", "day", "week", "month", "year":
		s.Unit = unit
	default:
		c.fail()
	}
	c.p++
	return s
}

func trimPlural(word string) string {
	if n := len(word); n > 1 && word[n-1] == 's' {
		return word[:n-1]
	}
	return word
}

// relation reads one item of FROM without joins, and reports whether that was a
// join in parentheses without an alias.
func (r *rewriter) relation() (joined bool) {
	r.enter()
	defer r.leave()
	pos := r.pos()
	lateral := r.accept("lateral")
	switch {
	case r.is("(") && r.queryInside(0):
		r.derivedTable(&SubqueryRef{Pos: pos, Lateral: lateral})
	case r.is("(") && !lateral:
		return r.joinInParentheses()
	case r.kws("rows", "from") && r.isAt(2, "("):
		r.rowsFrom(&FuncRef{Pos: pos, RowsFrom: true, Lateral: lateral})
	case r.kw("table") && r.isAt(1, "("):
		r.tableFunction(&FuncRef{Pos: pos, Lateral: lateral})
	case r.functionAhead():
		r.function(&FuncRef{Pos: pos, Lateral: lateral})
	case lateral:
		r.fail()
	default:
		r.table(&Table{Pos: pos})
	}
	return false
}

func (r *rewriter) derivedTable(node *SubqueryRef) {
	values := r.kwAt(1, "values")
	r.subquery()
	if node.Alias, _ = r.alias(false); node.Alias.Name == "" {
		what := "subquery"
		if values {
			what = "VALUES"
		}
		r.bail(pgerr.Newf(pgerr.SyntaxError, "%s in FROM must have an alias", what).
			WithHint("For example, FROM (%s ...) [AS] foo.", exampleOf(values)).At(int(node.Pos)))
	}
	r.emitAt("AS "+r.name(TableRef(node)), node.Pos)
}

func exampleOf(values bool) string {
	if values {
		return "VALUES"
	}
	return "SELECT"
}

func (r *rewriter) joinInParentheses() (joined bool) {
	start := len(r.atoms)
	pos := r.pos()
	r.wantPunct("(")
	if !r.relation() && !r.atJoin() {
		r.fail()
	}
	for r.atJoin() {
		r.join()
	}
	r.wantPunct(")")
	alias, _ := r.alias(false)
	if alias.Name == "" {
		r.prepend(start, pos, "(")
		r.emit(")")
		return true
	}
	r.prepend(start, pos, "(SELECT NULL FROM")
	r.emitAt(") AS "+r.name(&aliasRecord{alias}), pos)
	return false
}

// functionAhead reports whether a function call follows in FROM.
func (r *rewriter) functionAhead() bool {
	t := r.tok()
	if t.kind == tokIdent && isKeywordFunc(t.text) && !r.isAt(1, ".") {
		return true
	}
	if t.kind == tokIdent && t.text == "cast" && r.isAt(1, "(") {
		return true
	}
	if !r.isNameAt(0, kwColName, kwTypeFunc) {
		return false
	}
	k := 1
	for r.isAt(k, ".") && r.isLabel(k+1) {
		k += 2
	}
	return r.isAt(k, "(")
}

func (r *rewriter) function(node *FuncRef) {
	r.emitAt("(SELECT", node.Pos)
	r.functionItem(node)
	r.emit(")")
	r.functionTail(node)
}

// functionItem reads one function; a relation as the argument of a windowing
// function is a name to us, not a column.
func (r *rewriter) functionItem(node *FuncRef) {
	node.Calls = append(node.Calls, &FuncItem{Pos: r.pos()})
	r.windowless = true
	r.primary()
	r.windowless = false
}

// tableFunction reads Flink's TABLE(function(...)).
func (r *rewriter) tableFunction(node *FuncRef) {
	r.p += 2
	if !r.functionAhead() {
		r.fail()
	}
	r.emitAt("(SELECT", node.Pos)
	r.functionItem(node)
	r.wantPunct(")")
	r.emit(")")
	r.functionTail(node)
}

func (r *rewriter) rowsFrom(node *FuncRef) {
	r.p += 3
	r.emitAt("(SELECT", node.Pos)
	for {
		r.functionItem(node)
		if r.kw("as") {
			r.p++
			r.wantPunct("(")
			node.Calls[len(node.Calls)-1].Columns = r.columnDefinitions()
		}
		if !r.acceptPunct(",") {
			break
		}
		r.emit(",")
	}
	r.wantPunct(")")
	r.emit(")")
	r.functionTail(node)
}

func (r *rewriter) functionTail(node *FuncRef) {
	node.Ordinality = r.accept("with", "ordinality")
	node.Alias, node.Columns = r.alias(true)
	r.emitAt("AS "+r.name(TableRef(node)), node.Pos)
}

func (r *rewriter) table(node *Table) {
	node.Only = r.accept("only")
	parens := node.Only && r.acceptPunct("(")
	if t := r.tok(); t.kind == tokIdent && keywords[t.text].kind == kwTypeFunc {
		r.failAt(1) // a function could begin so, a table not
	}
	node.Name = r.qualified()
	if parens {
		r.wantPunct(")")
	}
	r.acceptOp("*")
	if r.accept("for", "system_time", "as", "of") {
		node.AsOf = r.parseExpr()
	}
	node.Alias, _ = r.alias(false)
	if r.accept("tablesample") {
		node.Sample = r.sample()
	}
	r.emitAt(r.name(TableRef(node)), node.Pos)
}

func (r *rewriter) sample() *TableSample {
	node := &TableSample{Pos: r.pos(), Method: r.anyQualified()}
	r.wantPunct("(")
	for {
		node.Args = append(node.Args, r.parseExpr())
		if !r.acceptPunct(",") {
			break
		}
	}
	r.wantPunct(")")
	if r.accept("repeatable") {
		r.wantPunct("(")
		node.Seed = r.parseExpr()
		r.wantPunct(")")
	}
	return node
}

// alias reads [AS] name [(columns)]. For functions the columns may be definitions,
// also without a name: AS (a int).
func (r *rewriter) alias(definitions bool) (alias Alias, columns []*ColumnDef) {
	switch {
	case r.kws("as", "of", "epoch"):
		return alias, nil
	case r.accept("as"):
		if definitions && r.acceptPunct("(") {
			return alias, r.columnDefinitions()
		}
		alias.Name = r.colID()
	case r.isColID(0) && !r.atRelationEnd():
		alias.Name = r.colID()
	default:
		return alias, nil
	}
	if !r.is("(") {
		return alias, nil
	}
	r.p++
	if definitions && !r.isAt(1, ",") && !r.isAt(1, ")") {
		return alias, r.columnDefinitions()
	}
	alias.Columns = r.colList()
	return alias, nil
}

// atRelationEnd reports whether a word that could be an alias begins the next
// clause instead.
func (r *rewriter) atRelationEnd() bool {
	switch r.tok().text {
	case "asof":
		return r.atJoin()
	case "within":
		return r.at(1).kind == tokInt || r.isAt(1, "(")
	case "emit":
		return r.atEmit()
	case "partition":
		return r.kwAt(1, "by")
	case "set", "tablesample":
		return r.tok().kind == tokIdent
	}
	return false
}

// columnDefinitions reads name type, ... up to and with the closing parenthesis.
func (c *cursor) columnDefinitions() []*ColumnDef {
	var defs []*ColumnDef
	for {
		def := &ColumnDef{Pos: c.pos(), Name: c.colID()}
		def.Type = c.typeName()
		if c.accept("collate") {
			def.Collation = c.anyQualified()
		}
		defs = append(defs, def)
		if !c.acceptPunct(",") {
			break
		}
	}
	c.wantPunct(")")
	return defs
}

// streamWindow reads ksqlDB's WINDOW TUMBLING|HOPPING|SESSION (...) if it is here.
func (c *cursor) streamWindow(window **StreamWindow) {
	if !c.kw("window") || !c.isAt(2, "(") {
		return
	}
	node := &StreamWindow{Pos: c.pos()}
	switch c.at(1).text {
	case "tumbling":
		node.Kind = WindowTumbling
	case "hopping":
		node.Kind = WindowHopping
	case "session":
		node.Kind = WindowSession
	default:
		return
	}
	c.p += 3
	if node.Kind != WindowSession {
		c.want("size")
	}
	node.Size = c.span()
	for c.acceptPunct(",") {
		c.windowOption(node)
	}
	c.wantPunct(")")
	if node.Kind == WindowHopping && node.Advance == nil {
		c.wrong(node.Pos, "hopping window needs ADVANCE BY")
	}
	*window = node
}

func (c *cursor) windowOption(node *StreamWindow) {
	target := &node.Retention
	switch {
	case node.Kind == WindowHopping && c.accept("advance", "by"):
		target = &node.Advance
	case c.accept("grace", "period"):
		target = &node.Grace
	case c.accept("retention"):
	default:
		c.fail()
	}
	span := c.span()
	*target = &span
}
