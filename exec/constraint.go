package exec

import (
	"fmt"
	"strings"

	"millrace/catalog"
	"millrace/planner/plan"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// checkRows enforces NOT NULL and CHECK over new rows.
func checkRows(q QueryEnv, w *plan.Write, rows *col.Batch) error {
	for _, c := range w.NotNull {
		v := rows.Cols[c]
		if v.Nulls == nil {
			continue
		}
		for i := range rows.N {
			if v.IsNull(i) {
				return notNullViolation(w.Target, c, rowDatums(rows.Cols, i), q)
			}
		}
	}
	for _, c := range w.Checks {
		if err := checkConstraint(q, w.Target, c, rows); err != nil {
			return err
		}
	}
	return nil
}

func checkConstraint(q QueryEnv, o *catalog.Object, c plan.Check, rows *col.Batch) error {
	out, err := project(q.Env, []plan.Expr{c.Pred}, rows)
	if err != nil {
		return err
	}
	v := out[0].Cols[0]
	for i := range rows.N {
		if !v.IsNull(i) && !v.Bool(i) {
			err := pgerr.Newf(pgerr.CheckViolation,
				"new row for relation %q violates check constraint %q", o.Name, c.Name).
				WithDetail("Failing row contains %s.", formatRow(o, rowDatums(rows.Cols, i), q))
			err.Schema, err.Table, err.Constraint = o.Schema, o.Name, c.Name
			return err
		}
	}
	return nil
}

func notNullViolation(o *catalog.Object, c int, row []types.Datum, q QueryEnv) error {
	err := pgerr.Newf(pgerr.NotNullViolation,
		"null value in column %q of relation %q violates not-null constraint", o.Columns[c].Name, o.Name).
		WithDetail("Failing row contains %s.", formatRow(o, row, q))
	err.Schema, err.Table, err.Column = o.Schema, o.Name, o.Columns[c].Name
	return err
}

func duplicateKey(o *catalog.Object, row []types.Datum) error {
	names := make([]string, len(o.Key))
	values := make([]string, len(o.Key))
	for i, c := range o.Key {
		names[i] = o.Columns[c].Name
		values[i] = datumText(o.Columns[c].Type, row[c], nil)
	}
	err := pgerr.Newf(pgerr.UniqueViolation,
		"duplicate key value violates unique constraint %q", o.KeyName).
		WithDetail("Key (%s)=(%s) already exists.", strings.Join(names, ", "), strings.Join(values, ", "))
	err.Schema, err.Table, err.Constraint = o.Schema, o.Name, o.KeyName
	return err
}

func datumText(t types.Type, d types.Datum, f *types.Format) string {
	if !d.Set {
		return "null"
	}
	return string(types.AppendText(nil, t, d.I, []byte(d.S), f))
}

func formatRow(o *catalog.Object, row []types.Datum, q QueryEnv) string {
	parts := make([]string, len(o.Columns))
	for i := range o.Columns {
		parts[i] = datumText(o.Columns[i].Type, row[i], q.Env.Format)
	}
	return fmt.Sprintf("(%s)", strings.Join(parts, ", "))
}
