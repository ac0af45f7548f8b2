package log

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"testing"

	"github.com/cockroachdb/pebble/v2/vfs"
)

var quiet = slog.New(slog.DiscardHandler)

// testOptions are small sizes, so that tests reach rolls and snapshots.
func testOptions(fs FS, groups int) Options {
	return Options{
		FS: fs, Dir: "/data/log", Groups: groups, Logger: quiet,
		SegmentBytes: 16 << 10, JournalFileBytes: 64 << 10, SnapshotBytes: 1 << 40, SnapshotEntries: 1 << 40,
		TailBytes: 8 << 10, ExpireInterval: -1,
	}
}

func pid(s StreamID, i int32) PartitionID { return PartitionID{Stream: s, Index: i} }

func mustOpen(t testing.TB, o Options) *Log {
	t.Helper()
	l, err := Open(context.Background(), o)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	return l
}

func mustClose(t testing.TB, l *Log) {
	t.Helper()
	if err := l.Close(); err != nil {
		t.Fatalf("close: %v", err)
	}
}

// newBatch is a batch of count records for partition p whose payload begins with id.
func newBatch(p PartitionID, id uint64, count, size int) Batch {
	payload := make([]byte, max(size, 8))
	for i := range payload {
		payload[i] = byte(id) + byte(i)
	}
	binary.LittleEndian.PutUint64(payload, id)
	return Batch{
		Partition: p, Count: int32(count), Sequence: NoSequence,
		MinTime: int64(id), MaxTime: int64(id) + 1, Payload: payload,
	}
}

func batchID(b *Batch) uint64 { return binary.LittleEndian.Uint64(b.Payload) }

func mustAppend(t testing.TB, l *Log, batches ...Batch) Ack {
	t.Helper()
	ack, err := l.Append(context.Background(), batches)
	if err != nil {
		t.Fatalf("append: %v", err)
	}
	return ack
}

// readAll reads a partition from its start up to the applied vector and checks
// that offsets follow each other and journal indexes never fall.
func readAll(l *Log, p PartitionID) ([]Batch, error) {
	start, _ := l.Ends(p)
	r := l.Reader(p, start)
	defer r.Close()
	limit := l.Applied()[l.GroupOf(p)]
	var list []Batch
	next, index := start, Index(0)
	for {
		b, ok, err := r.Next(limit)
		if err != nil || !ok {
			return list, err
		}
		if b.Base != next && len(list) > 0 {
			return list, fmt.Errorf("partition %s: batch at %d, expected %d", p, b.Base, next)
		}
		if b.Index < index {
			return list, fmt.Errorf("partition %s: index fell from %d to %d", p, index, b.Index)
		}
		next, index = b.End(), b.Index
		b.Payload = append([]byte(nil), b.Payload...)
		list = append(list, b)
	}
}

func mustRead(t testing.TB, l *Log, p PartitionID) []Batch {
	t.Helper()
	list, err := readAll(l, p)
	if err != nil {
		t.Fatalf("read %s: %v", p, err)
	}
	return list
}

// testMeta is a metadata machine: the list of entries.
type testMeta struct{ entries []string }

func (m *testMeta) Apply(_ Index, data []byte) any {
	m.entries = append(m.entries, string(data))
	return len(m.entries)
}

func (m *testMeta) Snapshot() ([]byte, error) {
	var buf []byte
	for _, e := range m.entries {
		buf = binary.LittleEndian.AppendUint32(buf, uint32(len(e)))
		buf = append(buf, e...)
	}
	return append(buf, 0xff), nil
}

func (m *testMeta) Restore(data []byte) error {
	m.entries = nil
	for len(data) > 4 {
		n := binary.LittleEndian.Uint32(data)
		m.entries = append(m.entries, string(data[4:4+n]))
		data = data[4+n:]
	}
	if len(data) != 1 {
		return errors.New("bad state")
	}
	return nil
}

func newMem() *vfs.MemFS { return vfs.NewCrashableMem() }
