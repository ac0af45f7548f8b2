package session

import (
	"context"

	"millrace/exec"
	"millrace/planner"
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/types"
)

// runSelect runs a pull or push query.
func (s *Session) runSelect(ctx context.Context, p *prepared, params []types.Datum) (*result, error) {
	if err := s.plan(p); err != nil {
		return nil, err
	}
	q := p.query
	if q.Emit != plan.EmitOnce {
		return s.push(ctx, q, params)
	}
	root := q.Root
	if len(params) > 0 {
		root = plan.BindParams(root, params, q.Params)
	}
	if s.txn.tx == nil {
		if err := s.backend.Engine.WaitReadable(ctx, root); err != nil {
			return nil, err
		}
	}
	snap, tx, release, err := s.snapshot(ctx)
	if err != nil {
		return nil, err
	}
	rows, err := s.backend.Engine.Query(ctx, root, s.queryEnv(snap, tx))
	if err != nil {
		release()
		return nil, err
	}
	return &result{
		fields: queryFields(q), rows: &queryRows{Rows: rows, release: release},
		tag: func(n int64) string { return "SELECT " + itoa(n) },
	}, nil
}

// evalTo evaluates a constant expression (an argument of EXECUTE, a DEFAULT) and
// converts it to t as an assignment does.
func (s *Session) evalTo(e sql.Expr, t types.Type) (types.Datum, error) {
	x, err := planner.Coerce(e, types.Column{Type: t}, s.backend.Catalog.Current(), s.planOptions(nil))
	if err != nil {
		return types.Null, err
	}
	return exec.EvalConst(s.env(), x)
}
