package session_test

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"millrace/server"
)

// node is a whole server in a bubble.
type node struct {
	t   testing.TB
	srv *server.Server
	wg  sync.WaitGroup
}

// testLog shows what the server has to say when the test fails.
type testLog struct{ t testing.TB }

func (l testLog) Write(b []byte) (int, error) {
	l.t.Log(strings.ReplaceAll(string(b), `\n`, "\n"))
	return len(b), nil
}

// bubble runs a test with a server and one session.
func bubble(t *testing.T, f func(n *node, db *conn)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		n := &node{t: t}
		var err error
		n.srv, err = server.Open(context.Background(), server.Options{
			FS: vfs.NewMem(), Dir: "/data", Version: "test",
			Logger: slog.New(slog.NewTextHandler(testLog{t}, &slog.HandlerOptions{Level: slog.LevelWarn})),
		})
		if err != nil {
			t.Fatal(err)
		}
		defer n.stop()
		f(n, n.connect(""))
	})
}

func (n *node) stop() {
	ctx, done := context.WithTimeout(context.Background(), time.Second)
	defer done()
	if err := n.srv.Shutdown(ctx); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		n.t.Errorf("shutdown: %v", err)
	}
	n.wg.Wait()
}

// conn is a client; notices are the messages of the notices it got.
type conn struct {
	*pgx.Conn
	t       testing.TB
	notices []string
}

func (n *node) connect(params string) *conn {
	n.t.Helper()
	c := &conn{t: n.t}
	cfg, err := pgx.ParseConfig("postgres://millrace@pipe/millrace?sslmode=disable" + params)
	if err != nil {
		n.t.Fatal(err)
	}
	cfg.OnNotice = func(_ *pgconn.PgConn, m *pgconn.Notice) { c.notices = append(c.notices, m.Code+" "+m.Message) }
	cfg.LookupFunc = func(context.Context, string) ([]string, error) { return []string{"pipe"}, nil }
	cfg.DialFunc = func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		n.wg.Go(func() { n.srv.ServeConn(theirs) })
		return ours, nil
	}
	if c.Conn, err = pgx.ConnectConfig(context.Background(), cfg); err != nil {
		n.t.Fatal(err)
	}
	return c
}

func (c *conn) close() { _ = c.Conn.Close(context.Background()) }

// statementWait is the virtual time after which a statement counts as blocked.
const statementWait = 10 * time.Minute

// run executes statements by the simple protocol and returns the rows of the last, or
// its command tag in angle brackets.
func (c *conn) run(sql string) ([]string, error) {
	ctx, done := context.WithTimeout(context.Background(), statementWait)
	defer done()
	results, err := c.PgConn().Exec(ctx, sql).ReadAll()
	if len(results) == 0 {
		return nil, err
	}
	return lines(results[len(results)-1]), err
}

func lines(r *pgconn.Result) []string {
	if len(r.FieldDescriptions) == 0 {
		return []string{"<" + r.CommandTag.String() + ">"}
	}
	var out []string
	for _, row := range r.Rows {
		cells := make([]string, len(row))
		for i, v := range row {
			if cells[i] = string(v); v == nil {
				cells[i] = "NULL"
			}
		}
		out = append(out, strings.Join(cells, "|"))
	}
	return out
}

func (c *conn) must(sql string) []string {
	c.t.Helper()
	rows, err := c.run(sql)
	if err != nil {
		c.t.Fatalf("%s: %v", sql, err)
	}
	return rows
}

// want compares the rows in the order in which they come.
func (c *conn) want(sql string, want ...string) {
	c.t.Helper()
	got := c.must(sql)
	if len(want) == 0 && len(got) == 1 && strings.HasPrefix(got[0], "<") {
		return // pgx does not tell a result without rows from none
	}
	if !slices.Equal(got, want) {
		c.t.Fatalf("%s:\n got %q\nwant %q", sql, got, want)
	}
}

// fails checks that a statement fails with a SQLSTATE.
func (c *conn) fails(sql, state string) {
	c.t.Helper()
	if _, err := c.run(sql); sqlState(err) != state {
		c.t.Fatalf("%s: error is %v, want %s", sql, err, state)
	}
}

// status is the transaction status of the last ReadyForQuery.
func (c *conn) status(want byte) {
	c.t.Helper()
	if got := c.PgConn().TxStatus(); got != want {
		c.t.Fatalf("transaction status %c, want %c", got, want)
	}
}

// sqlState is the SQLSTATE of an error, "" for none.
func sqlState(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}
