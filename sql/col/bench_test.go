package col

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"millrace/sql/types"
)

var benchTypes = []types.Type{types.Int8, types.Text, types.Int4, types.Timestamptz, types.Float8}

// benchBatch is like an event: a number, a short name, a small number, a time that
// grows, a measurement.
func benchBatch(b *testing.B) *Batch {
	b.Helper()
	r := rand.New(rand.NewPCG(3, 4))
	bb := NewBatchBuilder(benchTypes, BatchRows)
	at := int64(7e14)
	for range BatchRows {
		at += int64(r.IntN(5000))
		bb.Row(1, types.FixedDatum(int64(r.IntN(100000))), types.BytesDatum(fmt.Sprintf("user-%d", r.IntN(5000))),
			types.FixedDatum(int64(r.IntN(1000))), types.FixedDatum(at), types.FloatDatum(r.Float64()))
	}
	return bb.Batch()
}

func perRow(b *testing.B, rows int) {
	b.ReportMetric(float64(b.N)*float64(rows)/b.Elapsed().Seconds()/1e6, "Mrows/s")
}

func BenchmarkEncode(b *testing.B) {
	batch := benchBatch(b)
	var data []byte
	for b.Loop() {
		data = Encode(data[:0], batch)
	}
	b.ReportMetric(float64(len(data))/BatchRows, "B/row")
	perRow(b, BatchRows)
}

func BenchmarkDecodeThreeIntegersOfFive(b *testing.B) {
	data := Encode(nil, benchBatch(b))
	for b.Loop() {
		if _, err := Decode(data, benchTypes, []int{0, 2, 3}); err != nil {
			b.Fatal(err)
		}
	}
	perRow(b, BatchRows)
}

func BenchmarkDecodeAll(b *testing.B) {
	data := Encode(nil, benchBatch(b))
	for b.Loop() {
		if _, err := Decode(data, benchTypes, nil); err != nil {
			b.Fatal(err)
		}
	}
	perRow(b, BatchRows)
}

func BenchmarkKeysInt(b *testing.B)  { benchKeys(b, 0) }
func BenchmarkKeysText(b *testing.B) { benchKeys(b, 1) }
func BenchmarkKeysBoth(b *testing.B) { benchKeys(b, 0, 1) }

func benchKeys(b *testing.B, cols ...int) {
	batch := benchBatch(b).Project(cols)
	var arena []byte
	var off []uint32
	for b.Loop() {
		arena, off = Keys(batch.Cols, batch.N, arena, off)
	}
	perRow(b, BatchRows)
}

func BenchmarkConsolidate(b *testing.B) {
	batch := benchBatch(b).Project([]int{0, 2})
	for b.Loop() {
		Consolidate(batch)
	}
	perRow(b, BatchRows)
}

func BenchmarkRowAppendDecode(b *testing.B) {
	batch := benchBatch(b)
	var data []byte
	for b.Loop() {
		data = data[:0]
		for i := range batch.N {
			data = AppendRow(data, batch.Cols, i)
		}
		into := NewBatchBuilder(benchTypes, batch.N)
		rest := data
		for range batch.N {
			var err error
			if rest, err = DecodeRow(rest, into.Cols); err != nil {
				b.Fatal(err)
			}
		}
	}
	perRow(b, BatchRows)
}
