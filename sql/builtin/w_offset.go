package builtin

import (
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

var offsetWindows = []WindowFunc{
	{
		Name: "lag", Args: list(types.AnyElement), Returns: types.AnyElement, Sight: SeesDistance, Eval: shifted(-1),
		Doc: "Value at the row before; NULL at the first row.",
	},
	{
		Name: "lag", Args: list(types.AnyElement, types.Int4), Returns: types.AnyElement, Sight: SeesDistance, Eval: shifted(-1),
		Doc: "Value so many rows before; NULL where there is no such row.",
	},
	{
		Name: "lag", Args: list(types.AnyElement, types.Int4, types.AnyElement), Returns: types.AnyElement, Sight: SeesDistance, Eval: shifted(-1),
		Doc: "Value so many rows before; the last argument where there is no such row.",
	},
	{
		Name: "lead", Args: list(types.AnyElement), Returns: types.AnyElement, Sight: SeesDistance, Eval: shifted(1),
		Doc: "Value at the row behind; NULL at the last row.",
	},
	{
		Name: "lead", Args: list(types.AnyElement, types.Int4), Returns: types.AnyElement, Sight: SeesDistance, Eval: shifted(1),
		Doc: "Value so many rows behind; NULL where there is no such row.",
	},
	{
		Name: "lead", Args: list(types.AnyElement, types.Int4, types.AnyElement), Returns: types.AnyElement, Sight: SeesDistance, Eval: shifted(1),
		Doc: "Value so many rows behind; the last argument where there is no such row.",
	},
	{
		Name: "first_value", Args: list(types.AnyElement), Returns: types.AnyElement, Sight: SeesFrame, Eval: firstOfFrame,
		Doc: "Value at the first row of the frame.",
	},
	{
		Name: "last_value", Args: list(types.AnyElement), Returns: types.AnyElement, Sight: SeesFrame, Eval: lastOfFrame,
		Doc: "Value at the last row of the frame.",
	},
	{
		Name: "nth_value", Args: list(types.AnyElement, types.Int4), Returns: types.AnyElement, Sight: SeesFrame, Eval: nthOfFrame,
		Doc: "Value at a row of the frame, counted from 1; NULL where there is no such row.",
	},
}

// shifted makes lag (sign -1) and lead (sign +1).
func shifted(sign int64) func(w *WindowRows, out *col.Builder) {
	return func(w *WindowRows, out *col.Builder) {
		for i := range w.N {
			by := int64(1)
			if len(w.Args) > 1 {
				if w.Args[1].IsNull(i) {
					out.Null()
					continue
				}
				by = w.Args[1].Fix[i]
			}
			switch at := int64(i) + sign*by; {
			case at >= 0 && at < int64(w.N):
				out.From(w.Args[0], int(at))
			case len(w.Args) > 2:
				out.From(w.Args[2], i)
			default:
				out.Null()
			}
		}
	}
}

// valueAt appends the value at a row, NULL for row -1.
func valueAt(w *WindowRows, row int, out *col.Builder) {
	if row < 0 {
		out.Null()
		return
	}
	out.From(w.Args[0], row)
}

func firstOfFrame(w *WindowRows, out *col.Builder) {
	for i := range w.N {
		valueAt(w, w.Frame(i).Nth(0), out)
	}
}

func lastOfFrame(w *WindowRows, out *col.Builder) {
	for i := range w.N {
		f := w.Frame(i)
		valueAt(w, f.Nth(f.Len()-1), out)
	}
}

func nthOfFrame(w *WindowRows, out *col.Builder) {
	for i := range w.N {
		switch n := w.Args[1]; {
		case n.IsNull(i):
			out.Null()
		case n.Fix[i] <= 0:
			out.Err(pgerr.New(pgerr.InvalidNthValueArgument, "argument of nth_value must be greater than zero"))
		default:
			valueAt(w, w.Frame(i).Nth(int(n.Fix[i])-1), out)
		}
	}
}
