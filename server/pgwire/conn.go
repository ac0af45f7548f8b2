package pgwire

import (
	"context"
	"errors"
	"io"
	"net"
	"runtime/debug"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"

	"millrace/sql/pgerr"
)

// conn is one connection, from its first byte to its end. Except for stop, inbox, in
// and idle it belongs to the goroutine of run.
type conn struct {
	srv     *Server
	nc      net.Conn
	pid     int32
	secret  []byte
	w       *Writer
	inbox   *inbox
	in      *intake
	stop    *interrupt
	session Session
	// noticed holds a token when notifications wait.
	noticed chan struct{}
	// tls tells that nc is encrypted; binding is the channel's end point hash. certName is
	// the name in the certificate that the client has shown, if it has.
	tls, certShown bool
	binding        []byte
	certName       string
	// idle: the session waits for the first message of a cycle. The watcher reads it.
	idle atomic.Bool
	// busy: messages have come since the last ReadyForQuery.
	busy bool
	// skipping: an error was reported, and messages are ignored up to Sync.
	skipping bool
}

// serve runs a connection to its end. It leaves closing nc to the caller.
func (s *Server) serve(nc net.Conn) {
	s.metrics.connections.Inc()
	addr, _ := remoteAddr(nc.RemoteAddr())
	if !s.enter(addr) {
		s.metrics.refused.Inc()
		return
	}
	c := s.newConn(nc)
	defer c.stop.release()
	err := c.start()
	s.leave(addr)
	if c.pid != 0 {
		defer s.unregister(c)
	}
	if err != nil {
		s.refuse(c, err)
		return
	}
	if c.session != nil {
		c.live()
	}
}

func (s *Server) newConn(nc net.Conn) *conn {
	w := &Writer{dst: nc, limit: nc, timeout: s.opts.WriteTimeout, drain: s.drain, metrics: s.metrics}
	c := &conn{srv: s, nc: nc, w: w, inbox: newInbox(), in: newIntake(nc, &s.opts), stop: newInterrupt(s.base), noticed: make(chan struct{}, 1)}
	w.copyIn = c.newCopyReader
	return c
}

func (s *Server) refuse(c *conn, err error) {
	if errors.Is(err, io.EOF) || errors.Is(err, errGone) {
		return
	}
	s.metrics.refused.Inc()
	c.w.hurry()
	c.w.error("FATAL", err, "")
	_ = c.w.Flush()
}

// start brings the connection to its first ReadyForQuery. c.session stays nil
// after a cancel request.
func (c *conn) start() error {
	defer func() { _ = c.nc.SetDeadline(time.Time{}) }()
	if err := c.nc.SetDeadline(time.Now().Add(c.srv.opts.AuthTimeout)); err != nil {
		return io.EOF
	}
	st, err := readStartup(c.nc, c.encryptor())
	if err != nil {
		return err
	}
	if st.cancel {
		c.srv.cancelByKey(st.pid, st.key)
		return nil
	}
	if m := st.negotiate(); m != nil {
		if err := c.w.message(m); err != nil {
			return err
		}
	}
	return c.login(&st)
}

// encryptor is what makes the connection one over TLS; nil where there is none.
func (c *conn) encryptor() func([]byte) (io.ReadWriter, error) {
	if c.srv.opts.TLS == nil {
		return nil
	}
	return func(head []byte) (io.ReadWriter, error) {
		err := c.encrypt(head, head != nil)
		return c.nc, err
	}
}

// login checks who comes, makes the session and answers the start-up packet.
func (c *conn) login(st *startup) error {
	user, database := st.names(c.srv.opts.Database)
	if user == "" {
		return errNoUser()
	}
	if err := c.authenticate(user, database); err != nil {
		return err
	}
	info, err := st.info(c.srv.opts.Database)
	if err != nil {
		return err
	}
	if err := c.makeSecret(st.version); err != nil {
		return err
	}
	if err := c.srv.register(c, c.srv.opts.Gate.Super(info.User)); err != nil {
		return err
	}
	info.Remote, info.PID = c.nc.RemoteAddr(), c.pid
	if c.session, err = c.newSession(info); err != nil {
		return err
	}
	_ = c.w.message(&pgproto3.AuthenticationOk{})
	c.reportParameters()
	return c.w.message(&pgproto3.BackendKeyData{ProcessID: uint32(c.pid), SecretKey: c.secret})
}

// newSession calls the handler; a panic of it refuses this client only.
func (c *conn) newSession(info StartupInfo) (s Session, err error) {
	defer func() {
		if r := recover(); r != nil {
			s, err = nil, c.panicError(r)
		}
	}()
	return c.srv.handler.NewSession(c.stop.base, info, c.w)
}

