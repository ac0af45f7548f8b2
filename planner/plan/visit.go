package plan

import "millrace/sql/pgerr"

// Walk calls fn for n and everything below it, parents first; fn returns whether
// to go on to the inputs.
func Walk(n Node, fn func(Node) bool) {
	if !fn(n) {
		return
	}
	for _, in := range n.Inputs() {
		Walk(in, fn)
	}
}

// Rewrite replaces every node of the tree by what fn returns for it, inputs first.
// A node that is shared is rewritten once and stays shared; nodes that do not
// change keep their identity.
func Rewrite(n Node, fn func(Node) Node) Node {
	return rewrite(n, fn, map[Node]Node{})
}

func rewrite(n Node, fn func(Node) Node, done map[Node]Node) Node {
	if out, ok := done[n]; ok {
		return out
	}
	ins := n.Inputs()
	changed := false
	next := make([]Node, len(ins))
	for i, in := range ins {
		next[i] = rewrite(in, fn, done)
		changed = changed || next[i] != in
	}
	out := n
	if changed {
		out = WithInputs(n, next)
	}
	out = fn(out)
	done[n] = out
	return out
}

// WithInputs returns a copy of n that reads ins.
func WithInputs(n Node, ins []Node) Node {
	switch n := n.(type) {
	case *Scan, *Values, *RecursiveRef:
		return n
	case *Asof:
		c := *n
		c.L, c.R = ins[0], ins[1]
		return &c
	case *Recursive:
		c := *n
		c.Base, c.Step = ins[0], ins[1]
		return &c
	case *Filter:
		c := *n
		c.Input = ins[0]
		return &c
	case *Project:
		c := *n
		c.Input = ins[0]
		return &c
	case *Join:
		c := *n
		c.L, c.R = ins[0], ins[1]
		return &c
	case *Aggregate:
		c := *n
		c.Input = ins[0]
		return &c
	case *Distinct:
		return &Distinct{Input: ins[0]}
	case *Union:
		c := *n
		c.Ins = ins
		return &c
	case *SetOp:
		c := *n
		c.L, c.R = ins[0], ins[1]
		return &c
	case *Sort:
		c := *n
		c.Input = ins[0]
		return &c
	case *MaxOneRow:
		return &MaxOneRow{Input: ins[0]}
	case *TableFunc:
		c := *n
		c.Input = ins[0]
		return &c
	case *Over:
		c := *n
		c.Input = ins[0]
		return &c
	case *TimeWindow:
		c := *n
		c.Input = ins[0]
		return &c
	case *Session:
		c := *n
		c.Input = ins[0]
		return &c
	case *Temporal:
		return &Temporal{Input: ins[0], From: n.From, Until: n.Until}
	case *SessionAggregate:
		c := *n
		c.Input = ins[0]
		return &c
	}
	panic(pgerr.Bug("plan node %T has no case in WithInputs", n))
}

// NodeExprs returns the expressions of n itself, not of its inputs.
func NodeExprs(n Node) []Expr {
	var out []Expr
	MapNodeExprs(n, func(e Expr) Expr {
		out = append(out, e)
		return e
	})
	return out
}

// MapNodeExprs returns n with each of its own expressions replaced by what fn
// returns; n itself when none changed.
func MapNodeExprs(n Node, fn func(Expr) Expr) Node {
	m := exprMapper{fn: fn}
	switch n := n.(type) {
	case *Scan:
		return m.scan(n)
	case *Values:
		c := *n
		c.Rows = make([][]Expr, len(n.Rows))
		for i, row := range n.Rows {
			c.Rows[i] = m.list(row)
		}
		return m.pick(n, &c)
	case *Filter:
		return m.pick(n, &Filter{Input: n.Input, Pred: m.one(n.Pred)})
	case *Project:
		return m.pick(n, &Project{Input: n.Input, Exprs: m.list(n.Exprs), Out: n.Out})
	case *Join:
		c := *n
		c.Residual = m.one(n.Residual)
		return m.pick(n, &c)
	case *Sort:
		c := *n
		c.Limit, c.Offset = m.one(n.Limit), m.one(n.Offset)
		return m.pick(n, &c)
	case *TableFunc:
		c := *n
		c.Args = m.list(n.Args)
		return m.pick(n, &c)
	case *Over:
		return m.mapOver(n)
	case *TimeWindow:
		c := *n
		c.Time = m.one(n.Time)
		return m.pick(n, &c)
	case *Temporal:
		return m.pick(n, &Temporal{Input: n.Input, From: m.moments(n.From), Until: m.moments(n.Until)})
	case *Session:
		c := *n
		c.Time, c.Keys = m.one(n.Time), m.list(n.Keys)
		return m.pick(n, &c)
	}
	return n
}

// exprMapper applies fn and remembers whether anything changed.
type exprMapper struct {
	fn      func(Expr) Expr
	changed bool
}

func (m *exprMapper) one(e Expr) Expr {
	if e == nil {
		return nil
	}
	out := m.fn(e)
	m.changed = m.changed || out != e
	return out
}

