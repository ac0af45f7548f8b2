package sql

import (
	"strconv"
	"strings"

	"millrace/sql/pgerr"
)

func (p *printer) query(q *Query) {
	if q.With != nil {
		p.with(q.With)
	}
	p.body(q.Body)
	if q.OrderBy != nil {
		p.put(" ORDER BY ")
		p.orderItems(q.OrderBy)
	}
	if q.Offset != nil {
		p.put(" OFFSET ")
		p.expr(q.Offset)
	}
	p.limit(q)
	for _, lock := range q.Locking {
		p.locking(lock)
	}
	p.when(q.Emit == EmitChanges, " EMIT CHANGES")
	p.when(q.Emit == EmitFinal, " EMIT FINAL")
	if q.AsOfEpoch != nil {
		p.put(" AS OF EPOCH ")
		p.expr(q.AsOfEpoch)
	}
}

func (p *printer) limit(q *Query) {
	if q.Limit == nil {
		return
	}
	if q.WithTies {
		p.put(" FETCH FIRST (")
		p.expr(q.Limit)
		p.put(") ROWS WITH TIES")
		return
	}
	p.put(" LIMIT ")
	p.expr(q.Limit)
}

func (p *printer) locking(lock *Locking) {
	p.put(" FOR ", strings.ToUpper(lock.Strength))
	if lock.Of != nil {
		p.put(" OF ")
		p.names(lock.Of)
	}
	if lock.Wait != "" {
		p.put(" ", strings.ToUpper(lock.Wait))
	}
}

func (p *printer) with(w *With) {
	p.put("WITH ")
	p.when(w.Recursive, "RECURSIVE ")
	for i, cte := range w.CTEs {
		p.comma(i)
		p.cte(cte)
	}
	p.put(" ")
}

func (p *printer) cte(c *CTE) {
	p.ident(c.Name)
	p.columns(c.Columns)
	p.put(" AS ")
	if c.Materialized != nil {
		p.put(notWord(!*c.Materialized), "MATERIALIZED ")
	}
	p.put("(")
	p.statement(c.Statement)
	p.put(")")
	if c.Search != nil {
		p.put(" SEARCH ")
		if c.Search.Breadth {
			p.put("BREADTH")
		} else {
			p.put("DEPTH")
		}
		p.put(" FIRST BY ")
		p.idents(c.Search.Columns)
		p.put(" SET ", QuoteIdent(c.Search.Sequence))
	}
	if c.Cycle != nil {
		p.cycle(c.Cycle)
	}
}

func (p *printer) cycle(c *CTECycle) {
	p.put(" CYCLE ")
	p.idents(c.Columns)
	p.put(" SET ", QuoteIdent(c.Mark))
	if c.Value != nil {
		p.put(" TO ")
		p.expr(c.Value)
		p.put(" DEFAULT ")
		p.expr(c.Default)
	}
	p.put(" USING ", QuoteIdent(c.Path))
}

// setLevel is how tight a body binds as an operand of set operations.
func setLevel(b QueryBody) int {
	op, ok := b.(*SetOp)
	switch {
	case !ok:
		return 2
	case op.Op == Intersect:
		return 1
	}
	return 0
}

func (p *printer) body(b QueryBody) {
	switch b := b.(type) {
	case *Select:
		p.selectBody(b)
	case *Values:
		p.values(b)
	case *SetOp:
		p.setOp(b)
	case *Query:
		p.put("(")
		p.query(b)
		p.put(")")
	default:
		panic(pgerr.Bug("sql: no format of %T", b))
	}
}