// makeSecret makes the cancel key: 4 bytes, and 32 from protocol 3.2 on.
func (c *conn) makeSecret(version uint32) error {
	c.secret = make([]byte, 4)
	if version >= protocol32 {
		c.secret = make([]byte, 32)
	}
	if _, err := io.ReadFull(c.srv.opts.Random, c.secret); err != nil {
		return pgerr.Wrap(err, pgerr.InternalError, "no random numbers for a cancel key")
	}
	return nil
}

// live runs the session, and the watcher that reads for it at times.
func (c *conn) live() {
	c.srv.metrics.sessions.Inc()
	defer c.srv.metrics.sessions.Dec()
	watcherDone := make(chan struct{})
	go func() { defer close(watcherDone); c.watcher() }()
	err := c.run()
	c.in.disarm()
	c.close(err)
	close(c.inbox.done)
	_ = c.nc.Close()
	<-watcherDone
}

// watcher reads when it has the turn.
func (c *conn) watcher() {
	for {
		select {
		case <-c.in.wake:
			if !c.readAhead() {
				return
			}
		case <-c.inbox.done:
			return
		}
	}
}

// readAhead moves frames from the socket to the inbox, until the session is idle
// again and can read for itself. It sees at once when the client leaves while a
// statement runs, and ends that statement then. It reports whether more can come.
func (c *conn) readAhead() bool {
	for {
		f, err := c.readFrame()
		if err != nil {
			c.stop.kill(errGone)
			c.w.abandon()
			c.inbox.fail(errGone)
			return false
		}
		idle := c.idle.Load()
		if !c.inbox.push(f) || f.err != nil {
			return false
		}
		if idle {
			c.in.release()
			signal(c.inbox.ready)
			return true
		}
	}
}

// readFrame reads one frame. One that breaks the protocol has an error in it;
// readFrame itself fails when the client has left, with errPoked or errGone.
func (c *conn) readFrame() (frame, error) {
	f, err := c.in.frames.next()
	c.srv.metrics.messages.Inc()
	if err == nil && f.typ != 'X' {
		return f, nil
	}
	if errors.Is(err, errPoked) {
		return frame{}, errPoked
	}
	var violation *pgerr.Error
	if errors.As(err, &violation) {
		return frame{err: fatal(violation)}, nil
	}
	return frame{}, errGone
}

// run executes messages until the connection has to end, and returns why.
func (c *conn) run() (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = c.panicError(r)
		}
	}()
	if err := c.ready(); err != nil {
		return err
	}
	for {
		f, err := c.next()
		if err == nil {
			err = c.handle(f)
		}
		if err != nil {
			return err
		}
	}
}

// panicError logs the stack of a panic in a session: a bug of ours that ends this
// connection only.
func (c *conn) panicError(r any) error {
	c.srv.opts.Logger.Error("panic in a session", "pid", c.pid, "panic", r, "stack", string(debug.Stack()))
	if e, ok := r.(*pgerr.Error); ok {
		return fatal(e)
	}
	return fatal(pgerr.New(pgerr.InternalError, "internal error").
		WithHint("The server's log has the details."))
}

// kill ends the connection from another goroutine: the statement that runs is
// cancelled, and a client that does not read gets no more than lastWords.
func (c *conn) kill(cause error) {
	c.stop.kill(cause)
	c.in.killed.Store(true)
	c.in.poke()
	c.w.hurry()
}

// close tells the client why, if it still listens, and ends the session.
func (c *conn) close(err error) {
	if !errors.Is(err, errGone) {
		c.w.hurry()
		c.w.error("FATAL", err, "")
		_ = c.w.Flush()
	}
	defer func() {
		if r := recover(); r != nil {
			_ = c.panicError(r)
		}
	}()
	c.session.Close()
}

// next returns the next frame. Between transactions it ends the connection when
// the server drains.
func (c *conn) next() (frame, error) {
	deadline, idleErr := c.idleDeadline()
	if !c.busy {
		c.idle.Store(true)
		defer c.idle.Store(false)
	}
	for {
		if err := c.mustEnd(deadline, idleErr); err != nil {
			return frame{}, err
		}
		if err := c.sendNews(); err != nil {
			return frame{}, err
		}
		if f, ok, err := c.inbox.pop(); ok || err != nil {
			return f, err
		}
		var f frame
		var err error
		if c.in.claim() {
			f, err = c.readSelf(deadline)
		} else {
			err = c.waitForWatcher(deadline)
		}
		if !errors.Is(err, errPoked) {
			return f, err
		}
	}
}

