package op

import (
	"fmt"
	"math/rand/v2"
	"syscall"
	"testing"
	"time"

	"millrace/exec/state"
	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/types"
)

// cpuSeconds is the processor time of this process, which a busy machine does not
// change much.
func cpuSeconds() float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()).Seconds()
}

// benchBatches makes batches of random (key, value) rows.
func benchBatches(n, keys int) []*col.Batch {
	rnd := rand.New(rand.NewPCG(1, 2))
	out := make([]*col.Batch, n)
	for i := range out {
		k, v := make([]int64, col.BatchRows), make([]int64, col.BatchRows)
		for r := range k {
			k[r], v[r] = int64(rnd.IntN(keys)), int64(rnd.IntN(1000))
		}
		out[i] = col.NewBatch(col.NewFixed(types.Int8, k), col.NewFixed(types.Int4, v))
	}
	return out
}

var benchTypes = []types.Type{types.Int8, types.Int4}

func benchAggregate(tb testing.TB, appendOnly bool) Op {
	tb.Helper()
	var aggs []AggSpec
	for _, name := range []string{"count", "sum", "max"} {
		args, at := []types.Type{types.Int4}, []int{1}
		if name == "count" {
			args, at = nil, nil
		}
		a, _, result, err := builtin.ResolveAgg(name, args)
		if err != nil {
			tb.Fatal(err)
		}
		aggs = append(aggs, AggSpec{Agg: a, Args: at, ArgTypes: args, Filter: -1, Type: result})
	}
	return NewAggregate(AggregateSpec{In: benchTypes, Keys: []int{0}, Aggs: aggs, AppendOnly: appendOnly})
}

func BenchmarkAggregate(b *testing.B) {
	for _, groups := range []int{1000, 100_000, 1_000_000} {
		for _, perEpoch := range []int{1, 16, 256} {
			b.Run(fmt.Sprintf("groups=%d/batches=%d", groups, perEpoch), func(b *testing.B) {
				o, in, ctx := benchAggregate(b, true), benchBatches(512, groups), &Ctx{Env: &builtin.Env{}}
				out := func(*col.Batch) {}
				for _, x := range in {
					o.Push(ctx, 0, x, out)
				}
				o.EndEpoch(ctx, out)
				b.ReportAllocs()
				b.ResetTimer()
				start := cpuSeconds()
				for i := range b.N {
					o.Push(ctx, 0, in[i%len(in)], out)
					if i%perEpoch == perEpoch-1 {
						o.EndEpoch(ctx, out)
					}
				}
				b.ReportMetric(float64(b.N)*col.BatchRows/(cpuSeconds()-start)/1e6, "Mrows/cpu-s")
			})
		}
	}
}

func BenchmarkJoinProbe(b *testing.B) {
	for _, kind := range []JoinKind{Inner, Left} {
		for _, keys := range []int{1000, 100_000} {
			b.Run(fmt.Sprintf("kind=%d/keys=%d", kind, keys), func(b *testing.B) {
				spec := JoinSpec{Kind: kind, L: benchTypes, R: benchTypes, LKeys: []int{0}, RKeys: []int{0}}
				ctx, out := &Ctx{Env: &builtin.Env{}}, func(*col.Batch) {}
				dim := make([]int64, keys)
				for i := range dim {
					dim[i] = int64(i)
				}
				right := col.NewBatch(col.NewFixed(types.Int8, dim), col.NewFixed(types.Int4, dim))
				o := NewJoin(spec)
				o.Push(ctx, 1, right, out)
				o.EndEpoch(ctx, out)
				in := benchBatches(256, keys)
				b.ReportAllocs()
				b.ResetTimer()
				start := cpuSeconds()
				for i := range b.N {
					o.Push(ctx, 0, in[i%len(in)], out)
					o.EndEpoch(ctx, out)
				}
				b.ReportMetric(float64(b.N)*col.BatchRows/(cpuSeconds()-start)/1e6, "Mrows/cpu-s")
			})
		}
	}
}

