package exec

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"sync"

	"millrace/exec/op"
	"millrace/exec/state"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// RowError is a row that a continuous query could not compute: an entry of
// millrace.row_errors.
type RowError struct {
	View     uint64 // object id
	Epoch    uint64
	At       int64 // clock of the epoch, us since 2000-01-01 UTC
	Operator string
	SQLState string
	Message  string
	// Partition and Offset tell where the source row lies in its stream; HasPlace is
	// false where the failed row is not a row of one stream any more.
	HasPlace  bool
	Source    uint64 // object id of the stream
	Partition int32
	Offset    int64
	Row       string // the values, as text
	Count     int64
}

// rowErrorsMax bounds the entries kept; the oldest go first. Counters go on.
const rowErrorsMax = 10_000

// rowTextMax bounds the bytes of a row's text that are kept. Longer rows that begin
// alike count as one.
const rowTextMax = 1000

// rowErrors keeps the failed rows of all flows.
type rowErrors struct {
	mu struct {
		sync.Mutex
		list []RowError // oldest first; Count is 0 in those that are gone
		gone int
		at   map[errorKey]int // place in list
	}
}

// errorKey identifies an entry: a hash of what retractions repeat.
type errorKey [16]byte

// add records a failed row, or takes one away when it is retracted.
func (r *rowErrors) add(f *flow, e op.RowError) {
	if f.obj == nil {
		return
	}
	entry := RowError{
		View: uint64(f.id), Epoch: f.graph.ctx.Epoch, At: f.graph.ctx.Env.Now,
		Operator: e.Op, SQLState: pgerr.Code(e.Err), Message: pgerr.As(e.Err).Message, Count: e.Weight,
	}
	if e.Batch != nil {
		entry.place(f, e)
		cols := e.Batch.Cols
		if entry.HasPlace {
			cols = cols[:len(cols)-2]
		}
		entry.Row = rowText(cols, e.Row)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.addLocked(entry)
}

func (r *rowErrors) addLocked(entry RowError) {
	key := entry.key()
	if i, ok := r.mu.at[key]; ok {
		o := &r.mu.list[i]
		if o.Count += entry.Count; o.Count == 0 {
			delete(r.mu.at, key)
			if r.mu.gone++; r.mu.gone > rowErrorsMax {
				r.packLocked(func(*RowError) bool { return true })
			}
		}
		return
	}
	if entry.Count < 0 {
		return // its insertion was pushed out by newer ones
	}
	if len(r.mu.at) >= rowErrorsMax {
		n := 0
		r.packLocked(func(*RowError) bool { n++; return n > rowErrorsMax/10 })
	}
	if r.mu.at == nil {
		r.mu.at = map[errorKey]int{}
	}
	r.mu.at[key] = len(r.mu.list)
	r.mu.list = append(r.mu.list, entry)
}

// packLocked keeps the entries that are there and that keep wants.
func (r *rowErrors) packLocked(keep func(*RowError) bool) {
	old := r.mu.list
	r.mu.list, r.mu.gone = nil, 0
	clear(r.mu.at)
	for i := range old {
		if old[i].Count != 0 && keep(&old[i]) {
			r.mu.at[old[i].key()] = len(r.mu.list)
			r.mu.list = append(r.mu.list, old[i])
		}
	}
}

func (e *RowError) key() errorKey {
	h := fnv.New128a()
	fmt.Fprintf(h, "%d\x00%s\x00%s\x00%v\x00%d\x00%d\x00%s",
		e.View, e.Operator, e.Message, e.HasPlace, e.Partition, e.Offset, e.Row)
	return errorKey(h.Sum(nil))
}

// place reads the source row's place off the columns that a leaf appends.
func (e *RowError) place(f *flow, r op.RowError) {
	n := f.graph.running
	if n == nil || !n.placed {
		return
	}
	last := len(r.Batch.Cols) - 1
	e.HasPlace, e.Source = true, uint64(n.source)
	e.Partition, e.Offset = int32(r.Batch.Cols[last-1].Fix[r.Row]), r.Batch.Cols[last].Fix[r.Row]
}

func rowText(cols []*col.Vec, i int) string {
	parts := make([]string, len(cols))
	for c, v := range cols {
		parts[c] = datumText(v.Type, v.Datum(i), nil)
	}
	text := "(" + strings.Join(parts, ", ") + ")"
	if len(text) > rowTextMax {
		text = strings.ToValidUTF8(text[:rowTextMax], "") + "..."
	}
	return text
}

// dropView forgets a view's errors.
func (r *rowErrors) dropView(id uint64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.packLocked(func(e *RowError) bool { return e.View != id })
}

// count is how many rows of a view are in error.
func (r *rowErrors) count(id uint64) (n int64) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := range r.mu.list {
		if r.mu.list[i].View == id {
			n += r.mu.list[i].Count
		}
	}
	return n
}

