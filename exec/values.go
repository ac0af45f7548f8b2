package exec

import (
	"millrace/exec/expr"
	"millrace/planner/plan"
	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// valuesBatch evaluates literal rows, all at once. params are the values of the
// parameters in them.
func valuesBatch(env *builtin.Env, n *plan.Values, params []types.Datum) (*col.Batch, error) {
	row := make([]types.Datum, len(n.Out))
	if len(n.Rows) == 1 {
		if err := valuesRow(env, n.Rows[0], params, row); err != nil {
			return nil, err
		}
		return col.OneRow(n.Out, row), nil
	}
	out := col.NewBatchBuilder(n.Out.Types(), len(n.Rows))
	for _, exprs := range n.Rows {
		if err := valuesRow(env, exprs, params, row); err != nil {
			return nil, err
		}
		out.Row(1, row...)
	}
	return out.Batch(), nil
}

// valuesRow evaluates one row into out. Constants and parameters, which prepared
// INSERTs consist of, need no program.
func valuesRow(env *builtin.Env, exprs []plan.Expr, params, out []types.Datum) (err error) {
	for i, x := range exprs {
		if out[i], err = constValue(env, x, params); err != nil {
			return err
		}
	}
	return nil
}

// constValue evaluates an expression without columns.
func constValue(env *builtin.Env, x plan.Expr, params []types.Datum) (types.Datum, error) {
	switch x := x.(type) {
	case *plan.Const:
		return x.Value, nil
	case *plan.Param:
		if x.Index >= len(params) {
			return types.Null, pgerr.Bug("no value for parameter $%d", x.Index+1)
		}
		return params[x.Index], nil
	}
	return expr.EvalConst(env, plan.BindExpr(x, params, nil))
}
