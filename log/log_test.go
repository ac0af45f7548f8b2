package log

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"reflect"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
)

func TestAppendReadRestart(t *testing.T) {
	for _, groups := range []int{1, 4} {
		t.Run(fmt.Sprintf("groups=%d", groups), func(t *testing.T) {
			fs := newMem()
			o := testOptions(fs, groups)
			o.Meta = &testMeta{}
			l := mustOpen(t, o)
			var want [4][]uint64
			id := uint64(0)
			for i := range 300 {
				var batches []Batch
				for p := range int32(1 + i%4) {
					id++
					batches = append(batches, newBatch(pid(7, p), id, 1+i%3, 100+i))
					want[p] = append(want[p], id)
				}
				ack := mustAppend(t, l, batches...)
				applied := l.Applied()
				for _, pos := range ack.Positions {
					if applied[pos.Group] < pos.Index {
						t.Fatalf("acknowledged at %v, applied %v", pos, applied)
					}
				}
			}
			if _, _, err := l.Propose(context.Background(), []byte("hello")); err != nil {
				t.Fatal(err)
			}
			check := func(l *Log) [][]Batch {
				var all [][]Batch
				for p := range int32(4) {
					got := mustRead(t, l, pid(7, p))
					if len(got) != len(want[p]) {
						t.Fatalf("partition %d: %d batches, expected %d", p, len(got), len(want[p]))
					}
					for i := range got {
						if batchID(&got[i]) != want[p][i] {
							t.Fatalf("partition %d: batch %d is %d, expected %d", p, i, batchID(&got[i]), want[p][i])
						}
					}
					all = append(all, got)
				}
				if err := l.Verify(context.Background()); err != nil {
					t.Fatal(err)
				}
				return all
			}
			before := check(l)
			mustClose(t, l)
			var applied []Index
			for range 3 {
				m := &testMeta{}
				o.Meta = m
				o.Groups = 0
				l = mustOpen(t, o)
				if after := check(l); !reflect.DeepEqual(before, after) {
					t.Fatal("batches differ after a restart")
				}
				if applied == nil {
					applied = l.Applied()
				}
				if !reflect.DeepEqual(applied, l.Applied()) {
					t.Fatalf("applied %v, was %v", l.Applied(), applied)
				}
				if !reflect.DeepEqual(m.entries, []string{"hello"}) {
					t.Fatalf("metadata is %q", m.entries)
				}
				mustClose(t, l)
			}
		})
	}
}

func TestOnDisk(t *testing.T) {
	o := testOptions(vfs.Default, 2)
	o.Dir = t.TempDir()
	l := mustOpen(t, o)
	p := pid(3, 1)
	big := newBatch(p, 9, 5, 300<<10)
	mustAppend(t, l, newBatch(p, 8, 1, 10), big, newBatch(pid(3, 0), 10, 1, 10))
	mustClose(t, l)
	l = mustOpen(t, o)
	defer mustClose(t, l)
	got := mustRead(t, l, p)
	if len(got) != 2 || !bytes.Equal(got[1].Payload, big.Payload) || got[1].Base != 1 || got[1].End() != 6 {
		t.Fatalf("read %d batches", len(got))
	}
	if _, err := Open(context.Background(), o); !errors.Is(err, ErrInUse) {
		t.Fatalf("second open: %v", err)
	}
}
