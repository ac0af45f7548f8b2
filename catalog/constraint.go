package catalog

import (
	"fmt"
	"slices"

	"millrace/sql"
	"millrace/sql/pgerr"
)

// nameChecks names the CHECK constraints that have no name as PostgreSQL does, after
// the one column they are about if there is just one, and refuses a name used twice.
func nameChecks(o *Object) error {
	taken := map[string]bool{}
	for _, c := range o.Checks {
		if c.Name == "" {
			continue
		}
		if taken[c.Name] {
			return pgerr.Newf(pgerr.DuplicateObject, "check constraint \"%s\" already exists", c.Name)
		}
		if o.KeyID != 0 && c.Name == o.KeyName {
			return pgerr.Newf(pgerr.DuplicateObject,
				"constraint \"%s\" for relation \"%s\" already exists", c.Name, o.Name)
		}
		if err := checkName(c.Name); err != nil {
			return err
		}
		taken[c.Name] = true
	}
	for i := range o.Checks {
		c := &o.Checks[i]
		if c.Name != "" {
			continue
		}
		column := ""
		if cols := CheckColumns(o, c.Expr); len(cols) == 1 {
			column = o.Columns[cols[0]].Name
		}
		for n := 0; c.Name == "" || taken[c.Name]; n++ {
			suffix := "_check"
			if n > 0 {
				suffix += fmt.Sprint(n)
			}
			c.Name = joinCut(o.Name, column, nameMax-len(suffix)) + suffix
		}
		taken[c.Name] = true
	}
	return nil
}

// CheckColumns returns the positions of the columns that the text of a CHECK
// constraint of o names, in order.
func CheckColumns(o *Object, expr string) []int {
	e, err := sql.ParseExpr(expr)
	if err != nil {
		return nil
	}
	var out []int
	sql.Walk(e, func(n sql.Node) bool {
		if ref, ok := n.(*sql.ColumnRef); ok && len(ref.Parts) > 0 {
			i := o.Column(ref.Parts[len(ref.Parts)-1])
			if i >= 0 && !slices.Contains(out, i) {
				out = append(out, i)
			}
		}
		return true
	})
	slices.Sort(out)
	return out
}
