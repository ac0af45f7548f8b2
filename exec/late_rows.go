package exec

import (
	"encoding/binary"
	"fmt"
	"slices"
	"sync"

	"millrace/catalog"
	"millrace/exec/op"
	"millrace/exec/state"
	"millrace/sql/col"
	"millrace/sql/types"
)

// LateRow is a row that a continuous query left out because it came behind the
// watermark: an entry of millrace.late_rows.
type LateRow struct {
	View     uint64 // object id
	Epoch    uint64
	At       int64 // clock of the epoch, us since 2000-01-01 UTC
	Operator string
	// Time is the event time by which the row was late; op.NoTime when it had none.
	Time int64
	// Watermark is the one that it met, op.NoTime when that did not matter.
	Watermark int64
	Row       string // the values, as text
	Count     int64  // negative for a retraction
}

// lateRowsMax bounds the entries kept; the oldest go first. Counters go on.
const lateRowsMax = 10_000

// lateRows keeps the late rows of all flows, oldest first.
type lateRows struct {
	mu struct {
		sync.Mutex
		list []LateRow
	}
}

// lateSink makes the function that takes a flow's late rows.
func (e *Engine) lateSink(f *flow) func(op.LateRow) {
	return func(r op.LateRow) {
		f.stats.LateRows.Add(max(r.Weight, -r.Weight))
		if f.obj == nil {
			return
		}
		e.late.add(LateRow{
			View: uint64(f.id), Epoch: f.graph.ctx.Epoch, At: f.graph.ctx.Env.Now, Operator: r.Op,
			Time: r.Time, Watermark: r.Watermark, Row: rowText(r.Batch.Cols, r.Row), Count: r.Weight,
		})
	}
}

func (l *lateRows) add(r LateRow) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.mu.list) >= 2*lateRowsMax {
		l.mu.list = slices.Delete(l.mu.list, 0, lateRowsMax)
	}
	l.mu.list = append(l.mu.list, r)
}

// all returns the entries, oldest first.
func (l *lateRows) all() []LateRow {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Clone(l.mu.list[max(len(l.mu.list)-lateRowsMax, 0):])
}

func (l *lateRows) dropView(id uint64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.mu.list = slices.DeleteFunc(l.mu.list, func(r LateRow) bool { return r.View == id })
}

func (l *lateRows) count(id uint64) (n int64) {
	for _, r := range l.all() {
		if r.View == id {
			n += max(r.Count, -r.Count)
		}
	}
	return n
}

// LateRows returns the newest late rows, oldest first.
func (e *Engine) LateRows() []LateRow { return e.late.all() }

// Watermark is how far a continuous query is in the event time of a stream.
type Watermark struct {
	View, Stream catalog.ObjectID
	Partition    int32
	// Max is the largest event time of the partition, Seen the clock of the epoch that
	// brought its last row; op.NoTime before the first.
	Max, Seen int64
	// Watermark is that of the whole stream, op.NoTime before its first row.
	Watermark int64
	// Idle: the partition does not hold the watermark back.
	Idle bool
}

// Watermarks lists the streams whose event time live continuous queries follow.
func (e *Engine) Watermarks() []Watermark {
	var out []Watermark
	_ = e.call(e.ctx, func() {
		for _, f := range e.flows.order {
			if f.obj == nil || !f.isLive() {
				continue
			}
			for _, l := range f.graph.leaves {
				out = append(out, l.watermarks(f.id, e.last.Clock)...)
			}
		}
	})
	return out
}

func (l *leaf) watermarks(view catalog.ObjectID, clock int64) []Watermark {
	if l.time == nil {
		return nil
	}
	var out []Watermark
	for i, p := range l.time.parts {
		out = append(out, Watermark{
			View: view, Stream: l.object, Partition: int32(i), Max: p.max, Seen: p.seen,
			Watermark: l.time.watermark, Idle: p.max == op.NoTime || l.time.isIdle(p, clock),
		})
	}
	return out
}

// lateRowTypes is the layout of saved entries.
var lateRowTypes = []types.Type{
	types.Int8, types.Int8, types.Int8, types.Text, types.Int8, types.Int8, types.Text, types.Int8,
}

// lateOp is the number under which late rows are saved beside the row errors.
const lateOp = 1

// save writes all entries, as one value, with the state of a checkpoint.
func (l *lateRows) save(s *state.Store) error {
	list := l.all()
	b := col.NewBatchBuilder(lateRowTypes, len(list))
	for _, r := range list {
		b.Row(1, types.FixedDatum(int64(r.View)), types.FixedDatum(int64(r.Epoch)), types.FixedDatum(r.At),
			types.BytesDatum(r.Operator), types.FixedDatum(r.Time), types.FixedDatum(r.Watermark),
			types.BytesDatum(r.Row), types.FixedDatum(r.Count))
	}
	w := s.NewSaver()
	w.Op(errorsFlow, lateOp)
	w.Put(errorsTag, nil, col.Encode(binary.AppendUvarint(nil, uint64(b.Len())), b.Batch()))
	return w.Close()
}

func (l *lateRows) load(s *state.Store) error {
	snap := s.Snapshot()
	defer snap.Close()
	data, err := state.NewLoader(snap, errorsFlow, lateOp).Get(errorsTag, nil)
	if err != nil || data == nil {
		return err
	}
	n, used := binary.Uvarint(data)
	if n == 0 {
		return nil
	}
	b, err := col.Decode(data[max(used, 0):], lateRowTypes, nil)
	if err != nil {
		return fmt.Errorf("saved late rows: %w", err)
	}
	for i := range b.N {
		l.add(LateRow{
			View: uint64(b.Cols[0].Fix[i]), Epoch: uint64(b.Cols[1].Fix[i]), At: b.Cols[2].Fix[i],
			Operator: b.Cols[3].Str(i), Time: b.Cols[4].Fix[i], Watermark: b.Cols[5].Fix[i],
			Row: b.Cols[6].Str(i), Count: b.Cols[7].Fix[i],
		})
	}
	return nil
}
