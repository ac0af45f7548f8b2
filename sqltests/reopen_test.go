package sqltests

import (
	"fmt"
	"strconv"

	"github.com/cockroachdb/datadriven"
)

// after does what the variation wants between two directives.
func (r *runner) after(d *datadriven.TestData) error {
	if r.v.recompute && (d.Cmd == "sql" || d.Cmd == "load") {
		if err := r.recomputeViews(); err != nil {
			return err
		}
	}
	if r.v.reopen == "" || d.Cmd == "config" || !r.canReopen() {
		return nil
	}
	return r.reopen(r.v.reopen, 0)
}

// canReopen reports whether no session would lose anything but settings, which can
// be repeated.
func (r *runner) canReopen() bool {
	if r.held || len(r.waits) > 0 {
		return false
	}
	for _, c := range r.conns {
		if c.status != 'I' {
			return false
		}
	}
	return true
}

// crash loses what was not synced, or a part of it: crash lose=all|none|50.
func (r *runner) crash(d *datadriven.TestData) error {
	keep := 0
	switch lose := option(d, "lose", "all"); lose {
	case "all":
	case "none":
		keep = 100
	default:
		n, err := strconv.Atoi(lose)
		if err != nil || n < 0 || n > 100 {
			return badDirective("crash: lose is all, none or a percentage")
		}
		keep = 100 - n
	}
	return r.reopen("crash", keep)
}

// reopen stops or crashes the server, starts it again, and opens the sessions and
// subscriptions that there were.
func (r *runner) reopen(how string, keepPercent int) error {
	unseen := map[string][][]cell{}
	for name, s := range r.subs {
		s.drain()
		unseen[name] = append([][]cell(nil), s.reply.parts[0].rows[s.seen:]...)
		s.client.close()
	}
	var err error
	if how == "crash" {
		err = r.node.crash(keepPercent)
	} else {
		err = r.node.restart()
	}
	if err != nil {
		return err
	}
	for name, c := range r.conns {
		if err := r.reconnect(c); err != nil {
			return fmt.Errorf("connection %s: %w", name, err)
		}
	}
	for name, s := range r.subs {
		if err := r.startSubscriber(s); err != nil {
			return fmt.Errorf("subscription %s: %w", name, err)
		}
		if _, failed := s.reply.err(); failed != "" {
			return fmt.Errorf("subscription %s: %s", name, failed)
		}
		// What there was before the subscription began again is known already.
		s.reply.parts[0].rows = unseen[name]
	}
	return nil
}

func (r *runner) reconnect(c *connection) error {
	var err error
	if c.client, err = r.node.connect(nil); err != nil {
		return err
	}
	c.status = 'I'
	for _, text := range c.settings {
		rep, err := c.query(text, nil)
		if err != nil {
			return err
		}
		if _, failed := rep.err(); failed != "" {
			return fmt.Errorf("%s: %s", text, failed)
		}
	}
	return nil
}
