package session

import (
	"context"
	"slices"
	"strings"

	"millrace/catalog"
	"millrace/exec"
	"millrace/planner"
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

func upper(s string) string { return strings.ToUpper(s) }

func (s *Session) runCreateStream(ctx context.Context, st *sql.CreateStream) (*result, error) {
	o, err := s.newObject(st.Name, catalog.KindStream)
	if err != nil {
		return nil, err
	}
	c := &catalog.Create{Object: o, OrReplace: st.OrReplace, IfNotExists: st.IfNotExists}
	if st.Query != nil {
		o.SinkStream = true
		if err := s.createContinuous(ctx, o, st.Query, nil, st.With, c); err != nil {
			return nil, err
		}
		return command("CREATE STREAM"), nil
	}
	if err := s.columns(c, st.Columns, st.Constraints); err != nil {
		return nil, err
	}
	if len(o.Key) > 0 && hasPrimaryKey(st.Columns, st.Constraints) {
		return nil, pgerr.New(pgerr.InvalidTableDefinition, "a stream has no primary key").
			WithHint("Declare the column KEY to route rows by it, or use CREATE TABLE.").At(int(st.Position()))
	}
	if err := s.readOptions(o, st.With); err != nil {
		return nil, err
	}
	if err := readConnector(o, st); err != nil {
		return nil, err
	}
	if err := s.watermark(o, st.Watermarks); err != nil {
		return nil, err
	}
	if err := s.declared(o, st.With, st.Source); err != nil {
		return nil, err
	}
	_, err = s.create(ctx, c, 0)
	return command("CREATE STREAM"), err
}

func (s *Session) runCreateTable(ctx context.Context, st *sql.CreateTable) (*result, error) {
	if len(st.Like)+len(st.Inherits) > 0 || st.PartitionBy != "" {
		return nil, pgerr.New(pgerr.FeatureNotSupported, "LIKE, INHERITS and PARTITION BY are not supported").
			At(int(st.Position()))
	}
	kind := catalog.KindTable
	if st.Query != nil {
		kind = catalog.KindMatView
	}
	o, err := s.newObject(st.Name, kind)
	if err != nil {
		return nil, err
	}
	c := &catalog.Create{Object: o, OrReplace: st.OrReplace, IfNotExists: st.IfNotExists}
	if st.Query != nil {
		o.KsqlTable = true
		names := make([]string, len(st.Columns))
		for i, col := range st.Columns {
			names[i] = col.Name
		}
		if err := s.createContinuous(ctx, o, withWindowBounds(st.Query), names, st.With, c); err != nil {
			return nil, err
		}
		return command("CREATE TABLE"), nil
	}
	if st.Temp {
		return nil, pgerr.New(pgerr.FeatureNotSupported, "temporary tables are not supported").At(int(st.Position()))
	}
	if err := s.columns(c, st.Columns, st.Constraints); err != nil {
		return nil, err
	}
	if err := s.readOptions(o, st.With); err != nil {
		return nil, err
	}
	if err := s.declared(o, st.With, st.Source); err != nil {
		return nil, err
	}
	if len(o.Key) == 0 {
		o.Partitions = 1 // the row id is the place in the log
	}
	_, err = s.create(ctx, c, 0)
	return command("CREATE TABLE"), err
}

func hasPrimaryKey(cols []*sql.ColumnDef, cons []*sql.Constraint) bool {
	for _, c := range cols {
		if c.PrimaryKey {
			return true
		}
	}
	for _, c := range cons {
		if c.Kind == sql.ConstraintPrimaryKey {
			return true
		}
	}
	return false
}

// columns reads column definitions and constraints into o.
func (s *Session) columns(create *catalog.Create, defs []*sql.ColumnDef, cons []*sql.Constraint) error {
	o := create.Object
	for _, d := range defs {
		if err := s.column(create, d); err != nil {
			return err
		}
	}
	for _, c := range cons {
		if err := s.constraint(o, c); err != nil {
			return err
		}
	}
	for _, k := range o.Key {
		o.Columns[k].NotNull = o.Columns[k].NotNull || o.Kind == catalog.KindTable
	}
	return s.checkExprs(o, defs, cons)
}

func (s *Session) column(create *catalog.Create, d *sql.ColumnDef) error {
	o := create.Object
	if o.RowSchema().Index(d.Name) >= 0 {
		return pgerr.Newf(pgerr.DuplicateColumn, "column %q specified more than once", d.Name)
	}
	switch {
	case d.Type == nil:
		return pgerr.Newf(pgerr.SyntaxError, "column %q has no type", d.Name).At(int(d.Pos))
	case o.Kind == catalog.KindStream && d.Generated != nil:
		return pgerr.New(pgerr.FeatureNotSupported, "generated columns of streams are not supported").
			WithHint("Compute the column in a query over the stream.").At(int(d.Pos))
	case d.Generated != nil && d.Default != nil:
		return pgerr.Newf(pgerr.SyntaxError, "both default and generation expression specified for column \"%s\" of table \"%s\"",
			d.Name, o.Name).At(int(d.Pos))
	case d.Unique:
		return noUnique(o, d.Name, d.Pos)
	case d.NotNull && d.Null:
		return pgerr.Newf(pgerr.SyntaxError, "conflicting NULL/NOT NULL declarations for column \"%s\" of table \"%s\"",
			d.Name, o.Name).At(int(d.Pos))
	case d.Header != "":
		return pgerr.New(pgerr.FeatureNotSupported, "header columns are not supported").At(int(d.Pos))
	}
	t, domain, seq, err := s.numbered(d)
	if err != nil {
		return err
	}
	c := catalog.Column{Column: types.Column{Name: d.Name, Type: t, NotNull: d.NotNull}, Domain: domain}
	if d.Default != nil {
		c.Default = sql.Format(d.Default)
	}
	if seq != nil {
		create.Sequences = append(create.Sequences, seq)
		c.NotNull, c.Identity = true, d.Identity
	}
	if d.Generated != nil {
		c.Generated = sql.Format(d.Generated)
	}
	o.Columns = append(o.Columns, c)
	at := len(o.Columns) - 1
	if d.PrimaryKey || d.Key {
		if d.PrimaryKey && len(o.Key) > 0 {
			return pgerr.Newf(pgerr.InvalidTableDefinition,
				"multiple primary keys for table %q are not allowed", o.Name).At(int(d.Pos))
		}
		o.Key = append(o.Key, at)
		o.KeyName = d.KeyName
	}
	for i, x := range d.Checks {
		o.Checks = append(o.Checks, catalog.CheckText{Name: d.CheckNames[i], Expr: sql.Format(x)})
	}
	if d.References != nil {
		s.unenforcedKey()
	}
	return nil
}

func (s *Session) constraint(o *catalog.Object, c *sql.Constraint) error {
	switch c.Kind {
	case sql.ConstraintPrimaryKey:
		if len(o.Key) > 0 {
			return pgerr.Newf(pgerr.InvalidTableDefinition,
				"multiple primary keys for table %q are not allowed", o.Name).At(int(c.Pos))
		}
		o.KeyName = c.Name
		for _, name := range c.Columns {
			i := o.RowSchema().Index(name)
			if i < 0 {
				return pgerr.Newf(pgerr.UndefinedColumn, "column %q named in key does not exist", name).At(int(c.Pos))
			}
			if slices.Contains(o.Key, i) {
				return pgerr.Newf(pgerr.DuplicateColumn, "column \"%s\" appears twice in primary key constraint", name).
					At(int(c.Pos))
			}
			o.Key = append(o.Key, i)
		}
		return nil
	case sql.ConstraintCheck:
		o.Checks = append(o.Checks, catalog.CheckText{Name: c.Name, Expr: sql.Format(c.Check)})
		return nil
	case sql.ConstraintForeignKey:
		s.unenforcedKey()
		return nil
	case sql.ConstraintUnique:
		return noUnique(o, strings.Join(c.Columns, ", "), c.Pos)
	}
	return pgerr.New(pgerr.FeatureNotSupported, "only PRIMARY KEY and CHECK constraints are supported").At(int(c.Pos))
}

func (s *Session) unenforcedKey() {
	s.notice(pgerr.New(pgerr.Warning, "foreign keys are accepted but not enforced"))
}

// noUnique refuses UNIQUE: queries and users would rely on what nothing enforces.
func noUnique(o *catalog.Object, columns string, pos sql.Pos) error {
	return pgerr.New(pgerr.FeatureNotSupported, "UNIQUE constraints are not supported").
		WithHint("Only the primary key of \"%s\" can be unique; declare PRIMARY KEY (%s) if it may be the key.", o.Name, columns).
		At(int(pos))
}

// checkExprs binds defaults and checks once, so that mistakes show at CREATE.
func (s *Session) checkExprs(o *catalog.Object, defs []*sql.ColumnDef, cons []*sql.Constraint) error {
	for i, d := range defs {
		if d.Default != nil {
			if err := s.checkDefault(d.Default, o.Columns[i].Column); err != nil {
				return err
			}
		}
		if d.Generated != nil {
			err := planner.Generated(d.Generated, o.RowSchema(), i, func(k int) bool { return o.Columns[k].Generated != "" }, s.backend.Catalog.Current(), s.planOptions(nil))
			if err != nil {
				return err
			}
		}
		for _, e := range d.Checks {
			if err := s.checkCheck(e, o); err != nil {
				return err
			}
		}
	}
	for _, c := range cons {
		if c.Kind != sql.ConstraintCheck {
			continue
		}
		if err := s.checkCheck(c.Check, o); err != nil {
			return err
		}
	}
	return nil
}

func (s *Session) checkCheck(e sql.Expr, o *catalog.Object) error {
	_, err := planner.Check(e, o.RowSchema(), s.backend.Catalog.Current(), s.planOptions(nil))
	return err
}

func (s *Session) checkDefault(e sql.Expr, c types.Column) error {
	var ref *sql.ColumnRef
	sql.Walk(e, func(n sql.Node) bool {
		if r, ok := n.(*sql.ColumnRef); ok && ref == nil {
			ref = r
		}
		_, inner := n.(*sql.Query)
		return !inner
	})
	if ref != nil {
		return pgerr.New(pgerr.FeatureNotSupported, "cannot use column reference in DEFAULT expression").At(int(ref.Pos))
	}
	_, err := planner.Coerce(e, c, s.backend.Catalog.Current(), s.planOptions(nil))
	return err
}

// watermark reads WATERMARK FOR c AS c - INTERVAL '...'.
func (s *Session) watermark(o *catalog.Object, list []*sql.Watermark) error {
	if len(list) == 0 {
		return nil
	}
	w := list[0]
	if len(list) > 1 {
		return pgerr.New(pgerr.InvalidTableDefinition, "a stream has at most one watermark").At(int(list[1].Pos))
	}
	at := o.RowSchema().Index(w.Column)
	if at < 0 {
		return pgerr.Newf(pgerr.UndefinedColumn, "column %q of the watermark does not exist", w.Column).At(int(w.Pos))
	}
	if k := o.Columns[at].Type.Kind; k != types.KindTimestamp && k != types.KindTimestamptz {
		return pgerr.Newf(pgerr.DatatypeMismatch, "column %q of the watermark must be a timestamp, not %s",
			w.Column, o.Columns[at].Type).At(int(w.Pos))
	}
	o.Watermark = catalog.Watermark{Set: true, Column: at}
	delay, err := s.watermarkDelay(w)
	o.Watermark.DelayMicros = delay
	return err
}

// watermarkDelay is the interval of "column" or "column - interval".
func (s *Session) watermarkDelay(w *sql.Watermark) (int64, error) {
	wrong := pgerr.Newf(pgerr.FeatureNotSupported, "a watermark must have the form %s or %s - INTERVAL '...'",
		w.Column, w.Column).At(int(w.Expr.Position()))
	if isColumn(w.Expr, w.Column) {
		return 0, nil
	}
	b, ok := w.Expr.(*sql.Binary)
	if !ok || b.Op != "-" || !isColumn(b.L, w.Column) {
		return 0, wrong
	}
	x, err := planner.Expr(b.R, nil, s.backend.Catalog.Current(), s.planOptions(nil))
	if err != nil {
		return 0, err
	}
	d, err := exec.EvalConst(s.env(), &plan.Cast{X: x, To: types.Interval})
	if err != nil {
		return 0, err
	}
	iv := types.DecodeInterval([]byte(d.S))
	if !d.Set || iv.Months != 0 || iv.Micros < 0 || iv.Days < 0 {
		return 0, wrong
	}
	return int64(iv.Days)*86400_000_000 + iv.Micros, nil
}

func isColumn(e sql.Expr, name string) bool {
	c, ok := e.(*sql.ColumnRef)
	return ok && len(c.Parts) == 1 && c.Parts[0] == name
}

// viewColumns names the columns of a view: by the list given, else by the query.
func viewColumns(out types.Schema, names []string, q *sql.Query) ([]catalog.Column, error) {
	if len(names) > len(out) {
		return nil, pgerr.Newf(pgerr.SyntaxError, "CREATE VIEW specifies more column names than columns").At(int(q.Pos))
	}
	cols := make([]catalog.Column, len(out))
	seen := map[string]bool{}
	for i, c := range out {
		cols[i].Column = c
		if i < len(names) {
			cols[i].Name = names[i]
		}
		if seen[cols[i].Name] {
			return nil, pgerr.Newf(pgerr.DuplicateColumn, "column %q specified more than once", cols[i].Name)
		}
		seen[cols[i].Name] = true
		if cols[i].Type.Kind == types.KindUnknown {
			cols[i].Type = types.Text
		}
	}
	return cols, nil
}
