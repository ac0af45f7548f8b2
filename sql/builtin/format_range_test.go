package builtin

import (
	"math/rand/v2"
	"testing"

	"millrace/sql/col"
	"millrace/sql/types"
)

// Text that to_char remembers from the row before is the text of this row.
func TestToCharRemembers(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewPCG(seed, 1))
	formats := []string{
		"YYYY-MM-DD", "HH24:MI", "HH12 AM", "Day, DDth FMMonth", "SS", "MS", "US", "FF3", "IYYY-IW", "Q J", "TZ", "x", "SSSS", "BC",
	}
	steps := []int64{1, 500, 1_000_000, 59_000_000, 3_600_000_000, 86_400_000_000, 40 * 86_400_000_000}
	for _, format := range formats {
		var memo any
		ts := rnd.Int64N(1e17) - 8e16
		for range 20 {
			n := 1 + rnd.IntN(50)
			b := col.NewBuilder(types.Timestamp, n)
			for range n {
				ts += (rnd.Int64N(3) - 1) * rnd.Int64N(2*steps[rnd.IntN(len(steps))])
				b.Int(ts)
			}
			v := b.Vec()
			call := func(v *col.Vec, memo *any) *col.Vec {
				return timestampText(&Call{
					N: v.N, Args: []*col.Vec{v, col.Const(types.Text, types.BytesDatum(format), v.N)}, Result: types.Text, Memo: memo,
				})
			}
			got := call(v, &memo)
			for i := range n {
				var fresh any
				want := call(v.Slice(i, i+1), &fresh)
				if got.Str(i) != want.Str(0) {
					t.Fatalf("%s of %d: %q, not %q", format, v.Fix[i], got.Str(i), want.Str(0))
				}
			}
		}
	}
}