func (m *exprMapper) list(es []Expr) []Expr {
	out, copied := es, false
	for i, e := range es {
		next := m.one(e)
		if next == e {
			continue
		}
		if !copied {
			out, copied = append([]Expr(nil), es...), true
		}
		out[i] = next
	}
	return out
}

func (m *exprMapper) pick(before, after Node) Node {
	if m.changed {
		return after
	}
	return before
}

func (m *exprMapper) scan(n *Scan) Node {
	if n.Access == nil {
		return n
	}
	a := *n.Access
	a.Eq = m.list(a.Eq)
	a.Any = m.one(a.Any)
	a.Lo, a.Hi = m.bound(a.Lo), m.bound(a.Hi)
	c := *n
	c.Access = &a
	return m.pick(n, &c)
}

func (m *exprMapper) bound(b *Bound) *Bound {
	if b == nil {
		return nil
	}
	return &Bound{Value: m.one(b.Value), Inclusive: b.Inclusive}
}

// MapExprs replaces the expressions of the whole tree.
func MapExprs(n Node, fn func(Expr) Expr) Node {
	return Rewrite(n, func(n Node) Node { return MapNodeExprs(n, fn) })
}

// Children returns the direct sub-expressions of e.
func Children(e Expr) []Expr {
	switch e := e.(type) {
	case *Call:
		return e.Args
	case *Cast:
		return []Expr{e.X}
	case *Logic:
		return e.Args
	case *IsNull:
		return []Expr{e.X}
	case *Case:
		out := make([]Expr, 0, 2*len(e.Whens)+1)
		for _, w := range e.Whens {
			out = append(out, w.Cond, w.Then)
		}
		if e.Else != nil {
			out = append(out, e.Else)
		}
		return out
	case *Coalesce:
		return e.Args
	case *Lambda:
		return e.children()
	}
	return nil
}

// WithChildren returns a copy of e over other sub-expressions, in the order of Children.
func WithChildren(e Expr, kids []Expr) Expr {
	switch e := e.(type) {
	case *Call:
		return &Call{Func: e.Func, Args: kids, T: e.T}
	case *Cast:
		return &Cast{X: kids[0], To: e.To, Explicit: e.Explicit}
	case *Logic:
		return &Logic{Op: e.Op, Args: kids}
	case *IsNull:
		return &IsNull{X: kids[0], Not: e.Not}
	case *Case:
		c := &Case{T: e.T, Whens: make([]When, len(e.Whens))}
		for i := range c.Whens {
			c.Whens[i] = When{Cond: kids[2*i], Then: kids[2*i+1]}
		}
		if e.Else != nil {
			c.Else = kids[len(kids)-1]
		}
		return c
	case *Coalesce:
		return &Coalesce{Args: kids, T: e.T}
	case *Lambda:
		return e.withChildren(kids)
	}
	return e
}

// WalkExpr calls fn for e and all its sub-expressions, outermost first; fn returns
// whether to go deeper.
func WalkExpr(e Expr, fn func(Expr) bool) {
	if e == nil || !fn(e) {
		return
	}
	for _, k := range Children(e) {
		WalkExpr(k, fn)
	}
}

// MapExpr rebuilds e outermost first: where fn returns an expression, it stands
// instead of the whole sub-expression; where fn returns nil, MapExpr goes deeper.
func MapExpr(e Expr, fn func(Expr) Expr) Expr {
	if e == nil {
		return nil
	}
	if out := fn(e); out != nil {
		return out
	}
	kids := Children(e)
	changed := false
	next := make([]Expr, len(kids))
	for i, k := range kids {
		next[i] = MapExpr(k, fn)
		changed = changed || next[i] != k
	}
	if !changed {
		return e
	}
	return WithChildren(e, next)
}

// MapCols replaces every column reference i by fn(i)'s position.
func MapCols(e Expr, fn func(int) int) Expr {
	return MapExpr(e, func(e Expr) Expr {
		c, ok := e.(*Col)
		if !ok {
			return nil
		}
		i := fn(c.Index)
		if i == c.Index {
			return c
		}
		return &Col{Index: i, T: c.T}
	})
}

// Substitute replaces column i by cols[i].
func Substitute(e Expr, cols []Expr) Expr {
	return MapExpr(e, func(e Expr) Expr {
		if c, ok := e.(*Col); ok {
			return cols[c.Index]
		}
		return nil
	})
}

// ColsOf reports the columns that e reads, through fn.
func ColsOf(e Expr, fn func(int)) {
	WalkExpr(e, func(e Expr) bool {
		if c, ok := e.(*Col); ok {
			fn(c.Index)
		}
		return true
	})
}

// Conjuncts splits e at its top-level ANDs; nil gives none.
func Conjuncts(e Expr) []Expr {
	if e == nil {
		return nil
	}
	l, ok := e.(*Logic)
	if !ok || l.Op != And {
		return []Expr{e}
	}
	var out []Expr
	for _, a := range l.Args {
		out = append(out, Conjuncts(a)...)
	}
	return out
}

// Conj joins predicates by AND; none gives nil.
func Conj(es []Expr) Expr {
	switch len(es) {
	case 0:
		return nil
	case 1:
		return es[0]
	}
	return &Logic{Op: And, Args: es}
}
