package pgwire

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"

	"millrace/server/auth"
)

// testGate asks for one method, and knows the password of millrace.
type testGate struct {
	method   auth.Method
	verifier auth.Verifier
	clients  []auth.Client
	super    string
}

func (g *testGate) Method(c auth.Client) (auth.Method, error) {
	g.clients = append(g.clients, c)
	return g.method, nil
}

func (g *testGate) Verifier(user string) (auth.Verifier, bool) { return g.verifier, user == "millrace" }
func (g *testGate) Super(user string) bool                     { return user == g.super }

func newGate(t *testing.T, method auth.Method) *testGate {
	t.Helper()
	v, err := auth.NewVerifier("secret", 16, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return &testGate{method: method, verifier: v}
}

// authority makes certificates for tests.
type authority struct {
	t    *testing.T
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	pem  []byte
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	a := &authority{t: t}
	a.pem, a.key = a.issue("authority", nil)
	return a
}

// issue makes a certificate for name: by the authority, or for itself.
func (a *authority) issue(name string, by *authority) ([]byte, *ecdsa.PrivateKey) {
	a.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		a.t.Fatal(err)
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name},
		NotBefore: time.Unix(0, 0), NotAfter: time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC), BasicConstraintsValid: true, IsCA: by == nil,
		KeyUsage:    x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	parent, signer := c, key
	if by != nil {
		parent, signer = by.cert, by.key
	}
	der, err := x509.CreateCertificate(rand.Reader, c, parent, &key.PublicKey, signer)
	if err != nil {
		a.t.Fatal(err)
	}
	if by == nil {
		if a.cert, err = x509.ParseCertificate(der); err != nil {
			a.t.Fatal(err)
		}
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), key
}

// files writes the files of a server called name.
func (a *authority) files(dir, name string) auth.TLSFiles {
	a.t.Helper()
	cert, key := a.issue(name, a)
	f := auth.TLSFiles{
		Cert: filepath.Join(dir, "cert"), Key: filepath.Join(dir, "key"), ClientCA: filepath.Join(dir, "ca"),
	}
	for path, text := range map[string][]byte{f.Cert: cert, f.Key: keyPEM(a.t, key), f.ClientCA: a.pem} {
		if err := os.WriteFile(path, text, 0o600); err != nil {
			a.t.Fatal(err)
		}
	}
	return f
}

func keyPEM(t *testing.T, key *ecdsa.PrivateKey) []byte {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
}

func (a *authority) open(files auth.TLSFiles) *auth.Certificates {
	a.t.Helper()
	c, err := auth.OpenCertificates(files, func(err error) { a.t.Errorf("reload: %v", err) })
	if err != nil {
		a.t.Fatal(err)
	}
	return c
}

// overTLS asks for TLS and shakes hands.
func (c *client) overTLS(cfg *tls.Config) *tls.Conn {
	c.t.Helper()
	answer := make([]byte, 1)
	c.raw([]byte(sslRequest))
	if _, err := readFull(c.nc, answer); err != nil || answer[0] != 'S' {
		c.t.Fatalf("%q %v", answer, err)
	}
	return c.shakeHands(cfg)
}

func (c *client) shakeHands(cfg *tls.Config) *tls.Conn {
	c.t.Helper()
	conn := tls.Client(c.nc, cfg)
	if err := conn.Handshake(); err != nil {
		c.t.Fatal(err)
	}
	c.nc, c.f = conn, pgproto3.NewFrontend(conn, conn)
	return conn
}

func (a *authority) client() *tls.Config {
	pool := x509.NewCertPool()
	pool.AddCert(a.cert)
	return &tls.Config{RootCAs: pool, ServerName: "server"}
}

// scramClient is a client of SCRAM that can be made to lie.
type scramClient struct {
	mechanism, gs2, password string
	binding                  []byte
	nonce                    string // appended to the server's, to be wrong
}

