package sql

// elements are the parts of a column list.
type elements struct {
	present     bool
	columns     []*ColumnDef
	constraints []*Constraint
	watermarks  []*Watermark
	like        []Name
	// untyped is the token behind the first column without a type, 0 when all have
	// one. Only CREATE .. AS allows that.
	untyped int
}

// tableElements reads (column, constraint, WATERMARK FOR, LIKE t, ...) if it is there.
func (c *cursor) tableElements() elements {
	var elems elements
	if !c.acceptPunct("(") {
		return elems
	}
	elems.present = true
	for !c.is(")") {
		c.tableElement(&elems)
		if !c.acceptPunct(",") {
			break
		}
		if c.is(")") {
			c.fail()
		}
	}
	c.wantPunct(")")
	return elems
}

func (c *cursor) tableElement(elems *elements) {
	switch {
	case c.kws("watermark", "for"):
		elems.watermarks = append(elems.watermarks, c.watermark())
	case c.kw("like"):
		c.p++
		elems.like = append(elems.like, c.qualified())
		for c.acceptIn("including", "excluding") != "" {
			c.label()
		}
	case c.atConstraint():
		elems.constraints = append(elems.constraints, c.constraint())
	default:
		def := c.columnDef(elems)
		elems.columns = append(elems.columns, def)
	}
}

// atConstraint reports whether a table constraint begins here.
func (c *cursor) atConstraint() bool {
	switch c.kwIn("constraint", "primary", "unique", "check", "foreign", "exclude") {
	case "":
		return false
	case "exclude":
		return c.kwAt(1, "using") || c.isAt(1, "(")
	}
	return true
}

func (c *cursor) watermark() *Watermark {
	node := &Watermark{Pos: c.pos()}
	c.p += 2
	node.Column = c.colID()
	if !c.accept("as") {
		node.Expr = &ColumnRef{Pos: node.Pos, Parts: []string{node.Column}}
		return node
	}
	node.Expr = c.parseExpr()
	return node
}

func (c *cursor) constraint() *Constraint {
	node := &Constraint{Pos: c.pos()}
	if c.accept("constraint") {
		node.Name = c.colID()
	}
	switch c.wantIn("primary", "unique", "check", "foreign", "exclude") {
	case "primary":
		c.want("key")
		node.Kind = ConstraintPrimaryKey
		c.constraintColumns(node)
	case "unique":
		node.Kind = ConstraintUnique
		if !c.accept("nulls", "distinct") {
			c.accept("nulls", "not", "distinct")
		}
		c.constraintColumns(node)
	case "check":
		node.Kind = ConstraintCheck
		c.wantPunct("(")
		node.Check = c.parseExpr()
		c.wantPunct(")")
		c.accept("no", "inherit")
	case "foreign":
		c.want("key")
		node.Kind = ConstraintForeignKey
		c.wantPunct("(")
		node.Columns = c.colList()
		node.References = c.references()
	case "exclude":
		c.refuse(node.Pos, "exclusion constraints are not supported")
	}
	c.constraintTiming()
	return node
}

func (c *cursor) constraintColumns(node *Constraint) {
	c.wantPunct("(")
	node.Columns = c.colList()
	if c.accept("include") {
		c.wantPunct("(")
		c.colList()
	}
	c.withOptions()
	if c.accept("using", "index", "tablespace") {
		c.colID()
	}
}

// constraintTiming reads DEFERRABLE, INITIALLY DEFERRED, NOT VALID. They change
// nothing here: constraints are checked at once.
func (c *cursor) constraintTiming() {
	for {
		switch {
		case c.accept("not", "deferrable"), c.accept("deferrable"), c.accept("not", "valid"):
		case c.accept("initially"):
			c.wantIn("deferred", "immediate")
		default:
			return
		}
	}
}

// references reads REFERENCES t (columns) with its actions, which are dropped.
func (c *cursor) references() *ForeignKey {
	node := &ForeignKey{Pos: c.pos()}
	c.want("references")
	node.Table = c.qualified()
	node.Columns = c.optColList()
	for {
		switch {
		case c.accept("match"):
			c.wantIn("full", "partial", "simple")
		case c.accept("on", "delete"), c.accept("on", "update"):
			c.foreignKeyAction()
		default:
			return node
		}
	}
}

