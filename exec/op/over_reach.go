package op

import "millrace/sql/builtin"

// reach is how far the results of an Over depend on other rows of the partition. A
// result depends on no row more than back rows before the group of peers of its own
// row, nor on one more than ahead rows behind it; except that
//
//   - whole: some result may depend on any row;
//   - counted: some results depend on the number, or the linear sum, of all rows before.
//     These are found by taking what is read from the partition's totals, so that only
//     the rows from the first change on are read.
type reach struct {
	whole, counted bool
	back, ahead    int64
}

// reachMax bounds the rows around a change that are worth looking for.
const reachMax = 1 << 20

func newReach(spec OverSpec) reach {
	all := reach{whole: spec.Unordered || len(spec.Order) == 0}
	for i := range spec.Calls {
		r := reachOf(&spec.Calls[i])
		all.whole = all.whole || r.whole || r.back > reachMax || r.ahead > reachMax
		all.counted = all.counted || r.counted
		all.back, all.ahead = max(all.back, r.back), max(all.ahead, r.ahead)
	}
	if all.whole {
		return reach{whole: true}
	}
	return all
}

func reachOf(c *WindowSpec) reach {
	if c.Func != nil && c.Func.Sight != builtin.SeesFrame {
		switch c.Func.Sight {
		case builtin.SeesBefore:
			return reach{counted: true}
		case builtin.SeesDistance:
			return reach{whole: c.Distance < 0, back: c.Distance, ahead: c.Distance}
		}
		return reach{whole: true}
	}
	if runs(c) {
		return reach{counted: true}
	}
	var r reach
	f := c.Frame
	r.bound(f.Mode, f.Start, c.StartOffset.I)
	r.bound(f.Mode, f.End, c.EndOffset.I)
	return r
}

func (r *reach) bound(mode builtin.FrameMode, kind builtin.FrameBound, offset int64) {
	switch {
	case kind == builtin.CurrentRow:
	case !kind.HasOffset() || mode != builtin.FrameRows:
		r.whole = true
	case kind == builtin.OffsetPreceding:
		r.back = max(r.back, offset)
	default:
		r.ahead = max(r.ahead, offset)
	}
}

// runs reports whether a call is a running aggregate: the sum, in the wide sense, of
// all rows up to the current one, from which rows can be taken away again.
func runs(c *WindowSpec) bool {
	f := c.Frame
	return c.Agg != nil && isLinear(c.Agg) && f.Start == builtin.UnboundedPreceding && f.End == builtin.CurrentRow
}

// isLinear reports whether rows can be taken away from the aggregate's accumulators.
func isLinear(a *builtin.Agg) bool { return a.New != nil && a.Extreme == 0 }