// login runs the exchange up to the server's last word about it.
func (s scramClient) login(c *client, user string) string {
	c.t.Helper()
	c.send(startupMessage(3<<16, "user", user))
	if m, err := c.f.Receive(); err != nil {
		return "EOF"
	} else if _, ok := m.(*pgproto3.AuthenticationSASL); !ok {
		return word(m)
	}
	bare := "n=,r=clientnonce"
	c.send(&pgproto3.SASLInitialResponse{AuthMechanism: s.mechanism, Data: []byte(s.gs2 + bare)})
	m, err := c.f.Receive()
	if err != nil {
		return "EOF"
	}
	next, ok := m.(*pgproto3.AuthenticationSASLContinue)
	if !ok {
		return word(m)
	}
	c.send(&pgproto3.SASLResponse{Data: s.final(c.t, bare, string(next.Data))})
	if m, err = c.f.Receive(); err != nil {
		return "EOF"
	}
	if _, ok := m.(*pgproto3.AuthenticationSASLFinal); ok {
		c.expect("R S S S K Z:I")
		return "in"
	}
	return word(m)
}

func (s scramClient) final(t *testing.T, bare, serverFirst string) []byte {
	t.Helper()
	attrs := strings.Split(serverFirst, ",")
	salt, _ := base64.StdEncoding.DecodeString(attrs[1][2:])
	n, _ := strconv.Atoi(attrs[2][2:])
	salted, err := pbkdf2.Key(sha256.New, s.password, salt, n, 32)
	if err != nil {
		t.Fatal(err)
	}
	sum := func(key []byte, text string) []byte {
		h := hmac.New(sha256.New, key)
		h.Write([]byte(text))
		return h.Sum(nil)
	}
	final := "c=" + base64.StdEncoding.EncodeToString(append([]byte(s.gs2), s.binding...)) + "," + attrs[0] + s.nonce
	clientKey := sum(salted, "Client Key")
	stored := sha256.Sum256(clientKey)
	proof := sum(stored[:], bare+","+serverFirst+","+final)
	for i := range proof {
		proof[i] ^= clientKey[i]
	}
	return []byte(final + ",p=" + base64.StdEncoding.EncodeToString(proof))
}

func plainScram(password string) scramClient {
	return scramClient{mechanism: auth.ScramSHA256, gs2: "n,,", password: password}
}

func TestScram(t *testing.T) {
	good := plainScram("secret")
	with := func(change func(*scramClient)) scramClient {
		s := good
		change(&s)
		return s
	}
	for _, c := range []struct {
		name, user string
		client     scramClient
		want       string
	}{
		{"right", "millrace", good, "in"},
		{"client without TLS that could bind", "millrace", with(func(s *scramClient) { s.gs2 = "y,," }), "in"},
		{"wrong password", "millrace", plainScram("Secret"), "E:FATAL:28P01"},
		{"empty password", "millrace", plainScram(""), "E:FATAL:28P01"},
		{"nobody", "nobody", good, "E:FATAL:28P01"},
		{"other nonce", "millrace", with(func(s *scramClient) { s.nonce = "x" }), "E:FATAL:28P01"},
		{"other binding", "millrace", with(func(s *scramClient) { s.binding = []byte("x") }), "E:FATAL:28P01"},
		{"PLUS without TLS", "millrace", with(func(s *scramClient) { s.mechanism = auth.ScramSHA256Plus }), "E:FATAL:08P01"},
		{"binding without PLUS", "millrace", with(func(s *scramClient) { s.gs2 = "p=tls-server-end-point,," }), "E:FATAL:08P01"},
		{"MD5", "millrace", with(func(s *scramClient) { s.mechanism = "MD5" }), "E:FATAL:08P01"},
		{"authorization identity", "millrace", with(func(s *scramClient) { s.gs2 = "n,a=x," }), "E:FATAL:08P01"},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				cl := pipe(t, New(&fakeHandler{}, Options{Gate: newGate(t, auth.Scram)}))
				if got := c.client.login(cl, c.user); got != c.want {
					t.Errorf("%s, want %s", got, c.want)
				}
			})
		})
	}
}

