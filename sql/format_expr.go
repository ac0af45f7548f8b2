package sql

import (
	"strconv"

	"millrace/sql/pgerr"
)

func itoa(n int) string { return strconv.Itoa(n) }

// level returns how tight the outermost operator of e binds when printed.
func level(e Expr) int {
	switch e := e.(type) {
	case *Binary:
		return binaryLevel(e)
	case *Unary:
		return unaryLevel(e)
	case *Quantified:
		if own, ok := levels[e.Op]; ok && e.Schema == "" {
			return own
		}
		return levelOther
	case *IsTest, *IsDistinct:
		return levelIs
	case *Like, *Between, *InList, *InSubquery:
		return levelMatch
	case *AtTimeZone:
		return levelAt
	case *Collate:
		return levelCollate
	case *Literal:
		if e.Text != "" && e.Text[0] == '-' && (e.Kind == LitInt || e.Kind == LitNumeric) {
			return levelSign
		}
	case *Lambda:
		return levelOr - 1
	}
	return levelPostfix
}

func binaryLevel(e *Binary) int {
	switch {
	case e.Schema != "":
		return levelOther
	case e.Op == "AND":
		return levelAnd
	case e.Op == "OR":
		return levelOr
	}
	if own, ok := levels[e.Op]; ok {
		return own
	}
	return levelOther
}

func unaryLevel(e *Unary) int {
	switch {
	case e.Schema != "":
		return levelOther
	case e.Op == "NOT":
		return levelNot
	case e.Op == "-" || e.Op == "+":
		return levelSign
	}
	return levelOther
}

func (p *printer) expr(e Expr) { p.operand(e, levelOr-1) }

// operand prints e, in parentheses if it binds looser than least.
func (p *printer) operand(e Expr, least int) {
	if level(e) < least {
		p.put("(")
		p.bare(e)
		p.put(")")
		return
	}
	p.bare(e)
}

func (p *printer) exprs(list []Expr) {
	for i, e := range list {
		p.comma(i)
		p.expr(e)
	}
}

// bare prints e without parentheses around it.
func (p *printer) bare(e Expr) {
	switch e := e.(type) {
	case *Literal:
		p.literal(e)
	case *Param:
		p.put("$", itoa(e.N))
	case *ColumnRef:
		p.columnRef(e)
	case *Binary:
		p.binary(e)
	case *Unary:
		p.unary(e)
	case *Call:
		p.call(e)
	case *Case:
		p.caseExpr(e)
	case *Cast:
		p.operand(e.X, levelPostfix)
		p.put("::")
		p.typeName(e.Type)
	case *Subquery:
		p.parenQuery("", e.Query)
	case *Exists:
		p.parenQuery("EXISTS ", e.Query)
	case *ArraySubquery:
		p.parenQuery("ARRAY", e.Query)
	default:
		if !p.predicate(e) && !p.container(e) {
			panic(pgerr.Bug("sql: no format of %T", e))
		}
	}
}

func (p *printer) parenQuery(before string, q *Query) {
	p.put(before, "(")
	p.query(q)
	p.put(")")
}

func (p *printer) literal(e *Literal) {
	switch e.Kind {
	case LitNull:
		p.put("NULL")
	case LitString:
		p.put(QuoteLiteral(e.Text))
	case LitBit:
		p.put(e.Text[:1], QuoteLiteral(e.Text[1:]))
	default:
		p.put(e.Text)
	}
}

func (p *printer) columnRef(e *ColumnRef) {
	for i, part := range e.Parts {
		p.when(i > 0, ".")
		p.ident(part)
	}
	if e.Star {
		p.when(len(e.Parts) > 0, ".")
		p.put("*")
	}
}

func operatorText(op, schema string) string {
	if schema == "" {
		return op
	}
	return "OPERATOR(" + QuoteIdent(schema) + "." + op + ")"
}

// binary prints a chain of left operands without recursion: it may be long.
func (p *printer) binary(e *Binary) {
	own := binaryLevel(e)
	chain := []*Binary{e}
	for own != levelCompare {
		l, ok := chain[len(chain)-1].L.(*Binary)
		if !ok || binaryLevel(l) != own {
			break
		}
		chain = append(chain, l)
	}
	left := own
	if own == levelCompare {
		left++
	}
	p.operand(chain[len(chain)-1].L, left)
	for i := len(chain) - 1; i >= 0; i-- {
		p.put(" ", operatorText(chain[i].Op, chain[i].Schema), " ")
		p.operand(chain[i].R, own+1)
	}
}

func (p *printer) unary(e *Unary) {
	own := unaryLevel(e)
	if own == levelOther {
		own++ // as a prefix operator takes tighter operands only
	}
	p.put(operatorText(e.Op, e.Schema))
	operand := &printer{}
	operand.operand(e.X, own)
	text := operand.String()
	p.when(e.Op == "NOT" || e.Schema != "" || isOpChar(text[0]), " ")
	p.put(text)
}

// predicate prints the tests; false when e is none.
func (p *printer) predicate(e Expr) bool {
	switch e := e.(type) {
	case *IsTest:
		p.isTest(e)
	case *IsDistinct:
		p.operand(e.L, levelIs+1)
		p.put(" IS ", notWord(e.Not), "DISTINCT FROM ")
		p.operand(e.R, levelIs+1)
	case *Like:
		p.like(e)
	case *Between:
		p.between(e)
	case *InList:
		p.operand(e.X, levelMatch+1)
		p.put(" ", notWord(e.Not), "IN (")
		p.exprs(e.List)
		p.put(")")
	case *InSubquery:
		p.operand(e.X, levelMatch+1)
		p.put(" ", notWord(e.Not))
		p.parenQuery("IN ", e.Query)
	case *Quantified:
		p.operand(e.X, level(e)+1)
		p.put(" ", operatorText(e.Op, e.Schema), " ")
		p.quantifier(e.Quant, e.Array, e.Query)
	case *AtTimeZone:
		p.operand(e.X, levelAt)
		p.put(" AT TIME ZONE ")
		p.operand(e.Zone, levelAt+1)
	case *Collate:
		p.operand(e.X, levelCollate)
		p.put(" COLLATE ", e.Collation.String())
	default:
		return false
	}
	return true
}

