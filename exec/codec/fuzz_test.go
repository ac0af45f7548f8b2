package codec

import (
	"math/rand/v2"
	"testing"

	"millrace/sql/col"
	"millrace/sql/types"
)

var fastTypes = []types.Type{
	types.Int2, types.Int4, types.Int8, types.Float4, types.Float8, types.Numeric,
	types.Bool, types.Date, types.Timestamp, types.Timestamptz, types.Text, types.Varchar,
	{Kind: types.KindVarchar, Mod: 7},
}

// sameAsGeneral compares the fast path of every type with types.ParseText.
func sameAsGeneral(t *testing.T, s string) {
	t.Helper()
	if types.CheckUTF8(s) != nil {
		return
	}
	for _, typ := range fastTypes {
		cell := inCell{typ: typ}
		cell.parse, cell.lengthMax = chooseParser(typ, nil)
		b := col.NewBuilder(typ, 1)
		err := cell.append([]byte(s), nil, b)
		want, wantErr := types.ParseText(typ, s, nil)
		if (err == nil) != (wantErr == nil) || (err != nil && err.Error() != wantErr.Error()) {
			t.Fatalf("%s %q: error %v, want %v", typ, s, err, wantErr)
		}
		if err != nil {
			continue
		}
		if got := b.Vec().Datum(0); got != want {
			t.Fatalf("%s %q: %v, want %v", typ, s, got, want)
		}
	}
}

func FuzzFastPaths(f *testing.F) {
	for _, s := range []string{
		"1", "-32769", "1.5", "-0", "-0.0", "16777217", "9007199254740993", "0.1", "t", "f",
		"2024-02-29", "2023-02-29", "0000-01-01", "2024-02-29 12:34:56", "2024-02-29T12:34:56.123456+05:30",
		"2024-02-29 12:34:56-00", "2024-02-29 12:34:56+15:59", "123456789012345678", "1234567890123456789", "abc",
	} {
		f.Add(s)
	}
	f.Fuzz(sameAsGeneral)
}

// TestFastPathsRandom makes values out of the characters that the fast paths know.
func TestFastPathsRandom(t *testing.T) {
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 1))
	t.Logf("seed %d", seed)
	for range 20000 {
		var s []byte
		if random.IntN(2) == 0 {
			s = []byte("2024-02-29 12:34:56.123456+05:30"[:random.IntN(33)])
			for range random.IntN(3) {
				if len(s) > 0 {
					s[random.IntN(len(s))] = "0123456789-:. +Z"[random.IntN(16)]
				}
			}
		} else {
			for range random.IntN(20) {
				s = append(s, "00123456789..-"[random.IntN(14)])
			}
		}
		sameAsGeneral(t, string(s))
	}
}

var fuzzTarget = Target{Relation: "t", Columns: []types.Column{{Name: "a", Type: types.Int4}, {Name: "b", Type: types.Text}}}

// FuzzReader checks that no input panics and that the cuts between chunks do not
// matter (I1).
func FuzzReader(f *testing.F) {
	for _, s := range []string{
		"1\tx\n", "1,\"a\nb\"\r\n2,x", "\\.\n", "1\t\\x41\\", "\"", "\r\n\r", "a,b\n",
		binarySignature + "\x00\x00\x00\x00\x00\x00\x00\x02zz\x00\x02\x00\x00\x00\x04\x00\x00\x00\x01\xff\xff\xff\xff\xff\xff",
	} {
		for mode := range uint8(6) {
			f.Add([]byte(s), mode, uint64(1))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte, mode uint8, seed uint64) {
		o := []Options{
			{Delimiter: '\t', Null: `\N`},
			{Kind: CSV, Delimiter: ',', Quote: '"', Escape: '"'},
			{Kind: Binary},
			{Kind: CSV, Delimiter: ',', Quote: '"', Escape: '\\'},
			{Delimiter: '|', Null: "", Header: HeaderMatch},
			{Kind: CSV, Delimiter: ';', Quote: '\'', Escape: '"', Header: HeaderSkip},
		}[mode%6]
		whole, wholeErr := feed(t, o, data, nil)
		parts, partsErr := feed(t, o, data, rand.New(rand.NewPCG(seed, 2)))
		if (wholeErr == nil) != (partsErr == nil) || (wholeErr != nil && showError(wholeErr) != showError(partsErr)) {
			t.Fatalf("whole: %v\nin parts: %v", wholeErr, partsErr)
		}
		if wholeErr == nil && showRows(t, fuzzTarget, whole) != showRows(t, fuzzTarget, parts) {
			t.Fatalf("rows differ")
		}
	})
}

// feed reads data as a whole or cut at random.
func feed(t *testing.T, o Options, data []byte, random *rand.Rand) (*col.Batch, error) {
	t.Helper()
	r, err := NewReader(o, fuzzTarget, nil)
	if err != nil {
		t.Fatal(err)
	}
	bb := col.NewBatchBuilder(r.Types(), 0)
	for len(data) > 0 {
		n := len(data)
		if random != nil {
			n = 1 + random.IntN(n)
		}
		if _, err := r.Feed(data[:n], bb.Cols); err != nil {
			return nil, err
		}
		data = data[n:]
	}
	if _, err := r.Finish(bb.Cols); err != nil {
		return nil, err
	}
	for range bb.Cols[0].Len() {
		bb.EndRow(1)
	}
	return bb.Batch(), nil
}