// An unknown role looks like one with another password: the same messages, and for the
// same name the same salt.
func TestUnknownRoleLooksKnown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		srv := New(&fakeHandler{}, Options{Gate: newGate(t, auth.Scram)})
		first := func(user string) string {
			c := pipe(t, srv)
			c.send(startupMessage(3<<16, "user", user))
			_, _ = c.f.Receive()
			c.send(&pgproto3.SASLInitialResponse{AuthMechanism: auth.ScramSHA256, Data: []byte("n,,n=,r=x")})
			m, _ := c.f.Receive()
			_, rest, _ := strings.Cut(string(m.(*pgproto3.AuthenticationSASLContinue).Data), ",")
			return rest
		}
		if a, b := first("nobody"), first("nobody"); a != b || !strings.Contains(a, ",i=4096") {
			t.Errorf("%s, then %s", a, b)
		}
		if first("nobody") == first("somebody") {
			t.Error("two unknown roles have one salt")
		}
	})
}

func TestAuthenticationMessages(t *testing.T) {
	for name, raw := range map[string]string{
		"a query":            "Q\x00\x00\x00\x05\x00",
		"2 GiB":              "p\x7f\xff\xff\xff",
		"no length":          "p\x00\x00\x00\x03",
		"no mechanism":       "p\x00\x00\x00\x05x",
		"a negative length":  "p\x00\x00\x00\x16SCRAM-SHA-256\x00\xff\xff\xff\xff",
		"a length too large": "p\x00\x00\x00\x16SCRAM-SHA-256\x00\x00\x00\x00\x09",
	} {
		t.Run(name, func(t *testing.T) {
			c := pipe(t, New(&fakeHandler{}, Options{Gate: newGate(t, auth.Scram)}))
			c.send(startupMessage(3<<16, "user", "millrace"))
			if _, err := c.f.Receive(); err != nil {
				t.Fatal(err)
			}
			go func() { _, _ = c.nc.Write([]byte(raw)) }()
			c.expect("E:FATAL:08P01 EOF")
		})
	}
}

// A password message that nobody asked for ends the connection.
func TestPasswordNotAskedFor(t *testing.T) {
	c := connect(t, New(&fakeHandler{}, Options{}))
	c.raw([]byte("p\x00\x00\x00\x05\x00"))
	c.expect("E:FATAL:08P01 EOF")
}

func TestTLS(t *testing.T) {
	ca := newAuthority(t)
	certs := ca.open(ca.files(t.TempDir(), "server"))
	server := func(method auth.Method) (*Server, *testGate) {
		g := newGate(t, method)
		return New(&fakeHandler{}, Options{Gate: g, TLS: certs}), g
	}
	t.Run("asked for", func(t *testing.T) {
		srv, g := server(auth.Trust)
		c := pipe(t, srv)
		c.overTLS(ca.client())
		c.send(startupMessage(3<<16, "user", "millrace"))
		c.expect("R S S S K Z:I")
		if !g.clients[0].TLS {
			t.Error("the gate sees no TLS")
		}
		c.send(&pgproto3.Query{String: "rows 3"})
	})
	t.Run("at once", func(t *testing.T) {
		srv, _ := server(auth.Trust)
		c := pipe(t, srv)
		cfg := ca.client()
		cfg.NextProtos = []string{"postgresql"}
		c.shakeHands(cfg)
		c.send(startupMessage(3<<16, "user", "millrace"))
		c.expect("R S S S K Z:I")
	})
	t.Run("at once without ALPN", func(t *testing.T) {
		srv, _ := server(auth.Trust)
		c := pipe(t, srv)
		_ = tls.Client(c.nc, ca.client()).Handshake()
		<-c.done
	})
	t.Run("another protocol", func(t *testing.T) {
		srv, _ := server(auth.Trust)
		c := pipe(t, srv)
		cfg := ca.client()
		cfg.NextProtos = []string{"h2", "http/1.1"}
		if err := tls.Client(c.nc, cfg).Handshake(); err == nil {
			t.Error("the server speaks HTTP")
		}
	})
	t.Run("an old version", func(t *testing.T) {
		srv, _ := server(auth.Trust)
		c := pipe(t, srv)
		c.raw([]byte(sslRequest))
		_, _ = readFull(c.nc, make([]byte, 1))
		cfg := ca.client()
		cfg.MinVersion, cfg.MaxVersion = tls.VersionTLS10, tls.VersionTLS11
		if err := tls.Client(c.nc, cfg).Handshake(); err == nil {
			t.Error("the server speaks TLS 1.1")
		}
	})
	t.Run("asked for inside TLS", func(t *testing.T) {
		for _, request := range []string{sslRequest, gssRequest} {
			srv, _ := server(auth.Trust)
			c := pipe(t, srv)
			c.overTLS(ca.client())
			c.raw([]byte(request))
			c.expect("E:FATAL:0A000 EOF")
		}
	})
	t.Run("stuffed", func(t *testing.T) {
		// CVE-2021-23214: a query behind SSLRequest, in clear, is never run.
		h := &fakeHandler{}
		c := pipe(t, New(h, Options{TLS: certs}))
		go func() {
			_, _ = c.nc.Write([]byte(sslRequest + startupBytes(3<<16, "user\x00millrace\x00\x00") + "Q\x00\x00\x00\x06x\x00"))
		}()
		_, _ = readFull(c.nc, make([]byte, 1))
		for buf := make([]byte, 100); ; {
			if _, err := c.nc.Read(buf); err != nil {
				break
			}
		}
		<-c.done
		if len(h.sessions) != 0 {
			t.Error("a session was made from bytes in clear")
		}
	})
	t.Run("without waiting", func(t *testing.T) {
		srv, _ := server(auth.Trust)
		c := pipe(t, srv)
		eager := &eagerConn{Conn: c.nc, head: []byte(sslRequest), skip: 1}
		conn := tls.Client(eager, ca.client())
		if err := conn.Handshake(); err != nil {
			t.Fatal(err)
		}
	})
}

