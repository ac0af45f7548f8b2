package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

// perSecond is the rate of inserts of benchLatency, and pacers the connections they
// come from: one alone waits for its acknowledgements.
const (
	perSecond = 1000
	pacers    = 8
)

// benchLatency paces inserts and watches the view that they change.
func benchLatency(ctx context.Context, b *bench) error {
	err := execAll(ctx, b.server.url, "CREATE STREAM bench_latency (id int8, k int4)",
		"CREATE MATERIALIZED VIEW bench_last AS SELECT k, count(*) AS n, max(id) AS id FROM bench_latency GROUP BY k")
	if err != nil {
		return err
	}
	total := perSecond * b.seconds
	seen := make([]time.Time, total)
	acked := make([]time.Time, total)
	ready := make(chan struct{})
	done := make(chan error, 1)
	go func() { done <- watchIDs(ctx, b.server.url, seen, ready) }()
	<-ready
	began := time.Now()
	if err := paceInserts(ctx, b.server.url, began, acked); err != nil {
		return err
	}
	took := time.Since(began)
	if err := <-done; err != nil {
		return err
	}
	lags := make([]time.Duration, total)
	for i := range lags {
		lags[i] = max(0, seen[i].Sub(acked[i]))
	}
	slices.Sort(lags)
	b.report("Latency/Millrace", ms(percentile(lags, 0.5)), "p50-ms", ms(percentile(lags, 0.99)), "p99-ms",
		ms(lags[total-1]), "max-ms", float64(total)/took.Seconds(), "rows/s")
	return nil
}

// paceInserts inserts the ids at their times and notes when each was acknowledged.
func paceInserts(ctx context.Context, url string, began time.Time, acked []time.Time) error {
	var wg sync.WaitGroup
	errs := make([]error, pacers)
	for w := range pacers {
		wg.Go(func() {
			c, err := pgx.Connect(ctx, url)
			if err != nil {
				errs[w] = err
				return
			}
			defer c.Close(ctx)
			for id := w; id < len(acked); id += pacers {
				if wait := time.Until(began.Add(time.Duration(id) * time.Second / perSecond)); wait > 0 {
					time.Sleep(wait)
				}
				if _, err := c.Exec(ctx, "INSERT INTO bench_latency VALUES ($1, $2)", int64(id), int32(id%1000)); err != nil {
					errs[w] = err
					return
				}
				acked[id] = time.Now()
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// watchIDs records when each id shows up in the push query.
func watchIDs(ctx context.Context, url string, seen []time.Time, ready chan struct{}) error {
	var once sync.Once
	open := func() { once.Do(func() { close(ready) }) }
	defer open()
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer c.Close(ctx)
	time.AfterFunc(300*time.Millisecond, open) // Query returns with the first row
	rows, err := c.Query(ctx, "SELECT id FROM bench_last EMIT CHANGES")
	if err != nil {
		return err
	}
	defer rows.Close()
	for n := 0; n < len(seen) && rows.Next(); {
		var id int64
		if err := rows.Scan(&id); err != nil {
			return err
		}
		if seen[id].IsZero() {
			seen[id] = time.Now()
			n++
		}
	}
	// The query has no end of its own.
	return c.PgConn().Conn().Close()
}

// benchGroupBy measures the backfill of a group-by view.
func benchGroupBy(ctx context.Context, b *bench) error {
	const groups = 100_000
	if err := execAll(ctx, b.server.url, "CREATE STREAM bench_group (k int8, v int8)"); err != nil {
		return err
	}
	if err := b.loadGroups(ctx, "bench_group", groups); err != nil {
		return err
	}
	cpu := b.server.cpu()
	began := time.Now()
	err := execAll(ctx, b.server.url,
		"CREATE MATERIALIZED VIEW bench_grouped AS SELECT k, count(*) AS n, sum(v) AS total, max(v) AS top FROM bench_group GROUP BY k")
	if err != nil {
		return err
	}
	took, used := time.Since(began), b.server.cpu()-cpu
	if err := b.checkGroups(ctx, b.server.url, groups); err != nil {
		return err
	}
	b.report("GroupBy/Millrace", float64(b.rows)/took.Seconds(), "rows/s", float64(b.rows)/used.Seconds(), "rows/s/core",
		float64(b.server.rss())/1e6, "MB")
	return nil
}

// checkGroups makes sure that the view has all groups and rows.
func (b *bench) checkGroups(ctx context.Context, url string, groups int) error {
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer c.Close(ctx)
	var n, rows int64
	if err := c.QueryRow(ctx, "SELECT count(*), sum(n)::int8 FROM bench_grouped").Scan(&n, &rows); err != nil {
		return err
	}
	if n != int64(groups) || rows != int64(b.rows) {
		return fmt.Errorf("the view has %d groups of %d rows, not %d of %d", n, rows, groups, b.rows)
	}
	return nil
}

// benchRecovery kills a server with a large state and measures its restart.
func benchRecovery(ctx context.Context, b *bench) error {
	groups := b.rows
	err := execAll(ctx, b.server.url, "CREATE STREAM bench_group (k int8, v int8)",
		"CREATE MATERIALIZED VIEW bench_grouped AS SELECT k, count(*) AS n, sum(v) AS total, max(v) AS top FROM bench_group GROUP BY k")
	if err != nil {
		return err
	}
	if err := b.loadGroups(ctx, "bench_group", groups); err != nil {
		return err
	}
	time.Sleep(15 * time.Second) // a checkpoint, as in a server that has run for a while
	if err := execAll(ctx, b.server.url, "INSERT INTO bench_group SELECT 1, 0 FROM generate_series(1, 1000)"); err != nil {
		return err
	}
	b.rows += 1000
	defer func() { b.rows -= 1000 }()
	b.server.kill()
	began := time.Now()
	again, err := startChildAt(ctx, b.server.dir, b.server.port)
	if err != nil {
		return err
	}
	b.server = again
	up := time.Since(began)
	var n int64
	c, err := pgx.Connect(ctx, again.url)
	if err != nil {
		return err
	}
	defer c.Close(ctx)
	if err := c.QueryRow(ctx, "SELECT n FROM bench_grouped WHERE k = 1").Scan(&n); err != nil {
		return err
	}
	read := time.Since(began)
	if n < 1000 {
		return fmt.Errorf("group 1 has %d rows", n)
	}
	if err := b.checkGroups(ctx, again.url, groups); err != nil {
		return err
	}
	b.report("Recovery/Millrace", up.Seconds(), "s-to-start", read.Seconds(), "s-to-read", float64(again.rss())/1e6, "MB")
	return nil
}

// benchIdle measures a server with a few views and no load.
func benchIdle(ctx context.Context, b *bench) error {
	err := execAll(ctx, b.server.url, "CREATE STREAM bench_idle (k int8, v int8)", "INSERT INTO bench_idle VALUES (1, 1)",
		"CREATE MATERIALIZED VIEW bench_idle_view AS SELECT k, count(*) FROM bench_idle GROUP BY k")
	if err != nil {
		return err
	}
	time.Sleep(2 * time.Second)
	cpu := b.server.cpu()
	time.Sleep(time.Duration(b.seconds) * time.Second)
	used := b.server.cpu() - cpu
	b.report("Idle/Millrace", 100*used.Seconds()/float64(b.seconds), "cpu-percent", float64(b.server.rss())/1e6, "MB")
	return nil
}
