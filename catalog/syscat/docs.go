package syscat

import (
	"fmt"
	"io"
	"strings"
)

const docsIntro = `# System tables

<!-- Generated from catalog/syscat by "make generate". -->

System tables are read with ordinary SQL. The schema ` + "`millrace`" + ` has the server's own state, in its own
words. ` + "`pg_catalog` and `information_schema`" + ` are those of PostgreSQL 15, for its clients.
`

// WriteReference writes the reference of the system tables in Markdown.
func WriteReference(w io.Writer) error {
	var b strings.Builder
	b.WriteString(docsIntro)
	b.WriteString("\n## Schema millrace\n")
	for _, t := range Tables() {
		if t.object.Schema != "millrace" {
			continue
		}
		fmt.Fprintf(&b, "\n### millrace.%s\n\n%s\n\n| column | type | meaning |\n|---|---|---|\n", t.object.Name, t.Doc)
		for i, c := range t.object.Columns {
			fmt.Fprintf(&b, "| `%s` | %s | %s |\n", c.Name, c.Type, t.columnDocs[i])
		}
	}
	for _, schema := range []string{"pg_catalog", "information_schema"} {
		fmt.Fprintf(&b, "\n## Schema %s\n\n| table | contents |\n|---|---|\n", schema)
		var empty []string
		for _, t := range Tables() {
			switch {
			case t.object.Schema != schema:
			case t.Rows == nil:
				empty = append(empty, "`"+t.object.Name+"`")
			default:
				fmt.Fprintf(&b, "| `%s` | %s |\n", t.object.Name, t.Doc)
			}
		}
		fmt.Fprintf(&b, "\nAlways empty, with the columns of PostgreSQL 15: %s.\n", strings.Join(empty, ", "))
	}
	_, err := io.WriteString(w, b.String())
	return err
}
