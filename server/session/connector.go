package session

import (
	"millrace/catalog"
	"millrace/exec/connect"
	"millrace/sql"
	"millrace/sql/pgerr"
)

func isConnector(w sql.Option) bool { return w.Name == "connector" }

// readConnector checks the options of a stream that a connector fills, and takes the
// connector's columns where the statement lists none.
func readConnector(o *catalog.Object, st *sql.CreateStream) error {
	if o.Options["connector"] == "" {
		return nil
	}
	f, err := connect.Open(o.Options, o.RowSchema())
	if err != nil {
		return pgerr.At(err, int(st.Position()))
	}
	if len(o.Columns) > 0 {
		return nil
	}
	for _, c := range f.Columns {
		o.Columns = append(o.Columns, catalog.Column{Column: c})
	}
	return nil
}
