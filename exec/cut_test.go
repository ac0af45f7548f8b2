package exec_test

import (
	"testing"

	"millrace/server"
)

// What piled up is worked off in epochs of bounded size, also after a restart.
func TestEpochsAreBounded(t *testing.T) {
	bubble(t, server.Options{EpochRows: 10, CheckpointEvery: never}, func(t *testing.T, n *node) {
		db := n.connect()
		db.must(`CREATE STREAM s (k int); CREATE TABLE t (k int PRIMARY KEY);
			CREATE MATERIALIZED VIEW v AS SELECT count(*) AS n, sum(k) AS total FROM s`)
		before := n.engine().Epoch()
		n.engine().Hold()
		for range 10 {
			db.must(`INSERT INTO s VALUES (1), (2), (3), (4), (5)`)
		}
		n.engine().Release()
		db.want(`SELECT n, total FROM v`, `50|150`)
		epochs := n.engine().Epoch() - before
		if epochs < 5 || epochs > 12 {
			t.Fatalf("50 rows in pieces of 5 took %d epochs of 10", epochs)
		}
		// An append of more rows is not cut into two.
		db.must(`INSERT INTO s SELECT generate_series(1, 100); INSERT INTO t SELECT generate_series(1, 100)`)
		db.want(`SELECT n, total FROM v`, `150|5200`)
		db.want(`SELECT count(*) FROM t`, `100`)
		n.crash(0)
		db = n.connect()
		db.want(`SELECT n, total FROM v`, `150|5200`)
	})
}
