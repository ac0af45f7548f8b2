package pgwire

import (
	"bytes"
	"io"
	"net"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgproto3"
)

// FuzzStream sends any bytes after a valid start-up packet and then hangs up. The
// connection has to end without a panic, and with its session closed.
func FuzzStream(f *testing.F) {
	add := func(ms ...encoder) {
		var buf []byte
		for _, m := range ms {
			buf, _ = m.Encode(buf)
		}
		f.Add(buf)
	}
	add(query("rows 3; error"), query("copyin"), &pgproto3.CopyData{Data: []byte("a\n")}, &pgproto3.CopyDone{})
	add(parse("a", "rows $1"), &pgproto3.Bind{
		PreparedStatement: "a", Parameters: [][]byte{[]byte("2"), nil},
		ParameterFormatCodes: []int16{1}, ResultFormatCodes: []int16{0, 1},
	}, describe('S', "a"), execute("", 1), execute("", 0), flushMsg, syncMsg)
	add(&pgproto3.FunctionCall{}, &pgproto3.CopyFail{Message: "x"}, &pgproto3.Close{ObjectType: 'P'}, query("push"), &pgproto3.Terminate{})
	f.Add([]byte("B\x00\x00\x00\x0e\x00\x00\x00\x01\x00\x01\xff\xff\xff\xfe"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if bytes.Contains(data, []byte("panic")) {
			return
		}
		h := &fakeHandler{}
		srv := New(h, Options{QueryBytesMax: 1 << 16, BindBytesMax: 1 << 16})
		a, b := net.Pipe()
		done := make(chan struct{})
		go func() { defer close(done); srv.ServeConn(b) }()
		read := make(chan struct{})
		go func() { defer close(read); _, _ = io.Copy(io.Discard, a) }()
		start, _ := startupMessage(3<<16, "user", "millrace").Encode(nil)
		if _, err := a.Write(start); err == nil {
			_, _ = a.Write(data)
		}
		_ = a.Close()
		<-done
		<-read
		for _, s := range h.sessions {
			if !s.closed {
				t.Fatal("session is not closed")
			}
		}
		if len(srv.mu.sessions) != 0 {
			t.Fatal("session is registered for ever")
		}
	})
}

// FuzzStartup reads start-up packets out of any bytes.
func FuzzStartup(f *testing.F) {
	f.Add(sslRequest + gssRequest + startupBytes(3<<16|9, "user\x00x\x00options\x00-c a=b\x00_pq_.x\x00\x00\x00"))
	f.Add(startupBytes(codeCancel, "\x00\x00\x00\x01\x00\x00\x00\x02"))
	f.Fuzz(func(t *testing.T, data string) {
		st, err := readStartup(struct {
			*strings.Reader
			*writer
		}{strings.NewReader(data), &writer{&bytes.Buffer{}}}, nil)
		if err != nil || st.cancel {
			return
		}
		if st.version != protocol30 && st.version != protocol32 {
			t.Fatalf("version %x", st.version)
		}
		info, err := st.info("millrace")
		if err == nil && (info.User == "" || info.Database != "millrace") {
			t.Fatalf("%+v", info)
		}
	})
}
