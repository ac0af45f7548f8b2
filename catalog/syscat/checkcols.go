package syscat

import (
	"slices"

	"millrace/catalog"
	"millrace/sql"
)

// checkColumns are the positions of the columns that a CHECK constraint names.
func checkColumns(o *catalog.Object, c catalog.CheckText) []int {
	e, err := sql.ParseExpr(c.Expr)
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
