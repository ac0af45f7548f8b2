package catalog

import (
	"slices"

	"millrace/sql"
	"millrace/sql/pgerr"
)

// renameInQuery returns o's definition with every relation name for which f says so
// replaced by f's answer. A relation without an alias gets its old name as one, so
// that the columns' qualified names still fit.
func renameInQuery(o *Object, f func(QName) (QName, bool)) (string, error) {
	if o.Definition == "" {
		return "", nil
	}
	stmt, err := sql.ParseOne(o.Definition)
	if err != nil {
		return "", pgerr.Wrap(err, pgerr.InternalError, "stored query of "+o.Name)
	}
	r := renamer{f: f}
	sql.Walk(stmt, r.collect)
	sql.Walk(stmt, r.visit)
	switch {
	case r.err != nil:
		return "", r.err
	case !r.changed:
		return o.Definition, nil
	}
	return sql.Format(stmt), nil
}

type renamer struct {
	f func(QName) (QName, bool)
	// ctes are the names that WITH gives somewhere in the query, qualifiers those
	// before a column's name.
	ctes       []string
	qualifiers []string
	changed    bool
	err        error
}

func (r *renamer) collect(n sql.Node) bool {
	switch n := n.(type) {
	case *sql.CTE:
		r.ctes = append(r.ctes, n.Name)
	case *sql.ColumnRef:
		if len(n.Parts) > 1 {
			r.qualifiers = append(r.qualifiers, n.Parts[len(n.Parts)-2])
		}
		if k := len(n.Parts); k > 2 {
			r.refuseQualified(QName{n.Parts[k-3], n.Parts[k-2]})
		}
	}
	return r.err == nil
}

// refuseQualified refuses a column named as schema.table.column, for which an alias
// does not help.
func (r *renamer) refuseQualified(name QName) {
	if _, ok := r.f(name); ok {
		r.err = pgerr.Newf(pgerr.FeatureNotSupported,
			"cannot rename because a query names a column as %s.%s.*",
			sql.QuoteIdent(name.Schema), sql.QuoteIdent(name.Name)).
			WithHint("Create the query again with an alias for the relation.")
	}
}

func (r *renamer) visit(n sql.Node) bool {
	switch n := n.(type) {
	case *sql.Table:
		old := n.Name.Last()
		if r.rename(&n.Name) && n.Alias.Name == "" && n.Name.Last() != old {
			n.Alias.Name = old
		}
	case *sql.TableArg:
		old := n.Name.Last()
		if r.rename(&n.Name) && slices.Contains(r.qualifiers, old) && n.Name.Last() != old {
			r.err = pgerr.Newf(pgerr.FeatureNotSupported,
				"cannot rename because a query uses \"%s\" to qualify columns of a window", old)
		}
	}
	return r.err == nil
}

func qnameOf(n sql.Name) QName { return QName{n.Schema(), n.Last()} }

// rename replaces the name in place if f wants it.
func (r *renamer) rename(n *sql.Name) bool {
	old := qnameOf(*n)
	to, ok := r.f(old)
	if !ok {
		return false
	}
	if old.Schema == "" && slices.Contains(r.ctes, old.Name) {
		r.err = pgerr.Newf(pgerr.FeatureNotSupported,
			"cannot rename because a query has \"%s\" both as a relation and in WITH", old.Name)
		return false
	}
	parts := []string{to.Name}
	if to.Schema != "" {
		parts = []string{to.Schema, to.Name}
	}
	n.Parts = parts
	r.changed = true
	return true
}

// renameInChecks replaces a column's name in the object's CHECK constraints.
func renameInChecks(o *Object, from, to string) error {
	for i := range o.Checks {
		e, err := sql.ParseExpr(o.Checks[i].Expr)
		if err != nil {
			return pgerr.Wrap(err, pgerr.InternalError, "stored constraint "+o.Checks[i].Name)
		}
		sql.Walk(e, func(n sql.Node) bool {
			if c, ok := n.(*sql.ColumnRef); ok && len(c.Parts) > 0 && c.Parts[len(c.Parts)-1] == from {
				c.Parts[len(c.Parts)-1] = to
			}
			return true
		})
		o.Checks[i].Expr = sql.Format(e)
	}
	return nil
}
