package pgwire

import (
	"io"
	"net"
	"testing"

	"github.com/jackc/pgx/v5/pgproto3"
)

func BenchmarkRowsText(b *testing.B)   { benchmarkRows(b, nil) }
func BenchmarkRowsBinary(b *testing.B) { benchmarkRows(b, []int16{1}) }

func benchmarkRows(b *testing.B, formats []int16) {
	w := NewWriter(io.Discard)
	batch := fakeBatch(0, 4096)
	if err := w.RowDescription(fakeFields, formats, nil); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := w.Rows(batch, 0, batch.N); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)*float64(batch.N)/b.Elapsed().Seconds(), "rows/s")
}

// BenchmarkRoundTrip is a prepared look-up over a loopback connection.
func BenchmarkRoundTrip(b *testing.B) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	srv := New(&fakeHandler{}, Options{})
	go func() { _ = srv.Serve(l) }()
	nc, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		b.Fatal(err)
	}
	defer nc.Close()
	f := pgproto3.NewFrontend(nc, nc)
	send := func(ms ...encoder) {
		var buf []byte
		for _, m := range ms {
			buf, _ = m.Encode(buf)
		}
		if _, err := nc.Write(buf); err != nil {
			b.Fatal(err)
		}
		for {
			m, err := f.Receive()
			if err != nil {
				b.Fatal(err)
			}
			if _, ok := m.(*pgproto3.ReadyForQuery); ok {
				return
			}
		}
	}
	send(startupMessage(3<<16, "user", "millrace"))
	send(parse("a", "rows 1"), syncMsg)
	b.ReportAllocs()
	for b.Loop() {
		send(bind("", "a"), execute("", 0), syncMsg)
	}
}
