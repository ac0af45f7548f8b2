package clients

import (
	"context"
	"errors"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
)

func failsWith(t *testing.T, err error, code string) *pgconn.PgError {
	t.Helper()
	var e *pgconn.PgError
	if !errors.As(err, &e) || e.Code != code {
		t.Fatalf("got %v, want SQLSTATE %s", err, code)
	}
	return e
}

// everything is a row of all types.
type everything struct {
	ID int32
	B  bool
	I2 int16
	I8 int64
	F4 float32
	F8 float64
	N  pgtype.Numeric
	T  string
	V  *string
	Y  []byte
	D  time.Time
	TS time.Time
	TZ time.Time
	IV time.Duration
	U  pgtype.UUID
	JB map[string]any
	AI []*int32
	AT []string
	IP netip.Prefix
}

const pgxTable = `CREATE TABLE px (id int PRIMARY KEY, b boolean, i2 smallint, i8 bigint, f4 real, f8 double precision,
	n numeric(20,4), t text, v varchar(20), y bytea, d date, ts timestamp, tz timestamptz, iv interval, u uuid, jb jsonb,
	ai int[], at text[], ip inet)`

func TestPgx(t *testing.T) {
	ctx := t.Context()
	c, err := pgx.Connect(ctx, dsn())
	check(t, err)
	defer c.Close(ctx)
	for _, mode := range []pgx.QueryExecMode{
		pgx.QueryExecModeCacheStatement, pgx.QueryExecModeCacheDescribe, pgx.QueryExecModeDescribeExec,
		pgx.QueryExecModeExec, pgx.QueryExecModeSimpleProtocol,
	} {
		t.Run(mode.String(), func(t *testing.T) { pgxTypes(t, c, mode) })
	}
	t.Run("batch", func(t *testing.T) { pgxBatch(t, c) })
	t.Run("copy", func(t *testing.T) { pgxCopy(t, c) })
	t.Run("transaction", func(t *testing.T) { pgxTransaction(t, c) })
	t.Run("cancel", func(t *testing.T) { pgxCancel(t) })
	t.Run("push", func(t *testing.T) { pgxPush(t, c) })
	t.Run("notify", func(t *testing.T) { pgxNotify(t, c) })
	t.Run("types", func(t *testing.T) { pgxLoadTypes(t, c) })
	_, err = c.Exec(ctx, "DROP TABLE px CASCADE")
	check(t, err)
}

func pgxTypes(t *testing.T, c *pgx.Conn, mode pgx.QueryExecMode) {
	ctx := t.Context()
	_, err := c.Exec(ctx, "DROP TABLE IF EXISTS px CASCADE")
	check(t, err)
	_, err = c.Exec(ctx, pgxTable)
	check(t, err)
	var n pgtype.Numeric
	check(t, n.Scan("-12345678901234.5678"))
	one, three := int32(1), int32(3)
	v := "v"
	want := everything{
		ID: 1, B: true, I2: -32768, I8: 1<<63 - 1, F4: 1.5, F8: -2.25e300, N: n, T: "grüße 'q' \\ \n 水", V: &v,
		Y: []byte{0, 1, 255}, D: time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC),
		TS: time.Date(1999, 12, 31, 23, 59, 59, 123456000, time.UTC), TZ: time.Date(2024, 7, 1, 12, 0, 0, 0, time.UTC),
		IV: 26*time.Hour + 5*time.Microsecond, U: pgtype.UUID{Bytes: [16]byte{1, 2, 3}, Valid: true}, JB: map[string]any{"a": []any{1.0, nil}},
		AI: []*int32{&one, nil, &three}, AT: []string{"a", `b"c`, "NULL", ""}, IP: netip.MustParsePrefix("10.1.2.3/16"),
	}
	w := want
	// Without a description of the statement the driver does not know what to make of a map.
	var jb any = w.JB
	if mode == pgx.QueryExecModeExec || mode == pgx.QueryExecModeSimpleProtocol {
		jb = `{"a": [1, null]}`
	}
	tag, err := c.Exec(ctx, "INSERT INTO px VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19)",
		mode, w.ID, w.B, w.I2, w.I8, w.F4, w.F8, w.N, w.T, w.V, w.Y, w.D, w.TS, w.TZ, w.IV, w.U, jb, w.AI, w.AT, w.IP)
	check(t, err)
	same(t, tag.String(), "INSERT 0 1")
	for range 3 {
		rows, err := c.Query(ctx, "SELECT * FROM px WHERE id = $1", mode, int32(1))
		check(t, err)
		got, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[everything])
		check(t, err)
		same(t, got.TZ.UTC(), want.TZ)
		same(t, got.TS.UTC(), want.TS)
		same(t, *got.V, *want.V)
		same(t, *got.AI[2], *want.AI[2])
		got.TZ, got.TS, got.D, got.V, got.AI = want.TZ, want.TS, want.D, want.V, want.AI
		g, err := got.N.Value()
		check(t, err)
		same(t, g, "-12345678901234.5678")
		got.N = want.N
		same(t, got, want)
	}
	check(t, c.Ping(ctx))
}

func pgxBatch(t *testing.T, c *pgx.Conn) {
	ctx := t.Context()
	b := &pgx.Batch{}
	for i := 2; i <= 300; i++ {
		b.Queue("INSERT INTO px (id, t) VALUES ($1, $2)", i, "row")
	}
	b.Queue("SELECT count(*) FROM px")
	r := c.SendBatch(ctx, b)
	for i := 2; i <= 300; i++ {
		_, err := r.Exec()
		check(t, err)
	}
	var n int
	check(t, r.QueryRow().Scan(&n))
	same(t, n, 300)
	check(t, r.Close())
}

