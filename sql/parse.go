package sql

import (
	"strings"

	"millrace/sql/pgerr"
)

// Parse reads all statements of a text. Like PostgreSQL it returns either all of
// them or the first error, an *pgerr.Error with a position in the whole text. A
// text of blanks, comments and semicolons gives no statement.
func Parse(text string) ([]Statement, error) {
	if len(text) > maxTextBytes {
		return nil, pgerr.Newf(pgerr.ProgramLimitExceeded,
			"statement text of %d bytes exceeds the limit of %d bytes", len(text), maxTextBytes).
			WithHint("Load data with COPY, or send fewer rows at a time.")
	}
	if err := checkUTF8(text); err != nil {
		return nil, err
	}
	var stmts []Statement
	err := guard(func() { stmts = parseAll(text) })
	if err != nil {
		return nil, err
	}
	return stmts, nil
}

// ParseOne reads a text that must hold exactly one statement.
func ParseOne(text string) (Statement, error) {
	stmts, err := Parse(text)
	if err != nil {
		return nil, err
	}
	if len(stmts) != 1 {
		return nil, pgerr.Newf(pgerr.SyntaxError, "expected one statement, found %d", len(stmts))
	}
	return stmts[0], nil
}

// ParseExpr reads an expression that stands alone, as Format prints it.
func ParseExpr(text string) (e Expr, err error) {
	if len(text) > maxStatementBytes {
		return nil, pgerr.Newf(pgerr.ProgramLimitExceeded,
			"expression text of %d bytes exceeds the limit of %d bytes", len(text), maxStatementBytes)
	}
	if err := checkUTF8(text); err != nil {
		return nil, err
	}
	err = guard(func() {
		c := newCursor(text)
		c.end = c.statementEnd(0)
		e = c.parseExpr()
		c.wantEnd()
		if c.toks[c.end].kind != tokEOF {
			c.failAt(0)
		}
	})
	return e, err
}

// ParseTypeName reads the name of a type, as in CAST(x AS name).
func ParseTypeName(text string) (t *TypeName, err error) {
	if err := checkUTF8(text); err != nil {
		return nil, err
	}
	err = guard(func() {
		c := newCursor(text)
		c.end = len(c.toks) - 1
		t = c.typeName()
		c.wantEnd()
	})
	return t, err
}

func newCursor(text string) *cursor {
	l := lex(text)
	return &cursor{src: text, toks: l.toks, lexErr: l.err}
}

func parseAll(text string) []Statement {
	c := newCursor(text)
	var stmts []Statement
	for start := 0; ; {
		c.end = c.statementEnd(start)
		c.p, c.first, c.closing, c.depth = start, start, nil, 0
		if c.end > start || c.toks[c.end].kind == tokLexerError {
			c.checkSize()
			stmts = append(stmts, c.wholeStatement())
		}
		if c.toks[c.end].kind != tokPunct {
			return stmts
		}
		start = c.end + 1
	}
}

// statementEnd returns the index of the token that ends the statement which
// begins at start. Semicolons inside CREATE .. BEGIN ATOMIC .. END do not end it.
func (c *cursor) statementEnd(start int) int {
	blocks := 0
	create := c.toks[start].kind == tokIdent && c.toks[start].text == "create"
	for i := start; ; i++ {
		switch t := c.toks[i]; t.kind {
		case tokEOF, tokLexerError:
			return i
		case tokPunct:
			if t.text == ";" && blocks == 0 {
				return i
			}
		case tokIdent:
			if create {
				blocks = c.atomicDepth(i, blocks)
			}
		}
	}
}

// atomicDepth counts BEGIN ATOMIC and CASE against END.
func (c *cursor) atomicDepth(i, blocks int) int {
	switch c.toks[i].text {
	case "atomic":
		if i > 0 && c.toks[i-1].kind == tokIdent && c.toks[i-1].text == "begin" {
			return blocks + 1
		}
	case "case":
		if blocks > 0 {
			return blocks + 1
		}
	case "end":
		if blocks > 0 {
			return blocks - 1
		}
	}
	return blocks
}

// checkSize limits the text of a statement whose work the grammar does. INSERT
// checks itself when it finds that its rows are not constants.
func (c *cursor) checkSize() {
	if first := c.toks[c.first]; first.kind != tokIdent || first.text != "insert" {
		c.checkGrammarSize()
	}
}

func (c *cursor) checkGrammarSize() {
	size := int(c.toks[c.end].pos - c.toks[c.first].pos)
	if size <= maxStatementBytes {
		return
	}
	c.bail(pgerr.Newf(pgerr.ProgramLimitExceeded,
		"statement text of %d bytes exceeds the limit of %d bytes", size, maxStatementBytes).
		WithHint("Only INSERT of constants and parameters may be longer.").At(int(c.toks[c.first].pos)))
}

func (c *cursor) wholeStatement() Statement {
	start := c.p
	stmt := c.statement()
	c.wantEnd()
	stmt.setText(Pos(c.toks[start].pos), c.textBetween(start, c.end))
	return stmt
}

