package op

import (
	"container/heap"
	"encoding/binary"
	"slices"

	"millrace/exec/state"
)

// buckets lists slots by a time, so that those up to a time can be taken out at once.
// A slot is in one bucket at most. The zero value is empty. Nothing is saved: the owner
// adds its slots again after a Load.
type buckets struct {
	times timeHeap   // of the buckets, least first
	at    state.Keys // time to bucket
	head  []int32    // by bucket: slot+1
	// by slot: neighbours in the bucket, +1, and the bucket, +1
	next, prev, in []int32
}

type timeHeap []int64

func (h timeHeap) Len() int           { return len(h) }
func (h timeHeap) Less(i, j int) bool { return h[i] < h[j] }
func (h timeHeap) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }

// Push implements heap.Interface.
func (h *timeHeap) Push(x any) { *h = append(*h, x.(int64)) }

// Pop implements heap.Interface.
func (h *timeHeap) Pop() any {
	n := len(*h) - 1
	x := (*h)[n]
	*h = (*h)[:n]
	return x
}

// add puts a slot that is in no bucket into that of time t.
func (b *buckets) add(slot int32, t int64) {
	var key [8]byte
	binary.BigEndian.PutUint64(key[:], uint64(t))
	bucket, added := b.at.FindOrAdd(key[:])
	if added {
		heap.Push(&b.times, t)
		b.head = growTo(b.head, int(bucket)+1)
		b.head[bucket] = 0
	}
	n := int(slot) + 1
	b.next, b.prev, b.in = growTo(b.next, n), growTo(b.prev, n), growTo(b.in, n)
	first := b.head[bucket]
	b.next[slot], b.prev[slot], b.in[slot] = first, 0, bucket+1
	if first != 0 {
		b.prev[first-1] = slot + 1
	}
	b.head[bucket] = slot + 1
}

// remove takes a slot out if it is in a bucket.
func (b *buckets) remove(slot int32) {
	if int(slot) >= len(b.in) || b.in[slot] == 0 {
		return
	}
	next, prev := b.next[slot], b.prev[slot]
	if next != 0 {
		b.prev[next-1] = prev
	}
	if prev != 0 {
		b.next[prev-1] = next
	} else {
		b.head[b.in[slot]-1] = next
	}
	b.in[slot] = 0
}

// least returns the least time of a bucket, NoTime when there is none. The bucket may
// have become empty.
func (b *buckets) least() int64 {
	if len(b.times) == 0 {
		return NoTime
	}
	return b.times[0]
}

// take removes the buckets with times up to t and appends their slots to dst: bucket by
// bucket in the order of time, slots in ascending order (O2).
func (b *buckets) take(dst []int32, t int64) []int32 {
	for len(b.times) > 0 && b.times[0] <= t {
		var key [8]byte
		binary.BigEndian.PutUint64(key[:], uint64(heap.Pop(&b.times).(int64)))
		bucket := b.at.Find(key[:])
		from := len(dst)
		for s := b.head[bucket]; s != 0; s = b.next[s-1] {
			b.in[s-1] = 0
			dst = append(dst, s-1)
		}
		slices.Sort(dst[from:])
		b.at.Remove(bucket)
	}
	return dst
}

func (b *buckets) memBytes() int64 {
	return b.at.MemBytes() + int64(8*cap(b.times)+4*(cap(b.head)+cap(b.next)+cap(b.prev)+cap(b.in)))
}
