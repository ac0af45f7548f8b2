package sqltests

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/cockroachdb/datadriven"
)

// load inserts rows that stand under a header line, values between bars.
func (r *runner) load(d *datadriven.TestData) (string, error) {
	lines := strings.Split(strings.TrimRight(d.Input, "\n"), "\n")
	if len(lines) < 2 {
		return "", badDirective("load needs a header line and rows")
	}
	columns := cells(lines[0])
	c, err := r.loadConn()
	if err != nil {
		return "", err
	}
	if r.v.oneGo && !r.held {
		r.node.srv.Engine().Hold()
		r.held, r.loadHeld = true, true
	}
	portion := len(lines) - 1
	if r.v.eachRow {
		portion = 1
	}
	for rows := lines[1:]; len(rows) > 0; rows = rows[portion:] {
		if err := loadRows(c, arg(d, 0), columns, rows[:portion]); err != nil {
			return err.Error(), nil
		}
		if !r.held {
			r.node.settle()
		}
	}
	if n := len(lines) - 1; n != 1 {
		return fmt.Sprintf("%d rows", n), nil
	}
	return "1 row", nil
}

// loadConn is a session that does not wait for its own writes, so that epochs can
// be held.
func (r *runner) loadConn() (*connection, error) {
	c, err := r.conn("load")
	if err != nil || len(c.settings) > 0 {
		return c, err
	}
	rep, err := c.query("SET consistency = local", nil)
	if err == nil {
		c.note(rep)
	}
	return c, err
}

func loadRows(c *connection, relation string, columns, rows []string) error {
	var params [][]byte
	var tuples []string
	for _, row := range rows {
		values := cells(row)
		if len(values) != len(columns) {
			return fmt.Errorf("row %q has %d values for %d columns", row, len(values), len(columns))
		}
		marks := make([]string, len(values))
		for i, v := range values {
			params = append(params, cellParam(v))
			marks[i] = "$" + strconv.Itoa(len(params))
		}
		tuples = append(tuples, "("+strings.Join(marks, ",")+")")
	}
	text := "INSERT INTO " + relation + " (" + strings.Join(columns, ",") + ") VALUES " + strings.Join(tuples, ",")
	rep, err := c.extended(text, params, nil)
	if err != nil {
		return err
	}
	if _, failed := rep.err(); failed != "" {
		return fmt.Errorf("%s", failed)
	}
	return nil
}

// cells cuts a line at its bars, outside quotes.
func cells(line string) []string {
	var out []string
	start, quoted := 0, false
	for i := 0; i < len(line); i++ {
		switch {
		case line[i] == '"' && (quoted || strings.TrimSpace(line[start:i]) == ""):
			quoted = !quoted
		case line[i] == '\\' && quoted:
			i++
		case line[i] == '|' && !quoted:
			out = append(out, strings.TrimSpace(line[start:i]))
			start = i + 1
		}
	}
	return append(out, strings.TrimSpace(line[start:]))
}

// cellParam is the text form of a value; null is NULL, quotes are Go's.
func cellParam(v string) []byte {
	if strings.EqualFold(v, "null") {
		return nil
	}
	if s, err := strconv.Unquote(v); err == nil && v[0] == '"' {
		return []byte(s)
	}
	return []byte(v)
}
