package exec_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"

	"millrace/server"
)

// What reads something that is dropped ends; everything else goes on.
func TestDropWhileRead(t *testing.T) {
	bubble(t, server.Options{}, func(t *testing.T, n *node) {
		db := n.connect()
		db.must(`CREATE STREAM s (k int); CREATE TABLE t (k int PRIMARY KEY); CREATE MATERIALIZED VIEW v AS SELECT k FROM t`)
		db.must(`CREATE TABLE other (k int PRIMARY KEY)`)
		kept := n.subscribe(`SUBSCRIBE TO other`)
		for _, x := range []struct{ name, kind string }{{"v", "MATERIALIZED VIEW"}, {"s", "STREAM"}, {"t", "TABLE"}} {
			sub := n.subscribe(`SUBSCRIBE TO ` + x.name)
			synctest.Wait()
			time.Sleep(time.Second)
			db.must(fmt.Sprintf(`DROP %s %s`, x.kind, x.name))
			if got := state(<-sub.end); got != "42P01" {
				t.Fatalf("the subscription to %s ends with %q", x.name, got)
			}
		}
		db.must(`INSERT INTO other VALUES (1); SELECT 1 FROM other`)
		time.Sleep(time.Second)
		kept.equals(t, []string{"1"})
		kept.stop()
	})
}

// DROP of a view whose backfill is under way ends the backfill and the CREATE. (No
// bubble: its clock stands while the backfill works.)
func TestDropDuringBackfill(t *testing.T) {
	for _, how := range []string{`DROP MATERIALIZED VIEW v`, `DROP STREAM s CASCADE`} {
		t.Run(how, func(t *testing.T) {
			n := startNode(t, vfs.NewMem(), server.Options{})
			defer n.stop()
			db, other := n.connect(), n.connect()
			db.must(`CREATE STREAM s (k int); CREATE TABLE other (k int PRIMARY KEY)`)
			db.must(`INSERT INTO s SELECT i FROM generate_series(1, 100000) AS g(i)`)
			done := make(chan error, 1)
			go func() {
				_, err := other.run(`CREATE MATERIALIZED VIEW v AS SELECT count(*) AS n FROM s a, s b`)
				done <- err
			}()
			for len(db.must(`SELECT 1 FROM pg_class WHERE relname = 'v'`)) == 0 {
				runtime.Gosched()
			}
			db.must(how)
			if got := state(<-done); got != "42P01" {
				t.Fatalf("CREATE ends with %q", got)
			}
			db.must(`INSERT INTO other VALUES (1)`)
			db.want(`SELECT k FROM other`, "1")
			db.want(`SELECT count(*) FROM millrace.queries`, "0")
		})
	}
}

