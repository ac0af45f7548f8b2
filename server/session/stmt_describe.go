package session

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"millrace/catalog"
	"millrace/server/pgwire"
	"millrace/sql"
	"millrace/sql/builtin"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

var describeFields = []pgwire.Field{
	{Name: "column", Type: types.Text},
	{Name: "type", Type: types.Text},
	{Name: "nullable", Type: types.Bool},
	{Name: "key", Type: types.Bool},
	{Name: "default", Type: types.Text},
}

// describeExtended are the columns of DESCRIBE .. EXTENDED and DESCRIBE FUNCTION.
var describeExtended = []pgwire.Field{{Name: "property", Type: types.Text}, {Name: "value", Type: types.Text}}

// describeShape is the columns that a DESCRIBE gives.
func describeShape(st *sql.Describe) []pgwire.Field {
	switch {
	case st.Kind == "streams" || st.Kind == "tables":
		return append([]pgwire.Field{{Name: "relation", Type: types.Text}}, describeFields...)
	case st.Extended || st.Kind != "":
		return describeExtended
	}
	return describeFields
}

// describe runs DESCRIBE in its forms.
func (s *Session) describe(_ context.Context, st *sql.Describe) (*result, error) {
	tag := func(int64) string { return "DESCRIBE" }
	switch st.Kind {
	case "function":
		b, err := describeFunction(st.Name)
		if err != nil {
			return nil, err
		}
		return table(describeExtended, tag, b), nil
	case "streams", "tables":
		return table(describeShape(st), tag, s.describeAll(sql.ObjectKind(strings.TrimSuffix(st.Kind, "s")))), nil
	case "":
	default:
		return nil, notSupported(st)
	}
	o, err := s.relation(st.Name)
	if err != nil {
		return nil, err
	}
	if st.Extended {
		return table(describeExtended, tag, s.describeMore(o)), nil
	}
	out := col.NewBatchBuilder(fieldTypes(describeFields), len(o.Columns))
	for i := range o.Columns {
		out.Row(1, columnRow(o, i)...)
	}
	return table(describeFields, tag, out.Batch()), nil
}

func fieldTypes(fields []pgwire.Field) []types.Type {
	out := make([]types.Type, len(fields))
	for i, f := range fields {
		out[i] = f.Type
	}
	return out
}

func columnRow(o *catalog.Object, i int) []types.Datum {
	c := o.Columns[i]
	def := types.Null
	if c.Default != "" {
		def = types.BytesDatum(c.Default)
	}
	return []types.Datum{
		types.BytesDatum(c.Name), types.BytesDatum(c.Type.String()),
		types.BoolDatum(!c.NotNull), types.BoolDatum(isKeyColumn(o, i)), def,
	}
}

func isKeyColumn(o *catalog.Object, i int) bool {
	for _, k := range o.Key {
		if k == i {
			return true
		}
	}
	return false
}

// describeAll lists the columns of all streams, or all tables.
func (s *Session) describeAll(kind sql.ObjectKind) *col.Batch {
	out := col.NewBatchBuilder(append([]types.Type{types.Text}, fieldTypes(describeFields)...), 16)
	for _, o := range s.backend.Catalog.Current().Objects() {
		if o.KindName() != kind || o.InsertInto() != 0 {
			continue
		}
		for i := range o.Columns {
			out.Row(1, append([]types.Datum{types.BytesDatum(o.Name)}, columnRow(o, i)...)...)
		}
	}
	return out.Batch()
}

// properties collects the rows of a DESCRIBE .. EXTENDED.
type properties struct{ *col.BatchBuilder }

func newProperties() properties {
	return properties{col.NewBatchBuilder(fieldTypes(describeExtended), 16)}
}

// add adds a row unless the value is empty.
func (p properties) add(name, value string) {
	if value != "" {
		p.Row(1, types.BytesDatum(name), types.BytesDatum(value))
	}
}

// describeMore is all that is known of a relation: what it is, its columns, who reads
// it, and what its query has done.
func (s *Session) describeMore(o *catalog.Object) *col.Batch {
	p := newProperties()
	snap := s.backend.Catalog.Current()
	p.add("name", o.Name)
	p.add("type", string(o.KindName()))
	for i, c := range o.Columns {
		text := c.Type.String()
		if isKeyColumn(o, i) {
			text += " (key)"
		}
		p.add("column "+c.Name, text)
	}
	if o.Kind == catalog.KindStream || o.Kind == catalog.KindTable {
		p.add("partitions", strconv.Itoa(int(o.Partitions)))
	}
	for _, name := range slices.Sorted(maps.Keys(o.Options)) {
		p.add("option "+name, o.Options[name])
	}
	for _, id := range o.DependsOn {
		if d, ok := snap.Object(id); ok {
			p.add("reads", d.Name)
		}
	}
	for _, d := range snap.Objects() {
		for _, id := range d.DependsOn {
			if id == o.ID {
				p.add("read by", d.Name)
			}
		}
	}
	p.add("query", o.Definition)
	if st := s.backend.Engine.Status()[o.ID]; st != nil && o.IsContinuous() {
		p.add("rows in", itoa(st.RowsIn.Load()))
		p.add("rows out", itoa(st.RowsOut.Load()))
		p.add("row errors", itoa(st.RowErrors.Load()))
		p.add("state bytes", itoa(st.StateBytes.Load()))
	}
	p.add("comment", o.Comment)
	return p.Batch()
}

// specialForms are the calls that are no functions: the binder reads them itself.
var specialForms = map[string][][2]string{
	"coalesce": {{"coalesce(value, ...)", "The first argument that is not NULL."}},
	"trim":     {{"trim([both | leading | trailing] [characters] from text)", "The text without blanks, or without the characters, at its ends."}},
	"transform": {
		{"transform(array, x => expression)", "ksqlDB: the array of the expression's values for each element."},
		{"transform(map, (k, v) => key, (k, v) => value)", "ksqlDB: the map of the new keys and values of each member."},
	},
	"filter": {
		{"filter(array, x => condition)", "ksqlDB: the elements for which the condition is true."},
		{"filter(map, (k, v) => condition)", "ksqlDB: the members for which the condition is true."},
	},
	"reduce": {
		{"reduce(array, initial, (state, x) => expression)", "ksqlDB: the last state; each is computed from the one before and the next element."},
		{"reduce(map, initial, (state, k, v) => expression)", "ksqlDB: the same over the members of a map."},
	},
}

// describeFunction lists the forms of a function with what they do.
func describeFunction(n sql.Name) (*col.Batch, error) {
	name := strings.ToLower(n.Last())
	p := newProperties()
	p.add("name", name)
	for _, f := range builtin.Lookup(name) {
		p.add("scalar", f.Signature())
		p.add("description", f.Doc)
		p.add("example", f.Example)
	}
	for _, f := range builtin.LookupAgg(name) {
		p.add("aggregate", f.Signature())
		p.add("description", f.Doc)
		p.add("example", f.Example)
	}
	for _, f := range builtin.LookupTable(name) {
		p.add("table function", f.Signature())
		p.add("description", f.Doc)
		p.add("example", f.Example)
	}
	for _, form := range specialForms[name] {
		p.add("special form", form[0])
		p.add("description", form[1])
	}
	if p.Len() < 2 {
		return nil, pgerr.Newf(pgerr.UndefinedFunction, "function \"%s\" does not exist", n.Last()).
			WithHint("SHOW FUNCTIONS lists the functions.").At(int(n.Pos))
	}
	return p.Batch(), nil
}