// readSelf reads a frame in the session's turn.
func (c *conn) readSelf(deadline time.Time) (frame, error) {
	defer c.in.release()
	// What the watcher read before it gave up its turn comes first.
	if f, ok, err := c.inbox.pop(); ok || err != nil {
		return f, err
	}
	disturbed := func() bool { return c.quiet() && c.srv.draining() || c.in.killed.Load() || c.hasNews() }
	if err := c.in.await(deadline, disturbed); err != nil && !errors.Is(err, errPoked) {
		return frame{}, errGone
	} else if err != nil {
		return frame{}, err
	}
	return c.readFrame()
}

// quiet: the client owes us nothing, and we owe it nothing.
func (c *conn) quiet() bool { return !c.busy && c.session.TxStatus() == 'I' }

// mustEnd returns why the connection has to end before another message, if it has to.
func (c *conn) mustEnd(deadline time.Time, idleErr error) error {
	switch {
	case c.in.killed.Load():
		return c.stop.cause()
	case c.quiet() && c.srv.draining():
		return errShutdown()
	case !deadline.IsZero() && !time.Now().Before(deadline):
		return fatal(idleErr)
	}
	return nil
}

// idleDeadline is when a silent client is ended, and with what; zero is never.
func (c *conn) idleDeadline() (time.Time, error) {
	if c.busy {
		return time.Time{}, nil
	}
	d, err := c.session.IdleTimeout()
	if d <= 0 {
		return time.Time{}, nil
	}
	return time.Now().Add(d), err
}

// waitForWatcher returns errPoked when there is something to look at.
func (c *conn) waitForWatcher(deadline time.Time) error {
	var drain <-chan struct{}
	if c.quiet() {
		drain = c.srv.drain
	}
	var silent <-chan time.Time
	if !deadline.IsZero() {
		t := time.NewTimer(time.Until(deadline))
		defer t.Stop()
		silent = t.C
	}
	var news <-chan struct{}
	if c.quiet() {
		news = c.noticed
	}
	select {
	case <-c.inbox.ready:
	case <-c.stop.killed:
	case <-drain:
	case <-silent:
	case <-news:
		signal(c.noticed) // sendNews takes it
	}
	return errPoked
}

// handle executes one message. Its error ends the connection.
func (c *conn) handle(f frame) error {
	if f.err != nil {
		return f.err
	}
	if c.skipping && f.typ != 'S' {
		return nil
	}
	switch f.typ {
	case 'd', 'c', 'f': // what remains of a COPY that failed
		return nil
	}
	ctx := c.stop.begin()
	c.busy = true
	c.in.arm()
	if f.tooLarge {
		return c.tooLarge(ctx, f.typ)
	}
	switch f.typ {
	case 'Q':
		return c.simpleQuery(ctx, f.body)
	case 'S':
		return c.sync(ctx, f.body)
	case 'H':
		if len(f.body) > 0 {
			return c.fail(ctx, errFormat(), "")
		}
		return c.w.Flush()
	case 'F':
		return c.functionCall()
	}
	return c.extended(ctx, f)
}

// tooLarge refuses a message whose body was skipped.
func (c *conn) tooLarge(ctx context.Context, typ byte) error {
	err := pgerr.Newf(pgerr.ProgramLimitExceeded, "message of type \"%c\" is too large", typ)
	if typ != 'Q' && typ != 'F' {
		return c.fail(ctx, err, "")
	}
	if err := c.report(err, ""); err != nil {
		return err
	}
	return c.ready()
}

// report sends an error that leaves the connection usable, or returns it when it
// does not.
func (c *conn) report(err error, text string) error {
	if c.w.err != nil {
		return errGone
	}
	if isFatal(err) || errors.Is(err, errGone) {
		return err
	}
	c.srv.metrics.errors.Inc()
	c.w.error("ERROR", err, text)
	c.session.Fail()
	return nil
}

// fail reports an error of the extended protocol and skips to the next Sync. The
// error is sent at once: a client that asked with Flush waits for it before its Sync.
func (c *conn) fail(ctx context.Context, err error, text string) error {
	c.skipping = true
	if err := c.report(withCause(ctx, err), text); err != nil {
		return err
	}
	return c.w.Flush()
}

// ready ends a cycle: changed settings, ReadyForQuery, and the socket is flushed.
func (c *conn) ready() error {
	c.stop.end()
	c.in.disarm()
	c.busy = false
	c.reportParameters()
	c.notify()
	_ = c.w.message(&pgproto3.ReadyForQuery{TxStatus: c.session.TxStatus()})
	return c.w.idle()
}

func (c *conn) reportParameters() {
	for _, p := range c.session.ParameterStatus() {
		_ = c.w.parameter(p)
	}
}
