package plan

import (
	"fmt"
	"strings"

	"millrace/sql/types"
)

// FormatExpr prints e for people, in SQL. name gives the name of a column; nil
// prints positions (#0).
func FormatExpr(e Expr, name func(int) string) string {
	p := printer{name: name}
	p.expr(e)
	return p.String()
}

type printer struct {
	strings.Builder
	name func(int) string
}

func (p *printer) expr(e Expr) {
	switch e := e.(type) {
	case *Col:
		p.col(e.Index)
	case *Const:
		p.constant(e)
	case *Param:
		fmt.Fprintf(p, "$%d", e.Index+1)
	case *Call:
		p.call(e)
	case *Cast:
		p.operand(e.X)
		p.WriteString("::" + e.To.String())
	case *Logic:
		p.logic(e)
	case *IsNull:
		p.isNull(e)
	case *Case:
		p.caseExpr(e)
	case *Coalesce:
		p.WriteString("COALESCE(")
		p.list(e.Args)
		p.WriteString(")")
	case *Lambda:
		p.lambda(e)
	case *LambdaParam:
		fmt.Fprintf(p, "x%d", e.Index+1)
	default:
		fmt.Fprintf(p, "<%T>", e)
	}
}

func (p *printer) col(i int) {
	if p.name == nil {
		fmt.Fprintf(p, "#%d", i)
		return
	}
	p.WriteString(p.name(i))
}

// constant prints numbers and booleans bare and everything else as a typed literal.
func (p *printer) constant(c *Const) {
	if !c.Value.Set {
		p.WriteString("NULL::" + c.T.String())
		return
	}
	text := string(types.AppendText(nil, c.T, c.Value.I, []byte(c.Value.S), nil))
	switch c.T.Kind {
	case types.KindInt2, types.KindInt4, types.KindInt8:
		p.WriteString(text)
	case types.KindBool:
		p.WriteString(map[bool]string{true: "true", false: "false"}[c.Value.Bool()])
	default:
		p.WriteString("'" + strings.ReplaceAll(text, "'", "''") + "'::" + c.T.String())
	}
}

func (p *printer) call(c *Call) {
	name := c.Func.Name
	switch {
	case len(c.Args) == 2 && isOperator(name):
		p.operand(c.Args[0])
		p.WriteString(" " + strings.ToUpper(name) + " ")
		p.operand(c.Args[1])
	case len(c.Args) == 1 && isOperator(name):
		p.WriteString(name)
		p.operand(c.Args[0])
	default:
		p.WriteString(name + "(")
		p.list(c.Args)
		p.WriteString(")")
	}
}

func isOperator(name string) bool {
	c := name[0]
	return strings.Contains(name, " ") || !(c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z')
}

// operand prints e, in parentheses when it is not a single term.
func (p *printer) operand(e Expr) {
	switch e := e.(type) {
	case *Logic, *IsNull:
	case *Call:
		if !isOperator(e.Func.Name) {
			p.expr(e)
			return
		}
	default:
		p.expr(e)
		return
	}
	p.WriteString("(")
	p.expr(e)
	p.WriteString(")")
}

func (p *printer) logic(e *Logic) {
	if e.Op == Not {
		p.WriteString("NOT ")
		p.operand(e.Args[0])
		return
	}
	sep := " AND "
	if e.Op == Or {
		sep = " OR "
	}
	for i, a := range e.Args {
		if i > 0 {
			p.WriteString(sep)
		}
		p.operand(a)
	}
}

func (p *printer) isNull(e *IsNull) {
	p.operand(e.X)
	if e.Not {
		p.WriteString(" IS NOT NULL")
		return
	}
	p.WriteString(" IS NULL")
}

func (p *printer) caseExpr(e *Case) {
	p.WriteString("CASE")
	for _, w := range e.Whens {
		p.WriteString(" WHEN ")
		p.expr(w.Cond)
		p.WriteString(" THEN ")
		p.expr(w.Then)
	}
	if e.Else != nil {
		p.WriteString(" ELSE ")
		p.expr(e.Else)
	}
	p.WriteString(" END")
}

func (p *printer) list(es []Expr) {
	for i, e := range es {
		if i > 0 {
			p.WriteString(", ")
		}
		p.expr(e)
	}
}
