package builtin

import (
	"math"
	"math/big"
	"testing"

	"millrace/sql/types"
)

// TestExactSums compares with rational arithmetic over the whole range of floats.
func TestExactSums(t *testing.T) {
	r := seed(t)
	for range 400 {
		var sums, squares exactSums
		sums.Grow(1)
		squares.Grow(1)
		want, wantSquares := new(big.Rat), new(big.Rat)
		spread := 1 + r.IntN(600)
		for range 1 + r.IntN(40) {
			x := math.Ldexp(r.Float64()-0.5, r.IntN(2*spread)-spread)
			if r.IntN(30) == 0 {
				x = math.SmallestNonzeroFloat64
			}
			w := int64(r.IntN(7)) - 3
			sums.add(0, floatTerm(x, w, false))
			squares.add(0, floatTerm(x, w, true))
			q := new(big.Rat).SetFloat64(x)
			want.Add(want, new(big.Rat).Mul(q, big.NewRat(w, 1)))
			wantSquares.Add(wantSquares, new(big.Rat).Mul(new(big.Rat).Mul(q, q), big.NewRat(w, 1)))
		}
		for _, c := range []struct {
			got  *exactSums
			want *big.Rat
		}{{&sums, want}, {&squares, wantSquares}} {
			f, _ := c.want.Float64()
			if got := c.got.float(0); got != f {
				t.Fatalf("sum %v, want %v (mode %d)", got, f, c.got.s[0].mode)
			}
		}
	}
}

// TestExactSumsLargest adds the extremes of the range, with the largest weights.
func TestExactSumsLargest(t *testing.T) {
	var a exactSums
	a.Grow(1)
	for range 1000 {
		a.add(0, floatTerm(math.MaxFloat64, math.MaxInt32, true))
		a.add(0, floatTerm(math.SmallestNonzeroFloat64, math.MaxInt32, true))
	}
	for range 1000 {
		a.add(0, floatTerm(math.MaxFloat64, -math.MaxInt32, true))
	}
	if n, exp := a.int(0); n.Cmp(big.NewInt(1000*math.MaxInt32)) != 0 || exp != wideBase {
		t.Fatalf("left %v * 2^%d", n, exp)
	}
}

func TestProduct128(t *testing.T) {
	r := seed(t)
	for range 1000 {
		x, w := int64(r.Uint64()), int64(int32(r.Uint32()))
		hi, lo := product128(x, w)
		got := new(big.Int).Lsh(big.NewInt(hi), 64)
		got.Add(got, new(big.Int).SetUint64(lo))
		if want := new(big.Int).Mul(big.NewInt(x), big.NewInt(w)); got.Cmp(want) != 0 {
			t.Fatalf("%d * %d = %v", x, w, got)
		}
		y := int64(r.Uint64() >> r.IntN(64))
		p, ok := mulChecked(x, y)
		want := new(big.Int).Mul(big.NewInt(x), big.NewInt(y))
		if ok != want.IsInt64() || ok && p != want.Int64() {
			t.Fatalf("%d * %d = %d %v", x, y, p, ok)
		}
	}
}

// TestExactSumsSpecialAmongLarge has an infinity behind values of nearly its size.
func TestExactSumsSpecialAmongLarge(t *testing.T) {
	acc := newFloatSum(false)([]types.Type{types.Float8})
	acc.Grow(1)
	for _, x := range []float64{1e308, 2e307, math.Inf(1)} {
		rows{[]types.Datum{types.FloatDatum(x)}, nil, []int32{0}}.add(acc, types.Float8)
	}
	if got := resultOf(acc, 0, types.Float8); got != "Infinity" {
		t.Fatal(got)
	}
	rows{[]types.Datum{types.FloatDatum(math.Inf(1))}, []int32{-1}, []int32{0}}.add(acc, types.Float8)
	if got := resultOf(acc, 0, types.Float8); got != "1.2e+308" {
		t.Fatal(got)
	}
}
