package exec

import (
	"millrace/planner/plan"
	"millrace/sql/col"
)

// computeColumns fills the columns of new rows that are computed from the row: numbers
// of sequences, unless only generated columns are asked for, and generated columns.
// Columns of rows behind those of the table stay.
func computeColumns(q QueryEnv, w *plan.Write, rows *col.Batch, onlyGenerated bool) (*col.Batch, error) {
	if len(w.Computed) == 0 || rows.N == 0 {
		return rows, nil
	}
	out := &col.Batch{N: rows.N, Cols: append([]*col.Vec(nil), rows.Cols...)}
	for _, c := range w.Computed {
		if onlyGenerated && !c.Generated {
			continue
		}
		values, err := project(q.Env, []plan.Expr{c.X}, out)
		if err != nil {
			return nil, err
		}
		out.Cols[c.Col] = values[0].Cols[0]
	}
	return out, nil
}

// computeAll is computeColumns for the batches of an INSERT's source.
func computeAll(q QueryEnv, w *plan.Write, list []*col.Batch) error {
	if w.Kind != plan.InsertRows {
		return nil
	}
	for i := range list {
		var err error
		if list[i], err = computeColumns(q, w, list[i], false); err != nil {
			return err
		}
	}
	return nil
}
