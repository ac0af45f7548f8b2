package col

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"millrace/sql/types"
)

// testTypes has a type of each physical kind.
var testTypes = []types.Type{
	types.Bool, types.Int4, types.Int8, types.Float8, types.Numeric, types.Text, types.Bytea,
	types.Timestamptz, types.UUID, types.Interval, types.JSONB, types.ArrayOf(types.KindInt4),
	types.ArrayOf(types.KindText), types.Bpchar, types.Char,
}

// newRand returns a generator whose seed the test prints.
func newRand(t testing.TB) *rand.Rand {
	t.Helper()
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	return rand.New(rand.NewPCG(seed, 0))
}

// randomDatum returns a value in its stored form, from few enough that equal ones
// occur.
func randomDatum(t testing.TB, r *rand.Rand, ty types.Type) types.Datum {
	t.Helper()
	if r.IntN(6) == 0 {
		return types.Null
	}
	text := ""
	switch ty.Kind {
	case types.KindBool:
		return types.BoolDatum(r.IntN(2) == 0)
	case types.KindInt4, types.KindChar:
		return types.FixedDatum(int64(r.IntN(100)))
	case types.KindInt8, types.KindTimestamptz:
		return types.FixedDatum([]int64{0, 1, -1, math.MaxInt64, math.MinInt64, int64(r.Uint64())}[r.IntN(6)])
	case types.KindFloat8:
		return types.FloatDatum([]float64{0, math.Copysign(0, -1), 1.5, -2, math.NaN(), math.Inf(1), r.NormFloat64()}[r.IntN(7)])
	case types.KindNumeric:
		text = []string{"0", "1", "1.0", "1.00", "-3.5", "NaN", "1e30", "Infinity", "0.0001"}[r.IntN(9)]
	case types.KindText, types.KindBpchar:
		return types.BytesDatum([]string{"", "a", "a ", "b", "äöü", strings.Repeat("x", r.IntN(300))}[r.IntN(6)])
	case types.KindBytea:
		return types.BytesDatum([]string{"", "\x00", "\x00\x00", "\x00\xff", "\x01", "abc"}[r.IntN(6)])
	case types.KindUUID:
		text = fmt.Sprintf("00000000-0000-0000-0000-%012d", r.IntN(5))
	case types.KindInterval:
		text = []string{"1 mon", "30 days", "1 day", "24:00", "-1 day"}[r.IntN(5)]
	case types.KindJSONB:
		text = []string{"1", "1.0", "[]", `{"a": [1, "x"]}`, "null"}[r.IntN(5)]
	case types.KindArray:
		text = []string{"{}", "{1}", "{1,NULL}", "{{1},{2}}", "[0:1]={1,2}"}[r.IntN(5)]
	}
	d, err := types.ParseText(ty, text, nil)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func randomBatch(t testing.TB, r *rand.Rand, ts []types.Type, n int) *Batch {
	t.Helper()
	b := NewBatchBuilder(ts, n)
	for range n {
		row := make([]types.Datum, len(ts))
		for c, ty := range ts {
			row[c] = randomDatum(t, r, ty)
		}
		b.Row(int32(1+r.IntN(2)), row...)
	}
	return b.Batch()
}

func rowOf(b *Batch, i int) []types.Datum {
	row := make([]types.Datum, len(b.Cols))
	for c, v := range b.Cols {
		row[c] = v.Datum(i)
	}
	return row
}

// sameBatch compares values and weights exactly.
func sameBatch(t *testing.T, got, want *Batch) {
	t.Helper()
	if got.N != want.N || len(got.Cols) != len(want.Cols) {
		t.Fatalf("%d rows of %d columns, want %d of %d", got.N, len(got.Cols), want.N, len(want.Cols))
	}
	for i := range want.N {
		if !slices.Equal(rowOf(got, i), rowOf(want, i)) || got.Weight(i) != want.Weight(i) {
			t.Fatalf("row %d: %s weight %d, want %s weight %d",
				i, FormatRow(got, i), got.Weight(i), FormatRow(want, i), want.Weight(i))
		}
	}
}

func TestBuilderKeepsRows(t *testing.T) {
	r := newRand(t)
	b := randomBatch(t, r, testTypes, 200)
	again := NewBatchBuilder(testTypes, 0)
	for i := range b.N {
		again.From(b, i, b.Weight(i))
	}
	sameBatch(t, again.Batch(), b)
}

func TestSliceAndGatherAgree(t *testing.T) {
	r := newRand(t)
	b := randomBatch(t, r, testTypes, 300)
	for range 50 {
		from := r.IntN(b.N + 1)
		to := from + r.IntN(b.N-from+1)
		rows := make([]int32, 0, to-from)
		for i := from; i < to; i++ {
			rows = append(rows, int32(i))
		}
		sameBatch(t, b.Slice(from, to), b.Gather(rows))
	}
}

func TestSliceOfSlice(t *testing.T) {
	b := randomBatch(t, newRand(t), testTypes, 300)
	sameBatch(t, b.Slice(30, 250).Slice(40, 100), b.Slice(70, 130))
}

func TestConcatOfSlices(t *testing.T) {
	b := randomBatch(t, newRand(t), testTypes, 300)
	sameBatch(t, Concat(testTypes, b.Slice(0, 0), b.Slice(0, 77), b.Slice(77, 130), b.Slice(130, 300)), b)
}

func TestErrorsFollowRows(t *testing.T) {
	b := NewBuilder(types.Int4, 0)
	b.Int(1)
	b.Err(errors.New("bad"))
	b.Int(3)
	v := b.Vec()
	if v.Gather([]int32{2, 1}).Err(1) == nil || v.Slice(1, 3).Err(0) == nil || v.Slice(2, 3).Err(0) != nil {
		t.Error("errors do not follow their rows")
	}
	both := Concat([]types.Type{types.Int4}, NewBatch(v), NewBatch(v))
	if both.Cols[0].Err(1) == nil || both.Cols[0].Err(4) == nil || both.Cols[0].Err(3) != nil {
		t.Error("errors do not follow their rows through Concat")
	}
}

func TestConsolidate(t *testing.T) {
	build := func(rows ...string) *Batch {
		b := NewBatchBuilder([]types.Type{types.Numeric, types.Text}, 0)
		for _, row := range rows {
			sign, value, _ := strings.Cut(row, " ")
			d, err := types.ParseText(types.Numeric, value, nil)
			if err != nil {
				t.Fatal(err)
			}
			b.Row(map[string]int32{"+": 1, "-": -1, "++": 2}[sign], d, types.BytesDatum("x"))
		}
		return b.Batch()
	}
	got := Consolidate(build("+ 1.0", "+ 2", "- 1.00", "- 2", "++ 3", "+ 1.0", "+ 4"))
	want := build("+ 1.0", "- 1.00", "++ 3", "+ 4")
	want.W = []int32{2, -1, 2, 1}
	sameBatch(t, got, want)
	if empty := Consolidate(build("+ 1", "- 1")); empty.N != 0 {
		t.Errorf("%d rows left of none", empty.N)
	}
}

// TestConsolidateAgainstModel compares with sums kept in a map.
func TestConsolidateAgainstModel(t *testing.T) {
	r := newRand(t)
	b := randomBatch(t, r, []types.Type{types.Int4, types.Float8, types.Text}, 2000)
	b.W = make([]int32, b.N)
	sums := map[string]int64{}
	for i := range b.W {
		b.W[i] = int32(r.IntN(7) - 3)
		sums[string(AppendRow(nil, b.Cols, i))] += int64(b.W[i])
	}
	got := Consolidate(b)
	for i := range got.N {
		key := string(AppendRow(nil, got.Cols, i))
		if sums[key] != int64(got.Weight(i)) || got.Weight(i) == 0 {
			t.Fatalf("row %s: weight %d, want %d", FormatRow(got, i), got.Weight(i), sums[key])
		}
		delete(sums, key)
	}
	for key, w := range sums {
		if w != 0 {
			t.Fatalf("row %q of weight %d is missing", key, w)
		}
	}
}

func TestConsolidateSplitsHugeWeights(t *testing.T) {
	b := NewBatch(NewFixed(types.Int4, []int64{7, 7, 7}))
	b.W = []int32{math.MaxInt32, math.MaxInt32, 5}
	total := int64(0)
	got := Consolidate(b)
	for i := range got.N {
		total += int64(got.Weight(i))
	}
	if total != 2*math.MaxInt32+5 {
		t.Errorf("total weight %d", total)
	}
}

func TestExactRowsRoundTrip(t *testing.T) {
	r := newRand(t)
	b := randomBatch(t, r, testTypes, 300)
	var all []byte
	for i := range b.N {
		row := AppendRow(nil, b.Cols, i)
		if d := AppendRowDatums(nil, testTypes, rowOf(b, i)); !bytes.Equal(row, d) {
			t.Fatalf("row %d: %x from columns, %x from datums", i, row, d)
		}
		all = append(all, row...)
	}
	back := NewBatchBuilder(testTypes, 0)
	some := []*Builder{NewBuilder(testTypes[2], 0), NewBuilder(testTypes[5], 0)}
	for i := range b.N {
		row, rest, err := DecodeRowDatums(all, testTypes)
		if err != nil || !slices.Equal(row, rowOf(b, i)) {
			t.Fatalf("row %d: %v, %v", i, row, err)
		}
		if _, err = DecodeRowCols(all, testTypes, []int{2, 5}, some); err != nil {
			t.Fatal(err)
		}
		skipped, err := SkipRow(all, testTypes)
		if err != nil || len(skipped) != len(rest) {
			t.Fatalf("row %d: skipped to %d, want %d: %v", i, len(skipped), len(rest), err)
		}
		if all, err = DecodeRow(all, back.Cols); err != nil {
			t.Fatal(err)
		}
		back.EndRow(b.Weight(i))
	}
	got := back.Batch()
	sameBatch(t, got, b)
	sameBatch(t, &Batch{N: b.N, Cols: []*Vec{some[0].Vec(), some[1].Vec()}, W: b.W}, b.Project([]int{2, 5}))
}
