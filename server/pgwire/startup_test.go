package pgwire

import (
	"bytes"
	"encoding/binary"
	"maps"
	"net"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"

	"millrace/sql/pgerr"
)

const (
	sslRequest = "\x00\x00\x00\x08\x04\xd2\x16\x2f"
	gssRequest = "\x00\x00\x00\x08\x04\xd2\x16\x30"
)

func startupBytes(version uint32, body string) string {
	b := binary.BigEndian.AppendUint32(nil, uint32(8+len(body)))
	return string(binary.BigEndian.AppendUint32(b, version)) + body
}

func TestStartup(t *testing.T) {
	const user = "user\x00millrace\x00"
	for _, c := range []struct{ name, send, raw, want string }{
		{"plain", startupBytes(3<<16, user+"\x00"), "", "R S S S K Z:I"},
		{"3.2", startupBytes(3<<16|2, user+"\x00"), "", "R S S S K Z:I"},
		{"3.1", startupBytes(3<<16|1, user+"\x00"), "", "v:3.0: R S S S K Z:I"},
		{"3.3", startupBytes(3<<16|3, user+"\x00"), "", "v:3.2: R S S S K Z:I"},
		{
			"grease", startupBytes(3<<16|9999, user+"_pq_.test_protocol_negotiation\x00\x00\x00"), "",
			"v:3.2:_pq_.test_protocol_negotiation R S S S K Z:I",
		},
		{"option of the protocol", startupBytes(3<<16, user+"_pq_.x\x001\x00\x00"), "", "v:3.0:_pq_.x R S S S K Z:I"},
		{"2.0", startupBytes(2<<16, user+"\x00"), "", "E:FATAL:0A000 EOF"},
		{"4.0", startupBytes(4<<16, user+"\x00"), "", "E:FATAL:0A000 EOF"},
		{"ssl, gss, plain", sslRequest + gssRequest + startupBytes(3<<16, user+"\x00"), "NN", "R S S S K Z:I"},
		{"gss, plain", gssRequest + startupBytes(3<<16, user+"\x00"), "N", "R S S S K Z:I"},
		{"ssl twice", sslRequest + sslRequest, "N", "E:FATAL:0A000 EOF"},
		{"no user", startupBytes(3<<16, "\x00"), "", "E:FATAL:28000 EOF"},
		{"empty body", startupBytes(3<<16, ""), "", "E:FATAL:08P01 EOF"},
		{"no terminator", startupBytes(3<<16, user), "", "E:FATAL:08P01 EOF"},
		{"odd", startupBytes(3<<16, user+"x\x00\x00"), "", "E:FATAL:08P01 EOF"},
		{"after the terminator", startupBytes(3<<16, user+"\x00x\x00"), "", "E:FATAL:08P01 EOF"},
		{"not UTF-8", startupBytes(3<<16, user+"application_name\x00\xff\x00\x00"), "", "E:FATAL:22021 EOF"},
		{"database", startupBytes(3<<16, user+"database\x00millrace\x00\x00"), "", "R S S S K Z:I"},
		{"other database", startupBytes(3<<16, user+"database\x00other\x00\x00"), "", "E:FATAL:3D000 EOF"},
		{"replication", startupBytes(3<<16, user+"replication\x00database\x00\x00"), "", "E:FATAL:0A000 EOF"},
		{"no replication", startupBytes(3<<16, user+"replication\x00false\x00\x00"), "", "R S S S K Z:I"},
		{"options", startupBytes(3<<16, user+"options\x00nonsense\x00\x00"), "", "E:FATAL:42601 EOF"},
		{"short", "\x00\x00\x00\x07\x00\x03\x00", "", "EOF"},
		{"long", "\x00\x00\x27\x11\x00\x03\x00\x00", "", "EOF"},
		{"HTTP", "GET / HTTP/1.1\r\n", "", "EOF"},
		{"cancel without key", "\x00\x00\x00\x0c\x04\xd2\x16\x2e\x00\x00\x00\x01", "", "EOF"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cl := pipe(t, New(&fakeHandler{}, Options{}))
			go func() { _, _ = cl.nc.Write([]byte(c.send)) }()
			answers := make([]byte, len(c.raw))
			if _, err := readFull(cl.nc, answers); err != nil || string(answers) != c.raw {
				t.Fatalf("%q %v", answers, err)
			}
			cl.expect(c.want)
		})
	}
}

