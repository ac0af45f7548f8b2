package pgwire

import (
	"errors"
	"net"
	"os"
	"sync/atomic"
	"time"
)

// watchAfter is how long a statement runs before the watcher reads for it: shorter
// ones, of which there are many, are not worth a second goroutine.
const watchAfter = 2 * time.Millisecond

// Who reads the socket.
const (
	turnFree int32 = iota
	turnSession
	turnWatcher
)

// intake lets two goroutines take turns at reading one connection. Between statements
// the session's own goroutine reads, so that a short statement is never handed from
// one goroutine to another. While a statement goes on for longer than watchAfter the
// watcher reads into the inbox, to see at once when the client leaves.
type intake struct {
	nc     net.Conn
	frames frameReader
	turn   atomic.Int32
	// waiting: the session waits for a first byte and may be disturbed. killed: it
	// must end even inside a message.
	waiting, killed atomic.Bool
	wake            chan struct{} // tells the watcher that it has the turn
	timer           *time.Timer
	armed           atomic.Bool
}

// errPoked is the end of a read that somebody disturbed.
var errPoked = errors.New("read was disturbed")

func newIntake(nc net.Conn, o *Options) *intake {
	in := &intake{nc: nc, wake: make(chan struct{}, 1)}
	in.frames = frameReader{src: in, queryMax: o.QueryBytesMax, bindMax: o.BindBytesMax}
	return in
}

// Read implements io.Reader for frames. A deadline that passes means that poke was
// called; it ends the read only where the session can take that.
func (in *intake) Read(p []byte) (int, error) {
	for {
		n, err := in.nc.Read(p)
		if n > 0 || !errors.Is(err, os.ErrDeadlineExceeded) {
			return n, err
		}
		_ = in.nc.SetReadDeadline(time.Time{})
		if in.turn.Load() == turnSession && (in.waiting.Load() || in.killed.Load()) {
			return 0, errPoked
		}
	}
}

// poke makes a session that waits for its client look around. The caller has set
// before what it is to see. Any goroutine may call it.
func (in *intake) poke() { _ = in.nc.SetReadDeadline(time.Unix(1, 0)) }

// claim gives the turn to the session, if the watcher does not have it.
func (in *intake) claim() bool { return in.turn.CompareAndSwap(turnFree, turnSession) }

// release ends the turn of whoever has it.
func (in *intake) release() { in.turn.Store(turnFree) }

// await waits until a message begins, at most until the deadline (zero: for ever). The
// error is errPoked when the deadline has passed, or poke was called.
func (in *intake) await(deadline time.Time, disturbed func() bool) error {
	if in.frames.start < in.frames.end {
		return nil
	}
	if !deadline.IsZero() {
		_ = in.nc.SetReadDeadline(deadline)
		defer in.nc.SetReadDeadline(time.Time{})
	}
	in.waiting.Store(true)
	defer in.waiting.Store(false)
	if disturbed() {
		return errPoked
	}
	return in.frames.fill(1)
}

// arm makes the watcher begin soon, unless disarm comes first.
func (in *intake) arm() {
	if in.armed.Load() {
		return
	}
	in.armed.Store(true)
	if in.timer == nil {
		in.timer = time.AfterFunc(watchAfter, in.watch)
	} else {
		in.timer.Reset(watchAfter)
	}
}

func (in *intake) disarm() {
	if in.armed.Load() {
		in.armed.Store(false)
		in.timer.Stop()
	}
}

// watch gives the turn to the watcher, unless somebody has it.
func (in *intake) watch() {
	in.armed.Store(false)
	if in.turn.CompareAndSwap(turnFree, turnWatcher) {
		signal(in.wake)
	}
}
