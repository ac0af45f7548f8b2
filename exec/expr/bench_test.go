package expr

import (
	"testing"

	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/types"
)

// benchmarkExpr evaluates an expression over batches of 4096 rows of (a int8,
// b int8, f float8, s text, n numeric, ts timestamptz).
func benchmarkExpr(b *testing.B, text string) {
	columns := types.Schema{
		{Name: "a", Type: types.Int8},
		{Name: "b", Type: types.Int8},
		{Name: "f", Type: types.Float8},
		{Name: "s", Type: types.Text},
		{Name: "n", Type: types.Numeric},
		{Name: "ts", Type: types.Timestamptz},
	}
	e, err := (&binder{columns: columns}).bindText(text)
	if err != nil {
		b.Fatal(err)
	}
	p, err := Compile(e)
	if err != nil {
		b.Fatal(err)
	}
	rows := col.NewBatchBuilder(columns.Types(), col.BatchRows)
	for i := range int64(col.BatchRows) {
		rows.Row(1, types.FixedDatum(i*7919%1000), types.FixedDatum(i), types.FloatDatum(float64(i)/4),
			types.BytesDatum("customer number "+string(rune('a'+i%26))), types.FromInt64(i, 2).Datum(), types.FixedDatum(i*1e9))
	}
	batch, env := rows.Batch(), &builtin.Env{}
	b.ReportAllocs()
	for b.Loop() {
		p.Eval(env, batch)
	}
	b.ReportMetric(float64(b.N)*col.BatchRows/b.Elapsed().Seconds()/1e6, "Mrows/s")
}

func BenchmarkIntGreaterConst(b *testing.B) { benchmarkExpr(b, "a > 500::int8") }
func BenchmarkIntArithmetic(b *testing.B)   { benchmarkExpr(b, "a * 2::int8 + b - 1::int8") }
func BenchmarkCondition(b *testing.B) {
	benchmarkExpr(b, "a > 100::int8 and b < 4000::int8 or f >= 12.5::float8")
}
func BenchmarkTextEqualConst(b *testing.B) { benchmarkExpr(b, "s = 'customer number c'") }
func BenchmarkLike(b *testing.B)           { benchmarkExpr(b, "s like '%number c%'") }
func BenchmarkCase(b *testing.B) {
	benchmarkExpr(b, "case when a > 500::int8 then a when a > 250::int8 then b else 0::int8 end")
}
func BenchmarkNumeric(b *testing.B)   { benchmarkExpr(b, "n * 1.19 + 2") }
func BenchmarkIn(b *testing.B)        { benchmarkExpr(b, "a = any (array[1,2,3,4,5,6,7,8,9,10]::int8[])") }
func BenchmarkDateTrunc(b *testing.B) { benchmarkExpr(b, "date_trunc('hour', ts)") }
func BenchmarkTumble(b *testing.B)    { benchmarkExpr(b, "tumble_start(ts, interval '1 hour')") }
func BenchmarkUpper(b *testing.B)     { benchmarkExpr(b, "upper(s)") }
func BenchmarkDivide(b *testing.B)    { benchmarkExpr(b, "b / 7::int8") }
