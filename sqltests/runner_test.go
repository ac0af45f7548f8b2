package sqltests

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/cockroachdb/datadriven"

	"millrace/server"
)

// runner executes the directives of one script under one variation.
type runner struct {
	t     *testing.T
	v     variation
	node  *node
	conns map[string]*connection
	subs  map[string]*subscriber
	waits map[string]chan string // async statements
	// views are the statements that made views, in order, for rebuild and recompute.
	views []*viewDefinition
	// held: epochs wait, because of oneGo or the directive hold.
	held, loadHeld bool
}

// connection is a named session of a script.
type connection struct {
	*client
	name string
	// settings are the SET statements to repeat after the server was reopened.
	settings []string
	// block: a transaction or cursor is open, so that the session cannot be reopened.
	status byte
}

func newRunner(t *testing.T, s *script, v variation) *runner {
	groups := v.groups
	if groups == 0 {
		groups = s.config.groups
	}
	return &runner{
		t: t, v: v,
		node: newNode(t, server.Options{
			Groups: groups, BatchRows: v.batchRows, Settings: v.settings,
		}),
		conns: map[string]*connection{}, subs: map[string]*subscriber{}, waits: map[string]chan string{},
	}
}

func (r *runner) close() {
	if r.held {
		r.node.srv.Engine().Release()
	}
	if err := r.node.stop(); err != nil {
		r.t.Errorf("shutdown: %v", err)
	}
	if r.t.Failed() && testing.Verbose() {
		r.t.Logf("the server's log:\n%s", r.node.log.String())
	}
}

// directives by name.
func (r *runner) run(d *datadriven.TestData) (string, error) {
	if r.loadHeld && d.Cmd != "load" {
		r.loadHeld, r.held = false, false
		r.node.srv.Engine().Release()
		r.node.settle()
	}
	out, err := r.dispatch(d)
	if err != nil {
		return "", err
	}
	if !r.held {
		r.node.settle()
	}
	if err := r.after(d); err != nil {
		return "", err
	}
	return out, nil
}

func (r *runner) dispatch(d *datadriven.TestData) (string, error) {
	switch d.Cmd {
	case "config":
		return "", nil
	case "sql":
		return r.sql(d)
	case "await":
		return r.await(arg(d, 0))
	case "load":
		return r.load(d)
	case "subscribe":
		return r.subscribe(d)
	case "expect":
		return r.expect(d)
	case "cancel":
		return r.cancel(d)
	case "clock":
		return "", r.clock(arg(d, 0))
	case "advance":
		return "", r.advance(arg(d, 0))
	case "hold":
		r.node.srv.Engine().Hold()
		r.held = true
		return "", nil
	case "release":
		r.node.srv.Engine().Release()
		r.held = false
		return "", nil
	case "step":
		return r.step(d)
	case "restart":
		return "", r.reopen("restart", 0)
	case "crash":
		return "", r.crash(d)
	case "plan":
		return r.plan(d)
	case "log":
		return r.log(d)
	case "send":
		return "", r.send(d)
	case "recv":
		return r.recv(d)
	case "metric":
		return r.metric(d)
	case "disconnect":
		return "", r.disconnect(arg(d, 0))
	}
	return "", badDirective("there is no %q", d.Cmd)
}

// arg is the i-th word after the directive's name.
func arg(d *datadriven.TestData, i int) string {
	for _, a := range d.CmdArgs {
		if len(a.Vals) > 0 {
			continue
		}
		if i == 0 {
			return a.Key
		}
		i--
	}
	return ""
}

// option is the value of name=value, or a default.
func option(d *datadriven.TestData, name, missing string) string {
	if a, ok := d.Arg(name); ok && len(a.Vals) == 1 {
		return a.Vals[0]
	}
	return missing
}

func (r *runner) conn(name string) (*connection, error) {
	if c := r.conns[name]; c != nil {
		return c, nil
	}
	return r.openConn(name, nil)
}

func (r *runner) openConn(name string, params map[string]string) (*connection, error) {
	cl, err := r.node.connect(params)
	if err != nil {
		return nil, err
	}
	c := &connection{client: cl, name: name, status: 'I'}
	r.conns[name] = c
	return c, nil
}

func (r *runner) disconnect(name string) error {
	c := r.conns[name]
	if c == nil {
		return badDirective("there is no connection %q", name)
	}
	r.node.disconnect(c.client)
	delete(r.conns, name)
	return nil
}

// sql runs the statements of a directive one after the other.
func (r *runner) sql(d *datadriven.TestData) (string, error) {
	name := option(d, "conn", "main")
	c := r.conns[name]
	if c == nil {
		var params map[string]string
		if u := option(d, "user", ""); u != "" {
			params = map[string]string{"user": u}
		}
		var err error
		if c, err = r.openConn(name, params); err != nil {
			return "", err
		}
	}
	if async := option(d, "async", ""); async != "" {
		done := make(chan string, 1)
		r.waits[async] = done
		go func() {
			out, err := r.statements(c, d)
			if err != nil {
				out += err.Error()
			}
			done <- out
		}()
		return "", nil
	}
	if r.v.rebuild {
		if err := r.rebuildViews(); err != nil {
			return "", err
		}
	}
	return r.statements(c, d)
}

func (r *runner) statements(c *connection, d *datadriven.TestData) (string, error) {
	var b strings.Builder
	if d.HasArg("whole") {
		rep, err := c.query(d.Input, nil)
		if err == nil {
			c.status = rep.status
			b.WriteString(rep.format(d.HasArg("ordered")))
		}
		return b.String(), err
	}
	for _, s := range splitStatements(d.Input) {
		rep, err := r.statement(c, s)
		if err != nil {
			return "", fmt.Errorf("%s: %w", s.text, err)
		}
		c.note(rep)
		b.WriteString(rep.format(d.HasArg("ordered") || isOrdered(s.text)))
		if _, failed := rep.err(); failed == "" {
			r.noteDefinition(s.text)
		}
	}
	return b.String(), nil
}

func (r *runner) statement(c *connection, s scriptStatement) (*reply, error) {
	if r.v.extended {
		return c.extended(s.text, nil, []byte(s.input))
	}
	return c.query(s.text, []byte(s.input))
}

var setStatement = regexp.MustCompile(`(?i)^(SET|RESET)\s`)

// note remembers the state of the session.
func (c *connection) note(rep *reply) {
	c.status = rep.status
	if _, failed := rep.err(); failed == "" && setStatement.MatchString(rep.text) {
		c.settings = append(c.settings, rep.text)
	}
}

func (r *runner) await(name string) (string, error) {
	done := r.waits[name]
	if done == nil {
		return "", badDirective("there is no async statement %q", name)
	}
	delete(r.waits, name)
	return <-done, nil
}

func (r *runner) advance(text string) error {
	by, err := time.ParseDuration(text)
	if err != nil {
		return badDirective("advance: %v", err)
	}
	time.Sleep(by)
	return nil
}

// clock moves time forward to an instant.
func (r *runner) clock(text string) error {
	to, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return badDirective("clock: %v", err)
	}
	by := time.Until(to)
	if by < 0 {
		return badDirective("clock: %s is over, it is %s", text, time.Now().UTC().Format(time.RFC3339))
	}
	time.Sleep(by)
	return nil
}
