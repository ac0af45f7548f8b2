package exec

import (
	"fmt"
	"maps"

	"millrace/catalog"
	"millrace/exec/op"
	"millrace/log"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// streamSink appends the result of CREATE STREAM AS SELECT to the stream's log, each
// row exactly once.
//
// While the flow runs with the loop, each epoch's rows are one append of an
// idempotent producer: a replay after a crash computes the same rows with the same
// sequence, and the log drops them. The rows of the backfill are not reproducible in
// that way (a later snapshot holds more), so they go without a producer, and a
// backfill that finds rows in the stream appends only what is missing: the result
// only ever grows, so what is there is part of it.
type streamSink struct {
	obj *catalog.Object
	// producer is made when the flow joins the loop: the epoch tells it from the
	// producers of earlier attempts.
	producer int64
	next     int32
	// ends is the next offset of each partition.
	ends []log.Offset
	// batches are the rows of the epoch in progress, pending those of the backfill.
	batches []log.Batch
	pending []*col.Batch
}

func (s *streamSink) keep(out []*col.Batch) { s.pending = append(s.pending, out...) }

// payload gives rows the layout of the stream. The time of a row is the column behind
// those of the stream, and the epoch's clock where there is none.
func (s *streamSink) payload(list []*col.Batch, clock int64) *col.Batch {
	for i, b := range list {
		if hasRetraction(b) {
			panic(pgerr.Bug("stream %q gets a retraction", s.obj.Name))
		}
		list[i] = op.Expand(b)
	}
	rows := list[0]
	if len(list) > 1 {
		rows = col.Concat(s.rowTypes(len(rows.Cols)), list...)
	}
	n := len(s.obj.Columns)
	var given *col.Vec
	if len(rows.Cols) > n {
		given = rows.Cols[n]
	}
	return &col.Batch{N: rows.N, Cols: append(rows.Cols[:n:n], rowtimes(given, rows.N, clock))}
}

// rowTypes is the types of n columns: those of the stream, and the rows' time.
func (s *streamSink) rowTypes(n int) []types.Type {
	ts := s.obj.Types()
	if n > len(ts) {
		ts = append(ts, types.Timestamptz)
	}
	return ts
}

func hasRetraction(b *col.Batch) bool {
	for _, w := range b.W {
		if w < 0 {
			return true
		}
	}
	return false
}

// place gives the epoch's rows the layout in which the stream's source would deliver
// them, so that other flows get them in the same epoch, and keeps them for the log.
// Nobody else writes the stream, so the offsets are known beforehand.
func (s *streamSink) place(out []*col.Batch, clock int64) []*col.Batch {
	rows := s.payload(out, clock)
	var placed []*col.Batch
	s.batches = append(s.batches, encodeParts(s.obj, rows, func(p int32, part *col.Batch) {
		offset := make([]int64, part.N)
		for i := range offset {
			offset[i] = int64(s.ends[p]) + int64(i)
		}
		s.ends[p] += log.Offset(part.N)
		number := col.Const(types.Int4, types.FixedDatum(int64(p)), part.N)
		cols := append(part.Cols[:len(part.Cols):len(part.Cols)], number, col.NewFixed(types.Int8, offset))
		placed = append(placed, &col.Batch{N: part.N, Cols: cols})
	})...)
	return placed
}

// joined appends what the backfill computed and the stream lacks.
func (e *Engine) joined(s *streamSink, id catalog.ObjectID) error {
	s.producer = int64(id)<<32 | int64(uint32(e.last.Epoch))
	s.next = 0
	list := s.pending
	s.pending = nil
	if rowCount(list) > 0 {
		missing, err := e.missing(s.obj, s.payload(list, e.last.Clock))
		if err != nil {
			return err
		}
		if missing.N > 0 {
			if _, err := e.log.Append(e.ctx, encodeParts(s.obj, missing, nil)); err != nil {
				return err
			}
		}
	}
	s.readEnds(e.log)
	e.setSinkEnds(s)
	return nil
}

// readEnds learns how far the stream reaches in the log.
func (s *streamSink) readEnds(l *log.Log) {
	s.ends = make([]log.Offset, s.obj.Partitions)
	for p := range s.ends {
		_, s.ends[p] = l.Ends(partitionID(s.obj, int32(p)))
	}
}

// setSinkEnds makes the stream's rows part of the snapshots to come.
func (e *Engine) setSinkEnds(s *streamSink) {
	ends := maps.Clone(e.sinkEnds)
	if ends == nil {
		ends = map[log.PartitionID]log.Offset{}
	}
	for p, end := range s.ends {
		ends[partitionID(s.obj, int32(p))] = end
	}
	e.sinkEnds = ends
}

// missing returns the rows that the stream does not have yet; rowtime aside.
func (e *Engine) missing(o *catalog.Object, rows *col.Batch) (*col.Batch, error) {
	there := map[string]int{}
	src := newSource(e.log, o, nil)
	defer src.close()
	n := len(o.Columns)
	var key []byte
	err := src.read(e.log, e.log.Applied(), batchRows, func(b *col.Batch) error {
		for i := range b.N {
			key = col.AppendRow(key[:0], b.Cols[:n], i)
			there[string(key)]++
		}
		return nil
	})
	if err != nil || len(there) == 0 {
		return rows, err
	}
	var keep []int32
	for i := range rows.N {
		key = col.AppendRow(key[:0], rows.Cols[:n], i)
		if there[string(key)] > 0 {
			there[string(key)]--
			continue
		}
		keep = append(keep, int32(i))
	}
	return rows.Gather(keep), nil
}

// appendSinks appends the epoch's rows of all sinks and makes them part of its
// snapshot.
func (e *Engine) appendSinks(snap *Snapshot) error {
	for _, f := range e.flows.order {
		if f.sink == nil || len(f.sink.batches) == 0 {
			continue
		}
		s := f.sink
		batches := s.batches
		s.batches = nil
		for i := range batches {
			batches[i].ProducerID, batches[i].ProducerEpoch, batches[i].Sequence = s.producer, 0, s.next
			batches[i].Flags |= log.FlagMonotonic
			s.next++
		}
		ack, err := e.log.Append(e.ctx, batches)
		if err != nil {
			return fmt.Errorf("append to stream %s: %w", s.obj.Name, err)
		}
		if f.isInsert() {
			e.inserts.note(ack.Positions)
			continue
		}
		e.setSinkEnds(s)
	}
	snap.sinks = e.sinkEnds
	return nil
}

func rowCount(list []*col.Batch) int {
	n := 0
	for _, b := range list {
		n += b.N
	}
	return n
}
