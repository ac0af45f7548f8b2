package sqltests

import (
	"regexp"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"
)

// TestOracle runs every script marked oracle=postgres on PostgreSQL 15, and what it
// answers must be what the script expects: rows, types, tags and errors.
func TestOracle(t *testing.T) {
	if !oracle() {
		t.Skip("needs PostgreSQL 15: go test ./sqltests -run Oracle -args -oracle")
	}
	pg := startPostgres(t)
	for _, s := range readScripts(t) {
		if !s.config.oracle {
			continue
		}
		t.Run(s.name, func(t *testing.T) { checkOracle(t, pg, s) })
	}
}

func checkOracle(t *testing.T, pg *postgres, s *script) {
	database := pg.newDatabase()
	conns := map[string]*client{}
	defer func() {
		for _, c := range conns {
			c.close()
		}
	}()
	conn := func(name string) *client {
		if conns[name] == nil {
			conns[name] = pg.connect(database)
		}
		return conns[name]
	}
	failures := 0
	for i := range s.directives {
		d := &s.directives[i]
		got, compare := runOracle(t, conn, d)
		want := d.Expected
		if d.Cmd == "sql" {
			got, want = neutral(got), neutral(want)
		}
		if !compare || got == want {
			continue
		}
		if failures++; failures > failuresMax {
			return
		}
		t.Errorf("%s: %s\n%s\nthe script expects:\n%s\nPostgreSQL gives:\n%s",
			d.Pos, d.FullCmd(), indent(d.Input), indent(want), indent(got))
	}
}

// runOracle executes a directive on PostgreSQL; those that mean nothing there are
// not compared. nopg marks statements that only Millrace has.
func runOracle(t *testing.T, conn func(string) *client, d *datadriven.TestData) (got string, compare bool) {
	t.Helper()
	switch d.Cmd {
	case "sql":
		if d.HasArg("nopg") || d.HasArg("async") {
			return "", false
		}
		c := conn(option(d, "conn", "main"))
		var b strings.Builder
		for _, s := range splitStatements(d.Input) {
			rep, err := c.query(forPostgres(s.text), []byte(s.input))
			if err != nil {
				t.Fatalf("%s: %v", d.Pos, err)
			}
			b.WriteString(rep.format(d.HasArg("ordered") || isOrdered(s.text)))
		}
		return b.String(), true
	case "load":
		lines := strings.Split(strings.TrimRight(d.Input, "\n"), "\n")
		c := &connection{client: conn("load")}
		if err := loadRows(c, arg(d, 0), cells(lines[0]), lines[1:]); err != nil {
			return err.Error() + "\n", true
		}
		return d.Expected, true
	}
	return "", false
}

// substitutions turn our statements into those of PostgreSQL that leave the same
// rows behind.
var substitutions = []struct {
	find    *regexp.Regexp
	replace string
}{
	{regexp.MustCompile(`(?i)^CREATE (OR REPLACE )?MATERIALIZED VIEW (IF NOT EXISTS )?`), "CREATE OR REPLACE VIEW "},
	{regexp.MustCompile(`(?i)^(DROP|COMMENT ON|ALTER) MATERIALIZED VIEW`), "$1 VIEW"},
	{regexp.MustCompile(`(?i)^(CREATE|DROP|COMMENT ON|ALTER) STREAM`), "$1 TABLE"},
	{regexp.MustCompile(`(?i)^CREATE TABLE (\S+) AS\s`), "CREATE VIEW $1 AS "},
	{regexp.MustCompile(`(?is),\s*WATERMARK FOR .*?INTERVAL '[^']*'`), ""},
	{regexp.MustCompile(`(?is)\)\s*WITH \((partitions|retention|on_conflict)[^)]*\)$`), ")"},
	{regexp.MustCompile(`(?i)\s+EMIT CHANGES$`), ""},
}

var (
	streamKey = regexp.MustCompile(`(?i)(\w[\w()]*)\s+KEY\b`)
	isStream  = regexp.MustCompile(`(?i)^CREATE STREAM`)
)

func forPostgres(text string) string {
	stream := isStream.MatchString(text)
	for _, s := range substitutions {
		text = s.find.ReplaceAllString(text, s.replace)
	}
	if stream {
		text = streamKey.ReplaceAllStringFunc(text, func(m string) string {
			if strings.HasPrefix(strings.ToUpper(m), "PRIMARY") {
				return m
			}
			return m[:len(m)-len("KEY")]
		})
	}
	return text
}

var (
	tags = regexp.MustCompile(`(?m)^(CREATE|DROP|COMMENT|ALTER) (STREAM|MATERIALIZED VIEW|VIEW|TABLE)$`)
	// asides are notices with their details; PostgreSQL's differ by nature.
	asides = regexp.MustCompile(`(?m)^(NOTICE|WARNING)\b.*\n((DETAIL|HINT|POSITION): .*\n)*`)
)

// neutral takes out what may differ.
func neutral(s string) string {
	return tags.ReplaceAllString(asides.ReplaceAllString(s, ""), "$1 RELATION")
}
