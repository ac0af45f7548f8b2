package exec_test

import (
	"fmt"
	"sync"
	"testing"

	"millrace/server"
)

// E5: UPDATEs of one row by many sessions lose nothing.
func TestConcurrentUpdates(t *testing.T) {
	for _, groups := range []int{1, 4} {
		t.Run(fmt.Sprintf("groups=%d", groups), func(t *testing.T) {
			bubble(t, server.Options{Groups: groups}, func(t *testing.T, n *node) {
				db := n.connect()
				db.must(`CREATE TABLE t (k int PRIMARY KEY, v int) WITH (partitions = 4)`)
				db.must(`INSERT INTO t SELECT i, 0 FROM generate_series(1, 4) AS g(i)`)
				db.must(`CREATE MATERIALIZED VIEW total AS SELECT sum(v) AS v FROM t`)
				const sessions, rounds = 16, 12
				var wg sync.WaitGroup
				for w := range sessions {
					wg.Go(func() {
						c := n.connect()
						defer c.close()
						for i := range rounds {
							c.must(fmt.Sprintf(`UPDATE t SET v = v + 1 WHERE k = %d`, 1+(w+i)%4))
						}
					})
				}
				wg.Wait()
				db.must(`UPDATE t SET v = v WHERE k = 1`)
				db.want(`SELECT sum(v) FROM t`, fmt.Sprint(sessions*rounds))
				db.want(`SELECT v FROM total`, fmt.Sprint(sessions*rounds))
			})
		})
	}
}

// The first to commit wins; the others get 40001 and have changed nothing.
func TestFirstCommitterWins(t *testing.T) {
	writes := map[string][2]string{
		"update update": {`UPDATE t SET v = 10 WHERE k = 1`, `UPDATE t SET v = 20 WHERE k = 1`},
		"update delete": {`UPDATE t SET v = 10 WHERE k = 1`, `DELETE FROM t WHERE k = 1`},
		"delete update": {`DELETE FROM t WHERE k = 1`, `UPDATE t SET v = 20 WHERE k = 1`},
		"delete insert": {`DELETE FROM t WHERE k = 1; INSERT INTO t VALUES (1, 5)`, `UPDATE t SET v = 20 WHERE k = 1`},
		"insert insert": {`INSERT INTO t VALUES (9, 1)`, `INSERT INTO t VALUES (9, 2)`},
		"move onto":     {`UPDATE t SET k = 9 WHERE k = 1`, `INSERT INTO t VALUES (9, 2)`},
		"keyless":       {`UPDATE l SET v = 10`, `DELETE FROM l`},
	}
	for name, w := range writes {
		t.Run(name, func(t *testing.T) {
			bubble(t, server.Options{}, func(t *testing.T, n *node) {
				a, b := n.connect(), n.connect()
				a.must(`CREATE TABLE t (k int PRIMARY KEY, v int); CREATE TABLE l (v int)`)
				a.must(`INSERT INTO t VALUES (1, 0), (2, 0); INSERT INTO l VALUES (1)`)
				a.must(`SELECT 1 FROM t, l`)
				a.must(`BEGIN; ` + w[0])
				b.must(`BEGIN; ` + w[1])
				a.must(`COMMIT`)
				after := append(a.must(`SELECT * FROM t`), a.must(`SELECT * FROM l`)...)
				b.fails(`COMMIT`, "40001")
				b.must(`INSERT INTO t VALUES (50, 0); DELETE FROM t WHERE k = 50`)
				now := append(b.must(`SELECT * FROM t`), b.must(`SELECT * FROM l`)...)
				if fmt.Sprint(after) != fmt.Sprint(now) {
					t.Fatalf("the loser changed %v to %v", after, now)
				}
			})
		})
	}
}

// Of many INSERTs of one key one succeeds and the others see it.
func TestInsertsOfOneKey(t *testing.T) {
	bubble(t, server.Options{}, func(t *testing.T, n *node) {
		db := n.connect()
		db.must(`CREATE TABLE t (k int PRIMARY KEY, v int)`)
		for k := range 20 {
			var wg sync.WaitGroup
			states := make([]string, 8)
			for w := range states {
				wg.Go(func() {
					c := n.connect()
					defer c.close()
					_, err := c.run(fmt.Sprintf(`INSERT INTO t VALUES (%d, %d)`, k, w))
					states[w] = state(err)
				})
			}
			wg.Wait()
			count := map[string]int{}
			for _, s := range states {
				count[s]++
			}
			if count[""] != 1 || count["23505"] != 7 {
				t.Fatalf("key %d: %v", k, count)
			}
		}
	})
}

// A transaction that only rolls writes back commits nothing, and does not fail.
func TestCommitOfNothing(t *testing.T) {
	bubble(t, server.Options{}, func(t *testing.T, n *node) {
		db := n.connect()
		db.must(`CREATE TABLE t (k int PRIMARY KEY); CREATE STREAM s (v int); CREATE TABLE l (v int)`)
		for _, write := range []string{`INSERT INTO t VALUES (1)`, `INSERT INTO s VALUES (1)`, `INSERT INTO l VALUES (1)`} {
			db.must(`BEGIN; SAVEPOINT a`)
			db.must(write)
			db.must(`ROLLBACK TO a; COMMIT`)
		}
		db.must(`BEGIN; INSERT INTO t VALUES (1); DELETE FROM t; COMMIT`)
		db.must(`BEGIN; INSERT INTO l VALUES (1); DELETE FROM l; COMMIT`)
		db.want(`SELECT (SELECT count(*) FROM t), (SELECT count(*) FROM s), (SELECT count(*) FROM l)`, "0|0|0")
	})
}
