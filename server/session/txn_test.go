package session_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// A query string is one implicit transaction, as in PostgreSQL.
func TestImplicitTransactions(t *testing.T) {
	for _, c := range []struct {
		name, sql, state string
		rows             []string // of t afterwards
	}{
		{"all", `INSERT INTO t VALUES (1); INSERT INTO t VALUES (2)`, "", []string{"1", "2"}},
		{"error at the end", `INSERT INTO t VALUES (1); SELECT 1/0`, "22012", nil},
		{"error in the middle", `INSERT INTO t VALUES (1); SELECT 1/0; INSERT INTO t VALUES (2)`, "22012", nil},
		{"constraint", `INSERT INTO t VALUES (1); INSERT INTO t VALUES (1)`, "23505", nil},
		{"commit inside", `INSERT INTO t VALUES (1); COMMIT; INSERT INTO t VALUES (2); SELECT 1/0`, "22012", []string{"1"}},
		{"begin inside", `INSERT INTO t VALUES (1); BEGIN; INSERT INTO t VALUES (2); COMMIT`, "", []string{"1", "2"}},
		{"begin, rollback", `INSERT INTO t VALUES (1); BEGIN; INSERT INTO t VALUES (2); ROLLBACK`, "", nil},
		{"block, error after", `BEGIN; INSERT INTO t VALUES (1); COMMIT; SELECT 1/0`, "22012", []string{"1"}},
		{"read own", `INSERT INTO t VALUES (1); INSERT INTO t SELECT k + 1 FROM t; SELECT * FROM t`, "", []string{"1", "2"}},
		{"write, read much", `INSERT INTO t VALUES (1); SELECT * FROM generate_series(1, 100000)`, "", []string{"1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			bubble(t, func(n *node, db *conn) {
				db.must(`CREATE TABLE t (k int PRIMARY KEY)`)
				if _, err := db.run(c.sql); sqlState(err) != c.state {
					t.Fatalf("error %v", err)
				}
				db.status('I')
				db.want(`SELECT k FROM t ORDER BY k`, c.rows...)
			})
		})
	}
}

// A pipeline up to Sync is one transaction.
func TestPipelines(t *testing.T) {
	bubble(t, func(n *node, db *conn) {
		db.must(`CREATE TABLE t (k int PRIMARY KEY)`)
		ctx := context.Background()
		batch := func(list ...string) (states []string) {
			b := &pgx.Batch{}
			for _, sql := range list {
				b.Queue(sql)
			}
			r := db.SendBatch(ctx, b)
			for range list {
				_, err := r.Exec()
				states = append(states, sqlState(err))
			}
			_ = r.Close()
			return states
		}
		if got := batch(`INSERT INTO t VALUES (1)`, `INSERT INTO t VALUES (2)`); !slices.Equal(got, []string{"", ""}) {
			t.Fatal(got)
		}
		if got := batch(`INSERT INTO t VALUES (3)`, `INSERT INTO t VALUES (1)`, `INSERT INTO t VALUES (4)`); got[1] != "23505" {
			t.Fatal(got)
		}
		db.want(`SELECT k FROM t ORDER BY k`, "1", "2")
		db.status('I')
	})
}

