package planner

import "millrace/planner/plan"

var mergeProjects = Rule{
	Name: "MergeProjects",
	Tidy: true,
	Doc:  "Makes two projections in a row one, unless that would compute something twice.",
	Apply: func(_ *ruleContext, n plan.Node) plan.Node {
		p, ok := n.(*plan.Project)
		if !ok {
			return n
		}
		in, ok := p.Input.(*plan.Project)
		if !ok || repeatsWork(p.Exprs, in.Exprs) {
			return n
		}
		exprs := make([]plan.Expr, len(p.Exprs))
		for i, e := range p.Exprs {
			exprs[i] = plan.Substitute(e, in.Exprs)
		}
		return &plan.Project{Input: in.Input, Exprs: exprs, Out: p.Out}
	},
}

// repeatsWork reports whether a computed column of inner is used more than once, or is
// volatile.
func repeatsWork(outer, inner []plan.Expr) bool {
	uses := make([]int, len(inner))
	for _, e := range outer {
		plan.ColsOf(e, func(i int) { uses[i]++ })
	}
	for i, e := range inner {
		if isVolatile(e) {
			return true
		}
		switch e.(type) {
		case *plan.Col, *plan.Const:
		default:
			if uses[i] > 1 {
				return true
			}
		}
	}
	return false
}

var removeIdentity = Rule{
	Name: "RemoveIdentity",
	Tidy: true,
	Doc:  "Removes a projection that changes nothing.",
	Apply: func(_ *ruleContext, n plan.Node) plan.Node {
		p, ok := n.(*plan.Project)
		if !ok || len(p.Exprs) != width(p.Input) {
			return n
		}
		s := p.Input.Schema()
		for i, e := range p.Exprs {
			c, ok := e.(*plan.Col)
			if !ok || c.Index != i || s[i].Name != p.Out[i].Name || !s[i].Type.Is(p.Out[i].Type) {
				return n
			}
		}
		return p.Input
	},
}

var pruneColumns = Rule{
	Name: "PruneColumns",
	Tidy: true,
	Doc:  "Reads and computes only the columns that are used.",
	Tree: func(_ *ruleContext, root plan.Node) plan.Node {
		p := &pruner{shared: sharedNodes(root)}
		out, _ := p.prune(root, allOf(width(root)))
		return out
	},
}

// pruner removes unused columns from the root down. prune returns a node that has at
// least the needed columns, and where each old column went (-1: gone). A node with
// several readers keeps all its columns.
type pruner struct {
	shared map[plan.Node]bool
	done   map[plan.Node]plan.Node
}

func allOf(n int) []bool {
	out := make([]bool, n)
	for i := range out {
		out[i] = true
	}
	return out
}

func (p *pruner) prune(n plan.Node, need []bool) (plan.Node, []int) {
	if !p.shared[n] {
		return p.node(n, need)
	}
	if p.done == nil {
		p.done = map[plan.Node]plan.Node{}
	}
	if p.done[n] == nil {
		p.done[n], _ = p.node(n, allOf(width(n)))
	}
	return p.done[n], positions(width(n))
}

func (p *pruner) node(n plan.Node, need []bool) (plan.Node, []int) {
	switch n := n.(type) {
	case *plan.Scan:
		return pruneScan(n, need)
	case *plan.Values:
		return pruneValues(n, need)
	case *plan.Filter:
		in, at := p.prune(n.Input, withCols(need, n.Pred))
		if in == n.Input {
			return n, at
		}
		return &plan.Filter{Input: in, Pred: moved(n.Pred, at)}, at
	case *plan.Project:
		return p.project(n, need)
	case *plan.Join:
		return p.join(n, need)
	case *plan.Asof:
		return p.asof(n, need)
	case *plan.Aggregate:
		return p.aggregate(n, need)
	case *plan.Union:
		return p.union(n, need)
	case *plan.Sort:
		return p.sort(n, need)
	case *plan.TableFunc:
		return p.tableFunc(n, need)
	case *plan.TimeWindow:
		return p.timeWindow(n, need)
	case *plan.Session:
		return p.session(n, need)
	case *plan.Temporal:
		return p.temporalNode(n, need)
	case *plan.Over:
		return p.over(n, need)
	case *plan.MaxOneRow:
		in, at := p.prune(n.Input, need)
		if in == n.Input {
			return n, at
		}
		return &plan.MaxOneRow{Input: in}, at
	}
	return p.whole(n)
}

// whole keeps all columns of the inputs.
func (p *pruner) whole(n plan.Node) (plan.Node, []int) {
	ins := n.Inputs()
	next := make([]plan.Node, len(ins))
	changed := false
	for i, in := range ins {
		next[i], _ = p.prune(in, allOf(width(in)))
		changed = changed || next[i] != in
	}
	if changed {
		n = plan.WithInputs(n, next)
	}
	return n, positions(width(n))
}

