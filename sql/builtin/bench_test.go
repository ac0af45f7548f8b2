package builtin

import (
	"testing"

	"millrace/sql/col"
	"millrace/sql/types"
)

// benchmarkAgg adds batches of 4096 rows to 1000 groups.
func benchmarkAgg(b *testing.B, name string, t types.Type) {
	a, coerced, _, err := ResolveAgg(name, []types.Type{t})
	if err != nil {
		b.Fatal(err)
	}
	const groups = 1000
	slots := make([]int32, col.BatchRows)
	values := col.NewBuilder(t, col.BatchRows)
	for i := range slots {
		slots[i] = int32(i*7919) % groups
		switch {
		case t.IsFloat():
			values.Float(float64(i) / 8)
		case t.IsFixed():
			values.Int(int64(i))
		case t.Kind == types.KindNumeric:
			values.Datum(types.FromInt64(int64(i), 2).Datum())
		default:
			values.Str("some text")
		}
	}
	args := []*col.Vec{values.Vec()}
	acc := a.New(coerced)
	acc.Grow(groups)
	b.ReportAllocs()
	for b.Loop() {
		acc.Add(slots, args, nil)
	}
	b.ReportMetric(float64(b.N)*col.BatchRows/b.Elapsed().Seconds()/1e6, "Mrows/s")
}

func BenchmarkCount(b *testing.B)      { benchmarkAgg(b, "count", types.Int8) }
func BenchmarkSumInt8(b *testing.B)    { benchmarkAgg(b, "sum", types.Int8) }
func BenchmarkSumFloat8(b *testing.B)  { benchmarkAgg(b, "sum", types.Float8) }
func BenchmarkSumNumeric(b *testing.B) { benchmarkAgg(b, "sum", types.Numeric) }
func BenchmarkMaxInt8(b *testing.B)    { benchmarkAgg(b, "max", types.Int8) }
func BenchmarkMaxText(b *testing.B)    { benchmarkAgg(b, "max", types.Text) }
func BenchmarkVarFloat8(b *testing.B)  { benchmarkAgg(b, "var_samp", types.Float8) }

func BenchmarkResolve(b *testing.B) {
	args := []types.Type{types.Unknown, types.Timestamptz}
	for b.Loop() {
		if _, _, _, err := Resolve("date_trunc", args); err != nil {
			b.Fatal(err)
		}
	}
}
