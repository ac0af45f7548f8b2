package session_test

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

func TestSettings(t *testing.T) {
	bubble(t, func(n *node, db *conn) {
		show := func(want string) {
			t.Helper()
			db.want(`SHOW work_mem`, want)
		}
		db.must(`SET work_mem = '8MB'`)
		show("8MB")
		db.must(`BEGIN; SET LOCAL work_mem = '16MB'`)
		show("16MB")
		db.must(`COMMIT`)
		show("8MB")
		db.must(`BEGIN; SET work_mem = '32MB'; ROLLBACK`)
		show("8MB")
		db.must(`BEGIN; SET work_mem = '32MB'; COMMIT`)
		show("32MB")
		db.must(`BEGIN; SET LOCAL work_mem = '1MB'; SET work_mem = '2MB'; COMMIT`)
		show("2MB")
		db.must(`BEGIN; SET work_mem = '3MB'; SET LOCAL work_mem = '4MB'; COMMIT`)
		show("3MB")
		db.must(`BEGIN; SET LOCAL work_mem = '5MB'`)
		db.fails(`SELECT 1/0`, "22012")
		db.must(`ROLLBACK`)
		show("3MB")
		db.must(`BEGIN; SET work_mem = '6MB'; SAVEPOINT a; SET work_mem = '7MB'; SET LOCAL work_mem = '9MB'; ROLLBACK TO a`)
		show("6MB")
		db.must(`COMMIT`)
		show("6MB")
		db.fails(`SET work_mem = '7MB'; SELECT 1/0`, "22012")
		show("6MB")
		db.must(`BEGIN; RESET work_mem; ROLLBACK`)
		show("6MB")
		db.must(`SELECT set_config('work_mem', '10MB', true)`)
		show("6MB")
		db.must(`BEGIN; SELECT set_config('work_mem', '10MB', true)`)
		show("10MB")
		db.must(`END`)
		show("6MB")
		db.must(`RESET ALL`)
		show("4MB")
		db.must(`SET my.own = 'x'`)
		db.want(`SHOW my.own`, "x")
		db.fails(`SET millrace.no_such = 1`, "42704")
		db.fails(`SHOW nothing_like_that`, "42704")
		db.notices = nil
		db.must(`SET LOCAL work_mem = '1MB'`)
		if len(db.notices) != 1 || !strings.HasPrefix(db.notices[0], "25P01") {
			t.Fatal(db.notices)
		}
		db.must(`SET search_path = pg_catalog, public; SET TimeZone = 'Asia/Tokyo'`)
		db.want(`SELECT '2024-01-01 00:00:00+00'::timestamptz`, "2024-01-01 09:00:00+09")
	})
}

// Every setting that SHOW ALL lists can be shown and is in pg_settings.
func TestShowEverything(t *testing.T) {
	bubble(t, func(n *node, db *conn) {
		all := db.must(`SHOW ALL`)
		if len(all) < 50 {
			t.Fatalf("only %d settings", len(all))
		}
		for _, line := range all {
			name, rest, _ := strings.Cut(line, "|")
			value, _, _ := strings.Cut(rest, "|")
			got := db.must(`SHOW "` + name + `"`)
			if len(got) != 1 || !strings.HasPrefix(got[0], value) {
				t.Errorf("SHOW %s gives %q, SHOW ALL %q", name, got, value)
			}
			db.want(`SELECT count(*) FROM pg_settings WHERE name = '`+name+`'`, "1")
		}
	})
}

func TestActivity(t *testing.T) {
	bubble(t, func(n *node, db *conn) {
		other := n.connect("&application_name=first")
		look := func(want string) {
			t.Helper()
			db.want(`SELECT application_name, state, query FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND application_name <> ''`, want)
		}
		other.must(`SELECT 1`)
		look("first|idle|SELECT 1")
		other.must(`SET application_name = 'second'`)
		look("second|idle|SET application_name = 'second'")
		other.must(`BEGIN`)
		look("second|idle in transaction|BEGIN")
		_, _ = other.run(`SELECT 1/0`)
		look("second|idle in transaction (aborted)|SELECT 1/0")
		other.must(`ROLLBACK`)
		if _, err := other.Exec(context.Background(), `SELECT 2`); err != nil {
			t.Fatal(err)
		}
		look("second|idle|SELECT 2")
		other.close()
		time.Sleep(time.Second)
		db.want(`SELECT count(*) FROM pg_stat_activity WHERE application_name = 'second'`, "0")
	})
}

