package builtin

import (
	"millrace/sql/col"
	"millrace/sql/types"
)

// Agg is one overload of an aggregate function. Exactly one of New and Collect is
// set, except that an Extreme has New (for append-only input) and Extreme.
type Agg struct {
	Name    string
	Args    []types.Type // empty: count(*)
	Returns types.Type
	Infer   func(args []types.Type) types.Type
	// KeepNulls: rows whose arguments are NULL count too (count(*), array_agg).
	KeepNulls bool
	// New returns the accumulators for arguments of the given actual types. They are
	// linear: adding a row with weight -1 undoes adding it with +1 (Extremes: see there).
	New func(args []types.Type) Accumulators
	// Extreme is -1 for min and +1 for max, else 0. Accumulators made by New then
	// accept weights > 0 only; with retractions the operator keeps an ordered
	// multiset of the values and takes its first or last.
	Extreme int
	// Collect computes the result from the whole multiset of a group's rows, for
	// aggregates that are not linear (array_agg, string_agg ...). The operator keeps
	// the rows and calls it for each touched group once per epoch.
	Collect func(c *Collected) (types.Datum, error)
	// WithinGroup: an ordered-set aggregate. The last of Args is its ORDER BY, the
	// direct arguments before it are the same for all rows of a group.
	WithinGroup bool
	// ByOffset: without ORDER BY the rows come in the order of the log.
	ByOffset bool
	Doc      string
	Example  string
}

// Collected is the rows of one group: argument vectors in the order of the
// aggregate's ORDER BY, or in key order of the arguments when it has none, so that
// the result is deterministic. Rows with weight n appear n times.
type Collected struct {
	Env      *Env
	Args     []*col.Vec
	ArgTypes []types.Type
	N        int
}

// Accumulators hold the state of one aggregate for many groups, each group being a
// dense slot number. They hold no pointers per group.
type Accumulators interface {
	// Grow makes slots 0..n-1 usable; new slots are empty.
	Grow(n int)
	// Add adds row i of args to slot slots[i] with weight w[i] (nil: +1 each), for
	// all i. NULL arguments are ignored unless KeepNulls.
	Add(slots []int32, args []*col.Vec, w []int32)
	// Result appends the slot's result to out; an overflow is a failed row.
	Result(slot int32, out *col.Builder)
	// Reset empties a slot for reuse.
	Reset(slot int32)
	// AppendState appends the slot's state; LoadState reads it back and returns the rest.
	AppendState(dst []byte, slot int32) []byte
	LoadState(slot int32, b []byte) ([]byte, error)
	// MemBytes is the exact memory held.
	MemBytes() int64
}
