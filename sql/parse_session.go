package sql

import "strings"

func (c *cursor) begin() Statement {
	c.p++
	c.acceptIn("work", "transaction")
	return &Begin{Modes: c.txnModes()}
}

func (c *cursor) startTransaction() Statement {
	c.p++
	c.want("transaction")
	return &Begin{Start: true, Modes: c.txnModes()}
}

// txnModes reads the modes of a transaction; commas between them are optional.
func (c *cursor) txnModes() TxnModes {
	var modes TxnModes
	for first := true; ; first = false {
		if !first && c.acceptPunct(",") && c.done() {
			c.fail()
		}
		if !c.txnMode(&modes) {
			if c.prev().text == "," {
				c.fail()
			}
			return modes
		}
	}
}

func (c *cursor) txnMode(modes *TxnModes) bool {
	yes, no := true, false
	switch {
	case c.accept("isolation"):
		c.want("level")
		modes.Isolation = c.isolationLevel()
	case c.accept("read"):
		modes.ReadOnly = &yes
		if c.wantIn("only", "write") == "write" {
			modes.ReadOnly = &no
		}
	case c.accept("deferrable"):
		modes.Deferrable = &yes
	case c.accept("not"):
		c.want("deferrable")
		modes.Deferrable = &no
	default:
		return false
	}
	return true
}

func (c *cursor) isolationLevel() string {
	switch word := c.wantIn("serializable", "repeatable", "read"); word {
	case "repeatable":
		c.want("read")
		return "repeatable read"
	case "read":
		return "read " + c.wantIn("committed", "uncommitted")
	default:
		return word
	}
}

func (c *cursor) commit() Statement {
	c.p++
	if c.accept("prepared") {
		return c.genericAs("commit prepared")
	}
	return &Commit{Chain: c.chainWord()}
}

// chainWord reads [WORK|TRANSACTION] [AND [NO] CHAIN].
func (c *cursor) chainWord() bool {
	c.acceptIn("work", "transaction")
	if c.accept("and", "no", "chain") {
		return false
	}
	return c.accept("and", "chain")
}

func (c *cursor) rollback() Statement {
	c.p++
	if c.accept("prepared") {
		return c.genericAs("rollback prepared")
	}
	c.acceptIn("work", "transaction")
	if c.accept("to") {
		return &RollbackTo{Name: c.savepointName()}
	}
	return &Rollback{Chain: c.chainWord()}
}

func (c *cursor) savepoint() Statement {
	c.p++
	return &Savepoint{Name: c.colID()}
}

func (c *cursor) release() Statement {
	c.p++
	return &Release{Name: c.savepointName()}
}

// savepointName reads [SAVEPOINT] name; the word alone is a name.
func (c *cursor) savepointName() string {
	if c.kw("savepoint") && !c.at1Done() {
		c.p++
	}
	return c.colID()
}

// set reads SET in its many forms.
func (c *cursor) set() Statement {
	c.p++
	switch {
	case c.accept("session", "characteristics"):
		c.want("as", "transaction")
		return &SetTransaction{Session: true, Modes: c.wantTxnModes()}
	case c.accept("transaction", "snapshot"):
		return &SetTransaction{Snapshot: c.stringText()}
	case c.kw("transaction") && !c.opAt(1, "=") && !c.kwAt(1, "to"), c.kws("local", "transaction"):
		c.accept("local")
		c.p++
		return &SetTransaction{Modes: c.wantTxnModes()}
	case c.accept("constraints"):
		return c.genericAs("set constraints")
	}
	node := &Set{}
	if c.kw("session") && !c.isAt(1, ".") && !c.opAt(1, "=") && !c.kwAt(1, "to") {
		c.p++
		if c.accept("authorization") {
			return c.setWord(node, "session_authorization")
		}
	} else if c.kw("local") && !c.isAt(1, ".") && !c.opAt(1, "=") && !c.kwAt(1, "to") {
		c.p++
		node.Local = true
	}
	return c.setSpecial(node)
}

func (c *cursor) wantTxnModes() TxnModes {
	if c.done() {
		c.fail()
	}
	return c.txnModes()
}

