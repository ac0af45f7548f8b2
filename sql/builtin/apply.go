package builtin

import (
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// Apply evaluates f over the call's arguments and adds the handling of NULL and of
// failed arguments that all functions share (I2): for a strict function a NULL
// argument makes the row NULL; a failed argument makes the row fail, whatever the
// other arguments are. c.Nulls is filled in here. Constant arguments (c.Const) of
// functions without Scalars must have been widened to full vectors before.
func Apply(f *Func, c *Call) *col.Vec {
	if c.Env == nil {
		c.Env = &Env{}
	}
	if c.Memo == nil {
		c.Memo = new(any)
	}
	c.Nulls = nil
	if !f.NotStrict {
		nulls, all := unionNulls(c)
		c.Nulls = nulls
		if all {
			return withErrors(c, allNull(c.Result, c.N))
		}
	}
	out := f.Kernel(c)
	if out.N != c.N {
		panic(pgerr.Bug("%s returned %d rows for %d", f.Name, out.N, c.N))
	}
	if c.Nulls != nil {
		out = blankRows(out, c.Nulls)
	}
	return withErrors(c, out)
}

// unionNulls returns the NULL rows of all arguments; all is set when a constant
// argument is NULL.
func unionNulls(c *Call) (nulls col.Bitmap, all bool) {
	for k, a := range c.Args {
		if a.Nulls == nil {
			continue
		}
		if k < 64 && c.Const&(1<<uint(k)) != 0 {
			all = all || a.IsNull(0)
			continue
		}
		nulls = nulls.Or(a.Nulls)
	}
	if !nulls.Any() {
		nulls = nil
	}
	return nulls, all
}

func allNull(t types.Type, n int) *col.Vec { return col.Const(t, types.Null, n) }

// blankRows makes the rows of nulls NULL and empty. Kernels may share memory with
// their arguments, so nothing is changed in place that others could see.
func blankRows(v *col.Vec, nulls col.Bitmap) *col.Vec {
	out := *v
	out.Nulls = v.Nulls.Or(nulls)
	if v.Errs != nil {
		out.Errs = nil
		for i, err := range v.Errs {
			if !nulls.Get(i) {
				out.SetErr(i, err)
			}
		}
	}
	if out.Type.IsFixed() {
		out.Fix = zeroed(v.Fix, nulls)
		return &out
	}
	for i := range v.N {
		if nulls.Get(i) && v.Off[i] != v.Off[i+1] {
			return rebuild(&out)
		}
	}
	return &out
}

func zeroed(fix []int64, nulls col.Bitmap) []int64 {
	out := fix
	copied := false
	for w, bits := range nulls {
		if bits == 0 {
			continue
		}
		for i := w * 64; i < min(w*64+64, len(fix)); i++ {
			if out[i] == 0 || bits&(1<<uint(i&63)) == 0 {
				continue
			}
			if !copied {
				out, copied = append([]int64(nil), fix...), true
			}
			out[i] = 0
		}
	}
	return out
}

func rebuild(v *col.Vec) *col.Vec {
	b := col.NewBuilder(v.Type, v.N)
	for i := range v.N {
		b.From(v, i)
	}
	return b.Vec()
}

// withErrors makes the rows fail whose arguments failed, unless f is one of the few
// that decide themselves: those put no error of an argument into Skip rows.
func withErrors(c *Call, v *col.Vec) *col.Vec {
	hasErrs := v.Errs != nil
	for _, a := range c.Args {
		hasErrs = hasErrs || a.Errs != nil
	}
	if !hasErrs {
		return v
	}
	out := *v
	out.Errs = nil
	for i, err := range v.Errs {
		out.SetErr(i, err)
	}
	for k, a := range c.Args {
		spreadErrors(c, k, a, &out)
	}
	if out.Nulls != nil {
		out.Nulls = append(col.Bitmap(nil), out.Nulls...)
		for i := range out.Errs {
			out.Nulls.Clear(i)
		}
	}
	return &out
}

func spreadErrors(c *Call, k int, a, out *col.Vec) {
	if k < 64 && c.Const&(1<<uint(k)) != 0 {
		if err := a.Err(0); err != nil {
			for i := range c.N {
				out.SetErr(i, err)
			}
		}
		return
	}
	for i, err := range a.Errs {
		// The arguments are evaluated left to right: an earlier one's error wins
		// over a later one's and over the function's own.
		if _, taken := out.Errs[i]; !taken {
			out.SetErr(i, err)
		}
	}
}

// Invoke evaluates f once, for constants.
func Invoke(env *Env, f *Func, args []types.Datum, ts []types.Type, result types.Type) (types.Datum, error) {
	c := &Call{Env: env, N: 1, Result: result, Types: ts, Args: make([]*col.Vec, len(args))}
	for k, d := range args {
		c.Args[k] = col.Const(ts[k], d, 1)
	}
	v := Apply(f, c)
	if err := v.Err(0); err != nil {
		return types.Null, err
	}
	return v.Datum(0), nil
}
