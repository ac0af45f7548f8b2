package session

import (
	"context"

	"millrace/exec"
	"millrace/planner"
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/col"
	"millrace/sql/types"
)

// runSelect runs a pull or push query.
func (s *Session) runSelect(ctx context.Context, p *prepared, params []types.Datum) (*result, error) {
	if err := s.plan(p); err != nil {
		return nil, err
	}
	q := p.query
	if err := s.mayRead(q.Uses); err != nil {
		return nil, err
	}
	if q.Emit != plan.EmitOnce {
		return s.push(ctx, q, params)
	}
	if p.lookup != nil {
		if res, err := s.runLookup(ctx, p, params); res != nil || err != nil {
			return res, err
		}
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
	snap, tx, release, err := s.snapshot(ctx, p.sources)
	if err != nil {
		return nil, err
	}
	rows, err := s.backend.Engine.Query(ctx, root, s.queryEnv(ctx, snap, tx))
	if err != nil {
		release()
		return nil, err
	}
	return &result{
		fields: queryFields(q), rows: &queryRows{Rows: rows, release: release},
		tag: selectTag,
	}, nil
}

// runLookup runs a query by key. The result is nil when it has to be run as any other.
func (s *Session) runLookup(ctx context.Context, p *prepared, params []types.Datum) (*result, error) {
	tx := s.txn.tx
	if s.txn.block {
		tx = s.begin()
	}
	s.lookupEnv = s.makeEnv()
	b, ok, err := s.backend.Engine.Lookup(ctx, p.lookup, &s.lookupEnv, tx, s.want(p.sources), params)
	if err != nil || !ok {
		return nil, err
	}
	rows := &batches{}
	if b != nil {
		rows.list = []*col.Batch{b}
	}
	return &result{fields: queryFields(p.query), rows: rows, tag: selectTag}, nil
}

func selectTag(n int64) string {
	if n == 1 {
		return "SELECT 1"
	}
	return "SELECT " + itoa(n)
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
