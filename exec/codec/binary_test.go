package codec

import (
	"strings"
	"testing"

	"millrace/sql/col"
	"millrace/sql/types"
)

const binaryHead = binarySignature + "\x00\x00\x00\x00\x00\x00\x00\x00"

func TestBinaryRoundTrip(t *testing.T) {
	c := copyCase{cols: "a int, b text, c bigint, d float8, e real, f date, g timestamptz, h boolean, i numeric, j varchar(3), k uuid, l interval"}
	target := c.target(t)
	row := "1\tx\t-5\t1.5\t0.25\t2024-01-01\t2024-01-01 00:00:00+00\tt\t12.75\tabc\t00000000-0000-0000-0000-00000000000a\t1 day 02:00:00\n"
	data := row + strings.Repeat("\\N\t", 11) + "\\N\n" + row
	b, err := readAll(t, Options{Delimiter: '\t', Null: `\N`}, target, data, 0)
	if err != nil {
		t.Fatal(err)
	}
	w, err := NewWriter(Options{Kind: Binary}, target, nil)
	if err != nil {
		t.Fatal(err)
	}
	out := w.AppendHeader(nil)
	for i := range b.N {
		if out, err = w.AppendRow(out, b, i); err != nil {
			t.Fatal(err)
		}
	}
	out = w.AppendTrailer(out)
	for _, chunk := range []int{0, 1, 5, -1} {
		again, err := readAll(t, Options{Kind: Binary}, target, string(out), chunk)
		if err != nil {
			t.Fatal(err)
		}
		if got := showRows(t, target, again); got != data {
			t.Fatalf("chunks of %d\ngot  %s\nwant %s", chunk, got, data)
		}
	}
}

func TestBinaryErrors(t *testing.T) {
	row := "\x00\x02\x00\x00\x00\x04\x00\x00\x00\x07\x00\x00\x00\x01x"
	for _, c := range []struct{ name, data, want string }{
		{"ok", binaryHead + row + "\xff\xff", ""},
		{"no trailer", binaryHead + row, ""},
		{"extension", binarySignature + "\x00\x00\x00\x00\x00\x00\x00\x03abc" + row, ""},
		{"low flags are ignored", binarySignature + "\x00\x00\x00\x01\x00\x00\x00\x00" + row, ""},
		{"empty", "", "COPY file signature not recognized"},
		{"text", "1\tx\n" + strings.Repeat(" ", 30), "COPY file signature not recognized"},
		{"no flags", binarySignature, "invalid COPY file header (missing flags)"},
		{"no length", binarySignature + "\x00\x00\x00\x00", "invalid COPY file header (missing length)"},
		{"negative length", binarySignature + "\x00\x00\x00\x00\xff\xff\xff\xff", "invalid COPY file header (missing length)"},
		{"short extension", binarySignature + "\x00\x00\x00\x00\x00\x00\x00\x03ab", "invalid COPY file header (wrong length)"},
		{"oids", binarySignature + "\x00\x01\x00\x00\x00\x00\x00\x00", "invalid COPY file header (WITH OIDS)"},
		{"critical flag", binarySignature + "\x00\x02\x00\x00\x00\x00\x00\x00", "unrecognized critical flags in COPY file header"},
		{"field count", binaryHead + "\x00\x01", "row field count is 1, expected 2"},
		{"field size", binaryHead + "\x00\x02\xff\xff\xff\xfe", "invalid field size"},
		{"cut row", binaryHead + row[:8], "unexpected EOF in COPY data"},
		{"after the trailer", binaryHead + "\xff\xffx", "received copy data after EOF marker"},
		{"word of a wrong size", binaryHead + "\x00\x02\x00\x00\x00\x02\x00\x07\xff\xff\xff\xff", "insufficient data left in message"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, chunk := range []int{0, 1, -1} {
				_, err := readAll(t, Options{Kind: Binary}, fuzzTarget, c.data, chunk)
				switch {
				case c.want == "" && err != nil:
					t.Fatal(err)
				case c.want != "" && (err == nil || !strings.HasPrefix(err.Error(), c.want)):
					t.Fatalf("chunks of %d: %v, want %s", chunk, err, c.want)
				}
			}
		})
	}
}

// TestFailedValue checks that an error inside a vector stops the output.
func TestFailedValue(t *testing.T) {
	b := col.NewBuilder(types.Int4, 1)
	b.Err(errExtraData())
	text := col.NewBuilder(types.Text, 1)
	text.Str("x")
	w, err := NewWriter(Options{Delimiter: '\t'}, fuzzTarget, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.AppendRow(nil, col.NewBatch(b.Vec(), text.Vec()), 0); err == nil {
		t.Fatal("no error")
	}
}

// TestReaderDoesNotAllocate holds the hot path to a few allocations per chunk.
func TestReaderDoesNotAllocate(t *testing.T) {
	data := benchRows(1000, "\t")
	r, err := NewReader(Options{Delimiter: '\t', Null: `\N`}, benchTarget, nil)
	if err != nil {
		t.Fatal(err)
	}
	allocs := testing.AllocsPerRun(5, func() {
		bb := col.NewBatchBuilder(r.Types(), 1000)
		if n, err := r.Feed(data, bb.Cols); err != nil || n != 1000 {
			t.Fatal(n, err)
		}
	})
	if allocs > 40 {
		t.Fatalf("%.0f allocations for 1000 rows", allocs)
	}
}