func TestDiscardAll(t *testing.T) {
	bubble(t, func(n *node, db *conn) {
		db.must(`PREPARE p AS SELECT 1; SET work_mem = '9MB'`)
		db.must(`DECLARE c CURSOR WITH HOLD FOR SELECT 1`)
		db.want(`DISCARD ALL`, "<DISCARD ALL>")
		db.fails(`EXECUTE p`, "26000")
		db.fails(`FETCH c`, "34000")
		db.want(`SHOW work_mem`, "4MB")
		db.must(`BEGIN`)
		db.fails(`DISCARD ALL`, "25001")
		db.must(`ROLLBACK`)
	})
}

// Prepared statements follow the catalog and the settings; a result of another shape
// is refused.
func TestPreparedAfterDDL(t *testing.T) {
	bubble(t, func(n *node, db *conn) {
		ctx := context.Background()
		db.must(`CREATE TABLE t (k int PRIMARY KEY, v int); INSERT INTO t VALUES (1, 2)`)
		db.must(`PREPARE p AS SELECT * FROM t; PREPARE q(int) AS SELECT v FROM t WHERE k = $1`)
		if _, err := db.Prepare(ctx, "x", `SELECT k, v FROM t WHERE v = $1`); err != nil {
			t.Fatal(err)
		}
		db.must(`CREATE INDEX t_v ON t (v)`)
		query := func() error {
			rows, err := db.Query(ctx, "x", int32(2))
			if err != nil {
				return err
			}
			_, err = pgx.CollectRows(rows, func(r pgx.CollectableRow) (n int, err error) {
				var k, v int
				return 0, r.Scan(&k, &v)
			})
			return err
		}
		if err := query(); err != nil {
			t.Fatal(err)
		}
		db.must(`DROP INDEX t_v`)
		if err := query(); err != nil {
			t.Fatal(err)
		}
		db.want(`EXECUTE p`, "1|2")
		db.want(`EXECUTE q(1)`, "2")
		db.must(`DROP TABLE t; CREATE TABLE t (k int PRIMARY KEY, v int, w text); INSERT INTO t VALUES (1, 3, 'x')`)
		db.fails(`EXECUTE p`, "0A000")
		db.want(`EXECUTE q(1)`, "3")
		db.must(`DROP TABLE t`)
		if err := query(); sqlState(err) != "42P01" {
			t.Fatal(err)
		}
		db.fails(`EXECUTE q(1, 2)`, "42P01")
	})
}

// Cancel and disconnect end what runs, at once, and nothing is left of it.
func TestCancelAndDisconnect(t *testing.T) {
	bubble(t, func(n *node, db *conn) {
		db.must(`CREATE STREAM s (v int); CREATE TABLE t (k int PRIMARY KEY)`)
		for _, sql := range []string{`SELECT v FROM s EMIT CHANGES`, `SUBSCRIBE TO s`, `COPY (SELECT v FROM s EMIT CHANGES) TO STDOUT`} {
			c := n.connect("")
			done := make(chan error, 1)
			go func() {
				_, err := c.PgConn().Exec(context.Background(), sql).ReadAll()
				done <- err
			}()
			time.Sleep(time.Second)
			if err := c.PgConn().CancelRequest(context.Background()); err != nil {
				t.Fatal(err)
			}
			if err := <-done; sqlState(err) != "57014" {
				t.Fatalf("%s: %v", sql, err)
			}
			c.must(`SELECT 1`)
			go func() { _, _ = c.PgConn().Exec(context.Background(), sql).ReadAll() }()
			time.Sleep(time.Second)
			db.want(`SELECT count(*) FROM millrace.subscriptions`, "1")
			_ = c.PgConn().Conn().Close()
			time.Sleep(time.Second)
			db.want(`SELECT count(*) FROM millrace.subscriptions`, "0")
			db.want(`SELECT count(*) FROM pg_stat_activity`, "1")
		}
		// A COPY whose client leaves writes nothing.
		c := n.connect("")
		end := make(chan struct{})
		defer close(end)
		go func() {
			_, _ = c.PgConn().CopyFrom(context.Background(), &stuck{"1\n2\n", end}, `COPY t FROM STDIN`)
		}()
		time.Sleep(time.Second)
		_ = c.PgConn().Conn().Close()
		time.Sleep(time.Second)
		db.want(`SELECT count(*) FROM t`, "0")
	})
}

// stuck gives its data and then nothing until end is closed.
type stuck struct {
	data string
	end  chan struct{}
}

func (s *stuck) Read(b []byte) (int, error) {
	if s.data == "" {
		<-s.end
		return 0, io.EOF
	}
	n := copy(b, s.data)
	s.data = s.data[n:]
	return n, nil
}
