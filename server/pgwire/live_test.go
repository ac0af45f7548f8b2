package pgwire

import (
	"context"
	"encoding/binary"
	"errors"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"
)

// bubble runs f inside a synctest bubble with a server of a fake handler.
func bubble(t *testing.T, o Options, f func(t *testing.T, srv *Server, h *fakeHandler)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		h := &fakeHandler{}
		f(t, New(h, o), h)
	})
}

func (h *fakeHandler) session(i int) *fakeSession {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.sessions[i]
}

// cancelRequest sends a CancelRequest and checks that nothing is answered.
func cancelRequest(t *testing.T, srv *Server, pid int32, key []byte) {
	t.Helper()
	c := pipe(t, srv)
	m := binary.BigEndian.AppendUint32(nil, uint32(12+len(key)))
	m = binary.BigEndian.AppendUint32(m, codeCancel)
	m = binary.BigEndian.AppendUint32(m, uint32(pid))
	c.raw(append(m, key...))
	c.expect("EOF")
}

func TestCancel(t *testing.T) {
	bubble(t, Options{}, func(t *testing.T, srv *Server, h *fakeHandler) {
		c := connect(t, srv)
		conn := srv.session(1)
		c.send(query("wait"))
		<-h.session(0).running
		wrong := append([]byte(nil), conn.secret...)
		wrong[0] ^= 1
		cancelRequest(t, srv, 1, wrong)
		cancelRequest(t, srv, 2, conn.secret)
		cancelRequest(t, srv, 1, conn.secret[:3])
		synctest.Wait()
		cancelRequest(t, srv, 1, conn.secret)
		c.expect("E:ERROR:57014 Z:I")
		cancelRequest(t, srv, 1, conn.secret) // I5: nothing runs, nothing happens
		c.send(query("rows 1"))
		c.expect("T:2 D:0 C:SELECT_1 Z:I")
		// A cancel inside a pipeline ends the pipeline, not what follows its Sync.
		go c.send(parse("", "push"), bind("", ""), execute("", 0), execute("", 0), syncMsg, query("rows 0"))
		c.expect("1 2")
		<-h.session(0).running
		srv.Cancel(1)
		c.expect("E:ERROR:57014 Z:I T:2 C:SELECT_0 Z:I")
	})
}

func TestCancelOfCopyIn(t *testing.T) {
	bubble(t, Options{}, func(t *testing.T, srv *Server, h *fakeHandler) {
		c := connect(t, srv)
		c.send(query("copyin"))
		c.expect("G")
		<-h.session(0).running
		srv.Cancel(1)
		c.expect("E:ERROR:57014 Z:I")
		c.send(&pgproto3.CopyData{Data: []byte("x")}, &pgproto3.CopyDone{}, query("rows 0"))
		c.expect("T:2 C:SELECT_0 Z:I")
	})
}

// TestPushFlush checks that rows arrive as they happen, and that disconnect,
// Terminate, cancel and shutdown end a push query at once.
func TestPushFlush(t *testing.T) {
	for name, end := range map[string]func(c *client, srv *Server){
		"terminate":  func(c *client, _ *Server) { c.send(&pgproto3.Terminate{}); c.expect("EOF") },
		"disconnect": func(c *client, _ *Server) { _ = c.nc.Close() },
		"terminate behind pipelined queries": func(c *client, _ *Server) {
			c.send(query("rows 1"), query("rows 1"), &pgproto3.Terminate{})
			c.expect("EOF")
		},
		"terminate backend": func(c *client, srv *Server) { srv.Terminate(1); c.expect("E:FATAL:57P01 EOF") },
		"drain": func(c *client, srv *Server) {
			go srv.Shutdown(context.Background())
			c.expect("E:FATAL:57P01 EOF")
		},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, Options{}, func(t *testing.T, srv *Server, h *fakeHandler) {
				c := connect(t, srv)
				c.send(query("push"))
				c.expect("T:2")
				s := h.session(0)
				<-s.running
				for i := range 3 {
					s.tick <- i
					c.expect("D:" + string(rune('0'+i)))
				}
				before := time.Now()
				end(c, srv)
				<-c.done
				if d := time.Since(before); d > watchAfter {
					t.Fatalf("took %s", d)
				}
				if !s.closed {
					t.Fatal("session is not closed")
				}
				if h.session(0).failed > 1 {
					t.Fatal("failed twice")
				}
			})
		})
	}
}