// withCols is need with the columns that e reads.
func withCols(need []bool, es ...plan.Expr) []bool {
	out := append([]bool(nil), need...)
	for _, e := range es {
		plan.ColsOf(e, func(i int) { out[i] = true })
	}
	return out
}

// moved is e over columns that went to at.
func moved(e plan.Expr, at []int) plan.Expr {
	return plan.MapCols(e, func(i int) int { return at[i] })
}

// kept lists the needed columns and gives their new positions.
func kept(need []bool) (cols, at []int) {
	at = make([]int, len(need))
	for i, n := range need {
		at[i] = -1
		if n {
			at[i] = len(cols)
			cols = append(cols, i)
		}
	}
	return cols, at
}

// pruneScan keeps one column when none is needed, so that rows can be counted.
func pruneScan(n *plan.Scan, need []bool) (plan.Node, []int) {
	cols, at := kept(need)
	if len(cols) == len(need) {
		return n, at
	}
	if len(cols) == 0 {
		need = append([]bool(nil), need...)
		need[cheapest(n)] = true
		cols, at = kept(need)
		if len(cols) == len(need) {
			return n, at
		}
	}
	c := *n
	c.Cols, c.Out = nil, nil
	for _, i := range cols {
		c.Cols = append(c.Cols, n.Cols[i])
		c.Out = append(c.Out, n.Out[i])
	}
	return &c, at
}

// cheapest is the column that costs least to read: the first of a fixed type.
func cheapest(n *plan.Scan) int {
	for i, c := range n.Out {
		if c.Type.IsFixed() && n.Cols[i] < len(n.Object.Columns) {
			return i
		}
	}
	return 0
}

func pruneValues(n *plan.Values, need []bool) (plan.Node, []int) {
	cols, at := kept(need)
	if len(cols) == len(need) {
		return n, at
	}
	c := &plan.Values{Rows: make([][]plan.Expr, len(n.Rows))}
	for _, i := range cols {
		c.Out = append(c.Out, n.Out[i])
		for r := range n.Rows {
			c.Rows[r] = append(c.Rows[r], n.Rows[r][i])
		}
	}
	return c, at
}

func (p *pruner) project(n *plan.Project, need []bool) (plan.Node, []int) {
	cols, at := kept(need)
	inNeed := make([]bool, width(n.Input))
	for _, i := range cols {
		inNeed = withCols(inNeed, n.Exprs[i])
	}
	in, inAt := p.prune(n.Input, inNeed)
	if in == n.Input && len(cols) == len(need) {
		return n, at
	}
	out := &plan.Project{Input: in}
	for _, i := range cols {
		out.Exprs = append(out.Exprs, moved(n.Exprs[i], inAt))
		out.Out = append(out.Out, n.Out[i])
	}
	return out, at
}

func (p *pruner) join(n *plan.Join, need []bool) (plan.Node, []int) {
	wl, wr := width(n.L), width(n.R)
	mark := n.Kind == plan.Mark
	both := make([]bool, wl+wr)
	for i := range need {
		if !mark || i < wl {
			both[i] = need[i]
		}
	}
	if n.Residual != nil {
		both = withCols(both, n.Residual)
	}
	for i := range n.LKeys {
		both[n.LKeys[i]], both[wl+n.RKeys[i]] = true, true
	}
	l, lat := p.prune(n.L, both[:wl])
	r, rat := p.prune(n.R, both[wl:])
	at := joinPositions(n.Kind, width(l), lat, rat)
	if l == n.L && r == n.R {
		return n, at[:width(n)]
	}
	c := *n
	c.L, c.R = l, r
	c.LKeys, c.RKeys = movedInts(n.LKeys, lat), movedInts(n.RKeys, rat)
	if n.Residual != nil {
		c.Residual = moved(n.Residual, joinPositions(plan.Inner, width(l), lat, rat))
	}
	c.Out = joinSchema(n.Kind, l.Schema(), r.Schema())
	return &c, at[:width(n)]
}

// joinPositions is where the columns of a join went when its inputs' did.
func joinPositions(kind plan.JoinKind, wl int, lat, rat []int) []int {
	at := append([]int(nil), lat...)
	if kind == plan.Mark {
		return append(at, wl)
	}
	for _, i := range rat {
		if i >= 0 {
			i += wl
		}
		at = append(at, i)
	}
	return at
}

func movedInts(cols, at []int) []int {
	out := make([]int, len(cols))
	for i, c := range cols {
		out[i] = at[c]
	}
	return out
}