// setSpecial reads the settings with a syntax of their own.
func (c *cursor) setSpecial(node *Set) Statement {
	switch {
	case c.accept("time", "zone"):
		return c.setTimeZone(node)
	case c.kw("names") && c.plainWordFollows():
		c.p++
		node.Name = "client_encoding"
		if c.done() {
			node.Default = true
			return node
		}
		return c.setWord(node, node.Name)
	case c.kw("schema") && c.at(1).kind == tokString:
		c.p++
		return c.setWord(node, "search_path")
	case c.kw("catalog") && c.at(1).kind == tokString:
		c.refuse(c.pos(), "current database cannot be changed")
	case c.kw("role") && c.plainWordFollows():
		c.p++
		return c.setWord(node, "role")
	case c.kws("xml", "option"):
		c.p += 2
		return c.setWord(node, "xmloption")
	}
	c.setPlain(node)
	return node
}

// plainWordFollows reports whether no = or TO follows: then the word is not a
// setting of that name.
func (c *cursor) plainWordFollows() bool {
	return !c.opAt(1, "=") && !c.kwAt(1, "to") && !c.isAt(1, ".")
}

// setWord reads one word or string as the value.
func (c *cursor) setWord(node *Set, name string) Statement {
	node.Name = name
	switch {
	case c.accept("default"):
		node.Default = true
	case c.tok().kind == tokString || c.isLabel(0):
		node.Values = []string{c.take()}
	default:
		c.fail()
	}
	return node
}

func (c *cursor) setTimeZone(node *Set) Statement {
	node.Name = "timezone"
	switch {
	case c.acceptIn("default", "local") != "":
		node.Default = true
	case c.kw("interval"):
		c.p++
		text := c.stringText()
		typ := &TypeName{Parts: []string{"interval"}}
		c.intervalFields(typ)
		node.Values = []string{"INTERVAL " + QuoteLiteral(text)}
		if typ.Fields != "" {
			node.Values[0] += " " + strings.ToUpper(typ.Fields)
		}
	default:
		node.Values = []string{c.optionValue()}
	}
	return node
}

// setPlain reads name = value, ... or name TO value, ...; ksqlDB quotes the name.
func (c *cursor) setPlain(node *Set) {
	if c.tok().kind == tokString {
		node.Property = true
		node.Name = strings.ToLower(c.take())
	} else {
		node.Name = c.settingName()
	}
	if c.kws("from", "current") {
		c.refuse(c.pos(), "SET FROM CURRENT is not supported")
	}
	if !c.acceptOp("=") {
		c.want("to")
	}
	if c.accept("default") {
		node.Default = true
		return
	}
	for {
		node.Values = append(node.Values, c.settingValue())
		if !c.acceptPunct(",") {
			return
		}
	}
}

// settingValue is optionValue without reserved words, except those of booleans.
func (c *cursor) settingValue() string {
	if t := c.tok(); t.kind == tokIdent && keywords[t.text].kind == kwReserved {
		switch t.text {
		case "true", "false", "on":
		default:
			c.fail()
		}
	}
	return c.optionValue()
}

// settingName reads name or prefix.name in lower case.
func (c *cursor) settingName() string {
	name := c.colID()
	for c.acceptPunct(".") {
		name += "." + c.label()
	}
	return strings.ToLower(name)
}

// show reads SHOW of a setting or of objects.
func (c *cursor) show() Statement {
	c.p++
	if c.kw("create") {
		return c.showCreate()
	}
	if !c.kws("all") || !c.at1Done() {
		if node := c.showObjects(); node != nil {
			return node
		}
	}
	return &Show{Name: c.settingOrSpecial()}
}

func (c *cursor) showCreate() Statement {
	c.p++
	kind := ObjectKind(c.objectWords([]string{"table", "stream", "view", "materialized view", "index", "source", "sink"}))
	if kind == "" {
		c.fail()
	}
	return &ShowCreate{Kind: kind, Name: c.qualified()}
}

// settingOrSpecial reads the name of a setting, ALL, or one of the names in words.
func (c *cursor) settingOrSpecial() string {
	switch {
	case c.accept("time", "zone"):
		return "timezone"
	case c.accept("transaction", "isolation", "level"):
		return "transaction_isolation"
	case c.accept("session", "authorization"):
		return "session_authorization"
	case c.accept("all"):
		return "all"
	}
	return c.settingName()
}

func (c *cursor) reset() Statement {
	c.p++
	return &Reset{Name: c.settingOrSpecial()}
}

func (c *cursor) discard() Statement {
	c.p++
	target := c.wantIn("all", "plans", "sequences", "temp", "temporary")
	if target == "temporary" {
		target = "temp"
	}
	return &Discard{Target: target}
}
