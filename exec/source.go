package exec

import (
	"errors"
	"fmt"
	"math"

	"millrace/catalog"
	"millrace/log"
	"millrace/sql/col"
	"millrace/sql/types"
)

// The layout of record batch payloads.
//
// A stream's: the declared columns, then rowtime (timestamptz). A table's: op
// (int2: 0 upsert, 1 delete), then the declared columns, then, for a table without
// a primary key, the row id (int8; NULL in a first insert: the row then gets an id
// from its place in the log).

// logTypes returns the column types of the payload of o's record batches.
func logTypes(o *catalog.Object) []types.Type {
	cols := o.Types()
	if o.Kind != catalog.KindTable {
		return append(cols, types.Timestamptz)
	}
	out := append([]types.Type{types.Int2}, cols...)
	if len(o.Key) == 0 {
		out = append(out, types.Int8)
	}
	return out
}

// source reads the partitions of one stream or table from the log, once for all
// flows. It belongs to the loop (or to one backfill).
type source struct {
	obj   *catalog.Object
	types []types.Type
	// want is the payload columns to decode; nil means all.
	want  []int
	parts []*partReader
	// lenient: records that retention or DROP removed meanwhile are skipped. Where an
	// epoch is computed they must not be missed.
	lenient bool
	// took counts rows since it was last read and set to 0.
	took int64
}

type partReader struct {
	id   log.PartitionID
	next log.Offset
	// until, if bounded, ends the partition early.
	until   log.Offset
	bounded bool
	r       *log.Reader
}

func partitionID(o *catalog.Object, p int32) log.PartitionID {
	return log.PartitionID{Stream: log.StreamID(o.ID), Index: p}
}

// newSource returns a source that starts at the given offsets (nil: at the start
// of what is retained).
func newSource(l *log.Log, o *catalog.Object, from []log.Offset) *source {
	s := &source{obj: o, types: logTypes(o)}
	for p := range o.Partitions {
		id := partitionID(o, p)
		start, _ := l.Ends(id)
		if from != nil && from[p] > start {
			start = from[p]
		}
		s.parts = append(s.parts, &partReader{id: id, next: start})
	}
	return s
}

// chooseColumns makes the sources of streams decode only what some flow scans.
func (e *Engine) chooseColumns() {
	if !e.flows.changed {
		return
	}
	e.flows.changed = false
	scanned := map[catalog.ObjectID][]int{}
	for _, f := range e.flows.order {
		for _, l := range f.graph.leaves {
			scanned[l.object] = append(scanned[l.object], l.take...)
		}
	}
	for id, s := range e.sources {
		if s.obj.Kind == catalog.KindStream {
			s.want = wanted(scanned[id], len(s.types))
		}
	}
}

// offsets returns the next offset of each partition.
func (s *source) offsets() []log.Offset {
	out := make([]log.Offset, len(s.parts))
	for i, p := range s.parts {
		out[i] = p.next
	}
	return out
}

// close closes the readers.
func (s *source) close() {
	for _, p := range s.parts {
		if p.r != nil {
			p.r.Close()
			p.r = nil
		}
	}
}

// read calls fn with the record batches up to the vector, partition by partition,
// small batches joined up to about rows rows. fn may keep the batch.
func (s *source) read(l *log.Log, vector []log.Index, rows int, fn func(*col.Batch) error) error {
	for _, p := range s.parts {
		if err := s.readPart(l, p, vector, rows, fn); err != nil {
			return err
		}
	}
	return nil
}

func (s *source) readPart(l *log.Log, p *partReader, vector []log.Index, rows int, fn func(*col.Batch) error) error {
	_, end := l.Ends(p.id)
	if p.bounded {
		end = min(end, p.until)
	}
	if p.next >= end {
		return nil
	}
	if p.r == nil {
		p.r = l.Reader(p.id, p.next)
	}
	limit := vector[l.GroupOf(p.id)]
	var waiting []*col.Batch
	count := 0
	flush := func() error {
		if count == 0 {
			return nil
		}
		b := waiting[0]
		if len(waiting) > 1 {
			b = col.Concat(s.decodedTypes(), waiting...)
		}
		waiting, count = waiting[:0], 0
		return fn(s.spread(b))
	}
	for {
		lb, ok, err := p.r.Next(limit)
		if s.lenient && errors.Is(err, log.ErrOutOfRange) {
			p.next, _ = l.Ends(p.id)
			p.r.Close()
			p.r = l.Reader(p.id, p.next)
			continue
		}
		if err != nil {
			return fmt.Errorf("read %s/%d: %w", s.obj.Name, p.id.Index, err)
		}
		if !ok || p.bounded && lb.Base >= end {
			return flush()
		}
		b, err := s.decode(lb)
		if err != nil {
			return err
		}
		p.next = lb.Base + log.Offset(lb.Count)
		waiting, count = append(waiting, b), count+b.N
		s.took += int64(b.N)
		if count >= rows {
			if err := flush(); err != nil {
				return err
			}
		}
	}
}

// decodedTypes is the types of decoded columns: those wanted of the payload, then
// partition and offset.
func (s *source) decodedTypes() []types.Type {
	out := make([]types.Type, 0, len(s.types)+2)
	if s.want == nil {
		out = append(out, s.types...)
	}
	for _, c := range s.want {
		out = append(out, s.types[c])
	}
	return append(out, types.Int4, types.Int8)
}

// spread gives each decoded column its position in the payload; columns that are
// not wanted are nil.
func (s *source) spread(b *col.Batch) *col.Batch {
	if s.want == nil {
		return b
	}
	cols := make([]*col.Vec, len(s.types), len(s.types)+2)
	for i, c := range s.want {
		cols[c] = b.Cols[i]
	}
	return &col.Batch{N: b.N, W: b.W, Cols: append(cols, b.Cols[len(s.want):]...)}
}

// decode turns a record batch into the wanted columns, partition and offset.
func (s *source) decode(lb log.Batch) (*col.Batch, error) {
	b, err := col.Decode(lb.Payload, s.types, s.want)
	if err != nil {
		return nil, fmt.Errorf("record batch at %s/%d offset %d: %w", s.obj.Name, lb.Partition.Index, lb.Base, err)
	}
	part := make([]int64, b.N)
	offset := make([]int64, b.N)
	for i := range b.N {
		part[i], offset[i] = int64(lb.Partition.Index), int64(lb.Base)+int64(i)
	}
	b.Cols = append(b.Cols, col.NewFixed(types.Int4, part), col.NewFixed(types.Int8, offset))
	return b, nil
}

// skip moves on past everything up to the vector.
func (s *source) skip(l *log.Log, vector []log.Index) {
	for _, p := range s.parts {
		p.next = max(p.next, l.SeekIndex(p.id, vector[l.GroupOf(p.id)]))
	}
}

// upTo bounds a sink's stream by what the snapshot has of it, and returns the vector
// to read with: all of the log.
func (s *source) upTo(snap *Snapshot) []log.Index {
	all := make([]log.Index, len(snap.Vector))
	for i := range all {
		all[i] = math.MaxInt64
	}
	for _, p := range s.parts {
		p.until, p.bounded = snap.sinks[p.id], true
	}
	return all
}
