package exec

import (
	"fmt"
	"slices"

	"millrace/catalog"
	"millrace/exec/expr"
	"millrace/exec/op"
	"millrace/planner/plan"
	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// compiler turns a plan into a graph. It is the one place that knows which
// operator runs which node.
type compiler struct {
	g *graph
	// pull: the graph runs for one epoch over rows that are only added. Order shows,
	// and aggregates need not be ready for retractions.
	pull bool
	// loops are the recursive queries whose terms are being compiled, innermost last.
	loops []*loop
	// fetches are the joins of a pull query that look their right rows up.
	fetches map[plan.Node]*fetch
}

// once: what is compiled runs for one epoch that ends once. Recursive terms do not.
func (c *compiler) once() bool { return c.pull && len(c.loops) == 0 }

// compilePull compiles a plan to be run once.
func compilePull(root plan.Node, env *builtin.Env) (*graph, error) {
	c := &compiler{g: &graph{ctx: &op.Ctx{Env: env}}, pull: true}
	if err := c.compile(root, nil, 0); err != nil {
		return nil, err
	}
	return c.g, nil
}

// compileFlow compiles a plan to be maintained, and lists the objects it reads.
func (e *Engine) compileFlow(root plan.Node) (*graph, []catalog.ObjectID, error) {
	c := &compiler{g: &graph{ctx: &op.Ctx{}}}
	if err := c.compile(root, nil, 0); err != nil {
		return nil, nil, err
	}
	c.g.carryTime()
	var inputs []catalog.ObjectID
	for _, l := range c.g.leaves {
		if !slices.Contains(inputs, l.object) {
			inputs = append(inputs, l.object)
		}
	}
	return c.g, inputs, nil
}

// compile adds the operators of n, whose output goes to port of the node to.
func (c *compiler) compile(n plan.Node, to *node, port int) error {
	if s, ok := n.(*plan.Scan); ok {
		c.leaf(s, to, port)
		return nil
	}
	switch n := n.(type) {
	case *plan.Recursive:
		return c.recursive(n, to, port)
	case *plan.RecursiveRef:
		c.loopOf(n.ID).read(to, port)
		return nil
	}
	inputs := n.Inputs()
	o, err := c.operator(n)
	if cut, numbered := c.numbered(n); cut != nil {
		o, inputs = numbered, cut.Inputs()
	}
	if err != nil {
		return err
	}
	nd := &node{op: o, plan: n, to: to, port: port, graph: c.g}
	nd.emit = nd.pass
	// A pull query reads the right side of a join first: the left one then finds its
	// matches at once.
	for i := len(inputs) - 1; i >= 0; i-- {
		if f := c.fetches[n]; f != nil && i == 1 {
			if err := c.fetching(f, func() error { return c.compile(inputs[i], nd, i) }); err != nil {
				return err
			}
			continue
		}
		if err := c.compile(inputs[i], nd, i); err != nil {
			return err
		}
	}
	c.g.nodes = append(c.g.nodes, nd)
	c.inLoops(nd)
	return nil
}

func (c *compiler) leaf(s *plan.Scan, to *node, port int) {
	l := &leaf{object: s.Object.ID, scan: s, to: to, port: port, graph: c.g, take: s.Cols}
	c.g.leaves = append(c.g.leaves, l)
	if c.pull || s.Object.Kind != catalog.KindStream || !markPlaced(to, s.Object.ID) {
		return
	}
	n := len(s.Object.Columns)
	l.take = append(s.Cols[:len(s.Cols):len(s.Cols)], n+1, n+2)
}

// markPlaced finds out whether a stream's scan can append the place of each row for
// error reports: filters hand all columns on, and a projection ends them.
func markPlaced(to *node, source catalog.ObjectID) bool {
	if to == nil {
		return false
	}
	switch to.plan.(type) {
	case *plan.Filter:
		to.placed = markPlaced(to.to, source)
	case *plan.Project:
		to.placed = true
	}
	if to.placed {
		to.source = source
	}
	return to.placed
}

// operator makes the operator of one node.
func (c *compiler) operator(n plan.Node) (op.Op, error) {
	switch n := n.(type) {
	case *plan.Values:
		return newValues(n)
	case *plan.Filter:
		p, err := expr.Compile(n.Pred)
		if err != nil {
			return nil, err
		}
		return op.NewFilter(p), nil
	case *plan.Project:
		return newProject(n)
	case *plan.Join:
		return c.join(n)
	case *plan.Asof:
		return op.NewAsof(op.AsofSpec{
			L: n.L.Schema().Types(), R: n.R.Schema().Types(), LKeys: n.LKeys, RKeys: n.RKeys,
			LTime: n.LTime, RTime: n.RTime, Later: n.Later, Strict: n.Strict, Left: n.Outer, Once: c.once(),
		}), nil
	case *plan.Aggregate:
		return c.anyAggregate(n), nil
	case *plan.Distinct:
		return op.NewDistinct(n.Schema().Types()), nil
	case *plan.Union:
		return op.NewUnion(), nil
	case *plan.SetOp:
		return op.NewSetOp(n.Out.Types(), n.Except, n.All), nil
	case *plan.Sort:
		return c.sort(n)
	case *plan.MaxOneRow:
		return op.NewMaxOneRow(n.Schema().Types()), nil
	case *plan.TableFunc:
		return newTableFunc(n)
	case *plan.Over:
		return c.over(n)
	case *plan.Session:
		return newSession(n)
	case *plan.Temporal:
		return newTemporal(n)
	case *plan.SessionAggregate:
		return c.sessionAggregate(n), nil
	case *plan.TimeWindow:
		return newTimeWindow(n)
	}
	return nil, pgerr.Bug("no operator for plan node %T", n)
}

// newValues computes its rows when the epoch begins.
func newValues(n *plan.Values) (op.Op, error) {
	return op.NewValues(n.Out.Types(), func(env *builtin.Env) ([][]types.Datum, error) {
		b, err := valuesBatch(env, n, nil)
		if err != nil {
			return nil, err
		}
		var rows [][]types.Datum
		for i := range b.N {
			rows = append(rows, rowDatums(b.Cols, i))
		}
		return rows, nil
	}), nil
}

func newProject(n *plan.Project) (op.Op, error) {
	exprs := make([]op.Expr, len(n.Exprs))
	for i, x := range n.Exprs {
		p, err := expr.Compile(x)
		if err != nil {
			return nil, err
		}
		exprs[i] = p
	}
	return op.NewProject(nil, exprs), nil
}

var joinKinds = map[plan.JoinKind]op.JoinKind{
	plan.Inner: op.Inner, plan.Left: op.Left, plan.Right: op.Right, plan.Full: op.Full,
	plan.Semi: op.Semi, plan.Anti: op.Anti, plan.Mark: op.Mark,
}

func (c *compiler) join(n *plan.Join) (op.Op, error) {
	spec := op.JoinSpec{
		Kind: joinKinds[n.Kind], L: n.L.Schema().Types(), R: n.R.Schema().Types(),
		LKeys: n.LKeys, RKeys: n.RKeys, NullSafe: n.NullSafe, NullAware: n.NullAware,
		Once: c.once(), Temporal: n.Temporal && !c.pull, AppendOnly: n.AppendOnly,
	}
	if c.once() {
		spec.AppendOnly = [2]bool{true, true}
	}
	if n.Residual != nil {
		plan.ColsOf(n.Residual, func(at int) { spec.ResidualCols = append(spec.ResidualCols, at) })
		slices.Sort(spec.ResidualCols)
		spec.ResidualCols = slices.Compact(spec.ResidualCols)
		p, err := expr.Compile(n.Residual)
		if err != nil {
			return nil, err
		}
		spec.Residual = p
	}
	if n.Lookup != nil && c.once() {
		f := &fetch{join: n}
		spec.Fetch = f.run
		if c.fetches == nil {
			c.fetches = map[plan.Node]*fetch{}
		}
		c.fetches[n] = f
	}
	if t := n.Time; t != nil && t.Bounded && !c.pull {
		return op.NewWithin(op.WithinSpec{
			Kind: spec.Kind, L: spec.L, R: spec.R, LKeys: spec.LKeys, RKeys: spec.RKeys, NullSafe: spec.NullSafe,
			Residual: spec.Residual, LTime: t.LTime, RTime: t.RTime, Low: t.Low, High: t.High,
			LLag: t.LLag, RLag: t.RLag, Eager: !t.Within,
		}), nil
	}
	return op.NewJoin(spec), nil
}

func (c *compiler) aggregate(n *plan.Aggregate) op.AggregateSpec {
	spec := op.AggregateSpec{In: n.Input.Schema().Types(), Keys: n.Keys, AppendOnly: n.AppendOnly || c.once()}
	for _, a := range n.Aggs {
		spec.Aggs = append(spec.Aggs, op.AggSpec{
			Agg: a.Agg, Args: a.Args, ArgTypes: a.ArgTypes, Distinct: a.Distinct,
			Filter: a.Filter, OrderBy: sortKeys(a.OrderBy), Type: a.T,
		})
	}
	return spec
}

func sortKeys(keys []plan.SortKey) []op.SortKey {
	out := make([]op.SortKey, len(keys))
	for i, k := range keys {
		out[i] = op.SortKey(k)
	}
	return out
}

func (c *compiler) sort(n *plan.Sort) (op.Op, error) {
	spec, err := c.sortSpec(n)
	if err != nil {
		return nil, err
	}
	if !c.once() && spec.Limit < 0 && spec.Offset == 0 && len(n.Partition) == 0 {
		return op.NewUnion(), nil // order does not show in a maintained result
	}
	return op.NewSort(spec), nil
}

// numbered returns the operator for row numbers of a Top-N that is in their order, and
// that Top-N; nil when n is something else.
func (c *compiler) numbered(n plan.Node) (*plan.Sort, op.Op) {
	over, ok := n.(*plan.Over)
	if !ok || len(over.Calls) != 1 || over.Calls[0].Func == nil || over.Calls[0].Func.Name != "row_number" {
		return nil, nil
	}
	cut, ok := over.Input.(*plan.Sort)
	if !ok || !slices.Equal(cut.Partition, over.Partition) || !slices.Equal(cut.Keys, over.Order) {
		return nil, nil
	}
	spec, err := c.sortSpec(cut)
	if err != nil {
		return nil, nil // compiling the Top-N by itself reports it
	}
	if o := op.NewNumbered(spec); o != nil {
		return cut, o
	}
	return nil, nil
}

// sortSpec evaluates LIMIT and OFFSET: they are constants by now.
func (c *compiler) sortSpec(n *plan.Sort) (op.SortSpec, error) {
	spec := op.SortSpec{
		Types: n.Schema().Types(), Keys: sortKeys(n.Keys), Partition: n.Partition,
		Limit: -1, WithTies: n.WithTies, Ordered: c.once(), AppendOnly: n.AppendOnly || c.once(),
	}
	if n.Limit != nil {
		d, err := expr.EvalConst(c.g.ctx.Env, n.Limit)
		if err != nil {
			return spec, err
		}
		if d.Set {
			if spec.Limit = d.I; d.I < 0 {
				return spec, pgerr.New(pgerr.InvalidLimitValue, "LIMIT must not be negative")
			}
		}
	}
	if n.Offset != nil {
		d, err := expr.EvalConst(c.g.ctx.Env, n.Offset)
		if err != nil {
			return spec, err
		}
		if d.Set {
			if spec.Offset = d.I; d.I < 0 {
				return spec, pgerr.New(pgerr.InvalidOffsetValue, "OFFSET must not be negative")
			}
		}
	}
	return spec, nil
}

func newTableFunc(n *plan.TableFunc) (op.Op, error) {
	args := make([]op.Expr, len(n.Args))
	ts := make([]types.Type, len(n.Args))
	for i, x := range n.Args {
		p, err := expr.Compile(x)
		if err != nil {
			return nil, err
		}
		args[i], ts[i] = p, x.Type()
	}
	return op.NewTableFunc(op.TableFuncSpec{
		In: n.Input.Schema().Types(), Out: n.Out.Types(), Func: n.Func, Args: args, ArgTypes: ts,
		Ordinality: n.Ordinality, Outer: n.Outer,
	}), nil
}

// tableFlow makes the flow that turns a table's log records into its rows.
func (e *Engine) tableFlow(o *catalog.Object) *flow {
	g := &graph{ctx: &op.Ctx{}}
	f := &flow{id: o.ID, obj: o, graph: g, print: 1, started: true, stats: newStatus(o)}
	src := g.add(op.NewTableSource(op.TableSourceSpec{
		Types: storedTypes(o), Key: tableKey(o),
		Get: func(key []byte) ([]byte, bool, error) { return e.frontierRows().Get(storeRows(o), key) },
	}), nil)
	out := g.add(op.NewMaterialize(e.materialize(o, tableKey(o))), nil)
	src.to = out
	g.leaves = []*leaf{{object: o.ID, to: src, graph: g, take: allColumns(len(logTypes(o)))}}
	f.finishWiring(e)
	return f
}

// tableKey is the store key's columns among those of a stored row.
func tableKey(o *catalog.Object) []int {
	if len(o.Key) > 0 {
		return o.Key
	}
	return []int{len(o.Columns)}
}

func allColumns(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// viewFlow makes the flow of a continuous query.
func (e *Engine) viewFlow(o *catalog.Object, v *plan.View) (*flow, error) {
	g, inputs, err := e.compileFlow(v.Root)
	if err != nil {
		return nil, fmt.Errorf("compile %s: %w", o.Name, err)
	}
	f := &flow{
		share: e.budget.share(),
		id:    o.ID, obj: o, graph: g, inputs: inputs, plan: v.Root,
		print: plan.Fingerprint(v.Root), stats: newStatus(o),
	}
	switch {
	case f.isInsert():
		target, err := e.insertTarget(o, e.opts.Catalog.Current())
		if err != nil {
			return nil, err
		}
		f.sink = &streamSink{obj: target}
	case o.SinkStream:
		f.sink = &streamSink{obj: o}
	default:
		g.append(op.NewMaterialize(e.materialize(o, o.Key)))
	}
	f.finishWiring(e)
	return f, nil
}

func newStatus(o *catalog.Object) *FlowStatus { return &FlowStatus{ID: o.ID, Name: o.Name} }

func (e *Engine) materialize(o *catalog.Object, key []int) op.MaterializeSpec {
	spec := op.MaterializeSpec{Object: uint64(o.ID), Types: storedTypes(o), Key: key}
	for _, ix := range o.Indexes {
		spec.Indexes = append(spec.Indexes, op.IndexSpec{ID: uint64(ix.ID), Cols: ix.Cols})
	}
	return spec
}

// append puts an operator behind the root.
func (g *graph) append(o op.Op) *node {
	last := g.add(o, nil)
	for _, n := range g.nodes {
		if n.to == nil && n != last {
			n.to = last
		}
	}
	for _, l := range g.leaves {
		if l.to == nil {
			l.to = last
		}
	}
	return last
}

// finishWiring connects the root to the flow's output and errors to their table.
func (f *flow) finishWiring(e *Engine) {
	f.graph.sink = func(b *col.Batch) { f.out = append(f.out, b) }
	f.graph.ctx.Errs = e.rowErrorSink(f)
	f.graph.ctx.Late = e.lateSink(f)
}
