package clients

import (
	"context"
	"database/sql"
	"errors"
	"testing"
	"time"

	"github.com/lib/pq"
)

func pqFails(t *testing.T, err error, code string) {
	t.Helper()
	var e *pq.Error
	if !errors.As(err, &e) || string(e.Code) != code {
		t.Fatalf("got %v, want SQLSTATE %s", err, code)
	}
}

func TestPq(t *testing.T) {
	db, err := sql.Open("postgres", dsn())
	check(t, err)
	defer db.Close()
	_, err = db.Exec("DROP TABLE IF EXISTS lp CASCADE")
	check(t, err)
	_, err = db.Exec("CREATE TABLE lp (id int PRIMARY KEY, b boolean, i bigint, f double precision, n numeric(12,2), t text, y bytea, tz timestamptz, a text[])")
	check(t, err)
	for _, where := range []string{dsn(), dsn() + " binary_parameters=yes"} {
		pqTypes(t, where)
	}
	pqCopy(t, db)
	tx, err := db.BeginTx(t.Context(), &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	check(t, err)
	_, err = tx.Exec("INSERT INTO lp (id) VALUES (99)")
	pqFails(t, err, "25006")
	check(t, tx.Rollback())
	_, err = db.Exec("INSERT INTO lp (id) VALUES (2), (2)")
	pqFails(t, err, "23505")
	_, err = db.Exec("SELECT 1/0")
	pqFails(t, err, "22012")
	ctx, done := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer done()
	_, err = db.ExecContext(ctx, "SELECT pg_sleep(30)")
	pqFails(t, err, "57014")
	check(t, db.Ping())
	pqNotify(t, db)
	_, err = db.Exec("DROP TABLE lp")
	check(t, err)
}

func pqTypes(t *testing.T, where string) {
	db, err := sql.Open("postgres", where)
	check(t, err)
	defer db.Close()
	_, err = db.Exec("DELETE FROM lp")
	check(t, err)
	s, err := db.Prepare("INSERT INTO lp VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
	check(t, err)
	at := time.Date(2024, 7, 1, 12, 0, 0, 123000, time.UTC)
	_, err = s.Exec(1, true, int64(1)<<62, -2.25e300, "1234567890.12", "grüße", []byte{0, 1, 255}, at, pq.Array([]string{"a", `b"c`}))
	check(t, err)
	var (
		b       bool
		i       int64
		f       float64
		n, text string
		y       []byte
		tz      time.Time
		a       []string
	)
	check(t, db.QueryRow("SELECT b, i, f, n, t, y, tz, a FROM lp WHERE id = $1", 1).Scan(&b, &i, &f, &n, &text, &y, &tz, pq.Array(&a)))
	same(t, []any{b, i, f, n, text, y, tz.UTC().String(), a},
		[]any{true, int64(1) << 62, -2.25e300, "1234567890.12", "grüße", []byte{0, 1, 255}, at.String(), []string{"a", `b"c`}})
	rows, err := db.Query("SELECT * FROM lp")
	check(t, err)
	defer rows.Close()
	types, err := rows.ColumnTypes()
	check(t, err)
	precision, scale, _ := types[4].DecimalSize()
	same(t, []any{types[4].DatabaseTypeName(), precision, scale}, []any{"NUMERIC", int64(12), int64(2)})
}

func pqCopy(t *testing.T, db *sql.DB) {
	tx, err := db.Begin()
	check(t, err)
	s, err := tx.Prepare(pq.CopyIn("lp", "id", "t"))
	check(t, err)
	for i := range 500 {
		_, err = s.Exec(1000+i, "tab\t and \\ and \n")
		check(t, err)
	}
	_, err = s.Exec()
	check(t, err)
	check(t, s.Close())
	check(t, tx.Commit())
	var n int
	check(t, db.QueryRow("SELECT count(*) FROM lp WHERE t = $1", "tab\t and \\ and \n").Scan(&n))
	same(t, n, 500)
}

func pqNotify(t *testing.T, db *sql.DB) {
	l := pq.NewListener(dsn(), time.Second, time.Second, nil)
	defer l.Close()
	check(t, l.Listen("lp_channel"))
	_, err := db.Exec("NOTIFY lp_channel, 'x'")
	check(t, err)
	select {
	case n := <-l.Notify:
		same(t, n.Extra, "x")
	case <-time.After(10 * time.Second):
		t.Fatal("no notification")
	}
}
