package syscat

import (
	"strings"
	"testing"

	"millrace/catalog"
	"millrace/sql"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// testEnv is an Env over a small catalog and one of each live fact.
type testEnv struct {
	NoLive
	snapshot *catalog.Snapshot
	path     []string
}

func (e *testEnv) Snapshot() *catalog.Snapshot { return e.snapshot }
func (e *testEnv) SearchPath() []string        { return e.path }
func (e *testEnv) CurrentRole() catalog.ObjectID {
	return catalog.BootstrapRole
}

func (e *testEnv) Setting(name string) (string, bool) {
	if name == "statement_timeout" {
		return "5s", true
	}
	return "", false
}

func (e *testEnv) Sessions() []Session {
	return []Session{{PID: 7, User: RoleName, State: "active", Query: "SELECT 1", StartedAt: 1}}
}

func (e *testEnv) Queries() []Query { return []Query{{View: e.id("m"), State: "running", Epoch: 3}} }

func (e *testEnv) Operators() []Operator {
	return []Operator{{View: e.id("m"), Name: "scan", Parent: -1}}
}

func (e *testEnv) Partitions() []Partition {
	return []Partition{{Stream: e.id("t"), Start: 1, End: 5, Bytes: 100}}
}

func (e *testEnv) LateRows() []LateRow {
	return []LateRow{{View: 16386, Epoch: 1, At: 1, Operator: "aggregate", EventTime: 1, Watermark: 2, Row: "(1)", Count: 1}}
}

func (e *testEnv) Watermarks() []Watermark {
	return []Watermark{{View: 16386, Stream: 16385, Largest: 1, Seen: 2, Watermark: 1}}
}

func (e *testEnv) RowErrors() []RowError {
	return []RowError{{View: e.id("m"), Code: "22012", Reason: "division by zero", Partition: -1, Offset: 9, Count: 1}}
}

func (e *testEnv) Backfills() []Backfill {
	return []Backfill{{View: e.id("m"), State: "running", RowsDone: 1, RowsTotal: 4}}
}
func (e *testEnv) Epochs() []Epoch               { return []Epoch{{Number: 1, Clock: 5}} }
func (e *testEnv) Subscriptions() []Subscription { return []Subscription{{PID: 7, Query: "q"}} }
func (e *testEnv) Nodes() []Node                 { return []Node{{ID: "n1", State: "up"}} }

func (e *testEnv) Sources() []Source {
	return []Source{{Stream: e.id("t"), Connector: "datagen", State: "running", Rate: 10}}
}

func (e *testEnv) id(name string) catalog.ObjectID {
	o, _ := e.snapshot.Lookup([]string{"public", "app"}, "", name)
	return o.ID
}

func newEnv(t *testing.T) *testEnv {
	t.Helper()
	c := catalog.New()
	index := uint64(0)
	do := func(op catalog.Op) {
		index++
		change := &catalog.Change{SearchPath: []string{"public"}, Op: op}
		if err, ok := c.Apply(index, change.Encode()).(error); ok {
			t.Fatal(err)
		}
	}
	column := func(name string, ty types.Type) catalog.Column {
		return catalog.Column{Column: types.Column{Name: name, Type: ty}}
	}
	do(&catalog.CreateSchema{Name: "app"})
	comment := "the database"
	do(&catalog.Comment{Kind: sql.KindDatabase, Name: catalog.QName{Name: DatabaseName}, Text: &comment})
	b := column("b", types.VarcharN(10))
	b.Default, b.Comment, b.NotNull = "'x'", "the b", true
	do(&catalog.Create{Object: &catalog.Object{
		Name: "t", Kind: catalog.KindTable, Key: []int{0}, Partitions: 1, Comment: "a table",
		Columns: []catalog.Column{
			column("a", types.Int4), b, column("n", types.NumericN(10, 2)),
			column("tags", types.ArrayOf(types.KindText)), column("at", types.Timestamptz),
		},
		Checks:  []catalog.CheckText{{Name: "positive", Expr: "a > 0 AND n > 1"}},
		Options: map[string]string{"on_conflict": "update"},
	}})
	do(&catalog.CreateIndex{Table: catalog.QName{Name: "t"}, Columns: []string{"b", "n"}})
	s := &catalog.Object{
		Name: "s", Kind: catalog.KindStream, Partitions: 4, Columns: []catalog.Column{column("at", types.Timestamptz)},
		Watermark: catalog.Watermark{Set: true, DelayMicros: 5e6}, Key: []int{0},
	}
	do(&catalog.Create{Object: s})
	view := func(kind catalog.Kind, schema, name, query string) *catalog.Create {
		o, _ := c.Current().Lookup([]string{"public"}, "", "t")
		return &catalog.Create{Object: &catalog.Object{
			Schema: schema, Name: name, Kind: kind, Definition: query, DependsOn: []catalog.ObjectID{o.ID},
			Columns: []catalog.Column{column("a", types.Int4)}, SearchPath: []string{"public"},
		}}
	}
	do(view(catalog.KindMatView, "public", "m", "SELECT a FROM t"))
	do(view(catalog.KindView, "app", "My View", "SELECT a FROM t"))
	k := view(catalog.KindMatView, "public", "k", "SELECT a FROM t")
	k.Object.KsqlTable, k.Object.Key = true, []int{0}
	do(k)
	path := "app"
	do(&catalog.CreateRole{Role: &catalog.Role{Name: "joe"}, Members: []string{RoleName}})
	do(&catalog.AlterRole{Name: "joe", Settings: map[string]*string{"search_path": &path}})
	do(&catalog.SetDefaults{Kind: sql.KindTable, GrantWhat: catalog.GrantWhat{Roles: []string{"joe"}}})
	for _, u := range []*catalog.UserType{
		{Name: "mood", Kind: catalog.TypeEnum, Labels: []catalog.EnumLabel{{Name: "ok"}}, Comment: "c"},
		{Name: "pt", Kind: catalog.TypeComposite, Fields: []catalog.Column{column("x", types.Int4)}},
		{
			Name: "d", Kind: catalog.TypeDomain, Fields: []catalog.Column{column("value", types.Int4)},
			Checks: []catalog.CheckText{{Expr: "value > 0"}},
		},
	} {
		do(&catalog.CreateType{Type: u})
	}
	do(&catalog.CreateSequence{Sequence: &catalog.Sequence{Name: "q", Start: 1, Step: 1, Min: 1, Max: 9, Type: types.Int8.OID()}})
	return &testEnv{snapshot: c.Current(), path: []string{"public"}}
}

// Every table computes rows that fit its columns.
func TestRowsFitColumns(t *testing.T) {
	env := newEnv(t)
	for _, table := range Tables() {
		o := table.Object()
		b, err := Rows(o.ID, env)
		if err != nil {
			t.Errorf("%s.%s: %v", o.Schema, o.Name, err)
			continue
		}
		if table.Rows != nil && b.N == 0 {
			t.Errorf("%s.%s has no rows: the test does not see it", o.Schema, o.Name)
		}
		if table.Rows != nil && table.Doc == "" {
			t.Errorf("%s.%s has no documentation", o.Schema, o.Name)
		}
		for i, c := range o.Columns {
			v := b.Cols[i]
			for row := range b.N {
				d := v.Datum(row)
				if !d.Set && c.NotNull {
					t.Fatalf("%s.%s.%s is NULL in row %d", o.Schema, o.Name, c.Name, row)
				}
				if d.Set {
					s := types.DatumText(c.Type, d, nil)
					if back, err := types.ParseText(c.Type, s, nil); err != nil || back != d {
						t.Fatalf("%s.%s.%s row %d: %q is no %s (%v)", o.Schema, o.Name, c.Name, row, s, c.Type, err)
					}
				}
			}
		}
	}
}

func TestOwnTablesAreDocumented(t *testing.T) {
	for _, table := range ownTables() {
		o, docs := parseSchema(table.ID, table.Schema)
		if table.ID < 13901 || table.ID >= catalog.FirstObjectID {
			t.Errorf("%s has id %d", o.Name, table.ID)
		}
		for i, c := range o.Columns {
			if docs[i] == "" {
				t.Errorf("%s.%s has no documentation", o.Name, c.Name)
			}
		}
	}
}

// cells returns a column of the rows for which another column has a value.
func cells(t *testing.T, env Env, table, column, where, value string) []string {
	t.Helper()
	schema, name, _ := strings.Cut(table, ".")
	o, ok := Lookup(schema, name)
	if !ok {
		t.Fatalf("no table %s", table)
	}
	b, err := Rows(o.ID, env)
	if err != nil {
		t.Fatal(err)
	}
	cell := func(c, row int) string {
		d := b.Cols[c].Datum(row)
		if !d.Set {
			return "NULL"
		}
		return types.DatumText(o.Columns[c].Type, d, nil)
	}
	var out []string
	for row := range b.N {
		if cell(o.Column(where), row) == value {
			out = append(out, cell(o.Column(column), row))
		}
	}
	return out
}

// The expected values are PostgreSQL 15's for the same objects.
func TestRows(t *testing.T) {
	env := newEnv(t)
	for _, c := range []struct{ table, column, where, value, want string }{
		{"pg_catalog.pg_class", "relkind", "relname", "t", "r"},
		{"pg_catalog.pg_class", "relkind", "relname", "s", "r"},
		{"pg_catalog.pg_class", "relkind", "relname", "k", "r"},
		{"pg_catalog.pg_class", "relkind", "relname", "m", "m"},
		{"pg_catalog.pg_class", "relkind", "relname", "My View", "v"},
		{"pg_catalog.pg_class", "relkind", "relname", "t_pkey", "i"},
		{"pg_catalog.pg_class", "oid", "relname", "pg_class", "1259"},
		{"pg_catalog.pg_class", "reloptions", "relname", "t", "{on_conflict=update}"},
		{"pg_catalog.pg_attribute", "atttypmod", "attname", "n", "655366,655366"},
		{"pg_catalog.pg_attribute", "attnotnull", "attname", "tags", "f"},
		{"pg_catalog.pg_attrdef", "adbin", "adnum", "2", "'x'"},
		{"pg_catalog.pg_index", "indkey", "indnatts", "2", "2 3"},
		{"pg_catalog.pg_index", "indclass", "indnatts", "2", "3126 3125"},
		{"pg_catalog.pg_index", "indcollation", "indnatts", "2", "100 0"},
		{"pg_catalog.pg_constraint", "conkey", "conname", "positive", "{1,3}"},
		{"pg_catalog.pg_constraint", "contype", "conname", "t_pkey", "p"},
		{"pg_catalog.pg_constraint", "contype", "conname", "k_pkey", "p"},
		{"pg_catalog.pg_description", "description", "objsubid", "2", "the b"},
		{"pg_catalog.pg_shdescription", "description", "objoid", "5", "the database"},
		{"pg_catalog.pg_settings", "setting", "name", "statement_timeout", "5000"},
		{"pg_catalog.pg_settings", "max_val", "name", "statement_timeout", "2147483647"},
		{"pg_catalog.pg_settings", "source", "name", "statement_timeout", "session"},
		{"pg_catalog.pg_settings", "max_val", "name", "random_page_cost", "1.79769e+308"},
		{"pg_catalog.pg_type", "typname", "oid", "1007", "_int4"},
		{"pg_catalog.pg_tables", "tablename", "schemaname", "public", "t,s,k"},
		{"pg_catalog.pg_matviews", "definition", "matviewname", "m", " SELECT a FROM t;"},
		{
			"pg_catalog.pg_indexes", "indexdef", "indexname", "t_pkey",
			"CREATE UNIQUE INDEX t_pkey ON public.t USING btree (a)",
		},
		{"information_schema.tables", "table_type", "table_name", "My View", "VIEW"},
		{"information_schema.columns", "data_type", "column_name", "tags", "ARRAY"},
		{"information_schema.columns", "character_maximum_length", "column_name", "b", "10"},
		{"information_schema.columns", "is_nullable", "column_name", "b", "NO"},
		{"information_schema.columns", "numeric_scale", "column_name", "n", "2"},
		{"information_schema.columns", "datetime_precision", "column_name", "at", "6,6,6"},
		{"information_schema.key_column_usage", "column_name", "constraint_name", "t_pkey", "a"},
		{"information_schema.check_constraints", "check_clause", "constraint_name", "positive", "((a > 0 AND n > 1))"},
		{"information_schema.constraint_column_usage", "column_name", "constraint_name", "positive", "a,n"},
		{"information_schema.table_constraints", "table_name", "constraint_name", "2200_16385_2_not_null", "t"},
		{"millrace.streams", "watermark_delay", "name", "s", "00:00:05"},
		{"millrace.streams", "key", "name", "s", "{at}"},
		{"millrace.tables", "query", "name", "k", "SELECT a FROM t"},
		{"millrace.views", "reads", "name", "m", "{t}"},
		{"millrace.columns", "key_position", "name", "a", "1,NULL,NULL,1"},
		{"millrace.partitions", "rows", "relation", "t", "4"},
		{"millrace.row_errors", "row_offset", "query", "m", "9"},
		{"millrace.backfills", "progress", "query", "m", "0.25"},
	} {
		got := strings.Join(cells(t, env, c.table, c.column, c.where, c.value), ",")
		if got != c.want {
			t.Errorf("%s of %s where %s = %s: got %s, want %s", c.column, c.table, c.where, c.value, got, c.want)
		}
	}
}

func TestFunctions(t *testing.T) {
	env := newEnv(t)
	o, _ := env.snapshot.Lookup(env.path, "", "t")
	table, key, second := oid(o.ID), oid(o.KeyID), oid(o.Indexes[0].ID)
	view := oid(env.id("My View"))
	for _, c := range []struct {
		name string
		args []types.Datum
		want string
	}{
		{"pg_get_viewdef", []types.Datum{view}, " SELECT a FROM t;"},
		{"pg_get_viewdef", []types.Datum{text(`app."My View"`), truth(true)}, " SELECT a FROM t;"},
		{"pg_get_viewdef", []types.Datum{table}, "NULL"},
		{"pg_get_indexdef", []types.Datum{second}, "CREATE INDEX t_b_n_idx ON public.t USING btree (b, n)"},
		{"pg_get_indexdef", []types.Datum{second, num(2), truth(false)}, "n"},
		{"pg_get_indexdef", []types.Datum{second, num(3), truth(false)}, ""},
		{"pg_get_constraintdef", []types.Datum{key}, "PRIMARY KEY (a)"},
		{"pg_get_constraintdef", []types.Datum{oid(o.Checks[0].ID)}, "CHECK ((a > 0 AND n > 1))"},
		{"pg_get_constraintdef", []types.Datum{oid(o.Checks[0].ID), truth(true)}, "CHECK (a > 0 AND n > 1)"},
		{"pg_get_userbyid", []types.Datum{num(10)}, "millrace"},
		{"pg_get_userbyid", []types.Datum{num(99)}, "unknown (OID=99)"},
		{"obj_description", []types.Datum{table, text("pg_class")}, "a table"},
		{"obj_description", []types.Datum{key, text("pg_class")}, "NULL"},
		{"col_description", []types.Datum{table, num(2)}, "the b"},
		{"format_type", []types.Datum{num(1700), num(655366)}, "numeric(10,2)"},
		{"format_type", []types.Datum{num(1009), null}, "text[]"},
		{"format_type", []types.Datum{num(0), null}, "-"},
		{"format_type", []types.Datum{num(77777), null}, "???"},
		{"regclassout", []types.Datum{table}, "t"},
		{"regclassout", []types.Datum{view}, `app."My View"`},
		{"regclassout", []types.Datum{num(1259)}, "pg_class"},
		{"regclassout", []types.Datum{num(13901)}, "millrace.streams"},
		{"regclassout", []types.Datum{num(424242)}, "424242"},
		{"regtypeout", []types.Datum{num(1184)}, "timestamp with time zone"},
		{"regnamespaceout", []types.Datum{num(2200)}, "public"},
		{"pg_terminate_backend", []types.Datum{num(7)}, "sessions cannot be interrupted by a function here"},
	} {
		d, ok, err := Function(env, c.name, c.args)
		got := d.S
		if !ok {
			got = "NULL"
		}
		if err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s(%v) = %s, want %s", c.name, c.args, got, c.want)
		}
	}
}

