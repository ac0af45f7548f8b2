package sql

import "millrace/sql/pgerr"

// dml reads INSERT, UPDATE or DELETE with an optional WITH in front.
func (c *cursor) dml() Statement {
	var with *With
	if c.kw("with") {
		with = c.parseWith()
	}
	switch c.kwIn("insert", "update", "delete", "merge") {
	case "insert":
		return c.insert(with)
	case "update":
		return c.update(with)
	case "delete":
		return c.deleteStmt(with)
	case "merge":
		return c.generic()
	}
	c.fail()
	return nil
}

func (c *cursor) insert(with *With) Statement {
	c.want("insert", "into")
	node := &Insert{With: with, Table: c.qualified()}
	node.Options = c.withOptions()
	if c.accept("as") {
		node.Alias = c.colID()
	}
	if c.is("(") && !c.queryInside(0) {
		c.p++
		node.Columns = c.columnTargets()
	}
	if c.accept("overriding") {
		node.Overriding = c.wantIn("system", "user")
		c.want("value")
	}
	if c.accept("default") {
		c.want("values")
	} else {
		if node.Query = c.constantRows(); node.Query == nil {
			c.checkGrammarSize()
			node.Query = c.parseQuery()
		}
	}
	if c.accept("on") {
		c.want("conflict")
		node.OnConflict = c.onConflict()
	}
	node.Returning = c.returning()
	return node
}

func (c *cursor) returning() []*Target {
	if !c.accept("returning") {
		return nil
	}
	return c.parseTargets()
}

// columnTargets reads column, column.field, column[i], ... up to and with the
// closing parenthesis.
func (c *cursor) columnTargets() []*ColumnTarget {
	targets := []*ColumnTarget{c.columnTarget()}
	for c.acceptPunct(",") {
		targets = append(targets, c.columnTarget())
	}
	c.wantPunct(")")
	return targets
}

func (c *cursor) columnTarget() *ColumnTarget {
	target := &ColumnTarget{Pos: c.pos(), Name: c.colID()}
	for {
		pos := c.pos()
		switch {
		case c.acceptPunct("."):
			target.Path = append(target.Path, &Field{Pos: pos, Name: c.label()})
		case c.acceptPunct("["):
			target.Path = append(target.Path, c.targetSubscript(pos))
		default:
			return target
		}
	}
}

func (c *cursor) targetSubscript(pos Pos) Expr {
	node := &Subscript{Pos: pos}
	if !c.is(":") {
		node.Index = c.parseExpr()
	}
	if c.acceptPunct(":") {
		node.Slice, node.Low, node.Index = true, node.Index, nil
		if !c.is("]") {
			node.High = c.parseExpr()
		}
	}
	c.wantPunct("]")
	return node
}

func (c *cursor) onConflict() *OnConflict {
	node := &OnConflict{Pos: c.pos()}
	if c.accept("on", "constraint") {
		node.Constraint = c.colID()
	} else if c.acceptPunct("(") {
		node.Target = c.indexElems()
		if c.accept("where") {
			node.TargetWhere = c.parseExpr()
		}
	}
	c.want("do")
	if c.accept("nothing") {
		node.DoNothing = true
		return node
	}
	updatePos := c.pos()
	c.want("update", "set")
	if node.Target == nil && node.Constraint == "" {
		c.bail(pgerr.New(pgerr.SyntaxError,
			"ON CONFLICT DO UPDATE requires inference specification or constraint name").
			WithHint("For example, ON CONFLICT (column_name).").At(int(onConflictPos(c, updatePos))))
	}
	node.Set = c.assignments()
	if c.accept("where") {
		node.Where = c.parseExpr()
	}
	return node
}

// onConflictPos is the word ON in front of the clause.
func onConflictPos(c *cursor, pos Pos) Pos {
	for i := c.p; i > c.first; i-- {
		if t := c.toks[i]; t.kind == tokIdent && t.text == "on" {
			return Pos(t.pos)
		}
	}
	return pos
}

// assignments reads column = expr, (a, b) = row, ...
func (c *cursor) assignments() []*Assignment {
	var set []*Assignment
	for {
		node := &Assignment{Pos: c.pos()}
		if c.acceptPunct("(") {
			node.Multi = true
			node.Columns = c.columnTargets()
		} else {
			node.Columns = []*ColumnTarget{c.columnTarget()}
		}
		c.wantOp("=")
		node.Value = c.parseExpr()
		c.checkAssignment(node)
		set = append(set, node)
		if !c.acceptPunct(",") {
			return set
		}
	}
}

func (c *cursor) checkAssignment(node *Assignment) {
	if !node.Multi {
		return
	}
	switch value := node.Value.(type) {
	case *Row:
		if len(value.Items) != len(node.Columns) {
			c.wrong(value.Pos, "number of columns does not match number of values")
		}
	case *Subquery:
	default:
		if len(node.Columns) != 1 {
			c.bail(pgerr.New(pgerr.FeatureNotSupported,
				"source for a multiple-column UPDATE item must be a sub-SELECT or ROW() expression").
				At(int(node.Value.Position())))
		}
	}
}

// targetTable reads [ONLY] name [*] [[AS] alias] of UPDATE and DELETE.
func (c *cursor) targetTable(notAlias string) *Table {
	node := &Table{Pos: c.pos(), Only: c.accept("only")}
	parens := node.Only && c.acceptPunct("(")
	node.Name = c.qualified()
	if parens {
		c.wantPunct(")")
	}
	c.acceptOp("*")
	if c.accept("as") || c.isColID(0) && !c.kw(notAlias) {
		node.Alias.Name = c.colID()
	}
	return node
}

func (c *cursor) update(with *With) Statement {
	c.want("update")
	node := &Update{With: with, Table: c.targetTable("set")}
	c.want("set")
	node.Set = c.assignments()
	if c.accept("from") {
		node.From = c.parseFrom()
	}
	node.Where, node.CurrentOf = c.whereOrCurrent()
	node.Returning = c.returning()
	return node
}

func (c *cursor) deleteStmt(with *With) Statement {
	c.want("delete", "from")
	node := &Delete{With: with, Table: c.targetTable("using")}
	if c.accept("using") {
		node.Using = c.parseFrom()
	}
	node.Where, node.CurrentOf = c.whereOrCurrent()
	node.Returning = c.returning()
	return node
}

func (c *cursor) whereOrCurrent() (where Expr, cursor string) {
	if !c.accept("where") {
		return nil, ""
	}
	if c.accept("current", "of") {
		return nil, c.colID()
	}
	return c.parseExpr(), ""
}

func (c *cursor) truncate() Statement {
	c.p++
	c.accept("table")
	node := &Truncate{}
	for {
		table := &Table{Pos: c.pos(), Only: c.accept("only"), Name: c.qualified()}
		c.acceptOp("*")
		node.Tables = append(node.Tables, table)
		if !c.acceptPunct(",") {
			break
		}
	}
	if word := c.acceptIn("restart", "continue"); word != "" {
		c.want("identity")
		node.RestartIdentity = word == "restart"
	}
	node.Cascade = c.cascade()
	return node
}

// cascade reads CASCADE or RESTRICT.
func (c *cursor) cascade() bool { return c.acceptIn("cascade", "restrict") == "cascade" }
