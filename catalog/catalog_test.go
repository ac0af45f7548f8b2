package catalog

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"millrace/sql"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// world is a catalog with the journal index of its next change.
type world struct {
	t     *testing.T
	c     *Catalog
	index uint64
	path  []string
}

func newWorld(t *testing.T) *world {
	t.Helper()
	return &world{t: t, c: New(), path: []string{"public"}}
}

// do applies an op and returns what a client would be told.
func (w *world) do(op Op) string {
	w.t.Helper()
	w.index++
	c := &Change{SearchPath: w.path, Op: op}
	switch r := w.c.Apply(w.index, c.Encode()).(type) {
	case error:
		return "ERROR " + message(pgerr.As(r))
	case *Result:
		lines := []string{}
		for _, n := range r.Notices {
			lines = append(lines, "NOTICE "+message(n))
		}
		if len(lines) == 0 {
			return "ok"
		}
		return strings.Join(lines, "\n")
	default:
		w.t.Fatalf("Apply returned %T", r)
		return ""
	}
}

func message(e *pgerr.Error) string {
	s := e.Code + " " + e.Message
	if e.Detail != "" {
		s += "\nDETAIL " + e.Detail
	}
	if e.Hint != "" {
		s += "\nHINT " + e.Hint
	}
	return s
}

func (w *world) must(ops ...Op) {
	w.t.Helper()
	for _, op := range ops {
		if got := w.do(op); got != "ok" {
			w.t.Fatalf("%T: %s", op, got)
		}
	}
}

func (w *world) want(op Op, want string) {
	w.t.Helper()
	if got := w.do(op); got != want {
		w.t.Errorf("%T %+v\ngot  %s\nwant %s", op, op, got, want)
	}
}

func (w *world) id(name string) ObjectID {
	w.t.Helper()
	schema, rest, ok := strings.Cut(name, ".")
	if !ok {
		schema, rest = "public", name
	}
	o, ok := w.c.Current().Lookup(nil, schema, rest)
	if !ok {
		w.t.Fatalf("no relation %s", name)
	}
	return o.ID
}

func qname(name string) QName {
	if schema, rest, ok := strings.Cut(name, "."); ok {
		return QName{schema, rest}
	}
	return QName{"", name}
}

func table(name string) *Create {
	q := qname(name)
	return &Create{Object: &Object{
		Schema: q.Schema, Name: q.Name, Kind: KindTable, Partitions: 1, Key: []int{0},
		Columns: []Column{col("a", types.Int4), col("b", types.Text)},
	}}
}

func col(name string, t types.Type) Column {
	return Column{Column: types.Column{Name: name, Type: t}}
}

func (w *world) view(kind Kind, name, query string, reads ...string) *Create {
	w.t.Helper()
	q := qname(name)
	o := &Object{
		Schema: q.Schema, Name: q.Name, Kind: kind, Definition: query, SearchPath: w.path,
		Columns: []Column{col("a", types.Int4)},
	}
	for _, r := range reads {
		o.DependsOn = append(o.DependsOn, w.id(r))
	}
	return &Create{Object: o}
}

func drop(kind sql.ObjectKind, names ...string) *Drop {
	d := &Drop{Kind: kind}
	for _, n := range names {
		d.Names = append(d.Names, qname(n))
	}
	return d
}

