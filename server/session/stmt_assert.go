package session

import (
	"context"
	"strconv"
	"strings"

	"millrace/catalog"
	"millrace/sql"
	"millrace/sql/pgerr"
)

// runAssert runs ksqlDB's ASSERT: nothing if what it says is true, else P0004.
func (s *Session) runAssert(ctx context.Context, st *sql.Assert) (*result, error) {
	var err error
	switch st.Kind {
	case sql.AssertTopic:
		err = s.assertTopic(st)
	case sql.AssertStream, sql.AssertTable:
		err = s.assertRelation(st)
	case sql.AssertNull:
		err = s.assertNoRow(ctx, st)
	default:
		err = s.assertRow(ctx, st)
	}
	if err != nil {
		return nil, err
	}
	return command("ASSERT"), nil
}

// errAssert is the failure of an ASSERT.
func errAssert(n sql.Name, format string, args ...any) *pgerr.Error {
	return pgerr.Newf(pgerr.AssertFailure, format, args...).At(int(n.Pos))
}

func (s *Session) assertTopic(st *sql.Assert) error {
	name := strings.Join(st.Name.Parts, ".")
	o, ok := s.topic(st.Name)
	switch {
	case ok && st.NotExists:
		return errAssert(st.Name, "topic \"%s\" exists", name)
	case !ok && !st.NotExists:
		return errAssert(st.Name, "topic \"%s\" does not exist", name)
	case !ok:
		return nil
	}
	for _, w := range st.With {
		have := ""
		switch w.Name {
		case "partitions":
			have = strconv.Itoa(int(max(o.Partitions, 1)))
		case "replicas":
			have = "1"
		default:
			return pgerr.Newf(pgerr.InvalidParameterValue, "unrecognized parameter %q", w.Name).At(int(w.Pos))
		}
		if have != w.Value {
			return pgerr.Newf(pgerr.AssertFailure, "topic \"%s\" has %s %s, not %s", name, have, w.Name, w.Value).At(int(w.Pos))
		}
	}
	return nil
}

// assertRelation compares columns, keys and properties with those declared.
func (s *Session) assertRelation(st *sql.Assert) error {
	q, err := qname(st.Name)
	if err != nil {
		return err
	}
	o, ok := s.backend.Catalog.Current().Lookup(s.searchPath(), q.Schema, q.Name)
	if !ok || string(o.KindName()) != string(st.Kind) {
		return errAssert(st.Name, "%s \"%s\" does not exist", st.Kind, st.Name.Last())
	}
	if st.Columns != nil && len(st.Columns) != len(o.Columns) {
		return errAssert(st.Name, "%s \"%s\" has %d columns, not %d", st.Kind, o.Name, len(o.Columns), len(st.Columns))
	}
	for i, d := range st.Columns {
		if err := s.assertColumn(o, i, d); err != nil {
			return err
		}
	}
	for _, w := range st.With {
		if have, ok := o.Options[w.Name]; ok && have != w.Value {
			return pgerr.Newf(pgerr.AssertFailure, "%s \"%s\" has %s '%s', not '%s'",
				st.Kind, o.Name, w.Name, have, w.Value).At(int(w.Pos))
		}
	}
	return nil
}

func (s *Session) assertColumn(o *catalog.Object, i int, d *sql.ColumnDef) error {
	t, _, err := s.typeName(d.Type)
	if err != nil {
		return err
	}
	c := o.Columns[i]
	isKey := false
	for _, k := range o.Key {
		isKey = isKey || k == i
	}
	switch {
	case c.Name != d.Name:
		err = pgerr.Newf(pgerr.AssertFailure, "column %d is \"%s\", not \"%s\"", i+1, c.Name, d.Name)
	case c.Type != t:
		err = pgerr.Newf(pgerr.AssertFailure, "column \"%s\" is of type %s, not %s", c.Name, c.Type, t)
	case isKey != (d.Key || d.PrimaryKey):
		err = pgerr.Newf(pgerr.AssertFailure, "column \"%s\" differs in being part of the key", c.Name)
	}
	return pgerr.At(err, int(d.Pos))
}

