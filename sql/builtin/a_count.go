package builtin

import (
	"millrace/sql/col"
	"millrace/sql/types"
)

var countAggs = []Agg{
	{
		Name: "count", Args: list(), Returns: types.Int8, KeepNulls: true, Doc: "Number of rows: count(*).",
		Example: "count(*) of (1), (null) = 2", New: func([]types.Type) Accumulators { return &rowCount{} },
	},
	{
		Name: "count", Args: list(types.Any), Returns: types.Int8, Doc: "Number of rows whose argument is not NULL.",
		Example: "count(x) of (1), (null) = 1", New: func([]types.Type) Accumulators { return &valueCount{} },
	},
}

// rowCount counts rows.
type rowCount struct{ slots[int64] }

// Add implements Accumulators.
func (a *rowCount) Add(slots []int32, _ []*col.Vec, w []int32) {
	n := a.s
	if w == nil {
		for _, s := range slots {
			n[s]++
		}
		return
	}
	for i, s := range slots {
		n[s] += int64(w[i])
	}
}

// Result implements Accumulators.
func (a *rowCount) Result(slot int32, out *col.Builder) { out.Int(a.s[slot]) }

// AppendState implements Accumulators.
func (a *rowCount) AppendState(dst []byte, slot int32) []byte {
	return appendWords(dst, uint64(a.s[slot]))
}

// LoadState implements Accumulators.
func (a *rowCount) LoadState(slot int32, b []byte) ([]byte, error) {
	r := stateReader{b: b}
	a.s[slot] = r.int64()
	return r.rest()
}

// valueCount counts rows whose argument is not NULL.
type valueCount struct{ rowCount }

// Add implements Accumulators.
func (a *valueCount) Add(slots []int32, args []*col.Vec, w []int32) {
	v := args[0]
	if v.Nulls == nil {
		a.rowCount.Add(slots, nil, w)
		return
	}
	for i, s := range slots {
		if !v.Nulls.Get(i) {
			a.s[s] += weight(w, i)
		}
	}
}
