package expr

import (
	"millrace/planner/plan"
	"millrace/sql/col"
	"millrace/sql/types"
)

// lambdaNode is TRANSFORM, FILTER or REDUCE: it evaluates its body over one run that
// has a row for each element of the arrays of all rows.
type lambdaNode struct {
	kind       plan.LambdaKind
	arrays     []node
	elems      []types.Type // of arrays
	init, body node
	depth      int
	state      types.Type // of the body
	t          types.Type
	isVolatile bool
}

// lambdaParamNode is a parameter of the body.
type lambdaParamNode struct{ depth, index int }

func (n *lambdaParamNode) eval(r *run) *col.Vec { return r.params[n.depth][n.index] }
func (n *lambdaParamNode) scalar() bool         { return false }
func (n *lambdaParamNode) volatile() bool       { return false }

func (n *lambdaNode) scalar() bool   { return false }
func (n *lambdaNode) volatile() bool { return n.isVolatile }

func compileLambda(e *plan.Lambda) (node, error) {
	arrays, err := compileList(e.Arrays)
	if err != nil {
		return nil, err
	}
	n := &lambdaNode{kind: e.Kind, arrays: arrays, depth: e.Depth, state: e.Body.Type(), t: e.T}
	for _, a := range e.Arrays {
		n.elems = append(n.elems, a.Type().ElemType())
	}
	if n.body, err = compile(e.Body); err != nil {
		return nil, err
	}
	n.isVolatile = anyVolatile(arrays) || n.body.volatile()
	if e.Init != nil {
		if n.init, err = compile(e.Init); err != nil {
			return nil, err
		}
		n.isVolatile = n.isVolatile || n.init.volatile()
	}
	return n, nil
}

// gatherParams takes the given rows of the parameters of outer lambdas.
func gatherParams(params [][]*col.Vec, rows []int32) [][]*col.Vec {
	if params == nil {
		return nil
	}
	out := make([][]*col.Vec, len(params))
	for d, vecs := range params {
		for _, v := range vecs {
			out[d] = append(out[d], v.Gather(rows))
		}
	}
	return out
}

// elements are the elements of the arrays of a run, those of a row together.
type elements struct {
	// lists are the elements of each array, by row; nil is a NULL array.
	lists [][][]types.Datum
	// count is the number of elements of each row, that of the longest array; -1 for a
	// NULL or an error.
	count []int
	errs  []error
}

// open reads the arrays.
func (n *lambdaNode) open(r *run) *elements {
	e := &elements{count: make([]int, r.n), errs: make([]error, r.n)}
	for _, a := range n.arrays {
		v := r.full(a)
		lists := make([][]types.Datum, r.n)
		for i := range r.n {
			if err := v.Err(i); err != nil && e.errs[i] == nil {
				e.errs[i] = err
			}
			if e.errs[i] != nil || v.IsNull(i) {
				e.count[i] = -1
				continue
			}
			if arr, ok := types.DecodeArray(v.Type, v.Bytes(i)); ok {
				lists[i] = arr.Elems
			}
			if e.count[i] >= 0 {
				e.count[i] = max(e.count[i], len(lists[i]))
			}
		}
		e.lists = append(e.lists, lists)
	}
	return e
}

// at is element j of array k of row i.
func (e *elements) at(k, i, j int) types.Datum {
	if list := e.lists[k][i]; j < len(list) {
		return list[j]
	}
	return types.Null
}

func (n *lambdaNode) eval(r *run) *col.Vec {
	e := n.open(r)
	if n.kind == plan.LambdaReduce {
		return n.reduce(r, e)
	}
	var parents []int32
	for i, c := range e.count {
		for range max(c, 0) {
			parents = append(parents, int32(i))
		}
	}
	params := make([]*col.Builder, len(n.arrays))
	for k := range params {
		params[k] = col.NewBuilder(n.elems[k], len(parents))
		for i, c := range e.count {
			for j := range max(c, 0) {
				params[k].Datum(e.at(k, i, j))
			}
		}
	}
	vecs := make([]*col.Vec, len(params))
	for k, b := range params {
		vecs[k] = b.Vec()
	}
	body := n.inner(r, parents, vecs)
	return n.collect(e, body)
}

// inner evaluates the body for elements of the given rows.
func (n *lambdaNode) inner(r *run, parents []int32, params []*col.Vec) *col.Vec {
	if len(parents) == 0 {
		return nil
	}
	sub := r.over(parents)
	sub.params = append(sub.params[:min(n.depth, len(sub.params)):min(n.depth, len(sub.params))], params)
	return sub.full(n.body)
}

// collect makes the arrays of TRANSFORM and FILTER.
func (n *lambdaNode) collect(e *elements, body *col.Vec) *col.Vec {
	out := col.NewBuilder(n.t, len(e.count))
	at := 0
	for i, c := range e.count {
		if c < 0 {
			n.none(out, e.errs[i])
			continue
		}
		var elems []types.Datum
		var failed error
		for j := range c {
			switch err := body.Err(at + j); {
			case err != nil:
				failed = err
			case n.kind == plan.LambdaMap:
				elems = append(elems, body.Datum(at+j))
			case body.Bool(at + j):
				elems = append(elems, e.at(0, i, j))
			}
			if failed != nil {
				break
			}
		}
		at += c
		if failed != nil {
			n.none(out, failed)
			continue
		}
		out.Datum(types.ArrayDatum(n.t.ElemType(), elems))
	}
	return out.Vec()
}

// none is the result of a row without arrays, or whose body failed.
func (n *lambdaNode) none(out *col.Builder, err error) {
	if err != nil {
		out.Err(err)
		return
	}
	out.Null()
}

// reduce folds the elements place by place, the rows side by side.
func (n *lambdaNode) reduce(r *run, e *elements) *col.Vec {
	init := r.full(n.init)
	state := make([]types.Datum, r.n)
	for i := range state {
		if err := init.Err(i); err != nil && e.errs[i] == nil {
			e.errs[i], e.count[i] = err, -1
		}
		if e.errs[i] == nil {
			state[i] = init.Datum(i)
		}
	}
	for j := 0; ; j++ {
		var rows []int32
		for i, c := range e.count {
			if j < c && e.errs[i] == nil {
				rows = append(rows, int32(i))
			}
		}
		if len(rows) == 0 {
			break
		}
		body := n.inner(r, rows, n.reduceParams(e, state, rows, j))
		for k, i := range rows {
			if err := body.Err(k); err != nil {
				e.errs[i] = err
				continue
			}
			state[i] = body.Datum(k)
		}
	}
	out := col.NewBuilder(n.t, r.n)
	for i := range state {
		if e.errs[i] != nil || e.count[i] < 0 {
			n.none(out, e.errs[i])
			continue
		}
		out.Datum(state[i])
	}
	return out.Vec()
}

// reduceParams are the states and the elements at one place of the given rows.
func (n *lambdaNode) reduceParams(e *elements, state []types.Datum, rows []int32, place int) []*col.Vec {
	first := col.NewBuilder(n.state, len(rows))
	for _, i := range rows {
		first.Datum(state[i])
	}
	out := []*col.Vec{first.Vec()}
	for k := range n.arrays {
		b := col.NewBuilder(n.elems[k], len(rows))
		for _, i := range rows {
			b.Datum(e.at(k, int(i), place))
		}
		out = append(out, b.Vec())
	}
	return out
}
