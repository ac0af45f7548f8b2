package builtin

import (
	"math"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// intervalSum is the sum of the three fields of intervals.
type intervalSum struct {
	months, days int64
	lo           uint64 // microseconds, 128 bits
	hi           int64
	n            int64
}

type intervalSums struct {
	slots[intervalSum]
	average bool
}

func newIntervalSum(average bool) func([]types.Type) Accumulators {
	return func([]types.Type) Accumulators { return &intervalSums{average: average} }
}

// Add implements Accumulators.
func (a *intervalSums) Add(slots []int32, args []*col.Vec, w []int32) {
	v := args[0]
	for i, s := range slots {
		if v.Nulls != nil && v.Nulls.Get(i) {
			continue
		}
		x, n, st := types.DecodeInterval(v.Bytes(i)), weight(w, i), &a.s[s]
		st.months += int64(x.Months) * n
		st.days += int64(x.Days) * n
		h, l := product128(x.Micros, n)
		st.hi, st.lo, _ = add128(st.hi, st.lo, h, l)
		st.n += n
	}
}

// Result implements Accumulators.
func (a *intervalSums) Result(slot int32, out *col.Builder) {
	st := &a.s[slot]
	if st.n == 0 {
		out.Null()
		return
	}
	sum, err := st.interval()
	if err == nil && a.average {
		sum, err = sum.Div(float64(st.n))
	}
	if err != nil {
		out.Err(err)
		return
	}
	out.Grow(sum.AppendStored)
}

func (s *intervalSum) interval() (types.IntervalValue, error) {
	fits := func(x int64) bool { return x >= math.MinInt32 && x <= math.MaxInt32 }
	if !fits(s.months) || !fits(s.days) || s.hi != int64(s.lo)>>63 {
		return types.IntervalValue{}, pgerr.New(pgerr.DatetimeFieldOverflow, "interval out of range")
	}
	return types.IntervalValue{Months: int32(s.months), Days: int32(s.days), Micros: int64(s.lo)}, nil
}

// AppendState implements Accumulators.
func (a *intervalSums) AppendState(dst []byte, slot int32) []byte {
	st := &a.s[slot]
	return appendWords(dst, uint64(st.months), uint64(st.days), st.lo, uint64(st.hi), uint64(st.n))
}

// LoadState implements Accumulators.
func (a *intervalSums) LoadState(slot int32, b []byte) ([]byte, error) {
	r := stateReader{b: b}
	a.s[slot] = intervalSum{r.int64(), r.int64(), r.uint64(), r.int64(), r.int64()}
	return r.rest()
}
