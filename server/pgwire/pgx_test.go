package pgwire

import (
	"bytes"
	"context"
	"errors"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// dial connects a pgx client to srv over net.Pipe.
func dial(t *testing.T, srv *Server, params string) *pgx.Conn {
	t.Helper()
	cfg, err := pgx.ParseConfig("postgres://millrace@pipe/millrace?sslmode=disable" + params)
	if err != nil {
		t.Fatal(err)
	}
	cfg.LookupFunc = func(context.Context, string) ([]string, error) { return []string{"pipe"}, nil }
	cfg.DialFunc = func(context.Context, string, string) (net.Conn, error) {
		a, b := net.Pipe()
		go srv.ServeConn(b)
		return a, nil
	}
	conn, err := pgx.ConnectConfig(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return conn
}

func queryRows(t *testing.T, conn *pgx.Conn, sql string, args ...any) string {
	t.Helper()
	rows, err := conn.Query(t.Context(), sql, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var out strings.Builder
	for rows.Next() {
		var i int32
		var s *string
		if err := rows.Scan(&i, &s); err != nil {
			t.Fatal(err)
		}
		if s == nil {
			out.WriteString("NULL ")
			continue
		}
		out.WriteString(*s + " ")
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestPgx(t *testing.T) {
	for _, mode := range []string{"simple_protocol", "cache_statement", "cache_describe", "describe_exec", "exec"} {
		t.Run(mode, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				h := &fakeHandler{}
				conn := dial(t, New(h, Options{}), "&default_query_exec_mode="+mode)
				if got := queryRows(t, conn, "rows 5"); got != "row 0 row 1 row 2 row 3 NULL " {
					t.Fatal(got)
				}
				if got := queryRows(t, conn, "rows 5"); got != "row 0 row 1 row 2 row 3 NULL " {
					t.Fatal(got)
				}
				_, err := conn.Exec(t.Context(), "error")
				var pe *pgconn.PgError
				if !errors.As(err, &pe) || pe.Code != "42703" || pe.Detail != "D" {
					t.Fatal(err)
				}
				if err := conn.Ping(t.Context()); err != nil {
					t.Fatal(err)
				}
				if tag, err := conn.Exec(t.Context(), "begin"); err != nil || tag.String() != "BEGIN" || conn.PgConn().TxStatus() != 'T' {
					t.Fatal(tag, err)
				}
				if err := conn.Close(t.Context()); err != nil {
					t.Fatal(err)
				}
			})
		})
	}
}

func TestPgxBatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		conn := dial(t, New(&fakeHandler{}, Options{}), "")
		defer conn.Close(context.Background())
		b := &pgx.Batch{}
		for range 500 {
			b.Queue("rows 3")
		}
		r := conn.SendBatch(t.Context(), b)
		for range 500 {
			if tag, err := r.Exec(); err != nil || tag.RowsAffected() != 3 {
				t.Fatal(tag, err)
			}
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	})
}

func TestPgxCopy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		conn := dial(t, New(&fakeHandler{}, Options{}), "")
		defer conn.Close(context.Background())
		data := strings.Repeat("1\tx\n", 100000)
		tag, err := conn.PgConn().CopyFrom(t.Context(), strings.NewReader(data), "copyin")
		if err != nil || tag.RowsAffected() != 100000 {
			t.Fatal(tag, err)
		}
		_, err = conn.PgConn().CopyFrom(t.Context(), strings.NewReader(data+"bad"+data), "copyin")
		var pe *pgconn.PgError
		if !errors.As(err, &pe) || pe.Code != "22P04" {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if _, err := conn.PgConn().CopyTo(t.Context(), &out, "copyout"); err != nil || out.String() != "0\trow\n1\trow\n2\trow\n" {
			t.Fatal(out.String(), err)
		}
	})
}

// TestPgxCancel lets the client send a CancelRequest over a second connection.
func TestPgxCancel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := &fakeHandler{}
		conn := dial(t, New(h, Options{}), "")
		defer conn.Close(context.Background())
		go func() {
			<-h.session(0).running
			if err := conn.PgConn().CancelRequest(context.Background()); err != nil {
				t.Error(err)
			}
		}()
		_, err := conn.Exec(context.Background(), "wait", pgx.QueryExecModeSimpleProtocol)
		var pe *pgconn.PgError
		if !errors.As(err, &pe) || pe.Code != "57014" {
			t.Fatal(err)
		}
		if err := conn.Ping(context.Background()); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if _, err := conn.Exec(ctx, "wait", pgx.QueryExecModeSimpleProtocol); err == nil {
			t.Fatal("no error")
		}
	})
}
