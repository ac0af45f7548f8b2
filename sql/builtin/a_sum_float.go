package builtin

import (
	"math"

	"millrace/sql/col"
	"millrace/sql/types"
)

// specials counts the values of a slot that are no finite numbers.
type specials struct{ nan, posInf, negInf int64 }

// specialCounts holds the slots that have such values; there are few.
type specialCounts map[int32]specials

// specialBytes is what an entry of the map is accounted with.
const specialBytes = 48

func (m specialCounts) add(slot int32, x float64, w int64) {
	s := m[slot]
	switch {
	case math.IsNaN(x):
		s.nan += w
	case x > 0:
		s.posInf += w
	default:
		s.negInf += w
	}
	m.put(slot, s)
}

func (m specialCounts) put(slot int32, s specials) {
	if s == (specials{}) {
		delete(m, slot)
	} else {
		m[slot] = s
	}
}

// value returns the sum when special values decide it.
func (s specials) value() (float64, bool) {
	switch {
	case s.nan != 0 || s.posInf != 0 && s.negInf != 0:
		return math.NaN(), true
	case s.posInf != 0:
		return math.Inf(1), true
	case s.negInf != 0:
		return math.Inf(-1), true
	}
	return 0, false
}

// floatSums sums floats exactly and rounds once, in Result: the result is that of
// adding the remaining values to nothing, whatever was added and retracted before.
type floatSums struct {
	sums    exactSums
	counts  slots[int64]
	special specialCounts
	average bool
	single  bool // the result is a float4
}

func newFloatSum(average bool) func(args []types.Type) Accumulators {
	return func(args []types.Type) Accumulators {
		single := args[0].Kind == types.KindFloat4 && !average
		return &floatSums{special: specialCounts{}, average: average, single: single}
	}
}

// Grow implements Accumulators.
func (a *floatSums) Grow(n int) {
	a.sums.Grow(n)
	a.counts.Grow(n)
}

// Add implements Accumulators.
func (a *floatSums) Add(slots []int32, args []*col.Vec, w []int32) {
	v := args[0]
	for i, s := range slots {
		if v.Nulls != nil && v.Nulls.Get(i) {
			continue
		}
		x, n := v.Float(i), weight(w, i)
		a.counts.s[s] += n
		if (n == 1 || n == -1) && a.sums.addSmall(s, x*float64(n)) {
			continue
		}
		if x-x != 0 {
			a.special.add(s, x, n)
			continue
		}
		a.sums.add(s, floatTerm(x, n, false))
	}
}

// Result implements Accumulators.
func (a *floatSums) Result(slot int32, out *col.Builder) {
	n := a.counts.s[slot]
	if n == 0 {
		out.Null()
		return
	}
	x, special := a.special[slot].value()
	if !special {
		x = a.sums.float(slot)
	}
	if a.single {
		x = float64(float32(x))
	}
	if math.IsInf(x, 0) && !special {
		out.Err(errFloatOverflow)
		return
	}
	if a.average {
		x /= float64(n)
	}
	out.Float(x)
}

// Reset implements Accumulators.
func (a *floatSums) Reset(slot int32) {
	a.sums.Reset(slot)
	a.counts.Reset(slot)
	delete(a.special, slot)
}

// AppendState implements Accumulators.
func (a *floatSums) AppendState(dst []byte, slot int32) []byte {
	s := a.special[slot]
	dst = appendWords(dst, uint64(a.counts.s[slot]), uint64(s.nan), uint64(s.posInf), uint64(s.negInf))
	return a.sums.appendState(dst, slot)
}

// LoadState implements Accumulators.
func (a *floatSums) LoadState(slot int32, b []byte) ([]byte, error) {
	r := stateReader{b: b}
	a.counts.s[slot] = r.int64()
	a.special.put(slot, specials{r.int64(), r.int64(), r.int64()})
	a.sums.loadState(slot, &r)
	return r.rest()
}

// MemBytes implements Accumulators.
func (a *floatSums) MemBytes() int64 {
	return a.sums.MemBytes() + a.counts.MemBytes() + int64(len(a.special))*specialBytes
}
