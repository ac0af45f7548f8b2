package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	osexec "os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// benchmark is one measurement. It prints lines in the form of Go benchmarks, which
// benchstat compares.
type benchmark struct {
	name, summary string
	run           func(ctx context.Context, b *bench) error
	// inProcess benchmarks start servers of their own.
	inProcess bool
}

func benchmarks() []benchmark {
	return []benchmark{
		{"copy", "COPY of rows into a stream, and into a PostgreSQL table", benchCopy, false},
		{"insert", "durable single-row INSERTs on 16 connections, and PostgreSQL's", benchInsert, false},
		{"latency", "from the acknowledged INSERT to the row in a push query, 1,000 rows/s", benchLatency, false},
		{"lookup", "look-ups of a view's row by key on 16 connections, and PostgreSQL's", benchLookup, false},
		{"pgbench", "pgbench's own scripts, 16 clients, all protocols, and PostgreSQL's", benchPgbench, false},
		{"groupby", "backfill of a group-by view over rows in the log", benchGroupBy, false},
		{"recovery", "restart after kill -9 with much state, to the first correct read", benchRecovery, false},
		{"nexmark", "queries of the Nexmark benchmark, from the log to the committed view", benchNexmark, true},
		{"idle", "CPU and memory of a server that does nothing", benchIdle, false},
	}
}

// bench is what benchmarks share.
type bench struct {
	rows     int
	seconds  int
	clients  int
	postgres string
	out      io.Writer
	dir      string
	server   *child
	// Those of nexmark only.
	queries, cpuprofile  string
	sink                 string
	eventRate, epochRows int
}

func runBench(ctx context.Context, args []string) error {
	fs := newFlags("bench", benchAbout())
	b := &bench{out: os.Stdout}
	fs.IntVar(&b.rows, "rows", 1_000_000, "rows of copy, groupby and recovery")
	fs.IntVar(&b.seconds, "seconds", 10, "seconds of insert, latency, lookup and idle")
	fs.IntVar(&b.clients, "clients", 16, "connections of insert and lookup")
	fs.StringVar(&b.postgres, "postgres", "", "URL of a PostgreSQL server to compare with, where it makes sense")
	fs.StringVar(&b.queries, "queries", "", "queries of nexmark, separated by commas; empty is all")
	fs.StringVar(&b.sink, "sink", "", "what takes the result of nexmark: view, stream, or empty for what suits the query")
	fs.StringVar(&b.cpuprofile, "cpuprofile", "", "file, with the query's name added, for a profile of nexmark's processor time")
	fs.IntVar(&b.eventRate, "event-rate", 1_000_000, "nexmark events per second of event time")
	fs.IntVar(&b.epochRows, "epoch-rows", 0, "rows of an epoch of nexmark; 0 is the server's default")
	names, err := parseMixed(fs, args)
	if err != nil {
		return err
	}
	if len(names) == 0 {
		return errors.New("bench: name the benchmarks to run, or all (see millrace bench --help)")
	}
	if len(names) == 1 && names[0] == "all" {
		names = names[:0]
		for _, x := range benchmarks() {
			names = append(names, x.name)
		}
	}
	for _, name := range names {
		if err := b.runOne(ctx, name); err != nil {
			return fmt.Errorf("bench %s: %w", name, err)
		}
	}
	return nil
}

func benchAbout() string {
	var s strings.Builder
	s.WriteString("Measures this machine with a server of its own on a fresh directory. Name benchmarks\nbehind the flags, or all:\n\n")
	for _, b := range benchmarks() {
		fmt.Fprintf(&s, "  %-9s %s\n", b.name, b.summary)
	}
	return s.String()
}

func (b *bench) runOne(ctx context.Context, name string) (err error) {
	i := slices.IndexFunc(benchmarks(), func(x benchmark) bool { return x.name == name })
	if i < 0 {
		return errors.New("there is no such benchmark")
	}
	if b.dir, err = os.MkdirTemp("", "millrace-bench-"); err != nil {
		return err
	}
	defer os.RemoveAll(b.dir)
	if !benchmarks()[i].inProcess {
		if b.server, err = startChild(ctx, filepath.Join(b.dir, "data")); err != nil {
			return err
		}
		defer func() { b.server.kill() }()
	}
	return benchmarks()[i].run(ctx, b)
}

// report prints one result: a value per unit.
func (b *bench) report(name string, values ...any) {
	var s strings.Builder
	fmt.Fprintf(&s, "Benchmark%s 1", name)
	for i := 0; i+1 < len(values); i += 2 {
		fmt.Fprintf(&s, " %.6g %s", values[i], values[i+1])
	}
	fmt.Fprintln(b.out, s.String())
}

// child is a server process.
type child struct {
	cmd  *osexec.Cmd
	dir  string
	url  string
	port int
}

// startChild starts this binary as a server on a free port and waits until it answers.
func startChild(ctx context.Context, dir string) (*child, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	port := l.Addr().(*net.TCPAddr).Port
	if err := l.Close(); err != nil {
		return nil, err
	}
	return startChildAt(ctx, dir, port)
}

func startChildAt(ctx context.Context, dir string, port int) (*child, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := &child{dir: dir, port: port, url: fmt.Sprintf("postgres://millrace@127.0.0.1:%d/millrace?sslmode=disable", port)}
	c.cmd = osexec.Command(self, "start", "--data", dir, "--listen", "127.0.0.1:"+strconv.Itoa(port),
		"--http", "", "--log-level", "warn")
	c.cmd.Stderr = os.Stderr
	c.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := c.cmd.Start(); err != nil {
		return nil, err
	}
	if err := c.waitReady(ctx); err != nil {
		c.kill()
		return nil, err
	}
	return c, nil
}

func (c *child) waitReady(ctx context.Context) error {
	deadline := time.Now().Add(60 * time.Second)
	for {
		conn, err := pgx.Connect(ctx, c.url)
		if err == nil {
			return conn.Close(ctx)
		}
		if ctx.Err() != nil || time.Now().After(deadline) {
			return fmt.Errorf("the server does not answer: %w", err)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func (c *child) kill() {
	_ = c.cmd.Process.Kill()
	_ = c.cmd.Wait()
}

// cpu is the processor time the server has used.
func (c *child) cpu() time.Duration {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", c.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(data), ") ")
	f := strings.Fields(rest)
	if len(f) < 13 {
		return 0
	}
	user, _ := strconv.ParseInt(f[11], 10, 64)
	sys, _ := strconv.ParseInt(f[12], 10, 64)
	return time.Duration(user+sys) * time.Second / 100
}

// rss is the server's resident memory in bytes.
func (c *child) rss() int64 {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", c.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(data)) {
		if after, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			kb, _ := strconv.ParseInt(strings.Fields(after)[0], 10, 64)
			return kb << 10
		}
	}
	return 0
}

// execAll runs statements one by one.
func execAll(ctx context.Context, url string, statements ...string) error {
	c, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer c.Close(ctx)
	for _, s := range statements {
		if _, err := c.Exec(ctx, s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}

// percentile returns the p-th (0..1) of sorted durations.
func percentile(sorted []time.Duration, p float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(int(p*float64(len(sorted))), len(sorted)-1)]
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
