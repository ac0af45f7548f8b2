package server

import (
	"context"
	"errors"
	"fmt"
	"net"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"millrace/catalog"
	"millrace/catalog/syscat"
	"millrace/exec"
	"millrace/exec/state"
	"millrace/log"
	"millrace/log/segment"
	"millrace/planner"
	"millrace/planner/plan"
	"millrace/server/auth"
	"millrace/server/pgwire"
	"millrace/server/session"
	"millrace/sql"
	"millrace/sql/pgerr"
)

// Server is one running node.
type Server struct {
	opts     Options
	catalog  *catalog.Catalog
	log      *log.Log
	store    *state.Store
	engine   *exec.Engine
	wire     *pgwire.Server
	registry *prometheus.Registry
	sessions *session.Registry
	pushes   *session.Pushes
	started  time.Time
	ready    atomic.Bool
	failed   chan error
	gate     *gate
	// certificates are nil without TLS.
	certificates *auth.Certificates
	// systemTables holds rows of system tables that the catalog alone decides.
	systemTables syscat.Cache
}

// Open starts a node without listeners. It returns when reads and writes work.
func Open(ctx context.Context, o Options) (_ *Server, err error) {
	o.withDefaults()
	s := &Server{
		opts: o, catalog: catalog.New(), registry: prometheus.NewRegistry(),
		sessions: session.NewRegistry(), pushes: &session.Pushes{}, started: o.Now(), failed: make(chan error, 1),
	}
	defer func() {
		if err != nil {
			_ = s.closeParts()
		}
	}()
	if err := s.openGate(); err != nil {
		return nil, err
	}
	if err := s.openLog(ctx); err != nil {
		return nil, err
	}
	if s.store, err = state.Open(state.Options{
		FS: o.FS, Dir: s.path("state"), CacheBytes: o.CacheBytes, Logger: o.Logger, Failed: s.fail,
	}); err != nil {
		return nil, fmt.Errorf("open the store: %w", err)
	}
	if s.engine, err = exec.Open(ctx, exec.Options{
		Log: s.log, Catalog: s.catalog, Store: s.store, Plan: s.planView, Logger: o.Logger, Now: o.Now,
		CheckpointEvery: o.CheckpointEvery, EpochMin: o.EpochMin, BatchRows: o.BatchRows, EpochRows: o.EpochRows,
		MemoryLimit: o.MemoryLimit,
		Failed:      func(err error) { s.fail(fmt.Errorf("the engine has stopped: %w", err)) },
	}); err != nil {
		return nil, err
	}
	if err := s.setPassword(ctx); err != nil {
		return nil, fmt.Errorf("set the superuser's password: %w", err)
	}
	s.openWire()
	s.ready.Store(true)
	return s, nil
}

func (s *Server) path(name string) string { return filepath.Join(s.opts.Dir, name) }

func (s *Server) openLog(ctx context.Context) (err error) {
	s.catalog.Watch(s.configureTopics)
	s.catalog.Watch(s.pushes.Check)
	fs := s.opts.FS
	if s.opts.FS == nil {
		fs = segment.Disk
	}
	s.log, err = log.Open(ctx, log.Options{
		FS: fs, Dir: s.path("log"), Groups: s.opts.Groups, Meta: meta{s.catalog},
		Logger: s.opts.Logger, Now: s.opts.Now,
		Events: log.Events{Failed: func(err error) { s.fail(fmt.Errorf("the log cannot be written: %w", err)) }},
	})
	if err != nil {
		return fmt.Errorf("open the log: %w", err)
	}
	s.configureTopics(s.catalog.Current(), nil, nil)
	return nil
}

// fail is told when the log or the store can no longer write, or the engine has
// stopped: the process must end, and restart from what is durable.
func (s *Server) fail(err error) {
	s.ready.Store(false)
	select {
	case s.failed <- err:
	default:
	}
}

// Failed delivers the reason for which the node must stop.
func (s *Server) Failed() <-chan error { return s.failed }

