package exec_test

import (
	"fmt"
	"testing"
	"time"

	"millrace/server"
)

// never keeps checkpoints away, so that a crash replays everything.
const never = time.Hour

// byIndex are queries that use the index and the same ones without it.
var byIndex = [][2]string{
	{`SELECT k FROM t WHERE v = 3`, `SELECT k FROM t WHERE v + 0 = 3`},
	{`SELECT k FROM t WHERE v > 2 AND v <= 4`, `SELECT k FROM t WHERE v + 0 > 2 AND v + 0 <= 4`},
	{`SELECT k FROM t WHERE v IS NULL`, `SELECT k FROM t WHERE (v + 0) IS NULL`},
	{`SELECT k, n FROM view WHERE n = 3`, `SELECT k, n FROM view WHERE n + 0 = 3`},
	{`SELECT v FROM bag WHERE v = 3`, `SELECT v FROM bag WHERE v + 0 = 3`},
}

func fillIndexed(db *conn) {
	db.must(`CREATE TABLE t (k int PRIMARY KEY, v int)`)
	db.must(`CREATE MATERIALIZED VIEW view AS SELECT k, sum(v) AS n FROM t GROUP BY k`)
	db.must(`CREATE MATERIALIZED VIEW bag AS SELECT v FROM t`)
	db.must(`INSERT INTO t SELECT i, i % 5 FROM generate_series(1, 40) AS g(i)`)
	db.must(`INSERT INTO t VALUES (100, NULL)`)
}

func changeIndexed(db *conn, round int) {
	db.must(fmt.Sprintf(`INSERT INTO t SELECT i, i %% 5 FROM generate_series(%d, %d) AS g(i)`, 200+10*round, 209+10*round))
	db.must(fmt.Sprintf(`UPDATE t SET v = 3 WHERE k = %d`, round+1))
	db.must(fmt.Sprintf(`UPDATE t SET v = NULL WHERE k = %d`, round+21))
	db.must(fmt.Sprintf(`DELETE FROM t WHERE k = %d`, round+11))
}

func checkIndexed(db *conn) {
	db.t.Helper()
	for _, q := range byIndex {
		db.same(q[0], q[1])
	}
}

// Indexes are built over what is there, and hold across restarts and crashes,
// wherever the checkpoint stands.
func TestIndexes(t *testing.T) {
	reopen := map[string]func(n *node){
		"restart":   (*node).restart,
		"lose all":  func(n *node) { n.crash(0) },
		"lose none": func(n *node) { n.crash(100) },
	}
	for name, reopen := range reopen {
		for _, every := range []time.Duration{never, 5 * time.Millisecond} {
			t.Run(fmt.Sprintf("%s/%v", name, every), func(t *testing.T) {
				bubble(t, server.Options{CheckpointEvery: every}, func(t *testing.T, n *node) {
					db := n.connect()
					fillIndexed(db)
					n.restart() // with a checkpoint that knows the objects but no index
					db = n.connect()
					db.must(`CREATE INDEX t_v ON t (v)`)
					db.must(`CREATE INDEX view_n ON view (n)`)
					db.must(`CREATE INDEX bag_v ON bag (v)`)
					checkIndexed(db)
					for round := range 3 {
						changeIndexed(db, round)
						checkIndexed(db)
						time.Sleep(20 * time.Millisecond)
						reopen(n)
						db = n.connect()
						checkIndexed(db)
					}
					db.must(`DROP INDEX t_v, view_n, bag_v`)
					reopen(n)
					db = n.connect()
					changeIndexed(db, 4)
					checkIndexed(db)
					db.must(`CREATE INDEX t_v2 ON t (v)`)
					reopen(n)
					checkIndexed(n.connect())
				})
			})
		}
	}
}

// A transaction whose snapshot is older than an index must not trust the index.
func TestIndexYoungerThanSnapshot(t *testing.T) {
	bubble(t, server.Options{}, func(t *testing.T, n *node) {
		db, other := n.connect(), n.connect()
		fillIndexed(db)
		db.must(`SELECT 1 FROM t LIMIT 1`) // waits for the epoch of the rows
		other.must(`BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1 FROM t LIMIT 1`)
		db.must(`CREATE INDEX t_v ON t (v)`)
		db.must(`CREATE INDEX view_n ON view (n)`)
		db.must(`CREATE INDEX bag_v ON bag (v)`)
		db.must(`DELETE FROM t WHERE v = 3`)
		checkIndexed(other)
		other.want(`SELECT count(*) FROM t WHERE v = 3`, "8")
		other.must(`COMMIT`)
		db.must(`SELECT 1 FROM t LIMIT 1`) // waits for the epoch of the DELETE
		other.want(`SELECT count(*) FROM t WHERE v = 3`, "0")
	})
}

// An index on a view whose backfill is under way is complete once both are there.
func TestIndexDuringBackfill(t *testing.T) {
	bubble(t, server.Options{}, func(t *testing.T, n *node) {
		db := n.connect()
		db.must(`CREATE STREAM s (k int, v int)`)
		db.must(`INSERT INTO s SELECT i, i % 7 FROM generate_series(1, 150000) AS g(i)`)
		done := make(chan error, 1)
		other := n.connect()
		go func() {
			_, err := other.run(`CREATE MATERIALIZED VIEW w AS SELECT k, v FROM s`)
			done <- err
		}()
		for len(db.must(`SELECT 1 FROM pg_class WHERE relname = 'w'`)) == 0 {
			time.Sleep(time.Microsecond)
		}
		db.must(`CREATE INDEX w_v ON w (v)`)
		if err := <-done; err != nil {
			t.Fatal(err)
		}
		db.must(`INSERT INTO s VALUES (200000, 3)`)
		db.same(`SELECT k FROM w WHERE v = 3`, `SELECT k FROM w WHERE v + 0 = 3`)
	})
}
