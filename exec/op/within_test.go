package op

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"testing"

	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/types"
)

var (
	withinL = []types.Type{types.Timestamp, types.Int4, types.Text}
	withinR = []types.Type{types.Int4, types.Timestamp}
)

// TestWithin gives random rows with watermarks that make none late. Pairs come at once;
// rows without a match come exactly when none can come any more, or, eagerly, at once
// and go when one comes. At the end nothing is kept.
func TestWithin(t *testing.T) {
	residual := testPred(func(r row) (bool, error) { return r[0].I%2 == r[4].I%2, nil })
	for kind, name := range map[JoinKind]string{Inner: "inner", Left: "left", Right: "right", Full: "full"} {
		for i := range 8 {
			spec := WithinSpec{
				Kind: kind, L: withinL, R: withinR, LKeys: []int{1}, RKeys: []int{0}, LTime: 0, RTime: 1,
				Low: -3, High: 5, LLag: 1, RLag: 3, Eager: i&1 > 0,
			}
			var pred testPred
			if i&2 > 0 {
				pred, spec.Residual = residual, residual
			}
			if i&4 > 0 {
				spec.Low, spec.High = 1, 4
			}
			t.Run(fmt.Sprintf("%s %d", name, i), func(t *testing.T) {
				for range 10 {
					seed := rand.Uint64()
					t.Run(fmt.Sprintf("seed=%d", seed), func(t *testing.T) { checkWithin(t, spec, pred, seed) })
				}
			})
		}
	}
}

func checkWithin(t *testing.T, spec WithinSpec, pred testPred, seed uint64) {
	rnd := rand.New(rand.NewPCG(seed, 7))
	near := testPred(func(r row) (bool, error) {
		if !r[0].Set || !r[4].Set || r[4].I < r[0].I+spec.Low || r[4].I > r[0].I+spec.High {
			return false, nil
		}
		return pred == nil || must2(pred(r)), nil
	})
	model := joinModel(JoinSpec{Kind: spec.Kind, L: withinL, R: withinR, LKeys: spec.LKeys, RKeys: spec.RKeys}, near)
	inner := joinModel(JoinSpec{Kind: Inner, L: withinL, R: withinR, LKeys: spec.LKeys, RKeys: spec.RKeys}, near)
	c := checked{make: func() Op { return NewWithin(spec) }, in: [][]types.Type{withinL, withinR}}
	r := newRunner(t, c)
	defer r.close()
	events := withinEvents(rnd)
	sum := relation{}
	out := func(b *col.Batch) { addBatch(sum, b, false) }
	for at := 0; ; {
		n := min(rnd.IntN(12), len(events)-at)
		for _, b := range cutBatches(events[at:at+n], rnd) {
			r.push(b, out)
		}
		at += n
		o := r.op.(*Within)
		marks := []int64{leastTime(events[at:], 0) + spec.LLag - 1, leastTime(events[at:], 1) + spec.RLag - 1}
		o.Advance(r.ctx, marks)
		r.op.EndEpoch(r.ctx, out)
		want := relation{}
		for _, x := range wantWithin(spec, r.in, marks, model, inner) {
			want[rowForm(concat(withinL, withinR), x, false)]++
		}
		if !maps.Equal(sum, want) {
			r.c.out = concat(withinL, withinR)
			t.Fatalf("got  %s\nwant %s", r.showAll(sum), r.showAll(want))
		}
		if at == len(events) {
			break
		}
		if rnd.IntN(3) == 0 {
			r.reload()
		}
	}
	o := r.op.(*Within)
	if n := o.keys.Len() + o.sides[0].rows.Len() + o.sides[1].rows.Len(); n != 0 {
		t.Fatalf("%d rows and keys are kept after the end of time", n)
	}
}

func must2(ok bool, _ error) bool { return ok }

// wantWithin is the result as of watermarks: of the rows without a match those that are
// past, unless all are given.
func wantWithin(spec WithinSpec, in [][]row, marks []int64, model, inner func([][]row) []row) []row {
	if spec.Eager {
		return model(in)
	}
	out := inner(in)
	isPair := map[string]bool{}
	ts := concat(withinL, withinR)
	for _, r := range out {
		isPair[rowForm(ts, r, false)] = true
	}
	for _, r := range model(in) {
		if isPair[rowForm(ts, r, false)] {
			continue
		}
		l := len(withinL)
		ofLeft := r[0].Set || r[1].Set || r[2].Set
		var closed bool
		if ofLeft {
			closed = !r[0].Set || !r[1].Set || r[0].I+spec.High+spec.RLag <= marks[1]
		} else {
			closed = !r[l].Set || !r[l+1].Set || r[l+1].I-spec.Low+spec.LLag <= marks[0]
		}
		if closed {
			out = append(out, r)
		}
	}
	return out
}

func withinEvents(rnd *rand.Rand) []event {
	var out []event
	for i := range 80 {
		at := func() types.Datum {
			if rnd.IntN(15) == 0 {
				return types.Null
			}
			return types.FixedDatum(int64(i/3 + rnd.IntN(6)))
		}
		e := event{port: rnd.IntN(2), w: 1}
		if e.port == 0 {
			e.row = row{at(), num(rnd, 3), types.BytesDatum("x")}
		} else {
			e.row = row{num(rnd, 3), at()}
		}
		out = append(out, e)
	}
	return out
}

// leastTime is the least time that is still to come on a port.
func leastTime(events []event, port int) int64 {
	least := int64(math.MaxInt64 / 4)
	for _, e := range events {
		if d := e.row[port]; e.port == port && d.Set {
			least = min(least, d.I)
		}
	}
	return least
}

// TestWithinLate: rows behind the watermark have no match and are kept nowhere.
func TestWithinLate(t *testing.T) {
	var late int
	c := &Ctx{Env: &builtin.Env{}, Late: func(LateRow) { late++ }}
	o := NewWithin(WithinSpec{
		Kind: Left, L: withinL, R: withinR, LKeys: []int{1}, RKeys: []int{0}, LTime: 0, RTime: 1,
		Low: -5, High: 5, LLag: 1, RLag: 1,
	})
	var got int
	out := func(b *col.Batch) { got += b.N }
	o.Advance(c, []int64{100, 100})
	o.EndEpoch(c, out)
	l := col.NewBatchBuilder(withinL, 1)
	l.Row(1, types.FixedDatum(50), types.FixedDatum(1), types.Null)
	o.Push(c, 0, l.Batch(), out)
	r := col.NewBatchBuilder(withinR, 1)
	r.Row(1, types.FixedDatum(1), types.FixedDatum(50))
	o.Push(c, 1, r.Batch(), out)
	if got != 1 || late != 1 || o.sides[0].rows.Len()+o.sides[1].rows.Len() != 0 {
		t.Fatalf("%d rows out, %d late", got, late)
	}
}