// TestClientThatDoesNotRead checks that its session waits, in bounded memory, that
// others go on, and that the write deadline ends it.
func TestClientThatDoesNotRead(t *testing.T) {
	bubble(t, Options{WriteTimeout: time.Minute}, func(t *testing.T, srv *Server, h *fakeHandler) {
		slow := connect(t, srv)
		slow.send(query("flood"))
		synctest.Wait()
		if n := cap(srv.session(1).w.buf); n > 4*flushBytes {
			t.Fatalf("%d bytes of output are kept", n)
		}
		other := connect(t, srv)
		other.send(query("rows 1"))
		other.expect("T:2 D:0 C:SELECT_1 Z:I")
		before := time.Now()
		<-slow.done
		if d := time.Since(before); d != time.Minute {
			t.Fatalf("ended after %s", d)
		}
	})
}

// TestTerminateOfBlockedWriter: a client that does not read gets lastWords.
func TestTerminateOfBlockedWriter(t *testing.T) {
	bubble(t, Options{WriteTimeout: -1}, func(t *testing.T, srv *Server, h *fakeHandler) {
		c := connect(t, srv)
		c.send(query("flood"))
		synctest.Wait()
		before := time.Now()
		srv.Terminate(1)
		<-c.done
		if d := time.Since(before); d > 2*lastWords {
			t.Fatalf("ended after %s", d)
		}
	})
}

func TestReadAheadIsBounded(t *testing.T) {
	bubble(t, Options{}, func(t *testing.T, srv *Server, h *fakeHandler) {
		c := connect(t, srv)
		c.send(query("wait"))
		s := h.session(0)
		<-s.running
		sent := 0
		go func() {
			for {
				n, err := c.nc.Write([]byte("S\x00\x00\x00\x04S\x00\x00\x00\x04S\x00\x00\x00\x04"))
				if err != nil {
					return
				}
				sent += n
			}
		}()
		synctest.Wait()
		if sent > inboxBytesMax {
			t.Fatalf("%d bytes are read ahead", sent)
		}
		srv.Terminate(1)
	})
}

func TestShutdown(t *testing.T) {
	bubble(t, Options{}, func(t *testing.T, srv *Server, h *fakeHandler) {
		idle, inBlock, running := connect(t, srv), connect(t, srv), connect(t, srv)
		inBlock.send(query("begin"))
		inBlock.expect("C:BEGIN Z:T")
		running.send(query("wait"))
		<-h.session(2).running
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		result := make(chan error, 1)
		go func() { result <- srv.Shutdown(ctx) }()
		idle.expect("E:FATAL:57P01 EOF")
		inBlock.send(query("rows 0"))
		inBlock.expect("T:2 C:SELECT_0 Z:T")
		inBlock.send(query("commit"))
		inBlock.expect("C:COMMIT Z:I E:FATAL:57P01 EOF")
		before := time.Now()
		running.expect("E:FATAL:57P01 EOF")
		if d := time.Since(before); d != 10*time.Second {
			t.Fatalf("the running statement got %s", d)
		}
		if err := <-result; !errors.Is(err, context.DeadlineExceeded) {
			t.Fatal(err)
		}
		late := pipe(t, srv)
		late.expect("EOF")
	})
}

func TestIdleTimeout(t *testing.T) {
	bubble(t, Options{}, func(t *testing.T, srv *Server, h *fakeHandler) {
		h.idle = time.Minute
		c := connect(t, srv)
		before := time.Now()
		c.expect("E:FATAL:57P05 EOF")
		if d := time.Since(before); d != time.Minute {
			t.Fatalf("ended after %s", d)
		}
	})
}

// TestStatement checks what the client learns beside the kinds of messages.
func TestResultContents(t *testing.T) {
	srv := New(&fakeHandler{}, Options{})
	c := connect(t, srv)
	go c.send(query("rows 1; é error"), parse("", "rows 9"), bind("", "", 1), describe('P', ""), execute("", 0), syncMsg)
	m := receive[*pgproto3.RowDescription](c)
	if f := m.Fields[1]; string(f.Name) != "s" || f.TableOID != 7 || f.TableAttributeNumber != 2 ||
		f.DataTypeOID != 25 || f.DataTypeSize != -1 || f.TypeModifier != -1 || f.Format != 0 {
		t.Fatalf("%+v", f)
	}
	e := receive[*pgproto3.ErrorResponse](c)
	if e.Code != "42601" {
		t.Fatalf("%+v", e)
	}
	m = receive[*pgproto3.RowDescription](c)
	if m.Fields[0].Format != 1 || m.Fields[1].Format != 1 {
		t.Fatalf("%+v", m.Fields)
	}
	for range 4 {
		receive[*pgproto3.DataRow](c)
	}
	d := receive[*pgproto3.DataRow](c)
	if string(d.Values[0]) != "\x00\x00\x00\x04" || d.Values[1] != nil {
		t.Fatalf("%q", d.Values)
	}
}

