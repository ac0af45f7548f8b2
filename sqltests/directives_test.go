package sqltests

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/cockroachdb/datadriven"

	"millrace/log"
)

// step cuts n epochs (default 1) while epochs are held, and shows what each took.
func (r *runner) step(d *datadriven.TestData) (string, error) {
	n := 1
	if a := arg(d, 0); a != "" {
		var err error
		if n, err = strconv.Atoi(a); err != nil {
			return "", badDirective("step: %v", err)
		}
	}
	if !r.held {
		return "", badDirective("step needs hold before it")
	}
	e := r.node.srv.Engine()
	before := e.Epoch()
	e.Step(n)
	r.node.settle()
	e.Hold()
	var out []string
	for _, x := range e.Epochs() {
		if x.Epoch > before {
			out = append(out, fmt.Sprintf("rows in %d, out %d", x.RowsIn, x.RowsOut))
		}
	}
	if len(out) == 0 {
		return "no epoch", nil
	}
	return strings.Join(out, "\n"), nil
}

// plan shows EXPLAIN of a query. rule=R: that rule must change the plan; norule=R: it
// must not.
func (r *runner) plan(d *datadriven.TestData) (string, error) {
	c, err := r.conn("main")
	if err != nil {
		return "", err
	}
	with, err := r.explain(c, d.Input, "")
	if err != nil {
		return "", err
	}
	for _, check := range []struct {
		name  string
		fires bool
	}{{"rule", true}, {"norule", false}} {
		rule := option(d, check.name, "")
		if rule == "" || r.v.name == "noopt" {
			continue
		}
		without, err := r.explain(c, d.Input, rule)
		if err != nil {
			return "", err
		}
		if (with != without) != check.fires {
			return fmt.Sprintf("rule %s fires: %t\n%s", rule, !check.fires, with), nil
		}
	}
	if r.v.name == "noopt" {
		return d.Expected, nil
	}
	return with, nil
}

func (r *runner) explain(c *connection, query, without string) (string, error) {
	if without != "" {
		if err := r.mustRun(c, "SET millrace.disabled_rules = '"+without+"'"); err != nil {
			return "", err
		}
		defer func() { _ = r.mustRun(c, "RESET millrace.disabled_rules") }()
	}
	rep, err := c.query("EXPLAIN "+query, nil)
	if err != nil {
		return "", err
	}
	if _, failed := rep.err(); failed != "" {
		return failed, nil
	}
	var lines []string
	for _, row := range rep.result() {
		lines = append(lines, row[0].text)
	}
	return strings.Join(lines, "\n"), nil
}

// log shows the record batches of a partition: log stream [partition].
func (r *runner) log(d *datadriven.TestData) (string, error) {
	c, err := r.conn("main")
	if err != nil {
		return "", err
	}
	rep, err := c.query("SELECT '"+arg(d, 0)+"'::regclass::oid", nil)
	if err != nil {
		return "", err
	}
	if _, failed := rep.err(); failed != "" {
		return failed, nil
	}
	id, err := strconv.ParseUint(rep.result()[0][0].text, 10, 32)
	if err != nil {
		return "", err
	}
	index := 0
	if a := arg(d, 1); a != "" {
		if index, err = strconv.Atoi(a); err != nil {
			return "", badDirective("log: %v", err)
		}
	}
	return r.dump(log.PartitionID{Stream: log.StreamID(id), Index: int32(index)})
}

func (r *runner) dump(p log.PartitionID) (string, error) {
	l := r.node.srv.Log()
	start, end := l.Ends(p)
	reader := l.Reader(p, start)
	defer reader.Close()
	out := []string{fmt.Sprintf("offsets %d to %d", start, end)}
	applied := l.Applied()[l.GroupOf(p)]
	for {
		b, ok, err := reader.Next(applied)
		if err != nil {
			return "", err
		}
		if !ok {
			return strings.Join(out, "\n"), nil
		}
		out = append(out, fmt.Sprintf("base %d, rows %d, transaction %t", b.Base, b.Count, b.TxnID != 0))
	}
}

// metric shows the sum of a metric's values whose labels match.
func (r *runner) metric(d *datadriven.TestData) (string, error) {
	families, err := r.node.srv.Gatherer().Gather()
	if err != nil {
		return "", err
	}
	var sum float64
	found := false
	for _, f := range families {
		if f.GetName() != arg(d, 0) {
			continue
		}
		found = true
		for _, m := range f.GetMetric() {
			labels := map[string]string{}
			for _, l := range m.GetLabel() {
				labels[l.GetName()] = l.GetValue()
			}
			if labelsMatch(labels, d) {
				sum += m.GetCounter().GetValue() + m.GetGauge().GetValue() + float64(m.GetHistogram().GetSampleCount())
			}
		}
	}
	if !found {
		return "no such metric", nil
	}
	return strconv.FormatFloat(sum, 'g', -1, 64), nil
}

func labelsMatch(labels map[string]string, d *datadriven.TestData) bool {
	for _, a := range d.CmdArgs {
		if len(a.Vals) == 1 && labels[a.Key] != a.Vals[0] {
			return false
		}
	}
	return true
}
