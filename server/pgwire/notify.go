package pgwire

import "github.com/jackc/pgx/v5/pgproto3"

// Notification is what NOTIFY sends to those who LISTEN.
type Notification struct {
	PID              int32 // of the session that sent it
	Channel, Payload string
}

// notified is a Session that takes notifications. Notifications returns those that came
// since the last call; it is called outside of transactions only.
type notified interface{ Notifications() []Notification }

// Wake makes the connection of session pid send its notifications as soon as it waits
// for its client outside of a transaction. Any goroutine may call it.
func (s *Server) Wake(pid int32) {
	if c := s.session(pid); c != nil {
		signal(c.noticed)
		c.in.poke()
	}
}

// notify writes the notifications that are there, between two commands.
func (c *conn) notify() {
	select {
	case <-c.noticed:
	default:
	}
	s, ok := c.session.(notified)
	if !ok || c.session.TxStatus() != 'I' {
		return
	}
	for _, n := range s.Notifications() {
		_ = c.w.message(&pgproto3.NotificationResponse{PID: uint32(n.PID), Channel: clean(n.Channel), Payload: clean(n.Payload)})
	}
}

// hasNews reports whether notifications may be sent to a client that waits.
func (c *conn) hasNews() bool { return len(c.noticed) > 0 && c.quiet() }

// sendNews sends them.
func (c *conn) sendNews() error {
	if !c.hasNews() {
		return nil
	}
	c.notify()
	return c.w.Flush()
}
