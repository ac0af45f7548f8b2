package builtin

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"millrace/sql/col"
	"millrace/sql/types"
)

// seed prints the seed of a random test, so that a failure can be repeated.
func seed(t *testing.T) *rand.Rand {
	t.Helper()
	s := uint64(time.Now().UnixNano())
	t.Logf("seed %d", s)
	return rand.New(rand.NewPCG(s, 1))
}

// randomValue returns a value of type t, often extreme, sometimes NULL.
func randomValue(r *rand.Rand, t types.Type) types.Datum {
	if r.IntN(8) == 0 {
		return types.Null
	}
	switch t.Kind {
	case types.KindBool:
		return types.FixedDatum(int64(r.IntN(2)))
	case types.KindInt2:
		return types.FixedDatum(int64(int16(r.Uint32())))
	case types.KindInt4:
		return types.FixedDatum(int64(int32(r.Uint32())))
	case types.KindInt8:
		return types.FixedDatum(int64(r.Uint64() >> r.IntN(64)))
	case types.KindFloat4:
		return types.FloatDatum(float64(float32(randomFloat(r, 30))))
	case types.KindFloat8:
		return types.FloatDatum(randomFloat(r, 300))
	case types.KindNumeric:
		return randomNumeric(r).Datum()
	case types.KindInterval:
		return types.IntervalValue{Months: int32(r.IntN(100)) - 50, Days: int32(r.IntN(1000)) - 500, Micros: int64(r.Uint64() >> 20)}.Datum()
	case types.KindText, types.KindBpchar, types.KindName:
		return types.BytesDatum(fmt.Sprintf("%0*x", r.IntN(6), r.IntN(1000)))
	}
	return types.FixedDatum(int64(r.IntN(1000)))
}

// randomFloat mixes magnitudes up to 10^exponent with infinities and NaN.
func randomFloat(r *rand.Rand, exponent int) float64 {
	switch r.IntN(40) {
	case 0:
		return math.NaN()
	case 1:
		return math.Inf(1)
	case 2:
		return math.Inf(-1)
	case 3, 4, 5:
		return (r.Float64() - 0.5) * math.Pow10(r.IntN(2*exponent)-exponent)
	}
	return math.Round((r.Float64()-0.5)*1e6) / 100
}

func randomNumeric(r *rand.Rand) types.Decimal {
	switch r.IntN(30) {
	case 0:
		return types.DecimalNaN
	case 1:
		return types.DecimalPosInf
	case 2, 3:
		d, _ := types.ParseDecimal(fmt.Sprintf("%d%d.%d", r.Int64(), r.Int64(), r.Int64()))
		return d
	}
	return types.FromInt64(int64(r.IntN(2_000_000))-1_000_000, r.IntN(4))
}

// linearAggs are the aggregates whose state undoes additions, for each type.
func linearAggs() []*Agg {
	var out []*Agg
	for _, a := range AllAggs() {
		if a.New != nil && a.Extreme == 0 {
			out = append(out, a)
		}
	}
	return out
}

func argsOf(a *Agg) []types.Type {
	out := slices.Clone(a.Args)
	for i, t := range out {
		switch t.Kind {
		case types.KindAny, types.KindAnyElement:
			out[i] = types.Int8
		case types.KindAnyArray:
			out[i] = types.ArrayOf(types.KindInt4)
		}
	}
	return out
}

// rows is a batch of one argument with weights and slots.
type rows struct {
	values  []types.Datum
	weights []int32
	slots   []int32
}

func (r rows) add(acc Accumulators, t types.Type) {
	b := col.NewBuilder(t, len(r.values))
	for _, d := range r.values {
		b.Datum(d)
	}
	acc.Add(r.slots, []*col.Vec{b.Vec()}, r.weights)
}

func resultOf(acc Accumulators, slot int32, t types.Type) string {
	b := col.NewBuilder(t, 1)
	acc.Result(slot, b)
	v := b.Vec()
	if err := v.Err(0); err != nil {
		return "error " + err.Error()
	}
	if v.IsNull(0) {
		return "NULL"
	}
	d := v.Datum(0)
	return string(types.AppendText(nil, t, d.I, []byte(d.S), nil))
}

// TestRetraction adds and removes random values in random order and compares with
// what adding the remaining values to nothing gives (I3). State is saved and loaded
// into other accumulators in between.
func TestRetraction(t *testing.T) {
	r := seed(t)
	const slots = 4
	for _, a := range linearAggs() {
		args := argsOf(a)
		argType := types.Int8
		if len(args) > 0 {
			argType = args[0]
		}
		t.Run(fmt.Sprintf("%s(%s)", a.Name, argType), func(t *testing.T) {
			for range 40 {
				acc := a.New(args)
				acc.Grow(slots)
				var live [slots][]types.Datum
				for step := range 30 {
					batch := randomBatch(r, argType, &live)
					batch.add(acc, argType)
					if step == 15 {
						acc = reloaded(t, a.New(args), acc, slots)
					}
				}
				for slot := range int32(slots) {
					fresh := a.New(args)
					fresh.Grow(1)
					for _, d := range live[slot] {
						rows{[]types.Datum{d}, nil, []int32{0}}.add(fresh, argType)
					}
					if got, want := resultOf(acc, slot, a.Returns), resultOf(fresh, 0, a.Returns); got != want {
						t.Fatalf("slot %d: %s, recomputed %s from %d values", slot, got, want, len(live[slot]))
					}
				}
			}
		})
	}
}

