package state

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// TestResetIsLikeNew uses containers for epochs of very different sizes: nothing of an
// epoch shows in the next one, and after small ones a large one's table is gone.
func TestResetIsLikeNew(t *testing.T) {
	var keys Keys
	var rows Multimap
	r := rand.New(rand.NewPCG(1, 2))
	for epoch, n := range []int{3, 5000, 1, 40, 1000, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2} {
		var fresh Keys
		var freshRows Multimap
		for range n {
			key := fmt.Appendf(nil, "key %06d", r.IntN(2*n))
			if epoch%3 == 2 {
				key = key[:4+r.IntN(6)] // keys of different lengths lie in other memory
			}
			slot, added := keys.FindOrAdd(key)
			wantSlot, wantAdded := fresh.FindOrAdd(key)
			if slot != wantSlot || added != wantAdded {
				t.Fatalf("epoch %d: key %q gets slot %d, %v; in a new table %d, %v", epoch, key, slot, added, wantSlot, wantAdded)
			}
			if keys.Touch(slot) != fresh.Touch(wantSlot) {
				t.Fatalf("epoch %d: slot %d is touched differently", epoch, slot)
			}
			row := fmt.Appendf(nil, "row %d", r.IntN(n))
			if rows.Add(slot, row, 1) != freshRows.Add(slot, row, 1) || rows.First(slot) != freshRows.First(slot) {
				t.Fatalf("epoch %d: row %q lies elsewhere", epoch, row)
			}
		}
		if keys.Len() != fresh.Len() || rows.Len() != freshRows.Len() || rows.First(int32(keys.Cap())) != -1 {
			t.Fatalf("epoch %d: %d keys and %d rows, expected %d and %d", epoch, keys.Len(), rows.Len(), fresh.Len(), freshRows.Len())
		}
		keys.Reset()
		rows.Reset()
		if keys.Find([]byte("key 000001")) != -1 || rows.First(0) != -1 {
			t.Fatalf("epoch %d: something is left", epoch)
		}
	}
	if n := len(keys.table); n > 64 {
		t.Errorf("a table of %d entries is left for two keys", n)
	}
}
