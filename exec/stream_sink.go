package exec

import (
	"millrace/catalog"
	"millrace/exec/op"
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
	pending  []*col.Batch
}

func (s *streamSink) keep(out []*col.Batch) { s.pending = append(s.pending, out...) }

// payload gives rows the layout of the stream, with the epoch's clock as rowtime.
func (s *streamSink) payload(list []*col.Batch, clock int64) *col.Batch {
	for i, b := range list {
		if hasRetraction(b) {
			panic(pgerr.Bug("stream %q gets a retraction", s.obj.Name))
		}
		list[i] = op.Expand(b)
	}
	rows := list[0]
	if len(list) > 1 {
		rows = col.Concat(s.obj.Types(), list...)
	}
	rowtime := col.Const(types.Timestamptz, types.FixedDatum(clock), rows.N)
	return &col.Batch{N: rows.N, Cols: append(rows.Cols[:len(rows.Cols):len(rows.Cols)], rowtime)}
}

func hasRetraction(b *col.Batch) bool {
	for _, w := range b.W {
		if w < 0 {
			return true
		}
	}
	return false
}

// joined appends what the backfill computed and the stream lacks.
func (e *Engine) joined(s *streamSink, id catalog.ObjectID) error {
	s.producer = int64(id)<<32 | int64(uint32(e.last.Epoch))
	s.next = 0
	list := s.pending
	s.pending = nil
	if rowCount(list) == 0 {
		return nil
	}
	rows := s.payload(list, e.last.Clock)
	missing, err := e.missing(s.obj, rows)
	if err != nil || missing.N == 0 {
		return err
	}
	_, err = e.log.Append(e.ctx, e.encodeStream(s.obj, []*col.Batch{missing}))
	return err
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

// appendEpoch appends a live epoch's rows.
func (e *Engine) appendEpoch(s *streamSink, out []*col.Batch, clock int64) error {
	if rowCount(out) == 0 {
		return nil
	}
	batches := e.encodeStream(s.obj, []*col.Batch{s.payload(out, clock)})
	for i := range batches {
		batches[i].ProducerID, batches[i].ProducerEpoch, batches[i].Sequence = s.producer, 0, s.next
		s.next++
	}
	_, err := e.log.Append(e.ctx, batches)
	return err
}

func rowCount(list []*col.Batch) int {
	n := 0
	for _, b := range list {
		n += b.N
	}
	return n
}