// planView plans the query of a view or stream sink from its definition.
func (s *Server) planView(o *catalog.Object, snap *catalog.Snapshot) (*plan.View, error) {
	stmts, err := sql.Parse(o.Definition)
	if err != nil {
		return nil, err
	}
	q, ok := stmts[0].(*sql.SelectStmt)
	if !ok {
		return nil, pgerr.Bug("definition of %s is no query", o.Name)
	}
	opts := planner.Options{SearchPath: o.SearchPath}
	if o.SinkStream {
		opts.Sink = o
	}
	if id := o.InsertInto(); id != 0 {
		target, ok := snap.Object(id)
		if !ok {
			return nil, pgerr.Bug("the stream that %s writes is gone", o.Name)
		}
		opts.Sink, opts.Into = target, target
	}
	if text, ok := o.Options["ttl"]; ok {
		if opts.TTL, err = planner.TTL(text); err != nil {
			return nil, err
		}
	}
	return planner.View(q.Query, snap, opts)
}

func (s *Server) openWire() {
	backend := &session.Backend{
		Engine: s.engine, Catalog: s.catalog, Log: s.log, Proposer: proposer{s.log},
		Logger: s.opts.Logger, Now: s.opts.Now, Random: s.opts.Random,
		System: s.systemRows, SystemObject: syscat.Lookup, CatalogFunction: s.catalogFunction,
		Sessions: s.sessions, Defaults: s.opts.Settings, Pushes: s.pushes, Rules: s.gate.rules != nil,
		Channels: &session.Channels{Wake: func(pid int32) { s.wire.Wake(pid) }},
	}
	s.wire = pgwire.New(handler{backend}, pgwire.Options{
		Logger: s.opts.Logger, Registerer: s.registry, ConnectionsMax: s.opts.ConnectionsMax,
		WriteTimeout: s.opts.WriteTimeout, Gate: s.gate, TLS: s.certificates,
		Reserved: s.reserved(),
	})
	s.registry.MustRegister(s.engine.Collectors()...)
	s.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
}

// handler makes sessions for pgwire.
type handler struct{ *session.Backend }

// NewSession implements pgwire.Handler.
func (h handler) NewSession(ctx context.Context, info pgwire.StartupInfo, w *pgwire.Writer) (pgwire.Session, error) {
	return h.New(ctx, info, w)
}

// ServeSQL accepts PostgreSQL clients until Shutdown.
func (s *Server) ServeSQL(l net.Listener) error {
	err := s.wire.Serve(l)
	if errors.Is(err, pgwire.ErrClosed) {
		return nil
	}
	return err
}

// ServeConn serves one client connection; tests use it with net.Pipe.
func (s *Server) ServeConn(c net.Conn) { s.wire.ServeConn(c) }

// Ready reports whether statements are accepted.
func (s *Server) Ready() error {
	if !s.ready.Load() {
		return errors.New("the server is starting or stopping")
	}
	return nil
}

// Gatherer gives the node's metrics.
func (s *Server) Gatherer() prometheus.Gatherer { return s.registry }

// Engine returns the engine, for tests and benchmarks.
func (s *Server) Engine() *exec.Engine { return s.engine }

// Catalog returns the newest version of the catalog, for tests and benchmarks.
func (s *Server) Catalog() *catalog.Snapshot { return s.catalog.Current() }

// Log returns the log, for tests and benchmarks.
func (s *Server) Log() *log.Log { return s.log }

// Shutdown lets running statements end, then stops everything in order. When ctx
// ends first, statements are cut off.
func (s *Server) Shutdown(ctx context.Context) error {
	s.ready.Store(false)
	var errs []error
	if s.wire != nil {
		errs = append(errs, s.wire.Shutdown(ctx))
	}
	return errors.Join(append(errs, s.closeParts())...)
}

func (s *Server) closeParts() error {
	var errs []error
	if s.engine != nil {
		errs = append(errs, s.engine.Close())
	}
	if s.store != nil {
		errs = append(errs, s.store.Close())
	}
	if s.log != nil {
		errs = append(errs, s.log.Close())
	}
	return errors.Join(errs...)
}
