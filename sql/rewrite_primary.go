package sql

import (
	"strconv"
	"strings"

	"millrace/sql/pgerr"
)

// primary reads an operand without operators, and reports whether subscripts and
// fields may follow.
func (r *rewriter) primary() (indirect bool) {
	t := r.tok()
	switch t.kind {
	case tokString, tokInt, tokNumeric, tokBit:
		r.leaf(r.constant())
		return false
	case tokParam:
		r.leaf(r.constant())
		return true
	case tokQuoted:
		return r.chain()
	case tokIdent:
		return r.word(t)
	case tokPunct:
		if t.text == "(" {
			return r.parenthesis()
		}
	}
	r.fail()
	return false
}

// constant reads a literal or a parameter.
func (c *cursor) constant() Expr {
	t := c.tok()
	pos := Pos(t.pos)
	c.p++
	switch t.kind {
	case tokString:
		return &Literal{Pos: pos, Kind: LitString, Text: t.text}
	case tokInt:
		return &Literal{Pos: pos, Kind: LitInt, Text: t.text}
	case tokNumeric:
		return &Literal{Pos: pos, Kind: LitNumeric, Text: t.text}
	case tokBit:
		return &Literal{Pos: pos, Kind: LitBit, Text: t.text}
	case tokParam:
		n, err := strconv.Atoi(t.text)
		if err != nil || n < 1 || n > maxParams {
			c.bail(pgerr.Newf(pgerr.UndefinedParameter, "there is no parameter $%s", t.text).At(int(pos)))
		}
		return &Param{Pos: pos, N: n}
	}
	c.p--
	c.fail()
	return nil
}

// parenthesis reads a subquery, a row, or an expression in parentheses.
func (r *rewriter) parenthesis() (indirect bool) {
	if r.queryInside(0) {
		r.subquery()
		return true
	}
	pos := r.pos()
	if r.arrowBehind() {
		r.lambda(pos)
		return false
	}
	r.p++
	start := len(r.atoms)
	n := r.exprs()
	r.wantPunct(")")
	if n == 1 {
		r.prepend(start, pos, "(")
	} else {
		r.wrap(start, pos, func(a []Expr) Expr { return &Row{Pos: pos, Items: a} })
	}
	r.emit(")")
	return n == 1
}

// arrowBehind reports whether "=>" follows the parenthesis that opens here.
func (r *rewriter) arrowBehind() bool {
	end := r.closer(r.p)
	return end > 0 && r.isAt(end-r.p+1, "=>")
}

// lambda reads ksqlDB's (x, y) => body or, at the word, x => body.
func (r *rewriter) lambda(pos Pos) {
	node := &Lambda{Pos: pos}
	if r.acceptPunct("(") {
		node.Params = r.colList()
	} else {
		node.Params = []string{r.colID()}
	}
	r.wantPunct("=>")
	r.open(pos, func(a []Expr) Expr { node.Body = a[0]; return node })
	r.expr()
	r.emit(")")
}

// subquery reads (query); extra parentheses around it are dropped.
func (r *rewriter) subquery() {
	r.enter()
	defer r.leave()
	r.emit("(")
	r.wantPunct("(")
	r.query()
	r.wantPunct(")")
	r.emit(")")
}

// word reads an operand that begins with an unquoted word.
func (r *rewriter) word(t token) (indirect bool) {
	pos := Pos(t.pos)
	switch t.text {
	case "null", "true", "false", "default":
		r.leaf(r.keywordConstant())
	case "case":
		r.caseExpr()
	case "exists":
		return r.exists(pos)
	case "array":
		r.arrayWord(pos)
		return r.is("[")
	case "row":
		return r.row(pos)
	case "cast", "treat":
		r.cast(pos)
	case "table":
		r.tableArg(pos)
	case "collation":
		r.collationFor(pos)
	default:
		return r.otherWord(t)
	}
	return false
}

func (c *cursor) keywordConstant() Expr {
	pos := c.pos()
	switch word := c.take(); word {
	case "null":
		return &Literal{Pos: pos, Kind: LitNull}
	case "default":
		return &Default{Pos: pos}
	default:
		return &Literal{Pos: pos, Kind: LitBool, Text: word}
	}
}

func (r *rewriter) otherWord(t token) (indirect bool) {
	if isKeywordFunc(t.text) && !(t.text == "current_schema" && r.isAt(1, "(")) {
		r.leaf(r.keywordFunc())
		return false
	}
	if r.typedLiteral() {
		return false
	}
	return r.chain()
}

