package sql

import (
	"strings"

	"millrace/sql/pgerr"
)

func (p *printer) statement(s Statement) {
	switch n := s.(type) {
	case *SelectStmt:
		p.query(n.Query)
	case *Insert:
		p.insert(n)
	case *Update:
		p.update(n)
	case *Delete:
		p.deleteStmt(n)
	case *Truncate:
		p.truncate(n)
	case *Copy:
		p.copyStmt(n)
	case *Explain:
		p.explain(n)
	case *Subscribe:
		p.subscribe(n)
	case *Generic, *Alter:
		p.put(n.Text())
	default:
		if !p.ddl(s) && !p.transaction(s) && !p.session(s) && !p.streaming(s) && !p.ksql(s) && !p.roles(s) {
			panic(pgerr.Bug("sql: no format of %T", s))
		}
	}
}

func (p *printer) ddl(s Statement) bool {
	switch n := s.(type) {
	case *CreateStream:
		p.createStream(n)
	case *CreateTable:
		p.createTable(n)
	case *CreateView:
		p.createView(n)
	case *CreateMaterializedView:
		p.createMaterializedView(n)
	case *CreateIndex:
		p.createIndex(n)
	case *CreateSchema:
		p.createSchema(n)
	case *Drop:
		p.drop(n)
	case *Rename:
		p.rename(n)
	case *Comment:
		p.comment(n)
	case *CreateType:
		p.createType(n)
	case *CreateDomain:
		p.createDomain(n)
	case *CreateSequence:
		p.createSequence(n)
	case *AlterSequence:
		p.alterSequence(n)
	case *AlterType:
		p.alterType(n)
	default:
		return false
	}
	return true
}

func (p *printer) insert(n *Insert) {
	if n.With != nil {
		p.with(n.With)
	}
	p.put("INSERT INTO ", n.Table.String())
	p.options(n.Options)
	if n.Alias != "" {
		p.put(" AS ", QuoteIdent(n.Alias))
	}
	if n.Columns != nil {
		p.put(" ")
		p.columnTargets(n.Columns)
	}
	if n.Overriding != "" {
		p.put(" OVERRIDING ", strings.ToUpper(n.Overriding), " VALUE")
	}
	if n.Query == nil {
		p.put(" DEFAULT VALUES")
	} else {
		p.put(" ")
		p.query(n.Query)
	}
	if n.OnConflict != nil {
		p.onConflict(n.OnConflict)
	}
	p.returning(n.Returning)
}

func (p *printer) columnTargets(targets []*ColumnTarget) {
	p.put("(")
	for i, target := range targets {
		p.comma(i)
		p.columnTarget(target)
	}
	p.put(")")
}

func (p *printer) columnTarget(t *ColumnTarget) {
	p.ident(t.Name)
	for _, step := range t.Path {
		switch step := step.(type) {
		case *Field:
			p.field(step)
		case *Subscript:
			p.subscript(step)
		}
	}
}

func (p *printer) onConflict(c *OnConflict) {
	p.put(" ON CONFLICT")
	if c.Target != nil {
		p.put(" ")
		p.indexElems(c.Target)
		p.where(c.TargetWhere)
	}
	if c.Constraint != "" {
		p.put(" ON CONSTRAINT ", QuoteIdent(c.Constraint))
	}
	if c.DoNothing {
		p.put(" DO NOTHING")
		return
	}
	p.put(" DO UPDATE SET ")
	p.assignments(c.Set)
	p.where(c.Where)
}

func (p *printer) assignments(set []*Assignment) {
	for i, a := range set {
		p.comma(i)
		if a.Multi {
			p.columnTargets(a.Columns)
		} else {
			p.columnTarget(a.Columns[0])
		}
		p.put(" = ")
		p.expr(a.Value)
	}
}

func (p *printer) returning(targets []*Target) {
	if targets != nil {
		p.put(" RETURNING ")
		p.targets(targets)
	}
}

func (p *printer) update(n *Update) {
	if n.With != nil {
		p.with(n.With)
	}
	p.put("UPDATE ")
	p.table(n.Table)
	p.put(" SET ")
	p.assignments(n.Set)
	if n.From != nil {
		p.put(" FROM ")
		p.fromList(n.From)
	}
	p.whereOrCurrent(n.Where, n.CurrentOf)
	p.returning(n.Returning)
}

func (p *printer) deleteStmt(n *Delete) {
	if n.With != nil {
		p.with(n.With)
	}
	p.put("DELETE FROM ")
	p.table(n.Table)
	if n.Using != nil {
		p.put(" USING ")
		p.fromList(n.Using)
	}
	p.whereOrCurrent(n.Where, n.CurrentOf)
	p.returning(n.Returning)
}

func (p *printer) whereOrCurrent(where Expr, cursor string) {
	if cursor != "" {
		p.put(" WHERE CURRENT OF ", QuoteIdent(cursor))
		return
	}
	p.where(where)
}

func (p *printer) truncate(n *Truncate) {
	p.put("TRUNCATE TABLE ")
	for i, table := range n.Tables {
		p.comma(i)
		p.table(table)
	}
	p.when(n.RestartIdentity, " RESTART IDENTITY")
	p.when(n.Cascade, " CASCADE")
}

func (p *printer) copyStmt(n *Copy) {
	p.put("COPY ")
	if n.Query != nil {
		p.put("(")
		p.statement(n.Query)
		p.put(")")
	} else {
		p.put(n.Table.String())
		p.columns(n.Columns)
	}
	direction, standard := " TO ", "STDOUT"
	if n.From {
		direction, standard = " FROM ", "STDIN"
	}
	p.put(direction)
	p.when(n.Program, "PROGRAM ")
	if n.File == "" && !n.Program {
		p.put(standard)
	} else {
		p.put(QuoteLiteral(n.File))
	}
	if len(n.Options) > 0 {
		p.put(" WITH (")
		p.copyOptions(n.Options)
		p.put(")")
	}
	p.where(n.Where)
}

func (p *printer) copyOptions(options []Option) {
	for i, option := range options {
		p.comma(i)
		p.optionName(option.Name)
		switch {
		case option.List != nil:
			p.put(" (")
			p.idents(option.List)
			p.put(")")
		case option.Value == "*":
			p.put(" *")
		case option.HasValue:
			p.put(" ", QuoteLiteral(option.Value))
		}
	}
}

func (p *printer) explain(n *Explain) {
	p.put("EXPLAIN ")
	if n.Options != nil {
		p.put("(")
		p.copyOptions(n.Options)
		p.put(") ")
	}
	p.statement(n.Statement)
}

func (p *printer) subscribe(n *Subscribe) {
	p.put("SUBSCRIBE ")
	if n.Query != nil {
		p.parenQuery("", n.Query)
	} else {
		p.put("TO ", n.Name.String())
	}
	p.options(n.With)
	if n.AsOfEpoch != nil {
		p.put(" AS OF EPOCH ")
		p.expr(n.AsOfEpoch)
	}
}