// eagerConn writes head in front of the first bytes and skips the answer to it.
type eagerConn struct {
	net.Conn
	head []byte
	skip int
}

func (e *eagerConn) Write(p []byte) (int, error) {
	if e.head == nil {
		return e.Conn.Write(p)
	}
	all := append(e.head, p...)
	e.head = nil
	go func() { _, _ = e.Conn.Write(all) }() // a pipe has no room of its own
	return len(p), nil
}

func (e *eagerConn) Read(p []byte) (int, error) {
	for e.skip > 0 {
		n, err := e.Conn.Read(make([]byte, e.skip))
		if e.skip -= n; err != nil {
			return 0, err
		}
	}
	return e.Conn.Read(p)
}

func TestChannelBinding(t *testing.T) {
	ca := newAuthority(t)
	certs := ca.open(ca.files(t.TempDir(), "server"))
	for _, c := range []struct {
		name   string
		client scramClient
		lie    bool
		want   string
	}{
		{"bound", scramClient{mechanism: auth.ScramSHA256Plus, gs2: "p=tls-server-end-point,,", password: "secret"}, false, "in"},
		{"not bound", plainScram("secret"), false, "in"},
		{"bound to another server", scramClient{mechanism: auth.ScramSHA256Plus, gs2: "p=tls-server-end-point,,", password: "secret"}, true, "E:FATAL:28P01"},
		{"downgraded", scramClient{mechanism: auth.ScramSHA256, gs2: "y,,", password: "secret"}, false, "E:FATAL:08P01"},
		{"tls-unique", scramClient{mechanism: auth.ScramSHA256Plus, gs2: "p=tls-unique,,", password: "secret"}, false, "E:FATAL:08P01"},
		{"PLUS without binding", scramClient{mechanism: auth.ScramSHA256Plus, gs2: "n,,", password: "secret"}, false, "E:FATAL:08P01"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cl := pipe(t, New(&fakeHandler{}, Options{Gate: newGate(t, auth.Scram), TLS: certs}))
			conn := cl.overTLS(ca.client())
			if c.client.mechanism == auth.ScramSHA256Plus {
				hash := sha256.Sum256(conn.ConnectionState().PeerCertificates[0].Raw)
				if c.client.binding = hash[:]; c.lie {
					c.client.binding[0]++
				}
			}
			if got := c.client.login(cl, "millrace"); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

func TestClientCertificate(t *testing.T) {
	ca := newAuthority(t)
	certs := ca.open(ca.files(t.TempDir(), "server"))
	other := newAuthority(t)
	show := func(by *authority, name string) tls.Certificate {
		cert, key := by.issue(name, by)
		pair, err := tls.X509KeyPair(cert, keyPEM(t, key))
		if err != nil {
			t.Fatal(err)
		}
		return pair
	}
	for _, c := range []struct {
		name string
		cert []tls.Certificate
		want string
	}{
		{"of the user", []tls.Certificate{show(ca, "millrace")}, "R S S S K Z:I"},
		{"of another", []tls.Certificate{show(ca, "ann")}, "E:FATAL:28000 EOF"},
		{"none", nil, "E:FATAL:28000 EOF"},
		{"of another authority", []tls.Certificate{show(other, "millrace")}, "EOF"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cl := pipe(t, New(&fakeHandler{}, Options{Gate: newGate(t, auth.Cert), TLS: certs}))
			cfg := ca.client()
			cfg.Certificates = c.cert
			cl.overTLS(cfg)
			go func() { _, _ = cl.nc.Write([]byte(startupBytes(3<<16, "user\x00millrace\x00\x00"))) }()
			cl.expect(c.want)
		})
	}
}

// A certificate that was replaced is shown to the next client; the old one stays when
// the new files are wrong.
func TestCertificateReload(t *testing.T) {
	ca := newAuthority(t)
	dir := t.TempDir()
	files := ca.files(dir, "server")
	var failed []error
	certs, err := auth.OpenCertificates(files, func(err error) { failed = append(failed, err) })
	if err != nil {
		t.Fatal(err)
	}
	srv := New(&fakeHandler{}, Options{TLS: certs})
	serial := func() string {
		return fmt.Sprint(pipe(t, srv).overTLS(ca.client()).ConnectionState().PeerCertificates[0].SerialNumber)
	}
	first := serial()
	if again := serial(); again != first {
		t.Error("another certificate without a reason")
	}
	ca.files(dir, "server")
	touch(t, files.Cert, 1)
	second := serial()
	if second == first {
		t.Error("the new certificate is not used")
	}
	if err := os.WriteFile(files.Cert, []byte("nonsense"), 0o600); err != nil {
		t.Fatal(err)
	}
	touch(t, files.Cert, 2)
	if third := serial(); third != second || len(failed) != 1 {
		t.Errorf("a wrong file: %s after %s, %v", third, second, failed)
	}
}

func touch(t *testing.T, path string, hours int) {
	t.Helper()
	at := time.Now().Add(time.Duration(hours) * time.Hour)
	if err := os.Chtimes(path, at, at); err != nil {
		t.Fatal(err)
	}
}

// Cleartext passwords go over TLS only.
func TestCleartext(t *testing.T) {
	ca := newAuthority(t)
	certs := ca.open(ca.files(t.TempDir(), "server"))
	for _, c := range []struct {
		name, password string
		tls            bool
		want           string
	}{
		{"right", "secret", true, "R S S S K Z:I"},
		{"wrong", "Secret", true, "E:FATAL:28P01 EOF"},
		{"empty", "", true, "E:FATAL:28P01 EOF"},
		{"in clear", "secret", false, "E:FATAL:28000 EOF"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cl := pipe(t, New(&fakeHandler{}, Options{Gate: newGate(t, auth.Password), TLS: certs}))
			if c.tls {
				cl.overTLS(ca.client())
			}
			cl.send(startupMessage(3<<16, "user", "millrace"))
			if c.tls {
				if _, err := cl.f.Receive(); err != nil {
					t.Fatal(err)
				}
				cl.send(&pgproto3.PasswordMessage{Password: c.password})
			}
			cl.expect(c.want)
		})
	}
}

// CVE-2026-6478: 10,000 requests on one connection are answered once.
func TestNegotiationIsNotRepeated(t *testing.T) {
	ca := newAuthority(t)
	c := pipe(t, New(&fakeHandler{}, Options{TLS: ca.open(ca.files(t.TempDir(), "server"))}))
	go func() { _, _ = c.nc.Write([]byte(strings.Repeat(gssRequest+gssRequest, 5000))) }()
	_, _ = readFull(c.nc, make([]byte, 1))
	c.expect("E:FATAL:0A000 EOF")
}

func TestReservedConnections(t *testing.T) {
	g := newGate(t, auth.Trust)
	g.super = "boss"
	srv := New(&fakeHandler{}, Options{Gate: g, ConnectionsMax: 3, Reserved: 2})
	connect(t, srv)
	c := pipe(t, srv)
	c.send(startupMessage(3<<16, "user", "millrace"))
	c.expect("E:FATAL:53300 EOF")
	for range 2 {
		c = pipe(t, srv)
		c.send(startupMessage(3<<16, "user", "boss"))
		c.expect("R S S S K Z:I")
	}
	c = pipe(t, srv)
	c.send(startupMessage(3<<16, "user", "boss"))
	c.expect("E:FATAL:53300 EOF")
}

// Wrong passwords of one address wait longer and longer; others do not, and time heals.
func TestPenalty(t *testing.T) {
	srv := New(&fakeHandler{}, Options{})
	a, b := netip.MustParseAddr("10.0.0.1"), netip.MustParseAddr("10.0.0.2")
	now := time.Unix(1000, 0)
	var waits []time.Duration
	for range 9 {
		waits = append(waits, srv.penalty(a, now))
	}
	if waits[0] != penaltyStep || waits[3] != 8*penaltyStep || waits[8] != penaltyMax {
		t.Errorf("%v", waits)
	}
	if w := srv.penalty(b, now); w != penaltyStep {
		t.Errorf("another address waits %s", w)
	}
	if w := srv.penalty(a, now.Add(penaltyMemory+time.Second)); w != penaltyStep {
		t.Errorf("after a while %s", w)
	}
	srv.forgive(b)
	if w := srv.penalty(b, now); w != penaltyStep {
		t.Errorf("after a right password %s", w)
	}
	for i := range failedAddressesMax + 10 {
		srv.penalty(netip.AddrFrom4([4]byte{1, byte(i >> 16), byte(i >> 8), byte(i)}), now)
	}
	if n := len(srv.mu.guard.failed); n > failedAddressesMax {
		t.Errorf("%d addresses are remembered", n)
	}
}

// One address cannot take all places before authentication; this machine can.
func TestConnectionsOfOneAddress(t *testing.T) {
	srv := New(&fakeHandler{}, Options{})
	a, b, local := netip.MustParseAddr("10.0.0.1"), netip.MustParseAddr("10.0.0.2"), netip.MustParseAddr("127.0.0.1")
	for i := range startupsPerAddressMax {
		if !srv.enter(a) {
			t.Fatalf("refused after %d", i)
		}
	}
	if srv.enter(a) || !srv.enter(b) {
		t.Error("the limit is not that of one address")
	}
	srv.leave(a)
	if !srv.enter(a) {
		t.Error("a place is not given back")
	}
	n := 0
	for srv.enter(local) {
		n++
	}
	if n != startupsMax-startupsPerAddressMax-1 {
		t.Errorf("%d local ones", n)
	}
	for addr, count := range map[netip.Addr]int{a: startupsPerAddressMax, b: 1, local: n} {
		for range count {
			srv.leave(addr)
		}
	}
	if len(srv.mu.guard.starting) != 0 || srv.starting.Load() != 0 {
		t.Errorf("left %v %d", srv.mu.guard.starting, srv.starting.Load())
	}
}

// A client that is silent inside the handshake or the exchange of passwords is cut off.
func TestSlowAuthentication(t *testing.T) {
	ca := newAuthority(t)
	files := ca.files(t.TempDir(), "server")
	for name, send := range map[string]func(c *client){
		"nothing":       func(*client) {},
		"half a packet": func(c *client) { c.raw([]byte("\x00\x00\x00")) },
		"handshake":     func(c *client) { c.raw([]byte(sslRequest)); _, _ = readFull(c.nc, make([]byte, 1)) },
		"password": func(c *client) {
			c.send(startupMessage(3<<16, "user", "millrace"))
			_, _ = c.f.Receive()
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := pipe(t, New(&fakeHandler{}, Options{Gate: newGate(t, auth.Scram), TLS: ca.open(files)}))
				began := time.Now()
				send(c)
				<-c.done
				if took := time.Since(began); took < defaultAuthTimeout || took > 2*defaultAuthTimeout {
					t.Errorf("cut off after %s", took)
				}
			})
		})
	}
}
