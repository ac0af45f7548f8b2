package sql

import (
	"strconv"
	"strings"
)

// transaction prints the statements of transactions; false for others.
func (p *printer) transaction(s Statement) bool {
	switch n := s.(type) {
	case *Begin:
		if n.Start {
			p.put("START TRANSACTION")
		} else {
			p.put("BEGIN")
		}
		p.txnModes(n.Modes)
	case *Commit:
		p.put("COMMIT")
		p.when(n.Chain, " AND CHAIN")
	case *Rollback:
		p.put("ROLLBACK")
		p.when(n.Chain, " AND CHAIN")
	case *Savepoint:
		p.put("SAVEPOINT ", QuoteIdent(n.Name))
	case *Release:
		p.put("RELEASE SAVEPOINT ", QuoteIdent(n.Name))
	case *RollbackTo:
		p.put("ROLLBACK TO SAVEPOINT ", QuoteIdent(n.Name))
	case *SetTransaction:
		p.setTransaction(n)
	default:
		return false
	}
	return true
}

func (p *printer) setTransaction(n *SetTransaction) {
	switch {
	case n.Session:
		p.put("SET SESSION CHARACTERISTICS AS TRANSACTION")
	case n.Snapshot != "":
		p.put("SET TRANSACTION SNAPSHOT ", QuoteLiteral(n.Snapshot))
		return
	default:
		p.put("SET TRANSACTION")
	}
	p.txnModes(n.Modes)
}

func (p *printer) txnModes(m TxnModes) {
	blank := " "
	next := func(text string) {
		p.put(blank, text)
		blank = ", "
	}
	if m.Isolation != "" {
		next("ISOLATION LEVEL " + strings.ToUpper(m.Isolation))
	}
	if m.ReadOnly != nil {
		if *m.ReadOnly {
			next("READ ONLY")
		} else {
			next("READ WRITE")
		}
	}
	if m.Deferrable != nil {
		next(notWord(!*m.Deferrable) + "DEFERRABLE")
	}
}

// session prints the statements of settings, prepared statements and cursors;
// false for others.
func (p *printer) session(s Statement) bool {
	switch n := s.(type) {
	case *Set:
		p.set(n)
	case *Show:
		p.put("SHOW ")
		p.settingName(n.Name)
	case *Reset:
		p.put("RESET ")
		p.settingName(n.Name)
	case *Discard:
		p.put("DISCARD ", strings.ToUpper(n.Target))
	case *Prepare:
		p.prepare(n)
	case *Execute:
		p.put("EXECUTE ", QuoteIdent(n.Name))
		if n.Args != nil {
			p.put("(")
			p.exprs(n.Args)
			p.put(")")
		}
	case *Deallocate:
		p.put("DEALLOCATE ")
		p.nameOrAll(n.Name)
	case *DeclareCursor:
		p.declare(n)
	case *Fetch:
		p.fetch(n)
	case *CloseCursor:
		p.put("CLOSE ")
		p.nameOrAll(n.Name)
	default:
		return p.notification(s)
	}
	return true
}

func (p *printer) notification(s Statement) bool {
	switch n := s.(type) {
	case *Listen:
		p.put("LISTEN ", QuoteIdent(n.Channel))
	case *Notify:
		p.put("NOTIFY ", QuoteIdent(n.Channel))
		if n.Payload != "" {
			p.put(", ", QuoteLiteral(n.Payload))
		}
	case *Unlisten:
		p.put("UNLISTEN ")
		if n.Channel == "" {
			p.put("*")
		} else {
			p.ident(n.Channel)
		}
	default:
		return false
	}
	return true
}

func (p *printer) nameOrAll(name string) {
	if name == "" {
		p.put("ALL")
		return
	}
	p.ident(name)
}

func (p *printer) settingName(name string) {
	if name == "all" {
		p.put("ALL")
		return
	}
	for i, part := range strings.Split(name, ".") {
		p.when(i > 0, ".")
		p.ident(part)
	}
}

func (p *printer) set(n *Set) {
	p.put("SET ")
	p.when(n.Local, "LOCAL ")
	if n.Name == "timezone" && len(n.Values) == 1 && strings.HasPrefix(n.Values[0], "INTERVAL '") {
		p.put("TIME ZONE ", n.Values[0])
		return
	}
	if n.Property {
		p.put(QuoteLiteral(n.Name))
	} else {
		p.settingName(n.Name)
	}
	p.put(" TO ")
	if n.Default {
		p.put("DEFAULT")
		return
	}
	for i, value := range n.Values {
		p.comma(i)
		p.put(QuoteLiteral(value))
	}
}

func (p *printer) prepare(n *Prepare) {
	p.put("PREPARE ", QuoteIdent(n.Name))
	for i, typ := range n.Types {
		p.when(i == 0, "(")
		p.comma(i)
		p.typeName(typ)
		p.when(i == len(n.Types)-1, ")")
	}
	p.put(" AS ")
	p.statement(n.Statement)
}

func (p *printer) declare(n *DeclareCursor) {
	p.put("DECLARE ", QuoteIdent(n.Name))
	p.when(n.Binary, " BINARY")
	p.when(n.Insensitive, " INSENSITIVE")
	if n.Scroll != nil {
		p.when(!*n.Scroll, " NO")
		p.put(" SCROLL")
	}
	p.put(" CURSOR")
	p.when(n.Hold, " WITH HOLD")
	p.put(" FOR ")
	p.statement(n.Query)
}

func (p *printer) fetch(n *Fetch) {
	if n.Move {
		p.put("MOVE ")
	} else {
		p.put("FETCH ")
	}
	p.put([...]string{"FORWARD ", "BACKWARD ", "ABSOLUTE ", "RELATIVE "}[n.Direction])
	if n.All {
		p.put("ALL")
	} else {
		p.put(strconv.FormatInt(n.Count, 10))
	}
	p.put(" FROM ", QuoteIdent(n.Cursor))
	p.options(n.Options)
}

// streaming prints ksqlDB's statements; false for others.
func (p *printer) streaming(s Statement) bool {
	switch n := s.(type) {
	case *ShowObjects:
		p.put("SHOW ")
		p.put(strings.ToUpper(n.What))
		p.when(n.Extended, " EXTENDED")
		if n.Like != "" {
			p.put(" LIKE ", QuoteLiteral(n.Like))
		}
	case *ShowCreate:
		p.put("SHOW CREATE ", strings.ToUpper(string(n.Kind)), " ", n.Name.String())
	case *Describe:
		p.put("DESCRIBE")
		p.when(n.Kind != "", " "+strings.ToUpper(n.Kind))
		p.when(!n.Name.Empty(), " "+n.Name.String())
		p.when(n.Extended, " EXTENDED")
	case *QueryControl:
		p.put(strings.ToUpper(n.Verb), " ")
		if n.Query.Empty() {
			p.put("ALL")
		} else {
			p.put(n.Query.String())
		}
	default:
		return false
	}
	return true
}
