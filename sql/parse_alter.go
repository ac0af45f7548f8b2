package sql

import "strings"

// dropKinds are the objects of DROP, longest first.
var dropKinds = []string{
	"table", "stream", "view", "materialized view", "index", "schema", "source connector", "sink connector",
	"source", "sink", "connection", "connector", "secret", "subscription", "database", "sequence", "type",
	"domain", "function", "procedure", "routine", "aggregate", "trigger", "role", "user mapping", "user", "group",
	"extension", "collation", "conversion", "publication", "policy", "rule", "server", "statistics",
	"foreign table", "foreign data wrapper", "event trigger", "language", "access method", "cast",
	"operator class", "operator family", "operator", "owned", "tablespace", "transform",
	"text search configuration", "text search dictionary", "text search parser", "text search template",
}

// drop reads DROP. Kinds without a meaning here are read generically.
func (c *cursor) drop() Statement {
	c.p++
	if _, ok := c.roleWord(); ok {
		return c.dropRole()
	}
	if c.accept("owned") {
		return c.dropOwned()
	}
	kind := ObjectKind(c.objectWords(dropKinds))
	switch kind {
	case "":
		c.fail()
	case KindTable, KindStream, KindView, KindMaterializedView, KindIndex, KindSchema, KindSource, KindSink,
		"sequence", "type", "domain":
	default:
		if c.done() {
			c.fail()
		}
		return c.genericAs("drop " + string(kind))
	}
	node := &Drop{Kind: kind}
	if kind == KindIndex {
		node.Concurrently = c.accept("concurrently")
	}
	node.IfExists = c.accept("if", "exists")
	node.Names = c.qualifiedList()
	node.DeleteTopic = c.accept("delete", "topic")
	node.Cascade = c.cascade()
	return node
}

// alterKinds are the objects of ALTER with names we know, longest first.
var alterKinds = []string{
	"table", "stream", "view", "materialized view", "index", "schema", "source", "sink", "sequence",
	"type", "domain", "foreign table",
}

func (c *cursor) alter() Statement {
	c.p++
	if word, ok := c.roleWord(); ok {
		return c.alterRole(word)
	}
	if c.accept("default", "privileges") {
		return c.alterDefaults()
	}
	kind := ObjectKind(c.objectWords(alterKinds))
	if kind == "" {
		return c.otherAlter()
	}
	node := &Alter{Kind: kind, IfExists: c.accept("if", "exists")}
	if kind == KindTable && c.kws("all", "in", "tablespace") {
		return c.genericAs("alter table all")
	}
	c.accept("only")
	node.Name = c.qualified()
	c.acceptOp("*")
	if node := c.alterUserType(kind, node.Name, node.IfExists); node != nil {
		return node
	}
	if c.kw("rename") {
		return c.rename(node)
	}
	if owner := c.ownerTo(node); owner != nil {
		return owner
	}
	if c.done() {
		c.fail()
	}
	from := c.p
	c.genericAs("alter")
	node.Action = c.textBetween(from, c.p)
	return node
}

// alterUserType reads ALTER TYPE, DOMAIN and SEQUENCE; nil for other kinds and actions.
func (c *cursor) alterUserType(kind ObjectKind, name Name, ifExists bool) Statement {
	switch kind {
	case KindSequence:
		return c.alterSequence(name, ifExists)
	case KindType:
		return c.alterType(name)
	case KindDomain:
		return c.alterDomain(name)
	}
	return nil
}

func (c *cursor) otherAlter() Statement {
	kind := c.objectWords(createKinds)
	if kind == "" {
		kind = c.objectWords([]string{"system", "default privileges", "routine", "large object", "event trigger"})
	}
	if kind == "" || c.done() {
		c.fail()
	}
	if kind == "system" && c.tok().kind == tokString {
		return c.alterSystem()
	}
	return c.genericAs("alter " + kind)
}

// rename reads RENAME [COLUMN c | CONSTRAINT c] TO name.
func (c *cursor) rename(head *Alter) Statement {
	c.p++
	node := &Rename{Kind: head.Kind, Name: head.Name, IfExists: head.IfExists}
	switch {
	case c.kw("to"):
	case c.accept("constraint"):
		node.Kind, node.Container = KindConstraint, head.Kind
		node.Column = c.colID()
	default:
		c.acceptIn("column", "attribute")
		node.Kind, node.Container = KindColumn, head.Kind
		node.Column = c.colID()
	}
	c.want("to")
	node.NewName = c.colID()
	c.cascade()
	return node
}

