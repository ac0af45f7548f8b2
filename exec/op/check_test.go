package op

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"millrace/exec/state"
	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/types"
)

// row is a row of datums.
type row []types.Datum

// relation is a multiset of rows by exact form.
type relation map[string]int64

// checked describes an operator to check.
type checked struct {
	name string
	make func() Op
	// in are the columns of each input, gen makes a random row of one.
	in  [][]types.Type
	gen func(rnd *rand.Rand, port int) row
	out []types.Type
	// model computes the result from the inputs, each row once per weight, in no
	// particular order.
	model func(in [][]row) []row
	// key: the columns of the result of which an epoch may change each value once.
	key []int
	// appendOnly: the input never retracts.
	appendOnly bool
	// byKey compares results by SQL equality.
	byKey bool
	// once: the operator runs for one epoch.
	once bool
	// errs: the operator may report failed rows.
	errs bool
	// marks are the watermarks that the rows so far give a Timed operator; nil for operators that know
	// no time.
	marks func(in [][]row) []int64
	// clock sets the clock of an epoch; nil leaves it at 0.
	clock func(epoch uint64) int64
}

// event is a change of one row of an input.
type event struct {
	port int
	row  row
	w    int32
}

// check feeds an operator random rows and retractions cut into random epochs and
// batches, with its state saved and loaded into a new one now and then, and compares
// the sum of what it emits after each epoch with the model; then the whole input in
// one epoch.
func check(t *testing.T, c checked) {
	t.Helper()
	t.Run(c.name, func(t *testing.T) {
		for range 10 {
			seed := rand.Uint64()
			if !t.Run(fmt.Sprintf("seed=%d", seed), func(t *testing.T) { checkOnce(t, c, seed) }) {
				return
			}
		}
	})
}

func checkOnce(t *testing.T, c checked, seed uint64) {
	rnd := rand.New(rand.NewPCG(seed, 7))
	events := c.events(rnd, 20+rnd.IntN(220))
	if !c.once {
		epochs := cut(events, 40, rnd)
		kept, reloaded := newRunner(t, c), newRunner(t, c)
		defer kept.close()
		defer reloaded.close()
		for _, e := range epochs {
			batches := cutBatches(e, rnd)
			kept.epoch(batches)
			reloaded.epoch(batches)
			// O2: the very same rows in the same order, however often the state went
			// through the store.
			if kept.log.String() != reloaded.log.String() {
				t.Fatalf("epoch %d: output differs after a reload:\n%s\n%s", kept.ctx.Epoch, kept.log.String(), reloaded.log.String())
			}
			if rnd.IntN(2) == 0 {
				reloaded.reload()
			}
		}
	}
	whole := newRunner(t, c)
	defer whole.close()
	whole.epoch(cutBatches(events, rnd))
}

// cut splits events into at least one part of 0..limit-1 events.
func cut(events []event, limit int, rnd *rand.Rand) (out [][]event) {
	for {
		n := min(rnd.IntN(limit), len(events))
		out = append(out, events[:n])
		if events = events[n:]; len(events) == 0 {
			return out
		}
	}
}

// cutBatches splits events into batches of one port each.
func cutBatches(events []event, rnd *rand.Rand) (out [][]event) {
	for len(events) > 0 {
		n := 1
		for limit := 1 + rnd.IntN(12); n < len(events) && n < limit && events[n].port == events[0].port; n++ {
		}
		out = append(out, events[:n])
		events = events[n:]
	}
	return out
}

// events makes a random history that retracts only rows that are there.
func (c *checked) events(rnd *rand.Rand, n int) []event {
	var out []event
	var present []event
	for range n {
		if k := len(present); !c.appendOnly && k > 0 && rnd.IntN(100) < 42 {
			i := rnd.IntN(k)
			e := present[i]
			present[i] = present[k-1]
			present = present[:k-1]
			e.w = -1
			out = append(out, e)
			continue
		}
		port := rnd.IntN(len(c.in))
		e := event{port: port, row: c.gen(rnd, port), w: 1}
		present = append(present, e)
		out = append(out, e)
	}
	return out
}

type runner struct {
	t     *testing.T
	c     checked
	op    Op
	ctx   *Ctx
	store *state.Store
	in    [][]row
	sum   relation
	exact relation        // as sum, by exact row even where rows are compared by key
	log   strings.Builder // what the last epoch emitted
	first bool
}

func newRunner(t *testing.T, c checked) *runner {
	s, err := state.Open(state.Options{FS: state.NewMemFS(), Dir: "s", CacheBytes: 1 << 16, MemtableBytes: 1 << 18})
	if err != nil {
		t.Fatal(err)
	}
	r := &runner{
		t: t, c: c, op: c.make(), store: s, sum: relation{}, exact: relation{}, in: make([][]row, len(c.in)),
		ctx: &Ctx{Env: &builtin.Env{}}, first: true,
	}
	if c.errs {
		r.ctx.Errs = func(RowError) {}
	}
	return r
}

