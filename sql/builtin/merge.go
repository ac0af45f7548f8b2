package builtin

import (
	"math/bits"

	"millrace/sql/col"
	"millrace/sql/types"
)

// Merger is implemented by accumulators whose groups can be made one: windows and
// sessions that grow together.
type Merger interface {
	Accumulators
	// Merge adds what slot from has seen to slot into; from stays as it is.
	Merge(into, from int32)
}

// CanMerge reports whether the accumulators of an aggregate over arguments of these
// types are a Merger.
func (a *Agg) CanMerge(args []types.Type) bool {
	if a.New == nil {
		return false
	}
	_, ok := a.New(args).(Merger)
	return ok
}

// Merge implements Merger.
func (a *rowCount) Merge(into, from int32) { a.s[into] += a.s[from] }

// Merge implements Merger.
func (a *boolCounts) Merge(into, from int32) {
	a.s[into].yes += a.s[from].yes
	a.s[into].no += a.s[from].no
}

// Merge implements Merger.
func (a *intSums) Merge(into, from int32) {
	x, y := &a.s[into], &a.s[from]
	var carry uint64
	x.lo, carry = bits.Add64(x.lo, y.lo, 0)
	x.hi += y.hi + int64(carry)
	x.n += y.n
}

// Merge implements Merger.
func (a *wordExtremes) Merge(into, from int32) {
	if y := a.s[from]; y.has {
		if x := &a.s[into]; !x.has || (y.value > x.value) == (a.sign > 0) {
			*x = y
		}
	}
}

// Merge implements Merger.
func (a *floatExtremes) Merge(into, from int32) { mergeResult(a, types.Float8, into, from) }

// Merge implements Merger.
func (a *bytesExtremes) Merge(into, from int32) { mergeResult(a, a.t, into, from) }

// mergeResult merges accumulators for which a result counts like the values behind it.
func mergeResult(a Accumulators, t types.Type, into, from int32) {
	out := col.NewBuilder(t, 1)
	a.Result(from, out)
	a.Add([]int32{into}, []*col.Vec{out.Vec()}, nil)
}
