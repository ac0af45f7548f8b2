package sql

// inStatement walks the parts of a statement.
func (w *walker) inStatement(s Statement) {
	switch n := s.(type) {
	case *SelectStmt:
		w.query(n.Query)
	case *Insert:
		w.inInsert(n)
	case *Update:
		w.inUpdate(n)
	case *Delete:
		w.inDelete(n)
	case *Copy:
		if n.Query != nil {
			Walk(n.Query, w.visit)
		}
		w.expr(n.Where)
	case *Explain:
		Walk(n.Statement, w.visit)
	case *Prepare:
		Walk(n.Statement, w.visit)
	case *Execute:
		w.exprs(n.Args)
	case *DeclareCursor:
		Walk(n.Query, w.visit)
	case *Subscribe:
		w.query(n.Query)
		w.expr(n.AsOfEpoch)
	case *Assert:
		w.columns(n.Columns)
		w.exprs(n.Row)
	default:
		w.inCreate(s)
	}
}

func (w *walker) inCreate(s Statement) {
	switch n := s.(type) {
	case *CreateStream:
		w.columns(n.Columns)
		w.constraints(n.Constraints)
		w.watermarks(n.Watermarks)
		w.query(n.Query)
	case *CreateTable:
		w.columns(n.Columns)
		w.constraints(n.Constraints)
		w.watermarks(n.Watermarks)
		w.query(n.Query)
	case *CreateView:
		w.query(n.Query)
	case *CreateMaterializedView:
		w.query(n.Query)
	case *CreateType:
		w.columns(n.Fields)
	case *CreateDomain:
		w.columns([]*ColumnDef{n.Def})
	case *AlterType:
		if n.Def != nil {
			w.columns([]*ColumnDef{n.Def})
		}
	case *CreateIndex:
		for _, elem := range n.Elems {
			Walk(elem, w.visit)
		}
		w.expr(n.Where)
	}
}

func (w *walker) constraints(list []*Constraint) {
	for _, c := range list {
		Walk(c, w.visit)
	}
}

func (w *walker) watermarks(list []*Watermark) {
	for _, c := range list {
		Walk(c, w.visit)
	}
}

func (w *walker) inInsert(n *Insert) {
	w.with(n.With)
	w.columnPaths(n.Columns)
	w.query(n.Query)
	if n.OnConflict != nil {
		Walk(n.OnConflict, w.visit)
	}
	w.targets(n.Returning)
}

func (w *walker) columnPaths(targets []*ColumnTarget) {
	for _, target := range targets {
		w.exprs(target.Path)
	}
}

func (w *walker) inUpdate(n *Update) {
	w.with(n.With)
	Walk(n.Table, w.visit)
	w.assignments(n.Set)
	w.refs(n.From)
	w.expr(n.Where)
	w.targets(n.Returning)
}

func (w *walker) inDelete(n *Delete) {
	w.with(n.With)
	Walk(n.Table, w.visit)
	w.refs(n.Using)
	w.expr(n.Where)
	w.targets(n.Returning)
}
