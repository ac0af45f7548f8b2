package session

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"

	"millrace/catalog"
	"millrace/log"
	"millrace/sql"
	"millrace/sql/pgerr"
)

// addKey matches the part of ALTER TABLE behind the name.
var addKey = regexp.MustCompile(`(?is)^add\s+((?:constraint\s+\S+\s+)?primary\s+key\s*\(.*\))\s*;?$`)

// runAddKey runs ALTER TABLE ... ADD PRIMARY KEY, which programs say after they have
// filled a table. The rows of a table with a key lie elsewhere in log and store, so a
// table with the key is made, filled, and takes the name. A table that was written
// meanwhile stays as it is: nothing acknowledged may get lost.
func (s *Session) runAddKey(ctx context.Context, st *sql.Alter) (*result, error) {
	old, err := s.keyless(st)
	if err != nil || old == nil {
		return command("ALTER TABLE"), err
	}
	made, err := s.withKey(old, st)
	if err != nil {
		return nil, err
	}
	before := s.logEnds(old.ID)
	if made, err = s.create(ctx, &catalog.Create{Object: made}, 0); err != nil {
		return nil, err
	}
	if err := s.fillKeyed(ctx, old, made); err != nil {
		s.takeBack(context.WithoutCancel(ctx), made)
		return nil, err
	}
	thaw := s.backend.Engine.Freeze(old.ID)
	defer thaw()
	if !slices.Equal(before, s.logEnds(old.ID)) {
		s.takeBack(context.WithoutCancel(ctx), made)
		return nil, pgerr.Newf(pgerr.SerializationFailure, "table %q was written while it got its key", old.Name).
			WithHint("Try again while nobody writes it.")
	}
	ctx = context.WithoutCancel(ctx)
	drop := &catalog.Drop{Kind: sql.KindTable, Names: []catalog.QName{{Schema: old.Schema, Name: old.Name}}}
	if _, err := s.change(ctx, drop, 0); err != nil {
		return nil, err
	}
	name := catalog.QName{Schema: made.Schema, Name: made.Name}
	_, err = s.change(ctx, &catalog.Rename{Kind: sql.KindTable, Name: name, NewName: old.Name}, 0)
	return command("ALTER TABLE"), err
}

// keyless finds the table, which must have no key and nobody that depends on it.
func (s *Session) keyless(st *sql.Alter) (*catalog.Object, error) {
	q, err := qname(st.Name)
	if err != nil {
		return nil, err
	}
	snap := s.backend.Catalog.Current()
	o, ok := snap.Lookup(s.searchPath(), q.Schema, q.Name)
	switch {
	case !ok && st.IfExists:
		s.notice(pgerr.Newf(pgerr.SuccessfulCompletion, "relation \"%s\" does not exist, skipping", st.Name.String()))
		return nil, nil
	case !ok:
		return nil, pgerr.Newf(pgerr.UndefinedTable, "relation \"%s\" does not exist", st.Name.String())
	case o.Kind != catalog.KindTable:
		return nil, pgerr.Newf(pgerr.WrongObjectType, "\"%s\" is not a table", o.Name).At(int(st.Name.Pos))
	case len(o.Key) > 0:
		return nil, pgerr.Newf(pgerr.InvalidTableDefinition, "multiple primary keys for table \"%s\" are not allowed", o.Name)
	case len(o.Indexes) > 0:
		return nil, addKeyFirst(o, "has indexes")
	}
	for _, other := range snap.Objects() {
		if slices.Contains(other.DependsOn, o.ID) {
			return nil, addKeyFirst(o, "is read by \""+other.Name+"\"")
		}
	}
	return o, nil
}

func addKeyFirst(o *catalog.Object, why string) error {
	return pgerr.Newf(pgerr.FeatureNotSupported, "a primary key cannot be added to table \"%s\", as it %s", o.Name, why).
		WithHint("Add the primary key first.")
}

// withKey is the table that takes the place of old.
func (s *Session) withKey(old *catalog.Object, st *sql.Alter) (*catalog.Object, error) {
	text := addKey.FindStringSubmatch(strings.TrimSpace(st.Action))[1]
	parsed, err := sql.ParseOne("CREATE TABLE t (" + text + ")")
	if err != nil {
		return nil, err
	}
	create, ok := parsed.(*sql.CreateTable)
	if !ok || len(create.Constraints) != 1 {
		return nil, notSupported(st)
	}
	c := *create.Constraints[0]
	c.Pos = st.Position()
	for _, name := range c.Columns {
		if old.RowSchema().Index(name) < 0 {
			return nil, pgerr.Newf(pgerr.UndefinedColumn, "column \"%s\" of relation \"%s\" does not exist", name, old.Name)
		}
	}
	o := *old
	o.ID, o.ChangedAt, o.Version, o.DependsOn = 0, 0, 0, nil
	o.Name = old.Name + "_with_key"
	o.Columns, o.Checks = slices.Clone(old.Columns), slices.Clone(old.Checks)
	if err := s.constraint(&o, &c); err != nil {
		return nil, err
	}
	if o.KeyName == "" {
		o.KeyName = old.Name + "_pkey"
	}
	for _, i := range o.Key {
		o.Columns[i].NotNull = true
	}
	for i := range o.Checks {
		o.Checks[i].ID = 0
	}
	return &o, nil
}

// fillKeyed copies the rows, in a transaction of its own.
func (s *Session) fillKeyed(ctx context.Context, old, made *catalog.Object) error {
	name := func(o *catalog.Object) string { return sql.QuoteIdent(o.Schema) + "." + sql.QuoteIdent(o.Name) }
	stmt, err := sql.ParseOne("INSERT INTO " + name(made) + " SELECT * FROM " + name(old))
	if err != nil {
		return err
	}
	if s.txn.block {
		return pgerr.New(pgerr.ActiveSQLTransaction, "ALTER TABLE ADD PRIMARY KEY cannot run inside a transaction block")
	}
	_, err = s.exec(ctx, &prepared{stmt: stmt}, nil)
	if err == nil {
		err = s.commit(ctx)
	} else {
		s.rollback()
	}
	switch pgerr.Code(err) {
	case pgerr.UniqueViolation:
		out := pgerr.Newf(pgerr.UniqueViolation, "could not create unique index \"%s\"", made.KeyName)
		var e *pgerr.Error
		if errors.As(err, &e) {
			out = out.WithDetail("%s", strings.Replace(e.Detail, " already exists.", " is duplicated.", 1))
		}
		return out
	case pgerr.NotNullViolation:
		var names []string
		for _, i := range made.Key {
			names = append(names, made.Columns[i].Name)
		}
		return pgerr.Newf(pgerr.NotNullViolation, "column \"%s\" of relation \"%s\" contains null values",
			strings.Join(names, "\", \""), old.Name)
	}
	return err
}

// logEnds is where the partitions of a table end.
func (s *Session) logEnds(id catalog.ObjectID) []log.Offset {
	var out []log.Offset
	for _, p := range s.backend.Log.Partitions(log.StreamID(id)) {
		out = append(out, p.End)
	}
	return out
}
