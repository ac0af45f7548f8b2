package sql

import (
	"strconv"
	"strings"
)

// ksql prints what only ksqlDB has; false for others.
func (p *printer) ksql(s Statement) bool {
	switch n := s.(type) {
	case *Define:
		p.put("DEFINE ", QuoteIdent(n.Name), " = ", QuoteLiteral(n.Value))
	case *Undefine:
		p.put("UNDEFINE ", QuoteIdent(n.Name))
	case *Print:
		p.printTopic(n)
	case *Assert:
		p.assert(n)
	case *AlterSystem:
		p.put("ALTER SYSTEM ", QuoteLiteral(n.Name), " = ", QuoteLiteral(n.Value))
	default:
		return false
	}
	return true
}

func (p *printer) printTopic(n *Print) {
	p.put("PRINT ")
	p.topicName(n.Topic)
	p.when(n.FromBeginning, " FROM BEGINNING")
	if n.Interval > 0 {
		p.put(" INTERVAL ", strconv.FormatInt(n.Interval, 10))
	}
	if n.Limit >= 0 {
		p.put(" LIMIT ", strconv.FormatInt(n.Limit, 10))
	}
}

func (p *printer) topicName(n Name) {
	if len(n.Parts) == 1 {
		p.put(QuoteLiteral(n.Parts[0]))
		return
	}
	p.put(n.String())
}

func (p *printer) assert(n *Assert) {
	p.put("ASSERT ")
	p.when(n.NotExists, "NOT EXISTS ")
	p.put(strings.ToUpper(string(n.Kind)), " ")
	switch n.Kind {
	case AssertTopic:
		p.topicName(n.Name)
	default:
		p.put(n.Name.String())
	}
	if n.Columns != nil {
		p.put(" (")
		for i, c := range n.Columns {
			p.comma(i)
			p.columnDef(c)
		}
		p.put(")")
	}
	p.columns(n.Names)
	if n.Row != nil {
		if n.Kind == AssertNull {
			p.put(" KEY (")
		} else {
			p.put(" VALUES (")
		}
		p.exprs(n.Row)
		p.put(")")
	}
	p.options(n.With)
	if n.Timeout != "" {
		p.put(" TIMEOUT ", strings.ToUpper(n.Timeout))
	}
}
