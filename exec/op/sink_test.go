package op

import (
	"math/rand/v2"
	"slices"
	"testing"

	"millrace/exec/state"
	"millrace/sql/col"
	"millrace/sql/types"
)

var tableTypes = []types.Type{types.Int8, types.Text, types.Numeric}

func memStore(t testing.TB) *state.Store {
	t.Helper()
	s, err := state.Open(state.Options{FS: state.NewMemFS(), Dir: "s", CacheBytes: 8 << 20, MemtableBytes: 8 << 20})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func fmtRow(v row) string {
	out := ""
	for i, d := range v {
		if i > 0 {
			out += ","
		}
		if d.Set {
			out += string(types.AppendText(nil, tableTypes[i], d.I, []byte(d.S), nil))
		}
	}
	return out
}

// TestTableSourceAndMaterialize runs log records of a table through its source and
// sink and compares rows, index and deltas with a map.
func TestTableSourceAndMaterialize(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewPCG(seed, 3))
	store := memStore(t)
	rows := state.Rows{ID: 40}
	src := NewTableSource(TableSourceSpec{Types: tableTypes, Key: []int{0}, Get: func(key []byte) ([]byte, bool, error) {
		snap := store.Snapshot()
		defer snap.Close()
		return snap.Get(rows, key)
	}})
	sink := NewMaterialize(MaterializeSpec{Object: 40, Types: tableTypes, Key: []int{0}, Indexes: []IndexSpec{{ID: 41, Cols: []int{1}}}})
	model, sum := map[int64]row{}, relation{}
	numbers := []string{"1", "1.0", "2"}
	for epoch := range 60 {
		ctx := &Ctx{Epoch: uint64(epoch), Out: store.NewBatch()}
		delta := relation{}
		toSink := func(b *col.Batch) { sink.Push(ctx, 0, b, nil) }
		for range rnd.IntN(4) {
			b := col.NewBatchBuilder(concat([]types.Type{types.Int4}, tableTypes), 0)
			for range 1 + rnd.IntN(15) {
				id := int64(rnd.IntN(12))
				if rnd.IntN(3) == 0 {
					b.Row(1, types.FixedDatum(TableDelete), types.FixedDatum(id), types.Null, types.Null)
					delete(model, id)
					continue
				}
				n, err := types.ParseText(types.Numeric, numbers[rnd.IntN(3)], nil)
				if err != nil {
					t.Fatal(err)
				}
				model[id] = row{types.FixedDatum(id), str(rnd, 3), n}
				b.Row(1, append(row{types.FixedDatum(TableUpsert)}, model[id]...)...)
			}
			src.Push(ctx, 0, b.Batch(), toSink)
		}
		src.EndEpoch(ctx, toSink)
		sink.EndEpoch(ctx, func(b *col.Batch) { addBatch(delta, b, false) })
		if err := ctx.Out.Commit(); err != nil {
			t.Fatal(err)
		}
		for k, w := range delta {
			if sum[k] += w; sum[k] == 0 {
				delete(sum, k)
			}
		}
		compareTable(t, store, model, sum)
	}
}

func compareTable(t *testing.T, store *state.Store, model map[int64]row, sum relation) {
	t.Helper()
	snap := store.Snapshot()
	defer snap.Close()
	var want, got, index, deltas []string
	for _, r := range model {
		want = append(want, fmtRow(r))
	}
	for k, w := range sum {
		if w != 1 {
			t.Fatalf("row %q has weight %d", k, w)
		}
		deltas = append(deltas, fmtRow(decodeRow(tableTypes, k)))
	}
	it := snap.Scan(state.Rows{ID: 40}, nil, nil)
	for it.Next() {
		got = append(got, fmtRow(decodeRow(tableTypes, string(it.Row()))))
	}
	if err := it.Close(); err != nil {
		t.Fatal(err)
	}
	ix := snap.ScanIndex(41, nil, nil)
	for ix.Next() {
		r, ok, err := snap.Get(state.Rows{ID: 40}, ix.Key())
		if err != nil || !ok {
			t.Fatalf("the index names a row that is not there: %v", err)
		}
		d := decodeRow(tableTypes, string(r))
		if want := col.AppendKeyDatums(nil, tableTypes[1:2], d[1:2]); string(want) != string(ix.IndexKey()) {
			t.Fatal("the index has a row under a wrong key")
		}
		index = append(index, fmtRow(d))
	}
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	for _, l := range [][]string{want, got, index, deltas} {
		slices.Sort(l)
	}
	if !slices.Equal(got, want) || !slices.Equal(index, want) || !slices.Equal(deltas, want) {
		t.Fatalf("want %v\nrows %v\nindex %v\ndeltas %v", want, got, index, deltas)
	}
}

