package main

import (
	"context"
	"fmt"
	osexec "os/exec"
	"path/filepath"
	"regexp"
	"strconv"

	"github.com/jackc/pgx/v5"
)

// pgbenchScale is pgbench's -s: hundred thousands of accounts.
const pgbenchScale = "10"

// pgbenchSums are the sums that every transaction of a script changes together; they
// are equal in every state of the database.
const pgbenchSums = `CREATE MATERIALIZED VIEW pgbench_sums AS SELECT
	(SELECT sum(tbalance) FROM pgbench_tellers) AS tellers, (SELECT sum(bbalance) FROM pgbench_branches) AS branches,
	(SELECT sum(abalance) FROM pgbench_accounts) AS accounts, (SELECT sum(delta) FROM pgbench_history) AS history`

// benchPgbench runs pgbench's own scripts with all protocols, as they are, on a table of
// scale 10. While they run, a push query checks the sums in every epoch.
func benchPgbench(ctx context.Context, b *bench) error {
	program, err := findPgbench()
	if err != nil {
		return err
	}
	for _, t := range b.pgbenchTargets() {
		if out, err := osexec.CommandContext(ctx, program, "-i", "-q", "-s", pgbenchScale, t.url).CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w: %s", t.name, err, out)
		}
		watch := func() error { return nil }
		if t.name == "Millrace" {
			if watch, err = watchSums(ctx, t.url); err != nil {
				return err
			}
		}
		for _, script := range []string{"tpcb-like", "simple-update", "select-only"} {
			for _, protocol := range []string{"simple", "extended", "prepared"} {
				tps, failed, err := b.pgbench(ctx, program, t.url, script, protocol)
				if err != nil {
					return fmt.Errorf("%s: %w", t.name, err)
				}
				b.report("Pgbench/"+t.name+"/"+script+"/"+protocol, tps, "tps", failed, "%failed")
			}
		}
		if err := watch(); err != nil {
			return err
		}
	}
	return nil
}

// pgbenchTarget is a server to measure.
type pgbenchTarget struct{ name, url string }

func (b *bench) pgbenchTargets() []pgbenchTarget {
	out := []pgbenchTarget{{"Millrace", b.server.url}}
	if b.postgres != "" {
		out = append(out, pgbenchTarget{"PostgreSQL", b.postgres})
	}
	return out
}

// findPgbench finds the program of PostgreSQL 15.
func findPgbench() (string, error) {
	const debian = "/usr/lib/postgresql/15/bin/pgbench"
	if path, err := osexec.LookPath(debian); err == nil {
		return path, nil
	}
	path, err := osexec.LookPath("pgbench")
	if err != nil {
		return "", fmt.Errorf("pgbench is not installed (Debian: %s of postgresql-15)", filepath.Base(debian))
	}
	return path, nil
}

var (
	pgbenchTPS    = regexp.MustCompile(`tps = ([0-9.]+)`)
	pgbenchFailed = regexp.MustCompile(`failed transactions: \d+ \(([0-9.]+)%\)`)
)

func (b *bench) pgbench(ctx context.Context, program, url, script, protocol string) (tps, failed float64, err error) {
	out, err := osexec.CommandContext(ctx, program, "-n", "-c", strconv.Itoa(b.clients), "-j", "2",
		"-T", strconv.Itoa(b.seconds), "-M", protocol, "-b", script, url).CombinedOutput()
	if err != nil {
		return 0, 0, fmt.Errorf("%s %s: %w: %s", script, protocol, err, out)
	}
	number := func(re *regexp.Regexp) float64 {
		m := re.FindSubmatch(out)
		if m == nil {
			return 0
		}
		x, _ := strconv.ParseFloat(string(m[1]), 64)
		return x
	}
	return number(pgbenchTPS), number(pgbenchFailed), nil
}

// watchSums follows the sums until the returned function is called, which returns what
// was wrong with them.
func watchSums(ctx context.Context, url string) (stop func() error, err error) {
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		return nil, err
	}
	if _, err := c.Exec(ctx, pgbenchSums); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	wrong := make(chan error, 1)
	go func() {
		defer c.Close(context.WithoutCancel(ctx))
		wrong <- checkSums(ctx, c)
	}()
	return func() error { cancel(); return <-wrong }, nil
}

// checkSums reads a push query of the sums until ctx ends.
func checkSums(ctx context.Context, c *pgx.Conn) error {
	const changes = `SUBSCRIBE (SELECT coalesce(tellers, 0) = coalesce(branches, 0) AND coalesce(accounts, 0) = coalesce(history, 0) AS agree FROM pgbench_sums)`
	rows, err := c.Query(ctx, changes, pgx.QueryExecModeSimpleProtocol)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		values, err := rows.Values()
		if err != nil {
			return err
		}
		if agree, ok := values[len(values)-1].(bool); ok && !agree && values[1] == "insert" {
			return fmt.Errorf("the sums of balances do not agree in epoch %v", values[0])
		}
	}
	if ctx.Err() != nil {
		return nil
	}
	return rows.Err()
}