// The expected texts are PostgreSQL 15's for the same statements.
func TestDropRestrict(t *testing.T) {
	w := newWorld(t)
	w.must(table("t"))
	w.must(w.view(KindView, "v1", "SELECT a FROM t", "t"))
	w.must(w.view(KindView, "v2", "SELECT a FROM v1", "v1"))
	w.must(w.view(KindMatView, "v3", "SELECT a FROM t", "t"))
	hint := "\nHINT Use DROP ... CASCADE to drop the dependent objects too."
	w.want(drop(sql.KindTable, "t"),
		"ERROR 2BP01 cannot drop table t because other objects depend on it\n"+
			"DETAIL view v1 depends on table t\nview v2 depends on view v1\n"+
			"materialized view v3 depends on table t"+hint)
	w.want(drop(sql.KindView, "v1"),
		"ERROR 2BP01 cannot drop view v1 because other objects depend on it\n"+
			"DETAIL view v2 depends on view v1"+hint)
	w.path = []string{"elsewhere"}
	w.want(drop(sql.KindTable, "public.t"),
		"ERROR 2BP01 cannot drop table public.t because other objects depend on it\n"+
			"DETAIL view public.v1 depends on table public.t\nview public.v2 depends on view public.v1\n"+
			"materialized view public.v3 depends on table public.t"+hint)
	w.path = []string{"public"}
	w.must(drop(sql.KindView, "v1", "v2"), drop(sql.KindMaterializedView, "v3"), drop(sql.KindTable, "t"))
	if n := len(w.c.Current().Objects()); n != 0 {
		t.Errorf("%d objects left", n)
	}
}

func TestDropOrderOfDiamond(t *testing.T) {
	w := newWorld(t)
	w.must(table("q"))
	w.must(w.view(KindView, "q1", "q", "q"))
	w.must(w.view(KindView, "q2", "q", "q1"))
	w.must(w.view(KindView, "q3", "q", "q1", "q2"))
	w.must(w.view(KindView, "q4", "q", "q"))
	got := w.do(drop(sql.KindTable, "q"))
	want := "view q1 depends on table q\nview q2 depends on view q1\n" +
		"view q3 depends on view q1\nview q4 depends on table q"
	if !strings.Contains(got, want) {
		t.Errorf("got %s", got)
	}
	var names []string
	for _, o := range w.c.Current().Dependents(w.id("q")) {
		names = append(names, o.Name)
	}
	if fmt.Sprint(names) != "[q1 q2 q3 q4]" {
		t.Errorf("dependents %v", names)
	}
}

// What a view reads is not what its readers depend on.
func TestDependenceThroughView(t *testing.T) {
	w := newWorld(t)
	w.must(table("t"))
	w.must(w.view(KindView, "v", "SELECT a FROM t", "t"))
	w.must(w.view(KindMatView, "m", "WITH v AS (SELECT a FROM public.v) SELECT a FROM v", "v", "t"))
	got := w.do(drop(sql.KindTable, "t"))
	if !strings.Contains(got, "DETAIL view v depends on table t\nmaterialized view m depends on view v\n") {
		t.Errorf("got %s", got)
	}
	replace := w.view(KindView, "v", "SELECT 1 AS a")
	replace.OrReplace = true
	if got := w.do(replace); !strings.HasPrefix(got, "ERROR 2BP01 cannot replace view v") {
		t.Errorf("got %s", got)
	}
}

func TestDropCascade(t *testing.T) {
	w := newWorld(t)
	w.must(table("t"))
	w.must(w.view(KindView, "v1", "q", "t"))
	w.must(w.view(KindMatView, "v2", "q", "v1"))
	w.must(&CreateIndex{Table: QName{"", "v2"}, Columns: []string{"a"}})
	var dropped []ObjectID
	w.c.Watch(func(_ *Snapshot, _ *Change, r *Result) { dropped = r.Dropped })
	_, index, _ := w.c.Current().LookupIndex(w.path, "", "v2_a_idx")
	want := []ObjectID{index.Indexes[0].ID, w.id("v2"), w.id("v1"), w.id("t")}
	d := drop(sql.KindTable, "t")
	d.Cascade = true
	w.want(d, "NOTICE 00000 drop cascades to 2 other objects\n"+
		"DETAIL drop cascades to view v1\ndrop cascades to materialized view v2")
	if !slices.Equal(dropped, want) {
		t.Errorf("dropped %v, want %v", dropped, want)
	}
}