func TestMaterializeWithoutKey(t *testing.T) {
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewPCG(seed, 3))
	store := memStore(t)
	sink := NewMaterialize(MaterializeSpec{Object: 7, Types: tableTypes, Indexes: []IndexSpec{{ID: 8, Cols: []int{0}}}})
	present, sum := map[string]int64{}, relation{}
	numbers := []string{"1", "1.0", "1.00"}
	for range 60 {
		ctx := &Ctx{Out: store.NewBatch()}
		for range rnd.IntN(4) {
			b := col.NewBatchBuilder(tableTypes, 0)
			for range 1 + rnd.IntN(10) {
				n, _ := types.ParseText(types.Numeric, numbers[rnd.IntN(3)], nil)
				r := row{num(rnd, 2), str(rnd, 2), n}
				k, w := string(col.AppendRowDatums(nil, tableTypes, r)), int32(1)
				if present[k] > 0 && rnd.IntN(2) == 0 {
					w = -1
				}
				present[k] += int64(w)
				b.Row(w, r...)
			}
			sink.Push(ctx, 0, b.Batch(), nil)
		}
		sink.EndEpoch(ctx, func(b *col.Batch) { addBatch(sum, b, false) })
		if err := ctx.Out.Commit(); err != nil {
			t.Fatal(err)
		}
		compareWeighted(t, store, present, sum)
	}
}

func compareWeighted(t *testing.T, store *state.Store, present map[string]int64, sum relation) {
	t.Helper()
	snap := store.Snapshot()
	defer snap.Close()
	got, indexed, n := map[string]int64{}, 0, 0
	it := snap.Scan(state.Rows{ID: 7, Weighted: true}, nil, nil)
	for it.Next() {
		got[string(it.Row())] += it.Weight()
		n++
	}
	if err := it.Close(); err != nil {
		t.Fatal(err)
	}
	ix := snap.ScanIndex(8, nil, nil)
	for ix.Next() {
		if _, w, err := snap.GetWeight(state.Rows{ID: 7, Weighted: true}, ix.Key()); err != nil || w <= 0 {
			t.Fatalf("the index names a row of weight %d: %v", w, err)
		}
		indexed++
	}
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
	for k, w := range present {
		if got[k] != w || sum[k] != w {
			t.Fatalf("row %s: weight %d stored, %d emitted, expected %d", fmtRow(decodeRow(tableTypes, k)), got[k], sum[k], w)
		}
		if w == 0 {
			delete(present, k)
		}
	}
	if n != len(present) || indexed != n || len(got) != n {
		t.Fatalf("%d rows, %d index entries, expected %d", n, indexed, len(present))
	}
}

func TestMaterializeRefusesTwoRowsOfOneKey(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Fatal("two rows with one key are accepted")
		}
	}()
	sink := NewMaterialize(MaterializeSpec{Object: 7, Types: setIn, Key: []int{0}})
	b := col.NewBatchBuilder(setIn, 0)
	b.Row(1, types.FixedDatum(1), types.BytesDatum("a"))
	b.Row(1, types.FixedDatum(1), types.BytesDatum("b"))
	sink.Push(&Ctx{}, 0, b.Batch(), nil)
	sink.EndEpoch(&Ctx{}, func(*col.Batch) {})
}
