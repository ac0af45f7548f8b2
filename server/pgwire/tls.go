package pgwire

import (
	"context"
	"crypto/tls"
	"io"
	"net"
)

// tlsHandshake is the first byte of a client that speaks TLS without asking first.
const tlsHandshake = 0x16

// prefixed is a connection of which some bytes were read already.
type prefixed struct {
	net.Conn
	head []byte
}

// Read implements io.Reader.
func (p *prefixed) Read(b []byte) (int, error) {
	if len(p.head) > 0 {
		n := copy(b, p.head)
		p.head = p.head[n:]
		return n, nil
	}
	return p.Conn.Read(b)
}

// encrypt makes the connection one over TLS. direct tells that the client began with it,
// which it may for this protocol only: nothing that speaks another one by mistake gets an
// answer. What else was sent in clear is taken for TLS and fails as such.
func (c *conn) encrypt(head []byte, direct bool) error {
	select {
	case c.srv.handshakes <- struct{}{}:
		defer func() { <-c.srv.handshakes }()
	case <-c.srv.drain:
		return io.EOF
	}
	channel := c.srv.opts.TLS.Channel()
	t := tls.Server(&prefixed{Conn: c.nc, head: head}, channel.Config)
	ctx, done := context.WithTimeout(c.stop.base, c.srv.opts.AuthTimeout)
	defer done()
	if err := t.HandshakeContext(ctx); err != nil {
		c.srv.opts.Logger.Debug("TLS handshake", "remote", c.nc.RemoteAddr(), "error", err)
		return io.EOF
	}
	state := t.ConnectionState()
	if direct && state.NegotiatedProtocol == "" {
		return io.EOF
	}
	c.nc, c.tls, c.binding = t, true, channel.Binding
	c.w.dst, c.w.limit, c.in.nc = t, t, t
	if len(state.VerifiedChains) > 0 {
		c.certName = state.VerifiedChains[0][0].Subject.CommonName
		c.certShown = true
	}
	return nil
}
