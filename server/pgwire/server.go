package pgwire

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"millrace/server/auth"
	"millrace/sql/pgerr"
)

// Options configure a Server. The zero value of each field means its default.
type Options struct {
	// Database is the only database there is; "millrace".
	Database string
	// ConnectionsMax is the number of sessions at a time; 1000. One more is refused
	// with 53300.
	ConnectionsMax int
	// Reserved is how many of them are kept for superusers; 0 for none.
	Reserved int
	// Gate decides who may connect; nil trusts clients of the same machine and refuses
	// all others.
	Gate Gate
	// TLS encrypts connections; nil does not.
	TLS *auth.Certificates
	// AuthTimeout bounds everything before the session starts; 10 s. Too small, and
	// slow clients cannot connect; too large, and silent ones hold places.
	AuthTimeout time.Duration
	// WriteTimeout is how long a client may leave a full socket unread before its
	// connection is closed; 10 minutes, negative for ever.
	WriteTimeout time.Duration
	// QueryBytesMax bounds Query and Parse messages (16 MiB), BindBytesMax Bind
	// messages (64 MiB). A larger one is read past and refused with 54000.
	QueryBytesMax, BindBytesMax int
	// Random is the source of cancel keys; crypto/rand.
	Random io.Reader
	// Logger may be nil.
	Logger *slog.Logger
	// Registerer takes the metrics; nil for none.
	Registerer prometheus.Registerer
}

func (o Options) withDefaults() Options {
	setDefault(&o.Database, "millrace")
	setDefault(&o.ConnectionsMax, defaultConnections)
	setDefault(&o.AuthTimeout, defaultAuthTimeout)
	setDefault(&o.WriteTimeout, defaultWriteTimeout)
	setDefault(&o.QueryBytesMax, defaultQueryBytesMax)
	setDefault(&o.BindBytesMax, defaultBindBytesMax)
	if o.Gate == nil {
		o.Gate = localGate{}
	}
	if o.Random == nil {
		o.Random = rand.Reader
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}

func setDefault[T comparable](p *T, def T) {
	var zero T
	if *p == zero {
		*p = def
	}
}

// ErrClosed is what Serve returns after Shutdown.
var ErrClosed = errors.New("pgwire server closed")

// Server serves PostgreSQL clients. Its methods may be called from any goroutine.
type Server struct {
	handler  Handler
	opts     Options
	metrics  *Metrics
	base     context.Context // ends when the last connection has been told to leave
	cancel   context.CancelFunc
	drain    chan struct{} // closed when Shutdown begins
	starting atomic.Int64  // connections that have not finished start-up
	conns    sync.WaitGroup
	// handshakes bounds the TLS handshakes at a time: each costs a signature.
	handshakes chan struct{}
	// mockSecret makes the answers to clients that ask for roles without a password.
	mockSecret []byte
	mu         struct {
		sync.Mutex
		closed    bool
		listeners map[net.Listener]struct{}
		sockets   map[net.Conn]struct{} // all connections, in start-up as well
		sessions  map[int32]*conn
		lastPID   int32
		guard     guard
	}
}

// New returns a server for handler; it owns no goroutine before Serve or ServeConn.
func New(handler Handler, o Options) *Server {
	o = o.withDefaults()
	s := &Server{handler: handler, opts: o, metrics: newMetrics(), drain: make(chan struct{})}
	s.base, s.cancel = context.WithCancel(context.Background())
	s.mu.listeners = map[net.Listener]struct{}{}
	s.mu.sockets = map[net.Conn]struct{}{}
	s.mu.sessions = map[int32]*conn{}
	s.mu.guard = newGuard()
	s.handshakes = make(chan struct{}, handshakesMax)
	s.mockSecret = make([]byte, 32)
	_, _ = io.ReadFull(rand.Reader, s.mockSecret)
	if o.Registerer != nil {
		s.metrics.register(o.Registerer)
	}
	return s
}

// Serve accepts connections until Shutdown, and returns ErrClosed then. It closes l.
func (s *Server) Serve(l net.Listener) error {
	defer l.Close()
	if !s.addListener(l) {
		return ErrClosed
	}
	defer s.removeListener(l)
	for {
		nc, err := l.Accept()
		switch {
		case err == nil:
			s.start(nc)
		case s.draining():
			return ErrClosed
		case isTemporary(err):
			s.opts.Logger.Warn("accept a connection", "error", err)
			pause(s.drain, 50*time.Millisecond)
		default:
			return err
		}
	}
}

// isTemporary reports errors that leave the listener usable: a connection that
// ended before it was accepted, or too many open files.
func isTemporary(err error) bool {
	var ne net.Error
	return errors.As(err, &ne) && !errors.Is(err, net.ErrClosed)
}

func pause(until <-chan struct{}, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-until:
	}
}

