package sql

// createType reads CREATE TYPE name AS ENUM (..) and AS (field type, ..). Shell, base
// and range types are read generically.
func (c *cursor) createType() Statement {
	start := c.p
	c.want("type")
	node := &CreateType{Name: c.qualified()}
	switch {
	case c.accept("as", "enum"):
		node.Enum = true
		c.wantPunct("(")
		for !c.is(")") {
			node.Labels = append(node.Labels, c.stringText())
			if !c.acceptPunct(",") {
				break
			}
		}
		c.wantPunct(")")
	case c.kw("as") && c.isAt(1, "("):
		c.p += 2
		for !c.is(")") {
			node.Fields = append(node.Fields, c.attribute())
			if !c.acceptPunct(",") {
				break
			}
		}
		c.wantPunct(")")
	default:
		c.p = start
		return c.otherCreate()
	}
	return node
}

// attribute reads a field of a composite type: name type [COLLATE c].
func (c *cursor) attribute() *ColumnDef {
	def := &ColumnDef{Pos: c.pos(), Name: c.colID()}
	def.Type = c.typeName()
	if c.accept("collate") {
		def.Collation = c.anyQualified()
	}
	return def
}

// createDomain reads CREATE DOMAIN name [AS] type constraints.
func (c *cursor) createDomain() Statement {
	c.want("domain")
	node := &CreateDomain{Name: c.qualified()}
	c.accept("as")
	node.Def = &ColumnDef{Pos: c.pos(), Name: "value", Type: c.typeName()}
	for c.columnConstraint(node.Def) {
	}
	return node
}

// alterType reads what follows ALTER TYPE name; nil for what is not known.
func (c *cursor) alterType(name Name) Statement {
	node := &AlterType{Name: name}
	switch {
	case c.accept("add", "value"):
		node.Action, node.IfExists = AlterAddValue, c.ifNotExists()
		node.Value = c.stringText()
		if where := c.acceptIn("before", "after"); where != "" {
			node.Before, node.Neighbour = where == "before", c.stringText()
		}
	case c.accept("rename", "value"):
		node.Action, node.Value = AlterRenameValue, c.stringText()
		c.want("to")
		node.NewName = c.stringText()
	case c.accept("set", "schema"):
		node.Action, node.NewName = AlterTypeSchema, c.colID()
	case c.accept("add", "attribute"):
		node.Action, node.Def = AlterAddAttribute, c.attribute()
		c.cascade()
	case c.accept("drop", "attribute"):
		node.Action, node.IfExists = AlterDropAttribute, c.accept("if", "exists")
		node.Value = c.colID()
		c.cascade()
	case c.kws("alter", "attribute"):
		c.p += 2
		node.Action, node.Value = AlterAttributeType, c.colID()
		c.accept("set", "data")
		c.want("type")
		node.Def = &ColumnDef{Pos: c.pos(), Name: node.Value, Type: c.typeName()}
		c.cascade()
	default:
		return nil
	}
	return node
}

// alterDomain reads what follows ALTER DOMAIN name; nil for what is not known.
func (c *cursor) alterDomain(name Name) Statement {
	node := &AlterType{Name: name, Domain: true, Def: &ColumnDef{Pos: c.pos(), Name: "value"}}
	switch {
	case c.accept("set", "default"):
		node.Action, node.Def.Default = AlterDomainDefault, c.parseExpr()
	case c.accept("drop", "default"):
		node.Action = AlterDomainDefault
	case c.accept("set", "not", "null"):
		node.Action, node.Def.NotNull = AlterDomainNotNull, true
	case c.accept("drop", "not", "null"):
		node.Action = AlterDomainNotNull
	case c.kw("add"):
		c.p++
		node.Action = AlterDomainAddConstraint
		if !c.columnConstraint(node.Def) {
			c.fail()
		}
	case c.accept("drop", "constraint"):
		node.Action, node.IfExists = AlterDomainDropConstraint, c.accept("if", "exists")
		node.Value = c.colID()
		c.cascade()
	case c.accept("validate", "constraint"):
		node.Action, node.Value = AlterDomainValidate, c.colID()
	case c.accept("set", "schema"):
		node.Action, node.NewName = AlterTypeSchema, c.colID()
	default:
		return nil
	}
	return node
}
