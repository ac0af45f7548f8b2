package sql

import (
	"math"
	"strconv"

	"millrace/sql/pgerr"
)

// cursor walks over the tokens of one statement. All parsers of this package
// share it. Wrong input ends a parse by panic(bail{...}), which never leaves the
// package: guard turns it into an error.
type cursor struct {
	src  string
	toks []token
	// lexErr is the error behind a tokLexerError.
	lexErr *pgerr.Error
	// p is the current token; first is the statement's first and end the one behind
	// its last: a semicolon, tokEOF or tokLexerError.
	p, first, end int
	depth         int
	// closing maps an opening parenthesis, counted from first, to its partner, 0
	// when it has none; nil until first needed.
	closing []int32
}

// bail carries an error of the input up to guard.
type bail struct{ err error }

// guard runs parse and returns the error that it bailed out with.
func guard(parse func()) (err error) {
	defer func() {
		if caught := recover(); caught != nil {
			b, ok := caught.(bail)
			if !ok {
				panic(caught)
			}
			err = b.err
		}
	}()
	parse()
	return nil
}

func (c *cursor) bail(err *pgerr.Error) { panic(bail{err}) }

// at returns the token k behind the current one; behind the statement's end it
// is tokEOF.
func (c *cursor) at(k int) token {
	i := c.p + k
	if i < c.end {
		return c.toks[i]
	}
	last := c.toks[c.end]
	if k == 0 && last.kind == tokLexerError {
		c.bail(c.lexErr)
	}
	if c.p > c.end {
		panic(pgerr.Bug("sql: parser ran over the end of the statement"))
	}
	return token{kind: tokEOF, pos: last.pos, end: last.pos}
}

func (c *cursor) tok() token { return c.at(0) }

func (c *cursor) pos() Pos { return Pos(c.tok().pos) }

// prev is the token before the current one.
func (c *cursor) prev() token {
	if c.p == 0 {
		return token{kind: tokEOF}
	}
	return c.toks[c.p-1]
}

func (c *cursor) done() bool { return c.tok().kind == tokEOF }

// fail reports a syntax error at the current token.
func (c *cursor) fail() { c.failAt(0) }

// failAt reports a syntax error at the token k behind the current one, with
// PostgreSQL's message.
func (c *cursor) failAt(k int) {
	i := min(c.p+k, c.end)
	t := c.toks[i]
	if t.kind == tokLexerError {
		c.bail(c.lexErr)
	}
	if t.kind == tokEOF {
		c.bail(pgerr.New(pgerr.SyntaxError, "syntax error at end of input").At(int(t.pos)))
	}
	c.bail(pgerr.Newf(pgerr.SyntaxError, "syntax error at or near \"%s\"", c.src[t.pos:t.end]).At(int(t.pos)))
}

// refuse reports valid text that has no meaning here.
func (c *cursor) refuse(pos Pos, format string, args ...any) {
	c.bail(pgerr.Newf(pgerr.FeatureNotSupported, format, args...).At(int(pos)))
}

// wrong reports a syntax error with a message of its own.
func (c *cursor) wrong(pos Pos, format string, args ...any) {
	c.bail(pgerr.Newf(pgerr.SyntaxError, format, args...).At(int(pos)))
}

// enter counts one level of nesting; leave must follow.
func (c *cursor) enter() {
	c.depth++
	if c.depth > maxDepth {
		c.tooDeep()
	}
}

func (c *cursor) leave() { c.depth-- }

func (c *cursor) tooDeep() {
	c.bail(pgerr.New(pgerr.StatementTooComplex, "stack depth limit exceeded").
		WithHint("Split the statement: its expressions or queries nest too deeply.").At(int(c.pos())))
}

// kwAt reports whether the token k behind is the unquoted word.
func (c *cursor) kwAt(k int, word string) bool {
	t := c.at(k)
	return t.kind == tokIdent && t.text == word
}

func (c *cursor) kw(word string) bool { return c.kwAt(0, word) }

// kws reports whether the next tokens are the words.
func (c *cursor) kws(words ...string) bool {
	for k, word := range words {
		if !c.kwAt(k, word) {
			return false
		}
	}
	return true
}

