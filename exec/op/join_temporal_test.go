package op

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"testing"

	"millrace/sql/col"
	"millrace/sql/types"
)

// TestTemporalJoin gives epochs of left rows and changes of the right side, and expects
// of each epoch its left rows joined with the right side as it is at its end.
func TestTemporalJoin(t *testing.T) {
	residual := testPred(func(r row) (bool, error) { return r[0].Set && r[4].Set && r[0].I <= r[4].I, nil })
	for _, kind := range []JoinKind{Inner, Left} {
		for _, pred := range []testPred{nil, residual} {
			spec := JoinSpec{Kind: kind, L: joinL, R: joinR, LKeys: []int{1}, RKeys: []int{0}}
			model := joinModel(spec, pred)
			if pred != nil {
				spec.Residual = pred
			}
			spec.Temporal = true
			t.Run(fmt.Sprintf("kind=%d residual=%v", kind, pred != nil), func(t *testing.T) {
				for range 20 {
					checkTemporal(t, spec, model, rand.Uint64())
				}
			})
		}
	}
}

func checkTemporal(t *testing.T, spec JoinSpec, model func([][]row) []row, seed uint64) {
	rnd := rand.New(rand.NewPCG(seed, 7))
	c := checked{make: func() Op { return NewJoin(spec) }, in: [][]types.Type{joinL, joinR}, gen: joinRow}
	r := newRunner(t, c)
	defer r.close()
	var right []event // what is there
	for range 12 {
		var events []event
		for range rnd.IntN(20) {
			if k := len(right); k > 0 && rnd.IntN(3) == 0 {
				i := rnd.IntN(k)
				e := right[i]
				right = append(right[:i:i], right[i+1:]...)
				e.w = -1
				events = append(events, e)
				continue
			}
			e := event{port: rnd.IntN(2), w: 1}
			e.row = joinRow(rnd, e.port)
			if e.port == 1 {
				right = append(right, e)
			}
			events = append(events, e)
		}
		r.in[0] = nil // rows of epochs before are not looked at again
		got := relation{}
		out := func(b *col.Batch) { addBatch(got, b, false) }
		for _, b := range cutBatches(events, rnd) {
			r.push(b, out)
		}
		r.op.EndEpoch(r.ctx, out)
		want := relation{}
		for _, x := range model(r.in) {
			want[rowForm(concat(joinL, joinR), x, false)]++
		}
		if !maps.Equal(got, want) {
			t.Fatalf("seed %d: got %v, want %v", seed, got, want)
		}
		if rnd.IntN(3) == 0 {
			r.reload()
		}
	}
}
