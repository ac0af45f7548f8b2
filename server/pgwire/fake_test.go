package pgwire

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"

	"millrace/sql/col"
	"millrace/sql/pgerr"
	"millrace/sql/types"
)

// fakeHandler makes sessions that understand a few words instead of SQL.
type fakeHandler struct {
	mu       sync.Mutex
	sessions []*fakeSession
	refuse   error
	idle     time.Duration
}

func (h *fakeHandler) NewSession(_ context.Context, info StartupInfo, w *Writer) (Session, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.refuse != nil {
		return nil, h.refuse
	}
	s := &fakeSession{
		h: h, w: w, info: info, tx: 'I', running: make(chan string, 100), tick: make(chan int),
		stmts: map[string]string{}, portals: map[string]*fakePortal{},
	}
	s.changed = []Parameter{{"standard_conforming_strings", "on"}, {"client_encoding", "UTF8"}, {"server_version", "15.0"}}
	h.sessions = append(h.sessions, s)
	return s, nil
}

type fakePortal struct {
	text    string
	formats []int16
	params  [][]byte
	sent    int
}

// fakeSession implements Session. It keeps a list of what it did in did.
type fakeSession struct {
	h       *fakeHandler
	w       *Writer
	info    StartupInfo
	tx      byte
	changed []Parameter
	stmts   map[string]string
	portals map[string]*fakePortal
	running chan string // receives the name of a statement that waits
	tick    chan int    // lets push send a row
	did     []string
	failed  int
	closed  bool
	copied  []byte
}

func (s *fakeSession) ParameterStatus() []Parameter {
	p := s.changed
	s.changed = nil
	return p
}
func (s *fakeSession) TxStatus() byte { return s.tx }
func (s *fakeSession) IdleTimeout() (time.Duration, error) {
	return s.h.idle, pgerr.New("57P05", "terminating connection due to idle-session timeout")
}

func (s *fakeSession) Fail() {
	s.failed++
	if s.tx == 'T' {
		s.tx = 'E'
	}
}
func (s *fakeSession) Close() { s.closed = true }

func (s *fakeSession) SimpleQuery(ctx context.Context, text string) error {
	s.did = append(s.did, text)
	if strings.Trim(text, "; \n") == "" || strings.HasPrefix(text, "--") {
		return s.w.EmptyQuery()
	}
	for _, stmt := range strings.Split(text, ";") {
		if err := s.run(ctx, text, strings.TrimSpace(stmt), nil, 0); err != nil {
			return err
		}
	}
	return nil
}

var fakeFields = []Field{{Name: "i", Type: types.Int4}, {Name: "s", Type: types.Text, Table: 7, Column: 2}}

func fakeBatch(from, n int) *col.Batch {
	b := col.NewBatchBuilder([]types.Type{types.Int4, types.Text}, n)
	for i := from; i < from+n; i++ {
		s := types.BytesDatum("row " + strconv.Itoa(i))
		if i%5 == 4 {
			s = types.Null
		}
		b.Row(1, types.FixedDatum(int64(i)), s)
	}
	return b.Batch()
}

func (s *fakeSession) run(ctx context.Context, text, stmt string, formats []int16, skip int) error {
	word, arg, _ := strings.Cut(stmt, " ")
	switch word {
	case "rows":
		n, _ := strconv.Atoi(arg)
		if err := s.w.RowDescription(fakeFields, formats, nil); err != nil {
			return err
		}
		if err := s.w.Rows(fakeBatch(0, n), skip, n); err != nil {
			return err
		}
		return s.w.CommandComplete(fmt.Sprintf("SELECT %d", n-skip))
	case "error":
		return pgerr.New(pgerr.UndefinedColumn, "column \"x\" does not exist").At(strings.Index(text, "error")).
			WithDetail("D").WithHint("H")
	case "halferror":
		_ = s.w.RowDescription(fakeFields, formats, nil)
		_ = s.w.Rows(fakeBatch(0, 1), 0, 1)
		return pgerr.New(pgerr.DivisionByZero, "division by zero")
	case "wait":
		s.runs("wait")
		<-ctx.Done()
		return ctx.Err()
	case "push":
		return s.push(ctx, formats)
	case "begin", "commit", "rollback":
		s.tx = map[string]byte{"begin": 'T'}[word]
		if s.tx == 0 {
			s.tx = 'I'
		}
		return s.w.CommandComplete(strings.ToUpper(word))
	case "notice":
		_ = s.w.Notice(Warning, pgerr.New(pgerr.NoActiveSQLTransaction, "there is no transaction in progress"))
		return s.w.CommandComplete("NOTICE")
	case "set":
		s.changed = append(s.changed, Parameter{"TimeZone", arg})
		return s.w.CommandComplete("SET")
	case "copyin":
		return s.copyFrom()
	case "copyout":
		_ = s.w.CopyOut(false, 2)
		for i := range 3 {
			_ = s.w.CopyData(fmt.Appendf(nil, "%d\trow\n", i))
		}
		_ = s.w.CopyDone()
		return s.w.CommandComplete("COPY 3")
	case "panic":
		panic("boom")
	case "flood":
		for {
			_ = s.w.RowDescription(fakeFields, formats, nil)
			if err := s.w.Rows(fakeBatch(0, 1000), 0, 1000); err != nil {
				return err
			}
		}
	}
	return pgerr.Newf(pgerr.SyntaxError, "syntax error at or near \"%s\"", word)
}