// kwIn returns the current word when it is one of the words, else "".
func (c *cursor) kwIn(words ...string) string {
	t := c.tok()
	if t.kind != tokIdent {
		return ""
	}
	for _, word := range words {
		if t.text == word {
			return word
		}
	}
	return ""
}

func (c *cursor) isAt(k int, punct string) bool {
	t := c.at(k)
	return t.kind == tokPunct && t.text == punct
}

func (c *cursor) is(punct string) bool { return c.isAt(0, punct) }

func (c *cursor) opAt(k int, op string) bool {
	t := c.at(k)
	return t.kind == tokOp && t.text == op
}

func (c *cursor) op(op string) bool { return c.opAt(0, op) }

// accept skips the words if all of them follow.
func (c *cursor) accept(words ...string) bool {
	if !c.kws(words...) {
		return false
	}
	c.p += len(words)
	return true
}

func (c *cursor) acceptIn(words ...string) string {
	word := c.kwIn(words...)
	if word != "" {
		c.p++
	}
	return word
}

func (c *cursor) acceptPunct(punct string) bool {
	if !c.is(punct) {
		return false
	}
	c.p++
	return true
}

func (c *cursor) acceptOp(op string) bool {
	if !c.op(op) {
		return false
	}
	c.p++
	return true
}

// want skips the words or fails at the first that is missing.
func (c *cursor) want(words ...string) {
	for _, word := range words {
		if !c.accept(word) {
			c.fail()
		}
	}
}

func (c *cursor) wantIn(words ...string) string {
	word := c.acceptIn(words...)
	if word == "" {
		c.fail()
	}
	return word
}

func (c *cursor) wantPunct(punct string) {
	if !c.acceptPunct(punct) {
		c.fail()
	}
}

func (c *cursor) wantOp(op string) {
	if !c.acceptOp(op) {
		c.fail()
	}
}

// wantEnd fails unless the statement ends here.
func (c *cursor) wantEnd() {
	if !c.done() {
		c.fail()
	}
}

// isNameAt reports whether token k is a name that allows the key word kinds.
func (c *cursor) isNameAt(k int, kinds ...keywordKind) bool {
	t := c.at(k)
	if t.kind == tokQuoted {
		return true
	}
	if t.kind != tokIdent {
		return false
	}
	kind := keywords[t.text].kind
	if kind == kwNone || kind == kwUnreserved {
		return true
	}
	for _, allowed := range kinds {
		if kind == allowed {
			return true
		}
	}
	return false
}

// isColID reports whether token k may name a column, table or alias.
func (c *cursor) isColID(k int) bool { return c.isNameAt(k, kwColName) }

// isLabel reports whether token k is any name at all, reserved or not.
func (c *cursor) isLabel(k int) bool {
	kind := c.at(k).kind
	return kind == tokIdent || kind == tokQuoted
}

// colID reads the name of a column, table or alias.
func (c *cursor) colID() string {
	if !c.isColID(0) {
		c.fail()
	}
	return c.take()
}

// label reads a name where reserved words may stand, too.
func (c *cursor) label() string {
	if !c.isLabel(0) {
		c.fail()
	}
	return c.take()
}

// nonReserved reads a name that is not a reserved word.
func (c *cursor) nonReserved() string {
	if !c.isNameAt(0, kwColName, kwTypeFunc) {
		c.fail()
	}
	return c.take()
}

// take returns the text of the current token and skips it.
func (c *cursor) take() string {
	text := c.tok().text
	c.p++
	return text
}

// qualified reads a qualified name: colID { . label }.
func (c *cursor) qualified() Name {
	name := Name{Pos: c.pos(), Parts: []string{c.colID()}}
	for c.acceptPunct(".") {
		name.Parts = append(name.Parts, c.label())
	}
	return name
}

// anyQualified is qualified for functions, types and collations.
func (c *cursor) anyQualified() Name {
	name := Name{Pos: c.pos(), Parts: []string{c.nonReserved()}}
	for c.acceptPunct(".") {
		name.Parts = append(name.Parts, c.label())
	}
	return name
}

