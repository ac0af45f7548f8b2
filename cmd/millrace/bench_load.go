package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

// target is a server to measure.
type target struct{ name, url, relation string }

// targets are Millrace and, if given, PostgreSQL. ddl has the columns of the relation.
func (b *bench) targets(ctx context.Context, kind, name, ddl string) ([]target, error) {
	out := []target{{"Millrace", b.server.url, name}}
	if err := execAll(ctx, b.server.url, "CREATE "+kind+" "+name+" "+ddl); err != nil {
		return nil, err
	}
	if b.postgres == "" {
		return out, nil
	}
	err := execAll(ctx, b.postgres, "DROP TABLE IF EXISTS "+name, "CREATE TABLE "+name+" "+ddl)
	return append(out, target{"PostgreSQL", b.postgres, name}), err
}

// benchCopy loads rows of five columns, about 100 bytes each, by one COPY.
func benchCopy(ctx context.Context, b *bench) error {
	list, err := b.targets(ctx, "STREAM", "bench_copy", "(id int8, customer int4, amount float8, at timestamptz, note text)")
	if err != nil {
		return err
	}
	data := copyRows(b.rows)
	for _, t := range list {
		c, err := pgx.Connect(ctx, t.url)
		if err != nil {
			return err
		}
		began := time.Now()
		tag, err := c.PgConn().CopyFrom(ctx, bytes.NewReader(data), "COPY "+t.relation+" FROM STDIN")
		took := time.Since(began)
		_ = c.Close(ctx)
		if err != nil {
			return err
		}
		if tag.RowsAffected() != int64(b.rows) {
			return fmt.Errorf("%s took %d rows of %d", t.name, tag.RowsAffected(), b.rows)
		}
		b.report("Copy/"+t.name, float64(b.rows)/took.Seconds(), "rows/s", float64(len(data))/took.Seconds()/1e6, "MB/s")
	}
	return nil
}

// copyRows makes rows in COPY's text format, the same for the same count.
func copyRows(n int) []byte {
	r := rand.New(rand.NewPCG(1, 1))
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	var buf []byte
	for i := range n {
		buf = strconv.AppendInt(buf, int64(i), 10)
		buf = append(buf, '\t')
		buf = strconv.AppendInt(buf, int64(r.IntN(1_000_000)), 10)
		buf = append(buf, '\t')
		buf = strconv.AppendFloat(buf, float64(r.IntN(1e8))/100, 'f', 2, 64)
		buf = append(buf, '\t')
		buf = at.Add(time.Duration(i)*time.Millisecond).AppendFormat(buf, "2006-01-02 15:04:05.000Z07:00")
		buf = append(buf, '\t')
		buf = append(buf, strings.Repeat(string(rune('a'+i%26)), 40+r.IntN(20))...)
		buf = append(buf, '\n')
	}
	return buf
}

// benchInsert measures acknowledged single-row inserts by prepared statements.
func benchInsert(ctx context.Context, b *bench) error {
	list, err := b.targets(ctx, "STREAM", "bench_insert", "(id int8, customer int4, amount float8, note text)")
	if err != nil {
		return err
	}
	for _, t := range list {
		n, err := b.hammer(ctx, t.url, func(ctx context.Context, c *pgx.Conn, r *rand.Rand, i int) error {
			_, err := c.Exec(ctx, "INSERT INTO "+t.relation+" VALUES ($1, $2, $3, $4)",
				int64(i), int32(r.IntN(1000)), 1.5, "a note of some length")
			return err
		})
		if err != nil {
			return err
		}
		b.report("Insert/"+t.name, n, "inserts/s")
	}
	return nil
}