func (r *runner) close() {
	if err := r.store.Close(); err != nil {
		r.t.Error(err)
	}
}

// reload saves the operator's state and goes on with a new operator.
func (r *runner) reload() {
	r.t.Helper()
	w := r.store.NewSaver()
	w.Op(1, 1)
	r.op.Save(w)
	if err := w.Close(); err != nil {
		r.t.Fatal(err)
	}
	r.op = r.c.make()
	snap := r.store.Snapshot()
	defer snap.Close()
	if err := r.op.Load(state.NewLoader(snap, 1, 1)); err != nil {
		r.t.Fatal(err)
	}
}

// epoch pushes batches and checks the result.
func (r *runner) epoch(batches [][]event) {
	r.t.Helper()
	r.ctx.Epoch++
	r.log.Reset()
	if r.c.clock != nil {
		r.ctx.Env.Now = r.c.clock(r.ctx.Epoch)
	}
	delta := relation{}
	out := func(b *col.Batch) {
		if b.N == 0 {
			r.t.Fatal("an empty batch was emitted")
		}
		addBatch(delta, b, r.c.byKey)
		addBatch(r.exact, b, false)
		for i := range b.N {
			fmt.Fprintf(&r.log, "%x*%d ", col.AppendRow(nil, b.Cols, i), b.Weight(i))
		}
		if r.first && r.c.appendOnly {
			mustBePositive(r.t, b)
		}
	}
	for _, b := range batches {
		r.push(b, out)
	}
	if t, ok := r.op.(Timed); ok {
		t.Advance(r.ctx, r.c.marks(r.in))
	}
	r.op.EndEpoch(r.ctx, out)
	r.first = false
	if err := r.ctx.Err(); err != nil {
		r.t.Fatal(err)
	}
	for k, w := range r.exact {
		if w < 0 {
			r.t.Fatalf("epoch %d retracts a row in another form than it was given: %s", r.ctx.Epoch, r.show(k))
		}
	}
	r.verify(delta)
}

func mustBePositive(t *testing.T, b *col.Batch) {
	t.Helper()
	for _, w := range b.W {
		if w <= 0 {
			t.Fatalf("the first epoch retracts (O3): %v", b.W)
		}
	}
}

func (r *runner) push(events []event, out Emit) {
	port := events[0].port
	b := col.NewBatchBuilder(r.c.in[port], len(events))
	for _, e := range events {
		b.Row(e.w, e.row...)
		r.in[port] = apply(r.in[port], e, r.c.in[port])
	}
	r.op.Push(r.ctx, port, b.Batch(), out)
}

func apply(rows []row, e event, ts []types.Type) []row {
	if e.w > 0 {
		return append(rows, e.row)
	}
	want := string(col.AppendRowDatums(nil, ts, e.row))
	i := slices.IndexFunc(rows, func(x row) bool { return string(col.AppendRowDatums(nil, ts, x)) == want })
	return slices.Delete(slices.Clone(rows), i, i+1)
}

// verify adds an epoch's delta to the sum and compares it with the model.
func (r *runner) verify(delta relation) {
	r.t.Helper()
	r.onePairPerKey(delta)
	for k, w := range delta {
		if r.sum[k] += w; r.sum[k] == 0 {
			delete(r.sum, k)
		} else if r.sum[k] < 0 {
			r.t.Fatalf("epoch %d retracts what is not there: %s", r.ctx.Epoch, r.show(k))
		}
	}
	want := relation{}
	for _, row := range r.c.model(r.in) {
		if len(row) != len(r.c.out) {
			r.t.Fatalf("model row %v", row)
		}
		want[rowForm(r.c.out, row, r.c.byKey)]++
	}
	if !maps.Equal(r.sum, want) {
		r.t.Fatalf("epoch %d\n got %s\nwant %s\ndiff %s", r.ctx.Epoch, r.showAll(r.sum), r.showAll(want), r.diff(want))
	}
}

func rowForm(ts []types.Type, x row, byKey bool) string {
	if byKey {
		return string(col.AppendKeyDatums(nil, ts, x))
	}
	return string(col.AppendRowDatums(nil, ts, x))
}

func (r *runner) diff(want relation) string {
	d := maps.Clone(r.sum)
	for k, w := range want {
		if d[k] -= w; d[k] == 0 {
			delete(d, k)
		}
	}
	return r.showAll(d)
}

