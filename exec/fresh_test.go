package exec_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"millrace/server"
)

// While no epoch runs, rows by key are read, changed and inserted as they were last
// committed, by whichever session.
func TestRowsByKeyNeedNoEpoch(t *testing.T) {
	bubble(t, server.Options{}, func(t *testing.T, n *node) {
		a, b := n.connect(), n.connect()
		a.must(`CREATE TABLE t (k int PRIMARY KEY, v int, n text)`)
		a.must(`INSERT INTO t VALUES (1, 10, 'one'), (2, 20, 'two')`)
		a.want(`SELECT count(*) FROM t`, "2")
		n.engine().Hold()
		a.must(`UPDATE t SET v = v + 1 WHERE k = 1`)
		b.want(`SELECT v, n FROM t WHERE k = 1`, "11|one")
		b.want(`UPDATE t SET v = v + 1 WHERE k = 1 RETURNING v`, "12")
		a.want(`SELECT v FROM t WHERE k = 1 AND v > 11`, "12")
		a.want(`SELECT v FROM t WHERE k = 1 AND v < 12`)
		a.must(`INSERT INTO t VALUES (3, 30, NULL)`)
		b.fails(`INSERT INTO t VALUES (3, 31, NULL)`, "23505")
		b.must(`INSERT INTO t VALUES (3, 1, 'x') ON CONFLICT (k) DO UPDATE SET v = t.v + excluded.v`)
		a.want(`SELECT v, n FROM t WHERE k = 3`, "31|NULL")
		a.must(`DELETE FROM t WHERE k = 2`)
		b.want(`SELECT v FROM t WHERE k = 2`)
		b.want(`UPDATE t SET v = 0 WHERE k = 2 RETURNING v`)
		b.must(`INSERT INTO t VALUES (2, 22, 'again')`)
		a.want(`SELECT v FROM t WHERE k = 2`, "22")
		n.engine().Release()
		a.want(`SELECT * FROM t ORDER BY k`, "1|12|one", "2|22|again", "3|31|NULL")
	})
}

// A read of anything else waits for the epoch of the last write that it depends on, as
// the setting says.
func TestConsistency(t *testing.T) {
	bubble(t, server.Options{}, func(t *testing.T, n *node) {
		a, b := n.connect(), n.connect()
		a.must(`CREATE STREAM s (v int); CREATE TABLE t (k int PRIMARY KEY); CREATE TABLE other (k int PRIMARY KEY)`)
		a.must(`CREATE MATERIALIZED VIEW m AS SELECT count(*) AS n FROM s; CREATE MATERIALIZED VIEW mm AS SELECT n FROM m`)
		a.must(`INSERT INTO other VALUES (1)`)
		a.want(`SELECT n FROM mm`, "0")
		for _, level := range []string{"strong", "session", "local"} {
			n.engine().Hold()
			a.must(`INSERT INTO s VALUES (1)`)
			b.must(`SET consistency = ` + level)
			b.want(`SELECT count(*) FROM other`, "1") // not written: no reason to wait
			for _, q := range []string{`SELECT count(*) FROM s`, `SELECT n FROM m`, `SELECT n FROM mm`} {
				ctx, done := context.WithTimeout(t.Context(), time.Second)
				c := n.connect()
				c.must(`SET consistency = ` + level)
				_, err := c.runContext(ctx, q)
				done()
				if waited := errors.Is(err, context.DeadlineExceeded); waited != (level == "strong") {
					t.Errorf("%s at level %s: waited %v (%v)", q, level, waited, err)
				}
				c.close()
			}
			n.engine().Release()
			a.want(`SELECT n FROM mm`, fmt.Sprint(len(a.must(`SELECT v FROM s`))))
		}
	})
}

// Transactions that begin with rows by key and go on to read more see one state: their
// writes by key are lost if somebody else changed the row in between.
func TestPointsThenScan(t *testing.T) {
	bubble(t, server.Options{}, func(t *testing.T, n *node) {
		db := n.connect()
		db.must(`CREATE TABLE t (k int PRIMARY KEY, v int)`)
		db.must(`INSERT INTO t SELECT i, 0 FROM generate_series(1, 5) AS g(i)`)
		const sessions, rounds = 8, 10
		var wg sync.WaitGroup
		for w := range sessions {
			wg.Go(func() {
				c := n.connect()
				defer c.close()
				for i := range rounds {
					// One implicit transaction: a row by key, then all of them.
					c.must(fmt.Sprintf(`UPDATE t SET v = v + 1 WHERE k = %d; UPDATE t SET v = v + 1 WHERE v >= 0`, 1+(w+i)%5))
				}
			})
		}
		wg.Wait()
		db.want(`SELECT sum(v) FROM t`, fmt.Sprint(sessions*rounds*6))
	})
}

// A transaction that comes to nothing leaves what was known of its keys.
func TestAbandonedKeys(t *testing.T) {
	bubble(t, server.Options{}, func(t *testing.T, n *node) {
		a, b := n.connect(), n.connect()
		a.must(`CREATE TABLE t (k int PRIMARY KEY, v int)`)
		a.must(`INSERT INTO t VALUES (1, 10)`)
		a.want(`SELECT count(*) FROM t`, "1")
		n.engine().Hold()
		a.must(`DELETE FROM t WHERE k = 1`)
		b.must(`BEGIN`)
		b.must(`INSERT INTO t VALUES (1, 20)`)
		b.must(`DELETE FROM t WHERE k = 1`)
		b.must(`COMMIT`)
		a.want(`SELECT v FROM t WHERE k = 1`)
		a.must(`INSERT INTO t VALUES (1, 30)`)
		n.engine().Release()
		a.want(`SELECT v FROM t`, "30")
	})
}
