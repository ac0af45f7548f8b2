package col

import (
	"math/rand/v2"
	"testing"

	"millrace/sql/pgerr"
)

func FuzzDecode(f *testing.F) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{0, 1, 7, 80} {
		f.Add(Encode(nil, randomBatch(f, r, testTypes, n)))
	}
	f.Fuzz(checkDecode)
}

func FuzzDecodeRow(f *testing.F) {
	r := rand.New(rand.NewPCG(1, 2))
	b := randomBatch(f, r, testTypes, 20)
	for i := range b.N {
		f.Add(AppendRow(nil, b.Cols, i))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		into := NewBatchBuilder(testTypes, 1)
		rest, err := DecodeRow(data, into.Cols)
		skipped, skipErr := SkipRow(data, testTypes)
		if (err == nil) != (skipErr == nil) || len(rest) != len(skipped) {
			t.Fatalf("decoded to %d (%v), skipped to %d (%v)", len(rest), err, len(skipped), skipErr)
		}
		if err != nil {
			if pgerr.Code(err) != pgerr.DataCorrupted {
				t.Fatal(err)
			}
			return
		}
		into.EndRow(1)
		row := into.Batch()
		FormatRow(row, 0)
		AppendKey(nil, row.Cols, 0)
	})
}
