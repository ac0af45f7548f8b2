package session

import (
	"slices"
	"sync"

	"millrace/server/pgwire"
	"millrace/sql"
	"millrace/sql/pgerr"
)

// Limits of NOTIFY, PostgreSQL's but for the last: a session that does not take its
// notifications loses the newest ones above that number.
const (
	channelBytesMax   = 63
	payloadBytesMax   = 7999
	notificationsKept = 100_000
)

// Channels brings notifications to the sessions that listen.
type Channels struct {
	// Wake is told the session that has something to send to its client.
	Wake func(pid int32)
	mu   struct {
		sync.Mutex
		listeners map[string][]*mailbox
	}
}

// mailbox is the notifications of one session that its client has not got yet.
type mailbox struct {
	pid int32
	mu  struct {
		sync.Mutex
		list []pgwire.Notification
	}
}

func (c *Channels) listen(channel string, m *mailbox) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.mu.listeners == nil {
		c.mu.listeners = map[string][]*mailbox{}
	}
	if !slices.Contains(c.mu.listeners[channel], m) {
		c.mu.listeners[channel] = append(c.mu.listeners[channel], m)
	}
}

func (c *Channels) unlisten(channel string, m *mailbox) {
	c.mu.Lock()
	defer c.mu.Unlock()
	rest := slices.DeleteFunc(slices.Clone(c.mu.listeners[channel]), func(x *mailbox) bool { return x == m })
	if len(rest) == 0 {
		delete(c.mu.listeners, channel)
	} else {
		c.mu.listeners[channel] = rest
	}
}

// send delivers notifications in order.
func (c *Channels) send(list []pgwire.Notification) {
	for _, n := range list {
		c.mu.Lock()
		to := c.mu.listeners[n.Channel]
		c.mu.Unlock()
		for _, m := range to {
			if m.put(n) && c.Wake != nil {
				c.Wake(m.pid)
			}
		}
	}
}

func (m *mailbox) put(n pgwire.Notification) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.mu.list) >= notificationsKept {
		return false
	}
	m.mu.list = append(m.mu.list, n)
	return true
}

func (m *mailbox) take() []pgwire.Notification {
	m.mu.Lock()
	defer m.mu.Unlock()
	list := m.mu.list
	m.mu.list = nil
	return list
}

// postings is what a transaction has to do with channels when it commits.
type postings struct {
	notify []pgwire.Notification
	// listen is the changes to what the session listens to: a channel, or "" for all of
	// them with off.
	listen []listening
}

type listening struct {
	channel string
	off     bool
}

func (p *postings) mark() postings {
	return postings{notify: p.notify[:len(p.notify):len(p.notify)], listen: p.listen[:len(p.listen):len(p.listen)]}
}

// Notifications gives the wire what came for this session.
func (s *Session) Notifications() []pgwire.Notification {
	if s.mail == nil {
		return nil
	}
	return s.mail.take()
}

func (s *Session) runListen(st *sql.Listen) (*result, error) {
	if err := checkChannel(st.Channel); err != nil {
		return nil, err
	}
	s.txn.post.listen = append(s.txn.post.listen, listening{channel: st.Channel})
	return command("LISTEN"), nil
}

func (s *Session) runUnlisten(st *sql.Unlisten) (*result, error) {
	s.txn.post.listen = append(s.txn.post.listen, listening{channel: st.Channel, off: true})
	return command("UNLISTEN"), nil
}

func (s *Session) runNotify(st *sql.Notify) (*result, error) {
	return command("NOTIFY"), s.notifyLater(st.Channel, st.Payload)
}

// notifyLater sends a notification with the commit. Equal ones of one transaction are one.
func (s *Session) notifyLater(channel, payload string) error {
	if err := checkChannel(channel); err != nil {
		return err
	}
	if len(payload) > payloadBytesMax {
		return pgerr.New(pgerr.InvalidParameterValue, "payload string too long")
	}
	n := pgwire.Notification{PID: s.info.PID, Channel: channel, Payload: payload}
	if slices.Contains(s.txn.post.notify, n) {
		return nil
	}
	s.txn.post.notify = append(s.txn.post.notify, n)
	return nil
}

func checkChannel(name string) error {
	switch {
	case name == "":
		return pgerr.New(pgerr.InvalidParameterValue, "channel name cannot be empty")
	case len(name) > channelBytesMax:
		return pgerr.New(pgerr.InvalidParameterValue, "channel name too long")
	}
	return nil
}

// post does at the commit what the transaction has collected.
func (s *Session) post(p postings) {
	for _, l := range p.listen {
		switch {
		case !l.off:
			if s.mail == nil {
				s.mail = &mailbox{pid: s.info.PID}
			}
			s.backend.Channels.listen(l.channel, s.mail)
			if !slices.Contains(s.channels, l.channel) {
				s.channels = append(s.channels, l.channel)
			}
		case l.channel == "":
			s.unlistenAll()
		default:
			s.backend.Channels.unlisten(l.channel, s.mail)
			s.channels = slices.DeleteFunc(s.channels, func(c string) bool { return c == l.channel })
		}
	}
	s.backend.Channels.send(p.notify)
}

func (s *Session) unlistenAll() {
	for _, channel := range s.channels {
		s.backend.Channels.unlisten(channel, s.mail)
	}
	s.channels = nil
}
