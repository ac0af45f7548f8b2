package sql

func (p *printer) createType(n *CreateType) {
	p.put("CREATE TYPE ", n.Name.String(), " AS ")
	p.when(n.Enum, "ENUM ")
	p.put("(")
	for i, label := range n.Labels {
		p.comma(i)
		p.put(QuoteLiteral(label))
	}
	for i, field := range n.Fields {
		p.comma(i)
		p.columnDef(field)
	}
	p.put(")")
}

func (p *printer) createDomain(n *CreateDomain) {
	p.put("CREATE DOMAIN ", n.Name.String(), " AS ")
	p.typeName(n.Def.Type)
	p.domainConstraints(n.Def)
}

// domainConstraints prints what follows the type of a domain.
func (p *printer) domainConstraints(d *ColumnDef) {
	if !d.Collation.Empty() {
		p.put(" COLLATE ", d.Collation.String())
	}
	if d.Default != nil {
		p.put(" DEFAULT ")
		p.operand(d.Default, levelSign)
	}
	p.when(d.NotNull, " NOT NULL")
	p.when(d.Null, " NULL")
	for i, check := range d.Checks {
		if d.CheckNames[i] != "" {
			p.put(" CONSTRAINT ", QuoteIdent(d.CheckNames[i]))
		}
		p.put(" CHECK (")
		p.expr(check)
		p.put(")")
	}
}

func (p *printer) alterType(n *AlterType) {
	p.put("ALTER ")
	if n.Domain {
		p.put("DOMAIN ")
	} else {
		p.put("TYPE ")
	}
	p.put(n.Name.String())
	switch n.Action {
	case AlterAddValue:
		p.put(" ADD VALUE ")
		p.when(n.IfExists, "IF NOT EXISTS ")
		p.put(QuoteLiteral(n.Value))
		if n.Neighbour != "" {
			p.when(n.Before, " BEFORE ")
			p.when(!n.Before, " AFTER ")
			p.put(QuoteLiteral(n.Neighbour))
		}
	case AlterRenameValue:
		p.put(" RENAME VALUE ", QuoteLiteral(n.Value), " TO ", QuoteLiteral(n.NewName))
	case AlterTypeSchema:
		p.put(" SET SCHEMA ", QuoteIdent(n.NewName))
	case AlterAddAttribute:
		p.put(" ADD ATTRIBUTE ")
		p.columnDef(n.Def)
	case AlterDropAttribute:
		p.put(" DROP ATTRIBUTE ")
		p.when(n.IfExists, "IF EXISTS ")
		p.ident(n.Value)
	case AlterAttributeType:
		p.put(" ALTER ATTRIBUTE ", QuoteIdent(n.Value), " TYPE ")
		p.typeName(n.Def.Type)
	default:
		p.alterDomain(n)
	}
}

func (p *printer) alterDomain(n *AlterType) {
	switch n.Action {
	case AlterDomainDefault:
		if n.Def.Default == nil {
			p.put(" DROP DEFAULT")
			return
		}
		p.put(" SET DEFAULT ")
		p.expr(n.Def.Default)
	case AlterDomainNotNull:
		p.when(n.Def.NotNull, " SET NOT NULL")
		p.when(!n.Def.NotNull, " DROP NOT NULL")
	case AlterDomainAddConstraint:
		p.put(" ADD")
		p.domainConstraints(n.Def)
	case AlterDomainDropConstraint:
		p.put(" DROP CONSTRAINT ")
		p.when(n.IfExists, "IF EXISTS ")
		p.ident(n.Value)
	case AlterDomainValidate:
		p.put(" VALIDATE CONSTRAINT ", QuoteIdent(n.Value))
	}
}