// caseExpr reads CASE; the grammar has the same.
func (r *rewriter) caseExpr() {
	r.enter()
	defer r.leave()
	r.emit("CASE")
	r.p++
	if !r.kw("when") {
		r.expr()
	}
	if !r.kw("when") {
		r.fail()
	}
	for r.kw("when") {
		r.emit("WHEN")
		r.p++
		r.expr()
		r.want("then")
		r.emit("THEN")
		r.expr()
	}
	if r.accept("else") {
		r.emit("ELSE")
		r.expr()
	}
	r.want("end")
	r.emit("END")
}

func (r *rewriter) exists(pos Pos) (indirect bool) {
	if !r.isAt(1, "(") {
		return r.chain()
	}
	r.p++
	if !r.queryInside(0) {
		r.failAt(1)
	}
	// In parentheses: the grammar would fold NOT NOT EXISTS, and its name with it.
	r.emit("(")
	r.emitAt("EXISTS", pos)
	r.subquery()
	r.emit(")")
	return false
}

// arrayWord reads ARRAY[...] or ARRAY(query).
func (r *rewriter) arrayWord(pos Pos) {
	r.p++
	if r.is("[") {
		r.array(pos)
		return
	}
	if !r.is("(") || !r.queryInside(0) {
		r.fail()
	}
	r.open(pos, func(a []Expr) Expr { return &ArraySubquery{Pos: pos, Query: a[0].(*Subquery).Query} })
	r.subquery()
	r.emit(")")
}

// array reads [...] of an ARRAY; inner brackets are arrays again.
func (r *rewriter) array(pos Pos) {
	r.enter()
	defer r.leave()
	r.wantPunct("[")
	r.open(pos, func(a []Expr) Expr { return &Array{Pos: pos, Items: a} })
	for !r.is("]") {
		if r.is("[") {
			r.array(r.pos())
		} else {
			r.expr()
		}
		if !r.acceptPunct(",") {
			break
		}
		if r.is("]") {
			r.fail()
		}
		r.emit(",")
	}
	r.wantPunct("]")
	r.emit(")")
}

func (r *rewriter) row(pos Pos) (indirect bool) {
	if !r.isAt(1, "(") {
		return r.chain()
	}
	r.p += 2
	r.open(pos, func(a []Expr) Expr { return &Row{Pos: pos, Items: a, Explicit: true} })
	if !r.is(")") {
		r.exprs()
	}
	r.wantPunct(")")
	r.emit(")")
	return false
}

func (r *rewriter) cast(pos Pos) {
	if !r.isAt(1, "(") {
		r.failAt(1)
	}
	r.p += 2
	node := &Cast{Pos: pos}
	r.open(pos, func(a []Expr) Expr { node.X = a[0]; return node })
	r.expr()
	r.want("as")
	node.Type = r.typeName()
	r.wantPunct(")")
	r.emit(")")
}

// tableArg reads TABLE t [PARTITION BY ...], the argument of a table function.
func (r *rewriter) tableArg(pos Pos) {
	r.p++
	node := &TableArg{Pos: pos}
	if r.acceptPunct("(") {
		node.Name = r.qualified()
		r.wantPunct(")")
	} else {
		node.Name = r.qualified()
	}
	r.open(pos, func(a []Expr) Expr { node.PartitionBy = a; return node })
	if r.accept("partition", "by") {
		r.partitionKeys()
	}
	r.emit(")")
}

// partitionKeys reads one expression or several in parentheses: a comma without them
// begins the function's next argument.
func (r *rewriter) partitionKeys() {
	if r.acceptPunct("(") {
		r.exprs()
		r.wantPunct(")")
		return
	}
	r.expr()
}

func (r *rewriter) collationFor(pos Pos) {
	if !r.kwAt(1, "for") {
		r.fail()
	}
	r.p += 2
	r.wantPunct("(")
	r.open(pos, func(a []Expr) Expr {
		return &Call{Pos: pos, Name: Name{Pos: pos, Parts: []string{"pg_collation_for"}}, Args: a}
	})
	r.expr()
	r.wantPunct(")")
	r.emit(")")
}

// isKeywordFunc reports whether word is a function that stands without parentheses.
func isKeywordFunc(word string) bool {
	switch word {
	case "current_date", "current_time", "current_timestamp", "localtime", "localtimestamp",
		"current_user", "current_role", "session_user", "user", "current_catalog", "current_schema":
		return true
	}
	return false
}

