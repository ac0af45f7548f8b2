package exec_test

import (
	"context"
	"errors"
	"fmt"
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

	"millrace/exec"
	"millrace/server"
)

// The engine is tested behind a whole server: statements are the shortest way to
// make catalogs and plans. Everything runs in a bubble with a disk in memory.

// node is a server and its disk.
type node struct {
	t    testing.TB
	o    server.Options
	disk vfs.FS
	srv  *server.Server
	wg   sync.WaitGroup
}

// testLog shows what the server has to say when the test fails.
type testLog struct{ t testing.TB }

func (l testLog) Write(b []byte) (int, error) {
	l.t.Log(strings.ReplaceAll(string(b), `\n`, "\n"))
	return len(b), nil
}

// bubble runs a test with a node in a synctest bubble.
func bubble(t *testing.T, o server.Options, f func(t *testing.T, n *node)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		n := startNode(t, vfs.NewCrashableMem(), o)
		defer n.stop() // also when f gives up: nothing may stay in the bubble
		f(t, n)
	})
}

func startNode(t testing.TB, disk vfs.FS, o server.Options) *node {
	t.Helper()
	n := &node{t: t, o: o, disk: disk}
	n.o.Dir, n.o.Logger = "/data", slog.New(slog.NewTextHandler(testLog{t}, &slog.HandlerOptions{Level: slog.LevelWarn}))
	n.start()
	return n
}

func (n *node) start() {
	n.t.Helper()
	n.o.FS = n.disk
	srv, err := server.Open(context.Background(), n.o)
	if err != nil {
		n.t.Fatalf("open: %v", err)
	}
	n.srv = srv
}

// stop shuts the node down; sessions that are still there are cut off.
func (n *node) stop() {
	n.t.Helper()
	ctx, done := context.WithTimeout(context.Background(), time.Second)
	defer done()
	err := n.srv.Shutdown(ctx)
	n.wg.Wait()
	if err != nil && !errors.Is(err, context.DeadlineExceeded) {
		n.t.Errorf("shutdown: %v", err)
	}
}

func (n *node) restart() {
	n.t.Helper()
	n.stop()
	n.start()
}

// crash goes on with what a power failure would have left: the given share of what
// was not synced.
func (n *node) crash(keep int) {
	n.t.Helper()
	mem := n.disk.(*vfs.MemFS)
	clone := mem.CrashClone(vfs.CrashCloneCfg{UnsyncedDataPercent: keep, RNG: newRandom(uint64(keep))})
	n.stop()
	n.disk = clone
	n.start()
}

// conn is a client.
type conn struct {
	*pgx.Conn
	t testing.TB
}

func (n *node) config(params string) *pgx.ConnConfig {
	n.t.Helper()
	cfg, err := pgx.ParseConfig("postgres://millrace@pipe/millrace?sslmode=disable&default_query_exec_mode=simple_protocol" + params)
	if err != nil {
		n.t.Fatal(err)
	}
	cfg.LookupFunc = func(context.Context, string) ([]string, error) { return []string{"pipe"}, nil }
	cfg.DialFunc = func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		srv := n.srv
		n.wg.Go(func() { srv.ServeConn(theirs) })
		return ours, nil
	}
	return cfg
}

func (n *node) connect() *conn {
	n.t.Helper()
	c, err := pgx.ConnectConfig(context.Background(), n.config(""))
	if err != nil {
		n.t.Fatal(err)
	}
	return &conn{c, n.t}
}

func (c *conn) close() { _ = c.Conn.Close(context.Background()) }

// run executes statements by the simple protocol and returns the rows of the last.
func (c *conn) run(sql string) ([]string, error) {
	ctx, done := context.WithTimeout(context.Background(), statementWait)
	defer done()
	return c.runContext(ctx, sql)
}

// statementWait is how much virtual time a statement may take before it counts as
// blocked.
const statementWait = 10 * time.Minute

func (c *conn) runContext(ctx context.Context, sql string) ([]string, error) {
	results, err := c.PgConn().Exec(ctx, sql).ReadAll()
	var out []string
	if len(results) > 0 {
		for _, row := range results[len(results)-1].Rows {
			cells := make([]string, len(row))
			for i, v := range row {
				if cells[i] = string(v); v == nil {
					cells[i] = "NULL"
				}
			}
			out = append(out, strings.Join(cells, "|"))
		}
	}
	return out, err
}

func (c *conn) must(sql string) []string {
	c.t.Helper()
	rows, err := c.run(sql)
	if err != nil {
		c.t.Fatalf("%s: %v", sql, err)
	}
	return rows
}

// fails checks that a statement fails with a SQLSTATE.
func (c *conn) fails(sql, state string) *pgconn.PgError {
	c.t.Helper()
	_, err := c.run(sql)
	var e *pgconn.PgError
	if !errors.As(err, &e) || e.Code != state {
		c.t.Fatalf("%s: error is %v, want %s", sql, err, state)
	}
	return e
}

// want compares the rows of a query, in any order unless the query sorts.
func (c *conn) want(sql string, want ...string) {
	c.t.Helper()
	got := c.must(sql)
	if !strings.Contains(strings.ToLower(sql), "order by") {
		slices.Sort(got)
		want = slices.Clone(want)
		slices.Sort(want)
	}
	if !slices.Equal(got, want) {
		c.t.Fatalf("%s:\n got %q\nwant %q", sql, got, want)
	}
}

// same checks that two queries have the same rows.
func (c *conn) same(a, b string) {
	c.t.Helper()
	x, y := c.must(a), c.must(b)
	slices.Sort(x)
	slices.Sort(y)
	if !slices.Equal(x, y) {
		c.t.Fatalf("%s\nhas rows %s\n%s\nhas rows %s", a, brief(x), b, brief(y))
	}
}

func brief(rows []string) string {
	if len(rows) > 30 {
		return fmt.Sprintf("(%d) %q...", len(rows), rows[:30])
	}
	return fmt.Sprintf("(%d) %q", len(rows), rows)
}

// state is the SQLSTATE of an error of the server, "" for none.
func state(err error) string {
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return e.Code
	}
	if err != nil {
		return "?" + err.Error()
	}
	return ""
}

// engine is the node's engine.
func (n *node) engine() *exec.Engine { return n.srv.Engine() }