func notWord(not bool) string {
	if not {
		return "NOT "
	}
	return ""
}

func (p *printer) isTest(e *IsTest) {
	p.operand(e.X, levelIs+1)
	p.put(" IS ", notWord(e.Not))
	if e.Form != "" {
		p.put(e.Form, " ")
	}
	p.put([...]string{"NULL", "TRUE", "FALSE", "UNKNOWN", "NORMALIZED", "DOCUMENT"}[e.Kind])
}

func (p *printer) like(e *Like) {
	p.operand(e.X, levelMatch+1)
	p.put(" ", notWord(e.Not), [...]string{"LIKE", "ILIKE", "SIMILAR TO"}[e.Kind], " ")
	if e.Quant != QuantNone {
		if sub, ok := e.Pattern.(*Subquery); ok {
			p.quantifier(e.Quant, nil, sub.Query)
		} else {
			p.quantifier(e.Quant, e.Pattern, nil)
		}
		return
	}
	p.operand(e.Pattern, levelMatch+1)
	if e.Escape != nil {
		p.put(" ESCAPE ")
		p.operand(e.Escape, levelMatch+1)
	}
}

// quantifier prints ANY (array) or ANY (query). An array that is a subquery in
// parentheses keeps them apart.
func (p *printer) quantifier(quant Quantifier, array Expr, query *Query) {
	word := "ANY "
	if quant == QuantAll {
		word = "ALL "
	}
	if query != nil {
		p.parenQuery(word, query)
		return
	}
	p.put(word, "(")
	p.expr(array)
	p.put(")")
}

func (p *printer) between(e *Between) {
	p.operand(e.X, levelMatch+1)
	p.put(" ", notWord(e.Not), "BETWEEN ")
	p.when(e.Symmetric, "SYMMETRIC ")
	p.operand(e.Low, levelSign) // the grammar of the lower bound is smaller
	p.put(" AND ")
	p.operand(e.High, levelMatch+1)
}

// container prints what holds lists of expressions or parts; false when e is none.
func (p *printer) container(e Expr) bool {
	switch e := e.(type) {
	case *Row:
		p.when(e.Explicit || len(e.Items) < 2, "ROW")
		p.put("(")
		p.exprs(e.Items)
		p.put(")")
	case *Array:
		p.put("ARRAY[")
		p.exprs(e.Items)
		p.put("]")
	case *Subscript:
		if e.Apart {
			p.put("(")
			p.bare(e.X)
			p.put(")")
		} else {
			p.subscripted(e.X)
		}
		p.subscript(e)
	case *Field:
		p.fieldOf(e.X)
		p.field(e)
	case *KeywordFunc:
		p.put(e.Name)
		if e.Precision >= 0 {
			p.put("(", itoa(e.Precision), ")")
		}
	case *Default:
		p.put("DEFAULT")
	case *TableArg:
		p.put("TABLE ")
		p.tableArg(e)
	case *Lambda:
		p.put("(")
		p.idents(e.Params)
		p.put(") => ")
		p.expr(e.Body)
	case *MapLiteral:
		p.mapLiteral(e)
	default:
		return false
	}
	return true
}

func (p *printer) tableArg(e *TableArg) {
	p.put(e.Name.String())
	if len(e.PartitionBy) > 0 {
		p.put(" PARTITION BY (")
		p.exprs(e.PartitionBy)
		p.put(")")
	}
}

func (p *printer) mapLiteral(e *MapLiteral) {
	p.put("MAP(")
	for i := range e.Keys {
		p.comma(i)
		p.expr(e.Keys[i])
		p.put(" := ")
		p.expr(e.Values[i])
	}
	p.put(")")
}

// subscripted prints what stands in front of [i].
func (p *printer) subscripted(x Expr) {
	switch x := x.(type) {
	case *ColumnRef, *Param, *Subscript, *Field:
		p.bare(x)
	default:
		p.put("(")
		p.bare(x)
		p.put(")")
	}
}

// fieldOf prints what stands in front of .f: without parentheses a column would
// become a longer column name.
func (p *printer) fieldOf(x Expr) {
	switch x := x.(type) {
	case *Field:
		p.bare(x)
	default:
		p.put("(")
		p.bare(x)
		p.put(")")
	}
}

func (p *printer) field(e *Field) {
	p.put(".")
	if e.Star {
		p.put("*")
		return
	}
	p.ident(e.Name)
}

func (p *printer) subscript(e *Subscript) {
	p.put("[")
	if e.Slice {
		if e.Low != nil {
			p.expr(e.Low)
		}
		p.put(":")
		if e.High != nil {
			p.expr(e.High)
		}
	} else {
		p.expr(e.Index)
	}
	p.put("]")
}

func (p *printer) caseExpr(e *Case) {
	p.put("CASE ")
	if e.Operand != nil {
		p.expr(e.Operand)
		p.put(" ")
	}
	for _, when := range e.Whens {
		p.put("WHEN ")
		p.expr(when.Cond)
		p.put(" THEN ")
		p.expr(when.Result)
		p.put(" ")
	}
	if e.Else != nil {
		p.put("ELSE ")
		p.expr(e.Else)
		p.put(" ")
	}
	p.put("END")
}
