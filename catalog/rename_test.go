package catalog

import (
	"strings"
	"testing"

	"millrace/sql"
	"millrace/sql/types"
)

// The expected texts are PostgreSQL 15's for the same statements.
func TestRenameErrors(t *testing.T) {
	w := newWorld(t)
	w.must(table("t"), &CreateIndex{Table: qname("t"), Name: "i1", Columns: []string{"b"}})
	w.must(w.view(KindView, "v1", "SELECT 1 AS a"))
	rename := func(kind sql.ObjectKind, name, column, to string) *Rename {
		return &Rename{Kind: kind, Name: qname(name), Column: column, NewName: to}
	}
	ifExists := rename(sql.KindTable, "nope", "", "x")
	ifExists.IfExists = true
	text := "x"
	for _, c := range []struct {
		op   Op
		want string
	}{
		{rename(sql.KindTable, "t", "", "v1"), `ERROR 42P07 relation "v1" already exists`},
		{rename(sql.KindTable, "nope", "", "x"), `ERROR 42P01 relation "nope" does not exist`},
		{rename(sql.KindTable, "nos.t", "", "x"), `ERROR 3F000 schema "nos" does not exist`},
		{ifExists, `NOTICE 00000 relation "nope" does not exist, skipping`},
		{rename(sql.KindTable, "t", "zz", "y"), `ERROR 42703 column "zz" does not exist`},
		{rename(sql.KindTable, "t", "a", "b"), `ERROR 42701 column "b" of relation "t" already exists`},
		{rename(sql.KindTable, "t", "ctid", "b"), `ERROR 0A000 cannot rename system column "ctid"`},
		{rename(sql.KindTable, "t", "b", "ctid"), `ERROR 42701 column name "ctid" conflicts with a system column name`},
		{rename(sql.KindView, "t", "", "q"), `ERROR 42809 "t" is not a view`},
		{rename(sql.KindIndex, "i1", "", "t"), `ERROR 42P07 relation "t" already exists`},
		{rename(sql.KindSchema, "public", "", "pg_y"), "ERROR 42939 unacceptable schema name \"pg_y\"\n" +
			"DETAIL The prefix \"pg_\" is reserved for system schemas."},
		{rename(sql.KindSchema, "nope", "", "x"), `ERROR 3F000 schema "nope" does not exist`},
		{
			rename(sql.KindSchema, "public", "", "information_schema"),
			`ERROR 42P06 schema "information_schema" already exists`,
		},
		{
			rename(sql.KindTable, "pg_catalog.pg_class", "", "x"),
			`ERROR 42501 permission denied: "pg_class" is a system catalog`,
		},
		{&Comment{Kind: sql.KindTable, Name: qname("nope"), Text: &text}, `ERROR 42P01 relation "nope" does not exist`},
		{
			&Comment{Kind: sql.KindColumn, Name: qname("t"), Column: "zz", Text: &text},
			`ERROR 42703 column "zz" of relation "t" does not exist`,
		},
		{&Comment{Kind: sql.KindView, Name: qname("t"), Text: &text}, `ERROR 42809 "t" is not a view`},
		{&Comment{Kind: sql.KindTable, Name: qname("v1"), Text: &text}, `ERROR 42809 "v1" is not a table`},
		{&Comment{Kind: sql.KindIndex, Name: qname("t"), Text: &text}, `ERROR 42809 "t" is not an index`},
		{
			&Comment{Kind: sql.KindColumn, Name: qname("i1"), Column: "b", Text: &text},
			"ERROR 42809 cannot set comment on relation \"i1\"\nDETAIL This operation is not supported for indexes.",
		},
		{&Comment{Kind: sql.KindSchema, Name: qname("nope"), Text: &text}, `ERROR 3F000 schema "nope" does not exist`},
	} {
		w.want(c.op, c.want)
	}
	w.must(rename(sql.KindTable, "v1", "", "v9"), rename(sql.KindIndex, "t_pkey", "", "t_key"),
		rename(sql.KindIndex, "i1", "", "i2"), rename(sql.KindTable, "t", "a", "c"))
	o, _ := w.c.Current().Object(w.id("t"))
	if o.KeyName != "t_key" || o.Indexes[0].Name != "i2" || o.Columns[0].Name != "c" || o.Version != 2 {
		t.Errorf("object %+v", o)
	}
}

