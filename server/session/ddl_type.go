package session

import (
	"context"

	"millrace/catalog"
	"millrace/planner"
	"millrace/sql"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// typeName resolves a type as written; domain is its id when it is one.
func (s *Session) typeName(t *sql.TypeName) (out types.Type, domain catalog.ObjectID, err error) {
	return planner.TypeName(t, s.backend.Catalog.Current(), s.planOptions(nil))
}

func (s *Session) runCreateType(ctx context.Context, st *sql.CreateType) (*result, error) {
	q, err := qname(st.Name)
	if err != nil {
		return nil, err
	}
	t := &catalog.UserType{Schema: q.Schema, Name: q.Name, Kind: catalog.TypeComposite}
	if st.Enum {
		t.Kind = catalog.TypeEnum
		for _, label := range st.Labels {
			t.Labels = append(t.Labels, catalog.EnumLabel{Name: label})
		}
	}
	for _, f := range st.Fields {
		c, err := s.attribute(f)
		if err != nil {
			return nil, err
		}
		t.Fields = append(t.Fields, c)
	}
	_, err = s.change(ctx, &catalog.CreateType{Type: t}, 0)
	return command("CREATE TYPE"), err
}

// attribute reads a field of a composite type.
func (s *Session) attribute(f *sql.ColumnDef) (catalog.Column, error) {
	t, domain, err := s.typeName(f.Type)
	if err == nil && (t.Kind == types.KindRecord && t.Def == nil || t.Kind == types.KindVoid || t.Kind == types.KindUnknown) {
		err = pgerr.Newf(pgerr.InvalidTableDefinition, "column \"%s\" has pseudo-type %s", f.Name, t)
	}
	return catalog.Column{Column: types.Column{Name: f.Name, Type: t}, Domain: domain}, unplaced(err)
}

func (s *Session) runCreateDomain(ctx context.Context, st *sql.CreateDomain) (*result, error) {
	q, err := qname(st.Name)
	if err != nil {
		return nil, err
	}
	c, err := s.attribute(st.Def)
	if err != nil {
		return nil, err
	}
	if c.Type.Kind == types.KindRecord {
		return nil, pgerr.New(pgerr.FeatureNotSupported, "domains over composite types are not supported").At(int(st.Def.Type.Pos))
	}
	t := &catalog.UserType{
		Schema: q.Schema, Name: q.Name, Kind: catalog.TypeDomain,
		Fields: []catalog.Column{c}, SearchPath: s.searchPath(),
	}
	if err := s.domainParts(t, st.Def); err != nil {
		return nil, err
	}
	_, err = s.change(ctx, &catalog.CreateType{Type: t}, 0)
	return command("CREATE DOMAIN"), err
}

// domainParts reads default and constraints of a domain into t.
func (s *Session) domainParts(t *catalog.UserType, d *sql.ColumnDef) error {
	c := &t.Fields[0]
	switch {
	case d.NotNull && d.Null:
		return pgerr.New(pgerr.SyntaxError, "conflicting NULL/NOT NULL constraints")
	case d.PrimaryKey, d.Key:
		return pgerr.New(pgerr.SyntaxError, "primary key constraints not possible for domains")
	case d.Unique:
		return pgerr.New(pgerr.SyntaxError, "unique constraints not possible for domains")
	case d.References != nil:
		return pgerr.New(pgerr.SyntaxError, "foreign key constraints not possible for domains")
	case d.Generated != nil || d.Identity != "":
		return pgerr.New(pgerr.FeatureNotSupported, "a domain cannot be generated")
	}
	c.NotNull = c.NotNull || d.NotNull
	if d.Default != nil {
		if err := s.checkDefault(d.Default, c.Column); err != nil {
			return err
		}
		c.Default = sql.Format(d.Default)
	}
	for i, x := range d.Checks {
		if err := planner.DomainCheck(x, c.Type, s.backend.Catalog.Current(), s.planOptions(nil)); err != nil {
			return unplaced(err)
		}
		t.Checks = append(t.Checks, catalog.CheckText{Name: d.CheckNames[i], Expr: sql.Format(x)})
	}
	return nil
}

// unplaced takes the position from an error, which PostgreSQL does not give for the
// parts of types.
func unplaced(err error) error {
	if err != nil {
		pgerr.As(err).Position = 0
	}
	return err
}

func (s *Session) runAlterType(ctx context.Context, st *sql.AlterType) (*result, error) {
	q, err := qname(st.Name)
	if err != nil {
		return nil, err
	}
	op := &catalog.AlterType{Name: q, Domain: st.Domain}
	tag := "ALTER TYPE"
	if st.Domain {
		tag = "ALTER DOMAIN"
	}
	switch st.Action {
	case sql.AlterAddValue:
		op.AddLabel, op.IfNotExists, op.Before, op.Neighbour = st.Value, st.IfExists, st.Before, st.Neighbour
	case sql.AlterRenameValue:
		op.RenameLabel, op.NewName = st.Value, st.NewName
	case sql.AlterTypeSchema:
		op.NewSchema = st.NewName
	default:
		if op.Redefine, err = s.redefine(q, st); err != nil {
			return nil, err
		}
		if op.Redefine == nil {
			return command(tag), nil
		}
	}
	_, err = s.change(ctx, op, 0)
	return command(tag), err
}

// redefine is the type that an ALTER makes of an existing one; nil when nothing changes.
func (s *Session) redefine(q catalog.QName, st *sql.AlterType) (*catalog.UserType, error) {
	old, ok := s.backend.Catalog.Current().FindType(s.searchPath(), q.Schema, q.Name)
	switch {
	case !ok:
		return nil, pgerr.Newf(pgerr.UndefinedObject, "type \"%s\" does not exist", st.Name.String())
	case st.Domain != (old.Kind == catalog.TypeDomain) && st.Domain:
		return nil, pgerr.Newf(pgerr.WrongObjectType, "%s is not a domain", sql.QuoteIdent(old.Name))
	case !st.Domain && old.Kind != catalog.TypeComposite:
		return nil, pgerr.Newf(pgerr.WrongObjectType, "%s is not a composite type", sql.QuoteIdent(old.Name))
	}
	t := *old
	t.Fields = append([]catalog.Column(nil), old.Fields...)
	t.Checks = append([]catalog.CheckText(nil), old.Checks...)
	if st.Domain {
		return s.redefineDomain(&t, st)
	}
	return s.redefineComposite(&t, st)
}

func (s *Session) redefineDomain(t *catalog.UserType, st *sql.AlterType) (*catalog.UserType, error) {
	switch st.Action {
	case sql.AlterDomainDefault:
		t.Fields[0].Default = ""
		return t, s.domainParts(t, st.Def)
	case sql.AlterDomainNotNull:
		if st.Def.NotNull && s.domainColumn(t) != "" {
			return nil, pgerr.Newf(pgerr.FeatureNotSupported, "cannot set NOT NULL because column %s has the domain's type", s.domainColumn(t)).
				WithHint("Constraints of a domain are checked when rows come in, not for rows that are there.")
		}
		t.Fields[0].NotNull = st.Def.NotNull
		return t, nil
	case sql.AlterDomainAddConstraint:
		if column := s.domainColumn(t); column != "" {
			return nil, pgerr.Newf(pgerr.FeatureNotSupported, "cannot add a constraint because column %s has the domain's type", column).
				WithHint("Constraints of a domain are checked when rows come in, not for rows that are there.")
		}
		return t, s.domainParts(t, st.Def)
	case sql.AlterDomainValidate:
		return nil, nil
	}
	for i, c := range t.Checks {
		if c.Name == st.Value {
			t.Checks = append(t.Checks[:i], t.Checks[i+1:]...)
			return t, nil
		}
	}
	err := pgerr.Newf(pgerr.UndefinedObject, "constraint \"%s\" of domain \"%s\" does not exist", st.Value, t.Name)
	if st.IfExists {
		err.Message += ", skipping"
		s.notice(err)
		return nil, nil
	}
	return nil, err
}

// domainColumn is a column declared with the domain, "" when there is none.
func (s *Session) domainColumn(t *catalog.UserType) string {
	for _, o := range s.backend.Catalog.Current().Objects() {
		for _, c := range o.Columns {
			if c.Domain == t.ID {
				return sql.QuoteIdent(o.Name) + "." + sql.QuoteIdent(c.Name)
			}
		}
	}
	return ""
}

func (s *Session) redefineComposite(t *catalog.UserType, st *sql.AlterType) (*catalog.UserType, error) {
	if st.Action == sql.AlterAddAttribute {
		c, err := s.attribute(st.Def)
		t.Fields = append(t.Fields, c)
		return t, err
	}
	for i, f := range t.Fields {
		if f.Name != st.Value {
			continue
		}
		if st.Action == sql.AlterDropAttribute {
			t.Fields = append(t.Fields[:i], t.Fields[i+1:]...)
			return t, nil
		}
		c, err := s.attribute(st.Def)
		t.Fields[i] = c
		return t, err
	}
	err := pgerr.Newf(pgerr.UndefinedColumn, "column \"%s\" of relation \"%s\" does not exist", st.Value, t.Name)
	if st.IfExists {
		err.Message += ", skipping"
		s.notice(err)
		return nil, nil
	}
	return nil, err
}

// renameType is ALTER TYPE and ALTER DOMAIN .. RENAME TO, and RENAME ATTRIBUTE.
func (s *Session) renameType(ctx context.Context, st *sql.Rename, q catalog.QName) (*result, error) {
	kind := st.Kind
	if st.Kind == sql.KindColumn {
		kind = st.Container
	}
	op := &catalog.AlterType{Name: q, Domain: kind == sql.KindDomain, NewName: st.NewName}
	if st.Kind == sql.KindColumn {
		old, ok := s.backend.Catalog.Current().FindType(s.searchPath(), q.Schema, q.Name)
		if !ok || old.Kind != catalog.TypeComposite {
			return nil, pgerr.Newf(pgerr.UndefinedTable, "relation \"%s\" does not exist", q.Name)
		}
		t := *old
		t.Fields = append([]catalog.Column(nil), old.Fields...)
		i := catalogSchema(t.Fields).Index(st.Column)
		if i < 0 {
			return nil, pgerr.Newf(pgerr.UndefinedColumn, "column \"%s\" does not exist", st.Column)
		}
		t.Fields[i].Name = st.NewName
		op.NewName, op.Redefine = "", &t
	}
	_, err := s.change(ctx, op, 0)
	return command("ALTER " + upper(string(kind))), err
}

func catalogSchema(cols []catalog.Column) types.Schema {
	out := make(types.Schema, len(cols))
	for i := range cols {
		out[i] = cols[i].Column
	}
	return out
}