func TestVisibility(t *testing.T) {
	env := newEnv(t)
	o, _ := env.snapshot.Lookup(env.path, "", "t")
	for _, c := range []struct {
		id   catalog.ObjectID
		want bool
	}{
		{o.ID, true}, {o.KeyID, true}, {o.Indexes[0].ID, true}, {env.id("My View"), false}, {1259, true}, {13901, false},
	} {
		d, ok, err := Function(env, "pg_table_is_visible", []types.Datum{oid(c.id)})
		if err != nil || !ok || d.Bool() != c.want {
			t.Errorf("pg_table_is_visible(%d) = %v %v %v", c.id, d, ok, err)
		}
	}
}

func TestRegInput(t *testing.T) {
	env := newEnv(t)
	for _, c := range []struct{ name, in, want string }{
		{"regclassin", "t", "t"},
		{"regclassin", "public.T", "t"},
		{"regclassin", `app."My View"`, `app."My View"`},
		{"regclassin", "millrace.public.t", "t"},
		{"regclassin", "t_pkey", "t_pkey"},
		{"regclassin", "pg_catalog.pg_class", "pg_class"},
		{"regclassin", "1259", "pg_class"},
		{"regclassin", "nope", `42P01 relation "nope" does not exist`},
		{"regclassin", "x.nope", `42P01 relation "x.nope" does not exist`},
		{"regclassin", `"`, "42602 invalid name syntax"},
		{"to_regclass", "nope", "NULL"},
		{"regtypein", "int[]", "integer[]"},
		{"regtypein", "timestamp(3) with time zone", "timestamp with time zone"},
		{"regtypein", "foo", `42704 type "foo" does not exist`},
		{"regnamespacein", "app", "app"},
		{"regnamespacein", "zzz", `3F000 schema "zzz" does not exist`},
	} {
		got := "NULL"
		d, ok, err := Function(env, c.name, []types.Datum{text(c.in)})
		if err != nil {
			got = pgerr.Code(err) + " " + err.Error()
		} else if ok {
			out := strings.TrimPrefix(strings.TrimSuffix(c.name, "in"), "to_") + "out"
			r, _, _ := Function(env, out, []types.Datum{d})
			got = r.S
		}
		if got != c.want {
			t.Errorf("%s(%s) = %s, want %s", c.name, c.in, got, c.want)
		}
	}
}