// RowErrors returns the failed rows, oldest first.
func (e *Engine) RowErrors() []RowError {
	e.errs.mu.Lock()
	defer e.errs.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(e.errs.mu.list), func(r RowError) bool { return r.Count == 0 })
}

// rowErrorTypes is the layout of saved entries.
var rowErrorTypes = []types.Type{
	types.Int8, types.Int8, types.Int8, types.Text, types.Text, types.Text,
	types.Int4, types.Int8, types.Text, types.Int8, types.Int8,
}

const (
	errorsFlow = ^uint64(0) // no object has this id
	errorsTag  = 0
)

// save writes all entries, as one value, with the state of a checkpoint.
func (r *rowErrors) save(s *state.Store) error {
	r.mu.Lock()
	r.packLocked(func(*RowError) bool { return true })
	b := col.NewBatchBuilder(rowErrorTypes, len(r.mu.list))
	for _, e := range r.mu.list {
		place := [2]types.Datum{}
		if e.HasPlace {
			place = [2]types.Datum{types.FixedDatum(int64(e.Partition)), types.FixedDatum(e.Offset)}
		}
		b.Row(1, types.FixedDatum(int64(e.View)), types.FixedDatum(int64(e.Epoch)), types.FixedDatum(e.At),
			types.BytesDatum(e.Operator), types.BytesDatum(e.SQLState), types.BytesDatum(e.Message),
			place[0], place[1], types.BytesDatum(e.Row), types.FixedDatum(e.Count),
			types.FixedDatum(int64(e.Source)))
	}
	r.mu.Unlock()
	w := s.NewSaver()
	w.Op(errorsFlow, 0)
	w.Put(errorsTag, nil, col.Encode(binary.AppendUvarint(nil, uint64(b.Len())), b.Batch()))
	return w.Close()
}

func (r *rowErrors) load(s *state.Store) error {
	snap := s.Snapshot()
	defer snap.Close()
	data, err := state.NewLoader(snap, errorsFlow, 0).Get(errorsTag, nil)
	if err != nil || data == nil {
		return err
	}
	n, used := binary.Uvarint(data)
	if n == 0 {
		return nil
	}
	b, err := col.Decode(data[max(used, 0):], rowErrorTypes, nil)
	if err != nil {
		return fmt.Errorf("saved row errors: %w", err)
	}
	for i := range b.N {
		e := RowError{
			View: uint64(b.Cols[0].Fix[i]), Epoch: uint64(b.Cols[1].Fix[i]), At: b.Cols[2].Fix[i],
			Operator: b.Cols[3].Str(i), SQLState: b.Cols[4].Str(i), Message: b.Cols[5].Str(i),
			Row: b.Cols[8].Str(i), Count: b.Cols[9].Fix[i],
			Source: uint64(b.Cols[10].Fix[i]),
		}
		if !b.Cols[6].IsNull(i) {
			e.HasPlace, e.Partition, e.Offset = true, int32(b.Cols[6].Fix[i]), b.Cols[7].Fix[i]
		}
		r.addLocked(e) // nobody else is there yet
	}
	return nil
}
