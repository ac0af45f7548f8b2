package session

import (
	"context"
	"strings"

	"millrace/catalog"
	"millrace/server/pgwire"
	"millrace/sql"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// runShowObjects answers SHOW STREAMS and its kin, DESCRIBE and SHOW CREATE.
func (s *Session) runShowObjects(ctx context.Context, stmt sql.Statement) (*result, error) {
	switch st := stmt.(type) {
	case *sql.ShowObjects:
		if st.What == "variables" {
			return s.showVariables(), nil
		}
		p, err := s.showQuery(st)
		if err != nil {
			return nil, err
		}
		res, err := s.runSelect(ctx, p, nil)
		if err == nil {
			res.tag = func(int64) string { return "SHOW" }
		}
		return res, err
	case *sql.Describe:
		return s.describe(ctx, st)
	case *sql.ShowCreate:
		return s.showCreate(st)
	}
	return nil, notSupported(stmt)
}

func (s *Session) showQuery(st *sql.ShowObjects) (*prepared, error) {
	text, ok := showText(st)
	if !ok {
		return nil, pgerr.Newf(pgerr.FeatureNotSupported, "SHOW %s is not supported", upper(st.What)).At(int(st.Position()))
	}
	stmts, err := sql.Parse(text)
	if err != nil {
		return nil, err
	}
	return &prepared{stmt: stmts[0]}, nil
}

func (s *Session) showObjectsFields(stmt sql.Statement) ([]pgwire.Field, error) {
	switch st := stmt.(type) {
	case *sql.ShowObjects:
		if st.What == "variables" {
			return variableFields, nil
		}
		p, err := s.showQuery(st)
		if err != nil {
			return nil, err
		}
		if err := s.plan(p); err != nil {
			return nil, err
		}
		return queryFields(p.query), nil
	case *sql.Describe:
		return describeShape(st), nil
	}
	return showFields("statement"), nil
}

func (s *Session) relation(n sql.Name) (*catalog.Object, error) {
	q, err := qname(n)
	if err != nil {
		return nil, err
	}
	o, ok := s.backend.Catalog.Current().Lookup(s.searchPath(), q.Schema, q.Name)
	if !ok {
		return nil, pgerr.Newf(pgerr.UndefinedTable, "relation %q does not exist", n.String()).At(int(n.Pos))
	}
	return o, nil
}

func (s *Session) showCreate(st *sql.ShowCreate) (*result, error) {
	o, err := s.relation(st.Name)
	if err != nil {
		return nil, err
	}
	if !o.HasQuery() {
		return nil, pgerr.Newf(pgerr.WrongObjectType, "%q is not a view", o.Name).At(int(st.Name.Pos))
	}
	text := "CREATE " + strings.ToUpper(string(o.KindName())) + " " + sql.QuoteIdent(o.Name) + " AS " + o.Definition
	b := col.NewBuilder(types.Text, 1)
	b.Str(text)
	return table(showFields("statement"), func(int64) string { return "SHOW" }, col.NewBatch(b.Vec())), nil
}
