package session

import (
	"context"
	"strconv"

	"millrace/catalog"
	"millrace/planner"
	"millrace/sql"
	"millrace/sql/pgerr"
)

// isInsertQuery reports whether an INSERT is ksqlDB's continuous one: it says EMIT
// CHANGES or names its query. Any other INSERT .. SELECT runs once, as in PostgreSQL.
func isInsertQuery(st *sql.Insert) bool {
	return st.Query != nil && (st.Query.Emit != sql.EmitNone || st.Options != nil)
}

// runInsertQuery makes the continuous query of INSERT INTO s SELECT .. EMIT CHANGES.
func (s *Session) runInsertQuery(ctx context.Context, st *sql.Insert) (*result, error) {
	if err := s.beforeDDL(ctx); err != nil {
		return nil, err
	}
	target, err := s.insertTarget(st)
	if err != nil {
		return nil, err
	}
	name, err := s.insertQueryName(st, target)
	if err != nil {
		return nil, err
	}
	o := &catalog.Object{Schema: target.Schema, Name: name, SearchPath: s.searchPath(), Options: map[string]string{}}
	snap := s.backend.Catalog.Current()
	opts := s.planOptions(nil)
	opts.Sink, opts.Into = target, target
	v, err := planner.View(st.Query, snap, opts)
	if err != nil {
		return nil, err
	}
	if err := s.mayTouch(target, catalog.PrivInsert); err != nil {
		return nil, err
	}
	if err := s.mayRead(v.Uses); err != nil {
		return nil, err
	}
	if !v.AppendOnly {
		return nil, pgerr.New(pgerr.FeatureNotSupported, "the result of the query changes, so it cannot be inserted into a stream").
			At(int(st.Query.Pos))
	}
	if feeds(snap, v.Reads, target.ID) {
		return nil, pgerr.Newf(pgerr.FeatureNotSupported, "a query cannot insert into stream \"%s\", which it reads", target.Name).
			At(int(st.Table.Pos))
	}
	o.Definition, o.DependsOn = sql.Format(st.Query), v.Reads
	o.InsertQuery(target)
	if _, err := s.create(ctx, &catalog.Create{Object: o}, snap.Version()); err != nil {
		return nil, err
	}
	made, ok := s.backend.Catalog.Current().Lookup(nil, o.Schema, o.Name)
	if ok {
		err = s.backend.Engine.WaitMode(ctx, made.ID, false)
	}
	s.notice(pgerr.Newf(pgerr.SuccessfulCompletion, "query \"%s\" inserts into stream \"%s\" from now on", name, target.Name))
	return command("INSERT 0 0"), err
}

// insertTarget checks that the target may be written by a query.
func (s *Session) insertTarget(st *sql.Insert) (*catalog.Object, error) {
	o, err := s.relation(st.Table)
	if err != nil {
		return nil, err
	}
	switch {
	case o.Kind != catalog.KindStream:
		return nil, pgerr.Newf(pgerr.WrongObjectType, "a continuous query cannot insert into %s \"%s\"", o.KindName(), o.Name).
			WithHint("Use CREATE TABLE ... AS SELECT, or INSERT without EMIT CHANGES to insert once.").At(int(st.Table.Pos))
	case o.Options["read_only"] == "true":
		return nil, pgerr.Newf(pgerr.WrongObjectType, "cannot change source stream \"%s\"", o.Name).At(int(st.Table.Pos))
	case st.Columns != nil:
		return nil, pgerr.New(pgerr.FeatureNotSupported, "a column list is not supported in a continuous INSERT").
			WithHint("Select a value for every column, in their order.").At(int(st.Columns[0].Pos))
	case len(st.Returning) > 0 || st.OnConflict != nil || st.With != nil:
		return nil, pgerr.New(pgerr.FeatureNotSupported, "WITH, ON CONFLICT and RETURNING are not supported in a continuous INSERT").
			At(int(st.Position()))
	}
	return o, nil
}

// insertQueryName is the query's id: that of WITH (QUERY_ID = ..), or a number.
func (s *Session) insertQueryName(st *sql.Insert, target *catalog.Object) (string, error) {
	given := ""
	for _, w := range st.Options {
		if w.Name != "query_id" {
			return "", pgerr.Newf(pgerr.InvalidParameterValue, "unrecognized parameter %q", w.Name).At(int(w.Pos))
		}
		if w.Value == "" {
			return "", badOption("query_id", w.Value, "The id is a name.")
		}
		given = foldName(w.Value)
	}
	if given != "" {
		return given, nil
	}
	snap := s.backend.Catalog.Current()
	for n := 1; ; n++ {
		name := "insertquery_" + strconv.Itoa(n)
		if _, taken := snap.Lookup(nil, target.Schema, name); !taken {
			return name, nil
		}
	}
}

// feeds reports whether the rows of a stream reach one of the relations, through views
// and insert queries: inserting what they give into it would never end.
func feeds(snap *catalog.Snapshot, reads []catalog.ObjectID, stream catalog.ObjectID) bool {
	seen := map[catalog.ObjectID]bool{}
	var visit func(id catalog.ObjectID) bool
	visit = func(id catalog.ObjectID) bool {
		if id == stream {
			return true
		}
		o, ok := snap.Object(id)
		if seen[id] || !ok {
			return false
		}
		seen[id] = true
		for _, in := range o.DependsOn {
			if in != o.InsertInto() && visit(in) {
				return true
			}
		}
		for _, w := range snap.InsertQueries(id) {
			if visit(w.ID) {
				return true
			}
		}
		return false
	}
	for _, id := range reads {
		if visit(id) {
			return true
		}
	}
	return false
}
