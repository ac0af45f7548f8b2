package sql

// constantRows reads VALUES of literals and parameters without the grammar, which
// is an order of magnitude faster and the common form of INSERT. It returns nil,
// and reads nothing, when the rows hold anything else.
func (c *cursor) constantRows() *Query {
	if !c.kw("values") {
		return nil
	}
	start := c.p
	values := &Values{Pos: c.pos()}
	c.p++
	for {
		row := c.constantRow(values)
		if row == nil {
			c.p = start
			return nil
		}
		values.Rows = append(values.Rows, row)
		if !c.acceptPunct(",") {
			break
		}
	}
	if next := c.tok(); next.kind != tokEOF && !c.kw("on") && !c.kw("returning") {
		c.p = start
		return nil
	}
	return &Query{Pos: values.Pos, Body: values, EmitPos: NoPos}
}

// constantRow reads one row; nil when it is not one of constants.
func (c *cursor) constantRow(values *Values) []Expr {
	if !c.acceptPunct("(") {
		return nil
	}
	length := 4
	if len(values.Rows) > 0 {
		length = len(values.Rows[0])
	}
	row := make([]Expr, 0, length)
	literals := make([]Literal, 0, length)
	for {
		e := c.rowLiteral(&literals)
		if e == nil {
			e = c.rowConstant()
		}
		if e == nil {
			return nil
		}
		row = append(row, e)
		if c.acceptPunct(",") {
			continue
		}
		if !c.acceptPunct(")") {
			return nil
		}
		return row
	}
}

// rowLiteral reads a string or number into the row's own block of literals, which
// saves an allocation each; nil when the block is full or something else is next.
func (c *cursor) rowLiteral(block *[]Literal) Expr {
	t := c.tok()
	kind := LitString
	switch t.kind {
	case tokString:
	case tokInt:
		kind = LitInt
	case tokNumeric:
		kind = LitNumeric
	default:
		return nil
	}
	if len(*block) == cap(*block) {
		return nil
	}
	c.p++
	*block = append(*block, Literal{Pos: Pos(t.pos), Kind: kind, Text: t.text})
	return &(*block)[len(*block)-1]
}

// rowConstant reads one constant with its sign; nil when there is something else.
func (c *cursor) rowConstant() Expr {
	t := c.tok()
	switch t.kind {
	case tokString, tokInt, tokNumeric, tokBit, tokParam:
		return c.constant()
	case tokIdent:
		switch t.text {
		case "null", "true", "false", "default":
			return c.keywordConstant()
		}
	case tokOp:
		if next := c.at(1); t.text == "-" && (next.kind == tokInt || next.kind == tokNumeric) {
			c.p++
			return negate(Pos(t.pos), c.constant())
		}
	}
	return nil
}