// A pipeline that loses a conflict is run again at Sync; when that contradicts what
// the client was told, it fails with 40001.
func TestRetryAtSync(t *testing.T) {
	bubble(t, func(n *node, db *conn) {
		db.must(`CREATE TABLE t (k int PRIMARY KEY, v int); INSERT INTO t SELECT i, 0 FROM generate_series(1, 3) AS g(i)`)
		db.must(`SELECT 1 FROM t`) // from here on all sessions see the rows
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				c := n.connect("")
				defer c.close()
				for range 10 {
					if _, err := c.Exec(context.Background(), `UPDATE t SET v = v + $1 WHERE k = $2`, 1, 1); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		db.must(`UPDATE t SET v = v WHERE k = 1`)
		db.want(`SELECT v FROM t WHERE k = 1`, "80")
		for range 8 {
			wg.Go(func() {
				c := n.connect("")
				defer c.close()
				for range 10 {
					var v int
					err := c.QueryRow(context.Background(), `UPDATE t SET v = v + $1 WHERE k = 2 RETURNING v`, 1).Scan(&v)
					if s := sqlState(err); s != "" && s != "40001" {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
	})
}

func TestReturning(t *testing.T) {
	bubble(t, func(n *node, db *conn) {
		db.must(`CREATE TABLE t (k int PRIMARY KEY, v int DEFAULT 7); CREATE STREAM s (a int, b text)`)
		db.want(`INSERT INTO t (k) VALUES (1), (2) RETURNING k, v, k + v AS sum`, "1|7|8", "2|7|9")
		db.want(`UPDATE t SET v = v + 1 WHERE k = 2 RETURNING *`, "2|8")
		db.want(`INSERT INTO t VALUES (2, 1) ON CONFLICT (k) DO UPDATE SET v = excluded.v + t.v RETURNING v`, "9")
		db.want(`INSERT INTO t VALUES (2, 1) ON CONFLICT DO NOTHING RETURNING v`)
		db.want(`DELETE FROM t WHERE k = 1 RETURNING k`, "1")
		db.want(`INSERT INTO s VALUES (1, 'x') RETURNING b, a`, "x|1")
		db.want(`UPDATE t SET k = 5 RETURNING k, v`, "5|9")
	})
}

func TestSavepoints(t *testing.T) {
	bubble(t, func(n *node, db *conn) {
		db.must(`CREATE TABLE t (k int PRIMARY KEY, v int); CREATE STREAM s (v int); CREATE TABLE l (v int)`)
		db.fails(`SAVEPOINT a`, "25P01")
		db.fails(`ROLLBACK TO a`, "25P01")
		db.must(`BEGIN; INSERT INTO t VALUES (1, 1); SAVEPOINT a; INSERT INTO t VALUES (2, 2); INSERT INTO s VALUES (1)`)
		db.must(`UPDATE t SET v = 10 WHERE k = 1; INSERT INTO l VALUES (1); SAVEPOINT b; DELETE FROM t; DELETE FROM l`)
		db.want(`SELECT count(*) FROM t`, "0")
		db.must(`ROLLBACK TO b`)
		db.want(`SELECT k, v FROM t ORDER BY k`, "1|10", "2|2")
		db.fails(`INSERT INTO t VALUES (1, 5)`, "23505")
		db.status('E')
		db.fails(`SELECT 1`, "25P02")
		db.must(`ROLLBACK TO SAVEPOINT a`)
		db.status('T')
		db.want(`SELECT k, v FROM t`, "1|1")
		db.want(`SELECT count(*) FROM s`, "0")
		db.fails(`ROLLBACK TO b`, "3B001")
		db.must(`ROLLBACK TO a; SAVEPOINT a; SAVEPOINT a; RELEASE a; INSERT INTO t VALUES (3, 3); ROLLBACK TO a; INSERT INTO t VALUES (4, 4); RELEASE a; COMMIT`)
		db.want(`SELECT k FROM t ORDER BY k`, "1", "4")
		db.want(`SELECT (SELECT count(*) FROM s) + (SELECT count(*) FROM l)`, "0")
	})
}

func TestTransactionControl(t *testing.T) {
	bubble(t, func(n *node, db *conn) {
		db.must(`CREATE TABLE t (k int PRIMARY KEY)`)
		db.want(`BEGIN`, "<BEGIN>")
		db.want(`BEGIN`, "<BEGIN>")
		if len(db.notices) != 1 || db.notices[0] != "25001 there is already a transaction in progress" {
			t.Fatal(db.notices)
		}
		db.fails(`SELECT 1/0`, "22012")
		db.status('E')
		db.want(`COMMIT`, "<ROLLBACK>")
		db.want(`COMMIT`, "<COMMIT>")
		db.want(`ROLLBACK`, "<ROLLBACK>")
		db.fails(`COMMIT AND CHAIN`, "25P01")
		db.must(`BEGIN READ ONLY`)
		db.want(`COMMIT AND CHAIN`, "<COMMIT>")
		db.status('T')
		db.want(`SHOW transaction_read_only`, "on")
		db.fails(`INSERT INTO t VALUES (1)`, "25006")
		db.want(`ROLLBACK AND CHAIN`, "<ROLLBACK>")
		db.status('T')
		db.must(`ROLLBACK`)
	})
}

func TestReadOnly(t *testing.T) {
	bubble(t, func(n *node, db *conn) {
		db.must(`CREATE TABLE t (k int PRIMARY KEY)`)
		for _, sql := range []string{
			`INSERT INTO t VALUES (1)`, `UPDATE t SET k = 2`, `DELETE FROM t`, `TRUNCATE t`, `COPY t FROM STDIN`,
			`CREATE TABLE u (k int)`, `DROP TABLE t`, `CREATE MATERIALIZED VIEW v AS SELECT 1 AS x`, `CREATE INDEX ON t (k)`,
			`ALTER TABLE t RENAME TO u`, `COMMENT ON TABLE t IS 'x'`, `CREATE STREAM s (v int)`, `CREATE SCHEMA x`,
		} {
			db.must(`BEGIN TRANSACTION READ ONLY`)
			db.fails(sql, "25006")
			db.must(`ROLLBACK`)
		}
		db.must(`SET default_transaction_read_only = on`)
		db.fails(`INSERT INTO t VALUES (1)`, "25006")
		db.must(`BEGIN READ WRITE; INSERT INTO t VALUES (1); COMMIT`)
		db.must(`BEGIN; SET TRANSACTION READ WRITE; INSERT INTO t VALUES (2); COMMIT`)
		db.fails(`PREPARE p AS INSERT INTO t VALUES (3); EXECUTE p`, "25006")
		db.want(`SELECT count(*) FROM t`, "2")
	})
}

// A transaction reads one epoch and its own writes.
func TestSnapshotIsolation(t *testing.T) {
	bubble(t, func(n *node, db *conn) {
		db.must(`CREATE TABLE t (k int PRIMARY KEY, v int); CREATE STREAM s (v int); INSERT INTO t VALUES (1, 1)`)
		db.must(`CREATE MATERIALIZED VIEW total AS SELECT sum(v) AS v FROM t`)
		other := n.connect("")
		db.must(`BEGIN`)
		db.want(`SELECT v FROM t`, "1")
		other.must(`UPDATE t SET v = 2; INSERT INTO s VALUES (1); SELECT 1 FROM t`)
		db.want(`SELECT t.v, total.v, (SELECT count(*) FROM s) FROM t, total`, "1|1|0")
		db.must(`INSERT INTO t VALUES (2, 5); INSERT INTO s VALUES (2)`)
		db.want(`SELECT count(*), sum(v), (SELECT count(*) FROM s) FROM t`, "2|6|1")
		other.want(`SELECT count(*), sum(v), (SELECT count(*) FROM s) FROM t`, "1|2|1")
		db.must(`COMMIT`)
		db.want(`SELECT count(*), sum(v), (SELECT count(*) FROM s) FROM t`, "2|7|2")
		db.want(`SELECT v FROM total`, "7")
	})
}

func TestTimeouts(t *testing.T) {
	bubble(t, func(n *node, db *conn) {
		db.must(`CREATE STREAM s (v int); SET statement_timeout = '2s'`)
		began := time.Now()
		db.fails(`SELECT v FROM s EMIT CHANGES`, "57014")
		if took := time.Since(began); took < 2*time.Second || took > 3*time.Second {
			t.Fatalf("ended after %v", took)
		}
		// A cursor outlives the statement that declared it.
		db.must(`INSERT INTO s SELECT i FROM generate_series(1, 50000) AS g(i)`)
		db.must(`BEGIN; DECLARE c CURSOR FOR SELECT v FROM s`)
		for i := range 5 {
			time.Sleep(3 * time.Second)
			db.want(`FETCH 2 FROM c`, fmt.Sprint(2*i+1), fmt.Sprint(2*i+2))
		}
		db.want(`MOVE ALL IN c`, "<MOVE 49990>")
		db.must(`COMMIT`)
		db.must(`SET statement_timeout = 0; SET idle_in_transaction_session_timeout = '1s'; BEGIN`)
		time.Sleep(5 * time.Second)
		if _, err := db.run(`SELECT 1`); err == nil {
			t.Fatal("an idle transaction lives on")
		}
	})
}

// Portals of the extended protocol can be suspended under a statement timeout.
func TestSuspendedPortals(t *testing.T) {
	bubble(t, func(n *node, db *conn) {
		db.must(`CREATE TABLE t (k int PRIMARY KEY); INSERT INTO t SELECT i FROM generate_series(1, 30000) AS g(i)`)
		db.must(`SET statement_timeout = '5s'`)
		rows, err := db.Query(context.Background(), `SELECT k FROM t ORDER BY k`)
		if err != nil {
			t.Fatal(err)
		}
		count := 0
		for rows.Next() {
			count++
		}
		if rows.Err() != nil || count != 30000 {
			t.Fatal(count, rows.Err())
		}
	})
}

func TestCursors(t *testing.T) {
	bubble(t, func(n *node, db *conn) {
		db.must(`CREATE TABLE t (k int PRIMARY KEY); INSERT INTO t SELECT i FROM generate_series(1, 10) AS g(i)`)
		db.must(`CREATE STREAM s (v int)`)
		db.fails(`DECLARE c CURSOR FOR SELECT 1`, "25P01")
		db.must(`BEGIN; DECLARE c CURSOR FOR SELECT k FROM t ORDER BY k`)
		db.want(`FETCH 2 FROM c`, "1", "2")
		db.want(`FETCH NEXT FROM c`, "3")
		db.want(`FETCH RELATIVE 2 FROM c`, "5")
		db.want(`FETCH ABSOLUTE 8 FROM c`, "8")
		db.want(`FETCH ALL FROM c`, "9", "10")
		db.want(`FETCH c`)
		db.must(`CLOSE c`)
		db.fails(`FETCH c`, "34000")
		db.must(`ROLLBACK`)
		db.must(`BEGIN; DECLARE h CURSOR WITH HOLD FOR SELECT k FROM t ORDER BY k; DECLARE c CURSOR FOR SELECT k FROM t; COMMIT`)
		db.must(`DELETE FROM t`)
		db.want(`FETCH 3 FROM h`, "1", "2", "3")
		db.fails(`FETCH c`, "34000")
		db.must(`BEGIN; DECLARE lost CURSOR WITH HOLD FOR SELECT 1; ROLLBACK`)
		db.fails(`FETCH lost`, "34000")
		db.must(`CLOSE ALL`)
		db.fails(`FETCH h`, "34000")
		// Push.
		db.must(`DECLARE p CURSOR WITH HOLD FOR SELECT v FROM s EMIT CHANGES`)
		db.want(`FETCH 10 FROM p WITH (timeout = '1s')`)
		db.must(`INSERT INTO s VALUES (1), (2), (3)`)
		db.want(`FETCH 2 FROM p`, "1", "2")
		db.want(`FETCH 10 FROM p WITH (timeout = '0s')`, "3")
		db.want(`SELECT count(*) FROM millrace.subscriptions`, "1")
		db.must(`CLOSE p`)
		time.Sleep(time.Second)
		db.want(`SELECT count(*) FROM millrace.subscriptions`, "0")
	})
}

func TestCopy(t *testing.T) {
	bubble(t, func(n *node, db *conn) {
		db.must(`CREATE TABLE t (k int PRIMARY KEY, v text)`)
		copyIn := func(sql, data string) string {
			_, err := db.PgConn().CopyFrom(context.Background(), strings.NewReader(data), sql)
			return sqlState(err)
		}
		if s := copyIn(`COPY t FROM STDIN`, "1\ta\n2\tb\n"); s != "" {
			t.Fatal(s)
		}
		db.want(`SELECT * FROM t ORDER BY k`, "1|a", "2|b")
		if s := copyIn(`COPY t FROM STDIN`, "3\ta\nx\tb\n"); s != "22P02" {
			t.Fatal(s)
		}
		db.must(`BEGIN`)
		if s := copyIn(`COPY t FROM STDIN (FORMAT csv)`, "4,x\n5,y\n"); s != "" {
			t.Fatal(s)
		}
		db.want(`SELECT count(*) FROM t`, "4")
		db.must(`ROLLBACK`)
		db.want(`SELECT count(*) FROM t`, "2")
		db.must(`BEGIN`)
		if s := copyIn(`COPY t FROM STDIN`, "6\t\\N\n"); s != "" {
			t.Fatal(s)
		}
		db.must(`COMMIT`)
		db.want(`SELECT k FROM t WHERE v IS NULL`, "6")
		if s := copyIn(`COPY t FROM STDIN`, "7\tx\n1\tz\n"); s != "23505" {
			t.Fatal(s)
		}
		db.must(`CREATE TABLE u (k int PRIMARY KEY, v text) WITH (on_conflict = 'update')`)
		if s := copyIn(`COPY u FROM STDIN`, "1\tx\n1\tz\n"); s != "" {
			t.Fatal(s)
		}
		db.want(`SELECT v FROM u`, "z")
		if s := copyIn(`INSERT INTO t VALUES (50, 'x'); COPY t FROM STDIN; SELECT 1/0`, "51\tx\n"); s != "22012" {
			t.Fatal(s)
		}
		db.want(`SELECT count(*) FROM t WHERE k > 49`, "0")
		var out strings.Builder
		if _, err := db.PgConn().CopyTo(context.Background(), &out, `COPY (SELECT k FROM t ORDER BY k) TO STDOUT`); err != nil || out.String() != "1\n2\n6\n" {
			t.Fatal(err, out.String())
		}
	})
}
