package sql

// call prints a function call. A few names are key words whose calls have a
// syntax of their own.
func (p *printer) call(e *Call) {
	if !p.specialCall(e) {
		p.put(functionName(e.Name), "(")
		p.callArgs(e)
		p.put(")")
	}
	if e.WithinGroup {
		p.put(" WITHIN GROUP (ORDER BY ")
		p.orderItems(e.OrderBy)
		p.put(")")
	}
	if e.Filter != nil {
		p.put(" FILTER (WHERE ")
		p.expr(e.Filter)
		p.put(")")
	}
	p.when(e.IgnoreNulls, " IGNORE NULLS")
	if e.Over != nil {
		p.put(" OVER ")
		p.windowSpec(e.Over)
	}
}

func (p *printer) callArgs(e *Call) {
	p.when(e.Star, "*")
	p.when(e.Distinct, "DISTINCT ")
	for i, arg := range e.Args {
		p.comma(i)
		p.when(e.Variadic && i == len(e.Args)-1, "VARIADIC ")
		if e.ArgNames != nil && e.ArgNames[i] != "" {
			p.ident(e.ArgNames[i])
			p.put(" => ")
		}
		p.expr(arg)
	}
	if e.OrderBy != nil && !e.WithinGroup {
		p.put(" ORDER BY ")
		p.orderItems(e.OrderBy)
	}
}

// functionName prints a name as it may stand in front of a parenthesis.
func functionName(name Name) string {
	if len(name.Parts) > 1 {
		return name.String()
	}
	part := name.Parts[0]
	switch part {
	case "coalesce", "nullif", "greatest", "least", "grouping", "substring", "overlay":
		return part
	}
	if isPlainIdent(part) && keywords[part].kind == kwTypeFunc {
		return part
	}
	return QuoteIdent(part)
}

// specialCall prints the calls with key words inside; false for others. Quoted,
// their names are ordinary functions, so an unusual call stays a call.
func (p *printer) specialCall(e *Call) bool {
	if len(e.Name.Parts) != 1 || len(e.Args) != 2 || e.ArgNames != nil || e.Distinct || e.OrderBy != nil {
		return false
	}
	switch e.Name.Parts[0] {
	case "extract":
		field, ok := e.Args[0].(*Literal)
		if !ok || field.Kind != LitString {
			return false
		}
		p.put("EXTRACT(", QuoteLiteral(field.Text), " FROM ")
		p.expr(e.Args[1])
	case "position":
		p.put("POSITION(")
		p.operand(e.Args[1], levelSign)
		p.put(" IN ")
		p.operand(e.Args[0], levelSign)
	default:
		return false
	}
	p.put(")")
	return true
}

func (p *printer) orderItems(items []*OrderItem) {
	for i, item := range items {
		p.comma(i)
		p.orderItem(item)
	}
}

func (p *printer) orderItem(item *OrderItem) {
	p.expr(item.Expr)
	p.when(item.Desc, " DESC")
	if item.Using != "" {
		p.put(" USING ", item.Using)
	}
	p.nulls(item.Nulls)
}

func (p *printer) nulls(order NullsOrder) {
	p.when(order == NullsFirst, " NULLS FIRST")
	p.when(order == NullsLast, " NULLS LAST")
}

func (p *printer) windowSpec(w *WindowSpec) {
	if w.Name != "" {
		p.ident(w.Name)
		return
	}
	p.put("(")
	blank := ""
	next := func(text string) {
		p.put(blank, text)
		blank = " "
	}
	if w.Base != "" {
		next(QuoteIdent(w.Base))
	}
	if len(w.PartitionBy) > 0 {
		next("PARTITION BY ")
		p.exprs(w.PartitionBy)
	}
	if len(w.OrderBy) > 0 {
		next("ORDER BY ")
		p.orderItems(w.OrderBy)
	}
	if w.Frame != nil {
		next("")
		p.frame(w.Frame)
	}
	p.put(")")
}

func (p *printer) frame(f *Frame) {
	p.put([...]string{"RANGE", "ROWS", "GROUPS"}[f.Mode], " BETWEEN ")
	p.bound(f.Start)
	p.put(" AND ")
	p.bound(f.End)
	p.put([...]string{"", " EXCLUDE CURRENT ROW", " EXCLUDE GROUP", " EXCLUDE TIES"}[f.Exclude])
}

func (p *printer) bound(b Bound) {
	switch b.Kind {
	case BoundUnboundedPreceding:
		p.put("UNBOUNDED PRECEDING")
	case BoundUnboundedFollowing:
		p.put("UNBOUNDED FOLLOWING")
	case BoundCurrentRow:
		p.put("CURRENT ROW")
	case BoundPreceding:
		p.expr(b.Offset)
		p.put(" PRECEDING")
	case BoundFollowing:
		p.expr(b.Offset)
		p.put(" FOLLOWING")
	}
}