// randomBatch adds new values and removes some that are there.
func randomBatch(r *rand.Rand, t types.Type, live *[4][]types.Datum) rows {
	var b rows
	for range 1 + r.IntN(6) {
		slot := int32(r.IntN(len(live)))
		if n := len(live[slot]); n > 0 && r.IntN(5) < 2 {
			k := r.IntN(n)
			b.values, b.weights, b.slots = append(b.values, live[slot][k]), append(b.weights, -1), append(b.slots, slot)
			live[slot] = slices.Delete(live[slot], k, k+1)
			continue
		}
		d, w := randomValue(r, t), int32(1+r.IntN(3))
		for range w {
			live[slot] = append(live[slot], d)
		}
		b.values, b.weights, b.slots = append(b.values, d), append(b.weights, w), append(b.slots, slot)
	}
	return b
}

func reloaded(t *testing.T, into, from Accumulators, slots int) Accumulators {
	t.Helper()
	into.Grow(slots)
	var state []byte
	for slot := range int32(slots) {
		state = from.AppendState(state, slot)
	}
	for slot := range int32(slots) {
		rest, err := into.LoadState(slot, state)
		if err != nil {
			t.Fatal(err)
		}
		state = rest
	}
	if len(state) != 0 {
		t.Fatalf("%d bytes of state left", len(state))
	}
	return into
}

// TestStateCutShort loads every prefix of a state: an error, never a panic.
func TestStateCutShort(t *testing.T) {
	r := seed(t)
	for _, a := range AllAggs() {
		if a.New == nil {
			continue
		}
		args := argsOf(a)
		argType := types.Int8
		if len(args) > 0 {
			argType = args[0]
		}
		acc := a.New(args)
		acc.Grow(1)
		for range 20 {
			d := randomValue(r, argType)
			if argType.Kind == types.KindArray {
				d = types.ArrayDatum(types.Int4, []types.Datum{types.FixedDatum(1)})
			}
			rows{[]types.Datum{d}, nil, []int32{0}}.add(acc, argType)
		}
		state := acc.AppendState(nil, 0)
		for n := range state {
			into := a.New(args)
			into.Grow(1)
			if _, err := into.LoadState(0, state[:n]); err == nil {
				t.Fatalf("%s: %d of %d bytes loaded without error", a.Name, n, len(state))
			}
		}
	}
}

// TestExtremes compares min and max of append-only input with a walk over it.
func TestExtremes(t *testing.T) {
	r := seed(t)
	for _, a := range AllAggs() {
		if a.Extreme == 0 || a.Args[0].Kind == types.KindAnyArray {
			continue
		}
		argType := a.Args[0]
		acc := a.New(a.Args)
		acc.Grow(2)
		best := types.Null
		for i := range 500 {
			d := randomValue(r, argType)
			rows{[]types.Datum{d}, nil, []int32{1}}.add(acc, argType)
			if d.Set && (!best.Set || types.Compare(argType, d, best)*a.Extreme > 0) {
				best = d
			}
			if i == 250 {
				acc = reloaded(t, a.New(a.Args), acc, 2)
			}
		}
		want := string(types.AppendText(nil, argType, best.I, []byte(best.S), nil))
		if got := resultOf(acc, 1, argType); got != want {
			t.Errorf("%s(%s): %s, want %s", a.Name, argType, got, want)
		}
		if got := resultOf(acc, 0, argType); got != "NULL" {
			t.Errorf("%s(%s) of nothing: %s", a.Name, argType, got)
		}
	}
}

// TestReset empties slots that held everything a slot can hold.
func TestReset(t *testing.T) {
	r := seed(t)
	for _, a := range linearAggs() {
		args := argsOf(a)
		if len(args) == 0 {
			continue
		}
		acc := a.New(args)
		acc.Grow(1)
		empty := resultOf(acc, 0, a.Returns)
		for range 50 {
			rows{[]types.Datum{randomValue(r, args[0])}, nil, []int32{0}}.add(acc, args[0])
		}
		acc.Reset(0)
		if got := resultOf(acc, 0, a.Returns); got != empty {
			t.Errorf("%s(%s) after reset: %s", a.Name, args[0], got)
		}
	}
}
