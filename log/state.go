package log

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"sort"

	"millrace/log/replica"
	"millrace/log/segment"
)

// stateVersion is the version of a manifest's body.
const stateVersion = 1

// groupSnapshot is a captured state of a group.
type groupSnapshot struct {
	group    *group
	body     []byte
	unsynced []*segment.Segment
	dirs     map[string]bool // directories with new entries
	garbage  int             // how many files of the group's list it no longer names
}

// Snapshot captures the state; the files it names are synced by Persist.
func (g *group) Snapshot() (replica.Snapshot, error) {
	if g.broken != nil {
		return nil, g.broken
	}
	s := &groupSnapshot{group: g, dirs: map[string]bool{}}
	var meta []byte
	if m := g.log.o.Meta; m != nil && g.id == 0 {
		var err error
		if meta, err = m.Snapshot(); err != nil {
			return nil, fmt.Errorf("snapshot of metadata: %w", err)
		}
	}
	g.producers.expire(g.clock)
	s.body = g.encode(meta, s)
	g.mu.RLock()
	s.garbage = len(g.mu.garbage)
	g.mu.RUnlock()
	return s, nil
}

// Persist syncs the segments and their directories.
func (s *groupSnapshot) Persist() ([]byte, error) {
	for _, seg := range s.unsynced {
		if err := seg.Sync(); err != nil {
			return nil, s.group.fail(err)
		}
	}
	dirs := make([]string, 0, len(s.dirs))
	for d := range s.dirs {
		dirs = append(dirs, d)
	}
	sort.Strings(dirs)
	for _, d := range dirs {
		if err := segment.SyncDir(s.group.log.o.FS, d); err != nil {
			return nil, s.group.fail(err)
		}
	}
	return s.body, nil
}

// Done removes the files that the stored manifest no longer names.
func (s *groupSnapshot) Done(durable bool) {
	if !durable || s.garbage == 0 {
		return
	}
	g := s.group
	g.mu.Lock()
	paths := g.mu.garbage[:s.garbage:s.garbage]
	g.mu.garbage = append([]string(nil), g.mu.garbage[s.garbage:]...)
	g.mu.Unlock()
	for _, path := range paths {
		if err := g.log.files.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			g.log.o.Logger.Warn("remove segment", "file", path, "error", err)
		}
	}
	g.log.removeEmptyDirs(paths)
}

// encoder appends little-endian values.
type encoder struct{ buf []byte }

func (e *encoder) u32(v uint32) { e.buf = binary.LittleEndian.AppendUint32(e.buf, v) }
func (e *encoder) u64(v uint64) { e.buf = binary.LittleEndian.AppendUint64(e.buf, v) }
func (e *encoder) i64(v int64)  { e.u64(uint64(v)) }

func (e *encoder) bytes(v []byte) {
	e.u64(uint64(len(v)))
	e.buf = append(e.buf, v...)
}

func (e *encoder) partition(p PartitionID) {
	e.u64(uint64(p.Stream))
	e.u32(uint32(p.Index))
}

// encode is the body of the manifest; s collects what has to be synced. Everything
// is in sorted order: the same state gives the same bytes.
func (g *group) encode(meta []byte, s *groupSnapshot) []byte {
	e := &encoder{}
	e.u32(stateVersion)
	e.u32(uint32(g.id))
	e.u64(uint64(g.applied))
	e.i64(g.clock)
	e.bytes(meta)
	g.encodeDropped(e)
	g.encodePartitions(e, s)
	g.encodeProducers(e)
	e.u32(uint32(len(g.staged)))
	for _, id := range g.stagedIDs() {
		e.u64(id)
		e.u32(uint32(len(g.staged[id].entries)))
		for _, entry := range g.staged[id].entries {
			e.bytes(entry)
		}
	}
	e.u32(uint32(len(g.phases)))
	for _, id := range g.phaseIDs() {
		e.u64(uint64(id))
		e.buf = g.phases[id].encode(e.buf)
	}
	return e.buf
}

