package state

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
)

var rewrite = flag.Bool("rewrite", false, "rewrite golden files")

// TestFormat compares everything the store writes for a small content with golden
// bytes, so that a change of format cannot go unnoticed.
func TestFormat(t *testing.T) {
	s := openOn(t, vfs.NewMem())
	defer s.Close()
	b := s.NewBatch()
	b.PutRow(0x4001, []byte("key"), []byte("row"))
	b.PutIndex(0x4002, []byte("index"), []byte("key"))
	b.AddRow(0x4003, []byte("whole"), []byte("row"), 2, IndexEntry{Index: 0x4004, Key: []byte("by")})
	must(t, b.Commit())
	b = s.NewBatch()
	b.AddRow(0x4003, []byte("whole"), []byte("row"), -1)
	must(t, b.Commit())

	keys, rows, tree := &Keys{}, &Multimap{}, &Tree{}
	for i := range 18 {
		keys.FindOrAdd(fmt.Appendf(nil, "k%d", i))
	}
	keys.Remove(1)
	rows.Add(5, []byte("first"), 1)
	rows.Add(5, []byte("second"), 3)
	tree.Add([]byte("key"), []byte("payload"), -7)
	w := s.NewSaver()
	w.Op(0x4005, 6)
	w.Put(0, []byte("k"), []byte("v"))
	keys.Save(w, 1, func(dst []byte, slot int32) []byte { return append(dst, byte(slot)) })
	rows.Save(w, 2, nil)
	tree.Save(w, 3)
	must(t, w.Close())

	var got bytes.Buffer
	it, err := s.db.NewIter(nil)
	must(t, err)
	for ok := it.First(); ok; ok = it.Next() {
		fmt.Fprintf(&got, "%x\n  %x\n", it.Key(), it.Value())
	}
	must(t, it.Close())
	fmt.Fprintf(&got, "CHECKPOINT\n  %x\n", checkpoint{epoch: 0x0102, meta: []byte("meta")}.encode())

	const golden = "testdata/format.txt"
	if *rewrite {
		must(t, os.WriteFile(golden, got.Bytes(), 0o644))
	}
	want, err := os.ReadFile(golden)
	must(t, err)
	if !bytes.Equal(got.Bytes(), want) {
		t.Fatalf("the format changed; if that is meant, describe it in FORMAT.md and run with -rewrite:\n%s", got.Bytes())
	}
}

func TestDecodeCheckpointRefusesDamage(t *testing.T) {
	good := checkpoint{epoch: 7, meta: []byte("meta")}.encode()
	if cp, err := decodeCheckpoint(good); err != nil || cp.epoch != 7 || string(cp.meta) != "meta" {
		t.Fatalf("%+v, %v", cp, err)
	}
	for i := range good {
		bad := bytes.Clone(good)
		bad[i] ^= 0x10
		if _, err := decodeCheckpoint(bad); err == nil {
			t.Fatalf("byte %d is damaged and nobody says so", i)
		}
		if _, err := decodeCheckpoint(good[:i]); err == nil {
			t.Fatalf("a file of %d bytes is accepted", i)
		}
	}
}

func FuzzReadBlock(f *testing.F) {
	f.Add([]byte{blockFormat, 0, 1, 0, 0, 0, 'x', 15, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		last := int32(-1)
		_ = readBlock([]byte{0, 0, 0, 2}, data, func(slot int32, b []byte) error {
			if slot <= last || slot < 2*blockSlots || slot >= 3*blockSlots {
				t.Fatalf("slot %d after %d", slot, last)
			}
			last = slot
			_, _, _ = cutBytes(b)
			return nil
		})
	})
}
