package op

import (
	"maps"

	"millrace/sql/col"
)

// Project computes one column per expression, of the rows for which a condition is
// true.
type Project struct {
	stateless
	pred  Pred // nil is true
	exprs []Expr
}

// NewProject returns a projection of the rows that satisfy pred; nil is all rows.
func NewProject(pred Pred, exprs []Expr) *Project { return &Project{pred: pred, exprs: exprs} }

// Push implements Op.
func (p *Project) Push(c *Ctx, _ int, b *col.Batch, out Emit) {
	if c.Err() != nil {
		return
	}
	if p.pred != nil {
		b = filterRows(c, "filter", p.pred, b)
	}
	if b.N == 0 {
		return
	}
	res := &col.Batch{N: b.N, W: b.W, Cols: make([]*col.Vec, len(p.exprs))}
	var errs map[int]error
	for i, e := range p.exprs {
		res.Cols[i] = e.Eval(c.Env, b)
		errs = mergeErrs(errs, res.Cols[i].Errs)
	}
	if errs != nil {
		reportErrs(c, "project", errs, b)
		res = dropRows(res, errs)
	}
	emitRows(res, out)
}

// mergeErrs adds the errors of one more column; of two errors of a row the first
// column's stays.
func mergeErrs(all, more map[int]error) map[int]error {
	if len(more) == 0 {
		return all
	}
	if all == nil {
		return maps.Clone(more)
	}
	for i, err := range more {
		if all[i] == nil {
			all[i] = err
		}
	}
	return all
}

// dropRows returns the rows of b that have no error.
func dropRows(b *col.Batch, errs map[int]error) *col.Batch {
	rows := make([]int32, 0, b.N)
	for i := range b.N {
		if errs[i] == nil {
			rows = append(rows, int32(i))
		}
	}
	return b.Gather(rows)
}

var _ Op = (*Project)(nil)