func movedKeys(keys []plan.SortKey, at []int) []plan.SortKey {
	out := append([]plan.SortKey(nil), keys...)
	for i := range out {
		out[i].Col = at[out[i].Col]
	}
	return out
}

// aggregate drops aggregates that nobody reads; the keys stay.
func (p *pruner) aggregate(n *plan.Aggregate, need []bool) (plan.Node, []int) {
	k := len(n.Keys)
	inNeed := make([]bool, width(n.Input))
	for _, c := range n.Keys {
		inNeed[c] = true
	}
	keep := append(allOf(k), need[k:]...)
	for i := range n.Aggs {
		if keep[k+i] {
			markAgg(&n.Aggs[i], inNeed)
		}
	}
	cols, at := kept(keep)
	in, inAt := p.prune(n.Input, inNeed)
	if in == n.Input && len(cols) == len(need) {
		return n, at
	}
	c := *n
	c.Input, c.Keys, c.Aggs, c.Out = in, movedInts(n.Keys, inAt), nil, nil
	for _, i := range cols {
		c.Out = append(c.Out, n.Out[i])
		if i >= k {
			c.Aggs = append(c.Aggs, movedAgg(n.Aggs[i-k], inAt))
		}
	}
	return &c, at
}

func markAgg(a *plan.AggCall, need []bool) {
	for _, c := range a.Args {
		need[c] = true
	}
	if a.Filter >= 0 {
		need[a.Filter] = true
	}
	for _, o := range a.OrderBy {
		need[o.Col] = true
	}
}

func movedAgg(a plan.AggCall, at []int) plan.AggCall {
	a.Args = movedInts(a.Args, at)
	a.OrderBy = movedKeys(a.OrderBy, at)
	if a.Filter >= 0 {
		a.Filter = at[a.Filter]
	}
	return a
}

// union gives every input exactly the needed columns.
func (p *pruner) union(n *plan.Union, need []bool) (plan.Node, []int) {
	cols, at := kept(need)
	if len(cols) == len(need) {
		return p.whole(n)
	}
	out := &plan.Union{}
	for _, i := range cols {
		out.Out = append(out.Out, n.Out[i])
	}
	for _, in := range n.Ins {
		next, inAt := p.prune(in, need)
		exprs := make([]plan.Expr, len(cols))
		exact := width(next) == len(cols)
		for i, c := range cols {
			exprs[i] = colOf(next, inAt[c])
			exact = exact && inAt[c] == i
		}
		if !exact {
			next = project(next, exprs)
		}
		out.Ins = append(out.Ins, next)
	}
	return out, at
}

// sort keeps all columns where it may cut between rows with equal keys: ties are broken
// by the whole row.
func (p *pruner) sort(n *plan.Sort, need []bool) (plan.Node, []int) {
	if (n.Limit != nil || n.Offset != nil) && !cutsAlike(n, need) {
		return p.whole(n)
	}
	inNeed := append([]bool(nil), need...)
	for _, k := range n.Keys {
		inNeed[k.Col] = true
	}
	for _, c := range n.Partition {
		inNeed[c] = true
	}
	in, at := p.prune(n.Input, inNeed)
	if in == n.Input {
		return n, at
	}
	c := *n
	c.Input, c.Keys, c.Partition = in, movedKeys(n.Keys, at), movedInts(n.Partition, at)
	return &c, at
}

// cutsAlike reports whether a Top-N gives the same needed columns whichever of some rows
// with equal keys it takes: it takes them all, or they differ in other columns only.
func cutsAlike(n *plan.Sort, need []bool) bool {
	if n.WithTies && n.Offset == nil {
		return true
	}
	fixed := make([]bool, len(need))
	for _, k := range n.Keys {
		fixed[k.Col] = true
	}
	for _, c := range n.Partition {
		fixed[c] = true
	}
	schema := n.Schema()
	for i := range need {
		if need[i] && !(fixed[i] && schema[i].Type.IdentityEqual()) {
			return false
		}
	}
	return true
}

func (p *pruner) tableFunc(n *plan.TableFunc, need []bool) (plan.Node, []int) {
	w := width(n.Input)
	in, inAt := p.prune(n.Input, withCols(need[:w:w], n.Args...))
	at := append([]int(nil), inAt...)
	for i := range len(need) - w {
		at = append(at, width(in)+i)
	}
	if in == n.Input {
		return n, at
	}
	c := *n
	c.Input = in
	c.Args = make([]plan.Expr, len(n.Args))
	for i, a := range n.Args {
		c.Args[i] = moved(a, inAt)
	}
	c.Out = append(append(c.Out[:0:0], in.Schema()...), n.Out[w:]...)
	return &c, at
}
