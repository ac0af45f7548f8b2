package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"os"
	"time"

	wal "millrace/log"
	"millrace/server"
	"millrace/server/admin"
)

// startFlags are the flags of a server.
type startFlags struct {
	dir, listen, http, logLevel string
	groups                      int
	drain                       time.Duration
	connections                 int
	epochRows                   int // 0 is the default
	secure                      secureFlags
	memory                      byteSize
}

func (f *startFlags) register(fs *flag.FlagSet) {
	fs.StringVar(&f.dir, "data", "./millrace-data", "directory of all data; made if it is not there")
	fs.StringVar(&f.listen, "listen", "127.0.0.1:7432", "address for PostgreSQL clients; beyond loopback it needs TLS and passwords")
	fs.StringVar(&f.http, "http", "127.0.0.1:7433", "address for health checks and metrics; empty for none")
	fs.StringVar(&f.logLevel, "log-level", "info", "debug, info, warn or error")
	fs.IntVar(&f.groups, "groups", 0, "number of Raft groups, fixed when the data directory is made; 0 takes what it has, and 1 for a new one")
	fs.DurationVar(&f.drain, "drain", 10*time.Second, "how long statements may go on after SIGTERM")
	f.secure.register(fs)
	fs.Var(&f.memory, "memory-limit", "memory of the process, such as 4GiB; 0 is three quarters of the machine's. Two thirds of it are for the state of views and queries")
	fs.IntVar(&f.connections, "max-connections", 1000, "number of client connections at a time")
}

// check refuses values that no server can have.
func (f *startFlags) check() error {
	switch {
	case f.groups < 0:
		return fmt.Errorf("--groups %d: must not be negative", f.groups)
	case f.drain < 0:
		return fmt.Errorf("--drain %s: must not be negative", f.drain)
	case f.connections < 1:
		return fmt.Errorf("--max-connections %d: must be at least 1", f.connections)
	}
	return checkDataDir(f.dir)
}

// checkDataDir refuses a directory that holds something else: a typing mistake must
// not scatter data over somebody's home.
func checkDataDir(dir string) error {
	if dir == "" {
		return errors.New("--data is empty: name a directory")
	}
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("--data: %w", err)
	}
	foreign := ""
	for _, e := range entries {
		switch {
		case e.Name() == "log" && e.IsDir():
			return nil
		case e.Name() == "lost+found" || e.Name()[0] == '.':
		case foreign == "":
			foreign = e.Name()
		}
	}
	if foreign != "" {
		return fmt.Errorf("--data %q: the directory holds %q and no data of Millrace; name an empty or a new one", dir, foreign)
	}
	return nil
}

func (f *startFlags) logger() (*slog.Logger, error) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(f.logLevel)); err != nil {
		return nil, fmt.Errorf("--log-level: %w", err)
	}
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level})), nil
}

func runStart(ctx context.Context, args []string) error {
	fs := newFlags("start", "Starts a server and runs until SIGTERM or SIGINT, then drains: statements end,\nstate is saved, and the next start has nothing to replay.")
	var f startFlags
	f.register(fs)
	if err := errors.Join(parseFlags(fs, args), noArguments(fs)); err != nil {
		return err
	}
	log, err := f.logger()
	if err := errors.Join(err, f.check()); err != nil {
		return err
	}
	n, err := startNode(ctx, f, log, nil)
	if err != nil {
		return err
	}
	go ignoreHangup(log, ctx.Done())
	log.Info("ready", slog.String("sql", n.sql.Addr().String()), slog.String("http", f.http),
		slog.String("data", f.dir), slog.String("version", versionText()))
	return n.wait(ctx, f.drain)
}

// node is a server with its listeners.
type node struct {
	srv  *server.Server
	sql  net.Listener
	http *admin.Server
	errs chan error
	log  *slog.Logger
}

// startNode opens the server and its listeners. Addresses are taken before the data
// is opened, so that a wrong one fails at once.
func startNode(ctx context.Context, f startFlags, log *slog.Logger, settings map[string]string) (_ *node, err error) {
	local, err := isLoopback(f.listen)
	if err != nil {
		return nil, err
	}
	o := server.Options{
		Dir: f.dir, Groups: f.groups, Logger: log, Settings: settings,
		ConnectionsMax: f.connections, Version: versionText(), EpochRows: f.epochRows,
		MemoryLimit: limitMemory(f.memory),
	}
	if err := f.secure.options(&o); err != nil {
		return nil, err
	}
	tuneRuntime()
	n := &node{errs: make(chan error, 2), log: log}
	if n.sql, err = net.Listen("tcp", f.listen); err != nil {
		return nil, fmt.Errorf("listen for SQL clients: %w", err)
	}
	var httpListener net.Listener
	if f.http != "" {
		if httpListener, err = net.Listen("tcp", f.http); err != nil {
			return nil, errors.Join(fmt.Errorf("listen for HTTP: %w", err), n.sql.Close())
		}
	}
	n.srv, err = server.Open(ctx, o)
	if errors.Is(err, wal.ErrInUse) {
		err = fmt.Errorf("data directory %q is in use: another server runs on it", f.dir)
	}
	if err == nil {
		if err = mayListen(f.listen, n.srv); err != nil {
			err = errors.Join(err, n.srv.Shutdown(ctx))
		}
	}
	if err != nil {
		_ = n.sql.Close()
		if httpListener != nil {
			_ = httpListener.Close()
		}
		return nil, err
	}
	if httpListener != nil {
		n.http = admin.New(admin.Options{Ready: n.srv.Ready, Gatherer: n.srv.Gatherer(), Logger: log})
		go func() { n.errs <- n.http.Serve(httpListener) }()
	}
	go func() { n.errs <- n.srv.ServeSQL(n.sql) }()
	if !local && f.secure.insecure {
		go warnInsecure(log, f.listen, ctx.Done())
	}
	return n, nil
}

// wait runs until ctx ends or something fails, then stops the server.
func (n *node) wait(ctx context.Context, drain time.Duration) error {
	var cause error
	select {
	case <-ctx.Done():
		n.log.Info("draining")
	case cause = <-n.errs:
	case cause = <-n.srv.Failed():
	}
	return errors.Join(cause, n.stop(drain))
}

// stopGrace is how long a server may take to stop after the drain time: to save its
// state, above all. What is acknowledged is durable without it.
const stopGrace = 15 * time.Second

// shutdown stops the server, and gives up on one that does not come to its end.
func (n *node) shutdown(ctx context.Context) error {
	stopped := make(chan error, 1)
	go func() { stopped <- n.srv.Shutdown(ctx) }()
	select {
	case err := <-stopped:
		return err
	case <-ctx.Done():
	}
	late := time.NewTimer(stopGrace)
	defer late.Stop()
	select {
	case err := <-stopped:
		return err
	case <-late.C:
		return fmt.Errorf("the server did not stop within %s of the drain time; the next start will replay the log", stopGrace)
	}
}

func (n *node) stop(drain time.Duration) error {
	ctx, done := context.WithTimeout(context.Background(), drain)
	defer done()
	err := n.shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		n.log.Warn("statements were cut off after the drain time")
		err = nil
	}
	if n.http != nil {
		err = errors.Join(err, n.http.Shutdown(ctx))
	}
	if err == nil {
		n.log.Info("stopped")
	}
	return err
}
