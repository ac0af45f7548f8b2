package codec

import (
	"fmt"
	"testing"

	"millrace/sql/col"
	"millrace/sql/types"
)

// benchTarget is the row of the COPY figure: five columns, about 100 bytes.
var benchTarget = Target{Relation: "t", Columns: []types.Column{
	{Name: "id", Type: types.Int8},
	{Name: "at", Type: types.Timestamptz},
	{Name: "amount", Type: types.Float8},
	{Name: "code", Type: types.Int4},
	{Name: "note", Type: types.Text},
}}

func benchRows(n int, delimiter string) []byte {
	var data []byte
	for i := range n {
		data = fmt.Appendf(data, "%d%s2024-02-%02d 12:34:56.%06d+00%s%d.25%s%d%s%s\n", 1000000+i, delimiter, 1+i%28, i,
			delimiter, i, delimiter, i%1000, delimiter, "the quick brown fox jumps over the lazy dog twice")
	}
	return data
}

func benchmarkRead(b *testing.B, o Options) {
	data := benchRows(10000, string(o.Delimiter))
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		r, err := NewReader(o, benchTarget, nil)
		if err != nil {
			b.Fatal(err)
		}
		total := 0
		for rest := data; len(rest) > 0; {
			n := min(len(rest), 64<<10)
			bb := col.NewBatchBuilder(r.Types(), 1024)
			rows, err := r.Feed(rest[:n], bb.Cols)
			if err != nil {
				b.Fatal(err)
			}
			total, rest = total+rows, rest[n:]
		}
		if total != 10000 {
			b.Fatal(total)
		}
	}
	b.ReportMetric(float64(b.N)*10000/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkReadText(b *testing.B) {
	benchmarkRead(b, Options{Kind: Text, Delimiter: '\t', Null: `\N`})
}

func BenchmarkReadCSV(b *testing.B) {
	benchmarkRead(b, Options{Kind: CSV, Delimiter: ',', Quote: '"', Escape: '"'})
}

func BenchmarkWriteText(b *testing.B) {
	o := Options{Kind: Text, Delimiter: '\t', Null: `\N`}
	r, _ := NewReader(o, benchTarget, nil)
	bb := col.NewBatchBuilder(r.Types(), 1000)
	n, err := r.Feed(benchRows(1000, "\t"), bb.Cols)
	if err != nil {
		b.Fatal(err)
	}
	for range n {
		bb.EndRow(1)
	}
	batch := bb.Batch()
	w, _ := NewWriter(o, benchTarget, nil)
	var out []byte
	for b.Loop() {
		out = out[:0]
		for i := range batch.N {
			out, _ = w.AppendRow(out, batch, i)
		}
	}
	b.ReportMetric(float64(b.N)*1000/b.Elapsed().Seconds(), "rows/s")
}