// Cancelled, CREATE MATERIALIZED VIEW leaves nothing behind. It and long queries end
// soon, whatever they are doing. (No bubble: its clock would stand meanwhile.)
func TestCancelLongWork(t *testing.T) {
	n := startNode(t, vfs.NewMem(), server.Options{})
	defer n.stop()
	db := n.connect()
	db.must(`CREATE STREAM s (k int); CREATE TABLE t (k int PRIMARY KEY)`)
	db.must(`INSERT INTO s SELECT i FROM generate_series(1, 100000) AS g(i)`)
	db.must(`INSERT INTO t SELECT i FROM generate_series(1, 100000) AS g(i)`)
	db.must(`SELECT count(*) FROM s, (SELECT 1 FROM t LIMIT 1) x`)
	for _, sql := range []string{
		`CREATE MATERIALIZED VIEW v AS SELECT count(*) AS n FROM s a, s b`,
		`CREATE MATERIALIZED VIEW v AS SELECT a.k FROM s a JOIN s b ON a.k + b.k < 0`,
		`CREATE TABLE v AS SELECT max(a.k + b.k) AS m FROM s a, t b EMIT CHANGES`,
		`SELECT count(*) FROM s a, s b`,
		`SELECT a.k FROM t a JOIN t b ON a.k + b.k < 0`,
		`SELECT a.k FROM t a LEFT JOIN t b ON a.k + b.k < 0`,
		`SELECT count(*) FROM t a WHERE EXISTS (SELECT 1 FROM t b WHERE a.k + b.k < 0)`,
		`SELECT count(*) FROM t a WHERE a.k NOT IN (SELECT b.k + a.k FROM t b)`,
		`INSERT INTO t SELECT a.k + 1000000 FROM t a, t b WHERE a.k + b.k < 0`,
		`SELECT count(*) FROM generate_series(1, 10000) a, generate_series(1, 1000000) b`,
		`SUBSCRIBE TO (SELECT count(*) AS n FROM s a, s b)`,
		`COPY (SELECT a.k FROM t a JOIN t b ON a.k + b.k < 0) TO STDOUT`,
	} {
		began := time.Now()
		db.must(`SET statement_timeout = '100ms'`)
		db.fails(sql, "57014")
		db.must(`SET statement_timeout = 0`)
		db.must(`INSERT INTO t VALUES (0) ON CONFLICT DO NOTHING; SELECT k FROM t WHERE k = 0`)
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("%s ended after %v", sql, took)
		}
	}
	db.want(`SELECT count(*) FROM pg_class WHERE relname = 'v'`, "0")
	db.want(`SELECT count(*) FROM millrace.queries`, "0")
	db.want(`SELECT count(*) FROM t WHERE k > 0`, "100000")
	if got := n.engine().SnapshotHolders(); got != 1 {
		t.Errorf("%d hold the newest snapshot", got)
	}
}

// Nothing of a dropped object stays in the store or the log, also when a crash comes
// between the parts of the drop.
func TestDropRemovesData(t *testing.T) {
	for _, crash := range []bool{false, true} {
		t.Run(fmt.Sprintf("crash=%v", crash), func(t *testing.T) {
			bubble(t, server.Options{CheckpointEvery: never}, func(t *testing.T, n *node) {
				db := n.connect()
				db.must(`CREATE STREAM s (k int, v text); CREATE TABLE t (k int PRIMARY KEY, v text)`)
				db.must(`CREATE MATERIALIZED VIEW v AS SELECT k, v FROM s; CREATE INDEX ON v (v); CREATE INDEX ON t (v)`)
				db.must(`INSERT INTO s SELECT i, 'findme' || i FROM generate_series(1, 1000) AS g(i)`)
				db.must(`INSERT INTO t SELECT i, 'findme' || i FROM generate_series(1, 1000) AS g(i)`)
				db.must(`SELECT 1 FROM v, t LIMIT 1`)
				n.restart() // a checkpoint with all of it
				db = n.connect()
				db.must(`DROP MATERIALIZED VIEW v; DROP STREAM s; DROP TABLE t`)
				db.must(`CREATE TABLE other (k int PRIMARY KEY); INSERT INTO other VALUES (1); SELECT 1 FROM other`)
				if crash {
					n.crash(100)
				}
				if err := n.srv.Log().Snapshot(t.Context()); err != nil {
					t.Fatal(err)
				}
				n.restart()
				n.restart()
				objects, indexes, flows, err := n.engine().Stored()
				if err != nil || len(objects) != 1 || len(indexes) != 0 || len(flows) > 1 {
					t.Errorf("the store has objects %v, indexes %v, flows %v (%v)", objects, indexes, flows, err)
				}
				other := fmt.Sprintf("/data/log/parts/%d/", n.partition(n.connect(), "other").Stream)
				for _, f := range files(t, n.disk, "/data/log/parts") {
					if !strings.HasPrefix(f, "/data/log/parts/0/") && !strings.HasPrefix(f, other) {
						t.Errorf("%s is left", f)
					}
				}
			})
		})
	}
}

// files lists all files below a directory.
func files(t *testing.T, fs vfs.FS, dir string) []string {
	t.Helper()
	names, err := fs.List(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, name := range names {
		path := fs.PathJoin(dir, name)
		info, err := fs.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.IsDir() {
			out = append(out, files(t, fs, path)...)
		} else {
			out = append(out, path)
		}
	}
	return out
}