// inner reads a statement inside another (EXPLAIN, PREPARE) and gives it its text.
func (c *cursor) inner() Statement {
	c.enter()
	defer c.leave()
	start := c.p
	stmt := c.statement()
	stmt.setText(Pos(c.toks[start].pos), c.textBetween(start, c.p))
	return stmt
}

// statement routes by the first key word.
func (c *cursor) statement() Statement {
	t := c.tok()
	if t.kind == tokPunct && t.text == "(" {
		return c.selectStmt()
	}
	if t.kind != tokIdent {
		c.fail()
	}
	if parse := route(t.text); parse != nil {
		return parse(c)
	}
	if isGenericVerb(t.text) {
		return c.generic()
	}
	c.fail()
	return nil
}

// route returns the parser of a statement by its first word, nil when there is none.
func route(word string) func(*cursor) Statement {
	switch word {
	case "select", "values", "table":
		return (*cursor).selectStmt
	case "with":
		return (*cursor).withStmt
	case "insert", "update", "delete":
		return (*cursor).dml
	case "truncate":
		return (*cursor).truncate
	case "copy":
		return (*cursor).copyStmt
	case "create":
		return (*cursor).create
	case "drop":
		return (*cursor).drop
	case "alter":
		return (*cursor).alter
	case "comment":
		return (*cursor).comment
	case "grant":
		return (*cursor).grant
	case "revoke":
		return (*cursor).revoke
	case "reassign":
		return (*cursor).reassign
	case "explain":
		return (*cursor).explain
	case "subscribe":
		return (*cursor).subscribe
	case "list":
		return (*cursor).list
	case "describe":
		return (*cursor).describe
	case "terminate", "pause", "resume":
		return (*cursor).queryControl
	case "print":
		return (*cursor).print
	case "assert":
		return (*cursor).assert
	case "define":
		return (*cursor).define
	case "undefine":
		return (*cursor).undefine
	case "run":
		return (*cursor).runScript
	}
	return routeSession(word)
}

// routeSession is route for the statements that change the session only.
func routeSession(word string) func(*cursor) Statement {
	switch word {
	case "begin":
		return (*cursor).begin
	case "start":
		return (*cursor).startTransaction
	case "commit", "end":
		return (*cursor).commit
	case "rollback", "abort":
		return (*cursor).rollback
	case "savepoint":
		return (*cursor).savepoint
	case "release":
		return (*cursor).release
	case "set":
		return (*cursor).set
	case "show":
		return (*cursor).show
	case "reset":
		return (*cursor).reset
	case "unset":
		return (*cursor).unset
	case "discard":
		return (*cursor).discard
	case "prepare":
		return (*cursor).prepare
	case "execute":
		return (*cursor).execute
	case "deallocate":
		return (*cursor).deallocate
	case "declare":
		return (*cursor).declare
	case "fetch", "move":
		return (*cursor).fetch
	case "close":
		return (*cursor).closeCursor
	case "listen":
		return (*cursor).listen
	case "notify":
		return (*cursor).notify
	case "unlisten":
		return (*cursor).unlisten
	}
	return nil
}

// isGenericVerb reports whether the word begins a statement that is recognised only.
func isGenericVerb(word string) bool {
	switch word {
	case "analyze", "analyse", "vacuum", "lock", "do", "call", "reindex", "cluster",
		"checkpoint", "refresh", "security", "load", "merge", "import":
		return true
	}
	return false
}

func (c *cursor) selectStmt() Statement { return &SelectStmt{Query: c.parseQuery()} }

// withStmt reads a statement that begins with WITH, which may stand in front of
// INSERT, UPDATE and DELETE, too.
func (c *cursor) withStmt() Statement {
	if !c.withModifies() {
		return c.selectStmt()
	}
	return c.dml()
}

// withModifies reports whether WITH belongs to INSERT, UPDATE, DELETE or MERGE:
// the first word behind the last query in parentheses tells.
func (c *cursor) withModifies() bool {
	for i := c.p; i < c.end; i++ {
		switch t := c.toks[i]; {
		case t.kind == tokPunct && t.text == "(":
			if end := c.closer(i); end > 0 {
				i = end
			}
		case t.kind == tokIdent && i > c.p && c.toks[i-1].kind == tokPunct && c.toks[i-1].text == ")":
			switch t.text {
			case "insert", "update", "delete", "merge":
				return true
			case "select", "values", "table":
				return false
			}
		}
	}
	return false
}

// generic reads a statement by its leading key words; of the rest only the
// brackets are checked.
func (c *cursor) generic() Statement { return c.genericAs(c.take()) }

// genericAs is generic behind the words of its verb.
func (c *cursor) genericAs(verb string) Statement {
	depth := 0
	for ; !c.done(); c.p++ {
		switch {
		case c.is("("):
			depth++
		case c.is(")"):
			if depth--; depth < 0 {
				c.fail()
			}
		}
	}
	if depth > 0 {
		c.fail()
	}
	return &Generic{Verb: strings.ToUpper(verb)}
}
