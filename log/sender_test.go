package log

import (
	"context"
	"errors"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"

	"millrace/log/replica"
)

// gatherAppends makes a group's sender believe that an entry is under way, starts an
// append for each list, and lets them go together.
func gatherAppends(t *testing.T, l *Log, g GroupID, lists ...[]Batch) ([]Ack, []error) {
	t.Helper()
	s := l.senders[g]
	s.began()
	acks, errs := make([]Ack, len(lists)), make([]error, len(lists))
	done := make(chan struct{}, len(lists))
	for i, batches := range lists {
		l.AppendAsync(batches, func(a Ack, err error) {
			acks[i], errs[i] = a, err
			done <- struct{}{}
		})
	}
	s.ended()
	for range lists {
		<-done
	}
	return acks, errs
}

// TestSharedEntry appends for several callers at once: they share one entry, and each
// gets its own offsets, or its own refusal.
func TestSharedEntry(t *testing.T) {
	fs := newMem()
	l := mustOpen(t, testOptions(fs, 1))
	mustAppend(t, l, newBatch(pid(1, 0), 1, 1, 8))
	mustAppend(t, l, newBatch(pid(9, 0), 1, 1, 8))
	if err := l.DropStream(context.Background(), 9); err != nil {
		t.Fatal(err)
	}
	syncs := l.Stats().JournalSyncs
	acks, errs := gatherAppends(t, l, 0,
		[]Batch{newBatch(pid(1, 0), 2, 3, 8)},
		[]Batch{newBatch(pid(9, 0), 3, 1, 8), newBatch(pid(1, 0), 3, 1, 8)}, // dropped: nothing of it
		[]Batch{newBatch(pid(2, 0), 4, 2, 8), newBatch(pid(1, 0), 4, 1, 8)},
	)
	if errs[0] != nil || errs[2] != nil || !errors.Is(errs[1], ErrDropped) {
		t.Fatalf("errors %v", errs)
	}
	if n := l.Stats().JournalSyncs - syncs; n != 1 {
		t.Errorf("%d syncs for appends that came together", n)
	}
	if acks[0].Positions[0] != acks[2].Positions[0] {
		t.Errorf("positions %v and %v of one entry", acks[0].Positions, acks[2].Positions)
	}
	if acks[0].Base[0] != 1 || acks[2].Base[0] != 0 || acks[2].Base[1] != 4 {
		t.Errorf("offsets %v and %v", acks[0].Base, acks[2].Base)
	}
	for range 2 { // as applied, and as replayed from the journal
		var ids []uint64
		for _, b := range mustRead(t, l, pid(1, 0)) {
			ids = append(ids, batchID(&b))
		}
		if len(ids) != 3 || ids[0] != 1 || ids[1] != 2 || ids[2] != 4 {
			t.Fatalf("batches %v", ids)
		}
		l = mustOpen(t, testOptions(fs.CrashClone(vfs.CrashCloneCfg{}), 1))
	}
	mustClose(t, l)
}

// TestSystemEntryIsAlone: whoever appends to the system stream finds its entries by
// their index, where nothing else may lie.
func TestSystemEntryIsAlone(t *testing.T) {
	l := mustOpen(t, testOptions(newMem(), 1))
	acks, errs := gatherAppends(t, l, 0,
		[]Batch{newBatch(pid(1, 0), 1, 1, 8)},
		[]Batch{newBatch(pid(0, 0), 2, 1, 8)},
		[]Batch{newBatch(pid(1, 0), 3, 1, 8)},
	)
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	for i, k := range []int{0, 2} {
		if acks[1].Positions[0].Index == acks[k].Positions[0].Index {
			t.Errorf("append %d lies in the system stream's entry", i)
		}
	}
	mustClose(t, l)
}

// TestBundleRefusesOthers: only appends may stand in a bundle.
func TestBundleRefusesOthers(t *testing.T) {
	good := proposal{data: encodeAppend(entryAppend, 0, []Batch{newBatch(pid(1, 0), 1, 1, 8)})}
	drop := proposal{data: encodeDrop(3)}
	for name, list := range map[string][]proposal{
		"another kind": {good, drop}, "a bundle": {good, {data: encodeBundle([]proposal{good, good})}},
	} {
		data := encodeBundle(list)[replica.PrefixBytes:]
		_, count, b := openEntry(data)
		g := sampleGroup(t, 1)
		if err := g.applyBundle(count, &b, &outcome{}); err == nil {
			t.Errorf("a bundle with %s was applied", name)
		}
	}
}
