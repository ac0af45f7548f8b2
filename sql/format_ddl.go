package sql

import "strings"

func (p *printer) columnDef(d *ColumnDef) {
	p.ident(d.Name)
	if d.Type != nil {
		p.put(" ")
		p.typeName(d.Type)
	}
	if !d.Collation.Empty() {
		p.put(" COLLATE ", d.Collation.String())
	}
	p.when(d.Header == "*", " HEADERS")
	if d.Header != "" && d.Header != "*" {
		p.put(" HEADER(", QuoteLiteral(d.Header), ")")
	}
	p.when(d.Key, " KEY")
	if d.KeyName != "" {
		p.put(" CONSTRAINT ", QuoteIdent(d.KeyName))
	}
	p.when(d.PrimaryKey, " PRIMARY KEY")
	p.when(d.NotNull, " NOT NULL")
	p.when(d.Null, " NULL")
	p.when(d.Unique, " UNIQUE")
	if d.Default != nil {
		p.put(" DEFAULT ")
		p.operand(d.Default, levelSign)
	}
	for i, check := range d.Checks {
		if d.CheckNames[i] != "" {
			p.put(" CONSTRAINT ", QuoteIdent(d.CheckNames[i]))
		}
		p.put(" CHECK (")
		p.expr(check)
		p.put(")")
	}
	if d.Generated != nil {
		p.put(" GENERATED ALWAYS AS (")
		p.expr(d.Generated)
		p.put(") STORED")
	}
	if d.Identity != "" {
		p.put(" GENERATED ", strings.ToUpper(d.Identity), " AS IDENTITY")
		p.identity(d.IdentityOptions)
	}
	if d.References != nil {
		p.references(d.References)
	}
	for _, option := range d.Options {
		p.put(" ", strings.ToUpper(option.Name), " ", QuoteIdent(option.Value))
	}
}

func (p *printer) references(f *ForeignKey) {
	p.put(" REFERENCES ", f.Table.String())
	p.columns(f.Columns)
}

func (p *printer) constraint(c *Constraint) {
	if c.Name != "" {
		p.put("CONSTRAINT ", QuoteIdent(c.Name), " ")
	}
	switch c.Kind {
	case ConstraintPrimaryKey:
		p.put("PRIMARY KEY ")
		p.columns(c.Columns)
	case ConstraintUnique:
		p.put("UNIQUE ")
		p.columns(c.Columns)
	case ConstraintCheck:
		p.put("CHECK (")
		p.expr(c.Check)
		p.put(")")
	case ConstraintForeignKey:
		p.put("FOREIGN KEY ")
		p.columns(c.Columns)
		p.references(c.References)
	}
}

func (p *printer) watermark(w *Watermark) {
	p.put("WATERMARK FOR ", QuoteIdent(w.Column), " AS ")
	p.expr(w.Expr)
}

// elements prints the list of columns, constraints and watermarks; nothing when
// there was none.
func (p *printer) elements(columns []*ColumnDef, constraints []*Constraint, watermarks []*Watermark, like []Name) {
	n := 0
	next := func() {
		if n == 0 {
			p.put(" (")
		}
		p.comma(n)
		n++
	}
	for _, column := range columns {
		next()
		p.columnDef(column)
	}
	for _, name := range like {
		next()
		p.put("LIKE ", name.String())
	}
	for _, constraint := range constraints {
		next()
		p.constraint(constraint)
	}
	for _, watermark := range watermarks {
		next()
		p.watermark(watermark)
	}
	p.when(n > 0, ")")
}

func (p *printer) create(orReplace bool) {
	p.put("CREATE ")
	p.when(orReplace, "OR REPLACE ")
}

func (p *printer) ifNotExists(yes bool, name Name) {
	p.when(yes, "IF NOT EXISTS ")
	p.put(name.String())
}

func (p *printer) asQuery(q *Query, noData bool) {
	if q == nil {
		return
	}
	p.put(" AS ")
	p.query(q)
	p.when(noData, " WITH NO DATA")
}

func (p *printer) createStream(n *CreateStream) {
	p.create(n.OrReplace)
	p.when(n.Source, "SOURCE ")
	p.put("STREAM ")
	p.ifNotExists(n.IfNotExists, n.Name)
	p.elements(n.Columns, n.Constraints, n.Watermarks, nil)
	p.options(n.With)
	p.asQuery(n.Query, false)
}

