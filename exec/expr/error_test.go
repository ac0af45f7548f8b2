package expr

import (
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// errorForm is how the tables of the tests write an error.
func errorForm(err error) string {
	e := pgerr.As(err)
	return "! " + e.Code + " " + e.Message
}

func textOf(t types.Type, d types.Datum) string {
	if !d.Set {
		return "NULL"
	}
	return string(types.AppendText(nil, t, d.I, []byte(d.S), nil))
}
