package expr

import (
	"millrace/sql/col"
	"millrace/sql/types"
)

// logicNode is AND or OR of two or more conditions. decided is the value that
// decides the result whatever the others are: false for AND, true for OR.
type logicNode struct {
	args    []node
	decided bool
}

func (n *logicNode) scalar() bool   { return allScalar(n.args) }
func (n *logicNode) volatile() bool { return anyVolatile(n.args) }

func (n *logicNode) eval(r *run) *col.Vec {
	if n.scalar() {
		one := r.single()
		return n.fold(one)
	}
	return n.fold(r)
}

func (n *logicNode) fold(r *run) *col.Vec {
	acc := r.full(n.args[0])
	for _, a := range n.args[1:] {
		acc = n.combine(r, acc, r.full(a))
	}
	return acc
}

func (n *logicNode) combine(r *run, a, b *col.Vec) *col.Vec {
	out := r.words(a.N)
	bs := b.Fix[:len(a.Fix)]
	if n.decided {
		for i, x := range a.Fix {
			out[i] = x | bs[i]
		}
	} else {
		for i, x := range a.Fix {
			out[i] = x & bs[i]
		}
	}
	v := col.NewFixed(types.Bool, out)
	if a.Nulls != nil || b.Nulls != nil || a.Errs != nil || b.Errs != nil {
		n.threeValued(a, b, v)
	}
	return v
}

// threeValued puts right the rows where an operand has no value (I1).
func (n *logicNode) threeValued(a, b, out *col.Vec) {
	deciding := int64(0)
	if n.decided {
		deciding = 1
	}
	for i := range out.Fix {
		an, bn := a.IsNull(i), b.IsNull(i)
		ae, be := a.Err(i), b.Err(i)
		if !an && !bn && ae == nil && be == nil {
			continue
		}
		isDecided := !an && ae == nil && a.Fix[i] == deciding || !bn && be == nil && b.Fix[i] == deciding
		switch {
		case isDecided:
			out.Fix[i] = deciding
		case ae != nil:
			out.Fix[i] = 0
			out.SetErr(i, ae)
		case be != nil:
			out.Fix[i] = 0
			out.SetErr(i, be)
		default:
			out.Fix[i] = 0
			if out.Nulls == nil {
				out.Nulls = col.NewBitmap(out.N)
			}
			out.Nulls.Set(i)
		}
	}
}

// notNode is NOT; NULL and errors stay.
type notNode struct{ x node }

func (n *notNode) scalar() bool   { return n.x.scalar() }
func (n *notNode) volatile() bool { return n.x.volatile() }

func (n *notNode) eval(r *run) *col.Vec {
	x := n.x.eval(r)
	out := &col.Vec{Type: types.Bool, N: x.N, Fix: make([]int64, x.N), Nulls: x.Nulls, Errs: x.Errs}
	for i, v := range x.Fix {
		out.Fix[i] = v ^ 1
	}
	if x.Nulls != nil {
		for i := range out.Fix {
			if x.Nulls.Get(i) {
				out.Fix[i] = 0
			}
		}
	}
	for i := range x.Errs {
		out.Fix[i] = 0
	}
	return out
}

// isNullNode is IS [NOT] NULL; errors stay.
type isNullNode struct {
	x   node
	not bool
}

func (n *isNullNode) scalar() bool   { return n.x.scalar() }
func (n *isNullNode) volatile() bool { return n.x.volatile() }

func (n *isNullNode) eval(r *run) *col.Vec {
	x := n.x.eval(r)
	out := &col.Vec{Type: types.Bool, N: x.N, Fix: make([]int64, x.N), Errs: x.Errs}
	for i := range out.Fix {
		if x.IsNull(i) != n.not {
			out.Fix[i] = 1
		}
	}
	for i := range x.Errs {
		out.Fix[i] = 0
	}
	return out
}
