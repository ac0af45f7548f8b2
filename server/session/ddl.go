package session

import (
	"context"
	"log/slog"
	"strings"

	"millrace/catalog"
	"millrace/planner"
	"millrace/sql"
	"millrace/sql/pgerr"
)

// beforeDDL makes DDL stand alone: what an implicit transaction wrote so far is
// committed first, and a block is told that DDL is not part of it.
func (s *Session) beforeDDL(ctx context.Context) error {
	if s.txn.block {
		s.warn(pgerr.New(pgerr.Warning, "DDL takes effect at once and is not rolled back with the transaction"))
		return nil
	}
	return s.commit(ctx)
}

// change proposes a catalog change, tells the engine, and shows the notices.
func (s *Session) change(ctx context.Context, op catalog.Op, basedOn uint64) (*catalog.Result, error) {
	res, err := catalog.Propose(ctx, s.backend.Proposer, &catalog.Change{
		SearchPath: s.searchPath(), BasedOn: basedOn, By: s.Role(), Op: op,
	})
	if err != nil {
		return nil, err
	}
	for _, n := range res.Notices {
		if strings.HasPrefix(n.Code, "01") {
			s.warn(n)
		} else {
			s.notice(n)
		}
	}
	s.backend.Engine.Notify()
	// What is dropped is dropped, whoever cancels now.
	if err := s.dropData(context.WithoutCancel(ctx), res.Dropped); err != nil {
		return nil, err
	}
	s.backend.Engine.Notify()
	return res, nil
}

// dropData removes the log partitions of dropped streams and tables. The engine
// drops their rows by itself.
func (s *Session) dropData(ctx context.Context, ids []catalog.ObjectID) error {
	for _, id := range ids {
		if err := s.backend.Engine.DropData(ctx, id); err != nil {
			return err
		}
	}
	return nil
}

// create proposes a new relation and waits until it can be used: a materialized
// view until it has all rows.
func (s *Session) create(ctx context.Context, c *catalog.Create, basedOn uint64) (*catalog.Object, error) {
	res, err := s.change(ctx, c, basedOn)
	if err != nil {
		return nil, err
	}
	if res.Object == nil || !res.Changed {
		return res.Object, nil
	}
	if err := s.backend.Engine.WaitLive(ctx, res.Object.ID); err != nil {
		if !c.OrReplace {
			s.takeBack(context.WithoutCancel(ctx), res.Object)
		}
		return nil, err
	}
	return res.Object, nil
}

// takeBack drops a relation whose CREATE was cancelled or failed while its rows were
// computed. It stays if somebody uses it already, or if the server is stopping: its
// backfill then starts again with the server.
func (s *Session) takeBack(ctx context.Context, o *catalog.Object) {
	if now, ok := s.backend.Catalog.Current().Object(o.ID); !ok || s.draining() {
		return
	} else if now.IsContinuous() {
		o = now
	}
	_, err := s.change(ctx, &catalog.Drop{
		Kind: o.KindName(), Names: []catalog.QName{{Schema: o.Schema, Name: o.Name}},
	}, 0)
	if err != nil {
		s.backend.Logger.Warn("take back a relation", slog.String("name", o.Name), slog.Any("error", err))
	}
}

func (s *Session) draining() bool {
	select {
	case <-s.w.Draining():
		return true
	default:
		return false
	}
}

func qname(n sql.Name) (catalog.QName, error) {
	if len(n.Parts) > 2 {
		if len(n.Parts) == 3 && n.Parts[0] == databaseName {
			return catalog.QName{Schema: n.Parts[1], Name: n.Parts[2]}, nil
		}
		return catalog.QName{}, pgerr.Newf(pgerr.FeatureNotSupported,
			"cross-database references are not implemented: %q", n.String()).At(int(n.Pos))
	}
	return catalog.QName{Schema: n.Schema(), Name: n.Last()}, nil
}

// databaseName is the one database.
const databaseName = "millrace"

// newObject starts the object of a CREATE.
func (s *Session) newObject(n sql.Name, kind catalog.Kind) (*catalog.Object, error) {
	q, err := qname(n)
	if err != nil {
		return nil, err
	}
	return &catalog.Object{
		Schema: q.Schema, Name: q.Name, Kind: kind, SearchPath: s.searchPath(),
		Options: map[string]string{},
	}, nil
}