// benchLookup measures look-ups by key of a view's rows, and of a table's.
func benchLookup(ctx context.Context, b *bench) error {
	const groups = 100_000
	err := execAll(ctx, b.server.url, "CREATE STREAM bench_src (k int8, v int8)",
		fmt.Sprintf("INSERT INTO bench_src SELECT i, i * 2 FROM generate_series(1, %d) AS g(i)", groups),
		"CREATE MATERIALIZED VIEW bench_lookup AS SELECT k, count(*) AS n, sum(v) AS total FROM bench_src GROUP BY k")
	if err != nil {
		return err
	}
	list := []target{{"Millrace", b.server.url, "bench_lookup"}}
	if b.postgres != "" {
		err := execAll(ctx, b.postgres, "DROP TABLE IF EXISTS bench_lookup",
			fmt.Sprintf("CREATE TABLE bench_lookup AS SELECT i AS k, 1::int8 AS n, (i * 2)::numeric AS total FROM generate_series(1, %d) AS g(i)", groups),
			"ALTER TABLE bench_lookup ADD PRIMARY KEY (k)", "ANALYZE bench_lookup")
		if err != nil {
			return err
		}
		list = append(list, target{"PostgreSQL", b.postgres, "bench_lookup"})
	}
	for _, t := range list {
		n, err := b.hammer(ctx, t.url, func(ctx context.Context, c *pgx.Conn, r *rand.Rand, _ int) error {
			var count int64
			var total string
			k := int64(r.IntN(groups) + 1)
			row := c.QueryRow(ctx, "SELECT n, total::text FROM "+t.relation+" WHERE k = $1", k)
			if err := row.Scan(&count, &total); err != nil {
				return err
			}
			if total != strconv.FormatInt(2*k, 10) {
				return fmt.Errorf("row %d has total %s", k, total)
			}
			return nil
		})
		if err != nil {
			return err
		}
		b.report("Lookup/"+t.name, n, "lookups/s")
	}
	return nil
}

// hammer calls f on all connections as fast as it goes and returns calls per second.
func (b *bench) hammer(ctx context.Context, url string,
	f func(ctx context.Context, c *pgx.Conn, r *rand.Rand, i int) error,
) (float64, error) {
	var wg sync.WaitGroup
	counts := make([]int, b.clients)
	errs := make([]error, b.clients)
	began := time.Now()
	end := began.Add(time.Duration(b.seconds) * time.Second)
	for w := range b.clients {
		wg.Go(func() {
			c, err := pgx.Connect(ctx, url)
			if err != nil {
				errs[w] = err
				return
			}
			defer c.Close(ctx)
			r := rand.New(rand.NewPCG(uint64(w), 7))
			for time.Now().Before(end) {
				if errs[w] = f(ctx, c, r, counts[w]*b.clients+w); errs[w] != nil {
					return
				}
				counts[w]++
			}
		})
	}
	wg.Wait()
	total := 0
	for w := range counts {
		if errs[w] != nil {
			return 0, errs[w]
		}
		total += counts[w]
	}
	return float64(total) / time.Since(began).Seconds(), nil
}

// loadGroups fills a stream with rows of random keys, in pieces.
func (b *bench) loadGroups(ctx context.Context, table string, groups int) error {
	c, err := pgx.Connect(ctx, b.server.url)
	if err != nil {
		return err
	}
	defer c.Close(ctx)
	r, w := io.Pipe()
	go func() {
		rnd := rand.New(rand.NewPCG(3, 3))
		buf := make([]byte, 0, 1<<16)
		for i := range b.rows {
			k := rnd.IntN(groups)
			if i < groups {
				k = i // every group has a row
			}
			buf = strconv.AppendInt(buf, int64(k), 10)
			buf = append(buf, '\t')
			buf = strconv.AppendInt(buf, int64(rnd.IntN(1_000_000)), 10)
			buf = append(buf, '\n')
			if len(buf) > 1<<15 {
				if _, err := w.Write(buf); err != nil {
					return
				}
				buf = buf[:0]
			}
		}
		_, _ = w.Write(buf)
		_ = w.Close()
	}()
	_, err = c.PgConn().CopyFrom(ctx, r, "COPY "+table+" FROM STDIN")
	return err
}
