package exec

import (
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"

	"millrace/catalog"
	"millrace/log"
)

// checkpointMeta is what a checkpoint of the store says beside rows and operator
// state: where the log has to be read on from (E3).
//
//	version u8 = 3 | epoch record (length uvarint, bytes) | next record uvarint
//	sources uvarint: id uvarint | partitions uvarint | offset uvarint each
//	flows uvarint: id uvarint | plan fingerprint u64 LE | producer varint | sequence uvarint |
//	  partitions of a stream sink uvarint | next offset uvarint each |
//	  indexes uvarint | id uvarint each | mode u8 (from version 3 on)
//
// A flow that was not live has fingerprint 0: rows of it may lie in the store, but
// they are no result.
type checkpointMeta struct {
	rec epochRecord
	// nextRecord is the offset in the system partition of the first epoch record to
	// replay.
	nextRecord log.Offset
	sources    []sourceMeta
	flows      []flowMeta
}

type sourceMeta struct {
	id      catalog.ObjectID
	offsets []log.Offset
}

type flowMeta struct {
	id       catalog.ObjectID
	print    uint64
	producer int64
	next     int32
	ends     []log.Offset
	// indexes are those whose entries are in the checkpoint, all of them.
	indexes []catalog.ObjectID
	mode    flowMode
}

const checkpointVersion = 3

func (m checkpointMeta) encode() []byte {
	b := []byte{checkpointVersion}
	rec := m.rec.encode()
	b = binary.AppendUvarint(b, uint64(len(rec)))
	b = append(b, rec...)
	b = binary.AppendUvarint(b, uint64(m.nextRecord))
	b = binary.AppendUvarint(b, uint64(len(m.sources)))
	for _, s := range m.sources {
		b = binary.AppendUvarint(b, uint64(s.id))
		b = binary.AppendUvarint(b, uint64(len(s.offsets)))
		for _, o := range s.offsets {
			b = binary.AppendUvarint(b, uint64(o))
		}
	}
	b = binary.AppendUvarint(b, uint64(len(m.flows)))
	for _, f := range m.flows {
		b = binary.AppendUvarint(b, uint64(f.id))
		b = binary.LittleEndian.AppendUint64(b, f.print)
		b = binary.AppendVarint(b, f.producer)
		b = binary.AppendUvarint(b, uint64(f.next))
		b = binary.AppendUvarint(b, uint64(len(f.ends)))
		for _, o := range f.ends {
			b = binary.AppendUvarint(b, uint64(o))
		}
		b = binary.AppendUvarint(b, uint64(len(f.indexes)))
		for _, id := range f.indexes {
			b = binary.AppendUvarint(b, uint64(id))
		}
		b = append(b, byte(f.mode))
	}
	return b
}

// itemsMax bounds the lists of a checkpoint, against damaged bytes.
const itemsMax = 1 << 24

func decodeCheckpoint(b []byte) (m checkpointMeta, err error) {
	d := decoder{b: b}
	version := d.byte()
	if v := version; v != checkpointVersion && v != 2 {
		return m, fmt.Errorf("checkpoint has version %d, this binary reads %d", v, checkpointVersion)
	}
	if m.rec, err = decodeEpochRecord([]byte(d.str())); err != nil {
		return m, err
	}
	m.nextRecord = log.Offset(d.uvarint())
	for range d.count(itemsMax) {
		s := sourceMeta{id: catalog.ObjectID(d.uvarint())}
		for range d.count(itemsMax) {
			s.offsets = append(s.offsets, log.Offset(d.uvarint()))
		}
		if d.err != nil {
			return m, d.err
		}
		m.sources = append(m.sources, s)
	}
	for range d.count(itemsMax) {
		f := flowMeta{id: catalog.ObjectID(d.uvarint()), print: d.u64(), producer: d.varint(), next: int32(d.uvarint())}
		for range d.count(itemsMax) {
			f.ends = append(f.ends, log.Offset(d.uvarint()))
			if d.err != nil {
				return m, d.err
			}
		}
		for range d.count(itemsMax) {
			f.indexes = append(f.indexes, catalog.ObjectID(d.uvarint()))
			if d.err != nil {
				return m, d.err
			}
		}
		if version > 2 {
			f.mode = flowMode(d.byte())
		}
		if d.err != nil {
			return m, d.err
		}
		m.flows = append(m.flows, f)
	}
	return m, d.err
}

func (d *decoder) u64() uint64 {
	if len(d.b) < 8 {
		d.fail()
		return 0
	}
	x := binary.LittleEndian.Uint64(d.b)
	d.b = d.b[8:]
	return x
}

// checkpoint makes the present epoch the one that recovery starts from.
func (e *Engine) checkpoint() error {
	if !e.dirty || e.last.Epoch == e.store.Epoch() {
		return nil
	}
	w := e.store.NewSaver()
	m := checkpointMeta{rec: e.last, nextRecord: e.nextRecord}
	for _, s := range e.sortedSources() {
		m.sources = append(m.sources, sourceMeta{id: s.obj.ID, offsets: s.offsets()})
	}
	for _, f := range e.flows.order {
		if f.obj == nil {
			continue
		}
		if !f.isLive() {
			m.flows = append(m.flows, flowMeta{id: f.id, indexes: indexIDs(f.obj)})
			continue
		}
		f.save(w)
		f.from = nil
		fm := flowMeta{id: f.id, print: f.print, indexes: indexIDs(f.obj), mode: f.mode}
		if f.sink != nil {
			fm.producer, fm.next, fm.ends = f.sink.producer, f.sink.next, slices.Clone(f.sink.ends)
		}
		m.flows = append(m.flows, fm)
	}
	for _, id := range slices.Sorted(maps.Keys(e.broken)) {
		m.flows = append(m.flows, flowMeta{id: id, indexes: indexIDs(e.broken[id])})
	}
	if err := w.Close(); err != nil {
		return fmt.Errorf("save operator state: %w", err)
	}
	if err := errors.Join(e.errs.save(e.store), e.late.save(e.store)); err != nil {
		return err
	}
	e.checkpointing.Lock()
	err := e.store.Checkpoint(e.last.Epoch, m.encode())
	e.checkpointing.Unlock()
	if err != nil {
		return err
	}
	e.dirty = false
	e.mu.Lock()
	e.mu.checkpointed = e.last.Epoch
	e.mu.Unlock()
	e.metrics.checkpoints.Add(1)
	e.pin(m)
	return nil
}

func indexIDs(o *catalog.Object) []catalog.ObjectID {
	out := make([]catalog.ObjectID, len(o.Indexes))
	for i, ix := range o.Indexes {
		out[i] = ix.ID
	}
	return out
}

// pin keeps what a replay from the checkpoint would read.
func (e *Engine) pin(m checkpointMeta) {
	at := map[log.PartitionID]log.Offset{systemPartition: m.nextRecord}
	for _, s := range m.sources {
		for p, o := range s.offsets {
			at[log.PartitionID{Stream: streamID(s.id), Index: int32(p)}] = o
		}
	}
	e.log.Pin("checkpoint", at)
	e.pinFills()
}

// pinFills keeps what the flows that no checkpoint has yet were filled from.
func (e *Engine) pinFills() {
	at := map[log.PartitionID]log.Offset{}
	for _, f := range e.flows.order {
		for id, o := range f.from {
			if old, ok := at[id]; !ok || o < old {
				at[id] = o
			}
		}
	}
	e.log.Pin("fill", at)
}

func streamID(id catalog.ObjectID) log.StreamID { return log.StreamID(id) }
