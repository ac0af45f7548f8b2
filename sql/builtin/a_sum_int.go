package builtin

import (
	"math/bits"

	"millrace/sql/col"
	"millrace/sql/types"
)

// int128Sum is the sum of integers in 128 bits with the number of values.
type int128Sum struct {
	lo uint64
	hi int64
	n  int64
}

// intSums sums integers exactly: 128 bits hold 2^64 values of 64 bits.
type intSums struct {
	slots[int128Sum]
	result func(s *int128Sum, out *col.Builder)
}

// Add implements Accumulators.
func (a *intSums) Add(slots []int32, args []*col.Vec, w []int32) {
	v := args[0]
	if w == nil && v.Nulls == nil {
		a.addPlain(slots, v.Fix)
		return
	}
	for i, s := range slots {
		if v.Nulls != nil && v.Nulls.Get(i) {
			continue
		}
		n := weight(w, i)
		h, l := product128(v.Fix[i], n)
		st := &a.s[s]
		var carry uint64
		st.lo, carry = bits.Add64(st.lo, l, 0)
		st.hi += h + int64(carry)
		st.n += n
	}
}

// addPlain is the hot loop: no NULLs, all weights +1.
func (a *intSums) addPlain(slots []int32, fix []int64) {
	state := a.s
	fix = fix[:len(slots)]
	for i, s := range slots {
		x := fix[i]
		st := &state[s]
		lo := st.lo + uint64(x)
		_, carry := bits.Add64(st.lo, uint64(x), 0)
		st.lo = lo
		st.hi += x>>63 + int64(carry)
		st.n++
	}
}

// Result implements Accumulators.
func (a *intSums) Result(slot int32, out *col.Builder) {
	st := &a.s[slot]
	if st.n == 0 {
		out.Null()
		return
	}
	a.result(st, out)
}

// AppendState implements Accumulators.
func (a *intSums) AppendState(dst []byte, slot int32) []byte {
	st := &a.s[slot]
	return appendWords(dst, st.lo, uint64(st.hi), uint64(st.n))
}

// LoadState implements Accumulators.
func (a *intSums) LoadState(slot int32, b []byte) ([]byte, error) {
	r := stateReader{b: b}
	a.s[slot] = int128Sum{lo: r.uint64(), hi: r.int64(), n: r.int64()}
	return r.rest()
}

func (s *int128Sum) decimal() types.Decimal { return types.FromInt128(s.hi, s.lo, 0) }

func bigintResult(s *int128Sum, out *col.Builder) {
	if s.hi != int64(s.lo)>>63 {
		out.Err(outOfRange(types.Int8))
		return
	}
	out.Int(int64(s.lo))
}

func numericResult(s *int128Sum, out *col.Builder) { resultDecimal(out, s.decimal(), nil) }

func averageResult(s *int128Sum, out *col.Builder) {
	r, err := s.decimal().Div(types.FromInt64(s.n, 0))
	resultDecimal(out, r, err)
}

func resultDecimal(out *col.Builder, r types.Decimal, err error) {
	if err = putDecimal(out, r, err); err != nil {
		out.Err(err)
	}
}

func sumOfInts(result func(*int128Sum, *col.Builder)) func([]types.Type) Accumulators {
	return func([]types.Type) Accumulators { return &intSums{result: result} }
}