func TestRenameRewritesQueries(t *testing.T) {
	for _, c := range []struct{ query, want string }{
		{"SELECT a FROM t", "SELECT a FROM new AS t"},
		{"SELECT t.a FROM public.t", "SELECT t.a FROM public.new AS t"},
		{"SELECT x.a FROM t AS x", "SELECT x.a FROM new AS x"},
		{"SELECT a FROM other.t", "SELECT a FROM other.t"},
		{"SELECT a FROM u WHERE a IN (SELECT a FROM t)", "SELECT a FROM u WHERE a IN (SELECT a FROM new AS t)"},
		{"WITH c AS (SELECT a FROM t) SELECT a FROM c", "WITH c AS (SELECT a FROM new AS t) SELECT a FROM c"},
		{"SELECT a FROM u UNION ALL SELECT a FROM t", "SELECT a FROM u UNION ALL SELECT a FROM new AS t"},
	} {
		w := newWorld(t)
		w.must(&CreateSchema{Name: "other"}, table("t"), table("u"), table("other.t"))
		w.must(w.view(KindMatView, "v", c.query, "t"))
		w.must(&Rename{Kind: sql.KindTable, Name: qname("t"), NewName: "new"})
		v, _ := w.c.Current().Object(w.id("v"))
		if v.Definition != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.query, v.Definition, c.want)
		}
	}
}

func TestRenameRefused(t *testing.T) {
	for _, query := range []string{
		"SELECT public.t.a FROM public.t",
		"WITH t AS (SELECT 1 AS a) SELECT a FROM t",
		"SELECT t.a FROM TUMBLE(t, b, INTERVAL '1 hour')",
	} {
		w := newWorld(t)
		w.must(table("t"))
		w.must(w.view(KindMatView, "v", query, "t"))
		before := w.c.Current()
		got := w.do(&Rename{Kind: sql.KindTable, Name: qname("t"), NewName: "new"})
		if !strings.HasPrefix(got, "ERROR 0A000 cannot rename because") || w.c.Current() != before {
			t.Errorf("%s: %s", query, got)
		}
	}
}

// A rename must not make a bare name in another query mean the renamed relation.
func TestRenameCapture(t *testing.T) {
	w := newWorld(t)
	w.must(&CreateSchema{Name: "first"}, table("first.a"), table("x"))
	w.path = []string{"first", "public"}
	w.must(w.view(KindMatView, "public.v", "SELECT a FROM x", "x"))
	got := w.do(&Rename{Kind: sql.KindTable, Name: qname("first.a"), NewName: "x"})
	if !strings.HasPrefix(got, "ERROR 0A000 cannot rename to \"x\"") {
		t.Errorf("got %s", got)
	}
}

func TestRenameSchema(t *testing.T) {
	w := newWorld(t)
	w.path = []string{"s", "public"}
	w.must(&CreateSchema{Name: "s"}, table("t"))
	w.must(w.view(KindMatView, "public.v", "SELECT t.a FROM s.t JOIN t AS u ON u.a = t.a", "s.t"))
	w.must(&Rename{Kind: sql.KindSchema, Name: QName{"", "s"}, NewName: "z"})
	v, _ := w.c.Current().Object(w.id("v"))
	if v.Definition != "SELECT t.a FROM z.t JOIN t AS u ON u.a = t.a" || v.SearchPath[0] != "z" {
		t.Errorf("view %q %v", v.Definition, v.SearchPath)
	}
	w.id("z.t")
}

func TestRenameColumnInChecks(t *testing.T) {
	w := newWorld(t)
	c := table("t")
	c.Object.Checks = []CheckText{{Name: "c", Expr: "a > 0 AND length(b) < 10"}}
	c.Object.Columns = append(c.Object.Columns, col("c", types.Int4))
	w.must(c, &Rename{Kind: sql.KindTable, Name: qname("t"), Column: "a", NewName: "Z"})
	o, _ := w.c.Current().Object(w.id("t"))
	if got := o.Checks[0].Expr; got != `"Z" > 0 AND length(b) < 10` {
		t.Errorf("check %s", got)
	}
	w.must(w.view(KindView, "v", "SELECT b FROM t", "t"))
	got := w.do(&Rename{Kind: sql.KindTable, Name: qname("t"), Column: "c", NewName: "d"})
	if !strings.HasPrefix(got, "ERROR 0A000 cannot rename a column of table t because other objects depend on it\n"+
		"DETAIL view v depends on table t") {
		t.Errorf("got %s", got)
	}
}