// runs tells the test, if it listens, that a statement waits.
func (s *fakeSession) runs(name string) {
	select {
	case s.running <- name:
	default:
	}
}

func (s *fakeSession) push(ctx context.Context, formats []int16) error {
	_ = s.w.RowDescription(fakeFields, formats, nil)
	if err := s.w.Flush(); err != nil {
		return err
	}
	s.runs("push")
	for {
		select {
		case i := <-s.tick:
			_ = s.w.Row(types.FixedDatum(int64(i)), types.Null)
			if err := s.w.Flush(); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		case <-s.w.Draining():
			return pgerr.New(pgerr.AdminShutdown, "terminating connection due to administrator command")
		}
	}
}

func (s *fakeSession) copyFrom() error {
	r, err := s.w.CopyIn(false, 2)
	if err != nil {
		return err
	}
	s.copied = nil
	s.runs("copyin")
	for {
		data, err := r.Next()
		if errors.Is(err, io.EOF) {
			return s.w.CommandComplete(fmt.Sprintf("COPY %d", strings.Count(string(s.copied), "\n")))
		}
		if err != nil {
			return err
		}
		s.copied = append(s.copied, data...)
		if strings.Contains(string(s.copied), "bad") {
			return pgerr.New(pgerr.BadCopyFileFormat, "bad row")
		}
	}
}

func (s *fakeSession) Parse(_ context.Context, name, query string, _ []uint32) error {
	s.did = append(s.did, "parse "+query)
	if strings.HasPrefix(query, "error") {
		return pgerr.New(pgerr.SyntaxError, "syntax error").At(2)
	}
	s.stmts[name] = query
	return nil
}

func (s *fakeSession) Bind(_ context.Context, b Bind) error {
	text, ok := s.stmts[b.Statement]
	if !ok {
		return pgerr.Newf(pgerr.InvalidSQLStatementName, "prepared statement \"%s\" does not exist", b.Statement)
	}
	s.portals[b.Portal] = &fakePortal{text: text, formats: b.ResultFormats, params: b.Params}
	return nil
}

func (s *fakeSession) fields(text string) []Field {
	if strings.HasPrefix(text, "rows") || strings.HasPrefix(text, "push") {
		return fakeFields
	}
	return nil
}

func (s *fakeSession) DescribeStatement(_ context.Context, name string) (Statement, error) {
	text, ok := s.stmts[name]
	if !ok {
		return Statement{}, pgerr.Newf(pgerr.InvalidSQLStatementName, "prepared statement \"%s\" does not exist", name)
	}
	st := Statement{Fields: s.fields(text)}
	for range strings.Count(text, "$") {
		st.Params = append(st.Params, types.Int4.OID())
	}
	return st, nil
}

func (s *fakeSession) DescribePortal(_ context.Context, name string) (Portal, error) {
	p, err := s.portal(name)
	if err != nil {
		return Portal{}, err
	}
	return Portal{Fields: s.fields(p.text), Formats: p.formats}, nil
}

func (s *fakeSession) portal(name string) (*fakePortal, error) {
	if p := s.portals[name]; p != nil {
		return p, nil
	}
	return nil, pgerr.Newf(pgerr.InvalidCursorName, "portal \"%s\" does not exist", name)
}

func (s *fakeSession) Execute(ctx context.Context, name string, maxRows uint32) (bool, error) {
	p, err := s.portal(name)
	if err != nil {
		return false, err
	}
	s.did = append(s.did, "execute "+p.text)
	if strings.HasPrefix(p.text, "--") || p.text == "" {
		return false, s.w.EmptyQuery()
	}
	text := p.text
	if len(p.params) > 0 {
		text = strings.Replace(text, "$1", string(p.params[0]), 1)
	}
	n, isRows := strings.CutPrefix(text, "rows ")
	if total, _ := strconv.Atoi(n); isRows && maxRows > 0 && total-p.sent >= int(maxRows) {
		_ = s.w.RowDescription(fakeFields, p.formats, nil)
		err := s.w.Rows(fakeBatch(0, total), p.sent, p.sent+int(maxRows))
		p.sent += int(maxRows)
		return true, err
	}
	sent := p.sent
	if isRows {
		p.sent, _ = strconv.Atoi(n)
	}
	return false, s.run(ctx, p.text, text, p.formats, sent)
}

