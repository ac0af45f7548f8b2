package op

import (
	"sort"

	"millrace/sql/col"
)

// Filter keeps the rows for which a condition is true.
type Filter struct {
	stateless
	pred Pred
}

// NewFilter returns a filter.
func NewFilter(pred Pred) *Filter { return &Filter{pred: pred} }

// Push implements Op.
func (f *Filter) Push(c *Ctx, _ int, b *col.Batch, out Emit) {
	if c.Err() != nil {
		return
	}
	if kept := filterRows(c, "filter", f.pred, b); kept.N > 0 {
		out(kept)
	}
}

// filterRows returns the rows of b for which pred is true and reports the rows that
// failed.
func filterRows(c *Ctx, name string, pred Pred, b *col.Batch) *col.Batch {
	rows, errs := pred.Filter(c.Env, b)
	reportErrs(c, name, errs, b)
	if len(rows) == b.N {
		return b
	}
	return b.Gather(rows)
}

// reportErrs reports failed rows, lowest first.
func reportErrs(c *Ctx, name string, errs map[int]error, b *col.Batch) {
	if len(errs) == 0 {
		return
	}
	rows := make([]int, 0, len(errs))
	for i := range errs {
		rows = append(rows, i)
	}
	sort.Ints(rows)
	for _, i := range rows {
		if w := b.Weight(i); w != 0 {
			c.rowError(RowError{Op: name, Err: errs[i], Weight: int64(w), Batch: b, Row: i})
		}
	}
}

var _ Op = (*Filter)(nil)
