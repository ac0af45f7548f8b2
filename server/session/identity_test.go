package session_test

import (
	"context"
	"errors"
	"net"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Until somebody sets up roles, any name is the superuser's.
func TestUnknownNames(t *testing.T) {
	bubble(t, func(n *node, db *conn) {
		as := func(name string) (string, error) {
			cfg, err := pgx.ParseConfig("postgres://" + name + "@pipe/millrace?sslmode=disable")
			if err != nil {
				t.Fatal(err)
			}
			cfg.LookupFunc = func(context.Context, string) ([]string, error) { return []string{"pipe"}, nil }
			cfg.DialFunc = func(context.Context, string, string) (net.Conn, error) {
				ours, theirs := net.Pipe()
				n.wg.Go(func() { n.srv.ServeConn(theirs) })
				return ours, nil
			}
			c, err := pgx.ConnectConfig(context.Background(), cfg)
			if err != nil {
				return "", err
			}
			defer c.Close(context.Background())
			var user string
			err = c.QueryRow(context.Background(), "SELECT current_user || ' ' || current_setting('is_superuser')").Scan(&user)
			return user, err
		}
		if user, err := as("somebody"); err != nil || user != "millrace on" {
			t.Fatalf("a stranger is %q, %v", user, err)
		}
		if _, err := db.Exec(context.Background(), "CREATE ROLE ann LOGIN"); err != nil {
			t.Fatal(err)
		}
		if user, err := as("ann"); err != nil || user != "ann off" {
			t.Errorf("ann is %q, %v", user, err)
		}
		_, err := as("somebody")
		var e *pgconn.PgError
		if !errors.As(err, &e) || e.Code != "28000" {
			t.Errorf("a stranger among roles: %v", err)
		}
	})
}
