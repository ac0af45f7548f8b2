package syscat

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"millrace/catalog"
	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// Add takes one row of a system table; it does not keep the slice.
type Add func(row ...types.Datum) error

// Table is a system table.
type Table struct {
	// ID is fixed for ever.
	ID catalog.ObjectID
	// Schema is "CREATE TABLE millrace.t (" followed by one line per column: name, type,
	// NOT NULL where it holds, a comma, and its meaning after "--".
	Schema string
	// Doc is one sentence.
	Doc string
	// Rows adds the rows.
	Rows func(env Env, add Add) error

	object     *catalog.Object
	columnDocs []string
	// view: shown as a view (relkind v).
	view bool
}

// Object returns the table as the planner sees it, with Kind KindSystem.
func (t *Table) Object() *catalog.Object { return t.object }

// ColumnDocs returns the meaning of each column; entries may be "".
func (t *Table) ColumnDocs() []string { return t.columnDocs }

// filler gives rows to a relation that facts/relations.txt lists.
type filler struct {
	// table is "schema.name", or several that share their rows, separated by spaces.
	table string
	doc   string
	// columns are those for which rows gives values, in order. The others are NULL, or
	// the zero value where they are NOT NULL.
	columns string
	rows    func(env Env, add Add) error
}

// registry is everything that is derived from the facts, once.
type registry struct {
	byID   map[catalog.ObjectID]*Table
	byName map[catalog.QName]*Table
	tables []*Table // by schema and name

	typeFacts     map[uint32]typeFact // by the type's oid
	btreeClasses  map[uint32]int64    // default operator class by input type
	typeFunctions map[int64]int64     // type by the functions that pg_type names
	functions     []function          // by oid
}

var shared struct {
	once     sync.Once
	registry *registry
}

func tables() *registry {
	shared.once.Do(func() { shared.registry = buildRegistry() })
	return shared.registry
}

func buildRegistry() *registry {
	r := &registry{byID: map[catalog.ObjectID]*Table{}, byName: map[catalog.QName]*Table{}}
	for _, t := range loadRelations() {
		r.add(t)
	}
	for _, t := range ownTables() {
		t.object, t.columnDocs = parseSchema(t.ID, t.Schema)
		t.view = true
		r.add(t)
	}
	for name, rows := range loadRows() {
		t := r.named("pg_catalog." + name)
		t.Doc = staticDocs[name]
		t.Rows = staticRows(t.object, rows)
	}
	for _, f := range fillers() {
		for _, name := range strings.Fields(f.table) {
			r.fill(r.named(name), f)
		}
	}
	r.extend(userTypeFiller())
	r.typeFacts = readTypeFacts(r.named("pg_catalog.pg_type"))
	r.typeFunctions = readTypeFunctions(r.named("pg_catalog.pg_type"))
	r.btreeClasses = readBtreeClasses(r.named("pg_catalog.pg_opclass"))
	r.functions = loadFunctions(r.typeFunctions)
	slices.SortFunc(r.tables, func(a, b *Table) int {
		return cmp.Or(cmp.Compare(a.object.Schema, b.object.Schema), cmp.Compare(a.object.Name, b.object.Name))
	})
	return r
}

func (r *registry) add(t *Table) {
	name := catalog.QName{Schema: t.object.Schema, Name: t.object.Name}
	if r.byID[t.ID] != nil || r.byName[name] != nil {
		panic(pgerr.Bug("system table %d %v stands twice", t.ID, name))
	}
	r.byID[t.ID], r.byName[name] = t, t
	r.tables = append(r.tables, t)
}

func (r *registry) named(name string) *Table {
	schema, rest, _ := strings.Cut(name, ".")
	t := r.byName[catalog.QName{Schema: schema, Name: rest}]
	if t == nil {
		panic(pgerr.Bug("no system table %s", name))
	}
	return t
}

// fill makes f's short rows whole.
func (r *registry) fill(t *Table, f filler) {
	names := strings.Fields(f.columns)
	at := make([]int, len(names))
	for i, name := range names {
		if at[i] = t.object.Column(name); at[i] < 0 {
			panic(pgerr.Bug("%s has no column %s", f.table, name))
		}
	}
	blank := make([]types.Datum, len(t.object.Columns))
	for i, c := range t.object.Columns {
		if c.NotNull {
			blank[i] = zero(c.Type)
		}
	}
	t.Doc = f.doc
	t.Rows = func(env Env, add Add) error {
		row := make([]types.Datum, len(blank))
		return f.rows(env, func(short ...types.Datum) error {
			if len(short) != len(at) {
				panic(pgerr.Bug("row of %s has %d cells for %d columns", f.table, len(short), len(at)))
			}
			copy(row, blank)
			for i, d := range short {
				row[at[i]] = d
			}
			return add(row...)
		})
	}
}

