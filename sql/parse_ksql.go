package sql

import (
	"strconv"
	"strings"

	"millrace/sql/pgerr"
)

// define reads DEFINE name = 'value'.
func (c *cursor) define() Statement {
	c.p++
	node := &Define{Name: strings.ToLower(c.label())}
	c.wantOp("=")
	node.Value = c.stringText()
	return node
}

// undefine reads UNDEFINE name.
func (c *cursor) undefine() Statement {
	c.p++
	return &Undefine{Name: strings.ToLower(c.label())}
}

// unset reads UNSET 'property', which is RESET.
func (c *cursor) unset() Statement {
	c.p++
	if c.tok().kind == tokString {
		return &Reset{Name: strings.ToLower(c.take())}
	}
	return &Reset{Name: c.settingName()}
}

// print reads PRINT topic [FROM BEGINNING] [INTERVAL n | SAMPLE n] [LIMIT n].
func (c *cursor) print() Statement {
	c.p++
	node := &Print{Topic: c.topicName(), Limit: -1}
	if c.accept("from") {
		c.want("beginning")
		node.FromBeginning = true
	}
	if c.acceptIn("interval", "sample") != "" {
		node.Interval = c.integer()
	}
	if c.accept("limit") {
		node.Limit = c.integer()
	}
	return node
}

// topicName reads the name of a topic: a string or names with dots, in which ksqlDB
// allows hyphens.
func (c *cursor) topicName() Name {
	name := Name{Pos: c.pos()}
	if c.tok().kind == tokString {
		name.Parts = []string{c.take()}
		return name
	}
	from := c.p
	name = c.qualified()
	for c.op("-") && (c.isLabel(1) || c.at(1).kind == tokInt) {
		c.p += 2
		name.Parts = []string{c.textBetween(from, c.p)}
	}
	return name
}

// assert reads ASSERT in its forms.
func (c *cursor) assert() Statement {
	c.p++
	node := &Assert{NotExists: c.accept("not", "exists")}
	switch {
	case c.accept("topic"):
		node.Kind, node.Name = AssertTopic, c.topicName()
		node.With = c.withOptions()
	case c.kw("schema"):
		c.refuse(c.pos(), "ASSERT SCHEMA is not supported")
	case node.NotExists:
		c.fail()
	case c.accept("values"):
		node.Kind, node.Name = AssertValues, c.qualified()
		node.Names = c.optColList()
		c.want("values")
		c.assertRow(node)
	case c.accept("null", "values"), c.accept("tombstone"):
		node.Kind, node.Name = AssertNull, c.qualified()
		node.Names = c.optColList()
		c.want("key")
		c.assertRow(node)
	default:
		node.Kind = AssertKind(c.wantIn("stream", "table"))
		node.Name = c.qualified()
		elems := c.tableElements()
		node.Columns = elems.columns
		c.checkTypes(elems)
		node.With = c.withOptions()
	}
	c.assertTimeout(node)
	return node
}

func (c *cursor) assertRow(node *Assert) {
	c.wantPunct("(")
	node.Row = c.parseExprs()
	c.wantPunct(")")
}

func (c *cursor) assertTimeout(node *Assert) {
	if node.Kind != AssertTopic || !c.accept("timeout") {
		return
	}
	node.Timeout = strconv.FormatInt(c.integer(), 10) + " " + strings.ToLower(c.label())
}

// runScript refuses RUN SCRIPT, which names a file of the client.
func (c *cursor) runScript() Statement {
	pos := c.pos()
	c.p++
	c.want("script")
	c.bail(pgerr.New(pgerr.FeatureNotSupported, "RUN SCRIPT is not supported").
		WithHint("A script is a file of the client: psql runs one with \\i or -f.").At(int(pos)))
	return nil
}

// alterSystem reads ALTER SYSTEM 'property' = 'value'; PostgreSQL's form, ALTER SYSTEM
// SET, is read generically.
func (c *cursor) alterSystem() Statement {
	node := &AlterSystem{Name: c.stringText()}
	c.wantOp("=")
	node.Value = c.stringText()
	return node
}

// explainName reads the query id of ksqlDB's EXPLAIN id; nil when a statement follows.
func (c *cursor) explainName() Statement {
	word := c.tok()
	if !c.isColID(0) || !c.at1Done() || word.kind == tokIdent && (route(word.text) != nil || isGenericVerb(word.text)) {
		return nil
	}
	return &QueryControl{Verb: "explain", Query: c.qualified()}
}
