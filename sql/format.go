package sql

import (
	"strings"

	"millrace/sql/pgerr"
)

// Format prints a node as SQL on one line, in a canonical form that parses to an
// equal tree (positions and statement texts aside). Statements of which only the
// head was read (Generic, Alter) are printed as they were written.
func Format(n Node) string {
	p := &printer{}
	p.node(n)
	return p.String()
}

// printer builds the text. Words and punctuation carry their own blanks.
type printer struct{ strings.Builder }

func (p *printer) put(parts ...string) {
	for _, part := range parts {
		p.WriteString(part)
	}
}

func (p *printer) ident(name string) { p.WriteString(QuoteIdent(name)) }

func (p *printer) idents(names []string) {
	for i, name := range names {
		p.comma(i)
		p.ident(name)
	}
}

// columns prints (a, b), or nothing for an empty list.
func (p *printer) columns(names []string) {
	if len(names) == 0 {
		return
	}
	p.put("(")
	p.idents(names)
	p.put(")")
}

func (p *printer) comma(i int) {
	if i > 0 {
		p.put(", ")
	}
}

// when prints text if the condition holds.
func (p *printer) when(condition bool, text string) {
	if condition {
		p.put(text)
	}
}

func (p *printer) names(names []Name) {
	for i, name := range names {
		p.comma(i)
		p.put(name.String())
	}
}

func (p *printer) node(n Node) {
	switch n := n.(type) {
	case Statement:
		p.statement(n)
	case Expr:
		p.expr(n)
	case TableRef:
		p.tableRef(n)
	case *Query:
		p.query(n)
	case QueryBody:
		p.body(n)
	case *TypeName:
		p.typeName(n)
	case Name:
		p.put(n.String())
	case *Target:
		p.target(n)
	case *OrderItem:
		p.orderItem(n)
	case *ColumnDef:
		p.columnDef(n)
	case *Constraint:
		p.constraint(n)
	case *Watermark:
		p.watermark(n)
	case *StreamWindow:
		p.streamWindow(n)
	default:
		panic(pgerr.Bug("sql: no format of %T", n))
	}
}

// typeName prints a type; built-in names are the internal ones.
func (p *printer) typeName(t *TypeName) {
	switch {
	case t.Struct != nil:
		p.structType(t)
	case t.Args != nil:
		p.put("map<")
		p.typeName(t.Args[0])
		p.put(", ")
		p.typeName(t.Args[1])
		p.put(">")
	default:
		p.plainType(t)
	}
	for range t.ArrayDims {
		p.put("[]")
	}
}

func (p *printer) structType(t *TypeName) {
	p.put("struct<")
	for i, field := range t.Struct {
		p.comma(i)
		p.ident(field.Name)
		p.put(" ")
		p.typeName(field.Type)
	}
	p.put(">")
}

// plainType prints name(mods). Names whose key word means another type are
// quoted: "char" is not char.
func (p *printer) plainType(t *TypeName) {
	for i, part := range t.Parts {
		p.when(i > 0, ".")
		if len(t.Parts) == 1 && isUnquotedType(part) {
			p.put(part)
			continue
		}
		p.ident(part)
	}
	if t.Fields != "" {
		p.put(" ", t.Fields)
	}
	if len(t.Mods) == 0 {
		return
	}
	p.put("(")
	for i, mod := range t.Mods {
		p.comma(i)
		p.put(itoa(mod))
	}
	p.put(")")
}

// isUnquotedType reports whether a key word reads back as the type of its own name.
func isUnquotedType(name string) bool {
	switch name {
	case "varchar", "numeric", "time", "timestamp", "interval":
		return true
	}
	return false
}

func (p *printer) options(options []Option) {
	if options == nil {
		return
	}
	p.put(" WITH (")
	for i, option := range options {
		p.comma(i)
		p.optionName(option.Name)
		if option.HasValue {
			p.put(" = ", QuoteLiteral(option.Value))
		}
	}
	p.put(")")
}

// optionName prints a name that may have dots.
func (p *printer) optionName(name string) {
	for i, part := range strings.Split(name, ".") {
		p.when(i > 0, ".")
		if isPlainIdent(part) {
			p.put(part)
		} else {
			p.put(`"`, strings.ReplaceAll(part, `"`, `""`), `"`)
		}
	}
}
