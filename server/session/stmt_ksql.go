package session

import (
	"context"
	"maps"
	"regexp"
	"slices"

	"millrace/catalog"
	"millrace/planner"
	"millrace/sql"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// runKsql runs the statements that only ksqlDB has.
func (s *Session) runKsql(ctx context.Context, stmt sql.Statement) (*result, error) {
	switch st := stmt.(type) {
	case *sql.Define:
		if s.variables == nil {
			s.variables = map[string]string{}
		}
		s.variables[st.Name] = st.Value
		return command("DEFINE"), nil
	case *sql.Undefine:
		if _, ok := s.variables[st.Name]; !ok {
			return nil, pgerr.Newf(pgerr.UndefinedObject, "variable \"%s\" is not defined", st.Name)
		}
		delete(s.variables, st.Name)
		return command("UNDEFINE"), nil
	case *sql.Print:
		return s.runPrint(ctx, st)
	case *sql.Assert:
		return s.runAssert(ctx, st)
	case *sql.QueryControl:
		return s.runQueryControl(ctx, st)
	case *sql.AlterSystem:
		return nil, pgerr.New(pgerr.FeatureNotSupported, "ALTER SYSTEM is not supported").
			WithHint("Settings of the server are flags of its command line; SET changes those of a session.").
			At(int(st.Position()))
	}
	return nil, notSupported(stmt)
}

// showVariables lists what DEFINE has set.
func (s *Session) showVariables() *result {
	out := col.NewBatchBuilder([]types.Type{types.Text, types.Text}, len(s.variables))
	for _, name := range slices.Sorted(maps.Keys(s.variables)) {
		out.Row(1, types.BytesDatum(name), types.BytesDatum(s.variables[name]))
	}
	return table(variableFields, func(int64) string { return "SHOW" }, out.Batch())
}

// queryID is the form of the ids that ksqlDB gives its queries.
var queryID = regexp.MustCompile(`^(?:csas|ctas|cst|ctt)_(.+)_[0-9]+$`)

// continuousQuery finds a continuous query by its id, which is the name of what it
// maintains; ksqlDB's ids, CTAS_NAME_7, lead there, too.
func (s *Session) continuousQuery(n sql.Name) (*catalog.Object, error) {
	q, err := qname(n)
	if err != nil {
		return nil, err
	}
	snap := s.backend.Catalog.Current()
	o, ok := snap.Lookup(s.searchPath(), q.Schema, q.Name)
	if m := queryID.FindStringSubmatch(q.Name); !ok && m != nil {
		o, ok = snap.Lookup(s.searchPath(), q.Schema, m[1])
	}
	if !ok {
		return nil, pgerr.Newf(pgerr.UndefinedObject, "query \"%s\" does not exist", n.String()).
			WithHint("The id of a query is the name of what it maintains; SHOW QUERIES lists them.").At(int(n.Pos))
	}
	if !o.IsContinuous() {
		return nil, pgerr.Newf(pgerr.WrongObjectType, "\"%s\" is not maintained by a query", o.Name).At(int(n.Pos))
	}
	return o, nil
}

// explainQuery prints the plan of a running query.
func (s *Session) explainQuery(n sql.Name) (*result, error) {
	o, err := s.continuousQuery(n)
	if err != nil {
		return nil, err
	}
	stmt, err := sql.ParseOne(o.Definition)
	if err != nil {
		return nil, err
	}
	opts := s.planOptions(nil)
	opts.SearchPath = o.SearchPath
	v, err := planner.View(stmt.(*sql.SelectStmt).Query, s.backend.Catalog.Current(), opts)
	if err != nil {
		return nil, err
	}
	b := col.NewBuilder(types.Text, 16)
	for _, line := range planner.Explain(v.Root, false) {
		b.Str(line)
	}
	return table(explainFields, func(int64) string { return "EXPLAIN" }, col.NewBatch(b.Vec())), nil
}

// runQueryControl runs TERMINATE, PAUSE, RESUME and EXPLAIN of continuous queries.
func (s *Session) runQueryControl(ctx context.Context, st *sql.QueryControl) (*result, error) {
	if st.Verb == "explain" {
		return s.explainQuery(st.Query)
	}
	if err := s.beforeDDL(ctx); err != nil {
		return nil, err
	}
	var list []*catalog.Object
	if st.Query.Empty() {
		for _, o := range s.backend.Catalog.Current().Objects() {
			if o.IsContinuous() && o.QueryState() != catalog.QueryTerminated {
				list = append(list, o)
			}
		}
	} else {
		o, err := s.continuousQuery(st.Query)
		if err != nil {
			return nil, err
		}
		if o.QueryState() == catalog.QueryTerminated {
			return nil, pgerr.Newf(pgerr.ObjectNotInPrerequisiteState, "query \"%s\" is terminated", o.Name).
				WithHint("CREATE OR REPLACE makes it anew.").At(int(st.Query.Pos))
		}
		list = []*catalog.Object{o}
	}
	for _, o := range list {
		if err := s.setQueryState(ctx, o, st.Verb); err != nil {
			return nil, err
		}
	}
	return command(upper(st.Verb)), nil
}

// setQueryState stops or starts a continuous query and waits until it is so: no row
// comes from a query after its PAUSE has returned.
func (s *Session) setQueryState(ctx context.Context, o *catalog.Object, verb string) error {
	if o.InsertInto() != 0 && verb == "terminate" {
		_, err := s.change(ctx, &catalog.Drop{
			Kind: sql.KindStream, Names: []catalog.QName{{Schema: o.Schema, Name: o.Name}},
		}, 0)
		return err
	}
	op := &catalog.SetOptions{Kind: o.KindName(), Name: catalog.QName{Schema: o.Schema, Name: o.Name}}
	switch verb {
	case "resume":
		op.Reset = []string{catalog.QueryStateOption}
	case "pause":
		op.Set = map[string]string{catalog.QueryStateOption: string(catalog.QueryPaused)}
	default:
		op.Set = map[string]string{catalog.QueryStateOption: string(catalog.QueryTerminated)}
	}
	if _, err := s.change(ctx, op, 0); err != nil {
		return err
	}
	return s.backend.Engine.WaitMode(ctx, o.ID, verb != "resume")
}
