package exec_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"millrace/server"
)

// A row that cannot be computed goes to millrace.row_errors and disturbs no other row.
func TestRowErrors(t *testing.T) {
	for _, every := range []time.Duration{never, time.Millisecond} {
		t.Run(every.String(), func(t *testing.T) {
			bubble(t, server.Options{CheckpointEvery: every}, rowErrorLives)
		})
	}
}

func rowErrorLives(t *testing.T, n *node) {
	db := n.connect()
	db.must(`CREATE STREAM s (a int, b int) WITH (partitions = 2); CREATE TABLE t (k int PRIMARY KEY, a int, b int)`)
	db.must(`INSERT INTO s VALUES (6, 2), (1, 0)`)
	db.must(`CREATE MATERIALIZED VIEW vs AS SELECT a / b AS q FROM s`)
	db.must(`CREATE MATERIALIZED VIEW vt AS SELECT k, a / b AS q FROM t`)
	db.must(`CREATE MATERIALIZED VIEW agg AS SELECT k, sum(9223372036854775807 / a) AS q FROM t GROUP BY k`)
	db.must(`INSERT INTO s VALUES (8, 4), (2, 0); INSERT INTO t VALUES (1, 1, 1), (2, 5, 0), (3, 0, 7)`)
	errors := func(view string) []string {
		return db.must(fmt.Sprintf(`SELECT code, source, partition IS NOT NULL, row_offset, row_text, count FROM millrace.row_errors WHERE query = '%s' ORDER BY row_text`, view))
	}
	check := func() {
		t.Helper()
		db.want(`SELECT q FROM vs`, "3", "2")
		db.want(`SELECT k, q FROM vt`, "1|1", "3|0")
		for view, want := range map[string]int{"vs": 2, "vt": 1, "agg": 1} {
			list := errors(view)
			if len(list) != want || !strings.Contains(list[0], "22012") {
				t.Fatalf("%s has errors %q, want %d", view, list, want)
			}
		}
		db.want(`SELECT row_errors FROM millrace.queries WHERE name = 'vs'`, "2")
	}
	db.must(`SELECT 1 FROM vt`)
	check()
	for _, reopen := range []func(){n.restart, func() { n.crash(0) }, func() { n.crash(100) }, n.restart} {
		time.Sleep(5 * time.Millisecond)
		reopen()
		db = n.connect()
		check()
	}
	// Retracted, the row is no error any more.
	db.must(`UPDATE t SET b = 5 WHERE k = 2; DELETE FROM t WHERE k = 3`)
	db.want(`SELECT k, q FROM vt`, "1|1", "2|1")
	if list := append(errors("vt"), errors("agg")...); len(list) > 0 {
		t.Fatalf("errors are left: %q", list)
	}
	db.want(`SELECT row_errors FROM millrace.queries WHERE name = 'vt'`, "0")
	db.must(`DROP MATERIALIZED VIEW vs`)
	if list := errors("vs"); len(list) > 0 {
		t.Fatalf("errors of a dropped view: %q", list)
	}
}

// Many failing rows cost neither much time nor much memory.
func TestManyRowErrors(t *testing.T) {
	bubble(t, server.Options{}, func(t *testing.T, n *node) {
		db := n.connect()
		db.must(`CREATE TABLE t (k int PRIMARY KEY, v text)`)
		db.must(`INSERT INTO t SELECT i, repeat('x', 20) FROM generate_series(1, 30000) AS g(i)`)
		db.must(`CREATE MATERIALIZED VIEW v AS SELECT k, v::int AS i FROM t`)
		db.must(`INSERT INTO t VALUES (0, repeat('y', 1000000))`)
		db.want(`SELECT count(*) FROM v`, "0")
		db.must(`UPDATE t SET v = '1'`)
		db.want(`SELECT count(*) FROM v`, "30001")
		db.want(`SELECT count(*) FROM millrace.row_errors`, "0")
	})
}
