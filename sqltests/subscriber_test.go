package sqltests

import (
	"slices"
	"strings"

	"github.com/cockroachdb/datadriven"
	"github.com/jackc/pgx/v5/pgproto3"
)

// subscriber is a running push query.
type subscriber struct {
	name, text string
	client     *client
	reply      *reply
	// seen is how many rows of the reply were shown.
	seen int
	// changes: the columns are those of SUBSCRIBE, epoch and op first.
	changes bool
}

// subscribe starts a push query; the expected text is its header, without the
// columns epoch and op.
func (r *runner) subscribe(d *datadriven.TestData) (string, error) {
	name := arg(d, 0)
	if r.subs[name] != nil {
		return "", badDirective("%q is subscribed already", name)
	}
	s := &subscriber{name: name, text: strings.TrimSuffix(strings.TrimSpace(d.Input), ";")}
	if err := r.startSubscriber(s); err != nil {
		return "", err
	}
	if _, failed := s.reply.err(); failed != "" || len(s.reply.parts) == 0 {
		r.node.disconnect(s.client)
		return s.reply.format(true), nil
	}
	r.subs[name] = s
	return header(s.fields()), nil
}

func (r *runner) startSubscriber(s *subscriber) error {
	var err error
	if s.client, err = r.node.connect(nil); err != nil {
		return err
	}
	s.reply, s.seen = &reply{text: s.text}, 0
	if err := s.client.send(&pgproto3.Query{String: s.text}); err != nil {
		return err
	}
	r.node.settle()
	s.drain()
	if len(s.reply.parts) > 0 {
		f := s.reply.parts[0].fields
		s.changes = len(f) > 1 && f[0].name == "epoch" && f[1].name == "op"
	}
	return nil
}

func (s *subscriber) fields() []field {
	f := s.reply.parts[0].fields
	if s.changes {
		return f[2:]
	}
	return f
}

// drain takes what has come.
func (s *subscriber) drain() {
	for s.client.pending() {
		m, err := s.client.next(0)
		if err != nil || s.reply.add(m) {
			return
		}
	}
}

// expect shows all that changed since the last expect, and nothing else: changes
// that cancel each other are not shown unless raw is given.
func (r *runner) expect(d *datadriven.TestData) (string, error) {
	s := r.subs[arg(d, 0)]
	if s == nil {
		return "", badDirective("nothing is subscribed as %q", arg(d, 0))
	}
	r.node.settle()
	s.drain()
	out := s.take(d.HasArg("raw"))
	for _, p := range s.reply.parts {
		if p.failed {
			out = append(out, p.text)
		} else if p.tag != "" {
			out = append(out, p.tag)
		}
	}
	return strings.Join(out, "\n"), nil
}

func (s *subscriber) take(raw bool) []string {
	var list []string
	net := map[string]int{}
	rows := s.reply.parts[0].rows
	for _, row := range rows[s.seen:] {
		line, weight := s.change(row, raw)
		if raw {
			list = append(list, line)
		} else if weight != 0 {
			net[line] += weight
		}
	}
	s.seen = len(rows)
	if raw {
		return list
	}
	for line, n := range net {
		sign := "+ "
		if n < 0 {
			sign, n = "- ", -n
		}
		for range n {
			list = append(list, sign+line)
		}
	}
	slices.SortFunc(list, func(a, b string) int {
		if c := strings.Compare(a[2:], b[2:]); c != 0 {
			return c
		}
		return strings.Compare(b, a) // "-" before "+"
	})
	return list
}

// change is the line of a row and its weight; marks of progress weigh nothing.
func (s *subscriber) change(row []cell, raw bool) (line string, weight int) {
	sign := "+ "
	if s.changes {
		switch row[1].text {
		case "insert", "upsert":
			weight = 1
		case "delete":
			weight, sign = -1, "- "
		default:
			return "= " + row[1].text, 0
		}
		row = row[2:]
	} else {
		weight = 1
	}
	line = rowLine(row)
	if raw {
		line = sign + line
	}
	return line, weight
}

// cancel ends a push query as a client does, with a cancel request, and shows how it
// ended.
func (r *runner) cancel(d *datadriven.TestData) (string, error) {
	s := r.subs[arg(d, 0)]
	if s == nil {
		return "", badDirective("nothing is subscribed as %q", arg(d, 0))
	}
	delete(r.subs, s.name)
	if err := r.cancelRequest(s.client); err != nil {
		return "", err
	}
	r.node.settle()
	s.drain()
	var b strings.Builder
	for _, p := range s.reply.parts {
		if p.text != "" {
			b.WriteString(p.text + "\n")
		} else if p.tag != "" {
			b.WriteString(p.tag + "\n")
		}
	}
	r.node.disconnect(s.client)
	return b.String(), nil
}

func (r *runner) cancelRequest(c *client) error {
	other := startClient(r.node.dial())
	err := other.send(&pgproto3.CancelRequest{ProcessID: c.pid, SecretKey: c.key})
	r.node.settle()
	other.close()
	return err
}