func (p *printer) createTable(n *CreateTable) {
	p.create(n.OrReplace)
	p.when(n.Temp, "TEMPORARY ")
	p.when(n.Unlogged, "UNLOGGED ")
	p.when(n.Source, "SOURCE ")
	p.put("TABLE ")
	p.ifNotExists(n.IfNotExists, n.Name)
	empty := n.Columns == nil && n.Constraints == nil && n.Watermarks == nil && n.Like == nil
	p.when(empty && n.Query == nil, " ()")
	p.elements(n.Columns, n.Constraints, n.Watermarks, n.Like)
	if n.Inherits != nil {
		p.put(" INHERITS (")
		p.names(n.Inherits)
		p.put(")")
	}
	if n.PartitionBy != "" {
		p.put(" PARTITION BY ", n.PartitionBy)
	}
	p.options(n.With)
	if n.OnCommit != "" {
		p.put(" ON COMMIT ", strings.ToUpper(n.OnCommit))
	}
	p.asQuery(n.Query, n.NoData)
}

func (p *printer) createView(n *CreateView) {
	p.create(n.OrReplace)
	p.when(n.Temp, "TEMPORARY ")
	p.when(n.Recursive, "RECURSIVE ")
	p.put("VIEW ")
	p.ifNotExists(n.IfNotExists, n.Name)
	p.columns(n.Columns)
	p.options(n.With)
	p.asQuery(n.Query, false)
	if n.CheckOption != "" {
		p.put(" WITH ", strings.ToUpper(n.CheckOption), " CHECK OPTION")
	}
}

func (p *printer) createMaterializedView(n *CreateMaterializedView) {
	p.create(n.OrReplace)
	p.put("MATERIALIZED VIEW ")
	p.ifNotExists(n.IfNotExists, n.Name)
	p.columns(n.Columns)
	p.options(n.With)
	p.asQuery(n.Query, n.NoData)
}

func (p *printer) createIndex(n *CreateIndex) {
	p.put("CREATE ")
	p.when(n.Unique, "UNIQUE ")
	p.put("INDEX ")
	p.when(n.Concurrently, "CONCURRENTLY ")
	p.ifNotExists(n.IfNotExists, n.Name)
	p.when(!n.Name.Empty(), " ")
	p.put("ON ", n.Table.String())
	if n.Method != "" {
		p.put(" USING ", QuoteIdent(n.Method))
	}
	p.put(" ")
	p.indexElems(n.Elems)
	if n.Include != nil {
		p.put(" INCLUDE ")
		p.columns(n.Include)
	}
	p.when(n.NullsNotDistinct, " NULLS NOT DISTINCT")
	p.options(n.With)
	p.where(n.Where)
}

func (p *printer) indexElems(elems []*IndexElem) {
	p.put("(")
	for i, elem := range elems {
		p.comma(i)
		p.indexElem(elem)
	}
	p.put(")")
}

func (p *printer) indexElem(e *IndexElem) {
	if column, ok := e.Expr.(*ColumnRef); ok {
		p.columnRef(column)
	} else {
		p.put("(")
		p.expr(e.Expr)
		p.put(")")
	}
	if !e.Collation.Empty() {
		p.put(" COLLATE ", e.Collation.String())
	}
	if !e.OpClass.Empty() {
		p.put(" ", e.OpClass.String())
	}
	p.when(e.Desc, " DESC")
	p.nulls(e.Nulls)
}

func (p *printer) createSchema(n *CreateSchema) {
	p.put("CREATE SCHEMA ")
	p.when(n.IfNotExists, "IF NOT EXISTS ")
	p.ident(n.Name)
	if n.Owner != "" {
		p.put(" AUTHORIZATION ", QuoteIdent(n.Owner))
	}
}

func (p *printer) drop(n *Drop) {
	p.put("DROP ", strings.ToUpper(string(n.Kind)), " ")
	p.when(n.Concurrently, "CONCURRENTLY ")
	p.when(n.IfExists, "IF EXISTS ")
	p.names(n.Names)
	p.when(n.DeleteTopic, " DELETE TOPIC")
	p.when(n.Cascade, " CASCADE")
}

func (p *printer) rename(n *Rename) {
	kind := n.Kind
	if n.Container != "" {
		kind = n.Container
	}
	p.put("ALTER ", strings.ToUpper(string(kind)), " ")
	p.when(n.IfExists, "IF EXISTS ")
	p.put(n.Name.String(), " RENAME ")
	if n.Container != "" {
		p.put(strings.ToUpper(string(n.Kind)), " ", QuoteIdent(n.Column), " ")
	}
	p.put("TO ", QuoteIdent(n.NewName))
}

func (p *printer) comment(n *Comment) {
	p.put("COMMENT ON ", strings.ToUpper(string(n.Kind)), " ", n.Name.String(), " IS ")
	if n.Comment == nil {
		p.put("NULL")
		return
	}
	p.put(QuoteLiteral(*n.Comment))
}
