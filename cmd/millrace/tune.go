package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync"
)

// tuneRuntime adapts Go's scheduler and collector to a database server, once. What the
// environment sets stays.
var tuneRuntime = sync.OnceFunc(func() {
	if os.Getenv("GOMAXPROCS") == "" {
		// A thread in fdatasync keeps its slot until the runtime's monitor notices, and
		// waits for a free one afterwards. With as many slots as processors, commits on a
		// busy machine wait for that more than for the disk.
		runtime.GOMAXPROCS(2 * runtime.GOMAXPROCS(0))
	}
	if os.Getenv("GOGC") == "" {
		tuneGC()
	}
})

// gcSlack is the garbage that may gather before a collection, in bytes, however small
// the heap is. Less costs processor time in small servers, more costs memory.
const gcSlack = 32 << 20

// gcPercentDefault is Go's own.
const gcPercentDefault = 100

// tuneGC sets the collector's percentage for the heap as it is now, and again after
// each collection.
func tuneGC() {
	debug.SetGCPercent(gcPercent(liveHeap()))
	runtime.SetFinalizer(new(gcMark), func(*gcMark) { tuneGC() })
}

// gcMark is an object that becomes garbage at once: its finalizer runs after the next
// collection.
type gcMark struct{ _ [16]byte }

// gcPercent is the percentage that leaves gcSlack for a heap of live bytes.
func gcPercent(live uint64) int {
	live = max(live, 4<<20)
	return max(gcPercentDefault, int(100*gcSlack/live))
}

// liveHeap is what the last collection found in use.
func liveHeap() uint64 {
	s := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(s)
	if s[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return s[0].Value.Uint64()
}
