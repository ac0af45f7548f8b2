package sqltests

import (
	"bufio"
	"compress/gzip"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/jackc/pgx/v5/pgproto3"

	"millrace/server"
)

// What is reached of the recorded statements; the test fails below it. Raise it when
// more runs.
const (
	recordedParse   = 942 // no syntax error
	recordedRun     = 896 // ends as in PostgreSQL: without an error, or with the same SQLSTATE
	recordedColumns = 606 // of 660 that have a result: same names and types
)

// recorded is one line of testdata/clients/statements.jsonl.gz; see README.md there.
type recorded struct {
	Client, Trigger, SQL string
	Before               []string
	Extended, Describe   bool
	OIDs                 []uint32
	Params               []*string
	Input                []byte
	Error                string
	Results              [][][2]any
}

// TestRecordedStatements runs what real clients send.
func TestRecordedStatements(t *testing.T) {
	list := readRecorded(t)
	synctest.Test(t, func(t *testing.T) {
		n := newNode(t, server.Options{})
		c := n.open()
		schema, err := os.ReadFile("testdata/clients/schema.sql")
		must(t, err)
		n.must(c, string(schema))
		run := recordedRunner{node: n, names: c}
		for i := range list {
			run.one(i, &list[i])
		}
		must(t, n.stop())
		t.Logf("parse %d, run %d, columns %d of %d", run.parse, run.run, run.columns, run.withColumns)
		if run.parse < recordedParse || run.run < recordedRun || run.columns < recordedColumns {
			t.Errorf("less than reached before: parse %d, run %d, columns %d:\n%s",
				recordedParse, recordedRun, recordedColumns, strings.Join(run.wrong, "\n"))
		} else if testing.Verbose() {
			t.Logf("differences:\n%s", strings.Join(run.wrong, "\n"))
		}
	})
}

func readRecorded(t *testing.T) []recorded {
	t.Helper()
	f, err := os.Open("testdata/clients/statements.jsonl.gz")
	must(t, err)
	defer func() { must(t, f.Close()) }()
	z, err := gzip.NewReader(f)
	must(t, err)
	var out []recorded
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var r recorded
		must(t, json.Unmarshal(lines.Bytes(), &r))
		out = append(out, r)
	}
	must(t, lines.Err())
	return out
}

// recordedRunner counts what works.
type recordedRunner struct {
	node  *node
	names *client // for oids of names

	parse, run, columns, withColumns int
	wrong                            []string
}

var recordedName = regexp.MustCompile(`&\((.*?)\)`)

// text puts oids in place of names; those of objects that are not there are 0.
func (r *recordedRunner) text(s string) string {
	return recordedName.ReplaceAllStringFunc(s, func(m string) string {
		return strconv.Itoa(int(r.oid("regclass", recordedName.FindStringSubmatch(m)[1])))
	})
}

func (r *recordedRunner) oid(kind, name string) uint32 {
	reply, err := r.names.query(fmt.Sprintf("SELECT '%s'::%s::oid", name, kind), nil)
	must(r.node.t, err)
	if code, _ := reply.err(); code != "" {
		return 0
	}
	n, err := strconv.ParseUint(reply.result()[0][0].text, 10, 32)
	must(r.node.t, err)
	return uint32(n)
}

// one runs a statement in a session of its own.
func (r *recordedRunner) one(i int, s *recorded) {
	c := r.node.open()
	defer r.node.disconnect(c)
	for _, text := range s.Before {
		_, err := c.query(r.text(text), nil)
		must(r.node.t, err)
	}
	got, err := s.send(c, r.text(s.SQL))
	must(r.node.t, err)
	code, message := got.err()
	if code != "42601" || s.Error == code {
		r.parse++
	}
	var differs string
	if code == s.Error {
		r.run++
	} else {
		differs = fmt.Sprintf("error %q, want %q", message, s.Error)
	}
	if s.Results != nil {
		r.withColumns++
		if d := r.compareColumns(s, got); d == "" {
			r.columns++
		} else if differs == "" {
			differs = d
		}
	}
	if differs != "" {
		r.wrong = append(r.wrong, fmt.Sprintf("%d %s (%s): %s\n    %.150s", i, s.Client, s.Trigger, differs, oneLine(s.SQL)))
	}
}

// compareColumns returns the first difference of names and types.
func (r *recordedRunner) compareColumns(s *recorded, got *reply) string {
	var want, have []string
	for _, result := range s.Results {
		for _, column := range result {
			want = append(want, fmt.Sprint(column[0], ":", r.typeOID(column[1])))
		}
	}
	for _, p := range got.parts {
		for _, f := range p.fields {
			have = append(have, fmt.Sprint(f.name, ":", f.oid))
		}
	}
	for i := range max(len(want), len(have)) {
		if i >= len(want) || i >= len(have) || want[i] != have[i] {
			return fmt.Sprintf("columns %v, want %v", have[min(i, len(have)):], want[min(i, len(want)):])
		}
	}
	return ""
}

// typeOID returns the oid of a recorded type: a number, or a name of the schema's.
func (r *recordedRunner) typeOID(v any) uint32 {
	if n, ok := v.(float64); ok {
		return uint32(n)
	}
	return r.oid("regtype", v.(string))
}

// send runs the statement as the client did.
func (s *recorded) send(c *client, text string) (*reply, error) {
	switch {
	case s.Error == "57014":
		return s.failCopy(c, text)
	case !s.Extended:
		return c.query(text, s.Input)
	}
	messages := []pgproto3.FrontendMessage{
		&pgproto3.Parse{Query: text, ParameterOIDs: s.OIDs},
		&pgproto3.Describe{ObjectType: 'S'},
	}
	if !s.Describe {
		bind := &pgproto3.Bind{}
		for _, p := range s.Params {
			value, format, err := recordedParam(p)
			if err != nil {
				return nil, err
			}
			bind.Parameters = append(bind.Parameters, value)
			bind.ParameterFormatCodes = append(bind.ParameterFormatCodes, format)
		}
		messages = append(messages, bind, &pgproto3.Execute{})
	}
	messages = append(messages, &pgproto3.Sync{})
	if err := c.send(messages...); err != nil {
		return nil, err
	}
	return c.collect(text, s.Input)
}

// failCopy begins a COPY FROM STDIN and gives up.
func (s *recorded) failCopy(c *client, text string) (*reply, error) {
	if err := c.send(&pgproto3.Query{String: text}, &pgproto3.CopyFail{Message: "gone"}); err != nil {
		return nil, err
	}
	r := &reply{text: text}
	for {
		m, err := c.next(statementWait)
		if err != nil || m.typ != 'G' && r.add(m) {
			return r, err
		}
	}
}

func recordedParam(p *string) (value []byte, format int16, err error) {
	if p == nil {
		return nil, 0, nil
	}
	if digits, ok := strings.CutPrefix(*p, "bin:"); ok {
		value, err = hex.DecodeString(digits)
		return value, 1, err
	}
	return slices.Clone([]byte(*p)), 0, nil
}