// extend adds f's rows to a relation that has rows already.
func (r *registry) extend(f filler) {
	t := r.named(f.table)
	doc, first := t.Doc, t.Rows
	r.fill(t, f)
	second := t.Rows
	t.Doc = doc
	t.Rows = func(env Env, add Add) error {
		if err := first(env, add); err != nil {
			return err
		}
		return second(env, add)
	}
}

// zero is the value of a NOT NULL column that nobody fills.
func zero(t types.Type) types.Datum {
	switch t.Kind {
	case types.KindArray:
		return types.ArrayDatum(t.ElemType(), nil)
	case types.KindInt2vector, types.KindOidvector:
		return types.VectorDatum(t, nil)
	}
	if t.IsFixed() {
		return types.FixedDatum(0)
	}
	return types.BytesDatum("")
}

// parseSchema reads Table.Schema.
func parseSchema(id catalog.ObjectID, text string) (*catalog.Object, []string) {
	head, body, ok := strings.Cut(text, "(")
	name, isTable := strings.CutPrefix(strings.TrimSpace(head), "CREATE TABLE ")
	schema, rest, qualified := strings.Cut(name, ".")
	if !ok || !isTable || !qualified {
		panic(pgerr.Bug("system table %q", text))
	}
	o := &catalog.Object{ID: id, Schema: schema, Name: rest, Kind: catalog.KindSystem, Version: 1}
	var docs []string
	for _, line := range strings.Split(body, "\n") {
		column, doc, _ := strings.Cut(line, "--")
		column = strings.TrimSuffix(strings.TrimSpace(column), ",")
		if column == "" || column == ")" {
			continue
		}
		o.Columns = append(o.Columns, parseColumn(column))
		docs = append(docs, strings.TrimSpace(doc))
	}
	return o, docs
}

func parseColumn(text string) catalog.Column {
	text, notNull := strings.CutSuffix(text, " NOT NULL")
	name, typeName, _ := strings.Cut(strings.TrimSpace(text), " ")
	return makeColumn(name, strings.TrimSpace(typeName), notNull)
}

func makeColumn(name, typeName string, notNull bool) catalog.Column {
	if typeName == "char" { // pg_type's name; SQL's char is bpchar
		typeName = `"char"`
	} else if typeName == "_char" {
		typeName = `"char"[]`
	}
	t, err := types.Lookup(typeName, nil, 0)
	if err != nil {
		panic(pgerr.Bug("column %s of a system table: %v", name, err))
	}
	return catalog.Column{Column: types.Column{Name: name, Type: t, NotNull: notNull}}
}

// Lookup finds a system table. Schema "" means pg_catalog, which PostgreSQL searches
// before the search path.
func Lookup(schema, name string) (*catalog.Object, bool) {
	if schema == "" {
		schema = "pg_catalog"
	}
	t, ok := tables().byName[catalog.QName{Schema: schema, Name: name}]
	if !ok {
		return nil, false
	}
	return t.object, true
}

// Object finds a system table by id.
func Object(id catalog.ObjectID) (*catalog.Object, bool) {
	t, ok := tables().byID[id]
	if !ok {
		return nil, false
	}
	return t.object, true
}

// Tables returns all system tables ordered by schema and name.
func Tables() []*Table { return tables().tables }

// Rows computes the rows of the system table with the given id.
func Rows(id catalog.ObjectID, env Env) (*col.Batch, error) {
	t, ok := tables().byID[id]
	if !ok {
		return nil, pgerr.Newf(pgerr.UndefinedTable, "system table %d does not exist", id)
	}
	b := col.NewBatchBuilder(t.object.Types(), 64)
	if t.Rows == nil {
		return b.Batch(), nil
	}
	err := t.Rows(env, func(row ...types.Datum) error {
		if len(row) != len(t.object.Columns) {
			return fmt.Errorf("row of %s has %d cells", t.object.Name, len(row))
		}
		b.Row(1, row...)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return b.Batch(), nil
}