func (r *runner) onePairPerKey(delta relation) {
	r.t.Helper()
	if r.c.key == nil || r.c.byKey {
		return
	}
	plus, minus := map[string]int64{}, map[string]int64{}
	for k, w := range delta {
		row := decodeRow(r.c.out, k)
		var key strings.Builder
		for _, c := range r.c.key {
			fmt.Fprintf(&key, "%v|", row[c])
		}
		if w > 0 {
			plus[key.String()] += w
		} else {
			minus[key.String()] -= w
		}
		if plus[key.String()] > 1 || minus[key.String()] > 1 {
			r.t.Fatalf("epoch %d changes key %s more than once", r.ctx.Epoch, key.String())
		}
	}
}

func addBatch(to relation, b *col.Batch, byKey bool) {
	for i := range b.N {
		k := string(col.AppendRow(nil, b.Cols, i))
		if byKey {
			k = string(col.AppendKey(nil, b.Cols, i))
		}
		if to[k] += int64(b.Weight(i)); to[k] == 0 {
			delete(to, k)
		}
	}
}

func decodeRow(ts []types.Type, k string) row {
	bs := builders(ts, 1)
	mustDecode([]byte(k), bs)
	var out row
	for _, v := range vecs(bs) {
		out = append(out, v.Datum(0))
	}
	return out
}

func (r *runner) show(k string) string {
	if r.c.byKey {
		return fmt.Sprintf("%x", k)
	}
	var out []string
	for i, d := range decodeRow(r.c.out, k) {
		switch {
		case !d.Set:
			out = append(out, "NULL")
		default:
			out = append(out, string(types.AppendText(nil, r.c.out[i], d.I, []byte(d.S), nil)))
		}
	}
	return "(" + strings.Join(out, ",") + ")"
}

func (r *runner) showAll(rel relation) string {
	var out []string
	for k, w := range rel {
		out = append(out, fmt.Sprintf("%s*%d", r.show(k), w))
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// num and str are values that come often or NULL.
func num(rnd *rand.Rand, n int) types.Datum {
	if rnd.IntN(8) == 0 {
		return types.Null
	}
	return types.FixedDatum(int64(rnd.IntN(n)))
}

func str(rnd *rand.Rand, n int) types.Datum {
	if rnd.IntN(8) == 0 {
		return types.Null
	}
	return types.BytesDatum(strings.Repeat("s", rnd.IntN(n)))
}

// groups splits rows by the given columns, in order of first appearance.
func groups(ts []types.Type, rows []row, by []int) [][]row {
	at := map[string]int{}
	var out [][]row
	for _, r := range rows {
		var key row
		for _, c := range by {
			key = append(key, r[c])
		}
		k := string(col.AppendKeyDatums(nil, pickTypes(ts, by), key))
		if _, ok := at[k]; !ok {
			at[k] = len(out)
			out = append(out, nil)
		}
		out[at[k]] = append(out[at[k]], r)
	}
	return out
}

// testExpr and testPred are expressions by row.
type testExpr struct {
	t types.Type
	f func(r row) (types.Datum, error)
}

func (e testExpr) Eval(_ *builtin.Env, b *col.Batch) *col.Vec {
	out := col.NewBuilder(e.t, b.N)
	for i := range b.N {
		if d, err := e.f(batchRow(b, i)); err != nil {
			out.Err(err)
		} else {
			out.Datum(d)
		}
	}
	return out.Vec()
}

type testPred func(r row) (bool, error)

func (p testPred) Filter(_ *builtin.Env, b *col.Batch) (rows []int32, errs map[int]error) {
	for i := range b.N {
		ok, err := p(batchRow(b, i))
		if err != nil {
			if errs == nil {
				errs = map[int]error{}
			}
			errs[i] = err
		} else if ok {
			rows = append(rows, int32(i))
		}
	}
	return rows, errs
}

func batchRow(b *col.Batch, i int) row {
	out := make(row, len(b.Cols))
	for c, v := range b.Cols {
		out[c] = v.Datum(i)
	}
	return out
}

// runOnce gives all rows to a new operator in one epoch and returns what it emits.
func runOnce(t testing.TB, o Op, in []types.Type, rows []row) (out []row) {
	t.Helper()
	c := &Ctx{Env: &builtin.Env{}}
	emit := func(b *col.Batch) {
		for i := range b.N {
			for range b.Weight(i) {
				out = append(out, batchRow(b, i))
			}
		}
	}
	b := col.NewBatchBuilder(in, len(rows))
	for _, r := range rows {
		b.Row(1, r...)
	}
	if len(rows) > 0 {
		o.Push(c, 0, b.Batch(), emit)
	}
	o.EndEpoch(c, emit)
	if err := c.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}
