package pgwire

import (
	"net"
	"net/netip"
	"time"

	"millrace/server/auth"
	"millrace/sql/pgerr"
)

// Gate decides who may connect. Its methods are called from many goroutines.
type Gate interface {
	// Method says how a client has to prove who it is; it is auth.Trust for one that is
	// believed. An error refuses the client.
	Method(c auth.Client) (auth.Method, error)
	// Verifier returns what is kept of a role's password; ok is false for a role that is
	// not there, has none, or whose password has ended.
	Verifier(user string) (v auth.Verifier, ok bool)
	// Super reports whether the role may take the last places.
	Super(user string) bool
}

// localGate trusts clients of this machine and refuses all others: what a Server without
// a Gate does.
type localGate struct{}

// Method implements Gate.
func (localGate) Method(c auth.Client) (auth.Method, error) {
	if c.Local || c.Addr.IsLoopback() {
		return auth.Trust, nil
	}
	return auth.Reject, pgerr.Newf(pgerr.InvalidAuthorization, "connection from \"%s\" is refused", c.Host()).
		WithDetail("Connections without a password are allowed from the same machine only.").
		WithHint("Connect from the machine that runs the server, for example through an SSH tunnel to 127.0.0.1.")
}

// Verifier implements Gate.
func (localGate) Verifier(string) (v auth.Verifier, ok bool) { return v, false }

// Super implements Gate.
func (localGate) Super(string) bool { return true }

// remoteAddr is the client's address; local tells that it has none.
func remoteAddr(a net.Addr) (addr netip.Addr, local bool) {
	if tcp, ok := a.(*net.TCPAddr); ok {
		return tcp.AddrPort().Addr().Unmap(), false
	}
	return netip.Addr{}, a != nil && (a.Network() == "unix" || a.Network() == "pipe")
}

// guard counts what comes from each address before it is authenticated. It belongs to
// Server.mu.
type guard struct {
	starting map[netip.Addr]int
	failed   map[netip.Addr]failures
}

// failures is how often a wrong password came from an address.
type failures struct {
	count int
	last  time.Time
}

func newGuard() guard {
	return guard{starting: map[netip.Addr]int{}, failed: map[netip.Addr]failures{}}
}

// counted reports whether the address is one that the limits are for: those of this
// machine are not, as all local clients share them.
func counted(a netip.Addr) bool { return a.IsValid() && !a.IsLoopback() }

// enter counts a connection that begins; false when there are too many, in all or of its
// address.
func (s *Server) enter(a netip.Addr) bool {
	if s.starting.Add(1) > startupsMax {
		s.starting.Add(-1)
		return false
	}
	if !counted(a) {
		return true
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.mu.guard.starting[a] >= startupsPerAddressMax {
		s.starting.Add(-1)
		return false
	}
	s.mu.guard.starting[a]++
	return true
}

// leave ends what enter began.
func (s *Server) leave(a netip.Addr) {
	s.starting.Add(-1)
	if !counted(a) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.mu.guard.starting[a]--; s.mu.guard.starting[a] <= 0 {
		delete(s.mu.guard.starting, a)
	}
}

// penalty notes a wrong password and returns how long its client has to wait for the
// answer: longer with each, up to penaltyMax. An address is forgiven after penaltyMemory.
func (s *Server) penalty(a netip.Addr, now time.Time) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := &s.mu.guard
	if len(g.failed) >= failedAddressesMax {
		for addr, f := range g.failed {
			if now.Sub(f.last) > penaltyMemory {
				delete(g.failed, addr)
			}
		}
		if len(g.failed) >= failedAddressesMax {
			return penaltyMax
		}
	}
	f := g.failed[a]
	if now.Sub(f.last) > penaltyMemory {
		f = failures{}
	}
	f.count, f.last = f.count+1, now
	g.failed[a] = f
	return min(penaltyStep<<min(f.count-1, 20), penaltyMax)
}

// forgive forgets wrong passwords after a right one.
func (s *Server) forgive(a netip.Addr) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.mu.guard.failed, a)
}
