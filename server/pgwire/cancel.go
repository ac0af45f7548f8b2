package pgwire

import (
	"crypto/subtle"
)

// cancelByKey serves a CancelRequest. Neither the answer, which is silence, nor
// the time it takes tells a wrong key from a wrong pid.
func (s *Server) cancelByKey(pid int32, key []byte) {
	if c := s.session(pid); c != nil && subtle.ConstantTimeCompare(c.secret, key) == 1 {
		s.metrics.cancels.Inc()
		c.stop.cancel(errCanceled())
	}
}

// Cancel cancels the statement that runs in session pid, as pg_cancel_backend
// does. It reports whether there is such a session.
func (s *Server) Cancel(pid int32) bool {
	c := s.session(pid)
	if c != nil {
		c.stop.cancel(errCanceled())
	}
	return c != nil
}

// Terminate ends session pid, as pg_terminate_backend does.
func (s *Server) Terminate(pid int32) bool {
	c := s.session(pid)
	if c != nil {
		c.kill(errShutdown())
	}
	return c != nil
}

func (s *Server) session(pid int32) *conn {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.mu.sessions[pid]
}
