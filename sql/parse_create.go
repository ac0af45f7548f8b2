package sql

import "strings"

// create reads CREATE of all kinds.
func (c *cursor) create() Statement {
	c.p++
	orReplace := c.accept("or", "replace")
	switch {
	case c.kw("stream") || c.kw("source") && !c.kwAt(1, "table") && !c.kwAt(1, "connector"):
		return c.createStream(orReplace)
	case c.atCreateTable():
		return c.createTable(orReplace)
	case c.atCreateView():
		return c.createView(orReplace)
	case c.kws("materialized", "view"):
		return c.createMaterializedView(orReplace)
	case c.kw("index") || c.kw("unique"):
		if orReplace {
			c.fail()
		}
		return c.createIndex()
	case c.kw("schema"):
		if orReplace {
			c.fail()
		}
		return c.createSchema()
	}
	if !orReplace && c.kw("sequence") {
		return c.createSequence()
	}
	if !orReplace && c.kw("type") {
		return c.createType()
	}
	if !orReplace && c.kw("domain") {
		return c.createDomain()
	}
	return c.otherCreate()
}

// createKinds are the objects of CREATE that are recognised only, longest first.
var createKinds = []string{
	"access method", "aggregate", "cast", "collation", "connection", "constraint trigger", "conversion", "database",
	"default conversion", "domain", "event trigger", "extension", "foreign data wrapper", "foreign table",
	"function", "group", "language", "trusted language", "procedural language", "operator class",
	"operator family", "operator", "policy", "procedure", "publication", "role", "rule", "secret", "sequence",
	"temp sequence", "temporary sequence", "unlogged sequence", "server", "sink connector", "sink", "source connector",
	"statistics", "subscription", "tablespace", "text search configuration", "text search dictionary",
	"text search parser", "text search template", "transform", "trigger", "type", "user mapping", "user",
}

// objectWords reads the words of the first kind of the list that follows, "" when
// none does.
func (c *cursor) objectWords(kinds []string) string {
	for _, kind := range kinds {
		if c.accept(strings.Fields(kind)...) {
			return kind
		}
	}
	return ""
}

func (c *cursor) otherCreate() Statement {
	if word, ok := c.roleWord(); ok {
		return c.createRole(word)
	}
	kind := c.objectWords(createKinds)
	if kind == "" {
		c.fail()
	}
	if c.done() {
		c.fail()
	}
	return c.genericAs("create " + kind)
}

func (c *cursor) ifNotExists() bool { return c.accept("if", "not", "exists") }

func (c *cursor) createStream(orReplace bool) Statement {
	node := &CreateStream{OrReplace: orReplace, Source: c.accept("source")}
	if !node.Source || c.kw("stream") {
		c.want("stream")
	}
	node.IfNotExists = c.ifNotExists()
	node.Name = c.qualified()
	elems := c.tableElements()
	node.Columns, node.Constraints, node.Watermarks = elems.columns, elems.constraints, elems.watermarks
	if c.kw("with") && !c.isAt(1, "(") {
		c.failAt(1)
	}
	node.With = c.withOptions()
	if c.accept("as") {
		node.Query = c.parseQuery()
	} else {
		c.checkTypes(elems)
	}
	if node.With == nil {
		node.With = c.withOptions()
	}
	if node.Columns == nil && node.Query == nil && node.With == nil {
		c.fail()
	}
	return node
}

// atCreateTable reports whether CREATE makes a table.
func (c *cursor) atCreateTable() bool {
	k := 0
	if c.kw("global") || c.kw("local") {
		k++
	}
	if c.kwAt(k, "temporary") || c.kwAt(k, "temp") || c.kwAt(k, "unlogged") || c.kwAt(k, "source") {
		k++
	}
	return c.kwAt(k, "table")
}

