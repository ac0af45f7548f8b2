package expr

import (
	"millrace/sql/col"
	"millrace/sql/types"
)

// caseNode is CASE WHEN conds[i] THEN branches[i] ... ELSE the last branch.
type caseNode struct {
	conds    []node
	branches []node
	t        types.Type
}

func (n *caseNode) scalar() bool   { return allScalar(n.conds) && allScalar(n.branches) }
func (n *caseNode) volatile() bool { return anyVolatile(n.conds) || anyVolatile(n.branches) }

// choice says for each row where its value comes from: a branch, or an error.
type choice struct {
	branch []int32 // -1: not chosen yet, -2: failed
	count  []int   // rows of each branch
	open   int
	errs   map[int]error
}

const (
	undecided = -1
	failed    = -2
)

func newChoice(rows, branches int) *choice {
	c := &choice{branch: make([]int32, rows), count: make([]int, branches), open: rows}
	for i := range c.branch {
		c.branch[i] = undecided
	}
	return c
}

func (c *choice) take(i, branch int) {
	c.branch[i] = int32(branch)
	c.count[branch]++
	c.open--
}

func (c *choice) fail(i int, err error) {
	if c.errs == nil {
		c.errs = map[int]error{}
	}
	c.errs[i] = err
	c.branch[i] = failed
	c.open--
}

// rowsOf lists the rows that have the given branch (undecided: none yet).
func (c *choice) rowsOf(branch int32) []int32 {
	var out []int32
	for i, b := range c.branch {
		if b == branch {
			out = append(out, int32(i))
		}
	}
	return out
}

func (n *caseNode) eval(r *run) *col.Vec {
	if n.scalar() {
		r = r.single()
	}
	c := newChoice(r.n, len(n.branches))
	for k, cond := range n.conds {
		if c.open == 0 {
			break
		}
		n.decide(r, c, k, cond)
	}
	for i := range c.branch {
		if c.branch[i] == undecided {
			c.take(i, len(n.branches)-1)
		}
	}
	return c.assemble(r, n.branches, n.t)
}

// decide lets the rows without a branch take branch k where cond is true.
func (n *caseNode) decide(r *run, c *choice, k int, cond node) {
	if cond.volatile() {
		rows := c.rowsOf(undecided)
		v := r.over(rows).full(cond)
		for j, row := range rows {
			c.judge(v, j, int(row), k)
		}
		return
	}
	v := r.full(cond)
	for i := range c.branch {
		if c.branch[i] == undecided {
			c.judge(v, i, i, k)
		}
	}
}

// judge gives row its branch when row j of the condition's vector says so.
func (c *choice) judge(v *col.Vec, j, row, k int) {
	if err := v.Err(j); err != nil {
		c.fail(row, err)
	} else if v.Bool(j) {
		c.take(row, k)
	}
}

// assemble evaluates the branches that some row took and puts the result together (I2).
func (c *choice) assemble(r *run, branches []node, t types.Type) *col.Vec {
	vecs := make([]*col.Vec, len(branches))
	compact := make([]bool, len(branches)) // the vector holds the branch's rows only
	for k, b := range branches {
		switch {
		case c.count[k] == 0:
		case c.count[k] == r.n:
			return withType(r.full(b), t)
		case b.volatile():
			vecs[k], compact[k] = r.over(c.rowsOf(int32(k))).full(b), true
		default:
			vecs[k] = r.full(b)
		}
	}
	return c.merge(vecs, compact, t)
}

func (c *choice) merge(vecs []*col.Vec, compact []bool, t types.Type) *col.Vec {
	out := col.NewBuilder(t, len(c.branch))
	next := make([]int, len(vecs))
	for i, k := range c.branch {
		if k == failed {
			out.Err(c.errs[i])
			continue
		}
		j := i
		if compact[k] {
			j = next[k]
			next[k]++
		}
		out.From(vecs[k], j)
	}
	return out.Vec()
}

func withType(v *col.Vec, t types.Type) *col.Vec {
	if v.Type == t {
		return v
	}
	return v.WithType(t)
}

// coalesceNode is COALESCE: the first argument that is not NULL.
type coalesceNode struct {
	args []node
	t    types.Type
}

func (n *coalesceNode) scalar() bool   { return allScalar(n.args) }
func (n *coalesceNode) volatile() bool { return anyVolatile(n.args) }

func (n *coalesceNode) eval(r *run) *col.Vec {
	if n.scalar() {
		r = r.single()
	}
	c := newChoice(r.n, len(n.args))
	vecs := make([]*col.Vec, len(n.args))
	compact := make([]bool, len(n.args))
	for k, a := range n.args {
		if c.open == 0 {
			break
		}
		vecs[k], compact[k] = n.settle(r, c, k, a)
		if c.count[k] == r.n {
			return withType(vecs[k], n.t)
		}
	}
	return c.merge(vecs, compact, n.t)
}

// settle lets the rows without a value take argument k where it is not NULL; the
// last argument is taken by all that are left.
func (n *coalesceNode) settle(r *run, c *choice, k int, a node) (v *col.Vec, compact bool) {
	rows := c.rowsOf(undecided)
	last := k == len(n.args)-1
	if !a.volatile() || len(rows) == r.n {
		v = r.full(a)
		for _, row := range rows {
			n.judge(c, v, int(row), int(row), k, last)
		}
		return v, false
	}
	all := r.over(rows).full(a)
	var taken []int32
	for j, row := range rows {
		n.judge(c, all, j, int(row), k, last)
		if c.branch[row] == int32(k) {
			taken = append(taken, int32(j))
		}
	}
	return all.Gather(taken), true
}

func (n *coalesceNode) judge(c *choice, v *col.Vec, j, row, k int, last bool) {
	if err := v.Err(j); err != nil {
		c.fail(row, err)
	} else if last || !v.IsNull(j) {
		c.take(row, k)
	}
}