func pgxCopy(t *testing.T, c *pgx.Conn) {
	ctx := t.Context()
	n, err := c.CopyFrom(ctx, pgx.Identifier{"px"}, []string{"id", "t", "n", "jb"}, pgx.CopyFromSlice(1000, func(i int) ([]any, error) {
		return []any{1000 + i, "copied", 1.5, map[string]any{"i": i}}, nil
	}))
	check(t, err)
	same(t, n, int64(1000))
	var out strings.Builder
	_, err = c.PgConn().CopyTo(ctx, &out, "COPY (SELECT id, t FROM px WHERE id BETWEEN 1000 AND 1001 ORDER BY id) TO STDOUT")
	check(t, err)
	same(t, out.String(), "1000\tcopied\n1001\tcopied\n")
	_, err = c.CopyFrom(ctx, pgx.Identifier{"px"}, []string{"id"}, pgx.CopyFromSlice(3, func(i int) ([]any, error) {
		if i == 2 {
			return nil, errors.New("stop")
		}
		return []any{5000 + i}, nil
	}))
	if err == nil {
		t.Fatal("no error")
	}
	var left int
	check(t, c.QueryRow(ctx, "SELECT count(*) FROM px WHERE id >= 5000").Scan(&left))
	same(t, left, 0)
}

func pgxTransaction(t *testing.T, c *pgx.Conn) {
	ctx := t.Context()
	tx, err := c.BeginTx(ctx, pgx.TxOptions{IsoLevel: pgx.Serializable, AccessMode: pgx.ReadOnly, DeferrableMode: pgx.Deferrable})
	check(t, err)
	_, err = tx.Exec(ctx, "INSERT INTO px (id) VALUES (6000)")
	failsWith(t, err, "25006")
	check(t, tx.Rollback(ctx))
	tx, err = c.Begin(ctx)
	check(t, err)
	inner, err := tx.Begin(ctx)
	check(t, err)
	_, err = inner.Exec(ctx, "INSERT INTO px (id) VALUES (6001)")
	check(t, err)
	check(t, inner.Rollback(ctx))
	_, err = tx.Exec(ctx, "INSERT INTO px (id) VALUES (6002)")
	check(t, err)
	check(t, tx.Commit(ctx))
	var ids []int32
	check(t, c.QueryRow(ctx, "SELECT array_agg(id) FROM px WHERE id > 6000").Scan(&ids))
	same(t, ids, []int32{6002})
	_, err = c.Exec(ctx, "INSERT INTO px (id) VALUES (1)")
	e := failsWith(t, err, "23505")
	same(t, e.ConstraintName, "px_pkey")
	_, err = c.Exec(ctx, "SELECT nosuch FROM px")
	same(t, failsWith(t, err, "42703").Position, int32(8))
}

func pgxCancel(t *testing.T) {
	c, err := pgx.Connect(t.Context(), dsn())
	check(t, err)
	defer c.Close(t.Context())
	time.AfterFunc(300*time.Millisecond, func() { _ = c.PgConn().CancelRequest(context.Background()) })
	_, err = c.Exec(t.Context(), "SELECT pg_sleep(30)")
	failsWith(t, err, "57014")
	check(t, c.Ping(t.Context()))
}

func pgxPush(t *testing.T, c *pgx.Conn) {
	ctx := t.Context()
	_, err := c.Exec(ctx, "CREATE MATERIALIZED VIEW px_count AS SELECT count(*) AS n FROM px")
	check(t, err)
	other, err := pgx.Connect(ctx, dsn())
	check(t, err)
	defer other.Close(ctx)
	rows, err := other.Query(ctx, "SUBSCRIBE px_count")
	check(t, err)
	defer rows.Close()
	changes := 0
	for rows.Next() {
		v, err := rows.Values()
		check(t, err)
		if v[1] == "insert" {
			if changes++; changes == 2 {
				check(t, other.PgConn().CancelRequest(ctx))
			}
			if changes == 1 {
				_, err = c.Exec(ctx, "INSERT INTO px (id) VALUES (7000)")
				check(t, err)
			}
		}
	}
	failsWith(t, rows.Err(), "57014")
}

func pgxNotify(t *testing.T, c *pgx.Conn) {
	ctx, done := context.WithTimeout(t.Context(), 10*time.Second)
	defer done()
	_, err := c.Exec(ctx, "LISTEN px_channel")
	check(t, err)
	pool, err := pgxpool.New(ctx, dsn())
	check(t, err)
	defer pool.Close()
	_, err = pool.Exec(ctx, "SELECT pg_notify('px_channel', $1)", "hello")
	check(t, err)
	n, err := c.WaitForNotification(ctx)
	check(t, err)
	same(t, n.Payload, "hello")
	_, err = c.Exec(ctx, "UNLISTEN *")
	check(t, err)
}

func pgxLoadTypes(t *testing.T, c *pgx.Conn) {
	ctx := t.Context()
	_, err := c.Exec(ctx, "DROP TYPE IF EXISTS px_mood")
	check(t, err)
	_, err = c.Exec(ctx, "CREATE TYPE px_mood AS ENUM ('sad', 'ok')")
	check(t, err)
	list, err := c.LoadTypes(ctx, []string{"px_mood", "px_mood[]"})
	check(t, err)
	if len(list) == 0 {
		t.Fatal("no types")
	}
	c.TypeMap().RegisterTypes(list)
	var m string
	check(t, c.QueryRow(ctx, "SELECT $1::px_mood", "ok").Scan(&m))
	same(t, m, "ok")
	_, err = c.Exec(ctx, "DROP TYPE px_mood")
	check(t, err)
}
