package builtin

import (
	"math"
	"math/big"
	"math/bits"

	"millrace/sql/col"
	"millrace/sql/types"
)

// spread says which of the variance family is wanted.
type spread struct{ sample, root bool }

var statAggs = makeStatAggs()

func makeStatAggs() []Agg {
	names := []struct {
		name, doc, result string
		spread            spread
	}{
		{"stddev", "Standard deviation of a sample; NULL of fewer than two values.", "2", spread{true, true}},
		{"stddev_samp", "Standard deviation of a sample; NULL of fewer than two values.", "2", spread{true, true}},
		{"stddev_pop", "Standard deviation of a population; NULL of none.", "1.6329931618554521", spread{false, true}},
		{"variance", "Variance of a sample; NULL of fewer than two values.", "4", spread{true, false}},
		{"var_samp", "Variance of a sample; NULL of fewer than two values.", "4", spread{true, false}},
		{"var_pop", "Variance of a population; NULL of none.", "2.6666666666666667", spread{false, false}},
	}
	var out []Agg
	for _, s := range names {
		for _, t := range []types.Type{types.Int2, types.Int4, types.Int8, types.Numeric, types.Float4, types.Float8} {
			a := Agg{
				Name: s.name, Args: list(t), Returns: types.Numeric, Doc: s.doc,
				Example: s.name + "(x::" + t.InternalName() + ") of (2), (4), (6) = " + s.result,
			}
			kind := s.spread
			switch {
			case t.IsFloat():
				a.Returns = types.Float8
				a.Example = "round(" + s.name + "(x::" + t.InternalName() + ")::numeric, 6) of (2), (4), (6) = round(" + s.result + ", 6)"
				a.New = func([]types.Type) Accumulators { return newFloatSpread(kind) }
			case t.IsInteger():
				a.New = func([]types.Type) Accumulators { return &intSpreads{spread: kind} }
			default:
				a.Collect = collectSpread(kind)
			}
			out = append(out, a)
		}
	}
	return out
}

// intSpread holds the number, the sum and the sum of squares of integers.
type intSpread struct {
	sum     int128Sum
	squares [3]uint64
}

type intSpreads struct {
	slots[intSpread]
	spread spread
}

// Add implements Accumulators.
func (a *intSpreads) Add(slots []int32, args []*col.Vec, w []int32) {
	v := args[0]
	for i, s := range slots {
		if v.IsNull(i) {
			continue
		}
		x, n, st := v.Fix[i], weight(w, i), &a.s[s]
		h, l := product128(x, n)
		st.sum.hi, st.sum.lo, _ = add128(st.sum.hi, st.sum.lo, h, l)
		st.sum.n += n
		addShifted(st.squares[:], squareTerm(x, n), 0)
	}
}

// squareTerm is x * x * w.
func squareTerm(x, w int64) term {
	magnitude, count := uint64(max(x, -x)), uint64(max(w, -w))
	t := term{neg: w < 0}
	hi, lo := bits.Mul64(magnitude, magnitude)
	var carried, carry uint64
	carried, t.words[0] = bits.Mul64(lo, count)
	t.words[2], t.words[1] = bits.Mul64(hi, count)
	t.words[1], carry = bits.Add64(t.words[1], carried, 0)
	t.words[2] += carry
	return t
}

// Result implements Accumulators.
func (a *intSpreads) Result(slot int32, out *col.Builder) {
	st := &a.s[slot]
	squares := new(big.Int)
	for k := 2; k >= 0; k-- {
		squares.Or(squares.Lsh(squares, 64), new(big.Int).SetUint64(st.squares[k]))
	}
	d, ok, err := a.spread.decimal(st.sum.n, st.sum.decimal(), types.FromBig(squares, 0))
	if !ok {
		out.Null()
		return
	}
	resultDecimal(out, d, err)
}

// AppendState implements Accumulators.
func (a *intSpreads) AppendState(dst []byte, slot int32) []byte {
	st := &a.s[slot]
	dst = appendWords(dst, st.sum.lo, uint64(st.sum.hi), uint64(st.sum.n))
	return appendWords(dst, st.squares[:]...)
}

// LoadState implements Accumulators.
func (a *intSpreads) LoadState(slot int32, b []byte) ([]byte, error) {
	r := stateReader{b: b}
	st := &a.s[slot]
	st.sum = int128Sum{lo: r.uint64(), hi: r.int64(), n: r.int64()}
	st.squares = [3]uint64{r.uint64(), r.uint64(), r.uint64()}
	return r.rest()
}

// decimal computes the result from n, the sum and the sum of squares; ok is false
// where it is NULL.
func (k spread) decimal(n int64, sum, squares types.Decimal) (r types.Decimal, ok bool, err error) {
	if n == 0 || k.sample && n == 1 {
		return r, false, nil
	}
	if isSpecial(sum) || isSpecial(squares) {
		return types.FromFloat(math.NaN(), 64), true, nil
	}
	count := types.FromInt64(n, 0)
	numerator := count.Mul(squares).Sub(sum.Mul(sum))
	if numerator.Sign() <= 0 {
		return types.FromInt64(0, 0), true, nil
	}
	divisor := count.Mul(count)
	if k.sample {
		divisor = count.Mul(types.FromInt64(n-1, 0))
	}
	variance, err := numerator.Div(divisor)
	if err != nil || !k.root {
		return variance, true, err
	}
	return rootAt(variance, variance.Scale()), true, nil
}