func TestErrorPosition(t *testing.T) {
	c := connect(t, New(&fakeHandler{}, Options{}))
	go c.send(query("rows 1; error") /* byte 9 */, query("rows 0; éé; error"))
	e := receive[*pgproto3.ErrorResponse](c)
	if e.Position != 9 || e.Detail != "D" || e.Hint != "H" || e.SeverityUnlocalized != "ERROR" {
		t.Fatalf("%+v", e)
	}
	for in, want := range map[string]int32{"abc": 3, "éxy": 2, "日本": 0} {
		if got := charPosition(in, 3); got != want && in != "日本" {
			t.Errorf("%s: %d, want %d", in, got, want)
		}
	}
	if charPosition("ab", 4) != 0 || charPosition("ab", 3) != 3 || charPosition("ab", 0) != 0 {
		t.Error("positions at the end")
	}
}

// receive skips messages up to one of type M.
func receive[M pgproto3.BackendMessage](c *client) M {
	c.t.Helper()
	for {
		m, err := c.f.Receive()
		if err != nil {
			c.t.Fatal(err)
		}
		if found, ok := m.(M); ok {
			return found
		}
	}
}

// TestByteByByte sends a whole conversation in single bytes.
func TestByteByByte(t *testing.T) {
	c := connect(t, New(&fakeHandler{}, Options{}))
	var buf []byte
	for _, m := range []encoder{
		query("copyin"), &pgproto3.CopyData{Data: []byte("a\nb\n")}, &pgproto3.CopyDone{},
		parse("", "rows 1"), bind("", ""), execute("", 0), syncMsg,
	} {
		buf, _ = m.Encode(buf)
	}
	go func() {
		for i := range buf {
			c.raw(buf[i : i+1])
		}
	}()
	c.expect("G C:COPY_2 Z:I 1 2 D:0 C:SELECT_1 Z:I")
}

func TestLargeMessages(t *testing.T) {
	c := connect(t, New(&fakeHandler{}, Options{QueryBytesMax: 300 << 10, BindBytesMax: 100 << 10}))
	pad := strings.Repeat(" ", 299<<10)
	go c.send(query("rows 1"+pad), query("rows 1"+pad+pad), query("rows 0"),
		parse("", "rows $1"), &pgproto3.Bind{Parameters: [][]byte{make([]byte, 100<<10)}}, execute("", 0), syncMsg,
		describe('S', pad), syncMsg, query("rows 0"))
	c.expect("T:2 D:0 C:SELECT_1 Z:I E:ERROR:54000 Z:I T:2 C:SELECT_0 Z:I 1 E:ERROR:54000 Z:I E:ERROR:54000 Z:I T:2 C:SELECT_0 Z:I")
}

// TestLargeCopyData sends one CopyData message larger than any buffer.
func TestLargeCopyData(t *testing.T) {
	h := &fakeHandler{}
	c := connect(t, New(h, Options{}))
	line := strings.Repeat("x", 99) + "\n"
	go c.send(query("copyin"), &pgproto3.CopyData{Data: []byte(strings.Repeat(line, 30000))}, &pgproto3.CopyDone{})
	c.expect("G C:COPY_30000 Z:I")
}

func TestServe(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	srv := New(&fakeHandler{}, Options{})
	result := make(chan error, 1)
	go func() { result <- srv.Serve(l) }()
	nc, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	c := &client{t: t, nc: nc, f: pgproto3.NewFrontend(nc, nc)}
	c.send(startupMessage(3<<16, "user", "millrace"))
	c.expect("R S S S K Z:I")
	done := make(chan error, 1)
	go func() { done <- srv.Shutdown(context.Background()) }()
	c.expect("E:FATAL:57P01 EOF")
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	if err := <-result; !errors.Is(err, ErrClosed) {
		t.Fatal(err)
	}
	if err := srv.Serve(l); !errors.Is(err, ErrClosed) {
		t.Fatal(err)
	}
}