// comment reads COMMENT ON.
func (c *cursor) comment() Statement {
	c.p++
	c.want("on")
	kinds := append([]string{"column", "constraint", "large object"}, dropKinds...)
	kind := ObjectKind(c.objectWords(kinds))
	switch kind {
	case "":
		c.fail()
	case KindTable, KindStream, KindView, KindMaterializedView, KindIndex, KindSchema, KindColumn,
		KindSource, KindSink, KindDatabase, "sequence", "type", "domain", "role", "extension":
	default:
		return c.genericAs("comment on " + string(kind))
	}
	node := &Comment{Kind: kind, Name: c.qualified()}
	c.want("is")
	if !c.accept("null") {
		text := c.stringText()
		node.Comment = &text
	}
	return node
}

// list reads ksqlDB's LIST, the same as its SHOW.
func (c *cursor) list() Statement {
	c.p++
	if node := c.showObjects(); node != nil {
		return node
	}
	c.fail()
	return nil
}

// showObjects reads the objects of SHOW and LIST; nil when it is something else.
func (c *cursor) showObjects() Statement {
	node := &ShowObjects{}
	start := c.p
	all := c.accept("all")
	node.What = c.acceptIn("streams", "tables", "queries", "topics", "functions", "types", "properties",
		"variables", "connectors", "views", "indexes", "schemas", "databases", "sources", "sinks", "subscriptions")
	if node.What == "" {
		for _, kind := range []string{"materialized views", "source connectors", "sink connectors", "connector plugins"} {
			if c.accept(strings.Fields(kind)...) {
				node.What = kind
			}
		}
	}
	if node.What == "" || all && node.What != "topics" {
		c.p = start
		return nil
	}
	node.Extended = c.accept("extended")
	if c.accept("like") {
		node.Like = c.stringText()
	}
	return node
}

func (c *cursor) describe() Statement {
	c.p++
	node := &Describe{}
	switch {
	case c.kw("function") && !c.at1Done(), c.kw("connector") && !c.at1Done():
		node.Kind = c.take()
		node.Name = c.anyQualified()
	case c.kwIn("streams", "tables") != "" && (c.at1Done() || c.kwAt(1, "extended")):
		node.Kind = c.take()
	default:
		node.Name = c.qualified()
	}
	node.Extended = c.accept("extended")
	return node
}

// at1Done reports whether the statement ends behind the current token.
func (c *cursor) at1Done() bool { return c.at(1).kind == tokEOF }

func (c *cursor) queryControl() Statement {
	node := &QueryControl{Verb: c.take()}
	if !c.accept("all") {
		if c.kw("query") && !c.at1Done() && !c.isAt(1, ".") {
			c.p++
		}
		node.Query = c.qualified()
	}
	return node
}

// subscribe reads SUBSCRIBE [TO] (query | name) [WITH (..)] [AS OF EPOCH n].
func (c *cursor) subscribe() Statement {
	c.p++
	c.accept("to")
	node := &Subscribe{}
	switch {
	case c.is("("):
		c.p++
		node.Query = c.parseQuery()
		c.wantPunct(")")
	case c.startsQuery(0):
		node.Query = c.parseQuery()
	default:
		node.Name = c.qualified()
	}
	for {
		switch {
		case node.With == nil && c.kw("with"):
			if node.With = c.withOptions(); node.With == nil {
				c.failAt(1)
			}
		case node.AsOfEpoch == nil && c.accept("as", "of", "epoch"):
			node.AsOfEpoch = c.parseExpr()
		default:
			c.subscribeEpoch(node)
			return node
		}
	}
}

// subscribeEpoch takes the epoch from the query where that swallowed the clause.
func (c *cursor) subscribeEpoch(node *Subscribe) {
	if node.Query != nil && node.AsOfEpoch == nil && node.Query.AsOfEpoch != nil {
		node.AsOfEpoch, node.Query.AsOfEpoch = node.Query.AsOfEpoch, nil
	}
}
