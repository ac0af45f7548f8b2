package exec

import (
	"millrace/exec/expr"
	"millrace/exec/op"
	"millrace/planner/plan"
	"millrace/sql/builtin"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// over makes the operator of window functions. The offsets of frames are constants by
// now.
func (c *compiler) over(n *plan.Over) (op.Op, error) {
	spec := op.OverSpec{
		In: n.Input.Schema().Types(), Partition: n.Partition, Order: sortKeys(n.Order),
		Unordered: n.Unordered,
	}
	for i := range n.Calls {
		w := &n.Calls[i]
		call := op.WindowSpec{
			Func: w.Func, Agg: w.Agg, Args: w.Args, ArgTypes: w.ArgTypes, Filter: w.Filter,
			Frame: w.Frame, Distance: w.Distance, Type: w.T,
		}
		var err error
		if call.StartOffset, err = c.frameOffset(n, w, w.StartOffset, "starting"); err != nil {
			return nil, err
		}
		if call.EndOffset, err = c.frameOffset(n, w, w.EndOffset, "ending"); err != nil {
			return nil, err
		}
		spec.Calls = append(spec.Calls, call)
	}
	return op.NewOver(spec), nil
}

// frameOffset evaluates and checks the distance of a frame's bound.
func (c *compiler) frameOffset(n *plan.Over, w *plan.WindowCall, x plan.Expr, end string) (types.Datum, error) {
	if x == nil {
		return types.Null, nil
	}
	d, err := expr.EvalConst(c.g.ctx.Env, x)
	if err != nil {
		return d, err
	}
	if !d.Set {
		return d, pgerr.Newf(pgerr.NullValueNotAllowed, "frame %s offset must not be null", end)
	}
	if w.Frame.Mode == builtin.FrameRange {
		_, err := builtin.NewRangeOffset(n.Input.Schema()[n.Order[0].Col].Type, d)
		return d, err
	}
	if d.I < 0 {
		return d, pgerr.Newf(pgerr.InvalidFrameOffset, "frame %s offset must not be negative", end)
	}
	return d, nil
}
