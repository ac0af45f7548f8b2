package sqltests

import (
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"millrace/server"
	"millrace/sql/col"
	"millrace/sql/types"
)

// course is statements and moments at which maintained queries are compared with the
// same queries run once, and, when the same course is run there, with PostgreSQL.
type course struct {
	random  *rand.Rand
	queries map[string]string
	steps   []courseStep
}

type courseStep struct {
	text, input string
	crash       bool
	got         map[string]string // a look
}

// readQueries reads the files q*.sql of a folder.
func (p *course) readQueries(t *testing.T, dir string) {
	t.Helper()
	files, err := filepath.Glob(dir + "/q*.sql")
	must(t, err)
	p.queries = map[string]string{}
	for _, f := range files {
		p.queries[strings.TrimSuffix(filepath.Base(f), ".sql")] = readQuery(t, f)
	}
}

func readQuery(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	must(t, err)
	// Only streams can look rows up; here the events are a table.
	return strings.ReplaceAll(strings.TrimSpace(string(text)), " FOR SYSTEM_TIME AS OF PROCTIME()", "")
}

func (p *course) do(text string) { p.steps = append(p.steps, courseStep{text: text}) }

func (p *course) createViews() {
	for _, name := range slices.Sorted(maps.Keys(p.queries)) {
		p.do("CREATE MATERIALIZED VIEW " + name + " AS " + p.queries[name])
	}
}

// copyRows loads a batch into a table; before, if not nil, gives cells in front of a row.
func (p *course) copyRows(table string, b *col.Batch, before func(i int) string) {
	var text strings.Builder
	for i := range b.N {
		if before != nil {
			text.WriteString(before(i))
		}
		for k, c := range b.Cols {
			cell := `\N`
			if !c.IsNull(i) {
				cell = types.DatumText(c.Type, c.Datum(i), nil)
			}
			if k > 0 {
				text.WriteByte('\t')
			}
			text.WriteString(cell)
		}
		text.WriteByte('\n')
	}
	p.steps = append(p.steps, courseStep{text: "COPY " + table + " FROM STDIN", input: text.String()})
}

func (p *course) run(t *testing.T) {
	n := newNode(t, server.Options{})
	c := n.open()
	for i := range p.steps {
		s := &p.steps[i]
		switch {
		case s.got != nil:
			n.settle()
			p.look(t, c, s)
		case s.crash:
			must(t, n.crash(50))
			c = n.open()
		case s.text != "":
			rep, err := c.query(s.text, []byte(s.input))
			must(t, err)
			if _, failed := rep.err(); failed != "" {
				t.Fatalf("%s: %s", s.text, failed)
			}
		}
		if t.Failed() {
			break
		}
	}
	must(t, n.stop())
}

// look compares every view with its query over the rows that are there.
func (p *course) look(t *testing.T, c *client, s *courseStep) {
	for _, name := range slices.Sorted(maps.Keys(p.queries)) {
		view, err := c.query("SELECT * FROM "+name, nil)
		must(t, err)
		again, err := c.query(p.queries[name], nil)
		must(t, err)
		s.got[name] = view.format(false)
		if want := again.format(false); s.got[name] != want {
			t.Errorf("%s is not what its query gives: %s", name, firstDifference(s.got[name], want))
		}
	}
}

// compare runs the same on PostgreSQL.
func (p *course) compare(t *testing.T, pg *postgres) {
	c := pg.connect(pg.newDatabase())
	defer c.close()
	looks := 0
	for i := range p.steps {
		s := &p.steps[i]
		for _, name := range slices.Sorted(maps.Keys(s.got)) {
			rep, err := c.query("SELECT * FROM "+name, nil)
			must(t, err)
			looks++
			if want := rep.format(false); s.got[name] != want {
				t.Errorf("step %d: %s is not what PostgreSQL gives: %s", i, name, firstDifference(s.got[name], want))
			}
		}
		if s.text == "" {
			continue
		}
		rep, err := c.query(windowsInPostgres(forPostgres(s.text)), []byte(s.input))
		must(t, err)
		if _, failed := rep.err(); failed != "" {
			t.Fatalf("%s: %s", s.text, failed)
		}
	}
	t.Logf("%d results compared with PostgreSQL", looks)
}