// phaseIDs are the committed phases, in order.
func (g *group) phaseIDs() []Index {
	ids := make([]Index, 0, len(g.phases))
	for id := range g.phases {
		ids = append(ids, id)
	}
	sort.Slice(ids, func(i, k int) bool { return ids[i] < ids[k] })
	return ids
}

func (g *group) encodeDropped(e *encoder) {
	g.mu.RLock()
	ids := make([]uint64, 0, len(g.mu.dropped))
	for s := range g.mu.dropped {
		ids = append(ids, uint64(s))
	}
	g.mu.RUnlock()
	sort.Slice(ids, func(i, k int) bool { return ids[i] < ids[k] })
	e.u32(uint32(len(ids)))
	for _, id := range ids {
		e.u64(id)
	}
}

// sorted is the partitions by id.
func (g *group) sorted() []*partition {
	g.mu.RLock()
	list := make([]*partition, 0, len(g.mu.partitions))
	for _, p := range g.mu.partitions {
		list = append(list, p)
	}
	g.mu.RUnlock()
	sort.Slice(list, func(i, k int) bool { return less(list[i].id, list[k].id) })
	return list
}

func less(a, b PartitionID) bool {
	if a.Stream != b.Stream {
		return a.Stream < b.Stream
	}
	return a.Index < b.Index
}

func (g *group) encodePartitions(e *encoder, s *groupSnapshot) {
	list := g.sorted()
	e.u32(uint32(len(list)))
	for _, p := range list {
		segments := p.list()
		e.partition(p.id)
		p.mu.RLock()
		e.i64(int64(p.mu.start))
		e.i64(int64(p.mu.end))
		p.mu.RUnlock()
		e.u32(uint32(len(segments)))
		for _, seg := range segments {
			encodeMetaOf(e, seg.Meta())
			s.require(g.log, p, seg)
		}
	}
}

// require notes what has to be synced for a segment to be named by a manifest.
func (s *groupSnapshot) require(l *Log, p *partition, seg *segment.Segment) {
	if !seg.Unsynced() {
		return
	}
	s.unsynced = append(s.unsynced, seg)
	if seg.New() {
		fs := l.o.FS
		stream := fs.PathDir(p.dir)
		parts := fs.PathDir(stream)
		for _, d := range []string{p.dir, stream, parts, fs.PathDir(parts)} {
			s.dirs[d] = true
		}
	}
}

func encodeMetaOf(e *encoder, m segment.Meta) {
	e.i64(int64(m.Base))
	e.i64(int64(m.Next))
	e.i64(m.Bytes)
	e.i64(m.FooterBytes)
	e.i64(m.Batches)
	e.u64(uint64(m.FirstIndex))
	e.u64(uint64(m.LastIndex))
	e.i64(m.MinTime)
	e.i64(m.MaxTime)
	e.i64(m.FirstAppended)
	e.i64(m.LastAppended)
}

func (g *group) encodeProducers(e *encoder) {
	ids := make([]int64, 0, len(g.producers))
	for id := range g.producers {
		ids = append(ids, id)
	}
	sort.Slice(ids, func(i, k int) bool { return ids[i] < ids[k] })
	e.u32(uint32(len(ids)))
	for _, id := range ids {
		p := g.producers[id]
		e.i64(id)
		e.u32(uint32(uint16(p.epoch)))
		e.i64(p.seen)
		encodeWindows(e, p.parts)
	}
}

func encodeWindows(e *encoder, parts map[PartitionID]*window) {
	ids := make([]PartitionID, 0, len(parts))
	for id := range parts {
		ids = append(ids, id)
	}
	sort.Slice(ids, func(i, k int) bool { return less(ids[i], ids[k]) })
	e.u32(uint32(len(ids)))
	for _, id := range ids {
		e.partition(id)
		e.u32(uint32(len(parts[id].batches)))
		for _, b := range parts[id].batches {
			e.u32(uint32(b.sequence))
			e.u32(uint32(b.count))
			e.i64(int64(b.base))
		}
	}
}
