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

// showObjects are the queries behind ksqlDB's SHOW: the system tables have it all.
var showObjects = map[string]string{
	"streams":    `SELECT name, schema, partitions, comment FROM millrace.streams ORDER BY schema, name`,
	"tables":     `SELECT name, schema, comment FROM millrace.tables ORDER BY schema, name`,
	"views":      `SELECT name, schema, definition FROM millrace.views ORDER BY schema, name`,
	"queries":    `SELECT * FROM millrace.queries ORDER BY 1`,
	"topics":     `SELECT name, schema, partitions FROM millrace.streams ORDER BY schema, name`,
	"properties": `SELECT name, setting, short_desc AS description FROM pg_catalog.pg_settings ORDER BY name`,
	"functions":  `SELECT DISTINCT proname AS name FROM pg_catalog.pg_proc ORDER BY 1`,
	"types":      `SELECT typname AS name FROM pg_catalog.pg_type ORDER BY 1`,
	"schemas":    `SELECT nspname AS name FROM pg_catalog.pg_namespace ORDER BY 1`,
	"databases":  `SELECT datname AS name FROM pg_catalog.pg_database ORDER BY 1`,
	"indexes":    `SELECT indexname AS name, tablename AS "table" FROM pg_catalog.pg_indexes ORDER BY 1`,
}

// runShowObjects answers SHOW STREAMS and its kin, DESCRIBE and SHOW CREATE.
func (s *Session) runShowObjects(ctx context.Context, stmt sql.Statement) (*result, error) {
	switch st := stmt.(type) {
	case *sql.ShowObjects:
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
		return s.describe(st)
	case *sql.ShowCreate:
		return s.showCreate(st)
	}
	return nil, notSupported(stmt)
}

func (s *Session) showQuery(st *sql.ShowObjects) (*prepared, error) {
	text, ok := showObjects[st.What]
	if !ok {
		return nil, notSupported(st)
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
		p, err := s.showQuery(st)
		if err != nil {
			return nil, err
		}
		if err := s.plan(p); err != nil {
			return nil, err
		}
		return queryFields(p.query), nil
	case *sql.Describe:
		return describeFields, nil
	}
	return showFields("statement"), nil
}

var describeFields = []pgwire.Field{
	{Name: "column", Type: types.Text}, {Name: "type", Type: types.Text},
	{Name: "nullable", Type: types.Bool}, {Name: "key", Type: types.Bool}, {Name: "default", Type: types.Text},
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

func (s *Session) describe(st *sql.Describe) (*result, error) {
	if st.Kind != "" {
		return nil, notSupported(st)
	}
	o, err := s.relation(st.Name)
	if err != nil {
		return nil, err
	}
	out := col.NewBatchBuilder([]types.Type{types.Text, types.Text, types.Bool, types.Bool, types.Text}, len(o.Columns))
	for i, c := range o.Columns {
		def := types.Null
		if c.Default != "" {
			def = types.BytesDatum(c.Default)
		}
		isKey := false
		for _, k := range o.Key {
			isKey = isKey || k == i
		}
		out.Row(1, types.BytesDatum(c.Name), types.BytesDatum(c.Type.String()),
			types.BoolDatum(!c.NotNull), types.BoolDatum(isKey), def)
	}
	return table(describeFields, func(int64) string { return "DESCRIBE" }, out.Batch()), nil
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