// setOp prints a chain of left operands without recursion: it may be long.
func (p *printer) setOp(s *SetOp) {
	own := setLevel(s)
	chain := []*SetOp{s}
	for {
		l, ok := chain[len(chain)-1].Left.(*SetOp)
		if !ok || setLevel(l) != own {
			break
		}
		chain = append(chain, l)
	}
	p.setOperand(chain[len(chain)-1].Left, own)
	for i := len(chain) - 1; i >= 0; i-- {
		p.put([...]string{" UNION ", " INTERSECT ", " EXCEPT "}[chain[i].Op])
		p.when(chain[i].All, "ALL ")
		p.setOperand(chain[i].Right, own+1)
	}
}

func (p *printer) setOperand(b QueryBody, least int) {
	if setLevel(b) >= least {
		p.body(b)
		return
	}
	p.put("(")
	p.body(b)
	p.put(")")
}

func (p *printer) values(v *Values) {
	p.put("VALUES ")
	for i, row := range v.Rows {
		p.comma(i)
		p.put("(")
		p.exprs(row)
		p.put(")")
	}
}

func (p *printer) selectBody(s *Select) {
	p.put("SELECT")
	p.when(s.Distinct, " DISTINCT")
	if s.DistinctOn != nil {
		p.put(" ON (")
		p.exprs(s.DistinctOn)
		p.put(")")
	}
	p.when(len(s.Targets) > 0, " ")
	p.targets(s.Targets)
	if s.Into != nil {
		p.put(" INTO ", s.Into.String())
	}
	if s.From != nil {
		p.put(" FROM ")
		p.fromList(s.From)
	}
	if s.Window != nil {
		p.put(" ")
		p.streamWindow(s.Window)
	}
	p.where(s.Where)
	if s.GroupBy != nil {
		p.put(" GROUP BY ")
		p.when(s.GroupDistinct, "DISTINCT ")
		p.groupItems(s.GroupBy)
	}
	if s.PartitionBy != nil {
		p.put(" PARTITION BY ")
		p.exprs(s.PartitionBy)
	}
	if s.Having != nil {
		p.put(" HAVING ")
		p.expr(s.Having)
	}
	for i, window := range s.Windows {
		if i == 0 {
			p.put(" WINDOW ")
		}
		p.comma(i)
		p.put(QuoteIdent(window.Name), " AS ")
		p.windowSpec(window.Spec)
	}
}

func (p *printer) where(e Expr) {
	if e != nil {
		p.put(" WHERE ")
		p.expr(e)
	}
}

func (p *printer) targets(targets []*Target) {
	for i, target := range targets {
		p.comma(i)
		p.target(target)
	}
}

func (p *printer) target(t *Target) {
	p.expr(t.Expr)
	if t.Alias != "" {
		p.put(" AS ", QuoteIdent(t.Alias))
	}
}

func (p *printer) groupItems(items []*GroupItem) {
	for i, item := range items {
		p.comma(i)
		p.groupItem(item)
	}
}

func (p *printer) groupItem(g *GroupItem) {
	if g.Kind == GroupExpr {
		if len(g.Exprs) == 1 {
			p.expr(g.Exprs[0])
			return
		}
		p.put("(")
		p.exprs(g.Exprs)
		p.put(")")
		return
	}
	p.put([...]string{"", "GROUPING SETS (", "ROLLUP (", "CUBE ("}[g.Kind])
	p.groupItems(g.Items)
	p.put(")")
}

func (p *printer) span(s Span) { p.put(strconv.FormatInt(s.N, 10), " ", strings.ToUpper(s.Unit)) }

func (p *printer) streamWindow(w *StreamWindow) {
	p.put("WINDOW ", [...]string{"TUMBLING (SIZE ", "HOPPING (SIZE ", "SESSION ("}[w.Kind])
	p.span(w.Size)
	p.optSpan(", ADVANCE BY ", w.Advance)
	p.optSpan(", RETENTION ", w.Retention)
	p.optSpan(", GRACE PERIOD ", w.Grace)
	p.put(")")
}

func (p *printer) optSpan(before string, s *Span) {
	if s != nil {
		p.put(before)
		p.span(*s)
	}
}

