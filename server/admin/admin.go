package admin

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/pprof"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// The limits of a request: none of ours has a body, and a client that is slow to
// send its headers must not hold a connection.
const (
	headerTimeout  = 5 * time.Second
	idleTimeout    = 2 * time.Minute
	headerBytesMax = 16 << 10
)

// Options configure a Server.
type Options struct {
	// Ready returns nil when the node can serve queries, else why not. It is called
	// for each request, from many goroutines. nil means always ready.
	Ready func() error
	// Gatherer is the source of /metrics; nil leaves the page out.
	Gatherer prometheus.Gatherer
	// Logger may be nil.
	Logger *slog.Logger
	// Version is shown on the page of links.
	Version string
}

// Server serves the pages of one node. Its methods may be called from any goroutine.
type Server struct {
	opts Options
	http http.Server
}

// New returns a server; it owns no goroutine before Serve.
func New(o Options) *Server {
	if o.Ready == nil {
		o.Ready = func() error { return nil }
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	s := &Server{opts: o}
	s.http = http.Server{
		Handler:           s.Handler(),
		ReadHeaderTimeout: headerTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    headerBytesMax,
		ErrorLog:          slog.NewLogLogger(o.Logger.Handler(), slog.LevelWarn),
	}
	return s
}

// Serve accepts connections until Shutdown, and returns nil then. It closes l.
func (s *Server) Serve(l net.Listener) error {
	if err := s.http.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// Shutdown stops accepting and waits for requests in progress; when ctx is done
// first it cuts them off and returns ctx's error.
func (s *Server) Shutdown(ctx context.Context) error {
	err := s.http.Shutdown(ctx)
	if err != nil {
		_ = s.http.Close()
	}
	return err
}

// Handler returns all pages, for servers that have a listener of their own.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.links)
	mux.HandleFunc("GET /health/live", s.live)
	mux.HandleFunc("GET /health/ready", s.ready)
	if s.opts.Gatherer != nil {
		mux.Handle("GET /metrics", promhttp.HandlerFor(s.opts.Gatherer, promhttp.HandlerOpts{
			ErrorLog: slog.NewLogLogger(s.opts.Logger.Handler(), slog.LevelWarn),
		}))
	}
	mux.Handle("GET /debug/pprof/", localOnly(profiles()))
	return mux
}

func (s *Server) links(w http.ResponseWriter, _ *http.Request) {
	text(w, http.StatusOK, strings.TrimSpace("millrace "+s.opts.Version)+
		"\n\n/health/live\n/health/ready\n/metrics\n/debug/pprof/\n")
}

func (s *Server) live(w http.ResponseWriter, _ *http.Request) { text(w, http.StatusOK, "live\n") }

func (s *Server) ready(w http.ResponseWriter, _ *http.Request) {
	if err := s.opts.Ready(); err != nil {
		text(w, http.StatusServiceUnavailable, "not ready: "+err.Error()+"\n")
		return
	}
	text(w, http.StatusOK, "ready\n")
}

func text(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
}

func profiles() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	return mux
}

// localOnly serves clients that connect from a loopback address: a profile shows
// what queries hold in memory. A request that names a foreign host is refused as
// well, so that a web page cannot reach us by a name it lets point here.
func localOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isLoopback(r.RemoteAddr) || (!isLoopback(r.Host) && hostName(r.Host) != "localhost") {
			text(w, http.StatusForbidden, "profiles are served to clients of the same machine only\n")
			return
		}
		next.ServeHTTP(w, r)
	})
}

func hostName(hostPort string) string {
	if host, _, err := net.SplitHostPort(hostPort); err == nil {
		return host
	}
	return strings.Trim(hostPort, "[]")
}

func isLoopback(hostPort string) bool {
	ip := net.ParseIP(hostName(hostPort))
	return ip != nil && ip.IsLoopback()
}
