package session_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// heard returns the notifications that have come to a client that waits for them.
func (c *conn) heard() []string {
	c.t.Helper()
	var out []string
	for {
		ctx, done := context.WithTimeout(context.Background(), time.Second)
		n, err := c.WaitForNotification(ctx)
		done()
		if errors.Is(err, context.DeadlineExceeded) {
			return out
		}
		if err != nil {
			c.t.Fatal(err)
		}
		out = append(out, n.Channel+" "+n.Payload)
	}
}

func (c *conn) wantHeard(want ...string) {
	c.t.Helper()
	if got := c.heard(); !slices.Equal(got, want) {
		c.t.Errorf("heard %q, want %q", got, want)
	}
}

func TestNotify(t *testing.T) {
	bubble(t, func(n *node, db *conn) {
		other := n.connect("")
		defer other.close()
		other.must("LISTEN a; LISTEN b; LISTEN a")
		db.must("NOTIFY a, 'one'; NOTIFY b; NOTIFY c, 'nobody'")
		other.wantHeard("a one", "b ")
		// Equal ones of a transaction are one; those of an aborted one, or of a part that
		// was rolled back, never come.
		db.must("BEGIN; NOTIFY a, 'x'; NOTIFY a, 'x'; SELECT pg_notify('a', 'y'); SAVEPOINT s; NOTIFY a, 'z'; ROLLBACK TO s")
		other.wantHeard()
		db.must("COMMIT")
		other.wantHeard("a x", "a y")
		db.must("BEGIN; NOTIFY a, 'lost'; ROLLBACK")
		if _, err := db.run("NOTIFY a, 'lost'; SELECT 1/0"); err == nil {
			t.Error("no error")
		}
		other.wantHeard()
		// Inside a transaction they wait for its end.
		other.must("BEGIN")
		db.must("NOTIFY a, 'later'")
		other.wantHeard()
		other.must("COMMIT")
		other.wantHeard("a later")
		if got := other.must("SELECT * FROM pg_listening_channels()"); !slices.Equal(got, []string{"a", "b"}) {
			t.Errorf("channels %q", got)
		}
		other.must("UNLISTEN a; NOTIFY b, 'own'")
		db.must("NOTIFY a, 'x'")
		other.wantHeard("b own")
		other.must("BEGIN; LISTEN q; ROLLBACK")
		db.must("NOTIFY q")
		other.wantHeard()
		other.must("DISCARD ALL")
		db.must("NOTIFY b")
		other.wantHeard()
		for sql, want := range map[string]string{
			"NOTIFY a, '" + strings.Repeat("x", 8000) + "'": "payload string too long",
			"SELECT pg_notify('', '')":                      "channel name cannot be empty",
			"SELECT pg_notify(repeat('x', 64), '')":         "channel name too long",
		} {
			if _, err := db.run(sql); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%.30s: %v", sql, err)
			}
		}
	})
}

// settle lets virtual time pass until everything that was begun has come to rest.
func settle() {
	time.Sleep(time.Second)
	synctest.Wait()
}

// REVOKE ends the push queries of a role that may no longer read, and no others.
func TestRevokeEndsPushQueries(t *testing.T) {
	bubble(t, func(n *node, db *conn) {
		db.must("CREATE TABLE t (id int PRIMARY KEY); CREATE ROLE joe LOGIN; CREATE ROLE grp; GRANT grp TO joe; CREATE VIEW v AS SELECT id FROM t")
		db.must("GRANT SELECT ON t TO grp; GRANT SELECT ON v TO joe")
		for _, c := range []struct{ query, revoke, regrant string }{
			{"SELECT * FROM t EMIT CHANGES", "REVOKE SELECT ON t FROM grp", "GRANT SELECT ON t TO grp"},
			{"SUBSCRIBE TO t", "REVOKE grp FROM joe", "GRANT grp TO joe"},
			{"COPY (SELECT * FROM t EMIT CHANGES) TO STDOUT", "DROP OWNED BY grp", "GRANT SELECT ON t TO grp"},
			{"SUBSCRIBE TO (SELECT * FROM v)", "REVOKE SELECT ON v FROM joe", "GRANT SELECT ON v TO joe"},
		} {
			joe := n.connect("&user=joe")
			ended := make(chan error, 1)
			go func() {
				_, err := joe.run(c.query)
				ended <- err
			}()
			settle()
			db.must("INSERT INTO t VALUES (1) ON CONFLICT DO NOTHING; GRANT INSERT ON t TO joe; REVOKE INSERT ON t FROM joe")
			settle()
			select {
			case err := <-ended:
				t.Fatalf("%s: ended too early: %v", c.query, err)
			default:
			}
			db.must(c.revoke)
			settle()
			select {
			case err := <-ended:
				if err == nil || !strings.Contains(err.Error(), "permission denied for") {
					t.Errorf("%s: %v", c.query, err)
				}
			default:
				t.Errorf("%s goes on after %s", c.query, c.revoke)
				_ = joe.PgConn().Conn().Close()
				<-ended
			}
			joe.close()
			db.must(c.regrant)
		}
	})
}

// What one role runs is hidden from others, and passwords from everybody.
func TestActivityIsHidden(t *testing.T) {
	bubble(t, func(n *node, db *conn) {
		db.must("CREATE ROLE joe LOGIN PASSWORD 'canary'; ALTER ROLE joe PASSWORD 'canary2'")
		joe := n.connect("&user=joe")
		defer joe.close()
		const query = "SELECT usename, query FROM pg_stat_activity WHERE usename = 'millrace'"
		if got := joe.must(query); len(got) != 1 || !strings.Contains(got[0], "<insufficient privilege>") {
			t.Errorf("joe sees %q", got)
		}
		watch := n.connect("")
		defer watch.close()
		if got := strings.Join(watch.must("SELECT query FROM pg_stat_activity"), "\n"); strings.Contains(got, "canary") ||
			!strings.Contains(got, "<password hidden>") {
			t.Errorf("the superuser sees %q", got)
		}
		pid := db.must("SELECT pg_backend_pid()")[0]
		for _, f := range []string{"pg_cancel_backend", "pg_terminate_backend"} {
			if _, err := joe.run("SELECT " + f + "(" + pid + ")"); err == nil || !strings.Contains(err.Error(), "must be a superuser") {
				t.Errorf("%s: %v", f, err)
			}
		}
		if _, err := joe.run("SELECT rolpassword FROM pg_authid"); err == nil {
			t.Error("joe reads passwords")
		}
	})
}