func (p *printer) fromList(refs []TableRef) {
	for i, ref := range refs {
		p.comma(i)
		p.tableRef(ref)
	}
}

func (p *printer) tableRef(ref TableRef) {
	switch t := ref.(type) {
	case *Table:
		p.table(t)
	case *SubqueryRef:
		p.when(t.Lateral, "LATERAL ")
		p.parenQuery("", t.Query)
		p.alias(t.Alias, nil)
	case *FuncRef:
		p.funcRef(t)
	case *Join:
		p.join(t)
	default:
		panic(pgerr.Bug("sql: no format of %T", ref))
	}
}

func (p *printer) alias(a Alias, columns []*ColumnDef) {
	if a.Name != "" {
		p.put(" AS ", QuoteIdent(a.Name))
		p.columns(a.Columns)
	} else if columns != nil {
		p.put(" AS ")
	}
	if columns != nil {
		p.columnDefs(columns)
	}
}

func (p *printer) columnDefs(defs []*ColumnDef) {
	p.put("(")
	for i, def := range defs {
		p.comma(i)
		p.columnDef(def)
	}
	p.put(")")
}

func (p *printer) table(t *Table) {
	p.when(t.Only, "ONLY ")
	p.put(t.Name.String())
	if t.AsOf != nil {
		p.put(" FOR SYSTEM_TIME AS OF ")
		p.expr(t.AsOf)
	}
	p.alias(t.Alias, nil)
	if t.Sample == nil {
		return
	}
	p.put(" TABLESAMPLE ", t.Sample.Method.String(), "(")
	p.exprs(t.Sample.Args)
	p.put(")")
	if t.Sample.Seed != nil {
		p.put(" REPEATABLE (")
		p.expr(t.Sample.Seed)
		p.put(")")
	}
}

func (p *printer) funcRef(f *FuncRef) {
	p.when(f.Lateral, "LATERAL ")
	p.when(f.RowsFrom, "ROWS FROM (")
	for i, item := range f.Calls {
		p.comma(i)
		p.functionItem(item)
		if item.Columns != nil {
			p.put(" AS ")
			p.columnDefs(item.Columns)
		}
	}
	p.when(f.RowsFrom, ")")
	p.when(f.Ordinality, " WITH ORDINALITY")
	p.alias(f.Alias, f.Columns)
}

// functionItem prints a function of FROM, which the grammar wants to be a call.
func (p *printer) functionItem(item *FuncItem) {
	if cast, ok := item.Call.(*Cast); ok {
		p.put("CAST(")
		p.expr(cast.X)
		p.put(" AS ")
		p.typeName(cast.Type)
		p.put(")")
		return
	}
	p.expr(item.Call)
}

func (p *printer) join(j *Join) {
	named := j.Alias.Name != ""
	p.when(named, "(")
	p.tableRef(j.Left)
	p.when(j.Asof, " ASOF")
	p.when(j.Natural, " NATURAL")
	p.put([...]string{"", " LEFT", " RIGHT", " FULL", " CROSS"}[j.Kind], " JOIN ")
	right, nested := j.Right.(*Join)
	nested = nested && right.Alias.Name == ""
	p.when(nested, "(")
	p.tableRef(j.Right)
	p.when(nested, ")")
	if j.Within != nil {
		p.within(j.Within)
	}
	if j.On != nil {
		p.put(" ON ")
		p.expr(j.On)
	}
	if j.Using != nil {
		p.put(" USING ")
		p.columns(j.Using)
		if j.UsingAlias != "" {
			p.put(" AS ", QuoteIdent(j.UsingAlias))
		}
	}
	if named {
		p.put(")")
		p.alias(j.Alias, nil)
	}
}

func (p *printer) within(w *Within) {
	p.put(" WITHIN (")
	p.span(w.Before)
	p.put(", ")
	p.span(w.After)
	p.put(")")
	p.optSpan(" GRACE PERIOD ", w.Grace)
}