func (c *cursor) createTable(orReplace bool) Statement {
	node := &CreateTable{OrReplace: orReplace}
	c.acceptIn("global", "local")
	switch c.acceptIn("temporary", "temp", "unlogged", "source") {
	case "temporary", "temp":
		node.Temp = true
	case "unlogged":
		node.Unlogged = true
	case "source":
		node.Source = true
	}
	c.want("table")
	node.IfNotExists = c.ifNotExists()
	node.Name = c.qualified()
	if c.kw("of") || c.kws("partition", "of") {
		c.refuse(c.pos(), "CREATE TABLE %s is not supported", strings.ToUpper(c.tok().text))
	}
	elems := c.tableElements()
	node.Columns, node.Constraints, node.Watermarks = elems.columns, elems.constraints, elems.watermarks
	node.Like = elems.like
	c.tableTail(node)
	if c.accept("as") {
		c.tableQuery(node)
	} else if c.done() {
		c.checkTypes(elems)
	}
	if node.With == nil {
		node.With = c.withOptions()
	}
	if !elems.present && node.Query == nil && node.With == nil {
		c.fail()
	}
	return node
}

// tableTail reads the clauses behind the column list.
func (c *cursor) tableTail(node *CreateTable) {
	if c.accept("inherits") {
		c.wantPunct("(")
		node.Inherits = c.qualifiedList()
		c.wantPunct(")")
	}
	if c.accept("partition", "by") {
		from := c.p
		c.colID()
		c.skipParens()
		node.PartitionBy = c.textBetween(from, c.p)
	}
	if c.accept("using") {
		c.colID()
	}
	node.With = c.withOptions()
	c.accept("without", "oids")
	if c.accept("on", "commit") {
		switch {
		case c.accept("drop"):
			node.OnCommit = "drop"
		case c.accept("preserve", "rows"):
			node.OnCommit = "preserve rows"
		default:
			c.want("delete", "rows")
			node.OnCommit = "delete rows"
		}
	}
	if c.accept("tablespace") {
		c.colID()
	}
}

func (c *cursor) tableQuery(node *CreateTable) {
	if c.kw("execute") {
		c.refuse(c.pos(), "CREATE TABLE AS EXECUTE is not supported")
	}
	node.Query = c.parseQuery()
	node.NoData = c.withNoData()
}

// withNoData reads WITH [NO] DATA.
func (c *cursor) withNoData() bool {
	if c.accept("with", "no", "data") {
		return true
	}
	c.accept("with", "data")
	return false
}

// withOptions reads WITH (name = value, ...).
func (c *cursor) withOptions() []Option {
	if !c.kw("with") || !c.isAt(1, "(") {
		return nil
	}
	c.p += 2
	options := []Option{}
	for !c.is(")") {
		options = append(options, c.withOption())
		if !c.acceptPunct(",") {
			break
		}
	}
	c.wantPunct(")")
	return options
}

func (c *cursor) withOption() Option {
	option := Option{Pos: c.pos()}
	if t := c.tok(); t.kind == tokString {
		if t.text == "" {
			c.fail()
		}
		option.Name = strings.ToLower(c.take())
	} else {
		option.Name = strings.ToLower(c.label())
		for c.acceptPunct(".") {
			option.Name += "." + strings.ToLower(c.label())
		}
	}
	if c.acceptOp("=") {
		option.Value, option.HasValue = c.optionValue(), true
	}
	return option
}

// optionValue reads a word, number, string or interval as text.
func (c *cursor) optionValue() string {
	t := c.tok()
	switch t.kind {
	case tokOp:
		if t.text != "-" && t.text != "+" {
			c.fail()
		}
		c.p++
		if next := c.tok().kind; next != tokInt && next != tokNumeric {
			c.fail()
		}
		if text := c.take(); t.text == "-" {
			return "-" + text
		} else {
			return text
		}
	case tokIdent, tokQuoted, tokString, tokInt, tokNumeric:
		if c.kw("interval") && c.at(1).kind == tokString {
			c.p++
		}
		return c.take()
	}
	c.fail()
	return ""
}

func (c *cursor) atCreateView() bool {
	k := 0
	if c.kw("temporary") || c.kw("temp") {
		k++
	}
	if c.kwAt(k, "recursive") {
		k++
	}
	return c.kwAt(k, "view")
}