// rootAt returns the square root of a positive d with the given number of decimals.
// It is taken with one more, whose digit alone decides the rounding.
func rootAt(d types.Decimal, scale int) types.Decimal {
	n := new(big.Int).Mul(d.Coefficient(), pow10(int64(2*(scale+1)-d.Scale())))
	return types.FromBig(n.Sqrt(n), scale+1).Round(scale)
}

// collectSpread computes the variance of numerics.
func collectSpread(k spread) func(*Collected) (types.Datum, error) {
	return func(c *Collected) (types.Datum, error) {
		var sum, squares types.Decimal
		n := int64(0)
		for i := range c.N {
			if c.Args[0].IsNull(i) {
				continue
			}
			x := types.DecodeDecimal(c.Args[0].Bytes(i))
			sum, squares = sum.Add(x), squares.Add(x.Mul(x))
			n++
		}
		d, ok, err := k.decimal(n, sum, squares)
		if err == nil {
			d, err = d.Checked()
		}
		if !ok || err != nil {
			return types.Null, err
		}
		return d.Datum(), nil
	}
}

// floatSpreads holds the number and the exact sums of floats and of their squares.
type floatSpreads struct {
	sums, squares exactSums
	counts        slots[int64]
	special       specialCounts
	spread        spread
}

func newFloatSpread(k spread) *floatSpreads {
	return &floatSpreads{special: specialCounts{}, spread: k}
}

// Grow implements Accumulators.
func (a *floatSpreads) Grow(n int) {
	a.sums.Grow(n)
	a.squares.Grow(n)
	a.counts.Grow(n)
}

// Add implements Accumulators.
func (a *floatSpreads) Add(slots []int32, args []*col.Vec, w []int32) {
	v := args[0]
	for i, s := range slots {
		if v.IsNull(i) {
			continue
		}
		x, n := v.Float(i), weight(w, i)
		a.counts.s[s] += n
		if x-x != 0 {
			a.special.add(s, x, n)
			continue
		}
		if n != 1 || !a.sums.addSmall(s, x) {
			a.sums.add(s, floatTerm(x, n, false))
		}
		a.squares.add(s, floatTerm(x, n, true))
	}
}

// Result implements Accumulators.
func (a *floatSpreads) Result(slot int32, out *col.Builder) {
	n := a.counts.s[slot]
	switch {
	case n == 0 || a.spread.sample && n == 1:
		out.Null()
		return
	case a.special[slot] != specials{}:
		out.Float(math.NaN())
		return
	}
	x := a.variance(slot, n)
	if a.spread.root {
		x = math.Sqrt(x)
	}
	if math.IsInf(x, 0) {
		out.Err(errFloatOverflow)
		return
	}
	out.Float(x)
}

// variance is (n * squares - sum * sum) / divisor, computed without rounding up to
// the division.
func (a *floatSpreads) variance(slot int32, n int64) float64 {
	sum, sumExp := a.sums.int(slot)
	squares, squaresExp := a.squares.int(slot)
	sum.Mul(sum, sum)
	sumExp *= 2
	squares.Mul(squares, big.NewInt(n))
	if sumExp > squaresExp {
		sum.Lsh(sum, uint(sumExp-squaresExp))
	} else {
		squares.Lsh(squares, uint(squaresExp-sumExp))
		squaresExp = sumExp
	}
	numerator := squares.Sub(squares, sum)
	if numerator.Sign() <= 0 {
		return 0
	}
	divisor := new(big.Int).Mul(big.NewInt(n), big.NewInt(n))
	if a.spread.sample {
		divisor.Mul(big.NewInt(n), big.NewInt(n-1))
	}
	f := new(big.Float).SetInt(numerator)
	f.SetMantExp(f, squaresExp)
	q := new(big.Float).SetPrec(max(f.Prec(), 128)).Quo(f, new(big.Float).SetInt(divisor))
	r, _ := q.Float64()
	return r
}

// Reset implements Accumulators.
func (a *floatSpreads) Reset(slot int32) {
	a.sums.Reset(slot)
	a.squares.Reset(slot)
	a.counts.Reset(slot)
	delete(a.special, slot)
}

// MemBytes implements Accumulators.
func (a *floatSpreads) MemBytes() int64 {
	return a.sums.MemBytes() + a.squares.MemBytes() + a.counts.MemBytes() + int64(len(a.special))*specialBytes
}

// AppendState implements Accumulators.
func (a *floatSpreads) AppendState(dst []byte, slot int32) []byte {
	s := a.special[slot]
	dst = appendWords(dst, uint64(a.counts.s[slot]), uint64(s.nan), uint64(s.posInf), uint64(s.negInf))
	return a.squares.appendState(a.sums.appendState(dst, slot), slot)
}

// LoadState implements Accumulators.
func (a *floatSpreads) LoadState(slot int32, b []byte) ([]byte, error) {
	r := stateReader{b: b}
	a.counts.s[slot] = r.int64()
	a.special.put(slot, specials{r.int64(), r.int64(), r.int64()})
	a.sums.loadState(slot, &r)
	a.squares.loadState(slot, &r)
	return r.rest()
}