func (c *cursor) qualifiedList() []Name {
	names := []Name{c.qualified()}
	for c.acceptPunct(",") {
		names = append(names, c.qualified())
	}
	return names
}

// colList reads name, name, ... up to and with the closing parenthesis; the
// opening one was read.
func (c *cursor) colList() []string {
	names := []string{c.colID()}
	for c.acceptPunct(",") {
		names = append(names, c.colID())
	}
	c.wantPunct(")")
	return names
}

// optColList reads (name, ...) if it is there.
func (c *cursor) optColList() []string {
	if !c.acceptPunct("(") {
		return nil
	}
	return c.colList()
}

// stringText reads a string literal.
func (c *cursor) stringText() string {
	if c.tok().kind != tokString {
		c.fail()
	}
	return c.take()
}

// integer reads an unsigned integer literal.
func (c *cursor) integer() int64 {
	t := c.tok()
	if t.kind != tokInt {
		c.fail()
	}
	n, err := strconv.ParseInt(t.text, 10, 64)
	if err != nil {
		c.fail()
	}
	c.p++
	return n
}

// smallInt is integer for values that must fit 32 bits.
func (c *cursor) smallInt() int {
	t := c.tok()
	if n := c.integer(); n <= math.MaxInt32 {
		return int(n)
	}
	c.wrong(Pos(t.pos), "syntax error at or near \"%s\"", t.text)
	return 0
}

// signedInteger reads an integer literal with an optional sign.
func (c *cursor) signedInteger() int64 {
	sign := int64(1)
	if c.acceptOp("-") {
		sign = -1
	} else {
		c.acceptOp("+")
	}
	return sign * c.integer()
}

// textBetween returns the source from token a up to, without, token b.
func (c *cursor) textBetween(a, b int) string {
	if a >= b {
		return ""
	}
	return c.src[c.toks[a].pos:c.toks[b-1].end]
}

// skipParens skips a parenthesis and all inside it.
func (c *cursor) skipParens() {
	c.wantPunct("(")
	for depth := 1; depth > 0; c.p++ {
		switch {
		case c.done():
			c.fail()
		case c.is("("):
			depth++
		case c.is(")"):
			depth--
		}
	}
}

// closer returns the index of the token that closes the parenthesis at index i,
// 0 when there is none.
func (c *cursor) closer(i int) int {
	if c.closing == nil {
		c.closing = make([]int32, c.end-c.first+1)
		var open []int
		for j := c.first; j < c.end; j++ {
			if c.toks[j].kind != tokPunct {
				continue
			}
			switch c.toks[j].text {
			case "(":
				open = append(open, j)
			case ")":
				if n := len(open); n > 0 {
					c.closing[open[n-1]-c.first] = int32(j)
					open = open[:n-1]
				}
			}
		}
	}
	return int(c.closing[i-c.first])
}

// queryInside reports whether the parenthesis at token k holds a query: then it
// is a subquery, and not an expression that merely begins with one.
func (c *cursor) queryInside(k int) bool {
	first := k + 1
	for c.isAt(first, "(") {
		first++
	}
	if !c.startsQuery(first) {
		return false
	}
	for inner := first - 1; inner > k; inner-- {
		end := c.closer(c.p + inner)
		if end == 0 {
			return true // the query parser will say what is missing
		}
		next := end - c.p + 1
		if c.continuesQuery(next) {
			return true
		}
		if !c.isAt(next, ")") {
			return false
		}
	}
	return true
}

// startsQuery reports whether token k begins a query without parentheses.
func (c *cursor) startsQuery(k int) bool {
	t := c.at(k)
	if t.kind != tokIdent {
		return false
	}
	switch t.text {
	case "select", "with":
		return true
	case "values":
		return c.isAt(k+1, "(")
	case "table":
		return c.isLabel(k+1) && !c.isAt(k+1, "(")
	}
	return false
}

func (c *cursor) continuesQuery(k int) bool {
	t := c.at(k)
	if t.kind != tokIdent {
		return false
	}
	switch t.text {
	case "union", "except", "intersect", "order", "limit", "offset", "fetch", "for", "emit":
		return true
	}
	return false
}
