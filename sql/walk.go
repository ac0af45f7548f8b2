package sql

// Walk calls visit for n and, while visit returns true, for all nodes below it,
// in the order of the text for most of them. Statements of which only the head
// was read have nothing below.
func Walk(n Node, visit func(Node) bool) {
	if visit(n) {
		(&walker{visit: visit}).children(n)
	}
}

// MaxParam returns the largest N of the $N in n, 0 when there is none.
func MaxParam(n Node) int {
	largest := 0
	Walk(n, func(n Node) bool {
		if p, ok := n.(*Param); ok {
			largest = max(largest, p.N)
		}
		return true
	})
	return largest
}

type walker struct{ visit func(Node) bool }

func (w *walker) exprs(list []Expr) {
	for _, e := range list {
		w.expr(e)
	}
}

// expr walks an expression that may be absent.
func (w *walker) expr(e Expr) {
	if e != nil {
		Walk(e, w.visit)
	}
}

// query walks a query that may be absent.
func (w *walker) query(q *Query) {
	if q != nil {
		Walk(q, w.visit)
	}
}

func (w *walker) refs(refs []TableRef) {
	for _, ref := range refs {
		Walk(ref, w.visit)
	}
}

func (w *walker) targets(targets []*Target) {
	for _, target := range targets {
		Walk(target, w.visit)
	}
}

func (w *walker) order(items []*OrderItem) {
	for _, item := range items {
		Walk(item, w.visit)
	}
}

func (w *walker) columns(defs []*ColumnDef) {
	for _, def := range defs {
		Walk(def, w.visit)
	}
}

func (w *walker) children(n Node) {
	switch n := n.(type) {
	case Expr:
		w.inExpr(n)
	case Statement:
		w.inStatement(n)
	case TableRef:
		w.inTableRef(n)
	case *Query:
		w.inQuery(n)
	case *Select:
		w.inSelect(n)
	case *Values:
		for _, row := range n.Rows {
			w.exprs(row)
		}
	case *SetOp:
		w.inSetOp(n)
	case *Target:
		w.expr(n.Expr)
	case *OrderItem:
		w.expr(n.Expr)
	case *GroupItem:
		w.exprs(n.Exprs)
		for _, item := range n.Items {
			Walk(item, w.visit)
		}
	case *WindowSpec:
		w.inWindow(n)
	case *CTE:
		Walk(n.Statement, w.visit)
		if n.Cycle != nil {
			w.expr(n.Cycle.Value)
			w.expr(n.Cycle.Default)
		}
	default:
		w.inDefinition(n)
	}
}

// inSetOp walks a chain of left operands without recursion: it may be long.
func (w *walker) inSetOp(n *SetOp) {
	var chain []*SetOp
	var body QueryBody = n
	for {
		op, ok := body.(*SetOp)
		if !ok || op != n && !w.visit(op) {
			break
		}
		chain = append(chain, op)
		body = op.Left
	}
	if _, refused := body.(*SetOp); !refused {
		Walk(body, w.visit)
	}
	for i := len(chain) - 1; i >= 0; i-- {
		Walk(chain[i].Right, w.visit)
	}
}

func (w *walker) inDefinition(n Node) {
	switch n := n.(type) {
	case *ColumnDef:
		w.expr(n.Default)
		w.exprs(n.Checks)
		w.expr(n.Generated)
	case *Constraint:
		w.expr(n.Check)
	case *Watermark:
		w.expr(n.Expr)
	case *IndexElem:
		w.expr(n.Expr)
	case *Assignment:
		w.columnPaths(n.Columns)
		w.expr(n.Value)
	case *OnConflict:
		w.inOnConflict(n)
	}
}

func (w *walker) inOnConflict(n *OnConflict) {
	for _, elem := range n.Target {
		Walk(elem, w.visit)
	}
	w.expr(n.TargetWhere)
	w.assignments(n.Set)
	w.expr(n.Where)
}

func (w *walker) assignments(set []*Assignment) {
	for _, a := range set {
		Walk(a, w.visit)
	}
}

func (w *walker) with(with *With) {
	if with == nil {
		return
	}
	for _, cte := range with.CTEs {
		Walk(cte, w.visit)
	}
}

func (w *walker) inQuery(n *Query) {
	w.with(n.With)
	Walk(n.Body, w.visit)
	w.order(n.OrderBy)
	w.expr(n.Limit)
	w.expr(n.Offset)
	w.expr(n.AsOfEpoch)
}

func (w *walker) inSelect(n *Select) {
	w.exprs(n.DistinctOn)
	w.targets(n.Targets)
	w.refs(n.From)
	w.expr(n.Where)
	for _, item := range n.GroupBy {
		Walk(item, w.visit)
	}
	w.exprs(n.PartitionBy)
	w.expr(n.Having)
	for _, window := range n.Windows {
		Walk(window.Spec, w.visit)
	}
}

func (w *walker) inWindow(n *WindowSpec) {
	w.exprs(n.PartitionBy)
	w.order(n.OrderBy)
	if n.Frame != nil {
		w.expr(n.Frame.Start.Offset)
		w.expr(n.Frame.End.Offset)
	}
}

func (w *walker) inTableRef(n TableRef) {
	switch n := n.(type) {
	case *Table:
		w.expr(n.AsOf)
		if n.Sample != nil {
			w.exprs(n.Sample.Args)
			w.expr(n.Sample.Seed)
		}
	case *SubqueryRef:
		w.query(n.Query)
	case *FuncRef:
		for _, item := range n.Calls {
			w.expr(item.Call)
		}
	case *Join:
		Walk(n.Left, w.visit)
		Walk(n.Right, w.visit)
		w.expr(n.On)
	}
}
