package sql

// inExpr walks the parts of an expression.
func (w *walker) inExpr(e Expr) {
	switch n := e.(type) {
	case *Binary:
		w.inBinary(n)
	case *Unary:
		w.expr(n.X)
	case *IsTest:
		w.expr(n.X)
	case *IsDistinct:
		w.expr(n.L)
		w.expr(n.R)
	case *Like:
		w.expr(n.X)
		w.expr(n.Pattern)
		w.expr(n.Escape)
	case *Between:
		w.expr(n.X)
		w.expr(n.Low)
		w.expr(n.High)
	case *InList:
		w.expr(n.X)
		w.exprs(n.List)
	case *InSubquery:
		w.expr(n.X)
		w.query(n.Query)
	case *Quantified:
		w.expr(n.X)
		w.expr(n.Array)
		w.query(n.Query)
	case *Exists:
		w.query(n.Query)
	case *Subquery:
		w.query(n.Query)
	case *ArraySubquery:
		w.query(n.Query)
	default:
		w.inPrimary(e)
	}
}

// inBinary walks a chain of left operands without recursion: it may be long.
func (w *walker) inBinary(n *Binary) {
	chain := []*Binary{n}
	left := n.L
	for {
		l, ok := left.(*Binary)
		if !ok {
			w.expr(left)
			break
		}
		if !w.visit(l) {
			break
		}
		chain = append(chain, l)
		left = l.L
	}
	for i := len(chain) - 1; i >= 0; i-- {
		w.expr(chain[i].R)
	}
}

func (w *walker) inPrimary(e Expr) {
	switch n := e.(type) {
	case *Call:
		w.exprs(n.Args)
		w.order(n.OrderBy)
		w.expr(n.Filter)
		if n.Over != nil {
			Walk(n.Over, w.visit)
		}
	case *Case:
		w.expr(n.Operand)
		for _, when := range n.Whens {
			w.expr(when.Cond)
			w.expr(when.Result)
		}
		w.expr(n.Else)
	case *Cast:
		w.expr(n.X)
	case *Row:
		w.exprs(n.Items)
	case *Array:
		w.exprs(n.Items)
	case *Subscript:
		w.expr(n.X)
		w.expr(n.Index)
		w.expr(n.Low)
		w.expr(n.High)
	case *Field:
		w.expr(n.X)
	case *AtTimeZone:
		w.expr(n.X)
		w.expr(n.Zone)
	case *Collate:
		w.expr(n.X)
	case *TableArg:
		w.exprs(n.PartitionBy)
	case *Lambda:
		w.expr(n.Body)
	case *MapLiteral:
		for i := range n.Keys {
			w.expr(n.Keys[i])
			w.expr(n.Values[i])
		}
	}
}
