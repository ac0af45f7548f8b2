package sql

import "strings"

// copyStmt reads COPY with the options of both the modern and the old syntax.
func (c *cursor) copyStmt() Statement {
	c.p++
	node := &Copy{}
	if c.accept("binary") {
		node.Options = append(node.Options, Option{Pos: c.pos(), Name: "format", Value: "binary", HasValue: true})
	}
	if c.is("(") {
		c.p++
		node.Query = c.inner()
		c.wantPunct(")")
		c.want("to")
	} else {
		node.Table = c.qualified()
		node.Columns = c.optColList()
		node.From = c.wantIn("from", "to") == "from"
	}
	c.copyFile(node)
	c.copyOptions(node)
	if c.kw("where") {
		if !node.From {
			c.wrong(c.pos(), "WHERE clause not allowed with COPY TO")
		}
		c.p++
		node.Where = c.parseExpr()
	}
	return node
}

func (c *cursor) copyFile(node *Copy) {
	node.Program = c.accept("program")
	switch {
	case c.tok().kind == tokString:
		node.File = c.take()
	case node.Program:
		c.fail()
	default:
		c.wantIn("stdin", "stdout")
	}
}

func (c *cursor) copyOptions(node *Copy) {
	if c.kw("using") && c.kwAt(1, "delimiters") {
		option := Option{Pos: c.pos(), Name: "delimiter", HasValue: true}
		c.p += 2
		option.Value = c.stringText()
		node.Options = append(node.Options, option)
	}
	c.accept("with")
	if !c.acceptPunct("(") {
		for c.oldCopyOption(node) {
		}
		return
	}
	for {
		node.Options = append(node.Options, c.copyOption())
		if !c.acceptPunct(",") {
			break
		}
	}
	c.wantPunct(")")
}

// copyOption reads name [value | (list) | *].
func (c *cursor) copyOption() Option {
	option := Option{Pos: c.pos(), Name: strings.ToLower(c.label())}
	switch {
	case c.is(",") || c.is(")"):
	case c.acceptOp("*"):
		option.Value, option.HasValue = "*", true
	case c.acceptPunct("("):
		option.HasValue = true
		option.List = c.optionList()
	default:
		option.Value, option.HasValue = c.settingValue(), true
	}
	return option
}

func (c *cursor) optionList() []string {
	var items []string
	for {
		items = append(items, c.optionValue())
		if !c.acceptPunct(",") {
			break
		}
	}
	c.wantPunct(")")
	return items
}

// oldCopyOption reads one option as PostgreSQL before 9.0 had them: CSV HEADER
// DELIMITER AS 'x' FORCE NOT NULL a, b.
func (c *cursor) oldCopyOption(node *Copy) bool {
	option := Option{Pos: c.pos(), HasValue: true}
	switch word := c.acceptIn("binary", "csv", "freeze", "header", "delimiter", "null", "quote", "escape",
		"encoding", "force"); word {
	case "":
		return false
	case "binary", "csv":
		option.Name, option.Value = "format", word
	case "freeze", "header":
		option.Name, option.Value = word, "true"
	case "force":
		c.forceOption(&option)
	default:
		c.accept("as")
		option.Name, option.Value = word, c.stringText()
	}
	node.Options = append(node.Options, option)
	return true
}

func (c *cursor) forceOption(option *Option) {
	switch {
	case c.accept("not", "null"):
		option.Name = "force_not_null"
	case c.accept("null"):
		option.Name = "force_null"
	default:
		c.want("quote")
		option.Name = "force_quote"
	}
	if c.acceptOp("*") {
		option.Value = "*"
		return
	}
	option.List = c.names()
}