func (c *cursor) keywordFunc() Expr {
	node := &KeywordFunc{Pos: c.pos(), Name: c.take(), Precision: -1}
	switch node.Name {
	case "current_time", "current_timestamp", "localtime", "localtimestamp":
		if c.acceptPunct("(") {
			node.Precision = c.smallInt()
			c.wantPunct(")")
		}
	}
	return node
}

// typedLiteral reads type 'text' for the types with key words; false when the
// words are something else.
func (r *rewriter) typedLiteral() bool {
	start := r.tok()
	if !isTypeKeyword(start.text) && start.text != "double" || r.isAt(1, ".") {
		return false
	}
	from := r.p
	var typ *TypeName
	err := guard(func() { typ = r.typeName() })
	if err != nil && pgerr.Code(err) != pgerr.SyntaxError {
		panic(bail{err})
	}
	if err != nil || r.tok().kind != tokString || typ.ArrayDims > 0 {
		r.p = from
		return false
	}
	r.finishTypedLiteral(typ)
	return true
}

// finishTypedLiteral reads the string behind the type and, for an interval, the
// fields behind that.
func (r *rewriter) finishTypedLiteral(typ *TypeName) {
	literal := r.constant()
	if len(typ.Parts) == 1 && typ.Parts[0] == "interval" && typ.Fields == "" && typ.Mods == nil {
		r.intervalFields(typ)
	}
	r.leaf(&Cast{Pos: typ.Pos, X: literal, Type: typ})
}

// chain reads a name with dots: a column, a function call, or a typed literal.
func (r *rewriter) chain() (indirect bool) {
	first := r.tok()
	pos := Pos(first.pos)
	parts := []string{r.chainStart()}
	for r.is(".") {
		if r.opAt(1, "*") {
			r.p += 2
			r.column(&ColumnRef{Pos: pos, Parts: parts, Star: true})
			return false
		}
		r.p++
		parts = append(parts, r.label())
	}
	switch next := r.tok(); {
	case r.is("("):
		r.call(Name{Pos: pos, Parts: parts}, first.kind == tokIdent)
		return r.is("[")
	case next.kind == tokString && r.typeBefore(first, len(parts)):
		typ := &TypeName{Pos: pos, Parts: parts}
		if synonym, ok := typeSynonyms[parts[0]]; ok && first.kind == tokIdent && len(parts) == 1 {
			typ.Parts = []string{synonym}
		}
		r.finishTypedLiteral(typ)
	case r.is("=>") && len(parts) == 1:
		r.p--
		r.lambda(pos)
	default:
		r.column(&ColumnRef{Pos: pos, Parts: parts})
		return true
	}
	return false
}

// chainStart reads the first name of a chain. Names of functions may stand there
// only in front of a parenthesis (or as the type of a literal).
func (r *rewriter) chainStart() string {
	t := r.tok()
	if t.kind == tokQuoted {
		return r.take()
	}
	next := r.at(1)
	switch keywords[t.text].kind {
	case kwReserved:
		r.fail()
	case kwTypeFunc:
		if !(next.kind == tokPunct && next.text == "(") && next.kind != tokString {
			r.failAt(1)
		}
	case kwColName:
		if next.kind == tokPunct && next.text == "(" && !isSpecialFunc(t.text) {
			r.failAt(1)
		}
	}
	return r.take()
}

// isSpecialFunc reports whether a key word of the column kind may be called.
func isSpecialFunc(word string) bool {
	switch word {
	case "coalesce", "extract", "greatest", "grouping", "least", "normalize", "nullif", "overlay",
		"position", "substring", "trim", "xmlconcat", "xmlelement", "xmlforest", "xmlparse",
		"xmlpi", "xmlroot", "xmlserialize", "xmlexists":
		return true
	}
	return false
}

func (r *rewriter) typeBefore(first token, parts int) bool {
	return parts > 1 || first.kind == tokQuoted || keywords[first.text].kind != kwColName || isTypeKeyword(first.text)
}

func (r *rewriter) column(node *ColumnRef) {
	if len(node.Parts) > 4 {
		r.bail(pgerr.Newf(pgerr.SyntaxError, "improper qualified name (too many dotted names): %s",
			strings.Join(node.Parts, ".")).At(int(node.Pos)))
	}
	r.emitAt(r.name(Expr(node)), node.Pos)
}
