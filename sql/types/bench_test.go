package types

import "testing"

func BenchmarkDecimalAdd(b *testing.B) {
	x, y := FromInt64(123456, 2), FromInt64(9999, 3)
	for b.Loop() {
		x = x.Add(y)
		x.small &= 0xffffff
	}
}

func BenchmarkDecimalAddStored(b *testing.B) {
	x, y := FromInt64(123456, 2).AppendStored(nil), FromInt64(9999, 2).AppendStored(nil)
	var buf [16]byte
	for b.Loop() {
		DecodeDecimal(x).Add(DecodeDecimal(y)).AppendStored(buf[:0])
	}
}

func BenchmarkDecimalDiv(b *testing.B) {
	x, y := FromInt64(123456, 2), FromInt64(7, 0)
	for b.Loop() {
		if _, err := x.Div(y); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseText(b *testing.B) {
	for _, c := range []struct {
		t Type
		s string
	}{
		{Int8, "1234567890"},
		{Float8, "1234.5678"},
		{Numeric, "12345.6789"},
		{Timestamp, "2024-02-29 13:14:15.678"},
		{Interval, "1 day 02:03:04"},
		{Text, "a short text"},
		{JSONB, `{"b": [1, 2.5, "x"], "a": {"c": null}}`},
	} {
		b.Run(c.t.InternalName(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := ParseText(c.t, c.s, nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkAppendText(b *testing.B) {
	for _, c := range []struct {
		t Type
		s string
	}{
		{Int8, "1234567890"}, {Float8, "1234.5678"}, {Numeric, "12345.6789"}, {Timestamp, "2024-02-29 13:14:15.678"},
	} {
		d, err := ParseText(c.t, c.s, nil)
		if err != nil {
			b.Fatal(err)
		}
		stored := []byte(d.S)
		var buf []byte
		b.Run(c.t.InternalName(), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				buf = AppendText(buf[:0], c.t, d.I, stored, nil)
			}
		})
	}
}
