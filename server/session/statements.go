package session

import (
	"context"
	"time"

	"millrace/server/pgwire"
	"millrace/sql"
	"millrace/sql/pgerr"
)

// parseAll parses a query string.
func parseAll(text string) ([]sql.Statement, error) { return sql.Parse(text) }

// withTimeout bounds a statement by statement_timeout.
func (s *Session) withTimeout(ctx context.Context) (context.Context, context.CancelFunc) {
	d := s.vars.duration("statement_timeout")
	if d <= 0 {
		return ctx, func() {}
	}
	return context.WithTimeoutCause(ctx, max(d, time.Millisecond),
		pgerr.New(pgerr.QueryCanceled, "canceling statement due to statement timeout"))
}

// utilityFields describes the rows of statements without a plan.
func (s *Session) utilityFields(ctx context.Context, stmt sql.Statement) ([]pgwire.Field, error) {
	switch st := stmt.(type) {
	case *sql.Show:
		if st.Name == "all" {
			return showAllFields, nil
		}
		name, _, err := s.show(st.Name)
		return showFields(name), err
	case *sql.Explain:
		return explainFieldsOf(st)
	case *sql.Fetch:
		return s.cursorFields(ctx, st)
	case *sql.Execute:
		p, err := s.statement(st.Name)
		if err != nil {
			return nil, err
		}
		return s.fields(ctx, p)
	case *sql.Subscribe:
		q, err := s.planSubscribe(st)
		if err != nil {
			return nil, err
		}
		return append(subscribeFields[:2:2], queryFields(q)...), nil
	case *sql.ShowObjects, *sql.Describe, *sql.ShowCreate:
		return s.showObjectsFields(stmt)
	case *sql.Print:
		return printFields, nil
	case *sql.QueryControl:
		if st.Verb == "explain" {
			return explainFields, nil
		}
	}
	return nil, nil
}