func readFull(nc net.Conn, b []byte) (int, error) {
	n := 0
	for n < len(b) {
		m, err := nc.Read(b[n:])
		if n += m; err != nil {
			return n, err
		}
	}
	return n, nil
}

func TestCancelKeyLength(t *testing.T) {
	for version, want := range map[uint32]int{3 << 16: 4, 3<<16 | 2: 32, 3<<16 | 7: 32, 3<<16 | 1: 4} {
		c := pipe(t, New(&fakeHandler{}, Options{}))
		go c.send(startupMessage(version, "user", "millrace"))
		if k := receive[*pgproto3.BackendKeyData](c); len(k.SecretKey) != want || k.ProcessID == 0 {
			t.Errorf("%d.%d: key of %d bytes", version>>16, version&0xffff, len(k.SecretKey))
		}
	}
}

func TestStartupInfo(t *testing.T) {
	h := &fakeHandler{}
	c := pipe(t, New(h, Options{}))
	go c.send(startupMessage(3<<16, "user", "bob", "database", "bob", "application_name", "psql",
		"options", `-c search_path=a\ b,c --statement-timeout=5 -cextra_float_digits=2`, "TimeZone", "UTC"))
	c.expect("R S S S K Z:I")
	info := h.session(0).info
	want := map[string]string{
		"application_name": "psql", "search_path": "a b,c", "statement_timeout": "5",
		"extra_float_digits": "2", "TimeZone": "UTC",
	}
	if info.User != "bob" || info.Database != "millrace" || info.PID != 1 || !maps.Equal(info.Params, want) {
		t.Fatalf("%+v", info)
	}
}

func TestTooManyConnections(t *testing.T) {
	srv := New(&fakeHandler{}, Options{ConnectionsMax: 2})
	a := connect(t, srv)
	connect(t, srv)
	c := pipe(t, srv)
	c.send(startupMessage(3<<16, "user", "millrace"))
	c.expect("E:FATAL:53300 EOF")
	a.send(&pgproto3.Terminate{})
	<-a.done
	connect(t, srv)
}

func TestRefusedSession(t *testing.T) {
	h := &fakeHandler{refuse: pgerr.New(pgerr.CannotConnectNow, "the database system is starting up")}
	srv := New(h, Options{})
	c := pipe(t, srv)
	c.send(startupMessage(3<<16, "user", "millrace"))
	c.expect("E:FATAL:57P03 EOF")
	<-c.done
	if srv.session(1) != nil {
		t.Fatal("the session is still registered")
	}
}

func TestAuthTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := pipe(t, New(&fakeHandler{}, Options{AuthTimeout: 3 * time.Second}))
		before := time.Now()
		c.raw([]byte("\x00\x00"))
		<-c.done
		if d := time.Since(before); d != 3*time.Second {
			t.Fatalf("ended after %s", d)
		}
	})
}

type remoteConn struct {
	net.Conn
	addr net.Addr
}

func (c remoteConn) RemoteAddr() net.Addr { return c.addr }

func TestRemoteClientsAreRefused(t *testing.T) {
	for ip, want := range map[string]string{"127.0.0.1": "R", "::1": "R", "10.0.0.1": "E:FATAL:28000", "8.8.8.8": "E:FATAL:28000"} {
		a, b := net.Pipe()
		c := &client{t: t, nc: a, f: pgproto3.NewFrontend(a, a)}
		srv := New(&fakeHandler{}, Options{})
		done := make(chan struct{})
		go func() {
			defer close(done)
			srv.ServeConn(remoteConn{b, &net.TCPAddr{IP: net.ParseIP(ip), Port: 1}})
		}()
		c.send(startupMessage(3<<16, "user", "millrace"))
		c.expect(want)
		_ = a.Close()
		<-done
	}
}

// TestMemoryBeforeAuthentication (I1): headers that claim gigabytes cost nothing.
func TestMemoryBeforeAuthentication(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for range 100 {
		for _, head := range []string{"\x7f\xff\xff\xff\x00\x03\x00\x00", "p\x7f\xff\xff\xff", "\x00\x00\x27\x10"} {
			var out bytes.Buffer
			_, _ = readStartup(struct {
				*strings.Reader
				*writer
			}{strings.NewReader(head), &writer{&out}}, nil)
		}
	}
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; n > 300*2*startupBytesMax {
		t.Fatalf("%d bytes", n)
	}
}

type writer struct{ b *bytes.Buffer }

func (w *writer) Write(p []byte) (int, error) { return w.b.Write(p) }