func BenchmarkSort(b *testing.B) {
	in := benchBatches(64, 1<<40)
	for _, limit := range []int64{-1, 10} {
		b.Run(fmt.Sprintf("limit=%d", limit), func(b *testing.B) {
			start := cpuSeconds()
			for b.Loop() {
				o := NewSort(SortSpec{Types: benchTypes, Keys: []SortKey{{Col: 0}}, Limit: limit, Ordered: true})
				for _, x := range in {
					o.Push(&Ctx{}, 0, x, nil)
				}
				o.EndEpoch(&Ctx{}, func(*col.Batch) {})
			}
			b.ReportMetric(float64(b.N)*64*col.BatchRows/(cpuSeconds()-start)/1e6, "Mrows/cpu-s")
		})
	}
}

func BenchmarkMaterialize(b *testing.B) {
	for _, keyed := range []bool{true, false} {
		b.Run(fmt.Sprintf("keyed=%v", keyed), func(b *testing.B) {
			store := memStore(b)
			spec := MaterializeSpec{Object: 1, Types: benchTypes}
			if keyed {
				spec.Key = []int{0}
			}
			o := NewMaterialize(spec)
			rnd := rand.New(rand.NewPCG(1, 2))
			const groups = 1 << 16
			value := make([]int64, groups)
			rows := 0
			b.ReportAllocs()
			b.ResetTimer()
			start := cpuSeconds()
			for range b.N {
				in := col.NewBatchBuilder(benchTypes, 2*col.BatchRows)
				for range col.BatchRows {
					k := rnd.IntN(groups)
					if value[k] > 0 {
						in.Row(-1, types.FixedDatum(int64(k)), types.FixedDatum(value[k]))
						rows++
					}
					value[k]++
					in.Row(1, types.FixedDatum(int64(k)), types.FixedDatum(value[k]))
					rows++
				}
				ctx := &Ctx{Out: store.NewBatch()}
				o.Push(ctx, 0, in.Batch(), nil)
				o.EndEpoch(ctx, func(*col.Batch) {})
				if err := ctx.Out.Commit(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(rows)/(cpuSeconds()-start)/1e6, "Mrows/cpu-s")
		})
	}
}

// BenchmarkCheckpoint saves, checkpoints and loads the state of a grouped view on the
// real disk: all groups changed, then 1 % of them.
func BenchmarkCheckpoint(b *testing.B) {
	for _, groups := range []int{10_000, 1_000_000} {
		b.Run(fmt.Sprintf("groups=%d", groups), func(b *testing.B) {
			ctx, out := &Ctx{Env: &builtin.Env{}}, func(*col.Batch) {}
			for range b.N {
				store, err := state.Open(state.Options{Dir: b.TempDir()})
				if err != nil {
					b.Fatal(err)
				}
				o := benchAggregate(b, true)
				fill := func(n int) {
					for from := 0; from < n; from += col.BatchRows {
						k := make([]int64, col.BatchRows)
						for i := range k {
							k[i] = int64(from + i)
						}
						o.Push(ctx, 0, col.NewBatch(col.NewFixed(types.Int8, k), col.NewFixed(types.Int4, k)), out)
					}
					o.EndEpoch(ctx, out)
				}
				timed := func(what string, f func() error) {
					start := time.Now()
					if err := f(); err != nil {
						b.Fatal(err)
					}
					b.ReportMetric(float64(time.Since(start).Microseconds())/1000, what+"-ms")
				}
				save := func() error {
					w := store.NewSaver()
					w.Op(1, 1)
					o.Save(w)
					return w.Close()
				}
				fill(groups)
				timed("save", save)
				timed("checkpoint", func() error { return store.Checkpoint(1, nil) })
				fill(groups / 100)
				timed("save1%", save)
				timed("checkpoint1%", func() error { return store.Checkpoint(2, nil) })
				timed("load", func() error {
					snap := store.Snapshot()
					defer snap.Close()
					return benchAggregate(b, true).Load(state.NewLoader(snap, 1, 1))
				})
				b.ReportMetric(float64(o.MemBytes())/float64(groups), "B/group")
				if err := store.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
