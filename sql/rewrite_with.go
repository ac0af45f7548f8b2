package sql

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
