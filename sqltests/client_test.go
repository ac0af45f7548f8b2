package sqltests

import (
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgproto3"
)

// client is a connection that speaks the wire protocol message by message. A
// goroutine reads all the time, so that the server never waits for it.
type client struct {
	conn net.Conn
	pid  uint32
	key  []byte
	done chan struct{} // closed when the reader has ended

	mu struct {
		sync.Mutex
		queue []wireMessage
		err   error
		more  chan struct{} // closed when the queue grows or the connection ends
	}
}

// wireMessage is one message of the server as it came.
type wireMessage struct {
	typ  byte
	body []byte
}

// statementWait is how much virtual time a statement may take before it counts as
// blocked. It is far above every time-out that scripts use.
const statementWait = 10 * time.Minute

// connect opens a session over c, which dial may have made with net.Pipe.
func connect(c net.Conn, params map[string]string) (*client, error) {
	cl := startClient(c)
	if err := cl.send(&pgproto3.StartupMessage{ProtocolVersion: pgproto3.ProtocolVersion30, Parameters: params}); err != nil {
		return nil, err
	}
	for {
		m, err := cl.next(statementWait)
		if err != nil {
			return nil, err
		}
		switch m.typ {
		case 'K':
			cl.pid, cl.key = binary.BigEndian.Uint32(m.body), append([]byte(nil), m.body[4:]...)
		case 'E':
			return nil, fmt.Errorf("connect: %s", formatError(m.body, ""))
		case 'Z':
			return cl, nil
		}
	}
}

// startClient begins to read from c without a startup message.
func startClient(c net.Conn) *client {
	cl := &client{conn: c, done: make(chan struct{})}
	cl.mu.more = make(chan struct{})
	go cl.read()
	return cl
}

func (c *client) read() {
	defer close(c.done)
	for {
		var head [5]byte
		_, err := io.ReadFull(c.conn, head[:])
		var body []byte
		if err == nil {
			body = make([]byte, int(binary.BigEndian.Uint32(head[1:]))-4)
			_, err = io.ReadFull(c.conn, body)
		}
		c.mu.Lock()
		if err != nil {
			c.mu.err = err
		} else {
			c.mu.queue = append(c.mu.queue, wireMessage{head[0], body})
		}
		close(c.mu.more)
		c.mu.more = make(chan struct{})
		c.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// send writes messages to the server at once.
func (c *client) send(list ...pgproto3.FrontendMessage) error {
	var buf []byte
	var err error
	for _, m := range list {
		if buf, err = m.Encode(buf); err != nil {
			return err
		}
	}
	_, err = c.conn.Write(buf)
	return err
}

// errBlocked says that nothing came within the wait.
var errBlocked = fmt.Errorf("the server sends nothing")

// next returns the next message, waiting for it.
func (c *client) next(wait time.Duration) (wireMessage, error) {
	var timeout <-chan time.Time
	for {
		m, ok, more, err := c.take()
		if ok || err != nil {
			return m, err
		}
		if timeout == nil {
			timer := time.NewTimer(wait)
			defer timer.Stop()
			timeout = timer.C
		}
		select {
		case <-more:
		case <-timeout:
			return wireMessage{}, errBlocked
		}
	}
}

// take returns the next message if it is there.
func (c *client) take() (m wireMessage, ok bool, more chan struct{}, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.mu.queue) > 0 {
		m, c.mu.queue = c.mu.queue[0], c.mu.queue[1:]
		return m, true, nil, nil
	}
	return m, false, c.mu.more, c.mu.err
}

// pending reports whether a message is waiting.
func (c *client) pending() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.mu.queue) > 0
}

// close ends the connection and waits for its reader.
func (c *client) close() {
	_ = c.conn.Close()
	<-c.done
}

// query runs one statement by the simple protocol. input is what COPY FROM STDIN
// gets.
func (c *client) query(text string, input []byte) (*reply, error) {
	if err := c.send(&pgproto3.Query{String: text}); err != nil {
		return nil, err
	}
	return c.collect(text, input)
}

// collect gathers everything up to ReadyForQuery.
func (c *client) collect(text string, input []byte) (*reply, error) {
	r := &reply{text: text}
	for {
		m, err := c.next(statementWait)
		if err != nil {
			return r, err
		}
		if m.typ == 'G' {
			if err := c.copyIn(input); err != nil {
				return r, err
			}
			continue
		}
		if r.add(m) {
			return r, nil
		}
	}
}

func (c *client) copyIn(input []byte) error {
	const part = 4096
	for len(input) > 0 {
		n := min(len(input), part)
		if err := c.send(&pgproto3.CopyData{Data: input[:n]}); err != nil {
			return err
		}
		input = input[n:]
	}
	return c.send(&pgproto3.CopyDone{})
}

// portionRows is how many rows the extended variation takes per Execute.
const portionRows = 2

// extended runs one statement by Parse, Bind and Execute, with binary results, taken
// in portions.
func (c *client) extended(text string, params [][]byte, input []byte) (*reply, error) {
	err := c.send(&pgproto3.Parse{Query: text}, &pgproto3.Describe{ObjectType: 'S'}, &pgproto3.Flush{})
	if err != nil {
		return nil, err
	}
	r := &reply{text: text, binary: true}
	var formats []int16
	for described := false; !described; {
		m, err := c.next(statementWait)
		if err != nil {
			return r, err
		}
		switch m.typ {
		case 'T':
			formats, described = binaryFormats(m.body), true
		case 'n':
			described = true
		case '1', 't':
		case 'E':
			r.add(m)
			if err := c.send(&pgproto3.Sync{}); err != nil {
				return r, err
			}
			return r, c.finish(r)
		default:
			r.add(m)
		}
	}
	bind := &pgproto3.Bind{Parameters: params, ResultFormatCodes: formats}
	if err := c.send(bind, &pgproto3.Describe{ObjectType: 'P'}); err != nil {
		return r, err
	}
	return r, c.execute(r, input)
}

// execute drains the unnamed portal in portions.
func (c *client) execute(r *reply, input []byte) error {
	again := func() error {
		return c.send(&pgproto3.Execute{MaxRows: portionRows}, &pgproto3.Flush{})
	}
	if err := again(); err != nil {
		return err
	}
	for {
		m, err := c.next(statementWait)
		if err != nil {
			return err
		}
		switch m.typ {
		case '2', 'n':
		case 'G':
			if err := c.copyIn(input); err != nil {
				return err
			}
			if err := c.send(&pgproto3.Flush{}); err != nil {
				return err
			}
		case 's':
			if err := again(); err != nil {
				return err
			}
		default:
			r.add(m)
			if m.typ == 'C' || m.typ == 'E' || m.typ == 'I' {
				if err := c.send(&pgproto3.Sync{}); err != nil {
					return err
				}
				return c.finish(r)
			}
		}
	}
}

func (c *client) finish(r *reply) error {
	for {
		m, err := c.next(statementWait)
		if err != nil {
			return err
		}
		if r.add(m) {
			return nil
		}
	}
}
