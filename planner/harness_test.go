package planner

import (
	"errors"
	"fmt"
	"sort"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"

	"millrace/catalog"
	"millrace/planner/plan"
	"millrace/sql"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// world is a catalog that a script builds by DDL.
type world struct {
	t   testing.TB
	cat *catalog.Catalog
	n   uint64
}

func newWorld(t testing.TB) *world { return &world{t: t, cat: catalog.New()} }

func (w *world) options() Options {
	return Options{SearchPath: []string{"public"}, System: system}
}

// system is a stand-in for the system tables.
func system(schema, name string) (*catalog.Object, bool) {
	if schema != "pg_catalog" || name != "pg_class" {
		return nil, false
	}
	return &catalog.Object{ID: 1259, Schema: schema, Name: name, Kind: catalog.KindSystem, Columns: []catalog.Column{
		{Column: types.Column{Name: "oid", Type: types.OID, NotNull: true}},
		{Column: types.Column{Name: "relname", Type: types.Name, NotNull: true}},
	}}, true
}

// schemaScript is the relations that most tests use.
const schemaScript = `
CREATE TABLE emp (id int PRIMARY KEY, name text NOT NULL, dept int, salary numeric(10,2), boss int, hired date);
CREATE TABLE dept (id int PRIMARY KEY, title text, city varchar(20));
CREATE TABLE pair (a int, b bigint, v text, PRIMARY KEY (a, b));
CREATE TABLE bag (x int, y text);
CREATE TABLE docs (id int PRIMARY KEY, j json, jb jsonb, tags text[]);
CREATE STREAM ev (k text, n int, ts timestamptz, WATERMARK FOR ts AS ts - INTERVAL '5 seconds');
CREATE STREAM plain (k text, v double);
CREATE VIEW rich AS SELECT id, name, salary FROM emp WHERE salary > 100;
CREATE MATERIALIZED VIEW totals AS SELECT dept, count(*) AS n, sum(salary) AS total FROM emp GROUP BY dept;
CREATE INDEX emp_dept ON emp (dept, hired);
`

// ddl runs CREATE statements, as far as tests need them.
func (w *world) ddl(text string) {
	w.t.Helper()
	stmts, err := sql.Parse(text)
	if err != nil {
		w.t.Fatalf("%s: %v", text, err)
	}
	for _, s := range stmts {
		w.apply(w.change(s))
	}
}

func (w *world) apply(op catalog.Op) {
	w.t.Helper()
	w.n++
	c := &catalog.Change{SearchPath: []string{"public"}, Op: op}
	if err, ok := w.cat.Apply(w.n, c.Encode()).(error); ok && err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) change(s sql.Statement) catalog.Op {
	w.t.Helper()
	switch s := s.(type) {
	case *sql.CreateTable:
		o := w.object(catalog.KindTable, s.Name, s.Columns)
		o.Key = tableKey(o, s)
		return &catalog.Create{Object: o}
	case *sql.CreateStream:
		o := w.object(catalog.KindStream, s.Name, s.Columns)
		for _, m := range s.Watermarks {
			o.Watermark = catalog.Watermark{Set: true, Column: o.Column(m.Column), DelayMicros: 5e6}
		}
		return &catalog.Create{Object: o}
	case *sql.CreateView:
		return &catalog.Create{Object: w.view(catalog.KindView, s.Name, s.Query)}
	case *sql.CreateMaterializedView:
		return &catalog.Create{Object: w.view(catalog.KindMatView, s.Name, s.Query)}
	case *sql.CreateIndex:
		x := &catalog.CreateIndex{Table: catalog.QName{Name: s.Table.Last()}, Name: s.Name.Last(), Unique: s.Unique}
		for _, e := range s.Elems {
			x.Columns = append(x.Columns, e.Expr.(*sql.ColumnRef).Parts[0])
		}
		return x
	}
	w.t.Fatalf("no DDL for %T", s)
	return nil
}

func (w *world) object(kind catalog.Kind, name sql.Name, cols []*sql.ColumnDef) *catalog.Object {
	w.t.Helper()
	o := &catalog.Object{Schema: "public", Name: name.Last(), Kind: kind, Partitions: 1}
	for _, c := range cols {
		t, _, err := TypeName(c.Type, w.cat.Current(), Options{SearchPath: []string{"public"}})
		if err != nil {
			w.t.Fatal(err)
		}
		col := catalog.Column{Column: types.Column{Name: c.Name, Type: t, NotNull: c.NotNull}}
		if c.Default != nil {
			col.Default = sql.Format(c.Default)
		}
		for _, e := range c.Checks {
			o.Checks = append(o.Checks, catalog.CheckText{Name: o.Name + "_check", Expr: sql.Format(e)})
		}
		o.Columns = append(o.Columns, col)
	}
	return o
}

func tableKey(o *catalog.Object, s *sql.CreateTable) []int {
	var key []int
	for i, c := range s.Columns {
		if c.PrimaryKey {
			key = append(key, i)
		}
	}
	for _, c := range s.Constraints {
		if c.Kind == sql.ConstraintPrimaryKey {
			for _, name := range c.Columns {
				key = append(key, o.Column(name))
			}
		}
	}
	return key
}

func (w *world) view(kind catalog.Kind, name sql.Name, q *sql.Query) *catalog.Object {
	w.t.Helper()
	v, err := View(q, w.cat.Current(), w.options())
	if err != nil {
		w.t.Fatalf("view %s: %v", name.Last(), err)
	}
	o := &catalog.Object{
		Schema: "public", Name: name.Last(), Kind: kind, Definition: sql.Format(q), DependsOn: v.Reads,
		SearchPath: []string{"public"},
	}
	for _, c := range v.Out {
		o.Columns = append(o.Columns, catalog.Column{Column: c})
	}
	if kind == catalog.KindMatView {
		o.Key = v.Key
	}
	return o
}

// planText plans any statement and prints the result, or the error.
func (w *world) planText(text string, o Options, asView, verbose bool) string {
	lines, err := w.planLines(text, o, asView, verbose)
	if err != nil {
		return errorText(err)
	}
	return strings.Join(lines, "\n") + "\n"
}

func (w *world) planLines(text string, o Options, asView, verbose bool) ([]string, error) {
	stmt, err := sql.ParseOne(text)
	if err != nil {
		return nil, err
	}
	snap := w.cat.Current()
	switch s := stmt.(type) {
	case *sql.SelectStmt:
		if asView {
			return viewLines(s.Query, snap, o, verbose)
		}
		q, err := Query(s.Query, snap, o)
		if err != nil {
			return nil, err
		}
		validate(w.t, text, q.Root)
		return append(Explain(q.Root, verbose), queryFacts(q)...), nil
	case *sql.Insert:
		return w.writeLines(Insert(s, snap, o))(verbose)
	case *sql.Update:
		return w.writeLines(Update(s, snap, o))(verbose)
	case *sql.Delete:
		return w.writeLines(Delete(s, snap, o))(verbose)
	}
	return nil, fmt.Errorf("no plan for %T", stmt)
}

func viewLines(q *sql.Query, snap *catalog.Snapshot, o Options, verbose bool) ([]string, error) {
	v, err := View(q, snap, o)
	if err != nil {
		return nil, err
	}
	lines := Explain(v.Root, verbose)
	lines = append(lines, "key="+keyText(v.Key, v.Out)+fmt.Sprintf(" append_only=%v", v.AppendOnly))
	for _, n := range v.Notices {
		lines = append(lines, "NOTICE: "+n)
	}
	return lines, nil
}

func keyText(key []int, s types.Schema) string {
	if key == nil {
		return "none"
	}
	var names []string
	for _, k := range key {
		names = append(names, s[k].Name)
	}
	return "(" + strings.Join(names, ", ") + ")"
}

func queryFacts(q *plan.Query) []string {
	var facts []string
	if q.Hidden > 0 {
		facts = append(facts, fmt.Sprintf("hidden=%d", q.Hidden))
	}
	for i, t := range q.Params {
		facts = append(facts, fmt.Sprintf("$%d %s", i+1, t))
	}
	return facts
}

func (w *world) writeLines(p *plan.Write, err error) func(bool) ([]string, error) {
	return func(verbose bool) ([]string, error) {
		if err != nil {
			return nil, err
		}
		validate(w.t, p.Target.Name, p.Source)
		lines := ExplainWrite(p, verbose)
		add := func(label string, es []plan.Expr) {
			if len(es) > 0 {
				lines = append(lines, label+exprsText(es, nil))
			}
		}
		add("set: ", p.ConflictSet)
		if p.ConflictWhere != nil {
			add("where: ", []plan.Expr{p.ConflictWhere})
		}
		add("returning: ", p.Returning)
		for _, c := range p.Checks {
			lines = append(lines, "check "+c.Name+": "+plan.FormatExpr(c.Pred, nil))
		}
		if len(p.NotNull) > 0 {
			lines = append(lines, fmt.Sprintf("not null: %v", p.NotNull))
		}
		for i, t := range p.Params {
			lines = append(lines, fmt.Sprintf("$%d %s", i+1, t))
		}
		return lines, nil
	}
}

// describe prints the types of parameters and the columns of the result.
func (w *world) describe(text string) string {
	stmt, err := sql.ParseOne(text)
	if err != nil {
		return errorText(err)
	}
	var params []types.Type
	var out types.Schema
	snap, o := w.cat.Current(), w.options()
	var p *plan.Write
	switch s := stmt.(type) {
	case *sql.SelectStmt:
		var q *plan.Query
		if q, err = Query(s.Query, snap, o); err == nil {
			validate(w.t, text, q.Root)
			params, out = q.Params, q.Out
		}
	case *sql.Insert:
		p, err = Insert(s, snap, o)
	case *sql.Update:
		p, err = Update(s, snap, o)
	case *sql.Delete:
		p, err = Delete(s, snap, o)
	}
	if err != nil {
		return errorText(err)
	}
	if p != nil {
		validate(w.t, text, p.Source)
		params, out = p.Params, p.Out
	}
	return describeText(params, out)
}

func describeText(params []types.Type, out types.Schema) string {
	var b strings.Builder
	for i, t := range params {
		fmt.Fprintf(&b, "$%d %s\n", i+1, t)
	}
	for _, c := range out {
		fmt.Fprintf(&b, "%s %s\n", c.Name, c.Type)
	}
	if b.Len() == 0 {
		return "ok\n"
	}
	return b.String()
}

// errorText prints an error with everything a client sees; the position counts from 1.
func errorText(err error) string {
	var e *pgerr.Error
	if !errors.As(err, &e) {
		return "error: " + err.Error() + "\n"
	}
	out := fmt.Sprintf("ERROR %s: %s", e.Code, e.Message)
	if e.Position > 0 {
		out += fmt.Sprintf(" @%d", e.Position)
	}
	out += "\n"
	if e.Detail != "" {
		out += "DETAIL: " + e.Detail + "\n"
	}
	if e.Hint != "" {
		out += "HINT: " + e.Hint + "\n"
	}
	return out
}

// validate checks that a plan is well formed: columns exist and have the types that
// expressions expect, keys agree in type.
func validate(t testing.TB, text string, root plan.Node) {
	t.Helper()
	seen := map[plan.Node]bool{}
	plan.Walk(root, func(n plan.Node) bool {
		if seen[n] {
			return false
		}
		seen[n] = true
		if err := validNode(n); err != nil {
			t.Errorf("%s: %T: %v\n%s", text, n, err, strings.Join(Explain(root, true), "\n"))
		}
		return true
	})
}

func validNode(n plan.Node) error {
	var in types.Schema
	for _, i := range n.Inputs() {
		in = append(in, i.Schema()...)
	}
	if _, ok := n.(*plan.Union); ok {
		return validUnion(n.(*plan.Union))
	}
	for _, e := range plan.NodeExprs(n) {
		if err := validExpr(e, in); err != nil {
			return err
		}
	}
	switch n := n.(type) {
	case *plan.Project:
		for i, e := range n.Exprs {
			if !e.Type().Same(n.Out[i].Type) {
				return fmt.Errorf("column %d is %s, its expression %s", i, n.Out[i].Type, e.Type())
			}
		}
	case *plan.Join:
		return validJoin(n)
	case *plan.Aggregate:
		return validAggregate(n)
	case *plan.Scan:
		if len(n.Cols) != len(n.Out) {
			return fmt.Errorf("%d columns read, %d given", len(n.Cols), len(n.Out))
		}
	case *plan.Sort:
		for _, k := range n.Keys {
			if k.Col >= len(in) {
				return fmt.Errorf("no sort column %d", k.Col)
			}
		}
	}
	return nil
}

func validUnion(n *plan.Union) error {
	for i, in := range n.Ins {
		if len(in.Schema()) != len(n.Out) {
			return fmt.Errorf("input %d has %d columns, not %d", i, len(in.Schema()), len(n.Out))
		}
		for c := range n.Out {
			if !in.Schema()[c].Type.Same(n.Out[c].Type) {
				return fmt.Errorf("input %d column %d is %s, not %s", i, c, in.Schema()[c].Type, n.Out[c].Type)
			}
		}
	}
	return nil
}

func validExpr(e plan.Expr, in types.Schema) error {
	var err error
	plan.WalkExpr(e, func(e plan.Expr) bool {
		switch e := e.(type) {
		case *plan.Col:
			switch {
			case e.Index >= len(in):
				err = fmt.Errorf("no column %d", e.Index)
			case !in[e.Index].Type.Same(e.T):
				err = fmt.Errorf("column %d is %s, used as %s", e.Index, in[e.Index].Type, e.T)
			}
		case *plan.Call:
			for i, a := range e.Args {
				if i < len(e.Func.Args) && !e.Func.Variadic && !argFits(e.Func.Args[i], a.Type()) {
					err = fmt.Errorf("argument %d of %s is %s, not %s", i, e.Func.Name, a.Type(), e.Func.Args[i])
				}
			}
		}
		if e.Type().Kind == types.KindUnknown {
			err = fmt.Errorf("%s is of type unknown", plan.FormatExpr(e, nil))
		}
		return err == nil
	})
	return err
}

func argFits(want, got types.Type) bool {
	switch want.Kind {
	case types.KindAny, types.KindAnyElement, types.KindAnyArray:
		return true
	case types.KindAnyEnum:
		return got.Kind == types.KindEnum
	case types.KindRecord:
		return got.Kind == types.KindRecord
	}
	return want.Same(got)
}

func validJoin(n *plan.Join) error {
	l, r := n.L.Schema(), n.R.Schema()
	want := joinSchema(n.Kind, l, r)
	if len(want) != len(n.Out) {
		return fmt.Errorf("join gives %d columns, not %d", len(n.Out), len(want))
	}
	for i := range n.LKeys {
		a, b := l[n.LKeys[i]].Type, r[n.RKeys[i]].Type
		if !a.Same(b) {
			return fmt.Errorf("key %d compares %s with %s", i, a, b)
		}
	}
	for i := range want {
		if !want[i].Type.Same(n.Out[i].Type) {
			return fmt.Errorf("join column %d is %s, not %s", i, want[i].Type, n.Out[i].Type)
		}
	}
	return nil
}

func validAggregate(n *plan.Aggregate) error {
	in := n.Input.Schema()
	if len(n.Out) != len(n.Keys)+len(n.Aggs) {
		return fmt.Errorf("%d keys and %d aggregates give %d columns", len(n.Keys), len(n.Aggs), len(n.Out))
	}
	for i, a := range n.Aggs {
		for j, c := range a.Args {
			if !in[c].Type.Same(a.ArgTypes[j]) {
				return fmt.Errorf("argument of aggregate %d is %s, not %s", i, in[c].Type, a.ArgTypes[j])
			}
		}
		if a.Filter >= 0 && in[a.Filter].Type.Kind != types.KindBool {
			return fmt.Errorf("filter of aggregate %d is no boolean", i)
		}
	}
	return nil
}

// TestScripts runs the files of testdata: "plan" prints the plan of a statement, with
// the arguments noopt, view, verbose, rules (which rules fired) and norule=Name;
// "describe" prints parameters and result columns, or the error, as PostgreSQL 15 gives
// them (files describe*: made by PostgreSQL; where Millrace differs on purpose, the
// command has the argument "differs").
func TestScripts(t *testing.T) {
	datadriven.Walk(t, "testdata", func(t *testing.T, path string) {
		w := newWorld(t)
		w.ddl(schemaScript)
		datadriven.RunTest(t, path, func(t *testing.T, d *datadriven.TestData) string {
			w.t = t
			switch d.Cmd {
			case "ddl":
				w.ddl(d.Input)
				return ""
			case "plan":
				return w.planCommand(d)
			case "describe":
				return w.describe(d.Input)
			}
			t.Fatalf("unknown command %q", d.Cmd)
			return ""
		})
	})
}

func (w *world) planCommand(d *datadriven.TestData) string {
	o := w.options()
	o.NoOptimize = d.HasArg("noopt")
	fired := map[string]bool{}
	o.OnRule = func(name string) { fired[name] = true }
	if d.HasArg("norule") {
		var name string
		d.ScanArgs(w.t.(*testing.T), "norule", &name)
		o.DisableRules = map[string]bool{name: true}
	}
	out := w.planText(d.Input, o, d.HasArg("view"), d.HasArg("verbose"))
	if d.HasArg("rules") {
		var names []string
		for name := range fired {
			names = append(names, name)
		}
		sort.Strings(names)
		out += "rules: " + strings.Join(names, " ") + "\n"
	}
	return out
}