func (s *fakeSession) CloseStatement(_ context.Context, name string) error {
	delete(s.stmts, name)
	return nil
}

func (s *fakeSession) ClosePortal(_ context.Context, name string) error {
	delete(s.portals, name)
	return nil
}

func (s *fakeSession) Sync(context.Context) error {
	s.did = append(s.did, "sync")
	return nil
}

// client is the other end of a connection, speaking messages.
type client struct {
	t    *testing.T
	nc   net.Conn
	f    *pgproto3.Frontend
	done chan struct{} // closed when the server has left the connection
}

// pipe connects a raw client to srv.
func pipe(t *testing.T, srv *Server) *client {
	t.Helper()
	a, b := net.Pipe()
	c := &client{t: t, nc: a, f: pgproto3.NewFrontend(a, a), done: make(chan struct{})}
	go func() { defer close(c.done); srv.ServeConn(b) }()
	t.Cleanup(func() { _ = a.Close(); <-c.done })
	return c
}

// connect brings a client to its first ReadyForQuery.
func connect(t *testing.T, srv *Server) *client {
	t.Helper()
	c := pipe(t, srv)
	c.send(startupMessage(3<<16, "user", "millrace"))
	c.expect("R S S S K Z:I")
	return c
}

func startupMessage(version uint32, pairs ...string) *pgproto3.StartupMessage {
	m := &pgproto3.StartupMessage{ProtocolVersion: version, Parameters: map[string]string{}}
	for i := 0; i < len(pairs); i += 2 {
		m.Parameters[pairs[i]] = pairs[i+1]
	}
	return m
}

func (c *client) send(ms ...encoder) {
	c.t.Helper()
	var buf []byte
	for _, m := range ms {
		var err error
		if buf, err = m.Encode(buf); err != nil {
			c.t.Fatal(err)
		}
	}
	c.raw(buf)
}

func (c *client) raw(buf []byte) {
	c.t.Helper()
	if _, err := c.nc.Write(buf); err != nil {
		c.t.Fatalf("write: %v", err)
	}
}

// expect reads as many messages as want names and compares: one word each, as
// word describes.
func (c *client) expect(want string) {
	c.t.Helper()
	var got []string
	for range strings.Fields(want) {
		m, err := c.f.Receive()
		if err != nil {
			got = append(got, "EOF")
			break
		}
		got = append(got, word(m))
	}
	if s := strings.Join(got, " "); s != want {
		c.t.Fatalf("got  %s\nwant %s", s, want)
	}
}

// word shows a message: its type letter and what matters about it.
func word(m pgproto3.BackendMessage) string {
	switch m := m.(type) {
	case *pgproto3.AuthenticationOk:
		return "R"
	case *pgproto3.ParameterStatus:
		return "S"
	case *pgproto3.BackendKeyData:
		return "K"
	case *pgproto3.ReadyForQuery:
		return "Z:" + string(m.TxStatus)
	case *pgproto3.RowDescription:
		return fmt.Sprintf("T:%d", len(m.Fields))
	case *pgproto3.DataRow:
		return "D:" + string(m.Values[0])
	case *pgproto3.CommandComplete:
		return "C:" + strings.ReplaceAll(string(m.CommandTag), " ", "_")
	case *pgproto3.ErrorResponse:
		return "E:" + m.Severity + ":" + m.Code
	case *pgproto3.NoticeResponse:
		return "N:" + m.Severity + ":" + m.Code
	case *pgproto3.NegotiateProtocolVersion:
		return fmt.Sprintf("v:%d.%d:%s", m.NewestMinorProtocol>>16, m.NewestMinorProtocol&0xffff,
			strings.Join(m.UnrecognizedOptions, ","))
	}
	return map[string]string{
		"EmptyQueryResponse": "I", "ParseComplete": "1", "BindComplete": "2",
		"CloseComplete": "3", "NoData": "n", "PortalSuspended": "s", "ParameterDescription": "t",
		"CopyInResponse": "G", "CopyOutResponse": "H", "CopyData": "d", "CopyDone": "c",
	}[strings.TrimPrefix(fmt.Sprintf("%T", m), "*pgproto3.")]
}