func (c *cursor) createView(orReplace bool) Statement {
	node := &CreateView{OrReplace: orReplace, Temp: c.acceptIn("temporary", "temp") != ""}
	node.Recursive = c.accept("recursive")
	c.want("view")
	node.IfNotExists = c.ifNotExists()
	node.Name = c.qualified()
	node.Columns = c.optColList()
	if node.Recursive && node.Columns == nil {
		c.fail()
	}
	node.With = c.withOptions()
	c.want("as")
	node.Query = c.parseQuery()
	if c.accept("with") {
		node.CheckOption = "cascaded"
		if word := c.acceptIn("cascaded", "local"); word != "" {
			node.CheckOption = word
		}
		c.want("check", "option")
	}
	return node
}

func (c *cursor) createMaterializedView(orReplace bool) Statement {
	c.p += 2
	node := &CreateMaterializedView{OrReplace: orReplace, IfNotExists: c.ifNotExists()}
	node.Name = c.qualified()
	node.Columns = c.optColList()
	if c.accept("using") {
		c.colID()
	}
	node.With = c.withOptions()
	if c.accept("tablespace") {
		c.colID()
	}
	c.want("as")
	node.Query = c.parseQuery()
	node.NoData = c.withNoData()
	return node
}

func (c *cursor) createIndex() Statement {
	node := &CreateIndex{Unique: c.accept("unique")}
	c.want("index")
	node.Concurrently = c.accept("concurrently")
	if node.IfNotExists = c.ifNotExists(); node.IfNotExists || !c.kw("on") {
		node.Name = c.qualified()
	}
	c.want("on")
	c.accept("only")
	node.Table = c.qualified()
	if c.accept("using") {
		node.Method = c.colID()
	}
	c.wantPunct("(")
	node.Elems = c.indexElems()
	if c.accept("include") {
		c.wantPunct("(")
		node.Include = c.colList()
	}
	if c.accept("nulls", "not", "distinct") {
		node.NullsNotDistinct = true
	} else {
		c.accept("nulls", "distinct")
	}
	node.With = c.withOptions()
	if c.accept("tablespace") {
		c.colID()
	}
	if c.accept("where") {
		node.Where = c.parseExpr()
	}
	return node
}

// indexElems reads the elements of an index up to and with the closing parenthesis.
func (c *cursor) indexElems() []*IndexElem {
	var elems []*IndexElem
	for {
		elems = append(elems, c.indexElem())
		if !c.acceptPunct(",") {
			break
		}
	}
	c.wantPunct(")")
	return elems
}

func (c *cursor) indexElem() *IndexElem {
	elem := &IndexElem{Pos: c.pos()}
	switch {
	case c.acceptPunct("("):
		elem.Expr = c.parseExpr()
		c.wantPunct(")")
	case c.isAt(1, "("), c.isAt(1, "."):
		elem.Expr = c.runExpr(func(r *rewriter) { r.primary() })
	default:
		elem.Expr = &ColumnRef{Pos: c.pos(), Parts: []string{c.colID()}}
	}
	if c.accept("collate") {
		elem.Collation = c.anyQualified()
	}
	if c.isNameAt(0, kwColName, kwTypeFunc) && c.kwIn("asc", "desc", "nulls", "where") == "" {
		elem.OpClass = c.anyQualified()
		if c.is("(") {
			c.skipParens()
		}
	}
	if c.acceptIn("asc", "desc") == "desc" {
		elem.Desc = true
	}
	elem.Nulls = c.nullsOrder()
	return elem
}

func (c *cursor) createSchema() Statement {
	c.p++
	node := &CreateSchema{IfNotExists: c.ifNotExists()}
	if !c.kw("authorization") {
		node.Name = c.colID()
	}
	if c.accept("authorization") {
		node.Owner = c.nonReservedOrUser()
		if node.Name == "" {
			node.Name = node.Owner
		}
	}
	if !c.done() {
		c.refuse(c.pos(), "CREATE SCHEMA with schema elements is not supported")
	}
	return node
}

// nonReservedOrUser reads the name of a role.
func (c *cursor) nonReservedOrUser() string {
	if word := c.acceptIn("current_user", "session_user", "current_role"); word != "" {
		return word
	}
	return c.nonReserved()
}