func TestDropManyAreCounted(t *testing.T) {
	w := newWorld(t)
	w.must(table("t"))
	for i := range 103 {
		w.must(w.view(KindView, fmt.Sprintf("v%d", i), "q", "t"))
	}
	got := w.do(drop(sql.KindTable, "t"))
	if !strings.Contains(got, "\nview v99 depends on table t\nand 3 other objects (see server log for list)\n") {
		t.Errorf("got ...%s", got[len(got)-200:])
	}
}

func TestDropErrors(t *testing.T) {
	w := newWorld(t)
	w.must(table("t"))
	w.must(w.view(KindView, "v1", "q", "t"))
	w.must(&CreateIndex{Table: qname("t"), Name: "i1", Columns: []string{"b"}})
	for _, c := range []struct {
		op   Op
		want string
	}{
		{drop(sql.KindTable, "nope"), `ERROR 42P01 table "nope" does not exist`},
		{drop(sql.KindMaterializedView, "nope"), `ERROR 42P01 materialized view "nope" does not exist`},
		{drop(sql.KindTable, "nos.x"), `ERROR 3F000 schema "nos" does not exist`},
		{drop(sql.KindTable, "pg_catalog.pg_class"), `ERROR 42501 permission denied: "pg_class" is a system catalog`},
		{&DropIndex{Names: []QName{{"", "nope"}}}, `ERROR 42704 index "nope" does not exist`},
		{drop(sql.KindView, "t"), "ERROR 42809 \"t\" is not a view\nHINT Use DROP TABLE to remove a table."},
		{drop(sql.KindTable, "v1"), "ERROR 42809 \"v1\" is not a table\nHINT Use DROP VIEW to remove a view."},
		{drop(sql.KindTable, "i1"), "ERROR 42809 \"i1\" is not a table\nHINT Use DROP INDEX to remove an index."},
		{&DropIndex{Names: []QName{{"", "t"}}}, "ERROR 42809 \"t\" is not an index\nHINT Use DROP TABLE to remove a table."},
		{
			&DropIndex{Names: []QName{{"", "t_pkey"}}},
			"ERROR 2BP01 cannot drop index t_pkey because constraint t_pkey on table t requires it",
		},
		{
			&Drop{Kind: sql.KindTable, Names: []QName{{"", "nope"}}, IfExists: true},
			`NOTICE 00000 table "nope" does not exist, skipping`,
		},
		{
			&Drop{Kind: sql.KindTable, Names: []QName{{"nos", "x"}}, IfExists: true},
			`NOTICE 00000 schema "nos" does not exist, skipping`,
		},
		{&DropSchema{Names: []string{"nope"}}, `ERROR 3F000 schema "nope" does not exist`},
		{&DropSchema{Names: []string{"nope"}, IfExists: true}, `NOTICE 00000 schema "nope" does not exist, skipping`},
		{
			&DropSchema{Names: []string{"pg_catalog"}},
			"ERROR 2BP01 cannot drop schema pg_catalog because it is required by the database system",
		},
	} {
		before := w.c.Current()
		w.want(c.op, c.want)
		if w.c.Current() != before {
			t.Errorf("%s: the catalog changed", c.want)
		}
	}
}