// start serves nc in a goroutine of its own.
func (s *Server) start(nc net.Conn) {
	if !s.addSocket(nc) {
		_ = nc.Close()
		return
	}
	go func() {
		defer s.removeSocket(nc)
		s.serve(nc)
	}()
}

// ServeConn serves one connection and returns when it has ended.
func (s *Server) ServeConn(nc net.Conn) {
	if !s.addSocket(nc) {
		_ = nc.Close()
		return
	}
	defer s.removeSocket(nc)
	s.serve(nc)
}

// Shutdown stops accepting, ends idle sessions at once with 57P01 and the others
// after their transaction. When ctx is done first, the rest are cancelled and
// their sockets closed; it then returns ctx's error. All connections have ended
// when it returns.
func (s *Server) Shutdown(ctx context.Context) error {
	s.beginDrain()
	done := make(chan struct{})
	go func() { s.conns.Wait(); close(done) }()
	defer s.cancel()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
	}
	s.killAll()
	pause(done, lastWords)
	s.closeAll()
	<-done
	return ctx.Err()
}

func (s *Server) beginDrain() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.mu.closed {
		return
	}
	s.mu.closed = true
	close(s.drain)
	for l := range s.mu.listeners {
		_ = l.Close()
	}
	for _, c := range s.mu.sessions {
		c.in.poke()
	}
}

func (s *Server) draining() bool {
	select {
	case <-s.drain:
		return true
	default:
		return false
	}
}

// killAll tells every session to end now.
func (s *Server) killAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.mu.sessions {
		c.kill(errShutdown())
	}
}

func (s *Server) closeAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for nc := range s.mu.sockets {
		_ = nc.Close()
	}
}

func (s *Server) addListener(l net.Listener) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.mu.closed {
		s.mu.listeners[l] = struct{}{}
	}
	return !s.mu.closed
}

func (s *Server) removeListener(l net.Listener) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.mu.listeners, l)
}

func (s *Server) addSocket(nc net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.mu.closed {
		return false
	}
	s.mu.sockets[nc] = struct{}{}
	s.conns.Add(1)
	return true
}

func (s *Server) removeSocket(nc net.Conn) {
	_ = nc.Close()
	s.mu.Lock()
	delete(s.mu.sockets, nc)
	s.mu.Unlock()
	s.conns.Done()
}

// register gives c a process id that no other session has, or an error when there are
// too many sessions. The last places are for superusers.
func (s *Server) register(c *conn, super bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch n := len(s.mu.sessions); {
	case n >= s.opts.ConnectionsMax:
		return fatalf(pgerr.TooManyConnections, "sorry, too many clients already")
	case !super && n >= s.opts.ConnectionsMax-s.opts.Reserved:
		return fatalf(pgerr.TooManyConnections,
			"remaining connection slots are reserved for non-replication superuser connections")
	}
	for {
		s.mu.lastPID = max(s.mu.lastPID+1, 1)
		if _, taken := s.mu.sessions[s.mu.lastPID]; !taken {
			break
		}
	}
	c.pid = s.mu.lastPID
	s.mu.sessions[c.pid] = c
	return nil
}

func (s *Server) unregister(c *conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.mu.sessions, c.pid)
}
