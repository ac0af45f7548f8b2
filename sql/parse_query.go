package sql

// parseExpr reads one expression into a node.
func (c *cursor) parseExpr() Expr {
	if e := c.loneConstant(); e != nil {
		return e
	}
	return c.runExpr((*rewriter).expr)
}

// parseSimpleExpr is parseExpr for PostgreSQL's b_expr: DEFAULT and the like.
func (c *cursor) parseSimpleExpr() Expr { return c.runExpr((*rewriter).simpleExpr) }

func (c *cursor) runExpr(read func(*rewriter)) Expr {
	r := newRewriter(c)
	r.emit("SELECT")
	read(r)
	conv := r.convert()
	return conv.expr(conv.query.Fields.Fields[0].Expr)
}

// loneConstant reads a literal that is the whole expression; nil when more follows.
func (c *cursor) loneConstant() Expr {
	next := c.at(1)
	if next.kind != tokEOF && !(next.kind == tokPunct && (next.text == "," || next.text == ")")) {
		return nil
	}
	switch t := c.tok(); t.kind {
	case tokString, tokInt, tokNumeric, tokParam:
		return c.constant()
	case tokIdent:
		switch t.text {
		case "null", "true", "false", "default":
			return c.keywordConstant()
		}
	}
	return nil
}

// parseExprs reads expr, expr, ...
func (c *cursor) parseExprs() []Expr {
	exprs := []Expr{c.parseExpr()}
	for c.acceptPunct(",") {
		exprs = append(exprs, c.parseExpr())
	}
	return exprs
}

// parseQuery reads a query.
func (c *cursor) parseQuery() *Query {
	r := newRewriter(c)
	r.query()
	conv := r.convert()
	return conv.convertQuery(conv.query)
}

// parseTargets reads the list of RETURNING.
func (c *cursor) parseTargets() []*Target {
	r := newRewriter(c)
	head := &headRecord{pos: c.pos()}
	r.emit("SELECT " + r.name(head) + "() ,")
	head.targets = r.targets()
	return r.convertFrame().Targets
}

// parseFrom reads the list of UPDATE .. FROM and DELETE .. USING.
func (c *cursor) parseFrom() []TableRef {
	r := newRewriter(c)
	r.emit("SELECT " + r.name(&headRecord{pos: c.pos(), hasFrom: true}) + "() FROM")
	r.fromList()
	return r.convertFrame().From
}

// parseWith reads a WITH clause in front of INSERT, UPDATE or DELETE.
func (c *cursor) parseWith() *With {
	pos := c.pos()
	r := newRewriter(c)
	r.with()
	r.emit("SELECT " + r.name(&headRecord{pos: pos, kind: headNone}) + "()")
	conv := r.convert()
	with := conv.convertQuery(conv.query).With
	with.Pos = pos
	return with
}

// convertFrame converts a SELECT that carries only parts of a statement.
func (r *rewriter) convertFrame() *Select {
	conv := r.convert()
	return conv.convertQuery(conv.query).Body.(*Select)
}