func TestCreateErrors(t *testing.T) {
	w := newWorld(t)
	w.must(table("t"), table("u_pkey"), table("u"))
	w.must(w.view(KindView, "v", "q", "t"))
	ifNot := table("t")
	ifNot.IfNotExists = true
	twice := table("z")
	twice.Object.Columns[1].Name = "a"
	replaceTable := w.view(KindView, "t", "q", "u")
	replaceTable.OrReplace = true
	system := table("s")
	system.Object.Columns[1].Name = "ctid"
	for _, c := range []struct {
		op   Op
		want string
	}{
		{table("t"), `ERROR 42P07 relation "t" already exists`},
		{table("t_pkey"), `ERROR 42P07 relation "t_pkey" already exists`},
		{ifNot, `NOTICE 42P07 relation "t" already exists, skipping`},
		{table("nos.t"), `ERROR 3F000 schema "nos" does not exist`},
		{table("pg_catalog.x"), "ERROR 42501 permission denied to create \"pg_catalog.x\"\n" +
			"DETAIL System catalog modifications are currently disallowed."},
		{twice, `ERROR 42701 column "a" specified more than once`},
		{system, `ERROR 42701 column name "ctid" conflicts with a system column name`},
		{replaceTable, `ERROR 42809 "t" is not a view`},
		{&CreateSchema{Name: "public"}, `ERROR 42P06 schema "public" already exists`},
		{&CreateSchema{Name: "public", IfNotExists: true}, `NOTICE 42P06 schema "public" already exists, skipping`},
		{&CreateSchema{Name: "pg_x"}, "ERROR 42939 unacceptable schema name \"pg_x\"\n" +
			"DETAIL The prefix \"pg_\" is reserved for system schemas."},
		{
			&CreateIndex{Table: qname("v"), Columns: []string{"a"}},
			"ERROR 42809 cannot create index on relation \"v\"\nDETAIL This operation is not supported for views.",
		},
		{&CreateIndex{Table: qname("nope"), Columns: []string{"a"}}, `ERROR 42P01 relation "nope" does not exist`},
		{&CreateIndex{Table: qname("t"), Columns: []string{"c"}}, `ERROR 42703 column "c" does not exist`},
		{&CreateIndex{Table: qname("t"), Name: "v", Columns: []string{"a"}}, `ERROR 42P07 relation "v" already exists`},
	} {
		w.want(c.op, c.want)
	}
	w.path = []string{"nowhere"}
	w.want(table("x"), "ERROR 3F000 no schema has been selected to create in")
}

func TestChosenNames(t *testing.T) {
	w := newWorld(t)
	w.must(table("u_pkey"), table("u"), table("t"))
	o, _ := w.c.Current().Object(w.id("u"))
	if o.KeyName != "u_pkey1" || o.KeyID == 0 {
		t.Errorf("key %q %d", o.KeyName, o.KeyID)
	}
	long := strings.Repeat("é", 31)
	for _, c := range []struct {
		columns []string
		want    string
	}{
		{[]string{"a", "b"}, "t_a_b_idx"},
		{[]string{"b"}, "t_b_idx"},
		{[]string{"b"}, "t_b_idx1"},
		{[]string{"b"}, "t_b_idx2"},
	} {
		w.must(&CreateIndex{Table: qname("t"), Columns: c.columns})
		if _, _, ok := w.c.Current().LookupIndex(w.path, "", c.want); !ok {
			t.Errorf("no index %s", c.want)
		}
	}
	w.must(table(long))
	w.must(&CreateIndex{Table: qname(long), Columns: []string{"a", "b"}})
	o, _ = w.c.Current().Object(w.id(long))
	for _, name := range []string{o.KeyName, o.Indexes[0].Name} {
		if len(name) > nameMax || checkName(name) != nil {
			t.Errorf("name %q of %d bytes", name, len(name))
		}
	}
}

// The names are PostgreSQL 15's.
func TestCheckNames(t *testing.T) {
	w := newWorld(t)
	c := table("t1")
	for _, expr := range []string{"a > 0", "a < 9", "a > length(b)", "b > 'x'", "1 = 1", "a + length(b) > 3"} {
		c.Object.Checks = append(c.Object.Checks, CheckText{Expr: expr})
	}
	w.must(c)
	o, _ := w.c.Current().Object(w.id("t1"))
	var names []string
	for _, x := range o.Checks {
		names = append(names, x.Name)
	}
	if got := strings.Join(names, " "); got != "t1_a_check t1_a_check1 t1_check t1_b_check t1_check1 t1_check2" {
		t.Errorf("names %s", got)
	}
	twice, key := table("t2"), table("t3")
	twice.Object.Checks = []CheckText{{Name: "x", Expr: "a > 0"}, {Name: "x", Expr: "a > 1"}}
	w.want(twice, `ERROR 42710 check constraint "x" already exists`)
	key.Object.KeyName, key.Object.Checks = "zz", []CheckText{{Name: "zz", Expr: "a > 0"}}
	w.want(key, `ERROR 42710 constraint "zz" for relation "t3" already exists`)
}

