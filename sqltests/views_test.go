package sqltests

import (
	"fmt"
	"slices"
	"strings"

	"millrace/sql"
)

// viewDefinition is a statement that made a relation from a query, or an index.
type viewDefinition struct {
	name, text string
	kind       sql.ObjectKind
	// query computes the rows of a materialized view anew; empty for other kinds.
	query string
}

// noteDefinition keeps the statements that make views, and forgets dropped ones.
func (r *runner) noteDefinition(text string) {
	if !r.v.rebuild && !r.v.recompute {
		return
	}
	stmts, err := sql.Parse(text)
	if err != nil || len(stmts) != 1 {
		return
	}
	query := func(q *sql.Query, with []sql.Option, table bool) string {
		if endsByTime(q, with, table) {
			return ""
		}
		return once(q)
	}
	switch st := stmts[0].(type) {
	case *sql.CreateMaterializedView:
		r.addDefinition(&viewDefinition{
			name: st.Name.String(), text: text, kind: sql.KindMaterializedView,
			query: query(st.Query, st.With, false),
		})
	case *sql.CreateTable:
		if st.Query != nil {
			r.addDefinition(&viewDefinition{
				name: st.Name.String(), text: text, kind: sql.KindTable,
				query: query(st.Query, st.With, true),
			})
		}
	case *sql.CreateView:
		r.addDefinition(&viewDefinition{name: st.Name.String(), text: text, kind: sql.KindView})
	case *sql.CreateIndex:
		r.addDefinition(&viewDefinition{name: st.Name.String(), text: text, kind: sql.KindIndex})
	}
}

func (r *runner) addDefinition(v *viewDefinition) {
	r.views = slices.DeleteFunc(r.views, func(x *viewDefinition) bool { return x.name == v.name })
	r.views = append(r.views, v)
}

// once is the text of a query without EMIT.
func once(q *sql.Query) string {
	c := *q
	c.Emit = sql.EmitNone
	return sql.Format(&c)
}

// endsByTime reports whether a view differs from its query on purpose: what came late or
// has expired is missing, or columns are added for its windows.
func endsByTime(q *sql.Query, with []sql.Option, table bool) bool {
	s, ok := q.Body.(*sql.Select)
	windowed := ok && s.Window != nil && (table || s.Window.Grace != nil || s.Window.Retention != nil)
	return windowed || q.Emit == sql.EmitFinal ||
		slices.ContainsFunc(with, func(o sql.Option) bool { return o.Name == "ttl" })
}

// existing are the definitions that were not dropped since.
func (r *runner) existing(c *connection) ([]*viewDefinition, error) {
	var out []*viewDefinition
	for _, v := range r.views {
		rep, err := c.query("SELECT to_regclass("+sql.QuoteLiteral(v.name)+")", nil)
		if err != nil {
			return nil, err
		}
		if rows := rep.result(); len(rows) == 1 && !rows[0][0].null {
			out = append(out, v)
		}
	}
	r.views = out
	return out, nil
}

// rebuildViews drops all views, the last one first, and makes them again.
func (r *runner) rebuildViews() error {
	for _, c := range r.conns {
		if c.status != 'I' {
			return nil
		}
	}
	c, err := r.conn("rebuild")
	if err != nil {
		return err
	}
	list, err := r.existing(c)
	if err != nil {
		return err
	}
	for _, v := range slices.Backward(list) {
		if err := r.mustRun(c, "DROP "+strings.ToUpper(string(v.kind))+" "+v.name); err != nil {
			return err
		}
	}
	for _, v := range list {
		if err := r.mustRun(c, v.text); err != nil {
			return err
		}
	}
	return nil
}

func (r *runner) mustRun(c *connection, text string) error {
	rep, err := c.query(text, nil)
	if err != nil {
		return fmt.Errorf("%s: %w", text, err)
	}
	if _, failed := rep.err(); failed != "" {
		return fmt.Errorf("%s: %s", text, failed)
	}
	return nil
}

// recomputeViews compares every materialized view with its query, run once over the
// sources.
func (r *runner) recomputeViews() error {
	c, err := r.conn("recompute")
	if err != nil {
		return err
	}
	// Epochs may be held: view and query are compared as of the last one.
	if _, err := c.query("SET consistency = session", nil); err != nil {
		return err
	}
	list, err := r.existing(c)
	if err != nil {
		return err
	}
	for _, v := range list {
		if v.query == "" {
			continue
		}
		if err := sameRows(c.client, "SELECT * FROM "+v.name, v.query); err != nil {
			return err
		}
	}
	return nil
}

// sameRows reports how two queries differ. A query that fails where the view has
// put the row aside is no difference.
func sameRows(c *client, view, query string) error {
	a, err := c.query(view, nil)
	if err != nil {
		return err
	}
	b, err := c.query(query, nil)
	if err != nil {
		return err
	}
	if code, _ := b.err(); strings.HasPrefix(code, "22") {
		return nil
	}
	left, right := a.format(false), b.format(false)
	if firstLineOff(left) != firstLineOff(right) {
		return fmt.Errorf("the view is not what its query gives\n%s:\n%s\n%s:\n%s", view, indent(left), query, indent(right))
	}
	return nil
}

// firstLineOff drops the header, where names may differ.
func firstLineOff(s string) string {
	if strings.HasPrefix(s, "ERROR") {
		return s
	}
	_, rest, _ := strings.Cut(s, "\n")
	return rest
}
