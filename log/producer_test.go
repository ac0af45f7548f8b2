package log

import (
	"context"
	"errors"
	"testing"
)

// sequencedBatch is a batch of count records of producer 9.
func sequencedBatch(p PartitionID, epoch int16, sequence, count int32, flags uint16) Batch {
	b := newBatch(p, uint64(sequence), int(count), 50)
	b.ProducerID, b.ProducerEpoch, b.Sequence, b.Flags = 9, epoch, sequence, flags
	return b
}

func TestProducer(t *testing.T) {
	p := pid(1, 0)
	tests := []struct {
		name     string
		epoch    int16
		sequence int32
		count    int32
		flags    uint16
		base     Offset
		err      error
	}{
		{"first may begin anywhere", 0, 10, 2, 0, 0, nil},
		{"next", 0, 12, 3, 0, 2, nil},
		{"repeated", 0, 12, 3, 0, 2, nil},
		{"repeated older", 0, 10, 2, 0, 0, nil},
		{"gap", 0, 16, 1, 0, 0, ErrOutOfOrder},
		{"too old", 0, 3, 1, 0, 0, ErrOutOfOrder},
		{"next after errors", 0, 15, 1, 0, 5, nil},
		{"new epoch begins anew", 1, 0, 1, 0, 6, nil},
		{"old epoch", 0, 16, 1, 0, 0, ErrFenced},
		{"next of the new epoch", 1, 1, 1, 0, 7, nil},
		{"monotonic gap", 1, 90, 4, FlagMonotonic, 8, nil},
		{"monotonic repeated", 1, 90, 4, FlagMonotonic, 8, nil},
		{"monotonic older", 1, 50, 4, FlagMonotonic, -1, nil},
		{"last before the wrap", 2, 1<<31 - 1, 1, 0, 12, nil},
		{"wrap", 2, 0, 1, 0, 13, nil},
		{"other partition is free", 2, 70, 1, 0, 0, nil},
	}
	for _, restart := range []bool{false, true} {
		fs := newMem()
		l := mustOpen(t, testOptions(fs, 1))
		for _, tt := range tests {
			target := p
			if tt.name == "other partition is free" {
				target = pid(1, 1)
			}
			b := sequencedBatch(target, tt.epoch, tt.sequence, tt.count, tt.flags)
			ack, err := l.Append(context.Background(), []Batch{b})
			if !errors.Is(err, tt.err) {
				t.Fatalf("%s: %v, expected %v", tt.name, err, tt.err)
			}
			if err == nil && ack.Base[0] != tt.base {
				t.Fatalf("%s: base %d, expected %d", tt.name, ack.Base[0], tt.base)
			}
			if restart {
				mustClose(t, l)
				l = mustOpen(t, testOptions(fs, 0))
			}
		}
		if _, end := l.Ends(p); end != 14 {
			t.Fatalf("end is %d", end)
		}
		mustClose(t, l)
	}
}

// TestProducerAllOrNothing appends a good batch together with a refused one.
func TestProducerAllOrNothing(t *testing.T) {
	for _, groups := range []int{1, 2} {
		l := mustOpen(t, testOptions(newMem(), groups))
		a, b := pid(1, 0), pid(1, 1)
		mustAppend(t, l, sequencedBatch(b, 3, 0, 1, 0))
		mixed := []Batch{newBatch(a, 1, 1, 10), sequencedBatch(b, 2, 1, 1, 0)}
		if _, err := l.Append(context.Background(), mixed); !errors.Is(err, ErrFenced) {
			t.Fatalf("groups=%d: %v", groups, err)
		}
		if _, end := l.Ends(a); end != 0 {
			t.Fatalf("groups=%d: the good half is there", groups)
		}
		// Repeating a whole append over several partitions stores nothing twice.
		pair := []Batch{sequencedBatch(a, 4, 0, 2, 0), sequencedBatch(b, 4, 0, 2, 0)}
		first := mustAppend(t, l, pair...)
		again := mustAppend(t, l, pair...)
		if first.Base[0] != again.Base[0] || first.Base[1] != again.Base[1] {
			t.Fatalf("groups=%d: bases %v, then %v", groups, first.Base, again.Base)
		}
		for _, g := range l.groups {
			if len(g.staged) > 0 {
				t.Fatalf("groups=%d: staged transactions remain in group %d", groups, g.id)
			}
		}
		mustClose(t, l)
	}
}
