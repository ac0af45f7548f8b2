package col

import (
	"encoding/hex"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"millrace/sql/pgerr"
	"millrace/sql/types"
)

func TestEncodeRoundTrip(t *testing.T) {
	r := newRand(t)
	for _, n := range []int{0, 1, 2, 3, 64, 65, 1000} {
		b := randomBatch(t, r, testTypes, n)
		if n == 65 {
			b.W = nil
		}
		data := Encode(nil, b)
		got, err := Decode(data, testTypes, nil)
		if err != nil {
			t.Fatalf("%d rows: %v", n, err)
		}
		sameBatch(t, got, b)
		want := []int{11, 0, 5}
		some, err := Decode(data, testTypes, want)
		if err != nil {
			t.Fatal(err)
		}
		sameBatch(t, some, b.Project(want))
	}
}

// TestEncodeSlice checks columns whose offsets do not begin at 0.
func TestEncodeSlice(t *testing.T) {
	b := randomBatch(t, newRand(t), testTypes, 300).Slice(70, 201)
	got, err := Decode(Encode(nil, b), testTypes, nil)
	if err != nil {
		t.Fatal(err)
	}
	sameBatch(t, got, b)
}

// TestEncodeLayouts drives every layout of a fixed column to its limits.
func TestEncodeLayouts(t *testing.T) {
	const big = int64(1) << 62
	for name, words := range map[string][]int64{
		"const":      {7, 7, 7, 7},
		"one":        {-big},
		"byte":       {10, 265, 11, 90},
		"short":      {-100, 65435, 0, 9},
		"int":        {-5, 1<<32 - 6, 9, 0},
		"words":      {-big, big, 0, 1},
		"ascending":  {1000, 2000, 3001, 4000},
		"equal step": {5, 10, 15, 20, 25},
		"far":        {-big, -big + 1, -big + 3},
		"wrap":       {1<<63 - 1, -1 << 63, 1<<63 - 1},
		"descending": {big, big - 70000, big - 140000},
	} {
		b := NewBatch(NewFixed(types.Int8, words))
		got, err := Decode(Encode(nil, b), []types.Type{types.Int8}, nil)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		t.Run(name, func(t *testing.T) { sameBatch(t, got, b) })
	}
}

func TestEncodeCompresses(t *testing.T) {
	b := NewBuilder(types.Text, 0)
	for i := range 1000 {
		b.Str("a fairly long and repetitive value " + strings.Repeat("y", i%3))
	}
	batch := NewBatch(b.Vec())
	data := Encode(nil, batch)
	if len(data) > 10000 {
		t.Errorf("%d bytes", len(data))
	}
	got, err := Decode(data, []types.Type{types.Text}, nil)
	if err != nil {
		t.Fatal(err)
	}
	sameBatch(t, got, batch)
}

func TestDecodeOlderSchema(t *testing.T) {
	b := NewBatch(NewFixed(types.Int8, []int64{1, 2, 3}))
	got, err := Decode(Encode(nil, b), []types.Type{types.Int8, types.Text, types.Int4}, []int{2, 0, 1})
	if err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		if !got.Cols[0].IsNull(i) || got.Cols[1].Int(i) != int64(i+1) || !got.Cols[2].IsNull(i) {
			t.Errorf("row %d: %s", i, FormatRow(got, i))
		}
	}
	fewer, err := Decode(Encode(nil, got), []types.Type{types.Int4, types.Int8}, nil)
	if err != nil || fewer.Cols[1].Int(2) != 3 {
		t.Errorf("a schema with fewer columns: %v", err)
	}
}

// TestDecodeDamage flips and cuts bytes: the result is an error or a batch of the
// right shape, never a panic, and little memory.
func TestDecodeDamage(t *testing.T) {
	r := newRand(t)
	data := Encode(nil, randomBatch(t, r, testTypes, 100))
	for range 3000 {
		bad := append([]byte(nil), data...)
		for range 1 + r.IntN(3) {
			bad[r.IntN(len(bad))] = byte(r.Uint32())
		}
		if r.IntN(3) == 0 {
			bad = bad[:r.IntN(len(bad))]
		}
		checkDecode(t, bad)
	}
}

func checkDecode(t *testing.T, data []byte) {
	t.Helper()
	b, err := Decode(data, testTypes, nil)
	if err != nil {
		if pgerr.Code(err) != pgerr.DataCorrupted {
			t.Fatalf("%v", err)
		}
		return
	}
	for c, v := range b.Cols {
		if v.N != b.N || (v.Type.IsFixed() && len(v.Fix) != b.N) || (!v.Type.IsFixed() && len(v.Off) != b.N+1) {
			t.Fatalf("column %d has not %d rows", c, b.N)
		}
	}
	for i := range min(b.N, 100) {
		FormatRow(b, i)
		AppendKey(nil, b.Cols, i)
	}
}

// TestGolden holds the byte form fixed; FORMAT.md describes it.
func TestGolden(t *testing.T) {
	golden := map[string]string{}
	data, err := os.ReadFile(filepath.Join("testdata", "golden.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		name, want, _ := strings.Cut(line, " ")
		golden[name] = want
	}
	for name, got := range goldenForms(t) {
		if text := hex.EncodeToString(got); text != golden[name] {
			t.Errorf("%s\n got %s\nwant %s", name, text, golden[name])
		}
	}
	if len(golden) != len(goldenForms(t)) {
		t.Errorf("%d golden forms, want %d", len(golden), len(goldenForms(t)))
	}
}

func goldenForms(t *testing.T) map[string][]byte {
	ts := []types.Type{types.Bool, types.Int8, types.Float8, types.Numeric, types.Text}
	text := func(ty types.Type, s string) types.Datum {
		d, err := types.ParseText(ty, s, nil)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	row := []types.Datum{text(types.Bool, "t"), text(types.Int8, "-300"), text(types.Float8, "1.5"), text(types.Numeric, "-12.50"), types.BytesDatum("a\x00b")}
	nulls := make([]types.Datum, len(ts))
	b := NewBatchBuilder(ts, 0)
	b.Row(1, row...)
	b.Row(1, nulls...)
	b.Row(-1, row...)
	return map[string][]byte{
		"row":       AppendRowDatums(nil, ts, row),
		"row-nulls": AppendRowDatums(nil, ts, nulls),
		"key":       AppendKeyDatums(nil, ts, row),
		"key-nulls": AppendKeyDatums(nil, ts, nulls),
		"batch":     Encode(nil, b.Batch()),
	}
}

// TestDecodeAllocatesLittle bounds what a short hostile header can make us take.
func TestDecodeAllocatesLittle(t *testing.T) {
	hostile := []byte{batchVersion, 0, 0xff, 0xff, 0xff, 0xff, 0x0f, 1, 2, blockConst, 0}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := Decode(hostile, []types.Type{types.Int8}, nil); err == nil {
		t.Error("four thousand million rows accepted")
	}
	runtime.ReadMemStats(&after)
	if got := after.TotalAlloc - before.TotalAlloc; got > 1<<20 {
		t.Errorf("%d bytes allocated", got)
	}
}
