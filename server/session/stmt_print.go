package session

import (
	"context"
	"strings"

	"millrace/catalog"
	"millrace/exec"
	"millrace/planner"
	"millrace/server/pgwire"
	"millrace/sql"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// printFields are the columns of PRINT. A row that a table has lost has no value.
var printFields = []pgwire.Field{
	{Name: "rowtime", Type: types.Timestamptz},
	{Name: "key", Type: types.Text},
	{Name: "value", Type: types.Text},
	{Name: "partition", Type: types.Int4},
	{Name: "offset", Type: types.Int8},
}

// topic finds what a topic's name means: the stream or table declared over it with
// KAFKA_TOPIC, else the relation of that name.
func (s *Session) topic(n sql.Name) (*catalog.Object, bool) {
	snap := s.backend.Catalog.Current()
	name := strings.Join(n.Parts, ".")
	for _, o := range snap.Objects() {
		if o.Options["kafka_topic"] == name && o.Kind != catalog.KindView {
			return o, true
		}
	}
	for _, bare := range []string{n.Last(), strings.ToLower(n.Last())} {
		if o, ok := snap.Lookup(s.searchPath(), n.Schema(), bare); ok && o.Kind != catalog.KindView {
			return o, true
		}
	}
	return nil, false
}

// runPrint shows the records of a topic as they come, or from the oldest one.
func (s *Session) runPrint(ctx context.Context, st *sql.Print) (*result, error) {
	o, ok := s.topic(st.Topic)
	if !ok {
		return nil, pgerr.Newf(pgerr.UndefinedTable, "topic \"%s\" does not exist", strings.Join(st.Topic.Parts, ".")).
			WithHint("SHOW TOPICS lists the topics.").At(int(st.Topic.Pos))
	}
	stmt, err := sql.ParseOne(printQuery(o))
	if err != nil {
		return nil, err
	}
	q, err := planner.Query(stmt.(*sql.SelectStmt).Query, s.backend.Catalog.Current(), s.planOptions(nil))
	if err != nil {
		return nil, err
	}
	if err := s.mayRead(q.Uses); err != nil {
		return nil, err
	}
	sub, err := s.subscribe(ctx, q.Root, exec.SubscribeOptions{Snapshot: st.FromBeginning})
	if err != nil {
		return nil, err
	}
	every := &sampler{every: max(st.Interval, 1)}
	return &result{
		fields: printFields, live: true,
		rows: &pushRows{s: s, sub: sub, left: st.Limit, shape: every.rows, right: s.pushRight(q.Uses)},
		tag:  func(int64) string { return "PRINT" },
	}, nil
}

// printQuery is the push query behind PRINT: key and value as JSON.
func printQuery(o *catalog.Object) string {
	name := sql.QuoteIdent(o.Schema) + "." + sql.QuoteIdent(o.Name)
	meta := "rowtime, " + jsonOf(o, true) + ", " + jsonOf(o, false) + ", rowpartition, rowoffset"
	if o.Kind != catalog.KindStream {
		meta = "NULL::timestamptz, " + jsonOf(o, true) + ", " + jsonOf(o, false) + ", NULL::int4, NULL::int8"
	}
	return "SELECT " + meta + " FROM " + name + " EMIT CHANGES"
}

// jsonOf is the expression of the key columns, or of the others, as text: of a single
// key column its value, else a JSON object.
func jsonOf(o *catalog.Object, key bool) string {
	isKey := map[int]bool{}
	for _, k := range o.Key {
		isKey[k] = true
	}
	var parts []string
	var one string
	for i, c := range o.Columns {
		if isKey[i] != key {
			continue
		}
		one = sql.QuoteIdent(c.Name)
		parts = append(parts, sql.QuoteLiteral(c.Name), one)
	}
	switch {
	case len(parts) == 0:
		return "NULL::text"
	case key && len(parts) == 2:
		return one + "::text"
	}
	return "json_build_object(" + strings.Join(parts, ", ") + ")::text"
}

// sampler takes every n-th record of the changes that pass.
type sampler struct{ every, seen int64 }

// printValue is the place of the column value in what PRINT gives.
const printValue = 2

// rows turns a change into records: one for each row that came, and one without a
// value for each that went and was not replaced.
func (p *sampler) rows(c exec.Change) *col.Batch {
	b := c.Batch
	if b == nil {
		return nil
	}
	came := map[string]bool{}
	for i := range b.N {
		if b.Weight(i) > 0 {
			came[recordKey(b, i)] = true
		}
	}
	out := col.NewBatchBuilder(printTypes(), b.N)
	for i := range b.N {
		gone := b.Weight(i) < 0
		if gone && came[recordKey(b, i)] {
			continue
		}
		for range max(b.Weight(i), 1) {
			if p.seen++; (p.seen-1)%p.every == 0 {
				out.Row(1, record(b, i, gone)...)
			}
		}
	}
	return out.Batch()
}

func recordKey(b *col.Batch, i int) string {
	return string(col.AppendRow(nil, b.Cols[1:printValue], i))
}

// record is row i, without its value if it is gone.
func record(b *col.Batch, i int, gone bool) []types.Datum {
	row := make([]types.Datum, len(b.Cols))
	for k, v := range b.Cols {
		row[k] = v.Datum(i)
	}
	if gone {
		row[printValue] = types.Null
	}
	return row
}

func printTypes() []types.Type {
	out := make([]types.Type, len(printFields))
	for i, f := range printFields {
		out[i] = f.Type
	}
	return out
}
