package builtin

import (
	"millrace/sql/col"
	"millrace/sql/types"
)

var distinctFuncs = []Func{
	{
		Name: "is distinct from", Args: list(types.AnyElement, types.AnyElement), Returns: types.Bool, NotStrict: true,
		Doc:     "Not equal, NULL being a value like any other. The operands have one type.",
		Example: "(1 is distinct from null) = true", Kernel: distinctKernel(true),
	},
	{
		Name: "is not distinct from", Args: list(types.AnyElement, types.AnyElement), Returns: types.Bool, NotStrict: true,
		Doc:     "Equal, NULL being a value like any other. The operands have one type.",
		Example: "(1 is not distinct from null) = false", Kernel: distinctKernel(false),
	},
}

func distinctKernel(want bool) Kernel {
	return func(c *Call) *col.Vec {
		a, b := c.Args[0], c.Args[1]
		fixed := a.Type.IsFixed()
		differ := compareOf(a.Type, notEqual)
		out := make([]int64, c.N)
		skip := c.mustSkip()
		for i := range out {
			if skip && c.Skip(i) {
				continue
			}
			an, bn := a.IsNull(i), b.IsNull(i)
			distinct := an != bn
			if !an && !bn {
				if fixed {
					distinct = differ(a.Fix[i], nil, b.Fix[i], nil)
				} else {
					distinct = differ(0, a.Bytes(i), 0, b.Bytes(i))
				}
			}
			out[i] = bit(distinct == want)
		}
		return col.NewFixed(types.Bool, out)
	}
}