func TestReplaceView(t *testing.T) {
	w := newWorld(t)
	w.must(table("t"))
	w.must(w.view(KindView, "v", "one", "t"))
	w.must(w.view(KindView, "over", "q", "v"))
	id := w.id("v")
	replace := func(query string, cols ...Column) *Create {
		c := w.view(KindView, "v", query, "t")
		c.OrReplace, c.Object.Columns = true, cols
		return c
	}
	w.want(replace("x", col("b", types.Int4)),
		"ERROR 42P16 cannot change name of view column \"a\" to \"b\"\n"+
			"HINT Use ALTER VIEW ... RENAME COLUMN ... to change name of view column instead.")
	w.want(replace("x", col("a", types.Text)),
		`ERROR 42P16 cannot change data type of view column "a" from integer to text`)
	w.want(replace("x"), "ERROR 42P16 cannot drop columns from view")
	w.must(replace("two", col("a", types.Int4), col("b", types.Text)))
	if o, _ := w.c.Current().Object(id); o == nil || o.Definition != "two" || o.Version != 2 {
		t.Errorf("object %+v", o)
	}
	cycle := w.view(KindView, "v", "x", "over")
	cycle.OrReplace = true
	cycle.Object.Columns = append(cycle.Object.Columns, col("b", types.Text))
	w.want(cycle, `ERROR 42P17 infinite recursion detected in rules for relation "v"`)
	w.must(w.view(KindMatView, "m", "q", "over"))
	if got := w.do(replace("three", col("a", types.Int4), col("b", types.Text))); !strings.HasPrefix(got,
		"ERROR 2BP01 cannot replace view v because other objects depend on it") {
		t.Errorf("got %s", got)
	}
}

func TestReplaceContinuousQuery(t *testing.T) {
	w := newWorld(t)
	w.must(table("t"))
	w.must(w.view(KindMatView, "m", "one", "t"))
	first := w.id("m")
	c := w.view(KindMatView, "m", "two", "t")
	c.OrReplace = true
	w.must(c)
	if second := w.id("m"); second == first {
		t.Errorf("the id %d was used again", first)
	}
}

func TestStaleReads(t *testing.T) {
	w := newWorld(t)
	w.must(table("t"))
	c := w.view(KindMatView, "m", "q", "t")
	based := w.c.Current().Version()
	w.must(&Rename{Kind: sql.KindTable, Name: qname("t"), NewName: "t2"})
	change := &Change{SearchPath: w.path, BasedOn: based, Op: c}
	err, _ := w.c.Apply(99, change.Encode()).(error)
	if pgerr.Code(err) != pgerr.SerializationFailure {
		t.Errorf("got %v", err)
	}
	w.must(drop(sql.KindTable, "t2"))
	if got := w.do(c); !strings.HasPrefix(got, "ERROR 40001") {
		t.Errorf("got %s", got)
	}
}

func TestSchemaDropAndSnapshotRestore(t *testing.T) {
	w := newWorld(t)
	w.must(&CreateSchema{Name: "s"}, table("s.x"))
	w.must(w.view(KindView, "s.y", "q", "s.x"))
	w.must(w.view(KindView, "z", "q", "s.y"))
	w.want(&DropSchema{Names: []string{"s"}},
		"ERROR 2BP01 cannot drop schema s because other objects depend on it\n"+
			"DETAIL table s.x depends on schema s\nview s.y depends on schema s\nview z depends on view s.y\n"+
			"HINT Use DROP ... CASCADE to drop the dependent objects too.")

	image, _ := w.c.Snapshot()
	other := New()
	if err := other.Restore(image); err != nil {
		t.Fatal(err)
	}
	op := (&Change{SearchPath: w.path, Op: &DropSchema{Names: []string{"s"}, Cascade: true}}).Encode()
	w.c.Apply(50, op)
	other.Apply(50, op)
	a, _ := w.c.Snapshot()
	b, _ := other.Snapshot()
	if string(a) != string(b) {
		t.Errorf("replicas differ:\n%s\n%s", a, b)
	}
	if w.c.Current().HasSchema("s") || len(w.c.Current().Objects()) != 0 {
		t.Errorf("left %s", a)
	}
	w.must(table("t"))
	if id := w.id("t"); id <= 16387 {
		t.Errorf("id %d was used again", id)
	}
}

