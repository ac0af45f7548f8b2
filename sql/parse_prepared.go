package sql

import "strings"

func (c *cursor) prepare() Statement {
	c.p++
	if c.accept("transaction") {
		return c.genericAs("prepare transaction")
	}
	node := &Prepare{Name: c.colID()}
	if c.acceptPunct("(") {
		for {
			node.Types = append(node.Types, c.typeName())
			if !c.acceptPunct(",") {
				break
			}
		}
		c.wantPunct(")")
	}
	c.want("as")
	switch c.kwIn("select", "values", "insert", "update", "delete", "with", "table", "merge", "subscribe") {
	case "":
		if !c.is("(") {
			c.fail()
		}
	}
	node.Statement = c.inner()
	return node
}

func (c *cursor) execute() Statement {
	c.p++
	node := &Execute{Name: c.colID()}
	if c.acceptPunct("(") {
		node.Args = c.parseExprs()
		c.wantPunct(")")
	}
	return node
}

func (c *cursor) deallocate() Statement {
	c.p++
	if c.kw("prepare") && !c.at1Done() {
		c.p++
	}
	if c.accept("all") {
		return &Deallocate{}
	}
	return &Deallocate{Name: c.colID()}
}

func (c *cursor) declare() Statement {
	c.p++
	node := &DeclareCursor{Name: c.colID()}
	for c.cursorOption(node) {
	}
	c.want("cursor")
	switch {
	case c.accept("with", "hold"):
		node.Hold = true
	case c.accept("without", "hold"):
	}
	c.want("for")
	if c.kw("subscribe") {
		node.Query = c.inner()
		return node
	}
	start := c.p
	query := c.selectStmt()
	query.setText(Pos(c.toks[start].pos), c.textBetween(start, c.p))
	node.Query = query
	return node
}

func (c *cursor) cursorOption(node *DeclareCursor) bool {
	yes, no := true, false
	switch {
	case c.accept("binary"):
		node.Binary = true
	case c.accept("insensitive"):
		node.Insensitive = true
	case c.accept("asensitive"):
	case c.accept("no", "scroll"):
		node.Scroll = &no
	case c.accept("scroll"):
		node.Scroll = &yes
	default:
		return false
	}
	return true
}

// fetch reads FETCH and MOVE.
func (c *cursor) fetch() Statement {
	node := &Fetch{Move: c.take() == "move", Count: 1}
	c.fetchDirection(node)
	c.acceptIn("from", "in")
	node.Cursor = c.colID()
	node.Options = c.withOptions()
	return node
}

func (c *cursor) fetchDirection(node *Fetch) {
	if c.fetchNameOnly() {
		return
	}
	switch word := c.acceptIn("next", "prior", "first", "last", "absolute", "relative", "forward", "backward", "all"); word {
	case "next":
	case "prior":
		node.Direction = FetchBackward
	case "first":
		node.Direction = FetchAbsolute
	case "last":
		node.Direction, node.Count = FetchAbsolute, -1
	case "absolute":
		node.Direction, node.Count = FetchAbsolute, c.signedInteger()
	case "relative":
		node.Direction, node.Count = FetchRelative, c.signedInteger()
	case "all":
		node.All = true
	default:
		if word == "backward" {
			node.Direction = FetchBackward
		}
		c.fetchCount(node)
	}
}

// fetchNameOnly reports whether the cursor's name is all that follows, whatever
// word it is.
func (c *cursor) fetchNameOnly() bool {
	return c.isColID(0) && (c.at1Done() || c.kwAt(1, "with"))
}

func (c *cursor) fetchCount(node *Fetch) {
	switch {
	case c.accept("all"):
		node.All = true
	case c.tok().kind == tokInt || c.op("-") || c.op("+"):
		node.Count = c.signedInteger()
	}
}

func (c *cursor) closeCursor() Statement {
	c.p++
	if c.accept("all") {
		return &CloseCursor{}
	}
	return &CloseCursor{Name: c.colID()}
}

func (c *cursor) explain() Statement {
	c.p++
	node := &Explain{}
	if c.is("(") && !c.queryInside(0) {
		c.p++
		node.Options = c.explainOptions()
	} else {
		for _, word := range []string{"analyze", "analyse", "verbose"} {
			if option := (Option{Pos: c.pos(), Name: word}); c.accept(word) {
				if word == "analyse" {
					option.Name = "analyze"
				}
				node.Options = append(node.Options, option)
			}
		}
	}
	if named := c.explainName(); named != nil && node.Options == nil {
		return named
	}
	c.checkExplained()
	node.Statement = c.inner()
	return node
}

// checkExplained refuses what has no plan.
func (c *cursor) checkExplained() {
	if c.is("(") {
		return
	}
	switch c.kwIn("select", "values", "table", "with", "insert", "update", "delete", "merge", "declare",
		"create", "refresh", "execute", "subscribe") {
	case "":
		c.fail()
	case "create":
		if c.kwAt(1, "index") || c.kwAt(1, "schema") {
			c.failAt(1)
		}
	}
}

// explainOptions reads name [value], ... up to and with the closing parenthesis.
func (c *cursor) explainOptions() []Option {
	var options []Option
	for {
		option := Option{Pos: c.pos(), Name: strings.ToLower(c.label())}
		if option.Name == "analyse" {
			option.Name = "analyze"
		}
		if !c.is(",") && !c.is(")") {
			option.Value, option.HasValue = strings.ToLower(c.settingValue()), true
		}
		options = append(options, option)
		if !c.acceptPunct(",") {
			break
		}
	}
	c.wantPunct(")")
	return options
}

func (c *cursor) listen() Statement {
	c.p++
	return &Listen{Channel: c.colID()}
}

func (c *cursor) unlisten() Statement {
	c.p++
	if c.acceptOp("*") {
		return &Unlisten{}
	}
	return &Unlisten{Channel: c.colID()}
}

func (c *cursor) notify() Statement {
	c.p++
	node := &Notify{Channel: c.colID()}
	if c.acceptPunct(",") {
		node.Payload = c.stringText()
	}
	return node
}
