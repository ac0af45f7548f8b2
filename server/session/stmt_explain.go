package session

import (
	"strings"

	"millrace/planner"
	"millrace/server/pgwire"
	"millrace/sql"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

var explainFields = []pgwire.Field{{Name: "QUERY PLAN", Type: types.Text}}

func (s *Session) runExplain(st *sql.Explain) (*result, error) {
	verbose, analyze := false, false
	for _, o := range st.Options {
		on := !o.HasValue || strings.EqualFold(o.Value, "true") || strings.EqualFold(o.Value, "on")
		switch o.Name {
		case "verbose":
			verbose = on
		case "analyze":
			analyze = on
		case "format":
			if !strings.EqualFold(o.Value, "text") {
				return nil, pgerr.Newf(pgerr.FeatureNotSupported, "EXPLAIN format %q is not supported", o.Value).At(int(o.Pos))
			}
		case "costs", "buffers", "timing", "summary", "settings", "wal":
		default:
			return nil, pgerr.Newf(pgerr.SyntaxError, "unrecognized EXPLAIN option %q", o.Name).At(int(o.Pos))
		}
	}
	if analyze {
		return nil, pgerr.New(pgerr.FeatureNotSupported, "EXPLAIN ANALYZE is not supported").At(int(st.Position()))
	}
	lines, err := s.explain(st.Statement, verbose)
	if err != nil {
		return nil, err
	}
	b := col.NewBuilder(types.Text, 16)
	for _, line := range lines {
		b.Str(line)
	}
	return table(explainFields, func(int64) string { return "EXPLAIN" }, col.NewBatch(b.Vec())), nil
}

// explain plans the statement inside EXPLAIN and prints the plan.
func (s *Session) explain(stmt sql.Statement, verbose bool) ([]string, error) {
	snap, o := s.backend.Catalog.Current(), s.planOptions(nil)
	switch st := stmt.(type) {
	case *sql.CreateMaterializedView:
		v, err := planner.View(st.Query, snap, o)
		if err == nil {
			err = s.mayRead(v.Uses)
		}
		if err != nil {
			return nil, err
		}
		return planner.Explain(v.Root, verbose), nil
	case *sql.Subscribe:
		q, err := s.planSubscribe(st)
		if err == nil {
			err = s.mayRead(q.Uses)
		}
		if err != nil {
			return nil, err
		}
		return planner.Explain(q.Root, verbose), nil
	}
	p := &prepared{stmt: stmt}
	if err := s.plan(p); err != nil {
		return nil, err
	}
	switch {
	case p.query != nil:
		if err := s.mayRead(p.query.Uses); err != nil {
			return nil, err
		}
		return planner.Explain(p.query.Root, verbose), nil
	case p.write != nil:
		if err := s.mayWrite(stmt, p.write); err != nil {
			return nil, err
		}
		return planner.ExplainWrite(p.write, verbose), nil
	}
	return nil, notSupported(stmt)
}
