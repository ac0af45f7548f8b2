package pgwire

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"net/netip"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"

	"millrace/server/auth"
	"millrace/sql/pgerr"
)

// authenticate makes the client prove that it is the user it says it is.
func (c *conn) authenticate(user, database string) error {
	addr, local := remoteAddr(c.nc.RemoteAddr())
	method, err := c.srv.opts.Gate.Method(auth.Client{
		User: user, Database: database, Addr: addr, Local: local, TLS: c.tls, CertName: c.certName,
	})
	if err != nil {
		return fatal(err)
	}
	switch method {
	case auth.Trust:
		return nil
	case auth.Cert:
		if c.certShown && c.certName == user {
			return nil
		}
		return fatalf(pgerr.InvalidAuthorization, "certificate authentication failed for user \"%s\"", user)
	case auth.Scram:
		err = c.scram(user)
	case auth.Password:
		err = c.password(user)
	default:
		return fatalf(pgerr.InvalidAuthorization, "authentication method \"%s\" cannot be used", method)
	}
	if errors.Is(err, auth.ErrPassword) {
		c.srv.metrics.refused.Inc()
		c.punish(addr)
		return fatalf(pgerr.InvalidPassword, "password authentication failed for user \"%s\"", user)
	}
	if err == nil {
		c.srv.forgive(addr)
	}
	return err
}

// punish lets a client with a wrong password wait, so that passwords cannot be tried out
// quickly, and says so in the log.
func (c *conn) punish(addr netip.Addr) {
	wait := c.srv.penalty(addr, time.Now())
	c.srv.opts.Logger.Info("wrong password", "remote", c.nc.RemoteAddr().String())
	_ = c.nc.SetDeadline(time.Now().Add(wait + lastWords))
	pause(c.srv.drain, wait)
}

// scram runs the exchange of SCRAM-SHA-256, bound to the TLS channel if the client can.
func (c *conn) scram(user string) error {
	mechanisms := []string{auth.ScramSHA256}
	if c.tls {
		mechanisms = []string{auth.ScramSHA256Plus, auth.ScramSHA256}
	}
	_ = c.w.message(&pgproto3.AuthenticationSASL{AuthMechanisms: mechanisms})
	body, err := c.response()
	if err != nil {
		return err
	}
	mechanism, first, err := saslInitial(body, mechanisms)
	if err != nil {
		return err
	}
	v, ok := c.srv.opts.Gate.Verifier(user)
	x := auth.NewExchange(auth.ExchangeOptions{
		Mechanism: mechanism, Binding: c.binding, Verifier: v, HasVerifier: ok,
		User: user, Secret: c.srv.mockSecret, Random: c.srv.opts.Random,
	})
	answer, err := x.First(first)
	if err != nil {
		return saslError(err)
	}
	_ = c.w.message(&pgproto3.AuthenticationSASLContinue{Data: answer})
	if body, err = c.response(); err != nil {
		return err
	}
	if answer, err = x.Final(body); err != nil {
		return saslError(err)
	}
	return c.w.message(&pgproto3.AuthenticationSASLFinal{Data: answer})
}

// saslInitial reads the client's choice of a mechanism, and what it says first.
func saslInitial(body []byte, mechanisms []string) (mechanism string, first []byte, err error) {
	mechanism, rest, ok := cutZero(body)
	if !ok || len(rest) < 4 {
		return "", nil, fatalf(pgerr.ProtocolViolation, "invalid SASL initial response")
	}
	known := false
	for _, m := range mechanisms {
		known = known || m == mechanism
	}
	if !known {
		return "", nil, fatalf(pgerr.ProtocolViolation, "client selected an invalid SASL authentication mechanism")
	}
	n := int32(binary.BigEndian.Uint32(rest))
	if n < 0 || int(n) != len(rest)-4 {
		return "", nil, fatalf(pgerr.ProtocolViolation, "invalid SASL initial response")
	}
	return mechanism, rest[4:], nil
}

func saslError(err error) error {
	var m *auth.MalformedError
	if errors.As(err, &m) {
		return fatal(pgerr.New(pgerr.ProtocolViolation, "malformed SCRAM message").WithDetail("%s.", upperFirst(m.Detail)))
	}
	return err
}

// password asks for the password in clear: over TLS only, for clients without SCRAM.
func (c *conn) password(user string) error {
	if !c.tls {
		return fatalf(pgerr.InvalidAuthorization, "a password in clear is accepted over TLS only")
	}
	_ = c.w.message(&pgproto3.AuthenticationCleartextPassword{})
	body, err := c.response()
	if err != nil {
		return err
	}
	text, rest, ok := cutZero(body)
	if !ok || len(rest) > 0 {
		return fatalf(pgerr.ProtocolViolation, "invalid password packet size")
	}
	if text == "" {
		return fatalf(pgerr.InvalidPassword, "empty password returned by client")
	}
	v, ok := c.srv.opts.Gate.Verifier(user)
	if right := v.Iterations > 0 && v.Matches(text); !ok || !right {
		return auth.ErrPassword
	}
	return nil
}

// response sends what is waiting and reads the client's answer to it: one message of
// type 'p' of at most authBytesMax.
func (c *conn) response() ([]byte, error) {
	if err := c.w.Flush(); err != nil {
		return nil, err
	}
	var head [5]byte
	if _, err := io.ReadFull(c.nc, head[:]); err != nil {
		return nil, io.EOF
	}
	n := binary.BigEndian.Uint32(head[1:])
	switch {
	case head[0] == 'X':
		return nil, io.EOF
	case head[0] != 'p':
		return nil, fatalf(pgerr.ProtocolViolation, "expected password response, got message type %d", head[0])
	case n < 4 || n > authBytesMax:
		return nil, fatalf(pgerr.ProtocolViolation, "invalid message length")
	}
	body := make([]byte, n-4)
	if _, err := io.ReadFull(c.nc, body); err != nil {
		return nil, io.EOF
	}
	return body, nil
}

func upperFirst(s string) string {
	b := []byte(s)
	if len(b) > 0 {
		copy(b, bytes.ToUpper(b[:1]))
	}
	return string(b)
}