func TestGoldenBytes(t *testing.T) {
	object := table("s.t").Object
	object.Options = map[string]string{"partitions": "4", "retention_ms": "1"}
	object.Columns = append(object.Columns, col("n", types.NumericN(10, 2)), Column{
		Column:  types.Column{Name: "ts", Type: types.ArrayOf(types.KindTimestamptz), NotNull: true},
		Default: "now()", Comment: "<when>",
	})
	object.Checks = []CheckText{{Name: "c", Expr: "a > 0"}}
	object.Indexes = []*Index{{Cols: []int{1}, Unique: true}}
	text := "it's"
	var out strings.Builder
	for _, op := range []Op{
		&CreateSchema{Name: "s"}, &DropSchema{Names: []string{"s"}, Cascade: true},
		&Create{Object: object, IfNotExists: true}, drop(sql.KindStream, "a", "b.c"),
		&CreateIndex{Table: qname("t"), Columns: []string{"a"}, Unique: true},
		&DropIndex{Names: []QName{{"s", "i"}}, IfExists: true},
		&Rename{Kind: sql.KindTable, Name: qname("s.t"), Column: "a", NewName: "b"},
		&Comment{Kind: sql.KindColumn, Name: qname("t"), Column: "a", Text: &text},
		&SetOptions{Kind: sql.KindStream, Name: qname("t"), Set: map[string]string{"b": "1", "a": "2"}},
		&CreateRole{Role: &Role{Name: "joe", Login: true, ConnectionLimit: -1, Password: "v"}, InRoles: []string{"g"}},
		&AlterRole{Name: "joe", Password: &text, Settings: map[string]*string{"a": &text, "b": nil}},
		&RenameRole{"joe", "jim"}, &DropRole{Names: []string{"joe"}},
		&GrantRole{Roles: []string{"g"}, Members: []string{"joe"}, Admin: true},
		&GrantOn{Kind: sql.KindTable, Names: []QName{qname("t")}, GrantWhat: GrantWhat{Privs: PrivSelect, Roles: []string{"", "joe"}}},
		&SetOwner{Kind: sql.KindTable, Name: qname("t"), Owner: "joe"},
		&ReassignOwned{Roles: []string{"joe"}, To: "g"}, &DropOwned{Roles: []string{"joe"}},
		&SetDefaults{For: []string{"joe"}, Kind: sql.KindTable, GrantWhat: GrantWhat{Roles: []string{"g"}}},
		&CreateType{Type: &UserType{Name: "mood", Kind: TypeEnum, Labels: []EnumLabel{{Name: "a"}, {Name: "b"}}}},
		&CreateType{Type: &UserType{Name: "pt", Kind: TypeComposite, Fields: []Column{
			{Column: types.Column{Name: "m", Type: unlinked(16389)}}, col("s", types.RowOf([]types.Column{{Name: "x", Type: types.Int4}})),
		}}},
		&CreateType{Type: &UserType{Name: "d", Kind: TypeDomain, Fields: []Column{
			{Column: types.Column{Name: "value", Type: types.Int4, NotNull: true}, Default: "1"},
		}, Checks: []CheckText{{Name: "c", Expr: "value > 0"}}, SearchPath: []string{"public"}}},
		&AlterType{Name: qname("mood"), AddLabel: "c", Before: true, Neighbour: "b"},
		&DropType{Names: []QName{qname("mood")}, Cascade: true},
	} {
		fmt.Fprintf(&out, "%q\n", (&Change{SearchPath: []string{"public"}, BasedOn: 7, Op: op}).Encode())
	}
	w := newWorld(t)
	w.must(&CreateSchema{Name: "s"}, &Create{Object: object}, &CreateRole{Role: &Role{Name: "joe"}},
		&GrantOn{Kind: sql.KindTable, Names: []QName{qname("s.t")}, GrantWhat: GrantWhat{Roles: []string{"joe"}}})
	w.must(&CreateType{Type: &UserType{Name: "mood", Kind: TypeEnum, Labels: []EnumLabel{{Name: "a"}, {Name: "b"}}}})
	withType := table("s.u").Object
	withType.Columns[0].Type = unlinked(uint32(w.c.Current().Types()[0].ID))
	w.must(&Create{Object: withType})
	image, _ := w.c.Snapshot()
	fmt.Fprintf(&out, "%q\n", image)
	golden(t, "format.golden", out.String())
}

