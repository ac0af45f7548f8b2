package log

import (
	"bytes"
	"context"
	"encoding/hex"
	"flag"
	"os"
	"reflect"
	"testing"

	"millrace/log/replica"
	"millrace/log/segment"
)

var rewrite = flag.Bool("rewrite", false, "write the golden files anew")

func golden(t *testing.T, path string, data []byte) {
	t.Helper()
	text := hex.Dump(data)
	if *rewrite {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if text != string(want) {
		t.Fatalf("%s differs, the format has changed:\n%s", path, text)
	}
}

func TestGoldenEntries(t *testing.T) {
	b := newBatch(pid(3, 1), 7, 2, 9)
	d := decision{txns: []uint64{5, 6}, groups: []GroupID{0, 2}}
	for name, data := range map[string][]byte{
		"meta":     encodeMeta([]byte("change")),
		"append":   encodeAppend(entryAppend, 0, []Batch{b}),
		"bundle":   encodeBundle([]proposal{{data: encodeAppend(entryAppend, 0, []Batch{b})}, {data: encodeAppend(entryAppend, 0, []Batch{b, b})}}),
		"stage":    encodeAppend(entryStage, 5, []Batch{b}),
		"decide":   encodeDecide(d),
		"mark":     encodeMark(9, d),
		"complete": encodeComplete([]Index{9, 10}),
		"drop":     encodeDrop(3),
		"trim":     encodeTrim(pid(3, 1), 40),
	} {
		golden(t, "testdata/entry_"+name+".hex", data[replica.PrefixBytes:])
	}
	id := identity{groups: 4, seed: 0x0102030405060708}
	golden(t, "testdata/identity.hex", id.encode())
	if got, err := decodeIdentity(id.encode(), ""); err != nil || got != id {
		t.Fatalf("identity becomes %+v, %v", got, err)
	}
}

// sampleEntries leave something of everything in a group's state.
func sampleEntries() []replica.Entry {
	sequenced := newBatch(pid(3, 1), 7, 2, 9)
	sequenced.ProducerID, sequenced.ProducerEpoch, sequenced.Sequence = 12, 1, 30
	var entries []replica.Entry
	for i, data := range [][]byte{
		encodeAppend(entryAppend, 0, []Batch{newBatch(pid(2, 0), 6, 1, 8), sequenced}),
		encodeAppend(entryStage, 55, []Batch{newBatch(pid(3, 0), 8, 1, 8)}),
		encodeAppend(entryStage, 56, []Batch{newBatch(pid(3, 0), 9, 1, 8)}),
		encodeDecide(decision{txns: []uint64{55}, groups: []GroupID{0}}),
		encodeTrim(pid(2, 0), 1),
		encodeDrop(1),
	} {
		entries = append(entries, replica.Entry{
			Index: uint64(i + 1), Term: 1, AppendedAt: int64(1000 * (i + 1)), Data: data[replica.PrefixBytes:],
		})
	}
	return entries
}

// sampleGroup is a group that has applied sampleEntries, some at a time.
func sampleGroup(t testing.TB, atOnce int) *group {
	t.Helper()
	o := testOptions(newMem(), 1)
	o.Meta = &testMeta{entries: []string{"change"}}
	l := &Log{o: o, files: segment.NewFiles(o.FS, 10), visible: newVisible(1)}
	g := newGroup(l, 0, func(err error) error { return err })
	entries := sampleEntries()
	for len(entries) > 0 {
		n := min(atOnce, len(entries))
		for _, r := range g.Apply(entries[:n]) {
			if err := r.(*outcome).err; err != nil {
				t.Fatal(err)
			}
		}
		entries = entries[n:]
	}
	return g
}

func TestGoldenState(t *testing.T) {
	g := sampleGroup(t, 1)
	s, err := g.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	body, err := s.Persist()
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/state.hex", body)
	again := newGroup(g.log, 0, g.fail)
	if err := again.Restore(body); err != nil {
		t.Fatal(err)
	}
	s, err = again.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	if second, err := s.Persist(); err != nil || !bytes.Equal(body, second) {
		t.Fatalf("a restored state is written differently: %v", err)
	}
	if !reflect.DeepEqual(again.stagedIDs(), []uint64{56}) || len(again.phases) != 1 {
		t.Fatalf("staged %v, phases %v", again.stagedIDs(), again.phases)
	}
}

// TestDeterminism applies the same entries in different batches: the state's
// bytes are the same (L3).
func TestDeterminism(t *testing.T) {
	var first []byte
	for _, atOnce := range []int{1, 2, 4, 100} {
		s, err := sampleGroup(t, atOnce).Snapshot()
		if err != nil {
			t.Fatal(err)
		}
		body := s.(*groupSnapshot).body
		if first == nil {
			first = body
		}
		if !bytes.Equal(first, body) {
			t.Fatalf("%d entries at once give another state", atOnce)
		}
	}
}

func FuzzEntry(f *testing.F) {
	b := newBatch(pid(3, 1), 7, 2, 9)
	f.Add(encodeAppend(entryAppend, 0, []Batch{b})[replica.PrefixBytes:])
	f.Add(encodeAppend(entryStage, 5, []Batch{b})[replica.PrefixBytes:])
	part := proposal{data: encodeAppend(entryAppend, 0, []Batch{b})}
	f.Add(encodeBundle([]proposal{part, part})[replica.PrefixBytes:])
	f.Add(encodeDecide(decision{txns: []uint64{5}, groups: []GroupID{0}})[replica.PrefixBytes:])
	f.Add(encodeTrim(pid(3, 1), 40)[replica.PrefixBytes:])
	f.Fuzz(func(t *testing.T, data []byte) {
		o := testOptions(newMem(), 1)
		l := &Log{o: o, files: segment.NewFiles(o.FS, 10), visible: newVisible(1)}
		var failure error
		g := newGroup(l, 0, func(err error) error {
			failure = err
			return err
		})
		r := g.Apply([]replica.Entry{{Index: 1, Term: 1, AppendedAt: 1, Data: data}})
		if (failure != nil) != (r[0].(*outcome).err != nil && g.broken != nil) {
			t.Fatalf("failure %v, outcome %v", failure, r[0].(*outcome).err)
		}
	})
}

func FuzzState(f *testing.F) {
	s, err := sampleGroup(f, 1).Snapshot()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(s.(*groupSnapshot).body)
	f.Fuzz(func(t *testing.T, data []byte) {
		o := testOptions(newMem(), 1)
		l := &Log{o: o, files: segment.NewFiles(o.FS, 10), visible: newVisible(1)}
		g := newGroup(l, 0, func(err error) error { return err })
		if g.Restore(data) != nil {
			return
		}
		s, err := g.Snapshot()
		if err != nil || len(s.(*groupSnapshot).body) > 2*len(data) {
			t.Fatalf("state of %d bytes becomes another: %v", len(data), err)
		}
	})
}

// TestIdentityMismatch refuses another number of groups.
func TestIdentityMismatch(t *testing.T) {
	fs := newMem()
	mustClose(t, mustOpen(t, testOptions(fs, 2)))
	if _, err := Open(context.Background(), testOptions(fs, 3)); err == nil {
		t.Fatal("another number of groups was accepted")
	}
	l := mustOpen(t, testOptions(fs, 0))
	if l.Groups() != 2 {
		t.Fatalf("%d groups", l.Groups())
	}
	mustClose(t, l)
}
