package catalog

import (
	"slices"
	"strconv"
	"strings"

	"millrace/sql"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

func itoa(n int) string { return strconv.Itoa(n) }

// holdsType reports whether a column of o has the type, or has it inside.
func (s *Snapshot) holdsType(o *Object, t *UserType) bool {
	return slices.ContainsFunc(o.Columns, func(c Column) bool { return columnHolds(c, t) })
}

func columnHolds(c Column, t *UserType) bool {
	return c.Domain == t.ID || usesType(c.Type, uint32(t.ID))
}

// textNamesType reports whether a query or an expression names the type, in a cast or
// a list of columns.
func textNamesType(s *Snapshot, text string, path []string, t *UserType) bool {
	found := false
	eachTypeName(text, func(n *sql.TypeName) {
		schema, name := "", n.Last()
		if len(n.Parts) > 1 {
			schema = n.Parts[len(n.Parts)-2]
		}
		u, ok := s.FindType(path, schema, name)
		found = found || ok && u.ID == t.ID
	})
	return found
}

// eachTypeName calls f for the types that a stored text names.
func eachTypeName(text string, f func(*sql.TypeName)) {
	if text == "" {
		return
	}
	if node := parseStored(text); node != nil {
		walkTypeNames(node, f)
	}
}

// parseStored parses the text of a query or of an expression.
func parseStored(text string) sql.Node {
	if e, err := sql.ParseExpr(text); err == nil {
		return e
	}
	if stmt, err := sql.ParseOne(text); err == nil {
		return stmt
	}
	return nil
}

func walkTypeNames(node sql.Node, f func(*sql.TypeName)) {
	sql.Walk(node, func(n sql.Node) bool {
		switch n := n.(type) {
		case *sql.Cast:
			f(n.Type)
		case *sql.FuncRef:
			columnTypes(n.Columns, f)
			for _, item := range n.Calls {
				columnTypes(item.Columns, f)
			}
		}
		return true
	})
}

func columnTypes(defs []*sql.ColumnDef, f func(*sql.TypeName)) {
	for _, c := range defs {
		if c.Type != nil {
			f(c.Type)
		}
	}
}

// freeType removes what depends on t, or refuses with the list of it.
func (d *draft) freeType(t *UserType, going []*UserType, cascade bool) error {
	lines, views := d.typeUsers(t, going)
	if len(lines) == 0 && len(views) == 0 {
		return nil
	}
	display := d.base.typeDisplay(t.Schema, t.Name)
	all := append([]string(nil), lines...)
	for _, v := range views {
		all = append(all, d.base.describe(d.path, v)+" depends on type "+display)
	}
	if !cascade {
		return pgerr.Newf(pgerr.DependentObjectsStillExist, "cannot drop type %s because other objects depend on it", display).
			WithDetail("%s", strings.Join(all, "\n")).
			WithHint("Use DROP ... CASCADE to drop the dependent objects too.")
	}
	if len(lines) > 0 {
		return pgerr.Newf(pgerr.FeatureNotSupported, "cannot drop type %s with the columns that depend on it", display).
			WithDetail("%s", strings.Join(lines, "\n")).WithHint("Drop the columns first.")
	}
	deps := d.base.closure(d.path, views, nil)
	d.cascade(deps, deps)
	return nil
}

// typeUsers lists what depends on t: columns, defaults and types as lines of a
// message, and the views that read it.
func (d *draft) typeUsers(t *UserType, going []*UserType) (lines []string, views []*Object) {
	display := "type " + d.base.typeDisplay(t.Schema, t.Name)
	for _, u := range d.base.types {
		if slices.Contains(going, u) {
			continue
		}
		for _, f := range u.Fields {
			switch {
			case !columnHolds(f, t):
			case u.Kind == TypeDomain:
				lines = append(lines, "type "+d.base.typeDisplay(u.Schema, u.Name)+" depends on "+display)
			default:
				lines = append(lines, "column "+sql.QuoteIdent(f.Name)+" of composite type "+
					d.base.typeDisplay(u.Schema, u.Name)+" depends on "+display)
			}
		}
	}
	for _, o := range d.base.objects {
		if o.HasQuery() {
			if d.base.holdsType(o, t) || textNamesType(d.base, o.Definition, o.SearchPath, t) {
				views = append(views, o)
			}
			continue
		}
		lines = append(lines, d.columnUsers(o, t, display)...)
	}
	return lines, views
}

func (d *draft) columnUsers(o *Object, t *UserType, display string) (lines []string) {
	for _, c := range o.Columns {
		what := "column " + sql.QuoteIdent(c.Name) + " of " + d.base.describe(d.path, o)
		switch {
		case columnHolds(c, t):
			array := ""
			if c.Type.Kind == types.KindArray && c.Domain == 0 {
				array = "[]"
			}
			lines = append(lines, what+" depends on "+display+array)
		case textNamesType(d.base, c.Default, o.SearchPath, t):
			lines = append(lines, "default value for "+what+" depends on "+display)
		}
	}
	for _, c := range o.Checks {
		if textNamesType(d.base, c.Expr, o.SearchPath, t) {
			lines = append(lines, "constraint "+sql.QuoteIdent(c.Name)+" on "+d.base.describe(d.path, o)+" depends on "+display)
		}
	}
	return lines
}

// moveType renames a type or moves it to another schema, and rewrites what names it.
func (d *draft) moveType(c *UserType, op *AlterType) error {
	to := QName{c.Schema, c.Name}
	if op.NewName != "" {
		to.Name = op.NewName
	}
	if op.NewSchema != "" {
		to.Schema = op.NewSchema
		if err := d.placeNew(&Object{Schema: to.Schema, Name: to.Name}); err != nil {
			return err
		}
	}
	if err := checkName(to.Name); err != nil {
		return err
	}
	if _, ok := d.base.FindType(nil, to.Schema, to.Name); ok {
		return errTypeExists(to.Name)
	}
	if e, ok := d.base.names[to]; ok && e.isRelation() {
		return errTypeExists(to.Name)
	}
	old := QName{c.Schema, c.Name}
	for _, o := range d.base.objects {
		if err := d.retypeObject(o, c, old, to); err != nil {
			return err
		}
	}
	c.Schema, c.Name = to.Schema, to.Name
	d.putType(c)
	return nil
}

// retypeObject rewrites the texts of o that name the type by its old name.
func (d *draft) retypeObject(o *Object, t *UserType, old, to QName) error {
	texts := []string{o.Definition}
	for i := range o.Columns {
		texts = append(texts, o.Columns[i].Default)
	}
	for i := range o.Checks {
		texts = append(texts, o.Checks[i].Expr)
	}
	changed := false
	for i, text := range texts {
		if textNamesType(d.base, text, o.SearchPath, t) {
			texts[i], changed = retypeText(text, old, to), true
		}
	}
	if !changed {
		return nil
	}
	c := d.edit(o)
	c.Definition, texts = texts[0], texts[1:]
	for i := range c.Columns {
		c.Columns[i].Default = texts[i]
	}
	for i := range c.Checks {
		c.Checks[i].Expr = texts[len(c.Columns)+i]
	}
	return nil
}

func retypeText(text string, old, to QName) string {
	node := parseStored(text)
	if node == nil {
		return text
	}
	walkTypeNames(node, func(n *sql.TypeName) {
		if n.Last() != old.Name || len(n.Parts) > 1 && n.Parts[len(n.Parts)-2] != old.Schema {
			return
		}
		if len(n.Parts) > 1 || to.Schema != old.Schema {
			n.Parts = []string{to.Schema, to.Name}
		} else {
			n.Parts = []string{to.Name}
		}
	})
	return sql.Format(node)
}

// typesOf lists types as dependents of their schemas.
func (s *Snapshot) typesOf(list []*UserType) []dependent {
	out := make([]dependent, len(list))
	for i, t := range list {
		out[i] = dependent{what: "type " + s.typeDisplay(t.Schema, t.Name), reason: "schema " + t.Schema}
	}
	return out
}

// dropTypes removes types with what depends on them.
func (d *draft) dropTypes(list []*UserType) error {
	for _, t := range list {
		if err := d.freeType(t, list, true); err != nil {
			return err
		}
		d.types = slices.DeleteFunc(d.types, func(u *UserType) bool { return u.ID == t.ID })
		d.result.Changed = true
	}
	return nil
}