// TestOldFormat reads what earlier versions wrote.
func TestOldFormat(t *testing.T) {
	for _, name := range []string{"format-1.golden", "format-2.golden"} {
		readOldFormat(t, name)
	}
}

func readOldFormat(t *testing.T, name string) {
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		text, err := strconv.Unquote(line)
		if err != nil {
			t.Fatal(err)
		}
		if opCode(text[1]) == opSnapshot {
			_, _, err = decodeSnapshot([]byte(text))
		} else {
			_, err = DecodeChange([]byte(text))
		}
		if err != nil {
			t.Errorf("%v: %s", err, line)
		}
	}
}

// golden compares with a file in testdata; REWRITE=1 writes it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv("REWRITE") != "" {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; a change of the format needs a new version.\ngot\n%s", path, got)
	}
}

func FuzzApply(f *testing.F) {
	path := []string{"public"}
	t := table("t")
	t.Object.Indexes = []*Index{{Cols: []int{1}}}
	for _, op := range []Op{
		t, &Drop{Kind: sql.KindTable, Names: []QName{{"", "t"}}, Cascade: true},
		&CreateSchema{Name: "s"}, &Rename{Kind: sql.KindTable, Name: QName{"", "t"}, NewName: "u"},
		&CreateIndex{Table: QName{"", "t"}, Columns: []string{"a"}},
		&CreateRole{Role: &Role{Name: "joe"}, Admins: []string{BootstrapName}}, &AlterRole{Name: BootstrapName},
		&GrantOn{Kind: sql.KindTable, Names: []QName{{"", "t"}}, GrantWhat: GrantWhat{Roles: []string{"", BootstrapName}, Option: true}},
		&SetDefaults{Kind: sql.KindSchema, GrantWhat: GrantWhat{Roles: []string{""}, Revoke: true, Cascade: true}},
		&SetOwner{Kind: sql.KindTable, Name: QName{"", "t"}, Owner: "pg_monitor"}, &DropOwned{Roles: []string{BootstrapName}},
		&ReassignOwned{Roles: []string{"pg_monitor"}, To: BootstrapName},
	} {
		f.Add((&Change{SearchPath: path, Op: op}).Encode())
	}
	f.Add([]byte("\x01\x03{\"Op\":{\"Object\":null}}"))
	f.Add([]byte("\x01\x03{\"Op\":null}"))
	f.Add([]byte("\x02\xff{\"Access\":{\"Roles\":[null]}}"))
	f.Add([]byte("\x02\x40{\"Op\":{\"Role\":null}}"))
	setup := (&Change{SearchPath: path, Op: t}).Encode()
	f.Fuzz(func(t *testing.T, data []byte) {
		c := New()
		c.Apply(1, setup)
		c.Apply(2, data)
		image, err := c.Snapshot()
		if err != nil {
			t.Fatal(err)
		}
		if err := New().Restore(image); err != nil {
			t.Fatalf("a state that cannot be restored: %v", err)
		}
		New().Restore(data)
	})
}