func (s *Session) runCreateSchema(ctx context.Context, st *sql.CreateSchema) (*result, error) {
	_, err := s.change(ctx, &catalog.CreateSchema{Name: st.Name, IfNotExists: st.IfNotExists, Owner: s.ownerNamed(st.Owner)}, 0)
	return command("CREATE SCHEMA"), err
}

func (s *Session) runDrop(ctx context.Context, st *sql.Drop) (*result, error) {
	names := make([]catalog.QName, len(st.Names))
	for i, n := range st.Names {
		q, err := qname(n)
		if err != nil {
			return nil, err
		}
		names[i] = q
	}
	var op catalog.Op
	tag := "DROP " + upper(string(st.Kind))
	switch st.Kind {
	case sql.KindSchema:
		plain := make([]string, len(names))
		for i, n := range names {
			plain[i] = n.Name
		}
		op = &catalog.DropSchema{Names: plain, IfExists: st.IfExists, Cascade: st.Cascade}
	case sql.KindIndex:
		op = &catalog.DropIndex{Names: names, IfExists: st.IfExists, Cascade: st.Cascade}
	case sql.KindSource:
		op = &catalog.Drop{Kind: sql.KindStream, Names: names, IfExists: st.IfExists, Cascade: st.Cascade}
	case sql.KindTable, sql.KindStream, sql.KindView, sql.KindMaterializedView:
		op = &catalog.Drop{Kind: st.Kind, Names: names, IfExists: st.IfExists, Cascade: st.Cascade}
	case sql.KindType, sql.KindDomain:
		op = &catalog.DropType{Names: names, Domain: st.Kind == sql.KindDomain, IfExists: st.IfExists, Cascade: st.Cascade}
	case sql.KindSequence:
		op = &catalog.DropSequence{Names: names, IfExists: st.IfExists, Cascade: st.Cascade}
	default:
		return s.dropOther(st, tag)
	}
	_, err := s.change(ctx, op, 0)
	return command(tag), err
}

// dropOther answers DROP of kinds that do not exist here: with IF EXISTS there is
// nothing to drop.
func (s *Session) dropOther(st *sql.Drop, tag string) (*result, error) {
	if st.IfExists {
		for _, n := range st.Names {
			s.notice(pgerr.Newf(pgerr.SuccessfulCompletion, "%s %q does not exist, skipping", st.Kind, n.String()))
		}
		return command(tag), nil
	}
	return nil, pgerr.Newf(pgerr.FeatureNotSupported, "%s is not supported", tag).At(int(st.Position()))
}

func (s *Session) runRename(ctx context.Context, st *sql.Rename) (*result, error) {
	q, err := qname(st.Name)
	if err != nil {
		return nil, err
	}
	kind := st.Kind
	if st.Kind == sql.KindColumn {
		kind = st.Container
	}
	if kind == sql.KindSequence {
		return s.renameSequence(ctx, q, st.NewName, st.IfExists)
	}
	if kind == sql.KindType || kind == sql.KindDomain {
		return s.renameType(ctx, st, q)
	}
	_, err = s.change(ctx, &catalog.Rename{
		Kind: kind, Name: q, Column: st.Column, NewName: st.NewName, IfExists: st.IfExists,
	}, 0)
	return command("ALTER " + upper(string(kind))), err
}

func (s *Session) runComment(ctx context.Context, st *sql.Comment) (*result, error) {
	n := st.Name
	var column string
	if st.Kind == sql.KindColumn {
		if len(n.Parts) < 2 {
			return nil, pgerr.New(pgerr.SyntaxError, "column name must be qualified").At(int(n.Pos))
		}
		column = n.Last()
		n.Parts = n.Parts[:len(n.Parts)-1]
	}
	q, err := qname(n)
	if err != nil {
		return nil, err
	}
	if st.Kind == sql.KindType || st.Kind == sql.KindDomain {
		text := ""
		if st.Comment != nil {
			text = *st.Comment
		}
		_, err = s.change(ctx, &catalog.AlterType{Name: q, Domain: st.Kind == sql.KindDomain, Comment: &text}, 0)
		return command("COMMENT"), err
	}
	_, err = s.change(ctx, &catalog.Comment{Kind: st.Kind, Name: q, Column: column, Text: st.Comment}, 0)
	return command("COMMENT"), err
}