func (c *cursor) foreignKeyAction() {
	switch c.wantIn("no", "restrict", "cascade", "set") {
	case "no":
		c.want("action")
	case "set":
		c.wantIn("null", "default")
		c.optColList()
	}
}

// columnDef reads a column: name [type] constraints.
func (c *cursor) columnDef(elems *elements) *ColumnDef {
	def := &ColumnDef{Pos: c.pos(), Name: c.colID()}
	if !c.is(",") && !c.is(")") && !c.columnConstraintAhead() {
		def.Type = c.typeName()
	} else if elems.untyped == 0 {
		elems.untyped = c.p
	}
	for c.columnConstraint(def) {
	}
	return def
}

// checkTypes fails at the first column without a type.
func (c *cursor) checkTypes(elems elements) {
	if elems.untyped == 0 {
		return
	}
	for _, column := range elems.columns {
		if column.Type != nil {
			c.p = elems.untyped
		}
	}
	c.fail()
}

// columnConstraintAhead reports whether a column has no type before its
// constraints, as in CREATE TABLE t (a PRIMARY KEY) AS SELECT.
func (c *cursor) columnConstraintAhead() bool {
	return c.kws("primary", "key") || c.kws("not", "null") || c.kw("unique") || c.kws("with", "options") ||
		c.kw("default") || c.kw("check") || c.kw("generated")
}

// columnConstraint reads one constraint or option of a column; false at the end.
func (c *cursor) columnConstraint(def *ColumnDef) bool {
	name := ""
	if c.accept("constraint") {
		name = c.colID()
	}
	switch {
	case c.accept("not"):
		c.want("null")
		def.NotNull = true
	case c.accept("null"):
		def.Null = true
	case c.accept("default"):
		def.Default = c.parseSimpleExpr()
	case c.accept("primary"):
		c.want("key")
		def.PrimaryKey, def.KeyName = true, name
		c.withOptions()
	case c.accept("key"):
		def.Key = true
	case c.accept("unique"):
		def.Unique = true
		if !c.accept("nulls", "distinct") {
			c.accept("nulls", "not", "distinct")
		}
	case c.accept("check"):
		c.wantPunct("(")
		def.Checks, def.CheckNames = append(def.Checks, c.parseExpr()), append(def.CheckNames, name)
		c.wantPunct(")")
		c.accept("no", "inherit")
	case c.kw("references"):
		def.References = c.references()
	case c.kw("generated"):
		c.generated(def)
	case c.kw("as") && c.isAt(1, "("):
		c.p += 2
		def.Generated = c.parseExpr()
		c.wantPunct(")")
	default:
		return c.columnOption(def)
	}
	c.constraintTiming()
	return true
}

func (c *cursor) columnOption(def *ColumnDef) bool {
	option := Option{Pos: c.pos(), Name: c.tok().text, HasValue: true}
	switch {
	case c.accept("collate"):
		def.Collation = c.anyQualified()
	case c.accept("headers"):
		def.Header = "*"
	case c.kw("header") && c.isAt(1, "("):
		c.p += 2
		def.Header = c.stringText()
		c.wantPunct(")")
	case c.acceptIn("storage", "compression") != "":
		option.Value = c.label()
		def.Options = append(def.Options, option)
	case c.accept("with", "options"):
	default:
		return false
	}
	return true
}

// generated reads GENERATED ALWAYS AS (expr) STORED, or AS IDENTITY.
func (c *cursor) generated(def *ColumnDef) {
	c.p++
	when, pos := "always", c.pos()
	if !c.accept("always") {
		c.want("by", "default")
		when = "by default"
	}
	c.want("as")
	if c.accept("identity") {
		def.Identity = when
		def.IdentityOptions = c.identityOptions()
		return
	}
	c.wantPunct("(")
	def.Generated = c.parseExpr()
	c.wantPunct(")")
	if when != "always" {
		c.wrong(pos, "for a generated column, GENERATED ALWAYS must be specified")
	}
	c.want("stored")
}