// assertNames are the columns that an ASSERT is about: those named, else all, or all
// of the key.
func assertNames(st *sql.Assert, o *catalog.Object) ([]string, error) {
	names := st.Names
	if names == nil && st.Kind == sql.AssertNull {
		for _, k := range o.Key {
			names = append(names, o.Columns[k].Name)
		}
	} else if names == nil {
		for _, c := range o.Columns {
			names = append(names, c.Name)
		}
	}
	if len(names) != len(st.Row) {
		return nil, pgerr.Newf(pgerr.SyntaxError, "ASSERT has %d columns but %d values", len(names), len(st.Row)).
			At(int(st.Row[0].Position()))
	}
	return names, nil
}

// assertRow asserts the next row of a stream that no ASSERT of the session has taken
// yet, or that a table has a row.
func (s *Session) assertRow(ctx context.Context, st *sql.Assert) error {
	o, err := s.relation(st.Name)
	if err != nil {
		return err
	}
	names, err := assertNames(st, o)
	if err != nil {
		return err
	}
	from := sql.QuoteIdent(o.Schema) + "." + sql.QuoteIdent(o.Name)
	if o.Kind != catalog.KindStream {
		n, err := s.ask(ctx, "SELECT count(*)::text FROM "+from+" WHERE "+equalities(names, st.Row))
		if err == nil && n == "0" {
			err = errAssert(st.Name, "%s \"%s\" has no such row", o.KindName(), o.Name)
		}
		return err
	}
	next := "(SELECT * FROM (SELECT *, rowtime FROM " + from + " ORDER BY rowpartition, rowoffset LIMIT 1 OFFSET " +
		strconv.FormatInt(s.asserted[o.ID], 10) + ") r) s"
	same, err := s.ask(ctx, "SELECT ("+equalities(names, st.Row)+")::text FROM "+next)
	if err != nil {
		return err
	}
	if same == "" {
		return errAssert(st.Name, "stream \"%s\" has no more rows", o.Name).
			WithDetail("ASSERT VALUES has taken %d rows of it.", s.asserted[o.ID])
	}
	if same == "false" {
		row, err := s.ask(ctx, "SELECT (ROW("+quotedNames(names)+"))::text FROM "+next)
		if err != nil {
			return err
		}
		return errAssert(st.Name, "the next row of stream \"%s\" is another one", o.Name).
			WithDetail("It is %s.", row)
	}
	if s.asserted == nil {
		s.asserted = map[catalog.ObjectID]int64{}
	}
	s.asserted[o.ID]++
	return nil
}

// assertNoRow asserts that a table has no row with a key.
func (s *Session) assertNoRow(ctx context.Context, st *sql.Assert) error {
	o, err := s.relation(st.Name)
	if err != nil {
		return err
	}
	if o.Kind == catalog.KindStream {
		return pgerr.New(pgerr.FeatureNotSupported, "ASSERT NULL VALUES is not supported for a stream").
			WithDetail("Streams have rows only, no records without a value.").At(int(st.Name.Pos))
	}
	names, err := assertNames(st, o)
	if err != nil {
		return err
	}
	n, err := s.ask(ctx, "SELECT count(*)::text FROM "+sql.QuoteIdent(o.Schema)+"."+sql.QuoteIdent(o.Name)+
		" WHERE "+equalities(names, st.Row))
	if err == nil && n != "0" {
		err = errAssert(st.Name, "table \"%s\" has a row with this key", o.Name)
	}
	return err
}

// equalities is the condition that columns have values; NULL equals NULL.
func equalities(names []string, row []sql.Expr) string {
	parts := make([]string, len(names))
	for i, n := range names {
		parts[i] = sql.QuoteIdent(n) + " IS NOT DISTINCT FROM (" + sql.Format(row[i]) + ")"
	}
	return strings.Join(parts, " AND ")
}

func quotedNames(names []string) string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = sql.QuoteIdent(n)
	}
	return strings.Join(out, ", ")
}

// ask runs a query of one column and returns its first value, a text, "" for none.
func (s *Session) ask(ctx context.Context, query string) (string, error) {
	stmt, err := sql.ParseOne(query)
	if err != nil {
		return "", err
	}
	res, err := s.runSelect(ctx, &prepared{stmt: stmt}, nil)
	if err != nil {
		return "", noPosition(err)
	}
	defer res.rows.Close()
	b, err := res.rows.Next(ctx)
	if err != nil || b == nil || b.N == 0 {
		return "", noPosition(err)
	}
	return b.Cols[0].Str(0), nil
}

// noPosition drops the position of an error in text that the user did not write.
func noPosition(err error) error {
	if err == nil {
		return nil
	}
	e := *pgerr.As(err)
	e.Position = 0
	return &e
}