func (s *Session) runCreateIndex(ctx context.Context, st *sql.CreateIndex) (*result, error) {
	q, err := qname(st.Table)
	if err != nil {
		return nil, err
	}
	op := &catalog.CreateIndex{Table: q, Name: st.Name.Last(), Unique: st.Unique, IfNotExists: st.IfNotExists}
	if st.Unique {
		return nil, pgerr.New(pgerr.FeatureNotSupported, "unique indexes are not supported").
			WithHint("Only a primary key is unique; create a plain index.").At(int(st.Position()))
	}
	if st.Where != nil {
		return nil, pgerr.New(pgerr.FeatureNotSupported, "partial indexes are not supported").At(int(st.Where.Position()))
	}
	if st.Method != "" && st.Method != "btree" {
		return nil, pgerr.Newf(pgerr.FeatureNotSupported, "access method %q is not supported", st.Method).
			WithHint("All indexes are ordered; leave USING away.")
	}
	for _, e := range st.Elems {
		c, ok := e.Expr.(*sql.ColumnRef)
		if !ok || len(c.Parts) != 1 {
			return nil, pgerr.New(pgerr.FeatureNotSupported, "indexes on expressions are not supported").
				WithHint("Compute the expression in a materialized view and index its column.").At(int(e.Pos))
		}
		op.Columns = append(op.Columns, c.Parts[0])
	}
	res, err := s.change(ctx, op, 0)
	if err != nil {
		return nil, err
	}
	if res.Changed && res.Index != nil {
		err = s.backend.Engine.WaitIndex(ctx, res.Index.ID)
	}
	return command("CREATE INDEX"), err
}

func (s *Session) runCreateView(ctx context.Context, st *sql.CreateView) (*result, error) {
	if st.Recursive {
		return nil, pgerr.New(pgerr.FeatureNotSupported, "recursive views are not supported").At(int(st.Position()))
	}
	o, err := s.newObject(st.Name, catalog.KindView)
	if err != nil {
		return nil, err
	}
	snap := s.backend.Catalog.Current()
	q, err := planner.Query(st.Query, snap, s.planOptions(nil))
	if err != nil {
		return nil, err
	}
	if o.Columns, err = viewColumns(q.Out, st.Columns, st.Query); err != nil {
		return nil, err
	}
	o.Definition, o.DependsOn = sql.Format(st.Query), q.Reads
	_, err = s.create(ctx, &catalog.Create{Object: o, OrReplace: st.OrReplace, IfNotExists: st.IfNotExists}, snap.Version())
	return command("CREATE VIEW"), err
}

func (s *Session) runCreateMaterializedView(ctx context.Context, st *sql.CreateMaterializedView) (*result, error) {
	o, err := s.newObject(st.Name, catalog.KindMatView)
	if err != nil {
		return nil, err
	}
	err = s.createContinuous(ctx, o, st.Query, st.Columns, st.With, &catalog.Create{
		Object: o, OrReplace: st.OrReplace, IfNotExists: st.IfNotExists,
	})
	if err != nil {
		return nil, err
	}
	return command("CREATE MATERIALIZED VIEW"), nil
}

// createContinuous plans a continuous query and creates the object that holds its
// result.
func (s *Session) createContinuous(ctx context.Context, o *catalog.Object, q *sql.Query, names []string,
	with []sql.Option, c *catalog.Create,
) error {
	if err := s.readOptions(o, with); err != nil {
		return err
	}
	snap := s.backend.Catalog.Current()
	opts := s.planOptions(nil)
	if o.SinkStream {
		opts.Sink = o
	}
	var err error
	if text, ok := o.Options["ttl"]; ok {
		if opts.TTL, err = planner.TTL(text); err != nil {
			return err
		}
	}
	v, err := planner.View(q, snap, opts)
	if err != nil {
		return err
	}
	if o.SinkStream && !v.AppendOnly {
		return pgerr.New(pgerr.FeatureNotSupported, "the result of the query changes, so it cannot be a stream").
			WithHint("Use CREATE TABLE ... AS SELECT or CREATE MATERIALIZED VIEW.").At(int(q.Pos))
	}
	if o.Columns, err = viewColumns(v.Out, names, q); err != nil {
		return err
	}
	if err := s.mayRead(v.Uses); err != nil {
		return err
	}
	for _, n := range v.Notices {
		s.notice(pgerr.New(pgerr.SuccessfulCompletion, n))
	}
	o.Definition, o.DependsOn = sql.Format(q), v.Reads
	if !o.SinkStream {
		o.Key = v.Key
	} else if err := sinkStream(o, v, with); err != nil {
		return err
	}
	s.sharedTopic(o)
	_, err = s.create(ctx, c, snap.Version())
	return err
}
