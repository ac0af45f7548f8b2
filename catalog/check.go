package catalog

import (
	"unicode/utf8"

	"millrace/sql/pgerr"
)

// Limits, PostgreSQL's.
const (
	nameMax         = 63   // bytes of a name
	columnsMax      = 1600 // columns of a relation
	indexColumnsMax = 32   // columns of an index
)

func checkName(name string) error {
	switch {
	case name == "":
		return pgerr.New(pgerr.SyntaxError, "zero-length delimited identifier")
	case len(name) > nameMax:
		return pgerr.Newf(pgerr.NameTooLong, "identifier \"%s\" is longer than %d bytes", name, nameMax)
	case !utf8.ValidString(name):
		return pgerr.New(pgerr.CharacterNotInRepertoire, "identifier is not valid UTF-8")
	}
	return nil
}

// cutName cuts a name to at most n bytes without splitting a character.
func cutName(name string, n int) string {
	if len(name) <= n {
		return name
	}
	for n > 0 && !utf8.RuneStart(name[n]) {
		n--
	}
	return name[:n]
}

// checkObject makes sure that an object is whole: everything that its readers rely
// on without looking again.
func checkObject(o *Object) error {
	if o.Kind < KindStream || o.Kind > KindView {
		return pgerr.Newf(pgerr.InvalidObjectDefinition, "relation \"%s\" has kind %d", o.Name, o.Kind)
	}
	if err := checkName(o.Name); err != nil {
		return err
	}
	if o.KeyName != "" {
		if err := checkName(o.KeyName); err != nil {
			return err
		}
	}
	if err := checkColumns(o); err != nil {
		return err
	}
	if err := checkPositions(o, o.Key); err != nil {
		return err
	}
	for _, x := range o.Indexes {
		if x == nil || !o.IsStored() || len(x.Cols) == 0 {
			return pgerr.Newf(pgerr.InvalidObjectDefinition, "relation \"%s\" has an index without columns", o.Name)
		}
		if err := checkPositions(o, x.Cols); err != nil {
			return err
		}
	}
	if o.Watermark.Set {
		if err := checkPositions(o, []int{o.Watermark.Column}); err != nil {
			return err
		}
	}
	if o.HasQuery() != (o.Definition != "") {
		return pgerr.Newf(pgerr.InvalidObjectDefinition, "%s \"%s\" and its query do not fit", o.KindName(), o.Name)
	}
	return nil
}

func checkColumns(o *Object) error {
	if len(o.Columns) > columnsMax {
		return pgerr.Newf(pgerr.TooManyColumns, "tables can have at most %d columns", columnsMax)
	}
	seen := make(map[string]bool, len(o.Columns))
	for i := range o.Columns {
		name := o.Columns[i].Name
		if err := checkName(name); err != nil {
			return err
		}
		if seen[name] {
			return pgerr.Newf(pgerr.DuplicateColumn, "column \"%s\" specified more than once", name)
		}
		seen[name] = true
		if reservedColumns[name] && o.Kind != KindView && o.Kind != KindMatView {
			return errReservedColumn(name)
		}
	}
	return nil
}

func checkPositions(o *Object, cols []int) error {
	seen := make(map[int]bool, len(cols))
	for _, c := range cols {
		if c < 0 || c >= len(o.Columns) || seen[c] {
			return pgerr.Newf(pgerr.InvalidObjectDefinition, "relation \"%s\" has no column %d for its key", o.Name, c)
		}
		seen[c] = true
	}
	return nil
}

// reservedColumns are PostgreSQL's system columns.
var reservedColumns = map[string]bool{
	"tableoid": true, "xmin": true, "cmin": true, "xmax": true, "cmax": true, "ctid": true,
}

func errReservedColumn(name string) error {
	return pgerr.Newf(pgerr.DuplicateColumn, "column name \"%s\" conflicts with a system column name", name)
}
